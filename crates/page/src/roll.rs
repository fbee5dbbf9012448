//! A hash that rolls over letters: equal for equal windows, wherever they stand.

use crate::leak::WINDOW;
use crate::letters::Letter;

/// The base of the rolling hash: the odd part of the golden ratio in 64 bits.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// A hash over the last letters.
pub(crate) struct Roller {
    /// The last letters; the newest is at `count - 1`, modulo the length.
    ring: [Letter; WINDOW],
    count: usize,
    window: usize,
    hash: u64,
    /// What the oldest letter contributes: `BASE^(window - 1)`.
    oldest: u64,
}

impl Roller {
    /// A `window` of at most [`WINDOW`] letters.
    pub(crate) fn new(window: usize) -> Self {
        let oldest = (1..window).fold(1_u64, |power, _| power.wrapping_mul(BASE));
        Self {
            ring: [0; WINDOW],
            count: 0,
            window,
            hash: 0,
            oldest,
        }
    }

    /// The hash of the window that ends with `letter`, once there is one.
    #[inline]
    pub(crate) fn push(&mut self, letter: Letter) -> Option<u64> {
        if self.count >= self.window {
            let old = self.ring[(self.count - self.window) % WINDOW];
            let gone = spread(old).wrapping_mul(self.oldest);
            self.hash = self.hash.wrapping_sub(gone);
        }
        self.ring[self.count % WINDOW] = letter;
        self.count += 1;
        self.hash = self.hash.wrapping_mul(BASE).wrapping_add(spread(letter));
        (self.count >= self.window).then_some(self.hash)
    }
}

/// Neighbouring letters become distant numbers.
#[inline]
fn spread(letter: Letter) -> u64 {
    (u64::from(letter) + 1).wrapping_mul(0xd6e8_feb8_6659_fd93)
}
