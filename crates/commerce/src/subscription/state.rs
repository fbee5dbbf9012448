//! Where a subscription stands.

use std::sync::Arc;

use jiff::{SignedDuration, Span, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::fact::{Begun, EndReason, Fact};
use super::{CancelReason, Position, Seats, Segment, first, following};
use crate::calendar::{Anchor, Interval, OutOfCalendar, Period};
use crate::ids::{AccountId, AddressId, GiftId, PaymentMethodId, SubscriptionId};
use crate::money::Money;
use crate::payment::Payments;
use crate::tax::{TaxStatus, Taxation};
use crate::terms::{Acceptance, PhaseKind, Silence, Terms, Withdrawal};

/// A subscription as its facts have made it. Cheap to clone but for its list of
/// payments, which is bounded.
///
/// It can be written down as it stands, to be loaded without its history; what
/// it says is what a replay of its facts says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// Who has it; of several seats, who pays for them.
    pub account: AccountId,
    /// What was agreed to, with the changes that were agreed to since.
    #[serde(with = "crate::wire::shared")]
    pub terms: Arc<Terms>,
    /// The record of the first agreement, which the right to withdraw belongs
    /// to. A change of plan changes the contract and makes no new one.
    pub first_acceptance: Acceptance,
    /// The record of the latest agreement.
    pub acceptance: Acceptance,
    /// How it came about.
    pub origin: Origin,
    /// How it is taxed.
    pub tax_status: TaxStatus,
    /// With what it is paid.
    pub method: Option<PaymentMethodId>,
    /// Where it is delivered.
    pub address: Option<AddressId>,
    /// Where it stands.
    pub stage: Stage,
    /// The current period, or the last one; `None` before the first.
    pub cycle: Option<Cycle>,
    /// Orders, payments, refunds.
    pub payments: Payments,
    /// What was paid, without tax, and isn't earned yet. The ledger's deferred
    /// revenue of this subscription.
    pub deferred: Money,
    /// Whether it ends after the current period.
    pub ending: Option<Ending>,
    /// A change of plan that was agreed to and hasn't come about.
    pub change: Option<PendingChange>,
    /// A price rise that was announced and hasn't come about.
    pub rise: Option<PriceRise>,
    /// Before how many days of the period's end readers were reminded.
    pub reminded: Vec<u16>,
    /// How long the current period was paused already.
    #[serde(default)]
    pub paused_for: SignedDuration,
    /// Who sits in it, where it is for several.
    pub seats: Seats,
}

/// How a subscription came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Taken out by the reader.
    Own,
    /// A gift that was redeemed.
    Gift(GiftId),
    /// Given by the publisher.
    Complimentary,
    /// Brought over from another system, with what was paid there.
    Imported,
}

/// Where a subscription stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Agreed to; the first payment is outstanding. No access.
    Incomplete {
        /// When the checkout closes.
        expires: Timestamp,
    },
    /// Running: on trial, paid for, or given.
    Active,
    /// What was paid for is over, the next payment failed and is being retried.
    /// Access is kept.
    PastDue {
        /// When grace ends.
        until: Timestamp,
    },
    /// Paused at the reader's wish. No access; what was paid for is kept.
    Paused {
        /// Since when.
        since: Timestamp,
        /// When it goes on by itself.
        resumes: Timestamp,
    },
    /// Over for good. Who comes back takes out another.
    Ended {
        /// Since when.
        at: Timestamp,
        /// Why.
        why: EndReason,
    },
}

/// A period and how it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// From when until when.
    pub period: Period,
    /// What sort of phase it belongs to.
    pub kind: PhaseKind,
    /// Where in the terms it lies.
    pub position: Position,
    /// Its length, as agreed; `None` for good.
    pub every: Option<Interval>,
    /// Where the next period is counted from: its end.
    pub anchor: Anchor,
    /// Its stated price for all seats, before any tax on top.
    pub price: Money,
    /// Whether it was paid for, and not given or tried.
    pub paid: bool,
    /// Whether it is settled: over, or without an end.
    pub over: bool,
    /// How what was paid for it was taxed; `None` where nothing was, and of what
    /// began before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taxation: Option<Taxation>,
}

/// The wish to end after the current period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// When it was made known.
    pub since: Timestamp,
    /// What the reader gave as a reason.
    pub cause: CancelReason,
}

/// A change of plan that hasn't come about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PendingChange {
    /// When the current period ends.
    AtPeriodEnd {
        /// To what.
        #[serde(with = "crate::wire::shared")]
        terms: Arc<Terms>,
        /// The record of the agreement.
        acceptance: Acceptance,
    },
    /// When the open order is paid.
    OnPayment {
        /// To what.
        #[serde(with = "crate::wire::shared")]
        terms: Arc<Terms>,
        /// The record of the agreement.
        acceptance: Acceptance,
        /// From when a new period begins; `None` where the current one goes on.
        from: Option<Anchor>,
    },
}

