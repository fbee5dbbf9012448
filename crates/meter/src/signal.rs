//! How the writer is woken, and how the world learns what it has written.
//!
//! Charging costs a load of one shared flag once the writer knows that there is
//! something to write. Nothing here touches the table or the disk.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use access::{Minute, ReaderId};
use parking_lot::{Condvar, Mutex};
use tokio::sync::watch;

use crate::budget::Term;
use crate::disk::Fault;
use crate::shard::Round;

/// Readers whose stored records hold entries from before a horizon.
pub(crate) struct Forget {
    pub(crate) readers: Vec<ReaderId>,
    /// Keys of budgets from before `term`.
    pub(crate) budgets: Vec<[u8; 9]>,
    pub(crate) horizon: Minute,
    pub(crate) term: Term,
    /// Where the number of readers gone from disk is sent.
    pub(crate) reply: std::sync::mpsc::SyncSender<Result<u64, Fault>>,
}

#[derive(Default)]
struct Wanted {
    dirty: bool,
    urgent: bool,
    stop: bool,
    /// Each sweep waits for its one job, so these are as many as there are
    /// sweeps at a time.
    jobs: Vec<Forget>,
}

/// What the writer found when it woke.
pub(crate) struct Woken {
    pub(crate) stop: bool,
    pub(crate) jobs: Vec<Forget>,
}

/// The writer's doorbell.
#[derive(Default)]
pub(crate) struct Bell {
    dirty: AtomicBool,
    urgent: AtomicBool,
    wanted: Mutex<Wanted>,
    rung: Condvar,
    breath: Mutex<()>,
    never: Condvar,
}

impl Bell {
    /// There is something to write, in due time.
    pub(crate) fn dirty(&self) {
        if !self.dirty.load(Ordering::Acquire) && !self.dirty.swap(true, Ordering::AcqRel) {
            self.wanted.lock().dirty = true;
            self.rung.notify_one();
        }
    }

    /// Somebody waits, or memory is short: write now.
    pub(crate) fn urgent(&self) {
        if !self.urgent.load(Ordering::Acquire) && !self.urgent.swap(true, Ordering::AcqRel) {
            self.wanted.lock().urgent = true;
            self.rung.notify_one();
        }
    }

    pub(crate) fn stop(&self) {
        self.wanted.lock().stop = true;
        self.rung.notify_one();
    }

    /// Nobody answers any more: jobs that came too late are dropped, and those
    /// who wait for them learn of it from their closed channels.
    pub(crate) fn shut(&self) {
        let mut wanted = self.wanted.lock();
        wanted.stop = true;
        wanted.jobs.clear();
    }

    /// Hands the writer a job; `false` once it has been told to stop.
    pub(crate) fn job(&self, job: Forget) -> bool {
        let mut wanted = self.wanted.lock();
        if wanted.stop {
            return false;
        }
        wanted.jobs.push(job);
        self.rung.notify_one();
        true
    }

    /// Waits for something to do, and then for as long as `window` unless it is
    /// urgent. What is made dirty after this returns rings anew.
    pub(crate) fn wait(&self, window: Duration) -> Woken {
        let mut wanted = self.wanted.lock();
        self.rung.wait_while(&mut wanted, |wanted| {
            !(wanted.dirty || wanted.urgent || wanted.stop || !wanted.jobs.is_empty())
        });
        self.rest(wanted, window)
    }

    /// Waits for `pause` or until told to stop, whatever else is wanted.
    pub(crate) fn pause(&self, pause: Duration) -> Woken {
        let mut wanted = self.wanted.lock();
        self.rung
            .wait_while_for(&mut wanted, |wanted| !wanted.stop, pause);
        self.rest(wanted, Duration::ZERO)
    }

    /// Lets a little time pass.
    pub(crate) fn breathe(&self, time: Duration) {
        let mut nothing = self.breath.lock();
        self.never.wait_for(&mut nothing, time);
    }

    fn rest(&self, mut wanted: parking_lot::MutexGuard<'_, Wanted>, window: Duration) -> Woken {
        if !window.is_zero() {
            self.rung.wait_while_for(
                &mut wanted,
                |wanted| !(wanted.urgent || wanted.stop || !wanted.jobs.is_empty()),
                window,
            );
        }
        wanted.dirty = false;
        wanted.urgent = false;
        self.dirty.store(false, Ordering::Release);
        self.urgent.store(false, Ordering::Release);
        Woken {
            stop: wanted.stop,
            jobs: std::mem::take(&mut wanted.jobs),
        }
    }
}

/// How far the writer has come.
#[derive(Clone, Debug, Default)]
pub(crate) struct News {
    /// The last round that is on disk.
    pub(crate) durable: Round,
    /// Why nothing can be written at the moment.
    pub(crate) failing: Option<Arc<str>>,
    /// The writer has ended.
    pub(crate) closed: bool,
}

/// Where the writer announces how far it has come.
pub(crate) struct Board {
    news: watch::Sender<News>,
    /// The last round that was begun: what is counted now may miss it.
    begun: AtomicU64,
    /// Whether what is counted will be written, for those who only need that.
    counting: AtomicBool,
    /// For threads that may block until there is other news.
    blocking: Mutex<()>,
    changed: Condvar,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            news: watch::Sender::new(News::default()),
            begun: AtomicU64::new(0),
            counting: AtomicBool::new(true),
            blocking: Mutex::new(()),
            changed: Condvar::new(),
        }
    }
}

impl Board {
    pub(crate) fn is_counting(&self) -> bool {
        self.counting.load(Ordering::Acquire)
    }

    pub(crate) fn now(&self) -> News {
        self.news.borrow().clone()
    }

    pub(crate) fn subscribe(&self) -> watch::Receiver<News> {
        self.news.subscribe()
    }

    pub(crate) fn begin(&self, round: Round) {
        self.begun.store(round, Ordering::Release);
    }

    /// The first round that is sure to write what has been counted by now.
    pub(crate) fn next(&self) -> Round {
        self.begun.load(Ordering::Acquire) + 1
    }

    /// Changes the news, and tells everybody.
    pub(crate) fn update(&self, change: impl FnOnce(&mut News)) {
        let _order = self.blocking.lock();
        self.news.send_modify(change);
        let news = self.news.borrow();
        let counting = news.failing.is_none() && !news.closed;
        self.counting.store(counting, Ordering::Release);
        self.changed.notify_all();
    }

    /// Blocks until `done` says what has become of it.
    pub(crate) fn wait<T>(&self, mut done: impl FnMut(&News) -> Option<T>) -> T {
        let mut order = self.blocking.lock();
        loop {
            if let Some(end) = done(&self.news.borrow()) {
                return end;
            }
            self.changed.wait(&mut order);
        }
    }
}
