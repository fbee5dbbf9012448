//! Responses to plain requests: head and body in one call, in two where the body
//! is sent from a file, or piece by piece where it comes so from the origin.

use std::io;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use http_body_util::BodyExt;

use super::carrier::{Carrier, send, transfer};
use super::plain::After;
use crate::body::Body;
use crate::patience::UnderWay;

/// More than a head of ours has as a rule.
const HEAD: usize = 512;

/// Sends `response` and waits until the system has taken all of it.
pub(super) async fn write(
    io: &mut impl Carrier,
    mut response: Response<Body>,
    after: After,
    date: Option<&[u8]>,
    request: &UnderWay,
) -> io::Result<()> {
    let head = head(&response, after, date);
    let is_chunked = response.body().len().is_none();
    if let Some(stream) = response.body_mut().stream() {
        return relay(io, &head, stream, is_chunked, request).await;
    }
    let body = response.body();
    match body.laid() {
        None => send(io, &head, body.chunks(), false).await,
        Some(laid) => {
            // What follows goes out with it, in packets that are full.
            send(io, &head, &[], true).await?;
            transfer(io, laid).await
        }
    }
}

/// Sends what comes as it comes: the next piece is asked for once the system has
/// taken the last one. Where the stream breaks off, so must the connection, for
/// what was sent would look whole.
async fn relay(
    io: &mut impl Carrier,
    head: &[u8],
    stream: &mut crate::origin::Stream,
    is_chunked: bool,
    request: &UnderWay,
) -> io::Result<()> {
    send(io, head, &[], false).await?;
    let mut trailers = None;
    while let Some(frame) = stream.frame().await {
        let frame = frame.map_err(io::Error::other)?;
        request.goes_on();
        match frame.into_data() {
            Ok(piece) if piece.is_empty() => {}
            Ok(piece) if is_chunked => {
                let size = format!("{:x}\r\n", piece.len());
                let end = Bytes::from_static(b"\r\n");
                send(io, size.as_bytes(), &[piece, end], false).await?;
            }
            Ok(piece) => send(io, &piece, &[], false).await?,
            Err(frame) => trailers = frame.into_trailers().ok(),
        }
    }
    if is_chunked {
        let mut end = b"0\r\n".to_vec();
        put_all(&mut end, &trailers.unwrap_or_default());
        end.extend_from_slice(b"\r\n");
        send(io, &end, &[], false).await?;
    }
    Ok(())
}

fn head(response: &Response<Body>, after: After, date: Option<&[u8]>) -> Vec<u8> {
    let mut head;
    match response.body().laid() {
        None => head = lines(response),
        Some(laid) => {
            head = Vec::with_capacity(HEAD);
            head.extend_from_slice(laid.head());
            put_all(&mut head, response.headers());
        }
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

/// The lines of a head that aren't about the connection or the moment.
pub(crate) fn lines(response: &Response<Body>) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD);
    let status = response.status();
    head.extend_from_slice(b"HTTP/1.1 ");
    head.extend_from_slice(status.as_str().as_bytes());
    head.push(b' ');
    head.extend_from_slice(status.canonical_reason().unwrap_or("").as_bytes());
    head.extend_from_slice(b"\r\n");
    put_all(&mut head, response.headers());
    if has_length(status) && !response.headers().contains_key(header::CONTENT_LENGTH) {
        match response.body().len() {
            Some(length) => {
                let length = HeaderValue::from(length);
                put(&mut head, "content-length", length.as_bytes());
            }
            None => put(&mut head, "transfer-encoding", b"chunked"),
        }
    }
    head
}

fn put_all(head: &mut Vec<u8>, headers: &HeaderMap) {
    for (name, value) in headers {
        put(head, name.as_str(), value.as_bytes());
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
