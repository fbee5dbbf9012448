//! The configuration: read from one TOML file, checked whole, with every
//! mistake named by file, line and column.
//!
//! Nothing here opens a socket or a store. A configuration that has been
//! loaded is one that a server can start with.

mod accounts;
mod apps;
mod certificates;
mod check;
mod conditions;
mod countries;
mod crawlers;
mod errors;
mod gifts;
mod glance;
mod keys;
mod pages;
mod places;
mod print;
mod privacy;
mod raw;
mod rules;
mod sales;
mod server;
mod site;
mod url;
mod values;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use access::{PathPattern, Tier};
use gateway::{Limits, Mode};
use ipnet::IpNet;
use jiff::tz::TimeZone;
use prompts::{Benefit, Locale};

pub(crate) use accounts::{Accounts, Mail, Payments, Way};
pub(crate) use certificates::Tls;
use check::Check;
pub(crate) use conditions::parse_language;
pub(crate) use errors::{ConfigError, ConfigErrors, nearest};
pub(crate) use glance::Glance;
pub(crate) use print::Print;
pub(crate) use privacy::Privacy;
pub(crate) use rules::MeterSettings;
pub(crate) use sales::Sales;
pub(crate) use url::{PublicationUrl, path_of};
pub(crate) use values::instant;

/// The largest configuration file read, in bytes: a thousand rules fit.
const MAX_FILE: u64 = 1024 * 1024;

/// The data folder, unless configured.
const DATA: &str = "data";

/// New readers that one network may make in a day, unless configured: enough
/// for a carrier's shared addresses, far too few to live on.
const FRESH_READERS: u32 = 1_000;

/// A checked configuration.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) name: String,
    pub(crate) url: PublicationUrl,
    pub(crate) zone: TimeZone,
    pub(crate) locales: Vec<Locale>,
    pub(crate) negotiate_locale: bool,
    /// What a wall says that a subscription gives.
    pub(crate) benefits: Vec<Benefit>,
    pub(crate) server: Server,
    pub(crate) origin: Origin,
    pub(crate) articles: Articles,
    pub(crate) gate: Gate,
    pub(crate) crawlers: Crawlers,
    pub(crate) privacy: Privacy,
    /// What subscribers may give to others; `None` where that is nothing.
    pub(crate) gifts: Option<gateway::Gifts>,
    pub(crate) meter: MeterStore,
    pub(crate) meters: Vec<MeterSettings>,
    pub(crate) rules: Vec<access::Rule>,
    /// Whether nothing here is in earnest, so that the clock may be moved.
    pub(crate) is_test: bool,
    /// What is sold; `None` where nothing is.
    pub(crate) sales: Option<Sales>,
    pub(crate) accounts: Accounts,
    /// For how long stories may be kept in the publication's own app; `None` where there
    /// is none.
    pub(crate) app: Option<Duration>,
    /// Whether something is said of that app, so that there should be one.
    pub(crate) is_app_named: bool,
    /// Which programs readers may let in.
    pub(crate) apps: Vec<web::App>,
    /// The origins whose scripts may ask.
    pub(crate) api_origins: Vec<String>,
    /// `None` where no mail is sent, and so nobody can have an account.
    pub(crate) mail: Option<Mail>,
    /// `None` where nothing can be paid for.
    pub(crate) payments: Option<Payments>,
    /// `None` where nothing is printed.
    pub(crate) print: Option<Print>,
    pub(crate) links: Links,
    pub(crate) templates: Option<PathBuf>,
    pub(crate) messages: Option<PathBuf>,
    pub(crate) log: Log,
    pub(crate) expose_decisions: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Server {
    pub(crate) listen: SocketAddr,
    pub(crate) admin: SocketAddr,
    /// Where readers who come without TLS are sent to it.
    pub(crate) plain: Option<SocketAddr>,
    pub(crate) tls: Option<Tls>,
    /// Whether trusted proxies begin connections with the PROXY header.
    pub(crate) proxy_protocol: bool,
    /// For a handshake, and for a PROXY header.
    pub(crate) handshake: Duration,
    pub(crate) data: PathBuf,
    pub(crate) trusted_proxies: Vec<IpNet>,
    pub(crate) threads: usize,
    /// How long a server that stops goes on serving, so that others can learn
    /// of it first.
    pub(crate) announce: Duration,
    pub(crate) zstd: bool,
    pub(crate) limits: Limits,
}

/// Where pages come from.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// A folder of stories.
    Content(PathBuf),
    /// A site that is there already.
    Site(Box<Foreign>),
}

impl Origin {
    /// The folder of stories, where it is one.
    pub(crate) fn content(&self) -> Option<&Path> {
        match self {
            Self::Content(folder) => Some(folder),
            Self::Site(_) => None,
        }
    }
}

/// A site that is there already.
#[derive(Clone, Debug)]
pub(crate) struct Foreign {
    /// Its servers, and how long to wait for them.
    pub(crate) servers: upstream::Settings,
    /// What the gate knows of it.
    pub(crate) site: gateway::Site,
}

