//! A gate in front of the site, with nothing more in its configuration than a
//! publisher would write.

use std::net::SocketAddr;

use super::site::{HOME, SECRET, Site};
use super::wire::{Reply, exchange, replies};
use crate::program::{Paper, Server, free_ports};

/// Whether anything is withheld.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    On,
    Off,
}

/// Configuration of a test's own, by the table that it is added to.
#[derive(Clone, Copy, Default)]
pub(crate) struct More {
    pub(crate) server: &'static str,
    pub(crate) origin: &'static str,
    pub(crate) gate: &'static str,
}

/// The program, running.
pub(crate) struct Front {
    pub(crate) server: Server,
    pub(crate) paper: Paper,
}

impl Front {
    /// Puts a gate before the site.
    pub(crate) fn before(site: &Site, cut: Cut, more: More) -> Self {
        let Site {
            address,
            origin: settings,
            articles,
            ..
        } = site;
        let More {
            server,
            origin,
            gate,
        } = more;
        let paper = Paper::new();
        std::fs::write(paper.path("gate.secret"), SECRET).expect("a file");
        let [readers, admin] = free_ports();
        let what = match cut {
            Cut::On => "enforce",
            Cut::Off => "observe",
        };
        paper.edit("ludgate.toml", |_| {
            format!(
                r#"
[publication]
name     = "The Stanner Post"
url      = "{HOME}"
timezone = "Europe/London"

[server]
listen = "{readers}"
admin  = "{admin}"
data   = "data"
{server}

[origin]
url    = "http://{address}"
{settings}
secret = {{ header = "X-Gate", file = "gate.secret" }}
{origin}

[articles]
{articles}
preview = {{ paragraphs = 2 }}

[gate]
mode = "{what}"
{gate}

[debug]
expose_decisions = true

[[meters]]
id        = "monthly"
period    = "calendar month"
allowance = {{ anonymous = 3 }}

[[rules]]
id   = "service"
when = {{ section = "Service" }}
then = "open"

[[rules]]
id   = "office"
when = {{ network = "192.0.2.0/24" }}
then = "open"

[[rules]]
id   = "exclusive"
when = {{ section = "Exclusive" }}
then = {{ wall = "subscribe" }}

[[rules]]
id   = "metered"
then = {{ meter = "monthly", wall = "subscribe" }}
"#
            )
        });
        let server = paper.serve();
        Self { server, paper }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.readers
    }

    /// Gets a page with header lines of the test's own.
    pub(crate) fn get(&self, target: &str, headers: &[&str]) -> Reply {
        let bytes = exchange(self.address(), &request("GET", target, headers, ""));
        let reply = replies(&bytes, "GET").into_iter().next();
        reply.unwrap_or_else(|| panic!("no answer to {target}"))
    }

    /// The cookie of a reader who has read these stories.
    pub(crate) fn reader(&self, site: &Site, stories: &[&str]) -> String {
        let mut cookie = String::new();
        for name in stories {
            let line = format!("Cookie: {cookie}");
            let headers: &[&str] = if cookie.is_empty() { &[] } else { &[&line] };
            let reply = self.get(&site.story(name).path, headers);
            assert_eq!(reply.status, 200, "{name}: {}", reply.head);
            assert!(reply.head.contains("reason=counted"), "{}", reply.head);
            cookie = reply.cookie().unwrap_or(cookie);
        }
        cookie
    }

    /// The cookie of a reader who has used up the month.
    pub(crate) fn used_up(&self, site: &Site) -> String {
        self.reader(site, &["a", "b", "c"])
    }
}

/// A request on a connection of its own.
pub(crate) fn request(method: &str, target: &str, headers: &[&str], body: &str) -> Vec<u8> {
    let mut lines = vec![format!("{method} {target} HTTP/1.1")];
    let has = |name: &str| {
        let name = format!("{name}:");
        headers
            .iter()
            .any(|line| line.to_ascii_lowercase().starts_with(&name))
    };
    if !has("host") {
        lines.push(HOME.replace("http://", "Host: "));
    }
    if !has("connection") {
        lines.push("Connection: close".to_owned());
    }
    if !body.is_empty() && !has("content-length") && !has("transfer-encoding") {
        lines.push(format!("Content-Length: {}", body.len()));
        if !has("content-type") {
            lines.push("Content-Type: application/x-www-form-urlencoded".to_owned());
        }
    }
    lines.extend(headers.iter().map(|&line| line.to_owned()));
    format!("{}\r\n\r\n{body}", lines.join("\r\n")).into_bytes()
}
