//! Responses to plain requests: head and body in one call.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use hyper::rt::Write;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use smallvec::SmallVec;

use super::request::After;
use crate::body::Body;

/// The most pieces in one call; Linux takes 1,024.
const PIECES: usize = 64;

/// The last response's head, whose place the next one uses again.
#[derive(Default)]
pub(super) struct Reply {
    head: Vec<u8>,
    date: Date,
}

impl Reply {
    /// Sends `response` and waits until the system has taken all of it.
    pub(super) async fn write<T: Write + Unpin>(
        &mut self,
        io: &mut T,
        response: &Response<Body>,
        after: After,
        now: Timestamp,
    ) -> io::Result<()> {
        self.put_head(response, after, now);
        let body = response.body().chunks();
        let mut pieces: SmallVec<[IoSlice<'_>; 8]> = SmallVec::with_capacity(1 + body.len());
        pieces.push(IoSlice::new(&self.head));
        pieces.extend(body.iter().map(|piece| IoSlice::new(piece)));
        let mut left = &mut pieces[..];
        while !left.is_empty() {
            let now = &left[..left.len().min(PIECES)];
            let written = poll_fn(|cx| Pin::new(&mut *io).poll_write_vectored(cx, now)).await?;
            if written == 0 {
                return Err(io::ErrorKind::WriteZero.into());
            }
            IoSlice::advance_slices(&mut left, written);
        }
        poll_fn(|cx| Pin::new(&mut *io).poll_flush(cx)).await
    }

    fn put_head(&mut self, response: &Response<Body>, after: After, now: Timestamp) {
        let head = &mut self.head;
        head.clear();
        let status = response.status();
        head.extend_from_slice(b"HTTP/1.1 ");
        head.extend_from_slice(status.as_str().as_bytes());
        head.push(b' ');
        head.extend_from_slice(status.canonical_reason().unwrap_or("").as_bytes());
        head.extend_from_slice(b"\r\n");
        for (name, value) in response.headers() {
            put(head, name.as_str(), value.as_bytes());
        }
        if has_length(status) && !response.headers().contains_key(header::CONTENT_LENGTH) {
            let length = HeaderValue::from(response.body().len());
            put(head, "content-length", length.as_bytes());
        }
        if after == After::Close {
            put(head, "connection", b"close");
        }
        put(head, "date", self.date.at(now));
        head.extend_from_slice(b"\r\n");
    }
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

/// The date as HTTP writes it (RFC 9110, 5.6.7), written once a second.
#[derive(Default)]
struct Date {
    second: Option<i64>,
    written: Bytes,
}

impl Date {
    /// Empty for years that have no such form.
    fn at(&mut self, now: Timestamp) -> &[u8] {
        if self.second != Some(now.as_second()) {
            self.second = Some(now.as_second());
            self.written = DateTimePrinter::new()
                .timestamp_to_rfc9110_string(&now)
                .unwrap_or_default()
                .into();
        }
        &self.written
    }
}
