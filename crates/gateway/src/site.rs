//! What the publisher says of a foreign site: which of its paths carry no story
//! text, which are closed, by which cookies it knows its own users.
//!
//! Nothing here opens a story. It is about everything else that a site sends,
//! of which whatever isn't known to be harmless stays behind the gate.

use std::time::Duration;

use access::PathPattern;
use http::{HeaderName, HeaderValue};

use crate::head::Fields;
use crate::identity;
use crate::media::Media;
use crate::parameter;

/// A foreign site.
#[derive(Clone, Debug)]
pub struct Site {
    /// The publication's host, which the site is asked for.
    pub host: HeaderValue,
    /// Whether readers come over TLS.
    pub https: bool,
    /// The cookies by which the site knows its users. Who sends one is shown
    /// the site's own answer to them, except for stories.
    pub sessions: Vec<CookieName>,
    /// Cookies by which nobody is known, whatever the others say: those of who
    /// measures visitors.
    pub measuring: Vec<CookieName>,
    /// Paths that are always asked for with the reader's own cookies: what is
    /// different for everybody.
    pub personal: Vec<PathPattern>,
    /// Paths whose answers go out whatever they are: the publisher vouches that
    /// they hold no story text.
    pub open: Vec<PathPattern>,
    /// Paths that are for staff only.
    pub closed: Vec<PathPattern>,
    /// Paths whose data goes out where little is said in it: the answers to
    /// forms.
    pub terse: Vec<PathPattern>,
    /// Query parameters that make any path one for staff only, open ones too.
    pub closed_query: Vec<Box<str>>,
    /// Paths on which another protocol may be spoken.
    pub upgrades: Vec<PathPattern>,
    /// Query parameters that make no difference to any page.
    pub noise: Vec<Box<str>>,
    /// Headers of a request that the site may see even where its answer is for
    /// everybody; the answer is then kept for each value that it says it varies
    /// by.
    pub headers: Vec<HeaderName>,
    /// How long a page is used of which the site doesn't say how long it lasts.
    pub brief: Duration,
    /// How long a story may serve beyond its time while it is asked for anew.
    pub stale: Duration,
    /// The largest file that is kept, in bytes.
    pub largest: usize,
}

/// A cookie's name, or the beginning of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CookieName {
    /// This one.
    Whole(Box<str>),
    /// All that begin so.
    Beginning(Box<str>),
}

impl CookieName {
    /// Reads `name` or `beginning*`; `None` for what no cookie can be called.
    pub fn parse(text: &str) -> Option<Self> {
        let name = text.strip_suffix('*').unwrap_or(text);
        let fits = name
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"=;,\"\\*".contains(&byte));
        if !fits || text.is_empty() {
            return None;
        }
        Some(if name.len() == text.len() {
            Self::Whole(name.into())
        } else {
            Self::Beginning(name.into())
        })
    }

    fn is(&self, name: &[u8]) -> bool {
        match self {
            Self::Whole(own) => own.as_bytes() == name,
            Self::Beginning(own) => name.starts_with(own.as_bytes()),
        }
    }
}

impl Site {
    /// Whether the site would know who sends these cookies.
    pub(crate) fn knows(&self, fields: &Fields<'_>) -> bool {
        !self.sessions.is_empty()
            && identity::cookies(fields).any(|(name, _)| {
                let is = |list: &[CookieName]| list.iter().any(|one| one.is(name));
                !identity::is_ours(name) && is(&self.sessions) && !is(&self.measuring)
            })
    }

    /// Whether only staff may go there. A parameter may make another page of an
    /// open path, of which nobody has vouched for anything.
    pub(crate) fn is_closed(&self, path: &str, query: Option<&str>) -> bool {
        let asked = |name: &str| self.closed_query.iter().any(|one| **one == *name);
        let is_asked = !self.closed_query.is_empty()
            && query.is_some_and(|query| {
                let names = query.split('&').map(parameter::name);
                names.flat_map(parameter::readings).any(|name| asked(&name))
            });
        is_asked || matches(&self.closed, path) && !self.vouches_for(path)
    }

    /// Whether the path is different for everybody.
    pub(crate) fn is_personal(&self, path: &str) -> bool {
        matches(&self.personal, path)
    }

    /// Whether another protocol may be spoken on the path.
    pub(crate) fn may_upgrade(&self, path: &str) -> bool {
        matches(&self.upgrades, path)
    }

    /// Whether the publisher says that no story is at `path`, whatever it is.
    pub(crate) fn vouches_for(&self, path: &str) -> bool {
        matches(&self.open, path)
    }

