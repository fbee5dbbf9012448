//! What the page of the reading history shows.

use serde::Serialize;

use crate::view::pages;

pages! {
    History => "account/history.html",
}

/// The reading history. Days are dates, as templates' `date` takes them.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct History {
    /// Since when it is written down; `None` where it isn't.
    pub(crate) since: Option<String>,
    /// What was read, the latest first.
    pub(crate) read: Vec<Read>,
    /// How many are shown, where there are more.
    pub(crate) latest: Option<usize>,
}

/// A story that was read: what everybody may know of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Read {
    pub(crate) path: String,
    pub(crate) title: String,
    /// The language of that.
    pub(crate) language: String,
    /// When it was read last.
    pub(crate) day: String,
}
