//! Scripts of other sites: closed, unless their origins are configured; and then
//! without the reader's cookies, so that what they are told is for anybody.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};

use crate::routes::{Route, Verb};

/// How long browsers needn't ask again, in seconds.
const AN_HOUR: HeaderValue = HeaderValue::from_static("3600");

/// What scripts may send beside what they always may.
const MAY_SEND: HeaderValue =
    HeaderValue::from_static("authorization, content-type, if-none-match");

/// What scripts may see beside what they always may.
const MAY_SEE: HeaderValue = HeaderValue::from_static("etag, retry-after, www-authenticate");

/// Says that the origin that asks may see the answer, where it may.
pub(crate) fn allow(headers: &mut HeaderMap, asked: &HeaderMap, origins: &[String]) {
    if origins.is_empty() {
        return;
    }
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = allowed(asked, origins) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, MAY_SEE);
    }
}

/// Answers who asks whether they may ask.
pub(crate) fn preflight(asked: &HeaderMap, origins: &[String], methods: &str) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    let Ok(methods) = HeaderValue::try_from(methods) else {
        return response;
    };
    headers.insert(header::ALLOW, methods.clone());
    if allowed(asked, origins).is_some() {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, MAY_SEND);
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, AN_HOUR);
    }
    response
}

/// The methods of a place.
pub(crate) fn methods(routes: &[&Route]) -> String {
    let mut methods: Vec<&str> = vec!["OPTIONS"];
    for route in routes {
        methods.push(route.method.as_str());
        if route.method == Verb::Get {
            methods.push("HEAD");
        }
    }
    methods.sort_unstable();
    methods.join(", ")
}

fn allowed(asked: &HeaderMap, origins: &[String]) -> Option<HeaderValue> {
    let origin = asked.get(header::ORIGIN)?;
    let listed = |known: &String| known.as_bytes() == origin.as_bytes();
    origins.iter().any(listed).then(|| origin.clone())
}
