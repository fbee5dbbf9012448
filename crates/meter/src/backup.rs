//! A consistent copy of a store that goes on working.
//!
//! The copy is made under another name and renamed when it is whole, so what
//! bears the target's name can be opened.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::codec;
use crate::disk::{Fault, Sink, View};
use crate::error::BackupError;
use crate::mark::Mark;
use crate::open;
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

pub(crate) fn backup(
    shared: &Shared,
    to: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<BackedUp, BackupError> {
    let partial = partial_of(to);
    for path in [to, &partial] {
        if !is_vacant(path) {
            return Err(BackupError::Occupied {
                to: path.to_path_buf(),
            });
        }
    }
    let target = |fault: Fault| BackupError::Target {
        to: to.to_path_buf(),
        partial: partial.clone(),
        what: fault.what,
    };
    let source = |fault| BackupError::Source(shared.refusal(fault));
    let disk = shared.disk()?;
    let view = disk.view().map_err(source)?;
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&partial)
        .map_err(|error| target(error.into()))?;
    let mut copy = Copy {
        view,
        progress,
        copied: 0,
        batch: 0,
        read: Ok(()),
    };
    let made = open::make(
        &open::database(&partial),
        shared.config.disk_cache,
        &mut |sink| copy.run(sink),
    );
    copy.read.map_err(source)?;
    let done = BackedUp {
        copied: copy.copied,
        batch: copy.batch,
    };
    made.and_then(|()| Ok(finish(&partial, to, done.batch)?))
        .map_err(target)?;
    Ok(done)
}

struct Copy<'a> {
    view: View<'a>,
    progress: &'a mut dyn FnMut(Progress),
    copied: u64,
    batch: u64,
    /// How reading went: what else goes wrong is the target's fault.
    read: Result<(), Fault>,
}

impl Copy<'_> {
    fn run(&mut self, sink: &mut Sink<'_>) -> Result<(), Fault> {
        let mut written = Ok(());
        let (copied, batch, progress) = (&mut self.copied, &mut self.batch, &mut self.progress);
        self.read = self.view.scan(b"", None, |key, value| {
            if key == codec::BATCH_KEY {
                *batch = codec::read_u64(value)?;
            }
            written = sink(key, value);
            *copied += 1;
            if copied.is_multiple_of(REPORT) {
                progress(Progress { copied: *copied });
            }
            Ok(written.is_ok())
        });
        written
    }
}

fn partial_of(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

/// Whether there is nothing at `path`, or an empty directory.
fn is_vacant(path: &Path) -> bool {
    match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
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
