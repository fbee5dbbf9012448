//! The publication that is tried: a store in a folder, a bank that outlives
//! crashes, a clock that is moved by hand, and what the gate would know.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use access::Standing;
use anyhow::{Context, Result, bail};
use billing::{Billing, Clock, Parts, World};
use commerce::ids::AccountId;
use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;
use providers::payment::Provider;
use providers::sandbox::{Mischief, Sandbox};
use store::gate::Directory;
use store::{Options, Store};
use tempfile::TempDir;

use crate::dice::Dice;
use crate::doom::Doom;
use crate::postbox::Postbox;
use crate::shop;

/// New Year in London, whatever the system's clock says: the same seed is the
/// same simulation tomorrow.
const BEGINNING: &str = "2027-01-01T00:00:00Z";

/// Each throws for itself, or one would follow the other.
const CHANCE: u64 = 0x5eed;
const POST: u64 = 0x9057;

/// The bank's mischief, in a thousand.
fn mischief(seed: u64) -> Mischief {
    Mischief {
        seed,
        requests_lost: 15,
        answers_lost: 25,
        voids_lost: 250,
        declines: 60,
        events_dropped: 100,
        events_doubled: 150,
        events_swapped: 150,
    }
}

/// The program as it runs, and what outlives it.
pub(crate) struct House {
    pub(crate) billing: Billing,
    pub(crate) outside: Outside,
    /// What the gate would know, and how far it has followed.
    directory: Directory,
    heard: i64,
    _folder: TempDir,
}

/// What is there whatever becomes of the program.
pub(crate) struct Outside {
    pub(crate) post: Arc<Postbox>,
    pub(crate) doom: Doom,
    seed: u64,
    bank: Arc<Provider>,
    path: PathBuf,
    /// The system's clock, in microseconds.
    system: Arc<AtomicI64>,
    chance: Arc<Mutex<Dice>>,
}

impl House {
    /// Builds one in a folder that goes away.
    pub(crate) async fn build(seed: u64) -> Result<Self> {
        let folder = tempfile::tempdir().context("a folder for the simulation")?;
        let beginning: Timestamp = BEGINNING.parse()?;
        let sandbox = Sandbox::in_memory(mischief(seed));
        let outside = Outside {
            post: Arc::new(Postbox::new(seed ^ POST)),
            doom: Doom::default(),
            seed,
            bank: Arc::new(Provider::Sandbox(Box::new(sandbox))),
            path: folder.path().join("ludgate.db"),
            system: Arc::new(AtomicI64::new(beginning.as_microsecond())),
            chance: Arc::new(Mutex::new(Dice::new(seed ^ CHANCE))),
        };
        Ok(Self {
            billing: outside.open().await?,
            outside,
            directory: Directory::default(),
            heard: 0,
            _folder: folder,
        })
    }

    /// The program has ended in the middle and is started anew: it takes up what
    /// it had, and the gate learns everything again.
    pub(crate) async fn restart(&mut self) -> Result<()> {
        self.store().clone().close().await;
        self.billing = self.outside.open().await?;
        let mut writing = self.store().write().await?;
        writing.release_jobs().await?;
        writing.commit().await?;
        self.directory = Directory::default();
        self.heard = 0;
        self.follow().await
    }

    pub(crate) fn store(&self) -> &Store {
        self.billing.store()
    }

    /// What the business clock says.
    pub(crate) fn now(&self) -> Timestamp {
        self.billing.clock().now()
    }

    /// The system's clock goes on by itself, and the business clock with it: what
    /// was to be left alone for a while has been.
    pub(crate) fn waits(&self, time: SignedDuration) {
        let micros = i64::try_from(time.as_micros()).unwrap_or(0);
        self.outside.system.fetch_add(micros, Ordering::Relaxed);
    }

    pub(crate) fn draw(&self) -> u128 {
        let mut bytes = [0; 16];
        self.outside.chance.lock().fill(&mut bytes);
        u128::from_be_bytes(bytes)
    }

    pub(crate) fn sandbox(&self) -> Result<&Sandbox> {
        match &*self.outside.bank {
            Provider::Sandbox(sandbox) => Ok(sandbox),
            Provider::Stripe(_) => bail!("the simulation's bank is the sandbox"),
        }
    }

    /// Follows the feed, as the gate does.
    pub(crate) async fn follow(&mut self) -> Result<()> {
        loop {
            let changes = self.store().read().await?.feed_after(self.heard).await?;
            for (_, change) in changes.changes {
                self.directory.take(change);
            }
            self.heard = changes.last;
            if !changes.is_more {
                return Ok(());
            }
        }
    }

    /// How an account stands with what everybody here buys, by what the gate
    /// knows.
    pub(crate) fn standing(&self, account: AccountId, at: Timestamp) -> Option<Standing> {
        let snapshot = self.directory.snapshot(account);
        snapshot.entitlements.standing("read", at)
    }
}

impl Outside {
    async fn open(&self) -> Result<Billing> {
        let (system, doom) = (Arc::clone(&self.system), self.doom.clone());
        let clock = Arc::new(move || {
            doom.look();
            let micros = system.load(Ordering::Relaxed);
            Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
        });
        let store = Store::open(&Options::at(&self.path), clock()).await?;
        let random = Arc::clone(&self.chance);
        let world = World {
            clock: Clock::test(&store, clock).await?,
            random: Arc::new(move |bytes| {
                random.lock().fill(bytes);
                true
            }),
        };
        let post: Arc<Postbox> = Arc::clone(&self.post);
        Ok(Billing::new(Parts {
            store,
            provider: Arc::clone(&self.bank),
            sales: shop::sales(self.seed)?,
            world,
            post,
            codes: [7; 32],
        })?)
    }
}
