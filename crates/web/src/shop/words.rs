//! What offers say, and why they can't be had, in the words of a locale.

use billing::Held;
use commerce::calendar::Interval;
use commerce::catalog::{NotOffered, OfferAudience, Scope, Term};
use commerce::money::Money;
use jiff::Timestamp;
use jiff::civil::Date;
use prompts::{Arg, DateStyle, LAST_HOURS};

use super::view::Said;
use crate::words::{Sort, Speaker};

impl<'a> Sort<'a> {
    /// What is held out.
    pub(super) fn of(held: &'a Held) -> Self {
        let pitch = &held.pitch;
        Self {
            offer: pitch.offer.as_str(),
            plan: pitch.plan.as_str(),
            product: pitch.product.as_str(),
            grants: &pitch.grants,
            is_story: held.scope == Scope::OneStory,
            is_once: matches!(pitch.term, Term::Once { .. }) && !held.gift,
            is_seated: held.seats.is_some(),
            is_gift: false,
        }
    }
}

impl Speaker<'_> {
    /// A length of time by itself.
    pub(super) fn length(&self, interval: Interval) -> String {
        self.messages.length(self.locale, interval.into())
    }

    /// What is paid once for so long.
    fn once(&self, money: Money, lasts: Interval) -> String {
        self.messages.once(self.locale, money.size(), lasts.into())
    }

    /// What an offer costs.
    pub(super) fn offer(&self, held: &Held) -> Said {
        let pitch = &held.pitch;
        let hours = pitch.closes.and_then(|closes| hours_left(closes, self.now));
        let lasting = match pitch.term {
            Term::Renews { .. } => None,
            Term::Once { lasts } => Some(lasts),
        };
        let (headline, small_print) = match (self.pitch(pitch), lasting.flatten()) {
            (Some(said), _) => (said.headline, said.small_print),
            (None, Some(lasts)) => {
                let ends = self.text("shop-once-ends", &[]);
                (self.once(pitch.price, lasts), Some(ends))
            }
            (None, None) => {
                let good = self.text("shop-once-good", &[]);
                (self.money(pitch.price), Some(good))
            }
        };
        let mut said = Said {
            headline,
            small_print,
            ends: pitch.ends.map(|day| self.ends(day, hours)),
            is_soon: hours.is_some(),
        };
        if held.gift {
            said.small_print = None;
        } else if held.seats.is_some() {
            let each = self.text("shop-each", &[]);
            let joint = self.text("offer-joint", &[]);
            said.headline = [said.headline, each].join(&joint);
        }
        said
    }

    fn ends(&self, day: Date, hours: Option<u16>) -> String {
        let day = Arg::Date(day, DateStyle::DayMonth);
        match hours {
            None => self.text("offer-ends", &[("ends", day)]),
            Some(hours) => {
                let hours = Arg::Number(hours.into());
                self.text("offer-ends-soon", &[("ends", day), ("hours", hours)])
            }
        }
    }

    /// For whom it is, where it isn't for everybody.
    pub(super) fn badge(&self, audience: OfferAudience) -> Option<String> {
        let word = match audience {
            OfferAudience::Everyone => return None,
            OfferAudience::New => "new",
            OfferAudience::Registered => "registered",
            OfferAudience::Lapsed => "lapsed",
            OfferAudience::Subscribers => "subscribers",
        };
        Some(self.text("shop-badge", &[("audience", Arg::Word(word))]))
    }

    /// Why an offer can't be had.
    pub(super) fn gone(&self, why: &NotOffered) -> String {
        let on = |key, day| self.text(key, &[("day", Arg::Date(day, DateStyle::Full))]);
        let plain = |key| self.text(key, &[]);
        match why {
            NotOffered::Over { ended } => on("shop-gone-over", *ended),
            NotOffered::NotYet { starts } => on("shop-gone-ahead", *starts),
            NotOffered::NotForYou { .. } => plain("shop-gone-others"),
            NotOffered::UsedUp => plain("shop-gone-used-up"),
            NotOffered::HadAlready => plain("shop-gone-had"),
            NotOffered::Currency(_) => plain("shop-gone-currency"),
            // The rest is about what was typed, or who knows of it learns
            // nothing.
            _ => plain("shop-gone-unknown"),
        }
    }
}

/// The hours until an offer closes, the one that has begun included, where they
/// are to be said.
pub(super) fn hours_left(closes: Timestamp, now: Timestamp) -> Option<u16> {
    let seconds = u64::try_from(closes.duration_since(now).as_secs()).ok()?;
    let hours = u16::try_from(seconds.max(1).div_ceil(3_600)).ok()?;
    (hours <= LAST_HOURS).then_some(hours)
}
