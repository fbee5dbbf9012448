//! Readers with accounts: the store they are kept in, what the gate learns of
//! it, and the pages where they sign in. Joins crates that must not know each
//! other.

mod backlog;
mod desk;
mod follow;
mod joint;

use std::sync::Arc;

use anyhow::{Result, anyhow};
use arc_swap::ArcSwap;
use gateway::Gate;
use jiff::SignedDuration;
use prompts::Messages;
use store::{Options, Store};
use tokio::sync::watch;
use web::{Cost, Pages, Parts, Passwords};

use crate::config::Config;
use crate::secrets::Secrets;
use crate::telemetry::Jobs;
use crate::world;
use desk::Desk;
use joint::Joint;

/// The database, in the data folder.
const DATABASE: &str = "ludgate.db";

/// Where readers with accounts are kept.
pub(super) struct Readers {
    pub(super) store: Store,
    /// How far the gate has followed the store.
    heard: watch::Sender<i64>,
    /// `None` where nobody can sign in, since no mail is sent.
    pages: Option<Served>,
}

/// The pages, and what stays when they are made anew.
struct Served {
    pages: Arc<ArcSwap<Pages>>,
    lasting: Lasting,
}

/// What pages are made of, whatever the configuration says.
struct Lasting {
    store: Store,
    joint: Arc<Joint>,
    passwords: Passwords,
    secret: [u8; 32],
}

/// Opens the store where there are accounts, or were once: a section that is
/// missing by a slip of the hand takes nobody's subscription away.
pub(super) async fn open(config: &Config) -> Result<Option<Store>> {
    let path = config.server.data.join(DATABASE);
    if config.mail.is_none() && !path.exists() {
        return Ok(None);
    }
    Ok(Some(Store::open(&Options::at(path), world::now()).await?))
}

impl Readers {
    /// Joins the store to the gate. It follows from [`Readers::follow`] on.
    pub(super) fn join(
        store: Store,
        gate: &Arc<Gate>,
        secrets: &Secrets,
        (config, messages): (&Config, &Arc<Messages>),
    ) -> Result<Self> {
        let heard = watch::Sender::new(0);
        let pages = if config.mail.is_some() {
            let lasting = Lasting {
                store: store.clone(),
                joint: Arc::new(Joint::new(Arc::clone(gate), heard.subscribe())),
                // One hash keeps one processor busy.
                passwords: Passwords::new(Cost::USUAL, config.server.threads)?,
                secret: secrets.pages()?,
            };
            let pages = Arc::new(ArcSwap::from_pointee(lasting.pages(config, messages)?));
            gate.receive_by(Arc::new(Desk::new(Arc::clone(&pages))));
            Some(Served { pages, lasting })
        } else {
            None
        };
        Ok(Self {
            store,
            heard,
            pages,
        })
    }

    /// The pages of another configuration, to be [shown](Self::show). Blocks.
    pub(super) fn renewed(
        &self,
        config: &Config,
        messages: &Arc<Messages>,
    ) -> Result<Option<Pages>> {
        let renewed = self.pages.as_ref().map(|served| {
            let pages = served.lasting.pages(config, messages)?;
            Ok(pages.after(&served.pages.load()))
        });
        renewed.transpose()
    }

    /// Serves these pages from the next request on.
    pub(super) fn show(&self, renewed: Option<Pages>) {
        if let (Some(served), Some(renewed)) = (&self.pages, renewed) {
            served.pages.store(Arc::new(renewed));
        }
    }

    /// Tells the gate everything, and then whatever changes, until the server
    /// stops.
    pub(super) fn follow(&self, gate: &Arc<Gate>, jobs: &Jobs, stopping: watch::Receiver<bool>) {
        let follower =
            follow::Follower::new(self.store.clone(), Arc::clone(gate), self.heard.clone());
        tokio::spawn(follower.run(stopping));
        tokio::spawn(backlog::look(self.store.clone(), world::now, jobs.clone()));
    }
}

impl Lasting {
    fn pages(&self, config: &Config, messages: &Arc<Messages>) -> Result<Pages> {
        let session = SignedDuration::try_from(config.accounts.session)?;
        Pages::load(Parts {
            settings: web::Settings {
                name: config.name.clone(),
                site: config.url.text.clone(),
                prefix: config.gate.prefix.clone(),
                locales: config.locales.clone(),
                zone: config.zone.clone(),
                session,
                devices: config.accounts.devices,
                stripe: web::StripeScript::default(),
            },
            store: self.store.clone(),
            // Nothing is sold yet.
            billing: None,
            gate: Arc::clone(&self.joint) as Arc<dyn web::Gate>,
            messages: Arc::clone(messages),
            theme: config.templates.as_deref(),
            passwords: self.passwords.clone(),
            secret: self.secret,
            world: web::World {
                system: Arc::new(world::now),
                random: Arc::new(world::random),
            },
        })
        .map_err(|errors| anyhow!("the theme's account pages can't be used:\n{errors}"))
    }
}
