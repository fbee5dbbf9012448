//! The gate as the readers' own pages see it.

use std::sync::Arc;
use std::time::Duration;

use access::{AccountKey, StoryId};
use commerce::ids::AccountId;
use gateway::Gate;
use http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use tokio::sync::watch;
use web::{Counted, Doing, NewSession, Sender};

use super::counts;

/// How long somebody waits for the gate to hear of something: it takes
/// milliseconds, and who waited in vain signs in all the same.
const PATIENCE: Duration = Duration::from_secs(5);

/// The gate, and how far it has followed the store.
pub(super) struct Joint {
    /// The gate has the pages, and they have this: all three last as long as the
    /// process.
    gate: Arc<Gate>,
    heard: watch::Receiver<i64>,
}

impl Joint {
    pub(super) fn new(gate: Arc<Gate>, heard: watch::Receiver<i64>) -> Self {
        Self { gate, heard }
    }
}

impl web::Gate for Joint {
    /// By the system clock, that the gate reads itself: the time that a request
    /// comes with is the business clock's.
    fn sender(&self, headers: &HeaderMap, _: Timestamp) -> Sender {
        match self.gate.sender(headers) {
            gateway::Sender::SignedIn { session, account } => Sender::SignedIn { session, account },
            gateway::Sender::Anonymous => Sender::Anonymous,
            gateway::Sender::Unknown => Sender::Unknown,
        }
    }

    fn new_session(&self, until: Timestamp, now: Timestamp) -> Option<NewSession> {
        let gateway::NewSession { id, cookie } = self.gate.new_session(until, now)?;
        Some(NewSession { id, cookie })
    }

    fn forget_session(&self, now: Timestamp) -> Option<HeaderValue> {
        self.gate.forget_session(now)
    }

    fn take_over<'a>(
        &'a self,
        headers: &'a HeaderMap,
        account: AccountKey,
    ) -> Doing<'a, Result<bool, String>> {
        Box::pin(async move {
            let taken = self.gate.take_over(headers, account).await;
            taken.map_err(|error| error.to_string())
        })
    }

    fn story<'a>(&'a self, place: &'a str) -> Doing<'a, Option<StoryId>> {
        Box::pin(self.gate.story_at(place))
    }

    fn counted(&self, account: AccountKey) -> Doing<'_, Result<Counted, String>> {
        let meter = self.gate.meter().clone();
        Box::pin(async move {
            let account = AccountId::new(account.0);
            let counted = tokio::task::spawn_blocking(move || counts::of(&meter, account));
            let counted = counted.await.map_err(|error| error.to_string())?;
            let [read, given] = counted.map_err(|error| format!("{error:#}"))?;
            Ok(Counted { read, given })
        })
    }

    fn has_heard(&self, feed: i64) -> Doing<'_, bool> {
        Box::pin(has_heard(self.heard.clone(), feed))
    }
}

impl api::Feed for Joint {
    fn has_heard(&self, feed: i64) -> api::Doing<'_, bool> {
        Box::pin(has_heard(self.heard.clone(), feed))
    }
}

/// Waits until the gate has followed the feed so far; `false` where that takes
/// too long.
pub(super) async fn has_heard(mut heard: watch::Receiver<i64>, feed: i64) -> bool {
    let news = heard.wait_for(|number| *number >= feed);
    matches!(tokio::time::timeout(PATIENCE, news).await, Ok(Ok(_)))
}
