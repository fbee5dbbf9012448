//! What one reader has counted, packed, and the arithmetic of counting.
//!
//! Everything here is pure: no locks, no disk, no table. The rules of the meter
//! (what counts, what is already paid for, what is forgotten when there is no
//! room) are written once, here, and used by the table, the merge and the sweep.

use access::{Charge, Counted, MeterNo, Minute, StoryNo};
use smallvec::SmallVec;

/// The most entries a record holds: its length is one byte. An allowance is at
/// most 200 stories ([`access::MAX_ALLOWANCE`]), the rest is room for entries
/// that have run out and for other meters.
pub(crate) const MAX_ENTRIES: usize = 255;

/// A copy of a record's entries. Eight cover nearly every reader without an
/// allocation.
pub(crate) type Entries = SmallVec<[Entry; 8]>;

/// One counted story in eight bytes: 32 bits of story, 26 of minute, 6 of meter.
///
/// Ordered by story, then time, then meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Entry(pub(crate) u64);

impl Entry {
    const METER_BITS: u32 = 6;
    const MINUTE_BITS: u32 = 26;

    pub(crate) fn new(counted: Counted) -> Self {
        Self(
            (u64::from(counted.story.0) << (Self::METER_BITS + Self::MINUTE_BITS))
                | (u64::from(counted.at.get()) << Self::METER_BITS)
                | u64::from(counted.meter.get()),
        )
    }

    pub(crate) fn story(self) -> StoryNo {
        let story = (self.0 >> (Self::METER_BITS + Self::MINUTE_BITS)) as u32;
        StoryNo(story)
    }

    pub(crate) fn at(self) -> Minute {
        #[expect(clippy::cast_possible_truncation, reason = "26 bits are left")]
        let minutes = (self.0 >> Self::METER_BITS) as u32 & Minute::MAX.get();
        Minute::new(minutes).unwrap_or(Minute::MAX)
    }

    pub(crate) fn meter(self) -> MeterNo {
        #[expect(clippy::cast_possible_truncation, reason = "six bits are left")]
        let number = self.0 as u8 & MeterNo::MAX;
        match MeterNo::new(number) {
            Some(meter) => meter,
            None => unreachable!("every six bits are a meter's number"),
        }
    }

    pub(crate) fn counted(self) -> Counted {
        Counted {
            story: self.story(),
            meter: self.meter(),
            at: self.at(),
        }
    }

    fn same_count(self, other: Self) -> bool {
        self.story() == other.story() && self.meter() == other.meter()
    }
}

/// What becomes of a charge, before anything is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The story is paid for in this period.
    Already { used: u16 },
    /// The allowance is used up.
    Refused { used: u16 },
    /// Counted by moving the entry at `index` to `entry`'s time.
    Moved {
        index: usize,
        entry: Entry,
        used: u16,
    },
    /// Counted by adding `entry`.
    Added { entry: Entry, used: u16 },
}

/// Judges a charge of `story` against what is counted already.
///
/// An entry never lies before the period that it was counted in: where `at` is
/// before `since` the period's start is written, else the story would be free
/// again and again.
pub(crate) fn judge(entries: &[Entry], story: StoryNo, charge: &Charge) -> Verdict {
    let mut used = 0_u16;
    let mut earlier = None;
    let mut already = false;
    for (index, entry) in entries.iter().enumerate() {
        if entry.meter() != charge.meter {
            continue;
        }
        let inside = entry.at() >= charge.since;
        used += u16::from(inside);
        if entry.story() == story {
            already |= inside;
            earlier = Some(index);
        }
    }
    if already {
        return Verdict::Already { used };
    }
    if used >= charge.limit {
        return Verdict::Refused { used };
    }
    let entry = Entry::new(Counted {
        story,
        meter: charge.meter,
        at: charge.at.max(charge.since),
    });
    match earlier {
        Some(index) => Verdict::Moved {
            index,
            entry,
            used: used + 1,
        },
        None => Verdict::Added {
            entry,
            used: used + 1,
        },
    }
}

