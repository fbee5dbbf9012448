//! Requests as they are written and responses as they come, byte for byte.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use super::unpack::{gunzip, unzstd};

/// How long an answer may take: a real site needs a second on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Sends `request` and reads whatever comes until the other side hangs up.
pub(crate) fn exchange(to: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = connect(to);
    let answer = converse(&mut stream, request);
    let _ = stream.shutdown(Shutdown::Both);
    answer
}

/// A connection that doesn't wait for ever.
pub(crate) fn connect(to: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(to).expect("a connection");
    let time = Some(PATIENCE);
    stream.set_read_timeout(time).expect("a time-out");
    stream
}

/// The same over whatever a connection is.
pub(crate) fn converse(stream: &mut (impl Read + Write), request: &[u8]) -> Vec<u8> {
    // Who refuses may hang up before everything is read.
    let _ = stream.write_all(request);
    let _ = stream.flush();
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

/// What came in answer.
#[derive(Default)]
pub(crate) struct Heard {
    /// All of it, as it came.
    pub(crate) bytes: Vec<u8>,
    pub(crate) replies: Vec<Reply>,
}

impl Heard {
    /// Of what came over HTTP/1.1, in answer to a request by this method.
    pub(crate) fn of(bytes: Vec<u8>, method: &str) -> Self {
        Self {
            replies: replies(&bytes, method),
            bytes,
        }
    }
}

/// A response.
#[derive(Debug, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    /// As it is read: neither chunked nor compressed any more.
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The `name=value` of the cookie that was set.
    pub(crate) fn cookie(&self) -> Option<String> {
        let set = self.header("set-cookie")?;
        Some(set.split(';').next().unwrap_or_default().to_owned())
    }
}

/// All responses of a connection, in their order.
pub(crate) fn replies(mut bytes: &[u8], method: &str) -> Vec<Reply> {
    let mut replies = Vec::new();
    while let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
        let mut reply = Reply {
            status: status.unwrap_or(0),
            head,
            body: Vec::new(),
        };
        bytes = &bytes[end + 4..];
        let lower = |name| reply.header(name).map(str::to_ascii_lowercase);
        let (mut body, rest) = if method == "HEAD" || matches!(reply.status, 100..200 | 204 | 304) {
            (Vec::new(), bytes)
        } else if lower("transfer-encoding").is_some_and(|coding| coding.contains("chunked")) {
            unchunked(bytes)
        } else {
            let length = lower("content-length").and_then(|length| length.parse().ok());
            let length = length.unwrap_or(bytes.len()).min(bytes.len());
            (bytes[..length].to_vec(), &bytes[length..])
        };
        if !body.is_empty() {
            body = unpacked(&reply, body);
        }
        reply.body = body;
        bytes = rest;
        replies.push(reply);
    }
    replies
}

/// The body of `reply`, of which there is one, with its encoding undone.
pub(crate) fn unpacked(reply: &Reply, body: Vec<u8>) -> Vec<u8> {
    let coding = reply.header("content-encoding");
    match coding.map(str::to_ascii_lowercase).as_deref() {
        Some("gzip") => gunzip(&body),
        Some("zstd") => unzstd(&body),
        // As it is, or in an encoding that nobody asks for: the site's, which
        // lies.
        _ => body,
    }
}

fn unchunked(mut bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    let mut body = Vec::new();
    while let Some(end) = bytes.windows(2).position(|two| two == b"\r\n") {
        let size = String::from_utf8_lossy(&bytes[..end]);
        let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16);
        let (Ok(size), rest) = (size, &bytes[end + 2..]) else {
            break;
        };
        let size = size.min(rest.len());
        body.extend_from_slice(&rest[..size]);
        bytes = rest.get(size + 2..).unwrap_or_default();
        if size == 0 {
            break;
        }
    }
    (body, bytes)
}
