//! Where large pages are compiled: one on each processor at a time, while the
//! others wait.
//!
//! More at a time would only make each of them later, and the requests that need
//! no such work with them. Where many wait and it takes long, as many are under way
//! at a time as can be made soon, and the next who ask for a page that isn't there
//! are told to come back: they would wait in vain, and make all others wait. A page
//! that is there already is renewed in any case, for else its readers would be shown
//! less of it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::NoPage;

/// How long a page may wait: a reader is to see the first byte within 50 ms, of
/// which fetching and answering take their part.
const SOON: Duration = Duration::from_millis(15);

/// How much longer it waits where many do, before it is given up. They are served
/// in order, so that happens only to those of the first rush.
const STILL: Duration = Duration::from_millis(10);

/// How many have to wait for each place for that: fewer wait long where something
/// else has the processors, and sending those away would help nobody.
const MANY: usize = 16;

/// How many are under way for each place in a rush: enough for one to be there
/// whenever a place is free, while others are being fetched.
const ENOUGH: usize = 8;

/// How many in a row have to find a place free before it is believed that the rush
/// is over: more than come while all that are under way are being fetched.
const CALM: u32 = 256;

/// The places, and who waits for one.
#[derive(Debug)]
pub(super) struct Workshop {
    places: Arc<Semaphore>,
    /// How many of those who wait are many.
    many: usize,
    /// How many are under way in a rush.
    enough: usize,
    /// Pages that aren't there and are being fetched or compiled.
    under_way: AtomicUsize,
    /// Those of all pages that wait for a place.
    waiting: AtomicUsize,
    /// How many have yet to find a place free; none where there is no rush.
    rush: AtomicU32,
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
            enough: places * ENOUGH,
            under_way: AtomicUsize::new(0),
            waiting: AtomicUsize::new(0),
            rush: AtomicU32::new(0),
        }
    }

    /// Counts a page that isn't there as under way, where it can be made soon. Of
    /// a site that is slow any number may be: they wait for it and not for a place.
    pub(super) fn enter(&self) -> Result<Counted<'_>, NoPage> {
        let one_more = Counted::among(&self.under_way);
        if !self.is_rushed() || self.under_way.load(Ordering::Relaxed) <= self.enough {
            return Ok(one_more);
        }
        if self.places.available_permits() == 0 {
            self.rush.store(CALM, Ordering::Relaxed);
        } else {
            self.finds_it_calm();
        }
        Err(NoPage::Busy)
    }

    /// Waits for a place; `patiently`, or only as long as a reader would.
    pub(super) async fn place(&self, patiently: bool) -> Result<OwnedSemaphorePermit, NoPage> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            self.finds_it_calm();
            return Ok(place);
        }
        let _waiting = Counted::among(&self.waiting);
        let are_many = || self.waiting.load(Ordering::Relaxed) >= self.many;
        if !patiently && self.is_rushed() && are_many() {
            return Err(NoPage::Busy);
        }
        let mut place = std::pin::pin!(Arc::clone(&self.places).acquire_owned());
        let mut found = timeout(SOON, &mut place).await;
        if found.is_err() && are_many() {
            self.rush.store(CALM, Ordering::Relaxed);
            if !patiently {
                found = timeout(STILL, &mut place).await;
                return found.map_err(|_| NoPage::Busy)?.map_err(|_| NoPage::Busy);
            }
        }
        match found {
            Ok(place) => place,
            Err(_) => place.await,
        }
        .map_err(|_| NoPage::Busy)
    }

    fn is_rushed(&self) -> bool {
        self.rush.load(Ordering::Relaxed) > 0
    }

    /// Somebody has found a place free.
    fn finds_it_calm(&self) {
        let rush = self.rush.load(Ordering::Relaxed);
        self.rush.store(rush.saturating_sub(1), Ordering::Relaxed);
    }
}

/// One of several, until it is dropped.
pub(super) struct Counted<'a>(&'a AtomicUsize);

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

    /// How many pages more may be under way.
    fn entering(workshop: &Workshop, many: usize) -> usize {
        let entered: Vec<_> = (0..many).map(|_| workshop.enter()).collect();
        entered.iter().filter(|entered| entered.is_ok()).count()
    }

    #[tokio::test(start_paused = true)]
    async fn where_many_wait_for_long_no_more_are_under_way_than_can_be_made_soon() {
        let workshop = Arc::new(Workshop::with_places(1));
        let taken = workshop.place(false).await.expect("a place");
        assert_eq!(entering(&workshop, 1000), 1000, "a site may be slow");
        let mut places = wait(&workshop, MANY, false);
        tokio::time::sleep(SOON / 2).await;
        assert_eq!(
            entering(&workshop, 1000),
            1000,
            "it may be over in a moment"
        );
        tokio::time::sleep(SOON).await;
        assert_eq!(entering(&workshop, 1000), ENOUGH);
        assert!(matches!(workshop.place(false).await, Err(NoPage::Busy)));
        let first = places.join_next().await.expect("one of them");
        assert!(matches!(first, Ok(Err(NoPage::Busy))), "given up in time");
        drop(taken);
        while let Some(place) = places.join_next().await {
            drop(place.expect("it waited"));
        }
        for _ in 0..CALM / 2 {
            assert_eq!(entering(&workshop, ENOUGH), ENOUGH);
            drop(workshop.place(false).await.expect("a place"));
        }
        assert_eq!(entering(&workshop, ENOUGH + 1), ENOUGH, "it isn't over yet");
        let lasts = CALM as usize / 2 - 1;
        assert_eq!(entering(&workshop, ENOUGH + lasts), ENOUGH);
        assert_eq!(entering(&workshop, 1000), 1000);
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
