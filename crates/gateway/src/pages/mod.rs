//! Finding: the compiled page behind a target, from memory or from the origin.
//!
//! A page is compiled once and used until it is older than the configured
//! maximum, or until the origin or the policy says that anything may have
//! changed. Many requests for one missing page wait for a single fetch, and the
//! last good page is kept until there is a better one: where there can't be
//! one, its beginning is still there to be read.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use access::{Outcome, StoryId, StoryNo, Tier};
use http::{HeaderName, HeaderValue, StatusCode, header};
use jiff::Timestamp;
use page::{CompiledPage, Encoded, Encoding, Kind};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::Semaphore;

use crate::flights::Flights;
use crate::head::Fields;
use crate::origin::{Origin, OriginRequest, OriginResponse};
use crate::policy::Articles;
use crate::respond::StoryHead;
use crate::shelf::{Bodies, Shelf};
use crate::target::Target;

/// Pages fetched and compiled at one time. Compiling costs about a
/// millisecond of a core; more at once would only make each of them later.
const FETCHES: usize = 16;

/// How long a request waits for its page before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bodies from this size on are compiled on a thread of their own: it takes two
/// milliseconds, in which a worker answers a hundred other requests.
const LARGE: usize = 32 * 1024;

/// How long a stale page is served before a failed refresh is tried again.
const RETRY_SECONDS: i64 = 5;

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// The smallest weight of an entry: its own bookkeeping, and the heads of its
/// responses.
const OVERHEAD: u64 = 4096;

/// What the origin's answer has become.
#[derive(Debug)]
pub struct Page {
    /// The status.
    pub status: StatusCode,
    /// The media type.
    pub content_type: HeaderValue,
    /// Where to go instead.
    pub location: Option<HeaderValue>,
    /// What else the origin wants said.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// What is said around a story's bytes.
    pub(crate) story_head: StoryHead,
    /// How others may keep it, where it isn't a story.
    pub cache_control: Option<HeaderValue>,
    /// Its validator, where it isn't a story.
    pub etag: HeaderValue,
    /// What is sent.
    pub content: Content,
    /// What of it is sent again and again.
    pub(crate) bodies: Bodies,
    /// The hash of the origin's body and the policy it was cut by: the same
    /// body isn't compiled twice in a row.
    body: blake3::Hash,
    cut_by: u64,
    stamp: Stamp,
    fresh_until: AtomicI64,
    degraded: AtomicBool,
    weight: u64,
}

/// A body, ready to be sent in every encoding.
#[derive(Clone, Debug)]
pub enum Content {
    /// HTML.
    Html(Arc<CompiledPage>, Option<Arc<StoryPage>>),
    /// Anything else.
    Other(Arc<Encoded>),
}

/// The story on a page, and its number in the meter once it has one.
#[derive(Debug)]
pub struct StoryPage {
    /// What rules can ask about it.
    pub story: access::Story,
    number: OnceLock<StoryNo>,
}

impl StoryPage {
    /// The story's number, if it has ever been counted.
    pub fn number(&self, find: impl FnOnce(&StoryId) -> Option<StoryNo>) -> Option<StoryNo> {
        self.number.get().copied().or_else(|| {
            let number = find(&self.story.id)?;
            Some(*self.number.get_or_init(|| number))
        })
    }

    /// The story's number, given to it if need be.
    pub fn number_or_else<E>(
        &self,
        assign: impl FnOnce(&StoryId) -> Result<StoryNo, E>,
    ) -> Result<StoryNo, E> {
        if let Some(number) = self.number.get() {
            return Ok(*number);
        }
        let number = assign(&self.story.id)?;
        Ok(*self.number.get_or_init(|| number))
    }
}

impl Page {
    /// The story on the page, if there is one.
    pub fn story(&self) -> Option<(&CompiledPage, &StoryPage)> {
        match &self.content {
            Content::Html(page, Some(story)) => Some((page, story)),
            _ => None,
        }
    }

    /// Whether the origin's latest version couldn't be had or made sense of:
    /// this one then serves for beginnings only.
    pub fn is_degraded(&self) -> bool {
        self.degraded.load(Ordering::Relaxed)
    }

