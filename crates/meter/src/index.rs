//! From a reader's hash to the place of its record, in five bytes a reader.
//!
//! A hash table with linear probing over 32-bit words that hold a fingerprint
//! and a place. It grows by a fifth at a time, never by doubling, so a table of
//! any size is 69 to 83 per cent full; a general-purpose map of the same words
//! costs 6 to 11 bytes a reader, depending on luck.
//!
//! The index holds no ids: it asks its caller what a place holds.

use access::ReaderId;

use crate::slab::split;

/// Where a record is: a class of slab and a number in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) class: usize,
    pub(crate) at: usize,
}

impl Place {
    const AT_BITS: u32 = 19;
    /// The most records of one class in one shard, and so about 130 million of
    /// one class in a table: 8 GB of readers with five stories.
    pub(crate) const MAX_AT: usize = (1 << Self::AT_BITS) - 1;

    #[expect(
        clippy::cast_possible_truncation,
        reason = "24 classes, and MAX_AT is kept"
    )]
    fn pack(self) -> u32 {
        debug_assert!(self.at <= Self::MAX_AT);
        (self.class as u32) << Self::AT_BITS | self.at as u32
    }

    fn unpack(word: u32) -> Self {
        let place = word & 0x00ff_ffff;
        Self {
            class: (place >> Self::AT_BITS) as usize,
            at: place as usize & Self::MAX_AT,
        }
    }
}

/// A reader's hash. Ids are random or hashes already; the multiplication only
/// spreads them should they ever not be.
#[derive(Clone, Copy)]
pub(crate) struct Hash(u64);

impl Hash {
    pub(crate) fn of(id: ReaderId) -> Self {
        let (low, high) = split(id);
        let mixed = (low ^ u64::from(high).rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self(mixed ^ mixed >> 29)
    }

    fn home(self, slots: usize) -> usize {
        let spread = self.0 >> 24 & 0xffff_ffff;
        ((spread * slots as u64) >> 32) as usize
    }

    #[expect(clippy::cast_possible_truncation, reason = "eight bits are left")]
    fn fingerprint(self) -> u32 {
        (self.0 as u32) << 24
    }
}

const EMPTY: u32 = u32::MAX;
const SMALLEST: usize = 8;

/// The index of one shard.
pub(crate) struct Index {
    slots: Box<[u32]>,
    len: usize,
}

impl Index {
    pub(crate) fn new() -> Self {
        Self {
            slots: Box::default(),
            len: 0,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.slots)
    }

    /// Bytes by which one more reader would make the index grow now.
    pub(crate) fn growth(&self) -> usize {
        if self.has_room() {
            0
        } else {
            self.grown() * size_of::<u32>() - self.bytes()
        }
    }

    fn has_room(&self) -> bool {
        (self.len + 1) * 6 <= self.slots.len() * 5
    }

    fn grown(&self) -> usize {
        (self.slots.len() + self.slots.len() / 5).max(SMALLEST)
    }

    /// The place of the record for which `is` holds.
    pub(crate) fn find(&self, hash: Hash, is: impl Fn(Place) -> bool) -> Option<Place> {
        self.slot(hash, is)
            .map(|slot| Place::unpack(self.slots[slot]))
    }

    fn slot(&self, hash: Hash, is: impl Fn(Place) -> bool) -> Option<usize> {
        if self.slots.is_empty() {
            return None;
        }
        let mut slot = hash.home(self.slots.len());
        loop {
            let word = self.slots[slot];
            // At least a sixth of the slots are empty, so the walk ends.
            if word == EMPTY {
                return None;
            }
            if word & 0xff00_0000 == hash.fingerprint() && is(Place::unpack(word)) {
                return Some(slot);
            }
            slot = self.after(slot);
        }
    }

    fn after(&self, slot: usize) -> usize {
        if slot + 1 == self.slots.len() {
            0
        } else {
            slot + 1
        }
    }

