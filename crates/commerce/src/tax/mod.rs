//! Which tax a sale bears, and how a price is divided into net and tax.
//!
//! Rates are the publisher's configuration, by country, class of goods and
//! date. This module applies them; it doesn't know any law, looks no customer
//! up and checks no VAT id.
//!
//! Rounding: each line of a bill by itself, commercially (halves away from
//! nought), to the currency's minor unit. Net and tax of a line always add up
//! to what the customer pays for it.

mod rate;
mod rates;

use access::Country;
use serde::{Deserialize, Serialize};

pub use rate::{NotARate, TaxRate};
pub use rates::{DatedRate, TaxRates, TaxRatesError};

use crate::money::{Money, MoneyError, Rounding};

/// Whether prices are stated with tax or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxBasis {
    /// The price is what a consumer pays, the same everywhere.
    Inclusive,
    /// Tax is added to the price.
    Exclusive,
}

/// What a customer is to the tax authorities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxStatus {
    /// Where the customer is established; taxes are that country's.
    #[serde(with = "crate::wire::country")]
    pub country: Country,
    /// A business whose VAT id has been checked. The id itself is kept with the
    /// account and printed on invoices; facts don't hold it.
    pub business: bool,
}

impl TaxStatus {
    /// A consumer in a country.
    pub fn consumer(country: Country) -> Self {
        Self {
            country,
            business: false,
        }
    }

    /// A business in a country, its VAT id checked.
    pub fn business(country: Country) -> Self {
        Self {
            country,
            business: true,
        }
    }
}

/// How one sale is taxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Taxation {
    /// At a country's rate.
    Charged {
        /// Whose tax it is.
        #[serde(with = "crate::wire::country")]
        country: Country,
        /// The rate.
        rate: TaxRate,
    },
    /// The customer, a business abroad, owes the tax itself; the invoice has to
    /// say so.
    ReverseCharge {
        /// The customer's country.
        #[serde(with = "crate::wire::country")]
        country: Country,
        /// The rate that a consumer there would pay. A price that includes tax
        /// is reduced by it.
        rate: TaxRate,
    },
    /// The publisher isn't registered for any tax on it.
    NotCharged,
}

/// A price divided. `net + tax` is what the customer pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// What the publisher earns.
    pub net: Money,
    /// What the tax authority gets.
    pub tax: Money,
}

impl Split {
    /// What the customer pays.
    pub fn total(self) -> Result<Money, MoneyError> {
        self.net.plus(self.tax)
    }
}

impl Taxation {
    /// Divides a stated price; negative ones, of credits, likewise.
    pub fn split(self, price: Money, basis: TaxBasis) -> Result<Split, MoneyError> {
        let nothing = Money::zero(price.currency());
        let within = |rate: TaxRate| price.part(rate.within(), Rounding::HalfUp);
        match (self, basis) {
            (Self::Charged { rate, .. }, TaxBasis::Inclusive) => {
                let tax = within(rate)?;
                Ok(Split {
                    net: price.minus(tax)?,
                    tax,
                })
            }
            (Self::Charged { rate, .. }, TaxBasis::Exclusive) => Ok(Split {
                net: price,
                tax: price.part(rate.on_top(), Rounding::HalfUp)?,
            }),
            (Self::ReverseCharge { rate, .. }, TaxBasis::Inclusive) => Ok(Split {
                net: price.minus(within(rate)?)?,
                tax: nothing,
            }),
            (Self::ReverseCharge { .. }, TaxBasis::Exclusive) | (Self::NotCharged, _) => {
                Ok(Split {
                    net: price,
                    tax: nothing,
                })
            }
        }
    }

    /// The price that was stated for a net amount: the reverse of
    /// [`split`](Self::split), to the rounding.
    pub fn stated(self, net: Money, basis: TaxBasis) -> Result<Money, MoneyError> {
        match (self, basis) {
            (
                Self::Charged { rate, .. } | Self::ReverseCharge { rate, .. },
                TaxBasis::Inclusive,
            ) => net.plus(net.part(rate.on_top(), Rounding::HalfUp)?),
            _ => Ok(net),
        }
    }

    /// Whose tax it is, where one is charged.
    pub fn country(self) -> Option<Country> {
        match self {
            Self::Charged { country, .. } => Some(country),
            Self::ReverseCharge { .. } | Self::NotCharged => None,
        }
    }
}
