//! What an offer says to readers: how much for how long, what then, and until
//! when it can be had. For the wall, the list of offers and the checkout, which
//! put it into words.

use access::EntitlementName;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Catalog, Offer, Scope, Term};
use crate::calendar::Interval;
use crate::ids::{OfferId, PlanId, ProductId};
use crate::money::{Currency, Money};
use crate::terms::PhaseKind;

/// An offer in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pitch {
    /// The offer.
    pub offer: OfferId,
    /// The plan that it leads into.
    pub plan: PlanId,
    /// What is sold.
    pub product: ProductId,
    /// What may be used.
    pub grants: Vec<EntitlementName>,
    /// What comes before the plan's own price.
    pub phases: Vec<PitchPhase>,
    /// Whether that comes by itself. Where it is free at first and nothing to
    /// pay with is asked for, it is over then.
    pub goes_on: bool,
    /// The plan's own price, of one seat.
    pub price: Money,
    /// How often it is paid, or how long it lasts.
    pub term: Term,
    /// The last day on which it can be had.
    pub ends: Option<Date>,
    /// The first instant at which it no longer can: what a countdown counts to.
    pub closes: Option<Timestamp>,
}

/// A stretch before the plan's own price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PitchPhase {
    /// A trial or an introductory price.
    pub kind: PhaseKind,
    /// What one period costs.
    pub price: Money,
    /// The length of one period.
    pub every: Interval,
    /// How many periods.
    pub times: u16,
}

impl Catalog {
    /// What an offer says in a currency; `None` where it isn't sold in it, or
    /// its plan or product is gone.
    pub fn pitch(&self, offer: &Offer, currency: Currency) -> Option<Pitch> {
        let plan = self.plan(&offer.plan)?;
        let product = self.product(&plan.product)?;
        let mut phases = Vec::with_capacity(offer.phases.len());
        for phase in &offer.phases {
            phases.push(PitchPhase {
                kind: phase.kind,
                price: phase.price(currency)?,
                every: phase.every,
                times: phase.times,
            });
        }
        let starts_free = phases.first().is_some_and(|phase| phase.price.is_zero());
        Some(Pitch {
            goes_on: offer.method_needed || !starts_free,
            offer: offer.id.clone(),
            plan: plan.id.clone(),
            product: product.id.clone(),
            grants: product.grants.clone(),
            phases,
            price: plan.price(currency)?,
            term: plan.term,
            ends: offer.window.ends,
            closes: offer.window.closes_at(&self.zone),
        })
    }

    /// Whether it is a subscription for its buyer alone, to the whole publication.
    pub(super) fn is_for_oneself(&self, offer: &Offer) -> bool {
        let Some(plan) = self.plan(&offer.plan) else {
            return false;
        };
        let whole = |scope| scope == Scope::Everything;
        let product = self.product(&plan.product);
        plan.seats.is_none()
            && matches!(plan.term, Term::Renews { .. })
            && product.is_some_and(|product| whole(product.scope))
    }
}
