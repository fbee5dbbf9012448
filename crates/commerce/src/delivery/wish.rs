//! What a reader wishes of delivery for a while, whether it may be, and what it
//! comes to on a day.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use thiserror::Error;

use super::schedule::{Limits, Schedule};
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
    #[error("the addresses of that day are settled; the first that can be changed is {first}")]
    TooEarly {
        /// The first that can be changed.
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
}

impl Wish {
    /// Whether it is about a day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.first <= day && self.last.is_none_or(|last| day <= last)
    }
}

/// What becomes of a day's copy. What nothing is wished for more strongly comes
/// first: a suspension, then another address for a while, then another for good,
/// of which the latest counts, then the one that is kept; which does replace one
/// for good that had begun when it became known.
pub fn fate(kept: Option<Kept>, wishes: &[Wish], day: Date, schedule: &Schedule) -> Fate {
    let mut holding: Vec<&Wish> = wishes.iter().filter(|wish| wish.holds_on(day)).collect();
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

/// Whether a wish may be taken beside those that there are. `exported` is the
/// latest day whose addresses are with the printers.
pub fn may_begin(
    new: &Wish,
    others: &[Wish],
    schedule: &Schedule,
    exported: Option<Date>,
) -> Result<(), Refused> {
    let open = schedule.first_open(new.made, exported);
    if new.first < open {
        let first = schedule.next_open(new.made, exported).unwrap_or(open);
        return Err(Refused::TooEarly { first });
    }
    let last = schedule.last_open(new.made).max(open);
    if new.first > last {
        return Err(Refused::TooFar { last });
    }
    if new.last.is_some_and(|last| last < new.first) {
        return Err(Refused::Backwards);
    }
    let next = schedule.days.from(new.first).next();
    if next.is_none_or(|next| !new.holds_on(next)) {
        return Err(Refused::NothingThen);
    }
    if let Some(other) = others.iter().find(|wish| collide(new, wish)) {
        return Err(Refused::Overlaps { first: other.first });
    }
    let left = |wish: &&Wish| wish.last.is_none_or(|last| last >= open);
    if others.iter().filter(left).count() >= MOST_KEPT {
        return Err(Refused::Full);
    }
    match new.kind {
        WishKind::Suspended => within(new, others, schedule.limits),
        WishKind::Redirected(_) => Ok(()),
    }
}

/// Whether two can't both be: of two suspensions, or of two other addresses for a
/// while, no day is the same; and for good it goes to one address from a day on.
fn collide(one: &Wish, other: &Wish) -> bool {
    let for_good = one.last.is_none();
    let stops = |wish: &Wish| wish.kind == WishKind::Suspended;
    if stops(one) != stops(other) || for_good != other.last.is_none() {
        return false;
    }
    if for_good {
        return one.first == other.first;
    }
    one.holds_on(other.first) || other.holds_on(one.first)
}

/// Whether a suspension is as short, and as rare, as the publisher wants it.
fn within(new: &Wish, others: &[Wish], limits: Limits) -> Result<(), Refused> {
    let last = new.last.ok_or(Refused::NoEnd)?;
    let days = limits.longest_days;
    let beyond = new.first.saturating_add(Span::new().days(i32::from(days)));
    if last >= beyond {
        return Err(Refused::TooLong { days });
    }
    let in_year =
        |wish: &&Wish| wish.kind == WishKind::Suspended && wish.first.year() == new.first.year();
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
    exported: Option<Date>,
    now: Timestamp,
) -> Result<Undone, Refused> {
    let open = schedule.first_open(now, exported);
    if wish.last.is_some_and(|last| last < open) {
        return Err(Refused::Over);
    }
    if wish.first >= open {
        return Ok(Undone::Dropped);
    }
    let last = open.yesterday().map_err(|_| Refused::Over)?;
    Ok(Undone::Ends(last))
}
