//! A file before what it refers to is checked: its two halves, its name, and
//! its references.

use serde::{Deserialize, Serialize};

use super::error::{Findings, Problem, line_at};
use super::files::stem;
use super::markdown::{Body, Link};
use super::slug::Slug;

/// A reference to another file, to be checked once all are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reference {
    pub(crate) kind: ReferenceKind,
    pub(crate) name: Box<str>,
    /// The line that says so.
    pub(crate) line: u32,
}

impl Reference {
    pub(crate) fn new(kind: ReferenceKind, name: &str, line: usize) -> Self {
        Self {
            kind,
            name: name.into(),
            // A file has no more lines than bytes, of which there are few.
            line: u32::try_from(line).unwrap_or(u32::MAX),
        }
    }
}

/// What is referred to, and from where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ReferenceKind {
    Related,
    Translation,
    Series,
    Section,
    Picture,
    Link,
}

/// A story or page as read, with what it refers to. One with a mistake of its
/// own is no item, but its references can be checked all the same.
pub(crate) struct Draft<T> {
    pub(crate) item: Option<T>,
    pub(crate) references: Vec<Reference>,
}

/// What a body links to and shows.
pub(crate) fn references_of(body: &Body) -> impl Iterator<Item = Reference> + '_ {
    let refer = |kind| move |link: &Link| Reference::new(kind, &link.target, link.line);
    (body.links.iter().map(refer(ReferenceKind::Link)))
        .chain(body.pictures.iter().map(refer(ReferenceKind::Picture)))
}

/// The slug that a file's name gives it.
pub(crate) fn slug_of(file: &str, findings: &mut Findings) -> Option<Slug> {
    let slug = Slug::parse(stem(file));
    if slug.is_none() {
        findings.add(file, None, Problem::BadSlug(stem(file).to_owned()));
    }
    slug
}

/// A file taken apart.
pub(crate) struct Parts<'a> {
    pub(crate) front: &'a str,
    pub(crate) body: &'a str,
    pub(crate) lines_before_body: usize,
}

/// The front matter between two lines of `+++`, and the body after them.
pub(crate) fn split<'a>(file: &str, text: &'a str, findings: &mut Findings) -> Option<Parts<'a>> {
    let is_fence = |line: &str| line.trim_end() == "+++";
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    if !is_fence(first) {
        let advice = "the first line must be +++, then the front matter, then another +++";
        findings.add(file, Some(1), Problem::NoFrontMatter(advice));
        return None;
    }
    let start = first.len();
    let mut end = start;
    for line in lines {
        if is_fence(line) {
            let body = &text[end + line.len()..];
            let lines_before_body = line_at(text, end);
            return Some(Parts {
                front: &text[start..end],
                body,
                lines_before_body,
            });
        }
        end += line.len();
    }
    let advice = "the front matter has no end; write a line of +++ before the text";
    findings.add(file, Some(1), Problem::NoFrontMatter(advice));
    None
}
