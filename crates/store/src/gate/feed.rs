//! The feed: what changed for the gate since it last looked.

use std::future::poll_fn;

use access::{Seq, SessionId};
use commerce::ids::{AccountId, SubscriptionId};
use jiff::Timestamp;

use super::Grants;
use crate::connection::Reading;
use crate::contract::read;
use crate::error::StoreError;
use crate::ids::{parse, parse_session};
use crate::moment::timestamp;
use crate::statement::statements;

/// The most changes that are read at once: a few megabytes.
pub const MAX_CHANGES: usize = 10_000;

/// After how many others get a turn, where all there is is read: a few
/// milliseconds.
const A_TURN: usize = 1_000;

statements! {
    SESSIONS = "SELECT feed, id, account_id, expires_at, revoked_at FROM sessions
        WHERE feed > $1 ORDER BY feed LIMIT $2";
    SUBSCRIPTIONS = "SELECT feed, id, grants FROM subscriptions
        WHERE feed > $1 ORDER BY feed LIMIT $2";
    ALL = "SELECT id, grants, CAST(NULL AS TEXT), CAST(NULL AS BIGINT) FROM subscriptions
            WHERE grants IS NOT NULL
        UNION ALL SELECT id, CAST(NULL AS TEXT), account_id, expires_at FROM sessions
            WHERE revoked_at IS NULL";
    LAST = "SELECT value FROM counters WHERE name = 'feed'";
}

/// A change that the gate has to know of. The same change may come twice, a
/// later one stands for all before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A session began.
    SessionBegan {
        /// Which.
        session: SessionId,
        /// Whose it is.
        account: AccountId,
        /// When it ends by itself, by the system clock.
        expires: Timestamp,
    },
    /// A session ended before its time.
    SessionEnded {
        /// Which.
        session: SessionId,
    },
    /// A subscription gives something else than it did; `None` where it is
    /// nothing to the gate any more.
    Subscription {
        /// Which.
        id: SubscriptionId,
        /// What it gives now.
        grants: Option<Grants>,
    },
}

/// Changes in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The changes, each with its number.
    pub changes: Vec<(Seq, Change)>,
    /// The number to go on from: of the last of them, or the last that was given
    /// out where there are no more. A number may have come to nothing, and who
    /// waits for it has waited long enough.
    pub last: i64,
    /// Whether there may be more.
    pub is_more: bool,
}

impl Reading {
    /// All that is so now, in no order, for whoever begins to follow; what has ended
    /// isn't told. Returns the number to go on from.
    ///
    /// The tables are read from one end to the other, once: the feed's order is
    /// another than that in which they lie on the disk, which is slow to read by
    /// it where none of it is in memory.
    pub async fn feed_all(
        &mut self,
        mut tell: impl FnMut(Change) + Send,
    ) -> Result<i64, StoreError> {
        let end = self.feed_end().await?;
        let mut count = 0_usize;
        let mut rows = sqlx::query_as::<_, Row>(ALL).fetch(self.connection());
        while let Some(row) = poll_fn(|context| rows.as_mut().poll_next(context)).await {
            tell(so(row?)?);
            count += 1;
            if count.is_multiple_of(A_TURN) {
                tokio::task::yield_now().await;
            }
        }
        Ok(end)
    }

    /// The changes after a number, 0 for all there is; at most
    /// [`MAX_CHANGES`].
    pub async fn feed_after(&mut self, number: i64) -> Result<Changes, StoreError> {
        let mut found = self.feed_sessions(number).await?;
        found.extend(self.feed_subscriptions(number).await?);
        found.sort_by_key(|(number, _)| *number);
        let is_more = found.len() >= MAX_CHANGES;
        // Beyond the limit one of the lists may have ended early.
        found.truncate(MAX_CHANGES);
        let last = match found.last() {
            Some((last, _)) if is_more => *last,
            _ => self.feed_end().await?.max(number),
        };
        Ok(Changes {
            last,
            changes: found.into_iter().map(numbered).collect(),
            is_more,
        })
    }

    /// The last number that was given out: where the feed ends now.
    pub async fn feed_end(&mut self) -> Result<i64, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as(LAST)
            .fetch_optional(self.connection())
            .await?;
        Ok(row.map_or(0, |(last,)| last))
    }

    async fn feed_sessions(&mut self, after: i64) -> Result<Vec<(i64, Change)>, StoreError> {
        let rows: Vec<(i64, String, String, i64, Option<i64>)> = sqlx::query_as(SESSIONS)
            .bind(after)
            .bind(i64::try_from(MAX_CHANGES).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let change =
            |(number, session, account, expires, revoked): (_, String, String, _, Option<_>)| {
                let change = match revoked {
                    Some(_) => Change::SessionEnded {
                        session: parse_session(&session)?,
                    },
                    None => began(&session, &account, expires)?,
                };
                Ok((number, change))
            };
        rows.into_iter().map(change).collect()
    }

    async fn feed_subscriptions(&mut self, after: i64) -> Result<Vec<(i64, Change)>, StoreError> {
        let rows: Vec<(i64, String, Option<String>)> = sqlx::query_as(SUBSCRIPTIONS)
            .bind(after)
            .bind(i64::try_from(MAX_CHANGES).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let change = |(number, id, grants): (_, String, Option<String>)| {
            let grants = grants.map(|grants| read(&id, &grants)).transpose()?;
            let id = parse(&id)?;
            Ok((number, Change::Subscription { id, grants }))
        };
        rows.into_iter().map(change).collect()
    }
}

fn began(session: &str, account: &str, expires: i64) -> Result<Change, StoreError> {
    Ok(Change::SessionBegan {
        session: parse_session(session)?,
        account: parse(account)?,
        expires: timestamp(expires)?,
    })
}

/// A row of [`ALL`]: a subscription and its grants, or a session, whose it is and when
/// it ends.
type Row = (String, Option<String>, Option<String>, Option<i64>);

/// What a row says.
fn so((id, grants, account, expires): Row) -> Result<Change, StoreError> {
    if let (Some(account), Some(expires)) = (account, expires) {
        return began(&id, &account, expires);
    }
    let grants = grants.map(|grants| read(&id, &grants)).transpose()?;
    let id = parse(&id)?;
    Ok(Change::Subscription { id, grants })
}

fn numbered((number, change): (i64, Change)) -> (Seq, Change) {
    (Seq(number.unsigned_abs()), change)
}
