//! Saying once a minute what would otherwise be said with every request.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How long nothing is said after something was.
const PAUSE: u64 = 60;

/// One complaint, however often there is cause for it.
#[derive(Debug)]
pub(crate) struct Quiet {
    /// The second from which on it may be said again.
    next: AtomicU64,
    causes: AtomicU64,
}

impl Quiet {
    pub(crate) fn new() -> Self {
        Self {
            next: AtomicU64::new(0),
            causes: AtomicU64::new(0),
        }
    }

    /// Notes a cause at `now`, on a clock that never goes back. How many there
    /// have been since it was last said, this one included, where it is to be
    /// said now.
    pub(crate) fn cause(&self, now: Duration) -> Option<u64> {
        self.causes.fetch_add(1, Ordering::Relaxed);
        let (now, next) = (now.as_secs(), self.next.load(Ordering::Relaxed));
        let ours = now >= next
            && self
                .next
                .compare_exchange(next, now + PAUSE, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok();
        ours.then(|| self.causes.swap(0, Ordering::Relaxed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_is_made_at_once_and_then_once_a_minute_with_its_causes() {
        let quiet = Quiet::new();
        let said: Vec<(u64, u64)> = (0..300)
            .filter_map(|second| Some((second, quiet.cause(Duration::from_secs(second))?)))
            .collect();
        assert_eq!(said, [(0, 1), (60, 60), (120, 60), (180, 60), (240, 60)]);
    }
}
