//! The way to the readers' own pages: what goes there, what comes back, and that
//! neither the site nor anybody between learns of it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method, Response, StatusCode, header};
use ludgate_gateway::{Enquiry, Receiving, Reception};

use crate::client::{Reply, request, send};
use crate::site::{Setup, Site};

/// Writes down what is asked and answers with a page.
#[derive(Default)]
struct Fake {
    asked: Mutex<Vec<Enquiry>>,
}

impl Reception for Fake {
    fn receive(&self, enquiry: Enquiry) -> Receiving<'_> {
        let mut response = Response::new(Bytes::from(format!("at {}", enquiry.path)));
        let headers = response.headers_mut();
        let html = HeaderValue::from_static("text/html; charset=utf-8");
        headers.insert(header::CONTENT_TYPE, html);
        // What would be careless is put right.
        let public = HeaderValue::from_static("public, max-age=600");
        headers.insert(header::CACHE_CONTROL, public);
        if enquiry.path == "pay" {
            let policy = HeaderValue::from_static("script-src https://pay.example");
            headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        if enquiry.path.ends_with("long") {
            *response.body_mut() = Bytes::from("a story ".repeat(1_000));
            let headers = response.headers_mut();
            headers.insert(header::ETAG, HeaderValue::from_static("\"tag\""));
        }
        if enquiry.path == "missing" {
            *response.status_mut() = StatusCode::NOT_FOUND;
        }
        self.asked.lock().expect("a lock").push(enquiry);
        Box::pin(std::future::ready(response))
    }

    fn is_for_programs(&self, path: &str) -> bool {
        path.starts_with("api/")
    }

    fn refusal(&self, status: StatusCode) -> Option<Response<Bytes>> {
        let mut response = Response::new(Bytes::from(format!("no: {status}")));
        *response.status_mut() = status;
        Some(response)
    }

    fn may_be_kept(&self, path: &str) -> bool {
        path == "icon"
    }

    fn may_be_compressed(&self, path: &str) -> bool {
        path.starts_with("feeds/")
    }

    fn is_at(&self, path: &str) -> bool {
        path == "/.well-known/desk"
    }

    fn longest(&self, path: &str) -> Option<usize> {
        match path {
            "parcel" => Some(100_000),
            "world" => Some(usize::MAX),
            _ => None,
        }
    }
}

impl Fake {
    fn last(&self) -> Enquiry {
        self.asked
            .lock()
            .expect("a lock")
            .pop()
            .expect("an enquiry")
    }

    fn is_undisturbed(&self) -> bool {
        self.asked.lock().expect("a lock").is_empty()
    }
}

fn site(setup: &Setup) -> (Site, Arc<Fake>) {
    let site = Site::start(setup);
    let fake = Arc::new(Fake::default());
    let reception = Arc::clone(&fake) as Arc<dyn Reception>;
    assert!(site.gate.receive_by(Arc::clone(&reception)));
    assert!(!site.gate.receive_by(reception), "there is one");
    (site, fake)
}

fn post(site: &Site, target: &str, headers: &[&str], body: &[u8]) -> Reply {
    let length = format!("Content-Length: {}", body.len());
    let mut lines = headers.to_vec();
    lines.push(&length);
    let mut whole = request("POST", target, &lines);
    whole.extend_from_slice(body);
    send(site.address, &whole)
}

#[test]
fn what_is_asked_comes_whole_and_the_site_hears_nothing_of_it() {
    let (site, fake) = site(&Setup::default());
    let reply = post(
        &site,
        "/-/login?to=%2Fstories%2Fa",
        &["Cookie: ludgate-form=x", "Accept-Language: ja"],
        b"mail=a%40b.example",
    );
    assert_eq!((reply.status, &*reply.body), (200, &b"at login"[..]));
    let asked = fake.last();
    assert_eq!(asked.method, Method::POST);
    assert_eq!(asked.query.as_deref(), Some("to=%2Fstories%2Fa"));
    assert_eq!(&*asked.body, b"mail=a%40b.example");
    assert_eq!(asked.headers["cookie"], "ludgate-form=x");
    assert_eq!(asked.headers["accept-language"], "ja");
    assert!(asked.address.is_some_and(|address| address.is_loopback()));
    assert_eq!(asked.now, site.now());
    assert!(!asked.is_secure);
    assert_eq!(site.fetches(), 0);
}