    /// This page under another stamp, for beginnings only: what is left where
    /// the new one can't be had.
    fn last_good(&self, stamp: Stamp, now: Timestamp) -> Self {
        Self {
            status: self.status,
            content_type: self.content_type.clone(),
            location: self.location.clone(),
            headers: self.headers.clone(),
            story_head: StoryHead::new(&self.headers),
            cache_control: self.cache_control.clone(),
            etag: self.etag.clone(),
            content: self.content.clone(),
            bodies: self.bodies.fresh(),
            body: self.body,
            cut_by: self.cut_by,
            stamp,
            fresh_until: AtomicI64::new(now.as_second().saturating_add(RETRY_SECONDS)),
            degraded: AtomicBool::new(true),
            weight: self.weight,
        }
    }

    fn is_current(&self, stamp: Stamp) -> bool {
        self.stamp == stamp
    }

    /// Whether the caller is the one who shall refresh the page: at most one
    /// caller is, every few seconds, once the page is stale.
    fn claims_refresh(&self, now: Timestamp) -> bool {
        let until = self.fresh_until.load(Ordering::Relaxed);
        now.as_second() >= until
            && self
                .fresh_until
                .compare_exchange(
                    until,
                    now.as_second() + RETRY_SECONDS,
                    Ordering::Relaxed,
                    Ordering::Relaxed,
                )
                .is_ok()
    }
}

/// What a page must agree with to be used: the version of the origin, and the
/// policy that it was compiled under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Stamp {
    /// [`Origin::version`].
    pub origin: u64,
    /// The number of the policy.
    pub policy: u64,
}

/// Why there is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPage {
    /// The origin didn't answer, or not in time.
    Origin,
    /// The origin's answer can't be taken apart safely.
    Unreadable,
    /// A path that must have a story has none.
    StoryMissing,
    /// Too many pages are being fetched.
    Busy,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<Arc<str>, Arc<Page>> for ByBytes {
    fn weight(&self, key: &Arc<str>, page: &Arc<Page>) -> u64 {
        key.len() as u64 + page.weight
    }
}

/// The pages in memory.
pub struct Pages {
    cache: Cache<Arc<str>, Arc<Page>, ByBytes>,
    flights: Flights,
    fetches: Semaphore,
    shelf: Shelf,
    origin: Arc<dyn Origin>,
}

/// The policy's part in finding.
#[derive(Clone, Copy)]
pub struct Finding<'a> {
    /// How stories are recognised.
    pub articles: &'a Articles,
    /// The number of the policy.
    pub policy: u64,
    /// The business time.
    pub now: Timestamp,
}

impl Pages {
    /// A cache of at most `memory` bytes in front of `origin`.
    pub fn new(origin: Arc<dyn Origin>, memory: u64) -> Self {
        // A story with its compressed forms takes some 100 KB.
        let items = usize::try_from(memory / (64 * 1024))
            .unwrap_or(usize::MAX)
            .clamp(64, 1 << 20);
        Self {
            cache: Cache::with_weighter(items, memory, ByBytes),
            flights: Flights::default(),
            fetches: Semaphore::new(FETCHES),
            shelf: Shelf::new(memory),
            origin,
        }
    }

    /// The page at `target`, as fresh as it must be.
    pub async fn find(
        self: &Arc<Self>,
        target: &Target<'_>,
        how: Finding<'_>,
    ) -> Result<Arc<Page>, NoPage> {
        let stamp = Stamp {
            origin: self.origin.version(),
            policy: how.policy,
        };
        let key = target.key();
        let kept = self.cache.get(&*key);
        if let Some(page) = &kept
            && page.is_current(stamp)
            && !page.claims_refresh(how.now)
        {
            return Ok(Arc::clone(page));
        }
        self.renew(target, &key, kept, how, stamp).await
    }

    /// The page anew: there is none, or it is stale or outdated. The request
    /// that finds it so waits for the new one, as long as [`PATIENCE`] lasts.
    async fn renew(
        &self,
        target: &Target<'_>,
        key: &str,
        kept: Option<Arc<Page>>,
        how: Finding<'_>,
        stamp: Stamp,
    ) -> Result<Arc<Page>, NoPage> {
        let flight = self.flights.join(key, stamp);
        let fetch = || async {
            let page = Arc::new(self.fetch(target, kept.as_deref(), how, stamp).await?);
            self.keep(key, &page);
            Ok(page)
        };
        let answer = tokio::time::timeout(PATIENCE, flight.answer(fetch)).await;
        answer.unwrap_or(Err(NoPage::Busy)).or_else(|why| {
            self.fall_back(key, kept.as_ref(), how.now, stamp)
                .ok_or(why)
        })
    }

