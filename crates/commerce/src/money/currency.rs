//! The currencies of ISO 4217 and how many decimal places each has.
//!
//! Not here: symbols and how a locale writes an amount, which are the business
//! of whoever shows it.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Currencies without a minor unit in use; like the others, in the order of
/// their codes.
const NO_DECIMALS: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
    "XAF", "XOF", "XPF",
];

/// Currencies whose major unit has a hundred minor ones.
const TWO_DECIMALS: &[&str] = &[
    "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BMD",
    "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF", "CNY", "COP",
    "CRC", "CUP", "CVE", "CZK", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP",
    "GBP", "GEL", "GHS", "GIP", "GMD", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS",
    "INR", "IRR", "JMD", "KES", "KGS", "KHR", "KPW", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD",
    "LSL", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN",
    "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "PAB", "PEN", "PGK", "PHP", "PKR",
    "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SBD", "SCR", "SDG", "SEK", "SGD", "SHP", "SLE",
    "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TOP", "TRY", "TTD",
    "TWD", "TZS", "UAH", "USD", "UYU", "UZS", "VED", "VES", "WST", "XCD", "XCG", "YER", "ZAR",
    "ZMW", "ZWG",
];

/// Currencies whose major unit has a thousand minor ones.
const THREE_DECIMALS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// A currency by its ISO 4217 code.
///
/// Only what is legal tender somewhere: no metals, no funds, no test codes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// The code isn't one that money can be asked in.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{code}\" is no currency of ISO 4217; write three capitals such as USD")]
pub struct UnknownCurrency {
    /// What was written.
    pub code: String,
}

impl Currency {
    /// Reads a code in capitals.
    pub fn parse(code: &str) -> Result<Self, UnknownCurrency> {
        let unknown = || UnknownCurrency {
            code: code.to_owned(),
        };
        let letters: [u8; 3] = code.as_bytes().try_into().map_err(|_| unknown())?;
        let known = [NO_DECIMALS, TWO_DECIMALS, THREE_DECIMALS]
            .iter()
            .any(|list| list.binary_search(&code).is_ok());
        known.then_some(Self(letters)).ok_or_else(unknown)
    }

    /// The code: three capitals.
    pub fn code(&self) -> &str {
        // Only ASCII capitals are ever put in.
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }

    /// The code as it is told outside of books.
    pub(super) fn letters(self) -> [u8; 3] {
        self.0
    }

    /// How many decimal places the major unit has: 2 for USD, 0 for JPY, 3 for
    /// KWD.
    pub fn exponent(&self) -> u8 {
        if NO_DECIMALS.binary_search(&self.code()).is_ok() {
            0
        } else if THREE_DECIMALS.binary_search(&self.code()).is_ok() {
            3
        } else {
            2
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl TryFrom<String> for Currency {
    type Error = UnknownCurrency;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::parse(&code)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_three_capitals_and_in_one_list_only_in_order() {
        for list in [NO_DECIMALS, TWO_DECIMALS, THREE_DECIMALS] {
            assert!(list.is_sorted(), "they are looked up by halves");
        }
        let mut all: Vec<&str> = [NO_DECIMALS, TWO_DECIMALS, THREE_DECIMALS].concat();
        assert!(
            all.iter()
                .all(|code| code.len() == 3 && code.bytes().all(|c| c.is_ascii_uppercase()))
        );
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn what_is_no_currency_is_refused() {
        for code in ["", "usd", "US", "USDX", "XAU", "XXX", "ÄÖ", "€"] {
            assert!(Currency::parse(code).is_err(), "{code}");
        }
        for (code, exponent) in [("USD", 2), ("JPY", 0), ("KWD", 3), ("ISK", 0), ("MRU", 2)] {
            assert_eq!(Currency::parse(code).map(|c| c.exponent()), Ok(exponent));
        }
    }
}
