//! What makes no sense in a catalog. Every complaint names the entry and what
//! to write instead; all are found at once.

use std::collections::HashSet;
use std::fmt::Display;

use jiff::civil::Date;
use thiserror::Error;

use super::{Catalog, MAX_ENTRIES, MAX_SEATS, Offer, OfferPhase, Plan, Product, Scope, Term};
use crate::ids::{OfferId, PlanId, ProductId};
use crate::money::{Currency, Money};
use crate::terms::{PhaseKind, PolicyError};

/// The most phases of an offer.
const MAX_PHASES: usize = 4;

/// The most periods of a phase: ten years of months.
const MAX_TIMES: u16 = 120;

/// Something that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CatalogError {
    /// Two entries of one name.
    #[error("there are two {kind} called \"{id}\"; give one another name")]
    Duplicate {
        /// What they are.
        kind: &'static str,
        /// Their name.
        id: String,
    },
    /// More entries than are looked through.
    #[error("{count} {kind} are too many; at most {MAX_ENTRIES}, so take out what is over")]
    TooMany {
        /// What they are.
        kind: &'static str,
        /// How many.
        count: usize,
    },
    /// A product that grants nothing.
    #[error("the product \"{0}\" grants nothing; list what it opens, such as \"read\"")]
    GrantsNothing(ProductId),
    /// A plan without a product.
    #[error("the plan \"{plan}\" is for a product \"{product}\" that isn't there")]
    ProductGone {
        /// The plan.
        plan: PlanId,
        /// What it names.
        product: ProductId,
    },
    /// An offer without a plan.
    #[error("the offer \"{offer}\" leads into a plan \"{plan}\" that isn't there")]
    PlanGone {
        /// The offer.
        offer: OfferId,
        /// What it names.
        plan: PlanId,
    },
    /// A plan that costs nothing, or less.
    #[error("the plan \"{plan}\" costs {price}; a plan has a price above nought")]
    PlanPrice {
        /// The plan.
        plan: PlanId,
        /// What it says.
        price: Money,
    },
    /// A plan without a price.
    #[error("the plan \"{0}\" has no price; give it one such as \"14.90 USD\"")]
    NoPrice(PlanId),
    /// Two prices in one currency.
    #[error("{what} has two prices in {currency}; leave one out")]
    TwoPrices {
        /// The entry.
        what: String,
        /// The currency.
        currency: Currency,
    },
    /// An interval of no length, or too long.
    #[error("{what} lasts no time or too long; at least a day, at most ten years")]
    BadLength {
        /// The entry.
        what: String,
    },
    /// Seats that can't be.
    #[error(
        "the plan \"{plan}\" has {least} to {most} seats; write 1 or more to {MAX_SEATS} or fewer"
    )]
    BadSeating {
        /// The plan.
        plan: PlanId,
        /// The fewest.
        least: u32,
        /// The most.
        most: u32,
    },
    /// A story that several sit in, or that is paid for every month.
    #[error("the plan \"{0}\" buys one story; it has no seats, and is paid for once")]
    StoryPlan(PlanId),
    /// A phase without periods, or with too many.
    #[error("{what} has {times} periods; write 1 to {MAX_TIMES}")]
    BadTimes {
        /// The phase.
        what: String,
        /// How many it has.
        times: u16,
    },
    /// Too many phases.
    #[error("the offer \"{0}\" has more than {MAX_PHASES} phases; join some")]
    TooManyPhases(OfferId),
    /// A phase of a kind that offers don't have.
    #[error("{what} is neither a trial nor an introductory price")]
    PhaseKind {
        /// The phase.
        what: String,
    },
    /// A trial that costs something.
    #[error("{what} is a trial with a price; leave the price out, or make it an introductory one")]
    PricedTrial {
        /// The phase.
        what: String,
    },
    /// A trial after something else: nobody tries what they have paid for.
    #[error("{what} is a trial that doesn't come first; put it first")]
    LateTrial {
        /// The phase.
        what: String,
    },
    /// A phase that isn't priced in a currency of the plan.
    #[error("{what} has no price in {currency}, in which the plan is sold; add one")]
    PhaseNotPriced {
        /// The phase.
        what: String,
        /// The currency.
        currency: Currency,
    },
    /// A phase priced in a currency that the plan hasn't.
    #[error("{what} has a price in {currency}, in which the plan isn't sold; take it out")]
    PhaseCurrency {
        /// The phase.
        what: String,
        /// The currency.
        currency: Currency,
    },
    /// A price below nought.
    #[error("{what} costs {price}; nobody is paid for reading")]
    NegativePrice {
        /// The phase.
        what: String,
        /// What it says.
        price: Money,
    },
    /// Phases before something that is bought once.
    #[error("the offer \"{0}\" has phases, but its plan is paid for once; leave them out")]
    PhasesOfOnce(OfferId),
    /// A window that ends before it begins.
    #[error("the offer \"{offer}\" begins on {starts} and ends on {ends}; exchange them")]
    WindowBackwards {
        /// The offer.
        offer: OfferId,
        /// Its first day.
        starts: Date,
        /// Its last day.
        ends: Date,
    },
    /// A cap of nought.
    #[error("the offer \"{0}\" may be used no times at all; leave it out, or raise its cap")]
    CapOfNought(OfferId),
    /// A gift that renews, that several sit in, or that has phases or a story.
    #[error("the offer \"{0}\" is a gift; its plan is paid for once, for a time, for one reader")]
    BadGift(OfferId),
    /// A payment method for a trial that there is not.
    #[error("the offer \"{0}\" asks for a payment method for its trial, but it has none")]
    MethodWithoutTrial(OfferId),
    /// Two offers with one code.
    #[error("the code of the offer \"{offer}\" opens the offer \"{other}\" too; change one")]
    CodeTwice {
        /// The one.
        offer: OfferId,
        /// The other.
        other: OfferId,
    },
    /// The policy makes no sense.
    #[error(transparent)]
    Policy(#[from] PolicyError),
}

