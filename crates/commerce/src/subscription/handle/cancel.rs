//! Cancelling, and thinking better of it.

use super::Draft;
use crate::payment::AttemptState;
use crate::subscription::{CancelReason, CancelWhen, EndReason, Fact, Origin, Refusal, Stage};
use crate::terms::PhaseKind;

impl Draft<'_> {
    pub(super) fn cancel(&mut self, when: CancelWhen, cause: CancelReason) -> Result<(), Refusal> {
        let now_is_the_end = match self.state.stage {
            // Nothing is paid for, so nothing is kept.
            Stage::Incomplete { .. } => true,
            Stage::PastDue { .. } => !self.in_flight(),
            Stage::Active | Stage::Paused { .. } | Stage::Ended { .. } => false,
        };
        if now_is_the_end || when == CancelWhen::Now {
            return self.end(EndReason::Cancelled(cause));
        }
        if self.state.ending.is_some() {
            return Ok(());
        }
        if !self.would_go_on() {
            let at = self.state.period_end();
            return Err(Refusal::EndsAnyway { at });
        }
        // While a payment is under way, or a pause runs, the end moves.
        let fixed = self.state.stage == Stage::Active && !self.in_flight();
        self.push(Fact::CancellationScheduled {
            since: self.now(),
            at: self.state.period_end().filter(|_| fixed),
            cause,
        });
        Ok(())
    }

    pub(super) fn reactivate(&mut self) -> Result<(), Refusal> {
        if self.state.ending.is_none() {
            return Err(Refusal::NotEnding);
        }
        self.push(Fact::CancellationWithdrawn);
        Ok(())
    }

    /// Whether it would go on after the current period, or at least might: a
    /// trial that nobody pays for yet can still be cancelled.
    pub(super) fn would_go_on(&self) -> bool {
        let complimentary = self.state.origin == Origin::Complimentary;
        let trial = self
            .state
            .cycle
            .as_ref()
            .is_some_and(|cycle| cycle.kind == PhaseKind::Trial);
        !complimentary && (trial || self.state.terms.renews())
    }

    fn in_flight(&self) -> bool {
        let order = self.state.payments.open.as_ref();
        order.is_some_and(|order| matches!(order.attempt.state, AttemptState::InFlight { .. }))
    }
}
