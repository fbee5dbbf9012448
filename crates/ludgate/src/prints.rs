//! Prints of the publication's pictures, as answers to the gate: found or made on
//! threads that are there for it, and never on one that answers readers.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use bytes::Bytes;
use pictures::{Bounds, Darkroom, Failure, Order};
use publication::Publication;
use tokio::sync::oneshot;

/// Prints that are kept: of some ten thousand pictures, all that anybody asks for.
/// What is asked for least makes room.
const KEPT: u64 = 2 << 30;

/// Threads that make prints, at the most: each takes a processor for tenths of a
/// second, and memory for one decoded original.
const MOST_THREADS: usize = 4;

/// At the least: one makes what nobody has asked for yet, and who asks isn't to wait
/// for that.
const LEAST_THREADS: usize = 2;

/// How much the threads leave to others, as those do that bill: a quarter of a
/// processor that readers want as well.
const NICE: i32 = 5;

/// Where prints are kept, within the data folder.
const FOLDER: &str = "publication/pictures";

/// The darkroom of a server, which is the same for all publications that follow
/// each other.
#[derive(Debug)]
pub(crate) struct Prints {
    folder: PathBuf,
    room: Mutex<Option<Arc<Darkroom>>>,
}

impl Prints {
    /// With what is kept in the data folder.
    pub(crate) fn within(data: &Path) -> Self {
        Self {
            folder: data.join(FOLDER),
            room: Mutex::default(),
        }
    }

    /// Makes those of `publication` from now on, and of no other.
    pub(crate) fn make_for(&self, publication: &Publication) -> Result<()> {
        let mut room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        let room = match &mut *room {
            Some(room) => room,
            none => none.insert(Arc::new(self.open()?)),
        };
        publication.develop_in(room);
        Ok(())
    }

    /// What has been done so far, where there is a darkroom.
    pub(crate) fn stats(&self) -> Option<pictures::Stats> {
        let room = self.room.lock().unwrap_or_else(PoisonError::into_inner);
        room.as_ref().map(|room| room.stats())
    }

    fn open(&self) -> Result<Darkroom> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let bounds = Bounds {
            threads: (processors / 2).clamp(LEAST_THREADS, MOST_THREADS),
            bytes: KEPT,
            begin: || {
                let own = Some(rustix::thread::gettid());
                // Where it can't be lowered, it takes its share like everything else.
                let _ = rustix::process::setpriority_process(own, NICE);
            },
        };
        Darkroom::open(Some(&self.folder), bounds)
            .with_context(|| format!("no pictures can be made ready in {}", self.folder.display()))
    }
}

/// The print, from the darkroom, or made here where there is none.
pub(crate) async fn print(publication: &Publication, order: Order) -> Result<Bytes, Failure> {
    let Some(darkroom) = publication.darkroom() else {
        let made = tokio::task::spawn_blocking(move || order.make());
        return made.await.unwrap_or(Err(Failure::Busy));
    };
    let (room, wanted) = (Arc::clone(darkroom), order.clone());
    let found = tokio::task::spawn_blocking(move || room.find(&wanted)).await;
    if let Ok(Some(print)) = found {
        return Ok(print);
    }
    let (tell, told) = oneshot::channel();
    darkroom.ask(order, move |print| {
        // Who doesn't wait any more needn't be told.
        let _ = tell.send(print);
    });
    told.await.unwrap_or(Err(Failure::Busy))
}
