//! Which pages were found to be sound, and which aren't, on disk. What is damaged is as
//! if it weren't there: then they are looked at again.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Fingerprint;

/// Within the derived data: those that are sound, and those that are kept back.
pub(super) const SOUND: &str = "cuts";
pub(super) const KEPT_BACK: &str = "cuts-kept-back";

/// The longest file that is read: a fingerprint for each of a million stories.
const MAX_FILE: u64 = 32 << 20;

/// Where they are.
#[derive(Debug)]
pub(super) struct Notes {
    folder: PathBuf,
    name: &'static str,
}

impl Notes {
    pub(super) fn in_folder(folder: &Path, name: &'static str) -> Self {
        Self {
            folder: folder.to_owned(),
            name,
        }
    }

    /// What is noted; nothing where it can't be believed.
    pub(super) fn read(&self) -> HashSet<Fingerprint> {
        let file = self.folder.join(self.name);
        let is_short = fs::metadata(&file).is_ok_and(|found| found.len() <= MAX_FILE);
        let bytes = if is_short { fs::read(&file).ok() } else { None };
        bytes.and_then(|bytes| parse(&bytes)).unwrap_or_default()
    }

    /// Puts this in the place of what is noted.
    pub(super) fn write(&self, known: &HashSet<Fingerprint>) -> io::Result<()> {
        let pieces: Vec<u8> = known.iter().flatten().copied().collect();
        fs::create_dir_all(&self.folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(blake3::hash(&pieces).as_bytes())?;
        file.write_all(&pieces)?;
        file.persist(self.folder.join(self.name))?;
        Ok(())
    }
}

fn parse(bytes: &[u8]) -> Option<HashSet<Fingerprint>> {
    let (check, pieces) = bytes.split_first_chunk::<32>()?;
    if blake3::hash(pieces).as_bytes() != check {
        return None;
    }
    let (pieces, rest) = pieces.as_chunks::<32>();
    rest.is_empty().then(|| pieces.iter().copied().collect())
}
