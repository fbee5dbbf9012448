//! What readers keep: their own, bounded, and nothing that they didn't ask for.

use http::{Method, StatusCode};
use jiff::SignedDuration;

use crate::site::{Reply, Site};

const JSON: &str = "content-type: application/json";

fn ids(reply: &Reply, list: &str) -> Vec<String> {
    let said = reply.json();
    let list = said[list].as_array().expect("a list").clone();
    let id = |one: &serde_json::Value| one["id"].as_str().expect("an id").to_owned();
    list.iter().map(id).collect()
}

#[tokio::test]
async fn stories_are_saved_listed_and_let_go() {
    let site = Site::start().await;
    let anna = site.person().await;
    let app = site.program(anna, "saved").await;
    for story in ["a", "b", "locked"] {
        let put = site
            .ask(Method::PUT, &format!("saved/{story}"), &[&app], b"")
            .await;
        assert_eq!(put.json()["id"], story);
        let again = site
            .ask(Method::PUT, &format!("saved/{story}"), &[&app], b"")
            .await;
        assert_eq!(again.json(), put.json(), "saving again changes nothing");
        site.pass(SignedDuration::from_secs(1));
    }
    let all = site.get("saved", &[&app]).await;
    assert_eq!(ids(&all, "saved"), ["locked", "b", "a"]);
    let first = site.get("saved?limit=2", &[&app]).await;
    let next = first.json()["next"].as_str().expect("more").to_owned();
    let rest = site
        .get(&format!("saved?limit=2&cursor={next}"), &[&app])
        .await;
    assert_eq!(ids(&rest, "saved"), ["a"]);
    for _ in 0..2 {
        let gone = site.ask(Method::DELETE, "saved/b", &[&app], b"").await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(site.get("saved/b", &[&app]).await.problem(), "missing");
    assert_eq!(site.get("saved/a", &[&app]).await.problem(), "well");
    let none = site.ask(Method::PUT, "saved/nothing", &[&app], b"").await;
    assert_eq!(none.problem(), "missing");
}

#[tokio::test]
async fn what_is_read_is_written_down_only_for_who_wants_it() {
    let site = Site::start().await;
    let anna = site.person().await;
    let app = site.program(anna, "read history").await;
    site.get("stories/a", &[&app]).await;
    let before = site.get("history", &[&app]).await;
    assert!(before.json()["since"].is_null());
    assert_eq!(ids(&before, "read"), [""; 0]);

    let want = site
        .ask(Method::PUT, "history", &[&app, JSON], b"{\"keep\":true}")
        .await;
    assert!(want.json()["since"].is_string());
    for story in ["b", "c", "b"] {
        site.pass(SignedDuration::from_secs(1));
        site.get(&format!("stories/{story}"), &[&app]).await;
    }
    site.ask(Method::HEAD, "stories/d", &[&app], b"").await;
    site.pass(SignedDuration::from_secs(1));
    let noted = site.ask(Method::PUT, "history/free", &[&app], b"").await;
    assert_eq!(noted.status, StatusCode::NO_CONTENT);
    let history = site.get("history", &[&app]).await;
    assert_eq!(ids(&history, "read"), ["free", "b", "c"]);
    site.ask(Method::DELETE, "history/b", &[&app], b"").await;
    assert_eq!(
        ids(&site.get("history", &[&app]).await, "read"),
        ["free", "c"]
    );
    site.ask(Method::DELETE, "history", &[&app], b"").await;
    let cleared = site.get("history", &[&app]).await;
    assert!(cleared.json()["since"].is_string(), "it goes on");
    assert_eq!(ids(&cleared, "read"), [""; 0]);

    site.get("stories/c", &[&app]).await;
    site.ask(Method::PUT, "history", &[&app, JSON], b"{\"keep\":false}")
        .await;
    site.get("stories/c", &[&app]).await;
    let off = site.get("history", &[&app]).await;
    assert!(off.json()["since"].is_null());
    assert_eq!(ids(&off, "read"), [""; 0]);
}

#[tokio::test]
async fn bringing_a_copy_up_to_date_is_decided_as_a_reading_and_not_written_down_as_one() {
    let site = Site::start().await;
    let anna = site.person().await;
    let app = site.program(anna, "read history").await;
    site.ask(Method::PUT, "history", &[&app, JSON], b"{\"keep\":true}")
        .await;
    for path in [
        "stories/a?purpose=refresh",
        "story?purpose=refresh&address=/stories/b",
    ] {
        let reply = site.get(path, &[&app]).await;
        assert_eq!(reply.json()["decision"]["reason"], "counted", "{path}");
    }
    let history = site.get("history", &[&app]).await;
    assert_eq!(ids(&history, "read"), [""; 0]);
    for path in [
        "stories/a?purpose=reading",
        "story?purpose=reading&address=/stories/b",
    ] {
        site.pass(SignedDuration::from_secs(1));
        site.get(path, &[&app]).await;
    }
    let history = site.get("history", &[&app]).await;
    assert_eq!(ids(&history, "read"), ["b", "a"]);
    let odd = site.get("stories/a?purpose=copying", &[&app]).await;
    assert_eq!(odd.problem(), "query");
}

#[tokio::test]
async fn what_is_sent_has_to_be_what_is_described() {
    let site = Site::start().await;
    let anna = site.person().await;
    let app = site.program(anna, "history").await;
    for (kind, body) in [
        (JSON, &b""[..]),
        (JSON, b"{}"),
        (JSON, b"{\"keep\":1}"),
        (JSON, b"{\"keep\":true,\"x\":1}"),
        (JSON, b"\xff"),
        ("content-type: text/plain", b"{\"keep\":true}"),
    ] {
        let reply = site.ask(Method::PUT, "history", &[&app, kind], body).await;
        assert_eq!(reply.problem(), "body", "{kind} {body:?}");
    }
    assert!(site.get("history", &[&app]).await.json()["since"].is_null());
}

#[tokio::test]
async fn nobody_sees_or_changes_what_somebody_else_keeps() {
    let site = Site::start().await;
    let (anna, eve) = (site.person().await, site.person().await);
    let (hers, eves) = (
        site.program(anna, "saved history").await,
        site.program(eve, "saved history").await,
    );
    site.ask(Method::PUT, "history", &[&hers, JSON], b"{\"keep\":true}")
        .await;
    for path in ["saved/a", "history/a"] {
        site.ask(Method::PUT, path, &[&hers], b"").await;
        site.ask(Method::DELETE, path, &[&eves], b"").await;
    }
    site.ask(Method::DELETE, "history", &[&eves], b"").await;
    assert_eq!(ids(&site.get("saved", &[&eves]).await, "saved"), [""; 0]);
    assert_eq!(site.get("saved/a", &[&eves]).await.problem(), "missing");
    assert_eq!(ids(&site.get("saved", &[&hers]).await, "saved"), ["a"]);
    assert_eq!(ids(&site.get("history", &[&hers]).await, "read"), ["a"]);
}
