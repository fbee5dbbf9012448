//! Readers with accounts: the store they are kept in, what the gate learns of
//! it, the pages where they sign in and buy, and what has to be done for them.
//! Joins crates that must not know each other.

mod app;
mod backlog;
pub(super) mod counts;
pub(super) mod desk;
mod follow;
mod joint;
mod post;
mod seen;
mod till;
mod webhook;
mod work;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use arc_swap::ArcSwap;
use billing::{Billing, Clock, Post, Sales};
use gateway::Gate;
use jiff::SignedDuration;
use prompts::{LoadErrors, Messages};
use providers::stripe::BaseUrl;
use store::{Options, Store, StoreError};
use tokio::sync::{oneshot, watch};
use web::{Cost, Pages, Parts, Passwords, StripeScript};

use crate::assemble::Appearance;
use crate::config::{Config, Payments};
use crate::importing::NO_ACCOUNTS;
use crate::secrets::Secrets;
use crate::telemetry::Jobs;
use crate::texts::Texts;
use crate::upkeep::DATABASE;
use crate::world;
use counts::Keepers;
use joint::Joint;
use post::{Office, Postman};

/// For how long a start waits for the accounts; who connects meanwhile waits too.
const LONGEST_LOAD: Duration = Duration::from_secs(10);

/// Where readers with accounts are kept.
pub(super) struct Readers {
    store: Store,
    clock: Clock,
    /// How far the gate has followed the store.
    heard: watch::Sender<i64>,
    /// `None` where nobody can sign in, since no mail is sent.
    served: Option<Served>,
}

/// What serves readers.
struct Served {
    pages: Arc<ArcSwap<Pages>>,
    postman: Arc<Postman>,
    billing: Billing,
    lasting: Lasting,
}

/// What serves them as another configuration says, ready to be
/// [shown](Readers::show).
pub(super) struct Renewed {
    pages: Pages,
    office: Office,
    sales: Sales,
}

/// What pages are made of, whatever the configuration says.
struct Lasting {
    store: Store,
    billing: Billing,
    /// Who moves the money, as it was said at the start: until the next one nobody
    /// else does, whatever is written by then.
    payments: Option<Payments>,
    joint: Arc<Joint>,
    passwords: Passwords,
    secret: [u8; 32],
}

/// Opens the store where there are accounts, or were once: a section that is
/// missing by a slip of the hand takes nobody's subscription away. The clock
/// beside it is the one that everything sold lives by.
pub(super) async fn open(config: &Config) -> Result<(Option<Store>, Clock)> {
    let path = config.server.data.join(DATABASE);
    let store = if config.mail.is_some() || path.exists() {
        Some(Store::open(&Options::at(path), world::now()).await?)
    } else {
        None
    };
    let clock = till::clock(config, store.as_ref()).await?;
    till::stakes(config, store.as_ref()).await?;
    Ok((store, clock))
}

/// Billing by itself, for a command that works while no server does. Nothing that
/// falls due is done by it, and no mail is sent: the next start sees to both.
pub(crate) async fn alone(config: &Config, secrets: &Secrets) -> Result<(Store, Billing)> {
    if config.mail.is_none() {
        bail!(NO_ACCOUNTS);
    }
    let (store, clock) = open(config).await?;
    let store = store.context("there is mail, and no store")?;
    let books = (store.clone(), clock);
    let billing = till::billing(config, books, Arc::new(post::Later), secrets.codes()?)?;
    Ok((store, billing))
}

/// Whether readers could be served and written to as the configuration says.
pub(crate) fn check(config: &Config, messages: &Arc<Messages>) -> Result<()> {
    let Some(mail) = &config.mail else {
        return Ok(());
    };
    Pages::check(config.templates.as_deref(), Arc::clone(messages))
        .map_err(|errors| bad_pages(&errors))?;
    post::letters(config, mail, messages).map(|_| ())
}

fn bad_pages(errors: &LoadErrors) -> anyhow::Error {
    anyhow!("the theme's account pages can't be used:\n{errors}")
}

