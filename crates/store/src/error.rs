//! What can go wrong, for two audiences: the caller, who learns whether to try
//! again, and whoever runs the server, who learns what to do.

use std::path::PathBuf;

/// The database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file can't be used at all.
    #[error(
        "the database {} can't be used: {source}. Check that the path is right and that this user \
         may write there",
        path.display()
    )]
    File {
        /// The database.
        path: PathBuf,
        /// What was said.
        source: std::io::Error,
    },
    /// It was written by a later version.
    #[error(
        "the database {} has schema {found}; this version knows schemas up to {known}. Start the \
         version that wrote it, or restore a backup made before the upgrade",
        path.display()
    )]
    Newer {
        /// The database.
        path: PathBuf,
        /// The schema found.
        found: i64,
        /// The latest that this version knows.
        known: i64,
    },
    /// It was written by an earlier version, and is only to be read.
    #[error(
        "the database {} has schema {found}, and this version reads schema {known}. Read it with \
         the version that wrote it, or start this one on it, or restore it, which brings it up to \
         date",
        path.display()
    )]
    Older {
        /// The database.
        path: PathBuf,
        /// The schema found.
        found: i64,
        /// The one that this version reads.
        known: i64,
    },
    /// A migration that was applied isn't the one that is known here.
    #[error(
        "the database {} was migrated by another \"{name}\" than this version's. It was written \
         by a build from elsewhere: start that one, or restore a backup of this one",
        path.display()
    )]
    Altered {
        /// The database.
        path: PathBuf,
        /// The migration.
        name: String,
    },
    /// It is being replaced.
    #[error(
        "the database {} is being restored from a backup. Wait until that is done, then start again",
        path.display()
    )]
    Restoring {
        /// The database.
        path: PathBuf,
    },
    /// The database said no.
    #[error("the database {} can't be opened: {source}", path.display())]
    Database {
        /// The database.
        path: PathBuf,
        /// Why.
        source: StoreError,
    },
}

/// Something couldn't be read or written. Nothing is half done: the transaction
/// it happened in is undone.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Too many are waiting.
    #[error("too many wait to write; try again in a moment")]
    Busy,
    /// Another process writes and doesn't come to an end.
    #[error("another process has been writing to the database for too long; end it, or wait")]
    Locked,
    /// There is no room.
    #[error("the disk is full; make room, then try again")]
    Full,
    /// Somebody else was faster.
    #[error("{owner} has changed meanwhile; load it again and decide again")]
    Conflict {
        /// What was to be changed.
        owner: String,
    },
    /// Something in the transaction failed, and half of it is written.
    #[error(
        "something in this transaction failed half way, so nothing of it counts; begin it again"
    )]
    HalfDone,
    /// There is no such thing.
    #[error("{0} isn't known here")]
    Unknown(String),
    /// It is there already.
    #[error("{0} is there already")]
    Taken(String),
    /// More than a bound allows.
    #[error("{what}: at most {most}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The bound.
        most: usize,
    },
    /// What was read isn't what was written.
    #[error("the database is damaged: {0}. Check it, and restore a backup")]
    Damaged(String),
    /// Anything else.
    #[error("the database failed: {0}")]
    Database(sqlx::Error),
}

impl StoreError {
    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }

    /// Whether the same may succeed a moment later.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Busy | Self::Locked | Self::Conflict { .. })
    }
}

/// SQLite's own numbers (<https://www.sqlite.org/rescode.html>): the lower eight
/// bits are the kind.
const BUSY: u32 = 5;
const FULL: u32 = 13;
const CORRUPT: u32 = 11;
const NOT_A_DATABASE: u32 = 26;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::PoolTimedOut) {
            return Self::Busy;
        }
        if let Some(found) = error.as_database_error() {
            if found.is_unique_violation() {
                return Self::Taken(found.message().to_owned());
            }
            let code = found.code().and_then(|code| code.parse::<u32>().ok());
            match code.map(|code| code & 0xff) {
                Some(BUSY) => return Self::Locked,
                Some(FULL) => return Self::Full,
                Some(CORRUPT | NOT_A_DATABASE) => return Self::damaged(found.message()),
                _ => {}
            }
        }
        Self::Database(error)
    }
}
