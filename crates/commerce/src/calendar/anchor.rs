//! Where a subscription's periods are counted from: the billing cycle anchor.
//!
//! The end of a period is the anchor and so many months, never the end of the
//! last one and a month: from 31 January come 28 February, 31 March and 30
//! April. The time of day is the anchor's too, so a change of the clocks moves
//! one end and not all that follow.

use jiff::civil::DateTime;
use jiff::{SignedDuration, Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Interval, OutOfCalendar, Zone};

/// A civil date and time of day, and how many months have been counted from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    at: DateTime,
    months: u32,
}

impl Anchor {
    /// Anchors at an instant, to the second.
    pub fn new(at: Timestamp, zone: &Zone) -> Self {
        let civil = zone.civil(at);
        let whole = civil.with().subsec_nanosecond(0).build().unwrap_or(civil);
        Self {
            at: whole,
            months: 0,
        }
    }

    /// Anchors at an instant, or as soon afterwards as an anchor can: at the next
    /// whole second, and after an hour that comes twice as clocks are set back.
    /// What ends there lasts no shorter than it was meant to.
    pub fn not_before(at: Timestamp, zone: &Zone) -> Result<Self, OutOfCalendar> {
        let earlier = SignedDuration::from_nanos(i64::from(at.subsec_nanosecond()));
        let whole = if earlier.is_zero() {
            at
        } else {
            let next = SignedDuration::from_secs(1) - earlier;
            at.checked_add(next).map_err(|_| OutOfCalendar)?
        };
        let anchor = Self::new(whole, zone);
        // Of two such hours an anchor means the first.
        let missing = whole.duration_since(anchor.instant(zone)?);
        if !missing.is_positive() {
            return Ok(anchor);
        }
        let later = whole.checked_add(missing).map_err(|_| OutOfCalendar)?;
        Ok(Self::new(later, zone))
    }

    /// The anchor of the period that begins an interval later.
    ///
    /// Months are counted from where they were before, even across phases of
    /// different lengths; after days the count begins anew where they end.
    pub fn after(self, interval: Interval) -> Result<Self, OutOfCalendar> {
        match interval {
            Interval::Months(count) => {
                let months = self
                    .months
                    .checked_add(u32::from(count))
                    .ok_or(OutOfCalendar)?;
                let next = Self { months, ..self };
                next.civil()?;
                Ok(next)
            }
            Interval::Days(count) => {
                let days = Span::new().try_days(count).map_err(|_| OutOfCalendar)?;
                let at = self.civil()?.checked_add(days).map_err(|_| OutOfCalendar)?;
                Ok(Self { at, months: 0 })
            }
        }
    }

    /// The instant that it stands for.
    pub fn instant(self, zone: &Zone) -> Result<Timestamp, OutOfCalendar> {
        zone.instant(self.civil()?)
    }

    fn civil(self) -> Result<DateTime, OutOfCalendar> {
        let months = Span::new()
            .try_months(self.months)
            .map_err(|_| OutOfCalendar)?;
        self.at.checked_add(months).map_err(|_| OutOfCalendar)
    }
}
