//! Keeps the search index up with what is published, on a thread of its own that
//! comes after those who read.
//!
//! It is told of every publication that is put to work, and looks at the business
//! clock, by which stories appear, for the minute of the next one.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::Result;
use billing::Clock;
use jiff::Timestamp;
use publication::Publication;

use super::change::turn;
use crate::origin::Pages;

/// The longest that the clock isn't looked at: the machine's may have been put forward.
const LOOK: Duration = Duration::from_mins(1);

/// Before it is tried again after trouble with the disk.
const AGAIN: Duration = Duration::from_mins(5);

/// How much the thread leaves to others: all that there is (`nice(1)`).
const NICE: i32 = 19;

/// Where the index lies in the data folder.
pub(super) fn folder(data: &Path) -> PathBuf {
    data.join("publication/search")
}

/// Where the index of whole texts lies.
pub(super) fn text_folder(data: &Path) -> PathBuf {
    data.join("publication/texts")
}

/// The thread that keeps the index.
pub(super) struct Indexing {
    told: Arc<Told>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

/// What the thread is told.
#[derive(Default)]
struct Told {
    now: Mutex<Telling>,
    changed: Condvar,
}

#[derive(Default)]
struct Telling {
    publication: Option<Arc<Publication>>,
    /// Goes up with each telling.
    number: u64,
    ending: bool,
}

impl Indexing {
    /// `clock` says which stories are out.
    pub(super) fn start(clock: Clock) -> Result<Self> {
        let told = Arc::new(Told::default());
        let heard = Arc::clone(&told);
        let thread = std::thread::Builder::new()
            .name("search".to_owned())
            .spawn(move || work(&heard, &clock))?;
        Ok(Self {
            told,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Has the index hold what these pages have. Doesn't wait for it.
    pub(super) fn tell(&self, pages: &Pages) {
        let mut telling = turn(&self.told.now);
        telling.publication = pages.publication();
        telling.number += 1;
        self.told.changed.notify_one();
    }

    /// Has the clock looked at now: it was moved.
    pub(super) fn look(&self) {
        // Whoever is about to wait has looked already, or waits before this goes on.
        let _telling = turn(&self.told.now);
        self.told.changed.notify_one();
    }

    /// Ends the thread, and waits for what it is writing. Blocks.
    pub(super) fn end(&self) {
        turn(&self.told.now).ending = true;
        self.told.changed.notify_one();
        if let Some(thread) = turn(&self.thread).take() {
            // What went wrong there was said there.
            let _ = thread.join();
        }
    }
}

impl Told {
    /// Whether that is what was told last, and nobody wants it to end.
    fn is_current(&self, number: u64) -> bool {
        let telling = turn(&self.now);
        telling.number == number && !telling.ending
    }

    /// Waits until something else is told than `number`, or the time `until` has
    /// come. `None` at the end.
    fn wait(
        &self,
        number: u64,
        until: Option<Timestamp>,
        clock: &Clock,
    ) -> Option<(u64, Arc<Publication>)> {
        let mut telling = turn(&self.now);
        loop {
            if telling.ending {
                return None;
            }
            let is_time = until.is_some_and(|until| until <= clock.now());
            if (telling.number != number || is_time)
                && let Some(publication) = &telling.publication
            {
                return Some((telling.number, Arc::clone(publication)));
            }
            let left = until.and_then(|until| {
                let left = clock.now().duration_until(until);
                Duration::try_from(left).ok()
            });
            let (again, _) = self
                .changed
                .wait_timeout(telling, left.map_or(LOOK, |left| left.min(LOOK)))
                .unwrap_or_else(PoisonError::into_inner);
            telling = again;
        }
    }
}

fn work(told: &Told, clock: &Clock) {
    // Those who read come first. Where it can't be said, they share alike.
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE);
    let (mut number, mut until) = (0, None);
    while let Some((current, publication)) = told.wait(number, until, clock) {
        number = current;
        let now = clock.now();
        let go_on = || told.is_current(current);
        // What everybody searches comes first.
        let open = publication.index(now, &go_on);
        let open = noted(open, "the search index is up to date", now);
        if !go_on() {
            // Something newer was told, or it is to end: nothing else is begun.
            continue;
        }
        let whole = publication.index_texts(now, &go_on);
        let whole = noted(whole, "the index of whole texts is up to date", now);
        until = open.into_iter().chain(whole).min();
    }
}

/// Says what came of it. When it has to be done again.
fn noted(
    synced: Result<search::Synced, search::Error>,
    done: &str,
    now: Timestamp,
) -> Option<Timestamp> {
    match synced {
        Ok(synced) => {
            if synced.finished && synced.written + synced.removed > 0 {
                let (written, removed) = (synced.written, synced.removed);
                tracing::info!(written, removed, "{done}");
            }
            let next = synced.next?;
            Timestamp::from_second(next.0).ok()
        }
        Err(error) => {
            tracing::error!(%error, "stories that have changed may not be found");
            now.checked_add(AGAIN).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_that_was_told_nothing_ends_when_it_is_told_to() {
        let clock = Clock::real(Arc::new(|| Timestamp::UNIX_EPOCH));
        let indexing = Indexing::start(clock).expect("a thread");
        indexing.end();
        assert!(turn(&indexing.thread).is_none());
    }
}
