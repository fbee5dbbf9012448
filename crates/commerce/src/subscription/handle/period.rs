//! Periods: what they cost and when they end.

use super::Draft;
use crate::bill::{Bill, Sold};
use crate::calendar::{Anchor, Period};
use crate::ids::ChargeId;
use crate::payment::PaymentFact;
use crate::subscription::{Cycle, Fact, Refusal, Segment};

impl Draft<'_> {
    /// A period as the terms have it, beginning at an anchor, and its bill.
    pub(super) fn quote(&self, segment: Segment, from: Anchor) -> Result<(Cycle, Bill), Refusal> {
        let terms = &self.state.terms;
        let (zone, currency) = (&terms.zone, terms.currency);
        let start = from.instant(zone)?;
        let anchor = match segment.every {
            Some(every) => from.after(every)?,
            None => from,
        };
        let end = match segment.every {
            Some(_) => Some(anchor.instant(zone)?),
            None => None,
        };
        let period = Period { start, end };
        let price = segment.price.times(terms.quantity)?;
        let sold = Sold::Plan {
            plan: terms.plan.clone(),
            phase: segment.kind,
            period,
        };
        let line = self.taxing(terms).line(sold, terms.quantity, price)?;
        let cycle = Cycle {
            period,
            kind: segment.kind,
            position: segment.position,
            every: segment.every,
            anchor,
            price,
            paid: price.is_positive(),
            over: false,
            taxation: price.is_positive().then_some(line.taxation),
        };
        Ok((cycle, Bill::new(currency, vec![line])?))
    }

    /// A period that was paid for begins. What has no end is there with its
    /// beginning, all of it, and so is earned.
    pub(super) fn start(&mut self, cycle: Cycle) {
        let lasts_for_good = cycle.period.end.is_none();
        self.push(Fact::PeriodStarted(cycle));
        if lasts_for_good {
            self.close_period();
        }
    }

    /// The current period is over, and what is left of its payment earned.
    pub(super) fn close_period(&mut self) {
        if self.state.cycle.as_ref().is_some_and(|cycle| !cycle.over) {
            let earned = self.state.deferred;
            self.push(Fact::PeriodEnded { earned });
        }
    }

    /// The open order's money came in.
    pub(super) fn paid(&mut self, charge: ChargeId, bill: Bill) {
        let at = self.now();
        self.push(PaymentFact::Paid { charge, bill, at });
    }
}
