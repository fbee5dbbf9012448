//! One shard of the table: the records of some readers, behind one lock.
//!
//! A shard knows which of its records have to reach the disk and forgets others
//! when its memory is used up. It never waits, never touches the disk, and never
//! forgets a record that the disk doesn't have: a cold read would then bring back
//! an older state, and with it stories that were counted already.

use access::{Charge, Minute, ReaderId, StoryNo};
use smallvec::SmallVec;

use crate::index::{Hash, Index, Place};
use crate::record::{self, Entries, Entry, MAX_ENTRIES, Verdict};
use crate::slab::{CLASSES, Slab, class_for, mark, split};

/// Memory is at its bound and every record has yet to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full;

/// The round of writing that makes a record's state durable; 0 for a state that
/// is on disk.
pub(crate) type Round = u64;

/// What a charge came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Counted {
        used: u16,
        round: Round,
    },
    Already {
        used: u16,
        round: Round,
    },
    Refused {
        used: u16,
    },
    /// It would have been counted, but counting is off.
    Withheld,
    Cold,
}

/// A load from disk that is under way, and whether it can still be trusted.
struct Load {
    token: u64,
    reader: ReaderId,
    fresh: bool,
}

pub(crate) struct Shard {
    slabs: [Slab; CLASSES.len()],
    index: Index,
    /// Readers with [`mark::DIRTY`], each once.
    dirty: Vec<ReaderId>,
    /// The round that what is dirty now will be written in.
    round: Round,
    /// Bytes that the shard may hold.
    limit: usize,
    slab_bytes: usize,
    /// Where the clock's hand stands.
    hand: Place,
    pinned: usize,
    /// The hand went round and found nothing to forget, and nothing has been
    /// written since: there is no point in going round again.
    wedged: bool,
    loads: SmallVec<[Load; 2]>,
    next_token: u64,
    evicted: u64,
}

