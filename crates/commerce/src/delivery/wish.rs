//! What a reader wishes of delivery for a while, whether it may be, and what it
//! comes to on a day.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use thiserror::Error;

use super::exported::{Back, Exported, Made};
use super::schedule::{Days, Limits, Schedule};
use crate::ids::{AddressId, DeliveryWishId, SubscriptionId};

/// The most wishes of a subscription that aren't over: a page lists them, and an
/// export reads them.
const MOST_KEPT: usize = 24;

/// A wish that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Its id.
    pub id: DeliveryWishId,
    /// Of which subscription.
    pub subscription: SubscriptionId,
    /// What is wished.
    pub kind: WishKind,
    /// From which day on.
    pub first: Date,
    /// Through which day; `None` for good.
    pub last: Option<Date>,
    /// When it was made.
    pub made: Timestamp,
    /// What it came too late for.
    pub beside: Made,
}

/// What is wished.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WishKind {
    /// That nothing is delivered.
    Suspended,
    /// That it is delivered elsewhere.
    Redirected(AddressId),
}

/// What somebody has an address for, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Which.
    pub address: AddressId,
    /// Since when it is known.
    pub since: Timestamp,
}

/// What becomes of a day's copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It goes to where it always does.
    Home(AddressId),
    /// It goes elsewhere.
    Elsewhere(AddressId, Moved),
    /// It isn't delivered.
    Suspended,
    /// Nobody knows where to.
    NoAddress,
}

/// For how long it goes elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// For a while.
    Until(Date),
    /// For good.
    ForGood,
}

/// Why a wish isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// Those days are settled.
    #[error("the addresses of that day are settled; the next that can be changed is {first}")]
    TooEarly {
        /// The next that can be changed.
        first: Date,
    },
    /// It would begin too far ahead.
    #[error("that is too far ahead; it can begin until {last}")]
    TooFar {
        /// The last day on which it can begin.
        last: Date,
    },
    /// Its last day is before its first.
    #[error("the last day is before the first")]
    Backwards,
    /// It is for good, and only another address can be that.
    #[error("a suspension needs a last day")]
    NoEnd,
    /// It lasts too long.
    #[error("a suspension can last {days} days")]
    TooLong {
        /// How many days it may last.
        days: u16,
    },
    /// Nothing is delivered on any of the days.
    #[error("nothing is delivered on these days")]
    NothingThen,
    /// There were as many as may be in that year.
    #[error("there can be {most} suspensions a year")]
    TooMany {
        /// How many there may be.
        most: u16,
    },
    /// There is another of its kind on some of the days.
    #[error("there is another from {first} on that some of these days belong to")]
    Overlaps {
        /// The first day of that.
        first: Date,
    },
    /// There are too many that aren't over.
    #[error("there can be {MOST_KEPT} wishes at a time; end one first")]
    Full,
    /// It is over, or what is left of it is settled.
    #[error("it is over, or its last days are settled")]
    Over,
}

/// What taking a wish back comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// It never was.
    Dropped,
    /// It ends with a day that can't be changed any more.
    Ends(Date),
    /// It ends there, and stays for days after it that were exported.
    Except(Back),
}

impl Wish {
    /// Whether it is about a day: what was exported before it was made it doesn't
    /// change, nor does taking it back what was exported before.
    pub fn holds_on(&self, day: Date, exported: &Exported) -> bool {
        let Made { after, back } = self.beside;
        let stays = |back: Back| day < back.from || exported.had(day, back.after);
        self.covers(day) && !exported.had(day, after) && back.is_none_or(stays)
    }

    fn covers(&self, day: Date) -> bool {
        self.first <= day && self.last.is_none_or(|last| day <= last)
    }

    /// The deliveries from a day on that it would be about if they hadn't been exported
    /// before it was made.
    pub fn came_late_for(&self, from: Date, days: &Days, exported: &Exported) -> Vec<Date> {
        let from = self.first.max(from);
        let until = |day: &Date| self.covers(*day) && self.last_open().is_none_or(|l| *day <= l);
        let within = exported.from(from).take_while(until);
        let late = within.filter(|day| days.has(*day) && exported.had(*day, self.beside.after));
        late.collect()
    }

    /// The deliveries from a day on that it is still about though it was taken back.
    pub fn left(&self, from: Date, days: &Days, exported: &Exported) -> Vec<Date> {
        let Some(back) = self.beside.back else {
            return Vec::new();
        };
        let from = self.first.max(from);
        let before = days.from(from).take_while(|day| *day < back.from);
        let after = exported.from(from.max(back.from));
        let all = before.chain(after.filter(|day| days.has(*day)));
        all.filter(|day| self.holds_on(*day, exported)).collect()
    }

    /// Through which day it is about every day that nothing else is said of.
    fn last_open(&self) -> Option<Date> {
        let ended = self.beside.back.map(|back| back.from);
        let ended = ended.map(|from| from.yesterday().unwrap_or(Date::MIN));
        match (ended, self.last) {
            (Some(ended), Some(last)) => Some(ended.min(last)),
            (ended, last) => ended.or(last),
        }
    }

    /// Whether it was taken back before it was about any day: it counts among no others.
    pub fn is_nothing(&self, exported: &Exported) -> bool {
        let began = |back: Back| {
            let mut days = exported.from(self.first);
            back.from > self.first || days.any(|day| self.holds_on(day, exported))
        };
        !self.beside.back.is_none_or(began)
    }
}

