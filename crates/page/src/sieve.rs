//! A first look for the windows of a text, which lets nearly no other text pass.
//!
//! A window is four groups of eight letters, of which all must be known. Where
//! the windows begin at every eighth letter so do the groups, and each is kept
//! once as two bits. Of a text that may hold a window only one group in four
//! is looked at, until one is known.

use crate::leak::{STEP, WINDOW};

/// Letters in a group: one number for the processor, and as many as windows
/// are apart.
const GROUP: usize = size_of::<u64>();

/// Groups in a window.
const GROUPS: usize = WINDOW / GROUP;

const _: () = assert!(GROUP == STEP && GROUPS * GROUP == WINDOW);

/// Bits for each group. With two of sixteen set a group that isn't known looks
/// so once in sixty times, and four in a row do once in ten million.
const BITS: usize = 16;

/// An odd number whose bits are mixed: that of the hash of windows.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

/// The groups of a text, and perhaps of some others that look like them.
pub(crate) struct Sieve {
    words: Vec<u64>,
    shift: u32,
}

impl Sieve {
    /// Room for the groups of `letters` letters.
    pub(crate) fn new(letters: usize) -> Self {
        let words = (letters / STEP * BITS / 64).next_power_of_two().max(2);
        Self {
            words: vec![0; words],
            shift: 64 - words.trailing_zeros(),
        }
    }

    /// Adds the windows of these letters that begin at every eighth.
    pub(crate) fn add(&mut self, letters: &[u8]) {
        for group in letters.as_chunks::<GROUP>().0 {
            let (word, bits) = self.place(*group);
            self.words[word] |= bits;
        }
    }

    /// The word of a group, and its bits there.
    #[inline]
    fn place(&self, group: [u8; GROUP]) -> (usize, u64) {
        let mixed = u64::from_le_bytes(group).wrapping_mul(MIX);
        // The upper bits are those that depend on all letters.
        #[expect(clippy::cast_possible_truncation, reason = "the shift leaves an index")]
        let word = (mixed >> self.shift) as usize;
        let rest = mixed << (64 - self.shift);
        (word, 1 << (rest >> 58) | 1 << (rest >> 52 & 63))
    }

    /// Whether the group that begins at `at` is known.
    #[inline]
    fn has(&self, letters: &[u8], at: usize) -> bool {
        let group = letters.get(at..).and_then(|rest| rest.first_chunk());
        group.is_some_and(|group| {
            let (word, bits) = self.place(*group);
            self.words[word] & bits == bits
        })
    }

    /// Whether a window may be in `letters`: if not, none is.
    pub(crate) fn catches(&self, letters: &[u8]) -> bool {
        // Wherever a window begins, one of its groups begins in the last
        // quarter of some stretch as long as a window.
        (WINDOW - GROUP..letters.len()).step_by(WINDOW).any(|from| {
            (from..from + GROUP).any(|at| self.has(letters, at) && self.row(letters, at))
        })
    }

    /// Whether the known group at `at` is one of as many in a row as make up
    /// a window.
    #[cold]
    fn row(&self, letters: &[u8], at: usize) -> bool {
        let before = (1..GROUPS).take_while(|n| {
            at.checked_sub(n * GROUP)
                .is_some_and(|at| self.has(letters, at))
        });
        let after = (1..GROUPS).take_while(|n| self.has(letters, at + n * GROUP));
        before.count() + 1 + after.count() >= GROUPS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_window_that_begins_at_an_eighth_letter_is_caught_wherever_it_stands(
            text in "[a-z]{40,400}", number in 0_usize..50,
            before in "[a-z]{0,80}", after in "[a-z]{0,80}",
        ) {
            let mut sieve = Sieve::new(text.len());
            sieve.add(text.as_bytes());
            let from = number % ((text.len() - WINDOW) / STEP + 1) * STEP;
            let window = &text[from..from + WINDOW];
            let copy = [&before, window, &after].concat();
            prop_assert!(sieve.catches(copy.as_bytes()));
            prop_assert!(sieve.catches(window.as_bytes()));
            prop_assert!(!sieve.catches(&window.as_bytes()[1..]));
        }
    }

    #[test]
    fn other_texts_are_hardly_ever_caught() {
        let mut state = 1_u64;
        let mut text = |len: usize| -> Vec<u8> {
            let mut letter = || {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                b'a' + state.to_be_bytes()[0] % 26
            };
            (0..len).map(|_| letter()).collect()
        };
        let mut sieve = Sieve::new(40_000);
        sieve.add(&text(40_000));
        let caught = (0..1000).filter(|_| sieve.catches(&text(2000)));
        assert!(caught.count() < 10);
    }
}
