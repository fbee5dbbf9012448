//! Networks: whoever reads from one reads what a subscription gives it, and
//! nobody else does.

use std::net::IpAddr;

use access::{AccountKey, Condition, Entitlement, Entitlements, NetworkGrant, Standing};
use jiff::{SignedDuration, Timestamp};
use ludgate_gateway::{Entitled, Whence, Whom};

use crate::canary::leaks;
use crate::sessions::{reading, subscriber};
use crate::site::{Setup, Site, rules_opening};
use crate::telling::headers;

/// A site behind a proxy at 127.0.0.1, that opens its stories to whoever is
/// entitled to read.
fn site(trusted: &'static [&'static str]) -> Site {
    let setup = Setup {
        trusted,
        ..Setup::default()
    };
    let site = Site::start(&setup);
    let mut policy = site.policy(&setup);
    policy.rules = rules_opening(Condition::Entitled("read".into()));
    site.gate.install(policy);
    site
}

fn grant(network: &str, until: Option<Timestamp>) -> NetworkGrant {
    NetworkGrant {
        network: network.parse().expect("a network"),
        entitlements: Entitlements::new(vec![Entitlement {
            name: "read".into(),
            standing: Standing::Paid,
            until,
        }]),
        until,
    }
}

fn locked(site: &Site, lines: &[&str]) -> String {
    let reply = site.get("/stories/locked", lines);
    let is_full = reply.decision().starts_with("full");
    let told = leaks("locked", &reply.decoded());
    assert_eq!(told.is_empty(), !is_full, "{}", reply.decision());
    let kept = reply.header("cache-control");
    assert_eq!(kept, Some("private, no-store"), "{lines:?}");
    assert_eq!(reply.cookie(), None, "nobody is counted: {lines:?}");
    reply.reason().to_owned()
}

#[test]
fn an_address_in_a_network_opens_what_its_subscription_gives() {
    let site = site(&["127.0.0.1/32"]);
    let inside = "X-Forwarded-For: 192.0.2.7";
    let six = "X-Forwarded-For: [2001:db8:1::7]:4711";
    let outside = "X-Forwarded-For: 198.51.100.7";
    assert_eq!(locked(&site, &[inside]), "subscription-required");
    site.gate.networks().replace(vec![
        grant("192.0.2.0/24", None),
        grant("2001:db8::/32", None),
    ]);
    assert_eq!(locked(&site, &[inside]), "entitled");
    assert_eq!(locked(&site, &[six]), "entitled");
    // What a reader writes before the proxy's own hop is nobody's address.
    for other in [
        outside,
        "X-Forwarded-For: 192.0.2.7, 198.51.100.7",
        "X-Forwarded-For: unknown",
        "X-Real-IP: 192.0.2.7",
    ] {
        assert_eq!(locked(&site, &[other]), "subscription-required", "{other}");
    }
    site.gate.networks().replace(Vec::new());
    assert_eq!(locked(&site, &[inside]), "subscription-required");
}

#[test]
fn whoever_isnt_behind_a_proxy_cant_say_where_they_are() {
    let site = site(&[]);
    site.gate
        .networks()
        .replace(vec![grant("192.0.2.0/24", None)]);
    let line = "X-Forwarded-For: 192.0.2.7";
    assert_eq!(locked(&site, &[line]), "subscription-required");
    site.gate
        .networks()
        .replace(vec![grant("127.0.0.1/32", None)]);
    assert_eq!(locked(&site, &[]), "entitled");
}

#[test]
fn a_network_closes_to_the_second_by_the_business_clock() {
    let site = site(&[]);
    let end = site.now() + SignedDuration::from_hours(1);
    site.gate
        .networks()
        .replace(vec![grant("127.0.0.1/32", Some(end))]);
    assert_eq!(locked(&site, &[]), "entitled");
    site.leap(SignedDuration::from_secs(3_599));
    assert_eq!(locked(&site, &[]), "entitled");
    site.leap(SignedDuration::from_secs(1));
    // They never had a subscription of their own that could have ended.
    assert_eq!(locked(&site, &[]), "subscription-required");
}

#[test]
fn who_is_signed_in_reads_by_either() {
    let site = site(&[]);
    let lapsed = site.with(7, reading(Standing::EndedSubscription, None));
    assert_eq!(locked(&site, &[&lapsed.line]), "subscription-ended");
    site.gate
        .networks()
        .replace(vec![grant("127.0.0.1/32", None)]);
    assert_eq!(locked(&site, &[&lapsed.line]), "entitled");
    site.entitle(3, 7, subscriber());
    site.gate.networks().replace(Vec::new());
    assert_eq!(locked(&site, &[&lapsed.line]), "entitled");
}

#[test]
fn whoever_reads_by_a_network_is_counted_to_it_and_who_has_an_account_to_that() {
    let site = site(&["127.0.0.1/32"]);
    let lapsed = site.with(7, reading(Standing::EndedSubscription, None));
    site.gate.networks().replace(vec![
        grant("192.0.2.0/24", None),
        grant("192.0.2.7/32", None),
    ]);
    let check = |lines: &[&str], expected: Option<Entitled>| {
        let headers = headers(lines);
        let whom = Whom::Whoever {
            headers: &headers,
            peer: Some(IpAddr::from([127, 0, 0, 1])),
        };
        assert_eq!(
            site.gate.entitled(whom, site.now()),
            Ok(expected),
            "{lines:?}"
        );
    };
    let near = |network: &str| Some(Entitled::Network(network.parse().expect("a network")));
    let anna = Some(Entitled::Account(AccountKey(7)));
    let outside = "X-Forwarded-For: 198.51.100.7";
    check(&["X-Forwarded-For: 192.0.2.9"], near("192.0.2.0/24"));
    check(&["X-Forwarded-For: 192.0.2.7"], near("192.0.2.7/32"));
    check(&[outside], None);
    check(&[&lapsed.line, "X-Forwarded-For: 192.0.2.9"], anna);
    check(&[&lapsed.line, outside], None);
    site.entitle(3, 7, subscriber());
    check(&[&lapsed.line, outside], anna);
    site.gate.networks().replace(Vec::new());
    check(&["X-Forwarded-For: 192.0.2.9"], None);
}

#[test]
fn it_is_explained_by_which_network_somebody_reads() {
    let site = site(&[]);
    site.gate
        .networks()
        .replace(vec![grant("192.0.2.0/24", None)]);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let who = site.gate.who("anonymous").expect("a reader");
    for (address, reason, network) in [
        ("192.0.2.7", "entitled", Some("192.0.2.0/24")),
        ("198.51.100.7", "subscription-required", None),
    ] {
        let whence = Whence {
            address: Some(address.parse::<IpAddr>().expect("an address")),
            ..Whence::default()
        };
        let explained = site
            .gate
            .explain("/stories/locked", &who, &whence, site.now());
        let explained = runtime.block_on(explained).expect("an answer");
        let decided = explained.explanation.decision.reason;
        assert_eq!(decided.as_str(), reason, "{address}");
        let by = explained.network.map(|network| network.to_string());
        assert_eq!(by.as_deref(), network, "{address}");
    }
}
