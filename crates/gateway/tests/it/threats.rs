//! How paywalls are attacked, row by row, against a gate in front of stories
//! with a canary in every paragraph.
//!
//! An attack is a request by a reader who has used up the month (or by nobody
//! at all, for a locked story). What comes back must show the beginning and no
//! later canary in any form. With the cut switched off every attack must find
//! some: an attack that can't would prove nothing.
//!
//! The rows are those of the list of known bypasses. Of the others,
//!
//! - 6 (cookies thrown away) is held in `budget`, 7, 8 and 20 below, 24 in
//!   `protocol`, 29 in `failing` and `reading`;
//! - 12 to 14 (text that is only hidden, repeated or scrambled) are what every
//!   page here is made of, and 25 is held where pages are cut;
//! - 15 and 16 (feeds, interfaces of content systems) are held in `foreign`; the
//!   feed of the built-in publication has standfirsts only. 19 (the origin's own
//!   address) is the publisher's to close, with a secret that the origin asks for;
//! - 26 and 27 (gift links, shared accounts) can't be met before there are
//!   gifts and accounts.

use crate::canary::{leaks, shown_and_hidden};
use crate::client::{Reply, exchange, parse, request, send};
use crate::site::{Setup, Site};

/// One attack: which kind, and the header lines that make it. `{id}` stands
/// for the cookie of a reader who has used up the month.
struct Attack {
    kind: &'static str,
    target: &'static str,
    headers: &'static [&'static str],
}

const fn attack(
    kind: &'static str,
    target: &'static str,
    headers: &'static [&'static str],
) -> Attack {
    Attack {
        kind,
        target,
        headers,
    }
}

const GOOGLEBOT: &str =
    "User-Agent: Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

