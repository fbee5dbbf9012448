//! Figures about the store, for metrics.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::shared::Shared;

/// Figures about the store at one moment. Shards are asked one after another, so
/// sums are not of one instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Readers in memory.
    pub readers: usize,
    /// Bytes that the table of readers takes, its index included.
    pub table_bytes: usize,
    /// Readers whose record isn't on disk as it is in memory.
    pub unwritten: usize,
    /// Records forgotten to make room, since the start.
    pub evictions: u64,
    /// Readers loaded from disk, since the start.
    pub cold_loads: u64,
    /// Stories that have a number.
    pub stories: usize,
    /// Bytes that the dictionary of stories takes.
    pub dictionary_bytes: usize,
    /// Networks with a budget of fresh readers, their neighbourhoods included.
    pub networks: usize,
    /// Batches written, each with one fsync, since the start.
    pub groups: u64,
    /// Records, names and budgets written, since the start.
    pub records: u64,
    /// How long the last round that wrote anything took, until all of it was on
    /// disk; `None` before there was one, and without a clock.
    pub last_write: Option<Duration>,
    /// Attempts to write that failed, since the start.
    pub failures: u64,
    /// Why nothing can be written at the moment.
    pub failing: Option<Arc<str>>,
}

pub(crate) fn stats(store: &Shared) -> Stats {
    let counters = &store.counters;
    let took = counters.last_write_micros.load(Ordering::Relaxed);
    let mut stats = Stats {
        cold_loads: counters.cold_loads.load(Ordering::Relaxed),
        networks: store.budgets.lock().len(),
        groups: counters.groups.load(Ordering::Relaxed),
        records: counters.records.load(Ordering::Relaxed),
        last_write: (took > 0).then(|| Duration::from_micros(took)),
        failures: counters.failures.load(Ordering::Relaxed),
        failing: store.board.now().failing,
        ..Stats::default()
    };
    let names = store.names.read();
    stats.stories = names.stories();
    stats.dictionary_bytes = names.bytes();
    drop(names);
    for locked in store.table.shards() {
        let shard = locked.lock();
        stats.readers += shard.len();
        stats.table_bytes += shard.bytes();
        stats.unwritten += shard.pinned();
        stats.evictions += shard.evicted();
    }
    stats
}
