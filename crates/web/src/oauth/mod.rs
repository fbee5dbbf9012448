//! Letting programs in: the page on which a reader is asked, and the code that the
//! program is sent back with (OAuth 2.1, RFC 6749 and 7636).
//!
//! Only programs that are configured are asked about, and only at addresses that are
//! theirs: whoever isn't known is told nothing, not even that. What the reader has said
//! yes to is kept with the code for a minute; who turns it into tokens isn't a page.

mod asked;
mod consent;
mod redirect;
pub(crate) mod samples;

use crate::form::Form;
use crate::pages::{Answer, Pages, Visit};
use crate::theme::templates;
use crate::ways;

pub use redirect::{BadRedirect, Redirect};

/// The templates of this room.
pub(crate) const TEMPLATES: &[(&str, &str)] = templates!["oauth/consent.html"];

/// A program that readers may let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// What it calls itself.
    pub id: String,
    /// What readers are told that it is called.
    pub name: String,
    /// Where it may have answers sent.
    pub redirects: Vec<Redirect>,
}

/// The ways of this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Ask,
}

const WAYS: [(&str, Way); 1] = [("oauth/authorize", Way::Ask)];

/// The paths of this room.
pub(crate) fn routes() -> Vec<String> {
    ways::listed(&WAYS, &[])
}

impl Way {
    pub(crate) fn to(path: &str) -> Option<Self> {
        ways::find(path, &WAYS, &[])
    }

    pub(crate) async fn look(self, pages: &Pages, visit: &Visit<'_>) -> Answer {
        match self {
            Self::Ask => pages.consent_page(visit).await,
        }
    }

    pub(crate) async fn act(self, pages: &Pages, visit: &Visit<'_>, form: &Form) -> Answer {
        match self {
            Self::Ask => pages.consent(visit, form).await,
        }
    }
}
