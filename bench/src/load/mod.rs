//! The load generator: one thread, one epoll, no more work for a response than
//! to find its end.
//!
//! In a *closed* loop each connection asks again as soon as it was answered:
//! that finds the most that a server can do. In an *open* loop requests are due
//! at fixed times whether or not earlier ones were answered, and latency counts
//! from when a request was due: that shows what readers wait.

mod answer;
mod readers;
mod run;

pub(crate) use readers::{Readers, keyring, reader_id};
pub(crate) use run::{Load, Outcome, Pace, run};

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

/// One request on a connection of its own. Returns the decoded body.
pub(crate) fn fetch(address: SocketAddr, path: &str, cookie: &str) -> Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAccept-Encoding: gzip\r\nCookie: {cookie}\r\n\
         Connection: close\r\n\r\n"
    )?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all)?;
    let end = all
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .context("no end of the head")?;
    let head = String::from_utf8_lossy(&all[..end]).to_lowercase();
    ensure!(
        head.starts_with("http/1.1 200"),
        "{path} is answered with {head}"
    );
    let mut body = all[end + 4..].to_vec();
    if head.contains("transfer-encoding: chunked") {
        body = unchunk(&body)?;
    }
    if !head.contains("content-encoding: gzip") {
        bail!("{path} isn't compressed: {head}");
    }
    let mut text = String::new();
    flate2::read::GzDecoder::new(&body[..]).read_to_string(&mut text)?;
    Ok(text)
}

/// Whether the server says that it is ready.
pub(crate) fn is_ready(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(1)))?;
        write!(
            stream,
            "GET /-/readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )?;
        let mut head = [0; 15];
        stream.read_exact(&mut head)?;
        Ok(&head == b"HTTP/1.1 200 OK")
    };
    ask().unwrap_or(false)
}

fn unchunk(mut body: &[u8]) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    loop {
        let line = body
            .windows(2)
            .position(|two| two == b"\r\n")
            .context("no chunk")?;
        let size = usize::from_str_radix(std::str::from_utf8(&body[..line])?, 16)?;
        let chunk = body
            .get(line + 2..line + 2 + size)
            .context("a chunk is cut short")?;
        if size == 0 {
            return Ok(all);
        }
        all.extend_from_slice(chunk);
        body = &body[line + 4 + size..];
    }
}
