//! A reader's month, and what else must come out right while they read.

use std::sync::atomic::Ordering;

use jiff::SignedDuration;
use ludgate_gateway::{Keyring, Mode, Purge, Whence};

use crate::canary::shown_and_hidden;
use crate::client::{request, send};
use crate::site::{Setup, Site, rules};

#[test]
fn three_stories_are_free_the_fourth_shows_its_beginning_and_the_first_is_free_again() {
    let site = Site::start(&Setup::default());
    let first = site.get("/stories/a", &[]);
    assert_eq!(
        first.decision(),
        "full; reason=counted; rule=\"metered\"; used=1; limit=3"
    );
    assert_eq!(first.header("cache-control"), Some("private, no-store"));
    assert!(first.header("etag").is_none());
    let line = format!("Cookie: {}", first.cookie().expect("a cookie"));
    assert!(first.text().contains("2 free stories left this month"));
    let second = site.get("/stories/b", &[&line]);
    assert!(second.text().contains("1 free story left this month"));
    let again = second.cookie().map(|cookie| format!("Cookie: {cookie}"));
    assert_eq!(
        again.as_ref(),
        Some(&line),
        "with every count the same id is given for longer"
    );
    let third = site.get("/stories/c", &[&line]);
    assert!(third.text().contains("last free story"), "{}", third.text());
    let fourth = site.get("/stories/d", &[&line]);
    assert_eq!(
        fourth.decision(),
        "preview; reason=meter-exhausted; rule=\"metered\"; used=3; limit=3"
    );
    let (shown, hidden) = shown_and_hidden("d");
    let text = fourth.text();
    assert!(text.contains(&shown), "the beginning is there");
    assert!(
        hidden.iter().all(|token| !text.contains(token)),
        "and the rest is not"
    );
    assert!(text.contains("ludgate-wall"), "the wall is there");
    assert_eq!(site.get("/stories/a", &[&line]).reason(), "already-counted");
    site.pass(SignedDuration::from_hours(24 * 20));
    assert_eq!(
        site.get("/stories/d", &[&line]).reason(),
        "counted",
        "a new month"
    );
}

#[test]
fn an_open_story_holds_all_of_its_text_in_every_encoding() {
    let site = Site::start(&Setup::default());
    let (shown, hidden) = shown_and_hidden("a");
    let line = format!("Cookie: {}", site.reader(&["a"]));
    let mut texts = Vec::new();
    for encoding in ["identity", "gzip", "zstd"] {
        let accept = format!("Accept-Encoding: {encoding}");
        let reply = site.get("/stories/a", &[&line, &accept]);
        let expected = (encoding != "identity").then_some(encoding);
        assert_eq!(reply.header("content-encoding"), expected);
        let text = reply.text();
        assert!(text.contains(&shown) && hidden.iter().all(|token| text.contains(token)));
        texts.push(text);
    }
    assert!(
        texts.iter().all(|text| *text == texts[0]),
        "whatever the encoding, one page"
    );
}

#[test]
fn free_and_sponsored_stories_are_open_and_locked_ones_are_not() {
    let site = Site::start(&Setup::default());
    assert_eq!(
        site.get("/stories/free", &[]).decision(),
        "full; reason=free; rule=\"free\""
    );
    assert_eq!(
        site.get("/stories/sponsored", &[]).decision(),
        "full; reason=sponsored"
    );
    let locked = site.get("/stories/locked", &[]);
    assert_eq!(
        locked.decision(),
        "preview; reason=subscription-required; rule=\"exclusive\""
    );
    for reply in [site.get("/", &[]), site.get("/stories/free", &[]), locked] {
        assert!(
            reply.cookie().is_none(),
            "who has not been counted has no id"
        );
    }
}

#[test]
fn pages_without_a_story_can_be_kept_and_validated() {
    let site = Site::start(&Setup::default());
    let front = site.get("/", &["Accept-Encoding: gzip"]);
    assert_eq!(
        (front.status, front.text().as_str()),
        (200, "<h1>Front page</h1>")
    );
    let etag = front.header("etag").expect("a validator").to_owned();
    let again = site.get("/", &[&format!("If-None-Match: {etag}")]);
    assert_eq!((again.status, again.body.len()), (304, 0));
    assert_eq!(
        site.get("/site.css", &[]).header("content-type"),
        Some("text/css")
    );
    assert_eq!(site.get("/nothing", &[]).status, 404);
    // A story has no validator, so nothing can be learnt by guessing at one.
    let story = site.get("/stories/a", &["If-None-Match: *"]);
    assert_eq!(story.status, 200);
}

