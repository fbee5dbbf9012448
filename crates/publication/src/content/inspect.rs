//! The checks of a loading publication, one file at a time, for programs that write
//! content: what passes here is only refused for what it refers to.

use std::path::Path;

use bytes::Bytes;
use jiff::tz::TimeZone;
use prompts::Locale;

use super::error::{ContentError, ContentErrors, Findings, Problem};
use super::files::STORIES;
use super::picture::PictureFile;
use super::typography::Typography;
use super::walk::walk;
use super::{page, paper, story};

/// The name and the sections of a paper, as `publication.toml` tells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masthead {
    /// What the paper is called.
    pub name: String,
    /// Each section's id and name, in the order of the menu.
    pub sections: Vec<(String, String)>,
    /// The names of the stories that were withdrawn and have no file any more.
    pub withdrawn: Vec<String>,
}

/// Reads the text of a `publication.toml`.
pub fn masthead(text: &str) -> Result<Masthead, ContentErrors> {
    let mut findings = Findings::default();
    let file = "publication.toml";
    let paper = paper::read_paper(file, text, &mut findings);
    let paper = findings.check_with(paper, file)?;
    let sections = paper.sections.into_iter();
    let withdrawn = paper.gone.iter();
    Ok(Masthead {
        withdrawn: withdrawn.map(|one| one.story.value.to_string()).collect(),
        name: paper.name,
        sections: sections
            .map(|section| (section.id.to_string(), section.name))
            .collect(),
    })
}

/// The files of stories in a content folder, by their paths inside it, in no order: those
/// that a loading publication takes for stories, however deep they lie. What is wrong with
/// others isn't told.
pub fn story_files(root: &Path) -> Vec<Box<str>> {
    // The walk compares where folders really are.
    let Ok(home) = root.canonicalize() else {
        return Vec::new();
    };
    walk(&home, &STORIES, &mut Findings::default())
}

/// What is wrong with the text of one file of `stories` or `pages`, apart from what it
/// refers to. `file` is its path inside the content folder; times without an offset are
/// in `zone`.
pub fn faults(file: &str, text: &str, zone: &TimeZone, language: &Locale) -> Vec<ContentError> {
    let mut findings = Findings::default();
    let typography = Typography::of(language);
    if file.starts_with("pages/") {
        page::read_page(file, text, typography, &mut findings);
    } else {
        story::read_story(file, text, zone, typography, &mut findings);
    }
    findings.into_all()
}

/// The kind of a picture by its first bytes, as the ending of a file's name.
pub fn picture_kind(bytes: &[u8]) -> Option<&'static str> {
    let begins = |start: &[u8]| bytes.starts_with(start);
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
    if begins(b"\x89PNG\r\n\x1a\n") {
        Some("png")
    } else if begins(b"\xff\xd8\xff") {
        Some("jpg")
    } else if begins(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some("webp")
    } else if head.windows(4).any(|part| part == b"<svg") {
        Some("svg")
    } else {
        None
    }
}

/// What is wrong with a file of `pictures`, if anything is: it isn't what its name says,
/// its size can't be read, or there is script in it. How long it is isn't looked at; that
/// is [`largest_picture`](super::largest_picture)'s to say.
pub fn picture_fault(name: &str, bytes: &Bytes) -> Option<Problem> {
    PictureFile::open(name, bytes).err()
}
