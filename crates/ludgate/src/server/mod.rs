//! A running server: the gate with everything around it, its start, its
//! reloads and its end.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::Mutex;
use std::thread::JoinHandle;
use std::time::Duration;

use access::Minute;
use anyhow::{Context, Result, bail, ensure};
use gateway::{Gate, GateParts, Limits, Metrics, Server};
use jiff::Timestamp;
use meter::{Day, Store};
use prometheus_client::registry::Registry;
use publication::Source;
use tokio::sync::{mpsc, watch};

use crate::assemble::{Assembled, assemble};
use crate::config::{Config, instant};
use crate::control::{self, Command, Said};
use crate::openings::Openings;
use crate::origin::PublicationOrigin;
use crate::secrets::Secrets;
use crate::telemetry;
use crate::{admin, explain, watcher, world};

/// How often counted stories that no period needs are forgotten.
const SWEEP: Duration = Duration::from_hours(1);

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
    config: Mutex<Arc<Config>>,
    /// What the parts that are read once were started with.
    started: Arc<Config>,
    configured: Configured,
    source: Source,
    gate: Arc<Gate>,
    origin: Arc<PublicationOrigin>,
    secrets: Secrets,
    meter: Store,
    registry: Registry,
}

/// Called once the listeners are open.
pub(crate) type Announce<'a> = &'a dyn Fn(&Listening);

/// Where a server listens, and what it takes to look after it.
pub(crate) struct Listening {
    pub(crate) readers: SocketAddr,
    pub(crate) admin: SocketAddr,
    pub(crate) token: crate::secrets::Token,
    pub(crate) token_path: PathBuf,
    pub(crate) token_is_new: bool,
}

/// Runs a server until it is told to stop.
pub(crate) fn run(start: Start, announce: Announce<'_>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let readers = bind(start.config.server.listen, "listen")?;
    let admin = bind(start.config.server.admin, "admin")?;
    let running = Arc::new(Running::new(start)?);
    runtime.block_on(running.serve(readers, admin, announce))
}

