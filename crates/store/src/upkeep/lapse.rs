//! What lies between a backup and the moment at which it is put back: it has
//! happened, and the database knows nothing of it.
//!
//! Nobody stays signed in, as who was locked out since would be in again. The
//! numbers of invoices go on after the last one that was given, where that can be
//! known, else far enough beyond it. And the time of the restore is noted, so
//! that providers are asked first what they have done already.

use std::collections::HashMap;
use std::path::Path;

use commerce::ids::AccountId;
use jiff::{SignedDuration, Timestamp};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection};

use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::ids::parse;
use crate::moment::{micros, timestamp};
use crate::statement::statements;
use crate::store::Store;

/// How many numbers of a series are left out where nobody knows how many were
/// given since the backup; and as many again as there are subscriptions.
pub const LEFT_OUT: i64 = 10_000;

/// How long it is looked first after a restore: what was asked for before it is
/// tried again for a month at most.
const LOOKS: SignedDuration = SignedDuration::from_hours(24 * 40);

/// The most acts that are told.
const MAX_TOLD: i64 = 1_000;

/// How many accounts are compared at once.
const PAGE: i64 = 500;

/// What the counters of invoices' numbers begin with, and those of what was left
/// out of them.
const SKIPPED: &str = "skipped/";

statements! {
    SIGN_OUT = "UPDATE sessions SET revoked_at = $1 WHERE revoked_at IS NULL";
    VOID = "UPDATE tokens SET used_at = $1 WHERE used_at IS NULL";
    RESTORED = "SELECT value FROM counters WHERE name = 'restored'";
    NUMBERS = "SELECT name, value FROM counters WHERE name LIKE 'invoice/%' OR name = 'act'";
    SET = "INSERT INTO counters (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    ADD = "INSERT INTO counters (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = counters.value + excluded.value";
    COUNT = "SELECT COUNT(*) FROM subscriptions";
    SINCE = "SELECT applied_at FROM migrations WHERE version = 1";
    ACTS = "SELECT at, actor, what, account_id, owner FROM acts WHERE number > $1
        AND what IN ('erase', 'merge', 'revoke') ORDER BY number LIMIT $2";
    WAYS_IN = "SELECT id, password, mail_key FROM accounts
        WHERE id > $1 AND status = 'open' ORDER BY id LIMIT $2";
    WAYS_IN_TO = "SELECT id, password, mail_key FROM accounts WHERE id > $1 AND id <= $2";
}

/// What was done after the backup and is undone by putting it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Undone {
    /// Somebody's act.
    Act {
        /// When, by the business clock.
        at: Timestamp,
        /// Who.
        actor: String,
        /// `erase`, `merge` or `revoke`.
        what: String,
        /// The account or the subscription that it was about.
        about: String,
    },
    /// An account has its old password again.
    Password(AccountId),
    /// An account has its old address again, to which whoever reads mail there now
    /// may have a link sent that signs in.
    Address(AccountId),
}

/// What a database knew that another is put in the place of.
#[derive(Debug, Default)]
pub(super) struct Known {
    numbers: HashMap<String, i64>,
    pub(super) undone: Vec<Undone>,
}

impl Reading {
    /// Whether the database was put back from a backup not long ago, so that a
    /// provider may have done what is only asked for now.
    pub async fn was_restored(&mut self, system: Timestamp) -> Result<bool, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as(RESTORED)
            .fetch_optional(self.connection())
            .await?;
        let at = row.map(|(at,)| timestamp(at)).transpose()?;
        Ok(at.is_some_and(|at| system.duration_since(at) < LOOKS))
    }

    /// How many numbers were left out of a series.
    pub(super) async fn left_out(&mut self, series: &str) -> Result<i64, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as(super::check::COUNTER)
            .bind(format!("{SKIPPED}invoice/{series}"))
            .fetch_optional(self.connection())
            .await?;
        Ok(row.map_or(0, |(count,)| count))
    }
}

/// Has the database that is put back go on after what it knows nothing of.
pub(super) async fn go_on(
    store: &Store,
    known: Option<&Known>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut writing = store.write().await?;
    for text in [SIGN_OUT, VOID] {
        writing.run(sqlx::query(text).bind(micros(now))).await?;
    }
    let numbers: Vec<(String, i64)> = sqlx::query_as(NUMBERS)
        .fetch_all(writing.connection())
        .await?;
    let (count,): (i64,) = sqlx::query_as(COUNT)
        .fetch_one(writing.connection())
        .await?;
    match known {
        Some(known) => {
            let held: HashMap<String, i64> = numbers.into_iter().collect();
            for (name, last) in &known.numbers {
                let held = held.get(name).copied().unwrap_or_default();
                writing.leave_out(name, held, last - held).await?;
            }
        }
        None => {
            for (name, held) in numbers {
                writing.leave_out(&name, held, LEFT_OUT + count).await?;
            }
        }
    }
    let mark = sqlx::query(SET).bind("restored").bind(micros(now));
    writing.run(mark).await?;
    writing.commit().await?;
    Ok(())
}

