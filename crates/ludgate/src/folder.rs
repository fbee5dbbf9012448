//! The data folder belongs to one process at a time: the server that runs on
//! it, or a command that changes it while no server does.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// How often the lock is asked for, a moment apart: a command holds it for
/// milliseconds, and a server that is started must outlast that.
const TRIES: u32 = 50;
const A_MOMENT: Duration = Duration::from_millis(10);

/// The data folder is ours until this is dropped, or the process has ended.
#[derive(Debug)]
pub(crate) struct Owned {
    _lock: File,
}

/// Takes the folder, which must exist.
pub(crate) fn own(data: &Path) -> Result<Owned> {
    let path = data.join("lock");
    let lock = File::options()
        .create(true)
        .append(true)
        .open(&path)
        .with_context(|| format!("{} can't be written", path.display()))?;
    for _ in 0..TRIES {
        match lock.try_lock() {
            Ok(()) => return Ok(Owned { _lock: lock }),
            Err(TryLockError::WouldBlock) => std::thread::park_timeout(A_MOMENT),
            Err(TryLockError::Error(error)) => {
                return Err(error).with_context(|| format!("{} can't be locked", path.display()));
            }
        }
    }
    bail!(
        "the data folder {} is in use by another process. If a server is just starting or \
         stopping, try again in a moment; two servers need a folder each",
        data.display()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_owner_at_a_time() {
        let dir = tempfile::tempdir().expect("a folder");
        let first = own(dir.path()).expect("free");
        let error = own(dir.path()).expect_err("taken").to_string();
        assert!(error.contains("in use by another process"), "{error}");
        drop(first);
        own(dir.path()).expect("free again");
    }
}
