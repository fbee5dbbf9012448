//! What the pages about delivery show.

use serde::Serialize;

use crate::shop::view::{CountryName, Errors, Typed};
use crate::view::pages;

pages! {
    Delivery => "delivery/delivery.html",
    Suspend => "delivery/suspend.html",
    Redirect => "delivery/redirect.html",
}

/// What comes where in the next weeks.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Delivery {
    /// The subscription, for links.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: String,
    /// What was just done, in words.
    pub(crate) done: Option<String>,
    /// For which days it came too late, in words.
    pub(crate) done_but: Option<String>,
    /// Why something wasn't done, in words.
    pub(crate) refused: Option<String>,
    /// Where it always goes, line by line; none where that isn't known.
    pub(crate) home: Vec<String>,
    /// Whether that can be changed where the subscription is.
    pub(crate) can_move: bool,
    /// What comes, by days that are alike.
    pub(crate) spans: Vec<Span>,
    /// Before which day nothing may come yet, in words; nothing where all comes.
    pub(crate) early: Option<String>,
    /// Until when nothing can be changed any more, and from when on, in words.
    pub(crate) settled: Option<String>,
    /// Which later days can't be changed either, in words.
    pub(crate) settled_too: Option<String>,
    pub(crate) wishes: Vec<Wished>,
    /// Whether delivery can be suspended here at all.
    pub(crate) suspends: bool,
}

/// Days of delivery that are alike.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Span {
    /// Which, in words.
    pub(crate) when: String,
    /// What becomes of it, in words.
    pub(crate) what: String,
    /// `home`, `elsewhere`, `suspended`, `missing` or `none`: for the looks.
    pub(crate) state: &'static str,
}

/// Something that was wished for, and isn't over.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Wished {
    pub(crate) id: String,
    /// What, in words.
    pub(crate) says: String,
    /// For which days it came too late, in words.
    pub(crate) but: Option<String>,
    /// What taking it back is called; `None` where it is settled.
    pub(crate) undo: Option<String>,
}

/// A day to choose.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Chosen {
    /// As it was typed: `2026-12-24`.
    pub(crate) value: String,
    pub(crate) least: String,
    /// Without, where there is none.
    pub(crate) most: String,
    /// What is wrong with it, in words.
    pub(crate) error: Option<String>,
}

/// Where delivery is suspended.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Suspend {
    pub(crate) id: String,
    pub(crate) name: String,
    /// What there is to know, sentence by sentence.
    pub(crate) says: Vec<String>,
    /// From when it is possible, in words.
    pub(crate) hint: String,
    /// Why it wasn't done, in words.
    pub(crate) refused: Option<String>,
    /// What the form is known by: sent twice it is one.
    pub(crate) form: String,
    pub(crate) first: Chosen,
    pub(crate) last: Chosen,
}

/// Where it is sent elsewhere.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Redirect {
    pub(crate) id: String,
    pub(crate) name: String,
    /// From when it is possible, in words.
    pub(crate) hint: String,
    /// Why it wasn't done, in words.
    pub(crate) refused: Option<String>,
    /// Whether something is wrong with the address.
    pub(crate) failed: bool,
    /// What the form is known by: sent twice it is one.
    pub(crate) form: String,
    pub(crate) first: Chosen,
    pub(crate) last: Chosen,
    pub(crate) typed: Typed,
    pub(crate) errors: Errors,
    pub(crate) countries: Vec<CountryName>,
}
