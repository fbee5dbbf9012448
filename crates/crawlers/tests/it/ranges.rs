//! Published ranges, which need no look-up.

use ludgate_crawlers::{Agent, Ranges, Verdict};

use crate::scene::{BINGBOT, CRAWLER, FIREFOX, GOOGLEBOT, Scene, crawler, google};

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
    Ranges::load([(Agent::named(agent).unwrap(), path)]).unwrap()
}

#[tokio::test]
async fn an_address_in_a_published_range_is_a_crawlers_at_once() {
    let scene = Scene::with(google()).await;
    scene
        .crawlers
        .replace_ranges(published("googlebot", "192.0.2.0/27"));
    assert_eq!(scene.verdict("192.0.2.31", GOOGLEBOT), crawler("googlebot"));
    assert_eq!(
        scene.verdict("::ffff:192.0.2.31", GOOGLEBOT),
        crawler("googlebot")
    );
    assert_eq!(scene.verdict("192.0.2.31", FIREFOX), Verdict::Stranger);
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
    scene
        .crawlers
        .replace_ranges(published("duckduckbot", "192.0.2.1/32"));
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
async fn new_ranges_hold_at_once() {
    let scene = Scene::with(google()).await;
    scene
        .crawlers
        .replace_ranges(published("googlebot", "2001:db8:7::/48"));
    assert_eq!(
        scene.verdict("2001:db8:7::1", GOOGLEBOT),
        crawler("googlebot")
    );
    scene.crawlers.replace_ranges(Ranges::default());
    assert_eq!(
        scene.verify("2001:db8:7::1", GOOGLEBOT).await,
        Verdict::Stranger
    );
}
