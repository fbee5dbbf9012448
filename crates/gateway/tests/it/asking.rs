//! A proxy that asks whether a reader may have something and gets it from the
//! site by itself.

use std::sync::Arc;

use ludgate_gateway::{Asker, Mode};

use crate::canary::{leaks, shown_and_hidden};
use crate::client::Reply;
use crate::cms::{Cms, known};
use crate::site::{Setup, Site};

/// Loopback is the proxy, and readers come from elsewhere.
fn site(asker: Asker) -> Site<Cms> {
    before(&Setup {
        asker: Some(asker),
        ..Setup::default()
    })
}

fn before(setup: &Setup) -> Site<Cms> {
    let setup = Setup {
        foreign: Some(Arc::new(known())),
        trusted: &["127.0.0.1/32"],
        ..setup.clone()
    };
    Site::before(&setup, Cms::default())
}

impl Site<Cms> {
    /// What nginx is told of a reader's request.
    fn ask(&self, method: &str, uri: &str, headers: &[&str]) -> Reply {
        let uri = format!("X-Original-URI: {uri}");
        let method = format!("X-Original-Method: {method}");
        let reader = "X-Forwarded-For: 192.0.2.7";
        let headers = [&[uri.as_str(), method.as_str(), reader], headers].concat();
        self.get("/-/authorize", &headers)
    }

    #[track_caller]
    fn answers(&self, status: u16, method: &str, uri: &str, headers: &[&str]) -> Reply {
        let reply = self.ask(method, uri, headers);
        assert_eq!(
            reply.status, status,
            "{method} {uri} {headers:?}: {}",
            reply.head
        );
        for story in ["a", "b", "c", "d", "json", "zipped"] {
            assert_eq!(leaks(story, &reply.decoded()), [""; 0], "{method} {uri}");
            assert_eq!(
                leaks(story, reply.head.as_bytes()),
                [""; 0],
                "{method} {uri}"
            );
        }
        reply
    }
}

#[test]
fn a_reader_is_counted_and_refused_at_the_limit_with_what_the_gate_would_send() {
    let site = site(Asker::Nginx);
    let first = site.answers(200, "GET", "/blog/a?utm_source=x", &[]);
    assert_eq!(first.reason(), "counted");
    assert!(first.body.is_empty());
    assert_eq!(first.header("x-robots-tag"), Some("noarchive"));
    assert!(first.head.contains("no-store"), "{}", first.head);
    let cookie = format!("Cookie: {}", first.cookie().expect("an id"));
    for story in ["b", "c", "a"] {
        site.answers(200, "GET", &format!("/blog/{story}"), &[&cookie]);
    }
    let wall = site.answers(403, "GET", "/blog/d", &[&cookie]);
    assert_eq!(wall.reason(), "meter-exhausted");
    assert!(wall.text().contains(&shown_and_hidden("d").0));
    assert!(wall.head.contains("no-store"), "{}", wall.head);
    // What isn't read isn't counted, and so isn't let through.
    site.answers(403, "HEAD", "/blog/e", &[]);
    site.answers(403, "GET", "/blog/e", &["Sec-Purpose: prefetch"]);
    site.answers(200, "HEAD", "/lasting", &[]);
}

#[test]
fn what_the_site_may_answer_in_another_way_has_to_go_through_the_gate() {
    let site = site(Asker::Nginx);
    site.answers(200, "GET", "/lasting", &[]);
    site.answers(200, "GET", "/style.css", &[]);
    site.answers(200, "GET", "/large", &[]);
    site.answers(200, "GET", "/gone", &[]);
    site.answers(200, "GET", "/stories/a", &[]);
    // Elsewhere all of the query makes a difference, and the gate has asked with it.
    site.answers(200, "GET", "/blog/a?p=7", &[]);
    for (method, uri, headers) in [
        // Another method, another page, another reader.
        ("POST", "/lasting", &[][..]),
        ("TRACE", "/lasting", &[]),
        ("GET", "/lasting", &["X-Original-URL: /blog/d"]),
        ("GET", "/lasting", &["X-Rewrite-URL: /blog/d"]),
        ("GET", "/lasting", &["X_Original_URL: /blog/d"]),
        ("GET", "/lasting", &["X-HTTP-Method-Override: POST"]),
        ("GET", "/lasting", &["Authorization: Basic YTpi"]),
        ("GET", "/lasting", &["Cookie: sid=1"]),
        ("GET", "/lasting", &["Upgrade: websocket"]),
        ("GET", "/account", &[]),
        ("GET", "/stories/a?p=7", &[]),
        ("GET", "/%62log/a", &[]),
        ("GET", "/blog/../blog/a", &[]),
        ("GET", "/blog%2fa", &[]),
        ("GET", "http://review.example/blog/a", &[]),
        // What the gate cuts, and what it never hands out.
        ("GET", "/feed", &[]),
        ("GET", "/story.xml", &[]),
        ("GET", "/posts.json", &[]),
        ("GET", "/api/posts", &[]),
        ("GET", "/?rest_route=/posts", &[]),
        ("GET", "/brotli", &[]),
        // The gate's own.
        ("GET", "/-/healthz", &[]),
        ("GET", "/-/authorize", &[]),
    ] {
        site.answers(403, method, uri, headers);
    }
}

