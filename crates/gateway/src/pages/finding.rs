//! What is looked for, by which policy, and what can come of it.

use std::sync::Arc;

use jiff::Timestamp;

use super::stored::{Page, Stamp};
use crate::forward;
use crate::origin::{Origin, OriginRequest, OriginResponse};
use crate::policy::Articles;
use crate::site::Site;

/// Why there is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPage {
    /// The origin didn't answer, or not in time.
    Origin,
    /// The origin's answer can't be taken apart safely.
    Unreadable,
    /// A path that must have a story has none.
    StoryMissing,
    /// What came may hold a story's text, and isn't a page.
    Closed,
    /// What came is a part of a page, which can't be judged without the rest.
    Part,
    /// Too many pages are being fetched.
    Busy,
}

/// What was found.
pub(crate) enum Found {
    /// A page.
    Page(Arc<Page>),
    /// Something that passes by, for the one who has asked.
    Streams(Box<Passing>),
}

/// An answer that passes by.
pub(crate) struct Passing {
    /// The origin's own.
    pub answer: OriginResponse,
    /// Why it would be kept back, where it goes out only because the gate
    /// observes.
    pub held: Option<NoPage>,
    /// Whether something that the site says beside it was left out.
    pub is_quieted: bool,
    /// Whether what it says behind its body goes out whatever that is.
    pub observes: bool,
}

/// What is known of a page before it is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glance {
    /// Nothing.
    Nothing,
    /// It is a page, and no story.
    Page,
    /// It is a story, or a file.
    Other,
    /// It is different for everybody.
    Apart,
}

/// The policy's part in finding.
#[derive(Clone, Copy)]
pub(crate) struct Finding<'a> {
    /// Where pages come from.
    pub origin: &'a Arc<dyn Origin>,
    /// How stories are recognised.
    pub articles: &'a Articles,
    /// What is known of a foreign site; `None` for the built-in publication.
    pub site: Option<&'a Arc<Site>>,
    /// Whether everything is let out, and only said what would be held back.
    pub observes: bool,
    /// The number of the policy.
    pub policy: u64,
    /// The business time.
    pub now: Timestamp,
}

impl Finding<'_> {
    pub(super) fn stamp(self) -> Stamp {
        Stamp {
            policy: self.policy,
        }
    }

    /// What the origin answers.
    pub(crate) async fn ask(self, request: OriginRequest<'_>) -> Result<OriginResponse, NoPage> {
        let path = request.path;
        let mut answer = self.origin.fetch(request).await.map_err(|error| {
            tracing::warn!(path, %error, "the origin gave no answer");
            NoPage::Origin
        })?;
        forward::drop_listed(&mut answer.headers);
        forward::drop_our_cookies(&mut answer.headers);
        Ok(answer)
    }
}
