//! Our own program, serving a folder with one long story.

use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::process::{Server, free_port};
use super::{SERVER_CORE, nginx};
use crate::load;
use crate::story;

/// A folder with configuration, content and data, and the server on it.
pub(crate) struct Ludgate {
    pub(crate) server: Server,
    pub(crate) data: PathBuf,
    config: PathBuf,
}

impl Ludgate {
    /// Writes what it needs into `dir` and starts it, with one thread for readers.
    pub(crate) fn start(dir: &Path) -> Result<Self> {
        let (readers, admin) = (free_port()?, free_port()?);
        story::write_content(&dir.join("content"))?;
        let config = dir.join("ludgate.toml");
        let data = dir.join("data");
        fs::write(&config, configuration(readers, admin, &data))?;
        Ok(Self {
            server: serve(&config, readers)?,
            data,
            config,
        })
    }

    /// Ends it as a power cut would, and starts it again.
    pub(crate) fn restart_after_kill(self) -> Result<Self> {
        let Self {
            server,
            data,
            config,
        } = self;
        let address = server.address;
        server.kill()?;
        Ok(Self {
            server: serve(&config, address)?,
            data,
            config,
        })
    }
}

/// Started, and ready by its own account.
fn serve(config: &Path, address: SocketAddr) -> Result<Server> {
    let program = std::env::var_os("LUDGATE").context("LUDGATE names the program to measure")?;
    let command = [
        &*program.to_string_lossy(),
        "serve",
        "--config",
        &*config.to_string_lossy(),
    ];
    let mut server = Server::start(SERVER_CORE, &command, address)?;
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
content = "content"

[log]
level = "warn"

[articles]
body  = ".story-body"
paths = ["/stories/**"]

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
    let page = load::fetch(address, story::PATH, &format!("ludgate={cookie}"))?;
    story::must_be_open(&page)?;
    nginx::check_size(&page)?;
    Ok(page)
}