/// A price rise that was announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceRise {
    /// The new price of one seat.
    pub price: Money,
    /// It holds for periods that begin from then on.
    pub from: Timestamp,
    /// What silence means.
    pub silence: Silence,
    /// What the reader said.
    pub answer: Answer,
    /// Whether its notice has left. What was announced when that wasn't written
    /// down counts as told.
    #[serde(default = "was_told")]
    pub told: bool,
}

fn was_told() -> bool {
    true
}

/// How many days a notice may take to leave before the new price is put off for
/// it: as long as a mail is tried again by itself.
const NOTICE_TAKES: i32 = 1;

impl PriceRise {
    /// Whether the reader knows of it: was told, or has said something to it.
    fn is_known(&self) -> bool {
        self.told || self.answer != Answer::None
    }
}

/// What a reader said to a price rise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Nothing yet.
    None,
    /// Yes.
    Accepted,
    /// No.
    Refused,
}

/// The first fact of a history isn't that it began, or there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a subscription's history begins with its beginning; restore the facts before")]
pub struct BadHistory;

impl Subscription {
    /// The subscription that its first fact makes.
    pub fn begun(id: SubscriptionId, begun: &Begun) -> Self {
        let terms = Arc::new(begun.terms.clone());
        Self {
            id,
            account: begun.account,
            deferred: begun.prepaid,
            first_acceptance: begun.acceptance.clone(),
            acceptance: begun.acceptance.clone(),
            origin: begun.origin,
            tax_status: begun.tax_status,
            method: begun.method,
            address: begun.address,
            stage: Stage::Incomplete {
                expires: begun.expires,
            },
            cycle: None,
            payments: Payments::default(),
            ending: None,
            change: None,
            rise: None,
            reminded: Vec::new(),
            paused_for: SignedDuration::ZERO,
            seats: Seats::default(),
            terms,
        }
    }

