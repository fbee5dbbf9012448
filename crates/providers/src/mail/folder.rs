//! A folder of messages, for the demonstration and for trying things out.
//!
//! Each is an `.eml` file that any mail program opens, with its parts beside it
//! as JSON, from which a page is made. Only their owner may read them: there are
//! links in them that sign people in.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use parking_lot::Mutex;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::{Address, Message, SendError};

/// The largest file that is read back: a message's text and HTML at their
/// longest, in an encoding that makes three characters of one.
const MAX_FILE: u64 = 4 * 1024 * 1024;

/// The most messages that are ever kept, whatever is asked for: a page lists
/// them, and each is two files.
const MOST: usize = 10_000;

/// What a message has in the folder: what it is, what it is made of, and what was
/// being written of either when the program ended.
const EXTENSIONS: [&str; 3] = ["eml", "json", "new"];

/// How many messages are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// So many, the latest.
    pub messages: usize,
    /// And none that is so many days older than the latest.
    pub days: Option<u16>,
}

impl Default for Keep {
    /// A demonstration's years of mail.
    fn default() -> Self {
        Self {
            messages: 1000,
            days: None,
        }
    }
}

/// A folder of messages.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    keep: Keep,
    /// What was there when it was opened and what was put in since, lest each
    /// message costs a look at all of them.
    kept: Arc<Mutex<BTreeSet<FileName>>>,
}

/// Something about the folder is wrong.
#[derive(Debug, Error)]
#[error("the mail folder's {} can't be {what}: {error}", path.display())]
pub struct FolderError {
    path: PathBuf,
    what: &'static str,
    error: io::Error,
}

/// What a message is called in the folder: when it was written and a part of
/// its id's hash. Sorted they are in order.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileName(String);

/// The text names no message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("no message is called that; choose one of the list")]
pub struct NotAFile;

/// A message in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is called.
    pub name: FileName,
    /// What it says.
    pub message: Message,
}

impl Folder {
    /// A folder, made where it isn't there.
    pub fn open(path: &Path, keep: Keep) -> Result<Self, FolderError> {
        private::make_folder(path).map_err(|error| FolderError::of(path, "made", error))?;
        let folder = Self {
            path: path.to_owned(),
            keep,
            kept: Arc::default(),
        };
        *folder.kept.lock() = folder.all()?;
        Ok(folder)
    }

    /// Puts a message in; the same one has the same files. Old ones go.
    pub fn put(&self, message: &Message) -> Result<(), SendError> {
        let name = FileName::of(message);
        let (parts, form) = (self.file(&name, "json"), self.file(&name, "eml"));
        let written = |path: &Path, error| FolderError::new(path, "written", error);
        let text = serde_json::to_string(message);
        let text = text.map_err(|error| written(&parts, error.into()))?;
        let whole = String::from_utf8(message.form()?);
        let whole = whole.map_err(|error| written(&form, io::Error::other(error)))?;
        let kept = &mut *self.kept.lock();
        // The message last: it is what the list goes by.
        for (path, text) in [(&parts, &text), (&form, &whole)] {
            private::put(path, text).map_err(|error| FolderError::of(path, "written", error))?;
        }
        kept.insert(name.clone());
        Ok(self.prune(kept, &name)?)
    }

    /// The names of the latest messages, the latest first.
    pub fn names(&self, most: usize) -> Result<Vec<FileName>, FolderError> {
        self.names_before(None, most)
    }

    /// The same of those before one, which needn't be there any more.
    pub fn names_before(
        &self,
        before: Option<&FileName>,
        most: usize,
    ) -> Result<Vec<FileName>, FolderError> {
        let earlier = |name: &FileName| before.is_none_or(|before| name < before);
        let names = self.all()?.into_iter().rev().filter(earlier);
        Ok(names.take(most).collect())
    }

    /// A message. `None` where there is none of that name (any more). An error
    /// says why this one can't be read, and nothing of others.
    pub fn get(&self, name: &FileName) -> Result<Option<Entry>, FolderError> {
        let path = self.file(name, "json");
        let Some(bytes) = read(&path)? else {
            return Ok(None);
        };
        let message = serde_json::from_slice(&bytes)
            .map_err(|error| FolderError::new(&path, "read", error.into()))?;
        let name = name.clone();
        Ok(Some(Entry { name, message }))
    }

    /// The file as it would have been sent.
    pub fn eml(&self, name: &FileName) -> Result<Option<Vec<u8>>, FolderError> {
        read(&self.file(name, "eml"))
    }

    /// Every message to one of those, the latest last. What can't be read is
    /// nobody's.
    pub fn sent_to(
        &self,
        is_theirs: impl Fn(&Address) -> bool,
    ) -> Result<Vec<Message>, FolderError> {
        let mut theirs = Vec::new();
        for name in self.all()? {
            let found = self.get(&name).ok().flatten();
            let found = found.map(|entry| entry.message);
            theirs.extend(found.filter(|message| is_theirs(&message.to)));
        }
        Ok(theirs)
    }

