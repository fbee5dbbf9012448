//! Stories as far as each reader may have them: counted as on their pages, and never
//! beyond the decision.

use std::sync::Arc;

use http::Method;
use serde_json::Value;

use crate::canary::{leaks, token};
use crate::site::{Reply, STORIES, Site};

/// What was decided; and that the text goes as far and no further.
#[track_caller]
fn decided(story: &str, reply: &Reply) -> String {
    let said = reply.json();
    let whole = said["whole"].as_bool().expect("whole or not");
    let leaked = leaks(story, &reply.body);
    assert_eq!(leaked.is_empty(), !whole, "{story}: {leaked:?}");
    let body = said["body"].as_str().expect("a body");
    assert!(body.contains(&token(story, 0)), "{story}: {body}");
    let outcome = if whole { "full" } else { "preview" };
    assert_eq!(said["decision"]["outcome"], outcome);
    assert_eq!(reply.header("cache-control"), Some("private, no-store"));
    assert_eq!(reply.header("etag"), None);
    said["decision"]["reason"]
        .as_str()
        .expect("a reason")
        .to_owned()
}

async fn reads(site: &Site, story: &str, lines: &[&str]) -> String {
    let reply = site.get(&format!("stories/{story}"), lines).await;
    decided(story, &reply)
}

#[tokio::test]
async fn a_reader_without_an_account_has_the_same_meter_as_on_the_pages() {
    let site = Site::start().await;
    let first = site.get("stories/a", &[]).await;
    assert_eq!(decided("a", &first), "counted");
    let cookie = first.cookie().expect("an id");
    for (story, reason) in [
        ("a", "already-counted"),
        ("b", "counted"),
        ("c", "counted"),
        ("d", "meter-exhausted"),
        ("free", "free"),
        ("locked", "subscription-required"),
    ] {
        assert_eq!(reads(&site, story, &[&cookie]).await, reason, "{story}");
    }
    let meter = site.get("meter", &[&cookie]).await.json();
    assert_eq!(meter["meters"][0]["used"], 3);
    assert_eq!(meter["meters"][0]["left"], 0);
    assert_eq!(meter["meters"][0]["renews"], "2026-12-01");
    let wall = site.get("stories/d", &[&cookie]).await.json();
    assert_eq!(wall["prompt"]["kind"], "paywall");
    assert!(!wall["prompt"]["text"].as_str().expect("words").is_empty());
}

