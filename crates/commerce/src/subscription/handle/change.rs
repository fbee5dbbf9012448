//! Changing the plan, at once or when the period ends.
//!
//! At once, what isn't used of the old plan is taken off the new one's price,
//! by time, to the second. Where both are paid as often, the period goes on and
//! only the difference is paid; otherwise a new period begins. Where the old
//! plan's rest is worth more, the difference goes back to where it came from.
//! A change that costs something comes about when it is paid, and not if it
//! isn't. On trial nothing has been paid, so the trial simply goes on with the
//! other plan behind it.

use std::sync::Arc;

use jiff::Timestamp;

use super::Draft;
use crate::bill::{Bill, Line, Sold};
use crate::calendar::{Anchor, Interval, Period};
use crate::ids::{ChargeId, RefundId};
use crate::money::{Money, Rounding};
use crate::payment::{AttemptState, Order, Purpose, RefundReason};
use crate::subscription::{
    ChangeForm, ChangePlan, ChangeWhen, Cycle, Fact, IntroOnChange, Origin, PendingChange,
    Position, Refusal, SHOWN_HOLDS, Segment, following,
};
use crate::tax::Taxation;
use crate::terms::{Acceptance, PhaseKind, Terms};

impl Draft<'_> {
    pub(super) fn change_plan(&mut self, change: &ChangePlan) -> Result<(), Refusal> {
        let mut terms = change.terms.clone();
        let holds = change.intro == IntroOnChange::Holds && change.when == ChangeWhen::PeriodEnd;
        terms
            .phases
            .retain(|phase| holds && phase.kind == PhaseKind::Intro);
        let every = self.may_change(&terms)?;
        match change.when {
            ChangeWhen::PeriodEnd => {
                self.agree(&terms, change, ChangeForm::AtPeriodEnd);
                Ok(())
            }
            ChangeWhen::Now => self.change_now(terms, change, every),
        }
    }

    /// Whether it may become one on those terms; how often it is then paid.
    fn may_change(&self, terms: &Terms) -> Result<Interval, Refusal> {
        self.running()?;
        if self.state.ending.is_some() {
            return Err(Refusal::Ending);
        }
        if !self.would_go_on() {
            let at = self.state.period_end();
            return Err(Refusal::EndsAnyway { at });
        }
        let today = &self.state.terms;
        let (price, every) = terms.evergreen().ok_or(Refusal::NotRenewing)?;
        if terms.currency != today.currency {
            return Err(Refusal::OtherCurrency(today.currency));
        }
        if terms.seated != today.seated {
            return Err(Refusal::SeatsDiffer);
        }
        let taken = self.state.seats.taken();
        if terms.seated && terms.quantity < taken {
            return Err(Refusal::SeatsTaken { taken });
        }
        if terms.delivered && self.state.address.is_none() {
            return Err(Refusal::AddressMissing);
        }
        let same = terms.plan == today.plan
            && terms.quantity == today.quantity
            && terms.phases.is_empty()
            && today.evergreen() == Some((price, every));
        if same {
            return Err(Refusal::SamePlan);
        }
        Ok(every)
    }

    fn change_now(
        &mut self,
        terms: Terms,
        change: &ChangePlan,
        every: Interval,
    ) -> Result<(), Refusal> {
        let Some(cycle) = self.state.cycle.clone() else {
            return Err(Refusal::Incomplete);
        };
        if cycle.kind == PhaseKind::Trial {
            self.changed(terms, &change.acceptance, None, None);
            return Ok(());
        }
        // What it cost elsewhere isn't known, so it can't be taken off.
        if self.state.origin == Origin::Imported && !cycle.paid {
            let until = cycle.period.end;
            return Err(Refusal::PaidElsewhere { until });
        }
        let at = self.as_of(change, &cycle);
        let new = self.rest(&terms, (&cycle, at), every)?;
        let lines = vec![new.line, self.unused_line(&cycle, at)?];
        let bill = Bill::new(terms.currency, lines)?;
        // A cheaper plan for the rest of a period costs nothing, even where what
        // was paid for the dearer one has been given back as a gesture.
        let cheaper = new.form == ChangeForm::OnPayment && new.price.minor() <= cycle.price.minor();
        if bill.total.is_positive() && !cheaper {
            self.agree(&terms, change, new.form);
            return self.open(change.order, Purpose::PlanChange, bill, None);
        }
        // Given back first: what is left is then earned, or the new plan's.
        let back = bill.total.negated()?;
        if back.is_positive() {
            self.give_back(back, change.refund, RefundReason::PlanChange)?;
        }
        // What isn't given back was paid for the old plan, and taxed with it.
        let (new_line, taxed) = (bill.lines.first(), self.taxed());
        self.come_about(&terms, &change.acceptance, new.form, new_line, taxed)
    }

    /// As of when the rest of the period is reckoned. Nobody gains by an earlier
    /// time: what was agreed to since would be paid for, or given back, twice.
    fn as_of(&self, change: &ChangePlan, cycle: &Cycle) -> Timestamp {
        let now = self.now();
        let least = cycle.period.start.max(self.state.acceptance.at);
        let least = now
            .saturating_sub(SHOWN_HOLDS)
            .map_or(least, |at| at.max(least));
        change.as_of.map_or(now, |at| at.max(least).min(now))
    }

    /// What the new plan costs from then on, and from when it counts.
    fn rest(
        &self,
        terms: &Terms,
        (cycle, at): (&Cycle, Timestamp),
        every: Interval,
    ) -> Result<Rest, Refusal> {
        let (unit, _) = terms.evergreen().ok_or(Refusal::NotRenewing)?;
        let price = unit.times(terms.quantity)?;
        let zone = &terms.zone;
        let plan = terms.plan.clone();
        let (form, part, sold) = if cycle.every == Some(every) {
            let period = Period {
                start: at.max(cycle.period.start),
                end: cycle.period.end,
            };
            let part = price.part(cycle.period.left(at), Rounding::HalfUp)?;
            (
                ChangeForm::OnPayment,
                part,
                Sold::Difference { plan, period },
            )
        } else {
            let from = Anchor::new(at, zone);
            let period = Period {
                start: from.instant(zone)?,
                end: Some(from.after(every)?.instant(zone)?),
            };
            let phase = PhaseKind::Evergreen;
            let sold = Sold::Plan {
                plan,
                phase,
                period,
            };
            (ChangeForm::OnPaymentAnew { from }, price, sold)
        };
        let line = self.taxing(terms).line(sold, terms.quantity, part)?;
        Ok(Rest { form, price, line })
    }

    /// What isn't used of the old plan, taken off, with the tax that was paid.
    fn unused_line(&self, cycle: &Cycle, at: Timestamp) -> Result<Line, Refusal> {
        let terms = &self.state.terms;
        let unused = self.unused_price(at)?;
        let sold = Sold::Unused {
            plan: terms.plan.clone(),
            period: Period {
                start: at,
                end: cycle.period.end,
            },
        };
        let taxation = self.taxed();
        Ok(Line {
            sold,
            quantity: terms.quantity,
            taxation,
            split: taxation.split(unused.negated()?, terms.tax_basis)?,
        })
    }

    fn agree(&mut self, terms: &Terms, change: &ChangePlan, form: ChangeForm) {
        self.push(Fact::PlanChangeAgreed {
            terms: Box::new(terms.clone()),
            acceptance: change.acceptance.clone(),
            form,
        });
    }

    fn changed(
        &mut self,
        terms: Terms,
        acceptance: &Acceptance,
        price: Option<Money>,
        taxation: Option<Taxation>,
    ) {
        self.push(Fact::PlanChanged {
            terms: Box::new(terms),
            acceptance: acceptance.clone(),
            price,
            taxation,
        });
    }

    /// The change was paid for.
    pub(super) fn change_paid(&mut self, charge: ChargeId, bill: Bill) -> Result<(), Refusal> {
        let (new, total) = (bill.lines.first().cloned(), bill.total);
        self.paid(charge, bill);
        let Some(PendingChange::OnPayment {
            terms,
            acceptance,
            from,
        }) = self.state.change.clone()
        else {
            return Ok(());
        };
        let end = self.state.period_end();
        if from.is_none() && end.is_some_and(|end| end <= self.now()) {
            // What it was paid for had passed before anybody knew of it, and
            // nobody had the better plan: it is theirs from the next period on.
            let refund = RefundId::of_surplus(charge);
            self.give_back(total, refund, RefundReason::Surplus)?;
            self.changed(Terms::clone(&terms), &acceptance, None, None);
            return Ok(());
        }
        let form = match from {
            Some(from) => ChangeForm::OnPaymentAnew { from },
            None => ChangeForm::OnPayment,
        };
        let taxed = new
            .as_ref()
            .map_or_else(|| self.taxed(), |new| new.taxation);
        self.come_about(&terms, &acceptance, form, new.as_ref(), taxed)
    }

    fn come_about(
        &mut self,
        terms: &Terms,
        acceptance: &Acceptance,
        form: ChangeForm,
        new: Option<&Line>,
        taxed: Taxation,
    ) -> Result<(), Refusal> {
        let (unit, _) = terms.evergreen().ok_or(Refusal::NotRenewing)?;
        let price = unit.times(terms.quantity)?;
        let ChangeForm::OnPaymentAnew { from } = form else {
            self.changed(terms.clone(), acceptance, Some(price), Some(taxed));
            return Ok(());
        };
        // What the new period costs stays deferred; the rest was for the old.
        let kept = new.map_or(Money::zero(terms.currency), |line| line.split.net);
        let earned = self
            .state
            .deferred
            .minus(kept.at_most(self.state.deferred)?)?;
        self.push(Fact::PeriodEnded { earned });
        self.changed(terms.clone(), acceptance, None, None);
        let segment = evergreen(&self.state.terms).ok_or(Refusal::NotRenewing)?;
        let (mut cycle, _) = self.quote(segment, from)?;
        cycle.taxation = Some(taxed);
        self.push(Fact::PeriodStarted(cycle));
        Ok(())
    }

    pub(super) fn keep_plan(&mut self) -> Result<(), Refusal> {
        match self.state.change {
            Some(PendingChange::AtPeriodEnd { .. }) => {
                self.push(Fact::PlanChangeDropped);
                Ok(())
            }
            Some(PendingChange::OnPayment { .. }) => self.give_change_up(),
            None => Err(Refusal::NoChangePending),
        }
    }

    /// What waits for the reader's bank is called off; the change is dropped once
    /// it is known that no money comes for it. What the provider is being asked
    /// for may succeed at any moment, so that is waited for.
    fn give_change_up(&mut self) -> Result<(), Refusal> {
        let order = self.state.payments.open.as_ref();
        let waits = |order: &&Order| {
            let attempt = order.attempt.state;
            matches!(attempt, AttemptState::AwaitingReader { .. })
        };
        let order = order.filter(waits).ok_or(Refusal::PaymentUnderWay)?;
        let void = order.void(self.now())?;
        self.push(void);
        Ok(())
    }
}

/// What the new plan costs for what is left, and how it comes about.
struct Rest {
    form: ChangeForm,
    /// The stated price of a whole period, for all seats.
    price: Money,
    line: Line,
}

fn evergreen(terms: &Arc<Terms>) -> Option<Segment> {
    following(terms, Position::Evergreen)
}
