//! What the origin is told of a request.
//!
//! There are two kinds of asking. Where the answer is for everybody, the origin
//! sees nothing of who asks but what the answer is kept by: a header that it
//! acted upon and the cache didn't know of would poison the answer for others.
//! Where the answer is for one reader, it sees what the reader has sent, less
//! what is the gate's own and what only a proxy may say.

use std::net::IpAddr;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::head::Fields;
use crate::identity;
use crate::site::Site;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const FORWARDED_PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");

const METHOD_OVERRIDE: HeaderName = HeaderName::from_static("x-http-method-override");

/// Headers that concern one connection only (RFC 9110, 7.6.1).
const HOP_BY_HOP: [&str; 9] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Headers by which a reader could speak as a proxy, or make the origin answer
/// for another address or method than the gate has seen.
const NEVER_A_READERS: [&str; 21] = [
    "client-ip",
    "forwarded",
    "proxy",
    "remote-user",
    "true-client-ip",
    "x-authenticated-user",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-host",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-middleware-subrequest",
    "x-original-host",
    "x-original-url",
    "x-originating-ip",
    "x-real-ip",
    "x-remote-user",
    "x-rewrite-url",
    "x-user",
    "x-wap-profile",
];

/// Of those, the ones by which another page or method is meant than the request
/// line says.
const REWRITING: [&str; 8] = [
    "x-host",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-middleware-subrequest",
    "x-original-host",
    "x-original-url",
    "x-rewrite-url",
];

/// The longest value of a header that an answer for everybody may depend on.
const LONGEST: usize = 1024;

/// What the origin is told where the answer is for everybody.
pub(crate) fn for_everybody(site: &Site, fields: &Fields<'_>) -> HeaderMap {
    let mut headers = own(site);
    headers.insert(header::ACCEPT_ENCODING, accept_encoding(fields));
    for name in &site.headers {
        if let Some(value) = depended_on(site, fields, name) {
            headers.insert(name.clone(), value);
        }
    }
    headers
}

/// What the origin is told where somebody wants a part of an answer that is for
/// everybody, and that isn't kept.
pub(crate) fn for_a_part(site: &Site, fields: &Fields<'_>) -> HeaderMap {
    let mut headers = for_everybody(site, fields);
    if asks_for_several(fields) {
        return headers;
    }
    for name in [header::RANGE, header::IF_RANGE] {
        let value = fields
            .text(&name)
            .filter(|value| value.len() <= LONGEST)
            .and_then(|value| HeaderValue::from_str(value).ok());
        if let Some(value) = value {
            headers.insert(name, value);
        }
    }
    headers
}

/// Whether several parts at once are asked for. They come as one message of many,
/// which can't be judged; all of it may be sent instead (RFC 9110, 14.2).
fn asks_for_several(fields: &Fields<'_>) -> bool {
    let mut lines = fields.all(&header::RANGE);
    let first = lines.next();
    lines.next().is_some() || first.is_some_and(|line| line.contains(&b','))
}

/// The value of a header of the request as the origin has been told it, where
/// the answer is for everybody. What it varies by is kept by this.
pub(crate) fn told(site: &Site, fields: &Fields<'_>, name: &HeaderName) -> Option<HeaderValue> {
    if name == header::ACCEPT_ENCODING {
        return Some(accept_encoding(fields));
    }
    depended_on(site, fields, name)
}

fn depended_on(site: &Site, fields: &Fields<'_>, name: &HeaderName) -> Option<HeaderValue> {
    if !site.headers.contains(name) || is_withheld(name.as_str()) {
        return None;
    }
    let lines: Vec<&[u8]> = fields.all(name).collect();
    let value = lines.join(&b", "[..]);
    if lines.is_empty() || value.len() > LONGEST {
        return None;
    }
    HeaderValue::from_bytes(&value).ok()
}

