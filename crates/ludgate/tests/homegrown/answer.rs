//! Answers, and how they are put on the wire.

use std::io::Write;

use crate::request::Request;

/// How an answer's end is known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// It says how long it is.
    Length,
    /// It comes in pieces of so many bytes.
    Chunks(usize),
    /// In pieces, with the text once more behind the last.
    Trailers,
    /// The connection ends.
    Close,
}

pub(crate) struct Answer {
    pub(crate) status: &'static str,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) framing: Framing,
    /// Whole heads that come before it.
    pub(crate) before: String,
    /// What comes behind it as a trailer, if not its own text.
    pub(crate) behind: Option<String>,
}

impl Answer {
    pub(crate) fn new(media: &str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: "200 OK",
            headers: vec![("Content-Type", media.to_owned())],
            body: body.into(),
            framing: Framing::Length,
            before: String::new(),
            behind: None,
        }
    }

    pub(crate) fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::new("text/html; charset=utf-8", body)
    }

    pub(crate) fn empty(status: &'static str) -> Self {
        Self {
            status,
            ..Self::new("text/plain", "")
        }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn status(mut self, status: &'static str) -> Self {
        self.status = status;
        self
    }

    pub(crate) fn framed(mut self, framing: Framing) -> Self {
        self.framing = framing;
        self
    }

    pub(crate) fn zipped(mut self) -> Self {
        self.body = zipped(&self.body);
        self.with("Content-Encoding", "gzip")
    }

    /// Whether the connection ends with it.
    pub(crate) fn ends(&self) -> bool {
        self.framing == Framing::Close
    }

    /// All of it, as the request wants it.
    pub(crate) fn bytes(&self, request: &Request) -> Vec<u8> {
        let (status, range, body) = match self.part(request) {
            Some((range, body)) => ("206 Partial Content", Some(range), body),
            None => (self.status, None, &self.body[..]),
        };
        let mut lines = vec![format!("HTTP/1.1 {status}")];
        lines.extend(
            self.headers
                .iter()
                .map(|(name, value)| format!("{name}: {value}")),
        );
        lines.extend(range.map(|range| format!("Content-Range: {range}")));
        let bodiless = status.starts_with("204") || status.starts_with("304");
        lines.push(match self.framing {
            _ if bodiless => "X-Body: none".to_owned(),
            Framing::Length => format!("Content-Length: {}", body.len()),
            Framing::Chunks(_) | Framing::Trailers => "Transfer-Encoding: chunked".to_owned(),
            Framing::Close => "Connection: close".to_owned(),
        });
        let mut bytes = format!("{}{}\r\n\r\n", self.before, lines.join("\r\n")).into_bytes();
        if request.method == "HEAD" || bodiless {
            return bytes;
        }
        match self.framing {
            Framing::Length | Framing::Close => bytes.extend_from_slice(body),
            Framing::Chunks(size) => chunked(&mut bytes, body, size, ""),
            Framing::Trailers => {
                let line = match &self.behind {
                    Some(line) => line.clone(),
                    None => String::from_utf8_lossy(body).split_whitespace().collect(),
                };
                chunked(&mut bytes, body, body.len(), &format!("X-Text: {line}\r\n"));
            }
        }
        bytes
    }

    /// The part that is asked for, and what it is of.
    fn part(&self, request: &Request) -> Option<(String, &[u8])> {
        let range = request.header("range")?.strip_prefix("bytes=")?;
        let (first, last) = range.split_once('-')?;
        let first: usize = first.parse().ok()?;
        let last = last
            .parse()
            .unwrap_or(usize::MAX)
            .min(self.body.len().checked_sub(1)?);
        let body = self
            .body
            .get(first..=last)
            .filter(|_| self.status == "200 OK")?;
        Some((format!("bytes {first}-{last}/{}", self.body.len()), body))
    }
}

fn chunked(bytes: &mut Vec<u8>, body: &[u8], size: usize, trailers: &str) {
    for piece in body.chunks(size.max(1)) {
        bytes.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        bytes.extend_from_slice(piece);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("0\r\n{trailers}\r\n").as_bytes());
}

pub(crate) fn zipped(body: &[u8]) -> Vec<u8> {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    zip.write_all(body).expect("memory");
    zip.finish().expect("memory")
}
