//! Forgetting: counts that no meter can need any more go, and nothing younger.
//!
//! What is forgotten doesn't depend on the configuration at work: one without
//! meters, or with shorter ones, may be a slip of the hand, and what it would
//! throw away could not be had back. Only the clock is asked, and it is not
//! believed when it jumps.

use std::sync::Arc;
use std::time::Duration;

use access::{Minute, Rules};
use jiff::{SignedDuration, Timestamp};
use meter::{Store, Term};

use super::Running;
use crate::world;

/// How often. The first time is this long after the start, so that a mistaken
/// start can be ended before it has done anything.
const EVERY: Duration = Duration::from_hours(1);

/// Sweeps one meter.
pub(super) struct Sweeper {
    meter: Store,
    /// The clock, and the time since the start, when it was last believed.
    last: (Timestamp, Duration),
}

/// What became of a sweep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Swept {
    Done,
    /// The clock has jumped by more than has passed since it was believed.
    Jumped,
    Failed,
}

impl Sweeper {
    fn new(meter: Store, now: Timestamp, elapsed: Duration) -> Self {
        Self {
            meter,
            last: (now, elapsed),
        }
    }

    /// Budgets of new readers are for so many `hours`.
    fn sweep(&mut self, now: Timestamp, elapsed: Duration, hours: u32) -> Swept {
        let (then, before) = self.last;
        let passed =
            SignedDuration::try_from(elapsed.saturating_sub(before)).unwrap_or(SignedDuration::MAX);
        let shown = then.duration_until(now);
        if shown.saturating_sub(passed).abs() > passed {
            tracing::warn!(
                ?shown,
                ?passed,
                "the clock has jumped, so no counts are forgotten for now: if it is wrong, they \
                 are still needed. If it is right, this ends by itself"
            );
            return Swept::Jumped;
        }
        let minute = Minute::floor(now);
        match self
            .meter
            .sweep(minute.back(Rules::RETENTION), Term::of(minute, hours))
        {
            Ok(swept) => {
                let meter::Swept {
                    seen,
                    pruned,
                    gone,
                    budgets,
                } = swept;
                tracing::debug!(
                    seen,
                    pruned,
                    gone,
                    budgets,
                    "forgot what no period can need"
                );
                self.last = (now, elapsed);
                Swept::Done
            }
            Err(error) => {
                tracing::warn!(%error, "old counts could not be forgotten");
                Swept::Failed
            }
        }
    }
}