#[test]
fn a_head_request_is_not_counted_and_names_no_more_than_the_beginnings_length() {
    let site = Site::start(&Setup::default());
    let line = site.walled();
    let head = send(site.address, &request("HEAD", "/stories/d", &[&line]));
    assert_eq!((head.status, head.body.len()), (200, 0));
    let fresh = send(site.address, &request("HEAD", "/stories/e", &[]));
    assert_eq!(fresh.reason(), "unavailable");
    assert!(fresh.cookie().is_none());
    let get = site.get("/stories/e", &[]);
    let length = |reply: &crate::client::Reply| -> usize {
        reply
            .header("content-length")
            .expect("a length")
            .parse()
            .expect("a number")
    };
    assert!(
        length(&fresh) < length(&get),
        "a beginning is shorter than a story"
    );
}

#[test]
fn a_prefetch_that_would_charge_is_told_to_come_back_and_one_that_would_not_is_served() {
    let site = Site::start(&Setup::default());
    let line = format!("Cookie: {}", site.reader(&["a"]));
    for header in [
        "Sec-Purpose: prefetch;prerender",
        "Purpose: prefetch",
        "X-Moz: prefetch",
    ] {
        let reply = site.get("/stories/b", &[&line, header]);
        assert_eq!(reply.status, 503, "{header}");
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        let fresh = site.get("/stories/b", &[header]);
        assert_eq!((fresh.status, fresh.cookie()), (503, None));
    }
    assert_eq!(
        site.get("/stories/a", &[&line, "Purpose: prefetch"])
            .reason(),
        "already-counted"
    );
    assert_eq!(
        site.get("/stories/free", &[&line, "Purpose: prefetch"])
            .reason(),
        "free"
    );
    let counted = site.get("/stories/b", &[&line]);
    assert!(
        counted.decision().contains("used=2"),
        "{}",
        counted.decision()
    );
}

#[test]
fn an_id_signed_with_a_retired_key_is_known_and_signed_anew() {
    let site = Site::start(&Setup::default());
    let old = format!("Cookie: {}", site.reader(&["a"]));
    let keys = Keyring::new(&[(2, [8; 32]), (1, [7; 32])]).expect("keys");
    site.gate.install_keys(keys);
    let reply = site.get("/stories/b", &[&old]);
    assert!(reply.decision().contains("used=2"), "{}", reply.decision());
    let new = format!("Cookie: {}", reply.cookie().expect("signed anew"));
    assert_ne!(old, new);
    assert!(
        site.get("/stories/c", &[&new])
            .decision()
            .contains("used=3")
    );
    site.gate
        .install_keys(Keyring::new(&[(2, [8; 32])]).expect("keys"));
    assert!(
        site.get("/stories/d", &[&old])
            .decision()
            .contains("used=1"),
        "forgotten"
    );
}

#[test]
fn a_changed_limit_holds_from_the_next_request_and_keeps_what_was_counted() {
    let site = Site::start(&Setup::default());
    let line = site.walled();
    assert_eq!(site.get("/stories/d", &[&line]).reason(), "meter-exhausted");
    let mut more = site.policy(&Setup::default());
    more.rules = rules(4);
    site.gate.install(more);
    assert!(
        site.get("/stories/d", &[&line])
            .decision()
            .contains("used=4; limit=4")
    );
}

#[test]
fn observing_decides_and_counts_and_withholds_nothing() {
    let site = Site::start(&Setup {
        mode: Mode::Observe,
        ..Setup::default()
    });
    let line = site.walled();
    let reply = site.get("/stories/d", &[&line]);
    assert!(
        reply
            .decision()
            .starts_with("preview; reason=meter-exhausted")
    );
    assert!(reply.decision().ends_with("mode=observe"));
    let (_, hidden) = shown_and_hidden("d");
    let text = reply.text();
    assert!(hidden.iter().all(|token| text.contains(token)));
    assert!(
        !text.contains("class=\"ludgate-"),
        "and says nothing to the reader"
    );
}

