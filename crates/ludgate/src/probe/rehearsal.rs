//! The gate itself, on the proposed configuration, in front of what the site
//! has answered: what would a reader get who has read all that is free?
//!
//! The site isn't asked again. Nothing here repeats a rule of the gate's.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use gateway::{
    Accounts, Fetching, Gate, GateParts, Keyring, Metrics, Origin, OriginBody, OriginError,
    OriginRequest, OriginResponse, Pages, Server, WEBHOOK_SECRET,
};
use http::{HeaderMap, HeaderValue, Request, header};
use http_body_util::BodyExt;
use indicatif::ProgressBar;
use meter::Store;
use prometheus_client::registry::Registry;
use tempfile::TempDir;
use tokio::sync::watch;
use upstream::{Patience, Route, Settings, Upstream};

use super::visitor::Answer;
use crate::assemble::{Known, assemble, in_order};
use crate::config::Config;
use crate::cuts::Cuts;
use crate::openings::Openings;
use crate::{server, world};

/// For the gate, which is on this machine, and answers from memory.
const WAIT: Duration = Duration::from_secs(30);

/// Pages the gate keeps: all there are.
const MEMORY: u64 = 256 << 20;

/// The header that decisions are said in.
const DECISION: &str = "ludgate-decision";

/// A gate at work.
pub(crate) struct Rehearsal {
    at: Upstream,
    host: HeaderValue,
    stop: watch::Sender<bool>,
    /// Its meter, and what else a server writes.
    _folder: TempDir,
}

/// What a reader gets.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    pub(crate) status: u16,
    /// What was decided of a story: `full` or `preview`, and why.
    pub(crate) decision: Option<String>,
    pub(crate) text: String,
}

/// A site that says again what it has said.
struct Recorded(HashMap<String, Answer>);

impl Origin for Recorded {
    fn fetch<'a>(&'a self, request: OriginRequest<'a>) -> Fetching<'a> {
        let answer = self.find(request.path, request.query).map(again);
        let missing = || OriginError(format!("{} wasn't asked for", request.path));
        let answer = answer.ok_or_else(missing);
        Box::pin(async move { answer })
    }
}

impl Recorded {
    /// What was said at an address; or at one from which the gate has left out
    /// parameters, because they make no difference.
    fn find(&self, path: &str, query: Option<&str>) -> Option<&Answer> {
        let place = match query {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        };
        self.0.get(&place).or_else(|| {
            let asked: Vec<&str> = query
                .into_iter()
                .flat_map(|query| query.split('&'))
                .collect();
            let is_longer = |answer: &&Answer| {
                let (own, query) = answer.place.split_once('?').unwrap_or_default();
                let parameters: Vec<&str> = query.split('&').collect();
                own == path && asked.iter().all(|one| parameters.contains(one))
            };
            self.0.values().find(is_longer)
        })
    }
}

fn again(answer: &Answer) -> OriginResponse {
    let mut headers = answer.headers.clone();
    for name in [
        header::TRANSFER_ENCODING,
        header::CONNECTION,
        header::SET_COOKIE,
    ] {
        headers.remove(name);
    }
    OriginResponse {
        status: answer.status,
        headers,
        body: OriginBody::Whole(answer.body.clone()),
        upgrade: None,
    }
}

impl Rehearsal {
    /// Starts the gate in front of `answers`, on the current runtime.
    pub(crate) fn start(config: &Config, answers: impl Iterator<Item = Answer>) -> Result<Self> {
        let folder = tempfile::tempdir().context("no folder can be made for a moment")?;
        let meter = Store::open(meter::Config::new(folder.path().join("meter")))?;
        let openings = Openings::default();
        let cuts = Cuts::default();
        let source = server::source(config);
        let known = Known {
            cuts: &cuts,
            before: None,
            derived: None,
            index: None,
            texts: None,
            bar: &ProgressBar::hidden(),
        };
        let mut policy = assemble(config, &source, &in_order, &openings, known, None)?.policy;
        let recorded = answers.map(|answer| (answer.place.clone(), answer));
        policy.origin = Arc::new(Recorded(recorded.collect()));
        let secret = || -> Result<[u8; 32]> {
            let mut bytes = [0; 32];
            anyhow::ensure!(
                world::random(&mut bytes),
                "the system has no randomness to give"
            );
            Ok(bytes)
        };
        let gate = Gate::new(GateParts {
            policy,
            keys: Keyring::new(&[(0, secret()?)]).context("there is no key")?,
            network_secret: secret()?,
            webhook_secret: [0; WEBHOOK_SECRET],
            pages: Pages::new(MEMORY),
            meter,
            accounts: Accounts::none(),
            world: world::real(),
            metrics: Arc::new(Metrics::new(&mut Registry::default())),
        });
        let listener = std::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .context("nothing can be listened on for a moment, not even on this machine")?;
        listener.set_nonblocking(true)?;
        let at = reader(listener.local_addr()?)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let (stop, stopping) = watch::channel(false);
        let server = Server::new(Arc::new(gate), config.server.limits);
        tokio::spawn(async move { server.run(listener, stopping).await });
        Ok(Self {
            at,
            host: HeaderValue::from_str(config.url.authority())?,
            stop,
            _folder: folder,
        })
    }

    /// Asks for a path and query as a reader without a cookie.
    pub(crate) async fn ask(&self, place: &str) -> Result<Shown> {
        let mut request = Request::new(upstream::empty());
        *request.uri_mut() = place.parse()?;
        request
            .headers_mut()
            .insert(header::HOST, self.host.clone());
        let exchange = async {
            let response = self.at.send(request, world::elapsed()).await?;
            let (head, body) = response.into_parts();
            let body = body.collect().await?.to_bytes();
            anyhow::Ok(Shown {
                status: head.status.as_u16(),
                decision: said(&head.headers),
                text: String::from_utf8_lossy(&body).into_owned(),
            })
        };
        tokio::time::timeout(WAIT, exchange)
            .await
            .context("the gate on this machine has said nothing")?
    }

    /// Ends it.
    pub(crate) fn end(self) {
        // Nobody listening is no reason to fail: then it has ended.
        let _ = self.stop.send(true);
    }
}

fn said(headers: &HeaderMap) -> Option<String> {
    let decision = headers.get(DECISION)?.to_str().ok()?;
    Some(decision.to_owned())
}

fn reader(gate: SocketAddr) -> Result<Upstream> {
    Ok(Upstream::new(Settings {
        routes: vec![Route {
            paths: Vec::new(),
            servers: vec![format!("http://{gate}").parse()?],
            host: None,
        }],
        patience: Patience::default(),
        connections: 1,
        secret: None,
        authorities: None,
        certificate_name: None,
    })?)
}
