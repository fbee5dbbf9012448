//! The gate in front of a site that nobody here wrote: what it is asked, what of
//! its answers is kept and for whom, and what never goes out.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use access::PathPattern;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, StatusCode};
use http_body_util::BodyExt;
use jiff::SignedDuration;
use ludgate_gateway::{
    CookieName, Fetching, Origin, OriginBody, OriginRequest, OriginResponse, Site as Known, Stream,
};

use crate::canary::{self, leaks, shown_and_hidden};
use crate::client::{request, send};
use crate::site::{Setup, Site};

/// A content system of a few paths, which notes what it is asked.
#[derive(Default)]
pub(crate) struct Cms {
    asked: Mutex<Vec<String>>,
    down: std::sync::atomic::AtomicBool,
}

impl Origin for Cms {
    fn fetch<'a>(&'a self, request: OriginRequest<'a>) -> Fetching<'a> {
        Box::pin(async move {
            let query = request.query.map(|query| format!("?{query}"));
            let mut line = format!(
                "{} {}{}",
                request.method,
                request.path,
                query.unwrap_or_default()
            );
            for (name, value) in &request.headers {
                let is_plain = matches!(
                    name.as_str(),
                    "host" | "via" | "accept-encoding" | "x-forwarded-host" | "x-forwarded-proto"
                );
                if !is_plain {
                    let value = value.to_str().expect("text");
                    write!(line, " {name}={value}").expect("memory");
                }
            }
            self.asked.lock().expect("a lock").push(line);
            if self.down.load(std::sync::atomic::Ordering::SeqCst) {
                return Err(ludgate_gateway::OriginError("it is down".to_owned()));
            }
            Ok(answer(request).await)
        })
    }
}

fn whole(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> OriginResponse {
    let status = StatusCode::from_u16(status).expect("a status");
    let html = HeaderValue::from_static("text/html; charset=utf-8");
    let mut response = OriginResponse::whole(status, html, body.into());
    for (name, value) in headers {
        let name: HeaderName = name.parse().expect("a name");
        let value = HeaderValue::from_str(value).expect("a value");
        if name == http::header::CONTENT_TYPE {
            response.headers.insert(name, value);
        } else {
            response.headers.append(name, value);
        }
    }
    response
}

async fn answer(mut request: OriginRequest<'_>) -> OriginResponse {
    let header = |name: &str| {
        let value = request
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok());
        value.unwrap_or("nobody").to_owned()
    };
    let part = header("range");
    let part = part
        .strip_prefix("bytes=")
        .and_then(|part| part.split_once('-'));
    if let Some(name) = request.path.strip_prefix("/blog/") {
        return story(name, part);
    }
    if let Some(answer) = for_machines(request.path) {
        return answer;
    }
    let text = canary::story("json", "");
    match request.path {
        "/" => whole(200, &[], format!("<h1>Front</h1> for {}", header("cookie"))),
        "/lasting" => whole(200, &[("cache-control", "max-age=60")], "<p>lasting"),
        "/checked" if header("if-none-match") == "\"v1\"" => whole(
            304,
            &[("set-cookie", "sid=3"), ("cache-control", "no-cache")],
            "",
        ),
        "/unchanged" => whole(304, &[("etag", "\"v1\"")], ""),
        "/confused" if header("if-none-match") == "\"v1\"" => whole(304, &[("etag", "\"v2\"")], ""),
        "/checked" | "/confused" => whole(
            200,
            &[("etag", "\"v1\""), ("cache-control", "no-cache")],
            "<p>checked",
        ),
        "/account" => whole(
            200,
            &[("set-cookie", "sid=2")],
            format!("<p>{}", header("cookie")),
        ),
        "/languages" => whole(
            200,
            &[("vary", "accept-language"), ("cache-control", "max-age=60")],
            format!("<p>in {}", header("accept-language")),
        ),
        "/style.css" => whole(
            200,
            &[
                ("content-type", "text/css"),
                ("cache-control", "max-age=60"),
                ("etag", "\"css\""),
                ("connection", "close, x-hop"),
                ("x-hop", "1"),
            ],
            "0123456789",
        ),
        "/posts.json" => whole(200, &[("content-type", "application/json")], text),
        "/open/posts.json" => whole(200, &[("content-type", "application/json")], "{}"),
        "/comments" => {
            let sent = match request.body.take() {
                Some(body) => body.collect().await.expect("a body").to_bytes(),
                None => Bytes::new(),
            };
            let said = String::from_utf8_lossy(&sent).into_owned();
            whole(
                200,
                &[],
                format!("<p>You said {said}</p>{}", canary::story("c", "")),
            )
        }
        "/film" if part.is_some() => whole(
            206,
            &[
                ("content-type", "video/mp4"),
                ("content-range", "bytes 2-4/10"),
            ],
            "234",
        ),
        "/large" => OriginResponse {
            status: StatusCode::OK,
            headers: whole(200, &[("content-type", "video/mp4")], "").headers,
            body: OriginBody::Stream(pieces()),
            upgrade: None,
        },
        "/zipped" => {
            use std::io::Write;
            let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            let story = canary::story("zipped", "");
            zip.write_all(story.as_bytes()).expect("memory");
            let body = zip.finish().expect("memory");
            whole(200, &[("content-encoding", "gzip")], body)
        }
        "/brotli" => whole(200, &[("content-encoding", "br")], text),
        "/comments/new" => whole(303, &[("location", "http://review.example/lasting#c1")], ""),
        "/comments/away" => whole(303, &[("location", "http://other.example/lasting")], ""),
        "/gone" => whole(410, &[], "<p>gone"),
        _ => whole(404, &[], "<p>nothing"),
    }
}

