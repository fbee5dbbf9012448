//! Offers: a plan on certain terms, for some readers, for a time.

use super::{Window, in_currency};
use crate::calendar::Interval;
use crate::ids::{OfferId, PlanId, PromotionCode};
use crate::money::{Currency, Money};
use crate::terms::PhaseKind;

/// What is held out to readers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name.
    pub id: OfferId,
    /// The plan that it leads into.
    pub plan: PlanId,
    /// What comes before the plan's own price.
    pub phases: Vec<OfferPhase>,
    /// When it can be accepted.
    pub window: Window,
    /// By whom.
    pub audience: OfferAudience,
    /// The word that opens it; `None` where it is for everybody to see.
    pub code: Option<PromotionCode>,
    /// How often.
    pub caps: Caps,
    /// Whether its trial asks for a payment method, to go on by itself.
    pub method_needed: bool,
    /// Whether it is bought for somebody else, who redeems it by a code.
    pub gift: bool,
}

/// A stretch before the plan's own price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferPhase {
    /// [`PhaseKind::Trial`] or [`PhaseKind::Intro`].
    pub kind: PhaseKind,
    /// What one period costs, once in each of the plan's currencies. Empty for
    /// a trial, which costs nothing.
    pub prices: Vec<Money>,
    /// The length of one period. "Three months for nine dollars" is one period
    /// of three months; "three months at a dollar a month" is three of one.
    pub every: Interval,
    /// How many periods.
    pub times: u16,
}

/// Who may accept an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfferAudience {
    /// Whoever comes.
    Everyone,
    /// Who never had a subscription, with an account or without.
    New,
    /// Who has an account and never had a subscription.
    Registered,
    /// Who had a subscription or a trial and has none now.
    Lapsed,
    /// Who has one: offers that keep who wants to leave.
    Subscribers,
}

/// What somebody is to the publication when they look at an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// Nobody who is known.
    Anonymous,
    /// An account that never had a subscription.
    Registered,
    /// An account whose trial or subscription has ended.
    Lapsed,
    /// An account with a trial or subscription that is running.
    Current,
}

/// How often an offer may be accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caps {
    /// By everybody together.
    pub total: Option<u32>,
    /// By one account.
    pub per_account: Option<u32>,
}

impl OfferAudience {
    /// Whether somebody belongs to it.
    pub fn includes(self, relation: Relation) -> bool {
        match self {
            Self::Everyone => true,
            Self::New => matches!(relation, Relation::Anonymous | Relation::Registered),
            Self::Registered => relation == Relation::Registered,
            Self::Lapsed => relation == Relation::Lapsed,
            Self::Subscribers => relation == Relation::Current,
        }
    }

    /// The words that stand for it in configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::New => "new readers",
            Self::Registered => "registered readers",
            Self::Lapsed => "lapsed readers",
            Self::Subscribers => "subscribers",
        }
    }
}

impl OfferPhase {
    /// What one period costs in a currency; `None` where it isn't priced in it.
    pub fn price(&self, currency: Currency) -> Option<Money> {
        match self.kind {
            PhaseKind::Trial => Some(Money::zero(currency)),
            _ => in_currency(&self.prices, currency),
        }
    }
}
