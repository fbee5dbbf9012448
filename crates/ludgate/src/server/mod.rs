//! A running server: the gate with everything around it, its start and its
//! end.

mod addresses;
mod care;
mod certificates;
mod change;
mod clock;
mod command;
mod content;
mod descriptors;
mod door;
mod indexing;
mod knocks;
mod most_read;
mod neglect;
mod offers;
mod price_rise;
mod printing;
mod programs;
mod proxies;
mod readers;
mod redirect;
mod restart;
mod signals;
mod start;
mod sweep;
mod workers;

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, Result};
use billing::Clock;
use gateway::{Crawling, Gate};
use meter::Store;
use prometheus_client::registry::Registry;
use providers::mail::{Folder, Keep};
use publication::Source;
use tokio::runtime::Handle;
use tokio::sync::watch;

use crate::assemble::{Appearance, compile};
use crate::config::{self, Config, Way};
use crate::cuts::Cuts;
use crate::folder::Owned;
use crate::origin::Pages;
use crate::prints::Prints;
use crate::secrets::Secrets;
use crate::telemetry::{Jobs, Reloads};
use crate::texts::Texts;
use crate::watcher::Watch;
use crate::{admin, control, folder, world};
pub(crate) use certificates::{Secured, name};
use change::turn;
pub(crate) use clock::Move;
use indexing::Indexing;
pub(crate) use knocks::{Knock, Knocks};
use offers::HandedOver;
pub(crate) use price_rise::Raise;
use programs::Programs;
use readers::Readers;
pub(crate) use readers::alone as billing_alone;
pub(crate) use readers::check as check_readers;
use signals::{Signals, Told};

/// Where a configuration comes from.
#[derive(Clone, Debug)]
pub(crate) enum Configured {
    /// A file, read again at every reload.
    File(PathBuf),
    /// The demonstration's, compiled in.
    Fixed,
}

/// What a server is started with.
pub(crate) struct Start {
    pub(crate) config: Config,
    pub(crate) configured: Configured,
    pub(crate) source: Source,
}

/// A server that is running.
pub(crate) struct Running {
    installed: Arc<Mutex<Installed>>,
    /// Where everything runs that readers don't wait for.
    runtime: Handle,
    /// Held while that, or a file it is made of, is being changed.
    changing: Mutex<()>,
    /// `None` before the start is complete and once the server stops.
    watching: Mutex<Option<Watch>>,
    /// Set once the server finishes what is under way, and takes up no change.
    ending: AtomicBool,
    /// What the parts that are read once were started with.
    started: Arc<Config>,
    configured: Configured,
    source: Source,
    gate: Arc<Gate>,
    offers: HandedOver,
    secrets: Secrets,
    /// `None` where there are no accounts.
    readers: Option<Readers>,
    programs: Programs,
    /// What rules, offers and subscriptions live by.
    clock: Clock,
    meter: Store,
    registry: Registry,
    reloads: Arc<Reloads>,
    jobs: Jobs,
    cuts: Arc<Cuts>,
    prints: Arc<Prints>,
    /// With TLS for readers only.
    secured: Option<Arc<Secured>>,
    knocks: Arc<Knocks>,
    /// Where the publication is searched, and who keeps that up.
    index: Arc<search::Index>,
    text_index: Arc<search::Texts>,
    texts: Arc<Texts>,
    indexing: Indexing,
    _folder: Owned,
}

/// What is being worked by.
#[derive(Clone)]
struct Installed {
    config: Arc<Config>,
    appearance: Appearance,
    pages: Pages,
    crawling: Option<Crawling>,
}

/// Called once the listeners are open.
pub(crate) type Announce<'a> = &'a dyn Fn(&Listening);

/// Where a server listens, and what it takes to look after it.
pub(crate) struct Listening {
    pub(crate) readers: SocketAddr,
    pub(crate) admin: SocketAddr,
    /// Where those without TLS are sent to it.
    pub(crate) plain: Option<SocketAddr>,
    pub(crate) token: crate::secrets::Token,
    pub(crate) token_path: PathBuf,
    pub(crate) token_is_new: bool,
}

