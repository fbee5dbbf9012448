//! What the gate knows of the catalog: the offers that a wall may hold out, as
//! plain facts.

use access::{OfferFor, OfferPhase};

use super::{Catalog, Offer, OfferAudience, Term};
use crate::money::Currency;

impl Catalog {
    /// The offers that walls may hold out in a currency, in the catalog's order,
    /// whenever they are open: the first that is, and that is for the reader, is
    /// the offer of the day ([`access::Offers::of_the_day`]). None is one that
    /// needs a code, a gift, or anything but a subscription for oneself. An offer
    /// that has been accepted as often as it may be is to be left out by who
    /// counts that.
    pub fn held_out(&self, currency: Currency) -> access::Offers {
        let shown = self
            .offers
            .iter()
            .filter(|offer| offer.code.is_none() && !offer.gift && self.is_for_oneself(offer));
        access::Offers::new(
            shown
                .filter_map(|offer| self.on_a_wall(offer, currency))
                .collect(),
        )
    }

    /// `None` where it isn't sold in the currency, or isn't for who meets a wall.
    fn on_a_wall(&self, offer: &Offer, currency: Currency) -> Option<access::Offer> {
        let audience = match offer.audience {
            OfferAudience::Everyone => OfferFor::Everyone,
            OfferAudience::New => OfferFor::New,
            OfferAudience::Registered => OfferFor::Registered,
            OfferAudience::Lapsed => OfferFor::Lapsed,
            OfferAudience::Subscribers => return None,
        };
        let pitch = self.pitch(offer, currency)?;
        let Term::Renews { every } = pitch.term else {
            return None;
        };
        let mut phases = Vec::with_capacity(pitch.phases.len());
        for phase in &pitch.phases {
            phases.push(OfferPhase {
                price: phase.price.size(),
                every: phase.every.into(),
                times: phase.times,
            });
        }
        Some(access::Offer {
            id: pitch.offer.as_str().into(),
            audience,
            grants: pitch.grants,
            phases,
            price: pitch.price.size(),
            every: every.into(),
            goes_on: pitch.goes_on,
            opens: offer.window.opens_at(&self.zone),
            ends: pitch.ends,
            closes: pitch.closes,
            link: None,
        })
    }
}
