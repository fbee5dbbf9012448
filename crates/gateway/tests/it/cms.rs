//! A content system that a test's gate is in front of: it notes what it is asked,
//! and answers a few paths well and others badly.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use access::PathPattern;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};
use http_body_util::BodyExt;
use ludgate_gateway::{
    CookieName, Fetching, Origin, OriginBody, OriginRequest, OriginResponse, Site as Known, Stream,
};

use crate::canary::{self, leaks, shown_and_hidden};
use crate::site::{Setup, Site};

/// A content system of a few paths, which notes what it is asked.
#[derive(Default)]
pub(crate) struct Cms {
    pub(crate) asked: Mutex<Vec<String>>,
    pub(crate) down: std::sync::atomic::AtomicBool,
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

/// Bytes of what is longer than anything that is kept, and says how long it is.
pub(crate) const LONG: usize = 100_000;

/// What a site tells the caches that it knows of between itself and readers.
const TO_CACHES: [(&str, &str); 6] = [
    ("surrogate-control", "max-age=600"),
    ("cdn-cache-control", "public, max-age=600"),
    ("cloudflare-cdn-cache-control", "max-age=600"),
    ("akamai-cache-control", "max-age=600"),
    ("edge-control", "!no-store, max-age=600"),
    ("x-accel-expires", "600"),
];

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
    if request.path.starts_with("/alike/") {
        return story("alike", part);
    }
    let range = header("range");
    let known = for_machines(request.path).or_else(|| trying(request.path));
    if let Some(answer) = known.or_else(|| for_players(request.path, &range)) {
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
        "/switching" => whole(101, &[("upgrade", "websocket")], ""),
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
        "/large" => film(pieces()),
        "/long" => film(of_known_length()),
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

/// What tries a gate: a page without its story, one beyond all bounds, and what
/// is said to others about keeping one.
fn trying(path: &str) -> Option<OriginResponse> {
    Some(match path {
        "/stories/none" => whole(200, &[("cache-control", "max-age=60")], "<p>no story"),
        "/enormous" => OriginResponse {
            status: StatusCode::OK,
            headers: whole(200, &[], "").headers,
            body: OriginBody::Stream(letters()),
            upgrade: None,
        },
        "/open/events" => OriginResponse {
            status: StatusCode::OK,
            headers: whole(200, &[("content-type", "text/event-stream")], "").headers,
            body: OriginBody::Stream(Events(Some("data: high water\n\n")).boxed_unsync()),
            upgrade: None,
        },
        "/shared" => whole(200, &TO_CACHES, "<p>shared"),
        "/shared-story" => whole(200, &TO_CACHES, canary::story("shared", "")),
        _ => return None,
    })
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

/// What is had in parts: bytes of which some look like text, and text that calls
/// itself bytes, or a program.
fn for_players(path: &str, range: &str) -> Option<OriginResponse> {
    let (media, body) = match path {
        "/film" => ("video/mp4", (0..10).collect()),
        "/song" => {
            let mut song = b"ID3\x04\x00 The tide gauge, sung by the harbour office ".to_vec();
            song.resize(1 << 17, 0);
            ("audio/mpeg", song)
        }
        "/notes.md" => ("application/octet-stream", text()),
        "/notes.js" => (
            "text/javascript",
            [&b"{\"body\":\""[..], &text(), b"\"}"].concat(),
        ),
        "/notes.gz" => {
            use std::io::Write;
            let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            zip.write_all(&text()).expect("memory");
            ("application/octet-stream", zip.finish().expect("memory"))
        }
        _ => return None,
    };
    let mut headers = vec![("content-type", media)];
    if path == "/notes.gz" {
        headers.push(("content-encoding", "gzip"));
    }
    let Some(part) = range.strip_prefix("bytes=") else {
        return Some(whole(200, &headers, body));
    };
    if part.contains(',') {
        let several = ("content-type", "multipart/byteranges; boundary=a");
        return Some(whole(206, &[several], body));
    }
    let (first, last) = part.split_once('-').expect("a range");
    let first: usize = first.parse().expect("a number");
    let last = last.parse().map_or(body.len(), |last: usize| last + 1);
    let last = last.min(body.len());
    let said = format!("bytes {first}-{}/{}", last - 1, body.len());
    headers.push(("content-range", &said));
    Some(whole(206, &headers, body[first..last].to_vec()))
}

/// A story's text and nothing else.
fn text() -> Vec<u8> {
    let tokens = (0..12).map(|number| canary::token("json", number));
    tokens.collect::<Vec<_>>().join(" and so on ").into_bytes()
}

fn film(body: Stream) -> OriginResponse {
    OriginResponse {
        status: StatusCode::OK,
        headers: whole(200, &[("content-type", "video/mp4")], "").headers,
        body: OriginBody::Stream(body),
        upgrade: None,
    }
}

fn of_known_length() -> Stream {
    let all = http_body_util::Full::new(Bytes::from(vec![0; LONG]));
    all.map_err(|never| match never {}).boxed_unsync()
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

/// A little above eight megabytes, more than is ever taken apart.
fn letters() -> Stream {
    let pieces = (0..520_usize).map(|number| {
        let letter = b'a' + u8::try_from(number % 26).expect("a letter");
        Ok(http_body::Frame::data(Bytes::from(vec![letter; 16384])))
    });
    Pieces(pieces.collect()).boxed_unsync()
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

/// One event, and then nothing more for as long as anybody waits.
struct Events(Option<&'static str>);

impl http_body::Body for Events {
    type Data = Bytes;
    type Error = ludgate_gateway::StreamError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        let event = self
            .0
            .take()
            .map(|event| Ok(http_body::Frame::data(event.into())));
        event.map_or(std::task::Poll::Pending, |event| {
            std::task::Poll::Ready(Some(event))
        })
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

pub(crate) fn site() -> Site<Cms> {
    let setup = Setup {
        foreign: Some(Arc::new(known())),
        ..Setup::default()
    };
    Site::before(&setup, Cms::default())
}

impl Site<Cms> {
    /// What the origin was asked since the last time.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.origin.asked.lock().expect("a lock"))
    }

    /// The header line of a reader who has used up the month.
    pub(crate) fn walled_by_blog(&self) -> String {
        let mut cookie = String::new();
        for story in ["a", "b", "c"] {
            let line = format!("Cookie: {cookie}");
            let reply = self.get(&format!("/blog/{story}"), &[&line]);
            cookie = reply.cookie().unwrap_or(cookie);
        }
        format!("Cookie: {cookie}")
    }

    #[track_caller]
    pub(crate) fn hides(&self, name: &str, target: &str, headers: &[&str]) {
        let reply = self.get(target, headers);
        let (shown, _) = shown_and_hidden(name);
        assert!(reply.text().contains(&shown), "{target}: {}", reply.head);
        assert_eq!(leaks(name, &reply.decoded()), [""; 0], "{target}");
        assert_eq!(leaks(name, reply.head.as_bytes()), [""; 0], "{target}");
    }
}
