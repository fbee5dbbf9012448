//! What the pages of the app show.

use serde::Serialize;

use crate::gate::Sponsor;
use crate::view::pages;

pages! {
    List => "app/list.html",
    Offline => "app/offline.html",
}

/// How many stories are kept on a device at most: a fortnight of reading, and few
/// enough to be asked about at once. The script has the same number.
pub(crate) const MAX_KEPT: usize = 50;

/// Whether who looks may read in the app and offline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Standing {
    /// Nobody is signed in.
    Anonymous,
    /// Their subscription doesn't include it.
    Lacks,
    Holds,
}

/// Saved stories.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct List {
    pub(crate) standing: Standing,
    pub(crate) stories: Vec<Saved>,
    /// For how many days a copy is kept at most, where they are whole ones.
    pub(crate) days: Option<i64>,
    /// The same in hours.
    pub(crate) hours: i64,
    /// Whether there are offers.
    pub(crate) sells: bool,
    /// The script's address.
    pub(crate) script: String,
    /// The publication's time zone by the IANA database, that days are told in.
    pub(crate) zone: Option<String>,
}

/// A saved story: what everybody may know of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Saved {
    pub(crate) id: String,
    pub(crate) path: String,
    pub(crate) title: String,
    pub(crate) standfirst: String,
    /// The language of these.
    pub(crate) language: String,
    /// Who commissioned it, if it is sponsored.
    pub(crate) sponsor: Option<Sponsor>,
    /// When it was saved, as templates' `date` takes days.
    pub(crate) day: String,
}

/// Without a network. The same for everybody.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Offline {
    /// The script's address.
    pub(crate) script: String,
    /// The publication's time zone by the IANA database, that days are told in.
    pub(crate) zone: Option<String>,
}
