//! Requests as a careless server reads them: lines may end in half, two lengths
//! are none too many, a path is decoded until there is nothing left to decode,
//! and headers say which page and method are meant.

use std::io::{BufRead, Read};

/// The largest body that is read: no attack sends more.
const LARGEST: u64 = 1 << 20;

pub(crate) struct Request {
    pub(crate) method: String,
    /// The path as it is understood.
    pub(crate) path: String,
    pub(crate) query: String,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Request {
    /// The next one, if there is one.
    pub(crate) fn read(reader: &mut impl BufRead) -> Option<Self> {
        let mut first = line(reader)?;
        while first.is_empty() {
            first = line(reader)?;
        }
        let mut words = first.split(' ');
        let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
        let mut headers = Vec::new();
        loop {
            let line = line(reader)?;
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':') {
                let name = name.trim().to_ascii_lowercase();
                headers.push((name, value.trim().to_owned()));
            }
        }
        let mut request = Self {
            method,
            path: String::new(),
            query: String::new(),
            headers,
            body: String::new(),
        };
        request.understand(&target);
        request.body = request.rest(reader)?;
        Some(request)
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value.as_str())
    }

    /// A parameter of the query, or of the form.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let pairs = self.query.split('&').chain(self.body.split('&'));
        let value = pairs
            .filter_map(|pair| pair.split_once('='))
            .find(|(own, _)| *own == name)?
            .1;
        Some(text(&decoded(value.replace('+', " ").as_bytes())))
    }

    /// Which page and method are meant.
    fn understand(&mut self, target: &str) {
        let elsewhere = ["x-original-url", "x-rewrite-url", "x-middleware-rewrite"];
        let elsewhere = elsewhere.iter().find_map(|name| self.header(name));
        let target = elsewhere.unwrap_or(target).to_owned();
        let whole = target
            .split_once("://")
            .and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
        let target = whole.unwrap_or(&target);
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let path = resolved(path);
        let (path, more) = path.split_once('?').unwrap_or((&path, ""));
        path.clone_into(&mut self.path);
        self.query = format!("{query}&{more}");
        let meant = [
            "x-http-method-override",
            "x-method-override",
            "x-http-method",
        ];
        let meant = meant.iter().find_map(|name| self.header(name));
        if let Some(meant) = meant {
            self.method = meant.to_owned();
        }
    }

    /// What is sent along; a lazy page doesn't look at it, and takes it for the
    /// next request.
    fn rest(&self, reader: &mut impl BufRead) -> Option<String> {
        if self.path.starts_with("/lazy") || self.path.starts_with("/vouched/lazy") {
            return Some(String::new());
        }
        let codings = self.headers.iter();
        let mut codings = codings.filter(|(name, _)| name == "transfer-encoding");
        let chunked = codings.any(|(_, value)| value.contains("chunked"));
        let mut body = Vec::new();
        if !chunked {
            let length = self
                .header("content-length")
                .and_then(|value| value.parse().ok());
            let length: u64 = length.unwrap_or(0);
            reader
                .take(length.min(LARGEST))
                .read_to_end(&mut body)
                .ok()?;
            return Some(text(&body));
        }
        loop {
            let size = line(reader)?;
            let size = size.split(';').next().unwrap_or_default().trim();
            let size = u64::from_str_radix(size, 16).unwrap_or(0);
            if size == 0 {
                line(reader)?;
                return Some(text(&body));
            }
            reader.take(size.min(LARGEST)).read_to_end(&mut body).ok()?;
            line(reader)?;
        }
    }
}

/// The next line, however it ends.
fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = Vec::new();
    let read = reader.read_until(b'\n', &mut line).ok()?;
    (read > 0).then(|| text(&line).trim_end_matches(['\r', '\n']).to_owned())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The path as the worst of servers would find a file by it.
fn resolved(path: &str) -> String {
    let bytes = decoded(&decoded(path.as_bytes()));
    let bytes = bytes.split(|&byte| byte == 0).next().unwrap_or_default();
    let mut plain = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1);
        // The overlong forms of a dot and a slash.
        let (byte, width) = match (byte, next) {
            (0xc0, Some(0xae)) => (b'.', 2),
            (0xc0, Some(0xaf)) | (b'\\', _) => (b'/', if byte == 0xc0 { 2 } else { 1 }),
            _ => (byte.to_ascii_lowercase(), 1),
        };
        plain.push(byte);
        at += width;
    }
    let plain = text(&plain);
    let mut segments = Vec::new();
    for segment in plain.split('/') {
        match segment.split(';').next().unwrap_or_default().trim() {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            name => segments.push(name),
        }
    }
    format!("/{}", segments.join("/"))
}

/// With percent-encoding undone once.
fn decoded(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = bytes
            .get(at + 1..at + 3)
            .and_then(|two| str::from_utf8(two).ok());
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let code = code.filter(|_| byte == b'%');
        out.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    out
}
