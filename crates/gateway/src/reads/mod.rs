//! What readers read most, at the moment: a rank of stories, and nobody's name.
//!
//! A reading counts where the gate shows a whole story to somebody whom it knows
//! again: by an id that its network's budget has paid for, or by an account. Each
//! counts a story once a day, and each network a few times; so who wants a story on
//! top needs many networks and not a loop. Crawlers, staff, gifts, sponsored stories
//! and what is fetched ahead don't count.
//!
//! Nothing here says who read what: of a reading only a keyed hash is kept, in
//! memory, until others take its place.

mod rank;
mod seen;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use access::{ReaderId, Reason, StoryId};
use jiff::Timestamp;
use parking_lot::Mutex;

use rank::Rank;
pub use rank::Ranked;
use seen::{Seen, mixed};

/// How often a network may count for a story on a day: a family and an office. Who
/// shares an address with a city counts for little, and is many.
const PER_NETWORK: u32 = 20;

/// A day, in seconds.
const DAY: i64 = 24 * 60 * 60;

/// Counts readings. One for all connections.
pub struct Reads {
    /// Whether anything is counted.
    is_on: AtomicBool,
    seed: [u64; 2],
    seen: Seen,
    rank: Mutex<Rank>,
    counted: AtomicU64,
}

/// A reading.
#[derive(Clone, Copy)]
pub(crate) struct Reading<'a> {
    pub(crate) reader: ReaderId,
    /// The network, where it is one that shares a budget.
    pub(crate) network: Option<[u8; 8]>,
    pub(crate) story: &'a StoryId,
    /// A hash of the story's id.
    pub(crate) mark: u64,
    pub(crate) now: Timestamp,
}

/// Whether a decision is a reading that counts.
pub(crate) fn counts(reason: Reason) -> bool {
    matches!(
        reason,
        Reason::Free
            | Reason::Entitled
            | Reason::PaymentGrace
            | Reason::Counted
            | Reason::AlreadyCounted
    )
}

/// A reader's id as two numbers.
fn halves(reader: ReaderId) -> [u64; 2] {
    let mut bytes = [0; 16];
    let (id, _) = bytes.split_at_mut(reader.0.len());
    id.copy_from_slice(&reader.0);
    let whole = u128::from_le_bytes(bytes);
    [whole, whole >> 64].map(|half| u64::try_from(half & u128::from(u64::MAX)).unwrap_or_default())
}

impl Reads {
    /// Nothing is counted before it is [turned](Self::turn) on. `seed` is what hashes
    /// are keyed with: another at each start.
    pub fn new(seed: [u64; 2]) -> Self {
        Self {
            is_on: AtomicBool::new(false),
            seed,
            seen: Seen::default(),
            rank: Mutex::default(),
            counted: AtomicU64::new(0),
        }
    }

    /// Counts from now on, or no longer.
    pub fn turn(&self, on: bool) {
        self.is_on.store(on, Ordering::Relaxed);
    }

    /// Whether anything is counted.
    pub fn is_on(&self) -> bool {
        self.is_on.load(Ordering::Relaxed)
    }

    /// How many readings were counted since the start.
    pub fn counted(&self) -> u64 {
        self.counted.load(Ordering::Relaxed)
    }

    /// Takes a reading in. What was counted already costs a look at one line of
    /// memory.
    pub(crate) fn note(&self, reading: Reading<'_>) {
        let day = reading.now.as_second().div_euclid(DAY).unsigned_abs();
        let [one, other] = self.seed;
        let [first, rest] = halves(reading.reader);
        let what = mixed(reading.mark ^ one, day ^ other);
        if !self.seen.is_new(mixed(first ^ one, rest ^ what)) {
            return;
        }
        if let Some(network) = reading.network {
            let network = mixed(u64::from_le_bytes(network) ^ other, what);
            if self.seen.times(network) >= PER_NETWORK {
                return;
            }
        }
        // Who is in the middle of it is quicker than this one could wait; and a rank
        // misses one of many.
        if let Some(mut rank) = self.rank.try_lock() {
            rank.add(reading.story, reading.now);
            self.counted.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// The stories that are read most, the first first, at most so many.
    pub fn ranked(&self, most: usize, now: Timestamp) -> Vec<Ranked> {
        self.rank.lock().ranked(most, now)
    }

    /// Goes on with what was ranked before a restart.
    pub fn resume(&self, before: &[Ranked], now: Timestamp) {
        self.rank.lock().resume(before, now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: &str = "2026-12-01T12:00:00Z";

    struct Paper(Reads);

    impl Paper {
        fn new() -> Self {
            Self(Reads::new([7, 11]))
        }

        fn reads(&self, reader: u64, network: u64, story: &str, at: &str) {
            let mut id = [0; 12];
            id[..8].copy_from_slice(&mixed(reader, 3).to_le_bytes());
            let mark = story.bytes().fold(5, |mark, byte| mixed(mark, byte.into()));
            self.0.note(Reading {
                reader: ReaderId(id),
                network: (network > 0).then(|| network.to_le_bytes()),
                story: &StoryId::new(story),
                mark,
                now: at.parse().expect("a time"),
            });
        }

        fn top(&self, at: &str) -> Vec<String> {
            let ranked = self.0.ranked(10, at.parse().expect("a time"));
            ranked
                .iter()
                .map(|one| one.story.as_str().to_owned())
                .collect()
        }
    }

    #[test]
    fn what_more_readers_read_comes_first_and_repeating_oneself_moves_nothing() {
        let paper = Paper::new();
        for reader in 0..5 {
            paper.reads(reader, 0, "/a", NOON);
        }
        for reader in 0..3 {
            for _ in 0..1_000 {
                paper.reads(reader, 0, "/b", NOON);
            }
        }
        assert_eq!(paper.top(NOON), ["/a", "/b"]);
        assert_eq!(paper.0.counted(), 8);
        // Tomorrow is another day, and yesterday counts for less.
        let tomorrow = "2026-12-02T12:00:00Z";
        for reader in 0..3 {
            paper.reads(reader, 0, "/b", tomorrow);
        }
        assert_eq!(paper.top(tomorrow), ["/b", "/a"]);
    }

    #[test]
    fn a_script_with_a_thousand_fresh_ids_from_one_network_beats_no_small_crowd() {
        let paper = Paper::new();
        for reader in 0..30 {
            paper.reads(reader, 1_000 + reader, "/read", NOON);
        }
        for reader in 0..1_000 {
            paper.reads(10_000 + reader, 1, "/pumped", NOON);
        }
        assert_eq!(paper.top(NOON), ["/read", "/pumped"]);
        assert_eq!(paper.0.counted(), 30 + u64::from(PER_NETWORK));
        // The same network still counts for what else is read there.
        paper.reads(7, 1, "/other", NOON);
        assert!(paper.top(NOON).contains(&"/other".to_owned()));
    }

    #[test]
    fn only_readings_of_whole_stories_by_readers_count() {
        let counting: Vec<Reason> = Reason::ALL.into_iter().filter(|one| counts(*one)).collect();
        assert_eq!(counting.len(), 5, "{counting:?}");
        for reason in [
            Reason::Crawler,
            Reason::Staff,
            Reason::Gift,
            Reason::Sponsored,
            Reason::Unavailable,
            Reason::MeterExhausted,
        ] {
            assert!(!counts(reason), "{reason:?}");
        }
    }
}
