//! Which readings were counted, as far as a fixed piece of memory remembers.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// How many readings are remembered: 2 MB, the readings of an hour of a large paper
/// and of days of a small one. One that was forgotten counts once more.
const READINGS: usize = 1 << 18;

/// How many pairs of a network and a story have a counter of their own: 64 KB. Those
/// that share one count for each other, so a busy day counts less and never more.
const NETWORKS: usize = 1 << 16;

/// Readings that were counted.
pub(super) struct Seen {
    /// By their hash, beside each other two that have the same place.
    readings: Box<[AtomicU64]>,
    networks: Box<[AtomicU8]>,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            readings: (0..READINGS).map(|_| AtomicU64::new(0)).collect(),
            networks: (0..NETWORKS).map(|_| AtomicU8::new(0)).collect(),
        }
    }
}

impl Seen {
    /// Whether a reading isn't remembered; from now on it is.
    pub(super) fn is_new(&self, hash: u64) -> bool {
        // Nought is nobody's.
        let hash = hash | 1;
        let place = place(hash, READINGS) & !1;
        let pair = self.readings.get(place).zip(self.readings.get(place + 1));
        let Some((first, second)) = pair else {
            return false;
        };
        let newer = first.load(Ordering::Relaxed);
        if newer == hash || second.load(Ordering::Relaxed) == hash {
            return false;
        }
        // Two at a time may count one reading twice, which is of no account.
        second.store(newer, Ordering::Relaxed);
        first.store(hash, Ordering::Relaxed);
        true
    }

    /// How often a network has counted for a story on a day before this time. The
    /// hash has the day in it, so there is nothing to clear; what is left of other
    /// days makes some networks count less.
    pub(super) fn times(&self, hash: u64) -> u32 {
        let Some(counter) = self.networks.get(place(hash, NETWORKS)) else {
            return u32::MAX;
        };
        // The counter's upper bits say whose it is, for the next day to begin anew.
        let whose = u8::try_from(hash >> 61).unwrap_or_default() << 5;
        let was = counter.load(Ordering::Relaxed);
        let count = if was & WHOSE == whose { was & COUNT } else { 0 };
        counter.store(whose | (count + 1).min(COUNT), Ordering::Relaxed);
        u32::from(count)
    }
}

/// Of a network's counter, whose it is and how often.
const WHOSE: u8 = 0b1110_0000;
const COUNT: u8 = 0b0001_1111;

fn place(hash: u64, places: usize) -> usize {
    // The middle bits: the upper ones tell one from another at a place.
    usize::try_from(hash >> 20).unwrap_or_default() % places
}

/// Two numbers mixed into one: a multiplication, folded, as wyhash has it.
pub(super) fn mixed(one: u64, other: u64) -> u64 {
    let product =
        u128::from(one ^ 0x9e37_79b9_7f4a_7c15) * u128::from(other ^ 0xe703_7ed1_a0b4_28db);
    let [low, high] = [product, product >> 64].map(|half| half & u128::from(u64::MAX));
    u64::try_from(low ^ high).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_new_once_and_memory_is_bounded() {
        let seen = Seen::default();
        for reading in 0..100_000 {
            assert!(seen.is_new(mixed(reading, 1)), "{reading}");
            assert!(!seen.is_new(mixed(reading, 1)), "{reading}, at once again");
        }
        let forgotten = (0..100_000)
            .filter(|one| seen.is_new(mixed(*one, 1)))
            .count();
        assert!(forgotten < 25_000, "{forgotten}");
    }

    #[test]
    fn a_network_is_counted_by_itself() {
        let seen = Seen::default();
        let hash = mixed(1, 2);
        let counts: Vec<u32> = (0..40).map(|_| seen.times(hash)).collect();
        assert_eq!(counts[..3], [0, 1, 2]);
        assert_eq!(counts[39], 31, "it stays at its most");
        assert_eq!(seen.times(mixed(5, 9)), 0);
    }
}
