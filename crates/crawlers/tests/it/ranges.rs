//! Published ranges, which need no look-up.

use std::time::Duration;

use ludgate_crawlers::{Agent, Config, Crawlers, Ranges, Verdict};
use tokio::runtime::Handle;

use crate::scene::{BINGBOT, CRAWLER, GOOGLEBOT, Scene, claim, crawler, google};

const DUCKDUCKBOT: &str = "DuckDuckBot/1.1; (+http://duckduckgo.com/duckduckbot.html)";

fn published(agent: &str, prefix: &str) -> Ranges {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ranges.json");
    let kind = if prefix.contains(':') {
        "ipv6Prefix"
    } else {
        "ipv4Prefix"
    };
    std::fs::write(
        &path,
        format!(r#"{{"prefixes": [{{"{kind}": "{prefix}"}}]}}"#),
    )
    .unwrap();
    let mut ranges = Ranges::default();
    ranges.add(Agent::named(agent).unwrap(), &path).unwrap();
    ranges
}

#[tokio::test]
async fn an_address_in_a_published_range_is_a_crawlers_at_once() {
    let scene = Scene::with(google()).await;
    let scene = scene.and_ranges(published("googlebot", "192.0.2.0/27"));
    assert_eq!(scene.verdict("192.0.2.31", GOOGLEBOT), crawler("googlebot"));
    assert_eq!(
        scene.verdict("::ffff:192.0.2.31", GOOGLEBOT),
        crawler("googlebot")
    );
    assert_eq!(scene.dns.asked(), 0);
    // A range vouches for its own agent, and DNS for what is outside of it.
    assert_eq!(scene.verify("192.0.2.31", BINGBOT).await, Verdict::Stranger);
    assert_eq!(
        scene.verify("192.0.2.32", GOOGLEBOT).await,
        Verdict::Stranger
    );
    assert_eq!(scene.verify(CRAWLER, GOOGLEBOT).await, crawler("googlebot"));
}

#[tokio::test]
async fn an_agent_without_crawl_hosts_is_verified_by_ranges_only() {
    let scene = Scene::with(google()).await;
    assert_eq!(
        scene.verify("192.0.2.1", DUCKDUCKBOT).await,
        Verdict::Stranger
    );
    let scene = scene.and_ranges(published("duckduckbot", "192.0.2.1/32"));
    assert_eq!(
        scene.verify("192.0.2.1", DUCKDUCKBOT).await,
        crawler("duckduckbot")
    );
    assert_eq!(
        scene.verify("192.0.2.2", DUCKDUCKBOT).await,
        Verdict::Stranger
    );
    assert_eq!(scene.dns.asked(), 0);
}

#[tokio::test]
async fn other_ranges_hold_at_once_and_what_was_found_out_stays_known() {
    let scene = Scene::with(google()).await;
    assert_eq!(scene.verify(CRAWLER, GOOGLEBOT).await, crawler("googlebot"));
    let asked = scene.dns.asked();
    let scene = scene.and_ranges(published("googlebot", "2001:db8:7::/48"));
    assert_eq!(
        scene.verdict("2001:db8:7::1", GOOGLEBOT),
        crawler("googlebot")
    );
    assert_eq!(scene.verdict(CRAWLER, GOOGLEBOT), crawler("googlebot"));
    assert_eq!(scene.dns.asked(), asked);
    let scene = scene.and_ranges(Ranges::default());
    assert_eq!(
        scene.verify("2001:db8:7::1", GOOGLEBOT).await,
        Verdict::Stranger
    );
}

#[tokio::test]
async fn without_a_server_ranges_alone_vouch() {
    let config = Config {
        servers: Vec::new(),
        timeout: Duration::from_secs(1),
        keep: Duration::from_hours(1),
    };
    let ranges = published("googlebot", "192.0.2.0/27");
    let crawlers = Crawlers::new(config, ranges, Handle::current()).unwrap();
    let verdict = |address| {
        let (address, agent) = claim(address, GOOGLEBOT);
        crawlers.verdict(address, agent, Duration::ZERO)
    };
    assert_eq!(verdict("192.0.2.1"), crawler("googlebot"));
    assert_eq!(verdict(CRAWLER), Verdict::Unknown);
    assert_eq!(crawlers.stats().under_way, 0);
}
