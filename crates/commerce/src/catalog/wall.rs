//! What the gate knows of the catalog: the offers that a wall may hold out, as
//! plain facts.

use access::{OfferFor, OfferPhase, Price, Span};

use super::{Catalog, Offer, OfferAudience, Term};
use crate::calendar::Interval;
use crate::money::{Currency, Money};

impl Catalog {
    /// The offers that walls may hold out in a currency, in the catalog's order:
    /// those of [`Catalog::offer_of_the_day`], whenever they are open. An offer
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
                price: price(phase.price)?,
                every: span(phase.every),
                times: phase.times,
            });
        }
        Some(access::Offer {
            id: pitch.offer.as_str().into(),
            audience,
            grants: pitch.grants,
            phases,
            price: price(pitch.price)?,
            every: span(every),
            goes_on: pitch.goes_on,
            opens: offer.window.opens_at(&self.zone),
            ends: pitch.ends,
            closes: pitch.closes,
            link: None,
        })
    }
}

fn price(money: Money) -> Option<Price> {
    let currency = money.currency();
    Some(Price {
        minor: u64::try_from(money.minor()).ok()?,
        decimals: u8::try_from(currency.exponent()).ok()?,
        currency: currency.code().as_bytes().try_into().ok()?,
    })
}

fn span(interval: Interval) -> Span {
    match interval {
        Interval::Days(days) => Span::Days(days),
        Interval::Months(months) => Span::Months(months),
    }
}
