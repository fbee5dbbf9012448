//! What can go wrong, for two audiences: whoever calls the store learns whether
//! a visit can be counted, whoever runs it learns what happened and what to do.

use std::path::PathBuf;
use std::sync::Arc;

/// The store could not be opened. Nothing is being counted.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data directory can't be used at all.
    #[error(
        "the meter's data directory {} can't be used: {source}. Check that the path is right and \
         that this user may write there",
        dir.display()
    )]
    Directory {
        /// The data directory.
        dir: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// Another process has the store open.
    #[error(
        "the meter's data in {} is in use by another process. Stop that one first, or give this \
         one a data directory of its own",
        dir.display()
    )]
    Locked {
        /// The data directory.
        dir: PathBuf,
    },
    /// The data was written by a later version.
    #[error(
        "the meter's data in {} has format {found}; this version knows formats up to {known}. \
         Start the version that wrote it, or restore a backup made before the upgrade",
        dir.display()
    )]
    Newer {
        /// The data directory.
        dir: PathBuf,
        /// The format found.
        found: u32,
        /// The latest format that this version reads.
        known: u32,
    },
    /// A file is not what was written.
    #[error(
        "the meter's data in {} is damaged: {what}. Restore a backup into an empty directory, or \
         move this one aside to start with empty meters",
        dir.display()
    )]
    Damaged {
        /// The data directory.
        dir: PathBuf,
        /// What was found.
        what: String,
    },
    /// Counts that had been acknowledged are no longer there.
    #[error(
        "the meter's data in {} is missing what was written last: it ends at batch {found}, but \
         batch {acknowledged} was acknowledged. Restore a backup into an empty directory, or, to \
         go on without the missing counts, remove the file {}",
        dir.display(),
        mark.display()
    )]
    Behind {
        /// The data directory.
        dir: PathBuf,
        /// The last batch that is there.
        found: u64,
        /// The last batch that was acknowledged.
        acknowledged: u64,
        /// The file that remembers it.
        mark: PathBuf,
    },
    /// The disk refused while the store was being opened.
    #[error(
        "the meter's data in {} can't be opened: {what}. Free some space or check the disk, then \
         start again",
        dir.display()
    )]
    Disk {
        /// The data directory.
        dir: PathBuf,
        /// What was refused.
        what: String,
    },
    /// The table would be too small to be of use.
    #[error("the meter needs at least {least} bytes of memory, {given} were configured")]
    TooLittleMemory {
        /// The least that is accepted.
        least: usize,
        /// What was configured.
        given: usize,
    },
}

/// A visit can't be counted, or a reader not looked up, at the moment. Whoever
/// isn't known to have paid gets the preview; the gate stays shut.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// The disk takes no writes. The store keeps trying and recovers by itself.
    #[error(
        "the meter can't write to {}: {reason}. Counting resumes by itself once it can",
        dir.display()
    )]
    Failing {
        /// The data directory.
        dir: PathBuf,
        /// What the disk said last.
        reason: Arc<str>,
    },
    /// A stored record can't be read.
    #[error(
        "the meter's data in {} is damaged: {what}. Restore a backup into an empty directory",
        dir.display()
    )]
    Damaged {
        /// The data directory.
        dir: PathBuf,
        /// What was found.
        what: Arc<str>,
    },
    /// Memory is at its bound with records that have yet to be written.
    #[error(
        "the meter's memory is full of counts that are not on disk yet; if this lasts, the disk is \
         too slow or the configured memory too small"
    )]
    Full,
    /// There are as many stories or meters as the store can number.
    #[error("the meter can number no more {what} than {most}")]
    TooMany {
        /// Stories, or meters.
        what: &'static str,
        /// How many fit.
        most: usize,
    },
    /// The store has been closed.
    #[error("the meter is closed")]
    Closed,
}

/// A backup was not made.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The target, or the folder beside it that a backup is written in, is there
    /// and holds something else.
    #[error("{} is not empty; name a directory that doesn't exist yet", to.display())]
    Occupied {
        /// What is not empty.
        to: PathBuf,
    },
    /// Another backup is writing there.
    #[error("another backup to {} is under way", to.display())]
    UnderWay {
        /// The target.
        to: PathBuf,
    },
    /// The target could not be written.
    #[error(
        "the backup to {} could not be written: {what}. Nothing is left of it; make room or name \
         another disk, and begin anew",
        to.display()
    )]
    Target {
        /// The target.
        to: PathBuf,
        /// What the disk said.
        what: String,
    },
    /// The store itself could not be read or flushed, or stopped counting
    /// meanwhile.
    #[error(transparent)]
    Source(#[from] Unavailable),
}
