//! The section `[tax]`.

use std::str::FromStr;

use access::Country;
use commerce::ids::TaxClass;
use commerce::tax::{DatedRate, TaxBasis, TaxRate, TaxRates};
use jiff::civil::{Date, date};
use toml::Spanned;

use super::{STANDARD, raw};
use crate::config::check::Check;
use crate::config::errors::nearest;

/// Since when a rate holds of which no day is said: before anything was sold.
const ALWAYS: Date = date(1900, 1, 1);

impl Check<'_> {
    /// Whether prices include tax, and at which rates it is charged.
    pub(super) fn tax(&mut self, raw: &raw::Tax) -> (TaxBasis, Option<TaxRates>) {
        let words = [
            ("include tax", TaxBasis::Inclusive),
            ("exclude tax", TaxBasis::Exclusive),
        ];
        let basis = raw.prices.as_ref().and_then(|word| self.word(word, &words));
        (basis.unwrap_or(TaxBasis::Inclusive), self.rates(raw))
    }

    /// What is taxed as something of which there is no rate would be sold without
    /// tax, and nobody would notice.
    pub(super) fn tax_classes(&mut self, products: &raw::Products, rates: &TaxRates) {
        if rates.classes().next().is_none() {
            return;
        }
        for (id, product) in products {
            let class = product.tax.as_ref().map_or(STANDARD, |tax| tax.get_ref());
            let known = || rates.classes().map(TaxClass::as_str);
            // What is no class was noted.
            if known().any(|known| known == class) || TaxClass::new(class).is_err() {
                continue;
            }
            let message = format!(
                "the product \"{}\" is taxed as \"{class}\", of which [tax] has no rate",
                id.get_ref()
            );
            let help = match nearest(class, known()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!(
                    "write one into [tax] rates, with class = \"{class}\": \"0 %\" where it bears none"
                ),
            };
            self.wrong_with_help(product.tax.as_ref().unwrap_or(id), message, &help);
        }
    }

    fn rates(&mut self, raw: &raw::Tax) -> Option<TaxRates> {
        let rates: Vec<DatedRate> = raw
            .rates
            .iter()
            .filter_map(|rate| self.rate(rate.get_ref()))
            .collect();
        let reverse_charge: Vec<Country> = raw
            .reverse_charge
            .iter()
            .filter_map(|code| self.country(code))
            .collect();
        let Some(seller) = &raw.seller else {
            if let Some(first) = raw.rates.first() {
                let message = "rates are for a seller, whose country isn't said";
                let help = "write seller = \"US\", or wherever you are established, into [tax]";
                self.wrong_with_help(first, message.to_owned(), help);
            }
            return None;
        };
        let country = self.country(seller)?;
        TaxRates::new(country, rates, reverse_charge)
            .map_err(|error| self.wrong(seller, error.to_string()))
            .ok()
    }

    fn rate(&mut self, raw: &raw::Levy) -> Option<DatedRate> {
        let country = self.country(&raw.country);
        let class = self.tax_class(raw.class.as_ref());
        let from = self.day(raw.from.as_ref(), "the publication");
        let rate = self.name(&raw.rate, TaxRate::from_str);
        Some(DatedRate {
            country: country?,
            class: class?,
            from: from.unwrap_or(ALWAYS),
            rate: rate?,
        })
    }

    fn country(&mut self, raw: &Spanned<String>) -> Option<Country> {
        let country = Country::parse(raw.get_ref());
        if country.is_none() {
            let message = format!("\"{}\" is no country code", raw.get_ref());
            self.wrong_with_help(raw, message, "write two letters, for example \"JP\"");
        }
        country
    }
}
