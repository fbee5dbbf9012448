//! Proxies that ask before they let somebody through (`auth_request`,
//! forward authentication, `ext_authz`), and how each says what it asks about.
//!
//! One kind is configured, and only its own way counts: a header that the proxy
//! doesn't set is the reader's to make up.

use http::{HeaderName, Method};

use crate::head::{Fields, Head};

const ORIGINAL_URI: HeaderName = HeaderName::from_static("x-original-uri");
const ORIGINAL_METHOD: HeaderName = HeaderName::from_static("x-original-method");
const FORWARDED_URI: HeaderName = HeaderName::from_static("x-forwarded-uri");
const FORWARDED_METHOD: HeaderName = HeaderName::from_static("x-forwarded-method");

/// A proxy that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// nginx with `auth_request`, which has nothing of its own to say it with:
    /// the two headers are set by its configuration.
    Nginx,
    /// Traefik with `ForwardAuth`.
    Traefik,
    /// Caddy with `forward_auth`.
    Caddy,
    /// Envoy with `ext_authz` over HTTP, which adds the path to its
    /// `path_prefix` and keeps the method.
    Envoy,
}

/// What is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Original<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
}

impl Asker {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Nginx, Self::Traefik, Self::Caddy, Self::Envoy];

    /// As it is configured.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Nginx => "nginx",
            Self::Traefik => "traefik",
            Self::Caddy => "caddy",
            Self::Envoy => "envoy",
        }
    }

    /// The request that `asking` is about; `address` is where it was sent.
    /// `None` where it doesn't say, or says it more than once.
    pub(crate) fn original<'a>(self, asking: &Head<'a>, address: &str) -> Option<Original<'a>> {
        let (method, uri) = match self {
            Self::Nginx => (ORIGINAL_METHOD, ORIGINAL_URI),
            Self::Traefik | Self::Caddy => (FORWARDED_METHOD, FORWARDED_URI),
            Self::Envoy => {
                return Some(Original {
                    method: asking.method.clone(),
                    path: asking.path.strip_prefix(address)?,
                    query: asking.query,
                });
            }
        };
        let uri = only(&asking.fields, &uri)?;
        let (path, query) = match uri.split_once('?') {
            None => (uri, None),
            Some((path, query)) => (path, Some(query)),
        };
        let method = only(&asking.fields, &method)?;
        Some(Original {
            method: Method::from_bytes(method.as_bytes()).ok()?,
            path,
            query,
        })
    }
}

/// The value of a header that is there once.
fn only<'a>(fields: &Fields<'a>, name: &HeaderName) -> Option<&'a str> {
    (fields.all(name).count() == 1)
        .then(|| fields.text(name))
        .flatten()
}

#[cfg(test)]
mod tests {
    use http::Version;

    use super::*;

    fn asking<'a, const N: usize>(path: &'a str, fields: [(&'a str, &'a str); N]) -> Head<'a> {
        Head {
            method: Method::GET,
            version: Version::HTTP_11,
            path,
            query: Some("from=outside"),
            fields: fields.into(),
            bare: false,
        }
    }

    #[test]
    fn each_says_it_in_its_own_way_and_in_no_other() {
        let address = "/-/authorize";
        let all = [
            ("X-Original-URI", "/nginx?a=1"),
            ("X-Original-Method", "HEAD"),
            ("X-Forwarded-Uri", "/forwarded"),
            ("X-Forwarded-Method", "POST"),
        ];
        for (asker, method, path, query) in [
            (Asker::Nginx, "HEAD", "/nginx", Some("a=1")),
            (Asker::Traefik, "POST", "/forwarded", None),
            (Asker::Caddy, "POST", "/forwarded", None),
            (Asker::Envoy, "GET", "/envoy/b", Some("from=outside")),
        ] {
            let asking = asking("/-/authorize/envoy/b", all);
            let original = asker.original(&asking, address).expect("one");
            assert_eq!(original.method.as_str(), method, "{asker:?}");
            assert_eq!((original.path, original.query), (path, query), "{asker:?}");
        }
    }

    #[test]
    fn what_is_not_said_or_said_twice_is_nothing() {
        let uri = ("X-Original-URI", "/a");
        let method = ("X-Original-Method", "GET");
        let ask = |fields: &[(&str, &str)]| {
            let lines = fields.iter().map(|(name, value)| (*name, value.as_bytes()));
            let head = Head {
                fields: lines.collect(),
                ..asking("/-/authorize", [])
            };
            Asker::Nginx.original(&head, "/-/authorize").is_some()
        };
        assert!(ask(&[uri, method]));
        assert!(!ask(&[uri]));
        assert!(!ask(&[method]));
        assert!(!ask(&[uri, uri, method]));
        assert!(!ask(&[uri, method, method]));
        assert!(!ask(&[uri, ("X-Original-Method", "G T")]));
    }
}
