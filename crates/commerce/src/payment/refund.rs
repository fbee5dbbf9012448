//! Giving money back, and having it taken back.
//!
//! Tax is given back in proportion, and so that parts add up: after the whole
//! payment is refunded in however many pieces, exactly its tax has been.

use serde::{Deserialize, Serialize};

use super::{
    ClosedOrder, Dispute, Payment, PaymentFact, PaymentRefusal, Payments, RefundReason,
    RefundSource,
};
use crate::ids::{ChargeId, DisputeId, RefundId};
use crate::money::{Money, MoneyError, Ratio, Rounding};

/// Money given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Its id.
    pub id: RefundId,
    /// Of which charge.
    pub charge: ChargeId,
    /// How much, tax included.
    pub amount: Money,
    /// Where it stands.
    pub state: RefundState,
}

/// Where a refund stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundState {
    /// The provider has been asked.
    Requested,
    /// It is done.
    Done,
    /// It couldn't be done; the money is still owed.
    Failed,
    /// It was done, and the money came back; it is owed again.
    Returned,
    /// It couldn't be done, and was asked for again as another.
    Replaced,
}

/// What is to be given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundWish {
    /// Drawn for it; the same one twice gives back once.
    pub refund: RefundId,
    /// Of which charge.
    pub charge: ChargeId,
    /// How much, tax included; `None` for all that is left.
    pub amount: Option<Money>,
}

impl Payments {
    /// The fact of giving back a part of a payment, `deferred` being what the
    /// owner hasn't earned of its sales yet. `None` where it was done before.
    pub(crate) fn refunding(
        &self,
        wish: RefundWish,
        reason: RefundReason,
        deferred: Money,
    ) -> Result<Option<PaymentFact>, PaymentRefusal> {
        if let Some(known) = self.refund(wish.refund) {
            let same = known.charge == wish.charge
                && wish.amount.is_none_or(|amount| amount == known.amount);
            return if same {
                Ok(None)
            } else {
                Err(PaymentRefusal::RefundIdUsed(wish.refund))
            };
        }
        let payment = self
            .payment(wish.charge)
            .ok_or(PaymentRefusal::UnknownPayment(wish.charge))?;
        let left = payment.refundable()?;
        let amount = wish.amount.unwrap_or(left);
        if amount.currency() != left.currency() || amount.minor() > left.minor() {
            return Err(PaymentRefusal::RefundTooLarge { left });
        }
        if !amount.is_positive() {
            return Err(PaymentRefusal::RefundOfNothing);
        }
        Ok(Some(PaymentFact::RefundRequested {
            refund: wish.refund,
            charge: wish.charge,
            amount,
            reason,
            source: payment.source(amount, deferred)?,
        }))
    }

    /// The fact of asking once more for what couldn't be given back. `None` where
    /// that was done before.
    pub(crate) fn refunding_again(
        &self,
        failed: RefundId,
        refund: RefundId,
    ) -> Result<Option<PaymentFact>, PaymentRefusal> {
        let owed = self
            .refund(failed)
            .ok_or(PaymentRefusal::UnknownRefund(failed))?;
        if let Some(known) = self.refund(refund) {
            let same = owed.state == RefundState::Replaced
                && (known.charge, known.amount) == (owed.charge, owed.amount);
            return if same && refund != failed {
                Ok(None)
            } else {
                Err(PaymentRefusal::RefundIdUsed(refund))
            };
        }
        if !owed.is_owed() {
            return Err(PaymentRefusal::NotOwed(failed));
        }
        if self.was_taken_back(owed.charge) {
            return Err(PaymentRefusal::TakenBack(owed.charge));
        }
        Ok(Some(PaymentFact::RefundAgainRequested {
            refund,
            failed,
            charge: owed.charge,
            amount: owed.amount,
            elsewhere: false,
        }))
    }

