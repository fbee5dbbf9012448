//! Crawlers that are what they say.

use std::time::Duration;

use hickory_resolver::proto::rr::RecordType;
use ludgate_crawlers::Verdict;

use crate::dns::{Reply, Zone, addresses, alias, names, ptr, reverse};
use crate::scene::{CRAWL_HOST, CRAWLER, GOOGLEBOT, Scene, claim, crawler, google};

#[tokio::test]
async fn every_agent_is_verified_by_a_crawl_host_that_has_its_address() {
    let rows = [
        (GOOGLEBOT, "googlebot", CRAWLER, CRAWL_HOST),
        (
            GOOGLEBOT,
            "googlebot",
            "34.64.82.64",
            "geo-crawl-34-64-82-64.geo.googlebot.com",
        ),
        (
            GOOGLEBOT,
            "googlebot",
            "2001:4860:4801:10::1",
            "crawl-2001-4860-4801-10--1.googlebot.com",
        ),
        (
            "(bingbot/2.0)",
            "bingbot",
            "157.55.33.18",
            "msnbot-157-55-33-18.search.msn.com",
        ),
        (
            "(Applebot/0.1)",
            "applebot",
            "17.58.101.179",
            "17-58-101-179.applebot.apple.com",
        ),
        (
            "YandexBot/3.0",
            "yandexbot",
            "5.255.253.34",
            "5-255-253-34.spider.yandex.com",
        ),
        (
            "YandexBot/3.0",
            "yandexbot",
            "100.43.81.144",
            "spider-100-43-81-144.yandex.com",
        ),
        (
            "Baiduspider/2.0",
            "baiduspider",
            "123.125.66.120",
            "baiduspider-123-125-66-120.crawl.baidu.com",
        ),
        (
            "Baiduspider/2.0",
            "baiduspider",
            "119.63.195.254",
            "baidumobaider-119-63-195-254.crawl.baidu.jp",
        ),
        (
            "SeznamBot/4.0",
            "seznambot",
            "77.75.77.17",
            "fulltextrobot-77-75-77-17.seznam.cz",
        ),
        (
            "Qwantbot/1.0_1",
            "qwantbot",
            "91.242.162.1",
            "qwantbot-1-162-242-91.qwant.com",
        ),
        (
            "MojeekBot/0.11",
            "mojeekbot",
            "5.102.173.71",
            "crawl-5-102-173-71.mojeek.com",
        ),
        (
            "Yeti/1.1",
            "yeti",
            "125.209.235.169",
            "crawl.125-209-235-169.web.naver.com",
        ),
        (
            "PetalBot",
            "petalbot",
            "114.119.144.17",
            "petalbot-114-119-144-17.petalsearch.com",
        ),
    ];
    let zone = rows
        .iter()
        .flat_map(|(_, _, address, host)| [names(address, &[host]), addresses(host, &[address])]);
    let scene = Scene::with(zone.collect()).await;
    for (user_agent, agent, address, host) in rows {
        let verdict = scene.verify(address, user_agent).await;
        assert_eq!(verdict, crawler(agent), "{host}");
    }
}

#[tokio::test]
async fn a_name_counts_in_any_case() {
    let scene = Scene::with(Zone::from([
        names(CRAWLER, &["CRAWL-66-249-66-1.GoogleBot.Com"]),
        addresses(CRAWL_HOST, &[CRAWLER]),
    ]))
    .await;
    assert_eq!(scene.verify(CRAWLER, GOOGLEBOT).await, crawler("googlebot"));
}

#[tokio::test]
async fn one_name_of_several_and_one_address_of_several_are_enough() {
    let scene = Scene::with(Zone::from([
        names(
            CRAWLER,
            &["www.example.com", "crawl-9-9-9-9.googlebot.com", CRAWL_HOST],
        ),
        addresses(CRAWL_HOST, &["66.249.66.9", CRAWLER]),
    ]))
    .await;
    assert_eq!(scene.verify(CRAWLER, GOOGLEBOT).await, crawler("googlebot"));
    assert!(!scene.dns.was_asked_for("www.example.com"));
}

#[tokio::test]
async fn an_ipv4_address_in_ipv6_clothes_is_an_ipv4_address() {
    let scene = Scene::with(google()).await;
    let clothed = format!("::ffff:{CRAWLER}");
    assert_eq!(
        scene.verify(&clothed, GOOGLEBOT).await,
        crawler("googlebot")
    );
    assert_eq!(scene.dns.types(), [RecordType::PTR, RecordType::A]);
    assert_eq!(scene.verdict(CRAWLER, GOOGLEBOT), crawler("googlebot"));
}

#[tokio::test]
async fn an_address_may_have_its_names_by_way_of_an_alias() {
    // As RFC 2317 delegates networks that are smaller than a /24.
    let owner = reverse(CRAWLER);
    let delegated = "1.0-31.66.249.66.in-addr.arpa";
    let records = vec![alias(&owner, delegated), ptr(delegated, CRAWL_HOST)];
    let scene = Scene::with(Zone::from([
        ((owner, RecordType::PTR), Reply::Records(records)),
        addresses(CRAWL_HOST, &[CRAWLER]),
    ]))
    .await;
    assert_eq!(scene.verify(CRAWLER, GOOGLEBOT).await, crawler("googlebot"));
}

#[tokio::test]
async fn a_crawlers_first_request_is_unknown_until_it_is_looked_up() {
    let scene = Scene::held(google()).await;
    assert_eq!(scene.verdict(CRAWLER, GOOGLEBOT), Verdict::Unknown);
    let (address, agent) = claim(CRAWLER, GOOGLEBOT);
    let impatient = scene
        .crawlers
        .verify(address, agent, Duration::ZERO, Duration::ZERO)
        .await;
    assert_eq!(impatient, Verdict::Unknown);
    scene.dns.open();
    assert_eq!(scene.verify(CRAWLER, GOOGLEBOT).await, crawler("googlebot"));
    assert_eq!(scene.verdict(CRAWLER, GOOGLEBOT), crawler("googlebot"));
}
