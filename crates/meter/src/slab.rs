//! Records of one size, packed without gaps.
//!
//! A record is two words of header and one word for each entry of its class. The
//! last record of a slab moves into the place of one that is removed, so memory
//! is never fragmented, however readers grow; whoever refers to records by
//! their number must be told of the move.
//!
//! Nothing here knows what a reader is allowed, or that there is a disk.

use access::ReaderId;

use crate::record::{Entry, MAX_ENTRIES};

/// How many entries a record of each class has room for. One size for each
/// length up to eight, so that the usual reader wastes nothing, then steps of at
/// most a third.
pub(crate) const CLASSES: [u8; 24] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64, 96, 128, 192, 255,
];

const HEADER: usize = 2;

/// Words of a chunk: 4 KiB, small enough that a partly used chunk for each class
/// and shard is little, large enough that the allocator's own share is too.
const CHUNK: usize = 512;

/// What an allocation costs besides its bytes: the pointer and length in the
/// slab's list, and the allocator's header.
const CHUNK_OVERHEAD: usize = 32;

/// The smallest class with room for `entries`.
pub(crate) fn class_for(entries: usize) -> usize {
    debug_assert!(entries <= MAX_ENTRIES);
    CLASSES
        .iter()
        .position(|&room| usize::from(room) >= entries)
        .unwrap_or(CLASSES.len() - 1)
}

/// Marks in a record's header.
pub(crate) mod mark {
    /// Changed since it was last handed to the writer.
    pub(crate) const DIRTY: u8 = 1;
    /// In a batch that isn't on disk yet.
    pub(crate) const IN_FLIGHT: u8 = 2;
    /// Used since the clock's hand last passed.
    pub(crate) const RECENT: u8 = 4;
    /// Either reason for which a record may not leave memory.
    pub(crate) const PINNED: u8 = DIRTY | IN_FLIGHT;
}

/// All records of one class in one shard.
pub(crate) struct Slab {
    words: usize,
    per_chunk: usize,
    chunks: Vec<Box<[u64]>>,
    len: usize,
}

