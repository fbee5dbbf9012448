//! How gift links are abused, and what comes of it: links made up, replayed,
//! widened, shared with everybody, found out, used up by machines.

use std::fmt::Write;
use std::sync::Mutex;

use ludgate_gateway::Keyring;

use super::*;

/// Every way in which a token is spoilt.
fn spoilt(good: &str) -> Vec<String> {
    let mut all: Vec<String> = (0..good.len())
        .map(|at| {
            let other = if good.as_bytes()[at] == b'A' {
                "B"
            } else {
                "A"
            };
            format!("{}{other}{}", &good[..at], &good[at + 1..])
        })
        .collect();
    all.extend([
        String::new(),
        good[1..].to_owned(),
        good[..good.len() - 1].to_owned(),
        format!("{good}A"),
        format!("{good}="),
        format!("{good}.{good}"),
        good.to_ascii_lowercase(),
        "A".repeat(good.len()),
        "A".repeat(400),
        "1".to_owned(),
        "true".to_owned(),
    ]);
    all.retain(|bad| bad != good);
    all
}

fn token_of(link: &str) -> &str {
    link.rsplit('/').next().expect("a token")
}

#[test]
fn a_link_that_nobody_made_opens_nothing_and_gives_nothing_to_keep() {
    let (site, giver) = usual();
    let link = site.link("d", &giver);
    for bad in spoilt(token_of(&link)) {
        let reply = site.get(&format!("/-/gift/{bad}"), &[]);
        assert_eq!(reply.header("set-cookie"), None, "{bad}");
        assert_eq!(reply.status, 404, "{bad}");
        assert!(
            reply.text().contains("This gift link doesn’t work"),
            "{bad}"
        );
    }
    let kept = site.follow(&link, &[]);
    let value = kept.rsplit('=').next().expect("a value");
    let walled = site.walled();
    for bad in spoilt(value)
        .into_iter()
        .chain([token_of(&link).to_owned()])
    {
        // A cookie's list of two good ones is no forgery.
        if bad.split('.').any(|one| one == value) {
            continue;
        }
        let shown = format!("Cookie: ludgate-gift={bad}");
        let reason = site.reason("/stories/locked", &shown);
        assert_eq!(reason, "subscription-required", "{bad}");
        let shown = format!("{walled}; ludgate-gift={bad}");
        assert_eq!(
            site.reason("/stories/d", &shown),
            "meter-exhausted",
            "{bad}"
        );
    }
    // What a cookie says is good in no link.
    assert_eq!(site.get(&format!("/-/gift/{value}"), &[]).status, 404);
}

#[test]
fn what_another_publication_signed_is_good_for_nothing_here() {
    let (there, giver) = usual();
    there
        .gate
        .install_keys(Keyring::new(&[(1, [8; 32])]).expect("a key"));
    let giver_there = there.sign_in(90, GIVER);
    let link = there.link("locked", &giver_there);
    let kept = there.follow(&link, &[]);
    assert_eq!(there.reason("/stories/locked", &kept), "gift");
    drop(giver);
    let (here, _) = usual();
    assert_eq!(here.get(&link, &[]).status, 404);
    assert_eq!(
        here.reason("/stories/locked", &kept),
        "subscription-required"
    );
}

#[test]
fn a_link_follows_the_keys_of_the_house() {
    let (site, giver) = usual();
    let link = site.link("locked", &giver);
    let kept = site.follow(&link, &[]);
    let keys = |list: &[(u8, [u8; 32])]| site.gate.install_keys(Keyring::new(list).expect("a key"));
    keys(&[(2, [2; 32]), (1, [7; 32])]);
    assert_eq!(site.reason("/stories/locked", &kept), "gift");
    // Signed anew it is the same link: its browsers are counted together.
    let renewed = site.link("locked", &giver);
    assert_ne!(renewed, link);
    for path in [&link, &renewed, &link] {
        assert_eq!(
            site.reason("/stories/locked", &site.follow(path, &[])),
            "gift"
        );
    }
    let fifth = site.follow(&renewed, &[]);
    assert_eq!(
        site.reason("/stories/locked", &fifth),
        "subscription-required"
    );
    keys(&[(2, [2; 32])]);
    assert_eq!(
        site.reason("/stories/locked", &kept),
        "subscription-required"
    );
    assert_eq!(site.get(&link, &[]).status, 404);
}

