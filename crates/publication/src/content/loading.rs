//! Reading the content: what is known of files already is believed, the others
//! are taken apart, many at a time.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::derived::{Derived, Found, Ledger, Record};
use super::draft::Reference;
use super::error::{Findings, Problem};
use super::files::{Listed, Opened};
use super::picture::{PictureFile, PictureNote};
use super::sources::Fingerprint;
use super::story::{self, Story};
use super::typography::Typography;

/// Stories that are taken apart at a time: what they come to is kept after
/// each lot, so that a start that is broken off loses little. 1 GB at the very
/// worst, 6 MB as stories are.
const LOT: usize = 1000;

/// Pictures looked into at a time: 64 MB at the worst.
const LOT_OF_PICTURES: usize = 16;

/// How files are taken apart.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) zone: TimeZone,
    pub(super) typography: Typography,
}

impl Rules {
    /// The day that it is for the paper.
    pub(super) fn day(&self, now: Timestamp) -> Date {
        now.to_zoned_datetime(self.zone.clone()).date()
    }

    /// All that makes a difference, as text.
    pub(super) fn said(&self) -> String {
        format!("{:?} {:?}", self.zone.iana_name(), self.typography)
    }
}

/// Told how many files of how many have been looked into.
pub type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

/// Who looks into files, and what it goes by.
pub(super) struct Reader<'a> {
    pub(super) rules: &'a Rules,
    pub(super) derived: Option<&'a Derived>,
    /// When that is, for telling which stamps can be trusted.
    pub(super) now: Option<Timestamp>,
    pub(super) progress: Progress<'a>,
}

/// What stories there are.
#[derive(Default)]
pub(super) struct Stories {
    pub(super) sound: Vec<Arc<Story>>,
    /// What those refer to that have a mistake of their own.
    pub(super) broken: Vec<(Box<str>, Vec<Reference>)>,
    /// Their text, where nothing else keeps it.
    pub(super) texts: HashMap<Fingerprint, Bytes>,
}

/// What a look at one file came to.
struct Look<T> {
    /// `None` where it has vanished.
    opened: Option<Opened>,
    item: Option<T>,
    references: Vec<Reference>,
    findings: Findings,
}