fn bind(address: SocketAddr, key: &str) -> Result<TcpListener> {
    let listener = TcpListener::bind(address).with_context(|| {
        format!("{address} can't be listened on; choose another [server] {key}")
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

impl Running {
    fn new(start: Start) -> Result<Self> {
        let Start {
            config,
            configured,
            source,
        } = start;
        Minute::checked(world::now())?;
        let data = &config.server.data;
        let secrets = Secrets::open(data)?;
        let keys = secrets.keyring()?;
        let network_secret = secrets.network()?;
        let meter = Store::open(meter::Config {
            durability: config.meter.durability,
            memory: config.meter.memory,
            clock: Some(world::monotonic()),
            ..meter::Config::new(data.join("meter"))
        })?;
        let number = |_: usize, id: &access::Name| Ok(meter.meter_no(id)?);
        let assembled = assemble(&config, &source, &number, &Openings::load(data)?)?;
        let mut registry = Registry::default();
        let metrics = Arc::new(Metrics::new(&mut registry));
        let origin = Arc::new(PublicationOrigin::new(assembled.publication));
        let gate = Arc::new(Gate::new(GateParts {
            policy: assembled.policy,
            keys,
            network_secret,
            origin: Arc::clone(&origin) as Arc<dyn gateway::Origin>,
            page_memory: config.articles.memory,
            meter: meter.clone(),
            world: world::real(),
            metrics,
        }));
        telemetry::register(&mut registry, &gate);
        let config = Arc::new(config);
        Ok(Self {
            config: Mutex::new(Arc::clone(&config)),
            started: config,
            configured,
            source,
            gate,
            origin,
            secrets,
            meter,
            registry,
        })
    }

    async fn serve(
        self: Arc<Self>,
        readers: TcpListener,
        admin: TcpListener,
        announce: Announce<'_>,
    ) -> Result<()> {
        let config = self.config();
        warn_about_proxies(&config);
        let (token, token_is_new) = self.secrets.token()?;
        let (stop, stopping) = watch::channel(false);
        let listening = Listening {
            readers: readers.local_addr()?,
            admin: admin.local_addr()?,
            token: token.clone(),
            token_path: self.secrets.token_path(),
            token_is_new,
        };
        let workers = self.workers(&readers, &config, &stopping)?;
        drop(readers);
        let admin = tokio::net::TcpListener::from_std(admin)?;
        tokio::spawn(admin::listen(admin, Arc::clone(&self), token));
        tokio::spawn(watch_commands(Arc::clone(&self)));
        tokio::spawn(sweep(Arc::clone(&self)));
        let watching = watcher::watch(&self.watched(), Arc::clone(&self))?;
        announce(&listening);

        until_told_to_stop(&self).await?;
        tracing::info!("stopping: finishing what is under way");
        self.gate.drain();
        // Nobody listening is no reason to fail: then the workers are gone.
        let _ = stop.send(true);
        drop(watching);
        let cut = tokio::task::spawn_blocking(move || join(workers)).await??;
        if cut > 0 {
            tracing::warn!(connections = cut, "some connections had to be cut off");
        }
        let _ = std::fs::remove_file(control::path(&self.data()));
        let meter = self.meter.clone();
        tokio::task::spawn_blocking(move || meter.close()).await??;
        tracing::info!("stopped; everything counted is on disk");
        Ok(())
    }

    /// One thread, one runtime each: a connection stays on its core.
    fn workers(
        &self,
        listener: &TcpListener,
        config: &Config,
        stopping: &watch::Receiver<bool>,
    ) -> Result<Vec<JoinHandle<Result<usize>>>> {
        let server = Arc::new(Server::new(Arc::clone(&self.gate), config.server.limits));
        (0..config.server.threads)
            .map(|number| {
                let listener = listener.try_clone()?;
                let (server, stopping) = (Arc::clone(&server), stopping.clone());
                let worker = std::thread::Builder::new().name(format!("readers-{number}"));
                Ok(worker.spawn(move || serve_readers(&server, listener, stopping))?)
            })
            .collect()
    }

    /// The configuration being worked by.
    pub(crate) fn config(&self) -> Arc<Config> {
        let guard = self
            .config
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        Arc::clone(&guard)
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.config().server.data.clone()
    }

    /// Everything that can be measured.
    pub(crate) fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The gate.
    pub(crate) fn gate(&self) -> &Gate {
        &self.gate
    }

    /// The files and folders whose change is a reason to reload.
    fn watched(&self) -> Vec<PathBuf> {
        let config = self.config();
        let Configured::File(file) = &self.configured else {
            return Vec::new();
        };
        let mut paths = vec![file.clone(), config.content.clone()];
        paths.extend(config.templates.clone());
        paths.extend(config.messages.clone());
        paths
    }

    /// Reads configuration, theme, messages and content again, and works by
    /// them from the next request on. If anything is wrong, everything stays
    /// as it was.
    pub(crate) fn reload(&self) -> Result<()> {
        let old = self.config();
        let config = match &self.configured {
            Configured::File(file) => Arc::new(Config::load(file)?),
            Configured::Fixed => Arc::clone(&old),
        };
        let number = |_: usize, id: &access::Name| Ok(self.meter.meter_no(id)?);
        let openings = Openings::load(&old.server.data)?;
        let Assembled {
            policy,
            publication,
        } = assemble(&config, &self.source(&config), &number, &openings)?;
        let keys = self.secrets.keyring()?;
        self.gate.install_keys(keys);
        self.gate.install(policy);
        self.origin.replace(publication);
        for key in needing_restart(&self.started, &config) {
            tracing::warn!(key, "this change takes effect at the next start");
        }
        let mut guard = self
            .config
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *guard = config;
        Ok(())
    }

    fn source(&self, config: &Config) -> Source {
        match &self.source {
            Source::Folder(_) => Source::Folder(config.content.clone()),
            embedded @ Source::Embedded(_) => embedded.clone(),
        }
    }

    /// Reloads, and says in the log how that went.
    pub(crate) fn reload_and_say(&self, why: &str) {
        match self.reload() {
            Ok(()) => tracing::info!(why, "reloaded"),
            Err(error) => {
                tracing::error!(why, "not reloaded, everything stays as it was:\n{error:#}");
            }
        }
    }

    /// Carries out a command from the control socket.
    pub(crate) async fn command(
        &self,
        command: Command,
        progress: mpsc::Sender<u64>,
    ) -> Result<Said> {
        let now = world::now();
        match command {
            Command::Explain { story, reader, at } => {
                let at = match at {
                    Some(text) => self.instant(&text, false)?,
                    None => now,
                };
                explain::explain(self, &story, &reader, at)
                    .await
                    .map(Said::Explained)
            }
            Command::Open { what, until } => {
                let until = self.instant(&until, true)?;
                self.change_openings(|openings| {
                    let opening = openings.open(what, until, now)?;
                    Ok(format!(
                        "{} is open to everybody until {until} ({})",
                        opening.what, opening.id
                    ))
                })
            }
            Command::Close { id } => self.change_openings(|openings| {
                openings
                    .close(&id)
                    .map(|closed| format!("{} follows the rules again", closed.what))
            }),
            Command::Openings => Ok(Said::Openings(
                Openings::load(&self.data())?.at(now).cloned().collect(),
            )),
            Command::Reload => self.reload().map(|()| Said::Done("reloaded".to_owned())),
            Command::Backup { to } => self.backup(to, progress).await,
        }
    }

    fn instant(&self, text: &str, inclusive: bool) -> Result<Timestamp> {
        instant(text, &self.config().zone, inclusive).map_err(anyhow::Error::msg)
    }

    fn change_openings(
        &self,
        change: impl FnOnce(&mut Openings) -> Result<String>,
    ) -> Result<Said> {
        let data = self.data();
        let mut openings = Openings::load(&data)?;
        let said = change(&mut openings)?;
        openings.save(&data)?;
        self.reload()?;
        Ok(Said::Done(said))
    }

    async fn backup(&self, to: PathBuf, progress: mpsc::Sender<u64>) -> Result<Said> {
        ensure!(
            to.is_absolute(),
            "the backup's folder must be an absolute path"
        );
        let meter = self.meter.clone();
        let target = to.clone();
        tokio::task::spawn_blocking(move || {
            meter.backup(&target, &mut |step| {
                // Progress that nobody takes in time is not worth waiting for.
                let _ = progress.try_send(step.copied);
            })
        })
        .await??;
        Ok(Said::Done(format!(
            "the meter has been copied to {}",
            to.display()
        )))
    }

    /// Forgets what no period can need any more.
    fn sweep(&self, now: Timestamp) {
        let longest = self.gate.longest_period();
        let now = Minute::floor(now);
        match self.meter.sweep(now.back(longest), Day::of(now)) {
            Ok(swept) => tracing::debug!(?swept, "forgot what no period needs"),
            Err(error) => tracing::warn!(%error, "old counts could not be forgotten"),
        }
    }
}

fn serve_readers(
    server: &Server,
    listener: TcpListener,
    stopping: watch::Receiver<bool>,
) -> Result<usize> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        Ok(server.run(listener, stopping).await)
    })
}

