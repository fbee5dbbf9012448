//! Time and chance, handed in from outside.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

/// What these pages may ask of the world they run in.
#[derive(Clone)]
pub struct World {
    /// The system clock: sessions, tokens and waiting times live by it, so that
    /// a test clock that leaps a year signs nobody out.
    pub system: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// Fills a slice with random bytes; `false` if there are none to be had.
    pub random: Random,
}

/// Fills a slice with random bytes; `false` if there are none to be had.
pub type Random = Arc<dyn Fn(&mut [u8]) -> bool + Send + Sync>;

impl World {
    /// So many random bytes.
    pub(crate) fn draw<const N: usize>(&self) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        (self.random)(&mut bytes).then_some(bytes)
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("World")
    }
}
