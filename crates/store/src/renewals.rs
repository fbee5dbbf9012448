//! Ticks, and the orders that they open.
//!
//! What time alone asks to be paid has an id that is made of the subscription
//! and of the moment from which it is to be paid for, and isn't drawn. So a
//! database that was put back from a backup asks its provider for a renewal
//! under the very id under which it was asked before, and is told what became of
//! it, instead of taking the money a second time.

use commerce::ids::OrderId;
use commerce::payment::PaymentFact;
use commerce::subscription::{Command, Fact, Refusal, Subscription, handle};

use crate::contract::Books;
use crate::ids::near;
use crate::subscriptions::context;

/// What is made of an id here is made of it nowhere else.
const DOMAIN: &str = "ludgate 2027 order of a renewal";

/// What a tick comes to.
pub(crate) fn tick(subscription: &Subscription, books: &Books<'_>) -> Result<Vec<Fact>, Refusal> {
    let order = order(subscription);
    let ticked = |order| handle(subscription, &Command::Tick { order }, &context(books));
    let facts = ticked(order)?;
    let opened = facts.iter().position(is_order).unwrap_or_default();
    let (before, _) = facts.split_at(opened);
    if !before.iter().any(moves) {
        return Ok(facts);
    }
    // A tick that was late: periods that cost nothing, or a pause, went by before
    // the one that is to be paid. Punctual ticks would have named its order by
    // where the last of them ended.
    let mut then = subscription.clone();
    for fact in before {
        then.apply(fact);
    }
    ticked(self::order(&then))
}

/// The order for what follows the current period. There is one at most: that
/// which isn't paid ends the subscription, and the end of every further period
/// is later.
///
/// It begins as its subscription does. Those that are due are gone through by
/// their ids, so what is kept under their orders lies together too, and a night
/// writes to fewer pages.
fn order(subscription: &Subscription) -> OrderId {
    let zone = &subscription.terms.zone;
    let cycle = subscription.cycle.as_ref();
    let end = cycle.and_then(|cycle| cycle.anchor.instant(zone).ok());
    let mut hasher = blake3::Hasher::new_derive_key(DOMAIN);
    hasher.update(&subscription.id.get().to_be_bytes());
    hasher.update(&end.unwrap_or_default().as_nanosecond().to_be_bytes());
    let mut rest = [0; 8];
    hasher.finalize_xof().fill(&mut rest);
    OrderId::new(near(subscription.id.get(), rest))
}

fn is_order(fact: &Fact) -> bool {
    matches!(fact, Fact::Payment(PaymentFact::OrderOpened { .. }))
}

/// Whether the current period ends at another time from then on.
fn moves(fact: &Fact) -> bool {
    matches!(fact, Fact::PeriodStarted(_) | Fact::Resumed { .. })
}