    /// The facts of money that was given back at the provider itself. What is
    /// still owed of the same amount is settled by it; anything else is a refund
    /// like any other, which nobody has to be asked for. Nothing where it was
    /// known, or was never `done`; one that was may come back.
    pub(crate) fn refunded_elsewhere(
        &self,
        refund: RefundId,
        (charge, amount): (ChargeId, Money),
        done: bool,
        deferred: Money,
    ) -> Result<Vec<PaymentFact>, PaymentRefusal> {
        if self.refund(refund).is_some() {
            return Ok(self.refund_result(refund, done)?.into_iter().collect());
        }
        if !done {
            return Ok(Vec::new());
        }
        let is_it = |known: &&Refund| (known.charge, known.amount) == (charge, amount);
        let mut owed = self.refunds.iter().filter(|known| known.is_owed());
        let asked = if let Some(owed) = owed.find(is_it) {
            Some(PaymentFact::RefundAgainRequested {
                refund,
                failed: owed.id,
                charge,
                amount,
                elsewhere: true,
            })
        } else {
            let wish = RefundWish {
                refund,
                charge,
                amount: Some(amount),
            };
            self.refunding(wish, RefundReason::Elsewhere, deferred)?
        };
        let done = PaymentFact::Refunded { refund, amount };
        Ok(asked.into_iter().chain([done]).collect())
    }

    /// The disputes about the money of a charge.
    fn disputes(&self, charge: ChargeId) -> impl Iterator<Item = &Dispute> {
        let sale = self.payment(charge).into_iter();
        let sale = sale.flat_map(|payment| &payment.disputes);
        let surplus = self.surplus(charge).into_iter();
        sale.chain(surplus.flat_map(move |order| order.surplus_disputes(charge)))
    }

    /// Whether a bank has the money of a charge, and doesn't give it up.
    fn was_taken_back(&self, charge: ChargeId) -> bool {
        self.disputes(charge).any(|dispute| !dispute.won)
    }

    /// The facts of giving back `amount` from whatever was paid, the latest
    /// payments first; less where less was paid.
    pub(crate) fn giving_back(
        &self,
        amount: Money,
        refund: RefundId,
        reason: RefundReason,
        mut deferred: Money,
    ) -> Result<Vec<PaymentFact>, PaymentRefusal> {
        let mut left = amount;
        let mut facts = Vec::new();
        for payment in self.payments().rev() {
            let part = payment.refundable()?.at_most(left)?;
            if !part.is_positive() {
                continue;
            }
            let wish = RefundWish {
                // There are at most as many payments as are remembered.
                refund: refund.nth(u16::try_from(facts.len()).unwrap_or(u16::MAX)),
                charge: payment.charge,
                amount: Some(part),
            };
            if let Some(fact) = self.refunding(wish, reason, deferred)? {
                if let PaymentFact::RefundRequested {
                    source: RefundSource::Sale { deferred: used, .. },
                    ..
                } = &fact
                {
                    deferred = deferred.minus(*used)?;
                }
                facts.push(fact);
            }
            left = left.minus(part)?;
        }
        Ok(facts)
    }

    /// What a provider says of a refund. `None` where it was known. One that
    /// was done may fail days later, when the reader's bank won't take it; that
    /// is the last that is said of it, however late its success is told again.
    pub(crate) fn refund_result(
        &self,
        id: RefundId,
        done: bool,
    ) -> Result<Option<PaymentFact>, PaymentRefusal> {
        let refund = self.refund(id).ok_or(PaymentRefusal::UnknownRefund(id))?;
        Ok(match (refund.state, done) {
            (RefundState::Replaced, true) => return Err(PaymentRefusal::GivenBackTwice(id)),
            (RefundState::Done, true)
            | (RefundState::Failed | RefundState::Replaced, false)
            | (RefundState::Returned, _) => None,
            (RefundState::Requested | RefundState::Failed, true) => Some(PaymentFact::Refunded {
                refund: id,
                amount: refund.amount,
            }),
            (RefundState::Requested | RefundState::Done, false) => {
                let was_done = refund.state == RefundState::Done;
                Some(PaymentFact::RefundFailed {
                    refund: id,
                    returned: was_done.then_some(refund.amount),
                })
            }
        })
    }

