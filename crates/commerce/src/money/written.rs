//! Amounts as configuration and logs write them: `14.90 USD`.
//!
//! One spelling for machines and publishers. What readers see is written by
//! the rules of their locale, elsewhere.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use super::{Currency, Money, UnknownCurrency};

/// Why a text is no amount.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotAnAmount {
    /// Not a number, a space and a code.
    #[error("\"{0}\" is no amount; write it as \"14.90 USD\"")]
    Shape(String),
    /// The currency isn't known.
    #[error(transparent)]
    Currency(#[from] UnknownCurrency),
    /// More or fewer decimals than the currency has.
    #[error("{currency} has {expected} decimal places; write \"{example}\"")]
    Decimals {
        /// The currency.
        currency: Currency,
        /// How many decimals it has.
        expected: u8,
        /// The amount as it might have been meant.
        example: String,
    },
    /// Larger than can be reckoned with.
    #[error("\"{0}\" is more than can be charged")]
    TooLarge(String),
}

impl FromStr for Money {
    type Err = NotAnAmount;

    /// Reads digits, perhaps a point and all the currency's decimals, a space
    /// and the code. Whole amounts may leave the decimals out: `9 USD`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shape = || NotAnAmount::Shape(text.to_owned());
        let (number, code) = text.split_once(' ').ok_or_else(shape)?;
        let (negative, digits) = match number.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, number),
        };
        let (whole, decimals) = match digits.split_once('.') {
            Some((whole, decimals)) => (whole, Some(decimals)),
            None => (digits, None),
        };
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
        if !all_digits(whole) || decimals.is_some_and(|part| !all_digits(part)) {
            return Err(shape());
        }
        let currency = Currency::parse(code)?;
        let places = usize::from(currency.exponent());
        let decimals = decimals.map_or_else(|| "0".repeat(places), str::to_owned);
        if decimals.len() != places {
            let example = match places {
                0 => format!("{whole} {currency}"),
                _ => format!("{whole}.{decimals:0<places$.places$} {currency}"),
            };
            return Err(NotAnAmount::Decimals {
                currency,
                expected: currency.exponent(),
                example,
            });
        }
        let minor: i64 = format!("{whole}{decimals}")
            .parse()
            .map_err(|_| NotAnAmount::TooLarge(text.to_owned()))?;
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.currency().exponent();
        let (sign, size) = (
            if self.is_negative() { "-" } else { "" },
            self.minor().unsigned_abs(),
        );
        let unit = 10_u64.pow(places.into());
        let (whole, rest) = (size / unit, size % unit);
        match places {
            0 => write!(f, "{sign}{whole} {}", self.currency()),
            _ => write!(
                f,
                "{sign}{whole}.{rest:0width$} {}",
                self.currency(),
                width = usize::from(places)
            ),
        }
    }
}

impl TryFrom<String> for Money {
    type Error = NotAnAmount;

    fn try_from(text: String) -> Result<Self, NotAnAmount> {
        text.parse()
    }
}

impl From<Money> for String {
    fn from(money: Money) -> Self {
        money.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_with_all_decimals_of_its_currency_and_no_other() {
        let rows = [
            ("14.90 USD", Ok((1490, "14.90 USD"))),
            ("9 USD", Ok((900, "9.00 USD"))),
            ("-0.05 EUR", Ok((-5, "-0.05 EUR"))),
            ("1500 JPY", Ok((1500, "1500 JPY"))),
            ("1.250 KWD", Ok((1250, "1.250 KWD"))),
            ("3 KWD", Ok((3000, "3.000 KWD"))),
            (
                "14.9 USD",
                Err("USD has 2 decimal places; write \"14.90 USD\""),
            ),
            (
                "1500.00 JPY",
                Err("JPY has 0 decimal places; write \"1500 JPY\""),
            ),
            (
                "14,90 USD",
                Err("\"14,90 USD\" is no amount; write it as \"14.90 USD\""),
            ),
            (
                "USD 14.90",
                Err("\"USD 14.90\" is no amount; write it as \"14.90 USD\""),
            ),
            (
                "14.90",
                Err("\"14.90\" is no amount; write it as \"14.90 USD\""),
            ),
            (
                "14.90 ",
                Err("\"\" is no currency of ISO 4217; write three capitals such as USD"),
            ),
            (
                "99999999999999999999 JPY",
                Err("\"99999999999999999999 JPY\" is more than can be charged"),
            ),
        ];
        for (text, expected) in rows {
            let read: Result<Money, _> = text.parse();
            let read = read.map(|money| (money.minor(), money.to_string()));
            let expected = expected
                .map(|(minor, written)| (minor, written.to_owned()))
                .map_err(str::to_owned);
            assert_eq!(read.map_err(|error| error.to_string()), expected, "{text}");
        }
    }
}
