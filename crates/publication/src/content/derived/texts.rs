//! The text of stories on disk, one behind the other, found by what it is.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::content::sources::Fingerprint;

/// Where a text lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    pub(super) at: u64,
    pub(super) length: u32,
}

impl Place {
    pub(super) fn end(self) -> u64 {
        self.at.saturating_add(self.length.into())
    }
}

/// The file of texts, and where each lies.
#[derive(Debug)]
pub(super) struct Texts {
    file: File,
    number: u32,
    end: u64,
    places: HashMap<Fingerprint, Place>,
}

impl Texts {
    /// Without any texts.
    pub(super) fn create(path: &Path, number: u32) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let file = options.create(true).truncate(true).read(true).write(true);
        Ok(Self {
            file: file.open(path)?,
            number,
            end: 0,
            places: HashMap::new(),
        })
    }

    /// What was written before; where, is told by [`know`](Self::know).
    pub(super) fn open(path: &Path, number: u32) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        let end = file.metadata()?.len();
        Ok(Self {
            file,
            number,
            end,
            places: HashMap::new(),
        })
    }

    /// Takes note of where a text lies; whether that can be.
    pub(super) fn know(&mut self, what: Fingerprint, place: Place) -> bool {
        let is_there = place.end() <= self.end;
        if is_there {
            self.places.insert(what, place);
        }
        is_there
    }

    pub(super) fn place(&self, what: Fingerprint) -> Option<Place> {
        self.places.get(&what).copied()
    }

    /// Writes texts that aren't there yet behind the others.
    pub(super) fn append<'a>(
        &mut self,
        texts: impl Iterator<Item = (Fingerprint, &'a [u8])>,
    ) -> io::Result<()> {
        let mut all = Vec::new();
        let mut new = Vec::new();
        for (what, text) in texts.filter(|(what, _)| !self.places.contains_key(what)) {
            let place = Place {
                at: self.end + all.len() as u64,
                length: u32::try_from(text.len()).map_err(io::Error::other)?,
            };
            new.push((what, place));
            all.extend_from_slice(text);
        }
        self.file.write_all_at(&all, self.end)?;
        self.end += all.len() as u64;
        self.places.extend(new);
        Ok(())
    }

    /// A text, if it is what was written. Blocks.
    pub(super) fn read(&self, what: Fingerprint) -> Option<Bytes> {
        let place = self.place(what)?;
        let mut text = vec![0; usize::try_from(place.length).ok()?];
        self.file.read_exact_at(&mut text, place.at).ok()?;
        (Fingerprint::of(&text) == what).then(|| Bytes::from(text))
    }

    /// Which of the files it is: a rewritten one has another number.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// How long the file is.
    pub(super) fn bytes(&self) -> u64 {
        self.end
    }
}
