//! Bodies that go to many readers as they are, laid ready where the system can
//! send them from without copying.
//!
//! What a program writes to a socket is copied once more, and for a story that
//! is much of what serving it costs. A file's pages are sent by reference
//! (`sendfile(2)`). All readers of a story who are told the same get the same
//! bytes, so a body that is asked for often also lies in a file in memory that
//! has no name. There is room for so many of them; what finds none is copied.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use access::Outcome;
use arc_swap::ArcSwap;
use bytes::Bytes;
use page::{Encoding, Slot};
use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};
use rustix::process::{Resource, getrlimit};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// What a place on the shelf has room for. A body takes as many as it needs,
/// and one descriptor.
const PLACE: usize = 16 * 1024;

/// The part of the memory for pages that goes to the shelf.
const OF_MEMORY: u64 = 4;

/// The part of the process's descriptors that goes to the shelf; the others are
/// for connections.
const OF_DESCRIPTORS: u64 = 4;

/// Descriptors where the system sets no bound.
const UNBOUNDED: u64 = 1 << 20;

/// A shorter body is copied as fast as it is looked up.
const SHORTEST: usize = 4 * 1024;

/// The most places for one body: half a megabyte.
const WIDEST: usize = 32;

/// How often bodies of a page are copied before one is laid ready: most pages
/// of an archive are hardly ever asked for.
const WORTH_IT: u32 = 16;

/// The most bodies of one page. Readers are told a handful of things, in one or
/// two languages.
const BODIES: usize = 12;

/// The room for files of one server.
#[derive(Clone, Debug)]
pub(crate) struct Shelf(Arc<Semaphore>);

impl Shelf {
    /// A shelf beside pages that may take `memory` bytes.
    pub(crate) fn new(memory: u64) -> Self {
        let bytes = memory / OF_MEMORY;
        let descriptors = getrlimit(Resource::Nofile).current.unwrap_or(UNBOUNDED);
        let places = (bytes / PLACE as u64).min(descriptors / OF_DESCRIPTORS);
        Self::with_places(usize::try_from(places).unwrap_or(usize::MAX))
    }

    fn with_places(places: usize) -> Self {
        Self(Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))))
    }

    /// Lays `body` ready; `None` where that isn't worth it or can't be done.
    fn lay(&self, body: &[Bytes], head: impl FnOnce() -> Vec<u8>) -> Option<Laid> {
        let len = body.iter().map(Bytes::len).sum::<usize>();
        let places = len.div_ceil(PLACE);
        if len < SHORTEST || places > WIDEST {
            return None;
        }
        let places = u32::try_from(places).ok()?;
        let room = Arc::clone(&self.0).try_acquire_many_owned(places).ok()?;
        match written(body) {
            Ok(file) => Some(Laid {
                head: head(),
                file,
                len,
                _room: room,
            }),
            Err(error) => {
                tracing::debug!(%error, "a body is copied, for no file can be made for it");
                None
            }
        }
    }
}

/// A file in memory that holds `body` and never anything else.
fn written(body: &[Bytes]) -> io::Result<File> {
    let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    let mut file = File::from(memfd_create("ludgate-body", flags)?);
    for chunk in body {
        file.write_all(chunk)?;
    }
    let seals = SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL;
    fcntl_add_seals(&file, seals)?;
    Ok(file)
}

/// A body in a file, from its first byte to its last, and what is said before
/// it to everybody.
#[derive(Debug)]
pub(crate) struct Laid {
    head: Vec<u8>,
    file: File,
    len: usize,
    _room: OwnedSemaphorePermit,
}

impl Laid {
    /// The lines of an HTTP/1.1 head that are the same for everybody, the
    /// status and the length of the body among them.
    pub(crate) fn head(&self) -> &[u8] {
        &self.head
    }

    /// In bytes.
    pub(crate) fn len(&self) -> usize {
        self.len
    }
}

impl AsFd for Laid {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

/// Which of a page's bodies.
#[derive(Clone, Debug)]
pub(crate) struct Which<'a> {
    pub(crate) outcome: Outcome,
    pub(crate) encoding: Encoding,
    pub(crate) slot: Option<&'a Arc<Slot>>,
}

#[derive(Debug)]
struct Entry {
    outcome: Outcome,
    encoding: Encoding,
    /// Held, so that no other slot comes to lie where it does.
    slot: Option<Arc<Slot>>,
    body: Arc<Laid>,
}

impl Entry {
    fn is(&self, which: &Which<'_>) -> bool {
        self.outcome == which.outcome
            && self.encoding == which.encoding
            && match (&self.slot, which.slot) {
                (None, None) => true,
                (Some(own), Some(other)) => Arc::ptr_eq(own, other),
                _ => false,
            }
    }
}

/// The bodies of one page that lie ready.
#[derive(Debug)]
pub(crate) struct Bodies {
    shelf: Shelf,
    copied: AtomicU32,
    laid: ArcSwap<Vec<Arc<Entry>>>,
}

