//! What somebody has agreed to, frozen.
//!
//! [`Terms`] hold everything that a subscription's life depends on: prices,
//! phases, entitlements, zone and policy. They are made by the
//! [catalog](crate::catalog) when an offer is accepted and never looked up
//! there again, so a change of the catalog never changes what was bought.

mod policy;

use access::{EntitlementName, StoryId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use policy::{
    Dunning, MAX_RETRIES, PausePolicy, Policy, PolicyError, PriceRisePolicy, Reminders, Silence,
    Withdrawal, WithdrawalRefund,
};

use crate::calendar::{Interval, Zone};
use crate::ids::{OfferId, PlanId, ProductId, TaxClass};
use crate::money::{Currency, Money};
use crate::tax::TaxBasis;

/// The terms of one purchase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The offer that was accepted.
    pub offer: OfferId,
    /// Its plan.
    pub plan: PlanId,
    /// The plan's product.
    pub product: ProductId,
    /// What may be used.
    #[serde(with = "crate::wire::names")]
    pub grants: Vec<EntitlementName>,
    /// The one story that was bought, where it isn't everything.
    #[serde(default, with = "crate::wire::story")]
    pub story: Option<StoryId>,
    /// What comes first, in order: a trial, an introductory price, or all
    /// there is of what is bought once.
    pub phases: Vec<Phase>,
    /// What comes after the phases.
    pub then: Then,
    /// How many seats; 1 where it isn't for several.
    pub quantity: u32,
    /// Whether it is for several, who take seats.
    pub seated: bool,
    /// Whether something is delivered to a postal address.
    pub delivered: bool,
    /// Whether a trial needs a payment method.
    pub method_needed: bool,
    /// The currency of every price in here.
    pub currency: Currency,
    /// Whether the prices include tax.
    pub tax_basis: TaxBasis,
    /// As what it is taxed.
    pub tax_class: TaxClass,
    /// Where its days begin and end.
    pub zone: Zone,
    /// What the publisher does when things go wrong, or change.
    pub policy: Policy,
}

/// A stretch of a subscription with its own price.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// What sort of phase.
    pub kind: PhaseKind,
    /// The price of one seat for one period.
    pub price: Money,
    /// The length of one period; `None` for what is bought for good.
    pub every: Option<Interval>,
    /// How many periods it has.
    pub times: u16,
}

/// What sort of stretch a period belongs to. The words are Kill Bill's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhaseKind {
    /// Free, to try.
    Trial,
    /// At an introductory price.
    Intro,
    /// Bought or given once, for a time or for good: a day pass, a story, a gift.
    FixedTerm,
    /// At the plan's price, on and on.
    Evergreen,
    /// Given by the publisher.
    Complimentary,
}

/// What follows the last phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// The plan renews until somebody ends it.
    Renews {
        /// The price of one seat for one period.
        price: Money,
        /// The length of one period.
        every: Interval,
    },
    /// Nothing.
    Ends,
}

/// What is kept to show later what was agreed to, and how.
///
/// It names nobody: who accepted is the subscription's account, and the
/// request's address belongs to logs that forget it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// When.
    pub at: Timestamp,
    /// In which language the offer was read: a BCP 47 tag.
    pub locale: String,
    /// The digest of the exact words that were shown, in hexadecimal; the words
    /// are kept under it.
    pub words: String,
    /// By which way.
    pub channel: Channel,
    /// Whether the buyer asked for immediate use and gave up the right to
    /// withdraw, as what is used up at once allows.
    pub withdrawal_waived: bool,
}

/// By which way terms were accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// On the reader pages.
    Web,
    /// Through the API, from an app.
    Api,
    /// By customer care on somebody's behalf.
    Care,
    /// Brought over from another system.
    Import,
}

impl Terms {
    /// Whether they go on until somebody ends them.
    pub fn renews(&self) -> bool {
        matches!(self.then, Then::Renews { .. })
    }

    /// The evergreen price of one seat and its interval, where there is one.
    pub fn evergreen(&self) -> Option<(Money, Interval)> {
        match self.then {
            Then::Renews { price, every } => Some((price, every)),
            Then::Ends => None,
        }
    }
}
