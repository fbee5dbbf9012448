//! Money that goes back: by care, by withdrawal, by the reader's bank.

use jiff::Timestamp;

use super::Draft;
use crate::ids::{ChargeId, DisputeId, RefundId};
use crate::money::{Money, Rounding};
use crate::payment::{RefundReason, RefundWish};
use crate::subscription::{AfterRefund, EndReason, Fact, Origin, Refusal, Stage};
use crate::tax::Taxation;
use crate::terms::{Withdrawal, WithdrawalRefund};

impl Draft<'_> {
    /// Care gives money back. Where access is to end, it does at once, whatever
    /// was given back before.
    pub(super) fn refund(&mut self, wish: RefundWish, access: AfterRefund) -> Result<(), Refusal> {
        let (reason, deferred) = (RefundReason::Care, self.state.deferred);
        let fact = self.state.payments.refunding(wish, reason, deferred)?;
        let is_new = fact.is_some();
        if let Some(fact) = fact {
            self.push(fact);
        }
        if is_new && access == AfterRefund::End && !self.state.is_ended() {
            return self.end(EndReason::Refunded);
        }
        Ok(())
    }

    /// What was to become of access was said when it was asked for first.
    pub(super) fn refund_again(
        &mut self,
        failed: RefundId,
        refund: RefundId,
    ) -> Result<(), Refusal> {
        if let Some(fact) = self.state.payments.refunding_again(failed, refund)? {
            self.push(fact);
        }
        Ok(())
    }

    pub(super) fn refund_reported(&mut self, id: RefundId, done: bool) -> Result<(), Refusal> {
        if let Some(fact) = self.state.payments.refund_result(id, done)? {
            self.push(fact);
        }
        Ok(())
    }

    /// Somebody gave money back in the provider's dashboard, where nobody could
    /// say what is to become of access: it stays.
    pub(super) fn refunded_elsewhere(
        &mut self,
        refund: RefundId,
        what: (ChargeId, Money),
        done: bool,
    ) -> Result<(), Refusal> {
        let (payments, deferred) = (&self.state.payments, self.state.deferred);
        for fact in payments.refunded_elsewhere(refund, what, done, deferred)? {
            self.push(fact);
        }
        Ok(())
    }

    /// Access ends at once: whoever tells their bank that they didn't want it
    /// doesn't have it. But not where it was money that paid for nothing.
    pub(super) fn charged_back(
        &mut self,
        dispute: DisputeId,
        charge: ChargeId,
        amount: Money,
    ) -> Result<(), Refusal> {
        let deferred = self.state.deferred;
        let payments = &self.state.payments;
        let Some(fact) = payments.charged_back(dispute, charge, amount, deferred)? else {
            return Ok(());
        };
        let paid_for_nothing = fact.is_of_surplus();
        self.push(fact);
        if paid_for_nothing || self.state.is_ended() {
            return Ok(());
        }
        self.end(EndReason::ChargedBack)
    }

    /// The money is back; access isn't. Care may give it.
    pub(super) fn chargeback_won(&mut self, dispute: DisputeId) -> Result<(), Refusal> {
        if let Some(fact) = self.state.payments.chargeback_won(dispute)? {
            self.push(fact);
        }
        Ok(())
    }

    pub(super) fn withdraw(&mut self, refund: RefundId) -> Result<(), Refusal> {
        let withdrawal = self.may_withdraw()?;
        let back = self.withdrawn(withdrawal)?;
        self.give_back(back, refund, RefundReason::Withdrawal)?;
        self.end(EndReason::Withdrawn)
    }

    /// The right to withdraw, where it is there and its days aren't over.
    fn may_withdraw(&self) -> Result<Withdrawal, Refusal> {
        let withdrawal = self
            .state
            .terms
            .policy
            .withdrawal
            .ok_or(Refusal::NoWithdrawal)?;
        if self.state.first_acceptance.withdrawal_waived || self.state.origin != Origin::Own {
            return Err(Refusal::NoWithdrawal);
        }
        let ended = self.state.withdrawal_ends(withdrawal)?;
        if self.now() >= ended {
            return Err(Refusal::WithdrawalOver { ended });
        }
        Ok(withdrawal)
    }

    /// How much a withdrawal gives back.
    fn withdrawn(&self, withdrawal: Withdrawal) -> Result<Money, Refusal> {
        let currency = self.state.terms.currency;
        match withdrawal.refund {
            WithdrawalRefund::Full => {
                let payments = self.state.payments.payments();
                let paid = payments.map(crate::payment::Payment::refundable);
                let paid: Vec<Money> = paid.collect::<Result<_, _>>()?;
                Ok(Money::sum(currency, paid)?)
            }
            WithdrawalRefund::Prorated => self.unused(),
        }
    }

    /// What the rest of the current period is worth, tax included.
    fn unused(&self) -> Result<Money, Refusal> {
        let price = self.unused_price(self.stopped())?;
        let basis = self.state.terms.tax_basis;
        Ok(self.taxed().split(price, basis)?.total()?)
    }

    /// How what was paid for the current period was taxed. What goes back goes
    /// back as it came, whatever customer or rate have become since.
    pub(super) fn taxed(&self) -> Taxation {
        let cycle = self.state.cycle.as_ref();
        let known = cycle.and_then(|cycle| cycle.taxation);
        known.unwrap_or_else(|| self.taxing(&self.state.terms).taxation())
    }

    /// The stated price of the current period after a time: by time, and no more
    /// than what of its payment isn't earned or given back already.
    pub(super) fn unused_price(&self, used_until: Timestamp) -> Result<Money, Refusal> {
        let terms = &self.state.terms;
        let nothing = Money::zero(terms.currency);
        let Some(cycle) = self
            .state
            .cycle
            .as_ref()
            .filter(|cycle| cycle.paid && !cycle.over)
        else {
            return Ok(nothing);
        };
        let left = cycle.period.left(used_until);
        let price = cycle.price.part(left, Rounding::HalfUp)?;
        let kept = self.taxed().stated(self.state.deferred, terms.tax_basis)?;
        Ok(price.at_most(kept)?)
    }

    /// Until when the current period has been used: now, or when it was paused.
    fn stopped(&self) -> Timestamp {
        match self.state.stage {
            Stage::Paused { since, .. } => since,
            _ => self.now(),
        }
    }

    /// Gives an amount back, from the latest payments first.
    pub(super) fn give_back(
        &mut self,
        amount: Money,
        refund: RefundId,
        reason: RefundReason,
    ) -> Result<(), Refusal> {
        let deferred = self.state.deferred;
        let facts = self
            .state
            .payments
            .giving_back(amount, refund, reason, deferred)?;
        for fact in facts {
            self.push(Fact::Payment(fact));
        }
        Ok(())
    }
}