#[test]
fn nobody_keeps_frames_or_guesses_at_such_a_page() {
    let (site, _) = site(&Setup::default());
    for (path, status) in [("account", 200), ("missing", 404), ("pay", 200)] {
        let reply = site.get(&format!("/-/{path}"), &[]);
        assert_eq!(reply.status, status);
        for (name, value) in [
            ("cache-control", "private, no-store"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "strict-origin"),
            ("x-robots-tag", "noindex"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{path}");
        }
        let policy = reply.header("content-security-policy").expect("a policy");
        if path == "pay" {
            assert_eq!(policy, "script-src https://pay.example");
        } else {
            assert!(policy.starts_with("default-src 'none';"), "{policy}");
            assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        }
    }
}

#[test]
fn what_is_the_gates_own_stays_its_own_and_takes_nothing() {
    let (site, fake) = site(&Setup::default());
    assert_eq!(site.get("/-/healthz", &[]).body, b"ok\n");
    assert_eq!(site.get("/-/assets/none.css", &[]).status, 404);
    assert_eq!(site.get("/-/staff/none", &[]).status, 403);
    for path in ["healthz", "readyz", "assets/none.css", "staff/none"] {
        let reply = post(&site, &format!("/-/{path}"), &[], b"x");
        assert_eq!(reply.status, 405, "{path}");
    }
    let purge = post(&site, "/-/purge", &[], b"{\"all\":true}");
    assert_eq!(purge.status, 403, "unsigned");
    assert!(fake.is_undisturbed());
}

#[test]
fn outside_the_prefix_nothing_goes_there_and_nothing_can_be_sent() {
    let (site, fake) = site(&Setup::default());
    for target in ["/login", "/-login", "/stories/-/login", "/-/../login"] {
        assert_ne!(site.get(target, &[]).body, b"at login", "{target}");
        assert_ne!(post(&site, target, &[], b"x").status, 200, "{target}");
    }
    assert!(fake.is_undisturbed());
}

#[test]
fn where_programs_ask_every_method_comes_through_and_the_answer_says_how_long_it_keeps() {
    let (site, fake) = site(&Setup::default());
    for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"] {
        let reply = send(site.address, &request(method, "/-/api/x", &[]));
        assert_eq!(reply.status, 200, "{method}");
        assert_eq!(reply.header("cache-control"), Some("public, max-age=600"));
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
        let asked = fake.last();
        let seen = if method == "HEAD" { "GET" } else { method };
        assert_eq!(asked.method.as_str(), seen);
        assert_eq!(asked.is_head, method == "HEAD");
        assert!(asked.peer.is_some_and(|peer| peer.is_loopback()));
    }
}

#[test]
fn programs_are_told_in_their_own_words_what_the_gate_itself_refuses() {
    let (site, fake) = site(&Setup::default());
    for (target, status) in [
        ("/-/api/%00", 400),
        ("/-/api/%2F", 400),
        (&*format!("/-/api/{}", "x".repeat(9_000)), 414),
    ] {
        let reply = site.get(target, &[]);
        assert_eq!(reply.status, status, "{target}");
        assert!(reply.text().starts_with("no: "), "{}", reply.text());
        assert_eq!(reply.header("cache-control"), Some("private, no-store"));
        let page = site.get(&target.replace("/api/", "/page/"), &[]);
        assert_eq!(page.status, status, "{target}");
        assert!(page.text().contains("<h1>"), "{}", page.text());
    }
    assert!(fake.is_undisturbed());
}

#[test]
fn a_place_that_standards_have_named_goes_there_where_it_is_served() {
    let (site, fake) = site(&Setup::default());
    let reply = site.get("/.well-known/desk", &[]);
    assert_eq!(reply.body, b"at /.well-known/desk");
    assert_eq!(reply.header("cache-control"), Some("private, no-store"));
    fake.last();
    for path in ["/.well-known/desk/x", "/.well-known/", "/.well-known/other"] {
        assert_eq!(site.get(path, &[]).status, 404, "{path}");
    }
    assert!(fake.is_undisturbed());
}

#[test]
fn other_methods_too_much_and_what_breaks_off_never_arrive() {
    let (site, fake) = site(&Setup::default());
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS"] {
        let reply = send(site.address, &request(method, "/-/login", &[]));
        assert_eq!(reply.status, 405, "{method}");
    }
    let most = vec![b'x'; 64 * 1024];
    assert_eq!(post(&site, "/-/login", &[], &most).status, 200);
    assert_eq!(fake.last().body.len(), most.len());
    let more = vec![b'x'; 64 * 1024 + 1];
    assert_eq!(post(&site, "/-/login", &[], &more).status, 413);
    // Where more is asked for, so much and no more; never more than 256 KB.
    for (path, longest) in [("parcel", 100_000), ("world", 256 * 1024)] {
        let most = vec![b'x'; longest];
        let target = format!("/-/{path}");
        assert_eq!(post(&site, &target, &[], &most).status, 200, "{path}");
        assert_eq!(fake.last().body.len(), longest);
        let more = vec![b'x'; longest + 1];
        assert_eq!(post(&site, &target, &[], &more).status, 413, "{path}");
    }
    let mut short = request("POST", "/-/login", &["Content-Length: 10"]);
    short.extend_from_slice(b"mail");
    crate::client::exchange_half(site.address, &short);
    assert!(fake.is_undisturbed());
}

