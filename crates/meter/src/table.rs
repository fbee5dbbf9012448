//! The table of readers in memory: shards, and which reader is in which.

use access::ReaderId;
use parking_lot::{Mutex, MutexGuard};

use crate::config::Config;
use crate::index::Hash;
use crate::shard::Shard;

/// The most shards. Two requests meet at one lock once in 256 times, for a few
/// hundred nanoseconds.
const MOST_SHARDS: usize = 256;

/// The least memory that a shard is given: a partly used chunk for each size of
/// record must not be most of it.
const LEAST_SHARD: usize = Config::LEAST_MEMORY;

pub(crate) struct Table {
    shards: Box<[Mutex<Shard>]>,
}

impl Table {
    /// A table of at most `memory` bytes.
    pub(crate) fn new(memory: usize) -> Self {
        let fitting = (memory / LEAST_SHARD).clamp(1, MOST_SHARDS);
        let count = 1 << fitting.ilog2();
        Self {
            shards: (0..count)
                .map(|_| Mutex::new(Shard::new(memory / count)))
                .collect(),
        }
    }

    /// The hash of a reader and the reader's shard, locked.
    pub(crate) fn lock(&self, reader: ReaderId) -> (Hash, MutexGuard<'_, Shard>) {
        // By the first byte, so that going through the shards is going through
        // the keys on disk: neighbours are written together.
        let shard = usize::from(reader.0[0]) * self.shards.len() / 256;
        (Hash::of(reader), self.shards[shard].lock())
    }

    pub(crate) fn shards(&self) -> &[Mutex<Shard>] {
        &self.shards
    }
}
