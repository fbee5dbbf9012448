//! What was made of the content, on disk: a start with a hundred thousand
//! stories reads what it knows of them, and takes apart only those that have
//! changed.
//!
//! Two files are only ever appended to: `texts-…` has the text of stories, and
//! `records` what was found in which file and where its text lies. Each piece is
//! checked by its hash when it is read, so nothing has to be synchronised and
//! nothing that a crash has torn is believed. All of it can be deleted at any
//! time, and is made again. What is wrong with it never stops a publication.

mod frames;
mod record;
mod texts;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

use bytes::Bytes;
use rayon::prelude::*;

use super::sources::Fingerprint;
use frames::{Frames, Read};
use record::{Entry, Noted};
pub(crate) use record::{Found, Record, Stamp};
use texts::Texts;

/// The folder within the derived data.
const FOLDER: &str = "catalogue";

/// It is rewritten where less than one part in so many is still needed: that
/// bounds what it takes on disk, and is done once per doubling.
const WASTE: u64 = 2;

/// Bytes below which it isn't rewritten: ten thousand changed stories.
const SMALL: u64 = 64 << 20;

/// What takes files apart: what was found by other code isn't believed. So
/// nobody has to remember to count a version up.
const READERS: [&str; 12] = [
    include_str!("../draft.rs"),
    include_str!("../fields.rs"),
    include_str!("../gone.rs"),
    include_str!("../head.rs"),
    include_str!("../markdown.rs"),
    include_str!("../markdown/table.rs"),
    include_str!("../picture.rs"),
    include_str!("../slug.rs"),
    include_str!("../story.rs"),
    include_str!("../typography.rs"),
    include_str!("../wire.rs"),
    include_str!("record.rs"),
];

/// The derived catalogue of a running server.
#[derive(Debug)]
pub(crate) struct Derived {
    folder: PathBuf,
    rules: Fingerprint,
    texts: RwLock<Texts>,
    ledger: Mutex<Ledger>,
}

/// What is known of which file.
#[derive(Debug)]
pub(crate) struct Ledger {
    seen: HashMap<Box<str>, Record>,
    log: Frames,
    /// Records in the log, those that others have taken the place of included.
    records: usize,
    turn: u64,
}

impl Derived {
    /// What lies in `folder`, as far as it was found by these `rules`; where
    /// there is nothing or it is damaged, it begins anew.
    pub(crate) fn open(folder: &Path, rules: &str) -> io::Result<Self> {
        let own = folder.join(FOLDER);
        let rules = rules_of(rules);
        match Self::read(&own, rules) {
            Ok(Some(derived)) => return Ok(derived),
            Ok(None) => {}
            Err(error) => tracing::warn!(
                folder = %own.display(),
                "what was made of the content can't be used and is made again: {error}"
            ),
        }
        if let Err(error) = fs::remove_dir_all(&own)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(error);
        }
        fs::create_dir_all(&own)?;
        let (texts, log) = anew(&own, rules, 0)?;
        Ok(Self::of(own, rules, texts, HashMap::new(), (log, 0)))
    }

    fn of(
        folder: PathBuf,
        rules: Fingerprint,
        texts: Texts,
        seen: HashMap<Box<str>, Record>,
        (log, records): (Frames, usize),
    ) -> Self {
        Self {
            folder,
            rules,
            texts: RwLock::new(texts),
            ledger: Mutex::new(Ledger {
                seen,
                log,
                records,
                turn: 0,
            }),
        }
    }

    /// `None` where there is nothing, or what is there was found by other rules.
    fn read(own: &Path, rules: Fingerprint) -> io::Result<Option<Self>> {
        let Some((log, read)) = Frames::open(&own.join("records"))? else {
            return Ok(None);
        };
        let head = read.piece(0).and_then(Head::read);
        let head = head.ok_or_else(|| io::Error::other("its beginning is damaged"))?;
        if head.rules != rules {
            tracing::info!("the content is looked into anew: the rules for it have changed");
            return Ok(None);
        }
        let mut texts = Texts::open(&texts_in(own, head.texts), head.texts)?;
        let seen = replay(&read, &mut texts);
        let log = (log, read.len());
        Ok(Some(Self::of(own.to_owned(), rules, texts, seen, log)))
    }

    /// Whether this is what `folder` and `rules` lead to.
    pub(crate) fn is_of(&self, folder: &Path, rules: &str) -> bool {
        self.folder == folder.join(FOLDER) && self.rules == rules_of(rules)
    }

    /// The text of that fingerprint, if it is there. Blocks.
    pub(crate) fn text(&self, what: Fingerprint) -> Option<Bytes> {
        let texts = self.texts.read().unwrap_or_else(PoisonError::into_inner);
        texts.read(what)
    }

    /// What is known of files, for whoever looks at them now.
    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes what was found in files, with the text of those that are stories.
    pub(crate) fn note<'a>(
        &self,
        ledger: &mut Ledger,
        texts: impl Iterator<Item = (Fingerprint, &'a [u8])>,
        found: Vec<(Box<str>, Option<Record>)>,
    ) -> io::Result<()> {
        let mut own = self.texts.write().unwrap_or_else(PoisonError::into_inner);
        own.append(texts)?;
        let entries: Vec<Vec<u8>> = (found.iter())
            .filter_map(|(path, record)| {
                record::write(path, record.as_ref(), |story| own.place(story.source))
            })
            .collect();
        drop(own);
        ledger.log.append(entries.iter().map(Vec::as_slice))?;
        ledger.records += entries.len();
        for (path, record) in found {
            match record {
                Some(record) => ledger.seen.insert(path, record),
                None => ledger.seen.remove(&path),
            };
        }
        Ok(())
    }

    /// Writes everything that is still needed anew, where that is worth it: what is
    /// in files, and what `served` stories are told from.
    pub(crate) fn tidy(
        &self,
        ledger: &mut Ledger,
        served: impl Iterator<Item = Fingerprint>,
    ) -> io::Result<()> {
        let mut texts = self.texts.write().unwrap_or_else(PoisonError::into_inner);
        let needed: HashSet<Fingerprint> = (ledger.seen.values())
            .filter_map(|record| match &record.found {
                Found::Story(story) => Some(story.source),
                Found::Picture(_) => None,
            })
            .chain(served)
            .collect();
        let needed: Vec<Fingerprint> = needed.into_iter().collect();
        let bytes = needed.iter().filter_map(|what| texts.place(*what));
        let bytes: u64 = bytes.map(|place| u64::from(place.length)).sum();
        let of_texts = texts.bytes() > SMALL && texts.bytes() / WASTE > bytes;
        let needs = ledger.seen.len() as u64;
        let of_records = ledger.log.bytes() > SMALL && ledger.records as u64 / WASTE > needs;
        if !of_texts && !of_records {
            return Ok(());
        }
        let old = texts_in(&self.folder, texts.number());
        let number = texts.number().wrapping_add(1);
        let mut new = Texts::create(&texts_in(&self.folder, number), number)?;
        for chunk in needed.chunks(1024) {
            let kept = chunk
                .iter()
                .filter_map(|what| Some((*what, texts.read(*what)?)));
            let kept: Vec<(Fingerprint, Bytes)> = kept.collect();
            new.append(kept.iter().map(|(what, text)| (*what, &**text)))?;
        }
        let fresh = self.folder.join("records.new");
        let mut log = Frames::create(&fresh, &Head::written(self.rules, number))?;
        let mut entries = Vec::new();
        for (path, record) in &ledger.seen {
            let place = |story: &super::Story| new.place(story.source);
            entries.extend(record::write(path, Some(record), place));
            if entries.len() == 1024 {
                log.append(entries.iter().map(Vec::as_slice))?;
                entries.clear();
            }
        }
        log.append(entries.iter().map(Vec::as_slice))?;
        fs::rename(&fresh, self.folder.join("records"))?;
        (*texts, ledger.log, ledger.records) = (new, log, ledger.seen.len());
        // One that stays takes room until the folder is begun anew.
        let _ = fs::remove_file(old);
        Ok(())
    }
}

