//! What the page shows.

use jiff::tz::TimeZone;
use serde::Serialize;

use crate::gate::{FoundText, Piece, Sponsor};
use crate::view::pages;

pages! {
    Search => "texts/search.html",
}

/// Whether who looks may search whole texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Standing {
    /// They are entitled to nothing.
    Lacks,
    Holds,
}

/// The page. Ways are queries of its own address.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Search {
    pub(crate) standing: Standing,
    /// Whether there are offers.
    pub(crate) sells: bool,
    pub(crate) query: String,
    /// The most characters that are looked at.
    pub(crate) longest: usize,
    /// Whether anything was given to look for.
    pub(crate) asked: bool,
    /// How many stories there are, on all pages.
    pub(crate) count: usize,
    /// What was looked for instead.
    pub(crate) instead: Option<String>,
    /// Whether the texts are just being indexed.
    pub(crate) incomplete: bool,
    pub(crate) stories: Vec<Hit>,
    pub(crate) narrows: Vec<Narrow>,
    /// Whether they are narrowed down.
    pub(crate) is_narrow: bool,
    /// Whether the newest come first.
    pub(crate) newest: bool,
    pub(crate) other_order: String,
    pub(crate) turn: Option<Turn>,
}

/// A story that was found.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Hit {
    pub(crate) path: String,
    pub(crate) language: String,
    pub(crate) title: Vec<Piece>,
    pub(crate) standfirst: Vec<Piece>,
    /// A part of its text; nothing where what was looked for isn't in it.
    pub(crate) excerpt: Vec<Piece>,
    /// What it is filed under that was looked for too.
    pub(crate) filed: Vec<Vec<Piece>>,
    pub(crate) cut_before: bool,
    pub(crate) cut_after: bool,
    pub(crate) byline: Vec<String>,
    /// Who commissioned it, if it is sponsored.
    pub(crate) sponsor: Option<Sponsor>,
    /// As templates' `date` takes days.
    pub(crate) day: String,
}

/// A facet with its values.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Narrow {
    pub(crate) of: &'static str,
    pub(crate) values: Vec<Choice>,
}

#[derive(Clone, Debug, Serialize)]
pub(crate) struct Choice {
    pub(crate) name: String,
    pub(crate) stories: usize,
    pub(crate) query: String,
    pub(crate) chosen: bool,
}

/// The way to other pages of results.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Turn {
    pub(crate) page: usize,
    pub(crate) pages: usize,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

impl Hit {
    pub(super) fn of(found: FoundText, zone: &TimeZone) -> Self {
        let day = zone.to_datetime(found.published).date();
        Self {
            path: found.path,
            language: found.language,
            title: found.title,
            standfirst: found.standfirst,
            excerpt: found.excerpt,
            filed: found.filed,
            cut_before: found.cut_before,
            cut_after: found.cut_after,
            byline: found.byline,
            sponsor: found.sponsor,
            day: day.to_string(),
        }
    }
}