/// Says from behind a proxy that a body comes, and sends none of it once the server
/// waits for it.
fn slow(site: &Site, target: &str, from: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(site.address).expect("a connection");
    let patience = Some(Duration::from_secs(10));
    stream.set_read_timeout(patience).expect("a time-out");
    let client = format!("X-Forwarded-For: {from}");
    let lines = ["Content-Length: 10", "Expect: 100-continue", &*client];
    let head = request("POST", target, &lines);
    stream.write_all(&head).expect("an open connection");
    let mut first = [0; 12];
    stream.read_exact(&mut first).expect("a status");
    let first = String::from_utf8(first.to_vec()).expect("text");
    (stream, first)
}

#[test]
fn who_sends_slowly_keeps_nobody_out_and_least_of_all_who_only_looks() {
    let (site, _) = site(&Setup {
        trusted: &["127.0.0.0/8"],
        ..Setup::default()
    });
    // More than are answered at a time, from twenty networks.
    let mut slow_ones = Vec::new();
    for network in 0..20 {
        for _ in 0..16 {
            let from = format!("192.0.{network}.7");
            let (stream, says) = slow(&site, "/-/login", &from);
            assert_eq!(says, "HTTP/1.1 100", "{from}");
            slow_ones.push(stream);
        }
        let (_, says) = slow(&site, "/-/login", &format!("192.0.{network}.9"));
        assert_eq!(says, "HTTP/1.1 503", "a network has so many and no more");
    }
    let other = "X-Forwarded-For: 198.51.100.1";
    for target in ["/-/login", "/-/parcel"] {
        assert_eq!(site.get(target, &[other]).status, 200, "{target}");
        let sent = post(&site, target, &[other], b"a=b");
        assert_eq!(sent.status, 200, "{target}");
    }
    assert_eq!(
        site.get("/-/login", &["X-Forwarded-For: 192.0.2.9"]).status,
        200
    );
}

#[test]
fn a_head_is_asked_as_a_get_and_answered_without_its_body() {
    let (site, fake) = site(&Setup::default());
    let reply = send(site.address, &request("HEAD", "/-/account", &[]));
    assert_eq!(reply.status, 200);
    assert_eq!(reply.body, b"");
    assert_eq!(fake.last().method, Method::GET);
}

#[test]
fn without_anybody_there_the_prefix_is_as_empty_as_before() {
    let site = Site::start(&Setup::default());
    assert_eq!(site.get("/-/login", &[]).status, 404);
    assert_eq!(post(&site, "/-/login", &[], b"x").status, 405);
}

#[test]
fn only_what_may_be_is_compressed_and_only_for_who_takes_it() {
    let (site, _) = site(&Setup::default());
    let plain = "a story ".repeat(1_000);
    for (path, accepts, coding) in [
        ("feeds/long", "gzip", Some("gzip")),
        ("feeds/long", "br, gzip;q=0.5", Some("gzip")),
        ("feeds/long", "gzip;q=0", None),
        ("feeds/long", "br", None),
        ("feeds/short", "gzip", None),
        ("account/long", "gzip", None),
    ] {
        let line = format!("Accept-Encoding: {accepts}");
        let reply = send(
            site.address,
            &request("GET", &format!("/-/{path}"), &[&line]),
        );
        assert_eq!(reply.header("content-encoding"), coding, "{path} {accepts}");
        let varies = reply.header("vary") == Some("accept-encoding");
        assert_eq!(varies, path.starts_with("feeds/"), "{path}");
        if !path.ends_with("long") {
            continue;
        }
        let tag = coding.map_or("\"tag\"", |_| "W/\"tag\"");
        assert!(reply.text() == plain, "{path} {accepts}");
        assert_eq!(reply.header("etag"), Some(tag));
    }
}

#[test]
fn only_what_may_be_is_kept_by_browsers() {
    let (site, _) = site(&Setup::default());
    for (path, expected) in [
        ("icon", "public, max-age=600"),
        ("icons", "private, no-store"),
        ("account", "private, no-store"),
    ] {
        let reply = send(site.address, &request("GET", &format!("/-/{path}"), &[]));
        assert_eq!(reply.header("cache-control"), Some(expected), "{path}");
    }
}
