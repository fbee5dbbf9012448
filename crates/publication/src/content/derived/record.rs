//! What is noted of a file: how to know it again, and what was found in it.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::texts::Place;
use crate::content::picture::PictureNote;
use crate::content::story::Story;

/// For how long after a change a file may change again without its times
/// showing it: those of some file systems are in steps of two seconds.
const BLURRED: SignedDuration = SignedDuration::from_secs(2);

/// What a file is known again by, without reading it. A change that leaves all
/// of these alone is none that anything but a clock set back could make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
    inode: u64,
}

impl Stamp {
    pub(crate) fn of(file: &Metadata) -> Self {
        Self {
            size: file.size(),
            modified: (file.mtime(), file.mtime_nsec()),
            changed: (file.ctime(), file.ctime_nsec()),
            inode: file.ino(),
        }
    }

    /// Bytes of the file.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// Whether a further change would show, if this was taken at `now`.
    pub(crate) fn is_settled(&self, now: Timestamp) -> bool {
        // Anybody can set the time of the last writing, nobody that of the change.
        self.changed.0 < (now - BLURRED).as_second()
    }
}

/// What was found in a file.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    Story(Arc<Story>),
    Picture(PictureNote),
}

/// What is known of a file.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// `None` where it was read too soon after a change: it is read again.
    pub(crate) stamp: Option<Stamp>,
    pub(crate) found: Found,
}

/// A record as it is read.
#[derive(Deserialize)]
pub(super) struct Entry {
    pub(super) path: String,
    pub(super) noted: Option<Noted>,
}

#[derive(Deserialize)]
pub(super) enum Noted {
    Story(Option<Stamp>, Place, Box<Story>),
    Picture(Option<Stamp>, PictureNote),
}

/// The same as it is written: postcard says the same of both.
#[derive(Serialize)]
struct Written<'a> {
    path: &'a str,
    noted: Option<Notice<'a>>,
}

#[derive(Serialize)]
enum Notice<'a> {
    Story(Option<Stamp>, Place, &'a Story),
    Picture(Option<Stamp>, &'a PictureNote),
}

impl Entry {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        postcard::from_bytes(bytes).ok()
    }
}

/// The record of a file as bytes, `place` being that of a story's text; that it
/// is gone where there is none.
pub(super) fn write(
    path: &str,
    record: Option<&Record>,
    place: impl Fn(&Story) -> Option<Place>,
) -> Option<Vec<u8>> {
    let noted = match record {
        None => None,
        Some(Record { stamp, found }) => Some(match found {
            Found::Story(story) => Notice::Story(*stamp, place(story)?, story),
            Found::Picture(picture) => Notice::Picture(*stamp, picture),
        }),
    };
    postcard::to_allocvec(&Written { path, noted }).ok()
}
