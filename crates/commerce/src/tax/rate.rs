//! A rate of tax, exact to a ten-thousandth of a per cent.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::money::Ratio;

/// Millionths in a whole: New York's 8.875 % is 88,750 of them.
const WHOLE: u32 = 1_000_000;

/// A rate of tax in millionths: 190,000 is 19 %. At most 100 %.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct TaxRate(u32);

/// The text or number is no rate.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{0}\" is no rate of tax; write it as \"19 %\" or \"8.875 %\", at most 100 %")]
pub struct NotARate(pub String);

impl TaxRate {
    /// No tax.
    pub const ZERO: Self = Self(0);

    /// A rate in millionths.
    pub fn from_millionths(millionths: u32) -> Result<Self, NotARate> {
        if millionths <= WHOLE {
            return Ok(Self(millionths));
        }
        Err(NotARate(format!("{millionths} millionths")))
    }

    /// The rate in millionths.
    pub fn millionths(self) -> u32 {
        self.0
    }

    /// What part of a net price the tax is.
    pub(crate) fn on_top(self) -> Ratio {
        Ratio::new(u64::from(self.0), u64::from(WHOLE)).unwrap_or(Ratio::ZERO)
    }

    /// What part of a price that includes it the tax is.
    pub(crate) fn within(self) -> Ratio {
        let all = u64::from(WHOLE) + u64::from(self.0);
        Ratio::new(u64::from(self.0), all).unwrap_or(Ratio::ZERO)
    }
}

impl FromStr for TaxRate {
    type Err = NotARate;

    fn from_str(text: &str) -> Result<Self, NotARate> {
        let wrong = || NotARate(text.to_owned());
        let number = text.strip_suffix('%').ok_or_else(wrong)?.trim_end();
        let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
        if !digits(whole) || !digits(decimals) || whole.len() > 3 || decimals.len() > 4 {
            return Err(wrong());
        }
        let millionths = format!("{whole}{decimals:0<4}");
        millionths
            .parse()
            .ok()
            .and_then(|millionths| Self::from_millionths(millionths).ok())
            .ok_or_else(wrong)
    }
}

impl fmt::Display for TaxRate {
    /// Per cent, without decimals that are nought.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 10_000, self.0 % 10_000);
        if rest == 0 {
            return write!(f, "{whole} %");
        }
        let decimals = format!("{rest:04}");
        write!(f, "{whole}.{} %", decimals.trim_end_matches('0'))
    }
}

impl fmt::Debug for TaxRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl TryFrom<u32> for TaxRate {
    type Error = NotARate;

    fn try_from(millionths: u32) -> Result<Self, NotARate> {
        Self::from_millionths(millionths)
    }
}

impl From<TaxRate> for u32 {
    fn from(rate: TaxRate) -> Self {
        rate.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_written_in_per_cent() {
        let rows = [
            ("19 %", Some((190_000, "19 %"))),
            ("8.875%", Some((88_750, "8.875 %"))),
            ("0 %", Some((0, "0 %"))),
            ("100 %", Some((1_000_000, "100 %"))),
            ("100.0001 %", None),
            ("-1 %", None),
            ("19", None),
            ("19,5 %", None),
            ("1.23456 %", None),
            (" %", None),
        ];
        for (text, expected) in rows {
            let read = text.parse::<TaxRate>().ok();
            let read = read.map(|rate| (rate.millionths(), rate.to_string()));
            assert_eq!(read, expected.map(|(n, s)| (n, s.to_owned())), "{text}");
        }
    }
}
