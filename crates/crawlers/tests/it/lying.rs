//! Those who say they are crawlers and aren't, with all that somebody can write
//! into the reverse DNS of an address of their own.

use hickory_resolver::proto::rr::RecordType;
use ludgate_crawlers::Verdict;

use crate::dns::{Reply, address, addresses, alias, names, ptr, reverse};
use crate::scene::{BINGBOT, CRAWL_HOST, GOOGLEBOT, Scene, google};

/// An address of somebody's own.
const LIAR: &str = "203.0.113.9";

/// A liar whose servers, and everybody else's, say `zone` is a stranger.
async fn check(zone: impl IntoIterator<Item = ((String, RecordType), Reply)>) -> Scene {
    let scene = Scene::with(zone.into_iter().collect()).await;
    assert_eq!(scene.verify(LIAR, GOOGLEBOT).await, Verdict::Stranger);
    scene
}

#[tokio::test]
async fn an_address_without_a_name_is_a_strangers() {
    let scene = check(google()).await;
    assert_eq!(scene.dns.types(), [RecordType::PTR]);
    check([names(LIAR, &[])]).await;
}

#[tokio::test]
async fn a_name_that_looks_like_a_crawl_host_is_not_even_asked_for() {
    for host in [
        "crawl-203-0-113-9.googlebot.com.evil.example",
        "crawl-203-0-113-9.fakegooglebot.com",
        "fakegooglebot.com",
        "crawl-googlebot.com",
        "googlebot.com",
        "google-proxy-203-0-113-9.google.com",
        "rate-limited-proxy-203-0-113-9.google.com",
        "203-0-113-9.gae.googleusercontent.com",
        "crawl-203-0-113-9\\.googlebot.com",
        "crawl-203-0-113-9.search.msn.com",
    ] {
        let scene = check([names(LIAR, &[host]), addresses(host, &[LIAR])]).await;
        assert_eq!(scene.dns.types(), [RecordType::PTR], "{host}");
    }
}

#[tokio::test]
async fn a_crawl_host_that_has_another_address_or_none_is_not_theirs() {
    let scene = check(google().into_iter().chain([names(LIAR, &[CRAWL_HOST])])).await;
    assert_eq!(scene.dns.types(), [RecordType::PTR, RecordType::A]);
    check([names(LIAR, &["crawl-203-0-113-9.googlebot.com"])]).await;
}

#[tokio::test]
async fn one_agents_host_does_not_vouch_for_another() {
    let host = "msnbot-203-0-113-9.search.msn.com";
    let scene = check([names(LIAR, &[host]), addresses(host, &[LIAR])]).await;
    let verdict = scene.verify(LIAR, BINGBOT).await;
    assert!(
        matches!(verdict, Verdict::Crawler(_)),
        "and yet it is Bing's"
    );
    assert_eq!(scene.verify(LIAR, GOOGLEBOT).await, Verdict::Stranger);
}

#[tokio::test]
async fn an_alias_does_not_make_a_crawl_host() {
    let host = "crawl-203-0-113-9.googlebot.com";
    let evil = "evil.example";
    let chain = vec![alias(host, evil), address(evil, LIAR)];
    let chained = ((host.to_owned(), RecordType::A), Reply::Records(chain));
    check([names(LIAR, &[host]), chained]).await;
    // The other way round: their own name is an alias of a crawl host.
    check(google().into_iter().chain([
        names(LIAR, &[evil]),
        (
            (evil.to_owned(), RecordType::A),
            Reply::Records(vec![alias(evil, CRAWL_HOST), address(evil, LIAR)]),
        ),
    ]))
    .await;
}

#[tokio::test]
async fn a_chain_of_aliases_that_never_ends_is_left() {
    let host = "crawl-203-0-113-9.googlebot.com";
    let hops = (0..100).map(|hop| {
        let (owner, target) = match hop {
            0 => (host.to_owned(), "hop1.evil.example".to_owned()),
            _ => (
                format!("hop{hop}.evil.example"),
                format!("hop{}.evil.example", hop + 1),
            ),
        };
        let record = alias(&owner, &target);
        ((owner, RecordType::A), Reply::Records(vec![record]))
    });
    let scene = check(hops.chain([names(LIAR, &[host])])).await;
    assert!(scene.dns.asked() < 20, "{}", scene.dns.asked());
    // And one that bites its own tail.
    let bite = Reply::Records(vec![alias(host, host)]);
    let scene = check([
        names(LIAR, &[host]),
        ((host.to_owned(), RecordType::A), bite),
    ])
    .await;
    assert!(scene.dns.asked() < 20, "{}", scene.dns.asked());
}

#[tokio::test]
async fn addresses_that_are_slipped_into_an_answer_about_another_name_do_not_count() {
    let owner = reverse(LIAR);
    let slipped = vec![ptr(&owner, CRAWL_HOST), address(CRAWL_HOST, LIAR)];
    let reply = ((owner, RecordType::PTR), Reply::Records(slipped));
    check(google().into_iter().chain([reply])).await;
    let host = "crawl-203-0-113-9.googlebot.com";
    let other = vec![address(CRAWL_HOST, LIAR), address(host, "66.249.66.9")];
    let reply = ((host.to_owned(), RecordType::A), Reply::Records(other));
    check([names(LIAR, &[host]), reply]).await;
}

#[tokio::test]
async fn an_address_with_too_many_names_is_nobodys() {
    let host = "crawl-203-0-113-9.googlebot.com";
    let others: Vec<String> = (0..32)
        .map(|number| format!("{number}.a.example"))
        .collect();
    let mut many: Vec<&str> = others.iter().map(String::as_str).collect();
    many.push(host);
    let scene = check([names(LIAR, &many), addresses(host, &[LIAR])]).await;
    assert_eq!(scene.dns.types(), [RecordType::PTR]);
}

#[tokio::test]
async fn many_false_crawl_hosts_cost_a_few_questions() {
    let hosts: Vec<String> = (0..20)
        .map(|number| format!("crawl-{number}.googlebot.com"))
        .collect();
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let scene = check([names(LIAR, &hosts)]).await;
    assert_eq!(scene.dns.asked(), 1 + 4);
}
