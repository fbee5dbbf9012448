//! The addresses under which accounts read feeds with whole stories: at most one
//! of each account, which is like a password. Only the hash of its secret is kept,
//! and of its use only the last day.
//!
//! Times are the system clock's.

use commerce::ids::AccountId;
use jiff::Timestamp;

use crate::accounts::open;
use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::ids::{TokenHash, parse};
use crate::moment::{micros, some_timestamp, timestamp};
use crate::statement::statements;

/// A day in microseconds.
const DAY: i64 = 24 * 60 * 60 * 1_000_000;

statements! {
    OF_ACCOUNT = "SELECT hash, created_at, used_at, spread_at, revoked_at FROM feed_addresses
        WHERE account_id = $1";
    BY_HASH = "SELECT f.account_id, f.used_at, f.spread_at FROM feed_addresses f
        JOIN accounts a ON a.id = f.account_id
        WHERE f.hash = $1 AND a.status = 'open'";
    MAKE = "INSERT INTO feed_addresses (account_id, hash, created_at)
        SELECT id, CAST($2 AS TEXT), CAST($3 AS BIGINT) FROM accounts
        WHERE id = $1 AND status = 'open'
        ON CONFLICT (account_id) DO UPDATE SET hash = excluded.hash,
            created_at = excluded.created_at, used_at = NULL, spread_at = NULL,
            revoked_at = NULL";
    REVOKE = "UPDATE feed_addresses SET hash = NULL, revoked_at = $2
        WHERE account_id = $1 AND hash IS NOT NULL";
    USED = "UPDATE feed_addresses SET used_at = $2
        WHERE hash = $1 AND (used_at IS NULL OR used_at < $2)";
    SPREAD = "UPDATE feed_addresses SET spread_at = $2
        WHERE hash = $1 AND (spread_at IS NULL OR spread_at < $2)";
}

/// What is known of an account's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedAddress {
    /// Since when there has been this one.
    pub created: Timestamp,
    /// The day on which it was last used: its beginning in UTC.
    pub used: Option<Timestamp>,
    /// The last day on which it was used from very many networks: its beginning
    /// in UTC.
    pub spread: Option<Timestamp>,
    /// Since when it leads nowhere; `None` while it is good.
    pub revoked: Option<Timestamp>,
}

/// Whose an address is, and what is noted of its use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedReader {
    /// Whose.
    pub account: AccountId,
    /// Whether it was used on this day already.
    pub is_used_today: bool,
    /// Whether it is noted of this day that it was used from very many networks.
    pub is_spread_today: bool,
}

/// The beginning of the day in UTC.
fn day(now: Timestamp) -> i64 {
    let now = micros(now);
    now - now.rem_euclid(DAY)
}

impl Reading {
    /// The address of an account, also one that was given up; `None` where there
    /// never was one.
    pub async fn feed_address(
        &mut self,
        account: AccountId,
    ) -> Result<Option<FeedAddress>, StoreError> {
        type Row = (Option<String>, i64, Option<i64>, Option<i64>, Option<i64>);
        let row: Option<Row> = sqlx::query_as(OF_ACCOUNT)
            .bind(account.to_string())
            .fetch_optional(self.connection())
            .await?;
        let address = |(hash, created, used, spread, revoked): Row| {
            let created = timestamp(created)?;
            let revoked = some_timestamp(revoked)?;
            Ok(FeedAddress {
                created,
                used: some_timestamp(used)?,
                spread: some_timestamp(spread)?,
                revoked: revoked.or(hash.is_none().then_some(created)),
            })
        };
        row.map(address).transpose()
    }

    /// Whose an address is that is good, of an account that is open.
    pub async fn feed_reader(
        &mut self,
        hash: TokenHash,
        now: Timestamp,
    ) -> Result<Option<FeedReader>, StoreError> {
        let row: Option<(String, Option<i64>, Option<i64>)> = sqlx::query_as(BY_HASH)
            .bind(hash.to_string())
            .fetch_optional(self.connection())
            .await?;
        let today = |noted: Option<i64>| noted.is_some_and(|noted| noted >= day(now));
        let reader = |(account, used, spread): (String, _, _)| {
            Ok(FeedReader {
                account: parse(&account)?,
                is_used_today: today(used),
                is_spread_today: today(spread),
            })
        };
        row.map(reader).transpose()
    }
}

impl Writing {
    /// Gives an open account an address, in the place of the one that it has: that
    /// is good for nothing from then on.
    pub async fn make_feed_address(
        &mut self,
        account: AccountId,
        hash: TokenHash,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let query = sqlx::query(MAKE)
            .bind(account.to_string())
            .bind(hash.to_string())
            .bind(micros(now));
        let rows = self.run(query).await?;
        open(rows == 1, account)
    }

    /// Makes an account's address good for nothing; `false` where it has none.
    pub async fn revoke_feed_address(
        &mut self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let query = sqlx::query(REVOKE)
            .bind(account.to_string())
            .bind(micros(now));
        Ok(self.run(query).await? == 1)
    }

    /// Notes the day on which an address was used, and whether from very many
    /// networks. One that was given up meanwhile stays as it was.
    pub async fn use_feed_address(
        &mut self,
        hash: TokenHash,
        is_spread: bool,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let part = self.begins();
        for text in [Some(USED), is_spread.then_some(SPREAD)]
            .into_iter()
            .flatten()
        {
            let query = sqlx::query(text).bind(hash.to_string()).bind(day(now));
            self.run(query).await?;
        }
        self.ends(part);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_utc_also_before_1970() {
        let check = |now: &str, begins: &str| {
            let at: Timestamp = now.parse().expect("a time");
            let expected: Timestamp = begins.parse().expect("a time");
            assert_eq!(timestamp(day(at)).ok(), Some(expected), "{now}");
        };
        check("2026-11-12T00:00:00Z", "2026-11-12T00:00:00Z");
        check("2026-11-12T23:59:59.999999Z", "2026-11-12T00:00:00Z");
        check("1969-12-31T23:00:00Z", "1969-12-31T00:00:00Z");
    }
}
