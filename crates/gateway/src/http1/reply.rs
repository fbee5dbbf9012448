//! Responses to plain requests: head and body in one call.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;

use http::{HeaderValue, Response, StatusCode, header};
use hyper::rt::Write;
use smallvec::SmallVec;

use super::plain::After;
use crate::body::Body;

/// The most pieces in one call; Linux takes 1,024.
const PIECES: usize = 64;

/// More than a head of ours has as a rule.
const HEAD: usize = 512;

/// Sends `response` and waits until the system has taken all of it.
pub(super) async fn write<T: Write + Unpin>(
    io: &mut T,
    response: &Response<Body>,
    after: After,
    date: Option<&[u8]>,
) -> io::Result<()> {
    let head = head(response, after, date);
    let body = response.body().chunks();
    let mut pieces: SmallVec<[IoSlice<'_>; 8]> = SmallVec::with_capacity(1 + body.len());
    pieces.push(IoSlice::new(&head));
    pieces.extend(body.iter().map(|piece| IoSlice::new(piece)));
    let mut left = &mut pieces[..];
    while !left.is_empty() {
        let next = &left[..left.len().min(PIECES)];
        let written = poll_fn(|cx| Pin::new(&mut *io).poll_write_vectored(cx, next)).await?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        IoSlice::advance_slices(&mut left, written);
    }
    poll_fn(|cx| Pin::new(&mut *io).poll_flush(cx)).await
}

fn head(response: &Response<Body>, after: After, date: Option<&[u8]>) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD);
    let status = response.status();
    head.extend_from_slice(b"HTTP/1.1 ");
    head.extend_from_slice(status.as_str().as_bytes());
    head.push(b' ');
    head.extend_from_slice(status.canonical_reason().unwrap_or("").as_bytes());
    head.extend_from_slice(b"\r\n");
    for (name, value) in response.headers() {
        put(&mut head, name.as_str(), value.as_bytes());
    }
    if has_length(status) && !response.headers().contains_key(header::CONTENT_LENGTH) {
        let length = HeaderValue::from(response.body().len());
        put(&mut head, "content-length", length.as_bytes());
    }
    if after == After::Close {
        put(&mut head, "connection", b"close");
    }
    if let Some(date) = date {
        put(&mut head, "date", date);
    }
    head.extend_from_slice(b"\r\n");
    head
}

fn put(head: &mut Vec<u8>, name: &str, value: &[u8]) {
    head.extend_from_slice(name.as_bytes());
    head.extend_from_slice(b": ");
    head.extend_from_slice(value);
    head.extend_from_slice(b"\r\n");
}

/// Whether a response of this status says how long it is (RFC 9110, 8.6).
fn has_length(status: StatusCode) -> bool {
    !status.is_informational()
        && status != StatusCode::NO_CONTENT
        && status != StatusCode::NOT_MODIFIED
}