/// Attacks that get a page. The rest, which are refused outright, are below.
const ATTACKS: &[Attack] = &[
    // The User-Agent of a search engine or social network.
    attack("crawler name", "/stories/d", &["Cookie: {id}", GOOGLEBOT]),
    attack(
        "crawler name",
        "/stories/d",
        &["Cookie: {id}", "User-Agent: Twitterbot/1.0"],
    ),
    attack(
        "crawler name",
        "/stories/d",
        &["Cookie: {id}", "User-Agent: facebookexternalhit/1.1"],
    ),
    attack("crawler name", "/stories/locked", &[GOOGLEBOT]),
    // A search engine's address, claimed.
    attack(
        "crawler address",
        "/stories/locked",
        &[GOOGLEBOT, "X-Forwarded-For: 66.249.66.1"],
    ),
    attack(
        "crawler address",
        "/stories/locked",
        &[GOOGLEBOT, "Forwarded: for=66.249.66.1"],
    ),
    attack(
        "crawler address",
        "/stories/locked",
        &[GOOGLEBOT, "X-Real-IP: 66.249.66.1"],
    ),
    attack(
        "crawler address",
        "/stories/d",
        &["Cookie: {id}", "True-Client-IP: 66.249.66.1"],
    ),
    // Where the reader says they come from.
    attack(
        "referrer",
        "/stories/d",
        &["Cookie: {id}", "Referer: https://www.google.com/"],
    ),
    attack(
        "referrer",
        "/stories/d",
        &["Cookie: {id}", "Referer: https://t.co/abc"],
    ),
    attack(
        "referrer",
        "/stories/d",
        &["Cookie: {id}", "Referer: http://review.example/"],
    ),
    attack(
        "referrer",
        "/stories/d?utm_source=newsletter",
        &["Cookie: {id}"],
    ),
    // Cookies that promise something.
    attack(
        "forged cookie",
        "/stories/d",
        &["Cookie: {id}; isBot=true; subscriber=1"],
    ),
    attack(
        "forged cookie",
        "/stories/locked",
        &["Cookie: wordpress_logged_in_x=admin"],
    ),
    attack(
        "forged cookie",
        "/stories/locked",
        &["Cookie: ludgate-session=x; ludgate-staff=x"],
    ),
    attack(
        "forged cookie",
        "/stories/locked",
        &["Cookie: ludgate=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
    ),
    // Identity in headers that only a gate may set.
    attack(
        "identity header",
        "/stories/locked",
        &["X-Remote-User: staff"],
    ),
    attack(
        "identity header",
        "/stories/locked",
        &["Authorization: Bearer staff"],
    ),
    attack(
        "identity header",
        "/stories/locked",
        &["Ludgate-Decision: full; reason=staff"],
    ),
    // One story under many addresses.
    attack(
        "other address",
        "/stories/d?utm_source=x&fbclid=y",
        &["Cookie: {id}"],
    ),
    attack("other address", "/%73tories/d", &["Cookie: {id}"]),
    attack("other address", "/stories/d/", &["Cookie: {id}"]),
    attack("other address", "/stories/d?page=2", &["Cookie: {id}"]),
    attack("other address", "/stories/d#full", &["Cookie: {id}"]),
    // Parts of a response, and responses that may have been kept.
    attack(
        "partial",
        "/stories/d",
        &["Cookie: {id}", "Range: bytes=2000-"],
    ),
    attack(
        "partial",
        "/stories/d",
        &["Cookie: {id}", "Range: bytes=-500"],
    ),
    attack(
        "partial",
        "/stories/d",
        &["Cookie: {id}", "Range: bytes=0-1", "If-Range: \"x\""],
    ),
    attack(
        "conditional",
        "/stories/d",
        &["Cookie: {id}", "If-None-Match: \"x\""],
    ),
    attack(
        "conditional",
        "/stories/d",
        &["Cookie: {id}", "If-Match: *"],
    ),
    attack(
        "conditional",
        "/stories/d",
        &[
            "Cookie: {id}",
            "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
        ],
    ),
    // A prefetch of what would not be charged anyway.
    attack(
        "prefetch",
        "/stories/d",
        &["Cookie: {id}", "Sec-Purpose: prefetch"],
    ),
    attack("prefetch", "/stories/locked", &["Purpose: prefetch"]),
    attack("prefetch", "/stories/locked", &["X-Moz: prefetch"]),
    // Encodings.
    attack(
        "encoding",
        "/stories/d",
        &["Cookie: {id}", "Accept-Encoding: gzip"],
    ),
    attack(
        "encoding",
        "/stories/d",
        &["Cookie: {id}", "Accept-Encoding: zstd"],
    ),
    attack(
        "encoding",
        "/stories/d",
        &["Cookie: {id}", "Accept-Encoding: br"],
    ),
    attack(
        "encoding",
        "/stories/d",
        &["Cookie: {id}", "Accept-Encoding: identity;q=0"],
    ),
    attack(
        "encoding",
        "/stories/d",
        &["Cookie: {id}", "TE: gzip, trailers"],
    ),
    // Other ways to have the same thing said.
    attack(
        "variant",
        "/stories/d",
        &["Cookie: {id}", "Accept: application/json"],
    ),
    attack(
        "variant",
        "/stories/d",
        &["Cookie: {id}", "RSC: 1", "Next-Router-State-Tree: x"],
    ),
    attack(
        "variant",
        "/stories/d",
        &["Cookie: {id}", "X-Requested-With: XMLHttpRequest"],
    ),
    attack(
        "variant",
        "/stories/d",
        &["Cookie: {id}", "Accept-Language: xx, ../../etc"],
    ),
    // Headers that rewrite a request in some frameworks.
    attack(
        "rewriting",
        "/stories/d",
        &["Cookie: {id}", "X-HTTP-Method-Override: HEAD"],
    ),
    attack(
        "rewriting",
        "/stories/locked",
        &["X-Original-URL: /stories/free"],
    ),
    attack(
        "rewriting",
        "/stories/locked",
        &["X-Rewrite-URL: /stories/free"],
    ),
    attack(
        "rewriting",
        "/stories/d",
        &["Cookie: {id}", "X-Forwarded-Host: localhost"],
    ),
    // What time it is where the reader says they are.
    attack(
        "clock",
        "/stories/d",
        &["Cookie: {id}", "Date: Tue, 01 Dec 2026 00:00:01 GMT"],
    ),
    attack(
        "clock",
        "/stories/d",
        &["Cookie: {id}; tz=Pacific/Kiritimati"],
    ),
    attack(
        "clock",
        "/stories/d",
        &["Cookie: {id}", "X-Timezone-Offset: -840"],
    ),
    // Further pages of a story, and words to look for in it.
    attack("pagination", "/stories/d?page=3", &["Cookie: {id}"]),
    attack(
        "pagination",
        "/stories/d?page=%32&page=1",
        &["Cookie: {id}"],
    ),
    attack("pagination", "/stories/locked?q=canary", &[]),
    // Other forms of a page.
    attack("other form", "/stories/d/amp", &["Cookie: {id}"]),
    attack("other form", "/stories/d/print", &["Cookie: {id}"]),
    attack("other form", "/stories/d?preview=true", &["Cookie: {id}"]),
    attack("other form", "/stories/d/embed", &["Cookie: {id}"]),
    // Archives, which are to hand out no copies.
    attack(
        "archive",
        "/stories/locked",
        &["User-Agent: archive.org_bot"],
    ),
    attack("archive", "/stories/locked", &["User-Agent: ia_archiver"]),
    attack(
        "archive",
        "/stories/locked",
        &["Accept-Datetime: Thu, 12 Nov 2026 00:00:00 GMT"],
    ),
    // A cache that thinks a page is a picture.
    attack("cache deception", "/stories/d/x.css", &["Cookie: {id}"]),
    attack("cache deception", "/stories/d;x.css", &["Cookie: {id}"]),
    attack("cache deception", "/stories/d.jpg", &["Cookie: {id}"]),
];

/// The row of the list of bypasses that a kind of attack belongs to.
fn row(kind: &str) -> u16 {
    match kind {
        "crawler name" => 1,
        "crawler address" => 2,
        "identity header" => 3,
        "referrer" => 4,
        "forged cookie" => 5,
        "other address" => 9,
        "partial" | "conditional" | "prefetch" | "encoding" => 10,
        "clock" => 11,
        "pagination" => 17,
        "other form" => 18,
        "rewriting" => 21,
        "variant" => 22,
        "cache deception" => 23,
        "archive" => 28,
        other => panic!("{other} belongs to no row"),
    }
}

/// The rows that attacks of this form must be made for.
const ROWS: [u16; 14] = [1, 2, 3, 4, 5, 9, 10, 11, 17, 18, 21, 22, 23, 28];

fn launch(site: &Site, cookie: &str, attack: &Attack) -> Reply {
    let headers: Vec<String> = attack
        .headers
        .iter()
        .map(|line| line.replace("{id}", cookie))
        .collect();
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    send(site.address, &request("GET", attack.target, &headers))
}

/// The story that an attack is after, as the origin names it.
fn story(attack: &Attack) -> &str {
    let path = attack.target.split(['?', '#']).next().unwrap_or_default();
    path.trim_start_matches("/stories/")
        .trim_start_matches("/%73tories/")
        .trim_end_matches('/')
}

fn used_up(site: &Site) -> String {
    site.walled().replace("Cookie: ", "")
}

#[test]
fn no_attack_gets_more_than_the_beginning() {
    let site = Site::start(&Setup::default());
    let cookie = used_up(&site);
    for attack in ATTACKS {
        let reply = launch(&site, &cookie, attack);
        let mut seen = reply.decoded();
        seen.extend_from_slice(reply.head.as_bytes());
        seen.extend_from_slice(&reply.body);
        let found = leaks(story(attack), &seen);
        assert!(
            found.is_empty(),
            "{} {}: {found:?}",
            attack.kind,
            attack.target
        );
        if reply.status == 200 {
            let (shown, _) = shown_and_hidden(story(attack));
            assert!(
                reply.text().contains(&shown),
                "{}: the beginning is there",
                attack.kind
            );
            assert_eq!(reply.header("cache-control"), Some("private, no-store"));
            assert_eq!(reply.header("x-robots-tag"), Some("noarchive"));
        }
    }
}

#[test]
fn with_the_cut_switched_off_every_attack_finds_something() {
    let site = Site::start(&Setup {
        cut: false,
        ..Setup::default()
    });
    let cookie = used_up(&site);
    for attack in ATTACKS {
        let reply = launch(&site, &cookie, attack);
        let found = leaks(story(attack), &reply.decoded());
        assert!(
            !found.is_empty(),
            "{} {} proves nothing",
            attack.kind,
            attack.target
        );
    }
}

#[test]
fn there_are_at_least_three_attacks_for_every_row() {
    let rows: Vec<u16> = ATTACKS.iter().map(|attack| row(attack.kind)).collect();
    for expected in ROWS {
        let count = rows.iter().filter(|&&row| row == expected).count();
        assert!(count >= 3, "row {expected}: {count}");
    }
    assert!(rows.iter().all(|row| ROWS.contains(row)));
}

#[test]
fn a_month_ends_at_midnight_in_the_publications_zone_and_nowhere_else() {
    let site = Site::start(&Setup::default());
    let line = site.walled();
    // From noon on the 12th in Tokyo to the last second of the month there.
    let to_the_end = jiff::SignedDuration::from_secs((18 * 24 + 12) * 3600 - 1);
    site.pass(to_the_end);
    let ahead = format!("{line}; tz=Pacific/Kiritimati");
    assert_eq!(
        site.get("/stories/d", &[&ahead]).reason(),
        "meter-exhausted"
    );
    site.pass(jiff::SignedDuration::from_secs(1));
    assert_eq!(site.get("/stories/d", &[&line]).reason(), "counted");
}

#[test]
fn addresses_that_two_parsers_could_read_differently_are_refused() {
    let site = Site::start(&Setup::default());
    let targets = [
        "/stories/x/../locked",
        "/stories/./locked",
        "/stories/%2e/locked",
        "/stories/x/%2e%2e/locked",
        "/stories%2flocked",
        "/stories%5clocked",
        "/stories\\locked",
        "/stories/locked%00",
        "/stories/locked%0a",
        "/stories/%252e%252e/locked",
        "/stories%252flocked",
        "/stories/%c0%ae/locked",
        "/stories/%u002e/locked",
    ];
    for target in targets {
        let answer = exchange(site.address, &request("GET", target, &[]));
        let reply = parse(&answer).expect("a response");
        assert_eq!(reply.status, 400, "{target}");
        assert!(leaks("locked", &answer).is_empty(), "{target}");
    }
}

#[test]
fn one_story_under_many_addresses_is_counted_once() {
    let site = Site::start(&Setup::default());
    let line = format!("Cookie: {}", site.reader(&["a"]));
    for target in [
        "/stories/a?utm=1",
        "/stories/a/",
        "/%73tories/a",
        "/stories/a?page=2",
    ] {
        let reply = site.get(target, &[&line]);
        assert_eq!(reply.reason(), "already-counted", "{target}");
    }
    assert!(
        site.get("/stories/b", &[&line])
            .decision()
            .contains("used=2")
    );
}

#[test]
fn parallel_requests_at_the_limit_open_exactly_one_story() {
    let site = Site::start(&Setup::default());
    for round in 0..5 {
        let line = format!("Cookie: {}", site.reader(&["a", "b"]));
        let opened: usize = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..16)
                .map(|number| {
                    let (site, line) = (&site, &line);
                    scope.spawn(move || {
                        let name = format!("parallel-{round}-{number}");
                        let reply = site.get(&format!("/stories/{name}"), &[line]);
                        let leaked = !leaks(&name, &reply.decoded()).is_empty();
                        assert_eq!(leaked, reply.decision().starts_with("full"));
                        usize::from(leaked)
                    })
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().expect("an answer"))
                .sum()
        });
        assert_eq!(opened, 1);
    }
}

