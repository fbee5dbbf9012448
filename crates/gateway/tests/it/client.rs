//! A plain HTTP client that sends exactly what it is told to.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

/// A response as it came over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// A header's first value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// What the gate says it decided.
    pub(crate) fn decision(&self) -> &str {
        self.header("ludgate-decision").unwrap_or("none")
    }

    /// `reason` of the decision.
    pub(crate) fn reason(&self) -> &str {
        let reason = self.decision().split("reason=").nth(1).unwrap_or("none");
        reason.split(';').next().unwrap_or_default()
    }

    /// The `name=value` of the cookie that was set.
    pub(crate) fn cookie(&self) -> Option<String> {
        let set = self.header("set-cookie")?;
        Some(set.split(';').next().unwrap_or_default().to_owned())
    }

    /// The body with its content encoding undone.
    pub(crate) fn decoded(&self) -> Vec<u8> {
        match self.header("content-encoding") {
            Some("gzip") => {
                let mut out = Vec::new();
                flate2::read::GzDecoder::new(&*self.body)
                    .read_to_end(&mut out)
                    .expect("gzip");
                out
            }
            Some("zstd") => zstd::decode_all(&*self.body).expect("zstd"),
            _ => self.body.clone(),
        }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.decoded()).expect("UTF-8")
    }
}

/// Sends `request` and reads whatever comes until the server hangs up.
pub(crate) fn exchange(to: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(to).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .expect("a time-out");
    // A server that refuses may hang up before it has read everything.
    let _ = stream.write_all(request);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

/// Sends `request`, says that nothing more comes, and reads what there is.
pub(crate) fn exchange_half(to: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(to).expect("a connection");
    let patience = Some(Duration::from_secs(10));
    stream.set_read_timeout(patience).expect("a time-out");
    stream.write_all(request).expect("an open connection");
    stream.shutdown(Shutdown::Write).expect("a half of it");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}

/// Sends `request`, which must ask for the connection to be closed.
pub(crate) fn send(to: SocketAddr, request: &[u8]) -> Reply {
    parse(&exchange(to, request)).unwrap_or_else(|| {
        panic!("no response to {:?}", String::from_utf8_lossy(request));
    })
}

/// The last response in `bytes`, informational ones passed over.
pub(crate) fn parse(bytes: &[u8]) -> Option<Reply> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Reply {
        status,
        head,
        body: bytes[end + 4..].to_vec(),
    })
}

/// A request with `headers`, each a whole line without its end.
pub(crate) fn request(method: &str, target: &str, headers: &[&str]) -> Vec<u8> {
    let mut lines = vec![format!("{method} {target} HTTP/1.1")];
    if !headers
        .iter()
        .any(|line| line.to_ascii_lowercase().starts_with("host:"))
    {
        lines.push("Host: review.example".to_owned());
    }
    lines.push("Connection: close".to_owned());
    lines.extend(headers.iter().map(|&line| line.to_owned()));
    format!("{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}

pub(crate) fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let end = body
            .windows(2)
            .position(|two| two == b"\r\n")
            .expect("a size");
        let size = std::str::from_utf8(&body[..end]).expect("text");
        let size = usize::from_str_radix(size, 16).expect("a number");
        if size == 0 {
            return whole;
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = &body[end + 2 + size + 2..];
    }
}