/// A story, or the part of it that is asked for.
fn story(name: &str, part: Option<(&str, &str)>) -> OriginResponse {
    let story = canary::story(name, "");
    if let Some((first, _)) = part {
        let rest = story[first.parse().expect("a number")..].to_owned();
        return whole(206, &[("content-range", "bytes 1000-2000/3000")], rest);
    }
    whole(
        200,
        &[("set-cookie", "visited=1"), ("cache-control", "no-store")],
        story,
    )
}

/// What machines read: feeds, lists of links, data.
fn for_machines(path: &str) -> Option<OriginResponse> {
    let text = canary::story("json", "");
    Some(match path {
        "/feed" => whole(
            200,
            &[
                ("content-type", "application/rss+xml"),
                ("cache-control", "max-age=60"),
            ],
            format!(
                "<rss><channel><item><title>Head</title><x:y>{}</x:y></item></channel></rss>",
                {
                    let (first, hidden) = shown_and_hidden("json");
                    format!("{first} {} {}", "word ".repeat(80), hidden.join(" "))
                }
            ),
        ),
        "/sitemap.xml" => whole(
            200,
            &[("content-type", "text/xml")],
            "<urlset><url><loc>http://review.example/</loc></url></urlset>",
        ),
        "/story.xml" => whole(
            200,
            &[("content-type", "text/xml")],
            format!("<nitf>{text}</nitf>"),
        ),
        _ => return None,
    })
}

/// A megabyte in pieces, of unknown length, and what comes after it.
fn pieces() -> Stream {
    let pieces =
        (0..64_u8).map(|number| Ok(http_body::Frame::data(Bytes::from(vec![number; 16384]))));
    let trailers = whole(
        200,
        &[
            ("x-checksum", "1"),
            ("set-cookie", "sid=9"),
            ("content-length", "5"),
            ("ludgate-decision", "full"),
        ],
        "",
    );
    let end = Ok(http_body::Frame::trailers(trailers.headers));
    let stream = Pieces(pieces.chain([end]).collect());
    stream.boxed_unsync()
}

struct Pieces(
    std::collections::VecDeque<Result<http_body::Frame<Bytes>, ludgate_gateway::StreamError>>,
);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = ludgate_gateway::StreamError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        std::task::Poll::Ready(self.0.pop_front())
    }
}

