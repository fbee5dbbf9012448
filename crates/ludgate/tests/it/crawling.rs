//! `[crawlers]`: what can be written, what comes of it, and what a reload keeps.

use std::net::SocketAddr;

use crate::configuration::check;
use crate::dns::{Dns, Zone, addresses, names, on_a_thread};
use crate::program::{Paper, decision, said};

const GOOGLEBOT: &str = "User-Agent: Mozilla/5.0 (compatible; Googlebot/2.1; \
                         +http://www.google.com/bot.html)\r\n";
const BINGBOT: &str = "User-Agent: bingbot/2.0\r\n";
const CRAWLER: &str = "X-Forwarded-For: 66.249.66.1\r\n";
const CRAWL_HOST: &str = "crawl-66-249-66-1.googlebot.com";

fn google() -> Dns {
    let zone = Zone::from([
        names("66.249.66.1", &[CRAWL_HOST]),
        addresses(CRAWL_HOST, &["66.249.66.1"]),
    ]);
    on_a_thread().block_on(Dns::serve(zone, true))
}

/// A paper behind a proxy, whose crawlers are verified so.
fn paper(crawlers: &str) -> Paper {
    let paper = Paper::new();
    for story in ["one", "two", "three", "four"] {
        paper.story(story);
    }
    paper.edit("ludgate.toml", |text| {
        text.replace("[server]", "[server]\ntrusted_proxies = [\"127.0.0.1\"]")
            + "\n[debug]\nexpose_decisions = true\n\n[crawlers]\n"
            + crawlers
    });
    paper
}

fn asking(servers: SocketAddr) -> String {
    format!("dns = \"{servers}\"\nwait = \"5 s\"\n")
}

/// A file as search engines publish them.
fn ranges(paper: &Paper, prefix: &str) {
    let text = format!("{{\"prefixes\": [{{\"ipv4Prefix\": \"{prefix}\"}}]}}");
    std::fs::write(paper.path("bingbot.json"), text).expect("a file");
}

fn metric(admin: SocketAddr, paper: &Paper, name: &str) -> String {
    let token = std::fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let header = format!("Authorization: Bearer {}\r\n", token.trim());
    let (_, text) = crate::program::get(admin, "/metrics", &header);
    let line = text.lines().find(|line| line.starts_with(name));
    let line = line.unwrap_or_else(|| panic!("no {name} in {text}"));
    line.rsplit(' ').next().unwrap_or_default().to_owned()
}

#[test]
fn a_crawler_reads_on_and_who_says_that_they_are_one_does_not() {
    let dns = google();
    let paper = paper(&asking(dns.address));
    let server = paper.serve();
    for story in ["one", "two", "three", "four"] {
        let target = format!("/stories/{story}");
        let (_, page) = server.get(&target, &[GOOGLEBOT, CRAWLER].concat());
        assert_eq!(decision(&page), "full; reason=crawler");
        assert!(page.contains("Paragraph 19"), "{page}");
        let lower = page.to_ascii_lowercase();
        assert!(lower.contains("cache-control: private, no-store"), "{page}");
        assert!(lower.contains("x-robots-tag: noarchive"), "{page}");
        assert!(!lower.contains("set-cookie"), "{page}");
    }
    let liar = format!("{GOOGLEBOT}X-Forwarded-For: 203.0.113.9\r\n");
    let (_, page) = server.get("/stories/one", &liar);
    assert!(decision(&page).contains("counted"), "{}", decision(&page));
    let count = |name: &str| metric(server.admin, &paper, name);
    let claims = |verdict: &str| {
        count(&format!(
            "ludgate_crawler_claims_total{{verdict=\"{verdict}\"}}"
        ))
    };
    assert_eq!(
        [claims("verified"), claims("refuted"), claims("unknown")],
        ["4", "1", "0"]
    );
    assert_eq!(count("ludgate_crawlers_kept "), "2");
    assert_eq!(count("ludgate_crawlers_waiting "), "0");
    assert_eq!(count("ludgate_crawlers_looked_up "), "0");
    assert_eq!(count("ludgate_fresh_readers_total"), "1");
    let config = paper.config();
    let about = ["--story", "/stories/one", "--reader", "crawler"];
    let (_, text) = said(&[&["explain", "--config", &config], &about[..]].concat());
    assert!(text.contains("full, because: crawler"), "{text}");
    assert!(text.contains("verified search crawlers"), "{text}");
}

