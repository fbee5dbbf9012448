//! One connection, from the first byte to the last: which HTTP it speaks, and
//! what becomes of it when the server stops.

use std::convert::Infallible;
use std::error::Error;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;

use http::{HeaderValue, Version, header};
use http_body_util::BodyExt;
use hyper::body::{Body as _, Incoming};
use hyper::rt::{Read, Write};
use hyper::server::conn;
use hyper::service::{HttpService, service_fn};
use hyper::{Request, Response};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::graceful::Watcher;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::admission::Admission;
use crate::body::Body;
use crate::entrance::{Admitted, Channel, Door, Entrance};
use crate::gate::{Asked, Gate, Link};
use crate::greeting::{self, Spoken};
use crate::head::Head;
use crate::http1;
use crate::patience::{Activity, Patient};
use crate::received::Received;
use crate::serve::Limits;

/// The most header fields in a request. Browsers send about twenty.
pub(crate) const MAX_HEADERS: usize = 100;

/// The most bytes of a request's head, over HTTP/1.1 and HTTP/2 alike.
const MAX_HEAD: u16 = 32 * 1024;

/// Requests under way on one HTTP/2 connection; what nginx allows as well.
const MAX_STREAMS: u32 = 128;

type Ended = Result<(), Box<dyn Error + Send + Sync>>;

/// A place before the door.
pub(crate) struct Knocking {
    entrance: Arc<dyn Entrance>,
    _place: OwnedSemaphorePermit,
}

impl Knocking {
    /// Waits for a place.
    pub(crate) async fn at(door: &Door) -> Option<Self> {
        let place = Arc::clone(&door.room).acquire_owned().await.ok()?;
        Some(Self {
            entrance: Arc::clone(&door.entrance),
            _place: place,
        })
    }
}

/// One connection, until it ends.
pub(crate) struct Connection {
    pub(crate) gate: Arc<Gate>,
    pub(crate) limits: Limits,
    pub(crate) peer: IpAddr,
    pub(crate) admission: Arc<Admission>,
    pub(crate) watcher: Watcher,
}

impl Connection {
    pub(crate) async fn serve(
        self,
        socket: TcpStream,
        knocking: Option<Knocking>,
        mut stop: watch::Receiver<bool>,
    ) {
        let let_in = async {
            match knocking {
                Some(knocking) => self.admit(socket, knocking).await,
                None => Some((Channel::Plain(socket), Some(self.peer))),
            }
        };
        let let_in = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            let_in = let_in => let_in,
        };
        let Some((channel, address)) = let_in else {
            return;
        };
        let is_secure = matches!(channel, Channel::Secure(..));
        let link = Link { address, is_secure };
        let ended = match channel {
            Channel::Plain(socket) => {
                let heard = tokio::select! {
                    _ = stop.wait_for(|stop| *stop) => return,
                    heard = tokio::time::timeout(self.limits.head, greeting::hear(&socket)) => heard,
                };
                let Ok(Ok(spoken)) = heard else {
                    return;
                };
                self.speak(spoken, TokioIo::new(socket), link, stop).await
            }
            Channel::Secure(stream, spoken) => {
                self.speak(spoken, TokioIo::new(stream), link, stop).await
            }
        };
        // A client that breaks off or speaks nonsense is the client's affair;
        // what can be answered has been.
        if let Err(error) = ended {
            tracing::debug!(%error, "a connection ended early");
        }
    }

    async fn admit(
        &self,
        socket: TcpStream,
        knocking: Knocking,
    ) -> Option<(Channel, Option<IpAddr>)> {
        let policy = self.gate.policy().1;
        let proxies = &policy.parts.trusted_proxies;
        let from_proxy = proxies.trusts(self.peer);
        let Admitted { channel, caller } = knocking.entrance.admit(socket, from_proxy).await?;
        Some((channel, caller.address(self.peer, proxies)))
    }

    async fn speak<T>(self, spoken: Spoken, io: T, link: Link, stop: watch::Receiver<bool>) -> Ended
    where
        T: Read + Write + Unpin + Send + 'static,
        Patient<T>: http1::Carrier,
    {
        let activity = Arc::new(Activity::default());
        let io = Patient::new(io, self.limits, Arc::clone(&activity));
        match spoken {
            Spoken::Http1 => self.serve_http1(io, link, activity, stop).await,
            Spoken::Http2 => {
                let service = service(self.gate, link, self.admission, activity);
                let connection = hyper_2(self.limits).serve_connection(io, service);
                self.watcher.watch(connection).await.map_err(Into::into)
            }
        }
    }

    async fn serve_http1(
        self,
        io: impl http1::Carrier,
        link: Link,
        activity: Arc<Activity>,
        mut stop: watch::Receiver<bool>,
    ) -> Ended {
        let plain = http1::Connection {
            io,
            gate: Arc::clone(&self.gate),
            link,
            admission: Arc::clone(&self.admission),
            activity: Arc::clone(&activity),
        };
        let Some(rest) = plain.serve(stop.clone()).await? else {
            return Ok(());
        };
        let service = service(self.gate, link, self.admission, activity);
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
    link: Link,
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
            let body = (!body.is_end_stream())
                .then(|| Received::new(body, Arc::clone(&activity)).boxed_unsync());
            let sends = body.is_some();
            let asked = Asked {
                link,
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

/// For what isn't plain. Time-outs are [`Patient`]'s: hyper's own would set a timer
/// for each request. A client that has sent all it wants to say may close its side
/// and still be answered; watching for that would also cost every request a buffer.
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
