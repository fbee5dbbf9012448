//! What readers keep: stories for later, and what they have read, where they want that.

use commerce::ids::AccountId;
use http::header;
use store::saved::{After, Dated};

use crate::AfterStory;
use crate::api::{Answer, Api, Call, json, nothing};
use crate::newspaper::{open, paged};
use crate::problem::{Kind, Problem};
use crate::wire;

impl Api {
    pub(crate) async fn saved(&self, call: &Call<'_>) -> Answer {
        let (account, limit) = (call.account()?, call.asked.limit());
        let after = call.asked.cursor().map(AfterStory::read).transpose()?;
        let after = after.as_ref().map(place);
        let mut reading = self.own()?.store.read().await?;
        let saved = reading.saved(account, after.as_ref(), limit + 1).await?;
        drop(reading);
        let (saved, next) = paged(saved, limit, written);
        let saved = saved.into_iter().map(|one| self.dated(call, one));
        json(&wire::SavedStories {
            saved: saved.collect(),
            next,
        })
    }

    pub(crate) async fn is_saved(&self, call: &Call<'_>) -> Answer {
        let account = call.account()?;
        let mut reading = self.own()?.store.read().await?;
        let found = reading.is_saved(account, call.id).await?;
        drop(reading);
        match found {
            Some(found) => json(&self.dated(call, found)),
            None => Err(Problem::new(Kind::Missing, "That story isn’t saved.")),
        }
    }

    pub(crate) async fn save(&self, call: &Call<'_>) -> Answer {
        let account = call.account()?;
        self.there_is(call)?;
        let mut writing = self.own()?.store.write().await?;
        writing.save_story(account, call.id, call.system).await?;
        let found = writing.is_saved(account, call.id).await?;
        writing.commit().await?;
        match found {
            Some(found) => json(&self.dated(call, found)),
            None => Err(Problem::new(Kind::Broken, "The server's log says what.")),
        }
    }

    pub(crate) async fn unsave(&self, call: &Call<'_>) -> Answer {
        let account = call.account()?;
        let mut writing = self.own()?.store.write().await?;
        writing.drop_story(account, call.id).await?;
        writing.commit().await?;
        nothing()
    }

    pub(crate) async fn history(&self, call: &Call<'_>) -> Answer {
        let (account, limit) = (call.account()?, call.asked.limit());
        let after = call.asked.cursor().map(AfterStory::read).transpose()?;
        let after = after.as_ref().map(place);
        let mut reading = self.own()?.store.read().await?;
        let since = reading.history_since(account).await?;
        let read = reading.readings(account, after.as_ref(), limit + 1).await?;
        drop(reading);
        let (read, next) = paged(read, limit, written);
        let read = read.into_iter().map(|one| self.dated(call, one));
        json(&wire::History {
            since: since.map(|since| since.to_string()),
            read: read.collect(),
            next,
        })
    }

    pub(crate) async fn want_history(&self, call: &Call<'_>) -> Answer {
        let account = call.account()?;
        let wire::HistoryWish { keep } = sent(call)?;
        let mut writing = self.own()?.store.write().await?;
        if keep {
            writing.want_history(account, call.system).await?;
        } else {
            writing.leave_history(account).await?;
        }
        let since = writing.history_since(account).await?;
        writing.commit().await?;
        json(&wire::HistoryWritten {
            since: since.map(|since| since.to_string()),
        })
    }

    pub(crate) async fn clear_history(&self, call: &Call<'_>) -> Answer {
        let account = call.account()?;
        let mut writing = self.own()?.store.write().await?;
        writing.clear_history(account).await?;
        writing.commit().await?;
        nothing()
    }

    pub(crate) async fn note(&self, call: &Call<'_>) -> Answer {
        let account = call.account()?;
        self.there_is(call)?;
        let mut writing = self.own()?.store.write().await?;
        writing.note_reading(account, call.id, call.system).await?;
        writing.commit().await?;
        nothing()
    }

    pub(crate) async fn forget(&self, call: &Call<'_>) -> Answer {
        let account: AccountId = call.account()?;
        let mut writing = self.own()?.store.write().await?;
        writing.drop_reading(account, call.id).await?;
        writing.commit().await?;
        nothing()
    }

    /// Whether there is such a story.
    fn there_is(&self, call: &Call<'_>) -> Result<(), Problem> {
        let found = self.lists()?.story(call.id, call.now());
        let missing = || Problem::new(Kind::Missing, "There is no such story.");
        found.map(drop).ok_or_else(missing)
    }

    /// A story that is kept. What everybody may know of it and no more: it isn't read
    /// here.
    fn dated(&self, call: &Call<'_>, dated: Dated) -> wire::Saved {
        let lists = self.newsroom.lists();
        let found = lists.and_then(|lists| lists.story(&dated.story, call.now()));
        wire::Saved {
            at: dated.at.to_string(),
            story: found.map(|found| open(found.story)),
            id: dated.story,
        }
    }
}

fn place(after: &AfterStory) -> After<'_> {
    After {
        at: after.at,
        story: &after.id,
    }
}

fn written(dated: &Dated) -> String {
    AfterStory::written(dated.at, &dated.story)
}

/// What was sent, as JSON.
fn sent<T: serde::de::DeserializeOwned>(call: &Call<'_>) -> Result<T, Problem> {
    let headers = &call.enquiry.headers;
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        let detail = "Send it as application/json.";
        return Err(Problem::new(Kind::Body, detail));
    }
    serde_json::from_slice(&call.enquiry.body)
        .map_err(|error| Problem::new(Kind::Body, error.to_string()))
}
