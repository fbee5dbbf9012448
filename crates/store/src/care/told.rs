//! What somebody was to be told by mail: to tell it once more.

use commerce::gift::GiftFact;
use commerce::ids::AccountId;
use commerce::subscription::Fact;
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::connection::Reading;
use crate::contract::{Owner, read};
use crate::error::StoreError;
use crate::moment::timestamp;
use crate::outbox::{is_told, is_told_of_gift};
use crate::statement::statements;

/// How many facts are looked through: years of one subscription's.
const MOST: i64 = 1_000;

statements! {
    FACTS = "SELECT owner, seq, name, at, body FROM facts
        WHERE owner IN (
            SELECT id FROM subscriptions WHERE account_id = $1
            UNION ALL SELECT id FROM gifts WHERE account_id = $1)
        ORDER BY at DESC, owner, seq DESC LIMIT $2";
}

/// Something that the owner of an account is told of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldFact {
    /// What happened to which subscription or gift.
    pub owner: Owner,
    /// Which of its facts, from 1.
    pub seq: u64,
    /// What it is called.
    pub name: String,
    /// When it happened, by the business clock.
    pub at: Timestamp,
}

impl Reading {
    /// What the owner of an account was to be told of, the latest first.
    pub async fn told(&mut self, account: AccountId) -> Result<Vec<ToldFact>, StoreError> {
        let rows: Vec<(String, i64, String, i64, String)> = sqlx::query_as(FACTS)
            .bind(account.to_string())
            .bind(MOST)
            .fetch_all(self.connection())
            .await?;
        let mut told = Vec::new();
        for (owner, seq, name, at, body) in rows {
            let place = format!("{owner}/{seq}");
            let owner: Owner = owner.parse()?;
            let is_news = match owner {
                Owner::Subscription(_) => is_told(&fact::<Fact>(&place, &body)?),
                Owner::Gift(_) => is_told_of_gift(&fact::<GiftFact>(&place, &body)?),
            };
            if is_news {
                told.push(ToldFact {
                    owner,
                    seq: seq.unsigned_abs(),
                    name,
                    at: timestamp(at)?,
                });
            }
        }
        Ok(told)
    }
}

fn fact<T: DeserializeOwned>(place: &str, body: &str) -> Result<T, StoreError> {
    read(place, body)
}
