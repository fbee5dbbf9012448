//! Checks that the database itself leaves out.
//!
//! Each keyspace has a manifest, `v<number>`, that says which tables are part of
//! it, and a file `current` with that number and a checksum of the manifest. The
//! checksum is written and never compared: with a flipped bit the database may
//! panic, or pass over a table and what is in it. A keyspace without `current`
//! is taken for unfinished and deleted, a database without `version` for a new
//! one. Ours are made under another name and renamed when they are whole, so all
//! of these are damage, and found here before the database is opened. Nothing
//! here writes.

use std::fs;
use std::io;
use std::path::Path;

use crate::disk::Fault;

/// Checks the manifests of a database that isn't open; one that doesn't exist
/// yet is fine.
pub(crate) fn check(database: &Path) -> Result<(), Fault> {
    if !database.try_exists()? {
        return Ok(());
    }
    if !database.join("version").try_exists()? {
        return Err(garbled(&database.join("version")));
    }
    for keyspace in fs::read_dir(database.join("keyspaces"))? {
        check_one(&keyspace?.path())?;
    }
    Ok(())
}

fn check_one(keyspace: &Path) -> Result<(), Fault> {
    let path = keyspace.join("current");
    let current = read(&path)?;
    // The number and the checksum, and then the kind of checksum: 0 for XXH3.
    let (number, rest) = current
        .split_first_chunk::<8>()
        .ok_or_else(|| garbled(&path))?;
    let (sum, kind) = rest
        .split_first_chunk::<16>()
        .ok_or_else(|| garbled(&path))?;
    if kind != [0] {
        return Err(garbled(&path));
    }
    let path = keyspace.join(format!("v{}", u64::from_le_bytes(*number)));
    if xxhash_rust::xxh3::xxh3_128(&read(&path)?) == u128::from_le_bytes(*sum) {
        Ok(())
    } else {
        Err(garbled(&path))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => garbled(path),
        _ => error.into(),
    })
}

fn garbled(path: &Path) -> Fault {
    Fault::contents(format!("{} is missing or fails its check", path.display()))
}
