//! Dates and lengths of time as a contract means them: months that end when
//! months end, days in the publication's zone.
//!
//! No clock is read here, and no length is ever a number of seconds: "a month"
//! and "through 31 January" are civil, and become instants only in a zone.

mod anchor;
mod day;
mod interval;
mod zone;

pub use anchor::Anchor;
pub use day::read_day;
pub use interval::{BadInterval, Interval};
pub use zone::{OutOfCalendar, UnnamedZone, Zone};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::money::Ratio;

/// A stretch of time that something is paid for: `start ≤ t < end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// Its first instant.
    pub start: Timestamp,
    /// The first instant after it; `None` where it has no end.
    pub end: Option<Timestamp>,
}

impl Period {
    /// Whether `now` is in it.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.start <= now && self.end.is_none_or(|end| now < end)
    }

    /// What part of it lies after `now`, to the second; all of it where it has
    /// no end. Nought once it is over.
    pub fn left(&self, now: Timestamp) -> Ratio {
        let Some(end) = self.end else {
            return Ratio::ONE;
        };
        let seconds = |from: Timestamp, to: Timestamp| {
            u64::try_from(to.as_second() - from.as_second()).unwrap_or(0)
        };
        let (left, all) = (seconds(now.max(self.start), end), seconds(self.start, end));
        Ratio::new(left, all).unwrap_or(Ratio::ZERO)
    }
}
