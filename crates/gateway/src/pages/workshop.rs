//! Where large pages are compiled: one on each processor at a time, while the
//! others wait.
//!
//! More at a time would only make each of them later, and the requests that need
//! no such work with them. Where many wait and it takes long, the next who ask for
//! a page that isn't there are told to come back: they would wait in vain, and make
//! all others wait. A page that is there already is renewed in any case, for else
//! its readers would be shown less of it.

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::NoPage;

/// How long a page may wait before no others are taken in: a reader is to see the
/// first byte within 50 ms, of which fetching and answering take their part.
const SOON: Duration = Duration::from_millis(15);

/// How much longer it waits before it is given up. They are served in order, so
/// that happens only where the processors were lost to something else meanwhile.
const STILL: Duration = Duration::from_millis(10);

/// How many have to wait for each place besides: fewer wait long where something
/// else has the processors, and sending those away would help nobody.
const MANY: usize = 16;

/// The places, and who waits for one.
#[derive(Debug)]
pub(super) struct Workshop {
    places: Arc<Semaphore>,
    /// How many have to wait before it is behind.
    many: usize,
    waiting: AtomicUsize,
    /// Those of them who have waited for longer than [`SOON`].
    late: AtomicUsize,
}

impl Workshop {
    /// One with a place for each processor.
    pub(super) fn new() -> Self {
        Self::with_places(std::thread::available_parallelism().map_or(1, usize::from))
    }

    fn with_places(places: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(places)),
            many: places * MANY,
            waiting: AtomicUsize::new(0),
            late: AtomicUsize::new(0),
        }
    }

    /// Whether a page more would have to wait for too long.
    pub(super) fn is_behind(&self) -> bool {
        self.late.load(Ordering::Relaxed) > 0 && self.waiting.load(Ordering::Relaxed) >= self.many
    }

    /// Waits for a place; `patiently`, or only as long as a reader would.
    pub(super) async fn place(&self, patiently: bool) -> Result<OwnedSemaphorePermit, NoPage> {
        let mut place = pin!(Arc::clone(&self.places).acquire_owned());
        let _waiting = Counted::among(&self.waiting);
        let mut late = None;
        loop {
            let waits = if late.is_none() { SOON } else { STILL };
            match timeout(waits, &mut place).await {
                Ok(place) => return place.map_err(|_| NoPage::Busy),
                Err(_) if late.is_none() => late = Some(Counted::among(&self.late)),
                Err(_) if !patiently && self.is_behind() => return Err(NoPage::Busy),
                Err(_) => {}
            }
        }
    }
}

/// One of several, until it is dropped.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn among(all: &'a AtomicUsize) -> Self {
        all.fetch_add(1, Ordering::Relaxed);
        Self(all)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use tokio::task::JoinSet;

    use super::*;

    type Places = JoinSet<Result<OwnedSemaphorePermit, NoPage>>;

    /// So many wait for the only place, which is taken.
    fn wait(workshop: &Arc<Workshop>, many: usize, patiently: bool) -> Places {
        let mut places = JoinSet::new();
        for _ in 0..many {
            let workshop = Arc::clone(workshop);
            places.spawn(async move { workshop.place(patiently).await });
        }
        places
    }

    #[tokio::test(start_paused = true)]
    async fn where_many_wait_for_long_nobody_more_is_taken_in() {
        let workshop = Arc::new(Workshop::with_places(1));
        let taken = workshop.place(false).await.expect("a place");
        assert!(!workshop.is_behind(), "it has only begun");
        let mut places = wait(&workshop, MANY, false);
        tokio::time::sleep(SOON / 2).await;
        assert!(!workshop.is_behind(), "it may be over in a moment");
        tokio::time::sleep((SOON + STILL) / 2).await;
        assert!(workshop.is_behind());
        let first = places.join_next().await.expect("one of them");
        assert!(matches!(first, Ok(Err(NoPage::Busy))), "given up in time");
        assert!(!workshop.is_behind(), "fewer wait now");
        drop(taken);
        let mut found = 0;
        while let Some(place) = places.join_next().await {
            found += usize::from(place.expect("it waited").is_ok());
        }
        assert_eq!(found, MANY - 1);
    }

    #[tokio::test(start_paused = true)]
    async fn who_must_not_be_given_up_waits_and_so_do_a_few() {
        for (many, patiently) in [(MANY, true), (MANY - 1, false)] {
            let workshop = Arc::new(Workshop::with_places(1));
            let taken = workshop.place(false).await.expect("a place");
            let mut places = wait(&workshop, many, patiently);
            tokio::time::sleep(SOON * 100).await;
            assert!(places.try_join_next().is_none(), "{many}");
            drop(taken);
            while let Some(place) = places.join_next().await {
                assert!(place.expect("it waited").is_ok());
            }
        }
    }
}
