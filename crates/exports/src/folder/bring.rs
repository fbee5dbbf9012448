//! The three passes.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::io::{BufRead, Write};

use publication::{MAX_TEXT, faults};

use super::home::{Home, PAPER, address_of};
use super::index::Index;
use super::ledger::{Ledger, hash};
use super::outside::Outside;
use super::pictures::Pictures;
use super::place::Surroundings;
use super::report::{
    CHANGED_HERE, DELETED_HERE, Fate, Report, Row, WITHDRAWN_PAGE, WITHDRAWN_STORY,
};
use super::sections::{MOST_NEW, Sections};
use super::summary::Summary;
use super::{BringError, Landed, Wish, redirects, story};
use crate::directory::Directory;
use crate::entry::{Entry, Found, Kind};
use crate::remark::Remarks;
use crate::sheet::quoted;

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// Seeing what there is.
    Looking,
    /// Trying everything.
    Trying,
    /// Writing it.
    Writing,
}

/// Brings an export over. `open` opens the file anew for each pass; what isn't taken, or
/// not whole, is told in `report` as CSV.
pub fn bring<R: BufRead>(
    wish: &Wish,
    open: &mut dyn FnMut(Pass) -> std::io::Result<R>,
    report: &mut dyn Write,
) -> Result<Summary, BringError> {
    let home = Home::open(&wish.into)?;
    let masthead = home.masthead.as_ref();
    let sections = Sections::new(&wish.sections, masthead).map_err(|name| {
        let there = masthead.map(|masthead| masthead.sections.iter().map(|(id, _)| id.clone()));
        let there = there.map(Iterator::collect).unwrap_or_default();
        BringError::NoSection { name, there }
    })?;
    let mut work = Work {
        ledger: Ledger::open(&wish.into)?,
        pictures: Pictures::open(wish.pictures.as_deref(), "")?,
        directory: Directory::default(),
        index: Index::default(),
        sections,
        summary: Summary::default(),
        source: String::new(),
        pass: Pass::Looking,
        wish,
        home,
    };
    let mut opened = |pass| open(pass).map_err(crate::error::Error::Unreadable);
    work.look(opened(Pass::Looking)?)?;
    let passes: &[Pass] = if wish.write {
        &[Pass::Trying, Pass::Writing]
    } else {
        &[Pass::Trying]
    };
    let mut silent = std::io::sink();
    for (index, pass) in passes.iter().enumerate() {
        let is_last = index + 1 == passes.len();
        // The last pass tells what became of everything.
        let out: &mut dyn Write = if is_last { report } else { &mut silent };
        let mut report = Report::new(out)?;
        work.begin(*pass);
        work.go_through(opened(*pass)?, &mut report)?;
        report.finish()?;
        if *pass == Pass::Trying {
            work.may_go_on()?;
        }
    }
    work.end()
}

/// Everything that is known while an export is brought over.
struct Work<'a> {
    wish: &'a Wish,
    home: Home,
    ledger: Ledger,
    pictures: Pictures,
    directory: Directory,
    index: Index,
    sections: Sections,
    summary: Summary,
    /// Which site it is, for the ledger.
    source: String,
    pass: Pass,
}