    /// The subscription that a whole history makes.
    pub fn replay<'a>(
        id: SubscriptionId,
        facts: impl IntoIterator<Item = &'a Fact>,
    ) -> Result<Self, BadHistory> {
        let mut facts = facts.into_iter();
        let Some(Fact::Begun(begun)) = facts.next() else {
            return Err(BadHistory);
        };
        let mut subscription = Self::begun(id, begun);
        for fact in facts {
            subscription.apply(fact);
        }
        Ok(subscription)
    }

    /// Where it is delivered; `None` where it isn't, or nobody knows where to.
    pub fn delivered_to(&self) -> Option<AddressId> {
        self.address.filter(|_| self.terms.delivered)
    }

    /// Whether it is over for good.
    pub fn is_ended(&self) -> bool {
        matches!(self.stage, Stage::Ended { .. })
    }

    /// When the current period ends; `None` where it doesn't, or none is
    /// running.
    pub fn period_end(&self) -> Option<Timestamp> {
        self.cycle.as_ref().filter(|cycle| !cycle.over)?.period.end
    }

    /// Why it will end with the current period, where it will.
    ///
    /// What was wished counts before what was agreed: who has cancelled has
    /// cancelled, even a trial that would have ended anyway.
    pub fn ends_with_period(&self) -> Option<EndReason> {
        let cycle = self.cycle.as_ref()?;
        if let Some(ending) = self.ending {
            return Some(EndReason::Cancelled(ending.cause));
        }
        if self.origin == Origin::Complimentary {
            return Some(EndReason::Expired);
        }
        let trial = cycle.kind == PhaseKind::Trial;
        let over = |otherwise| {
            if trial {
                EndReason::TrialOver
            } else {
                otherwise
            }
        };
        let Some(next) = self.upcoming() else {
            return Some(over(EndReason::Expired));
        };
        if next.price.is_positive() && self.method.is_none() {
            // Nobody has tried to charge who was brought over without a card.
            return Some(over(match self.origin {
                Origin::Imported => EndReason::Expired,
                _ => EndReason::PaymentFailed,
            }));
        }
        let rise = self.rise_at(cycle.period.end?, next.position)?;
        let refused = match rise.answer {
            Answer::None => rise.silence == Silence::Refuses,
            Answer::Accepted => false,
            Answer::Refused => true,
        };
        refused.then_some(EndReason::PriceRiseRefused)
    }

    /// The first instant at which the reader may no longer withdraw.
    pub fn withdrawal_ends(&self, withdrawal: Withdrawal) -> Result<Timestamp, OutOfCalendar> {
        let zone = &self.terms.zone;
        let day = zone.civil(self.first_acceptance.at).date();
        // The day of acceptance doesn't count; the last one does in full.
        let last = Span::new()
            .try_days(withdrawal.days)
            .and_then(|days| day.checked_add(days))
            .map_err(|_| OutOfCalendar)?;
        zone.end_of(last)
    }

    /// Until when access is kept after a period that is to be renewed, though
    /// nothing was heard of the renewal: until the end of grace. At least a
    /// day, since ticks may be late and charges take their time; where a
    /// payment fails for good, a tick ends it sooner.
    pub(crate) fn kept_after(&self, end: Timestamp) -> Result<Timestamp, OutOfCalendar> {
        let days = self.terms.policy.dunning.grace_days.max(1);
        self.terms.zone.days_from(end, i32::from(days))
    }

    /// The price rise that holds for a period that begins then: one that its
    /// reader knows of.
    pub(crate) fn rise_at(&self, start: Timestamp, position: Position) -> Option<PriceRise> {
        self.rise
            .filter(PriceRise::is_known)
            .filter(|rise| position == Position::Evergreen && start >= rise.from)
            .filter(|_| !matches!(self.change, Some(PendingChange::AtPeriodEnd { .. })))
    }

    /// The price rise as a notice of it has to tell it that leaves now. One that
    /// leaves later than it should puts the new price off.
    pub fn rise_as_told(&self, now: Timestamp) -> Result<Option<PriceRise>, OutOfCalendar> {
        let Some(rise) = self.rise.filter(|rise| !rise.told) else {
            return Ok(self.rise);
        };
        let (zone, notice) = (&self.terms.zone, self.terms.policy.price_rise);
        let days = i32::from(notice.notice_days);
        let is_late = zone.days_from(now, days - NOTICE_TAKES)? > rise.from;
        let from = if is_late {
            zone.days_from(now, days)?
        } else {
            rise.from
        };
        Ok(Some(PriceRise { from, ..rise }))
    }

    /// The terms of the next period.
    pub fn terms_ahead(&self) -> &Terms {
        match &self.change {
            Some(PendingChange::AtPeriodEnd { terms, .. }) => terms,
            _ => &self.terms,
        }
    }

    /// Until when a pause that begins now may last; `None` where there is none.
    /// A period is paused for so many days and no more, all pauses together: one
    /// that is paid for would otherwise last as long as somebody likes, a few
    /// minutes at a time.
    pub fn longest_pause(&self, now: Timestamp) -> Option<Timestamp> {
        let days = self.terms.policy.pause?.longest_days;
        let latest = self.terms.zone.days_from(now, i32::from(days)).ok()?;
        let latest = latest.checked_sub(self.paused_for).ok()?;
        (latest > now).then_some(latest)
    }

    /// What the terms provide for after the current period.
    pub(crate) fn upcoming(&self) -> Option<Segment> {
        match &self.change {
            Some(PendingChange::AtPeriodEnd { terms, .. }) => first(terms),
            _ => following(&self.terms, self.cycle.as_ref()?.position),
        }
    }

    /// When the next charge is due and how much it states, for all seats; `None`
    /// where there will be none. Tax on top isn't in it.
    pub fn next_charge(&self) -> Option<(Timestamp, Money)> {
        let cycle = self.cycle.as_ref().filter(|cycle| !cycle.over)?;
        if self.is_ended() || self.ends_with_period().is_some() {
            return None;
        }
        let terms = self.terms_ahead();
        let (end, next) = (self.runs_out(cycle)?, self.upcoming()?);
        let price = self
            .rise_at(end, next.position)
            .map_or(next.price, |rise| rise.price);
        Some((end, price.times(terms.quantity).ok()?))
    }

    /// When what was paid for is used up: where it is paused, as much later as
    /// the pause is to last.
    pub(crate) fn runs_out(&self, cycle: &Cycle) -> Option<Timestamp> {
        match self.stage {
            Stage::Paused { since, resumes } => {
                cycle.period.end?;
                let anchor = self.anchor_after(cycle, resumes.duration_since(since));
                anchor.ok()?.instant(&self.terms.zone).ok()
            }
            _ => cycle.period.end,
        }
    }

    /// Where the period that follows is counted from once this one was paused
    /// for so long.
    pub(crate) fn anchor_after(
        &self,
        cycle: &Cycle,
        away: SignedDuration,
    ) -> Result<Anchor, OutOfCalendar> {
        match cycle.period.end {
            Some(end) => {
                let end = end.checked_add(away).map_err(|_| OutOfCalendar)?;
                Anchor::not_before(end, &self.terms.zone)
            }
            None => Ok(cycle.anchor),
        }
    }
}
