//! Pages that memory has no room for, on the disk.
//!
//! What memory lets go of is written by one thread, and read again when it is
//! next asked for. The index of it is in memory: where something is forgotten,
//! by a purge above all, it is so at once, whatever the thread is doing.

mod index;
mod record;
mod ring;

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use index::{Held, Index};
pub(super) use record::{put_headers, take_headers};
pub(super) use ring::Place;
use ring::Ring;

use super::cache::{Purge, Varies};
use super::stored::Page;
use crate::shelf::Shelf;

/// Pages that wait to be written: they are in memory as long.
const WAITING: usize = 256;

/// A page with a longer key isn't kept: keys stay in memory.
const LONGEST_KEY: usize = 512;

/// The part of the room on the disk that its index may take of memory.
const OF_INDEX: u64 = 64;

/// How many pages aren't written after one couldn't be.
const REST: u32 = 1000;

/// What the disk has done since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OnDisk {
    /// Pages that are there now.
    pub pages: usize,
    /// Bytes that their index takes of memory.
    pub index: usize,
    /// Pages read.
    pub read: u64,
    /// Pages written.
    pub written: u64,
    /// Pages that were let go of without being written: the disk was too slow,
    /// or failed.
    pub lost: u64,
}

/// The disk.
#[derive(Debug)]
pub(super) struct Disk {
    shared: Arc<Shared>,
    waiting: SyncSender<(Arc<str>, Arc<Page>)>,
}

/// What requests and the thread share.
#[derive(Debug, Default)]
struct Shared {
    index: Index,
    read: AtomicU64,
    written: AtomicU64,
    lost: AtomicU64,
    /// What lies in files before this one is written again when memory lets go of
    /// it, for they are the next to make room.
    young: AtomicU64,
}

impl Disk {
    /// At most `bytes` in files in `folder`. Nothing is there at first.
    pub(super) fn open(folder: &Path, bytes: u64) -> io::Result<Self> {
        let ring = Ring::new(folder, bytes)?;
        let shared = Arc::new(Shared::default());
        let (waiting, jobs) = sync_channel(WAITING);
        let writer = Writer {
            ring,
            shared: Arc::clone(&shared),
            most_index: usize::try_from(bytes / OF_INDEX).unwrap_or(usize::MAX),
            rest: 0,
        };
        std::thread::Builder::new()
            .name("pages-to-disk".to_owned())
            .spawn(move || writer.run(&jobs))?;
        Ok(Self { shared, waiting })
    }

    /// How often something was forgotten so far; see [`Self::keep`].
    pub(super) fn changes(&self) -> u64 {
        self.shared.index.changes()
    }

    /// Keeps a page that memory has let go of, unless something was forgotten
    /// since there were so many `changes`.
    pub(super) fn keep(&self, key: &Arc<str>, page: &Arc<Page>, changes: u64) {
        let index = &self.shared.index;
        if key.len() > LONGEST_KEY || !page.may_lie_on_disk() {
            return index.supersede(key);
        }
        if let Some(place) = &page.place
            && place.is_from(self.shared.young.load(Ordering::Relaxed))
            && !page.is_degraded()
            && index.is_at(key, place)
        {
            return;
        }
        if !index.insert(key, Held::Waits(Arc::clone(page)), changes) {
            return;
        }
        let job = (Arc::clone(key), Arc::clone(page));
        if let Err(TrySendError::Full(_) | TrySendError::Disconnected(_)) =
            self.waiting.try_send(job)
        {
            self.shared.lost.fetch_add(1, Ordering::Relaxed);
            index.supersede(key);
        }
    }

    /// By what the page depends on headers, if one is known that does.
    pub(super) fn varies(&self, key: &str) -> Option<Varies> {
        match self.shared.index.get(key)? {
            Held::Varies(varies, _) => Some(varies),
            _ => None,
        }
    }