/// What becomes of a day's copy. What nothing is wished for more strongly comes
/// first: a suspension, then another address for a while, then another for good,
/// of which the latest counts, then the one that is kept; which does replace one
/// for good that had begun when it became known.
pub fn fate(
    kept: Option<Kept>,
    wishes: &[Wish],
    day: Date,
    (schedule, exported): (&Schedule, &Exported),
) -> Fate {
    let holding = wishes.iter().filter(|wish| wish.holds_on(day, exported));
    let mut holding: Vec<&Wish> = holding.collect();
    holding.sort_by_key(|wish| std::cmp::Reverse((wish.first, wish.made, wish.id)));
    let mut for_good = None;
    let mut for_a_while = None;
    for wish in holding {
        match (wish.kind, wish.last) {
            (WishKind::Suspended, _) => return Fate::Suspended,
            (WishKind::Redirected(address), Some(last)) => {
                for_a_while.get_or_insert(Fate::Elsewhere(address, Moved::Until(last)));
            }
            (WishKind::Redirected(address), None) if !is_replaced(wish, kept, schedule) => {
                for_good.get_or_insert(Fate::Elsewhere(address, Moved::ForGood));
            }
            (WishKind::Redirected(_), None) => {}
        }
    }
    let home = kept.map_or(Fate::NoAddress, |kept| Fate::Home(kept.address));
    for_a_while.or(for_good).unwrap_or(home)
}

/// Whether the address that is kept became known after it had begun to go to
/// another for good.
fn is_replaced(wish: &Wish, kept: Option<Kept>, schedule: &Schedule) -> bool {
    kept.is_some_and(|kept| {
        wish.made < kept.since && wish.first <= schedule.zone.civil(kept.since).date()
    })
}

/// Whether a wish may be taken beside those that there are. Days that were exported
/// are left as they are; one of nothing else isn't taken.
pub fn may_begin(
    new: &Wish,
    others: &[Wish],
    schedule: &Schedule,
    exported: &Exported,
) -> Result<(), Refused> {
    let open = schedule.first_open(new.made);
    let next = schedule.next_open(new.made, new.first, exported);
    if new.first < open {
        let first = next.unwrap_or(open);
        return Err(Refused::TooEarly { first });
    }
    let last = schedule.last_open(new.made).max(open);
    if new.first > last {
        return Err(Refused::TooFar { last });
    }
    if new.last.is_some_and(|last| last < new.first) {
        return Err(Refused::Backwards);
    }
    let delivered = schedule.days.from(new.first).next();
    if delivered.is_none_or(|day| !new.covers(day)) {
        return Err(Refused::NothingThen);
    }
    if let Some(first) = next.filter(|day| !new.covers(*day)) {
        return Err(Refused::TooEarly { first });
    }
    if let Some(other) = others.iter().find(|wish| collide(new, wish)) {
        return Err(Refused::Overlaps { first: other.first });
    }
    let left = |wish: &&Wish| wish.last_open().is_none_or(|last| last >= open);
    if others.iter().filter(left).count() >= MOST_KEPT {
        return Err(Refused::Full);
    }
    let others: Vec<&Wish> = others
        .iter()
        .filter(|wish| !wish.is_nothing(exported))
        .collect();
    match new.kind {
        WishKind::Suspended => within(new, &others, schedule.limits),
        WishKind::Redirected(_) => Ok(()),
    }
}

/// Whether two can't both be: of two suspensions, or of two other addresses for a
/// while, no day is the same; and for good it goes to one address from a day on.
fn collide(one: &Wish, other: &Wish) -> bool {
    let span = |wish: &Wish| (wish.first, wish.last_open());
    let ((first, last), (begins, ends)) = (span(one), span(other));
    let for_good = last.is_none();
    let stops = |wish: &Wish| wish.kind == WishKind::Suspended;
    if stops(one) != stops(other) || for_good != ends.is_none() {
        return false;
    }
    if for_good {
        return first == begins;
    }
    // One that was taken back before it began is about no such day.
    ends.is_none_or(|ends| begins <= ends && first <= ends)
        && last.is_none_or(|last| begins <= last)
}

/// Whether a suspension is as short, and as rare, as the publisher wants it.
fn within(new: &Wish, others: &[&Wish], limits: Limits) -> Result<(), Refused> {
    let last = new.last.ok_or(Refused::NoEnd)?;
    let days = limits.longest_days;
    let beyond = new.first.saturating_add(Span::new().days(i32::from(days)));
    if last >= beyond {
        return Err(Refused::TooLong { days });
    }
    let in_year =
        |wish: &&&Wish| wish.kind == WishKind::Suspended && wish.first.year() == new.first.year();
    let most = limits.suspensions_a_year;
    if others.iter().filter(in_year).count() >= usize::from(most) {
        return Err(Refused::TooMany { most });
    }
    Ok(())
}

/// Takes a wish back: what of it is settled stays.
pub fn undo(
    wish: &Wish,
    schedule: &Schedule,
    exported: &Exported,
    now: Timestamp,
) -> Result<Undone, Refused> {
    let open = schedule.first_open(now);
    let over = wish.last.is_some_and(|last| last < open);
    if over || wish.beside.back.is_some() {
        return Err(Refused::Over);
    }
    let from = open.max(wish.first);
    let stays = |day: &Date| wish.covers(*day);
    let kept = exported.from(from).take_while(stays);
    let mut kept = kept.filter(|day| wish.holds_on(*day, exported));
    if kept.next().is_some() {
        let left = schedule.next_open(now, from, exported);
        if !left.is_some_and(|day| wish.covers(day)) {
            return Err(Refused::Over);
        }
        let after = exported.latest();
        return Ok(Undone::Except(Back { from, after }));
    }
    if wish.first >= open {
        return Ok(Undone::Dropped);
    }
    let last = open.yesterday().map_err(|_| Refused::Over)?;
    Ok(Undone::Ends(last))
}
