//! Checks a database that may be nobody's to change: a backup, another version's,
//! one whose server runs. It is read, and nothing of it or beside it is written.

use std::path::Path;

use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use super::check::{Checked, Told};
use crate::connection::Reading;
use crate::error::{OpenError, StoreError};
use crate::lock::{Lock, beside};
use crate::migrations::{MIGRATIONS, is_latest};
use crate::store::CACHE;

/// A database wasn't checked.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// It can't be opened, or isn't of this version's schema.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It can't be read.
    #[error(transparent)]
    Check(#[from] StoreError),
}

/// Checks everything, and tells how many subscriptions and gifts have been
/// replayed so far.
pub async fn audit(path: &Path, told: Told<'_>) -> Result<Checked, AuditError> {
    let failed = |source: sqlx::Error| OpenError::Database {
        path: path.to_owned(),
        source: source.into(),
    };
    // Nobody puts another in its place meanwhile.
    let lock = Lock::share_if_there(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        // Where nobody has ever opened it and it has no log, it is a copy: SQLite
        // would leave a log and its index beside that.
        .immutable(lock.is_none() && !beside(path, "-wal").exists())
        .disable_statement_logging()
        .pragma("cache_size", CACHE)
        .pragma("temp_store", "memory");
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await
        .map_err(failed)?;
    let checked = async {
        let mut first = pool.acquire().await.map_err(failed)?;
        is_latest(&mut first, path, MIGRATIONS).await?;
        drop(first);
        let begun = pool.begin().await.map_err(StoreError::from)?;
        Ok(Reading::new(begun).check(told).await?)
    };
    let checked = checked.await;
    pool.close().await;
    checked
}