    /// Takes out every message to one of those, whole or not; says how many. One
    /// that can't be read, as another version or a full disk has left it, is to
    /// whoever is named in it.
    pub fn forget(&self, is_theirs: impl Fn(&Address) -> bool) -> Result<usize, FolderError> {
        let kept = &mut *self.kept.lock();
        let mut count = 0;
        for name in self.pieces()? {
            let is_whole = self.file(&name, "eml").exists();
            let goes = match self.get(&name) {
                Ok(Some(entry)) if is_whole => is_theirs(&entry.message.to),
                _ => self.names_one(&name, &is_theirs)?,
            };
            if goes {
                self.remove(&name)?;
                kept.remove(&name);
                count += 1;
            }
        }
        Ok(count)
    }

    /// Whether one of those is named in what there is of a message.
    fn names_one(
        &self,
        name: &FileName,
        is_theirs: impl Fn(&Address) -> bool,
    ) -> Result<bool, FolderError> {
        for extension in EXTENSIONS {
            let bytes = read(&self.file(name, extension))?.unwrap_or_default();
            let words =
                bytes.split(|byte| byte.is_ascii_whitespace() || b"<>\",;:()".contains(byte));
            let words = words.filter(|word| word.contains(&b'@'));
            let texts = words.filter_map(|word| std::str::from_utf8(word).ok());
            if texts
                .filter_map(|text| text.parse().ok())
                .any(|address| is_theirs(&address))
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn remove(&self, name: &FileName) -> Result<(), FolderError> {
        for extension in EXTENSIONS {
            let path = self.file(name, extension);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(FolderError::new(&path, "removed", error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn file(&self, name: &FileName, extension: &str) -> PathBuf {
        self.path.join(format!("{}.{extension}", name.0))
    }

    /// All names, in order. What else lies in the folder is left alone.
    fn all(&self) -> Result<BTreeSet<FileName>, FolderError> {
        self.with(&["eml"])
    }

    /// The same, with those of which there is only a part.
    fn pieces(&self) -> Result<BTreeSet<FileName>, FolderError> {
        self.with(&EXTENSIONS)
    }

    fn with(&self, extensions: &[&str]) -> Result<BTreeSet<FileName>, FolderError> {
        let io = |error| FolderError::new(&self.path, "read", error);
        let mut names = BTreeSet::new();
        for entry in self.path.read_dir().map_err(io)? {
            let file = entry.map_err(io)?.file_name();
            let name = file.to_str().and_then(|file| file.rsplit_once('.'));
            let name = name.filter(|(_, extension)| extensions.contains(extension));
            names.extend(name.and_then(|(name, _)| name.parse().ok()));
        }
        Ok(names)
    }

    /// Takes out what is too old or too many, but never what was just put in,
    /// however old that is.
    fn prune(&self, kept: &mut BTreeSet<FileName>, new: &FileName) -> Result<(), FolderError> {
        let many = self.keep.messages.clamp(1, MOST);
        let latest = kept.last().map_or(0, FileName::seconds);
        let age = self.keep.days.map(|days| u64::from(days) * 86_400);
        let is_old = |name: &FileName| age.is_some_and(|age| latest - name.seconds() > age);
        loop {
            let first = kept.iter().find(|name| *name != new);
            let Some(first) = first
                .filter(|name| kept.len() > many || is_old(name))
                .cloned()
            else {
                return Ok(());
            };
            self.remove(&first)?;
            kept.remove(&first);
        }
    }
}

impl FileName {
    fn of(message: &Message) -> Self {
        let hash = Sha256::digest(message.id.as_str().as_bytes());
        let bits = hash.iter().take(8);
        let bits = bits.fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        // Mail is written after 1970.
        let seconds = u64::try_from(message.date.as_second()).unwrap_or(0);
        Self(format!("{seconds:012}-{bits:016x}"))
    }

    /// The name, to be put into a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn seconds(&self) -> u64 {
        self.0
            .get(..12)
            .and_then(|digits| digits.parse().ok())
            .unwrap_or(0)
    }
}

impl FromStr for FileName {
    type Err = NotAFile;

    fn from_str(text: &str) -> Result<Self, NotAFile> {
        let (seconds, bits) = text.split_once('-').ok_or(NotAFile)?;
        let is_hex = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        let is_right = seconds.len() == 12
            && seconds.bytes().all(|c| c.is_ascii_digit())
            && bits.len() == 16
            && bits.bytes().all(is_hex);
        is_right.then(|| Self(text.to_owned())).ok_or(NotAFile)
    }
}

impl fmt::Debug for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FolderError {
    fn new(path: &Path, what: &'static str, error: io::Error) -> Self {
        let path = path.to_owned();
        Self { path, what, error }
    }

    fn of(path: &Path, what: &'static str, error: private::Error) -> Self {
        let error = match error {
            private::Error::Io { error, .. } => error,
            other @ (private::Error::Open { .. } | private::Error::Shared(_)) => {
                io::Error::other(other)
            }
        };
        Self::new(path, what, error)
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, FolderError> {
    let mut bytes = Vec::new();
    match File::open(path).and_then(|file| file.take(MAX_FILE).read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FolderError::new(path, "read", error)),
    }
}