impl Catalog {
    /// Everything that makes no sense; all of it, in the catalog's order.
    pub fn check(&self) -> Result<(), Vec<CatalogError>> {
        let mut found = Vec::new();
        if let Err(error) = self.policy.check() {
            found.push(error.into());
        }
        unique("products", self.products.iter().map(|p| &p.id), &mut found);
        unique("plans", self.plans.iter().map(|p| &p.id), &mut found);
        unique("offers", self.offers.iter().map(|o| &o.id), &mut found);
        for product in &self.products {
            if product.grants.is_empty() {
                found.push(CatalogError::GrantsNothing(product.id.clone()));
            }
        }
        for plan in &self.plans {
            check_plan(plan, self.product(&plan.product), &mut found);
        }
        for offer in &self.offers {
            check_offer(offer, self.plan(&offer.plan), &mut found);
        }
        check_codes(&self.offers, &mut found);
        if found.is_empty() { Ok(()) } else { Err(found) }
    }
}

fn unique<'a, T: Display + 'a>(
    kind: &'static str,
    ids: impl Iterator<Item = &'a T>,
    found: &mut Vec<CatalogError>,
) {
    let mut seen = HashSet::new();
    let mut count = 0;
    for id in ids {
        count += 1;
        if !seen.insert(id.to_string()) {
            let id = id.to_string();
            found.push(CatalogError::Duplicate { kind, id });
        }
    }
    if count > MAX_ENTRIES {
        found.push(CatalogError::TooMany { kind, count });
    }
}

fn check_plan(plan: &Plan, product: Option<&Product>, found: &mut Vec<CatalogError>) {
    let what = format!("the plan \"{}\"", plan.id);
    if product.is_none() {
        found.push(CatalogError::ProductGone {
            plan: plan.id.clone(),
            product: plan.product.clone(),
        });
    }
    if plan.prices.is_empty() {
        found.push(CatalogError::NoPrice(plan.id.clone()));
    }
    one_each(&what, &plan.prices, found);
    for price in plan
        .prices
        .iter()
        .copied()
        .filter(|price| !price.is_positive())
    {
        let plan = plan.id.clone();
        found.push(CatalogError::PlanPrice { plan, price });
    }
    let length = match plan.term {
        Term::Renews { every } => Some(every),
        Term::Once { lasts } => lasts,
    };
    if length.is_some_and(|length| !length.makes_sense()) {
        found.push(CatalogError::BadLength { what });
    }
    if let Some(seating) = plan.seats
        && !(1 <= seating.least && seating.least <= seating.most && seating.most <= MAX_SEATS)
    {
        found.push(CatalogError::BadSeating {
            plan: plan.id.clone(),
            least: seating.least,
            most: seating.most,
        });
    }
    let renews = matches!(plan.term, Term::Renews { .. });
    let one_story = product.is_some_and(|product| product.scope == Scope::OneStory);
    if one_story && (renews || plan.seats.is_some()) {
        found.push(CatalogError::StoryPlan(plan.id.clone()));
    }
}