/// What the origin is told where the answer is for one reader, whose cookies
/// are among it.
pub(crate) fn for_one(site: &Site, fields: &Fields<'_>, client: Option<IpAddr>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let listed = connection_words(fields);
    for (name, value) in fields.iter() {
        let name = name.to_ascii_lowercase();
        if is_withheld(&name) || listed.contains(&name) {
            continue;
        }
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value)) {
            headers.append(name, value);
        }
    }
    if asks_for_several(fields) {
        headers.remove(header::RANGE);
    }
    let cookies = cookies(fields);
    if !cookies.is_empty()
        && let Ok(value) = HeaderValue::from_bytes(&cookies)
    {
        headers.insert(header::COOKIE, value);
    }
    headers.insert(header::ACCEPT_ENCODING, accept_encoding(fields));
    headers.extend(own(site));
    let address = client.map(|address| address.to_string());
    if let Some(value) = address.and_then(|text| HeaderValue::try_from(text).ok()) {
        headers.insert(FORWARDED_FOR, value);
    }
    headers
}

/// Says which method staff mean where their editor says it beside `POST`, as
/// WordPress's does to delete: nothing is decided for them by the method.
pub(crate) fn with_the_method_meant(headers: &mut HeaderMap, fields: &Fields<'_>) {
    let method = fields.text(&METHOD_OVERRIDE);
    if let Some(Ok(value)) = method.map(HeaderValue::from_str) {
        headers.insert(METHOD_OVERRIDE, value);
    }
}

/// The same for a connection that is to speak another protocol.
pub(crate) fn for_an_upgrade(headers: &mut HeaderMap, protocol: HeaderValue) {
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, protocol);
    headers.remove(header::ACCEPT_ENCODING);
}

/// What the gate says of itself in either case.
fn own(site: &Site) -> HeaderMap {
    let scheme = if site.https { "https" } else { "http" };
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(header::HOST, site.host.clone());
    headers.insert(FORWARDED_HOST, site.host.clone());
    headers.insert(FORWARDED_PROTO, HeaderValue::from_static(scheme));
    headers.insert(header::VIA, HeaderValue::from_static("1.1 ludgate"));
    headers
}

/// Encodings that can be taken apart here, and of those one: so an answer is
/// kept in two forms at most.
fn accept_encoding(fields: &Fields<'_>) -> HeaderValue {
    let lines = fields.all(&header::ACCEPT_ENCODING);
    let gzip = lines
        .flat_map(|line| line.split(|&byte| byte == b','))
        .filter_map(|item| str::from_utf8(item).ok())
        .any(|item| {
            let (coding, weight) = item.split_once(';').unwrap_or((item, ""));
            let refused = weight.trim().trim_start_matches("q=").parse() == Ok(0.0_f32);
            coding.trim().eq_ignore_ascii_case("gzip") && !refused
        });
    HeaderValue::from_static(if gzip { "gzip" } else { "identity" })
}

/// The headers that the request says are for this connection only. None of what
/// the gate itself relies on can be taken out by naming it here, because that
/// is added afterwards.
fn connection_words(fields: &Fields<'_>) -> Vec<String> {
    fields
        .all(&header::CONNECTION)
        .filter_map(|line| str::from_utf8(line).ok())
        .flat_map(|line| line.split(','))
        .map(|word| word.trim().to_ascii_lowercase())
        .collect()
}

/// Whether whoever gets these fields as they are may take the request for
/// another than it is. An underscore is a hyphen to some.
pub(crate) fn may_rewrite(fields: &Fields<'_>) -> bool {
    fields.iter().any(|(name, _)| {
        let name = name.to_ascii_lowercase();
        name.contains('_') || REWRITING.contains(&name.as_str())
    })
}

/// Whether the request has been through a gate before.
pub(crate) fn has_passed_a_gate(fields: &Fields<'_>) -> bool {
    fields
        .all(&header::VIA)
        .any(|line| line.ends_with(b"ludgate") || line.windows(8).any(|part| part == b"ludgate,"))
}

/// The reader's cookies without the gate's.
fn cookies(fields: &Fields<'_>) -> Vec<u8> {
    let mut kept = Vec::new();
    for (name, pair) in identity::cookies(fields) {
        if identity::is_ours(name) {
            continue;
        }
        if !kept.is_empty() {
            kept.extend_from_slice(b"; ");
        }
        kept.extend_from_slice(pair);
    }
    kept
}

