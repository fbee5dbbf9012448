//! The days on which an offer can be accepted.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::calendar::Zone;

/// From a day through a day, in the publication's zone. "Ends 31 January" means
/// that it can be had until that day is over, wherever the reader is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The first day; `None` where it was always open.
    pub starts: Option<Date>,
    /// The last day; `None` where it stays open.
    pub ends: Option<Date>,
}

impl Window {
    /// The first instant at which the offer can be accepted.
    pub fn opens_at(&self, zone: &Zone) -> Option<Timestamp> {
        self.starts.and_then(|day| zone.start_of(day).ok())
    }

    /// The first instant at which it no longer can.
    pub fn closes_at(&self, zone: &Zone) -> Option<Timestamp> {
        self.ends.and_then(|day| zone.end_of(day).ok())
    }

    /// Whether it hasn't opened yet.
    pub fn is_ahead(&self, zone: &Zone, now: Timestamp) -> bool {
        self.opens_at(zone).is_some_and(|opens| now < opens)
    }

    /// Whether it has closed.
    pub fn is_over(&self, zone: &Zone, now: Timestamp) -> bool {
        self.closes_at(zone).is_some_and(|closes| now >= closes)
    }
}
