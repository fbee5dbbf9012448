//! Bringing stories into a content folder.
//!
//! The export is read three times, so that it needn't be in memory: once for what there
//! is, once to try everything, and once to write it. What comes is checked by the
//! publication's own reader before it is written, and what fails that stays out.
//! Whatever doesn't come is told with its line.

mod bring;
mod home;
mod index;
mod ledger;
mod outside;
mod pictures;
mod place;
mod redirects;
mod report;
mod sections;
mod story;
mod summary;

use std::io;
use std::path::{Path, PathBuf};

use access::Tier;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use publication::ContentErrors;

pub use bring::{Pass, bring};
pub use report::Fate;
pub use summary::Summary;

use crate::Format;
use crate::error::Error;

/// What is to be brought where, and how.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Which system wrote the export.
    pub format: Format,
    /// The content folder.
    pub into: PathBuf,
    /// A copy of the old site's folder of pictures.
    pub pictures: Option<PathBuf>,
    /// What categories become: a category's name and a section's id; `*` is any.
    pub sections: Vec<(String, String)>,
    /// How stories are offered of which the export doesn't say it.
    pub tier: Tier,
    /// Who wrote what nobody has signed; the site's name where it is `None`.
    pub byline: Option<String>,
    /// Where the old site was, if the export doesn't say it.
    pub site: Option<String>,
    /// Post types of WordPress's that are stories too.
    pub kinds: Vec<String>,
    /// In which zone times are that don't say it.
    pub zone: TimeZone,
    /// What is later hasn't appeared yet.
    pub now: Timestamp,
    /// Whether what was changed here by hand is written over.
    pub replace: bool,
    /// Whether it is written, and not only tried.
    pub write: bool,
}

/// Why stories can't be brought over.
#[derive(Debug, thiserror::Error)]
pub enum BringError {
    /// The export can't be read on.
    #[error(transparent)]
    Export(#[from] Error),
    /// A file or folder can't be used.
    #[error("{}: {error}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The paper's own file is wrong.
    #[error("{0}")]
    Paper(#[from] ContentErrors),
    /// A section was named that isn't there.
    #[error("there is no section \"{name}\" in publication.toml; there {}", known(.there))]
    NoSection {
        /// As it was written.
        name: String,
        /// Those that are there.
        there: Vec<String>,
    },
    /// Nobody has said which section some categories become.
    #[error(
        "nobody has said which section these categories become; say it with --section, as in \
         --section \"{}=SECTION\", or of all others with --section \"*=SECTION\":\n{}",
        first(.0), categories(.0)
    )]
    Unfiled(Vec<(String, usize)>),
    /// A new paper would have too many sections.
    #[error(
        "its categories would make {0} sections, more than a menu has; say what they become with \
         --section, and of the rest with --section \"*=SECTION\""
    )]
    TooManySections(usize),
    /// The report can't be written.
    #[error("the report can't be written: {0}")]
    Report(csv::Error),
}

impl BringError {
    fn file(path: &Path, error: io::Error) -> Self {
        Self::File {
            path: path.to_owned(),
            error,
        }
    }

    fn report(error: csv::Error) -> Self {
        Self::Report(error)
    }
}

fn known(there: &[String]) -> String {
    match there {
        [one] => format!("is {one}"),
        all => format!("are {}", all.join(", ")),
    }
}

fn first(categories: &[(String, usize)]) -> String {
    let name = categories
        .first()
        .map_or("Category", |(name, _)| name.as_str());
    name.escape_debug().to_string()
}

fn categories(categories: &[(String, usize)]) -> String {
    let lines = categories.iter().map(|(name, stories)| {
        let word = if *stories == 1 { "story" } else { "stories" };
        format!("  \"{}\"  {stories} {word}", name.escape_debug())
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What came of writing a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Landed {
    New,
    Same,
}
