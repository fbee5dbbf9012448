//! The open database: one connection that writes, several that read.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Sqlite, SqliteConnection, SqlitePool};
use tokio::sync::{Semaphore, watch};

use crate::connection::{Reading, Writing};
use crate::error::{OpenError, StoreError};
use crate::file::create_private;
use crate::lock::Lock;
use crate::migrations::{MIGRATIONS, Migration, migrate};

/// How many may wait to write: at a millisecond a commit the last of them waits
/// a second. Who comes then is told to come again.
const MAX_WAITING: usize = 1024;

/// How long anybody waits for a connection before they are told to come again.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long another process may go on writing: a command that grants access
/// takes milliseconds, one that imports commits every few hundred rows.
const BUSY: Duration = Duration::from_secs(5);

/// After how many pages (of 4 KiB) of the write-ahead log they are copied into
/// the database: 64 MiB, so that a nightly run copies a page that it changed
/// often only once. SQLite's own thousand would have it wait for the disk all
/// the time.
const CHECKPOINT_PAGES: &str = "16384";

/// How much of the write-ahead log is kept as a file when it is empty.
const LOG_BYTES: &str = "67108864";

/// What a connection keeps in memory: 32 MiB each, the inner pages of every
/// index of a million subscriptions.
pub(crate) const CACHE: &str = "-32768";

/// How much the writer's thread leaves to others: by the kernel's table of weights
/// it has a quarter of a processor that a page wants as well. Thousands of
/// renewals are written at a time, and who reads isn't to wait for them; a
/// purchase, which is little to write, hardly notices.
const NICE: i32 = 5;

/// How many connections read, unless something else is said. What goes on by itself
/// (four mails beside each other, what is due, the bank's answers, the gate's news)
/// may have six of them at a time, and a page that looks something up isn't to wait
/// for one: with four, that is what the slowest pages of a night waited for.
const READERS: u32 = 12;

/// How many statements a connection keeps prepared: more than there are.
const STATEMENTS: usize = 320;

/// How the database is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The file.
    pub path: PathBuf,
    /// How many connections read: each has a thread of its own. 1 to 64.
    pub readers: u32,
}

impl Options {
    /// The usual: twelve that read.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            readers: READERS,
        }
    }
}

/// The open database. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    places: Arc<Semaphore>,
    feeds: watch::Sender<i64>,
    path: Arc<Path>,
    _lock: Arc<Lock>,
}

impl Store {
    /// Opens the database, makes it where there is none, and brings its schema
    /// up to date. `now` is what the migrations are dated.
    pub async fn open(options: &Options, now: Timestamp) -> Result<Self, OpenError> {
        Self::open_knowing(options, MIGRATIONS, now).await
    }

    pub(crate) async fn open_knowing(
        options: &Options,
        migrations: &'static [Migration],
        now: Timestamp,
    ) -> Result<Self, OpenError> {
        let path = &options.path;
        let failed = |source: sqlx::Error| OpenError::Database {
            path: path.clone(),
            source: source.into(),
        };
        let lock = Lock::share(path)?;
        private(path)?;
        let writer = pool(1)
            .after_connect(|connection, _| Box::pin(yield_to_readers(connection)))
            .connect_with(connection(path))
            .await
            .map_err(failed)?;
        let mut first = writer.acquire().await.map_err(failed)?;
        migrate(&mut first, path, migrations, now).await?;
        drop(first);
        let reading = connection(path).read_only(true);
        let readers = pool(options.readers.clamp(1, 64));
        let readers = readers.connect_with(reading).await.map_err(failed)?;
        Ok(Self {
            writer,
            readers,
            places: Arc::new(Semaphore::new(MAX_WAITING)),
            feeds: watch::Sender::new(0),
            path: Arc::from(path.as_path()),
            _lock: Arc::new(lock),
        })
    }

    /// Begins to read. The database stays as it is for the reader.
    pub async fn read(&self) -> Result<Reading, StoreError> {
        Ok(Reading::new(self.readers.begin().await?))
    }

    /// Begins to write, as soon as nobody else does.
    pub async fn write(&self) -> Result<Writing, StoreError> {
        let place = Arc::clone(&self.places).try_acquire_owned();
        let place = place.map_err(|_| StoreError::Busy)?;
        let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Writing::new(transaction, self.feeds.clone(), place))
    }

    /// A connection that reads, for what can't be done in a transaction.
    pub(crate) async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.readers.acquire().await?)
    }

    /// Wakes whoever follows the gate's [feed](crate::gate) whenever something
    /// was committed to it by this process. What other processes commit is
    /// found by looking.
    pub fn feeds(&self) -> watch::Receiver<i64> {
        self.feeds.subscribe()
    }

    /// Where the database is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes it. What wasn't committed is undone; what was, is in one file.
    pub async fn close(self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// Sees to it that a new database is for its owner only.
fn private(path: &Path) -> Result<(), OpenError> {
    match create_private(path) {
        Err(source) if source.kind() != std::io::ErrorKind::AlreadyExists => Err(OpenError::File {
            path: path.to_owned(),
            source,
        }),
        _ => Ok(()),
    }
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        // A connection to a file doesn't go away.
        .test_before_acquire(false)
        .idle_timeout(None)
        .max_lifetime(None)
}

/// Has the thread of a connection yield to others from its first commit on: what
/// SQLite calls then is all of ours that runs in it.
async fn yield_to_readers(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    let mut yields = false;
    let mut handle = connection.lock_handle().await?;
    handle.set_commit_hook(move || {
        if !yields {
            // Where it can't, it takes its share like everything else.
            let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE);
            yields = true;
        }
        true
    });
    Ok(())
}

fn connection(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A commit that was acknowledged survives the loss of power.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        // Whoever is called logs; a statement by itself says nothing.
        .disable_statement_logging()
        .statement_cache_capacity(STATEMENTS)
        .pragma("wal_autocheckpoint", CHECKPOINT_PAGES)
        .pragma("journal_size_limit", LOG_BYTES)
        .pragma("cache_size", CACHE)
        .pragma("temp_store", "memory")
        // What was erased is overwritten where it lay, on pages that are free
        // now too, which "FAST" leaves as they are.
        .pragma("secure_delete", "ON")
}
