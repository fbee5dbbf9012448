//! Requests one by one: to look at what is answered, and downloads that nobody
//! goes on reading.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

/// What the system may hold of a download for a reader who stalls.
const RECEIVED: usize = 64 * 1024;

/// One request on a connection of its own. Returns the decoded body, which is to have
/// come compressed.
pub(crate) fn fetch(address: SocketAddr, path: &str, cookie: &str) -> Result<String> {
    let (head, body) = exchange(address, path, cookie)?;
    ensure!(is_gzip(&head), "{path} isn't compressed: {head}");
    let mut text = String::new();
    flate2::read::GzDecoder::new(&body[..]).read_to_string(&mut text)?;
    Ok(text)
}

/// The same of a page that is one reader's and repeats what was asked for: compressed,
/// its length would tell of it (BREACH).
pub(crate) fn fetch_private(address: SocketAddr, path: &str, cookie: &str) -> Result<String> {
    let (head, body) = exchange(address, path, cookie)?;
    ensure!(!is_gzip(&head), "{path} is compressed: {head}");
    Ok(String::from_utf8(body)?)
}

fn is_gzip(head: &str) -> bool {
    head.contains("content-encoding: gzip")
}

/// What is answered to who takes gzip: the head, in lower case, and the body.
fn exchange(address: SocketAddr, path: &str, cookie: &str) -> Result<(String, Vec<u8>)> {
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
    Ok((head, body))
}

/// What an admin listener says of `path`.
pub(crate) fn ask(address: SocketAddr, path: &str, token: &str) -> Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
         Connection: close\r\n\r\n"
    )?;
    let mut all = String::new();
    stream.read_to_string(&mut all)?;
    ensure!(
        all.starts_with("HTTP/1.1 200"),
        "{path} is answered with {}",
        all.lines().next().unwrap_or_default()
    );
    Ok(all)
}

/// A download whose reader has read the beginning and reads no more.
pub(crate) struct Stalled {
    _stream: TcpStream,
}

impl Stalled {
    /// Asks for `path` and reads `bytes` of what comes.
    pub(crate) fn after(address: SocketAddr, path: &str, bytes: usize) -> Result<Self> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        // What the system holds for the reader is neither server's affair.
        rustix::net::sockopt::set_socket_recv_buffer_size(&stream, RECEIVED)?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n")?;
        let mut buffer = vec![0; 64 * 1024];
        let mut left = bytes;
        let mut is_first = true;
        while left > 0 {
            let read = stream.read(&mut buffer)?;
            ensure!(read > 0, "{path} has ended");
            ensure!(
                !is_first || buffer.starts_with(b"HTTP/1.1 200 "),
                "{path} is answered with {}",
                String::from_utf8_lossy(&buffer[..read.min(100)])
            );
            is_first = false;
            left = left.saturating_sub(read);
        }
        Ok(Self { _stream: stream })
    }
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