impl Work<'_> {
    /// The first pass: what there is, and what it will be called.
    fn look(&mut self, source: impl BufRead) -> Result<(), BringError> {
        let mut directory = std::mem::take(&mut self.directory);
        let format = self.wish.format;
        format.read(
            source,
            &self.wish.zone,
            &mut directory,
            true,
            &mut |found, directory| {
                let Found::Entry(entry) = found else {
                    return Ok(());
                };
                if self.source.is_empty() {
                    self.source = source_of(self.wish, directory);
                }
                let key = key_of(&self.source, &entry);
                let outside = Outside::of(&entry, self.wish);
                // What came before and was closed since keeps its place, and nothing leads there.
                let is_back =
                    |outside: &Outside| outside.is_closed && self.ledger.find(&key).is_some();
                if outside.as_ref().is_some_and(|outside| !is_back(outside)) {
                    return Ok(());
                }
                let title = story::title_of(&entry, &mut Remarks::default());
                self.index
                    .add(&key, &entry, &title, &self.home, &self.ledger)?;
                if outside.is_some() {
                    self.index.lose(&key);
                }
                Ok::<(), BringError>(())
            },
        )?;
        // What the ledger has is what the export says, whatever is said of it here.
        if let Some(site) = &self.wish.site {
            site.trim_end_matches('/')
                .clone_into(&mut directory.site.address);
        }
        self.directory = directory;
        self.pictures = Pictures::open(self.wish.pictures.as_deref(), &self.source)?;
        Ok(())
    }

    fn begin(&mut self, pass: Pass) {
        self.pass = pass;
        self.summary = Summary::default();
        self.sections.recount();
    }

    fn go_through(
        &mut self,
        source: impl BufRead,
        report: &mut Report<'_>,
    ) -> Result<(), BringError> {
        let mut directory = std::mem::take(&mut self.directory);
        let format = self.wish.format;
        let mut seen = HashSet::new();
        let zone = self.wish.zone.clone();
        let read = format.read(
            source,
            &zone,
            &mut directory,
            false,
            &mut |found, directory| {
                self.summary.entries += 1;
                match found {
                    Found::Broken { line, what, known } => {
                        self.summary.failed += 1;
                        let title = crate::html::plain(&known.title, &mut Remarks::default());
                        let row = Row {
                            line,
                            id: &known.id,
                            title: &title,
                            ..Row::default()
                        };
                        report.tell(&row, Fate::Failed, &what, &Remarks::default())
                    }
                    Found::Entry(entry) => self.entry(&entry, directory, &mut seen, report),
                }
            },
        );
        self.directory = directory;
        read
    }

    fn entry(
        &mut self,
        entry: &Entry,
        directory: &Directory,
        seen: &mut HashSet<String>,
        report: &mut Report<'_>,
    ) -> Result<(), BringError> {
        let mut remarks = entry.remarks.clone();
        let title = crate::html::plain(&entry.title, &mut Remarks::default());
        let row = Row {
            line: entry.line,
            id: &entry.id,
            title: &title,
            address: entry.address.as_deref().unwrap_or_default(),
            file: "",
        };
        let key = key_of(&self.source, entry);
        if let Some(outside) = Outside::of(entry, self.wish) {
            return self.leave_out(&outside, &key, row, report);
        }
        if !seen.insert(key.clone()) {
            self.summary.failed += 1;
            let why = "another entry of the same id came before";
            return report.tell(&row, Fate::Failed, why, &remarks);
        }
        let made = self.make(entry, &key, directory, &mut remarks);
        let (text, shown) = match made {
            Ok(made) => made,
            Err(why) => {
                self.index.lose(&key);
                self.summary.failed += 1;
                return report.tell(&row, Fate::Failed, &why, &remarks);
            }
        };
        let Some(place) = self.index.find(&key).cloned() else {
            self.summary.failed += 1;
            return report.tell(
                &row,
                Fate::Failed,
                "it was lost while the file changed",
                &remarks,
            );
        };
        if let Some(why) = &place.renamed {
            remarks.add(crate::remark::Remark::Renamed(why.clone()));
        }
        let file = place.file;
        let (fate, why) = self.put(&key, &file, &text)?;
        if matches!(fate, Fate::Taken | Fate::Renewed | Fate::Same) {
            self.bring_pictures(&shown)?;
        }
        self.count(entry, fate, &remarks);
        report.tell(&Row { file: &file, ..row }, fate, why, &remarks)
    }

    /// Leaves out what isn't to come, and tells of what came when everybody could read it
    /// there and is here still.
    fn leave_out(
        &mut self,
        outside: &Outside,
        key: &str,
        row: Row<'_>,
        report: &mut Report<'_>,
    ) -> Result<(), BringError> {
        let why = &outside.why;
        let Some(file) = self.still_here(outside, key)? else {
            self.summary.leave_out(why);
            return report.tell(&row, Fate::LeftOut, why, &Remarks::default());
        };
        self.summary.withdrawn += 1;
        let advice = if file.starts_with("stories/") {
            WITHDRAWN_STORY
        } else {
            WITHDRAWN_PAGE
        };
        let why = format!("{why}; {advice}");
        let row = Row { file: &file, ..row };
        report.tell(&row, Fate::Withdrawn, &why, &Remarks::default())
    }

    /// The file that shows what isn't public there any more.
    fn still_here(&mut self, outside: &Outside, key: &str) -> Result<Option<String>, BringError> {
        let came = self.ledger.find(key).filter(|_| outside.is_closed);
        let Some(stem) = came.map(|line| address_of(&line.file)) else {
            return Ok(None);
        };
        let file = self.home.file_of(&stem);
        let Some(text) = self.home.read(&file)? else {
            self.index.forget(key);
            return Ok(None);
        };
        Ok((!says_gone(&text)).then_some(file))
    }

    /// The text of an entry's file with the pictures that it shows, or why there is none.
    fn make(
        &mut self,
        entry: &Entry,
        key: &str,
        directory: &Directory,
        remarks: &mut Remarks,
    ) -> Result<(String, Vec<String>), String> {
        let Some(place) = self.index.find(key) else {
            return Err("it is new since the file was looked into".to_owned());
        };
        let filed = match entry.kind {
            Kind::Page => None,
            _ => match self.sections.file(entry, directory) {
                Some(filed) => Some(filed),
                None => {
                    return Err("nobody has said which section its category becomes".to_owned());
                }
            },
        };
        let mut around = Surroundings {
            home: &self.home,
            index: &self.index,
            directory,
            ledger: &self.ledger,
            pictures: &mut self.pictures,
            shown: Vec::new(),
        };
        let made = match filed {
            Some(filed) => story::story(entry, filed, self.wish, &mut around, remarks),
            None => story::page(entry, &mut around, remarks),
        };
        let shown = around.shown;
        let text = made?;
        if text.len() as u64 > MAX_TEXT {
            return Err("its text has more than a megabyte".to_owned());
        }
        // The publication has the last word on what it takes.
        let language = prompts::Locale::english();
        let found = faults(&place.file, &text, &self.wish.zone, &language);
        if let Some(fault) = found.first() {
            return Err(format!(
                "the publication would refuse it: {}",
                fault.problem
            ));
        }
        Ok((text, shown))
    }

    /// Puts a text in its place, unless what is there is somebody's own.
    fn put(
        &mut self,
        key: &str,
        file: &str,
        text: &str,
    ) -> Result<(Fate, &'static str), BringError> {
        let there = self.home.read(file)?;
        let own = hash(text.as_bytes());
        let noted = self
            .ledger
            .find(key)
            .filter(|line| address_of(&line.file) == address_of(file));
        let fate = match (&there, noted) {
            (Some(there), _) if there == text.as_bytes() => Fate::Same,
            (None, Some(line)) if !line.hash.is_empty() && !self.wish.replace => {
                self.index.forget(key);
                return Ok((Fate::ByHand, DELETED_HERE));
            }
            (None, _) => Fate::Taken,
            (Some(there), Some(line)) if line.hash.is_empty() || line.hash == hash(there) => {
                Fate::Renewed
            }
            (Some(_), _) if self.wish.replace => Fate::Renewed,
            (Some(_), _) => return Ok((Fate::ByHand, CHANGED_HERE)),
        };
        if self.pass == Pass::Writing {
            if fate != Fate::Same {
                self.ledger.begin(key, file)?;
                self.home.write(file, text.as_bytes())?;
            }
            self.ledger.note(key, file, &own)?;
        }
        Ok((fate, ""))
    }

    fn bring_pictures(&mut self, shown: &[String]) -> Result<(), BringError> {
        if self.pass != Pass::Writing {
            return Ok(());
        }
        for address in shown {
            let landed = self.pictures.write(address, &self.home, &mut self.ledger)?;
            self.summary.pictures += u64::from(landed == Landed::New);
        }
        Ok(())
    }

    fn count(&mut self, entry: &Entry, fate: Fate, remarks: &Remarks) {
        match fate {
            Fate::Taken if entry.kind == Kind::Page => self.summary.pages += 1,
            Fate::Taken => self.summary.stories += 1,
            Fate::Renewed => self.summary.renewed += 1,
            Fate::Same => self.summary.same += 1,
            Fate::ByHand => self.summary.by_hand += 1,
            Fate::LeftOut | Fate::Withdrawn | Fate::Failed => {}
        }
        if matches!(fate, Fate::Taken | Fate::Renewed) {
            self.summary.in_part += u64::from(remarks.has_loss());
            self.summary.scheduled += u64::from(entry.published > Some(self.wish.now));
            self.summary.tell_of(remarks);
        }
    }

    /// Refuses to write what somebody has to decide about first.
    fn may_go_on(&self) -> Result<(), BringError> {
        let unknown = self.sections.unknown();
        if !unknown.is_empty() {
            let mut all: Vec<(String, usize)> = unknown
                .iter()
                .map(|(name, stories)| (name.clone(), *stories))
                .collect();
            all.sort_by_key(|(_, stories)| std::cmp::Reverse(*stories));
            return Err(BringError::Unfiled(all));
        }
        if self.home.masthead.is_none() {
            let needed = self.sections.needed().len();
            if needed > MOST_NEW {
                return Err(BringError::TooManySections(needed));
            }
        }
        Ok(())
    }

    /// What comes after the last entry: the paper where there is none, and where old
    /// addresses lead.
    fn end(mut self) -> Result<Summary, BringError> {
        let write = self.wish.write;
        if self.home.masthead.is_none() {
            let needed = self.sections.needed();
            if write && !needed.is_empty() {
                let paper = self.paper(&needed);
                self.home.write(PAPER, paper.as_bytes())?;
            }
            self.summary.new_sections = needed;
        }
        let ways = redirects::renew(&self.home, &self.index, write)?;
        (self.summary.redirects, self.summary.redirects_ended) = (ways.new, ways.ended);
        self.summary.is_written = write;
        Ok(self.summary)
    }

    /// A paper for stories that have none yet.
    fn paper(&self, sections: &[(String, String)]) -> String {
        let name = &self.directory.site.name;
        let name = if name.is_empty() { "Untitled" } else { name };
        let mut text = format!("name = {}\n", quoted(name));
        let language = self.directory.site.language.replace('_', "-");
        if language.parse::<prompts::Locale>().is_ok() {
            let _ = writeln!(text, "language = {}", quoted(&language));
        }
        for (id, name) in sections {
            let (id, name) = (quoted(id), quoted(name));
            let _ = writeln!(text, "\n[[sections]]\nid = {id}\nname = {name}");
        }
        text
    }
}

/// Whether a story's file says itself that it was withdrawn.
fn says_gone(text: &[u8]) -> bool {
    let text = String::from_utf8_lossy(text);
    let head = text
        .strip_prefix("+++")
        .and_then(|text| text.split_once("\n+++"));
    let head = head.and_then(|(head, _)| head.parse::<toml::Table>().ok());
    head.is_some_and(|head| head.contains_key("gone"))
}

/// By what an entry is known in the ledger.
fn key_of(source: &str, entry: &Entry) -> String {
    format!("{source} {}", entry.id)
}

fn source_of(wish: &Wish, directory: &Directory) -> String {
    let site = directory
        .site
        .address
        .split_once("://")
        .map_or("", |(_, rest)| rest);
    format!("{} {site}", wish.format.as_str())
        .trim_end()
        .to_owned()
}
