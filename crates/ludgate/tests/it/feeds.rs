//! A reader's own feed: whole stories for as long as they may be read, and never a
//! count.

use std::time::Instant;

use crate::accounts::{A_MOMENT, beside, sign_up, site};
use crate::browser::{Browser, Reply};
use crate::buying::{anna_buys, becomes, billing, refund, shop};
use crate::program::{Server, bytes};

const PAGE: &str = "/-/account/feeds";

/// Makes an address, and says where the feed of everything is.
fn makes(browser: &mut Browser, site: &str) -> String {
    let page = browser.fill(PAGE, PAGE, &[]);
    assert_eq!(page.status, 200, "{page:?}");
    let html = page.html.replace("&#x2f;", "/");
    let address = html
        .split("value=\"")
        .filter_map(|rest| rest.split('"').next())
        .find(|value| value.ends_with("/rss.xml"));
    let address = address.unwrap_or_else(|| panic!("{page:?}"));
    address.strip_prefix(site).expect("here").to_owned()
}

/// What a machine is sent that has no cookies.
fn reads(server: &Server, address: &str) -> Reply {
    Browser::of(server.readers, "").get(address)
}

/// The end of a story, which is in no beginning.
fn hidden(slug: &str) -> String {
    format!("Paragraph 19 of {slug}")
}

#[test]
fn a_feed_has_whole_stories_for_as_long_as_they_may_be_read_and_counts_none() {
    let paper = shop();
    let server = paper.serve();
    let site = site(&paper);
    let mut browser = Browser::of(server.readers, &site);
    sign_up(&paper, &mut browser);
    let address = makes(&mut browser, &site);
    let secret = hidden("shut");
    let metered = hidden("one");

    // Who has bought nothing is sent excerpts, however often, and nothing is counted.
    for _ in 0..5 {
        let feed = reads(&server, &address);
        assert_eq!(feed.status, 200, "{feed:?}");
        assert!(feed.html.contains("/stories/shut"), "{}", feed.html);
        for text in [&secret, &metered] {
            assert!(!feed.html.contains(text.as_str()), "{}", feed.html);
        }
        for said in [
            "cache-control: private, no-store",
            "x-robots-tag: noindex",
            "content-type: application/rss+xml; charset=utf-8",
        ] {
            assert!(feed.head.contains(said), "{said}: {}", feed.head);
        }
        assert!(!feed.head.contains("set-cookie"), "{}", feed.head);
    }
    let read = browser.get("/stories/one");
    assert!(read.decision().contains("used=1;"), "{}", read.decision());

    let bought = anna_buys(&paper, &mut browser);
    let feed = reads(&server, &address);
    for text in [&secret, &metered] {
        assert!(feed.html.contains(text.as_str()), "{text}: {}", feed.html);
    }
    // What everybody is sent stays what it was.
    let public = reads(&server, "/rss.xml");
    assert!(!public.html.contains(secret.as_str()), "{}", public.html);
    let etag = feed
        .head
        .lines()
        .find_map(|line| line.strip_prefix("etag: "));
    let held = format!("If-None-Match: {}\r\n", etag.expect("a tag"));
    for (method, lines, status) in [("GET", &*held, " 304 "), ("HEAD", "", " 200 ")] {
        let (said, nothing) = bytes(server.readers, method, &address, lines);
        assert!(said.contains(status) && nothing.is_empty(), "{said}");
    }

    beside(&paper, async |store| refund(&billing(store), &bought).await);
    becomes(&mut browser, "preview; reason=subscription-");
    let feed = reads(&server, &address);
    assert!(!feed.html.contains(secret.as_str()), "{}", feed.html);

    let ended = browser.fill(PAGE, "/-/account/feeds/end", &[]);
    assert_eq!(ended.status, 303, "{ended:?}");
    assert_eq!(reads(&server, &address).status, 404);
}

#[test]
fn a_story_that_was_changed_is_so_in_the_next_feed() {
    let paper = shop();
    let server = paper.serve();
    let site = site(&paper);
    let mut browser = Browser::of(server.readers, &site);
    sign_up(&paper, &mut browser);
    anna_buys(&paper, &mut browser);
    let address = makes(&mut browser, &site);
    paper.edit("content/stories/shut.md", |text| {
        format!("{text}\nThe zeppelin has landed.\n")
    });
    let is_new = |reply: &Reply| reply.html.contains("zeppelin has landed");
    let end = Instant::now() + A_MOMENT;
    while !is_new(&browser.get("/stories/shut")) {
        assert!(Instant::now() < end, "the story never changes");
        std::thread::yield_now();
    }
    // The feed follows within the same reload.
    let mut tries = (0..50).map(|_| reads(&server, &address));
    assert!(tries.any(|feed| is_new(&feed)), "the feed never changes");
}
