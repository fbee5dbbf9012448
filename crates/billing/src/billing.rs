//! What everything here works with: the store, the provider, what is sold, the
//! clocks.

use std::fmt;
use std::sync::{Arc, OnceLock};

use arc_swap::ArcSwap;
use commerce::ids::AccountId;
use jiff::Timestamp;
use providers::payment::Provider;
use store::accounts::AccountStatus;
use store::jobs::Worker;
use store::{Reading, Store};
use tokio::sync::{RwLock, watch};

use crate::clock::Clock;
use crate::complaints::Complaints;
use crate::error::BillingError;
use crate::post::Post;
use crate::sales::Sales;
use crate::traces::Traces;
use crate::world::World;

/// How often a command is decided anew because somebody else was faster. With
/// one that writes at a time that doesn't happen; with several, three in a row
/// mean that something is wrong.
pub(crate) const TRIES: usize = 3;

/// What [`Billing`] is made of.
pub struct Parts {
    /// Where everything is kept.
    pub store: Store,
    /// Who moves the money.
    pub provider: Arc<Provider>,
    /// What is sold.
    pub sales: Sales,
    /// Time and chance.
    pub world: World,
    /// Who sends mail.
    pub post: Arc<dyn Post>,
    /// What gifts' codes are made by; kept with the publication's other keys.
    /// With another key a gift has another code from when that is next mailed or
    /// shown; the one before is good until then.
    pub codes: [u8; 32],
}

/// The one place that carries commands to the books and does what falls due.
/// Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Billing {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Store,
    pub(crate) provider: Arc<Provider>,
    pub(crate) sales: ArcSwap<Sales>,
    pub(crate) world: World,
    pub(crate) post: Arc<dyn Post>,
    pub(crate) codes: [u8; 32],
    /// Who keeps something of readers outside of the store, where somebody does.
    pub(crate) traces: OnceLock<Arc<dyn Traces>>,
    /// This process, as jobs know it.
    pub(crate) worker: Worker,
    /// Something was committed that may have to be done at once.
    pub(crate) news: watch::Sender<()>,
    /// A provider has answered; whoever waits for an outcome looks.
    pub(crate) answered: watch::Sender<()>,
    /// Held by each step of the daily run, and alone by a clock that is moved,
    /// so that what happens on the way happens in order.
    pub(crate) pace: RwLock<()>,
    pub(crate) complaints: Complaints,
}

impl Billing {
    /// Joins the parts. Draws who does jobs in this process.
    pub fn new(parts: Parts) -> Result<Self, BillingError> {
        let worker = Worker::new(format!("{:032x}", parts.world.draw()?));
        Ok(Self {
            inner: Arc::new(Inner {
                store: parts.store,
                provider: parts.provider,
                sales: ArcSwap::from_pointee(parts.sales),
                world: parts.world,
                post: parts.post,
                codes: parts.codes,
                traces: OnceLock::new(),
                worker,
                news: watch::Sender::new(()),
                answered: watch::Sender::new(()),
                pace: RwLock::new(()),
                complaints: Complaints::default(),
            }),
        })
    }

    /// Sells something else from now on. What was bought stays as it is.
    pub fn set_sales(&self, sales: Sales) {
        self.inner.sales.store(Arc::new(sales));
    }

    /// Has these forget who is erased, from now on. Said once, at the start.
    pub fn forgets_by(&self, traces: Arc<dyn Traces>) {
        // Whoever was named first stays.
        let _ = self.inner.traces.set(traces);
    }

    /// What is sold today.
    pub fn sales(&self) -> Arc<Sales> {
        self.inner.sales.load_full()
    }

    /// Both clocks.
    pub fn clock(&self) -> &Clock {
        &self.inner.world.clock
    }

    /// Where everything is kept.
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// Who moves the money.
    pub fn provider(&self) -> &Provider {
        &self.inner.provider
    }

    /// What the business clock says.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock().now()
    }

    /// What the provider is called where its words are kept.
    pub(crate) fn provider_name(&self) -> &'static str {
        match *self.inner.provider {
            Provider::Sandbox(_) => "sandbox",
            Provider::Stripe(_) => "stripe",
        }
    }

    /// Wakes whoever does jobs.
    pub(crate) fn wake(&self) {
        self.inner.news.send_replace(());
    }
}

/// Refuses an account that isn't there, or not open.
pub(crate) async fn open_account(
    reading: &mut Reading,
    account: AccountId,
) -> Result<(), BillingError> {
    let found = reading.account(account).await?;
    match found {
        Some(found) if found.status == AccountStatus::Open => Ok(()),
        _ => Err(BillingError::NoAccount(account)),
    }
}

impl fmt::Debug for Billing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Billing")
    }
}
