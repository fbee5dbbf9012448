//! Which pages are on the disk, and where.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use parking_lot::Mutex;

use super::ring::Place;
use crate::pages::cache::{Purge, Varies};
use crate::pages::stored::Page;

/// In how many parts the index is locked: a purge looks at all entries of one
/// part at a time.
const PARTS: usize = 16;

/// What an entry takes beside its key and names.
const ENTRY: usize = 160;

/// What is known under a key.
#[derive(Clone, Debug)]
pub(super) enum Held {
    /// A page that waits to be written.
    Waits(Arc<Page>),
    /// A page that was, with its names to be purged by.
    Lies(Place, Arc<[Box<str>]>),
    /// The page depends on headers; one of its forms is at that place.
    Varies(Varies, Place),
}

impl Held {
    fn tags(&self) -> &[Box<str>] {
        match self {
            Self::Waits(page) => &page.tags,
            Self::Lies(_, tags) => tags,
            Self::Varies(..) => &[],
        }
    }

    /// How many pages it is.
    fn pages(&self) -> usize {
        usize::from(!matches!(self, Self::Varies(..)))
    }

    fn weight(&self, key: &str) -> usize {
        let tags: usize = self.tags().iter().map(|tag| tag.len()).sum();
        ENTRY + key.len() + tags
    }
}

type Part = Mutex<HashMap<Arc<str>, Held>>;

/// The index.
#[derive(Debug, Default)]
pub(super) struct Index {
    parts: [Part; PARTS],
    hasher: RandomState,
    weight: AtomicUsize,
    pages: AtomicUsize,
    /// How often something was forgotten.
    changes: AtomicU64,
}

impl Index {
    fn part(&self, key: &str) -> &Part {
        let hash = self.hasher.hash_one(key).to_le_bytes()[0];
        &self.parts[usize::from(hash) % PARTS]
    }

    pub(super) fn get(&self, key: &str) -> Option<Held> {
        self.part(key).lock().get(key).cloned()
    }

    /// How often something was forgotten so far.
    pub(super) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// Notes `held`, where nothing was forgotten since there were so many
    /// `changes`: it might have been this.
    pub(super) fn insert(&self, key: &Arc<str>, held: Held, changes: u64) -> bool {
        let mut part = self.part(key).lock();
        if self.changes() != changes {
            return false;
        }
        self.put(&mut part, key, held);
        true
    }

    /// Notes where a page was written, if that page still waits for it.
    pub(super) fn wrote(&self, key: &Arc<str>, page: &Arc<Page>, place: Place) -> bool {
        let mut part = self.part(key).lock();
        let waits = matches!(part.get(key), Some(Held::Waits(own)) if Arc::ptr_eq(own, page));
        if waits {
            let tags = Arc::clone(&page.tags);
            self.put(&mut part, key, Held::Lies(place, tags));
        }
        waits
    }

    fn put(&self, part: &mut HashMap<Arc<str>, Held>, key: &Arc<str>, held: Held) {
        self.weight.fetch_add(held.weight(key), Ordering::Relaxed);
        self.pages.fetch_add(held.pages(), Ordering::Relaxed);
        if let Some(old) = part.insert(Arc::clone(key), held) {
            self.is_out(key, &old);
        }
    }

    /// Notes that there is less.
    fn is_out(&self, key: &str, held: &Held) {
        self.weight.fetch_sub(held.weight(key), Ordering::Relaxed);
        self.pages.fetch_sub(held.pages(), Ordering::Relaxed);
    }

    /// Whether that is still where the page lies.
    pub(super) fn is_at(&self, key: &str, place: &Place) -> bool {
        matches!(self.part(key).lock().get(key), Some(Held::Lies(own, _)) if own.is(place))
    }

    /// Forgets what is under the key: there is something newer.
    pub(super) fn supersede(&self, key: &str) {
        let mut part = self.part(key).lock();
        if let Some(old) = part.remove(key) {
            self.is_out(key, &old);
        }
    }

    /// Forgets what is under the key, and what is about to come there.
    pub(super) fn forget(&self, key: &str) {
        self.changes.fetch_add(1, Ordering::AcqRel);
        self.supersede(key);
    }

    /// Forgets pages; how many.
    pub(super) fn purge(&self, which: &Purge) -> usize {
        self.changes.fetch_add(1, Ordering::AcqRel);
        self.retain(|key, held| !which.is(key, held.tags()))
    }

    /// Forgets what lies in files that are gone.
    pub(super) fn sweep(&self) {
        self.retain(|_, held| match held {
            Held::Waits(_) => true,
            Held::Lies(place, _) | Held::Varies(_, place) => !place.is_gone(),
        });
    }

    fn retain(&self, keeps: impl Fn(&str, &Held) -> bool) -> usize {
        let mut gone = 0;
        for part in &self.parts {
            part.lock().retain(|key, held| {
                let stays = keeps(key, held);
                if !stays {
                    gone += held.pages();
                    self.is_out(key, held);
                }
                stays
            });
        }
        gone
    }

    /// How many pages there are, and how many bytes the index takes.
    pub(super) fn size(&self) -> (usize, usize) {
        let pages = self.pages.load(Ordering::Relaxed);
        (pages, self.weight.load(Ordering::Relaxed))
    }
}
