//! Amounts, days, and what is sold, in the words of a locale.

use access::{Country, EntitlementName, OfferFor, OfferPhase};
use commerce::calendar::Interval;
use commerce::catalog::{Pitch, Term};
use commerce::money::Money;
use commerce::payment::DeclineReason;
use commerce::subscription::{Origin, Subscription};
use commerce::tax::TaxRate;
use commerce::terms::Terms;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use prompts::{Arg, DateStyle, Locale, Messages, OfferText};

use crate::pages::{Pages, Visit};

/// How many characters of the digest a form holds: 128 bits.
const MARK: usize = 32;

/// Marks exactly these words, for a form to be held to them.
pub(crate) fn mark(words: &str) -> String {
    let mut mark = blake3::hash(words.as_bytes()).to_hex().to_string();
    mark.truncate(MARK);
    mark
}

/// Why a payment failed: the word that messages choose by.
pub(crate) fn declined(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::InsufficientFunds => "insufficient_funds",
        DeclineReason::CardExpired => "card_expired",
        DeclineReason::CardBlocked => "card_blocked",
        DeclineReason::AuthenticationFailed => "authentication_failed",
        DeclineReason::Refused => "refused",
        DeclineReason::ProviderError => "provider_error",
        DeclineReason::Voided => "voided",
        DeclineReason::NeverAnswered => "never_answered",
    }
}

/// Says things in a locale.
#[derive(Clone, Copy)]
pub(crate) struct Speaker<'a> {
    pub(crate) messages: &'a Messages,
    pub(crate) locale: &'a Locale,
    /// The publication's zone, that days are told in.
    pub(crate) zone: &'a TimeZone,
    /// The publication's name.
    pub(crate) publication: &'a str,
    /// The business clock.
    pub(crate) now: Timestamp,
}

/// What is sold, as far as what it is called depends on it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sort<'a> {
    pub(crate) offer: &'a str,
    pub(crate) plan: &'a str,
    pub(crate) product: &'a str,
    pub(crate) grants: &'a [EntitlementName],
    pub(crate) is_story: bool,
    pub(crate) is_once: bool,
    pub(crate) is_seated: bool,
    /// Whether somebody else gave it to whom it is called so.
    pub(crate) is_gift: bool,
}

impl<'a> Sort<'a> {
    /// What somebody has.
    pub(crate) fn of_terms(terms: &'a Terms) -> Self {
        Self {
            offer: terms.offer.as_str(),
            plan: terms.plan.as_str(),
            product: terms.product.as_str(),
            grants: &terms.grants,
            is_story: terms.story.is_some(),
            is_once: !terms.renews(),
            is_seated: terms.seated,
            is_gift: false,
        }
    }

    /// What somebody has, who knows how it came to be.
    pub(crate) fn of_subscription(subscription: &'a Subscription) -> Self {
        Self {
            is_gift: matches!(subscription.origin, Origin::Gift(_)),
            ..Self::of_terms(&subscription.terms)
        }
    }

    /// What somebody gives: it ends by itself, and is called as what doesn't.
    pub(crate) fn of_gift(terms: &'a Terms) -> Self {
        Self {
            is_once: false,
            ..Self::of_terms(terms)
        }
    }

    fn grants(&self, name: &str) -> bool {
        self.grants.iter().any(|grant| grant.as_str() == name)
    }

    /// Whether there is something to read here, and not in print alone.
    pub(crate) fn reads(&self) -> bool {
        self.grants("read") || self.grants("apps")
    }

    fn kind(&self) -> &'static str {
        if self.is_story {
            "story"
        } else if self.is_seated {
            "team"
        } else if self.is_gift {
            "gift"
        } else if self.is_once {
            "pass"
        } else if !self.grants("print") {
            "digital"
        } else if self.reads() {
            "bundle"
        } else {
            "print"
        }
    }
}

impl Speaker<'_> {
    pub(crate) fn text(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let publication = ("publication", Arg::Text(self.publication));
        let args = [&[publication], args].concat();
        self.messages.text(self.locale, key, &args)
    }

    /// Why a payment failed, and what to do.
    pub(crate) fn declined(&self, reason: DeclineReason) -> String {
        let reason = ("reason", Arg::Word(declined(reason)));
        self.text("shop-declined", &[reason])
    }

    /// An amount, also one below nought.
    pub(crate) fn money(&self, money: Money) -> String {
        let said = self.messages.price(self.locale, money.size());
        if money.is_negative() {
            format!("\u{2212}{said}")
        } else {
            said
        }
    }

    /// What is paid again and again, each time for so long.
    pub(crate) fn rate(&self, money: Money, every: Interval) -> String {
        self.messages.rate(self.locale, money.size(), every.into())
    }

    /// A rate of tax.
    pub(crate) fn percent(&self, rate: TaxRate) -> String {
        self.messages.percent(self.locale, rate.millionths())
    }

    /// A country by its name.
    pub(crate) fn country(&self, country: Country) -> String {
        let code = country.to_string();
        self.text("country-name", &[("country", Arg::Word(&code))])
    }

    /// The day in full, in the publication's zone.
    pub(crate) fn day(&self, at: Timestamp) -> String {
        self.date(self.zone.to_datetime(at).date())
    }

    pub(crate) fn date(&self, date: Date) -> String {
        self.messages.date(self.locale, date, DateStyle::Full)
    }

    /// What it is called.
    pub(crate) fn name(&self, sort: &Sort<'_>) -> String {
        let args = [
            ("offer", Arg::Word(sort.offer)),
            ("plan", Arg::Word(sort.plan)),
            ("product", Arg::Word(sort.product)),
            ("kind", Arg::Word(sort.kind())),
        ];
        self.text("shop-name", &args)
    }

    /// What an offer of a subscription says; `None` of what doesn't renew.
    pub(crate) fn pitch(&self, pitch: &Pitch) -> Option<OfferText> {
        let Term::Renews { every } = pitch.term else {
            return None;
        };
        let phases = pitch.phases.iter().map(|phase| OfferPhase {
            price: phase.price.size(),
            every: phase.every.into(),
            times: phase.times,
        });
        let offer = access::Offer {
            id: pitch.offer.as_str().into(),
            audience: OfferFor::Everyone,
            grants: pitch.grants.clone(),
            phases: phases.collect(),
            price: pitch.price.size(),
            every: every.into(),
            goes_on: pitch.goes_on,
            opens: None,
            ends: pitch.ends,
            closes: pitch.closes,
            link: None,
        };
        Some(self.messages.offer(self.locale, &offer, None))
    }

    /// What it lets one do.
    pub(crate) fn benefits(&self, sort: &Sort<'_>) -> Vec<String> {
        if sort.is_story {
            return vec![self.text("shop-benefit-story", &[])];
        }
        let said = |grant: &EntitlementName| {
            self.text("shop-benefit", &[("grant", Arg::Word(grant.as_str()))])
        };
        sort.grants.iter().map(said).collect()
    }
}

impl Pages {
    /// Whoever says things in the reader's language.
    pub(crate) fn speaker<'a>(&'a self, visit: &'a Visit<'_>) -> Speaker<'a> {
        Speaker {
            messages: self.templates.messages(),
            locale: &visit.locale,
            zone: &self.settings.zone,
            publication: &self.settings.name,
            now: visit.request.now,
        }
    }
}
