//! Our own program, serving a folder with one long story.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::process::{Server, free_port};
use super::{BOTH_CORES, SERVER_CORE, nginx};
use crate::load;
use crate::story;

/// Requests to the site at a time: more than there are slow downloads.
const CONNECTIONS: usize = 2000;

/// What it sells, and to whom it writes.
const SHOP: &str = r#"
[products.digital]
grants = ["read"]

[plans.monthly]
product = "digital"
price   = "10.00 USD"
every   = "1 month"

[[offers]]
id   = "monthly"
plan = "monthly"

[tax]
seller = "GB"

[payments]
provider = "sandbox"

[mail]
from   = "post@paper.example"
folder = "mail"
"#;

/// A folder with configuration, content and data, and the server on it.
pub(crate) struct Ludgate {
    pub(crate) server: Server,
    pub(crate) data: PathBuf,
    admin: SocketAddr,
    config: PathBuf,
    cores: Cores,
}

/// What it runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cores {
    /// The servers' core, with one thread for readers.
    One,
    /// Both, with a thread each: whoever asks shares them.
    Both,
}

/// A site to stand in front of.
pub(crate) struct Behind {
    pub(crate) origin: SocketAddr,
    /// For pages, as the configuration has it.
    pub(crate) memory: String,
    /// For pages that memory lets go of.
    pub(crate) disk: Option<&'static str>,
}

impl Behind {
    /// A site of which all pages that are asked for fit into memory.
    pub(crate) fn fitting(origin: SocketAddr) -> Self {
        Self {
            origin,
            memory: "1 GB".to_owned(),
            disk: None,
        }
    }
}

impl Ludgate {
    /// Writes what it needs into `dir` and starts it, with one thread for readers.
    pub(crate) fn start(dir: &Path) -> Result<Self> {
        story::write_content(&dir.join("content"))?;
        Self::serving(dir)
    }

    /// The same with the content that is in `dir` already.
    pub(crate) fn serving(dir: &Path) -> Result<Self> {
        Self::with(dir, "content = \"content\"", "")
    }

    /// The same in front of a site.
    pub(crate) fn before(dir: &Path, site: &Behind) -> Result<Self> {
        fs::create_dir_all(dir)?;
        let origin = format!(
            "url         = \"http://{}\"\nconnections = {CONNECTIONS}",
            site.origin
        );
        // An hour, as the site says of what else it has.
        let mut articles = format!("max_age = \"1 h\"\nmemory  = \"{}\"\n", site.memory);
        if let Some(disk) = site.disk {
            // Writing to a string doesn't fail.
            let _ = writeln!(articles, "disk    = \"{disk}\"");
        }
        Self::with(dir, &origin, &articles)
    }

    /// One whose readers have accounts and pay by the sandbox. What is in `data`
    /// within the folder is theirs.
    pub(crate) fn selling(dir: &Path, cores: Cores) -> Result<Self> {
        story::write_content(&dir.join("content"))?;
        Self::publishing(dir, cores)
    }

    /// The same with the content that is in `dir` already.
    pub(crate) fn publishing(dir: &Path, cores: Cores) -> Result<Self> {
        let articles = "";
        Self::on(cores, dir, "content = \"content\"", (articles, SHOP))
    }

    fn with(dir: &Path, origin: &str, articles: &str) -> Result<Self> {
        Self::on(Cores::One, dir, origin, (articles, ""))
    }

    fn on(cores: Cores, dir: &Path, origin: &str, (articles, shop): (&str, &str)) -> Result<Self> {
        let (readers, admin) = (free_port()?, free_port()?);
        let config = dir.join("ludgate.toml");
        let data = dir.join("data");
        let text = configuration(readers, admin, &data)
            .replace("@ORIGIN@", origin)
            .replace("@ARTICLES@", articles);
        let text = match cores {
            Cores::One => text,
            Cores::Both => text.replace("threads = 1", "threads = 2"),
        };
        let text = if shop.is_empty() {
            text
        } else {
            // The sandbox's money is for who tries something out.
            text.replace("[publication]", "[publication]\ntest     = true")
        };
        fs::write(&config, text + shop)?;
        Ok(Self {
            server: serve(&config, readers, cores)?,
            admin,
            data,
            config,
            cores,
        })
    }

