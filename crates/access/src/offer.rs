//! What can be bought, as far as a wall has to say it. Plain facts: who sells
//! puts them here, and who speaks to readers puts them into words.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Audience, EntitlementName, Name};

/// The most offers that a wall chooses from. They are looked through when a wall
/// is shown; a publication holds out a handful at a time.
pub const MAX_OFFERS: usize = 256;

/// An amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Price {
    /// In the currency's smallest unit.
    pub minor: u64,
    /// How many decimal places that unit has: 2 for cents, 0 for yen.
    pub decimals: u8,
    /// The currency's code (ISO 4217).
    pub currency: [u8; 3],
}

/// A length of time as calendars count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// So many days.
    Days(u16),
    /// So many months.
    Months(u16),
}

/// A stretch before an offer's lasting price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OfferPhase {
    /// What one period costs; nothing, where it is tried for free.
    pub price: Price,
    /// How long a period is.
    pub every: Span,
    /// How many periods there are.
    pub times: u16,
}

/// Whom an offer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OfferFor {
    /// Everybody.
    Everyone,
    /// Who never had a subscription, with an account or without.
    New,
    /// Who has an account and never had a subscription.
    Registered,
    /// Whose trial or subscription has ended.
    Lapsed,
}

/// Something that can be bought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name.
    pub id: Name,
    /// Whom it is for.
    pub audience: OfferFor,
    /// What it entitles to.
    pub grants: Vec<EntitlementName>,
    /// What comes before its lasting price.
    pub phases: Vec<OfferPhase>,
    /// Its lasting price.
    pub price: Price,
    /// How often that is paid.
    pub every: Span,
    /// Whether that price comes by itself; `false` of what is free at first and
    /// then over, as nothing to pay with is asked for.
    pub goes_on: bool,
    /// The first instant at which it can be had; `None` where it always could.
    pub opens: Option<Timestamp>,
    /// The last day, in the publication's zone, on which it can be had; `None`
    /// where there is none.
    pub ends: Option<Date>,
    /// The first instant at which it no longer can: when that day is over.
    pub closes: Option<Timestamp>,
    /// Where it is taken; `None` where that is said elsewhere.
    pub link: Option<Box<str>>,
}

/// All that a wall may hold out, the first before the others. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers(Arc<[Offer]>);

impl OfferFor {
    /// Whether a reader of that audience may have it. Who has paused a
    /// subscription has one.
    pub fn includes(self, audience: Audience) -> bool {
        match self {
            Self::Everyone => audience != Audience::Paused,
            Self::New => matches!(audience, Audience::Anonymous | Audience::Registered),
            Self::Registered => audience == Audience::Registered,
            Self::Lapsed => audience == Audience::Lapsed,
        }
    }
}

impl Offer {
    /// Whether it can be had at `now`.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.opens.is_none_or(|opens| now >= opens) && self.closes.is_none_or(|closes| now < closes)
    }
}

impl Offers {
    /// The first [`MAX_OFFERS`] of `offers`.
    pub fn new(mut offers: Vec<Offer>) -> Self {
        offers.truncate(MAX_OFFERS);
        Self(offers.into())
    }

    /// The same, each taken where `place` says for its name, if it isn't said in
    /// the offer itself.
    #[must_use]
    pub fn taken_at(&self, place: impl Fn(&str) -> Box<str>) -> Self {
        let linked = |offer: &Offer| Offer {
            link: Some(
                offer
                    .link
                    .clone()
                    .unwrap_or_else(|| place(offer.id.as_str())),
            ),
            ..offer.clone()
        };
        Self(self.0.iter().map(linked).collect())
    }

    /// The same without those whose name is among what is `gone`.
    #[must_use]
    pub fn without(&self, gone: impl Fn(&str) -> bool) -> Self {
        let left = self.0.iter().filter(|offer| !gone(offer.id.as_str()));
        Self(left.cloned().collect())
    }

    /// The offer of the day for readers of that audience, with its place among
    /// all.
    pub fn of_the_day(&self, audience: Audience, now: Timestamp) -> Option<(usize, &Offer)> {
        let fits = |offer: &Offer| offer.audience.includes(audience) && offer.is_open(now);
        self.0.iter().enumerate().find(|(_, offer)| fits(offer))
    }

    /// The offer in that place.
    pub fn get(&self, place: usize) -> Option<&Offer> {
        self.0.get(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn offer(id: &str, audience: OfferFor, opens: Option<&str>, closes: Option<&str>) -> Offer {
        let dollars = |minor| Price {
            minor,
            decimals: 2,
            currency: *b"USD",
        };
        Offer {
            id: id.into(),
            audience,
            grants: vec!["read".into()],
            phases: Vec::new(),
            price: dollars(1490),
            every: Span::Months(1),
            goes_on: true,
            opens: opens.map(at),
            ends: None,
            closes: closes.map(at),
            link: None,
        }
    }

    #[test]
    fn the_first_that_is_open_to_the_reader_is_the_offer_of_the_day() {
        let (start, end) = ("2026-12-01T00:00:00Z", "2027-02-01T00:00:00Z");
        let offers = Offers::new(vec![
            offer("winter", OfferFor::New, Some(start), Some(end)),
            offer("back", OfferFor::Lapsed, None, None),
            offer("member", OfferFor::Registered, None, Some(end)),
            offer("always", OfferFor::Everyone, None, None),
        ]);
        let before = "2026-11-30T23:59:59Z";
        let last = "2027-01-31T23:59:59Z";
        // audience, time, offer
        for (audience, time, expected) in [
            (Audience::Anonymous, before, Some("always")),
            (Audience::Anonymous, start, Some("winter")),
            (Audience::Anonymous, last, Some("winter")),
            (Audience::Anonymous, end, Some("always")),
            (Audience::Registered, before, Some("member")),
            (Audience::Registered, last, Some("winter")),
            (Audience::Registered, end, Some("always")),
            (Audience::Lapsed, last, Some("back")),
            (Audience::Trial, last, Some("always")),
            (Audience::Subscriber, last, Some("always")),
            (Audience::Paused, last, None),
        ] {
            let found = offers.of_the_day(audience, at(time));
            let name = found.map(|(place, offer)| {
                assert_eq!(offers.get(place), Some(offer));
                offer.id.as_str()
            });
            assert_eq!(name, expected, "{audience:?} {time}");
        }
        let left = offers.without(|name| name == "winter");
        let found = left.of_the_day(Audience::Anonymous, at(last));
        assert_eq!(found.map(|(_, offer)| offer.id.as_str()), Some("always"));
        let none = Offers::default();
        assert_eq!(none.of_the_day(Audience::Anonymous, at(start)), None);
    }
}
