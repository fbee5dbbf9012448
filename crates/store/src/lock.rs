//! Who has the database open: everybody who does shares a lock on a file beside
//! it, and a restore takes it for itself.
//!
//! SQLite's own locks say who is writing at the moment; this one says whether
//! the file may be put away and another put in its place.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::OpenError;

/// Held as long as the database is open; given back by the system when the
/// process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Why the database isn't ours alone.
pub(crate) enum NotAlone {
    /// Somebody has it open.
    Shared,
    /// The file can't be used.
    Io(std::io::Error),
}

impl Lock {
    /// One of those who have it open.
    pub(crate) fn share(database: &Path) -> Result<Self, OpenError> {
        Self::shared(database, open(database))
    }

    /// The same, where anybody has ever had it open: nothing is made for that.
    pub(crate) fn share_if_there(database: &Path) -> Result<Option<Self>, OpenError> {
        match File::open(beside(database, ".lock")) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            opened => Self::shared(database, opened).map(Some),
        }
    }

    fn shared(database: &Path, opened: std::io::Result<File>) -> Result<Self, OpenError> {
        let io = |source| OpenError::File {
            path: database.to_owned(),
            source,
        };
        let file = opened.map_err(io)?;
        match file.try_lock_shared() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(OpenError::Restoring {
                path: database.to_owned(),
            }),
            Err(TryLockError::Error(error)) => Err(io(error)),
        }
    }

    /// The only one.
    pub(crate) fn alone(database: &Path) -> Result<Self, NotAlone> {
        let file = open(database).map_err(NotAlone::Io)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(NotAlone::Shared),
            Err(TryLockError::Error(error)) => Err(NotAlone::Io(error)),
        }
    }
}

fn open(database: &Path) -> std::io::Result<File> {
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(beside(database, ".lock"))
}

/// A file that belongs to the database: its name, and more.
pub(crate) fn beside(database: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(suffix);
    PathBuf::from(name)
}
