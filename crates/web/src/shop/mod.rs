//! The shop: offers, checkout, gifts, a single story, a day pass.

pub(crate) mod samples;

use crate::form::Form;
use crate::pages::{Answer, Pages, Visit};

/// The templates of this room.
pub(crate) const TEMPLATES: &[(&str, &str)] = &[];

/// The ways of this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {}

impl Way {
    pub(crate) fn to(_path: &str) -> Option<Self> {
        None
    }

    /// Whether one has to be signed in.
    pub(crate) fn is_private(self) -> bool {
        match self {}
    }

    #[expect(clippy::unused_async, reason = "the other rooms' wait for the store")]
    pub(crate) async fn look(self, _pages: &Pages, _visit: &Visit<'_>) -> Answer {
        match self {}
    }

    #[expect(clippy::unused_async, reason = "the other rooms' wait for the store")]
    pub(crate) async fn act(self, _pages: &Pages, _visit: &Visit<'_>, _form: &Form) -> Answer {
        match self {}
    }
}
