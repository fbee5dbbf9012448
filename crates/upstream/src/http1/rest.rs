//! Answers that aren't plain, which hyper reads: from their first byte on, though
//! that has been read already, and though it has not sent what they answer.
//!
//! hyper reads one answer, and then gives the connection back where it would have
//! used it again itself.

use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::{Buf, Bytes};
use http::{Method, Request, Response};
use http_body_util::Empty;
use hyper::body::Incoming;
use hyper::client::conn::http1::{Builder, Parts, SendRequest};
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::idle::Idle;
use crate::client::PIECE;

/// The answer to a request that has been sent on `io`, which begins with what was
/// `read`.
pub(super) async fn read(
    read: Bytes,
    io: TcpStream,
    method: Method,
    idle: Arc<Idle>,
) -> hyper::Result<Response<Incoming>> {
    let rest = Rest {
        is_asked: false,
        read,
        io: TokioIo::new(io),
    };
    let mut builder = Builder::new();
    builder.max_buf_size(PIECE);
    let (mut sender, connection) = builder.handshake(rest).await?;
    let mut request = Request::new(Empty::new());
    *request.method_mut() = method;
    let answer = sender.send_request(request);
    tokio::spawn(go_on(sender, connection.without_shutdown(), idle));
    answer.await
}

/// Goes on with the connection until its answer is read, and keeps it where hyper
/// would send another request on it.
async fn go_on(
    mut sender: SendRequest<Empty<Bytes>>,
    connection: impl Future<Output = hyper::Result<Parts<Rest>>>,
    idle: Arc<Idle>,
) {
    let mut connection = pin!(connection);
    tokio::select! {
        biased;
        _ = &mut connection => return,
        ready = sender.ready() => if ready.is_err() { return },
    }
    // Nobody will ask on it again: that ends hyper's part.
    drop(sender);
    if let Ok(Parts { io, read_buf, .. }) = connection.await
        && read_buf.is_empty()
        && io.read.is_empty()
    {
        idle.put(io.io.into_inner());
    }
}

/// The rest of a connection on which a request was sent. What hyper sends is that
/// request once more, and goes nowhere; before it has sent it, hyper would take
/// whatever comes for something that nobody has asked for.
struct Rest {
    is_asked: bool,
    read: Bytes,
    io: TokioIo<TcpStream>,
}

impl Read for Rest {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.is_asked {
            // Whoever reads here is who writes below, and wakes itself there.
            return Poll::Pending;
        }
        if self.read.is_empty() {
            return Pin::new(&mut self.io).poll_read(cx, buf);
        }
        let most = buf.remaining().min(self.read.len());
        buf.put_slice(&self.read[..most]);
        self.read.advance(most);
        if self.read.is_empty() {
            // What was read isn't kept longer than it is needed.
            self.read = Bytes::new();
        }
        Poll::Ready(Ok(()))
    }
}

impl Write for Rest {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        if !self.is_asked {
            self.is_asked = true;
            cx.waker().wake_by_ref();
        }
        Poll::Ready(Ok(buf.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
