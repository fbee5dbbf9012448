//! A page as it is kept: what the origin's answer has become.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use access::{StoryId, StoryNo, Tier};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use jiff::Timestamp;
use page::{CompiledPage, Encoded, Role};
use prompts::Locale;

use super::disk::Place;
use super::finding::NoPage;
use super::freshness::Freshness;
use crate::respond::StoryHead;
use crate::shelf::Bodies;

/// The smallest weight of a page: its own bookkeeping, and the heads of its
/// responses.
pub(crate) const OVERHEAD: u64 = 4096;

/// What the origin's answer has become.
#[derive(Debug)]
pub(crate) struct Page {
    /// The status.
    pub status: StatusCode,
    /// What is said around it where it isn't a story.
    pub(crate) head: HeaderMap,
    /// What is said around a story's bytes.
    pub(crate) story_head: StoryHead,
    /// What is sent.
    pub content: Content,
    /// What of it is sent again and again.
    pub(crate) bodies: Bodies,
    /// The hash of the origin's body and the policy it was cut by: the same
    /// body isn't compiled twice in a row.
    pub(super) body: blake3::Hash,
    pub(super) cut_by: u64,
    pub(super) stamp: Stamp,
    pub(crate) freshness: Freshness,
    /// The headers of a request that it depends on.
    pub(super) varies: Arc<[HeaderName]>,
    /// The cookies that the one who asked is given: none where it is for
    /// everybody.
    pub(crate) cookies: Vec<HeaderValue>,
    /// What the origin calls it for when it wants to have it purged.
    pub(super) tags: Arc<[Box<str>]>,
    pub(super) degraded: AtomicBool,
    pub(super) weight: u64,
    /// Where it lies on the disk, if that is where it came from.
    pub(super) place: Option<Place>,
    /// Why it would be kept back, where it goes out only because the gate
    /// observes.
    pub(crate) held: Option<NoPage>,
    /// Whether something that the origin says around it was left out.
    pub(crate) is_quieted: bool,
}

/// A body, ready to be sent.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// HTML, in every encoding.
    Html(Arc<CompiledPage>, Option<Arc<StoryPage>>),
    /// Anything else, in every encoding.
    Other(Arc<Encoded>),
    /// Anything else as the origin has sent it.
    AsItCame(Bytes),
}

impl Content {
    /// What it takes in memory. Weighed once: it may grow by a form that is
    /// made when first asked for, and a cache must subtract what it has added.
    pub(super) fn weight(&self) -> u64 {
        let bytes = match self {
            Self::Html(page, _) => page.memory(),
            Self::Other(encoded) => encoded.memory(),
            Self::AsItCame(bytes) => bytes.len(),
        };
        OVERHEAD + bytes as u64
    }

    /// Whether readers may be asked to pay for it: then archives are asked not
    /// to hand out copies.
    pub(super) fn is_gated(&self) -> bool {
        let Self::Html(_, Some(page)) = self else {
            return false;
        };
        page.story.tier != Tier::Free && page.story.sponsor.is_none()
    }
}

/// A hash of a story's id, taken once a page.
fn mark(id: &StoryId) -> u64 {
    let hash = blake3::hash(id.as_str().as_bytes());
    let first = hash.as_bytes().first_chunk();
    first.map_or(0, |first| u64::from_le_bytes(*first))
}

/// The story on a page, and its number in the meter once it has one.
#[derive(Debug)]
pub(crate) struct StoryPage {
    /// What rules can ask about it.
    pub story: access::Story,
    /// Whether it is a list of stories, which no reading of one opens.
    pub(crate) is_list: bool,
    pub(super) number: OnceLock<StoryNo>,
    /// A hash of its id.
    pub(crate) mark: u64,
    /// The language that the page says it is in.
    pub(crate) language: Option<Locale>,
}

impl StoryPage {
    /// The story on `page`, which has one; its number isn't known yet.
    pub(super) fn of(page: &CompiledPage) -> Self {
        let story = page.facts().story.clone();
        Self {
            mark: mark(&story.id),
            story,
            is_list: page.role() == Role::List,
            language: page
                .facts()
                .language
                .as_deref()
                .and_then(|tag| tag.parse().ok()),
            number: OnceLock::new(),
        }
    }

    /// The same, called otherwise than the page says.
    pub(super) fn called(id: StoryId, page: &CompiledPage) -> Self {
        let mut own = Self::of(page);
        own.mark = mark(&id);
        own.story.id = id;
        own
    }

    /// The story's number, if it has ever been counted.
    pub(crate) fn number(&self, find: impl FnOnce(&StoryId) -> Option<StoryNo>) -> Option<StoryNo> {
        self.number.get().copied().or_else(|| {
            let number = find(&self.story.id)?;
            Some(*self.number.get_or_init(|| number))
        })
    }

    /// The story's number, given to it if need be.
    pub(crate) fn number_or_else<E>(
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

/// What a page must agree with to be used: the number of the policy, which says
/// where it comes from and how it is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Stamp {
    /// The number of the policy.
    pub policy: u64,
}

impl Page {
    /// The story on the page, if there is one.
    pub(crate) fn story(&self) -> Option<(&CompiledPage, &StoryPage)> {
        match &self.content {
            Content::Html(page, Some(story)) => Some((page, story)),
            _ => None,
        }
    }

    /// Whether the origin's latest version couldn't be had or made sense of:
    /// this one then serves for beginnings only.
    pub(crate) fn is_degraded(&self) -> bool {
        self.degraded.load(Ordering::Relaxed)
    }

    /// From now on for beginnings only.
    pub(super) fn degrade(&self) {
        self.degraded.store(true, Ordering::Relaxed);
    }

    /// This page under another stamp, for beginnings only: what is left where
    /// the new one can't be had.
    pub(super) fn last_good(&self, stamp: Stamp, now: Timestamp) -> Self {
        let degraded = self.again(stamp, Freshness::for_want_of_better(now));
        degraded.degrade();
        degraded
    }

    /// This page, which the origin says is still the same.
    pub(super) fn again(&self, stamp: Stamp, freshness: Freshness) -> Self {
        Self {
            status: self.status,
            head: self.head.clone(),
            story_head: self.story_head.clone(),
            content: self.content.clone(),
            bodies: self.bodies.fresh(),
            body: self.body,
            cut_by: self.cut_by,
            stamp,
            freshness,
            varies: Arc::clone(&self.varies),
            cookies: Vec::new(),
            tags: Arc::clone(&self.tags),
            degraded: AtomicBool::new(false),
            weight: self.weight,
            place: None,
            held: self.held,
            is_quieted: self.is_quieted,
        }
    }

    /// Whether it may be read from the disk later: it is of a foreign site, and
    /// the same for everybody. What the publication has is at hand already.
    pub(super) fn may_lie_on_disk(&self) -> bool {
        self.freshness.said().is_some() && self.cookies.is_empty() && self.held.is_none()
    }

    pub(super) fn is_current(&self, stamp: Stamp) -> bool {
        self.stamp == stamp
    }
}
