//! nginx, three times: with a file that is the same for everybody, as the meter
//! that people build themselves, and as the proxy in front of a site.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::process::{Server, free_port};
use super::{OTHER_CORE, SERVER_CORE};
use crate::story;

/// What "a story of about 45 KB" may mean, in bytes.
const SIZES: std::ops::Range<usize> = 40_000..52_000;

/// Meters of nginx, Lua and Redis that differ in how hard they compress.
pub(crate) struct Metering {
    /// At gzip's own level, which gives the smallest pages of the two.
    pub(crate) level_6: Server,
    /// At nginx's default, which gives the fastest.
    pub(crate) level_1: Server,
    _redis: Server,
}

/// nginx with the story as a file and its compressed copy beside it.
pub(crate) fn nginx(dir: &Path, page: &str) -> Result<Server> {
    let file = dir.join("story.html");
    fs::write(&file, page)?;
    // As a publisher would: `gzip -6`, the name left out.
    let status = Command::new("gzip")
        .args(["-6", "-n", "-k", "-f"])
        .arg(&file)
        .status()?;
    ensure!(status.success(), "gzip failed: {status}");
    start(dir, "nginx", include_str!("../../peers/nginx.conf"))
}

/// nginx that asks Redis and fills the countdown in.
pub(crate) fn nginx_with_lua(dir: &Path, page: &str) -> Result<Metering> {
    let (before, notice, after) = story::around_notice(page)?;
    ensure!(
        !notice.is_empty(),
        "the story has no notice to be filled in"
    );
    fs::write(
        dir.join("story-to-fill.html"),
        format!("{before}<!--countdown-->{after}"),
    )?;
    fs::write(
        dir.join("story-preview.html"),
        format!("{before}<p>Subscribe to read on.</p>"),
    )?;
    let socket = dir.join("redis.sock");
    let address = free_port()?;
    let redis = [
        "redis-server",
        "--port",
        &address.port().to_string(),
        "--bind",
        "127.0.0.1",
        "--unixsocket",
        &socket.to_string_lossy(),
        "--unixsocketperm",
        "777",
        "--dir",
        &dir.to_string_lossy(),
        "--save",
        "",
        "--appendonly",
        "yes",
        "--appendfsync",
        "everysec",
        "--daemonize",
        "no",
        "--loglevel",
        "warning",
    ];
    let redis = Server::start(OTHER_CORE, &redis, address)?;
    let conf = include_str!("../../peers/lua.conf");
    let at = |level: &str| {
        start(
            dir,
            &format!("lua-{level}"),
            &conf.replace("@LEVEL@", level),
        )
    };
    Ok(Metering {
        level_6: at("6")?,
        level_1: at("1")?,
        _redis: redis,
    })
}

/// How nginx stands before a site.
pub(crate) struct Proxying {
    pub(crate) origin: SocketAddr,
    /// Answers that its cache may hold.
    pub(crate) room: usize,
    /// Whether the site compresses; if not, nginx does.
    pub(crate) site_compresses: bool,
}

/// nginx as a caching proxy.
pub(crate) fn nginx_before(dir: &Path, how: &Proxying) -> Result<Server> {
    let (name, gzip, coding) = if how.site_compresses {
        ("proxy", "off", "gzip")
    } else {
        ("proxy-gzip", "on", "")
    };
    let conf = include_str!("../../peers/proxy.conf")
        .replace("@ORIGIN@", &how.origin.to_string())
        .replace("@KEYS@", &keys_zone(how.room).to_string())
        .replace("@GZIP@", gzip)
        .replace("@CODING@", coding);
    start(dir, name, &conf)
}

/// Bytes of shared memory for the keys of so many answers: 128 for each, in pages
/// of 4 KB, and what is noted of the pages; nginx takes no less than eight pages.
fn keys_zone(answers: usize) -> usize {
    const PAGE: usize = 4096;
    let pages = answers.div_ceil(PAGE / 128) + OWN_PAGES;
    let noted = (pages * 40).div_ceil(PAGE);
    (pages + noted).max(8) * PAGE
}

/// What nginx keeps in that memory besides.
const OWN_PAGES: usize = 3;

fn start(dir: &Path, name: &str, template: &str) -> Result<Server> {
    let address = free_port()?;
    let text = template
        .replace("@DIR@", &dir.to_string_lossy())
        .replace("@NAME@", name)
        .replace("@PORT@", &address.port().to_string());
    let file = dir.join(format!("{name}.conf"));
    fs::write(&file, text)?;
    let error_log = dir.join(format!("{name}-error.log"));
    let command = [
        "nginx",
        "-c",
        &*file.to_string_lossy(),
        "-e",
        &*error_log.to_string_lossy(),
    ];
    Server::start(SERVER_CORE, &command, address)
        .with_context(|| fs::read_to_string(&error_log).unwrap_or_default())
}

/// Whether the page is as large as the figures say.
pub(super) fn check_size(page: &str) -> Result<()> {
    ensure!(
        SIZES.contains(&page.len()),
        "the page has {} bytes, not about 45 KB",
        page.len()
    );
    Ok(())
}
