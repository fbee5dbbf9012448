//! What is said around a page: the headers of its responses.

use std::sync::Arc;

use access::Outcome;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use page::Encoding;

use super::answer::Said;
use super::stored::Content;
use crate::forward;

/// The most names that a page can be purged by.
const MAX_TAGS: usize = 128;

/// The headers in which sites give their pages names to be purged by.
const TAGS: [&str; 3] = ["cache-tag", "surrogate-key", "xkey"];

/// The headers of a request that the page depends on. What is decoded here
/// doesn't depend on the encoding.
pub(super) fn varies(headers: &HeaderMap, content: &Content) -> Vec<HeaderName> {
    let mut names: Vec<HeaderName> = headers
        .get_all(header::VARY)
        .iter()
        .flat_map(|line| line.as_bytes().split(|&byte| byte == b','))
        .filter_map(|name| HeaderName::from_bytes(name.trim_ascii()).ok())
        .filter(|name| matches!(content, Content::AsItCame(_)) || *name != header::ACCEPT_ENCODING)
        .collect();
    names.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    names.dedup();
    names
}

/// What else the origin wants said around its page: all but what is about the
/// bytes, which are others now, about keeping them, and about one reader.
pub(super) fn around(headers: &HeaderMap) -> HeaderMap {
    const ABOUT_THE_BYTES: [HeaderName; 14] = [
        header::ACCEPT_RANGES,
        header::AGE,
        header::CACHE_CONTROL,
        header::CONTENT_ENCODING,
        header::CONTENT_RANGE,
        header::CONTENT_TYPE,
        header::ETAG,
        header::EXPIRES,
        header::LAST_MODIFIED,
        header::LOCATION,
        header::PRAGMA,
        header::SET_COOKIE,
        header::VARY,
        header::WARNING,
    ];
    let mut around = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers {
        let is_digest = matches!(
            name.as_str(),
            "content-md5" | "digest" | "content-digest" | "repr-digest"
        );
        let is_about_them = is_digest || ABOUT_THE_BYTES.contains(name);
        let is_used_here = forward::stays_here(name) || TAGS.contains(&name.as_str());
        if !is_about_them && !is_used_here && !forward::is_for_caches_between(name) {
            around.append(name.clone(), value.clone());
        }
    }
    around
}

/// What is said around a page that is no story.
pub(super) fn public_head(
    response: &Said<'_>,
    content: &Content,
    around: &HeaderMap,
    is_for_everybody: bool,
) -> HeaderMap {
    let mut head = around.clone();
    for (name, value) in response.headers {
        if forward::is_for_caches_between(name) {
            head.append(name.clone(), value.clone());
        }
    }
    let mut copy = |name: HeaderName| {
        for value in response.headers.get_all(&name) {
            head.append(name.clone(), value.clone());
        }
    };
    for name in [
        header::CACHE_CONTROL,
        header::EXPIRES,
        header::LOCATION,
        header::PRAGMA,
        header::VARY,
    ] {
        copy(name);
    }
    if matches!(content, Content::AsItCame(_)) {
        for name in [
            header::CONTENT_ENCODING,
            header::CONTENT_TYPE,
            header::ETAG,
            header::LAST_MODIFIED,
        ] {
            copy(name);
        }
        return head;
    }
    let content_type = match content {
        Content::Html(..) => Some(super::html()),
        _ => response.headers.get(header::CONTENT_TYPE).cloned(),
    };
    if let Some(value) = content_type {
        head.insert(header::CONTENT_TYPE, value);
    }
    head.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if response.status == StatusCode::OK
        && let Some(etag) = etag(content, response.body)
    {
        head.insert(header::ETAG, etag);
    }
    if !head.contains_key(header::CACHE_CONTROL) && !head.contains_key(header::EXPIRES) {
        let said = if is_for_everybody {
            "no-cache"
        } else {
            "private, no-cache"
        };
        head.insert(header::CACHE_CONTROL, HeaderValue::from_static(said));
    }
    head
}

/// The validator of a page without a story: of what is sent, since the policy
/// has a part in that. A story has none that anybody sees.
pub(super) fn etag(content: &Content, body: blake3::Hash) -> Option<HeaderValue> {
    let hash = match content {
        Content::Html(_, Some(_)) => return None,
        Content::Html(page, None) => {
            let mut hasher = blake3::Hasher::new();
            for chunk in page
                .splice(Outcome::Full, Encoding::Identity, None)
                .chunks()
            {
                hasher.update(chunk);
            }
            hasher.finalize()
        }
        _ => body,
    };
    HeaderValue::try_from(format!("W/\"{}\"", &hash.to_hex()[..16])).ok()
}

pub(super) fn tags(headers: &HeaderMap) -> Arc<[Box<str>]> {
    TAGS.iter()
        .flat_map(|name| headers.get_all(*name))
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split([',', ' ']))
        .filter(|tag| !tag.is_empty())
        .take(MAX_TAGS)
        .map(Into::into)
        .collect()
}
