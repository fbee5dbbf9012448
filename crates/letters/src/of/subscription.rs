//! What is told of a subscription.

use access::OfferPhase;
use commerce::bill::Bill;
use commerce::calendar::Interval;
use commerce::ids::ChargeId;
use commerce::payment::{AttemptState, DeclineReason, PaymentFact, Purpose};
use commerce::subscription::{
    Begun, EndReason, Fact, Origin, Position, PriceRise, ReminderKind, Stage, Subscription,
};
use commerce::terms::{PhaseKind, Terms, Then, WithdrawalRefund};
use jiff::Timestamp;

use super::Told;
use super::checkout::Checkout;
use super::money::{day, failed_refund, is_taxed_on_top, next_charge, receipt, refund};
use crate::letter::{
    self, AfterFailure, Agreed, Authentication, Ended, Failed, Letter, PlanChanged, Purchase,
    TrialEnds, TrialThen, Welcome, WelcomeTo, Withdrawing,
};

pub(super) fn letter(told: &Told<'_>, fact: &Fact, now: &Subscription) -> Option<Letter> {
    let zone = &now.terms.zone;
    match fact {
        Fact::Begun(begun) => begun_unpaid(begun, now),
        Fact::Payment(fact) => payment(told, fact, now),
        Fact::CancellationScheduled { since, at, .. } => cancelled(*since, *at, now),
        Fact::Ended { at, why } => ended(told, *at, *why, now),
        Fact::Paused { resumes, .. } => is_paused_until(now, *resumes).then(|| Letter::Paused {
            resumes: day(zone, *resumes),
        }),
        Fact::Resumed { period, .. } => Some(Letter::Resumed {
            until: period.end.map(|end| day(zone, end)),
            next: next_charge(now),
        }),
        Fact::PlanChanged { terms, .. } => Some(Letter::PlanChanged(Box::new(PlanChanged {
            agreed: agreed(terms),
            next: next_charge(now),
        }))),
        Fact::PriceRiseAnnounced(rise) => price_rise(rise, now),
        Fact::ReminderDue { kind, days, at } => reminder(told, *kind, *days, *at, now),
        // A first address, or one for what may be delivered later, changes nothing that
        // comes.
        Fact::AddressSet { from, .. } => from.map(|_| Letter::AddressSet),
        // Grace begins with a payment that failed or waits, and those are told. Who
        // is invited to a seat is written to by whoever knows where they read mail.
        Fact::GraceStarted { .. }
        | Fact::Seat(_)
        | Fact::PeriodStarted(_)
        | Fact::PeriodEnded { .. }
        | Fact::Recovered
        | Fact::CancellationWithdrawn
        | Fact::Extended { .. }
        | Fact::PlanChangeAgreed { .. }
        | Fact::PlanChangeDropped
        | Fact::PriceRiseTold { .. }
        | Fact::PriceRiseAccepted
        | Fact::PriceRiseRefused
        | Fact::PriceRiseApplied { .. }
        | Fact::PaymentMethodSet { .. }
        | Fact::Transferred { .. }
        | Fact::TaxStatusSet { .. } => None,
    }
}

/// What was agreed to, as it is told.
pub(super) fn agreed(terms: &Terms) -> Agreed {
    let phases = terms.phases.iter().filter_map(|phase| {
        Some(OfferPhase {
            price: phase.price.size(),
            every: phase.every?.into(),
            times: phase.times,
        })
    });
    Agreed {
        grants: terms.grants.clone(),
        story: terms.story.clone(),
        phases: phases.collect(),
        lasting: terms
            .evergreen()
            .map(|(price, every)| (price.size(), every.into())),
        seats: terms.seated.then_some(terms.quantity),
        plus_tax: is_taxed_on_top(terms),
    }
}

/// A beginning with nothing to pay. Where there is, the payment is the news.
fn begun_unpaid(begun: &Begun, now: &Subscription) -> Option<Letter> {
    if let Stage::Incomplete { .. } = now.stage {
        return None;
    }
    let terms = &begun.terms;
    let first = terms.phases.first();
    let charged = match first {
        Some(phase) => phase.price.is_positive(),
        None => terms
            .evergreen()
            .is_some_and(|(price, _)| price.is_positive()),
    };
    let until = || now.period_end().map(|end| day(&terms.zone, end));
    let to = match begun.origin {
        // Somebody who had it elsewhere has it here: the publisher tells them.
        Origin::Imported => return None,
        Origin::Gift(_) => WelcomeTo::Gift(until()?),
        Origin::Complimentary => WelcomeTo::Given(until()),
        Origin::Own if charged => return None,
        Origin::Own => match (first.map(|phase| phase.kind), until()) {
            (Some(PhaseKind::Trial), Some(until)) => WelcomeTo::Trial(until),
            _ => WelcomeTo::Subscription,
        },
    };
    Some(Letter::Welcome(Box::new(welcome(to, now))))
}

