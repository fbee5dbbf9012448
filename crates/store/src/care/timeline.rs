//! What happened to somebody, the latest first: facts with what they hold, and
//! acts with who did them and why.

use commerce::ids::AccountId;
use jiff::Timestamp;
use serde_json::Value;

use crate::acts::ActNumber;
use crate::connection::Reading;
use crate::contract::{Owner, read};
use crate::error::StoreError;
use crate::ids::parse_some;
use crate::moment::{micros, timestamp};
use crate::statement::statements;

/// The most entries at once; the next page goes on after the last one.
pub const MAX_ENTRIES: usize = 200;

statements! {
    FACTS = "SELECT at, owner, seq, name, act, body FROM facts
        WHERE owner IN (
            SELECT id FROM subscriptions WHERE account_id = $1
            UNION ALL SELECT subscription_id FROM seats WHERE account_id = $1
            UNION ALL SELECT id FROM gifts WHERE account_id = $1)
        AND (at < $2 OR (at = $2 AND (owner > $3 OR (owner = $3 AND seq < $4))))
        ORDER BY at DESC, owner, seq DESC LIMIT $5";
    ACTS = "SELECT at, number, actor, what, why, owner FROM acts
        WHERE (account_id = $1 OR owner IN (
            SELECT id FROM subscriptions WHERE account_id = $1
            UNION ALL SELECT id FROM gifts WHERE account_id = $1)
        OR number IN (SELECT act FROM facts WHERE owner IN (
            SELECT id FROM subscriptions WHERE account_id = $1
            UNION ALL SELECT id FROM gifts WHERE account_id = $1)))
        AND (at < $2 OR (at = $2 AND number < $3))
        ORDER BY at DESC, number DESC LIMIT $4";
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// When, by the business clock.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A fact.
    Fact {
        /// To which subscription or gift.
        owner: Owner,
        /// Which of its facts, from 1.
        seq: u64,
        /// What it is called.
        name: String,
        /// The act that caused it.
        act: Option<ActNumber>,
        /// What it holds.
        body: Value,
    },
    /// Somebody did something.
    Act {
        /// Its number, which facts name.
        number: ActNumber,
        /// Who.
        actor: String,
        /// What.
        what: String,
        /// Why.
        why: String,
        /// To which subscription or gift.
        owner: Option<Owner>,
    },
}

/// Where a page begins. At one time facts come first, by their owners and
/// backwards, and then acts backwards.
struct Place {
    at: i64,
    owner: String,
    seq: i64,
    act: i64,
}

impl Place {
    /// Before a time, and not at it.
    fn before(at: Timestamp) -> Self {
        Self {
            at: micros(at),
            owner: LAST_OWNER.to_owned(),
            seq: 0,
            act: i64::MIN,
        }
    }

    fn after(entry: &Entry) -> Self {
        let place = Self::before(entry.at);
        match &entry.what {
            What::Fact { owner, seq, .. } => Self {
                owner: owner.to_string(),
                seq: i64::try_from(*seq).unwrap_or(i64::MAX),
                act: i64::MAX,
                ..place
            },
            What::Act { number, .. } => Self {
                act: number.get(),
                ..place
            },
        }
    }
}

/// Behind every owner in the order of bytes.
const LAST_OWNER: &str = "\u{10ffff}";

impl Reading {
    /// What happened to an account before a time, the latest first, with what was
    /// done to many at once, where something happened to it by that; at most
    /// [`MAX_ENTRIES`].
    pub async fn timeline(
        &mut self,
        account: AccountId,
        before: Timestamp,
    ) -> Result<Vec<Entry>, StoreError> {
        self.page(account, &Place::before(before)).await
    }

    /// The next page, after the last entry of the one before. Many things happen
    /// at one time, and a page may end among them.
    pub async fn timeline_after(
        &mut self,
        account: AccountId,
        last: &Entry,
    ) -> Result<Vec<Entry>, StoreError> {
        self.page(account, &Place::after(last)).await
    }

    async fn page(&mut self, account: AccountId, place: &Place) -> Result<Vec<Entry>, StoreError> {
        let most = i64::try_from(MAX_ENTRIES).unwrap_or(i64::MAX);
        let facts: Vec<(i64, String, i64, String, Option<i64>, String)> = sqlx::query_as(FACTS)
            .bind(account.to_string())
            .bind(place.at)
            .bind(&place.owner)
            .bind(place.seq)
            .bind(most)
            .fetch_all(self.connection())
            .await?;
        let mut entries = Vec::with_capacity(facts.len());
        for (at, owner, seq, name, act, body) in facts {
            let what = What::Fact {
                body: read(&format!("{owner}/{seq}"), &body)?,
                owner: owner.parse()?,
                seq: seq.unsigned_abs(),
                name,
                act: act.map(ActNumber::new),
            };
            entries.push(Entry {
                at: timestamp(at)?,
                what,
            });
        }
        entries.extend(self.acts(account, place, most).await?);
        // What was written first of one time comes last; the sort is stable.
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
        entries.truncate(MAX_ENTRIES);
        Ok(entries)
    }

    async fn acts(
        &mut self,
        account: AccountId,
        place: &Place,
        most: i64,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows: Vec<(i64, i64, String, String, String, Option<String>)> = sqlx::query_as(ACTS)
            .bind(account.to_string())
            .bind(place.at)
            .bind(place.act)
            .bind(most)
            .fetch_all(self.connection())
            .await?;
        let entry = |(at, number, actor, what, why, owner): (_, _, _, _, _, Option<String>)| {
            Ok(Entry {
                at: timestamp(at)?,
                what: What::Act {
                    number: ActNumber::new(number),
                    actor,
                    what,
                    why,
                    owner: parse_some(owner.as_deref())?,
                },
            })
        };
        rows.into_iter().map(entry).collect()
    }
}
