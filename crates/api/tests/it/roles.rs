//! Every route and everybody who may ask: one table, which fails where a route is
//! missing from it.

use std::collections::BTreeSet;

use http::Method;
use serde_json::Value;

use crate::site::Site;

/// For whom a route is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    /// Anybody, whatever a program may do.
    All,
    /// Anybody; a program needs the scope.
    Readers(&'static str),
    /// Whoever has an account; a program needs the scope.
    Own(&'static str),
}

use For::{All, Own, Readers};

const TABLE: [(&str, &str, For); 22] = [
    ("GET", "publication", All),
    ("GET", "openapi.json", All),
    ("GET", "sections", All),
    ("GET", "topics", All),
    ("GET", "authors", All),
    ("GET", "stories", All),
    ("GET", "stories/{id}", Readers("read")),
    ("GET", "story", Readers("read")),
    ("GET", "search", Readers("read")),
    ("GET", "me", Own("account")),
    ("GET", "meter", Readers("read")),
    ("GET", "entitlements", Readers("read")),
    ("GET", "offers", Readers("read")),
    ("GET", "saved", Own("saved")),
    ("GET", "saved/{id}", Own("saved")),
    ("PUT", "saved/{id}", Own("saved")),
    ("DELETE", "saved/{id}", Own("saved")),
    ("GET", "history", Own("history")),
    ("PUT", "history", Own("history")),
    ("DELETE", "history", Own("history")),
    ("PUT", "history/{id}", Own("history")),
    ("DELETE", "history/{id}", Own("history")),
];

const SCOPES: [&str; 4] = ["read", "account", "saved", "history"];

fn address(path: &str) -> String {
    match path {
        "story" => "story?address=/stories/free".to_owned(),
        "search" => "search?q=free".to_owned(),
        path => path.replace("{id}", "free"),
    }
}

async fn ask(site: &Site, method: &str, path: &str, lines: &[&str]) -> String {
    let method: Method = method.parse().expect("a method");
    let body: &[u8] = if method == Method::PUT && path == "history" {
        b"{\"keep\":true}"
    } else {
        b""
    };
    let lines = [lines, &["content-type: application/json"]].concat();
    site.ask(method, &address(path), &lines, body)
        .await
        .problem()
}

#[test]
fn the_table_holds_every_route() {
    let document = ludgate_api::document();
    let paths = document["paths"].as_object().expect("paths");
    let mut there = BTreeSet::new();
    for (path, methods) in paths {
        let methods = methods.as_object().expect("methods").keys();
        for method in methods.filter(|method| *method != "parameters") {
            there.insert((
                method.to_uppercase(),
                path.trim_start_matches('/').to_owned(),
            ));
        }
    }
    let listed = TABLE.map(|(method, path, _)| (method.to_owned(), path.to_owned()));
    assert_eq!(there, BTreeSet::from(listed));
}

#[tokio::test]
async fn who_isnt_signed_in_has_what_is_for_all() {
    let site = Site::start().await;
    for (method, path, whose) in TABLE {
        let expected = match whose {
            All | Readers(_) => "well",
            Own(_) => "sign-in",
        };
        assert_eq!(
            ask(&site, method, path, &[]).await,
            expected,
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn a_program_has_what_it_was_allowed_and_nothing_else() {
    let site = Site::start().await;
    let anna = site.person().await;
    let browser = site.browser(anna).await;
    ask(&site, "PUT", "saved/{id}", &[&browser]).await;
    for scope in SCOPES {
        let app = site.program(anna, scope).await;
        for (method, path, whose) in TABLE {
            let may = match whose {
                All => true,
                Readers(needed) | Own(needed) => needed == scope,
            };
            let said = ask(&site, method, path, &[&app]).await;
            let expected = if may { "well" } else { "scope" };
            assert_eq!(said, expected, "{scope}: {method} {path}");
            if (method, path) == ("DELETE", "saved/{id}") && may {
                ask(&site, "PUT", "saved/{id}", &[&app]).await;
            }
        }
    }
}

#[tokio::test]
async fn a_browser_may_do_everything_but_from_elsewhere_only_look() {
    let site = Site::start().await;
    let anna = site.person().await;
    let browser = site.browser(anna).await;
    ask(&site, "PUT", "saved/{id}", &[&browser]).await;
    for from in [
        &["sec-fetch-site: cross-site"][..],
        &["sec-fetch-site: same-site"],
        &["origin: https://evil.example"],
        &["origin: null"],
    ] {
        for (method, path, _) in TABLE {
            let lines = [&[&*browser], from].concat();
            let said = ask(&site, method, path, &lines).await;
            let expected = if method == "GET" { "well" } else { "elsewhere" };
            assert_eq!(said, expected, "{from:?}: {method} {path}");
        }
    }
    for from in [
        &["sec-fetch-site: same-origin"][..],
        &["origin: http://review.example"],
    ] {
        for (method, path, _) in TABLE {
            let lines = [&[&*browser], from].concat();
            assert_eq!(
                ask(&site, method, path, &lines).await,
                "well",
                "{method} {path}"
            );
            if (method, path) == ("DELETE", "saved/{id}") {
                ask(&site, "PUT", path, &[&browser]).await;
            }
        }
    }
}

#[tokio::test]
async fn a_token_that_isnt_good_is_refused_everywhere_whatever_comes_with_it() {
    let site = Site::start().await;
    let anna = site.person().await;
    let (app, browser) = (site.program(anna, "read").await, site.browser(anna).await);
    let mut changed = app.clone();
    let last = if changed.pop() == Some('A') { 'B' } else { 'A' };
    changed.push(last);
    for bad in ["authorization: Bearer", "authorization: bearer x", &changed] {
        for (method, path, _) in TABLE {
            let said = ask(&site, method, path, &[bad, &browser]).await;
            assert_eq!(said, "token", "{bad}: {method} {path}");
        }
    }
}

#[tokio::test]
async fn every_answer_is_what_the_description_says() {
    let site = Site::start().await;
    let anna = site.person().await;
    let browser = site.browser(anna).await;
    let document = ludgate_api::document();
    for (method, path, _) in TABLE {
        let asked: Method = method.parse().expect("a method");
        let body: &[u8] = if path == "history" {
            b"{\"keep\":true}"
        } else {
            b""
        };
        let lines = [&*browser, "content-type: application/json"];
        let reply = site.ask(asked, &address(path), &lines, body).await;
        let place = format!("/{path}");
        let said = &document["paths"][&place][method.to_lowercase()]["responses"];
        let answer = &said[reply.status.as_str()];
        assert!(!answer.is_null(), "{method} {path}: {}", reply.status);
        let schema = &answer["content"]["application/json"]["schema"]["$ref"];
        if let Some(name) = schema.as_str().and_then(|place| place.rsplit('/').next()) {
            let schema = &document["components"]["schemas"][name];
            let required: Vec<&str> = schema["required"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            let told = reply.json();
            for field in required {
                assert!(told.get(field).is_some(), "{method} {path}: {field}");
            }
            for field in told.as_object().expect("an object").keys() {
                let known = &schema["properties"][field];
                assert!(!known.is_null(), "{method} {path}: {field}");
            }
        }
    }
}

#[tokio::test]
async fn who_asks_too_often_waits_and_nobody_else_does() {
    let site = Site::start().await;
    let (anna, eve) = (site.person().await, site.person().await);
    let (hers, eves) = (
        site.program(anna, "read").await,
        site.program(eve, "read").await,
    );
    for _ in 0..600 {
        assert_eq!(site.get("publication", &[&hers]).await.problem(), "well");
    }
    let reply = site.get("publication", &[&hers]).await;
    assert_eq!(reply.problem(), "often");
    assert_eq!(reply.header("retry-after"), Some("1"));
    assert_eq!(site.get("publication", &[&eves]).await.problem(), "well");
    site.pass(jiff::SignedDuration::from_secs(1));
    assert_eq!(site.get("publication", &[&hers]).await.problem(), "well");
}
