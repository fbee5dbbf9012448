//! A gate in front of the site, with nothing more in its configuration than a
//! publisher would write.

use std::net::SocketAddr;

use super::recipe::{NGINX, Recipe, Running};
use super::secure::{FILES, Signer, write};
use super::site::{HOME, HOST, SECRET, Site};
use super::way::{Door, Way};
use super::wire::Reply;
use crate::program::{Paper, Server, free_ports};

/// The year by which a certificate of a test runs out.
const YEAR: i32 = 4000;

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
    pub(crate) articles: &'static str,
    pub(crate) gate: &'static str,
}

/// The program, running.
pub(crate) struct Front {
    pub(crate) server: Server,
    pub(crate) paper: Paper,
    /// Where readers go.
    pub(crate) door: Door,
    /// Who stands there, if it isn't the gate.
    nginx: Option<Running>,
}

impl Front {
    /// Puts a gate before the site.
    pub(crate) fn before(site: &Site, cut: Cut, more: More) -> Self {
        let paper = Self::paper(site, cut, HOME, more);
        let server = paper.serve();
        Self {
            door: Door::plain(server.readers),
            server,
            paper,
            nginx: None,
        }
    }

    /// Puts one there to which this way leads.
    pub(crate) fn by(way: Way, site: &Site, cut: Cut) -> Self {
        match way {
            Way::Plain => Self::before(site, cut, More::default()),
            Way::Tls | Way::Second => Self::secure(way, site, cut),
            Way::Asking => Self::asked(site, cut),
        }
    }

    fn secure(way: Way, site: &Site, cut: Cut) -> Self {
        let home = format!("https://{HOST}");
        let paper = Self::paper(site, cut, &home, More::default());
        let signer = Signer::new();
        let (chain, key) = signer.sign_for(HOST, YEAR);
        write(&paper, &chain, &key);
        paper.edit("ludgate.toml", |text| {
            format!("{text}\n[server.tls]\n{FILES}")
        });
        let server = paper.serve();
        let door = match way {
            Way::Second => Door::second(server.readers, signer.client(&[b"h2"])),
            _ => Door::tls(server.readers, signer.client(&[b"http/1.1"])),
        };
        Self {
            server,
            paper,
            door,
            nginx: None,
        }
    }

    /// One that nginx asks, by the recipe of the guide.
    fn asked(site: &Site, cut: Cut) -> Self {
        let more = More {
            server: "trusted_proxies = [\"127.0.0.1\"]",
            gate: "forward_auth = \"nginx\"",
            ..More::default()
        };
        let paper = Self::paper(site, cut, HOME, more);
        let server = paper.serve();
        let [address, _] = free_ports();
        let nginx = Recipe::of("forward-auth/nginx.conf")
            .with("listen 80;", &format!("listen {address};"))
            .with("127.0.0.1:8080", &server.readers.to_string())
            .with("127.0.0.1:3000", &site.address.to_string())
            .run(&NGINX, address);
        Self {
            server,
            paper,
            door: Door::plain(address),
            nginx: Some(nginx),
        }
    }

    fn paper(site: &Site, cut: Cut, home: &str, more: More) -> Paper {
        let Site {
            address,
            origin: settings,
            articles,
            ..
        } = site;
        let More {
            server,
            origin,
            articles: about_articles,
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
url      = "{home}"
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
{about_articles}

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
        paper
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.server.readers
    }

    /// Gets a page with header lines of the test's own, of the gate itself.
    pub(crate) fn get(&self, target: &str, headers: &[&str]) -> Reply {
        let door = if self.nginx.is_some() {
            &Door::plain(self.address())
        } else {
            &self.door
        };
        let reply = door
            .ask("GET", target, headers, "")
            .replies
            .into_iter()
            .next();
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
        lines.push(format!("Host: {HOST}"));
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
