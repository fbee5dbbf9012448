//! The heads of plain requests.

use http::request::Parts;
use http::{HeaderName, HeaderValue, Method, Version, header};

/// More than the head of a request is long as a rule.
const USUAL: usize = 512;

/// What makes a request more than a plain one: a body, or something that may
/// change what follows.
const MORE: [HeaderName; 5] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::EXPECT,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// The head of a plain request.
pub(crate) struct Head<'a> {
    pub(super) method: &'a Method,
    /// As it goes out.
    pub(super) bytes: Vec<u8>,
}

impl<'a> Head<'a> {
    /// That of a request without a body, which is sent to `host` with a `secret`;
    /// `None` where it isn't plain.
    pub(crate) fn of(
        parts: &'a Parts,
        host: &HeaderValue,
        secret: Option<&(HeaderName, HeaderValue)>,
    ) -> Option<Self> {
        let target = parts.uri.path_and_query()?.as_str();
        let is_plain = matches!(parts.method, Method::GET | Method::HEAD)
            && parts.version == Version::HTTP_11
            && target.starts_with('/')
            && !MORE.iter().any(|name| parts.headers.contains_key(name));
        if !is_plain {
            return None;
        }
        let mut bytes = Vec::with_capacity(USUAL);
        for piece in [parts.method.as_str(), " ", target, " HTTP/1.1\r\n"] {
            bytes.extend_from_slice(piece.as_bytes());
        }
        put(&mut bytes, &header::HOST, host);
        let secrets = secret.map(|(name, _)| name);
        for (name, value) in &parts.headers {
            if *name != header::HOST && Some(name) != secrets {
                put(&mut bytes, name, value);
            }
        }
        if let Some((name, value)) = secret {
            put(&mut bytes, name, value);
        }
        bytes.extend_from_slice(b"\r\n");
        Some(Self {
            method: &parts.method,
            bytes,
        })
    }
}

fn put(bytes: &mut Vec<u8>, name: &HeaderName, value: &HeaderValue) {
    bytes.extend_from_slice(name.as_str().as_bytes());
    bytes.extend_from_slice(b": ");
    bytes.extend_from_slice(value.as_bytes());
    bytes.extend_from_slice(b"\r\n");
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn head(request: http::request::Builder) -> Option<String> {
        let (parts, ()) = request.body(()).expect("a request").into_parts();
        let host = HeaderValue::from_static("shop.internal");
        let secret = (
            HeaderName::from_static("x-secret"),
            HeaderValue::from_static("open sesame"),
        );
        let head = Head::of(&parts, &host, Some(&secret))?;
        Some(String::from_utf8(head.bytes).expect("text"))
    }

    #[test]
    fn a_request_goes_out_as_it_is_to_its_host_and_with_the_secret() {
        let request = Request::get("/a%20b?c=d")
            .header("host", "review.example")
            .header("cookie", "a=1")
            .header("x-secret", "guessed")
            .header("cookie", "b=2");
        assert_eq!(
            head(request).expect("a plain one"),
            "GET /a%20b?c=d HTTP/1.1\r\nhost: shop.internal\r\ncookie: a=1\r\ncookie: b=2\r\n\
             x-secret: open sesame\r\n\r\n"
        );
        let other = head(Request::head("http://review.example")).expect("a plain one");
        assert!(other.starts_with("HEAD / HTTP/1.1\r\n"), "{other}");
    }

    #[test]
    fn what_may_change_what_follows_is_not_plain() {
        assert!(head(Request::post("/")).is_none());
        assert!(head(Request::options("*")).is_none());
        assert!(head(Request::get("/").version(Version::HTTP_10)).is_none());
        for name in MORE {
            assert!(
                head(Request::get("/").header(&name, "1")).is_none(),
                "{name}"
            );
        }
    }
}
