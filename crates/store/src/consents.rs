//! What somebody agreed to, and the very words.
//!
//! The terms of subscriptions are accepted by facts, which hold the words'
//! digest; other consents (a newsletter, terms of use) are kept here. The words
//! themselves are kept once each under their digest.

use std::collections::HashSet;

use commerce::ids::AccountId;
use jiff::Timestamp;

use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::ids::parse;
use crate::moment::{micros, some_timestamp, timestamp};
use crate::rows::{Insert, Lookup, Value};
use crate::statement::statements;

/// What somebody agrees to who gets a newsletter.
pub const NEWSLETTER: &str = "newsletter";

/// The longest words, in bytes: terms of a hundred pages.
pub const LONGEST_WORDS: usize = 512 * 1024;

/// The most consents that are listed.
pub const MAX_LISTED: usize = 200;

statements! {
    KEEP = "INSERT INTO words (digest, body, created_at) VALUES ($1, $2, $3)
        ON CONFLICT (digest) DO NOTHING";
    WORDS = "SELECT body FROM words WHERE digest = $1";
    WITHDRAW = "UPDATE consents SET withdrawn_at = $3
        WHERE account_id = $1 AND purpose = $2 AND withdrawn_at IS NULL";
    OF_ACCOUNT = "SELECT purpose, given_at, words, channel, withdrawn_at FROM consents
        WHERE account_id = $1 ORDER BY given_at DESC, purpose LIMIT $2";
}

/// New ones.
pub(crate) const GIVE: Insert = Insert {
    name: "GIVE",
    head: "INSERT INTO consents (account_id, purpose, given_at, words, channel)",
    columns: 5,
    tail: "ON CONFLICT (account_id, purpose, given_at) DO NOTHING",
};

/// Who has spoken about a purpose.
pub(crate) const SPOKE: Lookup = Lookup {
    name: "SPOKE",
    head: "SELECT DISTINCT account_id FROM consents WHERE purpose = $1 AND account_id",
    fixed: 1,
};

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

    /// Which of some accounts have ever agreed to something, whether they have
    /// withdrawn it or not.
    pub async fn spoke_of(
        &mut self,
        purpose: &str,
        accounts: &[AccountId],
    ) -> Result<HashSet<AccountId>, StoreError> {
        let ids: Vec<String> = accounts.iter().map(ToString::to_string).collect();
        let rows: Vec<(String,)> = SPOKE.find_with(self, &[purpose], &ids).await?;
        rows.iter().map(|(id,)| parse(id)).collect()
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
        let accounts = [account];
        self.give_consents(&accounts, purpose, words, channel, now)
            .await
    }

    /// The same of many who agreed to the same.
    pub async fn give_consents(
        &mut self,
        accounts: &[AccountId],
        purpose: &str,
        words: &str,
        channel: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let row = |account: &AccountId| {
            vec![
                account.to_string().into(),
                purpose.into(),
                micros(now).into(),
                words.into(),
                channel.into(),
            ]
        };
        let rows: Vec<Vec<Value>> = accounts.iter().map(row).collect();
        GIVE.write(self, &rows).await
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