#[tokio::test]
async fn a_program_and_a_browser_of_one_account_have_one_meter() {
    let site = Site::start().await;
    let anna = site.person().await;
    let (app, browser) = (site.program(anna, "read").await, site.browser(anna).await);
    for (line, story) in [(&app, "a"), (&browser, "b"), (&app, "c"), (&browser, "d")] {
        assert_eq!(reads(&site, story, &[line]).await, "counted", "{story}");
    }
    for line in [&app, &browser] {
        assert_eq!(reads(&site, "e", &[line]).await, "meter-exhausted");
        assert_eq!(reads(&site, "a", &[line]).await, "already-counted");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_requests_at_the_limit_exactly_one_opens_a_story() {
    let site = Arc::new(Site::start().await);
    let anna = site.person().await;
    let app = site.program(anna, "read").await;
    for story in ["a", "b", "c"] {
        assert_eq!(reads(&site, story, &[&app]).await, "counted");
    }
    let ask = |story: &'static str| {
        let (site, app) = (Arc::clone(&site), app.clone());
        tokio::spawn(async move { reads(&site, story, &[&app]).await })
    };
    let asked: Vec<_> = ["d", "e", "d", "e", "d", "e"]
        .map(ask)
        .into_iter()
        .collect();
    let mut opened = std::collections::BTreeSet::new();
    let mut counted = 0;
    for (number, answer) in asked.into_iter().enumerate() {
        let reason = answer.await.expect("an end");
        counted += usize::from(reason == "counted");
        if reason != "meter-exhausted" {
            opened.insert(number % 2);
        }
    }
    assert_eq!((counted, opened.len()), (1, 1));
}

#[tokio::test]
async fn who_only_asks_or_fetches_ahead_is_not_counted() {
    let site = Site::start().await;
    let anna = site.person().await;
    let app = site.program(anna, "read").await;
    let head = site.ask(Method::HEAD, "stories/a", &[&app], b"").await;
    assert_eq!(decided("a", &head), "unavailable");
    let ahead = site
        .get("stories/a", &[&app, "sec-purpose: prefetch"])
        .await;
    assert_eq!(ahead.problem(), "ahead");
    assert_eq!(
        site.get("meter", &[&app]).await.json()["meters"][0]["used"],
        0
    );
}

#[tokio::test]
async fn a_subscriber_has_all_of_it_and_corrections_come_with_the_text_only() {
    let site = Site::start().await;
    let anna = site.person().await;
    let app = site.program(anna, "read").await;
    let before = site.get("stories/locked", &[&app]).await;
    assert_eq!(decided("locked", &before), "subscription-required");
    assert_eq!(
        before.json()["story"]["corrections"],
        Value::Array(Vec::new())
    );
    site.entitle(anna);
    let after = site.get("stories/locked", &[&app]).await;
    assert_eq!(decided("locked", &after), "entitled");
    let correction = &after.json()["story"]["corrections"][0]["text"];
    assert!(
        correction
            .as_str()
            .expect("words")
            .contains(&token("locked", 7))
    );
    let rights = site.get("entitlements", &[&app]).await.json();
    assert_eq!(rights["audience"], "subscriber");
    assert_eq!(rights["entitlements"][0]["name"], "read");
    assert_eq!(rights["entitlements"][0]["standing"], "paid");
}

#[tokio::test]
async fn a_story_that_isnt_there_is_missing_and_one_that_was_is_gone() {
    let site = Site::start().await;
    for (path, kind) in [
        ("stories/nothing", "missing"),
        ("stories/gone", "gone"),
        ("stories/%2e%2e", "missing"),
        ("story?address=/", "missing"),
        ("story?address=https://evil.example/stories/a", "no-story"),
        ("story?address=/-/healthz", "missing"),
    ] {
        assert_eq!(site.get(path, &[]).await.problem(), kind, "{path}");
    }
}

#[tokio::test]
async fn searching_the_text_finds_nothing_for_who_may_not_read_it() {
    let site = Site::start().await;
    let anna = site.person().await;
    let app = site.program(anna, "read").await;
    let found = |reply: &Reply| -> Vec<String> {
        let said = reply.json();
        let results = said["results"].as_array().expect("a list").clone();
        let id = |one: &Value| one["story"]["id"].as_str().expect("an id").to_owned();
        results.iter().map(id).collect()
    };
    for lines in [&[][..], &[&*app][..]] {
        let reply = site.get("search?q=rope&scope=whole", lines).await;
        assert_eq!(reply.problem(), "not-entitled");
        let nothing = site.get("search?q=xyzzy&scope=whole", lines).await;
        assert_eq!(nothing.body, reply.body, "nor whether there is anything");
        for (story, ..) in STORIES {
            assert!(leaks(story, &reply.body).is_empty(), "{story}");
        }
    }
    site.entitle(anna);
    let reply = site.get("search?q=rope&scope=whole&limit=4", &[&app]).await;
    assert_eq!(found(&reply), ["free", "a", "b", "c"]);
    let next = reply.json()["next"].as_str().expect("more").to_owned();
    let path = format!("search?q=rope&scope=whole&limit=4&cursor={next}");
    let rest = site.get(&path, &[&app]).await;
    assert_eq!(found(&rest), ["d", "e", "locked"]);
    assert_eq!(rest.json().get("next"), None);
    let bad = ["authorization: Bearer xyz"];
    let refused = site.get("search?q=rope&scope=whole", &bad).await;
    assert_eq!(refused.problem(), "token");
    let often = site.get("search?q=again&scope=whole", &[&app]).await;
    assert_eq!((often.status.as_u16(), &*often.problem()), (429, "often"));
    assert_eq!(often.header("retry-after"), Some("7"));
    let open = site.get("search?q=lock", &[]).await;
    assert_eq!(found(&open), ["locked"]);
    assert_eq!(
        site.get("meter", &[&app]).await.json()["meters"][0]["used"],
        0
    );
}
