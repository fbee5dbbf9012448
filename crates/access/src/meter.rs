//! The words of metering: allowances, counted stories, and the charge that a
//! decision asks for. Counting itself is the meter store's business.

use std::fmt;

use jiff::Timestamp;

use crate::{Name, Period, StoryNo, Window};

/// The most stories an allowance may name.
///
/// A reader's record holds one entry for each story of the period in at most
/// 255 entries; 200 leaves room for entries that have run out but are not yet
/// pruned. Who gives away more than 200 stories a month has no meter.
pub const MAX_ALLOWANCE: u16 = 200;

/// The persistent number of a meter, 0 to 63: six bits of a counted entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MeterNo(u8);

impl MeterNo {
    /// The largest number that fits.
    pub const MAX: u8 = 63;

    /// `None` above [`MeterNo::MAX`].
    pub const fn new(no: u8) -> Option<Self> {
        if no <= Self::MAX {
            Some(Self(no))
        } else {
            None
        }
    }

    /// The number.
    pub fn get(self) -> u8 {
        self.0
    }
}

/// A moment at the meter's resolution: whole minutes since 2024-01-01T00:00Z.
///
/// 26 bits of it are stored, which lasts until the year 2151. Zone offsets are
/// whole minutes, so rounding down never moves a moment across midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Minute(u32);

/// A time outside of what a [`Minute`] can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MinuteOutOfRange;

impl fmt::Display for MinuteOutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the meter's times run from 2024 to 2151; is the machine's clock right?")
    }
}

impl std::error::Error for MinuteOutOfRange {}

impl Minute {
    /// 2024-01-01T00:00:00Z in seconds since 1970.
    const EPOCH: i64 = 1_704_067_200;
    /// The last minute that fits 26 bits.
    pub const MAX: Self = Self((1 << 26) - 1);
    /// The first minute.
    pub const MIN: Self = Self(0);

    /// From a count of minutes; `None` where it doesn't fit 26 bits.
    pub fn new(minutes: u32) -> Option<Self> {
        (minutes <= Self::MAX.0).then_some(Self(minutes))
    }

    /// The minute that `time` falls into, clamped to what fits.
    ///
    /// Clamping keeps decisions total; a start with a clock outside the range
    /// is refused with [`MinuteOutOfRange`] by [`Minute::checked`].
    pub fn floor(time: Timestamp) -> Self {
        let minutes = (time.as_second() - Self::EPOCH).div_euclid(60);
        Self(u32::try_from(minutes.clamp(0, i64::from(Self::MAX.0))).unwrap_or(0))
    }

    /// The minute that `time` falls into.
    pub fn checked(time: Timestamp) -> Result<Self, MinuteOutOfRange> {
        let minutes = (time.as_second() - Self::EPOCH).div_euclid(60);
        u32::try_from(minutes)
            .ok()
            .and_then(Self::new)
            .ok_or(MinuteOutOfRange)
    }

    /// Minutes since the epoch of this type.
    pub fn get(self) -> u32 {
        self.0
    }

    /// This minute moved back, no further than the first one.
    #[must_use]
    pub fn back(self, minutes: u32) -> Self {
        Self(self.0.saturating_sub(minutes))
    }

    /// When the minute began.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_second(Self::EPOCH + i64::from(self.0) * 60)
            .unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// One story that a reader has opened at a meter's expense.
///
/// A reader has at most one entry for a story and a meter; counting it anew in
/// a later period moves its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Counted {
    /// Which story.
    pub story: StoryNo,
    /// Which meter paid.
    pub meter: MeterNo,
    /// When it was counted.
    pub at: Minute,
}

/// How many distinct metered stories a reader may open in a period.
///
/// One pool follows the reader: signing in raises the limit, it never opens a
/// second meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// For a browser without an account.
    pub anonymous: u16,
    /// For a reader with an account.
    pub registered: u16,
}

/// One meter as configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meter {
    /// The name used in rules.
    pub id: Name,
    /// The number used in records.
    pub no: MeterNo,
    /// The stretch of time that the allowance is for.
    pub period: Period,
    /// How many stories it gives away.
    pub allowance: Allowance,
    /// From how many stories left the reader is told so.
    pub notice: u16,
}

/// What the meter says of one reader and one story at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Which meter.
    pub meter: MeterNo,
    /// Distinct stories counted in the period, this one included once charged.
    pub used: u16,
    /// The reader's allowance.
    pub limit: u16,
}

impl Reading {
    /// Stories left in the period.
    pub fn left(self) -> u16 {
        self.limit.saturating_sub(self.used)
    }
}

/// What a decision asks the meter to do, atomically, before a locked byte is
/// sent: count the story, unless `limit` distinct ones are counted already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charge {
    /// Which meter pays.
    pub meter: MeterNo,
    /// Entries counted before this minute are outside the period.
    pub since: Minute,
    /// When the story is being read.
    pub at: Minute,
    /// The reader's allowance.
    pub limit: u16,
}

/// How many distinct stories of `history` the meter has counted in `window`,
/// and whether `story` is one of them.
pub(crate) fn tally(
    history: &[Counted],
    meter: MeterNo,
    story: Option<StoryNo>,
    window: Window,
) -> (u16, bool) {
    let mut used = 0_u16;
    let mut already = false;
    for entry in history {
        if entry.meter == meter && window.holds(entry.at) {
            used = used.saturating_add(1);
            already |= Some(entry.story) == story;
        }
    }
    (used, already)
}