    /// A bank took a payment back. `None` where it was known. It may do so again
    /// once it has lost; while it has the money there is nothing to take.
    pub(crate) fn charged_back(
        &self,
        dispute: DisputeId,
        charge: ChargeId,
        amount: Money,
        deferred: Money,
    ) -> Result<Option<PaymentFact>, PaymentRefusal> {
        let payment = self.payment(charge);
        let expected = match (payment, self.surplus(charge)) {
            (Some(payment), _) => payment.total,
            (None, Some(order)) => order.total,
            (None, None) => return Err(PaymentRefusal::UnknownPayment(charge)),
        };
        if self.disputes(charge).any(|known| known.id == dispute) {
            return Ok(None);
        }
        if self.was_taken_back(charge) {
            return Err(PaymentRefusal::TakenBack(charge));
        }
        if amount.currency() != expected.currency() || amount.minor() > expected.minor() {
            return Err(PaymentRefusal::AmountDiffers {
                charge,
                expected,
                reported: amount,
            });
        }
        let source = payment.map_or(Ok(RefundSource::Surplus), |payment| {
            payment.source(amount, deferred)
        })?;
        Ok(Some(PaymentFact::ChargedBack {
            dispute,
            charge,
            amount,
            source,
        }))
    }

    /// The order of a charge whose money came though none was due.
    fn surplus(&self, charge: ChargeId) -> Option<&ClosedOrder> {
        let is_it = |order: &&ClosedOrder| {
            order.id == charge.order && order.surplus.contains(&charge.attempt)
        };
        self.closed.iter().find(is_it)
    }

    /// A dispute was decided for the publisher. `None` where it was known.
    pub(crate) fn chargeback_won(
        &self,
        id: DisputeId,
    ) -> Result<Option<PaymentFact>, PaymentRefusal> {
        let sales = self.payments().flat_map(|payment| {
            let disputes = payment.disputes.iter();
            disputes.map(move |dispute| (*dispute, payment.country, false))
        });
        let disputed = self.closed.iter().flat_map(|order| &order.disputed);
        let surplus = disputed.map(|(_, dispute)| (*dispute, None, true));
        let (dispute, country, surplus) = sales
            .chain(surplus)
            .find(|(dispute, ..)| dispute.id == id)
            .ok_or(PaymentRefusal::UnknownDispute(id))?;
        Ok((!dispute.won).then_some(PaymentFact::ChargebackWon {
            dispute: id,
            amount: dispute.amount,
            tax: dispute.tax,
            country,
            surplus,
        }))
    }
}

impl ClosedOrder {
    /// The disputes about one of its charges whose money wasn't due.
    fn surplus_disputes(&self, charge: ChargeId) -> impl Iterator<Item = &Dispute> {
        let disputed = self.disputed.iter();
        let of_it = disputed.filter(move |(attempt, _)| *attempt == charge.attempt);
        of_it.map(|(_, dispute)| dispute)
    }
}

impl Refund {
    /// Whether it couldn't be given back, and nobody has been asked since.
    pub fn is_owed(&self) -> bool {
        matches!(self.state, RefundState::Failed | RefundState::Returned)
    }
}

impl Payment {
    /// Whose money a part of it is.
    fn source(&self, amount: Money, deferred: Money) -> Result<RefundSource, MoneyError> {
        let tax = self.tax_in(amount)?;
        let net = amount.minus(tax)?;
        let unearned = net.at_most(deferred)?;
        Ok(RefundSource::Sale {
            deferred: unearned,
            earned: net.minus(unearned)?,
            tax,
            country: self.country,
        })
    }

    /// The tax in the next `amount` that is given back.
    fn tax_in(&self, amount: Money) -> Result<Money, MoneyError> {
        let whole = u64::try_from(self.total.minor()).unwrap_or(0);
        let after = self.refunded.plus(amount)?;
        let given = u64::try_from(after.minor()).unwrap_or(0).min(whole);
        let share = Ratio::new(given, whole).unwrap_or(Ratio::ZERO);
        self.split
            .tax
            .part(share, Rounding::HalfUp)?
            .minus(self.refunded_tax)
    }
}
