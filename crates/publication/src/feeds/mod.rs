//! Feeds for readers' programs: of everything, and of each section, topic and
//! author, in three formats.
//!
//! What everybody gets is a story's headline and standfirst, which everybody may
//! read, and never a word of its text. Only [`whole`] makes feeds with the text in
//! them: for whoever has been found to be allowed to read it, which isn't decided
//! here.

mod document;
mod entry;
mod json;
mod text;
mod whole;

use jiff::Timestamp;

pub(crate) use document::{Document, title};
pub(crate) use json::json;
pub(crate) use text::{Xml, plain};
pub(crate) use whole::{stories, with_whole};

use crate::content::{Catalogue, Listing, Section, Stories};
use crate::view::percent;

/// Which feed.
#[derive(Clone, Copy)]
pub(crate) struct FeedPlace<'a> {
    pub(crate) scope: Scope<'a>,
    pub(crate) format: Format,
}

/// What it is of.
#[derive(Clone, Copy)]
pub(crate) enum Scope<'a> {
    Everything,
    Section(&'a Section),
    /// Its id, and its stories.
    Topic(&'a str, &'a Listing),
    Author(&'a str, &'a Listing),
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Rss,
    Atom,
    Json,
}

impl Format {
    /// In the order in which people are offered them.
    pub(crate) const ALL: [Self; 3] = [Self::Rss, Self::Atom, Self::Json];

    /// What its file is called, in the folder of what it is of. Atom has the name
    /// that the only feed had before there were others.
    pub(crate) fn file(self) -> &'static str {
        match self {
            Self::Rss => "rss.xml",
            Self::Atom => "feed.xml",
            Self::Json => "feed.json",
        }
    }

    /// The format whose file is called that, or may be looked for by that name.
    fn of(file: &str) -> Option<Self> {
        match file {
            "rss.xml" | "rss" | "feed.rss" => Some(Self::Rss),
            "feed.xml" | "feed" | "atom.xml" | "atom" => Some(Self::Atom),
            "feed.json" => Some(Self::Json),
            _ => None,
        }
    }

    /// Its own name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Rss => "RSS",
            Self::Atom => "Atom",
            Self::Json => "JSON Feed",
        }
    }

    /// Its type, as links to it say it.
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }

    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
        }
    }

    /// The template, where it is made by one.
    pub(crate) fn template(self) -> Option<&'static str> {
        match self {
            Self::Rss => Some("rss.xml"),
            Self::Atom => Some("feed.xml"),
            Self::Json => None,
        }
    }
}

impl<'a> Scope<'a> {
    /// The page that shows the same to people.
    pub(crate) fn home(self) -> String {
        match self {
            Self::Everything => "/".to_owned(),
            Self::Section(section) => format!("/sections/{}", section.id),
            Self::Topic(id, _) => format!("/topics/{}", percent(id)),
            Self::Author(id, _) => format!("/authors/{}", percent(id)),
        }
    }

    /// Everything, and then each section: those that people are shown a list of.
    pub(crate) fn main(catalogue: &'a Catalogue) -> impl Iterator<Item = Self> {
        let sections = catalogue.paper.sections.iter().map(Self::Section);
        [Self::Everything].into_iter().chain(sections)
    }

    /// What it is called; `None` for everything, which is the paper.
    pub(crate) fn name(self) -> Option<&'a str> {
        match self {
            Self::Everything => None,
            Self::Section(section) => Some(&section.name),
            Self::Topic(_, listing) | Self::Author(_, listing) => Some(&listing.name),
        }
    }

    /// Its stories that are out, the latest first.
    pub(crate) fn stories(self, catalogue: &'a Catalogue, now: Timestamp) -> Stories<'a> {
        match self {
            Self::Everything => catalogue.out(now),
            Self::Section(section) => catalogue.stories.section(&section.id, now),
            Self::Topic(_, listing) | Self::Author(_, listing) => listing.stories.out(now),
        }
    }

    /// The address of its feed in that format, below the publication's.
    pub(crate) fn feed(self, format: Format) -> String {
        let home = self.home();
        format!("{}/{}", home.trim_end_matches('/'), format.file())
    }
}

impl<'a> FeedPlace<'a> {
    /// What the decoded `path`, without its first slash, is the feed of.
    pub(crate) fn find(catalogue: &'a Catalogue, path: &str, now: Timestamp) -> Option<Self> {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let format = Format::of(file)?;
        let is_out = |listing: &Listing| listing.stories.out(now).len() > 0;
        let scope = match folder.split_once('/') {
            None if folder.is_empty() => Scope::Everything,
            Some(("sections", id)) => Scope::Section(catalogue.section(id)?),
            Some(("topics", id)) => {
                let (id, listing) = catalogue.stories.topics.get_key_value(id)?;
                is_out(listing).then_some(Scope::Topic(id, listing))?
            }
            Some(("authors", id)) => {
                let (id, listing) = catalogue.stories.authors.get_key_value(id)?;
                is_out(listing).then_some(Scope::Author(id, listing))?
            }
            _ => return None,
        };
        Some(Self { scope, format })
    }

    /// The one address of the feed, below the publication's.
    pub(crate) fn path(self) -> String {
        self.scope.feed(self.format)
    }
}
