//! Stories out of the exports of other content systems: WordPress, Ghost, feeds.
//!
//! An export is read an entry at a time, however long it is; each becomes a file of the
//! publication's content folder, in Markdown. Nothing of the HTML that comes in goes out:
//! it is made of few things anew. This crate fetches nothing, knows no clock, and decides nothing about who
//! may read what: how a story is offered is what the export or the publisher says.

mod atom;
mod directory;
mod entry;
mod error;
mod feed;
mod folder;
mod footnotes;
mod ghost;
mod html;
mod members;
mod moment;
mod remark;
mod sheet;
mod slug;
mod spreadsheet;
mod wordpress;
mod wrapping;
mod xml;

use std::io::BufRead;

use jiff::tz::TimeZone;

use directory::Directory;
use entry::Found;
pub use error::Error;
pub use folder::{BringError, Fate, Pass, Summary, Wish, bring};
pub use remark::{Remark, Remarks};
pub use spreadsheet::harmless;

/// Which system wrote an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// WordPress's own export, called WXR.
    WordPress,
    /// A feed: RSS or Atom.
    Feed,
    /// Ghost's export.
    Ghost,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::WordPress, Self::Feed, Self::Ghost];

    /// Its name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WordPress => "wordpress",
            Self::Feed => "feed",
            Self::Ghost => "ghost",
        }
    }

    /// Reads an export, each entry handed over as it comes.
    fn read<E: From<Error>>(
        self,
        mut source: impl BufRead,
        zone: &TimeZone,
        directory: &mut Directory,
        gather: bool,
        each: &mut dyn FnMut(Found, &Directory) -> Result<(), E>,
    ) -> Result<(), E> {
        wrapping::refuse(&mut source)?;
        match self {
            Self::WordPress => wordpress::read(source, zone, directory, gather, each),
            Self::Feed => feed::read(source, zone, directory, gather, each),
            Self::Ghost => ghost::read(source, directory, gather, each),
        }
    }
}
