//! Plain requests: which they are, and what they say.

use std::mem::MaybeUninit;

use http::{Method, Version};

use crate::connection::MAX_HEADERS;
use crate::head::Head;

/// What becomes of the connection after the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    KeepAlive,
    Close,
}

/// A plain request.
#[derive(Debug)]
pub(super) struct Plain<'a> {
    pub(super) head: Head<'a>,
    pub(super) after: After,
    /// How long the head is, in bytes.
    pub(super) length: usize,
}

/// The first request in `unread`; `None` where it isn't a plain one.
pub(super) fn read(unread: &[u8]) -> Option<Plain<'_>> {
    let mut lines = [const { MaybeUninit::uninit() }; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut []);
    let status = parsed.parse_with_uninit_headers(unread, &mut lines).ok()?;
    let httparse::Status::Complete(length) = status else {
        return None;
    };
    if parsed.version != Some(1) || !ends_lines_well(&unread[..length], &parsed) {
        return None;
    }
    let method = match parsed.method? {
        "GET" => Method::GET,
        "HEAD" => Method::HEAD,
        _ => return None,
    };
    let (path, query) = target(parsed.path?)?;
    let mut after = After::KeepAlive;
    for line in parsed.headers.iter() {
        match concern(line.name) {
            Concern::Connection => after = connection(line.value, after)?,
            Concern::More => return None,
            Concern::None => {}
        }
    }
    let head = Head {
        bare: method == Method::GET,
        method,
        version: Version::HTTP_11,
        path,
        query,
        fields: parsed
            .headers
            .iter()
            .map(|line| (line.name, line.value))
            .collect(),
    };
    Some(Plain {
        head,
        after,
        length,
    })
}

/// The bytes of a target that nobody could take for anything else: what RFC 3986
/// has in paths and queries, and the few more that browsers send.
const PLAIN: [bool; 256] = {
    let more = b"/-._~%!$&'()*+,;=:@?[]|";
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        plain[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < more.len() {
        plain[more[at] as usize] = true;
        at += 1;
    }
    plain
};

/// Path and query of a target in origin form.
fn target(target: &str) -> Option<(&str, Option<&str>)> {
    if !target.starts_with('/') || !target.bytes().all(|byte| PLAIN[usize::from(byte)]) {
        return None;
    }
    match target.split_once('?') {
        None => Some((target, None)),
        Some((path, query)) => Some((path, Some(query))),
    }
}

/// What a header field has to do with the connection.
enum Concern {
    None,
    Connection,
    /// A body, or something that may change what follows.
    More,
}

fn concern(name: &str) -> Concern {
    const MORE: [&str; 4] = ["content-length", "transfer-encoding", "expect", "upgrade"];
    if name.eq_ignore_ascii_case("connection") {
        Concern::Connection
    } else if MORE.iter().any(|more| name.eq_ignore_ascii_case(more)) {
        Concern::More
    } else {
        Concern::None
    }
}

/// Whether every line of `bytes` ends in both of its characters, where the
/// parser is content with the second ([`Rest`](super::rest::Rest) says what is
/// wrong with that).
fn ends_lines_well(bytes: &[u8], head: &httparse::Request<'_, '_>) -> bool {
    let start = bytes.as_ptr().addr();
    // The parser passes over empty lines before the first.
    head.method
        .is_some_and(|method| method.as_ptr().addr() == start)
        && bytes.ends_with(b"\r\n\r\n")
        && head.headers.iter().all(|field| {
            let at = field.name.as_ptr().addr().wrapping_sub(start);
            bytes
                .get(..at)
                .is_some_and(|before| before.ends_with(b"\r\n"))
        })
}

/// `None` for what is more than a word.
fn connection(value: &[u8], so_far: After) -> Option<After> {
    if value.eq_ignore_ascii_case(b"keep-alive") {
        Some(so_far)
    } else if value.eq_ignore_ascii_case(b"close") {
        Some(After::Close)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use http::header;

    use super::*;

    #[track_caller]
    fn taken(head: &str) -> Option<(After, String)> {
        let plain = read(head.as_bytes())?;
        Some((plain.after, head[plain.length..].to_owned()))
    }

    #[test]
    fn what_browsers_send_is_plain() {
        let both = "GET /a?b=c HTTP/1.1\r\nHost: review.example\r\nAccept: text/html\r\n\
             Connection: keep-alive\r\nCookie: a=1\r\nCookie: b=2\r\n\r\nHEAD /next HTTP/1.1\r\n\
             Host: review.example\r\n\r\n";
        let plain = read(both.as_bytes()).expect("a plain one");
        let head = plain.head;
        assert_eq!((head.method, plain.after), (Method::GET, After::KeepAlive));
        assert_eq!((head.path, head.query), ("/a", Some("b=c")));
        assert_eq!(head.fields.all(&header::COOKIE).count(), 2);
        let rest = &both[plain.length..];
        let plain = read(rest.as_bytes()).expect("another");
        let head = plain.head;
        assert_eq!((head.method, plain.after), (Method::HEAD, After::KeepAlive));
        assert_eq!((head.path, head.query), ("/next", None));
        assert_eq!(head.fields.all(&header::COOKIE).count(), 0, "nobody else's");
        assert_eq!(plain.length, rest.len());
    }

    #[test]
    fn who_wants_to_leave_is_let_go() {
        let closing = "GET / HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n";
        assert_eq!(taken(closing), Some((After::Close, String::new())));
        let both = "GET / HTTP/1.1\r\nConnection: close\r\nConnection: keep-alive\r\n\r\n";
        assert_eq!(taken(both), Some((After::Close, String::new())));
    }

    #[test]
    fn everything_else_is_not() {
        for head in [
            "GET / HTTP/1.1\r\nHost: a\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\r",
            "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\n\r\n",
            "get / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n",
            "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
            "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\nHost: a\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nX: b\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\n",
            "GET / HTTP/1.1\n\n",
            "\u{16}\u{3}\u{1}",
        ] {
            assert_eq!(taken(head), None, "{head:?}");
        }
        let many = "X: y\r\n".repeat(MAX_HEADERS + 1);
        assert_eq!(taken(&format!("GET / HTTP/1.1\r\n{many}\r\n")), None);
    }
}