impl Writing {
    async fn leave_out(&mut self, name: &str, held: i64, count: i64) -> Result<(), StoreError> {
        if count <= 0 {
            return Ok(());
        }
        self.run(sqlx::query(SET).bind(name).bind(held + count))
            .await?;
        let skipped = format!("{SKIPPED}{name}");
        self.run(sqlx::query(ADD).bind(skipped).bind(count)).await?;
        Ok(())
    }
}

/// What the database knows that is about to be replaced; `None` where it can't
/// be read, or is another one than the backup is of.
pub(super) async fn known(database: &Path, store: &Store) -> Option<Known> {
    if !database.exists() {
        return None;
    }
    let options = SqliteConnectOptions::new()
        .filename(database)
        .read_only(true);
    let mut other = options.connect().await.ok()?;
    let known = compare(&mut other, store).await;
    // Only read; it may as well be dropped.
    let _ = other.close().await;
    known.ok().flatten()
}

async fn compare(other: &mut SqliteConnection, store: &Store) -> Result<Option<Known>, StoreError> {
    let mut reading = store.read().await?;
    let theirs: Option<(i64,)> = sqlx::query_as(SINCE).fetch_optional(&mut *other).await?;
    let ours: Option<(i64,)> = sqlx::query_as(SINCE)
        .fetch_optional(reading.connection())
        .await?;
    if theirs.is_none() || theirs != ours {
        return Ok(None);
    }
    let held: Vec<(String, i64)> = sqlx::query_as(NUMBERS)
        .fetch_all(reading.connection())
        .await?;
    let held: HashMap<String, i64> = held.into_iter().collect();
    let numbers: Vec<(String, i64)> = sqlx::query_as(NUMBERS).fetch_all(&mut *other).await?;
    let numbers: HashMap<String, i64> = numbers.into_iter().collect();
    // It was put back itself, further than this backup: it doesn't know all.
    if held
        .iter()
        .any(|(name, held)| numbers.get(name) < Some(held))
    {
        return Ok(None);
    }
    let mut undone = acts(other, held.get("act").copied().unwrap_or_default()).await?;
    undone.extend(ways_in(other, &mut reading).await?);
    Ok(Some(Known { numbers, undone }))
}

type ActRow = (i64, String, String, Option<String>, Option<String>);

async fn acts(other: &mut SqliteConnection, after: i64) -> Result<Vec<Undone>, StoreError> {
    let rows: Vec<ActRow> = sqlx::query_as(ACTS)
        .bind(after)
        .bind(MAX_TOLD)
        .fetch_all(other)
        .await?;
    let act = |(at, actor, what, account, owner): ActRow| {
        Ok(Undone::Act {
            at: timestamp(at)?,
            actor,
            what,
            about: owner.or(account).unwrap_or_default(),
        })
    };
    rows.into_iter().map(act).collect()
}

/// An account, its password and its address.
type WayIn = (String, Option<String>, Option<String>);

/// Whose password or address is another now than in the backup.
async fn ways_in(
    other: &mut SqliteConnection,
    backup: &mut Reading,
) -> Result<Vec<Undone>, StoreError> {
    let (mut after, mut undone) = (String::new(), Vec::new());
    loop {
        let rows: Vec<WayIn> = sqlx::query_as(WAYS_IN)
            .bind(&after)
            .bind(PAGE)
            .fetch_all(&mut *other)
            .await?;
        let Some((last, ..)) = rows.last() else {
            return Ok(undone);
        };
        let old: Vec<WayIn> = sqlx::query_as(WAYS_IN_TO)
            .bind(&after)
            .bind(last)
            .fetch_all(backup.connection())
            .await?;
        let old = old
            .into_iter()
            .map(|(id, password, mail)| (id, (password, mail)));
        let old: HashMap<String, (Option<String>, Option<String>)> = old.collect();
        after.clone_from(last);
        for (id, password, mail) in &rows {
            let Some((old_password, old_mail)) = old.get(id) else {
                continue;
            };
            let account = parse(id)?;
            undone.extend((old_password != password).then_some(Undone::Password(account)));
            undone.extend((old_mail != mail).then_some(Undone::Address(account)));
        }
    }
}
