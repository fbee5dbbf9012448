//! The zone in which a publication's days begin and end.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A time zone with its IANA name, by which it is written down.
///
/// Reading one back looks the name up in the zone database that `jiff` was
/// built with or finds on the machine; that is all this crate ever asks of the
/// outside.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(TimeZone);

/// The zone has no IANA name, or none that is known here.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{0}\" is no zone of the IANA database; write one such as Asia/Tokyo")]
pub struct UnnamedZone(pub String);

/// A date that the calendar doesn't have: beyond the year 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the date lies beyond the year 9999; choose a shorter interval or an earlier date")]
pub struct OutOfCalendar;

impl Zone {
    /// Takes a zone that has a name.
    pub fn new(zone: TimeZone) -> Result<Self, UnnamedZone> {
        match zone.iana_name() {
            Some(_) => Ok(Self(zone)),
            None => Err(UnnamedZone(format!("{zone:?}"))),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The date and time of day at an instant.
    pub fn civil(&self, at: Timestamp) -> DateTime {
        self.0.to_datetime(at)
    }

    /// The instant of a date and a time of day. Where clocks skip it, as much
    /// later as they skip; where they show it twice, the first time.
    pub fn instant(&self, at: DateTime) -> Result<Timestamp, OutOfCalendar> {
        self.0.to_timestamp(at).map_err(|_| OutOfCalendar)
    }

    /// The first instant of a day, which isn't midnight everywhere.
    pub fn start_of(&self, day: Date) -> Result<Timestamp, OutOfCalendar> {
        let start = day
            .to_zoned_datetime(self.0.clone())
            .and_then(|day| day.start_of_day())
            .map_err(|_| OutOfCalendar)?;
        Ok(start.timestamp())
    }

    /// The first instant after a day: the end of "through that day".
    pub fn end_of(&self, day: Date) -> Result<Timestamp, OutOfCalendar> {
        let next = day.tomorrow().map_err(|_| OutOfCalendar)?;
        self.start_of(next)
    }

    /// The same time of day so many days later or, with a negative number,
    /// earlier.
    pub fn days_from(&self, at: Timestamp, days: i32) -> Result<Timestamp, OutOfCalendar> {
        let span = Span::new().try_days(days).map_err(|_| OutOfCalendar)?;
        let then = self
            .civil(at)
            .checked_add(span)
            .map_err(|_| OutOfCalendar)?;
        self.instant(then)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl TryFrom<String> for Zone {
    type Error = UnnamedZone;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        TimeZone::get(&name)
            .map_err(|_| UnnamedZone(name.clone()))
            .and_then(Self::new)
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name().to_owned()
    }
}
