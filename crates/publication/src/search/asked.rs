//! What the address of a page of results asks for.

use search::{Facet, Filters, MAX_DEPTH, Order, Query};

use crate::desk::parameter;
use crate::view::percent;

/// The parameters that searching knows, in the order in which its links have
/// them. Of each the first is looked at; several values stand in one, with
/// commas between them.
pub const PARAMETERS: [&str; 7] = ["q", "section", "topic", "author", "year", "order", "page"];

/// Stories on one page of results.
pub(crate) const PER_PAGE: usize = 12;

/// The longest value of a filter, in characters: a long topic.
const MAX_VALUE: usize = 100;

/// What is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) query: Query,
    pub(crate) filters: Filters,
    pub(crate) order: Order,
    /// From 1.
    pub(crate) page: usize,
}

impl Asked {
    /// By the query of an address. Whatever makes no sense is left out.
    pub(crate) fn parse(query: &str) -> Self {
        let mut filters = Filters::default();
        for facet in Facet::ALL {
            let values = parameter(query, name(facet)).unwrap_or_default();
            for value in values.split(',').map(str::trim) {
                if !value.is_empty() && value.chars().count() <= MAX_VALUE {
                    filters.choose(facet, value);
                }
            }
        }
        let page = parameter(query, "page").and_then(|page| page.parse().ok());
        Self {
            query: Query::parse(&parameter(query, "q").unwrap_or_default()),
            filters,
            order: match parameter(query, "order").as_deref() {
                Some("newest") => Order::Newest,
                _ => Order::Best,
            },
            page: page.filter(|page| *page > 0).unwrap_or(1),
        }
    }

    /// Whether anything is asked for.
    pub(crate) fn is_something(&self) -> bool {
        !self.query.is_empty() || !self.filters.is_empty()
    }

    /// How many stories come before its page.
    pub(crate) fn skip(&self) -> usize {
        (self.page - 1).saturating_mul(PER_PAGE)
    }

    /// The pages of so many stories.
    pub(crate) fn pages(count: usize) -> usize {
        count.min(MAX_DEPTH).div_ceil(PER_PAGE).max(1)
    }

    /// The address.
    pub(crate) fn path(&self) -> String {
        let mut pairs = Vec::new();
        if !self.query.text().is_empty() {
            pairs.push(format!("q={}", percent(self.query.text())));
        }
        for facet in Facet::ALL {
            let values: Vec<String> = self
                .filters
                .of(facet)
                .iter()
                .map(|value| percent(value))
                .collect();
            if !values.is_empty() {
                pairs.push(format!("{}={}", name(facet), values.join(",")));
            }
        }
        if self.order == Order::Newest {
            pairs.push("order=newest".to_owned());
        }
        if self.page > 1 {
            pairs.push(format!("page={}", self.page));
        }
        if pairs.is_empty() {
            "/search".to_owned()
        } else {
            format!("/search?{}", pairs.join("&"))
        }
    }

    /// The same on another page.
    pub(crate) fn at(&self, page: usize) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    /// The same in another order, from the first page.
    pub(crate) fn ordered(&self, order: Order) -> Self {
        Self {
            order,
            page: 1,
            ..self.clone()
        }
    }

    /// The same with a value chosen, or no longer, from the first page.
    pub(crate) fn toggled(&self, facet: Facet, value: &str) -> Self {
        let mut filters = Filters::default();
        for known in Facet::ALL {
            for chosen in self.filters.of(known) {
                if known != facet || chosen != value {
                    filters.choose(known, chosen);
                }
            }
        }
        if !self.filters.of(facet).iter().any(|chosen| chosen == value) {
            filters.choose(facet, value);
        }
        Self {
            filters,
            page: 1,
            ..self.clone()
        }
    }

    /// The same without filters.
    pub(crate) fn wide(&self) -> Self {
        Self {
            filters: Filters::default(),
            page: 1,
            ..self.clone()
        }
    }
}

/// The name of a facet in addresses.
pub(crate) fn name(facet: Facet) -> &'static str {
    match facet {
        Facet::Section => "section",
        Facet::Topic => "topic",
        Facet::Author => "author",
        Facet::Year => "year",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_understood_and_written_again() {
        for (query, path) in [
            ("", "/search"),
            ("q=tide+gauge", "/search?q=tide%20gauge"),
            ("page=2&q=tide", "/search?q=tide&page=2"),
            ("q=tide&page=0", "/search?q=tide"),
            ("q=tide&page=x", "/search?q=tide"),
            ("q=tide&q=other", "/search?q=tide"),
            (
                "q=tide&section=city,%20sport,&year=2026",
                "/search?q=tide&section=city,sport&year=2026",
            ),
            ("q=tide&order=newest", "/search?q=tide&order=newest"),
            ("q=tide&order=oldest", "/search?q=tide"),
            (
                "topic=%E9%81%B8%E6%8C%99",
                "/search?topic=%E9%81%B8%E6%8C%99",
            ),
            ("q=a%26b%3Dc%23", "/search?q=a%26b%3Dc%23"),
        ] {
            assert_eq!(Asked::parse(query).path(), path, "{query}");
        }
        let long = format!("section={}", "x".repeat(MAX_VALUE + 1));
        assert_eq!(Asked::parse(&long).path(), "/search");
    }

    #[test]
    fn choosing_twice_is_not_choosing() {
        let asked = Asked::parse("q=tide&section=city&page=3");
        let both = asked.toggled(Facet::Section, "sport");
        assert_eq!(both.path(), "/search?q=tide&section=city,sport");
        let one = both.toggled(Facet::Section, "city");
        assert_eq!(one.path(), "/search?q=tide&section=sport");
        assert_eq!(one.wide().path(), "/search?q=tide");
        assert_eq!(
            asked.ordered(Order::Newest).path(),
            "/search?q=tide&section=city&order=newest"
        );
    }
}
