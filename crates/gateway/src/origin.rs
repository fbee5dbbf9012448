//! Where pages come from, seen from the gate: a place to ask, that answers
//! with whole stories and knows nothing of who may read them.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};
use jiff::Timestamp;

/// A source of pages.
///
/// The built-in publication is one; the crate that knows both it and the gate
/// joins them.
pub trait Origin: Send + Sync + 'static {
    /// A number that changes whenever any page may have changed, so that a
    /// correction or a takedown is seen at once and not when a cache expires.
    fn version(&self) -> u64;

    /// Asks for a page. Readers' cookies and headers never reach an origin:
    /// what comes back is the same for everybody.
    fn fetch<'a>(&'a self, request: OriginRequest<'a>) -> Fetching<'a>;
}

/// An answer under way.
pub type Fetching<'a> =
    Pin<Box<dyn Future<Output = Result<OriginResponse, OriginError>> + Send + 'a>>;

/// What an origin is asked for.
#[derive(Clone, Copy, Debug)]
pub struct OriginRequest<'a> {
    /// The normalised path.
    pub path: &'a str,
    /// The listed query parameters.
    pub query: Option<&'a str>,
    /// The time of asking.
    pub now: Timestamp,
}

/// What it answers.
#[derive(Clone, Debug)]
pub struct OriginResponse {
    /// The status.
    pub status: StatusCode,
    /// The media type, with its charset where it has one.
    pub content_type: HeaderValue,
    /// Where to go instead.
    pub location: Option<HeaderValue>,
    /// What else should be said: policies, links.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The whole body.
    pub body: Bytes,
    /// How it may be kept, by browsers and shared caches where it isn't a story.
    /// What says `no-store` isn't kept by the gate either.
    pub cache_control: Option<HeaderValue>,
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub struct OriginError(pub String);

impl fmt::Display for OriginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for OriginError {}
