//! The windows of a text, by their hashes.

use crate::letters::Letter;
use crate::roll::Roller;

/// Windows of the same number of letters, begun at some of the letters.
pub(crate) struct Windows {
    /// Open addressing at most a quarter full, power-of-two places: a probe finds an empty place at
    /// once nearly always.
    table: Vec<u64>,
    /// Four bits for each place: small enough to stay near the processor, and
    /// nearly every window that isn't here stops at it.
    filter: Vec<u64>,
    shift: u32,
    window: usize,
}

const EMPTY: u64 = 0;

impl Windows {
    /// Room for `most` windows of `window` letters.
    pub(crate) fn new(window: usize, most: usize) -> Self {
        let places = (most * 4).next_power_of_two().max(64);
        Self {
            table: vec![EMPTY; places],
            filter: vec![0; places / 16],
            shift: 64 - places.trailing_zeros(),
            window,
        }
    }

    /// Adds the window that begins at every `step`th letter.
    pub(crate) fn insert(&mut self, letters: impl Iterator<Item = Letter>, step: usize) {
        let mut roller = self.roller();
        let mut since = 0;
        for letter in letters {
            if let Some(hash) = roller.push(letter) {
                if since == 0 {
                    let place = self.place(hash);
                    self.table[place] = hash;
                    let (word, bit) = self.filtered(hash);
                    self.filter[word] |= bit;
                }
                since = (since + 1) % step;
            }
        }
    }

    /// What hashes the letters of a text for [`Windows::holds`].
    pub(crate) fn roller(&self) -> Roller {
        Roller::new(self.window)
    }

    /// Where `hash` is, or would be. The table always has room.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        let mask = self.table.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "the shift leaves an index")]
        let mut place = (hash >> self.shift) as usize;
        while self.table[place] != EMPTY && self.table[place] != hash {
            place = (place + 1) & mask;
        }
        place
    }

    /// The word and the bit that stand for `hash` in the filter.
    #[inline]
    fn filtered(&self, hash: u64) -> (usize, u64) {
        // Four bits for each place of the table.
        #[expect(clippy::cast_possible_truncation, reason = "the shift leaves an index")]
        let bit = (hash >> (self.shift - 2)) as usize;
        (bit / 64, 1 << (bit % 64))
    }

    /// Whether it is the hash of one of them.
    #[inline]
    pub(crate) fn holds(&self, hash: u64) -> bool {
        let (word, bit) = self.filtered(hash);
        self.filter[word] & bit != 0 && self.table[self.place(hash)] == hash
    }

    /// Takes out those of these hashes that are in it.
    pub(crate) fn remove(&mut self, mut hashes: Vec<u64>) {
        hashes.retain(|&hash| self.holds(hash));
        if hashes.is_empty() {
            return;
        }
        hashes.sort_unstable();
        // A hole would break the chains of open addressing: build anew.
        let old = std::mem::take(&mut self.table);
        self.table = vec![EMPTY; old.len()];
        for hash in old {
            if hash != EMPTY && hashes.binary_search(&hash).is_err() {
                let place = self.place(hash);
                self.table[place] = hash;
            }
        }
    }
}
