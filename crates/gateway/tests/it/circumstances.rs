//! Rules about where readers are and where they come from: what isn't known
//! opens nothing, and a foreign site's stories are judged as our own.

use std::sync::Arc;

use access::{Condition, Country, Referrer};
use ludgate_gateway::Countries;

use crate::cms::{Cms, known};
use crate::mmdb::mmdb;
use crate::site::{Setup, Site, rules_opening};

/// What a proxy says of its client.
const JAPANESE: &str = "X-Forwarded-For: 192.0.2.7";
const FRENCH: &str = "X-Forwarded-For: 2001:db8:7::1";
const NOWHERE: &str = "X-Forwarded-For: 198.51.100.1";

/// A foreign site whose stories are open on a condition, behind a proxy that
/// tells addresses, and countries in a header.
fn site(when: Condition, trusted: &'static [&'static str]) -> Site<Cms> {
    let setup = Setup {
        foreign: Some(Arc::new(known())),
        trusted,
        ..Setup::default()
    };
    let site = Site::before(&setup, Cms::default());
    let file = mmdb(
        "Test-Country",
        &[("192.0.2.0/24", "JP"), ("2001:db8:7::/48", "FR")],
    );
    let mut policy = site.policy(&setup);
    policy.rules = rules_opening(when);
    policy.country_header = Some("x-country".parse().expect("a name"));
    policy.countries = Some(Arc::new(Countries::new(file).expect("countries")));
    site.gate.install(policy);
    site
}

const PROXY: &[&str] = &["127.0.0.0/8"];

fn from(country: &str) -> Condition {
    Condition::Country(Country::parse(country).into_iter().collect())
}

impl Site<Cms> {
    /// Whether a reader with these headers reads by the rule.
    #[track_caller]
    fn opens(&self, headers: &[&str]) -> bool {
        match self.get("/blog/a", headers).reason() {
            "free" => true,
            "counted" => false,
            other => panic!("neither by the rule nor by the meter: {other}"),
        }
    }
}

#[test]
fn an_address_is_in_the_country_that_the_file_says() {
    let site = site(from("JP"), PROXY);
    assert!(site.opens(&[JAPANESE]));
    assert!(site.opens(&["X-Forwarded-For: ::ffff:192.0.2.7"]));
    for line in [FRENCH, NOWHERE, "X-Forwarded-For: unknown", "X-A: b"] {
        assert!(!site.opens(&[line]), "{line}");
    }
    let asked = site.asked();
    assert_eq!(asked, ["GET /blog/a"], "the site isn't told of any of it");
}

#[test]
fn a_country_that_is_not_known_is_in_no_rule_and_in_no_contrary_of_one() {
    let site = site(Condition::Not(Box::new(from("JP"))), PROXY);
    assert!(site.opens(&[FRENCH]));
    assert!(!site.opens(&[JAPANESE]));
    assert!(!site.opens(&[NOWHERE]));
    assert!(!site.opens(&[NOWHERE, "X-Country: XX"]));
    assert!(!site.opens(&["X-Forwarded-For: unknown"]));
}

#[test]
fn what_a_trusted_proxy_says_of_the_country_goes_before_the_file() {
    let site = site(from("JP"), PROXY);
    assert!(site.opens(&[FRENCH, "X-Country: jp"]));
    assert!(site.opens(&["X-Forwarded-For: unknown", "X-Country: JP"]));
    assert!(!site.opens(&[JAPANESE, "X-Country: FR"]));
    // What it says twice, or doesn't know, it doesn't say.
    for unsaid in [
        "X-Country: FR\r\nX-Country: FR",
        "X-Country: XX",
        "X-Country: T1",
    ] {
        assert!(site.opens(&[JAPANESE, unsaid]), "{unsaid}");
    }
}

#[test]
fn what_anybody_says_of_themselves_is_no_country_and_no_address() {
    for when in [
        from("JP"),
        Condition::Network(vec!["192.0.2.0/24".parse().expect("a network")]),
    ] {
        let site = site(when, &[]);
        assert!(!site.opens(&[JAPANESE, "X-Country: JP"]));
    }
}

#[test]
fn a_network_and_where_a_reader_comes_from_are_asked_before_a_foreign_site_too() {
    let networks = ["192.0.2.0/24", "2001:db8:7::/48"];
    let networks = networks.map(|net| net.parse().expect("a network"));
    let by_network = site(Condition::Network(networks.to_vec()), PROXY);
    assert!(by_network.opens(&[JAPANESE]));
    assert!(by_network.opens(&[FRENCH]));
    assert!(!by_network.opens(&[NOWHERE]));
    assert!(!by_network.opens(&["X-Forwarded-For: unknown"]));
    let by_referrer = site(
        Condition::Referrer(vec![Referrer::Search, Referrer::Newsletter]),
        PROXY,
    );
    assert!(by_referrer.opens(&["Referer: https://www.google.com/"]));
    assert!(!by_referrer.opens(&["Referer: https://www.google.com.evil.example/"]));
    assert!(!by_referrer.opens(&[]));
    let mail = by_referrer.get("/blog/a?utm_medium=email", &[]);
    assert_eq!(mail.reason(), "free");
    for site in [by_network, by_referrer] {
        assert_eq!(site.asked(), ["GET /blog/a"], "one page for all of them");
    }
}

#[test]
fn a_file_that_is_no_database_of_countries_is_refused() {
    let said = |file: Vec<u8>| Countries::new(file).expect_err("no countries").to_string();
    let good = mmdb("Test-Country", &[("192.0.2.0/24", "JP")]);
    assert!(Countries::new(good.clone()).is_ok());
    assert!(said(Vec::new()).contains("no whole file"));
    assert!(said(b"<html>".to_vec()).contains("no whole file"));
    for length in 0..good.len() {
        assert!(
            Countries::new(good[..length].to_vec()).is_err(),
            "the first {length} bytes"
        );
    }
    let empty = said(mmdb("Test-ASN", &[]));
    assert!(empty.contains("another kind (Test-ASN)"), "{empty}");
}

#[test]
fn a_damaged_file_makes_nothing_known_and_nobody_fall() {
    let good = mmdb(
        "Test-Country",
        &[("192.0.2.0/24", "JP"), ("198.51.100.0/24", "FR")],
    );
    let address = "192.0.2.7".parse().expect("an address");
    let jp = Country::parse("JP");
    for at in 0..good.len() {
        for byte in [0x00, 0x41, 0xff] {
            let mut bad = good.clone();
            bad[at] = byte;
            // Refused, or of some address it says something else: no more.
            if let Ok(countries) = Countries::new(bad) {
                let _ = countries.of(address);
                let _ = countries.of("2001:db8::1".parse().expect("an address"));
            }
        }
    }
    let countries = Countries::new(good).expect("countries");
    assert_eq!(countries.of(address), jp);
}
