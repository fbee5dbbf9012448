//! Responses: what is said around the bytes.

use std::sync::Arc;

use access::{Decision, Outcome};
use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};
use http::{HeaderMap, Response, StatusCode};
use http_body_util::BodyExt;
use jiff::Timestamp;
use page::{CompiledPage, Encoding};
use smallvec::SmallVec;

use crate::body::Body;
use crate::forward;
use crate::head::Head;
use crate::http1;
use crate::kept;
use crate::origin::{OriginBody, OriginResponse};
use crate::pages::{Content, Page, html};
use crate::policy::{Mode, Policy};
use crate::shelf::Which;
use crate::trailers::{Harmless, Trailers};

/// What was decided, as a Structured Field (RFC 9651).
pub(crate) const DECISION: HeaderName = HeaderName::from_static("ludgate-decision");

/// What search engines and archives are asked for.
pub(crate) const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

/// For one reader, and for nobody to keep.
pub(crate) const PRIVATE: HeaderValue = HeaderValue::from_static("private, no-store");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// The head of every response with one story: private, never validated, never
/// kept. Written once per encoding and copied for each reader, which costs
/// less than putting it together again.
#[derive(Clone, Debug)]
pub(crate) struct StoryHead {
    identity: HeaderMap,
    gzip: HeaderMap,
    zstd: HeaderMap,
}

impl StoryHead {
    /// The head of a page around which `headers` are said.
    pub(crate) fn new(headers: &HeaderMap) -> Self {
        let head = |encoding| {
            let mut head = HeaderMap::with_capacity(8 + headers.len());
            head.insert(header::CONTENT_TYPE, html());
            head.insert(header::CACHE_CONTROL, PRIVATE);
            encoded(&mut head, encoding);
            head.extend(headers.clone());
            head
        };
        Self {
            identity: head(Encoding::Identity),
            gzip: head(Encoding::Gzip),
            zstd: head(Encoding::Zstd),
        }
    }

    /// What it was made of.
    pub(crate) fn around(&self) -> HeaderMap {
        let mut around = self.identity.clone();
        around.remove(header::CONTENT_TYPE);
        around.remove(header::CACHE_CONTROL);
        around
    }

    fn copy(&self, encoding: Encoding) -> HeaderMap {
        match encoding {
            Encoding::Identity => self.identity.clone(),
            Encoding::Gzip => self.gzip.clone(),
            Encoding::Zstd => self.zstd.clone(),
        }
    }
}

/// A page with a story, from a file where `bare` allows it.
pub(crate) fn story(
    page: &Page,
    compiled: &CompiledPage,
    which: &Which<'_>,
    bare: bool,
) -> Response<Body> {
    if let Some(laid) = laid(page, which, bare) {
        return laid;
    }
    let mut response = Response::new(Body::default());
    *response.status_mut() = page.status;
    *response.headers_mut() = page.story_head.copy(which.encoding);
    spliced(page, compiled, which, bare, response)
}

/// A page without a story, as the request wants it.
pub(crate) fn public(
    page: &Page,
    request: &Head<'_>,
    encoding: Encoding,
    now: Timestamp,
) -> Response<Body> {
    let age = page.freshness.age(now);
    let which = Which {
        outcome: Outcome::Full,
        encoding,
        slot: None,
    };
    let is_held = page.status == StatusCode::OK && kept::is_held(&page.head, &request.fields);
    let range = match &page.content {
        Content::AsItCame(bytes) if !is_held => kept::range(page, bytes.len(), &request.fields),
        _ => None,
    };
    let bare = request.bare && !is_held && range.is_none() && page.cookies.is_empty();
    let mut response = match laid(page, &which, bare) {
        Some(laid) => laid,
        None => unlaid(page, &which, bare, is_held),
    };
    if let Some(range) = range {
        response = kept::part(page, response, range);
    }
    let headers = response.headers_mut();
    if let Some(age) = age {
        headers.insert(header::AGE, HeaderValue::from(age));
    }
    for cookie in &page.cookies {
        headers.append(header::SET_COOKIE, cookie.clone());
    }
    response
}

