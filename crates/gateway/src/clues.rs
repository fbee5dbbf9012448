//! What a request says about its reader. All of it can be made up, so none of
//! it grants anything by itself; rules may ask about it.

use std::net::IpAddr;

use access::{Country, Device, Language, Purpose, Referrer};
use http::{HeaderName, Method, header};

use crate::head::{Fields, Head};
use crate::policy::{Policy, PolicyParts};

/// Search engines by the registrable part of their host names.
const SEARCH: [&str; 11] = [
    "google",
    "bing",
    "duckduckgo",
    "yahoo",
    "yandex",
    "baidu",
    "ecosia",
    "qwant",
    "startpage",
    "naver",
    "seznam",
];

/// Social networks likewise.
const SOCIAL: [&str; 12] = [
    "facebook",
    "twitter",
    "x",
    "t",
    "linkedin",
    "lnkd",
    "reddit",
    "instagram",
    "threads",
    "bsky",
    "mastodon",
    "pinterest",
];

/// What programs call themselves that look at a link for who is about to send it,
/// or to be sent it. iMessage's takes the names of three others, and is a browser
/// in all else: it keeps cookies.
const PREVIEWERS: [&str; 15] = [
    "facebookexternalhit",
    "Facebot",
    "Twitterbot",
    "Slackbot",
    "TelegramBot",
    "Discordbot",
    "LinkedInBot",
    "WhatsApp/",
    "SkypeUriPreview",
    "redditbot",
    "Pinterestbot",
    "vkShare",
    "Mastodon/",
    "Bluesky Cardyb",
    "Iframely",
];

/// The headers in which browsers say that they fetch ahead of the reader.
static SPECULATIVE: [HeaderName; 3] = [
    HeaderName::from_static("sec-purpose"),
    HeaderName::from_static("purpose"),
    HeaderName::from_static("x-moz"),
];

/// What a request says about its reader. What no rule asks for is not looked
/// at, and left as it would be if the request said nothing.
pub(crate) struct Clues {
    pub country: Option<Country>,
    pub language: Option<Language>,
    pub device: Device,
    pub referrer: Referrer,
}

impl Clues {
    /// Reads what the rules of `policy` ask for.
    pub(crate) fn read(
        policy: &Policy,
        peer: Option<IpAddr>,
        client: Option<IpAddr>,
        request: &Head<'_>,
    ) -> Self {
        let (parts, fields, asked) = (&policy.parts, &request.fields, policy.asked);
        let mut clues = Self {
            country: None,
            language: None,
            device: Device::Desktop,
            referrer: Referrer::Direct,
        };
        if asked.country {
            clues.country = country(parts, (peer, client), fields);
        }
        if asked.language {
            clues.language = language(fields);
        }
        if asked.device {
            clues.device = device(fields);
        }
        if asked.referrer {
            clues.referrer = referrer(fields, &parts.host, request.query);
        }
        clues
    }
}

/// What the request can do at the meter: only a GET that isn't speculative can
/// be counted.
pub(crate) fn purpose(method: &Method, fields: &Fields<'_>) -> Purpose {
    if method != Method::GET {
        return Purpose::Inspect;
    }
    let speculative = SPECULATIVE
        .iter()
        .filter_map(|name| fields.text(name))
        .any(|value| {
            let word = value.split([';', ',']).next().unwrap_or_default().trim();
            word.eq_ignore_ascii_case("prefetch") || word.eq_ignore_ascii_case("prerender")
        });
    if speculative {
        Purpose::Prefetch
    } else {
        Purpose::Read
    }
}

/// Whether it is a program's that says that it makes previews of links, which
/// nobody reads. Saying so grants nothing.
pub(crate) fn makes_previews(fields: &Fields<'_>) -> bool {
    let agent = fields.text(&header::USER_AGENT).unwrap_or_default();
    PREVIEWERS.iter().any(|name| agent.contains(name))
}

/// The kind of device, by the words that browsers have settled on.
fn device(fields: &Fields<'_>) -> Device {
    let agent = fields.text(&header::USER_AGENT).unwrap_or_default();
    let says = |word: &str| agent.contains(word);
    if says("iPad") || says("Tablet") || (says("Android") && !says("Mobile")) {
        Device::Tablet
    } else if says("Mobile") || says("iPhone") {
        Device::Phone
    } else {
        Device::Desktop
    }
}

/// The country: what a trusted proxy says, which may know more of its client than
/// an address tells, or else what a file says of the address.
fn country(
    policy: &PolicyParts,
    (peer, client): (Option<IpAddr>, Option<IpAddr>),
    fields: &Fields<'_>,
) -> Option<Country> {
    told(policy, peer, fields).or_else(|| policy.countries.as_ref()?.of(client?))
}

