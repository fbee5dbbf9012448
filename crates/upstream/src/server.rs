//! One server of a site, and whether it is worth asking.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};
use thiserror::Error;

use crate::http1::Connections;

/// Failures in a row after which a server is left alone for a while. One may be
/// a restart, two may be bad luck.
const TOO_MANY: u32 = 3;

/// How long a server is left alone at first; twice as long each further time.
const REST: Duration = Duration::from_secs(1);

/// The longest that a server is left alone: whoever has repaired it shouldn't
/// have to wait.
const LONGEST_REST: Duration = Duration::from_secs(30);

/// Scheme and authority of a server: `http://127.0.0.1:3000`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerUrl {
    scheme: Scheme,
    authority: Authority,
}

/// Why a text is no server's URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("write scheme and host only, for example \"http://127.0.0.1:3000\"")]
pub struct BadServer;

impl FromStr for ServerUrl {
    type Err = BadServer;

    fn from_str(text: &str) -> Result<Self, BadServer> {
        let parts = text.parse::<Uri>().map_err(|_| BadServer)?.into_parts();
        let scheme = parts.scheme.ok_or(BadServer)?;
        let authority = parts.authority.ok_or(BadServer)?;
        let bare = parts.path_and_query.is_none_or(|path| path == "/");
        let known = scheme == Scheme::HTTP || scheme == Scheme::HTTPS;
        if !bare || !known || authority.as_str().contains('@') || authority.host().is_empty() {
            return Err(BadServer);
        }
        Ok(Self { scheme, authority })
    }
}

impl fmt::Display for ServerUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

impl ServerUrl {
    /// Whether it is spoken to over TLS.
    pub fn is_https(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// Its host, a name or an address.
    pub fn host(&self) -> &str {
        self.authority.host()
    }

    /// Its port, also where that is the scheme's own.
    pub fn port(&self) -> u16 {
        self.authority.port_u16().unwrap_or(self.own_port())
    }

    /// The port of its scheme.
    fn own_port(&self) -> u16 {
        if self.is_https() { 443 } else { 80 }
    }

    /// What it is called in a request: its host, and its port where that isn't
    /// the scheme's own.
    pub(crate) fn authority(&self) -> String {
        match self.port() {
            port if port == self.own_port() => self.host().to_owned(),
            port => format!("{}:{port}", self.host()),
        }
    }

    /// The address of `path` on this server.
    pub(crate) fn at(&self, path: PathAndQuery) -> Option<Uri> {
        Uri::builder()
            .scheme(self.scheme.clone())
            .authority(self.authority.clone())
            .path_and_query(path)
            .build()
            .ok()
    }
}

/// A server and how it has been doing. Times are a monotonic clock's.
pub(crate) struct Server {
    pub(crate) url: ServerUrl,
    /// For plain requests, where it is spoken to in the clear.
    pub(crate) connections: Option<Connections>,
    failures: AtomicU32,
    /// Milliseconds.
    rests_until: AtomicU64,
}

impl Server {
    pub(crate) fn new(url: ServerUrl, connections: Option<Connections>) -> Self {
        Self {
            url,
            connections,
            failures: AtomicU32::new(0),
            rests_until: AtomicU64::new(0),
        }
    }

    /// Whether it is worth asking at `now`.
    pub(crate) fn is_up(&self, now: Duration) -> bool {
        millis(now) >= self.rests_until.load(Ordering::Relaxed)
    }

    pub(crate) fn rests_until(&self) -> u64 {
        self.rests_until.load(Ordering::Relaxed)
    }

    /// It has answered, whatever it said.
    pub(crate) fn has_answered(&self) {
        if self.failures.swap(0, Ordering::Relaxed) >= TOO_MANY {
            self.rests_until.store(0, Ordering::Relaxed);
            tracing::info!(server = %self.url, "the server answers again");
        }
    }

    /// It has failed at `now`.
    pub(crate) fn has_failed(&self, now: Duration) {
        let failures = self
            .failures
            .fetch_add(1, Ordering::Relaxed)
            .saturating_add(1);
        let Some(times) = failures.checked_sub(TOO_MANY) else {
            return;
        };
        let rest = REST.saturating_mul(1 << times.min(16)).min(LONGEST_REST);
        let until = millis(now.saturating_add(rest));
        self.rests_until.store(until, Ordering::Relaxed);
        if times == 0 {
            tracing::warn!(server = %self.url, failures, "the server is left alone for a while");
        }
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_a_scheme_and_a_host() {
        for (text, shown) in [
            ("http://127.0.0.1:3000", Some("http://127.0.0.1:3000")),
            ("https://cms.example/", Some("https://cms.example")),
            ("http://[::1]:80", Some("http://[::1]:80")),
            ("127.0.0.1:3000", None),
            ("ftp://cms.example", None),
            ("http://cms.example/blog", None),
            ("http://cms.example?x=y", None),
            ("http://user@cms.example", None),
            ("http://", None),
            ("", None),
        ] {
            let read = text.parse::<ServerUrl>().ok();
            assert_eq!(read.map(|url| url.to_string()).as_deref(), shown, "{text}");
        }
    }

    #[test]
    fn a_port_goes_without_saying() {
        for (text, host, port, authority) in [
            ("http://cms.example", "cms.example", 80, "cms.example"),
            ("http://cms.example:80", "cms.example", 80, "cms.example"),
            (
                "http://cms.example:443",
                "cms.example",
                443,
                "cms.example:443",
            ),
            ("https://cms.example", "cms.example", 443, "cms.example"),
            ("https://[::1]:8000", "[::1]", 8000, "[::1]:8000"),
        ] {
            let server: ServerUrl = text.parse().expect("a server");
            assert_eq!((server.host(), server.port()), (host, port), "{text}");
            assert_eq!(server.authority(), authority, "{text}");
        }
    }

    #[test]
    fn a_server_that_keeps_failing_is_left_alone_longer_each_time_and_never_for_good() {
        let server = Server::new("http://127.0.0.1:1".parse().expect("a server"), None);
        let at = Duration::from_secs;
        for _ in 0..2 {
            server.has_failed(at(10));
            assert!(server.is_up(at(10)), "it may be bad luck");
        }
        server.has_failed(at(10));
        assert!(!server.is_up(at(10)));
        assert!(server.is_up(at(11)));
        server.has_failed(at(11));
        assert!(!server.is_up(at(12)));
        assert!(server.is_up(at(13)));
        for _ in 0..100 {
            server.has_failed(at(20));
        }
        assert!(!server.is_up(at(49)));
        assert!(server.is_up(at(50)));
        server.has_answered();
        assert!(server.is_up(at(20)), "one answer, and all is forgotten");
        server.has_failed(at(20));
        assert!(server.is_up(at(20)));
    }
}
