//! One request to the site, and its answer.

use std::error::Error as _;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::request::Parts;
use http::uri::PathAndQuery;
use http::{HeaderValue, Method, Request, Response, header};
use http_body::Body as _;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper_util::client::legacy;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::body::{Body, Received, Sent, Way, empty};
use crate::client::{Clients, clients, connector};
use crate::error::{Error, chain};
use crate::http1::{Answer, Connections, Head};
use crate::server::{Server, ServerUrl};
use crate::settings::{Route, Settings};

/// How often a request that may be repeated is sent.
const TRIES: usize = 2;

/// The site.
pub struct Upstream {
    clients: Clients,
    routes: Vec<Group>,
    settings: Settings,
    under_way: Arc<Semaphore>,
}

/// The servers of a route.
struct Group {
    route: Route,
    servers: Vec<Server>,
    next: AtomicUsize,
}

/// How a server is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Health {
    /// Its URL.
    pub server: String,
    /// Whether it is being asked.
    pub is_up: bool,
}

impl Upstream {
    /// The site with these settings.
    ///
    /// # Errors
    ///
    /// Where the TLS settings can't be used.
    pub fn new(settings: Settings) -> Result<Self, Error> {
        let connector = connector(&settings);
        let server = |url: &ServerUrl| {
            let connections = Connections::new(url, &connector, settings.connections);
            Server::new(url.clone(), connections)
        };
        let groups = settings.routes.iter().map(|route| Group {
            route: route.clone(),
            servers: route.servers.iter().map(server).collect(),
            next: AtomicUsize::new(0),
        });
        Ok(Self {
            clients: clients(&settings, connector.clone())?,
            routes: groups.collect(),
            under_way: Arc::new(Semaphore::new(settings.connections)),
            settings,
        })
    }

    /// Sends `request`, whose URI is a path and query, to the server that it
    /// belongs to. `now` is a monotonic clock's time.
    ///
    /// What may be repeated (`GET`, `HEAD` and `OPTIONS` without a body) is sent
    /// once more where a server failed before it began to answer.
    ///
    /// # Errors
    ///
    /// Where there is no answer. What a server answers is never an error.
    pub async fn send(
        &self,
        request: Request<Body>,
        now: Duration,
    ) -> Result<Response<Received>, Error> {
        let (parts, body) = request.into_parts();
        let group = self
            .group(parts.uri.path())
            .ok_or_else(|| Error::Unreachable {
                server: parts.uri.path().to_owned(),
                why: "no server is configured for this path".to_owned(),
            })?;
        let under_way = self.permit().await?;
        let may_repeat = body.is_end_stream()
            && matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
        if !may_repeat {
            return self.ask(group, &parts, body, under_way, now).await;
        }
        let mut tries = 1;
        let mut under_way = under_way;
        loop {
            match self.ask(group, &parts, empty(), under_way, now).await {
                Err(error) if error.is_the_servers() && tries < TRIES => tries += 1,
                answer => return answer,
            }
            under_way = self.permit().await?;
        }
    }

    /// How all servers are doing at `now`.
    pub fn health(&self, now: Duration) -> Vec<Health> {
        let servers = self.routes.iter().flat_map(|group| &group.servers);
        servers
            .map(|server| Health {
                server: server.url.to_string(),
                is_up: server.is_up(now),
            })
            .collect()
    }

    /// The settings it was made with.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    fn group(&self, path: &str) -> Option<&Group> {
        self.routes.iter().find(|group| {
            let paths = &group.route.paths;
            paths.is_empty() || paths.iter().any(|pattern| pattern.matches(path))
        })
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit, Error> {
        if let Ok(permit) = Arc::clone(&self.under_way).try_acquire_owned() {
            return Ok(permit);
        }
        let limit = self.settings.connections;
        let permit = Arc::clone(&self.under_way).acquire_owned();
        match tokio::time::timeout(self.settings.patience.queue, permit).await {
            Ok(Ok(permit)) => Ok(permit),
            _ => Err(Error::Crowded { limit }),
        }
    }

    async fn ask(
        &self,
        group: &Group,
        parts: &Parts,
        body: Body,
        under_way: OwnedSemaphorePermit,
        now: Duration,
    ) -> Result<Response<Received>, Error> {
        let server = group
            .choose(now)
            .ok_or_else(|| unreachable(parts.uri.path(), "the route has no server"))?;
        let answer = if let Some((connections, head)) = self.plain(group, server, parts, &body) {
            self.ask_plainly(connections, &head, now).await
        } else {
            let asked = self.ask_client(group, server, parts.clone(), body);
            asked.await.map(Answer::Coming)
        };
        match &answer {
            Err(error) if error.is_the_servers() => server.has_failed(now),
            Ok(_) => server.has_answered(),
            Err(_) => {}
        }
        let stall = self.settings.patience.stall;
        Ok(match answer? {
            Answer::Here(response) => response.map(|bytes| Received::here(bytes, under_way)),
            Answer::Coming(response) => {
                response.map(|body| Received::coming(body, stall, under_way))
            }
        })
    }

