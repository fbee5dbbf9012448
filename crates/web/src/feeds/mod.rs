//! Feeds with whole stories, by an address that is its reader's own: making it,
//! giving it up, and reading by it.
//!
//! The address is like a password, so that a feed reader needs no other. What may
//! be read by it is the gate's to say, story by story. Not here: what a feed looks
//! like.

mod address;
mod read;
mod spread;

pub(crate) mod samples;
pub(crate) mod view;

pub use read::is_feed_address;
pub(crate) use spread::Spread;

use http::StatusCode;

use crate::pages::{Answer, Pages, Visit};
use crate::respond;
use crate::theme::templates;
use crate::ways::{self, Named};

/// The templates of this room.
pub(crate) const TEMPLATES: &[(&str, &str)] = templates!["account/feeds.html"];

/// The ways of this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// The page of one's address; its form makes one, in the place of another.
    Address,
    /// Giving it up.
    End,
    /// A feed. Who asks with `GET` is answered before ways are looked at:
    /// machines have no browser that could be known by a cookie.
    Feed,
}

const WAYS: [(&str, Way); 2] = [
    ("account/feeds", Way::Address),
    ("account/feeds/end", Way::End),
];

const NAMED: [Named<Way>; 1] = [("feeds/{feed}", |_| Some(Way::Feed))];

/// The paths of this room.
pub(crate) fn routes() -> Vec<String> {
    ways::listed(&WAYS, &NAMED)
}

impl Way {
    pub(crate) fn to(path: &str) -> Option<Self> {
        ways::find(path, &WAYS, &NAMED)
    }

    pub(crate) fn is_private(self) -> bool {
        self != Self::Feed
    }

    pub(crate) async fn look(self, pages: &Pages, visit: &Visit<'_>) -> Answer {
        match self {
            Self::Address => pages.feeds_page(visit).await,
            Self::End => Ok(respond::go(pages.below("account/feeds"))),
            Self::Feed => pages.say(visit, StatusCode::NOT_FOUND, &respond::MISSING),
        }
    }

    pub(crate) async fn act(self, pages: &Pages, visit: &Visit<'_>) -> Answer {
        match self {
            Self::Address => pages.make_feed_address(visit).await,
            Self::End => pages.end_feed_address(visit).await,
            Self::Feed => pages.say(visit, StatusCode::METHOD_NOT_ALLOWED, &respond::MISSING),
        }
    }
}
