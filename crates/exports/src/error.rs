//! What ends the reading of an export.

use std::io;

/// Why an export can't be read on. What is wrong with an entry alone is no error of
/// these: it is told, and the rest is read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file system refused.
    #[error("it can't be read: {0}")]
    Unreadable(io::Error),
    /// The file is of another kind.
    #[error("it is no {expected}; {found}")]
    Other {
        /// What it was to be.
        expected: &'static str,
        /// What was found, and what to do.
        found: String,
    },
    /// It is packed, or not in UTF-8.
    #[error("it is {0}")]
    Wrapped(&'static str),
    /// It can't be made out where entries begin any more.
    #[error("line {line}: {what}; what comes after can't be read")]
    Broken {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// More entries or names than are kept in memory.
    #[error("it has more than {0}; divide the export")]
    TooMany(&'static str),
}
