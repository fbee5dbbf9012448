//! Claimed crawlers in great numbers.

use std::time::Duration;

use ludgate_crawlers::Verdict;
use tokio::task::JoinSet;

use crate::scene::{CRAWLER, GOOGLEBOT, Scene, claim, crawler, google};

/// An address in a network of its own.
fn liar(number: usize) -> String {
    format!("203.{}.{}.9", number / 256, number % 256)
}

#[tokio::test]
async fn a_flood_from_many_networks_starts_a_bounded_number_of_look_ups() {
    let scene = Scene::held(google()).await;
    for number in 0..10_000 {
        let verdict = scene.verdict(&liar(number), GOOGLEBOT);
        assert_eq!(verdict, Verdict::Unknown);
    }
    assert_eq!(scene.crawlers.stats().under_way, 64);
    scene.dns.open();
    for number in 0..64 {
        let verdict = scene.verify(&liar(number), GOOGLEBOT).await;
        assert_eq!(verdict, Verdict::Stranger);
    }
    let stats = scene.crawlers.stats();
    assert_eq!((stats.kept, stats.under_way), (64, 0));
    assert_eq!(scene.dns.asked(), 64);
    // The crawler gets its turn again.
    assert_eq!(scene.verify(CRAWLER, GOOGLEBOT).await, crawler("googlebot"));
}

#[tokio::test]
async fn a_flood_from_one_network_leaves_room_for_crawlers() {
    let scene = Scene::held(google()).await;
    for number in 0..=255 {
        let _ = scene.verdict(&format!("203.0.113.{number}"), GOOGLEBOT);
        let _ = scene.verdict(&format!("2001:db8:0:{number:x}::1"), GOOGLEBOT);
    }
    assert_eq!(scene.crawlers.stats().under_way, 32);
    scene.dns.open();
    assert_eq!(scene.verify(CRAWLER, GOOGLEBOT).await, crawler("googlebot"));
}

#[tokio::test]
async fn a_bounded_number_of_requests_wait_and_the_rest_are_answered_at_once() {
    let scene = Scene::held(google()).await;
    let (address, agent) = claim(CRAWLER, GOOGLEBOT);
    let mut waiting = JoinSet::new();
    for _ in 0..300 {
        let crawlers = scene.crawlers.clone();
        waiting.spawn(async move {
            let patience = Duration::from_secs(20);
            crawlers
                .verify(address, agent, Duration::ZERO, patience)
                .await
        });
    }
    for _ in 0..300 - 256 {
        let verdict = waiting.join_next().await.unwrap().unwrap();
        assert_eq!(verdict, Verdict::Unknown);
    }
    scene.dns.open();
    while let Some(verdict) = waiting.join_next().await {
        assert_eq!(verdict.unwrap(), crawler("googlebot"));
    }
}

#[tokio::test]
async fn private_addresses_claim_in_vain() {
    let scene = Scene::with(google()).await;
    for address in [
        "127.0.0.1",
        "10.1.2.3",
        "::ffff:192.168.0.1",
        "::1",
        "fd00::1",
    ] {
        assert_eq!(scene.verify(address, GOOGLEBOT).await, Verdict::Stranger);
    }
    assert_eq!(scene.dns.asked(), 0);
}
