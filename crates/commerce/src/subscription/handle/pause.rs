//! Pausing: no access, no charge; what was paid for is kept for later.

use jiff::Timestamp;

use super::Draft;
use crate::calendar::{Interval, OutOfCalendar, Period};
use crate::subscription::{Fact, PendingChange, Refusal, Stage};
use crate::terms::PhaseKind;

impl Draft<'_> {
    pub(super) fn pause(&mut self, wish: Option<Timestamp>) -> Result<(), Refusal> {
        self.running()?;
        let end = self.state.period_end();
        if self
            .state
            .cycle
            .as_ref()
            .is_some_and(|cycle| cycle.kind == PhaseKind::Trial)
        {
            return Err(Refusal::TrialRunning);
        }
        if self.state.ending.is_some() {
            return Err(Refusal::Ending);
        }
        if !self.would_go_on() {
            return Err(Refusal::EndsAnyway { at: end });
        }
        let now = self.now();
        if self.state.terms.policy.pause.is_none() {
            return Err(Refusal::NoPause);
        }
        let latest = self.state.longest_pause(now).ok_or(Refusal::PausedEnough)?;
        let resumes = wish.unwrap_or(latest);
        if resumes <= now || resumes > latest {
            return Err(Refusal::PauseLength { latest });
        }
        if end.is_some_and(|end| end <= now) {
            // The period is over, and the tick that ends it on its way.
            return Err(Refusal::PaymentUnderWay);
        }
        self.push(Fact::Paused {
            since: now,
            resumes,
        });
        Ok(())
    }

    /// The period goes on where it was left, its end as much later as it was
    /// paused. A tick that is late takes nothing of it away.
    pub(super) fn resume(&mut self) -> Result<(), Refusal> {
        let Stage::Paused { since, .. } = self.state.stage else {
            return Err(Refusal::NotPaused);
        };
        let Some(cycle) = &self.state.cycle else {
            return Err(Refusal::NotPaused);
        };
        let away = self.now().duration_since(since);
        let zone = &self.state.terms.zone;
        let anchor = self.state.anchor_after(cycle, away)?;
        // The end is the anchor's own: there the next period begins.
        let end = cycle.period.end.map(|_| anchor.instant(zone)).transpose()?;
        let start = cycle.period.start.checked_add(away);
        let period = Period {
            start: start.map_err(|_| OutOfCalendar)?,
            end,
        };
        self.push(Fact::Resumed { period, anchor });
        Ok(())
    }

    /// The publisher makes the current period longer.
    pub(super) fn extend(&mut self, by: Interval) -> Result<(), Refusal> {
        self.running()?;
        if matches!(self.state.change, Some(PendingChange::OnPayment { .. })) {
            return Err(Refusal::PaymentUnderWay);
        }
        let Some(cycle) = self.state.cycle.as_ref().filter(|_| by.makes_sense()) else {
            return Err(Refusal::NoEnd);
        };
        if cycle.period.end.is_none() {
            return Err(Refusal::NoEnd);
        }
        let anchor = cycle.anchor.after(by)?;
        let period = Period {
            start: cycle.period.start,
            end: Some(anchor.instant(&self.state.terms.zone)?),
        };
        self.push(Fact::Extended { period, anchor });
        Ok(())
    }
}
