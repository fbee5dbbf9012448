//! Gift links: what one is, and the arithmetic of how many there may be.
//!
//! Both counts of gifts are counts like any other, and lie in the meter: the
//! links that somebody has made in a month are stories of a record of theirs,
//! the browsers that have opened a link are "stories" of a record of the link.
//! So whatever holds for the meter holds here: checked and counted under one
//! lock, kept durably, forgotten after a time.
//!
//! Not here: who may give and what a gift opens (`access`), the pages and the
//! ways to them (`gate::making`).

mod looking;
mod page;
mod token;

use access::{Charge, Counted, MeterNo, Minute, ReaderId, StoryNo, Window};

pub(crate) use page::Page;
pub(crate) use token::MOST_HELD;

/// The most that [`Gifts::a_month`] and [`Gifts::browsers`] may be: what a record
/// of the meter holds, as of an allowance.
pub const MAX_GIFTS: u16 = access::MAX_ALLOWANCE;

/// The longest that a link may be good, in days: what is older than a month
/// isn't sent to a friend, it is published.
pub const MAX_GIFT_DAYS: u16 = 31;

const MINUTES_A_DAY: u32 = 24 * 60;

/// The number that entries of gifts' own records have. No reader's record has
/// any of these entries, so it may as well be a meter's.
const COUNTED_AS: MeterNo = match MeterNo::new(0) {
    Some(no) => no,
    None => unreachable!(),
};

/// What a publication allows of gift links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gifts {
    /// Stories that a subscriber may give in a calendar month, at most
    /// [`MAX_GIFTS`].
    pub a_month: u16,
    /// Days that a link is good for, at most [`MAX_GIFT_DAYS`].
    pub days: u16,
    /// Browsers that may open a link, at most [`MAX_GIFTS`].
    pub browsers: u16,
}

/// One link: who gave which story, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gift {
    /// What the meter knows the giver's account by.
    pub(crate) giver: ReaderId,
    pub(crate) story: StoryNo,
    /// The first minute at which it is over.
    pub(crate) ends: Minute,
}

/// A link that a browser has followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) gift: Gift,
    /// The browser, as the link's record knows it: a random number, which says
    /// nothing of the browser elsewhere. Among two hundred two are the same once
    /// in two hundred thousand links, and then one more browser reads.
    pub(crate) browser: StoryNo,
}

/// How somebody's giving stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    /// How many stories they may still give in this month.
    pub(crate) left: u16,
    /// When a link that they have made for the story in question ends, if it is
    /// good still or may be had again.
    pub(crate) made: Option<Minute>,
}

impl Gift {
    /// Bytes of what a token says.
    const LENGTH: usize = 12 + 4 + 4;

    fn body(&self) -> [u8; Self::LENGTH] {
        let mut body = [0; Self::LENGTH];
        body[..12].copy_from_slice(&self.giver.0);
        body[12..16].copy_from_slice(&self.story.0.to_be_bytes());
        body[16..].copy_from_slice(&self.ends.get().to_be_bytes());
        body
    }

    fn of(body: &[u8; Self::LENGTH]) -> Option<Self> {
        let (giver, rest) = body.split_first_chunk::<12>()?;
        let (story, ends) = rest.split_first_chunk::<4>()?;
        Some(Self {
            giver: ReaderId(*giver),
            story: StoryNo(u32::from_be_bytes(*story)),
            ends: Minute::new(u32::from_be_bytes(ends.try_into().ok()?))?,
        })
    }

    /// Whether its time isn't over. One that would last longer than any may was
    /// made while a clock was wrong.
    pub(crate) fn is_good_at(&self, now: Minute) -> bool {
        let left = self.ends.get().saturating_sub(now.get());
        left > 0 && left <= u32::from(MAX_GIFT_DAYS) * MINUTES_A_DAY
    }

    /// Where the browsers that have opened it are counted.
    pub(crate) fn record(&self) -> ReaderId {
        record(b"ludgate gift link", &self.body())
    }
}

/// Where the links that somebody has made are counted. The same for good, so
/// that they can be found again, and erased.
pub fn gifts_of(giver: ReaderId) -> ReaderId {
    record(b"ludgate gifts made by", &giver.0)
}

fn record(what: &[u8], whose: &[u8]) -> ReaderId {
    let mut hasher = blake3::Hasher::new();
    hasher.update(what);
    hasher.update(whose);
    let mut id = [0; 12];
    id.copy_from_slice(&hasher.finalize().as_bytes()[..12]);
    ReaderId(id)
}

impl Gifts {
    /// What counts a link of a story to somebody.
    pub(crate) fn making(self, month: Window, now: Minute) -> Charge {
        Charge {
            meter: COUNTED_AS,
            since: month.start,
            at: now,
            limit: self.a_month,
        }
    }

    /// What counts a browser to a link. A link has one term, so all count.
    pub(crate) fn opening(self, now: Minute) -> Charge {
        Charge {
            meter: COUNTED_AS,
            since: Minute::MIN,
            at: now,
            limit: self.browsers,
        }
    }

