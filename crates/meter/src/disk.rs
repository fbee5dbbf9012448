//! The database on disk: the only module that knows which one it is.
//!
//! Every call blocks and belongs on the writer's thread or a blocking one. The
//! database's own traps are dealt with here: it doesn't fsync unless told to, it
//! waits without end for its workers when they fall behind, it refuses all
//! writes after one has failed, and on some kinds of damage it panics.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use fjall::{Database, Keyspace, KeyspaceCreateOptions, OwnedWriteBatch, PersistMode, Readable};

/// What is written before it goes to a table on disk. A restart replays no more
/// than a few of these.
const MEMTABLE: u64 = 16 << 20;

/// All journals together; the least the database accepts.
const JOURNALS: u64 = 64 << 20;

/// One thread for flushing, one for compaction.
const WORKERS: usize = 2;

/// Tables written and not yet flushed at which the writer holds back. At four
/// the database itself would wait, without looking whether its workers live.
const BACKLOG: usize = 3;

/// Runs of the first level at which the writer holds back; the database waits
/// without end at 30.
const RUNS: usize = 24;

/// Whether the disk or its contents are to blame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Blame {
    /// Reading or writing was refused.
    Disk,
    /// Contents are not what was written.
    Contents,
}

/// The database failed.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) blame: Blame,
    pub(crate) what: String,
}

impl Fault {
    pub(crate) fn contents(what: impl Into<String>) -> Self {
        Self {
            blame: Blame::Contents,
            what: what.into(),
        }
    }

    pub(crate) fn disk(what: impl Into<String>) -> Self {
        Self {
            blame: Blame::Disk,
            what: what.into(),
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        // Every file that is looked for was there.
        if error.kind() == io::ErrorKind::NotFound {
            Self::contents("a file is missing")
        } else {
            Self::disk(error.to_string())
        }
    }
}

impl From<crate::codec::Garbled> for Fault {
    fn from(_: crate::codec::Garbled) -> Self {
        Self::contents("a stored value fails its check")
    }
}

impl From<fjall::Error> for Fault {
    fn from(error: fjall::Error) -> Self {
        match error {
            fjall::Error::Io(error) | fjall::Error::Storage(fjall::LsmError::Io(error)) => {
                error.into()
            }
            fjall::Error::Locked => Self::disk("its files are still held"),
            fjall::Error::Poisoned => Self::disk("an earlier write failed"),
            other => Self::contents(other.to_string()),
        }
    }
}

/// Calls into the database, which may panic where it trusts its files.
fn guarded<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(Fault::contents("the database gave up on its files")))
}

/// Changes that are written together or not at all.
pub(crate) struct Batch {
    inner: OwnedWriteBatch,
    space: Keyspace,
}

impl Batch {
    pub(crate) fn put(&mut self, key: &[u8], value: &[u8]) {
        self.inner.insert(&self.space, key, value);
    }

    pub(crate) fn remove(&mut self, key: &[u8]) {
        self.inner.remove(&self.space, key);
    }

    pub(crate) fn len(&self) -> usize {
        self.inner.len()
    }

    /// Writes everything and returns once it is on disk.
    pub(crate) fn commit(self) -> Result<(), Fault> {
        guarded(|| Ok(self.inner.commit()?))
    }
}

/// What takes the pairs of a new database, in ascending order of their keys.
pub(crate) type Sink<'a> = dyn FnMut(&[u8], &[u8]) -> Result<(), Fault> + 'a;

/// What gives them.
pub(crate) type Source<'a> = dyn FnMut(&mut Sink<'_>) -> Result<(), Fault> + 'a;

/// An open database.
pub(crate) struct Disk {
    db: Option<Database>,
    space: Option<Keyspace>,
}

/// What there is at one moment, whatever is written meanwhile.
pub(crate) struct View<'a> {
    snapshot: fjall::Snapshot,
    space: &'a Keyspace,
}

impl Disk {
    /// Opens the database in `dir`, making it if there is none.
    pub(crate) fn open(dir: &Path, cache: u64) -> Result<Self, Fault> {
        crate::manifest::check(dir)?;
        guarded(|| {
            let db = Database::builder(dir)
                .cache_size(cache)
                .max_journaling_size(JOURNALS)
                .worker_threads(WORKERS)
                .manual_journal_persist(true)
                .open()?;
            let space = db.keyspace("meter", || {
                KeyspaceCreateOptions::default()
                    .max_memtable_size(MEMTABLE)
                    .manual_journal_persist(true)
            })?;
            Ok(Self {
                db: Some(db),
                space: Some(space),
            })
        })
    }

    fn parts(&self) -> Result<(&Database, &Keyspace), Fault> {
        match (&self.db, &self.space) {
            (Some(db), Some(space)) => Ok((db, space)),
            _ => Err(Fault::disk("it is closed")),
        }
    }

    /// The value of `key`, copied by `read`.
    pub(crate) fn get<T>(
        &self,
        key: &[u8],
        read: impl FnOnce(&[u8]) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        guarded(|| {
            let (_, space) = self.parts()?;
            space.get(key)?.map(|value| read(&value)).transpose()
        })
    }

    pub(crate) fn batch(&self, capacity: usize) -> Result<Batch, Fault> {
        let (db, space) = self.parts()?;
        let inner = OwnedWriteBatch::with_capacity(db.clone(), capacity)
            .durability(Some(PersistMode::SyncData));
        Ok(Batch {
            inner,
            space: space.clone(),
        })
    }

    /// Whether the workers are too far behind to be given more.
    pub(crate) fn is_behind(&self) -> Result<bool, Fault> {
        guarded(|| {
            let (db, space) = self.parts()?;
            // Says whether a worker has failed; writes nothing.
            db.persist(PersistMode::Buffer)?;
            Ok(space.sealed_memtable_count() >= BACKLOG || space.l0_table_count() >= RUNS)
        })
    }

    pub(crate) fn view(&self) -> Result<View<'_>, Fault> {
        let (db, space) = self.parts()?;
        Ok(View {
            snapshot: db.snapshot(),
            space,
        })
    }

    /// Fills an empty database. What is written is on disk when this returns.
    pub(crate) fn fill(&self, source: &mut Source<'_>) -> Result<(), Fault> {
        guarded(|| {
            let (_, space) = self.parts()?;
            let mut ingestion = space.start_ingestion()?;
            source(&mut |key, value| Ok(ingestion.write(key, value)?))?;
            Ok(ingestion.finish()?)
        })
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let parts = (self.db.take(), self.space.take());
        // Closing after a failure can panic on what the failure left behind.
        let _ = guarded(|| {
            drop(parts);
            Ok(())
        });
    }
}

impl View<'_> {
    /// Calls `each` with the pairs whose keys begin with `prefix`, in order,
    /// from after the key `after`, until it says `false`.
    pub(crate) fn scan(
        &self,
        prefix: &[u8],
        after: Option<&[u8]>,
        mut each: impl FnMut(&[u8], &[u8]) -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        guarded(|| {
            let start = match after {
                Some(key) => std::ops::Bound::Excluded(key.to_vec()),
                None => std::ops::Bound::Included(prefix.to_vec()),
            };
            let range = (start, std::ops::Bound::Unbounded);
            for pair in self.snapshot.range(self.space, range) {
                let (key, value) = pair.into_inner()?;
                if !key.starts_with(prefix) || !each(&key, &value)? {
                    break;
                }
            }
            Ok(())
        })
    }
}