/// Whether the origin never hears of this header from a reader. Names with an
/// underscore are another way to write a hyphen for some servers behind.
fn is_withheld(name: &str) -> bool {
    HOP_BY_HOP.contains(&name)
        || NEVER_A_READERS.binary_search(&name).is_ok()
        || name.starts_with("x-forwarded")
        || name.starts_with("ludgate-")
        || name.contains('_')
        || matches!(
            name,
            "host" | "cookie" | "content-length" | "via" | "expect"
        )
}

/// Drops what a response says of itself that is for this connection only: the
/// headers that `Connection` lists (RFC 9110, 7.6.1).
pub(crate) fn drop_listed(headers: &mut HeaderMap) {
    let listed: Vec<HeaderName> = headers
        .get_all(header::CONNECTION)
        .iter()
        .flat_map(|line| line.as_bytes().split(|&byte| byte == b','))
        .map(<[u8]>::trim_ascii)
        // What nearly every site says, and names no header.
        .filter(|word| !word.eq_ignore_ascii_case(b"close"))
        .filter(|word| !word.eq_ignore_ascii_case(b"keep-alive"))
        .filter_map(|name| HeaderName::from_bytes(name).ok())
        .collect();
    for name in listed {
        headers.remove(name);
    }
}

/// Drops the cookies of a response that are called as the gate's own are: those
/// only the gate sets.
pub(crate) fn drop_our_cookies(headers: &mut HeaderMap) {
    let is_ours = |cookie: &HeaderValue| {
        let name = cookie.as_bytes().split(|&byte| byte == b'=').next();
        name.is_some_and(|name| identity::is_ours(name.trim_ascii()))
    };
    if !headers.get_all(header::SET_COOKIE).iter().any(is_ours) {
        return;
    }
    if let header::Entry::Occupied(entry) = headers.entry(header::SET_COOKIE) {
        let (name, cookies) = entry.remove_entry_mult();
        let others: Vec<_> = cookies.filter(|cookie| !is_ours(cookie)).collect();
        headers.extend(others.into_iter().map(|cookie| (name.clone(), cookie)));
    }
}

/// Whether a field may come after a body: none that says how to read it, or
/// that concerns the connection or a reader (RFC 9110, 6.5.1).
pub(crate) fn may_trail(name: &HeaderName) -> bool {
    let is_about_it = [
        header::CACHE_CONTROL,
        header::CONTENT_ENCODING,
        header::CONTENT_RANGE,
        header::CONTENT_TYPE,
        header::LOCATION,
        header::SET_COOKIE,
        header::VARY,
    ];
    !stays_here(name) && !is_about_it.contains(name)
}

/// Whether a response's header is for this connection, or the gate's own to
/// say.
pub(crate) fn stays_here(name: &HeaderName) -> bool {
    HOP_BY_HOP.contains(&name.as_str())
        || name.as_str().starts_with("ludgate-")
        || *name == header::CONTENT_LENGTH
        || *name == header::DATE
}

/// Whether it tells caches between the gate and readers how long to keep an
/// answer, in place of `Cache-Control` (RFC 9213, 2; the Edge Architecture's
/// `Surrogate-Control`; nginx's `X-Accel-Expires`). Each vendor has a name of its
/// own that ends alike.
pub(crate) fn is_for_caches_between(name: &HeaderName) -> bool {
    let name = name.as_str();
    let other = ["edge-control", "surrogate-control", "x-accel-expires"];
    name.ends_with("-cache-control") || other.contains(&name)
}

