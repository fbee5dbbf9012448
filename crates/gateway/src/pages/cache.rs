//! What is kept in memory, and under which key.
//!
//! Most pages are kept by their URL alone. Where the origin says that its answer
//! varies by headers of the request, the URL leads to the names of the headers,
//! and they with their values to the page.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::{HeaderName, HeaderValue};
use jiff::Timestamp;
use quick_cache::Weighter;
use quick_cache::sync;

use super::freshness::RETRY_SECONDS;
use super::stored::Page;

/// The weight of what is kept that is no page.
const NOTE: u64 = 256;

/// The most pages, whatever they weigh.
const MAX_PAGES: usize = 1 << 20;

/// What is kept under a key.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// The page.
    Page(Arc<Page>),
    /// It depends on headers.
    Varies(Varies),
    /// It can't be shared, until that second at least.
    Apart(i64),
}

/// What a page depends on.
#[derive(Clone, Debug)]
pub(super) struct Varies {
    names: Arc<[HeaderName]>,
    /// Tells the pages of one time from those that were forgotten with the
    /// names: nobody could find them all.
    generation: u64,
}

/// Which pages shall be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purge {
    /// This path and query, in every form, and with any other query too.
    Url(Box<str>),
    /// All paths that begin so.
    Prefix(Box<str>),
    /// All that the origin has given this name.
    Tag(Box<str>),
    /// All of them.
    Everything,
}

/// What the origin was told of a header of the request.
pub(super) type Told<'a> = &'a dyn Fn(&HeaderName) -> Option<HeaderValue>;

#[derive(Clone)]
struct ByBytes;

impl Weighter<Arc<str>, Entry> for ByBytes {
    fn weight(&self, key: &Arc<str>, entry: &Entry) -> u64 {
        let entry = match entry {
            Entry::Page(page) => page.weight,
            Entry::Varies(_) | Entry::Apart(_) => NOTE,
        };
        key.len() as u64 + entry
    }
}

/// The pages, at most so many bytes.
pub(super) struct Cache {
    entries: sync::Cache<Arc<str>, Entry, ByBytes>,
    generations: AtomicU64,
}

impl Cache {
    pub(super) fn new(memory: u64) -> Self {
        // A story with its compressed forms takes some 100 KB.
        let items = usize::try_from(memory / (64 * 1024))
            .unwrap_or(usize::MAX)
            .clamp(64, MAX_PAGES);
        Self {
            entries: sync::Cache::with_weighter(items, memory, ByBytes),
            generations: AtomicU64::new(0),
        }
    }

    /// What is kept for a request of which the origin would be told this.
    pub(super) fn find(&self, key: &str, told: Told<'_>) -> Option<Entry> {
        match self.entries.get(key)? {
            Entry::Varies(varies) => self.entries.get(&*with_values(key, &varies, told)),
            entry => Some(entry),
        }
    }

    /// The same without counting as a look-up.
    pub(super) fn peek(&self, key: &str, told: Told<'_>) -> Option<Entry> {
        match self.entries.peek(key)? {
            Entry::Varies(varies) => self.entries.peek(&*with_values(key, &varies, told)),
            entry => Some(entry),
        }
    }

    /// The key that the request's page is kept under, as far as is known.
    pub(super) fn key_of(&self, key: &str, told: Told<'_>) -> String {
        match self.entries.peek(key) {
            Some(Entry::Varies(varies)) => with_values(key, &varies, told),
            _ => key.to_owned(),
        }
    }

    /// Keeps a page, under the values of the headers that it varies by.
    pub(super) fn insert(&self, key: &str, page: &Arc<Page>, told: Told<'_>) {
        let entry = Entry::Page(Arc::clone(page));
        if page.varies.is_empty() {
            self.entries.insert(Arc::from(key), entry);
        } else {
            let varies = match self.entries.peek(key) {
                Some(Entry::Varies(varies)) if varies.names == page.varies => varies,
                _ => Varies {
                    names: Arc::clone(&page.varies),
                    generation: self.generations.fetch_add(1, Ordering::Relaxed),
                },
            };
            let variant = with_values(key, &varies, told);
            self.entries.insert(Arc::from(key), Entry::Varies(varies));
            self.entries.insert(variant.into(), entry);
        }
    }

    /// Puts a page in the place of an older one.
    pub(super) fn replace(&self, key: &str, page: &Arc<Page>) {
        if !matches!(self.entries.peek(key), Some(Entry::Varies(_))) {
            self.entries
                .insert(Arc::from(key), Entry::Page(Arc::clone(page)));
        }
    }

    /// Notes that what is there can't be shared, so that nobody waits for
    /// somebody else's answer in vain.
    pub(super) fn set_apart(&self, key: &str, now: Timestamp) {
        let until = now.as_second().saturating_add(RETRY_SECONDS);
        self.entries.insert(Arc::from(key), Entry::Apart(until));
    }

    /// Forgets the page, in every form.
    pub(super) fn remove(&self, key: &str) {
        self.entries.remove(key);
    }

    /// Forgets pages; how many.
    pub(super) fn purge(&self, which: &Purge) -> usize {
        let before = self.entries.len();
        self.entries.retain(|key, entry| !which.is(key, entry));
        before.saturating_sub(self.entries.len())
    }

    pub(super) fn size(&self) -> (usize, u64) {
        (self.entries.len(), self.entries.weight())
    }

    pub(super) fn tally(&self) -> (u64, u64) {
        (self.entries.hits(), self.entries.misses())
    }
}

impl Purge {
    fn is(&self, key: &str, entry: &Entry) -> bool {
        let url = key.split('\n').next().unwrap_or(key);
        match self {
            Self::Everything => true,
            Self::Prefix(prefix) => url.starts_with(&**prefix),
            Self::Url(own) => {
                let without_query = url.split('?').next().unwrap_or(url);
                url == &**own || without_query == &**own
            }
            Self::Tag(tag) => match entry {
                Entry::Page(page) => page.tags.iter().any(|one| one == tag),
                Entry::Varies(_) | Entry::Apart(_) => false,
            },
        }
    }
}

/// The key with the values that the origin was told.
fn with_values(key: &str, varies: &Varies, told: Told<'_>) -> String {
    let mut variant = format!("{key}\n{}", varies.generation);
    for name in &*varies.names {
        variant.push('\n');
        let value = told(name);
        for &byte in value.as_ref().map_or(&b""[..], HeaderValue::as_bytes) {
            if byte.is_ascii() && byte != b'%' {
                variant.push(char::from(byte));
            } else {
                // Writing to a string can't fail.
                let _ = write!(variant, "%{byte:02X}");
            }
        }
    }
    variant
}
