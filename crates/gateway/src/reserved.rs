//! What of the reserved prefix is the gate's own: health, readiness, the links
//! that make a browser staff, and assets. The rest is the [reception's].
//!
//! [reception's]: crate::reception

use std::sync::Arc;

use http::{HeaderValue, Method, Response, StatusCode, header};
use jiff::Timestamp;
use page::{Encoded, Encoding};

use crate::body::Body;
use crate::gate::Gate;
use crate::head::Head;
use crate::policy::Policy;
use crate::respond::{plain, refusal};

/// A file of ours in a publisher's page. Its path carries a hash of its
/// content, so it may be kept for good.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The path below the prefix, such as `assets/prompts.1f2e3d4c.css`.
    pub path: Box<str>,
    /// The media type.
    pub content_type: HeaderValue,
    /// The file, ready to be sent.
    pub content: Arc<Encoded>,
}

const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// Whether a server should be sent requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readiness {
    /// It should.
    Ready,
    /// It is about to stop.
    Draining,
    /// It doesn't know yet who is signed in, so readers with accounts can't be
    /// told from others.
    Loading,
    /// Its meter can't count, so metered stories show their beginning.
    NotCounting,
}

impl Readiness {
    /// How it is said, as a status and a line.
    pub fn answer(self) -> (StatusCode, &'static str) {
        match self {
            Self::Ready => (StatusCode::OK, "ready\n"),
            Self::Draining => (StatusCode::SERVICE_UNAVAILABLE, "draining\n"),
            Self::Loading => (
                StatusCode::SERVICE_UNAVAILABLE,
                "the accounts are being loaded\n",
            ),
            Self::NotCounting => (StatusCode::SERVICE_UNAVAILABLE, "the meter can't count\n"),
        }
    }
}

impl Gate {
    /// Whether requests had better go elsewhere, and why.
    pub fn readiness(&self) -> Readiness {
        if self.is_draining() {
            Readiness::Draining
        } else if !self.meter().is_counting() {
            Readiness::NotCounting
        } else if self.accounts().is_complete() {
            Readiness::Ready
        } else {
            Readiness::Loading
        }
    }

    /// The path that makes the browser that follows it staff, until then.
    /// `None` where there is no randomness.
    pub fn staff_path(&self, until: Timestamp) -> Option<String> {
        let mut nonce = [0; 8];
        if !(self.world().random)(&mut nonce) {
            return None;
        }
        let token = self.keys().sign_staff(until, nonce)?;
        Some(format!("{}staff/{token}", self.policy().1.parts.prefix))
    }

    /// Answers for `rest`, the path below the prefix; `None` where it isn't the
    /// gate's own.
    pub(crate) fn reserved(
        &self,
        rest: &str,
        request: &Head<'_>,
        policy: &Policy,
    ) -> Option<Response<Body>> {
        let answers = Ours::of(rest)?;
        if request.method != Method::GET && request.method != Method::HEAD {
            return Some(method_not_allowed(READ));
        }
        Some(match answers {
            Ours::Health => plain(StatusCode::OK, TEXT, "ok\n"),
            Ours::Readiness => {
                let (status, line) = self.readiness().answer();
                plain(status, TEXT, line)
            }
            Ours::Staff(token) => self.welcome_staff(token, policy),
            Ours::Asset => {
                let assets = &policy.parts.assets;
                match assets.iter().find(|asset| *asset.path == *rest) {
                    Some(asset) => file(asset, policy.encoding(&request.fields)),
                    None => nothing_here(),
                }
            }
        })
    }

    /// Moves a staff token from its link into a cookie, out of sight.
    fn welcome_staff(&self, token: &str, policy: &Policy) -> Response<Body> {
        let now = (self.world().system)();
        let left = self.keys().verify_staff(token.as_bytes(), now);
        let Some(cookie) = left.and_then(|left| policy.parts.cookie.set_staff(token, left)) else {
            return refusal(
                StatusCode::FORBIDDEN,
                "This link can’t be used",
                "Its time may be over. Whoever gave it to you can make another.",
            );
        };
        let mut response = plain(StatusCode::SEE_OTHER, TEXT, "Welcome.\n");
        let headers = response.headers_mut();
        headers.insert(header::SET_COOKIE, cookie);
        headers.insert(header::LOCATION, HeaderValue::from_static("/"));
        let nobody = HeaderValue::from_static("no-referrer");
        headers.insert(header::REFERRER_POLICY, nobody);
        response
    }
}

/// What is the gate's own.
enum Ours<'a> {
    Health,
    Readiness,
    Staff(&'a str),
    Asset,
}

impl<'a> Ours<'a> {
    fn of(rest: &'a str) -> Option<Self> {
        match rest {
            "healthz" => Some(Self::Health),
            "readyz" => Some(Self::Readiness),
            _ if rest.starts_with("assets/") => Some(Self::Asset),
            _ => rest.strip_prefix("staff/").map(Self::Staff),
        }
    }
}

/// For what isn't there.
pub(crate) fn nothing_here() -> Response<Body> {
    refusal(
        StatusCode::NOT_FOUND,
        "There is nothing here",
        "The address may be mistyped, or the page may have moved.",
    )
}

fn file(asset: &Asset, encoding: Encoding) -> Response<Body> {
    let mut response = Response::new(Body::whole(asset.content.get(encoding)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, asset.content_type.clone());
    headers.insert(header::CACHE_CONTROL, IMMUTABLE);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    crate::respond::encoded(headers, encoding);
    response
}

/// What a page allows that can only be read.
pub(crate) const READ: HeaderValue = HeaderValue::from_static("GET, HEAD");

/// What one allows that takes forms, too.
pub(crate) const READ_AND_SEND: HeaderValue = HeaderValue::from_static("GET, HEAD, POST");

/// For methods that change something where nothing can be changed by them.
pub(crate) fn method_not_allowed(allowed: HeaderValue) -> Response<Body> {
    let mut response = refusal(
        StatusCode::METHOD_NOT_ALLOWED,
        "That can’t be done here",
        "This page can be read, and nothing else.",
    );
    response.headers_mut().insert(header::ALLOW, allowed);
    response
}