impl Reader<'_> {
    /// Every story of the folder.
    pub(super) fn stories(&self, files: &[Listed], findings: &mut Findings) -> Stories {
        let mut ledger = self.derived.map(Derived::ledger);
        let mut stories = Stories::default();
        let mut unknown = Vec::new();
        for file in files {
            match ledger.as_deref().and_then(|ledger| known(ledger, file)) {
                Some(Found::Story(story)) => stories.sound.push(Arc::clone(story)),
                _ => unknown.push(file),
            }
        }
        self.look_at_stories(&mut stories, &unknown, ledger.as_deref_mut(), findings);
        if let Some(ledger) = ledger.as_deref_mut() {
            self.forget(ledger, "stories/", files);
        }
        stories
    }

    /// Some stories, whatever is known of them.
    pub(super) fn some_stories(&self, files: &[Listed], findings: &mut Findings) -> Stories {
        let mut ledger = self.derived.map(Derived::ledger);
        let mut stories = Stories::default();
        let files: Vec<&Listed> = files.iter().collect();
        self.look_at_stories(&mut stories, &files, ledger.as_deref_mut(), findings);
        stories
    }

    /// Looks into files lot by lot.
    fn look_at_stories(
        &self,
        stories: &mut Stories,
        files: &[&Listed],
        mut ledger: Option<&mut Ledger>,
        findings: &mut Findings,
    ) {
        (self.progress)(0, files.len());
        for (number, lot) in files.chunks(LOT).enumerate() {
            let known = ledger.as_deref();
            let looks: Vec<Look<Arc<Story>>> = (lot.par_iter())
                .map(|file| self.look_at_story(known, file))
                .collect();
            self.take(stories, lot, looks, ledger.as_deref_mut(), findings);
            (self.progress)(number * LOT + lot.len(), files.len());
        }
    }

    /// One story, as it is in its file now.
    fn look_at_story(&self, ledger: Option<&Ledger>, file: &Listed) -> Look<Arc<Story>> {
        let mut findings = Findings::default();
        let opened = file.read(&mut findings);
        let mut look = Look {
            opened,
            item: None,
            references: Vec::new(),
            findings,
        };
        let Some(opened) = &look.opened else {
            return look;
        };
        let before = ledger.and_then(|ledger| ledger.record(&file.path));
        if let Some(Found::Story(story)) = before.map(|record| &record.found)
            && story.source == Fingerprint::of(&opened.bytes)
        {
            look.item = Some(Arc::clone(story));
            return look;
        }
        let text = match std::str::from_utf8(&opened.bytes) {
            Ok(text) => text,
            Err(error) => {
                look.findings.add_not_utf8(&file.path, &opened.bytes, error);
                return look;
            }
        };
        let Rules { zone, typography } = self.rules;
        let read = story::read_story(&file.path, text, zone, *typography, &mut look.findings);
        if let Some(draft) = read {
            look.item = draft.item.map(Arc::new);
            look.references = draft.references;
        }
        look
    }

    /// Takes over what was seen, and keeps it.
    fn take(
        &self,
        stories: &mut Stories,
        files: &[&Listed],
        looks: Vec<Look<Arc<Story>>>,
        ledger: Option<&mut Ledger>,
        findings: &mut Findings,
    ) {
        let mut texts = Vec::new();
        let mut records = Vec::new();
        for (file, look) in files.iter().zip(looks) {
            let is_sound = look.findings.is_empty();
            findings.join(look.findings);
            let Some(opened) = look.opened else { continue };
            let Some(story) = look.item.filter(|_| is_sound) else {
                stories.broken.push((file.path.clone(), look.references));
                continue;
            };
            let record = self.record(&opened, Found::Story(Arc::clone(&story)));
            records.push((file.path.clone(), Some(record)));
            texts.push((story.source, opened.bytes));
            stories.sound.push(story);
        }
        let kept = ledger.map(|ledger| self.keep(ledger, &texts, records));
        if kept.is_none_or(|kept| !kept) {
            stories.texts.extend(texts);
        }
    }

    /// Every picture of the folder, by the name of its file.
    pub(super) fn pictures(
        &self,
        files: &[Listed],
        findings: &mut Findings,
    ) -> Vec<(String, PictureFile)> {
        let mut ledger = self.derived.map(Derived::ledger);
        let mut pictures = Vec::with_capacity(files.len());
        let mut unknown = Vec::new();
        for file in files {
            let found = ledger.as_deref().and_then(|ledger| known(ledger, file));
            let noted = match found {
                Some(Found::Picture(note)) => picture_at(file, note),
                _ => None,
            };
            match noted {
                Some(noted) => pictures.push(noted),
                None => unknown.push(file),
            }
        }
        for lot in unknown.chunks(LOT_OF_PICTURES) {
            let looks: Vec<Look<PictureFile>> =
                lot.par_iter().map(|file| look_at_picture(file)).collect();
            let mut records = Vec::new();
            for (file, look) in lot.iter().zip(looks) {
                findings.join(look.findings);
                let (Some(opened), Some(picture)) = (look.opened, look.item) else {
                    continue;
                };
                let note = picture.note();
                // Its bytes are let go of where it can be found again.
                let again = self.derived.and_then(|_| picture_at(file, &note));
                pictures.extend(again.or_else(|| Some((picture_name(file)?, picture))));
                let record = self.record(&opened, Found::Picture(note));
                records.push((file.path.clone(), Some(record)));
            }
            if let Some(ledger) = ledger.as_deref_mut() {
                self.keep(ledger, &[], records);
            }
        }
        if let Some(ledger) = ledger.as_deref_mut() {
            self.forget(ledger, "pictures/", files);
        }
        pictures
    }

    fn record(&self, opened: &Opened, found: Found) -> Record {
        let settled = opened.stamp.zip(self.now);
        let settled = settled.filter(|(stamp, now)| stamp.is_settled(*now));
        Record {
            stamp: settled.map(|(stamp, _)| stamp),
            found,
        }
    }

    /// Whether what was found could be written down.
    fn keep(
        &self,
        ledger: &mut Ledger,
        texts: &[(Fingerprint, Bytes)],
        records: Vec<(Box<str>, Option<Record>)>,
    ) -> bool {
        let Some(derived) = self.derived else {
            return false;
        };
        let texts = texts.iter().map(|(what, text)| (*what, &**text));
        let kept = derived.note(ledger, texts, records);
        if let Err(error) = &kept {
            tracing::warn!(
                "what was read of the content can't be kept, so it is read again at the next \
                 start: {error}"
            );
        }
        kept.is_ok()
    }

    /// Forgets the files of a folder that aren't there any more.
    fn forget(&self, ledger: &mut Ledger, folder: &str, files: &[Listed]) {
        let gone = ledger.paths().filter(|path| {
            let found = || files.binary_search_by(|file| (*file.path).cmp(path));
            path.starts_with(folder) && found().is_err()
        });
        let gone: Vec<(Box<str>, Option<Record>)> = gone.map(|path| (path.into(), None)).collect();
        if !gone.is_empty() {
            self.keep(ledger, &[], gone);
        }
    }
}

/// What is known of a file that hasn't changed since.
fn known<'a>(ledger: &'a Ledger, file: &Listed) -> Option<&'a Found> {
    let record = ledger.record(&file.path)?;
    let is_same = record.stamp.is_some() && record.stamp == file.stamp;
    is_same.then_some(&record.found)
}

fn picture_name(file: &Listed) -> Option<String> {
    file.path.strip_prefix("pictures/").map(str::to_owned)
}

/// A picture of which this was noted.
fn picture_at(file: &Listed, note: &PictureNote) -> Option<(String, PictureFile)> {
    let name = picture_name(file)?;
    let picture = PictureFile::noted(&name, note, file.place()?.into())?;
    Some((name, picture))
}

fn look_at_picture(file: &Listed) -> Look<PictureFile> {
    let mut findings = Findings::default();
    let opened = file.read(&mut findings);
    let item = opened.as_ref().and_then(|opened| {
        let stem = super::files::stem(&file.path);
        let name = file.path.strip_prefix("pictures/")?;
        if super::slug::Slug::parse(stem).is_none() {
            findings.add(&file.path, None, Problem::BadSlug(stem.to_owned()));
            return None;
        }
        PictureFile::open(name, &opened.bytes)
            .map_err(|problem| findings.add(&file.path, None, problem))
            .ok()
    });
    Look {
        opened,
        item,
        references: Vec::new(),
        findings,
    }
}