/// Takes out of an answer for one reader what it tells them.
pub(crate) fn drop_for_caches_between(headers: &mut HeaderMap) {
    let theirs: Vec<HeaderName> = headers
        .keys()
        .filter(|name| is_for_caches_between(name))
        .cloned()
        .collect();
    for name in theirs {
        headers.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::tests::site;

    #[test]
    fn an_answer_for_everybody_depends_on_nobody() {
        let fields = Fields::from([
            ("Host", "evil.example"),
            ("Cookie", "PHPSESSID=1"),
            ("Authorization", "Basic x"),
            ("X-Forwarded-Host", "evil.example"),
            ("X-Original-URL", "/wp-json"),
            ("User-Agent", "Googlebot"),
            ("Accept-Encoding", "br;q=1, gzip;q=0.5"),
            ("Accept-Language", "fr"),
            ("Foo", "1"),
            ("Foo", "2"),
        ]);
        let mut site = site();
        site.headers = vec![HeaderName::from_static("foo")];
        let headers = for_everybody(&site, &fields);
        let mut said: Vec<String> = headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().expect("text")))
            .collect();
        said.sort();
        assert_eq!(
            said,
            [
                "accept-encoding: gzip",
                "foo: 1, 2",
                "host: review.example",
                "via: 1.1 ludgate",
                "x-forwarded-host: review.example",
                "x-forwarded-proto: https",
            ]
        );
        let told = |name| told(&site, &fields, &name);
        assert_eq!(told(header::ACCEPT_LANGUAGE), None);
        assert_eq!(told(header::COOKIE), None);
        assert_eq!(told(HeaderName::from_static("foo")).expect("told"), "1, 2");
    }

    #[test]
    fn an_answer_for_one_reader_is_asked_for_with_what_they_sent_less_what_only_a_proxy_may_say() {
        let fields = Fields::from([
            ("Host", "evil.example"),
            ("Cookie", "ludgate=a; PHPSESSID=1; __Host-ludgate-staff=b"),
            ("cookie", "x=y"),
            ("Authorization", "Basic x"),
            ("X-Forwarded-For", "192.0.2.1"),
            ("X-Forwarded-Anything", "1"),
            ("X_Forwarded_For", "192.0.2.1"),
            ("X-HTTP-Method-Override", "DELETE"),
            ("X-Original-URL", "/wp-json"),
            ("Ludgate-Decision", "full"),
            ("Connection", "close, X-Custom"),
            ("X-Custom", "1"),
            ("X-WP-Nonce", "n"),
            ("TE", "trailers"),
        ]);
        let address = Some(IpAddr::from([192, 0, 2, 9]));
        let headers = for_one(&site(), &fields, address);
        let mut said: Vec<String> = headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().expect("text")))
            .collect();
        said.sort();
        assert_eq!(
            said,
            [
                "accept-encoding: identity",
                "authorization: Basic x",
                "cookie: PHPSESSID=1; x=y",
                "host: review.example",
                "via: 1.1 ludgate",
                "x-forwarded-for: 192.0.2.9",
                "x-forwarded-host: review.example",
                "x-forwarded-proto: https",
                "x-wp-nonce: n",
            ]
        );
    }

    #[test]
    fn what_another_server_may_take_for_another_request_is_known() {
        for (name, may) in [
            ("X-Rewrite-URL", true),
            ("x-http-method-override", true),
            ("X_Original_Url", true),
            ("Accept", false),
            ("X-Forwarded-Uri", false),
        ] {
            assert_eq!(may_rewrite(&Fields::from([(name, "/b")])), may, "{name}");
        }
    }

    #[test]
    fn a_gate_is_known_by_what_it_says_of_itself() {
        for (via, has) in [
            ("1.1 ludgate", true),
            ("1.1 ludgate, 1.1 nginx", true),
            ("1.1 vegur, 1.1 ludgate", true),
            ("1.1 nginx", false),
        ] {
            assert_eq!(
                has_passed_a_gate(&Fields::from([("Via", via)])),
                has,
                "{via}"
            );
        }
    }

    #[test]
    fn staff_may_say_which_method_they_mean() {
        let fields = Fields::from([("X-HTTP-Method-Override", "DELETE")]);
        let mut headers = for_one(&site(), &fields, None);
        assert!(!headers.contains_key(METHOD_OVERRIDE));
        with_the_method_meant(&mut headers, &fields);
        assert_eq!(headers.get(METHOD_OVERRIDE).expect("it is said"), "DELETE");
    }

    #[test]
    fn the_list_can_be_searched() {
        assert!(NEVER_A_READERS.is_sorted());
        let are_among = REWRITING.iter().all(|name| NEVER_A_READERS.contains(name));
        assert!(are_among);
    }
}
