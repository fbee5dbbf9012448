//! Search engines' crawlers: who is one reads on, and who only says so is anybody.

use std::sync::Arc;
use std::time::Duration;

use ::crawlers::{Config, Crawlers, Ranges};
use ludgate_gateway::Crawling;

use crate::canary::{leaks, shown_and_hidden};
use crate::client::{Reply, request, send};
use crate::cms::{Cms, known};
use crate::dns::{Dns, Reply as Answer, Zone, addresses, names, on_a_thread};
use crate::site::{Setup, Site};
use hickory_resolver::proto::rr::RecordType;

const GOOGLEBOT: &str =
    "User-Agent: Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const FIREFOX: &str =
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// A crawler of Google's, as a proxy tells of it, and the name of its address.
const CRAWLER: &str = "X-Forwarded-For: 66.249.66.1";
const CRAWL_HOST: &str = "crawl-66-249-66-1.googlebot.com";

/// An address of somebody's own.
const LIAR: &str = "203.0.113.9";

/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(20);

/// Servers that know Google's crawler and what is in `more`; the gate asks them,
/// and a request waits so long.
fn names_of(more: Zone, wait: Duration, open: bool) -> (Dns, Crawling) {
    let runtime = on_a_thread();
    let mut zone = Zone::from([
        names("66.249.66.1", &[CRAWL_HOST]),
        addresses(CRAWL_HOST, &["66.249.66.1"]),
    ]);
    zone.extend(more);
    let dns = runtime.block_on(Dns::serve(zone, open));
    let config = Config {
        servers: vec![dns.address],
        timeout: Duration::from_secs(5),
        keep: Duration::from_hours(24),
    };
    let crawlers = Crawlers::new(config, Ranges::default(), runtime).expect("crawlers");
    (dns, Crawling { crawlers, wait })
}

/// A site behind a proxy that tells whom it stands for.
fn setup(crawling: Crawling) -> Setup {
    Setup {
        trusted: &["127.0.0.0/8"],
        crawling: Some(crawling),
        ..Setup::default()
    }
}

fn usual() -> (Dns, Site) {
    let (dns, crawling) = names_of(Zone::new(), LONG, true);
    (dns, Site::start(&setup(crawling)))
}

#[track_caller]
fn is_whole(reply: &Reply, story: &str) {
    assert_eq!(reply.reason(), "crawler", "{}", reply.head);
    let text = reply.text();
    let (_, hidden) = shown_and_hidden(story);
    assert!(hidden.iter().all(|token| text.contains(token)), "{story}");
    assert_eq!(reply.header("cache-control"), Some("private, no-store"));
    assert_eq!(reply.header("x-robots-tag"), Some("noarchive"));
    assert!(reply.cookie().is_none(), "{}", reply.head);
}

