//! Plain requests: which they are, and what they say.

use std::mem::MaybeUninit;

use bytes::{Buf, Bytes};
use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, Request, Uri, header};

use crate::serve::MAX_HEADERS;

/// What becomes of the connection after the response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum After {
    KeepAlive,
    Close,
}

/// Takes the first request out of `unread`; `None`, and nothing taken, where it
/// isn't a plain one.
pub(super) fn take(unread: &mut Bytes) -> Option<(Parts, After)> {
    let (request, after, length) = read(unread)?;
    unread.advance(length);
    Some((request, after))
}

/// Also tells how long the head is.
fn read(all: &Bytes) -> Option<(Parts, After, usize)> {
    let mut fields = [const { MaybeUninit::uninit() }; MAX_HEADERS];
    let mut head = httparse::Request::new(&mut []);
    let status = head.parse_with_uninit_headers(all, &mut fields).ok()?;
    let httparse::Status::Complete(length) = status else {
        return None;
    };
    if head.version != Some(1) {
        return None;
    }
    if !ends_lines_well(&all[..length], &head) {
        return None;
    }
    let (mut request, ()) = Request::new(()).into_parts();
    request.method = match head.method? {
        "GET" => Method::GET,
        "HEAD" => Method::HEAD,
        _ => return None,
    };
    let target = head.path?.as_bytes();
    if !target.starts_with(b"/") {
        return None;
    }
    request.uri = Uri::from_maybe_shared(all.slice_ref(target)).ok()?;
    request.headers.try_reserve(head.headers.len()).ok()?;
    let mut after = After::KeepAlive;
    for field in head.headers.iter() {
        let name = HeaderName::from_bytes(field.name.as_bytes()).ok()?;
        match name {
            header::CONNECTION => after = connection(field.value, after)?,
            // A body, or something that may change what follows.
            header::CONTENT_LENGTH
            | header::TRANSFER_ENCODING
            | header::EXPECT
            | header::UPGRADE => return None,
            _ => {}
        }
        let value = HeaderValue::from_maybe_shared(all.slice_ref(field.value)).ok()?;
        request.headers.try_append(name, value).ok()?;
    }
    Some((request, after, length))
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
    use super::*;

    #[track_caller]
    fn taken(head: &str) -> Option<(After, String)> {
        let mut unread = Bytes::copy_from_slice(head.as_bytes());
        let after = take(&mut unread).map(|(_, after)| after);
        let rest = String::from_utf8(unread.to_vec()).unwrap();
        if after.is_none() {
            assert_eq!(rest, head, "nothing may be lost");
        }
        after.map(|after| (after, rest))
    }

    #[test]
    fn what_browsers_send_is_plain() {
        let mut unread = Bytes::from_static(
            b"GET /a?b=c HTTP/1.1\r\nHost: review.example\r\nAccept: text/html\r\n\
             Connection: keep-alive\r\nCookie: a=1\r\nCookie: b=2\r\n\r\nHEAD /next HTTP/1.1\r\n\
             Host: review.example\r\n\r\n",
        );
        let (request, after) = take(&mut unread).expect("a plain one");
        assert_eq!((request.method, after), (Method::GET, After::KeepAlive));
        assert_eq!(request.uri, "/a?b=c");
        assert_eq!(request.headers.get_all("cookie").iter().count(), 2);
        let (request, after) = take(&mut unread).expect("another");
        assert_eq!((request.method, after), (Method::HEAD, After::KeepAlive));
        assert_eq!(request.uri, "/next");
        assert_eq!(request.headers.len(), 1, "nobody else's");
        assert!(unread.is_empty());
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