/// The country that a proxy which is trusted has told in the configured header.
/// From anybody else the header is noise.
fn told(policy: &PolicyParts, peer: Option<IpAddr>, fields: &Fields<'_>) -> Option<Country> {
    let name = policy.country_header.as_ref()?;
    if !peer.is_some_and(|peer| policy.trusted_proxies.trusts(peer)) {
        return None;
    }
    // A proxy that adds its line instead of replacing leaves the reader's own
    // before it.
    let mut lines = fields.all(name);
    let line = str::from_utf8(lines.next()?).ok()?;
    match lines.next() {
        None => Country::parse(line.trim()),
        Some(_) => None,
    }
}

/// The first language that the reader prefers.
fn language(fields: &Fields<'_>) -> Option<Language> {
    let first = fields
        .text(&header::ACCEPT_LANGUAGE)?
        .split([',', ';'])
        .next()?;
    Language::parse(first.trim())
}

/// The class of the page that the reader says they came from.
fn referrer(fields: &Fields<'_>, own_host: &str, query: Option<&str>) -> Referrer {
    let newsletter = query.is_some_and(|query| {
        query
            .split('&')
            .any(|pair| matches!(pair, "utm_medium=email" | "utm_source=newsletter"))
    });
    if newsletter {
        return Referrer::Newsletter;
    }
    let referer = fields.text(&header::REFERER);
    let Some(host) = referer.and_then(host) else {
        return Referrer::Direct;
    };
    if host.eq_ignore_ascii_case(own_host) {
        return Referrer::Internal;
    }
    let host = host.to_ascii_lowercase();
    let known = |names: &[&str]| registrable(&host).is_some_and(|label| names.contains(&label));
    if known(&SEARCH) {
        Referrer::Search
    } else if known(&SOCIAL) {
        Referrer::Social
    } else {
        Referrer::Other
    }
}

fn host(url: &str) -> Option<&str> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let authority = authority.rsplit('@').next()?;
    let host = authority.split(':').next()?;
    (!host.is_empty()).then_some(host)
}

/// The label before the public suffix, for suffixes of one label (`.com`) and
/// of two short ones (`.co.uk`): good enough for a class that grants nothing.
fn registrable(host: &str) -> Option<&str> {
    let mut labels = host.rsplit('.');
    let _top = labels.next()?;
    let second = labels.next()?;
    match second {
        "co" | "com" | "ac" | "ne" | "or" => labels.next().or(Some(second)),
        _ => Some(second),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_get_that_is_not_speculative_is_a_reading() {
        let get = |fields: &Fields<'_>| purpose(&Method::GET, fields);
        assert_eq!(get(&Fields::default()), Purpose::Read);
        assert_eq!(
            get(&Fields::from([("sec-purpose", "prefetch;prerender")])),
            Purpose::Prefetch
        );
        assert_eq!(
            get(&Fields::from([("purpose", "Prefetch")])),
            Purpose::Prefetch
        );
        assert_eq!(
            get(&Fields::from([("x-moz", "prefetch")])),
            Purpose::Prefetch
        );
        assert_eq!(
            get(&Fields::from([("x-purpose", "prefetch")])),
            Purpose::Read
        );
        for method in [Method::HEAD, Method::POST, Method::OPTIONS, Method::PUT] {
            assert_eq!(purpose(&method, &Fields::default()), Purpose::Inspect);
        }
    }

    #[test]
    fn a_referrer_is_classed_by_its_host() {
        let class = |url| referrer(&Fields::from([("referer", url)]), "review.example", None);
        assert_eq!(class("https://www.google.co.uk/"), Referrer::Search);
        assert_eq!(class("https://duckduckgo.com/?q=x"), Referrer::Search);
        assert_eq!(class("https://t.co/abc"), Referrer::Social);
        assert_eq!(class("https://l.facebook.com/"), Referrer::Social);
        assert_eq!(class("https://review.example/"), Referrer::Internal);
        assert_eq!(
            class("https://www.google.com@evil.example/"),
            Referrer::Other
        );
        assert_eq!(class("https://notgoogle.com/"), Referrer::Other);
        assert_eq!(class("garbage"), Referrer::Direct);
        let mail = referrer(
            &Fields::default(),
            "review.example",
            Some("utm_medium=email"),
        );
        assert_eq!(mail, Referrer::Newsletter);
    }

    #[test]
    fn devices_are_told_apart_by_the_settled_words() {
        let kind = |agent| device(&Fields::from([("user-agent", agent)]));
        let phone =
            "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140 Mobile Safari/537.36";
        let tablet = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140 Safari/537.36";
        assert_eq!(kind(phone), Device::Phone);
        assert_eq!(kind(tablet), Device::Tablet);
        assert_eq!(kind("Mozilla/5.0 (X11; Linux x86_64)"), Device::Desktop);
        assert_eq!(device(&Fields::default()), Device::Desktop);
    }
}
