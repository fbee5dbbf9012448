//! What the page of one's address shows.

use serde::Serialize;

use crate::view::pages;

pages! {
    Feeds => "account/feeds.html",
}

/// The address of one's feeds. Days are dates, as templates' `date` takes them.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Feeds {
    /// Whether there is one that is good.
    pub(crate) has_one: bool,
    /// Since when there is, or was.
    pub(crate) created: Option<String>,
    /// The day on which it was last used.
    pub(crate) used: Option<String>,
    /// The last day on which it was used from very many networks.
    pub(crate) spread: Option<String>,
    /// When it was given up.
    pub(crate) ended: Option<String>,
    /// Where the feeds are, that of everything first: known only when the address was
    /// made a moment ago.
    pub(crate) made: Vec<Of>,
}

/// The feeds of one section, or of everything.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Of {
    /// The section; `None` for everything.
    pub(crate) section: Option<String>,
    pub(crate) links: Vec<Link>,
}

/// A feed.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Link {
    pub(crate) format: &'static str,
    pub(crate) address: String,
}
