//! When the world has to come back, and for what.

use jiff::Timestamp;

use super::{ReminderKind, Stage, Subscription};
use crate::payment::AttemptState;
use crate::terms::PhaseKind;

/// The next thing that time alone brings about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// When. A [`Tick`](super::Command::Tick) at that time or later does it.
    pub at: Timestamp,
    /// What.
    pub reason: DueReason,
}

/// What time alone brings about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DueReason {
    /// The period ends, and the next is charged or begins.
    Renewal,
    /// The period ends, and the subscription with it.
    End,
    /// A failed payment is tried again.
    Retry,
    /// Grace ends.
    GraceEnd,
    /// A provider is asked what became of a charge.
    Inquiry,
    /// A charge that waits for the reader is called off.
    Void,
    /// A checkout closes unpaid.
    CheckoutEnd,
    /// A pause ends.
    Resume,
    /// A reader is reminded.
    Reminder,
}

/// When the subscription needs a tick next; `None` where time alone changes
/// nothing any more. After a tick it is later than that tick.
pub fn next_due(subscription: &Subscription) -> Option<Due> {
    if subscription.is_ended() {
        return None;
    }
    [
        payment_due(subscription),
        stage_due(subscription),
        reminders(subscription)
            .into_iter()
            .map(|reminder| Due {
                at: reminder.due,
                reason: DueReason::Reminder,
            })
            .min_by_key(|due| due.at),
    ]
    .into_iter()
    .flatten()
    .min_by_key(|due| due.at)
}

fn payment_due(subscription: &Subscription) -> Option<Due> {
    let order = subscription.payments.open.as_ref()?;
    let reason = match order.attempt.state {
        AttemptState::InFlight { .. } => DueReason::Inquiry,
        AttemptState::AwaitingReader { .. } => DueReason::Void,
        AttemptState::Declined { .. } => DueReason::Retry,
    };
    order.due().map(|at| Due { at, reason })
}

fn stage_due(subscription: &Subscription) -> Option<Due> {
    let order = subscription.payments.open.as_ref();
    let (at, reason) = match subscription.stage {
        // Whatever may still succeed is waited for.
        Stage::Incomplete { .. } | Stage::PastDue { .. }
            if order.is_some_and(crate::payment::Order::is_under_way) =>
        {
            return None;
        }
        Stage::Incomplete { expires } => (expires, DueReason::CheckoutEnd),
        Stage::PastDue { until } => (until, DueReason::GraceEnd),
        Stage::Paused { resumes, .. } => (resumes, DueReason::Resume),
        Stage::Active if order.is_none() => {
            let reason = match subscription.ends_with_period() {
                Some(_) => DueReason::End,
                None => DueReason::Renewal,
            };
            (subscription.period_end()?, reason)
        }
        Stage::Active | Stage::Ended { .. } => return None,
    };
    Some(Due { at, reason })
}

/// A reminder to come.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reminder {
    /// When it is given.
    pub(super) due: Timestamp,
    pub(super) kind: ReminderKind,
    pub(super) days: u16,
    /// When what it tells of comes.
    pub(super) of: Timestamp,
}

/// The reminders that are still to be given before the period's end.
pub(super) fn reminders(subscription: &Subscription) -> Vec<Reminder> {
    let cycle = subscription.cycle.as_ref().filter(|cycle| !cycle.over);
    let Some((cycle, of)) = cycle.and_then(|cycle| Some((cycle, cycle.period.end?))) else {
        return Vec::new();
    };
    if subscription.stage != Stage::Active || subscription.ending.is_some() {
        return Vec::new();
    }
    // A change of plan that is being paid for decides what there is to be told of,
    // and its order has to be done with before the period can be.
    if subscription.payments.open.is_some() {
        return Vec::new();
    }
    let policy = &subscription.terms.policy.reminders;
    let (kind, list) = match cycle.kind {
        PhaseKind::Trial => (ReminderKind::TrialEnds, &policy.trial_days),
        _ if subscription.ends_with_period().is_none() => {
            (ReminderKind::Renews, &policy.renewal_days)
        }
        _ => return Vec::new(),
    };
    let zone = &subscription.terms.zone;
    list.iter()
        // A later reminder that was given makes an earlier one needless.
        .filter(|days| subscription.reminded.iter().all(|done| *days < done))
        .filter_map(|days| {
            let due = zone.days_from(of, -i32::from(*days)).ok()?;
            Some(Reminder {
                due,
                kind,
                days: *days,
                of,
            })
        })
        // What would be due before the period began says nothing new.
        .filter(|reminder| reminder.due > cycle.period.start)
        .collect()
}
