//! Turning requests away when more come than can be answered.
//!
//! A thread that can't keep up doesn't stop: it gets to each request later and
//! later, until nobody waits for the answer any more. So each thread watches how
//! late it gets to a timer of its own, which waits in the same queue as the
//! requests do. While that is too late, a share of the requests is answered 503
//! at once, and the others in time.
//!
//! Late alone says little: other programs take a small machine's processors from
//! a server that has nothing to do, and turning away its one reader gives nobody
//! anything. So it counts as late only where enough was asked of it meanwhile to
//! have made it so.
//!
//! The share follows the lateness: up quickly while it is too great, down slowly
//! once it isn't. Which requests are turned away depends on nothing but their
//! order, so nobody can arrange to be served before others.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use crate::world::World;

/// How often a thread looks how late it is.
const EVERY: Duration = Duration::from_millis(10);

/// How late it may get to a request. A reader is to see the first byte within
/// 50 ms of when the request arrived, and answering takes its part.
const LATE: Duration = Duration::from_millis(15);

/// What has to be asked between two looks for the lateness to come of it: fewer
/// requests than these take a few milliseconds, if all of them are slow.
const MANY: u32 = 16;

/// How many looks in a row have to be late before the first is turned away: a
/// machine that does something else for a moment, or a page that takes long to
/// be made, is over before that.
const IN_A_ROW: u32 = 10;

/// All requests, as a share of them is counted.
const ALL: u32 = 1 << 16;

/// The most that are turned away: some are always answered, so that it is seen
/// when the load is over.
const MOST: u32 = ALL / 64 * 63;

/// Who gets in, on one thread.
#[derive(Debug, Default)]
pub(crate) struct Admission {
    /// How many of [`ALL`] requests are turned away.
    share: AtomicU32,
    /// Adds up the share from request to request: where it passes [`ALL`], one
    /// is turned away.
    sum: AtomicU32,
    /// How many have asked since the last look.
    asked: AtomicU32,
    /// How many looks in a row were late.
    in_a_row: AtomicU32,
}

impl Admission {
    /// Whether the next request is answered.
    pub(crate) fn admits(&self) -> bool {
        // One thread counts, so nothing is lost.
        let asked = self.asked.load(Ordering::Relaxed);
        self.asked.store(asked.saturating_add(1), Ordering::Relaxed);
        let share = self.share.load(Ordering::Relaxed);
        if share == 0 {
            return true;
        }
        let sum = self.sum.load(Ordering::Relaxed) + share;
        self.sum.store(sum % ALL, Ordering::Relaxed);
        sum < ALL
    }

    /// The thread has got to its timer `late`, and to what was asked of it before
    /// that.
    fn is_late_by(&self, late: Duration) {
        let share = self.share.load(Ordering::Relaxed);
        let asked = self.asked.swap(0, Ordering::Relaxed);
        let is_late = late > LATE && asked >= MANY;
        let in_a_row = self.in_a_row.load(Ordering::Relaxed);
        let in_a_row = if is_late {
            in_a_row.saturating_add(1)
        } else {
            0
        };
        self.in_a_row.store(in_a_row, Ordering::Relaxed);
        let share = if is_late && (share > 0 || in_a_row >= IN_A_ROW) {
            share + (ALL - share) / 4
        } else {
            // A sixteenth of a second to halve it, and to nothing in the end.
            share - (share / 9).max(share.min(64))
        };
        self.share.store(share.min(MOST), Ordering::Relaxed);
    }
}

/// Watches how late the thread is that this runs on; never ends.
pub(crate) async fn watch(admission: Arc<Admission>, world: World) {
    loop {
        let due = (world.elapsed)() + EVERY;
        tokio::time::sleep(EVERY).await;
        admission.is_late_by((world.elapsed)().saturating_sub(due));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a thousand, who ask after the look that was the last.
    fn turned_away(admission: &Admission) -> usize {
        (0..1000).filter(|_| !admission.admits()).count()
    }

    fn is_late_with_many(admission: &Admission) {
        admission.asked.store(MANY, Ordering::Relaxed);
        admission.is_late_by(LATE * 2);
    }

    #[test]
    fn who_is_late_for_want_of_a_processor_turns_nobody_away() {
        let admission = Admission::default();
        for _ in 0..100 {
            admission.asked.store(MANY - 1, Ordering::Relaxed);
            admission.is_late_by(LATE * 2);
        }
        assert_eq!(turned_away(&admission), 0);
    }

    #[test]
    fn who_keeps_up_turns_nobody_away() {
        let admission = Admission::default();
        for _ in 0..100 {
            admission.is_late_by(LATE);
        }
        assert_eq!(turned_away(&admission), 0);
    }

    #[test]
    fn who_is_late_turns_away_more_and_more_but_never_all() {
        let admission = Admission::default();
        for _ in 1..IN_A_ROW {
            is_late_with_many(&admission);
            assert_eq!(turned_away(&admission), 0, "it may be over in a moment");
        }
        let mut before = 0;
        for _ in 0..4 {
            is_late_with_many(&admission);
            let now = turned_away(&admission);
            assert!(now > before, "{now} after {before}");
            before = now;
        }
        for _ in 0..100 {
            is_late_with_many(&admission);
        }
        assert_eq!(turned_away(&admission), 984);
        // Who was late a moment ago needn't wait to be sure of it again.
        admission.is_late_by(Duration::ZERO);
        let less = turned_away(&admission);
        is_late_with_many(&admission);
        assert!(turned_away(&admission) > less && less < 984);
    }

    #[test]
    fn when_it_is_over_everybody_is_let_in_again() {
        let admission = Admission::default();
        for _ in 0..100 {
            is_late_with_many(&admission);
        }
        let mut ticks = 0;
        while turned_away(&admission) > 0 {
            admission.is_late_by(Duration::ZERO);
            ticks += 1;
            assert!(ticks < 100, "within a second");
        }
    }
}
