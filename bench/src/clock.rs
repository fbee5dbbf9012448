//! The clocks that measuring needs: time that passes, and time that a process
//! was given.

use std::time::{Duration, Instant};

use rustix::time::{ClockId, clock_gettime};

/// Now, for measuring.
#[expect(
    clippy::disallowed_methods,
    reason = "measuring is what this crate is for"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// How long this thread has run.
pub(crate) fn own() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::from_secs(seconds) + Duration::from_nanos(time.tv_nsec.unsigned_abs())
}

/// Waits a moment before something is asked again.
#[expect(
    clippy::disallowed_methods,
    reason = "servers started here have no other way to be awaited"
)]
pub(crate) fn pause() {
    std::thread::sleep(Duration::from_millis(2));
}
