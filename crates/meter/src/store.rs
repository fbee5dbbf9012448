//! The store as its callers see it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::JoinHandle;

use access::{Charge, Counted, MeterNo, Minute, Name, ReaderId, StoryId, StoryNo};
use parking_lot::{Mutex, RwLock};
use smallvec::SmallVec;

use crate::backup::{self, BackedUp, Progress};
use crate::budget::{Budgets, NetworkKey, Spent, Term};
use crate::codec;
use crate::config::{Config, Durability};
use crate::disk::Fault;
use crate::error::{BackupError, OpenError, Unavailable};
use crate::names::{self, Names};
use crate::open;
use crate::record::Entries;
use crate::shard::{Full, Outcome, Round};
use crate::shared::{Counters, Shared};
use crate::signal::{Bell, Board, News};
use crate::stats::{Stats, stats};
use crate::sweep::{self, Swept};
use crate::table::Table;
use crate::writer::Writer;

/// How often a load from disk is begun anew because the reader came, changed and
/// went while it was under way. Each time, the whole memory has been turned
/// over; more of that than this, and there is not enough memory to work with.
const LOADS: usize = 64;

/// What a count waits for to be on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(Round);

/// What memory knows of a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<R> {
    /// The reader is in memory.
    Warm(R),
    /// The reader may have a record on disk: [`Store::warm`] it first.
    Cold,
}

/// What a charge came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charged {
    /// The story is counted now.
    Counted {
        /// Distinct stories of the period, this one included.
        used: u16,
        /// What makes the count durable.
        ticket: Ticket,
    },
    /// The story had been counted in this period.
    Already {
        /// Distinct stories of the period, this one included.
        used: u16,
        /// What makes that count durable.
        ticket: Ticket,
    },
    /// The allowance is used up.
    Refused {
        /// Distinct stories of the period.
        used: u16,
    },
    /// The reader went cold since the last look: [`Store::warm`] and decide anew.
    Cold,
}

/// A handle on an open store; clones share it. The last one to go writes what is
/// left, which blocks; [`Store::close`] does the same and says how it went.
#[derive(Clone)]
pub struct Store(Arc<Handle>);