    /// How the request is sent where it is a plain one.
    fn plain<'a>(
        &self,
        group: &Group,
        server: &'a Server,
        parts: &'a Parts,
        body: &Body,
    ) -> Option<(&'a Connections, Head<'a>)> {
        if !body.is_end_stream() {
            return None;
        }
        let connections = server.connections.as_ref()?;
        let own = group.route.host.as_ref();
        let host = own
            .or_else(|| parts.headers.get(header::HOST))
            .unwrap_or(connections.authority());
        let head = Head::of(parts, host, self.settings.secret.as_ref())?;
        Some((connections, head))
    }

    async fn ask_plainly(
        &self,
        connections: &Connections,
        head: &Head<'_>,
        now: Duration,
    ) -> Result<Answer, Error> {
        let patience = self.settings.patience.first_byte;
        let asked = tokio::time::timeout(patience, connections.ask(head, now));
        asked.await.unwrap_or_else(|_| {
            Err(Error::Silent {
                server: connections.name(),
                patience,
            })
        })
    }

    async fn ask_client(
        &self,
        group: &Group,
        server: &Server,
        mut parts: Parts,
        body: Body,
    ) -> Result<Response<Incoming>, Error> {
        let path = parts.uri.path_and_query().cloned();
        let path = path.unwrap_or_else(|| PathAndQuery::from_static("/"));
        let name = server.url.to_string();
        parts.uri = server
            .url
            .at(path)
            .ok_or_else(|| unreachable(&name, "the path fits no URL"))?;
        if let Some(host) = &group.route.host {
            parts.headers.insert(header::HOST, HeaderValue::clone(host));
        }
        if let Some((name, value)) = &self.settings.secret {
            parts.headers.insert(name.clone(), value.clone());
        }
        let first_byte = self.settings.patience.first_byte;
        let way = Arc::new(Way::default());
        let (client, body) = if body.is_end_stream() {
            (&self.clients.kept, body)
        } else {
            let body = Sent::new(body, Arc::clone(&way)).boxed_unsync();
            (&self.clients.once, body)
        };
        let mut request = pin!(client.request(Request::from_parts(parts, body)));
        let mut pieces = 0;
        loop {
            match tokio::time::timeout(first_byte, request.as_mut()).await {
                Ok(Ok(response)) => return Ok(response),
                Ok(Err(_)) if way.is_broken() => return Err(Error::Unsent { server: name }),
                Ok(Err(error)) => return Err(failure(name, &error)),
                // A server answers a large file once it has all of it.
                Err(_) if way.goes_on(&mut pieces) => {}
                Err(_) if way.is_waited_for() => return Err(Error::Unsent { server: name }),
                Err(_) => {
                    return Err(Error::Silent {
                        server: name,
                        patience: first_byte,
                    });
                }
            }
        }
    }
}

impl Group {
    /// By turns, those that are up; where none is, the one that has rested
    /// longest.
    fn choose(&self, now: Duration) -> Option<&Server> {
        let count = self.servers.len();
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        let by_turns = (0..count).filter_map(|step| {
            let place = first.wrapping_add(step).checked_rem(count)?;
            self.servers.get(place)
        });
        by_turns
            .clone()
            .find(|server| server.is_up(now))
            .or_else(|| by_turns.min_by_key(|server| server.rests_until()))
    }
}

fn unreachable(server: &str, why: &str) -> Error {
    Error::Unreachable {
        server: server.to_owned(),
        why: why.to_owned(),
    }
}

fn failure(server: String, error: &legacy::Error) -> Error {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(rustls::Error::InvalidCertificate(wrong)) = untrusted(cause) {
            let why = wrong.to_string();
            return Error::Untrusted { server, why };
        }
        source = cause.source();
    }
    let why = chain(error);
    if error.is_connect() {
        Error::Unreachable { server, why }
    } else {
        Error::Broken { server, why }
    }
}

/// What TLS has to complain of, which comes inside of the system's errors.
fn untrusted<'e>(cause: &'e (dyn std::error::Error + 'static)) -> Option<&'e rustls::Error> {
    let inner = cause
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref);
    match inner {
        Some(inner) => untrusted(inner),
        None => cause.downcast_ref(),
    }
}
