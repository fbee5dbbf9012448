//! Where a reader wanted to go: a place on this site, and on no other.

use std::fmt;

use http::{HeaderValue, Method, header};

use crate::form::Form;
use crate::link;
use crate::request::Request;
use crate::ways::Way;

/// The longest place, in bytes. Longer ones are real, and not worth it.
const LONGEST: usize = 2_048;

/// A path on this site with its query, that a browser can't take for another
/// site's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted(String);

impl Wanted {
    /// Takes `place` if it is one: it begins with a single slash and holds no
    /// backslash, which browsers take for a slash, no control characters, which
    /// they drop, and nothing but ASCII. Below `prefix` there are only those
    /// pages that one comes back to after signing in: the others come with a
    /// story and aren't one.
    pub fn new(place: &str, prefix: &str) -> Option<Self> {
        let rest = place.strip_prefix('/')?;
        let is_plain = place.bytes().all(|byte| byte.is_ascii_graphic());
        let is_fine = place.len() <= LONGEST
            && is_plain
            && !rest.starts_with('/')
            && !place.contains('\\')
            && place.strip_prefix(prefix).is_none_or(is_come_back_to);
        is_fine.then(|| Self(place.to_owned()))
    }

    /// The front page.
    pub fn home() -> Self {
        Self("/".to_owned())
    }

    /// The place that `form` names in `to`; else, where the reader of a page comes
    /// from, if that is on this site. Whoever sends a form comes from its page,
    /// which has been told by then, and says only that it is here.
    pub(crate) fn of(form: &Form, request: &Request, site: &str, prefix: &str) -> Option<Self> {
        let named = form.get("to");
        if !named.is_empty() {
            let place = Self::new(named, prefix);
            if place.is_none() {
                // It may hold a secret of a link.
                let (path, bytes) = (&*request.path, named.len());
                tracing::debug!(
                    path,
                    bytes,
                    "a place to go on to wasn't taken: it isn't here, or nobody comes back to it"
                );
            }
            return place;
        }
        if request.method != Method::GET {
            return None;
        }
        let from = request.text(&header::REFERER)?;
        Self::new(from.strip_prefix(site)?, prefix)
    }

    /// As it stands in a link.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The query of a link that passes it on: `?to=%2Fstories%2Fa`; nothing,
    /// where there is nothing to pass on.
    pub(crate) fn query(to: Option<&Self>) -> String {
        link::with("", to.map(|to| ("to", to.as_str())))
    }

    /// As it stands in `Location`.
    pub(crate) fn header(&self) -> HeaderValue {
        HeaderValue::try_from(&self.0).unwrap_or(HeaderValue::from_static("/"))
    }
}

/// Whether a page below the prefix is one that one comes back to. What isn't
/// one of ours to the letter leads nowhere.
fn is_come_back_to(below: &str) -> bool {
    let path = below.split(['?', '#']).next().unwrap_or_default();
    Way::to(path).is_some_and(|way| way.is_come_back_to())
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_place_on_this_site_is_gone_to() {
        for good in [
            "/",
            "/stories/a",
            "/a?b=//c&d=%5C",
            "/-x",
            "/a//b",
            "/-/subscribe",
            "/-/subscribe/winter?to=%2Fa",
            "/-/redeem?code=x",
            "/-/account",
            "/-/account/payment",
            "/-/account/sub_00000000000000000000000000000001/cancel",
            "/-/order/sub_00000000000000000000000000000001",
            "/-/seat?of=x",
        ] {
            assert!(Wanted::new(good, "/-/").is_some(), "{good}");
        }
        for bad in [
            "",
            "stories/a",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "/a\\b",
            "\\/evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            " /a",
            "/\t/evil.example",
            "/\n/evil.example",
            "/a\r\nSet-Cookie: x=1",
            "/\u{0}",
            "/é",
            "/-/logout",
            "/-/login",
            "/-/account/",
            "/-/account/../logout",
            "/-/account/x/cancel",
            "/-/subscribe/",
            "/-/subscribe/..",
            "/-/subscribe/../logout",
            "/-/subscribe/%2e%2e/logout",
            "/-/subscribex",
            "/-/redeem/x",
            "/-/order/x",
            "@evil.example",
        ] {
            assert_eq!(Wanted::new(bad, "/-/"), None, "{bad:?}");
        }
        let long = format!("/{}", "a".repeat(LONGEST));
        assert_eq!(Wanted::new(&long, "/-/"), None);
    }
}
