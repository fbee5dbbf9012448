//! Searching whole texts, for who is signed in and entitled to something.
//!
//! What is found and what of it may be shown is for [`Gate`](crate::gate::Gate) to
//! say: everything that it tells is this reader's to read. Not here: an index, a
//! story, or whether somebody may read one.

mod asked;
mod page;

pub(crate) mod samples;
pub(crate) mod view;

use http::StatusCode;

use crate::pages::{Answer, Pages, Visit};
use crate::respond;
use crate::theme::templates;
use crate::ways::{self, Named};

/// The templates of this room.
pub(crate) const TEMPLATES: &[(&str, &str)] = templates!["texts/search.html"];

/// The ways of this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// The page, with what is found.
    Search,
}

const WAYS: [(&str, Way); 1] = [("account/search", Way::Search)];

const NAMED: [Named<Way>; 0] = [];

/// The paths of this room.
pub(crate) fn routes() -> Vec<String> {
    ways::listed(&WAYS, &NAMED)
}

impl Way {
    pub(crate) fn to(path: &str) -> Option<Self> {
        ways::find(path, &WAYS, &NAMED)
    }

    pub(crate) async fn look(self, pages: &Pages, visit: &Visit<'_>) -> Answer {
        pages.text_search(visit).await
    }

    /// Nothing is changed here.
    pub(crate) fn act(self, pages: &Pages, visit: &Visit<'_>) -> Answer {
        match self {
            Self::Search => pages.say(visit, StatusCode::METHOD_NOT_ALLOWED, &respond::MISSING),
        }
    }
}
