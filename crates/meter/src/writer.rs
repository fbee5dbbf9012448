//! The one thread that writes.
//!
//! It collects what has changed, writes it in batches that are each on disk
//! before anything in them counts as written, and announces the round. When the
//! disk refuses, everything is dirty again and nothing is lost: the thread says
//! why, waits, tries whether there is room, and reopens the database, which takes
//! no more writes after a failure. It never reads a clock; its patience is
//! measured in waits.

use std::fs::File;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use access::ReaderId;

use crate::budget::NetworkKey;
use crate::codec;
use crate::config::{Config, Durability};
use crate::disk::{Batch, Disk, Fault};
use crate::mark::Mark;
use crate::names::Taken;
use crate::record;
use crate::shard::Round;
use crate::shared::Shared;
use crate::signal::{Forget, Woken};

/// Records in one batch, unless one shard alone has more: about 2 MB of journal,
/// of which a crash leaves at most one unfinished.
const BATCH: usize = 16 << 10;

/// What is written to find out whether the disk has room again: enough for a
/// few batches.
const PROBE: usize = 4 << 20;

/// How often, and how long each time, the writer waits for the database's own
/// workers before it takes them for dead: half a minute.
const PATIENCE: u32 = 3_000;
const BREATH: Duration = Duration::from_millis(10);

/// How long a closed database is left alone before it is opened again. Its
/// threads have ended by then, and with them the last write to its files.
const GRACE: Duration = Duration::from_millis(50);

pub(crate) struct Writer {
    shared: Arc<Shared>,
    /// Held for as long as the files may be touched.
    _lock: File,
    mark: Mark,
    /// Number of the last batch on disk.
    batch: u64,
    /// The round to be written next.
    round: Round,
    /// Set while the disk refuses: how long to wait before the next attempt.
    delay: Option<Duration>,
}

/// What is in a batch, to be settled when it is written or refused.
#[derive(Default)]
struct InFlight {
    readers: Vec<(usize, Vec<ReaderId>)>,
    names: Taken,
    budgets: Vec<NetworkKey>,
}

impl Drop for Writer {
    /// However the thread ends, nobody goes on waiting for it.
    fn drop(&mut self) {
        // The mark is only ever behind what is on disk.
        let _ = self.mark.sync();
        *self.shared.disk.write() = None;
        self.shared.bell.shut();
        self.shared.board.update(|news| news.closed = true);
    }
}

impl Writer {
    pub(crate) fn new(shared: Arc<Shared>, lock: File, mark: Mark, batch: u64) -> Self {
        Self {
            shared,
            _lock: lock,
            mark,
            batch,
            round: 1,
            delay: None,
        }
    }

    /// Writes until told to stop, and once more then.
    pub(crate) fn run(mut self) {
        loop {
            let woken = self.wait();
            let stop = woken.stop;
            self.turn(woken.jobs);
            if stop {
                break;
            }
        }
    }

    fn wait(&self) -> Woken {
        let bell = &self.shared.bell;
        match (self.delay, self.shared.config.durability) {
            (Some(delay), _) => bell.pause(delay),
            (None, Durability::Window(window)) => bell.wait(window),
            // Whoever waits rings at once; what nobody waits for isn't urgent.
            (None, Durability::Sync) => bell.wait(Duration::from_millis(100)),
        }
    }

    /// One attempt to write everything.
    fn turn(&mut self, jobs: Vec<Forget>) {
        self.shared.board.begin(self.round);
        let result = self
            .recover()
            .and_then(|()| self.forget(jobs))
            .and_then(|()| self.write());
        match result {
            Ok(()) => {
                if self.delay.take().is_some() {
                    tracing::info!(dir = %self.shared.config.dir.display(), "the meter counts again");
                }
                let round = self.round;
                self.round += 1;
                self.shared.board.update(|news| {
                    news.durable = round;
                    news.failing = None;
                });
            }
            Err(fault) => self.fail(&fault),
        }
    }

