//! What a publication sells, and to whom.
//!
//! The typed model of what a publisher writes down. Reading configuration is
//! the business of others; [`Catalog::check`] tells what makes no sense in it,
//! and [`Catalog::terms`] turns an offer that somebody accepts into
//! [`Terms`](crate::terms::Terms), which never look back here.

mod accept;
mod check;
mod complaint;
mod offer;
mod pitch;
mod wall;
mod window;

use access::EntitlementName;

pub use accept::{Choice, NotOffered, Uses};
pub use complaint::{CatalogError, Complaint, Entry};
pub use offer::{Caps, Offer, OfferAudience, OfferPhase, Relation};
pub use pitch::{Pitch, PitchPhase};
pub use window::Window;

use crate::calendar::{Interval, Zone};
use crate::ids::{OfferId, PlanId, ProductId, TaxClass};
use crate::money::{Currency, Money};
use crate::tax::TaxBasis;
use crate::terms::Policy;

/// The most products, plans and offers, each. They are looked through one by
/// one, at checkout only; a national paper has a few hundred offers in a year.
pub const MAX_ENTRIES: usize = 2_000;

/// The most seats of one subscription: they are all held with it, at some
/// hundred bytes each. Larger customers are networks, which take no seats.
pub const MAX_SEATS: u32 = 10_000;

/// Everything that is sold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalog {
    /// The publication's zone.
    pub zone: Zone,
    /// Whether prices include tax.
    pub tax_basis: TaxBasis,
    /// What new terms say about failures and changes.
    pub policy: Policy,
    /// What is sold.
    pub products: Vec<Product>,
    /// How it is paid for.
    pub plans: Vec<Plan>,
    /// What is held out to readers.
    pub offers: Vec<Offer>,
}

/// A set of entitlements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its name.
    pub id: ProductId,
    /// What it grants: `read`, `apps`, `print`, …
    pub grants: Vec<EntitlementName>,
    /// To everything, or to the one story that the buyer chooses.
    pub scope: Scope,
    /// Whether something is delivered to a postal address.
    pub delivered: bool,
    /// As what it is taxed.
    pub tax_class: TaxClass,
}

/// What a product's entitlements reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The whole publication.
    Everything,
    /// One story.
    OneStory,
}

/// A way to pay for a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Its name.
    pub id: PlanId,
    /// What it pays for.
    pub product: ProductId,
    /// How often.
    pub term: Term,
    /// What it costs for one seat, once in each currency it is sold in.
    pub prices: Vec<Money>,
    /// How many seats may be had; `None` where it is for one.
    pub seats: Option<Seating>,
}

/// How often a plan is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Again and again.
    Renews {
        /// How often.
        every: Interval,
    },
    /// Once: a day pass, a story, a gift.
    Once {
        /// For how long; `None` for good.
        lasts: Option<Interval>,
    },
}

/// How many seats a plan may be bought for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seating {
    /// At least so many.
    pub least: u32,
    /// At most so many, and never more than [`MAX_SEATS`].
    pub most: u32,
}

impl Catalog {
    /// The product of a name.
    pub fn product(&self, id: &ProductId) -> Option<&Product> {
        self.products.iter().find(|product| product.id == *id)
    }

    /// The plan of a name.
    pub fn plan(&self, id: &PlanId) -> Option<&Plan> {
        self.plans.iter().find(|plan| plan.id == *id)
    }

    /// The offer of a name.
    pub fn offer(&self, id: &OfferId) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.id == *id)
    }
}

impl Plan {
    /// The price in a currency; `None` where it isn't sold in it.
    pub fn price(&self, currency: Currency) -> Option<Money> {
        in_currency(&self.prices, currency)
    }
}

fn in_currency(prices: &[Money], currency: Currency) -> Option<Money> {
    prices
        .iter()
        .copied()
        .find(|price| price.currency() == currency)
}
