//! Time and chance, handed in from outside: nothing in this crate reads a
//! clock or draws a random number by itself.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;

/// What the gate may ask of the world it runs in.
#[derive(Clone)]
pub struct World {
    /// The business clock, that rules, meters and offers live by. Read once a
    /// request.
    pub now: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// The system's clock, that sessions and signed messages live by, so that a
    /// business clock which is moved ahead signs nobody out. Read where one is
    /// shown.
    pub system: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// A clock that never goes back, for measuring how long a phase took.
    pub elapsed: Arc<dyn Fn() -> Duration + Send + Sync>,
    /// Fills a new reader's id from the system's source of randomness; `false`
    /// if that fails, and then there is no new reader.
    pub random: Random,
}

/// Fills a slice with random bytes; `false` if there are none to be had.
pub type Random = Arc<dyn Fn(&mut [u8]) -> bool + Send + Sync>;

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("World")
    }
}
