//! The business clock: the time that offers and subscriptions live by.
//!
//! It is the system's clock and a head start, which is nought unless a test
//! clock was moved, and is kept in the store. Moving it is [`Billing::advance`]'s
//! alone, since everything that falls due on the way has to be done.
//!
//! [`Billing::advance`]: crate::Billing::advance

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use store::{Store, StoreError};

/// The business clock and the system's behind it. Cheap to clone; all clones
/// are one.
#[derive(Clone)]
pub struct Clock {
    system: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// In microseconds, as in the store.
    ahead: Arc<AtomicI64>,
    moves: bool,
}

impl Clock {
    /// The system's own time, never moved.
    pub fn real(system: Arc<dyn Fn() -> Timestamp + Send + Sync>) -> Self {
        Self {
            system,
            ahead: Arc::new(AtomicI64::new(0)),
            moves: false,
        }
    }

    /// A clock that may be moved, as far ahead as it was left: for a
    /// publication that is marked as a test.
    pub async fn test(
        store: &Store,
        system: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    ) -> Result<Self, StoreError> {
        let ahead = store.read().await?.clock_ahead().await?;
        let micros = i64::try_from(ahead.as_micros()).unwrap_or(i64::MAX);
        Ok(Self {
            system,
            ahead: Arc::new(AtomicI64::new(micros)),
            moves: true,
        })
    }

    /// What the business clock says.
    pub fn now(&self) -> Timestamp {
        let system = self.system();
        system.saturating_add(self.ahead()).unwrap_or(system)
    }

    /// What the system's clock says.
    pub fn system(&self) -> Timestamp {
        (self.system)()
    }

    /// By how much the business clock is ahead.
    pub fn ahead(&self) -> SignedDuration {
        SignedDuration::from_micros(self.ahead.load(Ordering::Relaxed))
    }

    /// Whether it may be moved.
    pub fn moves(&self) -> bool {
        self.moves
    }

    /// How far ahead it has to be to say `to` now; never less than it is.
    pub(crate) fn ahead_for(&self, to: Timestamp) -> SignedDuration {
        let ahead = to.duration_since(self.system());
        // To the microsecond after, lest it is still a little too early.
        let whole = SignedDuration::from_micros(i64::try_from(ahead.as_micros()).unwrap_or(0));
        let up = SignedDuration::from_micros(i64::from(whole < ahead));
        (whole + up).max(self.ahead())
    }

    pub(crate) fn set_ahead(&self, ahead: SignedDuration) {
        let micros = i64::try_from(ahead.as_micros()).unwrap_or(i64::MAX);
        self.ahead.fetch_max(micros, Ordering::Relaxed);
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Clock")
            .field("ahead", &self.ahead())
            .field("moves", &self.moves)
            .finish_non_exhaustive()
    }
}
