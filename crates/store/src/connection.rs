//! Transactions: the only way to read or write anything.
//!
//! A [`Reading`] sees the database as it was when it began, however long it
//! lasts; any number may go on beside a [`Writing`], of which there is one at a
//! time. What a `Writing` has done counts when it is committed; dropped, it is
//! undone. One in which something failed half way can't be committed.

use std::ops::{Deref, DerefMut};

use sqlx::query::{Query, QueryAs};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{FromRow, Sqlite, SqliteConnection, Transaction};
use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::error::StoreError;

/// A transaction that reads.
pub struct Reading {
    transaction: Transaction<'static, Sqlite>,
}

/// A transaction that writes, and reads what it wrote.
pub struct Writing {
    reading: Reading,
    /// The last number of the feed that was given out in it.
    feed: Option<i64>,
    feeds: watch::Sender<i64>,
    work: Work,
    _place: OwnedSemaphorePermit,
}

/// What was committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Committed {
    /// The last number of the gate's [feed](crate::gate) that came of it;
    /// `None` where the gate needs to know nothing. Whoever has followed the
    /// feed so far acts on what was committed.
    pub feed: Option<i64>,
}

/// Whether everything that was begun has come to its end.
#[derive(PartialEq)]
enum Work {
    Whole,
    HalfDone,
}

/// Something that was begun in a transaction; and how that stood before.
#[must_use]
pub(crate) struct Part(Work);

impl Reading {
    pub(crate) fn new(transaction: Transaction<'static, Sqlite>) -> Self {
        Self { transaction }
    }

    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }
}

impl Writing {
    pub(crate) fn new(
        transaction: Transaction<'static, Sqlite>,
        feeds: watch::Sender<i64>,
        place: OwnedSemaphorePermit,
    ) -> Self {
        Self {
            reading: Reading::new(transaction),
            feed: None,
            feeds,
            work: Work::Whole,
            _place: place,
        }
    }

    /// Begins what takes more than one statement. Until it
    /// [ends](Self::ends), only half of it is there: if it never does, because
    /// of an error or because nobody waits for it any more, the transaction
    /// can't be committed.
    pub(crate) fn begins(&mut self) -> Part {
        Part(std::mem::replace(&mut self.work, Work::HalfDone))
    }

    /// What was begun is all there.
    pub(crate) fn ends(&mut self, part: Part) {
        self.work = part.0;
    }

    /// Runs a statement, and says how many rows it has changed.
    pub(crate) async fn run(
        &mut self,
        query: Query<'_, Sqlite, SqliteArguments>,
    ) -> Result<u64, StoreError> {
        let part = self.begins();
        let done = query.execute(self.connection()).await?;
        self.ends(part);
        Ok(done.rows_affected())
    }

    /// Runs a statement that returns what it has changed.
    pub(crate) async fn run_returning<T>(
        &mut self,
        query: QueryAs<'_, Sqlite, T, SqliteArguments>,
    ) -> Result<Vec<T>, StoreError>
    where
        T: for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
    {
        let part = self.begins();
        let rows = query.fetch_all(self.connection()).await?;
        self.ends(part);
        Ok(rows)
    }

    /// Draws so many numbers of the gate's feed and returns the first.
    pub(crate) async fn draw_feed(&mut self, count: usize) -> Result<i64, StoreError> {
        let first = self.draw("feed", count).await?;
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        self.feed = Some(first + count - 1);
        Ok(first)
    }

    /// Makes everything that was done in it count, on disk.
    ///
    /// It goes on in a task of its own: whoever asked may go away meanwhile, as a
    /// browser does, and what was committed then is told to the gate all the
    /// same.
    pub async fn commit(self) -> Result<Committed, StoreError> {
        if self.work == Work::HalfDone {
            return Err(StoreError::HalfDone);
        }
        let committing = tokio::spawn(async move {
            self.reading.transaction.commit().await?;
            if let Some(last) = self.feed {
                self.feeds.send_if_modified(|known| {
                    let is_news = last > *known;
                    *known = last.max(*known);
                    is_news
                });
            }
            Ok(Committed { feed: self.feed })
        });
        let done = committing.await;
        // The runtime is being shut down; nobody knows whether it counts.
        done.unwrap_or(Err(StoreError::Database(sqlx::Error::WorkerCrashed)))
    }
}

impl Deref for Writing {
    type Target = Reading;

    fn deref(&self) -> &Reading {
        &self.reading
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut Reading {
        &mut self.reading
    }
}
