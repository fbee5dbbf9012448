//! What somebody agreed to, and the very words.
//!
//! The terms of subscriptions are accepted by facts, which hold the words'
//! digest; other consents (a newsletter, terms of use) are kept here. The words
//! themselves are kept once each under their digest.

use commerce::ids::AccountId;
use jiff::Timestamp;

use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::moment::{micros, some_timestamp, timestamp};
use crate::statement::statements;

/// The longest words, in bytes: terms of a hundred pages.
pub const LONGEST_WORDS: usize = 512 * 1024;

/// The most consents that are listed.
pub const MAX_LISTED: usize = 200;

statements! {
    KEEP = "INSERT INTO words (digest, body, created_at) VALUES ($1, $2, $3)
        ON CONFLICT (digest) DO NOTHING";
    WORDS = "SELECT body FROM words WHERE digest = $1";
    GIVE = "INSERT INTO consents (account_id, purpose, given_at, words, channel)
        VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (account_id, purpose, given_at) DO NOTHING";
    WITHDRAW = "UPDATE consents SET withdrawn_at = $3
        WHERE account_id = $1 AND purpose = $2 AND withdrawn_at IS NULL";
    OF_ACCOUNT = "SELECT purpose, given_at, words, channel, withdrawn_at FROM consents
        WHERE account_id = $1 ORDER BY given_at DESC, purpose LIMIT $2";
}

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// To what: `newsletter`, `terms_of_use`.
    pub purpose: String,
    /// When it was given.
    pub given: Timestamp,
    /// The digest of the words.
    pub words: String,
    /// By which way: `web`, `care`, `import`.
    pub channel: String,
    /// Since when it no longer holds.
    pub withdrawn: Option<Timestamp>,
}

impl Reading {
    /// The words of a digest.
    pub async fn words(&mut self, digest: &str) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(WORDS)
            .bind(digest)
            .fetch_optional(self.connection())
            .await?;
        Ok(row.map(|(body,)| body))
    }

    /// What an account agreed to, the latest first; at most [`MAX_LISTED`].
    pub async fn consents(&mut self, account: AccountId) -> Result<Vec<Consent>, StoreError> {
        let rows: Vec<(String, i64, String, String, Option<i64>)> = sqlx::query_as(OF_ACCOUNT)
            .bind(account.to_string())
            .bind(i64::try_from(MAX_LISTED).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let consent = |(purpose, given, words, channel, withdrawn)| {
            Ok(Consent {
                purpose,
                given: timestamp(given)?,
                words,
                channel,
                withdrawn: some_timestamp(withdrawn)?,
            })
        };
        rows.into_iter().map(consent).collect()
    }
}

impl Writing {
    /// Keeps words and returns their digest: what an acceptance holds.
    pub async fn keep_words(&mut self, words: &str, now: Timestamp) -> Result<String, StoreError> {
        if words.len() > LONGEST_WORDS {
            return Err(StoreError::TooMany {
                what: "bytes of words that are agreed to",
                most: LONGEST_WORDS,
            });
        }
        let digest = blake3::hash(words.as_bytes()).to_hex().to_string();
        let query = sqlx::query(KEEP)
            .bind(&digest)
            .bind(words)
            .bind(micros(now));
        self.run(query).await?;
        Ok(digest)
    }

    /// Notes a consent to words that were [kept](Self::keep_words).
    pub async fn give_consent(
        &mut self,
        account: AccountId,
        purpose: &str,
        words: &str,
        channel: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(GIVE)
            .bind(account.to_string())
            .bind(purpose)
            .bind(micros(now))
            .bind(words)
            .bind(channel);
        self.run(query).await?;
        Ok(())
    }

    /// Notes that a consent no longer holds; `false` where none did.
    pub async fn withdraw_consent(
        &mut self,
        account: AccountId,
        purpose: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query(WITHDRAW)
            .bind(account.to_string())
            .bind(purpose)
            .bind(micros(now));
        let rows = self.run(query).await?;
        Ok(rows > 0)
    }
}