#[test]
fn a_gift_opens_its_story_by_every_address_and_no_other_by_any() {
    let (site, giver) = usual();
    let kept = site.follow(&site.link("d", &giver), &[]);
    let walled = site.walled();
    let kept = format!("{walled}; {}", kept.trim_start_matches("Cookie: "));
    for same in [
        "/stories/d",
        "/stories/d?utm_source=x",
        "/stories/d/",
        "/stories/%64",
    ] {
        assert_eq!(site.visit_as("d", same, &kept), "gift", "{same}");
    }
    for other in [
        "/stories/D",
        "/stories/d2",
        "/stories/e?story=d",
        "/stories/locked",
    ] {
        let reason = site.get(other, &[&kept]).reason().to_owned();
        assert_ne!(reason, "gift", "{other}");
    }
    // A list that has its id is no story.
    assert_ne!(site.get("/stories/archive", &[&kept]).reason(), "gift");
    // However it was opened, it was one browser.
    let link = site.link("d", &giver);
    for _ in 1..GIFTS.browsers {
        assert_eq!(site.reason("/stories/d", &site.follow(&link, &[])), "gift");
    }
}

impl Site {
    fn visit_as(&self, story: &str, path: &str, kept: &str) -> String {
        let reply = self.get(path, &[kept]);
        assert_eq!(
            !leaks(story, &reply.decoded()).is_empty(),
            reply.reason() == "gift"
        );
        reply.reason().to_owned()
    }
}

#[test]
fn machines_that_look_at_links_use_nothing_up() {
    let (site, giver) = usual();
    let link = site.link("locked", &giver);
    let methods = |method: &str, path: &str, lines: &[&str]| {
        send(site.address, &request(method, path, lines))
    };
    // Previews: the link, and the story without the cookie.
    for _ in 0..20 {
        assert_eq!(methods("HEAD", &link, &[]).status, 303);
        assert_eq!(methods("GET", &link, &["User-Agent: Slackbot"]).status, 303);
        assert_eq!(site.reason("/stories/locked", ""), "subscription-required");
    }
    // With the cookie, but not to read.
    for _ in 0..20 {
        let kept = site.follow(&link, &[]);
        let head = methods("HEAD", "/stories/locked", &[&kept]);
        assert_eq!(head.reason(), "subscription-required");
        let ahead = methods("GET", "/stories/locked", &[&kept, "Sec-Purpose: prefetch"]);
        assert_eq!(ahead.status, 503);
        assert!(leaks("locked", &ahead.decoded()).is_empty());
    }
    for _ in 0..GIFTS.browsers {
        let kept = site.follow(&link, &[]);
        assert_eq!(site.reason("/stories/locked", &kept), "gift");
        // From now on it is open to this browser, whatever it sends.
        assert_eq!(
            methods("HEAD", "/stories/locked", &[&kept]).reason(),
            "gift"
        );
        let ahead = methods("GET", "/stories/locked", &[&kept, "Sec-Purpose: prefetch"]);
        assert_eq!(ahead.reason(), "gift");
    }
    let one_more = site.follow(&link, &[]);
    assert_eq!(
        site.reason("/stories/locked", &one_more),
        "subscription-required"
    );
    for method in ["PUT", "DELETE", "POST"] {
        assert_eq!(methods(method, &link, &[]).status, 405, "{method}");
    }
}