fn welcome(to: WelcomeTo, now: &Subscription) -> Welcome {
    let terms = &now.terms;
    let next = next_charge(now);
    let ends = match to {
        WelcomeTo::Subscription | WelcomeTo::Bought | WelcomeTo::Trial(_) if next.is_none() => {
            now.period_end()
        }
        _ => None,
    };
    let mut agreed = agreed(terms);
    if matches!(to, WelcomeTo::Trial(_)) && next.is_none() {
        // It ends by itself, and nobody pays what would come then.
        agreed.lasting = None;
    }
    let is_bought = matches!(to, WelcomeTo::Subscription | WelcomeTo::Bought);
    Welcome {
        to,
        agreed,
        next,
        ends: ends.map(|end| day(&terms.zone, end)),
        withdrawing: withdrawing(now).filter(|_| is_bought),
        receipt: None,
    }
}

fn withdrawing(now: &Subscription) -> Option<Withdrawing> {
    let withdrawal = now.terms.policy.withdrawal?;
    if now.first_acceptance.withdrawal_waived {
        return Some(Withdrawing::Waived);
    }
    // It ends with the last instant of its last day.
    let end = now.withdrawal_ends(withdrawal).ok()?;
    let last = day(&now.terms.zone, end).yesterday().ok()?;
    Some(match withdrawal.refund {
        WithdrawalRefund::Full => Withdrawing::Full(last),
        WithdrawalRefund::Prorated => Withdrawing::Part(last),
    })
}

fn payment(told: &Told<'_>, fact: &PaymentFact, now: &Subscription) -> Option<Letter> {
    if let Some(checkout) = Checkout::of(now).filter(|_| told.is_late) {
        return checkout.late(fact);
    }
    match fact {
        PaymentFact::Paid { charge, bill, .. } => Some(paid(told, *charge, bill, now)),
        PaymentFact::ChargeDeclined { charge, reason, .. } if is_of_change(now, *charge) => {
            change_declined(*charge, *reason, now).filter(|_| told.is_late)
        }
        PaymentFact::ChargeDeclined {
            charge,
            reason,
            retry_at,
            ..
        } => declined(*charge, *reason, *retry_at, now),
        PaymentFact::AuthenticationRequired { charge, until } => {
            let order = now.payments.open.as_ref()?;
            let waits = matches!(order.attempt.state, AttemptState::AwaitingReader { .. });
            // At a checkout, or when they change the plan, the reader is there and
            // was asked already, unless the bank took its time.
            let begins = match order.purpose {
                Purpose::Renewal => None,
                Purpose::PlanChange if told.is_late => Some(Purchase::Subscription(now.id)),
                _ => return None,
            };
            let news = order.charge() == *charge && waits;
            news.then(|| {
                Letter::Authentication(Authentication {
                    amount: order.bill.total,
                    until: day(&now.terms.zone, *until),
                    begins,
                })
            })
        }
        PaymentFact::RefundRequested { amount, reason, .. } => {
            Some(Letter::Refund(Box::new(refund(told, *amount, *reason))))
        }
        _ => failed_refund(fact, &now.payments).map(Letter::RefundDelayed),
    }
}

/// The first payment is a welcome as well.
fn paid(told: &Told<'_>, charge: ChargeId, bill: &Bill, now: &Subscription) -> Letter {
    let terms = &now.terms;
    let closed = &now.payments.closed;
    let order = closed.iter().find(|order| order.id == charge.order);
    let is_first = order.is_some_and(|order| order.purpose == Purpose::Begin);
    let next = next_charge(now);
    if !is_first {
        return Letter::Receipt(Box::new(receipt(told, bill, terms, next)));
    }
    let to = if terms.renews() {
        WelcomeTo::Subscription
    } else {
        WelcomeTo::Bought
    };
    Letter::Welcome(Box::new(Welcome {
        receipt: Some(receipt(told, bill, terms, None)),
        ..welcome(to, now)
    }))
}

/// A failure that is still one: a renewal whose latest attempt it is.
fn declined(
    charge: ChargeId,
    why: DeclineReason,
    retry_at: Option<Timestamp>,
    now: &Subscription,
) -> Option<Letter> {
    let Stage::PastDue { until } = now.stage else {
        return None;
    };
    let order = now.payments.open.as_ref()?;
    let is_latest = order.charge() == charge && !order.is_under_way();
    if !is_latest || order.purpose != Purpose::Renewal {
        return None;
    }
    let zone = &now.terms.zone;
    Some(Letter::Failed(Failed {
        amount: order.bill.total,
        why,
        then: AfterFailure::GoesOn {
            until: day(zone, until),
            retry: retry_at.map(|at| day(zone, at)),
        },
    }))
}

