//! How a store is set up: where, how durable, how large.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// When a count is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// At most this long after it was made, plus the time the disk takes.
    /// A crash loses at most the counts of one window, to the reader's gain.
    Window(Duration),
    /// Before [`crate::Store::durable`] returns, together with whatever else
    /// waits at that moment. A crash loses nothing that was waited for.
    Sync,
}

impl Default for Durability {
    /// A window of 100 ms: far less than it takes to read a story, long enough
    /// that ten fsyncs a second carry any number of counts.
    fn default() -> Self {
        Self::Window(Duration::from_millis(100))
    }
}

/// A monotonic clock: the time since some fixed moment.
pub type Clock = Arc<dyn Fn() -> Duration + Send + Sync>;

/// How a store is set up.
#[derive(Clone)]
pub struct Config {
    /// The data directory; made if it doesn't exist.
    pub dir: PathBuf,
    /// When a count is on disk.
    pub durability: Durability,
    /// Bytes that the table of readers may take; at least [`Config::LEAST_MEMORY`].
    /// A reader with five counted stories takes about 62, one with forty about 350.
    pub memory: usize,
    /// Bytes that the disk's own block cache may take. Cold readers are read
    /// through it.
    pub disk_cache: u64,
    /// How long to wait after a failed write before the first new attempt. Each
    /// further wait is twice as long, up to [`Config::LONGEST_RETRY`].
    pub retry: Duration,
    /// For the time a write takes in [`crate::Stats`]; `None` leaves it out.
    pub clock: Option<Clock>,
}

impl Config {
    /// The smallest table: one shard with room for a thousand readers.
    pub const LEAST_MEMORY: usize = 96 * 1024;

    /// The longest wait between attempts to write to a disk that refuses: soon
    /// enough that counting resumes within a minute of space being made.
    pub const LONGEST_RETRY: Duration = Duration::from_secs(30);

    /// The default configuration in `dir`: a window of 100 ms, 256 MiB for four
    /// million active readers with five counted stories, 16 MiB of disk cache.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self {
            dir: dir.into(),
            durability: Durability::default(),
            memory: 256 << 20,
            disk_cache: 16 << 20,
            retry: Duration::from_secs(1),
            clock: None,
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("dir", &self.dir)
            .field("durability", &self.durability)
            .field("memory", &self.memory)
            .field("disk_cache", &self.disk_cache)
            .field("retry", &self.retry)
            .field("clock", &self.clock.is_some())
            .finish()
    }
}
