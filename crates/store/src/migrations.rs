//! The schema, and how an older one becomes today's.
//!
//! Migrations are numbered files, each applied in a transaction of its own,
//! which also says that it was. They are never changed once they were released:
//! the database keeps the digest of what was applied.

use std::path::Path;

use jiff::Timestamp;
use sqlx::{Connection, SqliteConnection};

use crate::error::{OpenError, StoreError};
use crate::moment::micros;
use crate::statement::statements;

/// A step from one schema to the next.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its number; they count from 1.
    pub version: i64,
    /// Its name.
    pub name: &'static str,
    /// What it does: statements that SQLite and PostgreSQL understand.
    pub text: &'static str,
}

/// All of them, in order.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        version: 1,
        name: "0001_begin",
        text: include_str!("../schema/0001_begin.sql"),
    },
    Migration {
        version: 2,
        name: "0002_customer_of_method",
        text: include_str!("../schema/0002_customer_of_method.sql"),
    },
    Migration {
        version: 3,
        name: "0003_caps_of_gifts",
        text: include_str!("../schema/0003_caps_of_gifts.sql"),
    },
    Migration {
        version: 4,
        name: "0004_many_due_at_once",
        text: include_str!("../schema/0004_many_due_at_once.sql"),
    },
    Migration {
        version: 5,
        name: "0005_uses_of_offers",
        text: include_str!("../schema/0005_uses_of_offers.sql"),
    },
    Migration {
        version: 6,
        name: "0006_no_index_of_offers",
        text: include_str!("../schema/0006_no_index_of_offers.sql"),
    },
    Migration {
        version: 7,
        name: "0007_former_addresses",
        text: include_str!("../schema/0007_former_addresses.sql"),
    },
    Migration {
        version: 8,
        name: "0008_domains_of_seats",
        text: include_str!("../schema/0008_domains_of_seats.sql"),
    },
    Migration {
        version: 9,
        name: "0009_apps_and_saved_stories",
        text: include_str!("../schema/0009_apps_and_saved_stories.sql"),
    },
    Migration {
        version: 10,
        name: "0010_feed_addresses",
        text: include_str!("../schema/0010_feed_addresses.sql"),
    },
    Migration {
        version: 11,
        name: "0011_delivery",
        text: include_str!("../schema/0011_delivery.sql"),
    },
    Migration {
        version: 12,
        name: "0012_delivery_days",
        text: include_str!("../schema/0012_delivery_days.sql"),
    },
];

statements! {
    CREATE = "CREATE TABLE IF NOT EXISTS migrations (
        version BIGINT PRIMARY KEY NOT NULL,
        name TEXT NOT NULL,
        digest TEXT NOT NULL,
        applied_at BIGINT NOT NULL
    )";
    APPLIED = "SELECT version, name, digest FROM migrations ORDER BY version";
    NOTE = "INSERT INTO migrations (version, name, digest, applied_at) VALUES ($1, $2, $3, $4)";
}

/// Brings the database to the latest of `known`, or says why it can't be.
pub(crate) async fn migrate(
    connection: &mut SqliteConnection,
    path: &Path,
    known: &'static [Migration],
    now: Timestamp,
) -> Result<(), OpenError> {
    let failed = |source: StoreError| OpenError::Database {
        path: path.to_owned(),
        source,
    };
    sqlx::query(CREATE)
        .execute(&mut *connection)
        .await
        .map_err(|error| failed(error.into()))?;
    let applied = applied(connection).await.map_err(failed)?;
    for migration in missing(path, known, &applied)? {
        apply(connection, migration, now).await.map_err(failed)?;
    }
    Ok(())
}

/// Whether the database is at the latest of `known`; nothing is changed.
pub(crate) async fn is_latest(
    connection: &mut SqliteConnection,
    path: &Path,
    known: &'static [Migration],
) -> Result<(), OpenError> {
    let applied = applied(connection).await;
    let applied = applied.map_err(|source| OpenError::Database {
        path: path.to_owned(),
        source,
    })?;
    if missing(path, known, &applied)?.is_empty() {
        return Ok(());
    }
    Err(OpenError::Older {
        path: path.to_owned(),
        found: applied.last().map_or(0, |(version, ..)| *version),
        known: latest(known),
    })
}

fn latest(known: &[Migration]) -> i64 {
    known.last().map_or(0, |migration| migration.version)
}

/// What was applied: numbers, names and digests, in order.
type Applied = Vec<(i64, String, String)>;

/// Those of `known` that weren't applied, or why those that were aren't these.
fn missing(
    path: &Path,
    known: &'static [Migration],
    applied: &Applied,
) -> Result<Vec<&'static Migration>, OpenError> {
    let latest = latest(known);
    let found = applied.iter().map(|(version, ..)| *version).max();
    if let Some(found) = found.filter(|found| *found > latest) {
        return Err(OpenError::Newer {
            path: path.to_owned(),
            found,
            known: latest,
        });
    }
    let mut missing = Vec::new();
    for migration in known {
        match applied
            .iter()
            .find(|(version, ..)| *version == migration.version)
        {
            Some((_, _, digest)) if *digest == digest_of(migration) => {}
            Some((_, name, _)) => {
                return Err(OpenError::Altered {
                    path: path.to_owned(),
                    name: name.clone(),
                });
            }
            None => missing.push(migration),
        }
    }
    Ok(missing)
}

fn digest_of(migration: &Migration) -> String {
    blake3::hash(migration.text.as_bytes()).to_hex().to_string()
}

async fn applied(connection: &mut SqliteConnection) -> Result<Applied, StoreError> {
    Ok(sqlx::query_as(APPLIED).fetch_all(connection).await?)
}

async fn apply(
    connection: &mut SqliteConnection,
    migration: &Migration,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    // Another process may have been faster.
    let applied = applied(&mut transaction).await?;
    if applied
        .iter()
        .any(|(version, ..)| *version == migration.version)
    {
        return Ok(());
    }
    sqlx::raw_sql(migration.text)
        .execute(&mut *transaction)
        .await?;
    sqlx::query(NOTE)
        .bind(migration.version)
        .bind(migration.name)
        .bind(digest_of(migration))
        .bind(micros(now))
        .execute(&mut *transaction)
        .await?;
    Ok(transaction.commit().await?)
}
