//! The section `[payments]`: who moves the money.

use std::collections::BTreeSet;

use commerce::catalog::Catalog;
use commerce::money::{Currency, Money};
use providers::stripe::{
    BaseUrl, PublishableKey, SecretKey, Settings, WebhookSecret, chargeable, is_coarse,
};
use store::Stakes;
use toml::Spanned;

use super::raw;
use crate::config::ConfigError;
use crate::config::check::Check;
use crate::config::raw::File;

/// Secrets that webhooks may be signed with: one, and the next during a change.
const MOST_WEBHOOK_SECRETS: usize = 2;

/// Who moves the money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Payments {
    /// Nobody: it is play money.
    Sandbox,
    /// Stripe, or a server that speaks as it does.
    Stripe(Box<Settings>),
}

impl Payments {
    /// Which money it moves.
    pub(crate) fn stakes(&self) -> Stakes {
        match self {
            Self::Stripe(settings) if settings.key.is_live() => Stakes::Real,
            Self::Stripe(_) | Self::Sandbox => Stakes::Play,
        }
    }

    /// What should be looked at though money can be taken, each in a sentence.
    pub(in crate::config) fn doubts(
        &self,
        is_test: bool,
        catalog: Option<&Catalog>,
    ) -> Vec<String> {
        let Self::Stripe(settings) = self else {
            return Vec::new();
        };
        let mut doubts = Vec::new();
        if !is_test && self.stakes() == Stakes::Play {
            doubts.push(
                "the key in [payments] moves no real money, so everybody can subscribe with one of \
                 Stripe's test cards. Name a live key; or, to try things out, test = true in \
                 [publication]"
                    .to_owned(),
            );
        }
        if settings.webhook_secrets.is_empty() {
            doubts.push(
                "[payments] names no webhook_secrets, so nothing that Stripe tells by itself is \
                 believed: the books never hear that a bank has taken a payment back, or that \
                 money was given back in Stripe's dashboard. Add a webhook there, and name its \
                 secret"
                    .to_owned(),
            );
        }
        let prices = catalog.map(prices).unwrap_or_default();
        let refused = prices.iter().filter_map(|price| chargeable(*price).err());
        doubts.extend(refused.map(|error| format!("nobody can pay one of the prices: {error}")));
        let currencies: BTreeSet<Currency> = prices.iter().map(|price| price.currency()).collect();
        let coarse = currencies.into_iter().filter(|it| is_coarse(*it));
        doubts.extend(coarse.map(|currency| {
            format!(
                "Stripe takes {currency} in coarser amounts than it has. What is calculated may \
                 come to one that can't be charged, or given back: a tax on top of the price, a \
                 change of plan within a period. Choose terms and prices by which nothing does, \
                 or another currency"
            )
        }));
        doubts
    }
}

/// Whatever a period costs, but nothing.
fn prices(catalog: &Catalog) -> Vec<Money> {
    let plans = catalog.plans.iter().flat_map(|plan| &plan.prices);
    let phases = catalog.offers.iter().flat_map(|offer| &offer.phases);
    let all = plans.chain(phases.flat_map(|phase| &phase.prices));
    let mut prices = Vec::new();
    for price in all.filter(|price| price.is_positive()) {
        if !prices.contains(price) {
            prices.push(*price);
        }
    }
    prices
}

#[derive(Clone, Copy)]
enum Word {
    Sandbox,
    Stripe,
}

