//! What a reader has read, where they want that written down: whether it is, what of
//! it there is, and forgetting it.
//!
//! Apps see and change the same by the programs' interface. Not here: writing down that
//! a story was read, which that interface does when it hands one over.

pub(crate) mod samples;
pub(crate) mod view;

use http::StatusCode;
use jiff::Timestamp;
use store::saved::Dated;

use crate::form::Form;
use crate::pages::{Answer, Pages, Visit};
use crate::respond;
use crate::theme::templates;
use crate::ways::{self, Named};
use view::{History, Read};

/// The templates of this room.
pub(crate) const TEMPLATES: &[(&str, &str)] = templates!["account/history.html"];

/// How many stories are shown, the latest: a long page. The others are had by the
/// programs' interface, and in the file of one's data.
const SHOWN: usize = 100;

/// The ways of this room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// The page; its forms say what is to be done.
    History,
}

const WAYS: [(&str, Way); 1] = [("account/history", Way::History)];

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
        match self {
            Self::History => pages.history_page(visit).await,
        }
    }

    pub(crate) async fn act(self, pages: &Pages, visit: &Visit<'_>, form: &Form) -> Answer {
        match self {
            Self::History => pages.change_history(visit, form).await,
        }
    }
}

impl Pages {
    async fn history_page(&self, visit: &Visit<'_>) -> Answer {
        let Some(owner) = self.owner(visit).await? else {
            return Ok(self.gone(visit));
        };
        let mut reading = self.store.read().await?;
        let since = reading.history_since(owner.id).await?;
        let mut read = reading.readings(owner.id, None, SHOWN + 1).await?;
        drop(reading);
        let is_cut = read.len() > SHOWN;
        read.truncate(SHOWN);
        let page = History {
            since: since.map(|since| self.day(since)),
            read: read
                .iter()
                .filter_map(|one| self.was_read(one, visit))
                .collect(),
            latest: is_cut.then_some(SHOWN),
        };
        self.show(visit, StatusCode::OK, &page)
    }

    /// A story that isn't there any more isn't shown.
    fn was_read(&self, read: &Dated, visit: &Visit<'_>) -> Option<Read> {
        let headline = self.gate.headline(&read.story, visit.request.now)?;
        Some(Read {
            path: headline.path,
            title: headline.title,
            language: headline.language,
            day: self.day(read.at),
        })
    }

    fn day(&self, at: Timestamp) -> String {
        self.settings.zone.to_datetime(at).date().to_string()
    }

    async fn change_history(&self, visit: &Visit<'_>, form: &Form) -> Answer {
        let mut writing = self.store.write().await?;
        let (account, _) = self.still_signed_in(visit, &mut writing).await?;
        match form.get("do") {
            "keep" => writing.want_history(account, visit.now).await?,
            "leave" => writing.leave_history(account).await?,
            "clear" => writing.clear_history(account).await?,
            // No form of ours.
            _ => {}
        }
        writing.commit().await?;
        Ok(respond::go(self.below("account/history")))
    }
}