pub(crate) fn known() -> Known {
    let paths = |list: &[&str]| -> Vec<PathPattern> {
        list.iter()
            .map(|path| PathPattern::new(path).expect("a pattern"))
            .collect()
    };
    Known {
        host: HeaderValue::from_static("review.example"),
        https: false,
        sessions: CookieName::parse("sid").into_iter().collect(),
        measuring: Vec::new(),
        personal: paths(&["/account"]),
        open: paths(&["/open/**"]),
        closed: paths(&["/api/**"]),
        terse: Vec::new(),
        closed_query: vec!["rest_route".into()],
        upgrades: Vec::new(),
        noise: vec!["utm_*".into()],
        headers: vec![http::header::ACCEPT_LANGUAGE],
        brief: Duration::from_secs(5),
        stale: Duration::from_secs(30),
        largest: 1 << 16,
    }
}

fn site() -> Site<Cms> {
    let setup = Setup {
        foreign: Some(Arc::new(known())),
        ..Setup::default()
    };
    Site::before(&setup, Cms::default())
}

impl Site<Cms> {
    /// What the origin was asked since the last time.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.origin.asked.lock().expect("a lock"))
    }

    /// The header line of a reader who has used up the month.
    fn walled_by_blog(&self) -> String {
        let mut cookie = String::new();
        for story in ["a", "b", "c"] {
            let line = format!("Cookie: {cookie}");
            let reply = self.get(&format!("/blog/{story}"), &[&line]);
            cookie = reply.cookie().unwrap_or(cookie);
        }
        format!("Cookie: {cookie}")
    }

    #[track_caller]
    fn hides(&self, name: &str, target: &str, headers: &[&str]) {
        let reply = self.get(target, headers);
        let (shown, _) = shown_and_hidden(name);
        assert!(reply.text().contains(&shown), "{target}: {}", reply.head);
        assert_eq!(leaks(name, &reply.decoded()), [""; 0], "{target}");
        assert_eq!(leaks(name, reply.head.as_bytes()), [""; 0], "{target}");
    }
}

#[test]
fn a_story_is_asked_for_as_by_nobody_kept_and_metered() {
    let site = site();
    let reply = site.get("/blog/a?utm_source=x", &["Cookie: sid=1; a=b", "Foo: bar"]);
    assert_eq!(reply.reason(), "counted");
    assert_eq!(site.asked(), ["GET /blog/a"]);
    let cookie = reply.cookie().expect("an id");
    assert!(cookie.starts_with("ludgate="), "{cookie}");
    assert!(!reply.head.contains("visited"), "{}", reply.head);
    assert!(reply.head.contains("private, no-store"), "{}", reply.head);
    let cookie = format!("Cookie: {cookie}; sid=1");
    assert_eq!(site.get("/blog/a", &[&cookie]).reason(), "already-counted");
    assert!(site.asked().is_empty(), "the second reading costs nothing");
    for (story, reason) in [("b", "counted"), ("c", "counted"), ("d", "meter-exhausted")] {
        let reply = site.get(&format!("/blog/{story}"), &[&cookie]);
        assert_eq!(reply.reason(), reason, "{story}");
    }
    site.hides("d", "/blog/d", &[&cookie]);
}

#[test]
fn a_stale_story_serves_while_it_is_asked_for_anew_and_its_beginning_when_it_cannot_be() {
    let site = site();
    let reader = site.get("/blog/a", &[]).cookie().expect("an id");
    let cookie = format!("Cookie: {reader}");
    site.asked();
    site.pass(SignedDuration::from_secs(65));
    assert_eq!(site.get("/blog/a", &[&cookie]).reason(), "already-counted");
    let deadline = std::time::Duration::from_secs(5);
    wait(deadline, || site.asked() == ["GET /blog/a"]);
    site.origin
        .down
        .store(true, std::sync::atomic::Ordering::SeqCst);
    site.pass(SignedDuration::from_secs(200));
    assert_eq!(site.get("/blog/a", &[&cookie]).reason(), "unavailable");
    site.hides("a", "/blog/a", &[&cookie]);
}

/// Waits for something that happens elsewhere.
#[track_caller]
fn wait(at_most: Duration, mut happened: impl FnMut() -> bool) {
    let tries = at_most.as_millis() / 10;
    for _ in 0..tries {
        if happened() {
            return;
        }
        let (_somebody, nobody) = std::sync::mpsc::channel::<()>();
        let _ = nobody.recv_timeout(Duration::from_millis(10));
    }
    panic!("it didn't happen");
}