    /// Adds a record that isn't there. `hash_at` says what other places hold.
    pub(crate) fn insert(&mut self, hash: Hash, place: Place, hash_at: impl Fn(Place) -> Hash) {
        if !self.has_room() {
            self.rebuild(self.grown(), &hash_at);
        }
        self.put(hash, place);
        self.len += 1;
    }

    fn put(&mut self, hash: Hash, place: Place) {
        let mut slot = hash.home(self.slots.len());
        while self.slots[slot] != EMPTY {
            slot = self.after(slot);
        }
        self.slots[slot] = hash.fingerprint() | place.pack();
    }

    fn rebuild(&mut self, slots: usize, hash_at: &impl Fn(Place) -> Hash) {
        let old = std::mem::replace(&mut self.slots, vec![EMPTY; slots].into_boxed_slice());
        for word in old.into_iter().filter(|&word| word != EMPTY) {
            let place = Place::unpack(word);
            self.put(hash_at(place), place);
        }
    }

    /// Notes that the record at `from` is now at `to`.
    pub(crate) fn relocate(&mut self, hash: Hash, from: Place, to: Place) {
        if let Some(slot) = self.slot(hash, |place| place == from) {
            self.slots[slot] = hash.fingerprint() | to.pack();
        }
    }

    /// Removes the record at `place`, which is still there for `hash_at`.
    pub(crate) fn remove(&mut self, hash: Hash, place: Place, hash_at: impl Fn(Place) -> Hash) {
        let Some(mut gap) = self.slot(hash, |found| found == place) else {
            return;
        };
        self.len -= 1;
        // Whatever was pushed past its home by the removed one moves back, so
        // no tombstone is ever needed.
        let mut slot = gap;
        loop {
            slot = self.after(slot);
            let word = self.slots[slot];
            if word == EMPTY {
                break;
            }
            let home = hash_at(Place::unpack(word)).home(self.slots.len());
            if self.distance(home, slot) >= self.distance(gap, slot) {
                self.slots[gap] = word;
                gap = slot;
            }
        }
        self.slots[gap] = EMPTY;
        if self.len * 3 < self.slots.len() && self.slots.len() > 4 * SMALLEST {
            self.rebuild((self.len + self.len / 3).max(SMALLEST), &|other| {
                hash_at(other)
            });
        }
    }

    /// How many steps of probing lead from `from` to `to`.
    fn distance(&self, from: usize, to: usize) -> usize {
        if to >= from {
            to - from
        } else {
            to + self.slots.len() - from
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use proptest::prelude::*;

    /// Places are numbered by `n`; ids are few and alike, so that they collide.
    fn hash(n: usize) -> Hash {
        let mut id = [0; 12];
        id[0] = u8::try_from(n % 256).unwrap();
        Hash::of(ReaderId(id))
    }

    fn place(n: usize) -> Place {
        Place {
            class: n % 24,
            at: n,
        }
    }

    proptest! {
        #[test]
        fn the_index_agrees_with_a_map(steps in prop::collection::vec((any::<bool>(), 0..600_usize), 0..1500)) {
            let mut index = Index::new();
            let mut model = HashMap::new();
            for (add, n) in steps {
                if add && !model.contains_key(&n) {
                    index.insert(hash(n), place(n), |at| hash(at.at));
                    model.insert(n, place(n));
                } else if !add && model.remove(&n).is_some() {
                    index.remove(hash(n), place(n), |at| hash(at.at));
                }
                prop_assert_eq!(index.len(), model.len());
            }
            for n in 0..600 {
                prop_assert_eq!(
                    index.find(hash(n), |found| found == place(n)), model.get(&n).copied()
                );
            }
        }
    }

    #[test]
    fn a_large_index_costs_no_more_than_six_bytes_a_reader() {
        let mut index = Index::new();
        for n in 0..100_000_usize {
            let spread = |n: usize| Hash((n as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            index.insert(spread(n), Place { class: 0, at: n }, |at| spread(at.at));
            if n > 1000 {
                assert!(index.bytes() <= index.len() * 6, "{} at {n}", index.bytes());
            }
        }
    }
}