#[test]
fn only_a_trusted_proxy_may_ask_and_only_in_its_own_way() {
    let site = site(Asker::Nginx);
    let asks = |headers: &[&str]| site.get("/-/authorize", headers).status;
    let uri = "X-Original-URI: /blog/a";
    let method = "X-Original-Method: GET";
    assert_eq!(asks(&[uri, method]), 200);
    assert_eq!(asks(&[uri]), 403);
    assert_eq!(asks(&[method]), 403);
    assert_eq!(asks(&[uri, uri, method]), 403);
    assert_eq!(asks(&[uri, method, "X-Original-URI: /lasting"]), 403);
    assert_eq!(
        asks(&["X-Forwarded-Uri: /lasting", "X-Forwarded-Method: GET"]),
        403
    );
    assert_eq!(asks(&[uri, method, "Via: 1.1 ludgate"]), 403);

    let other = before(&Setup {
        asker: Some(Asker::Nginx),
        ..Setup::default()
    });
    other.change(&Setup {
        trusted: &["192.0.2.1/32"],
        asker: Some(Asker::Nginx),
        foreign: Some(Arc::new(known())),
        ..Setup::default()
    });
    assert_eq!(other.get("/-/authorize", &[uri, method]).status, 403);
    other.change(&Setup {
        trusted: &["127.0.0.1/32"],
        foreign: Some(Arc::new(known())),
        ..Setup::default()
    });
    assert_eq!(other.get("/-/authorize", &[uri, method]).status, 404);
}

#[test]
fn other_proxies_ask_in_their_own_ways() {
    let forwarded = ["X-Forwarded-Uri: /blog/a", "X-Forwarded-Method: GET"];
    for asker in [Asker::Traefik, Asker::Caddy] {
        let site = site(asker);
        let reply = site.get("/-/authorize", &forwarded);
        assert_eq!(
            (reply.status, reply.reason()),
            (200, "counted"),
            "{asker:?}"
        );
        assert_eq!(site.ask("GET", "/lasting", &[]).status, 403, "{asker:?}");
    }
    let envoy = site(Asker::Envoy);
    let reply = envoy.get("/-/authorize/blog/a?utm_source=x", &[]);
    assert_eq!((reply.status, reply.reason()), (200, "counted"));
    assert_eq!(envoy.get("/-/authorize/stories/a?p=7", &[]).status, 403);
    assert_eq!(envoy.get("/-/authorize", &forwarded).status, 403);
    assert_eq!(envoy.get("/-/authorizeblog/a", &[]).status, 404);
}

#[test]
fn staff_and_observers_are_let_through() {
    let site = site(Asker::Nginx);
    let until = site.now() + jiff::SignedDuration::from_hours(1);
    let path = site.gate.staff_path(until).expect("a link");
    let staff = format!(
        "Cookie: {}",
        site.get(&path, &[]).cookie().expect("a token")
    );
    assert_eq!(site.ask("POST", "/blog/a", &[&staff]).status, 200);
    assert_eq!(site.ask("GET", "/api/posts", &[&staff]).status, 200);

    let observed = before(&Setup {
        asker: Some(Asker::Nginx),
        mode: Mode::Observe,
        ..Setup::default()
    });
    for story in ["a", "b", "c", "d"] {
        let reply = observed.ask("GET", &format!("/blog/{story}"), &[]);
        assert_eq!(reply.status, 200, "{story}");
    }
    assert_eq!(observed.ask("POST", "/api/posts", &[]).status, 200);
}