impl Bodies {
    /// None yet.
    pub(crate) fn new(shelf: &Shelf) -> Self {
        Self {
            shelf: shelf.clone(),
            copied: AtomicU32::new(0),
            laid: ArcSwap::default(),
        }
    }

    /// Those of another page, where none lies yet either.
    pub(crate) fn fresh(&self) -> Self {
        Self::new(&self.shelf)
    }

    /// The body, where it lies ready.
    pub(crate) fn find(&self, which: &Which<'_>) -> Option<Arc<Laid>> {
        let laid = self.laid.load();
        let entry = laid.iter().find(|entry| entry.is(which))?;
        Some(Arc::clone(&entry.body))
    }

    /// Lays the body, which is `chunks` and doesn't lie there yet, if it is time
    /// for one.
    pub(crate) fn lay(&self, which: &Which<'_>, chunks: &[Bytes], head: impl FnOnce() -> Vec<u8>) {
        let copied = self.copied.fetch_add(1, Ordering::Relaxed);
        if copied % WORTH_IT != WORTH_IT - 1 {
            return;
        }
        let Some(body) = self.shelf.lay(chunks, head) else {
            return;
        };
        let entry = Arc::new(Entry {
            outcome: which.outcome,
            encoding: which.encoding,
            slot: which.slot.cloned(),
            body: Arc::new(body),
        });
        self.laid.rcu(|laid| {
            let kept = laid.iter().filter(|entry| !entry.is(which));
            let mut now: Vec<_> = kept.cloned().collect();
            // What has been there for longest makes room: words of last month,
            // for the most part.
            if now.len() == BODIES {
                now.remove(0);
            }
            now.push(Arc::clone(&entry));
            now
        });
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn body(len: usize) -> Vec<Bytes> {
        let bytes: Vec<u8> = (0..len).map(|at| at.to_le_bytes()[0]).collect();
        vec![Bytes::from(bytes)]
    }

    #[test]
    fn what_lies_ready_is_what_was_laid_and_stays_so() {
        let body = body(PLACE);
        let laid = Shelf::with_places(1)
            .lay(&body, Vec::new)
            .expect("there is room");
        assert_eq!(laid.len(), PLACE);
        let mut file = laid.file;
        assert!(file.write_all(b"x").is_err(), "nobody adds to it");
        assert!(file.set_len(0).is_err(), "nobody takes from it");
        std::io::Seek::rewind(&mut file).expect("it is a file");
        let mut read = Vec::new();
        file.read_to_end(&mut read).expect("it can be read");
        assert!(read == body.concat());
    }

    #[test]
    fn room_is_bounded_and_given_back() {
        let shelf = Shelf::with_places(8);
        let mut laid: Vec<Laid> =
            std::iter::from_fn(|| shelf.lay(&body(SHORTEST), Vec::new)).collect();
        assert_eq!(laid.len(), 8);
        laid.truncate(4);
        assert!(
            shelf.lay(&body(4 * PLACE + 1), Vec::new).is_none(),
            "needs five"
        );
        assert!(shelf.lay(&body(4 * PLACE), Vec::new).is_some());
    }

    #[test]
    fn neither_the_short_nor_the_huge_are_laid() {
        let shelf = Shelf::with_places(2 * WIDEST);
        assert!(shelf.lay(&body(SHORTEST - 1), Vec::new).is_none());
        assert!(shelf.lay(&body(WIDEST * PLACE + 1), Vec::new).is_none());
        assert!(shelf.lay(&body(WIDEST * PLACE), Vec::new).is_some());
    }

    #[test]
    fn a_page_has_a_body_for_each_thing_that_is_said_and_no_more_than_so_many() {
        let bodies = Bodies::new(&Shelf::with_places(100));
        let slots: Vec<Arc<Slot>> = (0..2 * BODIES)
            .map(|number| Arc::new(Slot::new(&number.to_string())))
            .collect();
        let find = |slot, len| {
            let which = Which {
                outcome: Outcome::Full,
                encoding: Encoding::Gzip,
                slot,
            };
            let body = body(len);
            (0..=WORTH_IT).find_map(|_| {
                let found = bodies.find(&which);
                if found.is_none() {
                    bodies.lay(&which, &body, || b"head".to_vec());
                }
                found
            })
        };
        for (number, slot) in slots.iter().enumerate() {
            let laid = find(Some(slot), SHORTEST + number).expect("laid by now");
            assert_eq!((laid.head(), laid.len()), (&b"head"[..], SHORTEST + number));
            assert_eq!(bodies.laid.load().len(), BODIES.min(number + 1));
        }
        let last = find(slots.last(), SHORTEST).expect("still there");
        assert_eq!(last.len(), SHORTEST + slots.len() - 1, "not laid again");
        let other = find(None, SHORTEST).expect("another");
        assert_eq!(other.len(), SHORTEST);
    }
}
