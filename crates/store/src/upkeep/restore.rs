//! Puts a backup in the place of a database, when nobody has that open.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};

use super::check::Checked;
use super::lapse::{self, Undone};
use crate::error::{OpenError, StoreError};
use crate::file::{also_name, aside, create_private, remove, sync_folder};
use crate::lock::{Lock, NotAlone, beside};
use crate::store::{Options, Store};

/// SQLite's own way to empty a log.
const FOLD: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

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
    /// What was done after the backup; `None` where nobody knows, since there was
    /// no database, or one that can't be read, or another than the backup is of.
    pub undone: Option<Vec<Undone>>,
}

/// Copies a backup, checks the copy, brings it to this version's schema, and
/// puts it where the database is. What was there is kept beside it, under a name
/// with the time.
///
/// The database's name is at every moment that of the one or the other, whole.
pub async fn restore(
    backup: &Path,
    database: &Path,
    now: Timestamp,
) -> Result<Restored, RestoreError> {
    let alone = Lock::alone(database).map_err(|error| match error {
        NotAlone::Shared => RestoreError::InUse(database.to_owned()),
        NotAlone::Io(source) => failed(database)(source),
    })?;
    let copy = beside(database, ".restoring");
    let restored = put(backup, &copy, database, now, alone).await;
    let is_leftover = restored.is_err();
    let cleaned = aside(move || {
        if is_leftover {
            for leftover in files(&copy) {
                remove(&leftover)?;
            }
        }
        remove(&beside(&copy, ".lock"))
    });
    // What is left is in nobody's way: the next restore removes it.
    let _ = cleaned.await;
    restored
}

async fn put(
    backup: &Path,
    copy: &Path,
    database: &Path,
    now: Timestamp,
    alone: Lock,
) -> Result<Restored, RestoreError> {
    let (from, to) = (backup.to_owned(), copy.to_owned());
    let copied = aside(move || copied(&from, &to)).await;
    let file = copied.map_err(failed(backup))?;
    let store = Store::open(&Options::at(copy), now).await;
    let store = store.map_err(|source| RestoreError::Open {
        path: backup.to_owned(),
        source,
    })?;
    let checked = store.check().await;
    let known = match &checked {
        Ok(checked) if checked.is_sound() => {
            fold(database).await;
            let known = lapse::known(database, &store).await;
            let gone_on = lapse::go_on(&store, known.as_ref(), now).await;
            gone_on.map(|()| known)
        }
        _ => Ok(None),
    };
    store.close().await;
    let checked = checked?;
    if !checked.is_sound() {
        return Err(RestoreError::Unsound(checked));
    }
    let known = known?;
    let (copy, to) = (copy.to_owned(), database.to_owned());
    let placed = aside(move || {
        let _alone = alone;
        file.sync_all()?;
        let replaced = put_aside(&to, now)?;
        std::fs::rename(&copy, &to)?;
        sync_folder(&to)?;
        Ok(replaced)
    });
    let replaced = placed.await.map_err(failed(database))?;
    Ok(Restored {
        checked,
        replaced,
        undone: known.map(|known| known.undone),
    })
}

fn copied(backup: &Path, copy: &Path) -> io::Result<File> {
    for leftover in files(copy) {
        remove(&leftover)?;
    }
    let mut from = File::open(backup)?;
    let mut to = create_private(copy)?;
    io::copy(&mut from, &mut to)?;
    Ok(to)
}

/// Brings what was committed last from the log into the database, so that the
/// file is all there is of it. Where it is too damaged for that, its log is put
/// aside with it.
async fn fold(database: &Path) {
    if !beside(database, "-wal").exists() {
        return;
    }
    let options = SqliteConnectOptions::new().filename(database);
    if let Ok(mut connection) = options.connect().await {
        let _ = sqlx::raw_sql(FOLD).execute(&mut connection).await;
        let _ = connection.close().await;
    }
}

/// Gives the database another name beside its own, and its log, where it has one
/// still.
fn put_aside(database: &Path, now: Timestamp) -> io::Result<Option<PathBuf>> {
    if !database.exists() {
        return Ok(None);
    }
    let name = |number: u32| match number {
        0 => format!(".replaced-{}", now.as_second()),
        more => format!(".replaced-{}-{more}", now.as_second()),
    };
    // As many as there could be of one second; then somebody should tidy up.
    for number in 0..100 {
        let aside = beside(database, &name(number));
        match also_name(database, &aside) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            other => other?,
        }
        for suffix in ["-wal", "-shm"] {
            let log = beside(database, suffix);
            if log.exists() {
                std::fs::rename(log, beside(&aside, suffix))?;
            }
        }
        return Ok(Some(aside));
    }
    Err(io::ErrorKind::AlreadyExists.into())
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
