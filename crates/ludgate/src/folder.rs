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

/// A file that is there while what is in the folder is being exchanged. It says
/// for what.
pub(crate) const RESTORING: &str = "restoring";

/// Takes the folder, which must exist, and not be half restored.
pub(crate) fn own(data: &Path) -> Result<Owned> {
    let owned = own_to_restore(data)?;
    let restoring = data.join(RESTORING);
    if restoring.exists() {
        let from = std::fs::read_to_string(&restoring).unwrap_or_default();
        bail!(
            "the data folder {} is half restored: the restore was interrupted. Do it again: \
             ludgate restore {}. Or, to go on with what is there, remove {}",
            data.display(),
            from.trim(),
            restoring.display()
        );
    }
    Ok(owned)
}

/// Takes the folder, which must exist, even if it is half restored.
pub(crate) fn own_to_restore(data: &Path) -> Result<Owned> {
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

    #[test]
    fn a_folder_that_is_half_restored_is_good_for_a_restore_only() {
        let dir = tempfile::tempdir().expect("a folder");
        std::fs::write(dir.path().join(RESTORING), "/backups/1\n").expect("a file");
        let error = own(dir.path()).expect_err("half restored").to_string();
        assert!(error.contains("ludgate restore /backups/1."), "{error}");
        own_to_restore(dir.path()).expect("taken");
    }
}