/// What a full record keeps so that there is room for a charge. What lies before
/// `horizon` goes, and what has run out of the charged meter's own period; where
/// that is nothing, the oldest entry of another meter.
///
/// The periods of other meters aren't known here, so that entry may still count.
/// To keep it would shut a reader out of a meter that they haven't used; to drop
/// it gives back one story of a meter to somebody who has read 255. No room is
/// left only where every entry is of the charged meter's period, which no
/// allowance reaches.
pub(crate) fn make_room(entries: &[Entry], charge: &Charge, horizon: Minute) -> Entries {
    let spent = |entry: &Entry| {
        entry.at() < horizon || (entry.meter() == charge.meter && entry.at() < charge.since)
    };
    let mut kept: Entries = entries
        .iter()
        .copied()
        .filter(|entry| !spent(entry))
        .collect();
    if kept.len() == MAX_ENTRIES {
        let others = kept.iter().enumerate();
        let oldest = others
            .filter(|(_, entry)| entry.meter() != charge.meter)
            .min_by_key(|(_, entry)| (entry.at(), **entry));
        if let Some((index, _)) = oldest {
            kept.swap_remove(index);
        }
    }
    kept
}

/// The entries at or after `horizon`; `None` where that is all of them.
pub(crate) fn prune(entries: &[Entry], horizon: Minute) -> Option<Entries> {
    entries.iter().any(|entry| entry.at() < horizon).then(|| {
        entries
            .iter()
            .copied()
            .filter(|entry| entry.at() >= horizon)
            .collect()
    })
}