#[test]
fn where_crawlers_are_not_verified_nobody_is_one() {
    let dns = google();
    let paper = paper(&(asking(dns.address) + "verify = false\n"));
    let server = paper.serve();
    let (_, page) = server.get("/stories/one", &[GOOGLEBOT, CRAWLER].concat());
    assert!(decision(&page).contains("counted"), "{}", decision(&page));
    assert_eq!(dns.asked(), 0);
}

#[test]
fn a_reload_keeps_what_was_found_out_and_takes_up_other_ranges() {
    let dns = google();
    let paper = paper(&(asking(dns.address) + "ranges = { bingbot = \"bingbot.json\" }\n"));
    ranges(&paper, "192.0.2.0/24");
    let mut server = paper.serve();
    let google = |server: &crate::program::Server| {
        let (_, page) = server.get("/stories/one", &[GOOGLEBOT, CRAWLER].concat());
        assert_eq!(decision(&page), "full; reason=crawler");
    };
    let bing = |server: &crate::program::Server, last: &str| {
        let headers = format!("{BINGBOT}X-Forwarded-For: {last}\r\n");
        let (_, page) = server.get("/stories/one", &headers);
        decision(&page).contains("crawler")
    };
    google(&server);
    let asked = dns.asked();
    assert!(bing(&server, "192.0.2.9") && !bing(&server, "198.51.100.9"));
    let asked_about_bing = dns.asked() - asked;
    ranges(&paper, "198.51.100.0/24");
    server.wait_for("files changed");
    assert!(bing(&server, "198.51.100.9"));
    // What isn't in a range any more is looked up, and found to be nobody's.
    assert!(!bing(&server, "192.0.2.9"));
    assert_eq!(dns.asked(), asked + 2 * asked_about_bing);
    google(&server);
    assert_eq!(dns.asked(), asked + 2 * asked_about_bing, "known before");

    // A bad file changes nothing, and says so; a good one after it does.
    ranges(&paper, "0.0.0.0/0");
    server.wait_for("too much of the internet");
    assert!(bing(&server, "198.51.100.9"));
    ranges(&paper, "203.0.113.0/24");
    server.wait_for("\"files changed\"");
    assert!(bing(&server, "203.0.113.9"));
}

#[test]
fn mistakes_about_crawlers_are_named_where_they_are() {
    let section = |keys: &str| format!("[crawlers]\n{keys}\n\n[[meters]]");
    for (keys, place, words) in [
        ("verfy = true", ":19:1:", "did you mean `verify`?"),
        (
            "dns = \"localhost\"",
            ":19:7:",
            "is no address of a DNS server",
        ),
        (
            "dns = [\"127.0.0.1:53\", \"::1\", \"127.0.0.2\", \"127.0.0.3\"]",
            ":19:7:",
            "of more than 3 DNS servers",
        ),
        ("timeout = \"0 s\"", ":19:11:", "from \"100 ms\" to \"5 s\""),
        (
            "timeout = \"1 min\"",
            ":19:11:",
            "from \"100 ms\" to \"5 s\"",
        ),
        ("wait = \"1 min\"", ":19:8:", "longer than \"5 s\""),
        (
            "ranges = { gogglebot = \"x.json\" }",
            ":19:12:",
            "did you mean \"googlebot\"?",
        ),
        (
            "ranges = { googlebot = \"x.json\" }",
            ":19:24:",
            "x.json: can't be read",
        ),
        (
            "ranges = { googlebot = \"ludgate.toml\" }",
            ":19:24:",
            "download it again from https://",
        ),
    ] {
        check("[[meters]]", &section(keys), &[place, words]);
    }
}

#[test]
fn a_start_without_servers_to_ask_goes_on_with_ranges_alone_where_that_is_meant() {
    let paper = paper("dns = []\nranges = { bingbot = [\"bingbot.json\"] }\n");
    ranges(&paper, "192.0.2.0/24");
    let server = paper.serve();
    assert!(!server.seen.contains("WARN"), "{}", server.seen);
    let headers = format!("{BINGBOT}X-Forwarded-For: 192.0.2.9\r\n");
    let (_, page) = server.get("/stories/one", &headers);
    assert_eq!(decision(&page), "full; reason=crawler");
    let (_, page) = server.get("/stories/one", &[GOOGLEBOT, CRAWLER].concat());
    assert!(decision(&page).contains("counted"), "{}", decision(&page));
    let unknown = "ludgate_crawler_claims_total{verdict=\"unknown\"}";
    assert_eq!(metric(server.admin, &paper, unknown), "1");
}
