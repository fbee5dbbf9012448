//! HTTP/1.1 in the clear, to one server.
//!
//! Nearly all that a site is asked for is a *plain request*: a `GET` or `HEAD`
//! without a body. Its head is written with one call and its answer read with
//! one. Where that is a *plain answer*, short and all there, it is taken apart
//! here, by the parser that hyper uses too; every other answer is hyper's to
//! read, from its first byte on. So nothing here decides what HTTP allows.
//!
//! A connection is kept for the next request only where an answer has come to
//! its end and nothing after it. Whatever else happens on one ends it: what comes
//! late must never be taken for the answer to what somebody else has asked.

mod head;
mod idle;
mod plain;
mod rest;

use std::future::poll_fn;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method, Response, Uri};
use hyper::body::Incoming;
use hyper::service::Service;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) use head::Head;
use idle::Idle;
use plain::Plain;

use crate::error::{Error, chain};
use crate::server::ServerUrl;

/// What is read at once: the longest plain answer with a head of usual length.
const PIECE: usize = plain::LONGEST + 8 * 1024;

/// The connections to one server.
pub(crate) struct Connections {
    url: ServerUrl,
    address: Uri,
    authority: HeaderValue,
    connector: TowerToHyperService<HttpConnector>,
    idle: Arc<Idle>,
}

/// What a server answers.
pub(crate) enum Answer {
    /// All of it.
    Here(Response<Bytes>),
    /// What is still to come.
    Coming(Response<Incoming>),
}

/// What comes first.
enum First {
    Plain(Plain),
    Other(Bytes),
}

/// Why a connection gave no answer.
enum Failed {
    /// It ended without a byte, so that nobody may have read the request.
    Unheard(String),
    /// What came is no HTTP, or broke off.
    Broken(String),
}

impl Connections {
    /// To the server at `url`, of which `most` are kept while nobody uses them;
    /// `None` where it is spoken to over TLS.
    pub(crate) fn new(url: &ServerUrl, connector: &HttpConnector, most: usize) -> Option<Self> {
        if url.is_https() {
            return None;
        }
        Some(Self {
            address: url.at(http::uri::PathAndQuery::from_static("/"))?,
            authority: HeaderValue::try_from(url.authority()).ok()?,
            url: url.clone(),
            connector: TowerToHyperService::new(connector.clone()),
            idle: Arc::new(Idle::new(most)),
        })
    }

    /// The server, as it is named in errors.
    pub(crate) fn name(&self) -> String {
        self.url.to_string()
    }

    /// What the server is called where nobody says otherwise.
    pub(crate) fn authority(&self) -> &HeaderValue {
        &self.authority
    }

    /// Asks. A server closes a connection that nobody uses whenever it likes:
    /// where it has just done so, the request, which is harmless to repeat, is
    /// sent on a new one.
    pub(crate) async fn ask(&self, head: &Head<'_>, now: Duration) -> Result<Answer, Error> {
        if let Some(io) = self.idle.take(now) {
            match self.ask_over(io, head).await {
                Ok(answer) => return Ok(answer),
                Err(Failed::Unheard(_)) => {}
                Err(Failed::Broken(why)) => return Err(self.broken(why)),
            }
        }
        let io = self.connect().await?;
        self.ask_over(io, head)
            .await
            .map_err(|failed| match failed {
                Failed::Unheard(why) | Failed::Broken(why) => self.broken(why),
            })
    }

    async fn connect(&self) -> Result<TcpStream, Error> {
        let connecting = self.connector.call(self.address.clone()).await;
        let io = connecting.map_err(|error| Error::Unreachable {
            server: self.name(),
            why: chain(&error),
        })?;
        Ok(io.into_inner())
    }

    async fn ask_over(&self, mut io: TcpStream, head: &Head<'_>) -> Result<Answer, Failed> {
        let read = exchange(&mut io, head)
            .await
            .map_err(|error| Failed::Unheard(error.to_string()))?;
        match read {
            First::Plain(plain) => {
                if plain.ends {
                    self.idle.put(io);
                }
                Ok(Answer::Here(plain.response))
            }
            First::Other(read) if read.is_empty() => {
                let why = "it closed the connection instead of answering";
                Err(Failed::Unheard(why.to_owned()))
            }
            First::Other(read) => {
                let idle = Arc::clone(&self.idle);
                let answer = Box::pin(rest::read(read, io, head.method.clone(), idle)).await;
                let answer = answer.map_err(|error| Failed::Broken(chain(&error)))?;
                Ok(Answer::Coming(answer))
            }
        }
    }

    fn broken(&self, why: String) -> Error {
        Error::Broken {
            server: self.name(),
            why,
        }
    }
}

/// Sends `head` and takes what comes first; nothing where the connection ends.
async fn exchange(io: &mut TcpStream, head: &Head<'_>) -> io::Result<First> {
    io.write_all(&head.bytes).await?;
    poll_fn(|cx| {
        // Whoever waits holds no room for what will come.
        ready!(io.poll_read_ready(cx))?;
        let mut read = Vec::with_capacity(PIECE);
        ready!(pin!(io.read_buf(&mut read)).poll(cx))?;
        let plain = if head.method == Method::GET {
            plain::read(&read)
        } else {
            None
        };
        Poll::Ready(Ok(plain.map_or_else(
            || First::Other(Bytes::copy_from_slice(&read)),
            First::Plain,
        )))
    })
    .await
}