    /// The page that is kept under `key`.
    pub(super) async fn find(&self, key: &str, room: &Shelf) -> Option<Arc<Page>> {
        let place = match self.shared.index.get(key)? {
            Held::Waits(page) => return Some(page),
            Held::Lies(place, _) => place,
            Held::Varies(..) => return None,
        };
        let record = match read(&place).await {
            Ok(record) => record,
            // Gone since we looked.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => {
                tracing::warn!(%error, "a page can't be read from the disk");
                self.shared.index.supersede(key);
                return None;
            }
        };
        let page = record::read(record, key, place, room);
        if page.is_none() {
            tracing::warn!("a page on the disk isn't as it was written, and is left alone");
            self.shared.index.supersede(key);
        }
        self.shared.read.fetch_add(1, Ordering::Relaxed);
        page.map(Arc::new)
    }

    /// Whether the page is still what is kept under `key`.
    pub(super) fn still_has(&self, key: &str, page: &Arc<Page>) -> bool {
        match self.shared.index.get(key) {
            Some(Held::Waits(own)) => Arc::ptr_eq(&own, page),
            Some(Held::Lies(own, _)) => page.place.as_ref().is_some_and(|place| place.is(&own)),
            _ => false,
        }
    }

    /// Memory has something newer under the key.
    pub(super) fn supersede(&self, key: &str) {
        self.shared.index.supersede(key);
    }

    /// Forgets the page.
    pub(super) fn forget(&self, key: &str) {
        self.shared.index.forget(key);
    }

    /// Forgets pages; how many.
    pub(super) fn purge(&self, which: &Purge) -> usize {
        self.shared.index.purge(which)
    }

    pub(super) fn stats(&self) -> OnDisk {
        let shared = &*self.shared;
        let (pages, index) = shared.index.size();
        OnDisk {
            pages,
            index,
            read: shared.read.load(Ordering::Relaxed),
            written: shared.written.load(Ordering::Relaxed),
            lost: shared.lost.load(Ordering::Relaxed),
        }
    }
}

/// What lies at `place`: without waiting where the system has it in memory, else
/// by a thread that may wait.
async fn read(place: &Place) -> io::Result<Vec<u8>> {
    if let Some(record) = place.read_at_once()? {
        return Ok(record);
    }
    let place = place.clone();
    let reading = tokio::task::spawn_blocking(move || place.read());
    reading
        .await
        .unwrap_or_else(|error| Err(io::Error::other(error)))
}

/// The thread that writes.
struct Writer {
    ring: Ring,
    shared: Arc<Shared>,
    /// Bytes that the index may take.
    most_index: usize,
    /// Pages not to write, since the disk has failed.
    rest: u32,
}

impl Writer {
    /// Writes until there is nobody left who asks for it.
    fn run(mut self, jobs: &Receiver<(Arc<str>, Arc<Page>)>) {
        while let Ok((key, page)) = jobs.recv() {
            if self.rest > 0 {
                self.rest -= 1;
                self.lose(&key);
                continue;
            }
            if let Err(error) = self.write(&key, &page) {
                tracing::warn!(
                    %error,
                    "a page can't be written to the disk; the next {REST} aren't tried"
                );
                self.rest = REST;
                self.lose(&key);
            }
        }
    }

    fn lose(&self, key: &str) {
        self.shared.lost.fetch_add(1, Ordering::Relaxed);
        self.shared.index.supersede(key);
    }

    fn write(&mut self, key: &Arc<str>, page: &Arc<Page>) -> io::Result<()> {
        let index = &self.shared.index;
        let begun = self.ring.begun();
        let Some(place) = self.ring.write(&record::written(key, page))? else {
            index.supersede(key);
            return Ok(());
        };
        if index.wrote(key, page, place.clone()) {
            self.shared.written.fetch_add(1, Ordering::Relaxed);
            if let Some((url, varies)) = Varies::of(key, &page.varies) {
                index.insert(&url, Held::Varies(varies, place), index.changes());
            }
        }
        if self.ring.begun() != begun {
            self.shared
                .young
                .store(self.ring.young(), Ordering::Relaxed);
            index.sweep();
        }
        while index.size().1 > self.most_index && self.ring.drop_oldest() {
            index.sweep();
        }
        Ok(())
    }
}
