//! Who is entitled to print on a day, by what is known now.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::{OutOfCalendar, Zone};
use crate::ids::ProductId;
use crate::subscription::{Stage, Subscription};
use crate::terms::Terms;

/// The entitlement to the printed edition.
pub const PRINT: &str = "print";

/// What a subscription has delivered on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Of which product.
    pub product: ProductId,
    /// How many copies, all to one address: one a seat.
    pub copies: u32,
    /// Whether a payment has failed and is being retried.
    pub grace: bool,
}

/// Whether print belongs to it now, or to what it will be by a change of plan.
pub fn is_printed(subscription: &Subscription) -> bool {
    !subscription.is_ended() && (grants(&subscription.terms) || grants(subscription.terms_ahead()))
}

/// What it has delivered on a day, which begins at its first instant in `zone`:
/// who is entitled then gets that day's copy. `None` where nothing.
///
/// A subscription that renews is taken to go on: whoever exports addresses days
/// ahead can't wait for a charge. One that is paused comes back when it is meant
/// to.
pub fn due_on(
    subscription: &Subscription,
    day: Date,
    zone: &Zone,
) -> Result<Option<Due>, OutOfCalendar> {
    let start = zone.start_of(day)?;
    let runs = match subscription.stage {
        Stage::Incomplete { .. } | Stage::Ended { .. } => None,
        Stage::PastDue { until } => (until > start).then_some(&*subscription.terms),
        Stage::Paused { resumes, .. } if resumes > start => None,
        Stage::Active | Stage::Paused { .. } => running(subscription, start),
    };
    Ok(runs.filter(|terms| grants(terms)).map(|terms| Due {
        product: terms.product.clone(),
        copies: terms.quantity.max(1),
        grace: matches!(subscription.stage, Stage::PastDue { .. }),
    }))
}

/// The terms that hold at an instant; `None` once it is over.
fn running(subscription: &Subscription, at: Timestamp) -> Option<&Terms> {
    let cycle = subscription.cycle.as_ref()?;
    match subscription.runs_out(cycle).filter(|_| !cycle.over) {
        Some(end) if end <= at && subscription.ends_with_period().is_some() => None,
        Some(end) if end <= at => Some(subscription.terms_ahead()),
        _ => Some(&subscription.terms),
    }
}

fn grants(terms: &Terms) -> bool {
    let has = terms.grants.iter().any(|grant| grant.as_str() == PRINT);
    has && terms.story.is_none()
}