#[test]
fn going_back_to_an_earlier_cookie_or_throwing_it_away_gives_no_more_than_a_new_reader() {
    let site = Site::start(&Setup::default());
    let early = format!("Cookie: {}", site.reader(&["a"]));
    for story in ["b", "c"] {
        assert_eq!(
            site.get(&format!("/stories/{story}"), &[&early]).reason(),
            "counted"
        );
    }
    assert_eq!(
        site.get("/stories/d", &[&early]).reason(),
        "meter-exhausted",
        "replayed"
    );
    let twice = format!("{early}; ludgate=other");
    assert_eq!(
        site.get("/stories/d", &[&twice]).reason(),
        "meter-exhausted",
        "said twice"
    );
    let fresh = site.get("/stories/d", &[]);
    assert!(
        fresh.decision().contains("used=1"),
        "thrown away: {}",
        fresh.decision()
    );
    let broken = early.replace("ludgate=", "ludgate=x");
    assert!(
        site.get("/stories/d", &[&broken])
            .decision()
            .contains("used=1"),
        "edited"
    );
}

#[test]
fn breaking_off_in_the_middle_of_a_story_has_been_counted_all_the_same() {
    use std::io::{Read, Write};
    let site = Site::start(&Setup::default());
    let cookie = site.reader(&["a"]);
    for story in ["b", "c"] {
        let mut stream = std::net::TcpStream::connect(site.address).expect("a connection");
        let line = format!("Cookie: {cookie}");
        let raw = request("GET", &format!("/stories/{story}"), &[&line]);
        stream.write_all(&raw).expect("sent");
        let mut some = [0; 64];
        stream.read_exact(&mut some).expect("the first bytes");
    }
    let line = format!("Cookie: {cookie}");
    assert_eq!(site.get("/stories/d", &[&line]).reason(), "meter-exhausted");
}

#[test]
fn another_publications_key_and_the_wrong_scheme_open_nothing() {
    let site = Site::start(&Setup {
        https: true,
        ..Setup::default()
    });
    let reply = site.get("/stories/a", &[]);
    let set = reply.header("set-cookie").expect("a cookie").to_owned();
    assert!(
        set.starts_with("__Host-ludgate=") && set.contains("; Secure"),
        "{set}"
    );
    let host = reply.cookie().expect("a cookie");
    let plain = host.replace("__Host-", "");
    let as_plain = site.get("/stories/b", &[&format!("Cookie: {plain}")]);
    assert!(
        as_plain.decision().contains("used=1"),
        "the plain name is ignored on https"
    );
    let as_host = site.get("/stories/b", &[&format!("Cookie: {host}")]);
    assert!(as_host.decision().contains("used=2"));
}