/// Sweeps for as long as the runtime lives.
pub(super) async fn hourly(
    running: Arc<Running>,
    elapsed: Arc<dyn Fn() -> Duration + Send + Sync>,
) {
    let mut sweeper = Sweeper::new(running.meter.clone(), world::now(), elapsed());
    let mut ticks = tokio::time::interval(EVERY);
    // The first one comes at once.
    ticks.tick().await;
    loop {
        ticks.tick().await;
        let elapsed = elapsed();
        let hours = running.config().privacy.hours();
        let swept = tokio::task::spawn_blocking(move || {
            sweeper.sweep(world::now(), elapsed, hours);
            sweeper
        });
        match swept.await {
            Ok(back) => sweeper = back,
            Err(error) => {
                tracing::error!(%error, "old counts are not forgotten any more");
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use access::{Charge, Counted, MeterNo, ReaderId, StoryNo};
    use meter::{Lookup, NetworkKey};

    use super::*;

    const READER: ReaderId = ReaderId([7; 12]);
    const HOUR: Duration = Duration::from_hours(1);

    fn start() -> Timestamp {
        "2026-11-12T00:00:00Z".parse().expect("a time")
    }

    /// A meter in which two stories were counted, so many days before the start.
    fn counted(dir: &tempfile::TempDir, ages: [u32; 2]) -> Store {
        let store = Store::open(meter::Config::new(dir.path().join("meter"))).expect("a store");
        store.warm(READER).expect("warm");
        for (story, age) in (1..).zip(ages) {
            let charge = Charge {
                meter: MeterNo::new(0).expect("a number"),
                since: Minute::MIN,
                at: Minute::floor(start()).back(age * 24 * 60),
                limit: 9,
            };
            store
                .charge(READER, StoryNo(story), &charge)
                .expect("counted");
        }
        store.flush().expect("on disk");
        store
    }

    fn left(store: &Store) -> Vec<u32> {
        store.warm(READER).expect("warm");
        let stories = |all: &[Counted]| all.iter().map(|one| one.story.0).collect();
        match store.read(READER, stories) {
            Lookup::Warm(stories) => stories,
            Lookup::Cold => panic!("it was warm"),
        }
    }

    /// What is left of two counts when the clock shows so much more an hour
    /// after the start.
    #[track_caller]
    fn check(ages: [u32; 2], shown: SignedDuration, swept: Swept, expected: &[u32]) {
        let dir = tempfile::tempdir().expect("a folder");
        let store = counted(&dir, ages);
        let mut sweeper = Sweeper::new(store.clone(), start(), Duration::ZERO);
        assert_eq!(sweeper.sweep(start() + shown, HOUR, 24), swept);
        // What is in memory is forgotten at the next count; what is on disk, now.
        store.close().expect("closed");
        drop(sweeper);
        let store = Store::open(meter::Config::new(dir.path().join("meter"))).expect("a store");
        assert_eq!(left(&store), expected);
    }

    #[test]
    fn nothing_is_forgotten_that_any_meter_could_ask_for() {
        let hour = SignedDuration::from_hours(1);
        check([400, 0], hour, Swept::Done, &[1, 2]);
        check([402, 32], hour, Swept::Done, &[2]);
    }

    #[test]
    fn the_hash_of_a_network_is_gone_once_its_term_is_over() {
        let dir = tempfile::tempdir().expect("a folder");
        let open = || Store::open(meter::Config::new(dir.path().join("meter"))).expect("a store");
        let network = NetworkKey([7; 8]);
        // From midnight on, for six hours.
        let store = open();
        let term = Term::of(Minute::floor(start()), 6);
        assert!(store.spend(network, term, 9).expect("spent").is_allowed());
        store.flush().expect("on disk");
        let mut sweeper = Sweeper::new(store.clone(), start(), Duration::ZERO);
        let mut networks_after = |hours: u32| {
            let now = start() + SignedDuration::from_hours(hours.into());
            assert_eq!(sweeper.sweep(now, hours * HOUR, 6), Swept::Done);
            store.stats().networks
        };
        // The network and its neighbourhood.
        assert_eq!(networks_after(5), 2);
        assert_eq!(networks_after(6), 0);
        store.close().expect("closed");
        assert_eq!(open().stats().networks, 0, "on disk neither");
    }

    #[test]
    fn a_clock_that_jumps_makes_nobody_forget_anything() {
        let years = SignedDuration::from_hours(10 * 366 * 24);
        check([400, 0], years, Swept::Jumped, &[1, 2]);
        check([400, 0], -years, Swept::Jumped, &[1, 2]);
        let a_bit = SignedDuration::from_secs(2 * 3600 + 1);
        check([402, 0], a_bit, Swept::Jumped, &[1, 2]);
    }

    #[test]
    fn a_clock_that_was_put_right_is_believed_once_as_much_time_has_passed() {
        let dir = tempfile::tempdir().expect("a folder");
        let mut sweeper = Sweeper::new(counted(&dir, [0, 0]), start(), Duration::ZERO);
        let ahead = SignedDuration::from_hours(5);
        let mut after = |hours: u32| {
            let now = start() + ahead + SignedDuration::from_hours(hours.into());
            sweeper.sweep(now, hours * HOUR, 24)
        };
        assert_eq!(after(1), Swept::Jumped);
        assert_eq!(after(4), Swept::Jumped);
        assert_eq!(after(5), Swept::Done);
        assert_eq!(after(6), Swept::Done, "and from then on");
    }
}
