//! The stretches of time that an allowance is for, in the publication's zone.
//!
//! One representation of what was counted serves every period: the window is
//! computed when a decision is made, so changing a period or a limit never
//! needs a migration, and no second code path can disagree on when a month or
//! a week begins.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ZonedDateTime};
use smallvec::SmallVec;

use crate::{Meter, Minute};

const MINUTES_A_DAY: u32 = 24 * 60;

/// A meter's period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// From the first of the month to the end of its last day.
    CalendarMonth,
    /// Seven days from the start of the given weekday.
    CalendarWeek {
        /// The day a week begins on.
        starts: Weekday,
    },
    /// The last so many times 24 hours, whatever the calendar says.
    RollingDays(u16),
}

/// A period as it lies around one moment: `start ≤ t < end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first minute of the period.
    pub start: Minute,
    /// The minute after its last. For rolling days: the minute after now.
    pub end: Minute,
}

impl Window {
    /// Whether a story counted at `at` still counts.
    ///
    /// A time after the window's end is held too: a clock that was ahead for a
    /// while must not give anybody a second allowance.
    pub fn holds(self, at: Minute) -> bool {
        at >= self.start
    }
}

impl Period {
    /// The window around `now`.
    ///
    /// Days begin at the first instant that the zone has for them, which is
    /// not always midnight.
    pub fn window(self, now: Timestamp, zone: &TimeZone) -> Window {
        let minute = Minute::floor(now);
        match self {
            Self::RollingDays(days) => rolling(minute, days),
            Self::CalendarMonth => {
                let today = now.to_zoned_datetime(zone.clone());
                calendar(today.first_of_month(), Span::new().months(1), minute)
            }
            Self::CalendarWeek { starts } => {
                let today = now.to_zoned_datetime(zone.clone());
                let since = i64::from(starts.until(today.weekday()));
                calendar(
                    today.checked_sub(Span::new().days(since)),
                    Span::new().days(7),
                    minute,
                )
            }
        }
    }

    /// Whether the window moves with every minute.
    fn rolls(self) -> bool {
        matches!(self, Self::RollingDays(_))
    }

    /// The longest that an entry of this period can matter, in minutes. A
    /// month has at most 31 days and, where clocks go back, an hour more.
    pub fn longest(self) -> u32 {
        match self {
            Self::CalendarMonth => 32 * MINUTES_A_DAY,
            Self::CalendarWeek { .. } => 8 * MINUTES_A_DAY,
            Self::RollingDays(days) => (u32::from(days) + 1) * MINUTES_A_DAY,
        }
    }
}

fn rolling(now: Minute, days: u16) -> Window {
    Window {
        // A story counted exactly `days` ago has run out.
        start: Minute::new(now.back(u32::from(days) * MINUTES_A_DAY).get() + 1)
            .unwrap_or(Minute::MAX),
        end: Minute::new(now.get() + 1).unwrap_or(Minute::MAX),
    }
}

/// The window from the start of `first`'s day. Only a date outside of the
/// calendar's range can fail; the window is then the widest there is, which
/// counts everything and so opens nothing.
fn calendar(first: Result<ZonedDateTime, jiff::Error>, length: Span, now: Minute) -> Window {
    let widest = Window {
        start: Minute::MIN,
        end: Minute::MAX,
    };
    let Ok(start) = first.and_then(|day| day.start_of_day()) else {
        return widest;
    };
    let Ok(end) = start.checked_add(length).and_then(|day| day.start_of_day()) else {
        return widest;
    };
    let window = Window {
        start: Minute::floor(start.timestamp()),
        end: Minute::floor(end.timestamp()),
    };
    debug_assert!(window.start <= now && now < window.end);
    window
}

/// One instant together with the window of every meter around it.
///
/// Building one costs calendar arithmetic; [`Moment::advance`] reuses it for
/// as long as no calendar window has ended, which is nearly always.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    now: Timestamp,
    minute: Minute,
    windows: SmallVec<[Window; 4]>,
}

impl Moment {
    /// The windows of `meters`, in their order, around `now`.
    pub fn new(meters: &[Meter], zone: &TimeZone, now: Timestamp) -> Self {
        Self {
            now,
            minute: Minute::floor(now),
            windows: meters
                .iter()
                .map(|meter| meter.period.window(now, zone))
                .collect(),
        }
    }

    /// Moves to `now`, recomputing only windows that no longer surround it.
    pub fn advance(&mut self, meters: &[Meter], zone: &TimeZone, now: Timestamp) {
        self.now = now;
        let minute = Minute::floor(now);
        if minute == self.minute && self.windows.len() == meters.len() {
            return;
        }
        if self.windows.len() != meters.len() {
            *self = Self::new(meters, zone, now);
            return;
        }
        self.minute = minute;
        for (window, meter) in self.windows.iter_mut().zip(meters) {
            if meter.period.rolls() || minute < window.start || minute >= window.end {
                *window = meter.period.window(now, zone);
            }
        }
    }

    /// The instant itself.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The instant at the meter's resolution.
    pub fn minute(&self) -> Minute {
        self.minute
    }

    /// The window of the meter at `index` of the rules' list of meters. An
    /// index that isn't there gets the widest window, which counts everything.
    pub fn window(&self, index: usize) -> Window {
        self.windows.get(index).copied().unwrap_or(Window {
            start: Minute::MIN,
            end: Minute::MAX,
        })
    }
}
