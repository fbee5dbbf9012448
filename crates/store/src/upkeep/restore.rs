//! Puts a backup in the place of a database, when nobody has that open.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::check::Checked;
use crate::error::{OpenError, StoreError};
use crate::file::{create_private, sync_folder};
use crate::lock::{Lock, NotAlone, beside};
use crate::store::{Options, Store};

/// A backup wasn't put in place. The database is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The database is in use.
    #[error(
        "the database {} is in use. Stop the server and every command that has it open, then \
         restore",
        .0.display()
    )]
    InUse(PathBuf),
    /// A file can't be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The backup can't be opened.
    #[error("the backup {} can't be used: {source}", path.display())]
    Open {
        /// The backup.
        path: PathBuf,
        /// Why.
        source: OpenError,
    },
    /// The backup couldn't be checked.
    #[error("the backup couldn't be checked: {0}")]
    Check(#[from] StoreError),
    /// The backup is damaged.
    #[error(
        "the backup isn't sound, so it was left alone; choose an earlier one. {} findings, the \
         first: {}",
        .0.findings.len(), .0.findings.first().map_or("", String::as_str)
    )]
    Unsound(Checked),
}

/// A backup that was put in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// What was found in it.
    pub checked: Checked,
    /// Where the database that was there is now; `None` where there was none.
    pub replaced: Option<PathBuf>,
}

/// Copies a backup, checks the copy, brings it to this version's schema, and
/// puts it where the database is. What was there is kept beside it, under a name
/// with the time.
pub async fn restore(
    backup: &Path,
    database: &Path,
    now: Timestamp,
) -> Result<Restored, RestoreError> {
    let _alone = Lock::alone(database).map_err(|error| match error {
        NotAlone::Shared => RestoreError::InUse(database.to_owned()),
        NotAlone::Io(source) => failed(database)(source),
    })?;
    let copy = beside(database, ".restoring");
    let restored = put(backup, &copy, database, now).await;
    if restored.is_err() {
        for leftover in files(&copy) {
            // There may be none.
            let _ = std::fs::remove_file(leftover);
        }
    }
    let _ = std::fs::remove_file(beside(&copy, ".lock"));
    restored
}

async fn put(
    backup: &Path,
    copy: &Path,
    database: &Path,
    now: Timestamp,
) -> Result<Restored, RestoreError> {
    for leftover in files(copy) {
        match std::fs::remove_file(&leftover) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(failed(&leftover)(error));
            }
            _ => {}
        }
    }
    let mut from = File::open(backup).map_err(failed(backup))?;
    let mut to = create_private(copy).map_err(failed(copy))?;
    io::copy(&mut from, &mut to).map_err(failed(copy))?;
    let store = Store::open(&Options::at(copy), now).await;
    let store = store.map_err(|source| RestoreError::Open {
        path: backup.to_owned(),
        source,
    })?;
    let checked = store.check().await;
    store.close().await;
    let checked = checked?;
    if !checked.is_sound() {
        return Err(RestoreError::Unsound(checked));
    }
    to.sync_all().map_err(failed(copy))?;
    let replaced = put_aside(database, now)?;
    std::fs::rename(copy, database).map_err(failed(database))?;
    sync_folder(database).map_err(failed(database))?;
    Ok(Restored { checked, replaced })
}

/// Moves the database away, with what belongs to it: its log may hold what was
/// committed last.
fn put_aside(database: &Path, now: Timestamp) -> Result<Option<PathBuf>, RestoreError> {
    if !database.exists() {
        return Ok(None);
    }
    let aside = beside(database, &format!(".replaced-{}", now.as_second()));
    for (from, to) in files(database).into_iter().zip(files(&aside)) {
        if from.exists() {
            std::fs::rename(&from, &to).map_err(failed(&from))?;
        }
    }
    Ok(Some(aside))
}

/// A database, its log, and the index of that.
fn files(database: &Path) -> [PathBuf; 3] {
    [
        database.to_owned(),
        beside(database, "-wal"),
        beside(database, "-shm"),
    ]
}

fn failed(path: &Path) -> impl Fn(io::Error) -> RestoreError {
    move |source| RestoreError::File {
        path: path.to_owned(),
        source,
    }
}
