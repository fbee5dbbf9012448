//! Which entries aren't to come, and why: what wasn't public, and what is no story.
//!
//! Nothing of the text decides here, and nothing of what is in the folder.

use super::Wish;
use crate::entry::{Entry, Kind, Standing};

/// Why an entry isn't to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outside {
    /// In words, the same for all that stay out by the same.
    pub(crate) why: String,
    /// Whether not everybody may read it there. If it came before, it has been taken
    /// back since.
    pub(crate) is_closed: bool,
}

impl Outside {
    /// Whether an entry isn't to come, whatever is in it.
    pub(crate) fn of(entry: &Entry, wish: &Wish) -> Option<Self> {
        // A page has no tier here: everybody reads it.
        let is_closed_page = entry.kind == Kind::Page && entry.is_closed();
        let closed = is_closed_page.then(|| "pages that not everybody could read".to_owned());
        let hidden = hidden(&entry.standing);
        let is_closed = closed.is_some() || hidden.is_some();
        let why = of_kind(&entry.kind, wish).or(closed).or(hidden);
        let why = why.or_else(|| missed(entry, wish))?;
        Some(Self { why, is_closed })
    }
}

/// Why something of that kind is no story.
fn of_kind(kind: &Kind, wish: &Wish) -> Option<String> {
    match kind {
        Kind::Story | Kind::Page => None,
        Kind::Attachment => {
            Some("attachments, of which the pictures that are shown came".to_owned())
        }
        Kind::Other(kind) if wish.kinds.contains(kind) => None,
        Kind::Other(kind) => Some(format!("of the kind \"{}\"", kind.escape_debug())),
    }
}

/// Why readers couldn't see it, if they couldn't.
fn hidden(standing: &Standing) -> Option<String> {
    match standing {
        Standing::Out | Standing::Scheduled => None,
        Standing::Password => Some("behind a password".to_owned()),
        Standing::Hidden(how) => Some(match how.as_str() {
            "draft" | "auto-draft" => "drafts".to_owned(),
            other => format!("not public (\"{}\")", other.escape_debug()),
        }),
    }
}

/// What was to appear since the export was made: nobody knows whether it did.
fn missed(entry: &Entry, wish: &Wish) -> Option<String> {
    let is_late = entry
        .published
        .is_none_or(|published| published <= wish.now);
    (entry.standing == Standing::Scheduled && is_late)
        .then(|| "scheduled for a time that has passed since".to_owned())
}
