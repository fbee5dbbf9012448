//! What an export holds, whichever system wrote it.

use jiff::Timestamp;

use crate::html::Dialect;
use crate::remark::Remarks;

/// One thing out of an export.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    /// A story, a page, or what is neither.
    Entry(Box<Entry>),
    /// Something that can't be made out.
    Broken {
        /// The line on which it begins, counted from 1.
        line: u64,
        /// What is wrong.
        what: String,
        /// What it said of itself before that.
        known: Known,
    },
}

/// What is known of an entry that is broken: what stands whole before it breaks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// Its id; empty where it isn't known.
    pub(crate) id: String,
    /// Its title as HTML; likewise.
    pub(crate) title: String,
}

/// An entry as it was written there.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The line on which it begins, counted from 1.
    pub(crate) line: u64,
    /// What it is known by in the other system; never the same for two.
    pub(crate) id: String,
    /// What it is.
    pub(crate) kind: Kind,
    /// Whether readers could see it.
    pub(crate) standing: Standing,
    /// The headline, as HTML.
    pub(crate) title: String,
    /// Its name in addresses, as it is written there; may be empty.
    pub(crate) slug: String,
    /// Where it was found.
    pub(crate) address: Option<String>,
    /// What somebody wrote to stand under the headline or in lists, as HTML.
    pub(crate) excerpt: String,
    /// The text.
    pub(crate) body: String,
    /// How much of `body` everybody could read, in bytes from its beginning. Nothing of
    /// what comes after may stand where everybody reads.
    pub(crate) open: usize,
    /// What the site said of it to search engines and networks, as HTML; may be empty.
    pub(crate) description: String,
    /// Which kind of HTML the text is.
    pub(crate) dialect: Dialect,
    /// Who wrote it, in the order of the byline.
    pub(crate) byline: Vec<String>,
    /// Where it was filed, the most important first.
    pub(crate) categories: Vec<Term>,
    /// Its topics.
    pub(crate) tags: Vec<Term>,
    /// When it appeared, or will.
    pub(crate) published: Option<Timestamp>,
    /// When it was last changed.
    pub(crate) updated: Option<Timestamp>,
    /// Who could read it; `None` where the other system has no such thing.
    pub(crate) audience: Option<Audience>,
    /// The picture over it.
    pub(crate) picture: Option<Lead>,
    /// What is to be said of it already.
    pub(crate) remarks: Remarks,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A story.
    Story,
    /// A page such as the imprint.
    Page,
    /// A picture or file that others refer to.
    Attachment,
    /// Something else, and what the other system calls it.
    Other(String),
}

/// Whether readers could see an entry. Only what is `Out` or `Scheduled` may come over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Everybody could find it.
    Out,
    /// It was to appear at its time.
    Scheduled,
    /// It hadn't appeared, or not to everybody, and how the other system says so.
    Hidden(String),
    /// It asked for a password.
    Password,
}

/// Who could read an entry whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Everybody.
    Public,
    /// Whoever had an account.
    Members,
    /// Whoever paid.
    Paying,
}

impl Entry {
    /// The part of the text that everybody could read.
    pub(crate) fn open_part(&self) -> &str {
        self.body.get(..self.open).unwrap_or_default()
    }

    /// Whether not everybody could read all of it.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(self.audience, Some(Audience::Members | Audience::Paying))
    }
}

/// A category or tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// What it is called, as plain text.
    pub(crate) name: String,
    /// Its name in addresses; may be empty.
    pub(crate) slug: String,
}

/// The picture over a story.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lead {
    /// Its address.
    pub(crate) address: String,
    /// What it shows.
    pub(crate) alt: Option<String>,
    /// The line under it.
    pub(crate) caption: Option<String>,
}