fn is_of_change(now: &Subscription, charge: ChargeId) -> bool {
    now.payments.purpose(charge.order) == Some(Purpose::PlanChange)
}

/// A change of plan that its last attempt wasn't paid by, and that was dropped.
fn change_declined(charge: ChargeId, why: DeclineReason, now: &Subscription) -> Option<Letter> {
    // Called off because they wished so, or never went to their bank.
    if why == DeclineReason::Voided {
        return None;
    }
    let mut closed = now.payments.closed.iter();
    let order = closed.find(|order| order.id == charge.order)?;
    let is_latest = order.attempts == charge.attempt && order.payment.is_none();
    is_latest.then_some(Letter::Failed(Failed {
        amount: order.total,
        why,
        then: AfterFailure::PlanStays,
    }))
}

fn ended(told: &Told<'_>, at: Timestamp, why: EndReason, now: &Subscription) -> Option<Letter> {
    // A checkout that nobody finished.
    if why == EndReason::NeverPaid {
        return None;
    }
    Some(Letter::Ended(Box::new(Ended {
        date: day(&now.terms.zone, at),
        why,
        renews: now.terms.renews(),
        offer: told.offer.cloned(),
    })))
}

/// A cancellation that holds, or has led to the end; one that was taken back is no
/// news to who took it back.
fn cancelled(since: Timestamp, at: Option<Timestamp>, now: &Subscription) -> Option<Letter> {
    let holds = now.ending.is_some_and(|ending| ending.since == since);
    (holds || now.is_ended()).then(|| Letter::Cancelled {
        until: at.map(|at| day(&now.terms.zone, at)),
    })
}

fn is_paused_until(now: &Subscription, then: Timestamp) -> bool {
    matches!(now.stage, Stage::Paused { resumes, .. } if resumes == then)
}

fn price_rise(rise: &PriceRise, now: &Subscription) -> Option<Letter> {
    let Then::Renews { price, every } = now.terms.then else {
        return None;
    };
    let terms = &now.terms;
    let letter = letter::PriceRise {
        subscription: now.id,
        old: price.size(),
        new: rise.price.size(),
        every: every.into(),
        from: day(&terms.zone, first_risen(rise, now).unwrap_or(rise.from)),
        silence: rise.silence,
        plus_tax: is_taxed_on_top(terms),
    };
    // Who has ended it meanwhile, or has another plan, isn't told any more.
    let is_to_come = now.rise.is_some_and(|known| known.price == rise.price);
    is_to_come.then(|| Letter::PriceRise(Box::new(letter)))
}

/// When the first period begins that the new price holds for: one at the
/// lasting price, on the day of the rise or later.
fn first_risen(rise: &PriceRise, now: &Subscription) -> Option<Timestamp> {
    /// Days for three years: who pays by the day is told of it well before.
    const MOST: usize = 1_100;
    let (terms, cycle) = (&now.terms, now.cycle.as_ref()?);
    let (_, every) = terms.evergreen()?;
    let mut anchor = cycle.anchor;
    let mut phases = periods_left(terms, cycle.position).into_iter();
    for _ in 0..MOST {
        let start = anchor.instant(&terms.zone).ok()?;
        let phase = phases.next();
        if phase.is_none() && start >= rise.from {
            return Some(start);
        }
        anchor = anchor.after(phase.unwrap_or(every)).ok()?;
    }
    None
}

/// The lengths of the periods that come before the lasting price.
fn periods_left(terms: &Terms, position: Position) -> Vec<Interval> {
    let (index, done) = match position {
        Position::Start => (0, 0),
        Position::Phase { index, period } => (usize::from(index), period.saturating_add(1)),
        Position::Evergreen => return Vec::new(),
    };
    let mut left = Vec::new();
    for (place, phase) in terms.phases.iter().enumerate().skip(index) {
        let done = if place == index { done } else { 0 };
        if let Some(every) = phase.every {
            left.extend((done..phase.times).map(|_| every));
        }
    }
    left
}

fn reminder(
    told: &Told<'_>,
    kind: ReminderKind,
    days: u16,
    at: Timestamp,
    now: &Subscription,
) -> Option<Letter> {
    // Who has cancelled meanwhile knows when it ends; and what has come already, or
    // comes on another day by now, isn't to be told of as to come.
    let is_to_come = now.stage == Stage::Active && now.period_end() == Some(at);
    if !is_to_come || now.ending.is_some() {
        return None;
    }
    let next = next_charge(now);
    match kind {
        ReminderKind::Renews => next.map(Letter::Renewal),
        ReminderKind::TrialEnds => Some(Letter::TrialEnds(Box::new(TrialEnds {
            days,
            date: day(&now.terms.zone, at),
            then: match next {
                Some(next) => TrialThen::Charged(next),
                None => TrialThen::Over(told.offer.cloned()),
            },
        }))),
    }
}
