//! How long a page may be used before the origin is asked again.
//!
//! Stories have a time of the publisher's own. What else a foreign site sends
//! is kept as HTTP says (RFC 9111), which a library works out; what the site
//! says nothing of may be used for a few seconds.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use bytes::{Buf, BufMut, Bytes};
use http::{HeaderMap, HeaderValue, StatusCode, Uri, header, request, response};
use http_cache_semantics::{CacheOptions, CachePolicy};
use jiff::Timestamp;

use super::disk::{put_headers, take_headers};

/// How long a stale page is served before a failed refresh is tried again.
pub(crate) const RETRY_SECONDS: i64 = 5;

/// When a page is stale, and what may be done with it then.
#[derive(Debug)]
pub(crate) struct Freshness {
    /// The second from which on it is stale. Moved on by whoever is refreshing
    /// it, so that nobody else does meanwhile.
    until: AtomicI64,
    /// The second until which it may serve while it is being refreshed.
    stale_until: i64,
    /// Whether it may serve where it can't be refreshed.
    may_outlive: bool,
    /// What HTTP makes of it, where HTTP has a say.
    rules: Option<Box<Rules>>,
}

/// What HTTP makes of a response.
#[derive(Debug)]
pub(crate) struct Rules {
    /// When the origin made it, as far as it says.
    made: Timestamp,
    /// The headers that it came with.
    said: HeaderMap,
}

impl Freshness {
    /// Fresh for `max_age` from `now` on, and then to be refreshed at once.
    pub(crate) fn lasting(max_age: Duration, now: Timestamp) -> Self {
        let until = after(now, max_age);
        Self {
            until: AtomicI64::new(until),
            stale_until: until,
            may_outlive: true,
            rules: None,
        }
    }

    /// For what is served in want of something better, for a moment.
    pub(crate) fn for_want_of_better(now: Timestamp) -> Self {
        let until = now.as_second().saturating_add(RETRY_SECONDS);
        Self {
            until: AtomicI64::new(until),
            stale_until: until,
            may_outlive: true,
            rules: None,
        }
    }

    /// The same, but for another `stale` it may serve while it is refreshed.
    pub(crate) fn then_stale_for(mut self, stale: Duration) -> Self {
        let until = self.until.load(Ordering::Relaxed);
        self.stale_until = until.saturating_add(seconds(stale));
        self
    }

    /// The same, with what HTTP makes of it for when it is refreshed.
    pub(crate) fn by(mut self, rules: Rules) -> Self {
        self.rules = Some(Box::new(rules));
        self
    }

    /// Whether it is stale at `now`.
    pub(crate) fn is_stale(&self, now: Timestamp) -> bool {
        now.as_second() >= self.until.load(Ordering::Relaxed)
    }

    /// Seconds since the origin has made it, where HTTP has a say.
    pub(crate) fn age(&self, now: Timestamp) -> Option<u64> {
        let rules = self.rules.as_ref()?;
        let age = now.duration_since(rules.made).as_secs();
        Some(u64::try_from(age).unwrap_or(0))
    }

    /// Whether it may serve at `now` while it is being refreshed.
    pub(crate) fn may_serve_meanwhile(&self, now: Timestamp) -> bool {
        now.as_second() < self.stale_until
    }

    /// Whether it may serve where it can't be refreshed.
    pub(crate) fn may_outlive(&self) -> bool {
        self.may_outlive
    }

    /// Whether the caller is the one who shall refresh the page: at most one
    /// caller is, every few seconds, once the page is stale.
    pub(crate) fn claims_refresh(&self, now: Timestamp) -> bool {
        let until = self.until.load(Ordering::Relaxed);
        let next = now.as_second().saturating_add(RETRY_SECONDS);
        now.as_second() >= until
            && self
                .until
                .compare_exchange(until, next, Ordering::Relaxed, Ordering::Relaxed)
                .is_ok()
    }

    /// Appends it to `out`, to be had back by [`Self::unpack`].
    pub(super) fn pack(&self, out: &mut Vec<u8>) {
        out.put_i64_le(self.until.load(Ordering::Relaxed));
        out.put_i64_le(self.stale_until);
        out.put_u8(u8::from(self.may_outlive));
        out.put_u8(u8::from(self.rules.is_some()));
        if let Some(rules) = &self.rules {
            out.put_i64_le(rules.made.as_second());
            put_headers(out, &rules.said);
        }
    }

    /// Takes one off the front of `from`; `None` for what wasn't packed.
    pub(super) fn unpack(from: &mut Bytes) -> Option<Self> {
        let until = AtomicI64::new(from.try_get_i64_le().ok()?);
        let stale_until = from.try_get_i64_le().ok()?;
        let may_outlive = from.try_get_u8().ok()? != 0;
        let rules = match from.try_get_u8().ok()? {
            0 => None,
            _ => Some(Box::new(Rules {
                made: Timestamp::from_second(from.try_get_i64_le().ok()?).ok()?,
                said: take_headers(from)?,
            })),
        };
        Some(Self {
            until,
            stale_until,
            may_outlive,
            rules,
        })
    }

