//! Finding: the compiled page behind a target, from memory or from the origin.
//!
//! A page is compiled once and used until it is older than the configured
//! maximum, or until the origin or the policy says that anything may have
//! changed. Many requests for one missing page wait for a single fetch.

use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;

use access::{StoryId, StoryNo};
use http::{HeaderName, HeaderValue, StatusCode, header};
use jiff::Timestamp;
use page::{CompiledPage, Encoded, Kind};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use tokio::sync::Semaphore;

use crate::origin::{Origin, OriginRequest, OriginResponse};
use crate::policy::Articles;
use crate::respond::StoryHead;
use crate::target::Target;

/// Pages fetched and compiled at one time. Compiling costs about a
/// millisecond of a core; more at once would only make each of them later.
const FETCHES: usize = 16;

/// How long a request waits for its page before it is told to come back.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a stale page is served before a failed refresh is tried again.
const RETRY_SECONDS: i64 = 5;

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
    /// The hash of the origin's body, so that the same body is compiled once.
    body: blake3::Hash,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    fetches: Semaphore,
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
            fetches: Semaphore::new(FETCHES),
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
        if let Some(page) = self.cache.get(&*key) {
            if page.is_current(stamp) {
                if page.claims_refresh(how.now)
                    && let Some(newer) = self.refresh(target, &page, how, stamp).await
                {
                    return Ok(newer);
                }
                return Ok(page);
            }
            self.cache.remove_if(&*key, |kept| !kept.is_current(stamp));
        }
        match tokio::time::timeout(PATIENCE, self.load(target, &key, how, stamp)).await {
            Ok(result) => result,
            Err(_) => Err(NoPage::Busy),
        }
    }

    async fn load(
        &self,
        target: &Target<'_>,
        key: &str,
        how: Finding<'_>,
        stamp: Stamp,
    ) -> Result<Arc<Page>, NoPage> {
        let key: Arc<str> = Arc::from(key);
        let guard = match self.cache.get_value_or_guard_async(&key).await {
            Ok(page) => return Ok(page),
            Err(guard) => guard,
        };
        let page = Arc::new(self.fetch(target, None, how, stamp).await?);
        if page.status == StatusCode::OK
            && page.cache_control.as_ref().is_none_or(|c| c != "no-store")
        {
            // Refused only where the entry was removed meanwhile; the page is
            // good for this request either way.
            let _ = guard.insert(Arc::clone(&page));
        }
        Ok(page)
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

    /// Fetches a stale page anew. The built-in publication answers within a
    /// millisecond, so the request that finds the page stale waits for it.
    async fn refresh(
        &self,
        target: &Target<'_>,
        old: &Arc<Page>,
        how: Finding<'_>,
        stamp: Stamp,
    ) -> Option<Arc<Page>> {
        let fetch = self.fetch(target, Some(old), how, stamp);
        let Ok(Ok(page)) = tokio::time::timeout(PATIENCE, fetch).await else {
            old.degraded.store(true, Ordering::Relaxed);
            return None;
        };
        let page = Arc::new(page);
        if page.status == StatusCode::OK {
            self.cache
                .insert(Arc::from(&*target.key()), Arc::clone(&page));
        } else {
            self.cache.remove(&*target.key());
        }
        Some(page)
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
        page_of(target, response, old, how, stamp)
    }

    /// How many pages are held, and how many bytes they take.
    pub fn size(&self) -> (usize, u64) {
        (self.cache.len(), self.cache.weight())
    }

    /// Cache hits and misses so far.
    pub fn tally(&self) -> (u64, u64) {
        (self.cache.hits(), self.cache.misses())
    }
}

fn page_of(
    target: &Target<'_>,
    response: OriginResponse,
    old: Option<&Page>,
    how: Finding<'_>,
    stamp: Stamp,
) -> Result<Page, NoPage> {
    let body = blake3::hash(&response.body);
    let same = old.filter(|old| old.body == body && old.content_type == response.content_type);
    let content = match same {
        Some(old) => old.content.clone(),
        None => compile(target, &response, how)?,
    };
    let max_age = i64::try_from(how.articles.max_age.as_secs()).unwrap_or(i64::MAX);
    let tag = format!("W/\"{}\"", &body.to_hex()[..16]);
    Ok(Page {
        status: response.status,
        content_type: response.content_type,
        location: response.location,
        story_head: StoryHead::new(&response.headers),
        headers: response.headers,
        cache_control: response.cache_control,
        etag: HeaderValue::try_from(tag).map_err(|_| NoPage::Unreadable)?,
        weight: weight(&content),
        content,
        body,
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

fn compile(
    target: &Target<'_>,
    response: &OriginResponse,
    how: Finding<'_>,
) -> Result<Content, NoPage> {
    let media = response.content_type.to_str().unwrap_or_default();
    if !is_html(media) {
        return Ok(Content::Other(Arc::new(Encoded::new(&response.body))));
    }
    let fallback = StoryId::new(target.key());
    let compiled = page::compile(
        &response.body,
        charset(media),
        fallback,
        &how.articles.compile,
    )
    .map_err(|error| {
        tracing::error!(
            path = target.path(), %error,
            "the page can't be taken apart safely, so it is not served"
        );
        NoPage::Unreadable
    })?;
    let must = response.status == StatusCode::OK
        && how
            .articles
            .paths
            .iter()
            .any(|pattern| pattern.matches(target.path()));
    if must && compiled.kind() != Kind::Story {
        tracing::error!(
            path = target.path(),
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
pub(crate) fn holds(headers: &http::HeaderMap, etag: &HeaderValue) -> bool {
    let Ok(tag) = etag.to_str() else { return false };
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .any(|held| held == "*" || held.trim_start_matches("W/") == tag.trim_start_matches("W/"))
}
