//! The checkout of an offer: what it comes to, and the fields to fill in.

use access::Country;
use billing::{BillingError, Chosen, FormToken, Quote};
use commerce::catalog::{NotOffered, Scope, Seating, Term};
use commerce::ids::OfferId;
use commerce::tax::TaxStatus;
use http::{Method, StatusCode};
use providers::payment::Provider;

use super::Shop;
use super::notices::{HAS, NO_STORY};
use super::offers::{Gone, Passed};
use super::view::{Checkout, Errors, KnownCard, SeatsRange, Summary, Typed};
use crate::again::NotTaken;
use crate::limits::Act;
use crate::pages::{Answer, Fault, Visit};
use crate::view::To;

/// What is looked at: an offer, and what was chosen about it.
pub(super) struct Look<'a> {
    pub(super) offer: &'a OfferId,
    pub(super) passed: Passed,
    pub(super) typed: Typed,
    /// What is wrong with what was typed.
    pub(super) errors: Errors,
    /// The form that was sent; another is drawn where there is none, or where
    /// it has been used.
    pub(super) form: Option<FormToken>,
    /// Why a payment failed, in one word.
    pub(super) declined: Option<&'static str>,
    /// Whether amounts or terms have changed since they were shown.
    pub(super) changed: bool,
    /// Why what was sent isn't taken, whatever is in it.
    pub(super) not_taken: Option<NotTaken>,
}

/// What an offer comes to.
pub(super) struct Reckoned {
    pub(super) chosen: Chosen,
    pub(super) country: Country,
    pub(super) tax: TaxStatus,
    pub(super) quote: Quote,
    pub(super) summary: Summary,
    /// `subscription`, `trial` (which is over by itself), `once` or `gift`.
    pub(super) kind: &'static str,
    pub(super) delivered: bool,
    seats: Option<Seating>,
}

/// Why it comes to nothing.
pub(super) enum Nothing {
    /// The offer can't be had.
    Gone(NotOffered),
    /// It is of one story, and that isn't sold.
    NoStory,
    /// They have it.
    Has,
    Fault(Fault),
}

impl From<BillingError> for Nothing {
    fn from(error: BillingError) -> Self {
        match error {
            BillingError::NotOffered(why) => Self::Gone(why),
            BillingError::HasAlready(_) => Self::Has,
            other => Self::Fault(other.into()),
        }
    }
}

