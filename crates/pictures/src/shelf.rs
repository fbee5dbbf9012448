//! Where prints are kept: a folder of so many bytes at most, whose files can be
//! deleted at any time and are made again.
//!
//! A print is there as a whole or not at all: it is written beside its place and
//! moved there. What a loss of power has left of one is seen when it is read.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use bytes::Bytes;
use parking_lot::Mutex;

use crate::fingerprint::Fingerprint;
use crate::head::Head;
use crate::negative::Key;

/// Prints before the oldest make room, whatever their size: what is known of
/// them takes 30 MB of memory then.
const MAX_PRINTS: usize = 250_000;

/// Of a hundred bytes, how many stay when there are too many: it's done once in a
/// while then, and not at every print.
const STAY: u64 = 90;

/// What the names of files begin with that aren't finished.
const UNFINISHED: &str = ".new-";

/// The prints that are kept.
pub(crate) struct Shelf {
    /// `None` where nothing is.
    folder: Option<PathBuf>,
    most: u64,
    index: Mutex<Index>,
}

#[derive(Default)]
struct Index {
    prints: HashMap<Key, Kept>,
    bytes: u64,
    /// Counts up at each use.
    turn: u64,
}

#[derive(Clone, Copy)]
struct Kept {
    bytes: u64,
    /// When it was used last.
    turn: u64,
}

impl Index {
    fn put(&mut self, key: Key, bytes: u64) {
        self.turn += 1;
        let turn = self.turn;
        let old = self.prints.insert(key, Kept { bytes, turn });
        self.bytes += bytes;
        self.bytes -= old.map_or(0, |old| old.bytes);
    }

    fn take(&mut self, key: &Key) {
        self.bytes -= self.prints.remove(key).map_or(0, |old| old.bytes);
    }

    /// Takes out the ones that were used longest ago until there is room.
    fn make_room(&mut self, most: u64) -> Vec<Key> {
        if self.bytes <= most && self.prints.len() <= MAX_PRINTS {
            return Vec::new();
        }
        let mut by_turn: Vec<(u64, Key)> = self
            .prints
            .iter()
            .map(|(key, kept)| (kept.turn, *key))
            .collect();
        by_turn.sort_unstable();
        let mut gone = Vec::new();
        for (_, key) in by_turn {
            let has_room = self.bytes <= most / 100 * STAY;
            if has_room && self.prints.len() <= MAX_PRINTS / 100 * 90 {
                break;
            }
            self.take(&key);
            gone.push(key);
        }
        gone
    }
}

impl Shelf {
    /// Nothing is kept where there is no folder.
    pub(crate) fn open(folder: Option<&Path>, most: u64) -> io::Result<Self> {
        let mut index = Index::default();
        if let Some(folder) = folder {
            fs::create_dir_all(folder)?;
            for (key, bytes) in found(folder)? {
                index.put(key, bytes);
            }
        }
        let shelf = Self {
            folder: folder.map(Path::to_owned),
            most,
            index: Mutex::new(index),
        };
        let gone = shelf.index.lock().make_room(most);
        shelf.remove(&gone);
        Ok(shelf)
    }

    /// The print, if it is there and whole. Reads it from the disk.
    pub(crate) fn find(&self, key: &Key) -> Option<Bytes> {
        if !self.has(key) {
            return None;
        }
        let path = self.path(key)?;
        let whole = fs::read(path)
            .ok()
            .filter(|bytes| Head::read(bytes).is_ok());
        let Some(bytes) = whole else {
            self.index.lock().take(key);
            self.remove(&[*key]);
            return None;
        };
        self.index.lock().put(*key, bytes.len() as u64);
        Some(bytes.into())
    }

    /// Whether anything is kept at all.
    pub(crate) fn keeps(&self) -> bool {
        self.folder.is_some()
    }

    /// Whether it should be there.
    pub(crate) fn has(&self, key: &Key) -> bool {
        self.index.lock().prints.contains_key(key)
    }

    /// Keeps a print, for which others make room.
    pub(crate) fn keep(&self, key: &Key, bytes: &[u8]) -> io::Result<()> {
        let Some(path) = self.path(key) else {
            return Ok(());
        };
        let folder = path.parent().unwrap_or(&path);
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.as_file().sync_data()?;
        file.persist(&path).map_err(|error| error.error)?;
        let gone = {
            let mut index = self.index.lock();
            index.put(*key, bytes.len() as u64);
            index.make_room(self.most)
        };
        self.remove(&gone);
        Ok(())
    }

    /// Removes what was made of other originals than those; how many prints.
    pub(crate) fn retain(&self, is_wanted: impl Fn(Fingerprint) -> bool) -> usize {
        let gone: Vec<Key> = {
            let mut index = self.index.lock();
            let unwanted = |key: &&Key| !is_wanted(key.fingerprint);
            let gone: Vec<Key> = index.prints.keys().filter(unwanted).copied().collect();
            for key in &gone {
                index.take(key);
            }
            gone
        };
        self.remove(&gone);
        gone.len()
    }

    /// How many prints there are, and their bytes.
    pub(crate) fn size(&self) -> (usize, u64) {
        let index = self.index.lock();
        (index.prints.len(), index.bytes)
    }

    fn path(&self, key: &Key) -> Option<PathBuf> {
        let name = key.name();
        Some(self.folder.as_ref()?.join(&name[..2]).join(&name))
    }

    fn remove(&self, keys: &[Key]) {
        for path in keys.iter().filter_map(|key| self.path(key)) {
            // Somebody may have been faster; what stays is found at the next start.
            let _ = fs::remove_file(path);
        }
    }
}

/// The prints in a folder and their bytes, the ones made longest ago first. What
/// a crash has left unfinished is removed.
fn found(folder: &Path) -> io::Result<Vec<(Key, u64)>> {
    let mut prints: Vec<(SystemTime, Key, u64)> = Vec::new();
    for shelf in fs::read_dir(folder)? {
        let shelf = shelf?;
        if !shelf.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(shelf.path())? {
            let file = file?;
            let name = file.file_name();
            let name = name.to_str().unwrap_or_default();
            if name.starts_with(UNFINISHED) {
                let _ = fs::remove_file(file.path());
            } else if let Some(key) = Key::of(name)
                && let Ok(about) = file.metadata()
            {
                let made = about.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                prints.push((made, key, about.len()));
            }
        }
    }
    prints.sort_unstable();
    Ok(prints
        .into_iter()
        .map(|(_, key, bytes)| (key, bytes))
        .collect())
}

#[cfg(test)]
mod tests;
