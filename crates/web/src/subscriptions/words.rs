//! Words that several of these pages need.

use commerce::payment::{AttemptState, DeclineReason};
use commerce::subscription::Subscription;
use jiff::{SignedDuration, Timestamp};
use prompts::Arg;
use store::payment_methods::PaymentMethod;

use crate::words::Speaker;

/// Why a payment failed, as messages tell it apart.
pub(super) fn decline(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::InsufficientFunds => "funds",
        DeclineReason::CardExpired => "expired",
        DeclineReason::CardBlocked => "blocked",
        DeclineReason::AuthenticationFailed => "unconfirmed",
        DeclineReason::Refused => "refused",
        DeclineReason::ProviderError | DeclineReason::Voided | DeclineReason::NeverAnswered => {
            "unknown"
        }
    }
}

/// How many seats are taken of how many.
pub(super) fn seats_said(speaker: &Speaker<'_>, subscription: &Subscription) -> String {
    let args = [
        ("taken", Arg::Number(subscription.seats.taken().into())),
        ("seats", Arg::Number(subscription.terms.quantity.into())),
    ];
    speaker.text("subscription-seats-taken", &args)
}

impl Speaker<'_> {
    /// What it is called to do something.
    pub(super) fn doing(&self, what: &str) -> String {
        self.text("subscription-do", &[("what", Arg::Word(what))])
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
pub(super) fn warning(speaker: &Speaker<'_>, subscription: &Subscription) -> Option<String> {
    let order = subscription.payments.open.as_ref()?;
    let amount = speaker.money(order.bill.total);
    let amount = ("amount", Arg::Text(&amount));
    Some(match order.attempt.state {
        AttemptState::InFlight { .. } => speaker.text("subscription-pay-waiting", &[amount]),
        AttemptState::AwaitingReader { .. } => speaker.text("subscription-pay-confirm", &[amount]),
        AttemptState::Declined {
            reason, retry_at, ..
        } => {
            let reason = ("reason", Arg::Word(decline(reason)));
            let failed = speaker.text("subscription-pay-failed", &[amount, reason]);
            match retry_at {
                Some(at) => {
                    let again = speaker.on("subscription-pay-again", at);
                    let joint = speaker.text("offer-joint", &[]);
                    format!("{failed}{joint}{again}")
                }
                None => failed,
            }
        }
    })
}
