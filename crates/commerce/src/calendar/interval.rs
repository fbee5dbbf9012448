//! How often something is paid, or how long it lasts.

use std::fmt;
use std::str::FromStr;

use access::Span;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest interval, in days or months: ten years of days. Longer ones are
/// slips of the pen, and the sum of what an offer strings together stays well
/// inside the calendar.
const LONGEST: u16 = 3_660;

/// A civil length of time, at least a day. A year is twelve months and a week
/// seven days, so both are kept as those.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Interval {
    /// So many days, each as long as it is in the zone.
    #[serde(rename = "days")]
    Days(u16),
    /// So many months, ending on the same day of the month or its last one.
    #[serde(rename = "months")]
    Months(u16),
}

/// What is said of it on walls, pages and in letters.
impl From<Interval> for Span {
    fn from(interval: Interval) -> Self {
        match interval {
            Interval::Days(days) => Self::Days(days),
            Interval::Months(months) => Self::Months(months),
        }
    }
}

/// The text is no interval, or one of no length or too long.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{0}\" is no interval; write it as \"1 month\", \"14 days\", \"2 weeks\" or \"1 year\"")]
pub struct BadInterval(pub String);

impl Interval {
    /// A day.
    pub const DAY: Self = Self::Days(1);
    /// A month.
    pub const MONTH: Self = Self::Months(1);
    /// A year.
    pub const YEAR: Self = Self::Months(12);

    /// Whether it has a length, and not too much of it.
    pub fn makes_sense(self) -> bool {
        match self {
            Self::Days(count) => (1..=LONGEST).contains(&count),
            Self::Months(count) => (1..=LONGEST / 30).contains(&count),
        }
    }
}

impl FromStr for Interval {
    type Err = BadInterval;

    fn from_str(text: &str) -> Result<Self, BadInterval> {
        let wrong = || BadInterval(text.to_owned());
        let (count, unit) = text.split_once(' ').ok_or_else(wrong)?;
        let count: u16 = count.parse().map_err(|_| wrong())?;
        let interval = match unit {
            "day" | "days" => Some(Self::Days(count)),
            "week" | "weeks" => count.checked_mul(7).map(Self::Days),
            "month" | "months" => Some(Self::Months(count)),
            "year" | "years" => count.checked_mul(12).map(Self::Months),
            _ => None,
        };
        interval
            .filter(|interval| interval.makes_sense())
            .ok_or_else(wrong)
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, unit) = match *self {
            Self::Days(days) if days > 0 && days % 7 == 0 => (days / 7, "week"),
            Self::Days(days) => (days, "day"),
            Self::Months(months) if months > 0 && months % 12 == 0 => (months / 12, "year"),
            Self::Months(months) => (months, "month"),
        };
        write!(f, "{count} {unit}{}", if count == 1 { "" } else { "s" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_a_number_and_a_unit() {
        let rows = [
            ("1 month", Some(Interval::Months(1)), "1 month"),
            ("14 days", Some(Interval::Days(14)), "2 weeks"),
            ("10 days", Some(Interval::Days(10)), "10 days"),
            ("1 year", Some(Interval::Months(12)), "1 year"),
            ("18 months", Some(Interval::Months(18)), "18 months"),
            ("0 days", None, ""),
            ("-1 days", None, ""),
            ("40000 years", None, ""),
            ("200 months", None, ""),
            ("1", None, ""),
            ("month", None, ""),
            ("1 fortnight", None, ""),
        ];
        for (text, expected, written) in rows {
            let read = text.parse::<Interval>().ok();
            assert_eq!(read, expected, "{text}");
            assert_eq!(read.map(|i| i.to_string()).unwrap_or_default(), written);
        }
    }
}