    /// A number among its metrics.
    pub(crate) fn metric(&self, name: &str) -> Result<f64> {
        let token = fs::read_to_string(self.data.join("admin-token"))?;
        let metrics = load::ask(self.admin, "/metrics", token.trim())?;
        metrics
            .lines()
            .filter_map(|line| line.split_once(' '))
            .find_map(|(own, value)| (own == name).then(|| value.parse().ok())?)
            .with_context(|| format!("there is no {name} among the metrics"))
    }

    /// Ends it as a power cut would, and starts it again.
    pub(crate) fn restart_after_kill(self) -> Result<Self> {
        let Self {
            server,
            data,
            admin,
            config,
            cores,
        } = self;
        let address = server.address;
        server.kill()?;
        Ok(Self {
            server: serve(&config, address, cores)?,
            data,
            admin,
            config,
            cores,
        })
    }
}

/// Brings an export of WordPress into a content folder.
pub(crate) fn import_stories(export: &Path, content: &Path) -> Result<()> {
    let report = export.with_extension("report.csv");
    let output = Command::new(program()?)
        .args(["import", "stories", "--from", "wordpress"])
        .arg(export)
        .arg("--into")
        .arg(content)
        .arg("--report")
        .arg(report)
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(
        output.status.success(),
        "the stories don't come over: {said}"
    );
    Ok(())
}

fn program() -> Result<OsString> {
    std::env::var_os("LUDGATE").context("LUDGATE names the program to measure")
}

/// Started, and ready by its own account.
fn serve(config: &Path, address: SocketAddr, cores: Cores) -> Result<Server> {
    let program = program()?;
    let command = [
        &*program.to_string_lossy(),
        "serve",
        "--config",
        &*config.to_string_lossy(),
    ];
    let core = match cores {
        Cores::One => SERVER_CORE,
        Cores::Both => BOTH_CORES,
    };
    let mut server = Server::start(core, &command, address)?;
    server.wait_until(|| load::is_ready(address))?;
    Ok(server)
}

/// Ten rules, as a publication with some history has them; the last one meters.
fn configuration(readers: SocketAddr, admin: SocketAddr, data: &Path) -> String {
    let mut text = format!(
        r#"[publication]
name     = "The Long Story"
url      = "http://{readers}"
timezone = "Europe/London"
locales  = ["en"]

[server]
listen  = "{readers}"
admin   = "{admin}"
data    = "{}"
threads = 1

[origin]
@ORIGIN@

[log]
level = "warn"

[articles]
body  = ".story-body"
paths = ["/stories/**"]
@ARTICLES@
[[meters]]
id        = "monthly"
period    = "calendar month"
allowance = {{ anonymous = 3, registered = 5 }}
notice    = 2

[links]
subscribe = "/pages/subscribe"
"#,
        data.display()
    );
    for (id, when, then) in [
        ("free", r#"{ tier = "free" }"#, r#""open""#),
        ("sponsored", "{ sponsored = true }", r#""open""#),
        ("subscribers", r#"{ entitled = "read" }"#, r#""open""#),
        (
            "service",
            r#"{ section = ["service", "weather"] }"#,
            r#""open""#,
        ),
        ("elections", r#"{ tag = "elections" }"#, r#""open""#),
        (
            "archive",
            r#"{ published = { before = "2020-01-01" } }"#,
            r#""open""#,
        ),
        ("campus", r#"{ network = "10.20.0.0/16" }"#, r#""open""#),
        (
            "newsletter",
            r#"{ referrer = "newsletter", tag = "morning" }"#,
            r#""open""#,
        ),
        (
            "exclusive",
            r#"{ tier = "locked" }"#,
            r#"{ wall = "subscribe" }"#,
        ),
        (
            "metered",
            r#""always""#,
            r#"{ meter = "monthly", wall = "subscribe" }"#,
        ),
    ] {
        // Writing to a string doesn't fail.
        let _ = write!(
            text,
            "\n[[rules]]\nid   = \"{id}\"\nwhen = {when}\nthen = {then}\n"
        );
    }
    text
}

/// The story as an open page shows it, for peers to serve.
pub(crate) fn open_page(address: SocketAddr, cookie: &str) -> Result<String> {
    let page = load::fetch(address, story::PATH, cookie)?;
    story::must_be_open(&page)?;
    nginx::check_size(&page)?;
    Ok(page)
}