    /// What HTTP makes of it, and nothing else.
    pub(crate) fn into_rules(self) -> Option<Rules> {
        self.rules.map(|rules| *rules)
    }

    /// The headers that it came with, where HTTP has a say.
    pub(crate) fn said(&self) -> Option<&HeaderMap> {
        self.rules.as_ref().map(|rules| &rules.said)
    }
}

/// What HTTP makes of an answer to a request that was the same for everybody.
pub(crate) struct Kept {
    pub(crate) freshness: Freshness,
    /// Whether it may be kept at all.
    pub(crate) may_be_kept: bool,
}

/// Whether an answer with these headers is never kept, whatever else it says: what
/// [`by_http`] finds as well, but with more work.
pub(crate) fn is_never_kept(headers: &HeaderMap) -> bool {
    let forbids = |item: &[u8]| {
        let item = item.trim_ascii();
        item.eq_ignore_ascii_case(b"no-store") || item.eq_ignore_ascii_case(b"private")
    };
    let mut lines = headers.get_all(header::CACHE_CONTROL).iter();
    headers.contains_key(header::SET_COOKIE)
        || lines.any(|line| line.as_bytes().split(|&byte| byte == b',').any(forbids))
}

/// How the page may be used that came as `response` to `request`; for `brief`
/// where the site says nothing of it.
pub(crate) fn by_http(
    request: &request::Parts,
    response: &response::Parts,
    now: Timestamp,
    brief: Duration,
) -> Kept {
    let options = CacheOptions {
        shared: true,
        ..CacheOptions::default()
    };
    let mut read = response.clone();
    read.headers = as_it_is_meant(&response.headers);
    let policy = CachePolicy::new_options(request, &read, time(now), options);
    let directives = Directives::of(&response.headers);
    let storable = policy.is_storable()
        && !response.headers.contains_key(header::SET_COOKIE)
        && !varies_by_everything(&response.headers)
        && response.status != StatusCode::PARTIAL_CONTENT;
    let said = policy.time_to_live(time(now));
    let max_age = if said.is_zero() && !directives.says_anything && response.status.is_success() {
        brief
    } else {
        said
    };
    let may_be_kept = storable && (!max_age.is_zero() || can_be_asked_for_again(&response.headers));
    let mut freshness = Freshness::lasting(max_age, now)
        .then_stale_for(directives.stale_while_revalidate)
        .by(Rules {
            made: before(now, policy.age(time(now))),
            said: response.headers.clone(),
        });
    freshness.may_outlive = !directives.must_revalidate;
    Kept {
        freshness,
        may_be_kept,
    }
}

/// The headers as they are to be read. Directives have no case (RFC 9111, 5.2),
/// for the library they do; of several ages the first one counts (5.1).
fn as_it_is_meant(headers: &HeaderMap) -> HeaderMap {
    let mut meant = headers.clone();
    meant.remove(header::CACHE_CONTROL);
    for line in headers.get_all(header::CACHE_CONTROL) {
        let line = HeaderValue::from_bytes(&line.as_bytes().to_ascii_lowercase());
        meant.extend(line.map(|line| (header::CACHE_CONTROL, line)));
    }
    let age = headers.get(header::AGE).map(HeaderValue::as_bytes);
    let first = age.and_then(|age| age.split(|&byte| byte == b',').next());
    if let Some(Ok(age)) = first.map(|age| HeaderValue::from_bytes(age.trim_ascii())) {
        meant.insert(header::AGE, age);
    }
    meant
}

/// The request as HTTP's rules want to see it.
pub(crate) fn request_parts(uri: Uri, headers: HeaderMap) -> request::Parts {
    let (mut parts, ()) = http::Request::new(()).into_parts();
    parts.uri = uri;
    parts.headers = headers;
    parts
}

fn can_be_asked_for_again(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ETAG) || headers.contains_key(header::LAST_MODIFIED)
}

fn varies_by_everything(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::VARY).iter();
    lines
        .flat_map(|line| line.as_bytes().split(|&byte| byte == b','))
        .any(|name| name.trim_ascii() == b"*")
}

/// What is read from `Cache-Control` here and not by the library.
#[derive(Default)]
struct Directives {
    /// Whether the site says anything of how long the page lasts.
    says_anything: bool,
    must_revalidate: bool,
    stale_while_revalidate: Duration,
}

impl Directives {
    fn of(headers: &HeaderMap) -> Self {
        let mut said = Self {
            says_anything: headers.contains_key(header::EXPIRES)
                || headers.contains_key(header::PRAGMA),
            ..Self::default()
        };
        let lines = headers.get_all(header::CACHE_CONTROL).iter();
        for item in lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
        {
            let (name, value) = item.split_once('=').unwrap_or((item, ""));
            let name = name.trim().to_ascii_lowercase();
            match name.as_str() {
                "" | "public" => continue,
                "must-revalidate" | "proxy-revalidate" | "no-cache" | "s-maxage" => {
                    said.must_revalidate = true;
                }
                "stale-while-revalidate" => {
                    let seconds = value.trim().trim_matches('"').parse().unwrap_or(0);
                    said.stale_while_revalidate = Duration::from_secs(seconds);
                }
                _ => {}
            }
            said.says_anything = true;
        }
        if said.must_revalidate {
            said.stale_while_revalidate = Duration::ZERO;
        }
        said
    }
}

