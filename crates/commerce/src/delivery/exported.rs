//! Which days were handed to whoever delivers, and what a wish that was made or taken
//! back afterwards can still change: every other day.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// The days whose addresses are with whoever delivers, by the exports that stand.
/// Exports have numbers, which count up: what happened between two is told by them
/// and by no clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The first export of each day.
    first: BTreeMap<Date, i64>,
    /// The latest of all, whether it stands or not.
    latest: i64,
}

/// What was exported already when a wish was made, and when it was taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The latest export that there was: what is in it and those before isn't
    /// changed by the wish.
    pub after: i64,
    /// `None` where it wasn't taken back, or wholly.
    pub back: Option<Back>,
}

/// A wish was taken back that had been exported for days among others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Back {
    /// From which day on.
    pub from: Date,
    /// The latest export that there was: for the days of those before, it stays.
    pub after: i64,
}

impl Exported {
    /// Of the exports that stand, each with its day; `latest` is the number of the
    /// latest of all.
    pub fn new(latest: i64, standing: impl IntoIterator<Item = (Date, i64)>) -> Self {
        let mut first = BTreeMap::new();
        for (day, number) in standing {
            let least = first.entry(day).or_insert(number);
            *least = number.min(*least);
        }
        Self { first, latest }
    }

    /// Whether a day was exported.
    pub fn has(&self, day: Date) -> bool {
        self.first.contains_key(&day)
    }

    /// The number of the latest export.
    pub fn latest(&self) -> i64 {
        self.latest
    }

    /// Whether a day was exported when `export` was the latest.
    pub(super) fn had(&self, day: Date, export: i64) -> bool {
        self.first.get(&day).is_some_and(|first| *first <= export)
    }

    /// The days from one on, in their order.
    pub fn from(&self, day: Date) -> impl Iterator<Item = Date> {
        self.first.range(day..).map(|(day, _)| *day)
    }
}
