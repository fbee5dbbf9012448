//! Cards, as far as anybody here may know them, and how one is entered.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{ClientSecret, MethodToken};
use commerce::payment::DeclineReason;

/// A card that may be charged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Method {
    /// What the provider calls it.
    pub token: MethodToken,
    /// What its owner knows it by.
    pub card: Card,
}

/// What a card's owner knows it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Whose network it is of.
    pub brand: Brand,
    /// The last four digits, as a number below 10,000.
    pub last_four: u16,
    /// Until when it is good.
    pub expires: Expiry,
}

/// A network of cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Brand {
    /// American Express.
    Amex,
    /// Diners Club.
    Diners,
    /// Discover.
    Discover,
    /// JCB.
    Jcb,
    /// Mastercard.
    Mastercard,
    /// `UnionPay`.
    Unionpay,
    /// Visa.
    Visa,
    /// Another.
    Other,
}

/// The last month in which a card is good.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "(i16, i8)", into = "(i16, i8)")]
pub struct Expiry {
    year: i16,
    month: i8,
}

/// There is no such month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("{1}/{0} is no month of this century; write the month and the year that are on the card")]
pub struct WrongExpiry(i16, i8);

/// How a card is to be entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardEntry {
    /// On a page of ours, which takes numbers of the sandbox and no others.
    Ours,
    /// By Stripe's own elements in the browser; the number never comes here.
    Stripe {
        /// Names the publication's account at Stripe; no secret.
        publishable_key: String,
        /// For this card only.
        client_secret: ClientSecret,
    },
}

/// What became of entering a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetupOutcome {
    /// Nothing yet.
    Waiting,
    /// It can be charged from now on.
    Saved(Method),
    /// It wasn't taken; another may be entered by the same setup.
    Refused(DeclineReason),
    /// It was called off; begin another.
    Over,
}

/// How a reader confirms a charge with their bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authentication {
    /// Nothing is to be confirmed (any more); inquire what became of it.
    NotWaiting,
    /// On a page of ours, which plays the bank.
    Ours,
    /// By Stripe's script in the browser.
    Stripe {
        /// Names the publication's account at Stripe; no secret.
        publishable_key: String,
        /// For this charge only.
        client_secret: ClientSecret,
        /// The card that the script has to name: a payment that was refused for
        /// want of its reader has let go of it. `None` where it still has it.
        method: Option<MethodToken>,
    },
}

impl Card {
    /// The last four digits as they are printed.
    pub fn last_digits(&self) -> String {
        format!("{:04}", self.last_four % 10_000)
    }
}

impl Expiry {
    /// A month of a year with four digits.
    pub fn new(year: i16, month: i8) -> Result<Self, WrongExpiry> {
        if (2000..2100).contains(&year) && (1..=12).contains(&month) {
            return Ok(Self { year, month });
        }
        Err(WrongExpiry(year, month))
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> i8 {
        self.month
    }

    /// Whether it is over, by the clock of Greenwich: banks are as vague.
    pub fn is_over(self, now: Timestamp) -> bool {
        let today: Date = TimeZone::UTC.to_datetime(now).date();
        (today.year(), today.month()) > (self.year, self.month)
    }
}

impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}/{}", self.month, self.year)
    }
}

impl fmt::Debug for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<(i16, i8)> for Expiry {
    type Error = WrongExpiry;

    fn try_from((year, month): (i16, i8)) -> Result<Self, WrongExpiry> {
        Self::new(year, month)
    }
}

impl From<Expiry> for (i16, i8) {
    fn from(expiry: Expiry) -> Self {
        (expiry.year, expiry.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_good_through_its_last_month() {
        let expiry = Expiry::new(2027, 2).expect("a month");
        let over = |at: &str| expiry.is_over(at.parse().expect("a time"));
        assert!(!over("2027-02-28T23:59:59Z"));
        assert!(over("2027-03-01T00:00:00Z"));
        assert!(!over("2026-12-31T00:00:00Z"));
        for (year, month) in [(27, 1), (2027, 0), (2027, 13), (1999, 1), (2100, 1)] {
            assert!(Expiry::new(year, month).is_err(), "{month}/{year}");
        }
    }
}