/// The same time as the library wants it. Before 1970 nothing was kept.
fn time(now: Timestamp) -> SystemTime {
    let since = Duration::try_from(now.as_duration()).unwrap_or_default();
    SystemTime::UNIX_EPOCH + since
}

fn after(now: Timestamp, time: Duration) -> i64 {
    now.as_second().saturating_add(seconds(time))
}

fn before(now: Timestamp, time: Duration) -> Timestamp {
    now.saturating_sub(jiff::SignedDuration::from_secs(seconds(time)))
        .unwrap_or(now)
}

fn seconds(time: Duration) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}

/// For how long the built-in publication says that something may be kept.
pub(super) fn max_age(kept: &HeaderValue) -> Option<Duration> {
    let mut words = kept.to_str().ok()?.split(',').map(str::trim);
    let seconds = words.find_map(|word| word.strip_prefix("max-age="))?;
    seconds.parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-25T00:00:00Z".parse().expect("a time")
    }

    fn later(seconds: i64) -> Timestamp {
        now() + jiff::SignedDuration::from_secs(seconds)
    }

    fn kept(status: u16, headers: &[(&str, &str)]) -> Kept {
        let mut response = http::Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        let (response, ()) = response.body(()).expect("a response").into_parts();
        let request = request_parts(Uri::from_static("/a"), HeaderMap::new());
        by_http(&request, &response, now(), Duration::from_secs(5))
    }

    #[test]
    fn what_a_site_says_of_a_page_is_done() {
        let max_age = |value| ("cache-control", value);
        for (status, headers, may_be_kept, fresh_for) in [
            (200, vec![max_age("max-age=60")], true, 60),
            (200, vec![max_age("max-age=60, s-maxage=120")], true, 120),
            (200, vec![max_age("private, max-age=60")], false, 0),
            (200, vec![max_age("No-Store, Max-Age=60")], false, 0),
            (200, vec![max_age("Private, max-age=60")], false, 0),
            (
                200,
                vec![max_age("MAX-AGE=60"), ("age", "20, 50")],
                true,
                40,
            ),
            (200, vec![max_age("no-store")], false, 0),
            (200, vec![max_age("no-cache")], false, 0),
            (200, vec![max_age("no-cache"), ("etag", "\"a\"")], true, 0),
            (200, vec![], true, 5),
            (200, vec![max_age("public")], true, 5),
            (200, vec![("vary", "*")], false, 0),
            (
                200,
                vec![max_age("max-age=60"), ("set-cookie", "a=b")],
                false,
                0,
            ),
            (206, vec![max_age("max-age=60")], false, 0),
            (404, vec![], false, 0),
            (404, vec![max_age("max-age=60")], true, 60),
            (500, vec![], false, 0),
            (301, vec![max_age("max-age=60")], true, 60),
        ] {
            let kept = kept(status, &headers);
            assert_eq!(kept.may_be_kept, may_be_kept, "{status} {headers:?}");
            if may_be_kept {
                let stale = |at| kept.freshness.is_stale(later(at));
                assert!(fresh_for == 0 || !stale(fresh_for - 1), "{headers:?}");
                assert!(stale(fresh_for), "{status} {headers:?}");
            }
        }
    }

    #[test]
    fn what_is_never_kept_is_seen_at_once() {
        for (name, value, is_never) in [
            ("cache-control", "no-store", true),
            ("cache-control", "max-age=60, Private", true),
            ("set-cookie", "a=b", true),
            ("cache-control", "max-age=60", false),
            ("cache-control", "no-cache", false),
            ("etag", "\"no-store\"", false),
        ] {
            let name = header::HeaderName::from_static(name);
            let headers = HeaderMap::from_iter([(name.clone(), HeaderValue::from_static(value))]);
            assert_eq!(is_never_kept(&headers), is_never, "{name}: {value}");
            let may_be_kept = kept(200, &[(name.as_str(), value)]).may_be_kept;
            assert!(!(is_never && may_be_kept), "{name}: {value}");
        }
    }

    #[test]
    fn what_is_stale_may_serve_meanwhile_as_long_as_the_site_says() {
        let serves = |value, at| {
            let kept = kept(200, &[("cache-control", value)]);
            kept.freshness.may_serve_meanwhile(later(at))
        };
        assert!(!serves("max-age=60", 60));
        assert!(serves("max-age=60, stale-while-revalidate=30", 89));
        assert!(!serves("max-age=60, stale-while-revalidate=30", 90));
        assert!(!serves(
            "max-age=60, stale-while-revalidate=30, must-revalidate",
            60
        ));
    }

    #[test]
    fn one_caller_at_a_time_refreshes() {
        let freshness = Freshness::lasting(Duration::from_mins(1), now());
        assert!(!freshness.claims_refresh(later(59)));
        assert!(freshness.claims_refresh(later(60)));
        assert!(!freshness.claims_refresh(later(61)));
        assert!(freshness.claims_refresh(later(60 + RETRY_SECONDS)));
    }
}