    /// How giving stands for who has `made` these links.
    ///
    /// A link that is good still is the same one, whichever month it was made
    /// in. When its time is over it may be had again for the rest of the month
    /// that it was counted in: then another term of it begins where the last
    /// one ended.
    pub(crate) fn tally(
        self,
        made: &[Counted],
        story: Option<StoryNo>,
        month: Window,
        now: Minute,
    ) -> Tally {
        let in_month = made.iter().filter(|one| month.holds(one.at)).count();
        let used = u16::try_from(in_month).unwrap_or(u16::MAX);
        let of_story = made.iter().find(|one| Some(one.story) == story);
        let term = u32::from(self.days) * MINUTES_A_DAY;
        let ends = of_story.and_then(|one| {
            let terms = now.get().saturating_sub(one.at.get()) / term.max(1);
            let holds = terms == 0 || month.holds(one.at);
            let ends = one
                .at
                .get()
                .checked_add(terms.checked_add(1)?.checked_mul(term)?)?;
            holds.then(|| Minute::new(ends)).flatten()
        });
        Tally {
            left: self.a_month.saturating_sub(used),
            made: ends,
        }
    }
}

#[cfg(test)]
mod tests {
    use access::Period;
    use jiff::Timestamp;
    use jiff::tz::TimeZone;

    use super::*;

    const GIFTS: Gifts = Gifts {
        a_month: 10,
        days: 5,
        browsers: 50,
    };

    fn at(text: &str) -> Minute {
        let time: Timestamp = text.parse().expect("a time");
        Minute::floor(time)
    }

    /// What stands at `now` for who has given story 7 at `made`, and others.
    #[track_caller]
    fn check(made: &[(u32, &str)], now: &str, left: u16, ends: Option<&str>) {
        let time: Timestamp = now.parse().expect("a time");
        let zone = TimeZone::get("Asia/Tokyo").expect("a zone");
        let month = Period::CalendarMonth.window(time, &zone);
        let made: Vec<Counted> = made
            .iter()
            .map(|&(story, when)| Counted {
                story: StoryNo(story),
                meter: COUNTED_AS,
                at: at(when),
            })
            .collect();
        let tally = GIFTS.tally(&made, Some(StoryNo(7)), month, at(now));
        let expected = Tally {
            left,
            made: ends.map(at),
        };
        assert_eq!(tally, expected, "{made:?} at {now}");
    }

    #[test]
    fn a_story_given_again_is_the_same_link_as_long_as_it_is_good() {
        let made = &[(7, "2026-11-10T03:00:00Z"), (8, "2026-11-11T03:00:00Z")];
        check(&[], "2026-11-10T03:00:00Z", 10, None);
        check(
            made,
            "2026-11-12T03:00:00Z",
            8,
            Some("2026-11-15T03:00:00Z"),
        );
        check(
            made,
            "2026-11-15T02:59:00Z",
            8,
            Some("2026-11-15T03:00:00Z"),
        );
        // Then it may be had again, for another five days.
        check(
            made,
            "2026-11-15T03:00:00Z",
            8,
            Some("2026-11-20T03:00:00Z"),
        );
        check(
            made,
            "2026-11-29T03:00:00Z",
            8,
            Some("2026-11-30T03:00:00Z"),
        );
    }

    #[test]
    fn a_new_month_gives_new_links_and_leaves_those_that_are_good() {
        // Months begin in Tokyo.
        let made = &[(7, "2026-11-28T03:00:00Z"), (8, "2026-11-02T03:00:00Z")];
        check(
            made,
            "2026-11-30T14:59:00Z",
            8,
            Some("2026-12-03T03:00:00Z"),
        );
        check(
            made,
            "2026-11-30T15:00:00Z",
            10,
            Some("2026-12-03T03:00:00Z"),
        );
        check(made, "2026-12-03T03:00:00Z", 10, None);
    }

    #[test]
    fn what_is_counted_while_a_clock_is_ahead_still_counts() {
        check(
            &[(8, "2026-12-20T00:00:00Z")],
            "2026-11-12T00:00:00Z",
            9,
            None,
        );
    }

    #[test]
    fn a_link_is_good_to_the_minute_and_none_for_longer_than_any_may_be() {
        let gift = Gift {
            giver: ReaderId([1; 12]),
            story: StoryNo(7),
            ends: at("2026-11-15T03:00:00Z"),
        };
        for (now, good) in [
            ("2026-11-10T03:00:00Z", true),
            ("2026-11-15T02:59:59Z", true),
            ("2026-11-15T03:00:00Z", false),
            ("2027-11-15T03:00:00Z", false),
            ("2026-10-15T03:00:00Z", true),
            ("2026-10-15T02:59:00Z", false),
        ] {
            assert_eq!(gift.is_good_at(at(now)), good, "{now}");
        }
    }

    #[test]
    fn every_link_and_every_giver_has_a_record_of_its_own() {
        let gift = Gift {
            giver: ReaderId([1; 12]),
            story: StoryNo(7),
            ends: at("2026-11-15T03:00:00Z"),
        };
        let others = [
            Gift {
                story: StoryNo(8),
                ..gift
            },
            Gift {
                giver: ReaderId([2; 12]),
                ..gift
            },
            Gift {
                ends: at("2026-11-20T03:00:00Z"),
                ..gift
            },
        ];
        for other in others {
            assert_ne!(other.record(), gift.record());
        }
        assert_ne!(gifts_of(gift.giver), gift.giver);
        assert_ne!(gifts_of(gift.giver), gifts_of(ReaderId([2; 12])));
        assert_eq!(Gift::of(&gift.body()), Some(gift));
    }
}
