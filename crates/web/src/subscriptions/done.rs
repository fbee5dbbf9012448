//! What is said once something was done: on the account's page, and only while
//! it is so, since anybody may write an address.

use commerce::ids::SubscriptionId;
use commerce::payment::Purpose;
use commerce::subscription::{Answer, EndReason, PendingChange, Stage, Subscription};
use http::HeaderValue;
use prompts::Arg;

use super::What;
use crate::pages::Pages;
use crate::words::{Sort, Speaker};

impl Pages {
    /// The account's page, which says what was done.
    pub(crate) fn done(&self, what: &str, id: SubscriptionId) -> HeaderValue {
        self.below(&format!("account?done={what}&of={id}"))
    }
}

/// That a change of plan wasn't paid, and so nothing has changed.
pub(super) const UNCHANGED: &str = "unchanged";

/// What came of the latest payment of one that had begun before: the word of the
/// account's page for it.
pub(crate) fn latest(subscription: &Subscription) -> &'static str {
    match subscription.payments.closed.last() {
        Some(order) if order.purpose == Purpose::PlanChange => match order.payment {
            Some(_) => What::Change.as_str(),
            None => UNCHANGED,
        },
        _ => What::Pay.as_str(),
    }
}

/// Whether it is so.
pub(super) fn is_so(subscription: &Subscription, what: &str) -> bool {
    let ended_by = |why: fn(EndReason) -> bool| match subscription.stage {
        Stage::Ended { why: reason, .. } => why(reason),
        _ => false,
    };
    let runs = subscription.stage == Stage::Active;
    if what == UNCHANGED {
        return runs && subscription.change.is_none() && latest(subscription) == UNCHANGED;
    }
    match What::parse(what) {
        Some(What::Cancel) => {
            subscription.ending.is_some() || ended_by(|why| matches!(why, EndReason::Cancelled(_)))
        }
        Some(What::Keep) => subscription.ending.is_none() && !subscription.is_ended(),
        Some(What::Pause) => matches!(subscription.stage, Stage::Paused { .. }),
        Some(What::Resume) => runs,
        Some(What::Change) => match subscription.change {
            Some(PendingChange::AtPeriodEnd { .. }) => true,
            // It waits for its payment, which is said elsewhere.
            Some(PendingChange::OnPayment { .. }) => false,
            None => subscription.acceptance != subscription.first_acceptance,
        },
        Some(What::KeepPlan) => subscription.change.is_none() && runs,
        Some(What::Price) => subscription
            .rise
            .is_some_and(|rise| rise.answer != Answer::None),
        Some(What::Withdraw) => ended_by(|why| why == EndReason::Withdrawn),
        Some(What::Pay) => subscription.payments.open.is_none() && runs,
        Some(What::Card) => subscription.method.is_some() && !subscription.is_ended(),
        Some(What::Address) => subscription.address.is_some(),
        Some(What::Seats | What::Join | What::Leave) | None => false,
    }
}

/// That it was done, in words; `None` where it isn't so.
pub(super) fn said(
    speaker: &Speaker<'_>,
    subscription: &Subscription,
    what: &str,
) -> Option<String> {
    if !is_so(subscription, what) {
        return None;
    }
    let name = speaker.name(&Sort::of_subscription(subscription));
    let (word, end) = match (What::parse(what), subscription.stage) {
        (Some(What::Cancel), Stage::Active) => ("cancel-then", subscription.period_end()),
        (Some(What::Change), _) if subscription.change.is_some() => {
            ("change-then", subscription.period_end())
        }
        (Some(What::Pause), Stage::Paused { resumes, .. }) => ("pause", Some(resumes)),
        (Some(What::Price), _) => match subscription.rise?.answer {
            Answer::Accepted => ("price", None),
            _ => ("price-refused", None),
        },
        _ => (what, None),
    };
    let day = match (word, end) {
        ("pause" | "change-then", Some(at)) => speaker.day(at),
        (_, Some(at)) => speaker.last_day(at),
        (_, None) => String::new(),
    };
    let args = [
        ("what", Arg::Word(word)),
        ("name", Arg::Text(&name)),
        ("day", Arg::Text(&day)),
    ];
    Some(speaker.text("subscription-done", &args))
}