#[test]
fn a_program_that_says_it_makes_previews_uses_nothing_up_though_it_keeps_cookies() {
    let (site, giver) = usual();
    let link = site.link("locked", &giver);
    let safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15";
    for agent in [
        // iMessage's.
        "Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
        "WhatsApp/2.23.20.0 A",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    ] {
        let header = format!("User-Agent: {safari} {agent}");
        let reply = site.get(&link, &[&header]);
        assert_eq!(reply.status, 303, "{agent}");
        assert_eq!(reply.header("set-cookie"), None, "{agent}");
    }
    // Browsers within those apps are browsers, and so is one on a phone that is
    // called like a robot.
    for agent in ["[FBAN/FBIOS;FBAV/500.0]", "LinkedInApp/9.30", "CUBOT_X18"] {
        let header = format!("User-Agent: {safari} {agent}");
        let kept = site.follow(&link, &[&header]);
        assert_eq!(site.reason("/stories/locked", &kept), "gift", "{agent}");
    }
}

#[test]
fn at_the_limit_parallel_browsers_open_exactly_as_many_as_are_left() {
    for sync in [false, true] {
        let (site, giver) = site(&Setup { sync, ..setup() });
        let link = site.link("locked", &giver);
        assert_eq!(
            site.reason("/stories/locked", &site.follow(&link, &[])),
            "gift"
        );
        let lines: Vec<String> = (0..24).map(|_| site.follow(&link, &[])).collect();
        let opened: Vec<bool> = std::thread::scope(|scope| {
            let read = |kept: &str| site.reason("/stories/locked", kept) == "gift";
            let threads: Vec<_> = lines
                .iter()
                .map(|kept| scope.spawn(move || read(kept)))
                .collect();
            threads
                .into_iter()
                .map(|one| one.join().expect("an answer"))
                .collect()
        });
        let count = opened.iter().filter(|opened| **opened).count();
        assert_eq!(count, usize::from(GIFTS.browsers) - 1, "sync: {sync}");
        // Who got in stays in, and nobody else gets in later.
        for (kept, opened) in lines.iter().zip(opened) {
            let again = site.reason("/stories/locked", kept) == "gift";
            assert_eq!(again, opened);
        }
    }
}

#[test]
fn one_browsers_parallel_requests_are_one_browser() {
    let (site, giver) = usual();
    let link = site.link("locked", &giver);
    let kept = site.follow(&link, &[]);
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| assert_eq!(site.reason("/stories/locked", &kept), "gift"));
        }
    });
    for _ in 1..GIFTS.browsers {
        assert_eq!(
            site.reason("/stories/locked", &site.follow(&link, &[])),
            "gift"
        );
    }
}

#[test]
fn parallel_links_at_the_end_of_the_month_are_as_many_as_are_left() {
    let (site, giver) = usual();
    let stories: Vec<String> = (0..12)
        .map(|number| format!("/stories/s{number}"))
        .collect();
    let made = std::thread::scope(|scope| {
        let ask = |story: &str| link_in(&site.ask(story, &[&giver.line])).is_some();
        let threads: Vec<_> = stories
            .iter()
            .map(|story| scope.spawn(move || ask(story)))
            .collect();
        let made = threads.into_iter().filter_map(|one| one.join().ok());
        made.filter(|made| *made).count()
    });
    assert_eq!(made, usize::from(GIFTS.a_month));
}

#[test]
fn no_other_site_can_have_a_link_made() {
    let (site, giver) = usual();
    for line in [
        "Origin: https://evil.example",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site",
    ] {
        let reply = site.ask("/stories/d", &[&giver.line, line]);
        assert_eq!((reply.status, link_in(&reply)), (403, None), "{line}");
    }
    // Nor does a link come of being looked at.
    let looked = site.get("/-/gift?story=/stories/d", &[&giver.line]);
    assert_eq!(link_in(&looked), None);
    assert!(
        looked.text().contains("You can give 3 more stories"),
        "none was used"
    );
    for line in [
        "Origin: http://review.example",
        "Sec-Fetch-Site: same-origin",
    ] {
        assert!(
            link_in(&site.ask("/stories/d", &[&giver.line, line])).is_some(),
            "{line}"
        );
    }
}

