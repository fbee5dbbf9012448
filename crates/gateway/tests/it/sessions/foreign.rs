//! Cookies of ours are for the gate alone, and a proxy that asks is told the same
//! as a browser.

use std::sync::Arc;

use ludgate_gateway::Asker;

use super::*;
use crate::cms::{Cms, known};

fn sign_in(site: &Site<Cms>) -> String {
    let until = site.now() + SignedDuration::from_hours(1);
    let new = site.gate.new_session(until, site.now()).expect("one");
    let account = AccountKey(7);
    let accounts = site.gate.accounts();
    let session = new.id;
    accounts.apply(
        Seq(1),
        AccountChange::SessionOpened {
            session,
            account,
            until,
        },
    );
    let snapshot = subscriber();
    accounts.apply(Seq(2), AccountChange::Entitled { account, snapshot });
    Browser::of(&new).line
}

fn before(setup: &Setup) -> Site<Cms> {
    let site = Site::before(setup, Cms::default());
    let mut policy = site.policy(setup);
    policy.rules = rules_opening(Condition::Entitled("read".into()));
    site.gate.install(policy);
    site
}

#[test]
fn the_site_behind_never_sees_a_session() {
    let site = before(&Setup {
        foreign: Some(Arc::new(known())),
        ..Setup::default()
    });
    let line = format!("{}; sid=1", sign_in(&site));
    let reply = site.get("/blog/a", &[&line]);
    assert_eq!(reply.reason(), "entitled");
    for path in ["/account", "/", "/comments", "/posts.json"] {
        site.get(path, &[&line]);
    }
    let asked = site.origin.asked.lock().expect("a lock").join("\n");
    assert!(asked.contains("sid=1"), "{asked}");
    assert!(!asked.contains("session"), "{asked}");
    // Whom only the gate knows the site knows nothing of.
    let mine = site.get("/", &[&sign_in(&site)]);
    assert!(mine.text().contains("for nobody"), "{}", mine.text());
}

#[test]
fn a_proxy_that_asks_is_told_of_the_entitled() {
    let site = before(&Setup {
        foreign: Some(Arc::new(known())),
        asker: Some(Asker::Nginx),
        trusted: &["127.0.0.1/32"],
        ..Setup::default()
    });
    let line = sign_in(&site);
    let ask = |lines: &[&str]| {
        let reader = "X-Forwarded-For: 192.0.2.7";
        let what = ["X-Original-URI: /blog/a", "X-Original-Method: GET", reader];
        site.get("/-/authorize", &[&what, lines].concat())
    };
    for _ in 0..5 {
        let reply = ask(&[&line]);
        assert_eq!((reply.status, reply.reason()), (200, "entitled"));
        assert_eq!(reply.header("set-cookie"), None);
    }
    assert_eq!(ask(&[]).reason(), "counted");
}
