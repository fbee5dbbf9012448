//! What walls may hold out, pushed by whoever sells it. Which of it a reader is
//! offered is found when a wall is shown, so an offer opens and closes to the
//! second, whether anybody says so or not.

use access::{Audience, Offer, Offers, Prompt, Seq};
use arc_swap::ArcSwap;
use jiff::Timestamp;
use prompts::LAST_HOURS;

use crate::accounts::Applied;

/// What may be offered now, and by which push.
#[derive(Debug, Default)]
pub(crate) struct HeldOut {
    seq: Seq,
    offers: Offers,
}

/// What one reader is offered: everything that its words depend on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Offered {
    seq: Seq,
    place: usize,
    /// How many hours are left, where that is to be said.
    pub(crate) hours_left: Option<u16>,
}

impl HeldOut {
    /// Takes another list in, unless a newer one is there.
    pub(crate) fn replace(held: &ArcSwap<Self>, seq: Seq, offers: &Offers) -> Applied {
        let before = held.rcu(|now| {
            if now.seq >= seq {
                return std::sync::Arc::clone(now);
            }
            let offers = offers.clone();
            std::sync::Arc::new(Self { seq, offers })
        });
        if before.seq >= seq {
            Applied::Late
        } else {
            Applied::Now
        }
    }

    /// What a reader of that audience is offered beside the prompt, if it is one
    /// that offers something.
    pub(crate) fn to(&self, prompt: Prompt, audience: Audience, now: Timestamp) -> Option<Offered> {
        let sells = match prompt {
            Prompt::Paywall | Prompt::TrialEnded | Prompt::SubscriptionEnded | Prompt::Gift => true,
            Prompt::Countdown
            | Prompt::LastStory
            | Prompt::GiftOver
            | Prompt::RegistrationWall
            | Prompt::SubscriptionPaused
            | Prompt::PaymentTrouble
            | Prompt::Unavailable => false,
        };
        let found = sells.then(|| self.offers.of_the_day(audience, now));
        let (place, offer) = found.flatten()?;
        Some(Offered {
            seq: self.seq,
            place,
            hours_left: hours_left(offer, now),
        })
    }

    /// All that a reader of that audience might be offered, the first before the others.
    pub(crate) fn all_to(&self, audience: Audience, now: Timestamp) -> Vec<Offer> {
        let offers = (0..).map_while(|place| self.offers.get(place));
        let fits = |offer: &&Offer| offer.audience.includes(audience) && offer.is_open(now);
        offers.filter(fits).cloned().collect()
    }

    /// The offer that is meant; `None` where the list is another by now.
    pub(crate) fn offer(&self, offered: Offered) -> Option<&Offer> {
        let is_same = offered.seq == self.seq;
        is_same.then(|| self.offers.get(offered.place)).flatten()
    }
}

/// The hours until the offer closes, the one that has begun included, where
/// they are its last ones.
fn hours_left(offer: &Offer, now: Timestamp) -> Option<u16> {
    let seconds = now.duration_until(offer.closes?).as_secs();
    let hours = u16::try_from(seconds.max(1).unsigned_abs().div_ceil(3600)).ok()?;
    (hours <= LAST_HOURS).then_some(hours)
}
