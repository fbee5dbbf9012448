//! Files of the built-in publication that are no text: they go out as they came,
//! whole, in part or not at all, and large ones don't crowd stories out of memory.

use std::sync::atomic::{AtomicU64, Ordering};

use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use ludgate_gateway::{Fetching, Origin, OriginRequest, OriginResponse};

use crate::client::{Reply, request, send};
use crate::site::{Setup, Site};

const SMALL: usize = 20_000;
const LARGE: usize = 400_000;

/// An origin of two pictures, which counts how often it is asked.
#[derive(Default)]
struct Gallery {
    fetches: AtomicU64,
}

/// Bytes that could be made shorter, as those of pictures can't.
fn picture(length: usize) -> Bytes {
    (0..=250).cycle().take(length).collect()
}

impl Origin for Gallery {
    fn fetch<'a>(&'a self, request: OriginRequest<'a>) -> Fetching<'a> {
        self.fetches.fetch_add(1, Ordering::SeqCst);
        let length = match request.path {
            "/small.webp" => SMALL,
            "/large.webp" => LARGE,
            _ => 0,
        };
        let (status, kept) = if length == 0 {
            (StatusCode::SERVICE_UNAVAILABLE, "no-store")
        } else {
            (StatusCode::OK, "public, max-age=31536000, immutable")
        };
        let media = HeaderValue::from_static("image/webp");
        let mut answer = OriginResponse::whole(status, media, picture(length))
            .kept(HeaderValue::from_static(kept));
        let fixed = HeaderValue::from_static;
        answer.headers.insert(header::ETAG, fixed("\"own\""));
        answer
            .headers
            .insert(header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff"));
        Box::pin(async move { Ok(answer) })
    }
}

fn gallery() -> Site<Gallery> {
    Site::before(&Setup::default(), Gallery::default())
}

fn fetches(site: &Site<Gallery>) -> u64 {
    site.origin.fetches.load(Ordering::SeqCst)
}

/// What comes back, with what is said around it.
fn check(reply: &Reply, status: u16, body: &[u8]) {
    assert_eq!(reply.status, status, "{}", reply.head);
    assert!(reply.body == body, "{} bytes", reply.body.len());
    assert_eq!(reply.header("etag"), Some("\"own\""));
    assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    let kept = reply.header("cache-control");
    assert_eq!(kept, Some("public, max-age=31536000, immutable"));
    assert_eq!(reply.header("content-encoding"), None);
    assert_eq!(reply.header("vary"), None);
    assert_eq!(reply.decision(), "none");
}

#[test]
fn a_picture_goes_out_as_it_came_whole_in_part_or_not_at_all() {
    let site = gallery();
    for (path, length) in [("/small.webp", SMALL), ("/large.webp", LARGE)] {
        let whole = picture(length);
        let reply = site.get(path, &["accept-encoding: gzip, zstd"]);
        check(&reply, 200, &whole);
        assert_eq!(reply.header("content-type"), Some("image/webp"));
        assert_eq!(reply.header("content-length"), Some(&*length.to_string()));

        let head = send(site.address, &request("HEAD", path, &[]));
        check(&head, 200, b"");
        assert_eq!(head.header("content-length"), Some(&*length.to_string()));

        check(&site.get(path, &["if-none-match: \"own\""]), 304, b"");
        check(&site.get(path, &["if-none-match: \"other\""]), 200, &whole);

        let part = site.get(path, &["range: bytes=100-199"]);
        check(&part, 206, &whole[100..200]);
        let range = format!("bytes 100-199/{length}");
        assert_eq!(part.header("content-range"), Some(&*range));
        let same = ["range: bytes=-10", "if-range: \"own\""];
        check(&site.get(path, &same), 206, &whole[length - 10..]);
        let other = ["range: bytes=-10", "if-range: \"other\""];
        check(&site.get(path, &other), 200, &whole);
        let beyond = site.get(path, &["range: bytes=9000000-"]);
        check(&beyond, 416, b"");
    }
}

#[test]
fn a_small_picture_stays_in_memory_and_a_large_one_does_not() {
    let site = gallery();
    for _ in 0..5 {
        site.get("/small.webp", &[]);
    }
    assert_eq!(fetches(&site), 1);
    let (_, before) = site.gate.pages().size();
    for _ in 0..5 {
        site.get("/large.webp", &[]);
    }
    assert_eq!(fetches(&site), 6);
    let (_, after) = site.gate.pages().size();
    assert!(after < before + LARGE as u64, "{before} and then {after}");
}

#[test]
fn one_that_cannot_be_had_just_now_is_asked_for_again() {
    let site = gallery();
    for _ in 0..3 {
        let reply = site.get("/busy.webp", &[]);
        assert_eq!(
            (reply.status, reply.header("cache-control")),
            (503, Some("no-store"))
        );
    }
    assert_eq!(fetches(&site), 3);
}
