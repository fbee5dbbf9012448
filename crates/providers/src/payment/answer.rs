//! What a provider says.

use commerce::ids::{AccountId, ChargeId, DisputeId, RefundId};
use commerce::money::Money;
use commerce::payment::Outcome;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CustomerToken, EventId, Method, MethodToken, Reference, SetupToken};

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What it means. `None` where the provider has taken the request on and
    /// will tell what becomes of it, as of a refund that takes days; and where
    /// it means nothing to the books.
    pub notice: Option<Notice>,
    /// What the provider calls the charge; to be kept with it.
    pub reference: Option<Reference>,
    /// The provider's own words, for the log and for customer care: a decline
    /// code, the number of the request. Never anything of the card.
    pub remark: Option<String>,
}

/// Something that has become of money or a card. Each is what a command of
/// commerce takes, in any order and as often as it comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// Of a charge: commerce's `Report`.
    Charge {
        /// Which charge.
        charge: ChargeId,
        /// What became of it.
        outcome: Outcome,
    },
    /// Of a refund: commerce's `RefundReport`.
    Refund {
        /// Which refund.
        refund: RefundId,
        /// Whether the money was given back.
        done: bool,
    },
    /// Money was given back in the provider's own dashboard: commerce's
    /// `RefundedElsewhere`.
    RefundElsewhere {
        /// The refund; the same whenever the provider speaks of it.
        refund: RefundId,
        /// Of which charge.
        charge: ChargeId,
        /// How much.
        amount: Money,
        /// Whether the money was given back.
        done: bool,
    },
    /// A bank took a payment back: commerce's `Chargeback`.
    Chargeback {
        /// The dispute; the same whenever the provider speaks of it.
        dispute: DisputeId,
        /// Of which charge.
        charge: ChargeId,
        /// How much.
        amount: Money,
    },
    /// A dispute was decided for the publisher: commerce's `ChargebackWon`.
    ChargebackWon {
        /// The dispute.
        dispute: DisputeId,
    },
    /// Somebody is known there; to be kept.
    Introduced {
        /// Whose account it is.
        account: AccountId,
        /// What they are called.
        customer: CustomerToken,
    },
    /// A card was entered; ask what became of its setup.
    SetupDone {
        /// Which setup.
        setup: SetupToken,
    },
    /// A card's date or number was renewed by its bank.
    MethodChanged(Method),
    /// A card can't be charged any more: it was taken away at the provider.
    MethodGone {
        /// Which card.
        method: MethodToken,
    },
}

/// What a provider tells by itself: late, twice, in another order, or never.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its id, to be kept in the transaction of its effect.
    pub id: EventId,
    /// When the provider first told it, by its own clock: Stripe's is the
    /// system's, the sandbox's the business clock.
    pub at: Timestamp,
    /// What it tells; nothing where it is none of our business.
    pub notices: Vec<Notice>,
}

impl Answer {
    /// What became of a charge.
    pub(crate) fn charge(charge: ChargeId, outcome: Outcome, reference: Option<Reference>) -> Self {
        Self {
            notice: Some(Notice::Charge { charge, outcome }),
            reference,
            remark: None,
        }
    }

    /// There is nothing to be told of it: it is done, or was taken on and what
    /// becomes of it isn't known yet.
    pub(crate) fn silent() -> Self {
        Self {
            notice: None,
            reference: None,
            remark: None,
        }
    }

    /// What somebody is called.
    pub(crate) fn introduced(account: AccountId, customer: CustomerToken) -> Self {
        Self {
            notice: Some(Notice::Introduced { account, customer }),
            ..Self::silent()
        }
    }

    /// What became of a refund.
    pub(crate) fn refund(refund: RefundId, done: bool) -> Self {
        Self {
            notice: Some(Notice::Refund { refund, done }),
            reference: None,
            remark: None,
        }
    }
}
