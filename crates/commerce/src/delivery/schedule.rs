//! On which days there is a delivery, and until when what goes where can still be
//! changed.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday};
use jiff::{Span, Timestamp};

use super::exported::Exported;
use crate::calendar::Zone;

/// The longest lead that a publisher may ask for, in days: a quarterly's printer
/// wants addresses a month ahead.
pub const MAX_LEAD_DAYS: u16 = 31;

/// How far the next delivery is looked for: a yearly almanac is found.
const MOST_DAYS: usize = 400;

/// When print is delivered, and what readers may change of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// Where its days begin and end.
    pub zone: Zone,
    /// On which days.
    pub days: Days,
    /// How many days before a delivery its addresses are settled.
    pub lead_days: u16,
    /// At what time of that day; what is changed later counts for a day later.
    pub closes: Time,
    /// Whether it is delivered while a failed payment is retried.
    pub in_grace: bool,
    /// What readers may wish.
    pub limits: Limits,
}

/// Days of delivery: those of every week, some more, and some less.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// Of every week.
    pub weekdays: Vec<Weekday>,
    /// Besides.
    pub also: BTreeSet<Date>,
    /// And not then, whatever else is said.
    pub except: BTreeSet<Date>,
}

/// What readers may wish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many suspensions may begin in a calendar year; none where it is 0.
    pub suspensions_a_year: u16,
    /// How many days one may last.
    pub longest_days: u16,
    /// How many days ahead a wish may begin.
    pub ahead_days: u16,
}

impl Days {
    /// Whether there is a delivery on a day.
    pub fn has(&self, day: Date) -> bool {
        let is_one = self.weekdays.contains(&day.weekday()) || self.also.contains(&day);
        is_one && !self.except.contains(&day)
    }

    /// The days of delivery from a day on; none later than 400 days after it.
    pub fn from(&self, day: Date) -> impl Iterator<Item = Date> {
        day.series(Span::new().days(1))
            .take(MOST_DAYS)
            .filter(|day| self.has(*day))
    }
}

impl Schedule {
    /// The first day that isn't settled by its nearness. Of those after it, days that
    /// were exported are settled too.
    pub fn first_open(&self, now: Timestamp) -> Date {
        let there = self.zone.civil(now);
        let late = i32::from(there.time() >= self.closes);
        let ahead = Span::new().days(i32::from(self.lead_days) + late);
        there.date().saturating_add(ahead)
    }

    /// The first delivery, from a day on, that can still be changed; `None` where there
    /// is none within a year.
    pub fn next_open(&self, now: Timestamp, from: Date, exported: &Exported) -> Option<Date> {
        let mut days = self.days.from(self.first_open(now).max(from));
        days.find(|day| !exported.has(*day))
    }

    /// The last day on which a wish may begin.
    pub fn last_open(&self, now: Timestamp) -> Date {
        let ahead = Span::new().days(i32::from(self.limits.ahead_days));
        self.zone.civil(now).date().saturating_add(ahead)
    }
}