#[track_caller]
fn is_walled(reply: &Reply, story: &str) {
    assert!(reply.decision().starts_with("preview"), "{}", reply.head);
    let (shown, _) = shown_and_hidden(story);
    assert!(reply.text().contains(&shown), "the beginning is there");
    let found = leaks(story, &[reply.head.as_bytes(), &reply.decoded()].concat());
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn a_crawler_reads_every_story_whole_and_nothing_is_counted() {
    let (dns, site) = usual();
    let cookie = site.walled();
    for story in ["a", "d", "e", "f", "g", "locked"] {
        let target = format!("/stories/{story}");
        is_whole(&site.get(&target, &[GOOGLEBOT, CRAWLER]), story);
        // Whatever cookie it was sent with, the reader's meter stands still.
        is_whole(&site.get(&target, &[GOOGLEBOT, CRAWLER, &cookie]), story);
    }
    let reply = site.get("/stories/d", &[&cookie]);
    assert!(
        reply.decision().contains("reason=meter-exhausted"),
        "{}",
        reply.decision()
    );
    assert!(reply.decision().contains("used=3"), "{}", reply.decision());
    assert_eq!(
        site.get("/stories/sponsored", &[GOOGLEBOT, CRAWLER])
            .reason(),
        "sponsored"
    );
    let head = request("HEAD", "/stories/locked", &[GOOGLEBOT, CRAWLER]);
    assert_eq!(send(site.address, &head).reason(), "crawler");
    assert_eq!(dns.asked(), 2, "looked up once");
}

#[test]
fn a_crawler_takes_nothing_from_its_networks_budget_and_needs_none() {
    let (_dns, crawling) = names_of(Zone::new(), LONG, true);
    let site = Site::start(&Setup {
        fresh_readers: 0,
        ..setup(crawling)
    });
    is_whole(&site.get("/stories/a", &[GOOGLEBOT, CRAWLER]), "a");
    let reply = site.get("/stories/a", &[FIREFOX, CRAWLER]);
    assert_eq!(reply.reason(), "fresh-reader-budget");
}

#[test]
fn who_only_says_so_meets_the_wall() {
    let look_alike = "crawl-203-0-113-9.googlebot.com.evil.example";
    let proxy = "google-proxy-203-0-113-9.google.com";
    let fetcher = "203-0-113-9.gae.googleusercontent.com";
    let bing = "msnbot-203-0-113-9.search.msn.com";
    let rows: [(&str, Zone); 7] = [
        ("an address without a name", Zone::new()),
        (
            "a host that looks like one",
            Zone::from([names(LIAR, &[look_alike]), addresses(look_alike, &[LIAR])]),
        ),
        (
            "what fetches for a person",
            Zone::from([names(LIAR, &[proxy]), addresses(proxy, &[LIAR])]),
        ),
        (
            "what anybody may run there",
            Zone::from([names(LIAR, &[fetcher]), addresses(fetcher, &[LIAR])]),
        ),
        (
            "another's crawl host",
            Zone::from([names(LIAR, &[bing]), addresses(bing, &[LIAR])]),
        ),
        (
            "a crawl host with another address",
            Zone::from([names(LIAR, &[CRAWL_HOST])]),
        ),
        (
            "servers that fail",
            Zone::from([(
                (crate::dns::reverse(LIAR), RecordType::PTR),
                Answer::Garbage,
            )]),
        ),
    ];
    for (what, zone) in rows {
        let (dns, crawling) = names_of(zone, LONG, true);
        let site = Site::start(&setup(crawling));
        let cookie = site.walled();
        let from = format!("X-Forwarded-For: {LIAR}");
        let locked = site.get("/stories/locked", &[GOOGLEBOT, &from]);
        assert!(dns.asked() > 0, "{what}");
        is_walled(&locked, "locked");
        is_walled(&site.get("/stories/d", &[GOOGLEBOT, &from, &cookie]), "d");
        // As anybody, they are counted.
        let counted = site.get("/stories/d", &[GOOGLEBOT, &from]);
        assert_eq!(counted.reason(), "counted", "{what}");
    }
}

#[test]
fn who_may_be_one_waits_no_longer_than_is_said_and_is_anybody_meanwhile() {
    for wait in [Duration::ZERO, Duration::from_millis(50)] {
        let (dns, crawling) = names_of(Zone::new(), wait, false);
        let crawlers = crawling.crawlers.clone();
        let site = Site::start(&setup(crawling));
        is_walled(
            &site.get("/stories/locked", &[GOOGLEBOT, CRAWLER]),
            "locked",
        );
        assert_eq!(crawlers.stats().under_way, 1);
        dns.open();
        while crawlers.stats().under_way > 0 {
            std::thread::yield_now();
        }
        is_whole(
            &site.get("/stories/locked", &[GOOGLEBOT, CRAWLER]),
            "locked",
        );
    }
}

#[test]
fn the_first_request_of_a_crawler_waits_for_the_look_up() {
    let (dns, crawling) = names_of(Zone::new(), LONG, false);
    let crawlers = crawling.crawlers.clone();
    let site = Site::start(&setup(crawling));
    std::thread::scope(|scope| {
        let first = scope.spawn(|| site.get("/stories/locked", &[GOOGLEBOT, CRAWLER]));
        while crawlers.stats().waiting == 0 {
            std::thread::yield_now();
        }
        // Nobody else waits with it.
        assert_eq!(
            site.get("/stories/a", &[FIREFOX, CRAWLER]).reason(),
            "counted"
        );
        assert_eq!(site.get("/stories/a", &[CRAWLER]).reason(), "counted");
        assert_eq!(site.get("/", &[GOOGLEBOT, CRAWLER]).status, 200);
        assert_eq!(dns.asked(), 1);
        dns.open();
        is_whole(&first.join().expect("an answer"), "locked");
    });
    assert_eq!(crawlers.stats().waiting, 0);
}

#[test]
fn an_address_that_no_trusted_proxy_tells_is_no_crawlers() {
    let (dns, crawling) = names_of(Zone::new(), LONG, true);
    let site = Site::start(&setup(crawling.clone()));
    for line in ["X-Forwarded-For: unknown", "Forwarded: for=66.249.66.1"] {
        is_walled(&site.get("/stories/locked", &[GOOGLEBOT, line]), "locked");
    }
    // The claim is the last hop's, whatever was said before it.
    let claimed = "X-Forwarded-For: 66.249.66.1, 10.0.0.9";
    is_walled(
        &site.get("/stories/locked", &[GOOGLEBOT, claimed]),
        "locked",
    );
    let site = Site::start(&Setup {
        trusted: &[],
        ..setup(crawling)
    });
    is_walled(
        &site.get("/stories/locked", &[GOOGLEBOT, CRAWLER]),
        "locked",
    );
    assert_eq!(dns.asked(), 0, "nobody is asked about a network of our own");
}

#[test]
fn a_foreign_site_is_asked_as_by_nobody_and_its_story_read_whole() {
    let (_dns, crawling) = names_of(Zone::new(), LONG, true);
    let setup = Setup {
        foreign: Some(Arc::new(known())),
        ..setup(crawling)
    };
    let site = Site::before(&setup, Cms::default());
    let reply = site.get("/blog/a", &[GOOGLEBOT, CRAWLER, "Cookie: sid=1"]);
    is_whole(&reply, "a");
    assert_eq!(site.asked(), ["GET /blog/a"]);
    let liar = format!("X-Forwarded-For: {LIAR}");
    let reader = site.get("/blog/a", &[FIREFOX, &liar]);
    assert_eq!(reader.reason(), "counted");
    assert!(site.asked().is_empty(), "what the crawler was sent is kept");
}
