//! What readers have read, for those who want to have it written down: by name, each
//! story once, with the last time. Nothing is written for anybody who hasn't asked
//! for it, and who asks no more has nothing left. What meters count is elsewhere,
//! and no part of it.

use commerce::ids::AccountId;
use jiff::Timestamp;

use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::moment::{micros, timestamp};
use crate::saved::{After, Dated, LONGEST_STORY, dated};
use crate::statement::statements;

/// The most stories that are remembered of an account, the last read: three a day
/// for a year. Older ones are forgotten as newer ones come.
pub const MAX_READINGS: usize = 1_000;

statements! {
    SINCE = "SELECT since FROM histories WHERE account_id = $1";
    WANT = "INSERT INTO histories (account_id, since) VALUES ($1, $2)
        ON CONFLICT (account_id) DO NOTHING";
    LEAVE = "DELETE FROM histories WHERE account_id = $1";
    OF = "SELECT story, read_at FROM readings
        WHERE account_id = $1 AND (read_at < $2 OR (read_at = $2 AND story > $3))
        ORDER BY read_at DESC, story LIMIT $4";
    NOTE = "INSERT INTO readings (account_id, story, read_at)
        SELECT account_id, CAST($2 AS TEXT), CAST($3 AS BIGINT) FROM histories
            WHERE account_id = $1
        ON CONFLICT (account_id, story) DO UPDATE SET read_at = excluded.read_at";
    TRIM = "DELETE FROM readings WHERE account_id = $1 AND story NOT IN (
        SELECT story FROM readings WHERE account_id = $1
            ORDER BY read_at DESC, story LIMIT $2)";
    DROP = "DELETE FROM readings WHERE account_id = $1 AND story = $2";
    CLEAR = "DELETE FROM readings WHERE account_id = $1";
}

impl Reading {
    /// Since when an account wants to have written down what it reads; `None` where it
    /// doesn't.
    pub async fn history_since(
        &mut self,
        account: AccountId,
    ) -> Result<Option<Timestamp>, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as(SINCE)
            .bind(account.to_string())
            .fetch_optional(self.connection())
            .await?;
        row.map(|(since,)| timestamp(since)).transpose()
    }

    /// What an account has read, the latest first: at most `most` after a place.
    pub async fn readings(
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
            .bind(i64::try_from(most.min(MAX_READINGS)).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        dated(rows)
    }
}

impl Writing {
    /// Writes down from now on what the account reads.
    pub async fn want_history(
        &mut self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(WANT)
            .bind(account.to_string())
            .bind(micros(now));
        self.run(query).await?;
        Ok(())
    }

    /// Writes down nothing more, and forgets what was.
    pub async fn leave_history(&mut self, account: AccountId) -> Result<(), StoreError> {
        for text in [CLEAR, LEAVE] {
            self.run(sqlx::query(text).bind(account.to_string()))
                .await?;
        }
        Ok(())
    }

    /// Forgets what was written down, and goes on writing.
    pub async fn clear_history(&mut self, account: AccountId) -> Result<(), StoreError> {
        self.run(sqlx::query(CLEAR).bind(account.to_string()))
            .await?;
        Ok(())
    }

    /// Notes that the account has read a story, where it wants that; `false` where it
    /// doesn't.
    pub async fn note_reading(
        &mut self,
        account: AccountId,
        story: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        if story.len() > LONGEST_STORY {
            return Err(StoreError::TooMany {
                what: "bytes of a story's name",
                most: LONGEST_STORY,
            });
        }
        let query = sqlx::query(NOTE)
            .bind(account.to_string())
            .bind(story)
            .bind(micros(now));
        if self.run(query).await? == 0 {
            return Ok(false);
        }
        let query = sqlx::query(TRIM)
            .bind(account.to_string())
            .bind(i64::try_from(MAX_READINGS).unwrap_or(i64::MAX));
        self.run(query).await?;
        Ok(true)
    }

    /// Forgets that the account has read a story; whether that was written down.
    pub async fn drop_reading(
        &mut self,
        account: AccountId,
        story: &str,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query(DROP).bind(account.to_string()).bind(story);
        Ok(self.run(query).await? == 1)
    }
}
