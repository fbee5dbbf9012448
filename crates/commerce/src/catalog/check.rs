//! Looking for what makes no sense in a catalog. All of it is found at once.

use std::collections::HashSet;
use std::fmt::Display;

use super::{
    Catalog, CatalogError, Complaint, Entry, MAX_ENTRIES, MAX_SEATS, Offer, OfferPhase, Plan,
    Product, Scope, Term,
};
use crate::money::Money;
use crate::terms::PhaseKind;

/// The most phases of an offer.
pub(super) const MAX_PHASES: usize = 4;

/// The most periods of a phase: ten years of months.
pub(super) const MAX_TIMES: u16 = 120;

/// What was found so far, and what is being looked at.
struct Found {
    about: Entry,
    all: Vec<Complaint>,
}

impl Found {
    fn push(&mut self, error: CatalogError) {
        let about = self.about;
        self.all.push(Complaint { about, error });
    }
}

impl Catalog {
    /// Everything that makes no sense; all of it, in the catalog's order.
    pub fn check(&self) -> Result<(), Vec<Complaint>> {
        let mut found = Found {
            about: Entry::Policy,
            all: Vec::new(),
        };
        if let Err(error) = self.policy.check() {
            found.push(error.into());
        }
        let products = self.products.iter().map(|product| &product.id);
        unique("products", products, Entry::Product, &mut found);
        let plans = self.plans.iter().map(|plan| &plan.id);
        unique("plans", plans, Entry::Plan, &mut found);
        let offers = self.offers.iter().map(|offer| &offer.id);
        unique("offers", offers, Entry::Offer, &mut found);
        for (index, product) in self.products.iter().enumerate() {
            found.about = Entry::Product(index);
            if product.grants.is_empty() {
                found.push(CatalogError::GrantsNothing(product.id.clone()));
            }
        }
        for (index, plan) in self.plans.iter().enumerate() {
            found.about = Entry::Plan(index);
            check_plan(plan, self.product(&plan.product), &mut found);
        }
        for (index, offer) in self.offers.iter().enumerate() {
            found.about = Entry::Offer(index);
            let plan = self.plan(&offer.plan);
            let product = plan.and_then(|plan| self.product(&plan.product));
            check_offer(offer, plan, product, &mut found);
        }
        check_codes(&self.offers, &mut found);
        if found.all.is_empty() {
            Ok(())
        } else {
            Err(found.all)
        }
    }
}

fn unique<'a, T: Display + 'a>(
    kind: &'static str,
    ids: impl Iterator<Item = &'a T>,
    entry: fn(usize) -> Entry,
    found: &mut Found,
) {
    let mut seen = HashSet::new();
    let mut count = 0;
    for (index, id) in ids.enumerate() {
        count += 1;
        found.about = entry(index);
        if !seen.insert(id.to_string()) {
            let id = id.to_string();
            found.push(CatalogError::Duplicate { kind, id });
        }
    }
    if count > MAX_ENTRIES {
        found.push(CatalogError::TooMany { kind, count });
    }
}

fn check_plan(plan: &Plan, product: Option<&Product>, found: &mut Found) {
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

fn one_each(what: &str, prices: &[Money], found: &mut Found) {
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

fn check_offer(offer: &Offer, plan: Option<&Plan>, product: Option<&Product>, found: &mut Found) {
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
    let mut is_all_free = true;
    for (index, phase) in offer.phases.iter().enumerate() {
        let what = format!("phase {} of the offer \"{}\"", index + 1, offer.id);
        check_phase(&what, index, phase, plan, found);
        is_all_free &= costs_nothing(phase);
        if is_all_free && phase.kind == PhaseKind::Intro {
            found.push(CatalogError::FreeIntro { what });
        }
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
        let is_story = product.is_some_and(|product| product.scope == Scope::OneStory);
        if offer.gift && (lasts.is_none() || plan.seats.is_some() || is_story) {
            found.push(CatalogError::BadGift(id()));
        }
    } else if offer.gift {
        found.push(CatalogError::BadGift(id()));
    }
}

/// Whether nobody pays for it, in some currency at least.
fn costs_nothing(phase: &OfferPhase) -> bool {
    phase.kind == PhaseKind::Trial || phase.prices.iter().any(|price| price.is_zero())
}

fn check_phase(
    what: &str,
    index: usize,
    phase: &OfferPhase,
    plan: Option<&Plan>,
    found: &mut Found,
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
        // Nothing is paid in between, so a second period is only a longer first.
        PhaseKind::Trial if phase.times > 1 => {
            found.push(CatalogError::TrialTwice { what: what() });
        }
        PhaseKind::Trial => {}
        PhaseKind::Intro => check_phase_prices(&what(), phase, plan, found),
        _ => found.push(CatalogError::PhaseKind { what: what() }),
    }
}

fn check_phase_prices(what: &str, phase: &OfferPhase, plan: Option<&Plan>, found: &mut Found) {
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

fn check_codes(offers: &[Offer], found: &mut Found) {
    let mut seen: Vec<&Offer> = Vec::new();
    for (index, offer) in offers.iter().enumerate() {
        if offer.code.is_none() {
            continue;
        }
        found.about = Entry::Offer(index);
        match seen.iter().find(|other| other.code == offer.code) {
            Some(other) => found.push(CatalogError::CodeTwice {
                offer: offer.id.clone(),
                other: other.id.clone(),
            }),
            None => seen.push(offer),
        }
    }
}