struct Handle {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Handle {
    /// Ends the writer after it has written once more.
    fn stop(&self) {
        self.shared.bell.stop();
        if let Some(thread) = self.thread.lock().take() {
            // A writer that panicked has nothing more to say.
            let _ = thread.join();
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("dir", &self.0.shared.config.dir)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the store in the configured directory, making it if there is none.
    /// Blocks while the database replays its journal.
    pub fn open(config: Config) -> Result<Self, OpenError> {
        if config.memory < Config::LEAST_MEMORY {
            let (least, given) = (Config::LEAST_MEMORY, config.memory);
            return Err(OpenError::TooLittleMemory { least, given });
        }
        let opened = open::open(&config)?;
        let (names, budgets) = opened
            .disk
            .view()
            .and_then(|view| Ok((Names::load(&view)?, Budgets::load(&view)?)))
            .map_err(|fault| open::faulty(&config.dir, fault))?;
        let shared = Arc::new(Shared {
            table: Table::new(config.memory),
            names: RwLock::new(names),
            budgets: Mutex::new(budgets),
            disk: RwLock::new(Some(Arc::new(opened.disk))),
            bell: Bell::default(),
            board: Board::default(),
            horizon: AtomicU32::new(0),
            counters: Counters::default(),
            config,
        });
        let writer = Writer::new(Arc::clone(&shared), opened.lock, opened.mark, opened.batch);
        let thread = std::thread::Builder::new()
            .name("meter-writer".into())
            .spawn(|| writer.run())
            .map_err(|error| open::faulty(&shared.config.dir, Fault::from(error)))?;
        let thread = Mutex::new(Some(thread));
        Ok(Self(Arc::new(Handle { shared, thread })))
    }

    fn shared(&self) -> &Shared {
        &self.0.shared
    }

    /// The number of a story, a new one if it has none yet. Numbers are for good.
    pub fn story_no(&self, id: &StoryId) -> Result<StoryNo, Unavailable> {
        if let Some(no) = self.find_story(id) {
            return Ok(no);
        }
        self.check_open()?;
        let no = self.shared().names.write().number_story(id)?;
        self.shared().bell.dirty();
        Ok(no)
    }

    /// The number of a story that has one.
    pub fn find_story(&self, id: &StoryId) -> Option<StoryNo> {
        self.shared().names.read().story(id)
    }

    /// The story that a number stands for. Blocks.
    pub fn story_id(&self, no: StoryNo) -> Result<Option<StoryId>, Unavailable> {
        if let Some(id) = self.shared().names.read().pending_story(no) {
            return Ok(Some(id));
        }
        let disk = self.shared().disk()?;
        disk.get(&codec::story_key(no), names::story_text)
            .map_err(|fault| self.shared().refusal(fault))
    }

    /// The number of a meter, a new one if it has none yet. Sixty-four are all
    /// there are; a meter keeps its own until [`Self::release_meters`] takes it.
    pub fn meter_no(&self, id: &Name) -> Result<MeterNo, Unavailable> {
        self.check_open()?;
        let no = self.shared().names.write().number_meter(id)?;
        self.shared().bell.dirty();
        Ok(no)
    }

    /// Frees the numbers of meters that aren't among `keep` and of which nobody
    /// has a count at or after `needed_from`, to be given out again; how many.
    /// Blocks while the whole database is read.
    ///
    /// As with [`Self::sweep`], no period may reach behind `needed_from`.
    pub fn release_meters(&self, keep: &[Name], needed_from: Minute) -> Result<usize, Unavailable> {
        // What is only in memory would be overlooked.
        self.flush()?;
        let in_use = sweep::meters_in_use(self.shared(), needed_from)?;
        Ok(self.shared().names.write().release_meters(keep, in_use))
    }

    fn check_open(&self) -> Result<(), Unavailable> {
        if self.shared().board.now().closed {
            Err(Unavailable::Closed)
        } else {
            Ok(())
        }
    }

    /// Calls `f` with what the reader has counted. The entries are a copy: no lock
    /// is held while `f` runs, so it may call the store.
    pub fn read<R>(&self, reader: ReaderId, f: impl FnOnce(&[Counted]) -> R) -> Lookup<R> {
        let (hash, mut shard) = self.shared().table.lock(reader);
        let Some((entries, _)) = shard.read(hash, reader) else {
            return Lookup::Cold;
        };
        drop(shard);
        let counted: SmallVec<[Counted; 8]> = entries.iter().map(|entry| entry.counted()).collect();
        Lookup::Warm(f(&counted))
    }

    /// What makes all that a reader has counted durable; `None` where it is.
    pub fn pending(&self, reader: ReaderId) -> Option<Ticket> {
        let (hash, mut shard) = self.shared().table.lock(reader);
        // A reader who isn't in memory is on disk.
        let (_, round) = shard.read(hash, reader)?;
        (round > 0).then_some(Ticket(round))
    }

    /// Announces a reader made just now, who is known to have no record. With
    /// memory full of unwritten counts this does nothing, and the reader is cold.
    pub fn welcome(&self, reader: ReaderId) {
        let (hash, mut shard) = self.shared().table.lock(reader);
        if shard.insert(hash, reader, &[]) == Err(Full) {
            drop(shard);
            self.shared().bell.urgent();
        }
    }

    /// Loads a cold reader from disk. Blocks.
    pub fn warm(&self, reader: ReaderId) -> Result<(), Unavailable> {
        for _ in 0..LOADS {
            let (hash, mut shard) = self.shared().table.lock(reader);
            if shard.read(hash, reader).is_some() {
                return Ok(());
            }
            let token = shard.load(reader);
            drop(shard);
            let stored = self.stored(reader);
            let (hash, mut shard) = self.shared().table.lock(reader);
            let fresh = shard.loaded(token);
            let entries = stored?;
            if fresh {
                let inserted = shard.insert(hash, reader, &entries);
                drop(shard);
                return self.or_full(inserted);
            }
        }
        Err(Unavailable::Full)
    }

    /// What is on disk of a reader.
    fn stored(&self, reader: ReaderId) -> Result<Entries, Unavailable> {
        self.shared()
            .counters
            .cold_loads
            .fetch_add(1, Ordering::Relaxed);
        let key = codec::reader_key(reader);
        let stored = self
            .shared()
            .disk()?
            .get(&key, |value| Ok(codec::read_record(&key, value)?))
            .map_err(|fault| self.shared().refusal(fault))?;
        Ok(stored.unwrap_or_default())
    }

    fn or_full<T>(&self, result: Result<T, Full>) -> Result<T, Unavailable> {
        result.map_err(|Full| {
            self.shared().bell.urgent();
            Unavailable::Full
        })
    }

    /// Counts a story for a reader, atomically: it is counted if fewer than
    /// `charge.limit` distinct stories of the meter were at or after
    /// `charge.since`, and never twice.
    ///
    /// While the disk takes no writes nothing new is counted; what has been
    /// counted, and that an allowance is used up, is still answered.
    pub fn charge(
        &self,
        reader: ReaderId,
        story: StoryNo,
        charge: &Charge,
    ) -> Result<Charged, Unavailable> {
        let common = self.shared();
        let counting = common.board.is_counting();
        let (hash, mut shard) = common.table.lock(reader);
        let outcome = shard.charge(hash, reader, story, charge, common.horizon(), counting);
        let pressed = shard.is_pressed();
        drop(shard);
        Ok(match self.or_full(outcome)? {
            Outcome::Counted { used, round } => {
                common.bell.dirty();
                if pressed {
                    common.bell.urgent();
                }
                Charged::Counted {
                    used,
                    ticket: Ticket(round),
                }
            }
            Outcome::Already { used, round } => Charged::Already {
                used,
                ticket: Ticket(round),
            },
            Outcome::Refused { used } => Charged::Refused { used },
            Outcome::Withheld => return Err(common.unavailable()),
            Outcome::Cold => Charged::Cold,
        })
    }

    /// Waits until a count is on disk. Returns an error as soon as the disk
    /// refuses; the count stays in memory and is written once the disk takes it.
    ///
    /// With [`Durability::Sync`] the writer is asked to write at once; otherwise
    /// this takes up to a window.
    pub async fn durable(&self, ticket: Ticket) -> Result<(), Unavailable> {
        let mut news = self.shared().board.subscribe();
        loop {
            if let Some(end) = self.outcome(ticket, &news.borrow_and_update()) {
                return end;
            }
            if self.is_sync() {
                self.shared().bell.urgent();
            }
            if news.changed().await.is_err() {
                return Err(Unavailable::Closed);
            }
        }
    }

    fn outcome(&self, ticket: Ticket, news: &News) -> Option<Result<(), Unavailable>> {
        if news.durable >= ticket.0 {
            Some(Ok(()))
        } else if news.closed {
            Some(Err(Unavailable::Closed))
        } else {
            let reason = news.failing.clone()?;
            Some(Err(Unavailable::Failing {
                dir: self.shared().dir(),
                reason,
            }))
        }
    }

    /// Whether stories can be counted at the moment.
    pub fn is_counting(&self) -> bool {
        self.shared().board.is_counting()
    }

    /// Whether every count must be on disk before the story is sent.
    pub fn is_sync(&self) -> bool {
        self.shared().config.durability == Durability::Sync
    }

    /// Uses one of a network's fresh readers of the term. While nothing can be
    /// counted none is granted, and none is used.
    pub fn spend(&self, network: NetworkKey, term: Term, limit: u32) -> Result<Spent, Unavailable> {
        if !self.shared().board.is_counting() {
            return Err(self.shared().unavailable());
        }
        let spent = self.shared().budgets.lock().spend(network, term, limit);
        if spent.is_allowed() {
            self.shared().bell.dirty();
        }
        Ok(spent)
    }

    /// How many fresh readers a network has left, without using any.
    pub fn budget_left(&self, network: NetworkKey, term: Term, limit: u32) -> u32 {
        self.shared().budgets.lock().left(network, term, limit)
    }

    /// Adds what `from` has counted to what `into` has: by story and meter, with
    /// the later time. Doing it again changes nothing. `from` keeps its record,
    /// so signing out gives no fresh allowance. Blocks.
    pub fn merge(&self, from: ReaderId, into: ReaderId) -> Result<Ticket, Unavailable> {
        for _ in 0..LOADS {
            self.warm(from)?;
            let (hash, mut shard) = self.shared().table.lock(from);
            let Some((entries, _)) = shard.read(hash, from) else {
                continue;
            };
            drop(shard);
            self.warm(into)?;
            if !self.shared().board.is_counting() {
                return Err(self.shared().unavailable());
            }
            let (hash, mut shard) = self.shared().table.lock(into);
            let joined = shard.join(hash, into, &entries);
            drop(shard);
            if let Some(round) = self.or_full(joined)? {
                self.shared().bell.dirty();
                return Ok(Ticket(round));
            }
        }
        Err(Unavailable::Full)
    }

    /// Forgets all that a reader has counted. Whoever shows the id again begins
    /// anew. Blocks.
    pub fn forget(&self, reader: ReaderId) -> Result<Ticket, Unavailable> {
        for _ in 0..LOADS {
            self.warm(reader)?;
            let (hash, mut shard) = self.shared().table.lock(reader);
            let pruned = shard.prune(hash, reader, Minute::MAX);
            let round = shard.read(hash, reader).map(|(_, round)| round);
            drop(shard);
            if self.or_full(pruned)?
                && let Some(round) = round
            {
                self.shared().bell.dirty();
                return Ok(Ticket(round));
            }
        }
        Err(Unavailable::Full)
    }

    /// Forgets what was counted before `horizon`, readers left with nothing, and
    /// budgets of terms before `term`, in bounded steps. Blocks for as long as
    /// reading the whole database takes, without holding anybody up.
    ///
    /// `horizon` must be one that no period reaches behind: the longest
    /// [`access::Period::longest`] of the rules, before now.
    pub fn sweep(&self, horizon: Minute, term: Term) -> Result<Swept, Unavailable> {
        self.shared()
            .horizon
            .fetch_max(horizon.get(), Ordering::AcqRel);
        sweep::sweep(self.shared(), horizon, term)
    }

    /// Writes a consistent copy to `to`, which must be empty or not exist, while
    /// the store goes on working. The copy is a data directory. Blocks.
    ///
    /// A copy that can't be finished is removed. Should counting stop meanwhile,
    /// the backup gives up, for the store can't recover while it is read.
    pub fn backup(
        &self,
        to: &std::path::Path,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<BackedUp, BackupError> {
        backup::backup(self.shared(), || self.flush(), to, progress)
    }

    /// Figures for metrics.
    pub fn stats(&self) -> Stats {
        stats(self.shared())
    }

    /// Writes everything counted so far. Blocks until it is on disk, or the disk
    /// refuses.
    pub fn flush(&self) -> Result<(), Unavailable> {
        let shared = self.shared();
        let target = Ticket(shared.board.next());
        shared.board.wait(|news| {
            shared.bell.urgent();
            self.outcome(target, news)
        })
    }

    /// Writes everything and stops the writer. Other handles stay usable for
    /// looking things up; they can count no more. Blocks.
    pub fn close(self) -> Result<(), Unavailable> {
        self.0.stop();
        match self.shared().board.now().failing {
            None => Ok(()),
            Some(reason) => Err(Unavailable::Failing {
                dir: self.shared().dir(),
                reason,
            }),
        }
    }
}
