//! Stories that were withdrawn: since when, and what readers are told of it.
//!
//! In the story's own front matter, or in `publication.toml` where its file is
//! no longer there.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::error::{Findings, Problem};
use super::fields::{Fields, Placed, Sheet};
use super::slug::Slug;
use super::wire;

/// The most stories that can be listed as withdrawn. A paper that withdraws one
/// a week fills it in ten years; those that have a file aren't counted.
const MOST: usize = 500;

/// That a story isn't there any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// The day on which it was withdrawn.
    #[serde(with = "wire::day")]
    pub date: Date,
    /// The line that says so.
    pub(crate) line: usize,
    /// What readers are told: why.
    pub reason: String,
}

impl Gone {
    /// Reads `date` and `reason`; what is wrong with them is a finding.
    pub(super) fn read(mut table: Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Option<Self> {
        let gone = Self::take(&mut table, sheet);
        table.finish(sheet);
        gone
    }

    fn take(table: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Option<Self> {
        let date = table.day(sheet, "date");
        let example = "reason = \"Withdrawn at the request of the court.\"";
        let reason = table.text(sheet, "reason", example);
        let Placed { value, line } = date?;
        Some(Self {
            date: value,
            line,
            reason: reason?.value,
        })
    }
}

/// A story of `publication.toml` that has no file any more.
#[derive(Clone, Debug)]
pub(crate) struct Withdrawn {
    pub(crate) story: Placed<Slug>,
    pub(crate) gone: Gone,
}

/// The list `[[gone]]`.
pub(super) fn read(fields: &mut Fields<'_>, sheet: &mut Sheet<'_, '_>) -> Vec<Withdrawn> {
    let mut all: Vec<Withdrawn> = Vec::new();
    for mut table in fields.many_tables(sheet, "gone", MOST) {
        let story = table.text(sheet, "story", "story = \"the-name-of-its-file\"");
        let gone = Gone::take(&mut table, sheet);
        table.finish(sheet);
        let (Some(Placed { value, line }), Some(gone)) = (story, gone) else {
            continue;
        };
        let Some(slug) = Slug::parse(&value) else {
            sheet.add(line, Problem::BadSlug(value));
            continue;
        };
        if all.iter().any(|other| other.story.value == slug) {
            let (key, name, how) = ("gone", value, "twice");
            sheet.add(line, Problem::Pointless { key, name, how });
            continue;
        }
        let story = Placed { value: slug, line };
        all.push(Withdrawn { story, gone });
    }
    all
}

/// Finds those that have a file after all: one of the two is wrong.
pub(super) fn check(
    paper: &str,
    listed: &[Withdrawn],
    has_file: impl Fn(&str) -> bool,
    findings: &mut Findings,
) {
    for withdrawn in listed {
        let story = &withdrawn.story;
        if has_file(story.value.as_str()) {
            let advice = "the story has a file; write [gone] with `date` and `reason` into its \
                          front matter, and take it out here";
            findings.add(paper, Some(story.line), Problem::Contradiction(advice));
        }
    }
}
