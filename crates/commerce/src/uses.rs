//! How often offers were taken: what a fact adds to that, and what it takes
//! back. The caps of offers count it.
//!
//! It follows from facts and not from what a subscription is on now: whoever
//! leaves an offer has had it. An offer is taken when it is agreed to. What came
//! to nothing, a checkout that wasn't paid or a change of plan that didn't come
//! about, wasn't taken after all. Not here: what no offer led to, as it was
//! given, brought over, or bought by somebody else as a gift.

use crate::gift::{Gift, GiftFact, GiftStage};
use crate::ids::OfferId;
use crate::subscription::{Fact, Origin, PendingChange, Stage, Subscription};

/// What a fact does to how often offers were taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taking<'a> {
    /// This one wasn't after all, when the same subscription or gift took it
    /// last.
    pub undone: Option<&'a OfferId>,
    /// This one was.
    pub taken: Option<&'a OfferId>,
}

/// Whether a subscription's fact can have to do with offers at all: most can't,
/// and of those nobody need know what came before.
pub fn concerns_offers(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Begun(_)
            | Fact::PlanChanged { .. }
            | Fact::PlanChangeAgreed { .. }
            | Fact::PlanChangeDropped
            | Fact::Ended { .. }
    )
}

/// The same of a gift's.
pub fn gift_concerns_offers(fact: &GiftFact) -> bool {
    matches!(fact, GiftFact::Bought(_) | GiftFact::Ended { .. })
}

/// What a subscription's fact does. `before` is the subscription without it;
/// `None` for the first.
pub fn taking<'a>(before: Option<&'a Subscription>, fact: &'a Fact) -> Taking<'a> {
    let pending = before.and_then(pending);
    match fact {
        Fact::Begun(begun) if begun.origin == Origin::Own => Taking {
            undone: None,
            taken: Some(&begun.terms.offer),
        },
        // What was agreed to comes about: it was counted then.
        Fact::PlanChanged { terms, .. } if pending == Some(&terms.offer) => Taking::default(),
        Fact::PlanChangeAgreed { terms, .. } | Fact::PlanChanged { terms, .. } => Taking {
            undone: pending,
            taken: Some(&terms.offer),
        },
        Fact::PlanChangeDropped => Taking {
            undone: pending,
            taken: None,
        },
        Fact::Ended { .. } => Taking {
            undone: pending.or_else(|| before.and_then(unpaid)),
            taken: None,
        },
        _ => Taking::default(),
    }
}

/// What a gift's fact does, which is to its buyer. As for a subscription.
pub fn gift_taking<'a>(before: Option<&'a Gift>, fact: &'a GiftFact) -> Taking<'a> {
    match (fact, before) {
        (GiftFact::Bought(bought), _) => Taking {
            undone: None,
            taken: Some(&bought.terms.offer),
        },
        (GiftFact::Ended { .. }, Some(before)) => Taking {
            undone: matches!(before.stage, GiftStage::Incomplete { .. })
                .then_some(&before.bought.terms.offer),
            taken: None,
        },
        _ => Taking::default(),
    }
}

/// What was agreed to and hasn't come about.
fn pending(subscription: &Subscription) -> Option<&OfferId> {
    subscription.change.as_ref().map(|change| match change {
        PendingChange::AtPeriodEnd { terms, .. } | PendingChange::OnPayment { terms, .. } => {
            &terms.offer
        }
    })
}

/// What was agreed to at a checkout and was never paid.
fn unpaid(subscription: &Subscription) -> Option<&OfferId> {
    matches!(subscription.stage, Stage::Incomplete { .. }).then_some(&subscription.terms.offer)
}