    /// Only what was found and may be kept is: errors and redirects cost the
    /// origin little, and anybody can ask for addresses without end.
    fn keep(&self, key: &str, page: &Arc<Page>) {
        let no_store = page.cache_control.as_ref().is_some_and(|c| c == "no-store");
        if page.status == StatusCode::OK && !no_store {
            self.cache.insert(Arc::from(key), Arc::clone(page));
        } else {
            self.cache.remove(key);
        }
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
        if kept.is_current(stamp) {
            kept.degraded.store(true, Ordering::Relaxed);
            return Some(Arc::clone(kept));
        }
        // What was no story under another policy may be one under this, and
        // without a beginning to fall back to.
        if kept.story().is_none() && kept.cut_by != stamp.policy {
            return None;
        }
        let last_good = Arc::new(kept.last_good(stamp, now));
        self.cache.insert(Arc::from(key), Arc::clone(&last_good));
        Some(last_good)
    }

    /// The page as it would be at `how.now`, which need not be the present:
    /// nothing of it is kept, so that asking about tomorrow shows nobody
    /// tomorrow's paper.
    pub(crate) async fn look(&self, target: &Target<'_>, how: Finding<'_>) -> Result<Page, NoPage> {
        let stamp = Stamp {
            origin: self.origin.version(),
            policy: how.policy,
        };
        let fetch = self.fetch(target, None, how, stamp);
        tokio::time::timeout(PATIENCE, fetch)
            .await
            .unwrap_or(Err(NoPage::Busy))
    }

    async fn fetch(
        &self,
        target: &Target<'_>,
        old: Option<&Page>,
        how: Finding<'_>,
        stamp: Stamp,
    ) -> Result<Page, NoPage> {
        let _permit = self.fetches.acquire().await.map_err(|_| NoPage::Busy)?;
        let request = OriginRequest {
            path: target.path(),
            query: target.query(),
            now: how.now,
        };
        let response = self.origin.fetch(request).await.map_err(|error| {
            tracing::warn!(path = target.path(), %error, "the origin gave no answer");
            NoPage::Origin
        })?;
        page_of(target, response, old, how, stamp, &self.shelf).await
    }

    /// How many pages are held, and how many bytes they take.
    pub fn size(&self) -> (usize, u64) {
        (self.cache.len(), self.cache.weight())
    }

    /// Look-ups so far that found a page, and those that found none. Each
    /// request looks once.
    pub fn tally(&self) -> (u64, u64) {
        (self.cache.hits(), self.cache.misses())
    }
}

async fn page_of(
    target: &Target<'_>,
    response: OriginResponse,
    old: Option<&Page>,
    how: Finding<'_>,
    stamp: Stamp,
    shelf: &Shelf,
) -> Result<Page, NoPage> {
    let body = blake3::hash(&response.body);
    let same = old.filter(|old| {
        old.body == body && old.cut_by == how.policy && old.content_type == response.content_type
    });
    let (content, etag) = if let Some(old) = same {
        (old.content.clone(), old.etag.clone())
    } else {
        let content = compiled(target, &response, how).await?;
        let etag = etag(&content, body).ok_or(NoPage::Unreadable)?;
        (content, etag)
    };
    let max_age = i64::try_from(how.articles.max_age.as_secs()).unwrap_or(i64::MAX);
    let mut headers = response.headers;
    if is_gated(&content) {
        headers.push((ROBOTS, HeaderValue::from_static("noarchive")));
    }
    Ok(Page {
        status: response.status,
        content_type: response.content_type,
        location: response.location,
        story_head: StoryHead::new(&headers),
        headers,
        cache_control: response.cache_control,
        etag,
        weight: weight(&content),
        content,
        bodies: Bodies::new(shelf),
        body,
        cut_by: how.policy,
        stamp,
        fresh_until: AtomicI64::new(how.now.as_second().saturating_add(max_age)),
        degraded: AtomicBool::new(false),
    })
}

