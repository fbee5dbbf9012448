//! The clock that measuring needs, and how busy the machine is.

use std::time::{Duration, Instant};

use crate::peers::{OTHER_CORE, SERVER_CORE};

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

/// How long the hypervisor has had the two cores that are measured on for
/// somebody else, since the machine was started; to a hundredth of a second.
pub(crate) fn stolen() -> Duration {
    let stat = std::fs::read_to_string("/proc/stat").unwrap_or_default();
    Duration::from_millis(10 * stolen_ticks(&stat))
}

/// The eighth figure of a core's line.
fn stolen_ticks(stat: &str) -> u64 {
    let is_ours = |name: &str| {
        [SERVER_CORE, OTHER_CORE].contains(&name.strip_prefix("cpu").unwrap_or_default())
    };
    let lines = stat.lines().filter_map(|line| {
        let mut fields = line.split_whitespace();
        let name = fields.next()?;
        is_ours(name).then(|| fields.nth(7)?.parse::<u64>().ok())?
    });
    lines.sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stolen_time_is_that_of_the_two_cores() {
        let stat = "cpu  1 2 3 4 5 6 7 900 0 0\ncpu0 1 2 3 4 5 6 7 8 0 0\n\
                    cpu1 1 2 3 4 5 6 7 20 0 0\ncpu10 1 2 3 4 5 6 7 800 0 0\nctxt 5\n";
        assert_eq!(stolen_ticks(stat), 28);
    }
}
