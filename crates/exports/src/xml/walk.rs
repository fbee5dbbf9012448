//! The one way through a file of entries: each is handed over as it comes, and one that
//! is broken costs itself.

use std::borrow::Cow;
use std::io::BufRead;

use super::{Cut, Element, Pieces};
use crate::entry::Known;
use crate::error::Error;

/// How long what stands outside of the entries may be, in bytes: an author with a life.
const MAX_FACT: usize = 64 * 1024;

/// What is looked at.
pub(crate) struct Names {
    /// Elements that are entries.
    pub(crate) entries: &'static [&'static str],
    /// Those that stand outside of them and say something of the whole.
    pub(crate) facts: &'static [&'static str],
    /// Where an entry's id is, the first of them that it has.
    pub(crate) ids: &'static [&'static str],
}

/// What is there next.
pub(crate) enum Part<'a> {
    /// The first element of the file, by its name.
    Root(&'a str),
    /// An entry, and whether bytes of it that were no text had to be replaced.
    Entry {
        /// The entry itself.
        element: &'a Element<'a>,
        /// The line on which it begins.
        line: u64,
        /// Whether it had bytes that aren't text.
        was_bytes: bool,
    },
    /// Something that is said of the whole.
    Fact(&'a Element<'a>),
    /// An entry that can't be read.
    Broken {
        /// The line on which it begins.
        line: u64,
        /// What is wrong with it.
        what: String,
        /// What it said of itself before that.
        known: Known,
    },
}

/// Hands over all that a file has, in its order.
pub(crate) fn walk<E: From<Error>>(
    source: impl BufRead,
    names: &Names,
    each: &mut dyn FnMut(Part<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let mut pieces = Pieces::new(source, names.facts, names.entries);
    while let Some(cut) = pieces.next()? {
        let line = match cut {
            Cut::Whole { line } => line,
            Cut::Root(name) => {
                each(Part::Root(&name))?;
                continue;
            }
            Cut::Broken { line, what } => {
                let what = what.to_owned();
                let known = known(&String::from_utf8_lossy(pieces.torn()), names);
                each(Part::Broken { line, what, known })?;
                continue;
            }
        };
        let text = String::from_utf8_lossy(pieces.piece());
        let was_bytes = matches!(text, Cow::Owned(_));
        match Element::read(&text) {
            Ok(element) if names.entries.contains(&&*element.name) => each(Part::Entry {
                element: &element,
                line,
                was_bytes,
            })?,
            Ok(element) if text.len() <= MAX_FACT => each(Part::Fact(&element))?,
            Ok(_) => {}
            Err(what) => {
                let known = known(&text, names);
                drop(text);
                pieces.look_again();
                each(Part::Broken { line, what, known })?;
            }
        }
    }
    Ok(())
}

/// What a torn entry says of itself where it is whole.
fn known(text: &str, names: &Names) -> Known {
    let id = names.ids.iter().find_map(|name| said(text, name));
    Known {
        id: id.unwrap_or_default(),
        title: said(text, "title").unwrap_or_default(),
    }
}

/// The text of the first element of that name that ends.
fn said(text: &str, name: &str) -> Option<String> {
    /// Longer than any title; what runs on is no part of it.
    const MAX: usize = 2048;
    let begin = format!("<{name}");
    let (_, rest) = text.match_indices(&begin).find_map(|(at, _)| {
        let (tag, rest) = text.get(at + begin.len()..)?.split_once('>')?;
        let is_it = tag.is_empty() || tag.starts_with(|sign: char| sign.is_ascii_whitespace());
        is_it.then_some((tag, rest))
    })?;
    let (said, _) = rest.split_once(&format!("</{name}>"))?;
    let said = said.trim();
    let bare = said
        .strip_prefix("<![CDATA[")
        .and_then(|said| said.strip_suffix("]]>"));
    Some(bare.unwrap_or(said).trim().to_owned())
        .filter(|said| !said.is_empty() && said.len() <= MAX)
}