/// `into` with the entries of `from`, by story and meter, each with the later of
/// its times; `None` where that changes nothing.
///
/// The union is commutative, associative and idempotent, and stays so when it
/// overflows: the [`MAX_ENTRIES`] latest are kept, which are no fewer than any
/// allowance can name.
pub(crate) fn union(into: &[Entry], from: &[Entry]) -> Option<Entries> {
    let mut all: Entries = into.into();
    let mut changed = false;
    for &entry in from {
        match all.iter_mut().find(|held| held.same_count(entry)) {
            Some(held) if held.at() >= entry.at() => {}
            Some(held) => {
                *held = entry;
                changed = true;
            }
            None => {
                all.push(entry);
                changed = true;
            }
        }
    }
    if all.len() > MAX_ENTRIES {
        all.sort_unstable_by_key(|entry| std::cmp::Reverse((entry.at(), *entry)));
        all.truncate(MAX_ENTRIES);
    }
    changed.then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn entry(story: u32, meter: u8, at: u32) -> Entry {
        Entry::new(Counted {
            story: StoryNo(story),
            meter: MeterNo::new(meter).unwrap(),
            at: Minute::new(at).unwrap(),
        })
    }

    fn charge(meter: u8, since: u32, at: u32, limit: u16) -> Charge {
        Charge {
            meter: MeterNo::new(meter).unwrap(),
            since: Minute::new(since).unwrap(),
            at: Minute::new(at).unwrap(),
            limit,
        }
    }

    fn any_entry() -> impl Strategy<Value = Entry> {
        (any::<u32>(), 0..64_u8, 0..=Minute::MAX.get()).prop_map(|(s, m, t)| entry(s, m, t))
    }

    fn few_entries() -> impl Strategy<Value = Vec<Entry>> {
        let one = (0..6_u32, 0..3_u8, 0..50_u32).prop_map(|(s, m, t)| entry(s, m, t));
        prop::collection::vec(one, 0..12).prop_map(|all| {
            union(&[], &all)
                .map(|kept| kept.to_vec())
                .unwrap_or_default()
        })
    }

    fn joined(a: &[Entry], b: &[Entry]) -> Vec<Entry> {
        let mut all = union(a, b).map_or_else(|| a.to_vec(), |all| all.to_vec());
        all.sort_unstable();
        all
    }

    fn many_entries() -> impl Strategy<Value = Vec<Entry>> {
        let one = (0..400_u32, 0..50_u32).prop_map(|(s, t)| entry(s, 0, t));
        prop::collection::vec(one, 0..500).prop_map(|all| {
            union(&[], &all)
                .map(|kept| kept.to_vec())
                .unwrap_or_default()
        })
    }

    #[test]
    fn a_charge_is_judged_by_the_distinct_stories_of_its_meter_in_its_period() {
        // entries, story, charge → verdict
        let rows: &[(&[Entry], u32, Charge, Verdict)] = &[
            (&[], 1, charge(0, 10, 20, 0), Verdict::Refused { used: 0 }),
            (
                &[],
                1,
                charge(0, 10, 20, 1),
                Verdict::Added {
                    entry: entry(1, 0, 20),
                    used: 1,
                },
            ),
            (
                &[entry(1, 0, 10)],
                1,
                charge(0, 10, 20, 1),
                Verdict::Already { used: 1 },
            ),
            (
                &[entry(1, 0, 10)],
                2,
                charge(0, 10, 20, 1),
                Verdict::Refused { used: 1 },
            ),
            (
                &[entry(1, 0, 9)],
                1,
                charge(0, 10, 20, 1),
                Verdict::Moved {
                    index: 0,
                    entry: entry(1, 0, 20),
                    used: 1,
                },
            ),
            (
                &[entry(1, 5, 15)],
                1,
                charge(0, 10, 20, 1),
                Verdict::Added {
                    entry: entry(1, 0, 20),
                    used: 1,
                },
            ),
            // Counted while a clock was ahead: it still counts.
            (
                &[entry(1, 0, 99)],
                2,
                charge(0, 10, 20, 1),
                Verdict::Refused { used: 1 },
            ),
            // A moment before its own period would never count.
            (
                &[],
                1,
                charge(0, 10, 3, 1),
                Verdict::Added {
                    entry: entry(1, 0, 10),
                    used: 1,
                },
            ),
            // A limit lowered below what is used refuses, and keeps what was paid for.
            (
                &[entry(1, 0, 11), entry(2, 0, 12)],
                2,
                charge(0, 10, 20, 1),
                Verdict::Already { used: 2 },
            ),
        ];
        for (entries, story, charge, verdict) in rows {
            assert_eq!(
                judge(entries, StoryNo(*story), charge),
                *verdict,
                "{entries:?} {charge:?}"
            );
        }
    }

    #[test]
    fn room_is_made_only_by_what_no_period_needs() {
        let entries = [
            entry(1, 0, 9),
            entry(2, 0, 10),
            entry(3, 1, 9),
            entry(4, 1, 4),
        ];
        let kept = make_room(&entries, &charge(0, 10, 20, 1), Minute::new(5).unwrap());
        assert_eq!(&kept[..], &[entry(2, 0, 10), entry(3, 1, 9)]);
    }

    proptest! {
        #[test]
        fn an_entry_survives_packing(one in any_entry()) {
            prop_assert_eq!(Entry::new(one.counted()), one);
        }

        #[test]
        fn a_union_is_commutative_associative_and_idempotent(
            a in few_entries(), b in few_entries(), c in few_entries(),
        ) {
            prop_assert_eq!(joined(&a, &b), joined(&b, &a));
            prop_assert_eq!(joined(&joined(&a, &b), &c), joined(&a, &joined(&b, &c)));
            prop_assert_eq!(joined(&joined(&a, &b), &b), joined(&a, &b));
            prop_assert_eq!(union(&joined(&a, &b), &b), None);
        }

        #[test]
        fn a_union_that_overflows_keeps_the_latest(a in many_entries(), b in many_entries()) {
            let both = joined(&a, &b);
            prop_assert!(both.len() <= MAX_ENTRIES);
            prop_assert_eq!(&both, &joined(&b, &a));
            prop_assert_eq!(&joined(&both, &a), &both);
        }

        #[test]
        fn pruning_keeps_exactly_what_lies_at_or_after_the_horizon(
            all in few_entries(), horizon in 0..60_u32,
        ) {
            let horizon = Minute::new(horizon).unwrap();
            let kept = prune(&all, horizon).map_or_else(|| all.clone(), |kept| kept.to_vec());
            prop_assert!(kept.iter().all(|entry| entry.at() >= horizon));
            prop_assert_eq!(
                all.iter().filter(|entry| entry.at() >= horizon).count(), kept.len()
            );
        }
    }
}
