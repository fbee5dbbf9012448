//! Words that several of these pages need.

use commerce::payment::{AttemptState, Payments, Purpose};
use commerce::subscription::Subscription;
use jiff::{SignedDuration, Timestamp};
use prompts::Arg;
use store::payment_methods::PaymentMethod;

use crate::words::{Speaker, declined};

/// How many seats are taken of how many, as there are or are to be.
pub(super) fn seats_said(speaker: &Speaker<'_>, subscription: &Subscription, of: u32) -> String {
    let args = [
        ("taken", Arg::Number(subscription.seats.taken().into())),
        ("seats", Arg::Number(of.into())),
    ];
    speaker.text("subscription-seats-taken", &args)
}

impl Speaker<'_> {
    /// What it is called to do something.
    pub(super) fn doing(&self, what: &str) -> String {
        self.text("subscription-do", &[("what", Arg::Word(what))])
    }

    /// Two sentences, one after the other.
    pub(super) fn joined(&self, one: &str, other: &str) -> String {
        let joint = self.text("offer-joint", &[]);
        format!("{one}{joint}{other}")
    }

    /// The last day of what ends at an instant: the day before, where that is
    /// the first of a day.
    pub(super) fn last_day(&self, end: Timestamp) -> String {
        let last = end.saturating_sub(SignedDuration::from_nanos(1));
        self.day(last.unwrap_or(end))
    }

    /// A sentence about what happens on a day.
    pub(super) fn on(&self, key: &str, at: Timestamp) -> String {
        let day = self.day(at);
        self.text(key, &[("day", Arg::Text(&day))])
    }

    /// A sentence about what lasts until the end of a day.
    pub(super) fn until(&self, key: &str, end: Timestamp) -> String {
        let day = self.last_day(end);
        self.text(key, &[("day", Arg::Text(&day))])
    }
}

/// What its owner knows a card by.
pub(super) fn card_said(speaker: &Speaker<'_>, method: &PaymentMethod) -> String {
    let expires = method.expires.as_deref().and_then(|month| {
        let (year, month) = month.split_once('-')?;
        Some(format!("{month}/{year}"))
    });
    match expires {
        Some(expires) => {
            let args = [
                ("card", Arg::Text(&method.label)),
                ("until", Arg::Text(&expires)),
            ];
            speaker.text("subscription-card", &args)
        }
        None => method.label.clone(),
    }
}

/// What has to be done about a payment.
pub(super) fn warning(speaker: &Speaker<'_>, payments: &Payments) -> Option<String> {
    let order = payments.open.as_ref()?;
    let amount = speaker.money(order.bill.total);
    let amount = ("amount", Arg::Text(&amount));
    let (said, then) = match order.attempt.state {
        AttemptState::InFlight { voiding: true, .. } => (
            speaker.text("subscription-pay-calling-off", &[amount]),
            None,
        ),
        AttemptState::InFlight { .. } => {
            (speaker.text("subscription-pay-waiting", &[amount]), None)
        }
        AttemptState::AwaitingReader { until } => {
            let is_change = order.purpose == Purpose::PlanChange;
            let stays = is_change.then(|| speaker.on("subscription-change-confirm", until));
            (speaker.text("subscription-pay-confirm", &[amount]), stays)
        }
        AttemptState::Declined {
            reason, retry_at, ..
        } => {
            let reason = ("reason", Arg::Word(declined(reason)));
            let again = retry_at.map(|at| speaker.on("subscription-pay-again", at));
            (
                speaker.text("subscription-pay-failed", &[amount, reason]),
                again,
            )
        }
    };
    Some(match then {
        Some(then) => speaker.joined(&said, &then),
        None => said,
    })
}
