//! Readers who sign in, each on a connection of their own.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// The longest that anybody waits to be signed in.
const PATIENCE: Duration = Duration::from_secs(30);

/// A form to sign in by, as it lies open in a browser.
pub(crate) struct SignIn {
    address: SocketAddr,
    cookie: String,
    token: String,
}

/// What came of signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SignedIn {
    /// The value of the session's cookie.
    Yes(String),
    /// There was no time for it; to be tried again.
    Later,
}

impl SignIn {
    /// Opens the page.
    pub(crate) fn open(address: SocketAddr) -> Result<Self> {
        let (head, page) = exchange(
            address,
            &format!("GET /-/login HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"),
        )?;
        let token = page.split("name=\"token\" value=\"").nth(1);
        let token = token.and_then(|rest| rest.split('"').next());
        Ok(Self {
            address,
            cookie: cookie(&head, "ludgate-form")?,
            token: token.context("no form to sign in by")?.to_owned(),
        })
    }

    /// Sends it.
    pub(crate) fn send(&self, mail: &str, password: &str) -> Result<SignedIn> {
        let Self {
            address,
            cookie: known,
            token,
        } = self;
        let escaped = |text: &str| text.replace('@', "%40").replace(' ', "+");
        let body = format!(
            "token={token}&mail={}&password={}",
            escaped(mail),
            escaped(password)
        );
        let (head, page) = exchange(
            *address,
            &format!(
                "POST /-/login HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\n\
                 Cookie: ludgate-form={known}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
                 Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            ),
        )?;
        if head.starts_with("HTTP/1.1 503 ") {
            return Ok(SignedIn::Later);
        }
        ensure!(
            head.starts_with("HTTP/1.1 303 "),
            "signing in is answered with {head}\n{page}"
        );
        Ok(SignedIn::Yes(cookie(&head, "ludgate-session")?))
    }
}

/// Sends a request, and takes head and body of what comes back.
fn exchange(address: SocketAddr, request: &str) -> Result<(String, String)> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(request.as_bytes())?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all)?;
    let all = String::from_utf8_lossy(&all);
    let (head, body) = all.split_once("\r\n\r\n").context("no end of the head")?;
    Ok((head.to_owned(), body.to_owned()))
}

/// The value of a cookie that a head sets.
fn cookie(head: &str, name: &str) -> Result<String> {
    let set = |line: &str| {
        let (key, value) = line.split_once(": ")?;
        let pair = value.split(';').next()?;
        let (cookie, value) = pair.split_once('=')?;
        let is_it = key.eq_ignore_ascii_case("set-cookie") && cookie == name;
        is_it.then(|| value.to_owned())
    };
    let found = head.lines().find_map(set);
    found.with_context(|| format!("no cookie {name} in {head}"))
}