#[test]
fn one_story_is_fetched_once_for_many_readers_and_again_when_it_has_changed() {
    let site = Site::start(&Setup::default());
    let fetches = || site.origin.fetches.load(Ordering::SeqCst);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| site.get("/stories/a", &[]));
        }
    });
    assert_eq!(fetches(), 1);
    site.change(&Setup::default());
    site.get("/stories/a", &[]);
    assert_eq!(fetches(), 2);
    site.pass(SignedDuration::from_secs(61));
    site.get("/stories/a", &[]);
    assert_eq!(fetches(), 3);
}

#[test]
fn a_list_is_kept_for_as_long_as_the_publication_says_and_no_second_longer() {
    let site = Site::start(&Setup::default());
    for (passes, fetches) in [(0, 1), (4, 1), (1, 2), (4, 2), (1, 3)] {
        site.pass(SignedDuration::from_secs(passes));
        assert_eq!(site.get("/soon", &[]).status, 200);
        assert_eq!(site.fetches(), fetches);
    }
}

#[test]
fn all_can_be_forgotten_but_what_is_below_some_paths() {
    let site = Site::start(&Setup::default());
    let all = ["/", "/soon", "/stories/a", "/stories/b"];
    let ask = |paths: &[&str]| paths.iter().for_each(|path| drop(site.get(path, &[])));
    ask(&all);
    let which = Purge::Outside(["/stories/".into()].into());
    assert_eq!(site.gate.purge(&[which]), 2);
    ask(&["/stories/a", "/stories/b"]);
    assert_eq!(site.fetches(), 4);
    ask(&all);
    assert_eq!(site.fetches(), 6);
}

#[test]
fn when_a_refresh_fails_the_last_good_page_serves_beginnings_only() {
    let site = Site::start(&Setup::default());
    let line = format!("Cookie: {}", site.reader(&["a"]));
    site.origin.down.store(true, Ordering::SeqCst);
    site.pass(SignedDuration::from_secs(61));
    site.get("/stories/a", &[&line]);
    let (shown, hidden) = shown_and_hidden("a");
    let reply = site.get("/stories/a", &[&line]);
    assert!(
        reply.decision().starts_with("preview; reason=unavailable"),
        "{}",
        reply.decision()
    );
    let text = reply.text();
    assert!(text.contains(&shown) && hidden.iter().all(|token| !text.contains(token)));
    assert!(
        site.get("/stories/a", &[]).cookie().is_none(),
        "and nobody is counted"
    );
    assert_eq!(site.get("/stories/b", &[&line]).status, 503);
    site.origin.down.store(false, Ordering::SeqCst);
    site.pass(SignedDuration::from_secs(10));
    site.get("/stories/a", &[&line]);
    let text = site.get("/stories/a", &[&line]).text();
    assert!(
        hidden.iter().all(|token| text.contains(token)),
        "and recovers"
    );
}

#[test]
fn a_page_that_can_not_be_taken_apart_safely_is_not_served() {
    let site = Site::start(&Setup::default());
    for path in ["/stories/broken", "/stories/charset"] {
        let reply = site.get(path, &[]);
        assert_eq!(
            (reply.status, reply.header("cache-control")),
            (503, Some("no-store"))
        );
        assert!(reply.cookie().is_none());
    }
}

#[test]
fn where_every_count_must_be_on_disk_it_is_before_the_story_is_sent() {
    let site = Site::start(&Setup {
        sync: true,
        ..Setup::default()
    });
    let line = site.walled();
    assert_eq!(site.gate.meter().stats().unwritten, 0);
    assert_eq!(site.get("/stories/d", &[&line]).reason(), "meter-exhausted");
}

