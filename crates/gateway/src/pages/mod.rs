//! Finding: the page behind a target, from memory or from the origin.
//!
//! A page is made once and used as long as it is fresh, or until the origin or
//! the policy says that anything may have changed. Many requests for one
//! missing page wait for a single fetch, and the last good page is kept until
//! there is a better one: where there can't be one, a story's beginning is
//! still there to be read.

mod answer;
mod around;
mod cache;
mod freshness;
mod make;
mod stored;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header, request};
use jiff::Timestamp;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::flights::Flights;
use crate::forward;
use crate::head::Fields;
use crate::origin::{Origin, OriginRequest, OriginResponse};
use crate::policy::Articles;
use crate::shelf::Shelf;
use crate::site::Site;
use crate::target::Target;

pub use cache::Purge;
use cache::{Cache, Entry};
pub(crate) use make::Made;
use make::Making;
pub(crate) use stored::Stamp;
pub(crate) use stored::{Content, Page, StoryPage};

/// Pages fetched and compiled at one time. Compiling costs about a
/// millisecond of a core; more at once would only make each of them later.
const FETCHES: usize = 64;

/// How long a request waits for its page before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why there is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPage {
    /// The origin didn't answer, or not in time.
    Origin,
    /// The origin's answer can't be taken apart safely.
    Unreadable,
    /// A path that must have a story has none.
    StoryMissing,
    /// What came may hold a story's text, and isn't a page.
    Closed,
    /// What came is a part of a page, which can't be judged without the rest.
    Part,
    /// Too many pages are being fetched.
    Busy,
}

/// What was found.
pub(crate) enum Found {
    /// A page.
    Page(Arc<Page>),
    /// Something that passes by, for the one who has asked.
    Streams(Box<OriginResponse>),
}

/// What is known of a page before it is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glance {
    /// Nothing.
    Nothing,
    /// It is a page, and no story.
    Page,
    /// It is a story, or a file.
    Other,
    /// It is different for everybody.
    Apart,
}

/// The answer of a flight: what all who wait for it may have.
#[derive(Clone)]
pub(crate) enum Shared {
    /// The page.
    Page(Arc<Page>),
    /// Each has to ask alone.
    No,
}

/// The pages in memory.
pub struct Pages {
    cache: Cache,
    flights: Flights,
    fetches: Arc<Semaphore>,
    shelf: Shelf,
    /// How often something was purged: what was asked for before isn't kept.
    purges: AtomicU64,
}

/// The policy's part in finding.
#[derive(Clone, Copy)]
pub(crate) struct Finding<'a> {
    /// Where pages come from.
    pub origin: &'a Arc<dyn Origin>,
    /// How stories are recognised.
    pub articles: &'a Articles,
    /// What is known of a foreign site; `None` for the built-in publication.
    pub site: Option<&'a Arc<Site>>,
    /// Whether everything is let out, and only said what would be held back.
    pub observes: bool,
    /// The number of the policy.
    pub policy: u64,
    /// The business time.
    pub now: Timestamp,
}

impl Finding<'_> {
    fn stamp(self) -> Stamp {
        Stamp {
            policy: self.policy,
        }
    }

    /// What the origin answers.
    pub(crate) async fn ask(self, request: OriginRequest<'_>) -> Result<OriginResponse, NoPage> {
        let path = request.path.to_owned();
        self.origin.fetch(request).await.map_err(|error| {
            tracing::warn!(path, %error, "the origin gave no answer");
            NoPage::Origin
        })
    }
}