fn join(workers: Vec<JoinHandle<Result<usize>>>) -> Result<usize> {
    let mut cut = 0;
    for worker in workers {
        match worker.join() {
            Ok(result) => cut += result?,
            Err(_) => bail!("a thread that served readers has failed"),
        }
    }
    Ok(cut)
}

async fn watch_commands(running: Arc<Running>) {
    if let Err(error) = control::listen(running).await {
        tracing::error!("commands can't reach this server: {error:#}");
    }
}

async fn sweep(running: Arc<Running>) {
    let mut hourly = tokio::time::interval(SWEEP);
    loop {
        hourly.tick().await;
        let running = Arc::clone(&running);
        let _ = tokio::task::spawn_blocking(move || running.sweep(world::now())).await;
    }
}

/// Waits for a signal to stop; a hang-up is one to reload.
async fn until_told_to_stop(running: &Arc<Running>) -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    loop {
        tokio::select! {
            _ = terminate.recv() => return Ok(()),
            _ = interrupt.recv() => return Ok(()),
            _ = hangup.recv() => {
                let running = Arc::clone(running);
                tokio::task::spawn_blocking(move || running.reload_and_say("hang-up")).await?;
            }
        }
    }
}

/// Settings that are read once, at the start.
fn needing_restart(old: &Config, new: &Config) -> Vec<&'static str> {
    let differs = |a: &Limits, b: &Limits| {
        (a.connections, a.head, a.stall, a.drain) != (b.connections, b.head, b.stall, b.drain)
    };
    let changes = [
        ("server.listen", old.server.listen != new.server.listen),
        ("server.admin", old.server.admin != new.server.admin),
        ("server.data", old.server.data != new.server.data),
        ("server.threads", old.server.threads != new.server.threads),
        (
            "server limits",
            differs(&old.server.limits, &new.server.limits),
        ),
        (
            "articles.memory",
            old.articles.memory != new.articles.memory,
        ),
        (
            "meter.durability",
            old.meter.durability != new.meter.durability,
        ),
        ("meter.memory", old.meter.memory != new.meter.memory),
        ("log", old.log != new.log),
        (
            "theme folders",
            (&old.templates, &old.messages) != (&new.templates, &new.messages),
        ),
    ];
    changes
        .into_iter()
        .filter(|(_, changed)| *changed)
        .map(|(key, _)| key)
        .collect()
}

/// Behind a proxy that isn't trusted, all readers would share one address and
/// one budget of new readers.
fn warn_about_proxies(config: &Config) {
    let local = config.server.listen.ip().is_loopback();
    if local && config.url.https && config.server.trusted_proxies.is_empty() {
        tracing::warn!(
            "the publication is on https but this server listens on loopback and trusts no proxy: \
             all readers will seem to come from the proxy. Name it in [server] trusted_proxies"
        );
    }
}

/// Whether `path` is the data folder of a server that can be asked.
pub(crate) fn is_served(data: &Path) -> bool {
    control::path(data).exists()
}
