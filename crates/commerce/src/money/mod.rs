//! Amounts of money: whole minor units with a currency, never a fraction.
//!
//! Everything is exact. What can overflow says so with [`MoneyError`]; what
//! has to be rounded names its [`Rounding`]; what is divided is
//! [allocated](Money::allocate) so that no unit is lost or made. Nothing here
//! converts one currency into another.

mod allocate;
mod currency;
mod ratio;
mod written;

use std::fmt;

use access::Price;
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub use currency::{Currency, UnknownCurrency};
pub use ratio::{Ratio, Rounding};
pub use written::NotAnAmount;

/// An amount in a currency's minor units: cents of a dollar, whole yen, fils
/// of a dinar. May be negative: a credit, or one side of a posting.
///
/// Written down it is a short text, `14.90 USD`, as in configuration.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// Why two amounts have no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// The result is outside of ± 9.2 × 10¹⁸ minor units.
    #[error("an amount of {0} is too large to reckon with; nobody is charged that much")]
    Overflow(Currency),
    /// Amounts of two currencies were put together.
    #[error("{0} and {1} can't be put together; keep a sum for each currency")]
    CurrencyMismatch(Currency, Currency),
    /// There is nothing to allocate by: no shares, or all are nought.
    #[error("an amount can't be allocated to nobody; give at least one share above nought")]
    NoShares,
}

impl Money {
    /// So many minor units.
    pub fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing, in a currency.
    pub fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The minor units.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// How much it is, on whichever side of nought: what walls, pages and letters
    /// put into words.
    pub fn size(self) -> Price {
        Price {
            minor: self.minor.unsigned_abs(),
            decimals: self.currency.exponent(),
            currency: self.currency.letters(),
        }
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Whether it is more than nothing.
    pub fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// Whether it is less than nothing.
    pub fn is_negative(self) -> bool {
        self.minor < 0
    }

    /// The sum.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        self.checked(self.minor.checked_add(other.minor))
    }

    /// The difference.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        self.checked(self.minor.checked_sub(other.minor))
    }

    /// The same amount the other way.
    pub fn negated(self) -> Result<Self, MoneyError> {
        self.checked(self.minor.checked_neg())
    }

    /// So many times the amount.
    pub fn times(self, count: u32) -> Result<Self, MoneyError> {
        self.checked(self.minor.checked_mul(i64::from(count)))
    }

    /// The smaller of two amounts.
    pub fn at_most(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        Ok(Self::new(self.minor.min(other.minor), self.currency))
    }

    /// The sum of amounts in one currency; nothing where there are none.
    pub fn sum(
        currency: Currency,
        amounts: impl IntoIterator<Item = Self>,
    ) -> Result<Self, MoneyError> {
        amounts
            .into_iter()
            .try_fold(Self::zero(currency), Self::plus)
    }

    fn same(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            return Ok(());
        }
        Err(MoneyError::CurrencyMismatch(self.currency, other.currency))
    }

    fn checked(self, minor: Option<i64>) -> Result<Self, MoneyError> {
        minor
            .map(|minor| Self::new(minor, self.currency))
            .ok_or(MoneyError::Overflow(self.currency))
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::new(minor, Currency::parse(code).expect("a currency"))
    }

    #[test]
    fn what_is_too_large_or_of_two_currencies_is_an_error() {
        let (most, one) = (money(i64::MAX, "USD"), money(1, "USD"));
        let overflow = Err(MoneyError::Overflow(one.currency()));
        assert_eq!(most.plus(one), overflow);
        assert_eq!(money(i64::MIN, "USD").minus(one), overflow);
        assert_eq!(money(i64::MIN, "USD").negated(), overflow);
        assert_eq!(most.times(2), overflow);
        let yen = money(1, "JPY");
        let mismatch = MoneyError::CurrencyMismatch(one.currency(), yen.currency());
        assert_eq!(one.plus(yen), Err(mismatch));
        assert_eq!(one.minus(yen), Err(mismatch));
        assert_eq!(one.at_most(yen), Err(mismatch));
        assert_eq!(Money::sum(one.currency(), [one, yen]), Err(mismatch));
    }
}
