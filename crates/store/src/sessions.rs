//! Sessions: which devices are signed in to an account. Only the hash of what a
//! device's cookie holds is kept.
//!
//! Times are the system clock's: a test clock that leaps a year signs nobody
//! out. Every change gets a number of the gate's [feed](crate::gate), so that a
//! session that is revoked is none at the next request.

use access::SessionId;
use commerce::ids::AccountId;
use jiff::Timestamp;

use crate::accounts::open;
use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::ids::{self, parse, parse_session};
use crate::moment::{micros, micros_up, timestamp};
use crate::statement::statements;

/// The most sessions of an account, whatever the publication allows: all of
/// them are listed on one page.
pub const MAX_SESSIONS: usize = 100;

/// The longest label of a device, in characters.
const LONGEST_LABEL: usize = 120;

/// The most that are forgotten in one transaction.
const MAX_FORGOTTEN: i64 = 10_000;

statements! {
    ADD = "INSERT INTO sessions
        (id, account_id, label, created_at, seen_at, expires_at, feed)
        SELECT CAST($1 AS TEXT), id, CAST($3 AS TEXT), CAST($4 AS BIGINT), CAST($4 AS BIGINT),
            CAST($5 AS BIGINT), CAST($6 AS BIGINT)
        FROM accounts WHERE id = $2 AND status = 'open'";
    OF_ACCOUNT = "SELECT id, label, created_at, seen_at, expires_at FROM sessions
        WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > $2
        ORDER BY seen_at DESC, id LIMIT $3";
    BY_ID = "SELECT account_id FROM sessions
        WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2";
    REVOKE = "UPDATE sessions SET revoked_at = $2, feed = $3
        WHERE id = $1 AND account_id = $4 AND revoked_at IS NULL";
    SEE = "UPDATE sessions SET seen_at = $2 WHERE id = $1 AND seen_at < $2";
    FORGET = "DELETE FROM sessions WHERE id IN (
        SELECT id FROM sessions WHERE expires_at < $1 LIMIT $2)";
}

/// A device that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id: a hash of what its cookie holds.
    pub id: SessionId,
    /// What it said it is: "Firefox on Linux".
    pub label: String,
    /// Since when.
    pub created: Timestamp,
    /// When it was last seen, to the accuracy that [`Writing::see_sessions`] is
    /// called with: an hour, and a few seconds more.
    pub seen: Timestamp,
    /// When it is signed out by itself.
    pub expires: Timestamp,
}

/// A session to be.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// Its id: the hash of the secret that was drawn for its cookie.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// What the device said it is; cut at 120 characters.
    pub label: String,
    /// When it ends by itself.
    pub expires: Timestamp,
}

impl Reading {
    /// The devices that are signed in, the last seen first.
    pub async fn sessions(
        &mut self,
        account: AccountId,
        now: Timestamp,
    ) -> Result<Vec<Session>, StoreError> {
        let rows: Vec<(String, String, i64, i64, i64)> = sqlx::query_as(OF_ACCOUNT)
            .bind(account.to_string())
            .bind(micros(now))
            .bind(i64::try_from(MAX_SESSIONS).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let session = |(id, label, created, seen, expires): (String, _, _, _, _)| {
            Ok(Session {
                id: parse_session(&id)?,
                label,
                created: timestamp(created)?,
                seen: timestamp(seen)?,
                expires: timestamp(expires)?,
            })
        };
        rows.into_iter().map(session).collect()
    }

    /// Whose a session is. The gate knows this from its feed; this is for
    /// whoever doesn't follow it.
    pub async fn session_of(
        &mut self,
        session: SessionId,
        now: Timestamp,
    ) -> Result<Option<AccountId>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(BY_ID)
            .bind(ids::session(session))
            .bind(micros(now))
            .fetch_optional(self.connection())
            .await?;
        row.map(|(account,)| parse(&account)).transpose()
    }
}

impl Writing {
    /// Signs a device in to an open account. Where that then has more than `most` (at least
    /// one, at most [`MAX_SESSIONS`]), those that weren't seen for longest are
    /// signed out; says which.
    pub async fn add_session(
        &mut self,
        new: &NewSession,
        most: usize,
        now: Timestamp,
    ) -> Result<Vec<SessionId>, StoreError> {
        let most = most.clamp(1, MAX_SESSIONS);
        let there = self.sessions(new.account, now).await?;
        let over: Vec<SessionId> = there
            .iter()
            .skip(most - 1)
            .map(|session| session.id)
            .collect();
        let part = self.begins();
        for session in &over {
            self.revoke_session(new.account, *session, now).await?;
        }
        let feed = self.draw_feed(1).await?;
        let label: String = new.label.chars().take(LONGEST_LABEL).collect();
        let query = sqlx::query(ADD)
            .bind(ids::session(new.id))
            .bind(new.account.to_string())
            .bind(label)
            .bind(micros(now))
            .bind(micros_up(new.expires))
            .bind(feed);
        let rows = self.run(query).await?;
        open(rows == 1, new.account)?;
        self.ends(part);
        Ok(over)
    }

    /// Signs one of an account's devices out; `false` where it isn't signed in.
    pub async fn revoke_session(
        &mut self,
        account: AccountId,
        session: SessionId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let part = self.begins();
        let feed = self.draw_feed(1).await?;
        let query = sqlx::query(REVOKE)
            .bind(ids::session(session))
            .bind(micros(now))
            .bind(feed)
            .bind(account.to_string());
        let rows = self.run(query).await?;
        self.ends(part);
        Ok(rows == 1)
    }

    /// Signs all of an account's devices out but one, if any; says how many. For
    /// a new password, or a device that was lost.
    pub async fn revoke_sessions(
        &mut self,
        account: AccountId,
        but: Option<SessionId>,
        now: Timestamp,
    ) -> Result<usize, StoreError> {
        let there = self.sessions(account, now).await?;
        let part = self.begins();
        let mut count = 0;
        for session in there.iter().filter(|session| Some(session.id) != but) {
            count += usize::from(self.revoke_session(account, session.id, now).await?);
        }
        self.ends(part);
        Ok(count)
    }

    /// Notes when devices were last seen: collected in memory and written now
    /// and then, so that reading a story writes nothing. At most 1,000.
    pub async fn see_sessions(
        &mut self,
        seen: &[(SessionId, Timestamp)],
    ) -> Result<(), StoreError> {
        for (session, at) in seen.iter().take(1_000) {
            let query = sqlx::query(SEE)
                .bind(ids::session(*session))
                .bind(micros(*at));
            self.run(query).await?;
        }
        Ok(())
    }

    /// Forgets some of the sessions that ended by themselves before `before`;
    /// says how many. Those that were revoked are kept until then: the gate may
    /// not have heard of it yet.
    pub async fn forget_sessions(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        let query = sqlx::query(FORGET).bind(micros(before)).bind(MAX_FORGOTTEN);
        self.run(query).await
    }
}
