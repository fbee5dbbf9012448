//! Servers that fail, and what they can't make us do.

use std::time::Duration;

use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::RecordType;
use ludgate_crawlers::Verdict;

use crate::dns::{Reply, Zone, address, ptr, reverse};
use crate::scene::{CRAWL_HOST, CRAWLER, GOOGLEBOT, Scene, claim, crawler, google};

/// The crawler's names, as many as wanted; the last is the true one.
fn pointers(count: usize) -> Vec<hickory_resolver::proto::rr::Record> {
    let owner = reverse(CRAWLER);
    let others = (1..count).map(|number| ptr(&owner, &format!("{number}.example.com")));
    others.chain([ptr(&owner, CRAWL_HOST)]).collect()
}

/// What fails makes nobody a crawler, and is tried again after a minute and not
/// before.
async fn check(question: RecordType, reply: Reply) {
    let name = match question {
        RecordType::PTR => reverse(CRAWLER),
        _ => CRAWL_HOST.to_owned(),
    };
    let mut zone = google();
    zone.insert((name, question), reply.clone());
    let scene = Scene::hasty(zone).await;
    let what = format!("{question} {reply:?}");
    assert_eq!(
        scene.verify(CRAWLER, GOOGLEBOT).await,
        Verdict::Unknown,
        "{what}"
    );
    let asked = scene.dns.asked();
    assert!((1..=8).contains(&asked), "{asked} questions: {what}");
    let minute = Duration::from_mins(1);
    let before = minute.saturating_sub(Duration::from_millis(1));
    let verdict = scene.verify_at(CRAWLER, GOOGLEBOT, before).await;
    assert_eq!(verdict, Verdict::Unknown, "{what}");
    assert_eq!(scene.dns.asked(), asked, "{what}");
    let verdict = scene.verify_at(CRAWLER, GOOGLEBOT, minute).await;
    assert_eq!(verdict, Verdict::Unknown, "{what}");
    assert!(scene.dns.asked() > asked, "{what}");
}

#[tokio::test]
async fn silence_is_not_waited_for() {
    check(RecordType::PTR, Reply::Silence).await;
    check(RecordType::A, Reply::Silence).await;
}

#[tokio::test]
async fn errors_and_garbage_are_failures() {
    for code in [ResponseCode::ServFail, ResponseCode::Refused] {
        check(RecordType::PTR, Reply::Error(code)).await;
        check(RecordType::A, Reply::Error(code)).await;
    }
    check(RecordType::PTR, Reply::Garbage).await;
    check(RecordType::A, Reply::Garbage).await;
}

#[tokio::test]
async fn half_an_answer_is_none_even_if_it_has_what_was_asked_for() {
    check(RecordType::PTR, Reply::Truncated(pointers(1))).await;
    check(
        RecordType::A,
        Reply::Truncated(vec![address(CRAWL_HOST, CRAWLER)]),
    )
    .await;
}

#[tokio::test]
async fn a_thousand_names_are_not_read() {
    check(RecordType::PTR, Reply::Records(pointers(1000))).await;
    check(RecordType::PTR, Reply::Truncated(pointers(30))).await;
}

#[tokio::test]
async fn a_slow_server_is_waited_for_by_all_who_ask_together() {
    let scene = Scene::held(google()).await;
    let (first, second, ()) = tokio::join!(
        scene.verify(CRAWLER, GOOGLEBOT),
        scene.verify(CRAWLER, GOOGLEBOT),
        async { scene.dns.open() },
    );
    assert_eq!(
        (first, second),
        (crawler("googlebot"), crawler("googlebot"))
    );
    assert_eq!(scene.dns.types(), [RecordType::PTR, RecordType::A]);
}

#[tokio::test]
async fn nobody_at_the_servers_address_is_a_failure() {
    let scene = Scene::hasty(Zone::new()).await;
    let Scene { dns, crawlers } = scene;
    drop(dns);
    let (address, agent) = claim(CRAWLER, GOOGLEBOT);
    let patience = Duration::from_secs(20);
    let verdict = crawlers
        .verify(address, agent, Duration::ZERO, patience)
        .await;
    assert_eq!(verdict, Verdict::Unknown);
}