    fn fail(&mut self, fault: &Fault) {
        self.round += 1;
        let delay = match self.delay {
            None => self.shared.config.retry,
            Some(delay) => (delay * 2).min(Config::LONGEST_RETRY),
        };
        self.delay = Some(delay);
        self.shared
            .counters
            .failures
            .fetch_add(1, Ordering::Relaxed);
        tracing::error!(
            dir = %self.shared.config.dir.display(),
            retry_in = ?delay,
            "the meter can't write: {}", fault.what
        );
        self.shared
            .board
            .update(|news| news.failing = Some(fault.what.as_str().into()));
    }

    /// Writes what has changed in all shards.
    fn write(&mut self) -> Result<(), Fault> {
        let shared = Arc::clone(&self.shared);
        let started = shared.config.clock.as_ref().map(|clock| clock());
        let before = self.batch;
        let disk = self.disk()?;
        let mut batch = disk.batch(BATCH)?;
        let mut flight = InFlight::default();
        let mut value = Vec::new();
        for (at, shard) in shared.table.shards().iter().enumerate() {
            let readers = shard.lock().collect(self.round, |reader, entries| {
                let key = codec::reader_key(reader);
                if entries.is_empty() {
                    batch.remove(&key);
                } else {
                    codec::write_record(&key, entries, &mut value);
                    batch.put(&key, &value);
                }
            });
            if !readers.is_empty() {
                flight.readers.push((at, readers));
            }
            if batch.len() >= BATCH {
                let full = std::mem::replace(&mut batch, disk.batch(BATCH)?);
                self.commit(&disk, full, std::mem::take(&mut flight))?;
            }
        }
        self.commit(&disk, batch, flight)?;
        // A round with nothing to write says nothing of the disk.
        if self.batch > before
            && let (Some(clock), Some(started)) = (&shared.config.clock, started)
        {
            let micros = u64::try_from(clock().saturating_sub(started).as_micros());
            shared
                .counters
                .last_write_micros
                .store(micros.unwrap_or(u64::MAX).max(1), Ordering::Relaxed);
        }
        Ok(())
    }

    /// Writes one batch, with the names that its records use, and settles it.
    fn commit(&mut self, disk: &Disk, mut batch: Batch, mut flight: InFlight) -> Result<(), Fault> {
        flight.names = self
            .shared
            .names
            .read()
            .take(|key, value| batch.put(key, value));
        flight.budgets = self
            .shared
            .budgets
            .lock()
            .take(|key, value| batch.put(key, value));
        let records = batch.len();
        let result = if records == 0 {
            Ok(())
        } else {
            self.put(disk, batch)
        };
        let written = result.is_ok();
        for (at, readers) in &flight.readers {
            self.shared.table.shards()[*at]
                .lock()
                .settle(readers, written);
        }
        if written {
            self.shared.names.write().settle(flight.names);
            self.shared
                .counters
                .records
                .fetch_add(records as u64, Ordering::Relaxed);
        } else {
            self.shared.budgets.lock().restore(&flight.budgets);
        }
        result
    }

