//! Time passes: whatever is due is done, in the order in which it was due.

use super::Draft;
use crate::calendar::Anchor;
use crate::ids::OrderId;
use crate::payment::{DeclineReason, Purpose};
use crate::subscription::due::reminders;
use crate::subscription::{DueReason, EndReason, Fact, PendingChange, Refusal, next_due};
use crate::terms::Terms;

/// The most that one tick does: periods that cost nothing may follow one
/// another when ticks are years late, everything else waits for an answer.
const MAX_STEPS: usize = 64;

impl Draft<'_> {
    pub(super) fn tick(&mut self, order: OrderId) -> Result<(), Refusal> {
        for _ in 0..MAX_STEPS {
            let Some(due) = next_due(&self.state).filter(|due| due.at <= self.now()) else {
                break;
            };
            match due.reason {
                DueReason::Renewal | DueReason::End => self.period_over(order)?,
                DueReason::Reminder => self.remind(order)?,
                DueReason::Inquiry => self.inquire()?,
                DueReason::Void => self.void()?,
                DueReason::Retry => self.retry()?,
                DueReason::GraceEnd => self.end(EndReason::PaymentFailed)?,
                DueReason::CheckoutEnd => self.end(EndReason::NeverPaid)?,
                DueReason::Resume => self.resume()?,
            }
        }
        Ok(())
    }

    /// The latest of the reminders that are due. One whose event has come too
    /// is no news.
    fn remind(&mut self, order: OrderId) -> Result<(), Refusal> {
        let now = self.now();
        if self.state.period_end().is_some_and(|end| end <= now) {
            return self.period_over(order);
        }
        let latest = reminders(&self.state)
            .into_iter()
            .filter(|reminder| reminder.due <= now)
            .max_by_key(|reminder| reminder.due);
        if let Some(reminder) = latest {
            self.push(Fact::ReminderDue {
                kind: reminder.kind,
                days: reminder.days,
                at: reminder.of,
            });
        }
        Ok(())
    }

    /// The period has ended: so does the subscription, or the next period is
    /// charged, or begins by itself where it costs nothing.
    fn period_over(&mut self, order: OrderId) -> Result<(), Refusal> {
        if let Some(why) = self.state.ends_with_period() {
            return self.end(why);
        }
        let Some(cycle) = &self.state.cycle else {
            return Ok(());
        };
        let anchor = cycle.anchor;
        let boundary = anchor.instant(&self.state.terms.zone)?;
        self.close_period();
        self.adopt_changes(boundary);
        let Some(segment) = self.state.upcoming() else {
            return self.end(EndReason::Expired);
        };
        let from = self.from(anchor)?;
        let (cycle, bill) = self.quote(segment, from)?;
        if bill.total.is_positive() {
            return self.open(order, Purpose::Renewal, bill, Some(from));
        }
        self.push(Fact::PeriodStarted(cycle));
        Ok(())
    }

    /// From when the next period counts: the end of the last one. But where
    /// ticks were so late that access had ended meanwhile, nobody pays for the
    /// time without it.
    fn from(&self, anchor: Anchor) -> Result<Anchor, Refusal> {
        let zone = &self.state.terms.zone;
        if self.now() < self.state.kept_after(anchor.instant(zone)?)? {
            return Ok(anchor);
        }
        Ok(Anchor::new(self.now(), zone))
    }

    /// What was agreed to for the next period, or announced.
    fn adopt_changes(&mut self, boundary: jiff::Timestamp) {
        if let Some(PendingChange::AtPeriodEnd { terms, acceptance }) = self.state.change.clone() {
            self.push(Fact::PlanChanged {
                terms: Box::new(Terms::clone(&terms)),
                acceptance,
                price: None,
                taxation: None,
            });
        }
        let next = self.state.upcoming();
        let rise = next.and_then(|next| self.state.rise_at(boundary, next.position));
        if let Some(rise) = rise {
            self.push(Fact::PriceRiseApplied { price: rise.price });
        }
    }

    fn inquire(&mut self) -> Result<(), Refusal> {
        let Some(order) = &self.state.payments.open else {
            return Ok(());
        };
        let charge = order.charge();
        if let Some(fact) = order.inquire(self.now())? {
            self.push(fact);
            return Ok(());
        }
        // Nobody asks about it any more, so it mustn't come about either.
        self.void()?;
        self.declined(charge, DeclineReason::NeverAnswered, true)
    }

    fn void(&mut self) -> Result<(), Refusal> {
        if let Some(order) = &self.state.payments.open {
            let fact = order.void(self.now())?;
            self.push(fact);
        }
        Ok(())
    }

    fn retry(&mut self) -> Result<(), Refusal> {
        let method = self.state.method;
        if let (Some(order), Some(method)) = (&self.state.payments.open, method) {
            let fact = order.again(method, self.now())?;
            self.push(fact);
        }
        Ok(())
    }
}
