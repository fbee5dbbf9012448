//! The countries that one can live in, as each locale names and orders them.

use std::collections::BTreeMap;

use access::Country;
use prompts::{Arg, Locale, Messages};

use super::view::{CountryName, Typed};

/// The lists, put together once: each holds some 250 names.
pub(crate) struct Countries(BTreeMap<Locale, Vec<CountryName>>);

impl Countries {
    pub(crate) fn load(messages: &Messages) -> Self {
        let list = |locale: &Locale| {
            let order = messages.text(locale, "country-order", &[]);
            let name = |code: &str| CountryName {
                code: code.to_owned(),
                name: messages.text(locale, "country-name", &[("country", Arg::Word(code))]),
            };
            order.split_whitespace().map(name).collect()
        };
        let locales = messages.locales().iter();
        Self(
            locales
                .map(|locale| (locale.clone(), list(locale)))
                .collect(),
        )
    }

    /// The list of a locale that there are messages for.
    pub(crate) fn of(&self, locale: &Locale) -> &[CountryName] {
        self.0.get(locale).map_or(&[], Vec::as_slice)
    }

    /// The country that was chosen, if it is one of the list.
    pub(crate) fn chosen(&self, locale: &Locale, typed: &Typed) -> Option<Country> {
        let chosen = typed.country()?;
        let code = chosen.to_string();
        let is_one = self.of(locale).iter().any(|country| country.code == code);
        is_one.then_some(chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_lists_the_same_countries_by_name() {
        let messages = Messages::load(None).expect("messages");
        let countries = Countries::load(&messages);
        let codes = |locale: &Locale| {
            let list = countries.of(locale).iter();
            let mut codes: Vec<_> = list.map(|country| country.code.clone()).collect();
            codes.sort();
            codes
        };
        let english = codes(&Locale::english());
        assert!(english.len() > 240, "{}", english.len());
        for locale in messages.locales() {
            assert_eq!(codes(locale), english, "{locale}");
            for country in countries.of(locale) {
                assert_ne!(country.name, country.code, "{locale}");
            }
        }
        let german: Locale = "de".parse().expect("a locale");
        let named = |code: &str| {
            let list = countries.of(&german);
            list.iter().position(|country| country.code == code)
        };
        // Österreich comes before Polen, not after Zypern.
        assert!(named("AT") < named("PL"));
    }
}
