//! Listening: connections in, responses out, and an orderly end.
//!
//! Every wait has a bound: for a request's head, for a client that doesn't
//! read, for connections, and for the end itself.

use std::convert::Infallible;
use std::io;
use std::mem::MaybeUninit;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::rt::{Read, ReadBuf, ReadBufCursor, Write};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::Sleep;

use crate::gate::Gate;

/// The most header fields in a request. Browsers send about twenty.
const MAX_HEADERS: usize = 100;

/// The most bytes of a request's head, over HTTP/1.1 and HTTP/2 alike.
const MAX_HEAD: u16 = 32 * 1024;

/// Requests under way on one HTTP/2 connection; what nginx allows as well.
const MAX_STREAMS: u32 = 128;

/// How long accepting rests after the system refused to (no descriptors left).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// How patient the server is, and with how many.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections open at a time; more wait in the kernel's queue.
    pub connections: usize,
    /// For the whole head of the next request, idling included.
    pub head: Duration,
    /// For a client to take the next bytes of a response.
    pub stall: Duration,
    /// For open connections to finish when the server stops.
    pub drain: Duration,
}

/// Serves a gate on any number of threads.
pub struct Server {
    gate: Arc<Gate>,
    limits: Limits,
    connections: Arc<Semaphore>,
}

impl Server {
    /// A server for `gate`.
    pub fn new(gate: Arc<Gate>, limits: Limits) -> Self {
        let connections = Arc::new(Semaphore::new(limits.connections));
        Self {
            gate,
            limits,
            connections,
        }
    }

    /// Serves connections of `listener` on the current thread's runtime until
    /// `stop` turns true; then lets open ones finish, until the deadline.
    /// Returns how many had to be cut off.
    pub async fn run(&self, listener: TcpListener, mut stop: watch::Receiver<bool>) -> usize {
        let graceful = GracefulShutdown::new();
        let builder = self.builder();
        loop {
            let accepted = tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => break,
                accepted = self.accept(&listener) => accepted,
            };
            let Some((stream, peer, permit)) = accepted else {
                continue;
            };
            let gate = Arc::clone(&self.gate);
            let service = service_fn(move |request: hyper::Request<hyper::body::Incoming>| {
                let gate = Arc::clone(&gate);
                async move {
                    let (parts, _) = request.into_parts();
                    Ok::<_, Infallible>(gate.answer(&parts, peer.ip()).await)
                }
            });
            let io = Patient::new(TokioIo::new(stream), self.limits);
            let connection = builder.serve_connection(io, service).into_owned();
            let watched = graceful.watch(connection);
            tokio::spawn(async move {
                // A client that breaks off or speaks nonsense is the client's
                // affair; hyper has answered what can be answered.
                if let Err(error) = watched.await {
                    tracing::debug!(error, "a connection ended early");
                }
                drop(permit);
            });
        }
        drop(listener);
        let open = graceful.count();
        if tokio::time::timeout(self.limits.drain, graceful.shutdown())
            .await
            .is_ok()
        {
            0
        } else {
            open
        }
    }

    async fn accept(
        &self,
        listener: &TcpListener,
    ) -> Option<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
        let permit = Arc::clone(&self.connections).acquire_owned().await.ok()?;
        match listener.accept().await {
            Ok((stream, peer)) => {
                // A page is one write; waiting for more to send would only
                // hold back its last bytes.
                let _ = stream.set_nodelay(true);
                Some((stream, peer, permit))
            }
            Err(error) => {
                tracing::warn!(%error, "a connection can't be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                None
            }
        }
    }

    fn builder(&self) -> Builder<TokioExecutor> {
        let mut builder = Builder::new(TokioExecutor::new());
        builder
            .http1()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head)
            .max_headers(MAX_HEADERS)
            .max_buf_size(usize::from(MAX_HEAD))
            .half_close(false);
        builder
            .http2()
            .timer(TokioTimer::new())
            .max_concurrent_streams(MAX_STREAMS)
            .max_header_list_size(u32::from(MAX_HEAD))
            .keep_alive_interval(self.limits.head)
            .keep_alive_timeout(self.limits.head);
        builder
    }
}

/// What the two versions of HTTP are told apart by: the length of HTTP/2's
/// preface. No request of HTTP/1.1 that can be answered is shorter.
const GREETING: usize = 24;

/// A stream that gives up on a peer who says nothing at first, or who takes
/// nothing for too long. (Between requests hyper keeps the time by itself, but
/// only once it knows which HTTP is spoken.)
struct Patient<T> {
    inner: T,
    limits: Limits,
    /// Runs until enough has been read to tell which HTTP is spoken.
    greeting: Option<Pin<Box<Sleep>>>,
    greeted: usize,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl<T> Patient<T> {
    fn new(inner: T, limits: Limits) -> Self {
        Self {
            inner,
            limits,
            greeting: Some(Box::pin(tokio::time::sleep(limits.head))),
            greeted: 0,
            stalled: None,
        }
    }

    fn judge<R>(&mut self, poll: Poll<io::Result<R>>, cx: &mut Context<'_>) -> Poll<io::Result<R>> {
        if poll.is_ready() {
            self.stalled = None;
            return poll;
        }
        let patience = self.limits.stall;
        let sleep = self
            .stalled
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        match sleep.as_mut().poll(cx) {
            Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<T: Read + Unpin> Read for Patient<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        let Some(greeting) = &mut this.greeting else {
            return Pin::new(&mut this.inner).poll_read(cx, buf);
        };
        let mut space = [MaybeUninit::uninit(); 1024];
        let most = buf.remaining().min(space.len());
        let mut read = ReadBuf::uninit(&mut space[..most]);
        match Pin::new(&mut this.inner).poll_read(cx, read.unfilled()) {
            Poll::Ready(Ok(())) => {
                buf.put_slice(read.filled());
                this.greeted += read.filled().len();
                if this.greeted >= GREETING {
                    this.greeting = None;
                }
                Poll::Ready(Ok(()))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => match greeting.as_mut().poll(cx) {
                Poll::Ready(()) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
                Poll::Pending => Poll::Pending,
            },
        }
    }
}

impl<T: Write + Unpin> Write for Patient<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.inner).poll_write(cx, buf);
        self.judge(poll, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let poll = Pin::new(&mut self.inner).poll_write_vectored(cx, bufs);
        self.judge(poll, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let poll = Pin::new(&mut self.inner).poll_flush(cx);
        self.judge(poll, cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