impl Shard {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            slabs: std::array::from_fn(Slab::new),
            index: Index::new(),
            dirty: Vec::new(),
            round: 1,
            limit,
            slab_bytes: 0,
            hand: Place { class: 0, at: 0 },
            pinned: 0,
            wedged: false,
            loads: SmallVec::new(),
            next_token: 0,
            evicted: 0,
        }
    }

    /// Readers in memory.
    pub(crate) fn len(&self) -> usize {
        self.index.len()
    }

    /// Records that are not on disk as they are here.
    pub(crate) fn pinned(&self) -> usize {
        self.pinned
    }

    /// Records forgotten for want of memory, since the start.
    pub(crate) fn evicted(&self) -> u64 {
        self.evicted
    }

    /// Bytes held, the shard itself included.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.slab_bytes
            + self.index.bytes()
            + self.dirty.capacity() * size_of::<ReaderId>()
    }

    /// Whether so much is unwritten that the writer should not wait any longer.
    pub(crate) fn is_pressed(&self) -> bool {
        self.pinned * 2 > self.len() && self.bytes() * 4 > self.limit * 3
    }

    fn find(&self, hash: Hash, reader: ReaderId) -> Option<Place> {
        let id = split(reader);
        self.index
            .find(hash, |place| self.slabs[place.class].is(place.at, id))
    }

    fn entries(&self, place: Place) -> Entries {
        self.slabs[place.class].entries(place.at).collect()
    }

    fn marks(&self, place: Place) -> u8 {
        self.slabs[place.class].marks(place.at)
    }

    fn mark(&mut self, place: Place, marks: u8) {
        self.slabs[place.class].set_marks(place.at, marks);
    }

    /// Writing is one thread's work and a round is settled before the next
    /// begins, so what is in flight belongs to the round before this one.
    fn round_of(&self, marks: u8) -> Round {
        if marks & mark::DIRTY != 0 {
            self.round
        } else if marks & mark::IN_FLIGHT != 0 {
            self.round - 1
        } else {
            0
        }
    }

    /// A copy of a reader's entries, and the round that makes them durable;
    /// `None` where the reader isn't in memory.
    pub(crate) fn read(&mut self, hash: Hash, reader: ReaderId) -> Option<(Entries, Round)> {
        let place = self.find(hash, reader)?;
        let marks = self.marks(place);
        if marks & mark::RECENT == 0 {
            self.mark(place, marks | mark::RECENT);
        }
        Some((self.entries(place), self.round_of(marks)))
    }

    /// Adds a reader whose state on disk is `entries`, unless there is one.
    pub(crate) fn insert(
        &mut self,
        hash: Hash,
        reader: ReaderId,
        entries: &[Entry],
    ) -> Result<(), Full> {
        if self.find(hash, reader).is_some() {
            return Ok(());
        }
        let class = class_for(entries.len());
        self.make_room(class, true, reader)?;
        self.wedged = false;
        let place = self.push(class, reader, mark::RECENT, entries);
        let slabs = &self.slabs;
        self.index
            .insert(hash, place, |at| Hash::of(slabs[at.class].id(at.at)));
        Ok(())
    }

    /// Counts a story, or says why not. `counting` is off while the disk takes
    /// no writes; what is paid for is still known then.
    pub(crate) fn charge(
        &mut self,
        hash: Hash,
        reader: ReaderId,
        story: StoryNo,
        charge: &Charge,
        horizon: Minute,
        counting: bool,
    ) -> Result<Outcome, Full> {
        let Some(place) = self.find(hash, reader) else {
            return Ok(Outcome::Cold);
        };
        let marks = self.marks(place);
        let mut entries = self.entries(place);
        let used = match record::judge(&entries, story, charge) {
            Verdict::Already { used } => {
                return Ok(Outcome::Already {
                    used,
                    round: self.round_of(marks),
                });
            }
            Verdict::Refused { used } => return Ok(Outcome::Refused { used }),
            Verdict::Moved { .. } | Verdict::Added { .. } if !counting => {
                return Ok(Outcome::Withheld);
            }
            Verdict::Moved { index, entry, used } => {
                entries[index] = entry;
                used
            }
            Verdict::Added { entry, used } => {
                if entries.len() == MAX_ENTRIES {
                    entries = record::make_room(&entries, charge, horizon);
                }
                if entries.len() == MAX_ENTRIES {
                    return Ok(Outcome::Refused { used: used - 1 });
                }
                entries.push(entry);
                used
            }
        };
        self.replace(hash, reader, &entries)?;
        Ok(Outcome::Counted {
            used,
            round: self.round,
        })
    }

    /// Adds what `from` has counted; the round that makes the result durable, or
    /// `None` where the reader isn't in memory.
    pub(crate) fn join(
        &mut self,
        hash: Hash,
        reader: ReaderId,
        from: &[Entry],
    ) -> Result<Option<Round>, Full> {
        let Some((entries, round)) = self.read(hash, reader) else {
            return Ok(None);
        };
        match record::union(&entries, from) {
            None => Ok(Some(round)),
            Some(joined) => self
                .replace(hash, reader, &joined)
                .map(|()| Some(self.round)),
        }
    }

    /// Forgets a reader's entries before `horizon`; `false` where the reader
    /// isn't in memory.
    pub(crate) fn prune(
        &mut self,
        hash: Hash,
        reader: ReaderId,
        horizon: Minute,
    ) -> Result<bool, Full> {
        let Some(place) = self.find(hash, reader) else {
            return Ok(false);
        };
        match record::prune(&self.entries(place), horizon) {
            None => Ok(true),
            Some(kept) => self.replace(hash, reader, &kept).map(|()| true),
        }
    }

    /// Gives a reader in memory other entries, and marks the record dirty.
    fn replace(&mut self, hash: Hash, reader: ReaderId, entries: &[Entry]) -> Result<(), Full> {
        let class = class_for(entries.len());
        if self
            .find(hash, reader)
            .is_some_and(|place| place.class != class)
        {
            self.make_room(class, false, reader)?;
        }
        // Making room may have moved the record.
        let Some(mut place) = self.find(hash, reader) else {
            return Ok(());
        };
        let marks = self.marks(place);
        if marks & mark::DIRTY == 0 {
            self.dirty.push(reader);
        }
        if marks & mark::PINNED == 0 {
            self.pinned += 1;
        }
        let marks = marks | mark::DIRTY | mark::RECENT;
        if place.class == class {
            self.slabs[class].set_entries(place.at, entries);
        } else {
            let to = self.push(class, reader, marks, entries);
            self.index.relocate(hash, place, to);
            self.pull(place);
            place = to;
        }
        self.mark(place, marks);
        Ok(())
    }

    fn push(&mut self, class: usize, reader: ReaderId, marks: u8, entries: &[Entry]) -> Place {
        let slab = &mut self.slabs[class];
        self.slab_bytes += slab.next_chunk();
        Place {
            class,
            at: slab.push(reader, marks, entries),
        }
    }

    /// Takes a record out of its slab, to which the index no longer points.
    fn pull(&mut self, place: Place) {
        let slab = &mut self.slabs[place.class];
        let before = slab.bytes();
        let last = Place {
            at: slab.len() - 1,
            ..place
        };
        let moved = slab.remove(place.at);
        self.slab_bytes -= before - slab.bytes();
        if let Some(moved) = moved {
            self.index.relocate(Hash::of(moved), last, place);
        }
    }

    /// Makes sure that a record of `class` can be added, and to the index too if
    /// it is `new`, by forgetting others than `keep`.
    fn make_room(&mut self, class: usize, new: bool, keep: ReaderId) -> Result<(), Full> {
        loop {
            let slab = &self.slabs[class];
            if slab.len() > Place::MAX_AT {
                return Err(Full);
            }
            let growth = if new { self.index.growth() } else { 0 };
            if self.bytes() + slab.next_chunk() + growth <= self.limit {
                return Ok(());
            }
            if !self.evict(keep) {
                return Err(Full);
            }
        }
    }

    /// Forgets one record that is on disk and has not been used since the hand
    /// last passed; `false` if there is none.
    fn evict(&mut self, keep: ReaderId) -> bool {
        if self.wedged {
            return false;
        }
        // Two turns: the first may only clear the marks of recent use.
        let mut steps = 2 * (self.len() + CLASSES.len());
        while steps > 0 {
            steps -= 1;
            let place = self.hand;
            if place.at >= self.slabs[place.class].len() {
                self.hand = Place {
                    class: (place.class + 1) % CLASSES.len(),
                    at: 0,
                };
                continue;
            }
            let marks = self.marks(place);
            let reader = self.slabs[place.class].id(place.at);
            if marks & mark::PINNED == 0 && reader != keep {
                if marks & mark::RECENT == 0 {
                    self.forget(reader, place);
                    return true;
                }
                self.mark(place, marks & !mark::RECENT);
            }
            self.hand.at += 1;
        }
        self.wedged = true;
        false
    }

    fn forget(&mut self, reader: ReaderId, place: Place) {
        let slabs = &self.slabs;
        self.index.remove(Hash::of(reader), place, |at| {
            Hash::of(slabs[at.class].id(at.at))
        });
        self.pull(place);
        self.evicted += 1;
        for load in self.loads.iter_mut().filter(|load| load.reader == reader) {
            load.fresh = false;
        }
    }

    /// Announces that `reader` is about to be read from disk. Should the reader
    /// meanwhile come, change and go, what was read is stale, and
    /// [`Shard::loaded`] will say so.
    pub(crate) fn load(&mut self, reader: ReaderId) -> u64 {
        self.next_token += 1;
        let token = self.next_token;
        self.loads.push(Load {
            token,
            reader,
            fresh: true,
        });
        token
    }

    /// Ends a load; whether what was read may be put into memory.
    pub(crate) fn loaded(&mut self, token: u64) -> bool {
        let found = self.loads.iter().position(|load| load.token == token);
        found.is_some_and(|at| self.loads.swap_remove(at).fresh)
    }

    /// Begins a round: hands every dirty record to `each` and returns whose they
    /// were. They are in flight until [`Shard::settle`].
    pub(crate) fn collect(
        &mut self,
        round: Round,
        mut each: impl FnMut(ReaderId, &[Entry]),
    ) -> Vec<ReaderId> {
        self.round = round + 1;
        let mut readers = std::mem::take(&mut self.dirty);
        // In the order of their keys the database inserts them several times
        // faster.
        readers.sort_unstable();
        for &reader in &readers {
            let Some(place) = self.find(Hash::of(reader), reader) else {
                continue;
            };
            each(reader, &self.entries(place));
            let marks = self.marks(place) & !mark::DIRTY | mark::IN_FLIGHT;
            self.mark(place, marks);
        }
        readers
    }

    /// Ends a round: what was in flight is on disk, or is dirty again.
    pub(crate) fn settle(&mut self, readers: &[ReaderId], written: bool) {
        self.wedged = false;
        for &reader in readers {
            let Some(place) = self.find(Hash::of(reader), reader) else {
                continue;
            };
            let mut marks = self.marks(place) & !mark::IN_FLIGHT;
            if !written && marks & mark::DIRTY == 0 {
                marks |= mark::DIRTY;
                self.dirty.push(reader);
            }
            if marks & mark::PINNED == 0 {
                self.pinned -= 1;
            }
            self.mark(place, marks);
        }
    }
}

#[cfg(test)]
mod tests;
