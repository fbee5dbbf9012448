//! The comment that ends a slot and makes slots alike.
//!
//! It brings a slot to one of few sizes, and its CRC to [`CRC`]. What follows
//! the slot in a gzip response, the checksum included, so depends on the size
//! alone: it is put together once for all readers, and the length of a response
//! says little of what its reader is told.

use std::array;

/// The CRC of every slot.
pub(super) const CRC: u32 = 0;

/// How many sizes a page keeps an ending for. Any others are put together when
/// they are sent: the largest of these, 64 KB, is more than anybody reads at a
/// wall.
pub(super) const SIZES: usize = 15;

/// The smallest size, in bytes.
const SMALLEST: usize = 512;

const OPEN: &[u8] = b"<!--";
const CLOSE: &[u8] = b"-->";

/// The letters that bring the CRC about: `@` and `A` to `O`, whose lower four
/// bits are free. Eight of them would have as many bits as a CRC, but can't
/// reach every one.
const LETTERS: usize = 9;
const LETTER: u8 = b'@';
const FREE_BITS: usize = 4;

/// The least that the comment takes.
const LEAST: usize = OPEN.len() + LETTERS + CLOSE.len();

/// The place of a slot's size in the sequence 512, 768, 1,024, 1,536, ….
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size(usize);

impl Size {
    /// The first size that has room for `len` bytes.
    fn holding(len: usize) -> Self {
        let mut size = Self(0);
        while size.len() < len {
            size.0 += 1;
        }
        size
    }

    /// In bytes. Slots that don't fit into memory aren't made.
    pub(super) fn len(self) -> usize {
        let octave = SMALLEST << (self.0 / 2);
        octave + octave / 2 * (self.0 % 2)
    }

    /// Which of the kept endings is its own, if it has one.
    pub(super) fn index(self) -> Option<usize> {
        (self.0 < SIZES).then_some(self.0)
    }
}

/// `html` with the comment after it.
pub(super) fn filled(html: &[u8]) -> (Vec<u8>, Size) {
    let size = Size::holding(html.len() + LEAST);
    let mut text = Vec::with_capacity(size.len());
    text.extend_from_slice(html);
    text.extend_from_slice(OPEN);
    text.resize(size.len() - LETTERS - CLOSE.len(), b' ');
    text.extend_from_slice(&[LETTER; LETTERS]);
    text.extend_from_slice(CLOSE);
    let letters = letters(crc32fast::hash(&text) ^ CRC);
    let at = text.len() - LETTERS - CLOSE.len();
    text[at..at + LETTERS].copy_from_slice(&letters);
    (text, size)
}

/// The letters that change the CRC of a filled text by `change`.
///
/// CRCs are linear: what a bit does to one doesn't depend on the others. So
/// this is a system of 32 equations, one for each bit of the CRC.
fn letters(change: u32) -> [u8; LETTERS] {
    let (mut left, mut bits) = (change, 0);
    for (effect, of) in echelon() {
        // Each effect is the only one of its highest bit.
        if left & highest(effect) != 0 {
            left ^= effect;
            bits ^= of;
        }
    }
    array::from_fn(|letter| LETTER | (bits >> (FREE_BITS * letter)).to_le_bytes()[0] & 15)
}

/// Changes of the CRC and the free bits that have them, in row echelon form:
/// the highest bits of the changes are all different, and fall.
fn echelon() -> Vec<(u32, u64)> {
    let mut rows: Vec<(u32, u64)> = (0..FREE_BITS * LETTERS)
        .map(|bit| (effect(bit), 1 << bit))
        .collect();
    for at in 0..rows.len() {
        rows[at..].sort_unstable_by(|a, b| b.cmp(a));
        let (pivot, of) = rows[at];
        for row in &mut rows[at + 1..] {
            if pivot != 0 && row.0 & highest(pivot) != 0 {
                *row = (row.0 ^ pivot, row.1 ^ of);
            }
        }
    }
    rows
}

/// How the CRC of any text changes with the free bit.
fn effect(bit: usize) -> u32 {
    let zeros = [0; LETTERS + CLOSE.len()];
    let mut one = zeros;
    one[bit / FREE_BITS] = 1 << (bit % FREE_BITS);
    crc32fast::hash(&one) ^ crc32fast::hash(&zeros)
}

fn highest(bits: u32) -> u32 {
    bits.checked_ilog2().map_or(0, |bit| 1 << bit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_grow_by_a_half_or_a_third() {
        let sizes: Vec<usize> = (0..5).map(|size| Size(size).len()).collect();
        assert_eq!(sizes, [512, 768, 1024, 1536, 2048]);
        assert_eq!(Size(SIZES - 1).len(), 64 * 1024);
        assert_eq!(Size(SIZES - 1).index(), Some(SIZES - 1));
        assert_eq!(Size(SIZES).index(), None);
    }

    #[test]
    fn a_text_that_just_fits_is_not_put_in_a_larger_size() {
        for (len, size) in [(512 - LEAST, 512), (513 - LEAST, 768), (0, 512)] {
            assert_eq!(filled(&vec![b'x'; len]).0.len(), size, "{len}");
        }
    }

    proptest! {
        #[test]
        fn every_text_comes_to_the_same_crc(text in "\\PC{0,3000}") {
            let (filled, size) = filled(text.as_bytes());
            prop_assert_eq!(crc32fast::hash(&filled), CRC);
            prop_assert_eq!(filled.len(), size.len());
            let comment = std::str::from_utf8(&filled[text.len()..]).unwrap();
            let inside = comment.strip_prefix("<!--").unwrap().strip_suffix("-->").unwrap();
            prop_assert!(inside.bytes().all(|b| b == b' ' || (b'@'..=b'O').contains(&b)));
        }

        #[test]
        fn letters_bring_about_any_change(change in any::<u32>()) {
            let at = |letters: &[u8; LETTERS]| crc32fast::hash(&[letters, CLOSE].concat());
            prop_assert_eq!(at(&letters(change)) ^ at(&[LETTER; LETTERS]), change);
        }
    }
}