impl Shop<'_> {
    pub(super) async fn checkout_page(&self, visit: &Visit<'_>, offer: &OfferId) -> Answer {
        let asked = visit.request.asked();
        let look = Look {
            offer,
            passed: self.passed(visit, &asked),
            typed: self.known_of(visit, &asked, offer).await?,
            errors: Errors::default(),
            form: None,
            declined: self.declined_before(visit, offer).await?,
            changed: false,
            not_taken: None,
        };
        self.checkout(visit, look).await
    }

    /// Shows a checkout, or what there is instead.
    pub(super) async fn checkout(&self, visit: &Visit<'_>, mut look: Look<'_>) -> Answer {
        let reckoned = match self.reckon(visit, &mut look).await {
            Ok(reckoned) => reckoned,
            Err(nothing) => return self.instead(visit, look.offer, nothing).await,
        };
        self.show_checkout(visit, look, reckoned).await
    }

    pub(super) async fn instead(
        &self,
        visit: &Visit<'_>,
        offer: &OfferId,
        nothing: Nothing,
    ) -> Answer {
        match nothing {
            Nothing::Gone(why) => {
                // Who buys is counted; who looks may look as often as they like.
                if visit.request.method == Method::POST {
                    tracing::info!(%offer, %why, "an offer couldn't be had");
                } else {
                    tracing::debug!(%offer, %why, "an offer couldn't be had");
                }
                self.offers_page(visit, Some(Gone { offer, why })).await
            }
            Nothing::NoStory => self.say(visit, StatusCode::NOT_FOUND, &NO_STORY),
            Nothing::Has => self.say(visit, StatusCode::CONFLICT, &HAS),
            Nothing::Fault(fault) => Err(fault),
        }
    }

    /// What it comes to. What is wrong with what it depends on is noted, and
    /// the next best taken.
    pub(super) async fn reckon(
        &self,
        visit: &Visit<'_>,
        look: &mut Look<'_>,
    ) -> Result<Reckoned, Nothing> {
        let sales = self.billing.sales();
        let currency = look.passed.currency;
        // Whether it is right or not, or a right one would be told from others.
        if look.passed.code.is_some() {
            let counted = self
                .limits
                .network(Act::Code, visit.request.address, visit.now);
            counted.map_err(|error| Nothing::Fault(error.into()))?;
        }
        let unknown = || Nothing::Gone(NotOffered::Unknown(look.offer.clone()));
        let offer = sales.catalog.offer(look.offer).ok_or_else(unknown)?;
        // First of all: who doesn't know the code learns nothing of the offer,
        // not even in which currency it is sold, or that it is of a story.
        match (&offer.code, &look.passed.code) {
            (Some(_), None) => return Err(Nothing::Gone(NotOffered::CodeNeeded)),
            (Some(code), Some(typed)) if code != typed => {
                return Err(Nothing::Gone(NotOffered::CodeWrong));
            }
            _ => {}
        }
        let held = self.billing.held_out(look.offer, currency);
        let held = held.ok_or(Nothing::Gone(NotOffered::Currency(currency)))?;
        let quantity = match held.seats {
            None => 1,
            Some(Seating { least, most }) => {
                let quantity = look.typed.quantity(least, most);
                if quantity.is_none() {
                    look.errors.quantity = Some("shop-seats-wrong");
                }
                quantity.unwrap_or(least)
            }
        };
        let story = match (held.scope, &look.passed.to) {
            (Scope::Everything, _) => None,
            (Scope::OneStory, None) => return Err(Nothing::NoStory),
            (Scope::OneStory, Some(to)) => {
                let story = self.gate.story(to.as_str()).await;
                Some(story.ok_or(Nothing::NoStory)?)
            }
        };
        let country = self.country(visit, look);
        let chosen = Chosen {
            offer: look.offer.clone(),
            currency,
            quantity,
            code: offer.code.as_ref().and(look.passed.code.clone()),
            story,
        };
        let tax = look.typed.tax(country);
        let account = visit.account();
        let quote = if offer.gift {
            self.billing.quote_gift(account, &chosen, tax).await?
        } else {
            self.billing.quote(account, &chosen, tax).await?
        };
        let speaker = self.speaker(visit);
        let gift = offer.gift.then(|| speaker.length(sales.gifts_redeemable));
        let said = speaker.offer(&held);
        let kind = match held.pitch.term {
            _ if offer.gift => "gift",
            Term::Renews { .. } if quote.ends.is_some() => "trial",
            Term::Renews { .. } => "subscription",
            Term::Once { .. } => "once",
        };
        Ok(Reckoned {
            summary: speaker.summary(&quote, said, gift),
            chosen,
            country,
            tax,
            quote,
            kind,
            delivered: held.delivered && !offer.gift,
            seats: held.seats,
        })
    }

    /// Where they live: what they chose, else where the publication is.
    fn country(&self, visit: &Visit<'_>, look: &mut Look<'_>) -> Country {
        if let Some(country) = self.countries.chosen(&visit.locale, &look.typed) {
            return country;
        }
        if !look.typed.country.is_empty() {
            look.errors.country = Some("shop-country-missing");
        }
        let own = self.billing.sales().tax.seller();
        look.typed.country = own.to_string();
        own
    }

    pub(super) async fn show_checkout(
        &self,
        visit: &Visit<'_>,
        look: Look<'_>,
        reckoned: Reckoned,
    ) -> Answer {
        let Look {
            offer,
            passed,
            mut typed,
            errors,
            form,
            declined,
            changed,
            not_taken,
        } = look;
        let Reckoned {
            summary,
            quote,
            kind,
            delivered,
            seats,
            chosen,
            ..
        } = reckoned;
        let cards = match visit.account() {
            Some(account) if quote.method_needed => self.known_cards(account).await?,
            _ => Vec::new(),
        };
        if typed.method.is_empty() {
            let first = cards.first().map(|card| card.id.clone());
            typed.method = first.unwrap_or_else(|| "new".to_owned());
        }
        if seats.is_some() && typed.quantity.is_empty() {
            typed.quantity = chosen.quantity.to_string();
        }
        let form = match form {
            Some(form) => form,
            None => self.billing.draw_form()?,
        };
        let query = passed.query();
        let is_stripe = self.is_stripe();
        let page = Checkout {
            kind,
            offer: offer.to_string(),
            back: match visit.account() {
                Some(_) => None,
                None => Some(self.back(&format!("subscribe/{offer}{query}"))),
            },
            query,
            currency: passed.currency.code().to_owned(),
            code: chosen.code.map(String::from).unwrap_or_default(),
            summary,
            form: form.to_string(),
            failed: changed || declined.is_some() || !errors.is_none() || not_taken.is_some(),
            declined,
            changed,
            not_taken: not_taken.map(NotTaken::said),
            countries: self.countries.of(&visit.locale).to_vec(),
            seats: seats.map(|Seating { least, most }| SeatsRange { least, most }),
            delivered,
            pays: quote.method_needed,
            cards,
            entry: if is_stripe { "stripe" } else { "sandbox" },
            script: self.asset(crate::assets::card_script()),
            stripe: self.settings.stripe.script.clone(),
            key: self.stripe_key(),
            typed,
            errors,
            to: passed.to.map(To::from),
        };
        let status = if let Some(why) = not_taken {
            why.status()
        } else if page.declined.is_some() && page.errors.is_none() {
            StatusCode::PAYMENT_REQUIRED
        } else if page.changed {
            StatusCode::CONFLICT
        } else if page.failed {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::OK
        };
        let response = self.show(visit, status, &page)?;
        Ok(if is_stripe && page.pays && page.back.is_none() {
            self.with_stripe(response)
        } else {
            response
        })
    }

    pub(crate) async fn known_cards(
        &self,
        account: commerce::ids::AccountId,
    ) -> Result<Vec<KnownCard>, Fault> {
        let cards = self.billing.cards(account).await?;
        let known = cards.into_iter().map(|card| KnownCard {
            id: card.id.to_string(),
            label: card.label,
            until: card.expires.map_or_else(String::new, |until| month(&until)),
        });
        Ok(known.collect())
    }

    pub(crate) fn stripe_key(&self) -> String {
        match self.billing.provider() {
            Provider::Stripe(stripe) => stripe.publishable_key().to_owned(),
            Provider::Sandbox(_) => String::new(),
        }
    }

    pub(crate) fn is_stripe(&self) -> bool {
        matches!(self.billing.provider(), Provider::Stripe(_))
    }
}

/// `2030-05` as cards have it: `05/2030`.
fn month(until: &str) -> String {
    match until.split_once('-') {
        Some((year, month)) => format!("{month}/{year}"),
        None => until.to_owned(),
    }
}