#[test]
fn readers_are_addressed_in_the_language_they_ask_for_if_the_publication_speaks_it() {
    let site = Site::start(&Setup::default());
    let line = site.walled();
    let mut policy = site.policy(&Setup::default());
    policy.locales = ["en", "ja", "ar"]
        .map(|tag| tag.parse().expect("a locale"))
        .to_vec();
    policy.negotiate_locale = true;
    site.gate.install(policy);
    let wall = |accept: &str| {
        site.get(
            "/stories/d",
            &[&line, &format!("Accept-Language: {accept}")],
        )
        .text()
    };
    assert!(wall("ja-JP,ja;q=0.9,en;q=0.8").contains("lang=\"ja\""));
    assert!(wall("ar").contains("dir=\"rtl\""));
    assert!(wall("fr, en;q=0.5").contains("Subscribe"));
    assert!(
        wall("tlh").contains("Subscribe"),
        "and in the first one otherwise"
    );
}

#[test]
fn who_asks_for_no_language_is_addressed_in_that_of_the_story() {
    let site = Site::start(&Setup::default());
    let line = site.walled();
    // Its stories are in English.
    let check = |locales: &[&str], negotiate: bool, accept: &str, expected: &str| {
        let mut policy = site.policy(&Setup::default());
        let locales = locales.iter().map(|tag| tag.parse().expect("a locale"));
        policy.locales = locales.collect();
        policy.negotiate_locale = negotiate;
        site.gate.install(policy);
        let accept = format!("Accept-Language: {accept}");
        let page = site.get("/stories/d", &[&line, &accept]).text();
        let wall = format!("data-ludgate-wall=\"paywall\" lang=\"{expected}\"");
        assert!(page.contains(&wall), "{negotiate} {accept}: {expected}");
    };
    check(&["ja", "en"], false, "ja", "en");
    // Which is said as English is, for want of words of its own.
    check(&["ja", "en-GB"], false, "ja", "en");
    check(&["ja", "en"], true, "ja", "ja");
    check(&["ja", "en"], true, "tlh", "en");
    check(&["ja", "de"], false, "en", "ja");
    check(&["ja"], false, "en", "ja");
}

#[test]
fn a_page_that_grows_a_second_encoding_leaves_the_cache_in_order() {
    let site = Site::start(&Setup::default());
    for _ in 0..3 {
        site.get("/stories/a", &["Accept-Encoding: zstd"]);
        site.change(&Setup::default());
        assert_eq!(site.get("/stories/a", &[]).status, 200);
    }
    let (pages, bytes) = site.gate.pages().size();
    assert!(
        pages == 1 && bytes < 1 << 20,
        "{pages} pages of {bytes} bytes"
    );
}

#[test]
fn asking_about_tomorrow_shows_nobody_tomorrows_paper() {
    let site = Site::start(&Setup::default());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let tomorrow = "2026-12-24T06:00:00Z".parse().expect("a time");
    let who = site.gate.who("anonymous").expect("a reader");
    let whence = Whence::default();
    let explain = site
        .gate
        .explain("/stories/embargoed", &who, &whence, tomorrow);
    runtime
        .expect("a runtime")
        .block_on(explain)
        .expect("there by then");
    assert_eq!(site.get("/stories/embargoed", &[]).status, 404);
}

#[test]
fn archives_are_asked_not_to_hand_out_copies_of_what_is_gated() {
    let site = Site::start(&Setup::default());
    let line = format!("Cookie: {}", site.reader(&["a"]));
    for target in ["/stories/a", "/stories/locked"] {
        let reply = site.get(target, &[&line]);
        assert_eq!(reply.header("x-robots-tag"), Some("noarchive"), "{target}");
    }
    for target in ["/", "/stories/free", "/stories/sponsored"] {
        assert_eq!(
            site.get(target, &[]).header("x-robots-tag"),
            None,
            "{target}"
        );
    }
}

#[test]
fn a_policy_that_fits_no_page_leaves_the_beginning_of_what_was_good() {
    let site = Site::start(&Setup::default());
    let line = format!("Cookie: {}", site.reader(&["a"]));
    let mut unfit = site.policy(&Setup::default());
    unfit.articles.compile = unfit
        .articles
        .compile
        .body([".nowhere"])
        .expect("a selector");
    site.gate.install(unfit);
    let (shown, hidden) = shown_and_hidden("a");
    let reply = site.get("/stories/a", &[&line]);
    assert_eq!((reply.status, reply.reason()), (200, "unavailable"));
    let text = reply.text();
    assert!(text.contains(&shown) && hidden.iter().all(|token| !text.contains(token)));
    assert_eq!(site.get("/stories/never-seen", &[&line]).status, 503);
}