#[test]
fn who_the_site_knows_gets_its_own_answer_and_nobody_else_does() {
    let site = site();
    assert!(site.get("/", &[]).text().contains("for nobody"));
    let mine = site.get("/", &["Cookie: sid=1; ludgate=x"]);
    assert!(mine.text().contains("for sid=1"), "{}", mine.text());
    assert!(site.get("/", &[]).text().contains("for nobody"));
    assert!(
        site.get("/", &["Cookie: theme=dark"])
            .text()
            .contains("for nobody")
    );
    assert_eq!(
        site.asked(),
        ["GET /", "GET / cookie=sid=1 x-forwarded-for=127.0.0.1"]
    );
    for reader in ["1", "2"] {
        let cookie = format!("Cookie: sid={reader}");
        let reply = site.get("/account", &[&cookie]);
        assert!(reply.text().contains(&format!("sid={reader}")));
        assert_eq!(reply.cookie().as_deref(), Some("sid=2"));
    }
}

#[test]
fn what_the_site_says_of_keeping_is_done() {
    let site = site();
    for _ in 0..3 {
        assert_eq!(site.get("/lasting", &[]).status, 200);
    }
    assert_eq!(site.asked(), ["GET /lasting"]);
    site.pass(SignedDuration::from_secs(59));
    assert_eq!(site.get("/lasting", &[]).header("age"), Some("59"));
    assert!(site.asked().is_empty());
    site.pass(SignedDuration::from_secs(1));
    site.get("/lasting", &[]);
    assert_eq!(site.asked(), ["GET /lasting"]);
    for _ in 0..2 {
        assert!(site.get("/checked", &[]).text().contains("checked"));
    }
    assert_eq!(
        site.asked(),
        ["GET /checked", "GET /checked if-none-match=\"v1\""]
    );
    let language = |name: &str| {
        let line = format!("Accept-Language: {name}");
        site.get("/languages", &[&line]).text()
    };
    for _ in 0..2 {
        assert!(language("fr").contains("in fr"));
        assert!(language("de").contains("in de"));
    }
    assert_eq!(site.asked().len(), 2);
}

#[test]
fn that_nothing_has_changed_is_believed_where_it_was_asked_and_brings_nobodys_cookies() {
    let site = site();
    for _ in 0..2 {
        let reply = site.get("/checked", &[]);
        assert!(reply.text().contains("checked"), "{}", reply.head);
        assert_eq!(reply.cookie(), None);
        let other = site.get("/confused", &[]);
        assert!(other.text().contains("checked"), "{}", other.head);
    }
    assert_eq!(
        site.asked(),
        [
            "GET /checked",
            "GET /confused",
            "GET /checked if-none-match=\"v1\"",
            "GET /confused if-none-match=\"v1\"",
            "GET /confused"
        ]
    );
    assert_eq!(site.get("/unchanged", &[]).status, 503);
}

#[test]
fn a_file_is_kept_as_it_came_and_sent_whole_in_part_or_not_at_all() {
    let site = site();
    let whole = site.get("/style.css", &[]);
    assert_eq!((whole.status, &*whole.body), (200, &b"0123456789"[..]));
    assert_eq!(whole.header("x-hop"), None, "for one connection only");
    let part = site.get("/style.css", &["Range: bytes=2-4"]);
    assert_eq!((part.status, &*part.body), (206, &b"234"[..]));
    assert_eq!(part.header("content-range"), Some("bytes 2-4/10"));
    let held = site.get("/style.css", &["If-None-Match: \"css\""]);
    assert_eq!((held.status, &*held.body), (304, &b""[..]));
    assert_eq!(site.asked(), ["GET /style.css"]);
}