fn unlaid(page: &Page, which: &Which<'_>, bare: bool, is_held: bool) -> Response<Body> {
    let mut response = Response::new(Body::default());
    *response.headers_mut() = page.head.clone();
    let headers = response.headers_mut();
    if is_held {
        headers.remove(header::CONTENT_TYPE);
        headers.remove(header::CONTENT_ENCODING);
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    *response.status_mut() = page.status;
    match &page.content {
        Content::Html(compiled, _) => {
            encoded(response.headers_mut(), which.encoding);
            spliced(page, compiled, which, bare, response)
        }
        Content::Other(content) => {
            encoded(response.headers_mut(), which.encoding);
            response.map(|_| Body::whole(content.get(which.encoding)))
        }
        Content::AsItCame(bytes) => {
            let response = response.map(|_| Body::whole(bytes.clone()));
            if bare {
                page.bodies
                    .lay(which, response.body().chunks(), || http1::lines(&response));
            }
            response
        }
    }
}

/// What passes by: the origin's own answer, as it comes.
pub(crate) fn relay(answer: OriginResponse, trailers: Trailers) -> Response<Body> {
    let body = match answer.body {
        OriginBody::Whole(bytes) => Body::whole(bytes),
        OriginBody::Stream(stream) => Body::streaming(Harmless { stream, trailers }.boxed_unsync()),
    };
    let mut response = Response::new(body);
    *response.status_mut() = answer.status;
    let mut headers = answer.headers;
    let staying = |name: &&HeaderName| forward::stays_here(name);
    let stay: SmallVec<[HeaderName; 4]> = headers.keys().filter(staying).cloned().collect();
    for name in stay {
        headers.remove(name);
    }
    *response.headers_mut() = headers;
    response
}

/// The response, where it lies ready: its headers are those of this reader alone.
fn laid(page: &Page, which: &Which<'_>, bare: bool) -> Option<Response<Body>> {
    let laid = bare.then(|| page.bodies.find(which)).flatten()?;
    let mut response = Response::new(Body::lying(laid));
    *response.status_mut() = page.status;
    Some(response)
}

/// `response` with its body, which is laid ready for the next if it is time.
fn spliced(
    page: &Page,
    compiled: &CompiledPage,
    which: &Which<'_>,
    bare: bool,
    response: Response<Body>,
) -> Response<Body> {
    let splice = compiled.splice(which.outcome, which.encoding, which.slot.map(Arc::as_ref));
    let response = response.map(|_| Body::spliced(splice));
    if bare {
        page.bodies
            .lay(which, response.body().chunks(), || http1::lines(&response));
    }
    response
}

/// What a `HEAD` gets: everything but the bytes. The version of HTTP must not
/// decide whether they are sent, and hyper leaves them out of HTTP/1.1 only.
pub(crate) fn without_body(response: Response<Body>) -> Response<Body> {
    let (mut head, body) = response.into_parts();
    if head.status != StatusCode::NOT_MODIFIED
        && let Some(length) = body.len()
    {
        head.headers
            .insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    Response::from_parts(head, Body::default())
}

pub(crate) fn encoded(headers: &mut HeaderMap, encoding: Encoding) {
    let name = match encoding {
        Encoding::Identity => return,
        Encoding::Gzip => HeaderValue::from_static("gzip"),
        Encoding::Zstd => HeaderValue::from_static("zstd"),
    };
    headers.insert(header::CONTENT_ENCODING, name);
}

/// The decision in words: `preview; reason=meter-exhausted; rule="metered";
/// used=3; limit=3`.
pub(crate) fn decision_field(policy: &Policy, decision: &Decision) -> Option<HeaderValue> {
    use std::fmt::Write;
    let mut field = String::with_capacity(96);
    let outcome = decision.outcome.as_str();
    // Writing to a string can't fail.
    let _ = write!(field, "{outcome}; reason={}", decision.reason);
    if let Some(id) = decision.rule.and_then(|no| policy.parts.rules.rule_id(no)) {
        field.push_str("; rule=\"");
        for character in id
            .as_str()
            .chars()
            .filter(|c| c.is_ascii() && !c.is_ascii_control())
        {
            if matches!(character, '"' | '\\') {
                field.push('\\');
            }
            field.push(character);
        }
        field.push('"');
    }
    if let Some(reading) = decision.reading {
        let _ = write!(field, "; used={}; limit={}", reading.used, reading.limit);
    }
    if policy.parts.mode == Mode::Observe {
        field.push_str("; mode=observe");
    }
    HeaderValue::try_from(field).ok()
}

/// A short page of our own for what can't be served, in words that say what to
/// do next.
pub(crate) fn refusal(status: StatusCode, what: &str, next: &str) -> Response<Body> {
    let document = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <title>{what}</title>\n<h1>{what}</h1>\n<p>{next}</p>\n\
         <p><a href=\"/\">To the front page</a></p>\n</html>\n"
    );
    plain(status, html(), Bytes::from(document))
}

/// A small uncacheable response.
pub(crate) fn plain(
    status: StatusCode,
    content_type: HeaderValue,
    body: impl Into<Bytes>,
) -> Response<Body> {
    let mut response = Response::new(Body::whole(body.into()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, content_type);
    headers.insert(header::CACHE_CONTROL, NO_STORE);
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// For what can't be answered now, and can soon.
pub(crate) fn try_again() -> Response<Body> {
    let mut response = refusal(
        StatusCode::SERVICE_UNAVAILABLE,
        "This page can’t be shown just now",
        "Please try again in a moment. Nothing has been counted.",
    );
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

/// A speculative request that would have to be charged: browsers ask again
/// when the reader really goes there.
pub(crate) fn come_back() -> Response<Body> {
    let mut response = plain(
        StatusCode::SERVICE_UNAVAILABLE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
        "This story is counted when it is read, not before.\n",
    );
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("0"));
    response
}