impl Slab {
    pub(crate) fn new(class: usize) -> Self {
        let words = HEADER + usize::from(CLASSES[class]);
        Self {
            words,
            per_chunk: (CHUNK / words).max(1),
            chunks: Vec::new(),
            len: 0,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// Bytes that [`Slab::push`] would allocate now.
    pub(crate) fn next_chunk(&self) -> usize {
        if self.len == self.chunks.len() * self.per_chunk {
            self.chunk_bytes()
        } else {
            0
        }
    }

    /// Bytes held.
    pub(crate) fn bytes(&self) -> usize {
        self.chunks.len() * self.chunk_bytes()
    }

    fn chunk_bytes(&self) -> usize {
        self.per_chunk * self.words * size_of::<u64>() + CHUNK_OVERHEAD
    }

    fn words_of(&self, at: usize) -> &[u64] {
        let start = at % self.per_chunk * self.words;
        &self.chunks[at / self.per_chunk][start..start + self.words]
    }

    fn words_of_mut(&mut self, at: usize) -> &mut [u64] {
        let start = at % self.per_chunk * self.words;
        &mut self.chunks[at / self.per_chunk][start..start + self.words]
    }

    /// Adds a record and says its number. `entries` must fit the class.
    pub(crate) fn push(&mut self, id: ReaderId, marks: u8, entries: &[Entry]) -> usize {
        if self.next_chunk() > 0 {
            self.chunks
                .push(vec![0; self.per_chunk * self.words].into_boxed_slice());
        }
        let at = self.len;
        self.len += 1;
        let (low, high) = split(id);
        let words = self.words_of_mut(at);
        words[0] = low;
        words[1] = u64::from(high);
        self.set_marks(at, marks);
        self.set_entries(at, entries);
        at
    }

    /// Removes a record. The last one takes its number, and is named, unless the
    /// removed record was the last.
    pub(crate) fn remove(&mut self, at: usize) -> Option<ReaderId> {
        let last = self.len - 1;
        let moved = (at != last).then(|| {
            let (from, to) = (last / self.per_chunk, at / self.per_chunk);
            let source = last % self.per_chunk * self.words;
            let target = at % self.per_chunk * self.words;
            if from == to {
                self.chunks[to].copy_within(source..source + self.words, target);
            } else {
                let (left, right) = self.chunks.split_at_mut(from);
                left[to][target..target + self.words]
                    .copy_from_slice(&right[0][source..source + self.words]);
            }
            self.id(at)
        });
        self.len = last;
        if self.len.is_multiple_of(self.per_chunk) {
            self.chunks.pop();
        }
        moved
    }

    pub(crate) fn id(&self, at: usize) -> ReaderId {
        let words = self.words_of(at);
        let mut id = [0; 12];
        id[..8].copy_from_slice(&words[0].to_le_bytes());
        id[8..].copy_from_slice(&words[1].to_le_bytes()[..4]);
        ReaderId(id)
    }

    /// Whether the record is `id`'s, without copying it out.
    pub(crate) fn is(&self, at: usize, (low, high): (u64, u32)) -> bool {
        let words = self.words_of(at);
        words[0] == low && words[1] & 0xffff_ffff == u64::from(high)
    }

    pub(crate) fn entries(&self, at: usize) -> impl ExactSizeIterator<Item = Entry> {
        let words = self.words_of(at);
        let len = usize::from(words[1].to_le_bytes()[4]);
        words[HEADER..HEADER + len].iter().map(|&word| Entry(word))
    }

    pub(crate) fn set_entries(&mut self, at: usize, entries: &[Entry]) {
        let words = self.words_of_mut(at);
        for (word, entry) in words[HEADER..].iter_mut().zip(entries) {
            *word = entry.0;
        }
        let len = entries.len() as u64;
        words[1] = words[1] & !(0xff << 32) | len << 32;
    }

    pub(crate) fn marks(&self, at: usize) -> u8 {
        self.words_of(at)[1].to_le_bytes()[5]
    }

    pub(crate) fn set_marks(&mut self, at: usize, marks: u8) {
        let word = &mut self.words_of_mut(at)[1];
        *word = *word & !(0xff << 40) | u64::from(marks) << 40;
    }
}

/// The two parts of an id that a header stores.
pub(crate) fn split(id: ReaderId) -> (u64, u32) {
    let (mut low, mut high) = ([0; 8], [0; 4]);
    low.copy_from_slice(&id.0[..8]);
    high.copy_from_slice(&id.0[8..]);
    (u64::from_le_bytes(low), u32::from_le_bytes(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u8) -> ReaderId {
        ReaderId([n; 12])
    }

    #[test]
    fn the_smallest_class_that_fits_is_chosen() {
        for len in 0..=MAX_ENTRIES {
            let class = class_for(len);
            assert!(usize::from(CLASSES[class]) >= len);
            assert!(class == 0 || usize::from(CLASSES[class - 1]) < len);
        }
    }

    #[test]
    fn a_record_keeps_its_id_marks_and_entries_apart() {
        let mut slab = Slab::new(class_for(2));
        let at = slab.push(id(9), mark::DIRTY, &[Entry(u64::MAX), Entry(7)]);
        slab.set_marks(at, mark::RECENT);
        assert_eq!(slab.id(at), id(9));
        assert_eq!(slab.marks(at), mark::RECENT);
        assert_eq!(
            slab.entries(at).collect::<Vec<_>>(),
            [Entry(u64::MAX), Entry(7)]
        );
        slab.set_entries(at, &[Entry(1)]);
        assert_eq!(slab.id(at), id(9));
        assert_eq!(slab.marks(at), mark::RECENT);
        assert_eq!(slab.entries(at).collect::<Vec<_>>(), [Entry(1)]);
    }

    #[test]
    fn removing_leaves_no_gap_and_gives_memory_back() {
        let mut slab = Slab::new(class_for(MAX_ENTRIES));
        for n in 0..5 {
            slab.push(id(n), 0, &[Entry(u64::from(n))]);
        }
        let full = slab.bytes();
        assert_eq!(slab.remove(1), Some(id(4)));
        assert_eq!(slab.id(1), id(4));
        assert_eq!(slab.entries(1).collect::<Vec<_>>(), [Entry(4)]);
        assert_eq!(slab.remove(3), None);
        assert_eq!(slab.len(), 3);
        assert_eq!(slab.bytes(), full / 5 * 3);
    }
}
