//! What the address of a page of results asks for.

use crate::form::Form;
use crate::gate::TextWish;

/// By what results are narrowed down, as addresses name it: in the order in which
/// [`TextWish`] has what is chosen.
pub(super) const FACETS: [&str; 4] = ["section", "topic", "author", "year"];

/// Stories on one page of results.
pub(super) const PER_PAGE: usize = 12;

/// The longest search that is looked at, and the longest value, in characters.
pub(super) const LONGEST: usize = 120;

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) words: String,
    pub(super) chosen: [Option<String>; 4],
    pub(super) newest: bool,
    /// From 0.
    pub(super) page: usize,
}

impl Asked {
    /// Whatever makes no sense is left out.
    pub(super) fn read(form: &Form) -> Self {
        let chosen = FACETS.map(|facet| {
            let value = form.trimmed(facet);
            let fits = !value.is_empty() && value.chars().count() <= LONGEST;
            fits.then(|| value.to_owned())
        });
        let page: usize = form.get("page").parse().unwrap_or(1);
        Self {
            words: form.trimmed("q").chars().take(LONGEST).collect(),
            chosen,
            newest: form.get("order") == "newest",
            page: page.saturating_sub(1),
        }
    }

    pub(super) fn wish(&self) -> TextWish {
        TextWish {
            words: self.words.clone(),
            chosen: self.chosen.clone(),
            newest: self.newest,
            from: self.page.saturating_mul(PER_PAGE),
            most: PER_PAGE,
        }
    }

    /// The query of its address.
    pub(super) fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &self.words);
        for (facet, value) in FACETS.iter().zip(&self.chosen) {
            if let Some(value) = value {
                query.append_pair(facet, value);
            }
        }
        if self.newest {
            query.append_pair("order", "newest");
        }
        if self.page > 0 {
            query.append_pair("page", &(self.page + 1).to_string());
        }
        query.finish()
    }

    /// The same with a value chosen or, where it is, no longer; from the first page.
    pub(super) fn toggled(&self, facet: usize, value: &str) -> Self {
        let mut toggled = self.at(0);
        if let Some(chosen) = toggled.chosen.get_mut(facet) {
            *chosen = match chosen.as_deref() {
                Some(known) if known == value => None,
                _ => Some(value.to_owned()),
            };
        }
        toggled
    }

    pub(super) fn at(&self, page: usize) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    pub(super) fn ordered(&self, newest: bool) -> Self {
        Self {
            newest,
            ..self.at(0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_understood_and_written_again() {
        for (query, written) in [
            ("", "q="),
            ("q=tide+gauge", "q=tide+gauge"),
            ("q=+x+&page=2", "q=x&page=2"),
            ("q=x&page=0&order=best", "q=x"),
            ("q=x&page=-1", "q=x"),
            ("q=x&order=newest&year=2026", "q=x&year=2026&order=newest"),
            ("q=a%26b&topic=%E9%81%B8", "q=a%26b&topic=%E9%81%B8"),
        ] {
            let asked = Asked::read(&Form::read(query.as_bytes()));
            assert_eq!(asked.query(), written, "{query}");
        }
        let long = format!("q={}&section={}", "x".repeat(10_240), "y".repeat(121));
        let asked = Asked::read(&Form::read(long.as_bytes()));
        assert_eq!((asked.words.len(), &asked.chosen[0]), (LONGEST, &None));
        let last = Asked::read(&Form::read(format!("page={}", usize::MAX).as_bytes()));
        assert_eq!(last.wish().from, usize::MAX);
    }

    #[test]
    fn choosing_twice_is_not_choosing() {
        let asked = Asked::read(&Form::read(b"q=tide&page=3"));
        let city = asked.toggled(0, "city");
        assert_eq!(city.query(), "q=tide&section=city");
        assert_eq!(city.toggled(0, "sport").query(), "q=tide&section=sport");
        assert_eq!(city.toggled(0, "city").query(), "q=tide");
    }
}
