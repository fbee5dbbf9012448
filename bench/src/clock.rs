//! The clock that measuring needs, and how busy the machine is.

use std::time::{Duration, Instant};

/// Now, for measuring.
#[expect(
    clippy::disallowed_methods,
    reason = "measuring is what this crate is for"
)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Waits a moment before something is asked again.
#[expect(
    clippy::disallowed_methods,
    reason = "servers started here have no other way to be awaited"
)]
pub(crate) fn pause() {
    std::thread::sleep(Duration::from_millis(2));
}

/// How much of the machine was busy during the last second, of 1: what others
/// are doing, asked before anything is started.
#[expect(
    clippy::disallowed_methods,
    reason = "a share of time takes time to see"
)]
#[expect(clippy::cast_precision_loss, reason = "a figure to be printed")]
pub(crate) fn busy_with_others() -> f64 {
    let ticks = || -> Option<(u64, u64)> {
        let stat = std::fs::read_to_string("/proc/stat").ok()?;
        let fields = stat.lines().next()?.split_whitespace().skip(1).take(8);
        let fields: Vec<u64> = fields.map_while(|field| field.parse().ok()).collect();
        // The fourth and fifth are idle, and idle while a disk is waited for.
        Some((fields.iter().sum(), fields.get(3)? + fields.get(4)?))
    };
    let before = ticks();
    std::thread::sleep(Duration::from_secs(1));
    match (before, ticks()) {
        (Some((all, idle)), Some((all_now, idle_now))) if all_now > all => {
            1.0 - (idle_now - idle) as f64 / (all_now - all) as f64
        }
        _ => f64::NAN,
    }
}