#[test]
fn a_part_of_what_is_not_known_yet_is_asked_for_as_by_nobody() {
    let site = site();
    let range = "Range: bytes=2-4";
    let part = site.get("/film", &[range, "Cookie: a=b", "Foo: bar"]);
    assert_eq!((part.status, &*part.body), (206, &b"234"[..]));
    assert_eq!(site.asked(), ["GET /film range=bytes=2-4"]);
    let own = site.get("/film", &[range, "Cookie: sid=1"]);
    assert_eq!((own.status, &*own.body), (206, &b"234"[..]));
    assert_eq!(
        site.asked(),
        [
            "GET /film range=bytes=2-4",
            "GET /film range=bytes=2-4 cookie=sid=1 x-forwarded-for=127.0.0.1"
        ],
        "who the site knows may see what others don't"
    );
}

#[test]
fn a_part_of_a_page_is_never_taken_for_one() {
    let site = site();
    let walled = site.walled_by_blog();
    let range = "Range: bytes=1200-";
    for (at, who) in ["Foo: bar", "Cookie: sid=1", "Authorization: Basic x"]
        .iter()
        .enumerate()
    {
        let target = format!("/blog/part{at}");
        let headers = [range, &walled, who];
        site.asked();
        let reply = site.get(&target, &headers);
        assert_eq!(reply.status, 200, "{who}: {}", reply.head);
        site.hides(&format!("part{at}"), &target, &headers);
        assert_eq!(reply.reason(), "meter-exhausted", "{who}");
        let asked = site.asked();
        let known = asked.iter().filter(|line| line.contains("cookie"));
        assert_eq!(known.count(), 0, "{asked:?}");
    }
}

#[test]
fn what_may_hold_a_story_and_is_no_page_is_kept_back() {
    let site = site();
    for target in [
        "/posts.json",
        "/api/posts",
        "/?rest_route=/wp/v2/posts",
        "/brotli",
    ] {
        let reply = site.get(target, &[]);
        assert!(
            matches!(reply.status, 403 | 503),
            "{target}: {}",
            reply.head
        );
        assert_eq!(leaks("json", &reply.decoded()), [""; 0], "{target}");
    }
    assert_eq!(site.get("/open/posts.json", &[]).status, 200);
}

#[test]
fn feeds_are_cut_and_lists_of_links_are_not() {
    let site = site();
    let feed = site.get("/feed", &[]);
    assert_eq!(
        feed.header("content-type"),
        Some("application/rss+xml; charset=utf-8")
    );
    let (shown, _) = shown_and_hidden("json");
    assert!(feed.text().contains(&shown) && feed.text().contains("Head"));
    assert_eq!(leaks("json", &feed.decoded()), [""; 0]);
    assert!(site.get("/sitemap.xml", &[]).text().contains("<loc>"));
    let other = site.get("/story.xml", &[]);
    assert_eq!(
        (other.status, leaks("json", &other.decoded())),
        (403, Vec::new())
    );
}

#[test]
fn who_only_observes_holds_nothing_back() {
    let setup = Setup {
        foreign: Some(Arc::new(known())),
        mode: ludgate_gateway::Mode::Observe,
        ..Setup::default()
    };
    let site = Site::before(&setup, Cms::default());
    for target in ["/feed", "/posts.json", "/story.xml"] {
        let reply = site.get(target, &[]);
        assert_eq!(reply.status, 200, "{target}");
        assert!(!leaks("json", &reply.decoded()).is_empty(), "{target}");
    }
}

#[test]
fn a_page_is_cut_whatever_its_method_and_encoding() {
    let site = site();
    let (shown, _) = shown_and_hidden("c");
    let mut ask = request("POST", "/comments", &["Content-Length: 5"]);
    ask.extend_from_slice(b"hello");
    let reply = send(site.address, &ask);
    assert!(reply.text().contains("You said hello") && reply.text().contains(&shown));
    assert_eq!(leaks("c", &reply.decoded()), [""; 0]);
    assert_eq!(reply.reason(), "unavailable");
    let walled = site.walled_by_blog();
    site.hides("zipped", "/zipped", &[&walled]);
    site.hides("zipped", "/zipped", &[&walled, "Range: bytes=0-100000"]);
    site.hides("zipped", "/zipped", &[&walled, "Accept-Encoding: gzip"]);
}