fn one_each(what: &str, prices: &[Money], found: &mut Vec<CatalogError>) {
    let mut seen = HashSet::new();
    for price in prices {
        if !seen.insert(price.currency()) {
            found.push(CatalogError::TwoPrices {
                what: what.to_owned(),
                currency: price.currency(),
            });
        }
    }
}

fn check_offer(offer: &Offer, plan: Option<&Plan>, found: &mut Vec<CatalogError>) {
    let id = || offer.id.clone();
    if let (Some(starts), Some(ends)) = (offer.window.starts, offer.window.ends)
        && ends < starts
    {
        let offer = id();
        found.push(CatalogError::WindowBackwards {
            offer,
            starts,
            ends,
        });
    }
    if offer.caps.total == Some(0) || offer.caps.per_account == Some(0) {
        found.push(CatalogError::CapOfNought(id()));
    }
    if offer.phases.len() > MAX_PHASES {
        found.push(CatalogError::TooManyPhases(id()));
    }
    let tried = offer
        .phases
        .iter()
        .any(|phase| phase.kind == PhaseKind::Trial);
    if offer.method_needed && !tried {
        found.push(CatalogError::MethodWithoutTrial(id()));
    }
    for (index, phase) in offer.phases.iter().enumerate() {
        let what = format!("phase {} of the offer \"{}\"", index + 1, offer.id);
        check_phase(&what, index, phase, plan, found);
    }
    let Some(plan) = plan else {
        let plan = offer.plan.clone();
        found.push(CatalogError::PlanGone { offer: id(), plan });
        return;
    };
    if let Term::Once { lasts } = plan.term {
        if !offer.phases.is_empty() {
            found.push(CatalogError::PhasesOfOnce(id()));
        }
        if offer.gift && (lasts.is_none() || plan.seats.is_some()) {
            found.push(CatalogError::BadGift(id()));
        }
    } else if offer.gift {
        found.push(CatalogError::BadGift(id()));
    }
}

fn check_phase(
    what: &str,
    index: usize,
    phase: &OfferPhase,
    plan: Option<&Plan>,
    found: &mut Vec<CatalogError>,
) {
    let what = || what.to_owned();
    if !phase.every.makes_sense() {
        found.push(CatalogError::BadLength { what: what() });
    }
    if !(1..=MAX_TIMES).contains(&phase.times) {
        let times = phase.times;
        found.push(CatalogError::BadTimes {
            what: what(),
            times,
        });
    }
    match phase.kind {
        PhaseKind::Trial if index > 0 => found.push(CatalogError::LateTrial { what: what() }),
        PhaseKind::Trial if !phase.prices.is_empty() => {
            found.push(CatalogError::PricedTrial { what: what() });
        }
        PhaseKind::Trial => {}
        PhaseKind::Intro => check_phase_prices(&what(), phase, plan, found),
        _ => found.push(CatalogError::PhaseKind { what: what() }),
    }
}

fn check_phase_prices(
    what: &str,
    phase: &OfferPhase,
    plan: Option<&Plan>,
    found: &mut Vec<CatalogError>,
) {
    let what = || what.to_owned();
    one_each(&what(), &phase.prices, found);
    for price in phase
        .prices
        .iter()
        .copied()
        .filter(|price| price.is_negative())
    {
        let what = what();
        found.push(CatalogError::NegativePrice { what, price });
    }
    let Some(plan) = plan else { return };
    for price in &plan.prices {
        if phase.price(price.currency()).is_none() {
            found.push(CatalogError::PhaseNotPriced {
                what: what(),
                currency: price.currency(),
            });
        }
    }
    for price in &phase.prices {
        if plan.price(price.currency()).is_none() {
            found.push(CatalogError::PhaseCurrency {
                what: what(),
                currency: price.currency(),
            });
        }
    }
}

fn check_codes(offers: &[Offer], found: &mut Vec<CatalogError>) {
    let mut seen: Vec<&Offer> = Vec::new();
    for offer in offers.iter().filter(|offer| offer.code.is_some()) {
        match seen.iter().find(|other| other.code == offer.code) {
            Some(other) => found.push(CatalogError::CodeTwice {
                offer: offer.id.clone(),
                other: other.id.clone(),
            }),
            None => seen.push(offer),
        }
    }
}
