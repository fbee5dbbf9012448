//! The sections `[products]`, `[plans]`, `[[offers]]`, `[terms]`, `[tax]` and
//! `[invoices]`: what is sold, on which terms, how it is taxed, and who bills it.

mod invoices;
mod offers;
pub(super) mod raw;
mod tax;
mod terms;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::str::FromStr;

use access::{EntitlementName, Offers};
use commerce::calendar::{Interval, Zone};
use commerce::catalog::{Catalog, Entry, Plan, Product, Scope, Seating, Term};
use commerce::ids::{PlanId, ProductId, TaxClass};
use commerce::money::{Currency, Money};
use commerce::tax::TaxRates;
use jiff::tz::TimeZone;
use store::Issuer;
use toml::Spanned;

use super::Config;
use super::check::Check;
use super::errors::{ConfigError, nearest};
use super::raw::File;
use super::values::Many;

/// As what a product is taxed of which nothing is said.
const STANDARD: &str = "standard";

/// What lasts for good.
const ALWAYS: &str = "always";

/// What is sold, and how it is taxed and billed.
#[derive(Clone, Debug)]
pub(crate) struct Sales {
    pub(crate) catalog: Catalog,
    /// What readers see prices in.
    pub(crate) currency: Currency,
    /// `None` where it isn't said where the publisher is established. Nothing can
    /// be paid for then.
    pub(crate) taxed: Option<Taxed>,
}

/// How what is sold is taxed and billed.
#[derive(Clone, Debug)]
pub(crate) struct Taxed {
    /// Without any, no tax is charged.
    pub(crate) rates: TaxRates,
    pub(crate) issuer: Issuer,
}

impl Config {
    /// What walls may hold out.
    pub(crate) fn held_out(&self) -> Offers {
        let sales = self.sales.as_ref();
        sales.map_or_else(Offers::default, |sales| {
            sales.catalog.held_out(sales.currency)
        })
    }
}

