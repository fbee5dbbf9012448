//! Time and chance, handed in from outside.

use std::fmt;
use std::sync::Arc;

use crate::clock::Clock;
use crate::error::BillingError;

/// Fills a slice with random bytes; `false` if there are none to be had.
pub type Random = Arc<dyn Fn(&mut [u8]) -> bool + Send + Sync>;

/// What this crate may ask of the world it runs in.
#[derive(Clone)]
pub struct World {
    /// The business clock, which everything sold lives by, and the system's
    /// behind it.
    pub clock: Clock,
    /// Where ids come from.
    pub random: Random,
}

impl World {
    /// 128 random bits: an id.
    pub(crate) fn draw(&self) -> Result<u128, BillingError> {
        let mut bytes = [0; 16];
        if (self.random)(&mut bytes) {
            return Ok(u128::from_be_bytes(bytes));
        }
        Err(BillingError::NoChance)
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("World")
    }
}
