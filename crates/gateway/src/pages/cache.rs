//! What is kept in memory, and under which key.
//!
//! Most pages are kept by their URL alone. Where the origin says that its answer
//! varies by headers of the request, the URL leads to the names of the headers,
//! and they with their values to the page.

use std::fmt::Write;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use http::{HeaderName, HeaderValue};
use jiff::Timestamp;
use quick_cache::{DefaultHashBuilder, Lifecycle, Weighter, sync};

use super::disk::{Disk, OnDisk};
use super::freshness::RETRY_SECONDS;
use super::stored::Page;
use crate::shelf::Shelf;

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

impl Varies {
    /// What the page under the key `variant` depends on, which are headers of
    /// these `names`, and the key that leads there; `None` where it depends on
    /// none.
    pub(super) fn of(variant: &str, names: &Arc<[HeaderName]>) -> Option<(Arc<str>, Self)> {
        let (url, rest) = variant.split_once('\n')?;
        let generation = rest.split('\n').next()?.parse().ok()?;
        let varies = Self {
            names: Arc::clone(names),
            generation,
        };
        Some((url.into(), varies))
    }
}

/// Which pages shall be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purge {
    /// This path and query, in every form, and with any other query too.
    Url(Box<str>),
    /// All paths that begin so.
    Prefix(Box<str>),
    /// All paths that begin with none of these.
    Outside(Box<[Box<str>]>),
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

/// Notes what memory lets go of, so that it happens to it outside of the lock.
#[derive(Clone)]
struct LettingGo;

impl Lifecycle<Arc<str>, Entry> for LettingGo {
    type RequestState = Vec<(Arc<str>, Entry)>;

    fn on_evict(&self, gone: &mut Self::RequestState, key: Arc<str>, entry: Entry) {
        gone.push((key, entry));
    }
}

/// The pages: so many bytes in memory, and what has no room there on the disk.
pub(super) struct Cache {
    entries: sync::Cache<Arc<str>, Entry, ByBytes, DefaultHashBuilder, LettingGo>,
    generations: AtomicU64,
    disk: Option<Disk>,
}

/// Where a page may be on the disk.
pub(super) struct OnceKept {
    key: Arc<str>,
    /// The key that leads there, where it depends on headers.
    by: Option<(Arc<str>, Varies)>,
}

impl Cache {
    pub(super) fn new(memory: u64) -> Self {
        // A story with its compressed forms takes some 100 KB.
        let items = usize::try_from(memory / (64 * 1024))
            .unwrap_or(usize::MAX)
            .clamp(64, MAX_PAGES);
        let hasher = DefaultHashBuilder::default();
        Self {
            entries: sync::Cache::with(items, memory, ByBytes, hasher, LettingGo),
            generations: AtomicU64::new(0),
            disk: None,
        }
    }

