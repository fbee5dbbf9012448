//! What lives under the reserved prefix: health, readiness and the assets that
//! prompts need.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use page::Encoded;

use crate::body::Body;
use crate::negotiate;
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

/// Answers for `rest`, the path below the prefix.
pub(crate) fn respond(
    rest: &str,
    method: &Method,
    headers: &HeaderMap,
    assets: &[Asset],
    draining: bool,
) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        return method_not_allowed();
    }
    match rest {
        "healthz" => plain(StatusCode::OK, TEXT, "ok\n"),
        "readyz" if draining => plain(StatusCode::SERVICE_UNAVAILABLE, TEXT, "draining\n"),
        "readyz" => plain(StatusCode::OK, TEXT, "ready\n"),
        _ => match assets.iter().find(|asset| *asset.path == *rest) {
            Some(asset) => file(asset, headers),
            None => refusal(
                StatusCode::NOT_FOUND,
                "There is nothing here",
                "The address may be mistyped, or the page may have moved.",
            ),
        },
    }
}

fn file(asset: &Asset, request: &HeaderMap) -> Response<Body> {
    let encoding = negotiate::encoding(request);
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

/// For methods that change something where nothing can be changed.
pub(crate) fn method_not_allowed() -> Response<Body> {
    let mut response = refusal(
        StatusCode::METHOD_NOT_ALLOWED,
        "That can't be done here",
        "This page can be read, and nothing else.",
    );
    response
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}