impl Check<'_> {
    /// `None` where nothing is sold, and where what is said of it is wrong.
    pub(super) fn sales(&mut self, raw: &File, zone: &TimeZone) -> Option<Sales> {
        let noted = self.errors.len();
        let policy = self.policy(&raw.terms);
        let (tax_basis, rates) = self.tax(&raw.tax);
        let issuer = self.issuer(raw, rates.as_ref());
        let products = self.products(&raw.products);
        if let Some(rates) = &rates {
            self.tax_classes(&raw.products, rates);
        }
        let plans = self.plans(&raw.plans);
        let offers = self.offers(&raw.offers, raw.publication.timezone.get_ref());
        let catalog = Catalog {
            zone: Zone::new(zone.clone()).ok()?,
            tax_basis,
            policy,
            products,
            plans,
            offers,
        };
        if self.errors.len() > noted {
            // What was left out for its mistakes would be missed.
            return None;
        }
        if let Err(complaints) = catalog.check() {
            for complaint in complaints {
                let place = place(raw, complaint.about);
                let message = complaint.error.to_string();
                self.errors.push(match place {
                    Some(span) => ConfigError::at(span, message),
                    None => ConfigError::whole(format!("[terms]: {message}")),
                });
            }
            return None;
        }
        if catalog.plans.is_empty() {
            return None;
        }
        let currency = self.currency(raw, &catalog.plans)?;
        Some(Sales {
            catalog,
            currency,
            taxed: rates
                .zip(issuer)
                .map(|(rates, issuer)| Taxed { rates, issuer }),
        })
    }

    /// The publication's currency; that of all plans, where they have one only.
    fn currency(&mut self, raw: &File, plans: &[Plan]) -> Option<Currency> {
        let prices = plans.iter().flat_map(|plan| &plan.prices);
        let mut sold: Vec<Currency> = prices.map(|price| price.currency()).collect();
        sold.sort_by_key(|currency| currency.code().to_owned());
        sold.dedup();
        let known: Vec<&str> = sold.iter().map(Currency::code).collect();
        let known = known.join(", ");
        match (&raw.publication.currency, sold.as_slice()) {
            (None, [only]) => Some(*only),
            (None, _) => {
                let message = format!("plans are sold in {known}: which of these do readers see?");
                let help = format!(
                    "write one of them as [publication] currency = \"{}\"",
                    sold.first().map_or("USD", Currency::code)
                );
                self.wrong_with_help(&raw.publication.name, message, &help);
                None
            }
            (Some(code), _) => {
                let currency = self.name(code, Currency::parse)?;
                if sold.contains(&currency) {
                    return Some(currency);
                }
                self.wrong(
                    code,
                    format!("nothing is sold in {currency}; plans have {known}"),
                );
                None
            }
        }
    }

    fn products(&mut self, raw: &raw::Products) -> Vec<Product> {
        let product = |(id, raw): (&Spanned<String>, &raw::Product)| {
            let id = self.name(id, ProductId::new);
            let tax_class = self.tax_class(raw.tax.as_ref());
            let grants = &raw.grants.get_ref().0;
            Some(Product {
                id: id?,
                grants: grants.iter().map(EntitlementName::new).collect(),
                scope: if raw.one_story {
                    Scope::OneStory
                } else {
                    Scope::Everything
                },
                delivered: raw.delivered,
                tax_class: tax_class?,
            })
        };
        raw.iter().filter_map(product).collect()
    }

    fn plans(&mut self, raw: &raw::Plans) -> Vec<Plan> {
        let plan = |(id, raw): (&Spanned<String>, &raw::Plan)| {
            let term = self.term(id, raw);
            let id = self.name(id, PlanId::new);
            let product = self.name(&raw.product, ProductId::new);
            let prices = self.prices(&raw.price);
            Some(Plan {
                id: id?,
                product: product?,
                term: term?,
                prices: prices?,
                seats: raw.seats.as_ref().map(|seats| Seating {
                    least: seats.least,
                    most: seats.most,
                }),
            })
        };
        raw.iter().filter_map(plan).collect()
    }

    /// How often a plan is paid for.
    fn term(&mut self, id: &Spanned<String>, raw: &raw::Plan) -> Option<Term> {
        match (&raw.every, &raw.lasts) {
            (Some(every), None) => {
                let every = self.name(every, Interval::from_str)?;
                Some(Term::Renews { every })
            }
            (None, Some(always)) if always.get_ref() == ALWAYS => Some(Term::Once { lasts: None }),
            (None, Some(lasts)) => {
                let lasts = Some(self.name(lasts, Interval::from_str)?);
                Some(Term::Once { lasts })
            }
            (Some(_), Some(lasts)) => {
                let message = "a plan either renews or ends";
                let help = "leave out `every` or `lasts`";
                self.wrong_with_help(lasts, message.to_owned(), help);
                None
            }
            (None, None) => {
                let message = format!(
                    "the plan \"{}\" doesn't say how long it is for",
                    id.get_ref()
                );
                let help = "write every = \"1 month\" for one that renews, lasts = \"1 day\" for one \
                            that is paid once, lasts = \"always\" for what is bought for good";
                self.wrong_with_help(id, message, help);
                None
            }
        }
    }

    /// One price in each currency.
    fn prices(&mut self, raw: &Spanned<Many>) -> Option<Vec<Money>> {
        let read = raw.get_ref().0.iter().map(|text| text.parse());
        let prices: Result<Vec<Money>, commerce::money::NotAnAmount> = read.collect();
        prices
            .map_err(|error| self.wrong(raw, error.to_string()))
            .ok()
    }

    fn tax_class(&mut self, raw: Option<&Spanned<String>>) -> Option<TaxClass> {
        match raw {
            Some(raw) => self.name(raw, TaxClass::new),
            None => TaxClass::new(STANDARD).ok(),
        }
    }

    /// What is written by a rule of `commerce`, which says what is wrong with it.
    pub(in crate::config) fn name<T, E: ToString>(
        &mut self,
        raw: &Spanned<String>,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        read(raw.get_ref())
            .map_err(|error| self.wrong(raw, error.to_string()))
            .ok()
    }

    /// One of a few words.
    pub(in crate::config) fn word<T: Copy>(
        &mut self,
        raw: &Spanned<String>,
        words: &[(&str, T)],
    ) -> Option<T> {
        let written = raw.get_ref();
        let found = words.iter().find(|(word, _)| word == written);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let help = match nearest(written, known.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("write \"{}\"", known.join("\", \"")),
            };
            self.wrong_with_help(raw, format!("\"{written}\" isn't known here"), &help);
        }
        found.map(|(_, value)| *value)
    }
}

/// Where the entry is written that a complaint is about. Products and plans stand
/// in the catalog as they do in the file's tables.
fn place(raw: &File, about: Entry) -> Option<Range<usize>> {
    let key = match about {
        Entry::Policy => return None,
        Entry::Product(index) => raw.products.keys().nth(index),
        Entry::Plan(index) => raw.plans.keys().nth(index),
        Entry::Offer(index) => raw.offers.get(index).map(raw::Offer::id),
    };
    key.map(Spanned::span)
}