/// What a page weighs in the cache. Weighed once: it may grow by a form that is
/// made when first asked for, and a cache must subtract what it has added.
fn weight(content: &Content) -> u64 {
    OVERHEAD
        + match content {
            Content::Html(page, _) => page.memory() as u64,
            Content::Other(encoded) => encoded.memory() as u64,
        }
}

/// Whether readers may be asked to pay for it: then archives are asked not to
/// hand out copies.
fn is_gated(content: &Content) -> bool {
    let Content::Html(_, Some(page)) = content else {
        return false;
    };
    page.story.tier != Tier::Free && page.story.sponsor.is_none()
}

/// The validator of a page without a story: of what is sent, since the policy
/// has a part in that. A story has none that anybody sees.
fn etag(content: &Content, body: blake3::Hash) -> Option<HeaderValue> {
    let hash = match content {
        Content::Html(page, None) => {
            let mut hasher = blake3::Hasher::new();
            for chunk in page
                .splice(Outcome::Full, Encoding::Identity, None)
                .chunks()
            {
                hasher.update(chunk);
            }
            hasher.finalize()
        }
        _ => body,
    };
    HeaderValue::try_from(format!("W/\"{}\"", &hash.to_hex()[..16])).ok()
}

/// Compiles the page, where it is large on a thread for such work.
async fn compiled(
    target: &Target<'_>,
    response: &OriginResponse,
    how: Finding<'_>,
) -> Result<Content, NoPage> {
    let (path, id) = (target.path(), target.key());
    if response.body.len() < LARGE {
        return compile(path, &id, response, how.articles);
    }
    let (path, id) = (path.to_owned(), id.into_owned());
    let (response, articles) = (response.clone(), how.articles.clone());
    tokio::task::spawn_blocking(move || compile(&path, &id, &response, &articles))
        .await
        .unwrap_or(Err(NoPage::Unreadable))
}

fn compile(
    path: &str,
    id: &str,
    response: &OriginResponse,
    articles: &Articles,
) -> Result<Content, NoPage> {
    let media = response.content_type.to_str().unwrap_or_default();
    if !is_html(media) {
        return Ok(Content::Other(Arc::new(Encoded::new(&response.body))));
    }
    let fallback = StoryId::new(id);
    let compiled = page::compile(&response.body, charset(media), fallback, &articles.compile)
        .map_err(|error| {
            tracing::error!(
                path, %error,
                "the page can't be taken apart safely, so it is not served"
            );
            NoPage::Unreadable
        })?;
    let must = response.status == StatusCode::OK
        && articles.paths.iter().any(|pattern| pattern.matches(path));
    if must && compiled.kind() != Kind::Story {
        tracing::error!(
            path,
            "the page should hold a story, but [articles] body matches nothing in it, \
             so it is not served"
        );
        return Err(NoPage::StoryMissing);
    }
    let story = (compiled.kind() == Kind::Story).then(|| {
        Arc::new(StoryPage {
            story: compiled.facts().story.clone(),
            number: OnceLock::new(),
        })
    });
    Ok(Content::Html(Arc::new(compiled), story))
}

fn is_html(media: &str) -> bool {
    let essence = media.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("text/html")
        || essence.eq_ignore_ascii_case("application/xhtml+xml")
}

fn charset(media: &str) -> Option<&str> {
    media.split(';').skip(1).find_map(|part| {
        let (name, value) = part.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"'))
    })
}

/// The header that names the media type of HTML as we send it: always UTF-8.
pub(crate) fn html() -> HeaderValue {
    HeaderValue::from_static("text/html; charset=utf-8")
}

/// Whether the request already holds what `etag` names.
pub(crate) fn holds(fields: &Fields<'_>, etag: &HeaderValue) -> bool {
    let Ok(tag) = etag.to_str() else { return false };
    fields
        .all(&header::IF_NONE_MATCH)
        .filter_map(|line| str::from_utf8(line).ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .any(|held| held == "*" || held.trim_start_matches("W/") == tag.trim_start_matches("W/"))
}

#[cfg(test)]
mod tests;