impl Check<'_> {
    /// `None` where nothing can be paid for.
    pub(in crate::config) fn payments(&mut self, raw: &File) -> Option<Payments> {
        let payments = raw.payments.as_ref()?;
        self.needed(raw, payments);
        let payments = payments.get_ref();
        let words = [("sandbox", Word::Sandbox), ("stripe", Word::Stripe)];
        match self.word(&payments.provider, &words)? {
            Word::Sandbox => {
                self.sandbox(raw, payments);
                Some(Payments::Sandbox)
            }
            Word::Stripe => self.stripe(raw, payments),
        }
    }

    /// What taking money takes.
    fn needed(&mut self, raw: &File, at: &Spanned<raw::Payments>) {
        if raw.tax.seller().is_none() {
            let message = "invoices need to say where you are established".to_owned();
            let help = "write seller = \"US\", or wherever that is, into [tax]";
            self.wrong_with_help(at, message, help);
        }
        if raw.mail.is_none() {
            let message = "who pays has an account, and accounts need mail".to_owned();
            let help = "say in [mail] how mail is sent";
            self.wrong_with_help(at, message, help);
        }
    }

    fn sandbox(&mut self, raw: &File, payments: &raw::Payments) {
        if !raw.publication.is_test() {
            let message = "the sandbox takes play money, so everybody could subscribe for nothing";
            let help = "write provider = \"stripe\"; or, to try things out, test = true into \
                        [publication]";
            self.wrong_with_help(&payments.provider, message.to_owned(), help);
        }
        if let Some(place) = payments.of_stripe() {
            let message = "is for Stripe; the sandbox has no keys".to_owned();
            let error = ConfigError::at(place, message).help("take it out");
            self.errors.push(error.hidden());
        }
    }

    fn stripe(&mut self, raw: &File, payments: &raw::Payments) -> Option<Payments> {
        let at = &payments.provider;
        let missing = |key: &str| format!("Stripe needs a {key}");
        let secret = payments.secret_key.as_ref();
        if secret.is_none() {
            let help = "write secret_key = { file = \"stripe.key\" }, or { env = \"STRIPE_KEY\" }";
            self.wrong_with_help(at, missing("secret_key"), help);
        }
        let publishable = payments.publishable_key.as_ref();
        if publishable.is_none() {
            let help = "write publishable_key = \"pk_…\": browsers are told it, so it stands here";
            self.wrong_with_help(at, missing("publishable_key"), help);
        }
        let key = secret.and_then(|secret| self.kept(secret, SecretKey::new));
        let publishable = publishable.and_then(|key| self.name(key, PublishableKey::new));
        let webhook_secrets = self.webhook_secrets(&payments.webhook_secrets);
        if let (Some(key), Some(test)) = (&key, &raw.publication.test)
            && *test.get_ref()
            && key.is_live()
        {
            let message = "the clock of a test publication can be moved, and the key in [payments] \
                           moves real money";
            let help = "name a test key (sk_test_…) there, or take test out";
            self.wrong_with_help(test, message.to_owned(), help);
        }
        if let (Some(key), Some(publishable), Some(place)) =
            (&key, &publishable, &payments.publishable_key)
            && key.is_live() != publishable.is_live()
        {
            let money = |is_live| if is_live { "real" } else { "test" };
            let message = format!(
                "this key is for {} money, and the one that secret_key names for {} money",
                money(publishable.is_live()),
                money(key.is_live())
            );
            let help = "copy both from one page of Stripe's dashboard: browsers would enter cards \
                        that can't be charged";
            self.wrong_with_help(place, message, help);
        }
        let base = match &payments.base_url {
            Some(url) => Some(self.base(url, key.as_ref())?),
            None => None,
        };
        let mut settings = Settings::new(key?, publishable?, webhook_secrets?);
        if let Some(base) = base {
            settings.base = base;
        }
        let authorities = payments.authorities.as_ref();
        settings.authorities = authorities.map(|file| self.folder.join(file));
        Some(Payments::Stripe(Box::new(settings)))
    }

    /// Somewhere else than Stripe, which is no place for a key that moves real
    /// money.
    fn base(&mut self, url: &Spanned<String>, key: Option<&SecretKey>) -> Option<BaseUrl> {
        let base: BaseUrl = self.name(url, str::parse)?;
        if base != BaseUrl::default() && key.is_some_and(SecretKey::is_live) {
            let message = format!(
                "the key in [payments] moves real money, and is told to Stripe alone, not to {base}"
            );
            let help = "take base_url out; or, to try things out, name a test key (sk_test_…)";
            self.wrong_with_help(url, message, help);
            return None;
        }
        Some(base)
    }

    fn webhook_secrets(&mut self, raw: &[Spanned<raw::Kept>]) -> Option<Vec<WebhookSecret>> {
        if let Some(one) = raw.get(MOST_WEBHOOK_SECRETS) {
            let message =
                format!("webhooks are signed with at most {MOST_WEBHOOK_SECRETS} secrets");
            let help = "keep the old one and the new one until Stripe uses only the new one";
            self.wrong_with_help(one, message, help);
        }
        raw.iter()
            .map(|secret| self.kept(secret, WebhookSecret::new))
            .collect()
    }
}