impl Readers {
    /// Joins the store to the gate. Nothing is done before
    /// [`begin`](Readers::begin).
    pub(super) fn join(
        (store, clock): (Store, Clock),
        (gate, texts): (&Arc<Gate>, &Arc<Texts>),
        secrets: &Secrets,
        (config, appearance): (&Config, &Appearance),
    ) -> Result<Self> {
        let heard = watch::Sender::new(0);
        let served = match &config.mail {
            None => None,
            Some(mail) => {
                let office = Office::new(config, mail, &appearance.messages)?;
                let postman = Arc::new(Postman::new(clock.clone(), office));
                let post = Arc::clone(&postman) as Arc<dyn Post>;
                let books = (store.clone(), clock.clone());
                let billing = till::billing(config, books, post, secrets.codes()?)?;
                let lasting = Lasting {
                    store: store.clone(),
                    billing: billing.clone(),
                    payments: config.payments.clone(),
                    joint: Arc::new(Joint::new(
                        Arc::clone(gate),
                        Arc::clone(texts),
                        heard.subscribe(),
                    )),
                    // One hash keeps one processor busy.
                    passwords: Passwords::new(Cost::USUAL, config.server.threads)?,
                    secret: secrets.pages()?,
                };
                let pages = lasting.pages(config, appearance)?;
                Some(Served {
                    pages: Arc::new(ArcSwap::from_pointee(pages)),
                    postman,
                    billing,
                    lasting,
                })
            }
        };
        if let Some(Served {
            postman, billing, ..
        }) = &served
        {
            billing.forgets_by(Arc::new(Keepers {
                meter: gate.meter().clone(),
                postman: Arc::clone(postman),
            }));
        }
        Ok(Self {
            store,
            clock,
            heard,
            served,
        })
    }

    /// What serves them, for whoever receives requests.
    pub(super) fn counter(&self) -> Option<desk::Served> {
        let served = self.served.as_ref()?;
        Some(desk::Served {
            pages: Arc::clone(&served.pages),
            billing: served.billing.clone(),
            forgeries: webhook::Forgeries::default(),
        })
    }

    /// Where programs find them, where they are served.
    pub(super) fn for_programs(&self, config: &Config) -> Result<Option<api::Accounts>> {
        let Some(served) = &self.served else {
            return Ok(None);
        };
        let app = |app: &web::App| api::App {
            id: app.id.clone(),
            name: app.name.clone(),
        };
        Ok(Some(api::Accounts {
            store: self.store.clone(),
            feed: Arc::clone(&served.lasting.joint) as Arc<dyn api::Feed>,
            apps: config.apps.iter().map(app).collect(),
            session: SignedDuration::try_from(config.accounts.session)?,
            devices: config.accounts.devices,
        }))
    }

    /// Where they are kept.
    pub(super) fn store(&self) -> &Store {
        &self.store
    }

    /// What buying goes through, where anything can be bought.
    pub(super) fn billing(&self) -> Option<&Billing> {
        self.served.as_ref().map(|served| &served.billing)
    }

    /// The readers' own pages, where they are served.
    pub(super) fn pages(&self) -> Option<Arc<Pages>> {
        self.served.as_ref().map(|served| served.pages.load_full())
    }

    /// Waits until the gate acts on all that is so by now; `false` where that
    /// takes too long.
    pub(super) async fn has_heard_all(&self) -> Result<bool, StoreError> {
        let end = self.store.read().await?.feed_end().await?;
        Ok(joint::has_heard(self.heard.subscribe(), end).await)
    }

    /// What another configuration makes of it. Blocks.
    pub(super) fn renewed(
        &self,
        config: &Config,
        appearance: &Appearance,
    ) -> Result<Option<Renewed>> {
        // Whether there is mail at all is known at the start, and not later.
        let (Some(served), Some(mail)) = (&self.served, &config.mail) else {
            return Ok(None);
        };
        let pages = served.lasting.pages(config, appearance)?;
        Ok(Some(Renewed {
            pages: pages.after(&served.pages.load()),
            office: Office::new(config, mail, &appearance.messages)?,
            sales: till::sales(config, served.lasting.payments.is_some())?,
        }))
    }

