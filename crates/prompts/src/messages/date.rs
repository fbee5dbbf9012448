//! Dates in words. The order of day, month and year, the names and the
//! endings are messages like all others (`date-…`), so a publisher can
//! override them.

use jiff::civil::Date;

use super::Arg;

/// How much of a date is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateStyle {
    /// "1 December"
    DayMonth,
    /// "1 December 2026"
    Full,
    /// "Tuesday 1 December 2026"
    Weekday,
    /// "December 2026"
    Month,
    /// "2026"
    Year,
}

impl DateStyle {
    /// The style that a template calls `name`: `day-month`, `full`, `weekday`,
    /// `month`, `year`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "day-month" => Some(Self::DayMonth),
            "full" => Some(Self::Full),
            "weekday" => Some(Self::Weekday),
            "month" => Some(Self::Month),
            "year" => Some(Self::Year),
            _ => None,
        }
    }

    pub(super) fn key(self) -> &'static str {
        match self {
            Self::DayMonth => "date-day-month",
            Self::Full => "date-full",
            Self::Weekday => "date-with-weekday",
            Self::Month => "date-month-year",
            Self::Year => "date-year",
        }
    }
}

/// What the date messages are given. The weekday counts from Monday, which is
/// 1.
pub(super) fn args(date: Date) -> [(&'static str, Arg<'static>); 4] {
    [
        ("day", Arg::Number(date.day().into())),
        ("month", Arg::Number(date.month().into())),
        ("year", Arg::Number(date.year().into())),
        (
            "weekday",
            Arg::Number(date.weekday().to_monday_one_offset().into()),
        ),
    ]
}