    /// The same, with at most `bytes` in files in `folder` for what memory lets
    /// go of.
    pub(super) fn with_disk(self, folder: &Path, bytes: u64) -> io::Result<Self> {
        Ok(Self {
            disk: Some(Disk::open(folder, bytes)?),
            ..self
        })
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

    /// Where what memory doesn't have may be, for a request of which the origin
    /// would be told this; `None` where there is no disk.
    pub(super) fn once_kept(&self, key: &str, told: Told<'_>) -> Option<OnceKept> {
        let disk = self.disk.as_ref()?;
        let varies = match self.entries.peek(key) {
            Some(Entry::Varies(varies)) => Some(varies),
            _ => disk.varies(key),
        };
        Some(match varies {
            None => OnceKept {
                key: key.into(),
                by: None,
            },
            Some(varies) => OnceKept {
                key: with_values(key, &varies, told).into(),
                by: Some((key.into(), varies)),
            },
        })
    }

    /// The page that was once let go of, back in memory.
    pub(super) async fn back(&self, once: OnceKept, room: &Shelf) -> Option<Arc<Page>> {
        let disk = self.disk.as_ref()?;
        let OnceKept { key, by } = once;
        let page = disk.find(&key, room).await?;
        if let Some((url, varies)) = by {
            self.put(&url, Entry::Varies(varies));
        }
        self.put(&key, Entry::Page(Arc::clone(&page)));
        // Whoever forgets or replaces it does so on the disk first.
        if !disk.still_has(&key, &page) {
            self.entries.remove(&*key);
        }
        Some(page)
    }

    /// Keeps `entry`; what memory has no room for then goes to the disk.
    fn put(&self, key: &Arc<str>, entry: Entry) {
        let changes = self.disk.as_ref().map_or(0, Disk::changes);
        let mut gone = Vec::new();
        self.entries
            .insert_with_lifecycle(Arc::clone(key), entry, &mut gone);
        let Some(disk) = &self.disk else { return };
        for (gone, entry) in gone {
            // What was replaced counts as gone as well.
            if let Entry::Page(page) = entry
                && gone != *key
            {
                disk.keep(&gone, &page, changes);
            }
        }
    }

    /// Keeps a page in the place of whatever is there.
    fn put_page(&self, key: &str, page: &Arc<Page>) {
        if let Some(disk) = &self.disk {
            disk.supersede(key);
        }
        self.put(&Arc::from(key), Entry::Page(Arc::clone(page)));
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
        if page.varies.is_empty() {
            self.put_page(key, page);
        } else {
            let varies = match self.entries.peek(key) {
                Some(Entry::Varies(varies)) if varies.names == page.varies => varies,
                _ => Varies {
                    names: Arc::clone(&page.varies),
                    generation: self.generations.fetch_add(1, Ordering::Relaxed),
                },
            };
            let variant = with_values(key, &varies, told);
            self.put(&Arc::from(key), Entry::Varies(varies));
            self.put_page(&variant, page);
        }
    }

    /// Puts a page in the place of an older one.
    pub(super) fn replace(&self, key: &str, page: &Arc<Page>) {
        if !matches!(self.entries.peek(key), Some(Entry::Varies(_))) {
            self.put_page(key, page);
        }
    }

    /// Notes that what is there can't be shared, so that nobody waits for
    /// somebody else's answer in vain.
    pub(super) fn set_apart(&self, key: &str, now: Timestamp) {
        let until = now.as_second().saturating_add(RETRY_SECONDS);
        if let Some(disk) = &self.disk {
            disk.forget(key);
        }
        self.put(&Arc::from(key), Entry::Apart(until));
    }

    /// Forgets the page, in every form.
    pub(super) fn remove(&self, key: &str) {
        if let Some(disk) = &self.disk {
            disk.forget(key);
        }
        self.entries.remove(key);
    }

    /// Forgets pages; how many.
    pub(super) fn purge(&self, which: &Purge) -> usize {
        let on_disk = self.disk.as_ref().map_or(0, |disk| disk.purge(which));
        let before = self.entries.len();
        self.entries.retain(|key, entry| match entry {
            Entry::Page(page) => !which.is(key, &page.tags),
            Entry::Varies(_) | Entry::Apart(_) => !which.is(key, &[]),
        });
        before.saturating_sub(self.entries.len()) + on_disk
    }

    /// What the disk has done, if there is one.
    pub(super) fn on_disk(&self) -> Option<OnDisk> {
        self.disk.as_ref().map(Disk::stats)
    }

    pub(super) fn size(&self) -> (usize, u64) {
        (self.entries.len(), self.entries.weight())
    }

    pub(super) fn tally(&self) -> (u64, u64) {
        (self.entries.hits(), self.entries.misses())
    }
}

impl Purge {
    /// Whether the page is one of them that is kept under `key`, and that the
    /// origin has given these names.
    pub(super) fn is(&self, key: &str, tags: &[Box<str>]) -> bool {
        let url = key.split('\n').next().unwrap_or(key);
        match self {
            Self::Everything => true,
            Self::Prefix(prefix) => url.starts_with(&**prefix),
            Self::Outside(prefixes) => !(prefixes.iter()).any(|prefix| url.starts_with(&**prefix)),
            Self::Url(own) => {
                let without_query = url.split('?').next().unwrap_or(url);
                url == &**own || without_query == &**own
            }
            Self::Tag(tag) => tags.contains(tag),
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