#[test]
fn what_is_sent_may_hold_lone_line_feeds_and_comes_through_whole() {
    let site = site();
    for said in ["one\ntwo\n\nGET / \n", "\n\r\n\n"] {
        let length = format!("Content-Length: {}", said.len());
        let mut ask = request("POST", "/comments", &[&length]);
        ask.extend_from_slice(said.as_bytes());
        let reply = send(site.address, &ask);
        let found = reply.text().contains(&format!("You said {said}<"));
        assert!(found, "{said:?}: {}", reply.head);
    }
}

#[test]
fn what_is_large_streams_through_whole() {
    let site = site();
    let reply = site.get("/large", &[]);
    assert_eq!(reply.header("transfer-encoding"), Some("chunked"));
    let whole = unchunked(&reply.body);
    let end = String::from_utf8_lossy(&reply.body[reply.body.len() - 40..]).into_owned();
    assert!(end.ends_with("\r\n0\r\nx-checksum: 1\r\n\r\n"), "{end}");
    assert_eq!(whole.len(), 64 * 16384);
    assert!(
        whole
            .iter()
            .enumerate()
            .all(|(at, &byte)| usize::from(byte) == at / 16384)
    );
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    loop {
        let end = body
            .windows(2)
            .position(|two| two == b"\r\n")
            .expect("a size");
        let size = std::str::from_utf8(&body[..end]).expect("text");
        let size = usize::from_str_radix(size, 16).expect("a number");
        if size == 0 {
            return whole;
        }
        whole.extend_from_slice(&body[end + 2..end + 2 + size]);
        body = &body[end + 2 + size + 2..];
    }
}

#[test]
fn what_is_changed_is_asked_for_again() {
    let site = site();
    site.get("/lasting", &[]);
    site.asked();
    let mut ask = request(Method::PUT.as_str(), "/gone", &["Content-Length: 1"]);
    ask.push(b'x');
    assert_eq!(send(site.address, &ask).status, 410);
    site.get("/lasting", &[]);
    assert_eq!(
        site.asked().len(),
        1,
        "a change that failed changes nothing"
    );
    for (target, asked) in [("/comments/away", 1), ("/comments/new", 2)] {
        let post = request("POST", target, &["Content-Length: 0"]);
        assert_eq!(send(site.address, &post).status, 303);
        site.get("/lasting", &[]);
        assert_eq!(site.asked().len(), asked, "{target}");
    }
}

/// The signature of `message`, as any content system can make it.
fn signed(site: &Site<Cms>, message: &str) -> Vec<u8> {
    use hmac::{Hmac, KeyInit, Mac};
    let time = site.now().as_second();
    let secret = crate::site::WEBHOOK_SECRET_OF_TESTS;
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&secret).expect("a key");
    mac.update(format!("{time}.{message}").as_bytes());
    let mut tag = String::new();
    for byte in mac.finalize().into_bytes() {
        write!(tag, "{byte:02x}").expect("memory");
    }
    let signature = format!("Ludgate-Signature: t={time},v1={tag}");
    let length = format!("Content-Length: {}", message.len());
    let mut raw = request("POST", "/-/purge", &[&signature, &length]);
    raw.extend_from_slice(message.as_bytes());
    raw
}

#[test]
fn who_holds_the_secret_can_have_pages_forgotten_and_nobody_else() {
    let site = site();
    site.get("/blog/a", &[]);
    site.get("/lasting", &[]);
    site.asked();
    let message = "{\"urls\":[\"http://review.example/blog/a\"]}";
    let reply = send(site.address, &signed(&site, message));
    assert_eq!((reply.status, reply.text().as_str()), (200, "1\n"));
    site.get("/blog/a", &[]);
    site.get("/lasting", &[]);
    assert_eq!(site.asked(), ["GET /blog/a"], "and the other one is kept");
    let forged = String::from_utf8(signed(&site, message)).expect("text");
    for forged in [
        forged.replace("v1=", "v1=0"),
        forged.replace("/blog/a", "/blog/b"),
        forged.replace("Ludgate-Signature", "X-Signature"),
    ] {
        assert_eq!(send(site.address, forged.as_bytes()).status, 403);
    }
    site.get("/blog/a", &[]);
    assert!(site.asked().is_empty(), "nothing was forgotten");
}