/// Runs a server until it is told to stop.
pub(crate) fn run(start: Start, announce: Announce<'_>) -> Result<()> {
    descriptors::raise();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    // Before anybody can know of us: a signal that nobody listens to ends the
    // process.
    let signals = {
        let _runtime = runtime.enter();
        Signals::new()?
    };
    let listeners = Listeners::bind(&start.config.server)?;
    let ground = Ground::take(&start.config.server.data)?;
    let books = runtime.block_on(readers::open(&start.config))?;
    let running = Arc::new(Running::new(
        start,
        ground,
        books,
        runtime.handle().clone(),
    )?);
    runtime.block_on(running.serve(listeners, signals, announce))
}

/// The data folder, which is ours.
struct Ground {
    secrets: Secrets,
    folder: Owned,
}

impl Ground {
    fn take(data: &Path) -> Result<Self> {
        Ok(Self {
            secrets: Secrets::open(data)?,
            folder: folder::own(data)?,
        })
    }
}

struct Listeners {
    readers: TcpListener,
    admin: TcpListener,
    plain: Option<TcpListener>,
}

impl Listeners {
    fn bind(server: &config::Server) -> Result<Self> {
        let plain = server.plain.map(|address| bind(address, "plain"));
        Ok(Self {
            readers: bind(server.listen, "listen")?,
            admin: bind(server.admin, "admin")?,
            plain: plain.transpose()?,
        })
    }
}