#[derive(Clone, Debug)]
pub(crate) struct Articles {
    pub(crate) body: Vec<String>,
    /// Inside of what a body makes the page a list of stories.
    pub(crate) lists: Vec<String>,
    /// Inside of what it makes the page a further one of its story.
    pub(crate) continued: Vec<String>,
    pub(crate) paths: Vec<PathPattern>,
    pub(crate) preview: page::Preview,
    pub(crate) tier: Tier,
    pub(crate) max_age: Duration,
    pub(crate) memory: u64,
    /// Of files with pages that memory has no room for; none is needed.
    pub(crate) disk: Option<u64>,
    pub(crate) query: Vec<Box<str>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Gate {
    pub(crate) mode: Mode,
    pub(crate) fresh_readers: u32,
    /// Whether it is counted what is read most, for a page to show.
    pub(crate) most_read: bool,
    pub(crate) prefix: String,
    pub(crate) country_header: Option<http::HeaderName>,
    /// The proxy that asks, where there is one.
    pub(crate) asker: Option<gateway::Asker>,
    pub(crate) countries: Option<CountriesFile>,
}

/// The countries of addresses, and where they were read.
#[derive(Clone, Debug)]
pub(crate) struct CountriesFile {
    pub(crate) path: PathBuf,
    /// What it was like before it was read.
    state: Option<countries::State>,
    pub(crate) countries: Arc<gateway::Countries>,
}

/// How search engines' crawlers are verified.
#[derive(Clone, Debug)]
pub(crate) struct Crawlers {
    /// Whether they are.
    pub(crate) verify: bool,
    pub(crate) servers: ::crawlers::Servers,
    pub(crate) timeout: Duration,
    /// How long a request waits for a look-up.
    pub(crate) wait: Duration,
    pub(crate) ranges: ::crawlers::Ranges,
    /// The files that they were read from.
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Clone, Debug)]
pub(crate) struct MeterStore {
    pub(crate) durability: meter::Durability,
    pub(crate) memory: usize,
}

/// The element that holds a story's text on pages of the built-in theme.
pub(crate) const BODY: &str = ".story-body";

/// Where walls lead if nobody has said it.
pub(crate) const SUBSCRIBE: &str = "/pages/subscribe";

/// Where prompts lead.
#[derive(Clone, Debug)]
pub(crate) struct Links {
    pub(crate) subscribe: String,
    pub(crate) offers: Option<String>,
    pub(crate) login: Option<String>,
    pub(crate) register: Option<String>,
    pub(crate) account: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogFormat {
    Human,
    Json,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Log {
    pub(crate) format: LogFormat,
    pub(crate) level: String,
}

impl Config {
    /// Whether there is an app to install: it keeps stories of the built-in publication,
    /// for readers who have accounts.
    pub(crate) fn has_own_app(&self) -> bool {
        let is_ours = matches!(self.origin, Origin::Content(_));
        self.app.is_some() && self.mail.is_some() && is_ours
    }

    /// Reads and checks the file. Paths in it are relative to its folder.
    pub(crate) fn load(file: &Path) -> Result<Self, ConfigErrors> {
        Self::load_after(file, None)
    }

    /// The same in place of `before`, whose large files needn't be read again where
    /// they are what they were.
    pub(crate) fn load_after(file: &Path, before: Option<&Self>) -> Result<Self, ConfigErrors> {
        let text = read(file).map_err(|message| ConfigErrors::unreadable(file, message))?;
        let folder = file.parent().unwrap_or(Path::new(""));
        let load = || {
            let raw = keys::read(&text)?;
            let config = Self::checked(&raw, folder, before)?;
            config.places(&raw)?;
            Ok(config)
        };
        load().map_err(|errors| ConfigErrors {
            file: file.to_owned(),
            text: text.clone(),
            errors,
        })
    }

    /// Checks the text of a configuration whose paths are relative to `folder`.
    pub(crate) fn parse(text: &str, folder: &Path) -> Result<Self, Vec<ConfigError>> {
        Self::checked(&keys::read(text)?, folder, None)
    }

    /// What should be looked at though a server can be started, each in a
    /// sentence.
    pub(crate) fn doubts(&self) -> Vec<String> {
        let tls = self.server.tls.iter().flat_map(|tls| &tls.doubts);
        let catalog = self.sales.as_ref().map(|sales| &sales.catalog);
        let payments = self.payments.iter();
        let payments = payments.flat_map(|payments| payments.doubts(self.is_test, catalog));
        let apps = self.doubts_of_apps();
        tls.cloned().chain(payments).chain(apps).collect()
    }

    fn checked(
        raw: &raw::File,
        folder: &Path,
        before: Option<&Self>,
    ) -> Result<Self, Vec<ConfigError>> {
        let mut check = Check {
            errors: Vec::new(),
            folder,
            before,
        };
        let config = check.config(raw);
        match config {
            Some(config) if check.errors.is_empty() => Ok(config),
            _ => Err(check.errors),
        }
    }
}

fn read(file: &Path) -> Result<String, String> {
    let about = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            "there is no such file; `ludgate init DIR` writes one to start from".to_owned()
        }
        _ => format!("can't be read: {error}"),
    };
    let size = std::fs::metadata(file).map_err(about)?.len();
    if size > MAX_FILE {
        return Err("is larger than 1 MB; is it the right file?".to_owned());
    }
    std::fs::read_to_string(file).map_err(about)
}
