//! A gate that only observes: nothing is kept back, whatever it makes of it, and
//! nothing of that outlives the day on which it goes live.

use std::sync::Arc;

use ludgate_gateway::Mode;

use crate::canary::leaks;
use crate::client::{request, send, unchunked};
use crate::cms::{Cms, known};
use crate::site::{Setup, Site};

fn setup(mode: Mode) -> Setup {
    Setup {
        foreign: Some(Arc::new(known())),
        mode,
        ..Setup::default()
    }
}

fn observed() -> Site<Cms> {
    Site::before(&setup(Mode::Observe), Cms::default())
}

/// What a gate that does more keeps back whole, and the status of that.
const KEPT_BACK: [(&str, u16); 6] = [
    ("/posts.json", 403),
    ("/story.xml", 403),
    ("/api/posts", 403),
    ("/brotli", 503),
    ("/stories/none", 503),
    ("/?rest_route=/posts", 403),
];

#[test]
fn who_only_observes_holds_nothing_back() {
    let site = observed();
    for target in ["/feed", "/posts.json", "/story.xml", "/brotli"] {
        for _ in 0..2 {
            let reply = site.get(target, &[]);
            assert_eq!(reply.status, 200, "{target}");
            assert!(!leaks("json", &reply.body).is_empty(), "{target}");
        }
    }
    let reply = site.get("/brotli", &[]);
    assert_eq!(reply.header("content-encoding"), Some("br"), "as it came");
    let reply = site.get("/stories/none", &[]);
    assert_eq!((reply.status, reply.text().as_str()), (200, "<p>no story"));
    assert_eq!(
        site.get("/api/posts", &[]).status,
        404,
        "the site's own word"
    );
    let mut change = request("POST", "/api/posts", &["Content-Length: 5"]);
    change.extend_from_slice(b"hello");
    assert_eq!(send(site.address, &change).status, 404);
}

#[test]
fn who_only_observes_lets_through_what_is_too_large_to_be_looked_at() {
    let site = observed();
    let reply = site.get("/enormous", &[]);
    assert_eq!(reply.status, 200, "{}", reply.head);
    let whole = unchunked(&reply.body);
    assert_eq!(whole.len(), 520 * 16384);
    let in_order = whole.chunks(16384).enumerate().all(|(number, piece)| {
        let letter = b'a' + u8::try_from(number % 26).expect("a letter");
        piece.iter().all(|&byte| byte == letter)
    });
    assert!(in_order, "a piece is missing or in another place");
    site.change(&setup(Mode::Enforce));
    assert_eq!(site.get("/enormous", &[]).status, 503);
}

#[test]
fn what_was_let_out_while_observing_is_kept_back_from_the_first_request_on() {
    let site = observed();
    for (target, _) in KEPT_BACK {
        site.get(target, &[]);
    }
    let feed = site.get("/feed", &[]);
    assert!(!leaks("json", &feed.decoded()).is_empty());
    site.change(&setup(Mode::Enforce));
    for (target, status) in KEPT_BACK {
        let reply = site.get(target, &[]);
        assert_eq!(reply.status, status, "{target}: {}", reply.head);
        assert_eq!(leaks("json", &reply.body), [""; 0], "{target}");
    }
    let feed = site.get("/feed", &[]);
    assert_eq!(leaks("json", &feed.decoded()), [""; 0]);
    // And the other way round.
    site.change(&setup(Mode::Observe));
    assert_eq!(site.get("/posts.json", &[]).status, 200);
}

#[test]
fn who_only_observes_cuts_nothing_where_the_site_has_failed() {
    let site = observed();
    let whole = site.get("/blog/a", &[]);
    site.origin
        .down
        .store(true, std::sync::atomic::Ordering::SeqCst);
    site.pass(jiff::SignedDuration::from_mins(5));
    for _ in 0..2 {
        let left = site.get("/blog/a", &[]);
        assert_eq!(left.status, 200, "{}", left.head);
        assert_eq!(left.decoded(), whole.decoded());
    }
}