    /// Works by that from the next request on. What was bought stays as it is.
    pub(super) fn show(&self, renewed: Option<Renewed>) {
        if let (Some(served), Some(renewed)) = (&self.served, renewed) {
            served.billing.set_sales(renewed.sales);
            served.postman.move_to(renewed.office);
            served.pages.store(Arc::new(renewed.pages));
        }
    }

    /// Tells the gate everything, and then whatever changes, and does what falls
    /// due, until the server stops. Waits until the gate has been told, so that
    /// nobody who is signed in is counted as a stranger; what it hands back ends
    /// when all of it has come to an end.
    pub(super) async fn begin(
        &self,
        gate: &Arc<Gate>,
        jobs: &Jobs,
        stopping: watch::Receiver<bool>,
    ) -> Result<Option<oneshot::Receiver<()>>> {
        let (store, clock) = (self.store.clone(), self.clock.clone());
        let follower = follow::Follower::new(store.clone(), Arc::clone(gate), self.heard.clone());
        let (loaded, all) = oneshot::channel();
        tokio::spawn(follower.run(loaded, stopping.clone()));
        let seen = seen::write_down(store.clone(), Arc::clone(gate), stopping.clone());
        tokio::spawn(seen);
        tokio::spawn(backlog::look(store, move || clock.now(), jobs.clone()));
        if tokio::time::timeout(LONGEST_LOAD, all).await.is_err() {
            tracing::warn!(
                "the accounts take long to load; until they are, who is signed in reads as who isn't"
            );
        }
        let billing = self.billing().cloned();
        billing
            .map(|billing| work::begin(billing, stopping))
            .transpose()
    }

    /// Closes the store, when nobody works with it any more.
    pub(super) async fn close(&self) {
        self.store.clone().close().await;
    }
}

/// Where the script is that takes cards: Stripe's own, or that of the server that
/// speaks as Stripe does.
fn stripe(payments: Option<&Payments>) -> StripeScript {
    match payments {
        Some(Payments::Stripe(settings)) if settings.base != BaseUrl::default() => StripeScript {
            script: format!("{}/js.stripe.com/v3/", settings.base),
            origins: settings.base.to_string(),
        },
        Some(_) | None => StripeScript::default(),
    }
}

impl Lasting {
    fn pages(&self, config: &Config, appearance: &Appearance) -> Result<Pages> {
        let session = SignedDuration::try_from(config.accounts.session)?;
        let looks = appearance.looks.as_ref();
        Pages::load(Parts {
            settings: web::Settings {
                name: config.name.clone(),
                site: config.url.text.clone(),
                prefix: config.gate.prefix.clone(),
                looks: looks.map(|looks| looks.address(config)),
                locales: config.locales.clone(),
                zone: config.zone.clone(),
                session,
                devices: config.accounts.devices,
                newsletter: config.accounts.newsletter,
                gift_links: config.gifts.is_some(),
                app: app::own_app(config, appearance)?,
                apps: config.apps.clone(),
                print: config.print.as_ref().map(|print| print.schedule.clone()),
                stripe: stripe(self.payments.as_ref()),
            },
            store: self.store.clone(),
            // Nothing is sold where nobody moves the money.
            billing: self.payments.as_ref().map(|_| self.billing.clone()),
            gate: Arc::clone(&self.joint) as Arc<dyn web::Gate>,
            messages: Arc::clone(&appearance.messages),
            theme: config.templates.as_deref(),
            passwords: self.passwords.clone(),
            secret: self.secret,
            world: web::World {
                system: Arc::new(world::now),
                random: Arc::new(world::random),
            },
        })
        .map_err(|errors| bad_pages(&errors))
    }
}
