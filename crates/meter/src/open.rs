//! Opening a data directory: its lock, its format, and what must be there.
//!
//! ```text
//! lock     held by the process that has the store open
//! mark     the number of the last acknowledged batch
//! db/      the database
//! ```

use std::fs::{DirBuilder, File, TryLockError};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::codec;
use crate::config::Config;
use crate::disk::{Blame, Disk, Fault, Source};
use crate::error::OpenError;
use crate::mark::{self, Found, Mark};
use crate::upgrade;

/// An opened data directory.
pub(crate) struct Opened {
    pub(crate) lock: File,
    pub(crate) mark: Mark,
    pub(crate) disk: Disk,
    /// Number of the last batch on disk.
    pub(crate) batch: u64,
}

/// Where the database of a data directory is.
pub(crate) fn database(dir: &Path) -> PathBuf {
    dir.join("db")
}

/// Opens what is in the configured directory, or begins anew if nothing is.
pub(crate) fn open(config: &Config) -> Result<Opened, OpenError> {
    let dir = &config.dir;
    let unusable = |source| OpenError::Directory {
        dir: dir.clone(),
        source,
    };
    let faulty = |fault| faulty(dir, fault);
    // What readers read is nobody else's business on this machine.
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(dir)
        .map_err(unusable)?;
    let lock = lock(dir)?;
    let (mark, found) = Mark::open(dir).map_err(unusable)?;
    if !database(dir).try_exists().map_err(unusable)? {
        begin(config, found)?;
    }
    let disk = Disk::open(&database(dir), config.disk_cache).map_err(faulty)?;
    check_format(dir, &disk)?;
    let batch = disk
        .get(codec::BATCH_KEY, |value| Ok(codec::read_u64(value)?))
        .map_err(faulty)?
        .unwrap_or(0);
    check_mark(dir, found, batch)?;
    let batch = upgrade::upgrade(&disk, batch).map_err(faulty)?;
    mark.set(batch).map_err(unusable)?;
    Ok(Opened {
        lock,
        mark,
        disk,
        batch,
    })
}

pub(crate) fn faulty(dir: &Path, fault: Fault) -> OpenError {
    let (dir, what) = (dir.to_path_buf(), fault.what);
    match fault.blame {
        Blame::Disk => OpenError::Disk { dir, what },
        Blame::Contents => OpenError::Damaged { dir, what },
    }
}

fn lock(dir: &Path) -> Result<File, OpenError> {
    let unusable = |source| OpenError::Directory {
        dir: dir.to_path_buf(),
        source,
    };
    let file = File::create(dir.join("lock")).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::Locked {
            dir: dir.to_path_buf(),
        }),
        Err(TryLockError::Error(source)) => Err(unusable(source)),
    }
}

/// Makes an empty database, whole or not at all: one that is killed while it is
/// being made can't be opened again.
fn begin(config: &Config, found: Found) -> Result<(), OpenError> {
    let dir = &config.dir;
    match found {
        Found::Nothing => {}
        Found::Batch(acknowledged) => return Err(behind(dir, 0, acknowledged)),
        Found::Garbled => return Err(faulty(dir, garbled_mark(dir))),
    }
    make(&database(dir), config.disk_cache, &mut |sink| {
        sink(codec::VERSION_KEY, &codec::FORMAT.to_le_bytes())
    })
    .map_err(|fault| faulty(dir, fault))
}

/// Where the database that is to be at `to` is until it is whole.
pub(crate) fn unfinished(to: &Path) -> PathBuf {
    to.with_extension("new")
}

/// Makes a database at `to` of what `source` gives.
pub(crate) fn make(to: &Path, cache: u64, source: &mut Source<'_>) -> Result<(), Fault> {
    let partial = unfinished(to);
    match std::fs::remove_dir_all(&partial) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    let disk = Disk::open(&partial, cache)?;
    disk.fill(source)?;
    drop(disk);
    std::fs::rename(&partial, to)?;
    match to.parent() {
        Some(parent) => Ok(File::open(parent)?.sync_all()?),
        None => Ok(()),
    }
}

fn check_format(dir: &Path, disk: &Disk) -> Result<(), OpenError> {
    let version = disk
        .get(codec::VERSION_KEY, |value| Ok(codec::read_u32(value)?))
        .map_err(|fault| faulty(dir, fault))?;
    match version {
        Some(found) if found > codec::FORMAT => Err(OpenError::Newer {
            dir: dir.to_path_buf(),
            found,
            known: codec::FORMAT,
        }),
        Some(_) => Ok(()),
        None => Err(faulty(
            dir,
            Fault::contents("its format version is missing"),
        )),
    }
}

fn check_mark(dir: &Path, found: Found, batch: u64) -> Result<(), OpenError> {
    match found {
        Found::Batch(acknowledged) if acknowledged > batch => Err(behind(dir, batch, acknowledged)),
        Found::Garbled => Err(faulty(dir, garbled_mark(dir))),
        Found::Batch(_) | Found::Nothing => Ok(()),
    }
}

fn behind(dir: &Path, found: u64, acknowledged: u64) -> OpenError {
    OpenError::Behind {
        dir: dir.to_path_buf(),
        found,
        acknowledged,
        mark: mark::path(dir),
    }
}

fn garbled_mark(dir: &Path) -> Fault {
    let path = mark::path(dir);
    Fault::contents(format!(
        "{} fails its check (without that file the rest opens, but can't be checked for losses)",
        path.display()
    ))
}
