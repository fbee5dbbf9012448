//! What is the same for everybody.

use http::{Method, StatusCode};

use crate::canary::leaks;
use crate::site::{STORIES, Setup, Site};

#[tokio::test]
async fn the_newspaper_is_there_for_anybody_and_may_be_kept_for_a_minute() {
    let site = Site::start().await;
    for path in [
        "publication",
        "sections",
        "topics",
        "authors",
        "stories",
        "openapi.json",
    ] {
        let reply = site.get(path, &[]).await;
        assert_eq!(reply.status, StatusCode::OK, "{path}");
        assert_eq!(
            reply.header("cache-control"),
            Some("public, max-age=60"),
            "{path}"
        );
        assert_eq!(
            reply.header("content-type"),
            Some("application/json"),
            "{path}"
        );
        let tag = reply.header("etag").expect("a tag");
        let again = site.get(path, &[&format!("if-none-match: {tag}")]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{path}");
        assert!(again.body.is_empty(), "{path}");
        assert_eq!(again.header("etag"), Some(tag), "{path}");
        let other = site.get(path, &["if-none-match: \"x\""]).await;
        assert_eq!(other.status, StatusCode::OK, "{path}");
    }
    let publication = site.get("publication", &[]).await.json();
    assert_eq!(publication["colours"]["ink"], "#111");
}

#[tokio::test]
async fn a_list_is_told_in_parts_without_gaps_or_repeats_and_without_any_text() {
    let site = Site::start().await;
    for limit in [1, 2, 3, 100] {
        let (mut path, mut seen) = (format!("stories?limit={limit}"), Vec::new());
        loop {
            let reply = site.get(&path, &[]).await;
            for (name, ..) in STORIES {
                assert_eq!(leaks(name, &reply.body), [""; 0], "{path}");
            }
            let said = reply.json();
            let stories = said["stories"].as_array().expect("a list").clone();
            assert!(stories.len() <= limit);
            seen.extend(
                stories
                    .iter()
                    .map(|story| story["id"].as_str().unwrap().to_owned()),
            );
            match said["next"].as_str() {
                Some(next) => path = format!("stories?limit={limit}&cursor={next}"),
                None => break,
            }
        }
        let all: Vec<&str> = STORIES.iter().map(|(name, ..)| *name).collect();
        assert_eq!(seen, all, "{limit}");
    }
    let topics = site.get("topics?limit=3", &[]).await.json();
    let next = topics["next"].as_str().expect("more");
    let rest = site
        .get(&format!("topics?limit=3&cursor={next}"), &[])
        .await
        .json();
    assert_eq!(rest["topics"][0]["id"], "wharf");
    assert!(rest["next"].is_null());
}

#[tokio::test]
async fn what_cant_be_asked_is_said_in_words() {
    let site = Site::start().await;
    for (method, path, status, kind) in [
        (Method::GET, "nothing", 404, "no-route"),
        (Method::GET, "/api", 404, "no-route"),
        (Method::GET, "/api/v2/stories", 404, "no-route"),
        (Method::POST, "stories", 405, "method"),
        (Method::DELETE, "me", 405, "method"),
        (Method::GET, "stories?limit=0", 400, "query"),
        (Method::GET, "stories?limit=1&limit=2", 400, "query"),
        (Method::GET, "stories?utm=x", 400, "query"),
        (Method::GET, "publication?x=1", 400, "query"),
        (Method::GET, "stories?cursor=x", 404, "cursor"),
        (Method::GET, "search", 400, "query"),
        (Method::GET, "me", 401, "sign-in"),
        (Method::GET, "saved", 401, "sign-in"),
        (Method::PUT, "saved/a", 401, "sign-in"),
    ] {
        let reply = site.ask(method.clone(), path, &[], b"").await;
        assert_eq!(reply.problem(), kind, "{method} {path}");
        assert_eq!(reply.status.as_u16(), status, "{method} {path}");
        assert_eq!(reply.header("cache-control"), Some("private, no-store"));
        assert_eq!(
            reply.header("allow").is_some(),
            status == 405,
            "{method} {path}"
        );
        let asks = reply.header("www-authenticate");
        assert_eq!(asks.is_some(), status == 401, "{method} {path}");
    }
}

#[tokio::test]
async fn before_another_content_system_there_are_no_lists_but_stories() {
    let site = Site::with(Setup {
        has_lists: false,
        ..Setup::default()
    })
    .await;
    for path in [
        "sections",
        "topics",
        "authors",
        "stories",
        "search?q=x",
        "stories/a",
    ] {
        assert_eq!(site.get(path, &[]).await.problem(), "no-lists", "{path}");
    }
    for address in ["/stories/a", "http://review.example/stories/a%23x"] {
        let reply = site.get(&format!("story?address={address}"), &[]).await;
        assert_eq!(reply.problem(), "well", "{address}");
        assert_eq!(reply.json()["path"], "/stories/a");
    }
    let there = site.get("publication", &[]).await.json();
    assert_eq!(there["has_lists"], false);
}

#[tokio::test]
async fn where_readers_have_no_accounts_it_says_so() {
    let site = Site::with(Setup {
        has_accounts: false,
        ..Setup::default()
    })
    .await;
    for path in ["me", "saved", "history"] {
        assert_eq!(site.get(path, &[]).await.problem(), "no-accounts", "{path}");
    }
    assert_eq!(
        site.form("/oauth/token", &[]).await.problem(),
        "no-accounts"
    );
    assert_eq!(site.get("meter", &[]).await.problem(), "well");
}

#[tokio::test]
async fn scripts_of_other_sites_are_kept_out_unless_they_are_listed() {
    let app = "https://app.example";
    let closed = Site::start().await;
    let open = Site::with(Setup {
        origins: vec![app.to_owned()],
        ..Setup::default()
    })
    .await;
    for (site, origin, allowed) in [
        (&closed, app, false),
        (&open, app, true),
        (&open, "https://evil.example", false),
        (&open, "null", false),
    ] {
        let line = format!("origin: {origin}");
        let reply = site.get("stories", &[&line]).await;
        let told = reply.header("access-control-allow-origin");
        assert_eq!(told, allowed.then_some(origin), "{origin}");
        assert_eq!(reply.header("access-control-allow-credentials"), None);
        let asked = [&*line, "access-control-request-method: PUT"];
        let before = site.ask(Method::OPTIONS, "saved/a", &asked, b"").await;
        assert_eq!(before.status, StatusCode::NO_CONTENT);
        let methods = before.header("access-control-allow-methods");
        assert_eq!(methods.is_some(), allowed, "{origin}");
        let there = before.header("allow");
        assert_eq!(there, Some("DELETE, GET, HEAD, OPTIONS, PUT"));
        // Where tokens are had, too.
        for path in ["/oauth/token", "/oauth/revoke"] {
            let asked = [&*line, "access-control-request-method: POST"];
            let before = site.ask(Method::OPTIONS, path, &asked, b"").await;
            assert_eq!(before.status, StatusCode::NO_CONTENT);
            assert_eq!(before.header("allow"), Some("OPTIONS, POST"));
            let methods = before.header("access-control-allow-methods");
            assert_eq!(methods.is_some(), allowed, "{origin}");
            let reply = site.ask(Method::POST, path, &[&line], b"").await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST);
            let told = reply.header("access-control-allow-origin");
            assert_eq!(told, allowed.then_some(origin), "{origin} at {path}");
            assert_eq!(reply.header("access-control-allow-credentials"), None);
        }
    }
}