impl Pages {
    /// A cache of at most `memory` bytes.
    pub fn new(memory: u64) -> Self {
        Self {
            cache: Cache::new(memory),
            flights: Flights::default(),
            fetches: Arc::new(Semaphore::new(FETCHES)),
            shelf: Shelf::new(memory),
            purges: AtomicU64::new(0),
        }
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
            _ => None,
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

    /// The page anew: there is none, or it is stale or outdated. The request
    /// that finds it so waits for the new one, as long as [`PATIENCE`] lasts.
    async fn renew(
        &self,
        target: &Target<'_>,
        fields: &Fields<'_>,
        kept: Option<Arc<Page>>,
        how: Finding<'_>,
        stamp: Stamp,
    ) -> Result<Found, NoPage> {
        let key = target.key();
        let under = self.variant(&key, fields, how);
        let flight = self.flights.join(&under, stamp);
        let mut own = None;
        let (alone, key, old) = (&mut own, &*key, kept.as_deref());
        let fetch = async move || {
            let purges = self.purges.load(Ordering::Acquire);
            let made = self.fetch(target, fields, old, how, stamp).await?;
            Ok(match made {
                Made::Page(page, true) => {
                    self.keep(key, fields, &page, how, purges);
                    Shared::Page(page)
                }
                Made::Page(page, false) if how.site.is_none() => {
                    self.cache.remove(key);
                    Shared::Page(page)
                }
                Made::Page(page, false) => {
                    self.cache.set_apart(key, how.now);
                    *alone = Some(Found::Page(page));
                    Shared::No
                }
                Made::Streams(response) => {
                    self.cache.set_apart(key, how.now);
                    *alone = Some(Found::Streams(response));
                    Shared::No
                }
            })
        };
        let answer = tokio::time::timeout(PATIENCE, flight.answer(fetch)).await;
        match answer.unwrap_or(Err(NoPage::Busy)) {
            Ok(Shared::Page(page)) => Ok(Found::Page(page)),
            Ok(Shared::No) => match own {
                Some(found) => Ok(found),
                None => self.alone(target, fields, how, stamp).await,
            },
            Err(why) => self
                .fall_back(key, kept.as_ref(), how.now, stamp)
                .map(Found::Page)
                .ok_or(why),
        }
    }

    /// What the flight of a request is called: with the headers that the last
    /// answer said it varies by.
    fn variant(&self, key: &str, fields: &Fields<'_>, how: Finding<'_>) -> String {
        let told = |name: &_| how.site.and_then(|site| forward::told(site, fields, name));
        let encoding = told(&header::ACCEPT_ENCODING);
        let mut variant = self.cache.key_of(key, &told);
        if let Some(encoding) = encoding {
            variant.push('\n');
            variant.push_str(encoding.to_str().unwrap_or_default());
        }
        variant
    }

    /// A fetch for one request, of what can't be shared.
    async fn alone(
        &self,
        target: &Target<'_>,
        fields: &Fields<'_>,
        how: Finding<'_>,
        stamp: Stamp,
    ) -> Result<Found, NoPage> {
        let fetch = self.fetch(target, fields, None, how, stamp);
        let made = tokio::time::timeout(PATIENCE, fetch)
            .await
            .unwrap_or(Err(NoPage::Busy))?;
        Ok(match made {
            Made::Page(page, _) => Found::Page(page),
            Made::Streams(response) => Found::Streams(response),
        })
    }

    /// Fetches the page anew while the old one serves. Whoever claims this is
    /// alone, so there is at most one for each page.
    fn refresh(
        self: &Arc<Self>,
        target: &Target<'_>,
        fields: &Fields<'_>,
        how: Finding<'_>,
        kept: Arc<Page>,
    ) {
        let (pages, target) = (Arc::clone(self), target.owned());
        let lines: Vec<(String, Vec<u8>)> = fields
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let (articles, site) = (how.articles.clone(), how.site.cloned());
        let (origin, observes) = (Arc::clone(how.origin), how.observes);
        let (policy, now) = (how.policy, how.now);
        tokio::spawn(async move {
            let fields: Fields<'_> = lines
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_slice()))
                .collect();
            let how = Finding {
                origin: &origin,
                articles: &articles,
                site: site.as_ref(),
                observes,
                policy,
                now,
            };
            let stamp = how.stamp();
            // Whatever goes wrong is said where it does, and degrades the page.
            let _ = pages.renew(&target, &fields, Some(kept), how, stamp).await;
        });
    }

    fn keep(
        &self,
        key: &str,
        fields: &Fields<'_>,
        page: &Arc<Page>,
        how: Finding<'_>,
        purges: u64,
    ) {
        if self.purges.load(Ordering::Acquire) != purges {
            return;
        }
        let told = |name: &_| how.site.and_then(|site| forward::told(site, fields, name));
        self.cache.insert(key, page, &told);
    }

    /// What to serve of a page whose new version can't be had.
    fn fall_back(
        &self,
        key: &str,
        kept: Option<&Arc<Page>>,
        now: Timestamp,
        stamp: Stamp,
    ) -> Option<Arc<Page>> {
        let kept = kept?;
        if kept.story().is_none() && !kept.freshness.may_outlive() {
            return None;
        }
        if kept.is_current(stamp) {
            kept.degrade();
            return Some(Arc::clone(kept));
        }
        // What was no story under another policy may be one under this, and
        // without a beginning to fall back to.
        if kept.story().is_none() && kept.cut_by != stamp.policy {
            return None;
        }
        let last_good = Arc::new(kept.last_good(stamp, now));
        self.cache.replace(key, &last_good);
        Some(last_good)
    }

    /// The page as it would be at `how.now`, which need not be the present:
    /// nothing of it is kept, so that asking about tomorrow shows nobody
    /// tomorrow's paper.
    pub(crate) async fn look(
        &self,
        target: &Target<'_>,
        how: Finding<'_>,
    ) -> Result<Arc<Page>, NoPage> {
        match self
            .alone(target, &Fields::default(), how, how.stamp())
            .await?
        {
            Found::Page(page) => Ok(page),
            Found::Streams(_) => Err(NoPage::Closed),
        }
    }

    async fn fetch(
        &self,
        target: &Target<'_>,
        fields: &Fields<'_>,
        old: Option<&Page>,
        how: Finding<'_>,
        stamp: Stamp,
    ) -> Result<Made, NoPage> {
        let permit = self.permit().await?;
        let asked = how.site.and_then(|site| {
            let uri: Uri = target.key().parse().ok()?;
            Some(freshness::request_parts(
                uri,
                forward::for_everybody(site, fields),
            ))
        });
        let headers = match &asked {
            None => HeaderMap::new(),
            Some(asked) => conditional(asked, old, how),
        };
        let request = OriginRequest {
            headers,
            ..OriginRequest::get(target.path(), target.query(), how.now)
        };
        let response = how.ask(request).await?;
        if is_failing(response.status) && old.is_some() && how.site.is_some() {
            tracing::warn!(path = target.path(), status = %response.status, "the origin fails");
            return Err(NoPage::Origin);
        }
        let making = Making {
            target,
            how,
            stamp,
            shelf: &self.shelf,
            old,
            asked: asked.as_ref(),
            permit,
        };
        match how.site {
            None => making.of_ours(response).await,
            Some(site) => making.of_theirs(site, response).await,
        }
    }

    /// What the origin answers to one reader, whose own `request` this is:
    /// nothing of it is kept for others.
    pub(crate) async fn exchange(
        &self,
        target: &Target<'_>,
        request: OriginRequest<'_>,
        how: Finding<'_>,
    ) -> Result<Made, NoPage> {
        let is_change = !matches!(request.method, Method::GET | Method::HEAD | Method::OPTIONS);
        let response = how.ask(request).await?;
        if is_change && (response.status.is_success() || response.status.is_redirection()) {
            // RFC 9111, 4.4: what was changed isn't shown as it was before.
            self.has_changed(target);
        }
        let making = Making {
            target,
            how,
            stamp: how.stamp(),
            shelf: &self.shelf,
            old: None,
            asked: None,
            permit: self.permit().await?,
        };
        match how.site {
            None => making.of_ours(response).await,
            Some(site) => making.of_theirs(site, response).await,
        }
    }

    async fn permit(&self) -> Result<Arc<OwnedSemaphorePermit>, NoPage> {
        let permit = Arc::clone(&self.fetches).acquire_owned().await;
        permit.map(Arc::new).map_err(|_| NoPage::Busy)
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

    /// Look-ups so far that found a page, and those that found none. Each
    /// request looks once.
    pub fn tally(&self) -> (u64, u64) {
        self.cache.tally()
    }
}

/// The request's headers, asking only whether `old` is still the same where
/// that is worth asking.
fn conditional(asked: &request::Parts, old: Option<&Page>, how: Finding<'_>) -> HeaderMap {
    let rules = old
        .filter(|old| old.cut_by == how.policy)
        .and_then(|old| old.freshness.rules());
    match rules {
        None => asked.headers.clone(),
        Some(rules) => freshness::validators(rules, asked, how.now),
    }
}

/// Whether the origin says that it can't answer just now (RFC 5861, 4).
fn is_failing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 500 | 502 | 503 | 504)
}

/// The header that names the media type of HTML as we send it: always UTF-8.
pub(crate) fn html() -> HeaderValue {
    HeaderValue::from_static("text/html; charset=utf-8")
}

#[cfg(test)]
mod tests;
