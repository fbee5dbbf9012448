//! A consistent copy of a store that goes on working.
//!
//! The copy is made under another name and renamed when it is whole, so what
//! bears the target's name can be opened. What can't be finished is removed.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use crate::codec;
use crate::disk::{Fault, Sink, View};
use crate::error::{BackupError, Unavailable};
use crate::mark::Mark;
use crate::open;
use crate::partial::{Partial, Refusal};
use crate::shared::Shared;

/// Pairs between two reports of progress.
const REPORT: u64 = 10_000;

/// How far a backup has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Records, names and budgets copied so far.
    pub copied: u64,
}

/// A finished backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// Records, names and budgets copied.
    pub copied: u64,
    /// The last batch that the copy holds.
    pub batch: u64,
}

/// Copies what the disk has once `flush` is through. What an earlier backup to
/// the same place has left is gone before that: with it the disk may be full.
pub(crate) fn backup(
    shared: &Shared,
    flush: impl FnOnce() -> Result<(), Unavailable>,
    to: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<BackedUp, BackupError> {
    let partial = Partial::take(to).map_err(|refusal| match refusal {
        Refusal::Occupied(at) => BackupError::Occupied { to: at },
        Refusal::UnderWay => BackupError::UnderWay {
            to: to.to_path_buf(),
        },
        Refusal::Io(error) => target(to, error.into()),
    })?;
    let result = flush()
        .map_err(BackupError::from)
        .and_then(|()| copy(shared, &partial.path, to, progress));
    if result.is_err() {
        partial.remove(&shared.bell);
    }
    result
}

fn target(to: &Path, fault: Fault) -> BackupError {
    BackupError::Target {
        to: to.to_path_buf(),
        what: fault.what,
    }
}

fn copy(
    shared: &Shared,
    partial: &Path,
    to: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<BackedUp, BackupError> {
    let disk = shared.disk()?;
    let mut copy = Copy {
        shared,
        view: disk.view().map_err(|fault| shared.refusal(fault))?,
        progress,
        copied: 0,
        batch: 0,
        read: Ok(()),
    };
    let made = open::make(
        &open::database(partial),
        shared.config.disk_cache,
        &mut |sink| copy.run(sink),
    );
    copy.read?;
    let done = BackedUp {
        copied: copy.copied,
        batch: copy.batch,
    };
    made.and_then(|()| Ok(finish(partial, to, done.batch)?))
        .map_err(|fault| target(to, fault))?;
    Ok(done)
}

struct Copy<'a> {
    shared: &'a Shared,
    view: View<'a>,
    progress: &'a mut dyn FnMut(Progress),
    copied: u64,
    batch: u64,
    /// How reading went: what else goes wrong is the target's fault.
    read: Result<(), Unavailable>,
}

impl Copy<'_> {
    /// Copies every pair, until counting stops: the database can't be reopened,
    /// as it must be then, while somebody reads it.
    fn run(&mut self, sink: &mut Sink<'_>) -> Result<(), Fault> {
        let shared = self.shared;
        let (mut written, mut counting) = (Ok(()), true);
        let (copied, batch, progress) = (&mut self.copied, &mut self.batch, &mut self.progress);
        let read = self.view.scan(b"", None, |key, value| {
            if key == codec::BATCH_KEY {
                *batch = codec::read_u64(value)?;
            }
            written = sink(key, value);
            *copied += 1;
            if copied.is_multiple_of(REPORT) {
                progress(Progress { copied: *copied });
            }
            counting = shared.board.is_counting();
            Ok(written.is_ok() && counting)
        });
        self.read = match read {
            Err(fault) => Err(shared.refusal(fault)),
            Ok(()) if !counting => Err(shared.unavailable()),
            Ok(()) => Ok(()),
        };
        if self.read.is_err() {
            return Err(Fault::disk("there is no more to be read"));
        }
        written
    }
}

/// Gives the copy its mark and its name.
fn finish(partial: &Path, to: &Path, batch: u64) -> io::Result<()> {
    let (mark, _) = Mark::open(partial)?;
    mark.set(batch)?;
    mark.sync()?;
    File::open(partial)?.sync_all()?;
    fs::rename(partial, to)?;
    match to.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => File::open(parent)?.sync_all(),
        None => Ok(()),
    }
}
