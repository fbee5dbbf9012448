//! Finding: the page behind a target, from memory or from the origin.
//!
//! A page is made once and used as long as it is fresh, or until the origin or
//! the policy says that anything may have changed. Many requests for one
//! missing page wait for a single fetch, and the last good page is kept until
//! there is a better one: where there can't be one, a story's beginning is
//! still there to be read.

mod answer;
mod around;
mod asking;
mod cache;
mod claims;
mod compile;
mod confirm;
mod disk;
mod finding;
mod freshness;
mod looks;
mod make;
mod plans;
mod prose;
mod renewal;
mod stored;
pub(crate) mod tales;
mod workshop;

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::HeaderValue;
use tokio::sync::Semaphore;

use crate::flights::Flights;
use crate::forward;
use crate::head::Fields;
use crate::quiet::Quiet;
use crate::shelf::Shelf;
use crate::target::Target;

pub use cache::Purge;
use cache::{Cache, Entry, OnceKept};
use claims::Claims;
pub use disk::OnDisk;
pub(crate) use finding::{Finding, Found, Glance, NoPage, Passing};
pub(crate) use make::Made;
use plans::Plans;
pub(crate) use renewal::Shared;
pub(crate) use stored::Stamp;
pub(crate) use stored::{Content, Page, StoryPage};
use workshop::Workshop;

/// Answers read whole at one time, until they are compiled: they take memory. How
/// many a site is asked for is its own limit ([origin] connections): it may be
/// slow, and who waits for it needs nothing here.
const FETCHES: usize = 64;

/// The pages in memory.
pub struct Pages {
    cache: Cache,
    flights: Flights,
    fetches: Arc<Semaphore>,
    workshop: Workshop,
    shelf: Shelf,
    plans: Arc<Plans>,
    claims: Claims,
    /// Pages that were not there in time.
    late: Quiet,
    /// How often something was purged: what was asked for before isn't kept.
    purges: AtomicU64,
}

impl Pages {
    /// A cache of at most `memory` bytes.
    pub fn new(memory: u64) -> Self {
        Self {
            cache: Cache::new(memory),
            flights: Flights::default(),
            fetches: Arc::new(Semaphore::new(FETCHES)),
            workshop: Workshop::new(),
            shelf: Shelf::new(memory),
            plans: Arc::new(Plans::new(memory)),
            claims: Claims::new(),
            late: Quiet::new(),
            purges: AtomicU64::new(0),
        }
    }

    /// The same, where pages of a foreign site that memory lets go of lie on the
    /// disk: in at most `bytes` of nameless files in `folder`.
    ///
    /// # Errors
    ///
    /// No file can be made there, or there is no room for the first.
    pub fn with_disk(self, folder: &Path, bytes: u64) -> io::Result<Self> {
        Ok(Self {
            cache: self.cache.with_disk(folder, bytes)?,
            ..self
        })
    }

    /// The page at `target`, as fresh as it must be, for a request with these
    /// `fields`.
    pub(crate) async fn find(
        self: &Arc<Self>,
        target: &Target<'_>,
        fields: &Fields<'_>,
        how: Finding<'_>,
    ) -> Result<Found, NoPage> {
        let stamp = how.stamp();
        let key = target.key();
        let told = |name: &_| how.site.and_then(|site| forward::told(site, fields, name));
        let kept = match self.cache.find(&key, &told) {
            Some(Entry::Apart(until)) if how.now.as_second() < until => {
                return self.alone(target, fields, how, stamp).await;
            }
            Some(Entry::Page(page)) => Some(page),
            _ => self.once_kept(self.cache.once_kept(&key, &told)).await,
        };
        if let Some(page) = &kept
            && page.is_current(stamp)
        {
            if !page.freshness.is_stale(how.now) {
                return Ok(Found::Page(Arc::clone(page)));
            }
            if page.freshness.may_serve_meanwhile(how.now) && !page.is_degraded() {
                if page.freshness.claims_refresh(how.now) {
                    self.refresh(target, fields, how, Arc::clone(page));
                }
                return Ok(Found::Page(Arc::clone(page)));
            }
            // What must be asked for again is, by all who wait for one answer.
            if page.freshness.may_outlive() && !page.freshness.claims_refresh(how.now) {
                return Ok(Found::Page(Arc::clone(page)));
            }
        }
        self.renew(target, fields, kept, how, stamp).await
    }

    /// What memory once let go of. In a box: who finds a page in memory doesn't
    /// pay for it.
    async fn once_kept(&self, once: Option<OnceKept>) -> Option<Arc<Page>> {
        Box::pin(self.cache.back(once?, &self.shelf)).await
    }

    /// What is known of what is at `target`.
    pub(crate) fn glance(
        &self,
        target: &Target<'_>,
        fields: &Fields<'_>,
        how: Finding<'_>,
    ) -> Glance {
        let told = |name: &_| how.site.and_then(|site| forward::told(site, fields, name));
        match self.cache.peek(&target.key(), &told) {
            Some(Entry::Page(page)) => match page.content {
                Content::Html(_, None) => Glance::Page,
                _ => Glance::Other,
            },
            Some(Entry::Apart(until)) if how.now.as_second() < until => Glance::Apart,
            _ => Glance::Nothing,
        }
    }

    /// What is kept of `target` is no longer so. Anybody can have this happen,
    /// so it costs little and concerns nothing else.
    pub(crate) fn has_changed(&self, target: &Target<'_>) {
        self.cache.remove(&target.key());
    }

    /// Forgets pages; how many.
    pub(crate) fn purge(&self, which: &Purge) -> usize {
        self.purges.fetch_add(1, Ordering::AcqRel);
        self.cache.purge(which)
    }

    /// How many pages are held, and how many bytes they take.
    pub fn size(&self) -> (usize, u64) {
        self.cache.size()
    }

    /// What the disk holds and has done, if there is one.
    pub fn on_disk(&self) -> Option<OnDisk> {
        self.cache.on_disk()
    }

    /// Look-ups in memory so far that found a page, and those that found none.
    /// Each request looks once.
    pub fn tally(&self) -> (u64, u64) {
        self.cache.tally()
    }
}

/// The header that names the media type of HTML as we send it: always UTF-8.
pub(crate) fn html() -> HeaderValue {
    HeaderValue::from_static("text/html; charset=utf-8")
}

#[cfg(test)]
mod tests;
