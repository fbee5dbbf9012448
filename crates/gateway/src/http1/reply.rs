//! Responses to plain requests: head and body in one call, in two where the body
//! is sent from a file, or piece by piece where it comes so from the origin.

use std::future::poll_fn;
use std::io;
use std::mem;
use std::pin::Pin;
use std::task::Poll;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use http_body::{Body as _, Frame};
use http_body_util::BodyExt;

use super::carrier::{Carrier, send, transfer};
use super::plain::After;
use crate::body::Body;
use crate::origin::{Stream, StreamError};
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
/// taken the last one. What is there already goes out with the head, so that a
/// small file is one write. Where the stream breaks off, so must the connection, for
/// what was sent would look whole.
async fn relay(
    io: &mut impl Carrier,
    head: &[u8],
    stream: &mut Stream,
    is_chunked: bool,
    request: &UnderWay,
) -> io::Result<()> {
    let mut next = ready(stream).await;
    let mut unsent = head;
    if next.is_none() {
        send(io, mem::take(&mut unsent), &[], false).await?;
    }
    let mut trailers = None;
    loop {
        let frame = match next.take() {
            Some(frame) => frame,
            None if stream.is_end_stream() => None,
            None => stream.frame().await,
        };
        let Some(frame) = frame else { break };
        let frame = frame.map_err(io::Error::other)?;
        request.goes_on();
        match frame.into_data() {
            Ok(piece) if piece.is_empty() => {}
            Ok(piece) if is_chunked => {
                let size = Bytes::from(format!("{:x}\r\n", piece.len()));
                let end = Bytes::from_static(b"\r\n");
                send(io, mem::take(&mut unsent), &[size, piece, end], false).await?;
            }
            Ok(piece) => send(io, mem::take(&mut unsent), &[piece], false).await?,
            Err(frame) => trailers = frame.into_trailers().ok(),
        }
    }
    if !unsent.is_empty() {
        send(io, unsent, &[], is_chunked).await?;
    }
    if is_chunked {
        let mut end = b"0\r\n".to_vec();
        put_all(&mut end, &trailers.unwrap_or_default());
        end.extend_from_slice(b"\r\n");
        send(io, &end, &[], false).await?;
    }
    Ok(())
}

/// The next frame, if nobody has to wait for it.
async fn ready(stream: &mut Stream) -> Option<Option<Result<Frame<Bytes>, StreamError>>> {
    poll_fn(|cx| {
        Poll::Ready(match Pin::new(&mut *stream).poll_frame(cx) {
            Poll::Ready(frame) => Some(frame),
            Poll::Pending => None,
        })
    })
    .await
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

#[cfg(test)]
mod tests {
    use std::io::IoSlice;
    use std::sync::Arc;
    use std::task::Context;

    use hyper::rt::{Read, ReadBufCursor, Write};

    use super::*;
    use crate::patience::Activity;
    use crate::shelf::Laid;

    /// A client that takes all at once, call by call.
    #[derive(Default)]
    struct Client(Vec<String>);

    impl Carrier for Client {
        const SENDS_FILES: bool = true;

        fn poll_pieces(
            &mut self,
            _: &mut Context<'_>,
            pieces: &[IoSlice<'_>],
            _: bool,
        ) -> Poll<io::Result<usize>> {
            let taken = pieces.iter().flat_map(|piece| piece.iter().copied());
            let taken = String::from_utf8(taken.collect()).expect("text");
            let len = taken.len();
            self.0.push(taken);
            Poll::Ready(Ok(len))
        }

        fn poll_file(
            &mut self,
            _: &mut Context<'_>,
            _: &Laid,
            _: &mut u64,
            _: usize,
        ) -> Poll<io::Result<usize>> {
            Poll::Ready(Err(io::ErrorKind::Unsupported.into()))
        }
    }

    impl Read for Client {
        fn poll_read(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            _: ReadBufCursor<'_>,
        ) -> Poll<io::Result<()>> {
            Poll::Pending
        }
    }

    impl Write for Client {
        fn poll_write(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            buf: &[u8],
        ) -> Poll<io::Result<usize>> {
            Poll::Ready(Ok(buf.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    /// Pieces, before some of which one has to wait.
    struct Coming {
        pieces: std::vec::IntoIter<&'static str>,
        length: Option<u64>,
    }

    const WAIT: &str = "";

    impl http_body::Body for Coming {
        type Data = Bytes;
        type Error = StreamError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
            if self.pieces.as_slice().first() == Some(&WAIT) {
                self.pieces.next();
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            let piece = self.pieces.next();
            Poll::Ready(piece.map(|piece| Ok(Frame::data(Bytes::from_static(piece.as_bytes())))))
        }

        fn size_hint(&self) -> http_body::SizeHint {
            self.length.map_or_else(
                http_body::SizeHint::default,
                http_body::SizeHint::with_exact,
            )
        }
    }

    #[track_caller]
    fn check(pieces: Vec<&'static str>, length: Option<u64>, writes: &[&str]) {
        let coming = Coming {
            pieces: pieces.into_iter(),
            length,
        };
        let response = Response::new(Body::streaming(coming.boxed_unsync()));
        let mut client = Client::default();
        let under_way = Arc::new(Activity::default()).begin();
        let runtime = tokio::runtime::Builder::new_current_thread().build();
        let sent = write(&mut client, response, After::KeepAlive, None, &under_way);
        let sent = runtime.expect("a runtime").block_on(sent);
        sent.expect("the client takes all");
        assert_eq!(client.0, writes);
    }

    #[test]
    fn what_is_there_goes_out_with_the_head_and_the_head_waits_for_nothing() {
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n";
        check(vec!["file"], Some(4), &[&format!("{head}file")]);
        check(vec![WAIT, "file"], Some(4), &[head, "file"]);
        check(
            vec!["fi", WAIT, "le"],
            Some(4),
            &[&format!("{head}fi"), "le"],
        );
    }

    #[test]
    fn so_it_does_where_nobody_knows_how_much_will_come() {
        let head = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
        let end = "0\r\n\r\n";
        check(vec!["file"], None, &[&format!("{head}4\r\nfile\r\n"), end]);
        check(vec![WAIT, "file"], None, &[head, "4\r\nfile\r\n", end]);
        check(Vec::new(), None, &[head, end]);
    }
}
