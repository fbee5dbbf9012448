//! The number of the last acknowledged batch, kept beside the database.
//!
//! The database's journal recovers from damage by cutting itself off at the
//! first thing it can't read, without a word. The mark is how that is noticed:
//! a database that ends before the mark has lost something that was promised.
//! It is written after each fsync and not synced itself, so after a power cut
//! it may be behind, never ahead.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

/// The file's name in the data directory.
const NAME: &str = "mark";

pub(crate) struct Mark {
    file: File,
}

/// What the file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Nothing,
    Batch(u64),
    Garbled,
}

pub(crate) fn path(dir: &Path) -> PathBuf {
    dir.join(NAME)
}

impl Mark {
    /// Opens or makes the mark of `dir`, and reads it.
    pub(crate) fn open(dir: &Path) -> io::Result<(Self, Found)> {
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(path(dir))?;
        let mut bytes = [0; 12];
        let found = match file.read_exact_at(&mut bytes, 0) {
            Ok(()) => parse(bytes),
            // Made a moment before a power cut: nothing was promised yet.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Found::Nothing,
            Err(error) => return Err(error),
        };
        Ok((Self { file }, found))
    }

    pub(crate) fn set(&self, batch: u64) -> io::Result<()> {
        let number = batch.to_le_bytes();
        let mut bytes = [0; 12];
        bytes[..8].copy_from_slice(&number);
        bytes[8..].copy_from_slice(&crc32fast::hash(&number).to_le_bytes());
        self.file.write_all_at(&bytes, 0)
    }

    pub(crate) fn sync(&self) -> io::Result<()> {
        self.file.sync_all()
    }
}

fn parse(bytes: [u8; 12]) -> Found {
    if bytes == [0; 12] {
        return Found::Nothing;
    }
    match bytes.split_first_chunk::<8>() {
        Some((number, sum)) if crc32fast::hash(number).to_le_bytes() == sum => {
            Found::Batch(u64::from_le_bytes(*number))
        }
        _ => Found::Garbled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_as_it_was_set_and_a_garbled_one_is_noticed() {
        let dir = tempfile::tempdir().unwrap();
        let (mark, found) = Mark::open(dir.path()).unwrap();
        assert_eq!(found, Found::Nothing);
        mark.set(7).unwrap();
        mark.set(8).unwrap();
        assert_eq!(Mark::open(dir.path()).unwrap().1, Found::Batch(8));
        mark.file.write_all_at(&[9], 0).unwrap();
        assert_eq!(Mark::open(dir.path()).unwrap().1, Found::Garbled);
    }
}