impl Ledger {
    /// A further look at the files; its number.
    pub(crate) fn begin(&mut self) -> u64 {
        self.turn += 1;
        self.turn
    }

    /// The number of the last look at the files.
    pub(crate) fn turn(&self) -> u64 {
        self.turn
    }

    pub(crate) fn record(&self, path: &str) -> Option<&Record> {
        self.seen.get(path)
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.seen.keys().map(|path| &**path)
    }
}

/// What the log begins with.
struct Head {
    rules: Fingerprint,
    texts: u32,
}

impl Head {
    fn written(rules: Fingerprint, texts: u32) -> Vec<u8> {
        postcard::to_allocvec(&(rules, texts)).unwrap_or_default()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (rules, texts) = postcard::from_bytes(bytes).ok()?;
        Some(Self { rules, texts })
    }
}

fn anew(own: &Path, rules: Fingerprint, number: u32) -> io::Result<(Texts, Frames)> {
    let texts = Texts::create(&texts_in(own, number), number)?;
    let log = Frames::create(&own.join("records"), &Head::written(rules, number))?;
    Ok((texts, log))
}

fn texts_in(own: &Path, number: u32) -> PathBuf {
    own.join(format!("texts-{number}"))
}

/// The rules by which files are taken apart: the code, and what it is told.
fn rules_of(told: &str) -> Fingerprint {
    let mut all = READERS.join("\0");
    all.push('\0');
    all.push_str(told);
    Fingerprint::of(all.as_bytes())
}

/// What the records come to: of those of one file, the last.
fn replay(read: &Read, texts: &mut Texts) -> HashMap<Box<str>, Record> {
    let entries: Vec<Option<Entry>> = (1..read.len())
        .into_par_iter()
        .map(|index| Entry::read(read.piece(index)?))
        .collect();
    let mut seen = HashMap::with_capacity(entries.len());
    for Entry { path, noted } in entries.into_iter().flatten() {
        let record = match noted {
            None => None,
            Some(Noted::Picture(stamp, picture)) => Some(Record {
                stamp,
                found: Found::Picture(picture),
            }),
            Some(Noted::Story(stamp, place, story)) => {
                texts.know(story.source, place).then(|| Record {
                    stamp,
                    found: Found::Story((*story).into()),
                })
            }
        };
        match record {
            Some(record) => seen.insert(path.into_boxed_str(), record),
            None => seen.remove(&*path),
        };
    }
    seen
}
