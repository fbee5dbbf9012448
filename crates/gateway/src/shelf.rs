//! Endings that go to many readers as they are, laid ready where the system can
//! send them from without copying.
//!
//! What a program writes to a socket is copied once more, and for a story that
//! is much of what serving it costs. A file's pages are sent by reference
//! (`sendfile(2)`). So an ending that is asked for often also lies in a file in
//! memory that has no name. There is room for some hundreds of them; what finds
//! none is copied.

use std::array;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use page::{CompiledPage, Splice};
use rustix::fs::{MemfdFlags, SealFlags, fcntl_add_seals, memfd_create};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Places on a shelf: each file takes one for its descriptor, and one for each
/// further [`PLACE`] bytes. With 1,024 descriptors, the usual limit, three
/// quarters are left for connections.
const PLACES: usize = 256;

const PLACE: usize = 64 * 1024;

/// A shorter ending is copied as fast as it is looked up.
const SHORTEST: usize = 4 * 1024;

/// The most places for one ending.
const WIDEST: usize = 16;

/// How often an ending is copied before it is laid ready: most pages of an
/// archive are hardly ever asked for.
const WORTH_IT: u32 = 16;

/// The room for files of one server.
#[derive(Clone, Debug)]
pub(crate) struct Shelf(Arc<Semaphore>);

impl Default for Shelf {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(PLACES)))
    }
}

impl Shelf {
    /// Lays `bytes` ready; `None` where that isn't worth it or can't be done.
    fn lay(&self, bytes: &[u8]) -> Option<Laid> {
        let places = 1 + bytes.len() / PLACE;
        if bytes.len() < SHORTEST || places > WIDEST {
            return None;
        }
        let places = u32::try_from(places).ok()?;
        let room = Arc::clone(&self.0).try_acquire_many_owned(places).ok()?;
        match written(bytes) {
            Ok(file) => Some(Laid { file, _room: room }),
            Err(error) => {
                tracing::debug!(%error, "an ending is copied, for no file can be made for it");
                None
            }
        }
    }
}

/// A file in memory that holds `bytes` and never anything else.
fn written(bytes: &[u8]) -> io::Result<File> {
    let flags = MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING;
    let mut file = File::from(memfd_create("ludgate-ending", flags)?);
    file.write_all(bytes)?;
    let seals = SealFlags::WRITE | SealFlags::GROW | SealFlags::SHRINK | SealFlags::SEAL;
    fcntl_add_seals(&file, seals)?;
    Ok(file)
}

/// An ending in a file, from its first byte to its last.
#[derive(Debug)]
pub(crate) struct Laid {
    file: File,
    _room: OwnedSemaphorePermit,
}

impl AsFd for Laid {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.file.as_fd()
    }
}

/// The endings of one page.
#[derive(Debug)]
pub(crate) struct Endings {
    shelf: Shelf,
    endings: Box<[Ending; CompiledPage::ENDINGS]>,
}

#[derive(Debug, Default)]
struct Ending {
    asked: AtomicU32,
    laid: OnceLock<Arc<Laid>>,
}

impl Endings {
    /// None laid ready yet.
    pub(crate) fn new(shelf: &Shelf) -> Self {
        Self {
            shelf: shelf.clone(),
            endings: Box::new(array::from_fn(|_| Ending::default())),
        }
    }

    /// Those of another page with the same bytes.
    pub(crate) fn fresh(&self) -> Self {
        Self::new(&self.shelf)
    }

    /// The last chunk of `splice`, where it lies ready. Where it could by now,
    /// lays it.
    pub(crate) fn of(&self, splice: &Splice) -> Option<Arc<Laid>> {
        let ending = self.endings.get(splice.ending()?)?;
        if let Some(laid) = ending.laid.get() {
            return Some(Arc::clone(laid));
        }
        let asked = ending.asked.fetch_add(1, Ordering::Relaxed);
        if asked % WORTH_IT != WORTH_IT - 1 {
            return None;
        }
        let laid = Arc::new(self.shelf.lay(splice.chunks().last()?)?);
        Some(Arc::clone(ending.laid.get_or_init(|| laid)))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn what_lies_ready_is_what_was_laid_and_stays_so() {
        let bytes: Vec<u8> = (0..PLACE).map(|at| at.to_le_bytes()[0]).collect();
        let laid = Shelf::default().lay(&bytes).expect("there is room");
        let mut file = laid.file;
        assert!(file.write_all(b"x").is_err(), "nobody adds to it");
        assert!(file.set_len(0).is_err(), "nobody takes from it");
        std::io::Seek::rewind(&mut file).expect("it is a file");
        let mut read = Vec::new();
        file.read_to_end(&mut read).expect("it can be read");
        assert!(read == bytes);
    }

    #[test]
    fn room_is_bounded_and_given_back() {
        let shelf = Shelf::default();
        let ending = vec![b'x'; SHORTEST];
        let mut laid: Vec<Laid> = std::iter::from_fn(|| shelf.lay(&ending)).collect();
        assert_eq!(laid.len(), PLACES);
        laid.truncate(PLACES - 4);
        assert!(shelf.lay(&vec![b'x'; 4 * PLACE]).is_none(), "needs five");
        assert!(shelf.lay(&vec![b'x'; 3 * PLACE]).is_some());
    }

    #[test]
    fn neither_the_short_nor_the_huge_are_laid() {
        let shelf = Shelf::default();
        assert!(shelf.lay(&vec![b'x'; SHORTEST - 1]).is_none());
        assert!(shelf.lay(&vec![b'x'; WIDEST * PLACE]).is_none());
        assert!(shelf.lay(&vec![b'x'; WIDEST * PLACE - 1]).is_some());
    }
}