#[test]
fn a_story_read_by_a_gift_is_nobody_elses_to_keep() {
    let (site, giver) = usual();
    let line = site.follow(&site.link("locked", &giver), &[]);
    for encoding in ["gzip", "zstd", "identity"] {
        let accepts = format!("Accept-Encoding: {encoding}");
        for _ in 0..40 {
            let full = site.visit("/stories/locked", &[&line, &accepts]);
            assert_eq!(full.reason(), "gift");
            for name in ["etag", "last-modified", "age", "expires"] {
                assert_eq!(full.header(name), None, "{name}");
            }
            let other = site.visit("/stories/locked", &[&accepts]);
            assert_eq!(other.reason(), "subscription-required");
        }
    }
}

#[test]
fn names_in_addresses_become_no_markup() {
    let (site, giver) = usual();
    let page = site.get(
        "/-/gift?story=%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
        &[&giver.line],
    );
    assert!(!page.text().contains("<script"), "{}", page.text());
}

/// What is said through `tracing`, all of it.
struct Said;

static SAID: Mutex<String> = Mutex::new(String::new());

impl tracing::field::Visit for Said {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        let mut said = SAID.lock().expect("whole");
        write!(said, "{field}={value:?} ").expect("room");
    }
}

impl tracing::Subscriber for Said {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        span.record(&mut Self);
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, values: &tracing::span::Record<'_>) {
        values.record(&mut Self);
    }
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut Self);
    }
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[test]
fn a_token_is_in_no_log_no_story_no_header_and_not_in_what_browsers_say_they_come_from() {
    // Each test has a process of its own.
    tracing::subscriber::set_global_default(Said).expect("the only one");
    let (site, giver) = usual();
    let link = site.link("d", &giver);
    let token = token_of(&link).to_owned();
    let followed = site.get(&link, &[]);
    let cookie = followed.cookie().expect("a cookie");
    let value = cookie.split('=').nth(1).expect("a value").to_owned();
    assert!(!followed.head.contains(&token), "{}", followed.head);
    assert!(!followed.text().contains(&token));
    let kept = format!("Cookie: {cookie}");
    let read = site.visit("/stories/d", &[&kept]);
    assert_eq!(read.reason(), "gift");
    for secret in [&token, &value] {
        assert!(!read.head.contains(&**secret));
        assert!(!read.text().contains(&**secret));
    }
    // What is refused is written down without it, too.
    for spoilt in [
        format!("{link}%2F"),
        format!("{link}\\"),
        format!("{link}%00"),
    ] {
        let refused = site.get(&spoilt, &[]);
        assert!(
            refused.status == 400 || refused.status == 404,
            "{}",
            refused.status
        );
        assert!(!refused.head.contains(&token) && !refused.text().contains(&token));
    }
    let said = SAID.lock().expect("whole").clone();
    assert!(
        said.contains("/stories/d") && said.contains("path="),
        "it hears: {said}"
    );
    assert!(
        said.contains("/-/gift"),
        "it hears of what is refused: {said}"
    );
    for secret in [&token, &value] {
        assert!(!said.contains(&secret[..20]), "{said}");
    }
}

#[test]
fn nobody_learns_who_gave_a_story() {
    let (site, giver) = usual();
    let other = site.with(8, subscriber());
    let (one, two) = (site.link("a", &giver), site.link("b", &giver));
    let third = site.link("a", &other);
    let alike = |x: &str, y: &str| {
        let pairs = token_of(x).bytes().zip(token_of(y).bytes());
        pairs.filter(|(a, b)| a == b).count()
    };
    // The number of the key is the same for all of them.
    for (x, y) in [(&one, &two), (&one, &third), (&two, &third)] {
        assert!(alike(x, y) < 12, "{x} {y}");
    }
}
