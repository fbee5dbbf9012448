//! A browser of a reader with an account: it keeps cookies and fills forms in.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use crate::program::decision;

/// How long the machine may take for anything before a test gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// What keeps cookies.
#[derive(Default)]
pub(crate) struct Browser {
    pub(crate) cookies: BTreeMap<String, String>,
    /// Where it is served.
    to: Option<SocketAddr>,
    /// The publication's address, which forms come from.
    site: String,
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) html: String,
}

impl Browser {
    pub(crate) fn of(to: SocketAddr, site: &str) -> Self {
        Self {
            to: Some(to),
            site: site.to_owned(),
            ..Self::default()
        }
    }

    pub(crate) fn get(&mut self, target: &str) -> Reply {
        self.send("GET", target, "", "")
    }

    /// Opens the page at `from` and sends its first form to `to`, with these
    /// fields.
    pub(crate) fn fill(&mut self, from: &str, to: &str, fields: &[(&str, &str)]) -> Reply {
        let page = self.get(from);
        let token = page.token();
        assert!(!token.is_empty(), "no form at {from}: {page:?}");
        let mut all = vec![("token", token)];
        all.extend_from_slice(fields);
        self.post(to, &all)
    }

    /// Sends exactly these fields.
    pub(crate) fn post(&mut self, to: &str, fields: &[(&str, &str)]) -> Reply {
        self.send("POST", to, &self.form(), &body(fields))
    }

    /// The same, and doesn't wait for what comes back.
    pub(crate) fn begin_post(&self, to: &str, fields: &[(&str, &str)]) -> TcpStream {
        self.ask("POST", to, &self.form(), &body(fields))
    }

    fn form(&self) -> String {
        format!(
            "Content-Type: application/x-www-form-urlencoded\r\nOrigin: {}\r\n",
            self.site
        )
    }

    /// Sends a request, and takes the cookies that come back.
    pub(crate) fn send(&mut self, method: &str, target: &str, headers: &str, body: &str) -> Reply {
        let mut stream = self.ask(method, target, headers, body);
        let mut text = Vec::new();
        stream.read_to_end(&mut text).expect("an answer");
        let text = String::from_utf8_lossy(&text);
        let (head, html) = text.split_once("\r\n\r\n").expect("a head");
        for line in head.lines() {
            if let Some(set) = line.strip_prefix("set-cookie: ") {
                self.take(set);
            }
        }
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok());
        Reply {
            status: status.expect("a status"),
            head: head.to_owned(),
            html: html.to_owned(),
        }
    }

    /// Sends a request, and doesn't wait for what comes back.
    pub(crate) fn ask(&self, method: &str, target: &str, headers: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.to.expect("a server")).expect("a connection");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        let pairs = self.cookies.iter();
        let pairs: Vec<String> = pairs.map(|(key, value)| format!("{key}={value}")).collect();
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: {}\r\n\
             {headers}Content-Length: {}\r\n\r\n{body}",
            pairs.join("; "),
            body.len()
        );
        stream.write_all(request.as_bytes()).expect("sent");
        stream
    }

    fn take(&mut self, set: &str) {
        let pair = set.split(';').next().expect("a pair");
        let (key, value) = pair.split_once('=').expect("a pair");
        if set.contains("Max-Age=0") {
            self.cookies.remove(key);
        } else {
            self.cookies.insert(key.to_owned(), value.to_owned());
        }
    }
}

/// The head, and as much of the page as anybody reads in a log.
impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let main = self.html.split("<main").nth(1).unwrap_or(&self.html);
        let beginning: String = main.chars().take(1500).collect();
        write!(f, "{}\n\n{beginning}", self.head)
    }
}

impl Reply {
    /// The token of the page's first form.
    pub(crate) fn token(&self) -> &str {
        let rest = self.html.split("name=\"token\" value=\"").nth(1);
        rest.and_then(|rest| rest.split('"').next())
            .unwrap_or_default()
    }

    /// Where it sends the browser.
    pub(crate) fn location(&self) -> &str {
        let line = self
            .head
            .lines()
            .find_map(|line| line.strip_prefix("location: "));
        line.unwrap_or_default()
    }

    /// The decision that it names.
    pub(crate) fn decision(&self) -> &str {
        decision(&self.head)
    }
}

fn body(fields: &[(&str, &str)]) -> String {
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{name}={}", escaped(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}