    /// Numbers a batch, writes it, and remembers that it is on disk.
    fn put(&mut self, disk: &Disk, mut batch: Batch) -> Result<(), Fault> {
        self.await_workers(disk)?;
        let number = self.batch + 1;
        batch.put(codec::BATCH_KEY, &number.to_le_bytes());
        batch.commit()?;
        self.batch = number;
        // Without the mark a later loss may go unnoticed, but the counts are
        // safe: that is no reason to refuse them.
        if let Err(error) = self.mark.set(number) {
            tracing::warn!("the meter's mark can't be written: {error}");
        }
        self.shared.counters.groups.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Waits while the database's workers are behind. The database would wait by
    /// itself, but without end if they have died.
    fn await_workers(&self, disk: &Disk) -> Result<(), Fault> {
        for _ in 0..PATIENCE {
            if !disk.is_behind()? {
                return Ok(());
            }
            self.shared.bell.breathe(BREATH);
        }
        Err(Fault::disk(
            "the database no longer keeps up with its own files",
        ))
    }

    /// Rewrites stored records of readers who aren't in memory, without what
    /// lies before the horizon. Readers in memory are pruned there.
    ///
    /// This thread is the only one that writes, so a stored record can't change
    /// between being read and being written here.
    fn forget(&mut self, jobs: Vec<Forget>) -> Result<(), Fault> {
        for job in jobs {
            let disk = self.disk()?;
            // Nobody listens any more if the sweep was given up.
            match self.without_past(&disk, &job) {
                Ok((batch, gone)) => {
                    if batch.len() > 0 {
                        self.put(&disk, batch)?;
                    }
                    let _ = job.reply.send(Ok(gone));
                }
                // A record that can't be read is no reason to stop counting.
                Err(fault) => {
                    let _ = job.reply.send(Err(fault));
                }
            }
        }
        Ok(())
    }

    /// A batch that forgets what a sweep found, and how many readers it removes.
    fn without_past(&self, disk: &Disk, job: &Forget) -> Result<(Batch, u64), Fault> {
        let mut batch = disk.batch(job.readers.len())?;
        let mut gone = 0;
        let mut value = Vec::new();
        for &reader in &job.readers {
            let (hash, mut shard) = self.shared.table.lock(reader);
            // With memory full of unwritten records the reader is left for the
            // next sweep.
            let warm = shard.prune(hash, reader, job.horizon);
            drop(shard);
            if warm != Ok(false) {
                continue;
            }
            let key = codec::reader_key(reader);
            let stored = disk.get(&key, |value| Ok(codec::read_record(&key, value)?))?;
            match stored.and_then(|entries| record::prune(&entries, job.horizon)) {
                None => {}
                Some(kept) if kept.is_empty() => {
                    batch.remove(&key);
                    gone += 1;
                }
                Some(kept) => {
                    codec::write_record(&key, &kept, &mut value);
                    batch.put(&key, &value);
                }
            }
        }
        for key in &job.budgets {
            let term = disk.get(key, |value| Ok(codec::read_budget(key, value)?.1))?;
            if term.is_some_and(|term| term < job.term.0) {
                batch.remove(key);
            }
        }
        Ok((batch, gone))
    }

    fn disk(&self) -> Result<Arc<Disk>, Fault> {
        self.shared
            .disk
            .read()
            .clone()
            .ok_or_else(|| Fault::disk("it is closed"))
    }

    /// After a failure: once the disk takes data again, opens the database anew.
    fn recover(&mut self) -> Result<(), Fault> {
        if self.delay.is_none() {
            return Ok(());
        }
        self.probe()?;
        let mut slot = self.shared.disk.write();
        if let Some(disk) = slot.take() {
            match Arc::try_unwrap(disk) {
                Ok(disk) => drop(disk),
                Err(disk) => {
                    *slot = Some(disk);
                    return Err(Fault::disk(
                        "it is being read; it will be reopened after that",
                    ));
                }
            }
        }
        drop(slot);
        self.shared.bell.breathe(GRACE);
        let disk = Disk::open(
            &crate::open::database(&self.shared.config.dir),
            self.shared.config.disk_cache,
        )?;
        let found = disk.get(codec::BATCH_KEY, |value| Ok(codec::read_u64(value)?))?;
        // A batch that was refused may have reached the disk all the same; what
        // it holds will be written again.
        let found = found.unwrap_or(0);
        if found < self.batch {
            return Err(Fault::contents(format!(
                "it ends at batch {found}, but batch {} was acknowledged",
                self.batch
            )));
        }
        self.batch = found;
        *self.shared.disk.write() = Some(Arc::new(disk));
        Ok(())
    }

    /// Whether there is room, without touching the database.
    fn probe(&self) -> Result<(), Fault> {
        let path = self.shared.config.dir.join("probe");
        let result = File::create(&path).and_then(|mut file| {
            file.write_all(&vec![0; PROBE])?;
            file.sync_all()
        });
        let removed = std::fs::remove_file(&path);
        Ok(result.and(removed)?)
    }
}
