//! Where pages come from, seen from the gate: a place to ask, that answers
//! with whole stories and knows nothing of who may read them.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use http_body_util::combinators::UnsyncBoxBody;
use hyper::upgrade::OnUpgrade;
use jiff::Timestamp;

/// A source of pages.
///
/// The built-in publication is one, a foreign site another; the crate that
/// knows both them and the gate joins them.
pub trait Origin: Send + Sync + 'static {
    /// Asks. What comes back for a request without a reader's cookies is taken
    /// to be the same for everybody.
    fn fetch<'a>(&'a self, request: OriginRequest<'a>) -> Fetching<'a>;
}

/// An answer under way.
pub type Fetching<'a> =
    Pin<Box<dyn Future<Output = Result<OriginResponse, OriginError>> + Send + 'a>>;

/// A body that comes or goes piece by piece.
pub type Stream = UnsyncBoxBody<Bytes, StreamError>;

/// Why a stream breaks off.
pub type StreamError = Box<dyn Error + Send + Sync>;

/// What an origin is asked for.
#[derive(Debug)]
pub struct OriginRequest<'a> {
    /// The method.
    pub method: Method,
    /// The normalised path.
    pub path: &'a str,
    /// The query as far as the origin is to see it.
    pub query: Option<&'a str>,
    /// The headers. The built-in publication looks at none.
    pub headers: HeaderMap,
    /// What is sent along.
    pub body: Option<Stream>,
    /// The time of asking.
    pub now: Timestamp,
}

impl<'a> OriginRequest<'a> {
    /// Asks for a page, saying nothing else.
    pub fn get(path: &'a str, query: Option<&'a str>, now: Timestamp) -> Self {
        Self {
            method: Method::GET,
            path,
            query,
            headers: HeaderMap::new(),
            body: None,
            now,
        }
    }
}

/// What it answers.
#[derive(Debug)]
pub struct OriginResponse {
    /// The status.
    pub status: StatusCode,
    /// What is said around the body: its type, how it may be kept, where to go
    /// instead. What says `no-store` isn't kept by the gate either.
    pub headers: HeaderMap,
    /// The body.
    pub body: OriginBody,
    /// The connection, where the origin speaks another protocol on it now.
    pub upgrade: Option<OnUpgrade>,
}

/// The body of an answer.
#[derive(Debug)]
pub enum OriginBody {
    /// All of it.
    Whole(Bytes),
    /// What is still to come.
    Stream(Stream),
}

impl OriginResponse {
    /// An answer that is there already.
    pub fn whole(status: StatusCode, content_type: HeaderValue, body: Bytes) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, content_type);
        Self {
            status,
            headers,
            body: OriginBody::Whole(body),
            upgrade: None,
        }
    }

    /// The same with how it may be kept, by browsers and shared caches where it
    /// isn't a story.
    #[must_use]
    pub fn kept(mut self, cache_control: HeaderValue) -> Self {
        self.headers.insert(header::CACHE_CONTROL, cache_control);
        self
    }
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub struct OriginError(pub String);

impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for OriginError {}
