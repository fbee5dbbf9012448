//! Listening: connections in, responses out, and an orderly end.
//!
//! Every wait has a bound: for a request's head, for a client that doesn't
//! read, for connections, and for the end itself.

use std::convert::Infallible;
use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderValue, Version, header};
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};
use hyper::server::conn;
use hyper::service::{HttpService, service_fn};
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::admission::{self, Admission};
use crate::body::Body;
use crate::gate::{Asked, Gate};
use crate::greeting::{self, Spoken};
use crate::head::Head;
use crate::http1;
use crate::patience::{Activity, Patient};

/// The most header fields in a request. Browsers send about twenty.
pub(crate) const MAX_HEADERS: usize = 100;

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
        let admission = Arc::new(Admission::default());
        let world = self.gate.world().clone();
        let watching = tokio::spawn(admission::watch(Arc::clone(&admission), world));
        loop {
            let accepted = tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => break,
                accepted = self.accept(&listener) => accepted,
            };
            let Some((stream, peer, permit)) = accepted else {
                continue;
            };
            let connection = Connection {
                gate: Arc::clone(&self.gate),
                limits: self.limits,
                peer: peer.ip(),
                admission: Arc::clone(&admission),
                watcher: graceful.watcher(),
            };
            let stop = stop.clone();
            tokio::spawn(async move {
                connection.serve(stream, stop).await;
                drop(permit);
            });
        }
        drop(listener);
        let open = graceful.count();
        let ended = tokio::time::timeout(self.limits.drain, graceful.shutdown()).await;
        watching.abort();
        if ended.is_ok() { 0 } else { open }
    }

    async fn accept(
        &self,
        listener: &TcpListener,
    ) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
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
}

/// One connection, until it ends.
struct Connection {
    gate: Arc<Gate>,
    limits: Limits,
    peer: IpAddr,
    admission: Arc<Admission>,
    watcher: Watcher,
}

impl Connection {
    async fn serve(self, stream: TcpStream, mut stop: watch::Receiver<bool>) {
        let heard = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            heard = tokio::time::timeout(self.limits.head, greeting::hear(&stream)) => heard,
        };
        let Ok(Ok(spoken)) = heard else {
            return;
        };
        let activity = Arc::new(Activity::default());
        let io = Patient::new(TokioIo::new(stream), self.limits, Arc::clone(&activity));
        let ended = match spoken {
            Spoken::Http1 => self.serve_http1(io, activity, stop).await,
            Spoken::Http2 => {
                let service = service(self.gate, self.peer, self.admission, activity);
                let connection = hyper_2(self.limits).serve_connection(io, service);
                self.watcher.watch(connection).await.map_err(Into::into)
            }
        };
        // A client that breaks off or speaks nonsense is the client's affair;
        // what can be answered has been.
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended early");
        }
    }

    async fn serve_http1(
        self,
        io: http1::Stream,
        activity: Arc<Activity>,
        mut stop: watch::Receiver<bool>,
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        let plain = http1::Connection {
            io,
            gate: Arc::clone(&self.gate),
            peer: self.peer,
            admission: Arc::clone(&self.admission),
            activity: Arc::clone(&activity),
        };
        let Some(rest) = plain.serve(stop.clone()).await? else {
            return Ok(());
        };
        let service = service(self.gate, self.peer, self.admission, activity);
        let connection = hyper_1().serve_connection(rest, service);
        let mut connection = pin!(connection.with_upgrades());
        let mut is_stopping = false;
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop), if !is_stopping => {
                    is_stopping = true;
                    connection.as_mut().graceful_shutdown();
                }
                ended = connection.as_mut() => return ended.map_err(Into::into),
            }
        }
    }
}

/// Passes what hyper has read to the gate.
fn service(
    gate: Arc<Gate>,
    peer: IpAddr,
    admission: Arc<Admission>,
    activity: Arc<Activity>,
) -> impl HttpService<Incoming, ResBody = Body, Error = Infallible, Future: Send> {
    service_fn(move |mut request: Request<Incoming>| {
        let (gate, under_way) = (Arc::clone(&gate), activity.begin());
        let activity = Arc::clone(&activity);
        let is_admitted = admission.admits();
        async move {
            let now = (gate.world().now)();
            let upgrade = hyper::upgrade::on(&mut request);
            let (parts, body) = request.into_parts();
            let body = (!body.is_end_stream()).then(|| body.map_err(Into::into).boxed_unsync());
            let sends = body.is_some();
            let asked = Asked {
                peer,
                now,
                is_admitted,
                body,
                upgrade: Some(upgrade),
                activity: Some(activity),
            };
            let mut response = gate.answer(&Head::from(&parts), asked).await;
            if sends && parts.version < Version::HTTP_2 {
                // What follows a body was read as a part of it, so nobody has
                // seen to its line ends.
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(header::CONNECTION, close);
            }
            Ok::<Response<Body>, Infallible>(response.map(|body| body.holding(under_way)))
        }
    })
}

/// For what isn't plain. Time-outs are [`Patient`]'s: hyper's own would set a timer for each request.
/// A client that has sent all it wants to say may close its side and still be
/// answered; watching for that would also cost every request a buffer.
fn hyper_1() -> conn::http1::Builder {
    let mut builder = conn::http1::Builder::new();
    builder
        .max_headers(MAX_HEADERS)
        .max_buf_size(usize::from(MAX_HEAD))
        .half_close(true);
    builder
}

fn hyper_2(limits: Limits) -> conn::http2::Builder<TokioExecutor> {
    let mut builder = conn::http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .max_header_list_size(u32::from(MAX_HEAD))
        .keep_alive_interval(limits.head)
        .keep_alive_timeout(limits.head);
    builder
}