fn bind(address: SocketAddr, key: &str) -> Result<TcpListener> {
    let listener = TcpListener::bind(address).with_context(|| {
        let allowed = if address.port() < 1024 {
            ", or allow ports below 1024 (in systemd, AmbientCapabilities=CAP_NET_BIND_SERVICE)"
        } else {
            ""
        };
        format!("{address} can't be listened on; choose another [server] {key}{allowed}")
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

impl Running {
    async fn serve(
        self: Arc<Self>,
        listeners: Listeners,
        mut signals: Signals,
        announce: Announce<'_>,
    ) -> Result<()> {
        let config = self.config();
        self.advise(&config);
        if let Some(readers) = &self.readers {
            neglect::tell(readers.store(), &config).await;
        }
        let (token, token_is_new) = self.secrets.token()?;
        let (stop, stopping) = watch::channel(false);
        let listening = Listening {
            readers: listeners.readers.local_addr()?,
            admin: listeners.admin.local_addr()?,
            plain: config.server.plain,
            token: token.clone(),
            token_path: self.secrets.token_path(),
            token_is_new,
        };
        let door = certificates::door(&config, self.secured.as_deref(), &self.knocks)?;
        let working = match &self.readers {
            Some(readers) => {
                readers
                    .begin(&self.gate, &self.jobs, stopping.clone())
                    .await?
            }
            None => None,
        };
        offers::look(&self).await;
        tokio::spawn(offers::keep_looking(Arc::clone(&self)));
        self.begin_reads();
        tokio::spawn(most_read::keep_telling(Arc::clone(&self)));
        let workers = workers::start(
            &self.gate,
            door,
            &config.server,
            listeners.readers,
            &stopping,
        )?;
        let admin = tokio::net::TcpListener::from_std(listeners.admin)?;
        tokio::spawn(admin::listen(admin, Arc::clone(&self), token));
        if let Some(secured) = &self.secured {
            secured.tend(&stopping);
            self.redirect(secured, listeners.plain)?;
        }
        let commands = control::bind(self.data())?;
        tokio::spawn(control::listen(commands, Arc::clone(&self)));
        tokio::spawn(sweep::hourly(Arc::clone(&self), world::monotonic()));
        tokio::spawn(addresses::forget(Arc::clone(&self.gate)));
        *turn(&self.watching) = Some(Watch::new(Arc::clone(&self)));
        if let Err(error) = self.watch(&config) {
            tracing::warn!(
                "changes of files aren't seen, so tell the server of each, with SIGHUP or POST \
                 /reload: {error:#}"
            );
        }
        announce(&listening);
        self.look_at_the_rest()?;

        while signals.next().await == Told::Reload {
            let running = Arc::clone(&self);
            tokio::task::spawn_blocking(move || running.reload_and_say("hang-up")).await?;
        }
        self.gate.drain();
        linger(config.server.announce, &mut signals).await;
        tracing::info!("stopping: finishing what is under way");
        self.ending.store(true, Ordering::Relaxed);
        // Nobody listening is no reason to fail: then the workers are gone.
        let _ = stop.send(true);
        *turn(&self.watching) = None;
        let cut = tokio::task::spawn_blocking(move || workers::join(workers)).await??;
        let running = Arc::clone(&self);
        tokio::task::spawn_blocking(move || running.indexing.end()).await?;
        if cut > 0 {
            tracing::warn!(connections = cut, "some connections had to be cut off");
        }
        self.keep_reads();
        let _ = std::fs::remove_file(control::path(self.data()));
        let meter = self.meter.clone();
        tokio::task::spawn_blocking(move || meter.close()).await??;
        if let Some(readers) = &self.readers {
            if let Some(working) = working {
                // It has said itself what was wrong, if anything was.
                let _ = working.await;
            }
            readers.close().await;
        }
        tracing::info!("stopped; everything counted is on disk");
        Ok(())
    }

    /// What had better be different, in the log.
    fn advise(&self, config: &Config) {
        let proxies = proxies::advice(config).map(str::to_owned);
        let files = descriptors::advice(config.server.limits.connections);
        let advice = [proxies, files, self.secrets.advice()];
        for said in advice.iter().flatten().chain(&config.doubts()) {
            tracing::warn!("{said}");
        }
    }

    /// Goes on looking whether stories can be cut, now that they are served.
    fn look_at_the_rest(&self) -> Result<()> {
        let installed = turn(&self.installed).clone();
        if let Some(edition) = installed.pages.publication() {
            let how = compile(&installed.config)?;
            self.cuts.go_on(edition, how);
        }
        Ok(())
    }

    /// Sends those who come without TLS to it, where that is wanted.
    fn redirect(self: &Arc<Self>, secured: &Secured, plain: Option<TcpListener>) -> Result<()> {
        if let Some(plain) = plain {
            let plain = tokio::net::TcpListener::from_std(plain)?;
            let challenges = Arc::clone(&secured.challenges);
            let asks_proxies = self.started.server.proxy_protocol;
            let own = Arc::clone(self);
            tokio::spawn(redirect::listen(plain, own, challenges, asks_proxies));
        }
        Ok(())
    }

    /// The configuration being worked by.
    pub(crate) fn config(&self) -> Arc<Config> {
        Arc::clone(&turn(&self.installed).config)
    }

    /// Everything that can be measured.
    pub(crate) fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Where mails are put, where they are put into a folder.
    pub(crate) fn mail_folder(&self) -> Result<Option<Folder>> {
        match self.config().mail.as_ref().map(|mail| &mail.way) {
            Some(Way::Folder(path)) => Ok(Some(Folder::open(path, Keep::default())?)),
            Some(Way::Server(_)) | None => Ok(None),
        }
    }

    /// How reloading has gone.
    pub(crate) fn reloads(&self) -> &Reloads {
        &self.reloads
    }

    /// The readers' TLS, where there is any.
    pub(crate) fn secured(&self) -> Option<&Secured> {
        self.secured.as_deref()
    }

    /// The gate.
    pub(crate) fn gate(&self) -> &Gate {
        &self.gate
    }

    /// The files and folders whose change is a reason to reload.
    fn watched(&self, config: &Config) -> Vec<PathBuf> {
        let Configured::File(file) = &self.configured else {
            return Vec::new();
        };
        let mut paths = vec![file.clone()];
        paths.extend(config.origin.content().map(Path::to_owned));
        paths.extend(config.templates.clone());
        paths.extend(config.messages.clone());
        paths.extend(config.crawlers.files.clone());
        let countries = config.gate.countries.as_ref();
        paths.extend(countries.map(|file| file.path.clone()));
        let pairs = config.server.tls.iter().flat_map(|tls| &tls.files);
        paths.extend(pairs.flat_map(|pair| [pair.chain.clone(), pair.key.clone()]));
        paths
    }

    fn source(&self, config: &Config) -> Source {
        match &self.source {
            Source::Folder(_) => source(config),
            embedded @ Source::Embedded(_) => embedded.clone(),
        }
    }
}

/// Where the stories of a configuration are: nowhere, where it is for a site.
pub(crate) fn source(config: &Config) -> Source {
    Source::Folder(config.origin.content().unwrap_or(Path::new("")).to_owned())
}

/// Goes on serving while whoever asks for readiness learns that the end is
/// near. Told to stop again, it ends at once.
async fn linger(announce: Duration, signals: &mut Signals) {
    if announce.is_zero() {
        return;
    }
    tracing::info!(
        ?announce,
        "stopping: no longer ready, but serving for a while"
    );
    let again = async { while signals.next().await != Told::Stop {} };
    let _ = tokio::time::timeout(announce, again).await;
}