    /// Whether data may go out from `path` where it says little.
    pub(crate) fn is_terse(&self, path: &str) -> bool {
        matches(&self.terse, path)
    }

    /// Whether an answer of this kind may go out from `path` as it is.
    pub(crate) fn lets_out(&self, path: &str, media: Media) -> bool {
        matches!(media, Media::Harmless(_)) || is_well_known(path) || self.vouches_for(path)
    }
}

fn matches(patterns: &[PathPattern], path: &str) -> bool {
    patterns.iter().any(|pattern| pattern.matches(path))
}

/// Files that every site has for machines, none of which holds a story.
fn is_well_known(path: &str) -> bool {
    matches!(
        path,
        "/robots.txt" | "/ads.txt" | "/app-ads.txt" | "/humans.txt" | "/security.txt"
    ) || path.starts_with("/.well-known/")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::look::Claim;

    pub(crate) fn site() -> Site {
        let paths = |list: &[&str]| {
            list.iter()
                .map(|path| PathPattern::new(path).expect("a pattern"))
                .collect()
        };
        Site {
            host: HeaderValue::from_static("review.example"),
            https: true,
            sessions: ["wordpress_logged_in_*", "PHPSESSID"]
                .into_iter()
                .filter_map(CookieName::parse)
                .collect(),
            measuring: CookieName::parse("_ga*").into_iter().collect(),
            personal: paths(&["/account/**"]),
            open: paths(&["/wp-json/forms/**"]),
            closed: paths(&["/wp-json/**"]),
            terse: paths(&["/ajax"]),
            closed_query: vec!["rest_route".into()],
            upgrades: Vec::new(),
            noise: vec!["utm_source".into()],
            headers: Vec::new(),
            brief: Duration::from_secs(5),
            stale: Duration::from_secs(30),
            largest: 1 << 20,
        }
    }

    #[test]
    fn a_cookie_has_a_name_or_a_beginning() {
        assert!(CookieName::parse("").is_none());
        assert!(CookieName::parse("a=b").is_none());
        assert!(CookieName::parse("a*b").is_none());
        let all = CookieName::parse("*").expect("any");
        assert!(all.is(b"x"));
        let some = CookieName::parse("comment_*").expect("some");
        assert!(some.is(b"comment_author") && !some.is(b"xcomment_"));
        let one = CookieName::parse("sid").expect("one");
        assert!(one.is(b"sid") && !one.is(b"sid2"));
    }

    #[test]
    fn the_site_knows_who_sends_its_own_cookies_and_nobody_by_ours() {
        let site = site();
        for (cookies, knows) in [
            ("", false),
            ("theme=dark; _ga=1", false),
            ("theme=dark; wordpress_logged_in_ab=editor", true),
            ("PHPSESSID=1", true),
            ("PHPSESSIDS=1", false),
        ] {
            let fields = Fields::from([("cookie", cookies)]);
            assert_eq!(site.knows(&fields), knows, "{cookies}");
        }
        let any = Site {
            sessions: CookieName::parse("*").into_iter().collect(),
            ..site
        };
        let ours = Fields::from([("cookie", "ludgate=x; __Host-ludgate-staff=y; _ga_1=z")]);
        assert!(!any.knows(&ours));
    }

    #[test]
    fn what_is_closed_is_closed_by_path_or_by_query_unless_it_is_opened() {
        let site = site();
        for (path, query, closed) in [
            ("/", None, false),
            ("/wp-json/wp/v2/posts", None, true),
            ("/wp-json/forms/7", None, false),
            ("/", Some("rest_route=/wp/v2/posts"), true),
            ("/", Some("a=b&rest_route[]=x"), true),
            ("/", Some("xrest_route=1"), false),
            // A parameter makes another page of an open path.
            ("/wp-json/forms/7", Some("rest_route=/wp/v2/posts"), true),
            ("/", Some("rest.route=/wp/v2/posts"), true),
        ] {
            assert_eq!(site.is_closed(path, query), closed, "{path} {query:?}");
        }
    }

    #[test]
    fn what_is_not_known_to_be_harmless_stays() {
        let site = site();
        assert!(site.lets_out("/a.css", Media::Harmless(Claim::Program)));
        assert!(site.lets_out("/robots.txt", Media::Other));
        assert!(site.lets_out("/wp-json/forms/7", Media::Other));
        assert!(!site.lets_out("/a.json", Media::Other));
        assert!(!site.lets_out("/a.json", Media::Xml));
    }
}
