//! The folder that a backup is written in before it has its name.
//!
//! It must not outlive a backup that fails: where the disk is the store's own, it
//! may be what keeps the store from counting. One that a killed process has left
//! is taken over by the next backup to the same place.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::open;
use crate::signal::Bell;

/// What an unfinished backup holds. A mark is its last file, and what has one is
/// a data directory, whatever it is called.
const OURS: [&str; 3] = ["lock", "db", "db.new"];

/// How often, and after how long each time, an unfinished backup is tried to be
/// removed: its database's threads may need a moment to end. Half a second.
const ATTEMPTS: u32 = 50;
const BREATH: Duration = Duration::from_millis(10);

/// Why a backup can't be begun.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// Something else is there.
    Occupied(PathBuf),
    /// Another backup to the same place is under way.
    UnderWay,
    /// The folder can't be made.
    Io(io::Error),
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// An unfinished backup that is this process's.
pub(crate) struct Partial {
    pub(crate) path: PathBuf,
    _lock: File,
}

impl Partial {
    /// Makes the folder for a backup to `to`, or takes over and empties the one
    /// that an earlier backup has left.
    pub(crate) fn take(to: &Path) -> Result<Self, Refusal> {
        if !holds_only(to, &[]) {
            return Err(Refusal::Occupied(to.to_path_buf()));
        }
        let path = beside(to);
        if !holds_only(&path, &OURS) {
            return Err(Refusal::Occupied(path));
        }
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&path)?;
        let lock = File::create(path.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Refusal::UnderWay),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let database = open::database(&path);
        for folder in [open::unfinished(&database), database] {
            gone(fs::remove_dir_all(folder))?;
        }
        Ok(Self { path, _lock: lock })
    }

    /// Removes it with all that is in it.
    pub(crate) fn remove(self, bell: &Bell) {
        let mut removed = Ok(());
        for _ in 0..ATTEMPTS {
            removed = gone(fs::remove_dir_all(&self.path));
            if removed.is_ok() {
                return;
            }
            bell.breathe(BREATH);
        }
        if let Err(error) = removed {
            tracing::warn!(
                "the unfinished backup in {} can't be removed: {error}",
                self.path.display()
            );
        }
    }
}

fn beside(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".partial");
    name.into()
}

/// Whether there is nothing at `path`, or a directory with nothing but `names`.
fn holds_only(path: &Path, names: &[&str]) -> bool {
    match fs::read_dir(path) {
        Ok(mut entries) => entries.all(|entry| {
            entry.is_ok_and(|entry| names.iter().any(|name| entry.file_name() == *name))
        }),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

/// What isn't there needs no removing.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
