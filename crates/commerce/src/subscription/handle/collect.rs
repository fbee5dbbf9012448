//! Collecting an order: what a report means for the subscription.

use jiff::Timestamp;

use super::Draft;
use crate::bill::{Bill, Sold};
use crate::calendar::{Anchor, Period};
use crate::ids::{ChargeId, OrderId, PaymentMethodId};
use crate::payment::{
    AttemptState, DeclineReason, Order, Outcome, PaymentFact, PaymentRefusal, Purpose, Report,
    closes,
};
use crate::subscription::{EndReason, Fact, Refusal, Stage, first};
use crate::tax::Taxation;

impl Draft<'_> {
    pub(super) fn reported(&mut self, charge: ChargeId, outcome: Outcome) -> Result<(), Refusal> {
        match self.state.payments.report(charge, outcome, self.now())? {
            Report::Known => Ok(()),
            Report::Only(facts) => {
                for fact in facts {
                    self.push(fact);
                }
                Ok(())
            }
            Report::Paid(charge) => self.order_paid(charge),
            Report::Declined {
                charge,
                reason,
                is_final,
            } => self.declined(charge, reason, is_final),
            Report::AwaitingReader(charge) => self.awaiting_reader(charge),
        }
    }

    fn order_paid(&mut self, charge: ChargeId) -> Result<(), Refusal> {
        let Some(order) = self.state.payments.open.clone() else {
            return Ok(());
        };
        if order.charge() != charge && order.is_under_way() {
            // An earlier attempt turns out to have succeeded: the one under way
            // must not, too. If it does, it is given back.
            let void = order.void(self.now())?;
            self.push(void);
        }
        match order.purpose {
            Purpose::Renewal => self.renewed(charge, order.bill, order.from),
            Purpose::PlanChange => self.change_paid(charge, order.bill),
            Purpose::Begin | Purpose::Gift => self.begun(charge, order.bill),
        }
    }

    /// The first payment: what was bought begins now.
    fn begun(&mut self, charge: ChargeId, bill: Bill) -> Result<(), Refusal> {
        let segment = first(&self.state.terms).ok_or(Refusal::EmptyTerms)?;
        let from = Anchor::new(self.now(), &self.state.terms.zone);
        let (mut cycle, _) = self.quote(segment, from)?;
        cycle.taxation = taxed(&bill);
        self.paid(charge, dated(bill, cycle.period));
        self.start(cycle);
        Ok(())
    }

    fn renewed(
        &mut self,
        charge: ChargeId,
        bill: Bill,
        from: Option<Anchor>,
    ) -> Result<(), Refusal> {
        let now = Anchor::new(self.now(), &self.state.terms.zone);
        let segment = self.state.upcoming().ok_or(Refusal::EmptyTerms)?;
        let (mut cycle, _) = self.quote(segment, from.unwrap_or(now))?;
        cycle.taxation = taxed(&bill);
        self.paid(charge, bill);
        if matches!(self.state.stage, Stage::PastDue { .. }) {
            self.push(Fact::Recovered);
        }
        self.push(Fact::PeriodStarted(cycle));
        Ok(())
    }

    /// An attempt failed. What follows depends on what it was for.
    pub(super) fn declined(
        &mut self,
        charge: ChargeId,
        reason: DeclineReason,
        is_final: bool,
    ) -> Result<(), Refusal> {
        let Some(order) = self.state.payments.open.clone() else {
            return Ok(());
        };
        let declined = |retry_at: Option<Timestamp>| PaymentFact::ChargeDeclined {
            charge,
            reason,
            is_final,
            retry_at,
        };
        match order.purpose {
            Purpose::Begin | Purpose::Gift => {
                // The reader is there, and tries another card or leaves.
                self.push(declined(None));
                self.retry_with_new_method(&order)?;
                Ok(())
            }
            Purpose::PlanChange => {
                self.push(declined(None));
                // Another card was given for it meanwhile, and what it buys
                // hasn't passed.
                let is_ahead = self.state.period_end().is_none_or(|end| self.now() < end);
                if is_ahead && self.retry_with_new_method(&order)? {
                    return Ok(());
                }
                self.push(PaymentFact::OrderFailed { order: order.id });
                self.push(Fact::PlanChangeDropped);
                Ok(())
            }
            Purpose::Renewal => {
                let boundary = order.from.ok_or(PaymentRefusal::NothingOpen)?;
                let until = self.grace_end(boundary)?;
                let again = !is_final && order.has_attempts_left();
                let next = self.next_retry(boundary, until)?.filter(|_| again);
                self.push(declined(next));
                if let Some(ending) = self.state.ending {
                    return self.end(EndReason::Cancelled(ending.cause));
                }
                if self.now() >= until {
                    return self.end(EndReason::PaymentFailed);
                }
                if !matches!(self.state.stage, Stage::PastDue { .. }) {
                    self.push(Fact::GraceStarted { until });
                }
                self.retry_with_new_method(&order)?;
                Ok(())
            }
        }
    }

    /// Another card was given while the attempt was under way: it is tried at
    /// once; says whether it is. Where it was tried too often already, the report
    /// has to be taken all the same.
    fn retry_with_new_method(&mut self, failed: &Order) -> Result<bool, Refusal> {
        let retries = self.is_given_another(failed) && failed.has_attempts_left();
        if retries {
            self.again()?;
        }
        Ok(retries)
    }

    /// Whether another card was given than the latest attempt is made with.
    fn is_given_another(&self, order: &Order) -> bool {
        let tried = order.attempt.method;
        self.state.method.is_some_and(|method| method != tried)
    }

    fn awaiting_reader(&mut self, charge: ChargeId) -> Result<(), Refusal> {
        let Some(order) = self.state.payments.open.clone() else {
            return Ok(());
        };
        let now = self.now();
        let until = match (order.purpose, self.state.stage) {
            (Purpose::Renewal, _) => {
                self.grace_end(order.from.ok_or(PaymentRefusal::NothingOpen)?)?
            }
            (_, Stage::Incomplete { expires }) => expires,
            _ => {
                let closes = closes(order.opened)?;
                self.state
                    .period_end()
                    .map_or(closes, |end| end.min(closes))
            }
        };
        // The reader wants another card to pay, which is tried as soon as this one
        // can't any more.
        let is_replaced = self.is_given_another(&order) && order.has_attempts_left();
        if until <= now || is_replaced {
            // There is no time left for it, or no need.
            let void = order.void(now)?;
            self.push(void);
            return Ok(());
        }
        self.push(PaymentFact::AuthenticationRequired { charge, until });
        let renewal = order.purpose == Purpose::Renewal;
        if renewal && !matches!(self.state.stage, Stage::PastDue { .. }) {
            self.push(Fact::GraceStarted { until });
        }
        Ok(())
    }

    /// The first instant after grace.
    pub(super) fn grace_end(&self, boundary: Anchor) -> Result<Timestamp, Refusal> {
        let terms = &self.state.terms;
        let days = i32::from(terms.policy.dunning.grace_days);
        Ok(terms.zone.days_from(boundary.instant(&terms.zone)?, days)?)
    }

    fn next_retry(&self, boundary: Anchor, until: Timestamp) -> Result<Option<Timestamp>, Refusal> {
        let terms = &self.state.terms;
        let start = boundary.instant(&terms.zone)?;
        for day in &terms.policy.dunning.retry_days {
            let at = terms.zone.days_from(start, i32::from(*day))?;
            if at > self.now() {
                return Ok(Some(at).filter(|at| *at < until));
            }
        }
        Ok(None)
    }

    pub(super) fn set_payment_method(&mut self, method: PaymentMethodId) -> Result<(), Refusal> {
        if self.state.method != Some(method) {
            self.push(Fact::PaymentMethodSet { method });
        }
        let Some(order) = &self.state.payments.open else {
            return Ok(());
        };
        match order.attempt.state {
            AttemptState::Declined { .. } => self.again(),
            AttemptState::AwaitingReader { .. } => {
                // What waits for the bank is called off first; then this is
                // tried.
                let void = order.void(self.now())?;
                self.push(void);
                Ok(())
            }
            AttemptState::InFlight { .. } => Ok(()),
        }
    }

    pub(super) fn pay_now(&mut self) -> Result<(), Refusal> {
        if self.state.payments.open.is_none() {
            return Err(PaymentRefusal::NothingOpen.into());
        }
        self.again()
    }

    fn again(&mut self) -> Result<(), Refusal> {
        let method = self.state.method.ok_or(Refusal::PaymentMethodMissing)?;
        if let Some(order) = &self.state.payments.open {
            let fact = order.again(method, self.now())?;
            self.push(fact);
        }
        Ok(())
    }

    /// Opens an order and asks for its first charge.
    pub(super) fn open(
        &mut self,
        order: OrderId,
        purpose: Purpose,
        bill: Bill,
        from: Option<Anchor>,
    ) -> Result<(), Refusal> {
        let method = self.state.method.ok_or(Refusal::PaymentMethodMissing)?;
        let (payments, now) = (&self.state.payments, self.now());
        for fact in payments.opening(order, purpose, bill, from, method, now)? {
            self.push(fact);
        }
        Ok(())
    }
}

/// How a period is taxed that a bill paid for: as on the day of the bill.
fn taxed(bill: &Bill) -> Option<Taxation> {
    bill.lines.first().map(|line| line.taxation)
}

/// A bill for what begins now.
fn dated(mut bill: Bill, now: Period) -> Bill {
    for line in &mut bill.lines {
        if let Sold::Plan { period, .. } = &mut line.sold {
            *period = now;
        }
    }
    bill
}
