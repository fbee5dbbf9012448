//! The publisher's table of rates, by country, class and date.

use access::Country;
use jiff::civil::Date;
use thiserror::Error;

use super::{TaxRate, TaxStatus, Taxation};
use crate::ids::TaxClass;

/// A rate from a day on, until the next one of the same country and class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatedRate {
    /// Whose tax it is.
    pub country: Country,
    /// What is taxed.
    pub class: TaxClass,
    /// The first day, in the publication's zone.
    pub from: Date,
    /// The rate.
    pub rate: TaxRate,
}

/// All rates of a publication. Without any, no tax is ever charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxRates {
    seller: Country,
    /// Sorted by country, class and day.
    rates: Vec<DatedRate>,
    reverse_charge: Vec<Country>,
}

/// A table that contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TaxRatesError {
    /// Two rates begin on one day.
    #[error("{country} has two rates for \"{class}\" from {from}; leave one out")]
    Twice {
        /// The country.
        country: Country,
        /// The class.
        class: TaxClass,
        /// The day.
        from: Date,
    },
}

impl TaxRates {
    /// The table of a seller established in `seller`. Businesses in the
    /// countries of `reverse_charge` (for a seller in the European Union: its
    /// members) owe the tax themselves, unless they are in the seller's own.
    pub fn new(
        seller: Country,
        mut rates: Vec<DatedRate>,
        reverse_charge: Vec<Country>,
    ) -> Result<Self, TaxRatesError> {
        let order = |rate: &DatedRate| (rate.country.to_string(), rate.class.clone(), rate.from);
        rates.sort_by_key(order);
        for pair in rates.windows(2) {
            if let [one, other] = pair
                && order(one) == order(other)
            {
                return Err(TaxRatesError::Twice {
                    country: one.country,
                    class: one.class.clone(),
                    from: one.from,
                });
            }
        }
        Ok(Self {
            seller,
            rates,
            reverse_charge,
        })
    }

    /// The table of a publisher who charges no tax.
    pub fn none(seller: Country) -> Self {
        Self {
            seller,
            rates: Vec::new(),
            reverse_charge: Vec::new(),
        }
    }

    /// Where the seller is established.
    pub fn seller(&self) -> Country {
        self.seller
    }

    /// What there are rates of, a class as often as it has one.
    pub fn classes(&self) -> impl Iterator<Item = &TaxClass> {
        self.rates.iter().map(|rate| &rate.class)
    }

    /// The rate of a class in a country on a day; `None` where the publisher
    /// has listed none, and so charges none.
    pub fn rate(&self, country: Country, class: &TaxClass, day: Date) -> Option<TaxRate> {
        self.rates
            .iter()
            .filter(|rate| rate.country == country && rate.class == *class && rate.from <= day)
            .max_by_key(|rate| rate.from)
            .map(|rate| rate.rate)
    }

    /// How a sale to such a customer on a day is taxed.
    pub fn taxation(&self, customer: TaxStatus, class: &TaxClass, day: Date) -> Taxation {
        let country = customer.country;
        let rate = self.rate(country, class, day);
        let reverses =
            customer.business && country != self.seller && self.reverse_charge.contains(&country);
        match rate {
            _ if reverses => Taxation::ReverseCharge {
                country,
                rate: rate.unwrap_or(TaxRate::ZERO),
            },
            Some(rate) => Taxation::Charged { country, rate },
            None => Taxation::NotCharged,
        }
    }
}
