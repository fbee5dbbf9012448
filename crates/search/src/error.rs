//! What can go wrong.

use std::path::PathBuf;

/// Why an index can't be used. Searching then has no answer; nothing else is
/// hurt, and the index can be made anew.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The index itself: its files, most likely.
    #[error("the search index can't be used: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// Its files.
    #[error("the search index can't be read: {0}")]
    Io(#[from] std::io::Error),
    /// The folder can't be made or emptied.
    #[error("{}: {source}", .folder.display())]
    Folder {
        /// Where the index should be.
        folder: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}
