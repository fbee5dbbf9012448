//! What is asked once isn't asked again until it may have changed.

use std::time::Duration;

use hickory_resolver::proto::rr::RecordType;
use ludgate_crawlers::Verdict;

use crate::dns::Zone;
use crate::scene::{BINGBOT, CRAWLER, GOOGLEBOT, Scene, claim, crawler, google};

const INSTANT: Duration = Duration::from_millis(1);

#[tokio::test]
async fn a_verified_crawler_is_looked_up_once_a_day() {
    let scene = Scene::with(google()).await;
    let day = Duration::from_hours(24);
    for now in [Duration::ZERO, INSTANT, day.saturating_sub(INSTANT)] {
        let verdict = scene.verify_at(CRAWLER, GOOGLEBOT, now).await;
        assert_eq!(verdict, crawler("googlebot"));
        assert_eq!(scene.dns.asked(), 2, "{now:?}");
    }
    let (address, agent) = claim(CRAWLER, GOOGLEBOT);
    let verdict = scene.crawlers.verdict(address, agent, day);
    assert_eq!(verdict, Verdict::Unknown);
    let verdict = scene.verify_at(CRAWLER, GOOGLEBOT, day).await;
    assert_eq!(verdict, crawler("googlebot"));
    assert_eq!(scene.dns.asked(), 4);
}

#[tokio::test]
async fn a_liar_is_looked_up_once_an_hour() {
    let scene = Scene::with(Zone::new()).await;
    let hour = Duration::from_hours(1);
    for (now, asked) in [
        (Duration::ZERO, 1),
        (hour.saturating_sub(INSTANT), 1),
        (hour, 2),
    ] {
        let verdict = scene.verify_at(CRAWLER, GOOGLEBOT, now).await;
        assert_eq!(verdict, Verdict::Stranger);
        assert_eq!(scene.dns.asked(), asked, "{now:?}");
    }
}

#[tokio::test]
async fn many_requests_of_one_crawler_share_one_look_up() {
    let scene = Scene::held(google()).await;
    for _ in 0..100 {
        assert_eq!(scene.verdict(CRAWLER, GOOGLEBOT), Verdict::Unknown);
    }
    assert_eq!(scene.crawlers.stats().under_way, 1);
    scene.dns.open();
    assert_eq!(scene.verify(CRAWLER, GOOGLEBOT).await, crawler("googlebot"));
    assert_eq!(scene.dns.types(), [RecordType::PTR, RecordType::A]);
    let stats = scene.crawlers.stats();
    assert_eq!((stats.kept, stats.under_way), (1, 0));
}

#[tokio::test]
async fn what_is_known_of_one_claim_is_not_taken_for_another() {
    let scene = Scene::with(google()).await;
    assert_eq!(scene.verify(CRAWLER, GOOGLEBOT).await, crawler("googlebot"));
    assert_eq!(scene.verify(CRAWLER, BINGBOT).await, Verdict::Stranger);
    assert_eq!(scene.verdict(CRAWLER, GOOGLEBOT), crawler("googlebot"));
}

#[tokio::test]
async fn an_address_is_forgotten_once_its_time_is_up() {
    let scene = Scene::with(google()).await;
    let day = Duration::from_hours(24);
    assert_eq!(scene.verify(CRAWLER, GOOGLEBOT).await, crawler("googlebot"));
    scene.crawlers.forget(day.saturating_sub(INSTANT));
    assert_eq!(scene.crawlers.stats().kept, 1);
    scene.crawlers.forget(day);
    assert_eq!(scene.crawlers.stats().kept, 0);
}
