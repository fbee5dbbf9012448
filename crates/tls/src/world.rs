//! Time and chance, handed in from outside.
//!
//! Keys, nonces and session tickets are the exception: they are drawn by the
//! cryptographic library itself, which takes randomness from nobody.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;

/// What this crate may ask of the world it runs in.
#[derive(Clone)]
pub struct World {
    /// The system's clock, which is never moved: an authority and a browser
    /// wouldn't move with it.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Spreads the tries of servers that failed together.
    pub random: Random,
}

/// Fills a slice with random bytes; `false` if there are none to be had.
pub type Random = Arc<dyn Fn(&mut [u8]) -> bool + Send + Sync>;

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("World")
    }
}

/// For the TLS library, so that it sees the same clock.
impl TimeProvider for World {
    fn current_time(&self) -> Option<UnixTime> {
        let seconds = u64::try_from((self.now)().as_second()).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}
