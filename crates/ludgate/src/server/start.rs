//! What a server is made of, made in the order of need. Nothing is served yet, and
//! no reader is answered from here.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

use access::Minute;
use anyhow::{Context, Result};
use billing::Clock;
use gateway::{Accounts, Crawling, Gate, GateParts, Metrics};
use meter::Store;
use prometheus_client::registry::Registry;
use publication::Source;
use tokio::runtime::Handle;

use super::certificates::Secured;
use super::change::{self, turn};
use super::indexing::{self, Indexing};
use super::knocks::Knocks;
use super::offers::HandedOver;
use super::programs::Programs;
use super::readers::Readers;
use super::{Ground, Installed, Running, Start};
use crate::assemble::{Assembled, Known, assemble, derived};
use crate::bar::{self, STORIES};
use crate::config::Config;
use crate::crawling::crawling;
use crate::cuts::Cuts;
use crate::openings::Openings;
use crate::prints::Prints;
use crate::telemetry::{self, Jobs, Reloads};
use crate::texts::Texts;
use crate::upkeep::METER;
use crate::world;

impl Running {
    /// Everything, ready to be served.
    pub(super) fn new(
        start: Start,
        ground: Ground,
        (store, clock): (Option<store::Store>, Clock),
        runtime: Handle,
    ) -> Result<Self> {
        let Start {
            config,
            configured,
            source,
        } = start;
        Minute::checked(world::now())?;
        let Ground { secrets, folder } = ground;
        let meter = counted(&config)?;
        let Behind {
            cuts,
            index,
            text_index,
            indexing,
            prints,
            crawling,
            assembled:
                Assembled {
                    policy,
                    pages,
                    appearance,
                },
        } = Behind::gather(&config, &source, (&meter, &clock), &runtime)?;
        let mut registry = Registry::default();
        let gate = Arc::new(Gate::new(GateParts {
            policy,
            keys: secrets.keyring()?,
            network_secret: secrets.network()?,
            webhook_secret: secrets.webhook()?,
            pages: kept(&config)?,
            meter: meter.clone(),
            accounts: match store {
                Some(_) => Accounts::awaited(),
                None => Accounts::none(),
            },
            world: world::going_by(&clock),
            metrics: Arc::new(Metrics::new(&mut registry)),
        }));
        let offers = HandedOver::default();
        offers.hand_over(&gate, &config);
        let books = store.map(|store| (store, clock.clone()));
        let texts = Arc::new(Texts::new(Arc::clone(&gate), &secrets.pages()?)?);
        texts.read_from(pages.publication());
        let ways = (&gate, &texts);
        let readers = books
            .map(|books| Readers::join(books, ways, &secrets, (&config, &appearance)))
            .transpose()?;
        let now = (&config, &appearance, &pages);
        let programs = Programs::open(ways, readers.as_ref(), &secrets, now)?;
        let secured = config.server.tls.as_ref().map(Secured::new).transpose()?;
        indexing.tell(&pages);
        let config = Arc::new(config);
        let running = Self {
            installed: Arc::new(Mutex::new(Installed {
                config: Arc::clone(&config),
                appearance,
                pages,
                crawling,
            })),
            runtime,
            changing: Mutex::new(()),
            watching: Mutex::new(None),
            ending: AtomicBool::new(false),
            started: config,
            configured,
            source,
            gate,
            offers,
            secrets,
            readers,
            programs,
            clock,
            meter,
            registry,
            reloads: Arc::new(Reloads::default()),
            jobs: Jobs::default(),
            cuts,
            prints,
            secured: secured.map(Arc::new),
            knocks: Arc::new(Knocks::default()),
            index,
            text_index,
            texts,
            indexing,
            _folder: folder,
        };
        Ok(running.measured())
    }

    /// With everything that can be measured in its registry.
    fn measured(mut self) -> Self {
        let registry = &mut self.registry;
        telemetry::register(registry, &self.gate, &self.reloads);
        self.jobs.register(registry);
        telemetry::register_door(registry, self.secured.as_ref(), &self.knocks);
        let behind = Arc::clone(&self.installed);
        let publication = Box::new(move || turn(&behind).pages.publication());
        telemetry::register_content(registry, &self.cuts, &self.index, publication);
        let behind = Arc::clone(&self.installed);
        let site = Box::new(move || turn(&behind).pages.site().cloned());
        telemetry::register_site(registry, site);
        let prints = Arc::clone(&self.prints);
        telemetry::register_pictures(registry, Box::new(move || prints.stats()));
        self
    }
}

/// What readers come for, and what is made of it beforehand.
struct Behind {
    cuts: Arc<Cuts>,
    index: Arc<search::Index>,
    text_index: Arc<search::Texts>,
    indexing: Indexing,
    prints: Arc<Prints>,
    crawling: Option<Crawling>,
    assembled: Assembled,
}

impl Behind {
    fn gather(
        config: &Config,
        source: &Source,
        (meter, clock): (&Store, &Clock),
        runtime: &Handle,
    ) -> Result<Self> {
        let data = &config.server.data;
        let index = Arc::new(search::Index::new(Some(&indexing::folder(data))));
        let text_index = Arc::new(search::Texts::new(Some(&indexing::text_folder(data))));
        let indexing = Indexing::start(clock.clone())?;
        let derived = derived(data);
        let cuts = Arc::new(Cuts::noted_in(&derived, bar::measured(STORIES)?));
        let crawling = crawling(config, runtime, None)?;
        let assembled = assemble(
            config,
            source,
            &|_, id| change::number(meter, config, id),
            &Openings::load(data)?,
            Known {
                cuts: &cuts,
                before: None,
                derived: Some(&derived),
                index: Some(&index),
                texts: Some(&text_index),
                bar: &bar::measured(STORIES)?,
            },
            crawling.as_ref(),
        )?;
        let prints = Arc::new(Prints::within(data));
        if let Some(publication) = assembled.pages.publication() {
            prints.make_for(&publication)?;
        }
        Ok(Self {
            cuts,
            index,
            text_index,
            indexing,
            prints,
            crawling,
            assembled,
        })
    }
}

/// What readers have read.
fn counted(config: &Config) -> Result<Store> {
    Ok(Store::open(meter::Config {
        durability: config.meter.durability,
        memory: config.meter.memory,
        clock: Some(world::monotonic()),
        ..meter::Config::new(config.server.data.join(METER))
    })?)
}

/// Where compiled pages are kept.
fn kept(config: &Config) -> Result<gateway::Pages> {
    let pages = gateway::Pages::new(config.articles.memory);
    let Some(disk) = config.articles.disk else {
        return Ok(pages);
    };
    let data = &config.server.data;
    pages.with_disk(data, disk).with_context(|| {
        format!(
            "no pages can be kept in {}: give [articles] disk less, or make room",
            data.display()
        )
    })
}
