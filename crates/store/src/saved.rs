//! Stories that readers keep for later, by their names. Whether a story is still
//! there is for whoever has the stories to know.

use commerce::ids::AccountId;
use jiff::Timestamp;

use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::moment::{micros, timestamp};
use crate::statement::statements;

/// The most stories that an account keeps: more than anybody reads later. Whoever
/// wants another has to let one go.
pub const MAX_SAVED: usize = 1_000;

/// The longest name of a story, in bytes: what a path may be.
pub const LONGEST_STORY: usize = 1_024;

statements! {
    OF = "SELECT story, saved_at FROM saved_stories
        WHERE account_id = $1 AND (saved_at < $2 OR (saved_at = $2 AND story > $3))
        ORDER BY saved_at DESC, story LIMIT $4";
    ONE = "SELECT story, saved_at FROM saved_stories WHERE account_id = $1 AND story = $2";
    COUNT = "SELECT COUNT(*) FROM saved_stories WHERE account_id = $1";
    SAVE = "INSERT INTO saved_stories (account_id, story, saved_at) VALUES ($1, $2, $3)
        ON CONFLICT (account_id, story) DO NOTHING";
    DROP = "DELETE FROM saved_stories WHERE account_id = $1 AND story = $2";
}

/// A story and a time: when it was saved, or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The story's name.
    pub story: String,
    /// When.
    pub at: Timestamp,
}

/// The place of a story in a list whose latest come first: what comes after it is
/// told next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct After<'a> {
    /// Its time.
    pub at: Timestamp,
    /// Its name.
    pub story: &'a str,
}

impl After<'_> {
    /// The beginning of the list, as columns.
    pub(crate) fn columns<'a>(after: Option<&After<'a>>) -> (i64, &'a str) {
        after.map_or((i64::MAX, ""), |after| (micros(after.at), after.story))
    }
}

/// Reads rows of a story and a time.
pub(crate) fn dated(rows: Vec<(String, i64)>) -> Result<Vec<Dated>, StoreError> {
    let one = |(story, at)| {
        let at = timestamp(at)?;
        Ok(Dated { story, at })
    };
    rows.into_iter().map(one).collect()
}

impl Reading {
    /// What an account keeps, the latest first: at most `most` after a place.
    pub async fn saved(
        &mut self,
        account: AccountId,
        after: Option<&After<'_>>,
        most: usize,
    ) -> Result<Vec<Dated>, StoreError> {
        let (at, story) = After::columns(after);
        let rows = sqlx::query_as(OF)
            .bind(account.to_string())
            .bind(at)
            .bind(story)
            .bind(i64::try_from(most.min(MAX_SAVED)).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        dated(rows)
    }

    /// Whether an account keeps a story, and since when.
    pub async fn is_saved(
        &mut self,
        account: AccountId,
        story: &str,
    ) -> Result<Option<Dated>, StoreError> {
        let rows = sqlx::query_as(ONE)
            .bind(account.to_string())
            .bind(story)
            .fetch_all(self.connection())
            .await?;
        Ok(dated(rows)?.pop())
    }
}

impl Writing {
    /// Keeps a story; keeping it again changes nothing. At most [`MAX_SAVED`].
    pub async fn save_story(
        &mut self,
        account: AccountId,
        story: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if story.len() > LONGEST_STORY {
            return Err(StoreError::TooMany {
                what: "bytes of a story's name",
                most: LONGEST_STORY,
            });
        }
        if self.is_saved(account, story).await?.is_some() {
            return Ok(());
        }
        let (count,): (i64,) = sqlx::query_as(COUNT)
            .bind(account.to_string())
            .fetch_one(self.connection())
            .await?;
        if usize::try_from(count).unwrap_or(usize::MAX) >= MAX_SAVED {
            return Err(StoreError::TooMany {
                what: "saved stories",
                most: MAX_SAVED,
            });
        }
        let query = sqlx::query(SAVE)
            .bind(account.to_string())
            .bind(story)
            .bind(micros(now));
        self.run(query).await?;
        Ok(())
    }

    /// Lets a story go; whether it was kept.
    pub async fn drop_story(
        &mut self,
        account: AccountId,
        story: &str,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query(DROP).bind(account.to_string()).bind(story);
        Ok(self.run(query).await? == 1)
    }
}
