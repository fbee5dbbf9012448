//! The one room with a clock, dice and the environment in it. Everybody else is
//! handed theirs.

use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant, SystemTime};

use billing::Clock;
use gateway::World;
use jiff::Timestamp;

/// The machine's time.
#[expect(
    clippy::disallowed_methods,
    reason = "here the clock is read, for everybody else"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// What the environment says; `None` where it says nothing that is text.
#[expect(
    clippy::disallowed_methods,
    reason = "here the environment is read, for secrets that the configuration names"
)]
pub(crate) fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Fills `bytes` from the operating system's randomness; `false` if it fails.
#[expect(
    clippy::disallowed_methods,
    reason = "here randomness is drawn, for everybody else"
)]
pub(crate) fn random(bytes: &mut [u8]) -> bool {
    getrandom::fill(bytes).is_ok()
}

/// A clock that never goes back, from now.
#[expect(
    clippy::disallowed_methods,
    reason = "here the clock is read, for everybody else"
)]
pub(crate) fn monotonic() -> Arc<dyn Fn() -> Duration + Send + Sync> {
    let start = Instant::now();
    Arc::new(move || start.elapsed())
}

/// The time since the program was first asked for it, on a clock that never goes
/// back.
pub(crate) fn elapsed() -> Duration {
    static CLOCK: LazyLock<Arc<dyn Fn() -> Duration + Send + Sync>> = LazyLock::new(monotonic);
    CLOCK()
}

/// What the program's file is, to know another build by: its length, and when it
/// was written.
pub(crate) fn program() -> Option<(u64, SystemTime)> {
    let file = std::env::current_exe().ok()?.metadata().ok()?;
    Some((file.len(), file.modified().ok()?))
}

/// What a gate is given that lives by the machine's time alone.
pub(crate) fn real() -> World {
    going_by(&Clock::real(Arc::new(now)))
}

/// What a gate is given whose offers and rules live by a business clock.
pub(crate) fn going_by(clock: &Clock) -> World {
    let clock = clock.clone();
    World {
        now: Arc::new(move || clock.now()),
        system: Arc::new(now),
        elapsed: monotonic(),
        random: Arc::new(random),
    }
}
