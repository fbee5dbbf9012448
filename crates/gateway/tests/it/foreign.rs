//! The gate in front of a site that nobody here wrote: what it is asked, what of
//! its answers is kept and for whom, and what never goes out.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use http::Method;
use jiff::SignedDuration;

use crate::canary::{leaks, shown_and_hidden};
use crate::client::{request, send, unchunked};
use crate::cms::{Cms, LONG, known, site};
use crate::site::{Setup, Site};

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
fn a_link_that_every_page_names_as_its_own_makes_one_story_of_few_of_them() {
    let site = site();
    let reader = site.get("/alike/1", &[]).cookie().expect("an id");
    let cookie = format!("Cookie: {reader}");
    let reason = |number: u32| {
        let reply = site.get(&format!("/alike/{number}"), &[&cookie]);
        reply.reason().to_owned()
    };
    for number in 1..64 {
        assert_eq!(reason(number), "already-counted", "{number}");
    }
    for (number, expected) in [(64, "counted"), (65, "counted"), (66, "meter-exhausted")] {
        assert_eq!(reason(number), expected, "{number}");
    }
    site.hides("alike", "/alike/66", &[&cookie]);
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
pub(crate) fn wait(at_most: Duration, mut happened: impl FnMut() -> bool) {
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
    assert_eq!(site.get("/switching", &[]).status, 503);
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
    assert_eq!((part.status, &*part.body), (206, &[2, 3, 4][..]));
    assert_eq!(site.asked(), ["GET /film range=bytes=2-4"]);
    let own = site.get("/film", &[range, "Cookie: sid=1"]);
    assert_eq!((own.status, &*own.body), (206, &[2, 3, 4][..]));
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
fn a_text_that_calls_itself_bytes_cannot_be_had_in_small_parts() {
    let site = site();
    for target in ["/notes.md", "/notes.js", "/notes.gz"] {
        for who in ["Foo: bar", "Cookie: sid=1", "Authorization: Basic x"] {
            for range in ["bytes=1-12", "bytes=40-60", "bytes=5-", "bytes=0-9"] {
                let reply = site.get(target, &[&format!("Range: {range}"), who]);
                assert_eq!(reply.status, 403, "{target} {range} {who}: {}", reply.head);
            }
        }
    }
}

#[test]
fn players_get_the_parts_they_ask_for_even_where_these_look_like_text() {
    let site = site();
    let part = |range: &str| {
        let reply = site.get("/song", &[&format!("Range: bytes={range}")]);
        (reply.status, reply.body.len())
    };
    assert_eq!(part("0-1"), (206, 2));
    assert_eq!(
        site.asked(),
        ["GET /song range=bytes=0-1", "GET /song range=bytes=0-511"]
    );
    assert_eq!(part("10-30"), (206, 21));
    assert_eq!(part("900-999"), (206, 100));
    assert_eq!(
        part("0-1,5-6"),
        (200, 1 << 17),
        "all of it instead of several"
    );
    assert_eq!(site.get("/song", &[]).status, 200);
    site.asked();
    assert_eq!(part("900-999"), (206, 100), "too large to be kept");
    assert_eq!(site.asked(), ["GET /song range=bytes=900-999"]);
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
fn what_a_site_tells_caches_on_the_way_is_said_of_what_is_no_story_only() {
    let site = site();
    let names = [
        "surrogate-control",
        "cdn-cache-control",
        "cloudflare-cdn-cache-control",
        "akamai-cache-control",
        "edge-control",
        "x-accel-expires",
    ];
    let told = |target: &str, headers: &[&str]| {
        let reply = site.get(target, headers);
        let told = names.iter().filter(|name| reply.header(name).is_some());
        let kept = reply.header("cache-control").map(str::to_owned);
        (told.count(), kept.expect("what is said of keeping"))
    };
    let mine = "private, no-store".to_owned();
    assert_eq!(told("/shared", &[]), (names.len(), "no-cache".to_owned()));
    assert_eq!(told("/shared-story", &[]), (0, mine.clone()));
    // Staff get the site as it is, and nobody else may get what they do.
    let until = site.now() + jiff::SignedDuration::from_hours(12);
    let path = site.gate.staff_path(until).expect("a path");
    let set = site.get(&path, &[]);
    let set = set.header("set-cookie").expect("a cookie");
    let staff = format!("Cookie: {}", set.split(';').next().expect("a value"));
    for target in ["/shared", "/shared-story"] {
        assert_eq!(told(target, &[&staff]), (0, mine.clone()), "{target}");
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

/// Sends a megabyte in pieces of so many bytes, one every tenth of a second, to a
/// gate that gives a request a second; the beginning of what it says.
fn uploaded_in(pieces: usize) -> String {
    use std::io::{Read, Write};
    let mut setup = Setup {
        foreign: Some(Arc::new(known())),
        ..Setup::default()
    };
    setup.limits.stall = Duration::from_millis(50);
    let site = Site::before(&setup, Cms::default());
    let mut socket = std::net::TcpStream::connect(site.address).expect("a connection");
    let patience = Some(Duration::from_secs(10));
    socket.set_read_timeout(patience).expect("a time-out");
    let length = format!("Content-Length: {}", 1 << 20);
    let ask = request("POST", "/comments", &[&length]);
    socket.write_all(&ask).expect("a gate");
    let (_somebody, nobody) = std::sync::mpsc::channel::<()>();
    for piece in vec![b'x'; 1 << 20].chunks(pieces).take(20) {
        let _ = nobody.recv_timeout(Duration::from_millis(100));
        if socket.write_all(piece).is_err() {
            break;
        }
    }
    let mut said = vec![0; 15];
    let read = socket.read(&mut said).unwrap_or_else(|error| {
        assert_ne!(error.kind(), std::io::ErrorKind::WouldBlock, "it goes on");
        0
    });
    String::from_utf8_lossy(&said[..read]).into_owned()
}

#[test]
fn an_upload_may_take_as_long_as_it_goes_on() {
    assert_eq!(uploaded_in(1 << 16), "HTTP/1.1 200 OK");
    assert_eq!(uploaded_in(1 << 10), "", "it is sipped");
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

#[test]
fn an_event_arrives_when_it_is_sent_and_not_with_the_next() {
    use std::io::{BufRead, BufReader, Write};
    let site = site();
    let mut socket = std::net::TcpStream::connect(site.address).expect("a connection");
    let patience = Some(Duration::from_secs(5));
    socket.set_read_timeout(patience).expect("a time-out");
    let ask = request("GET", "/open/events", &[]);
    socket.write_all(&ask).expect("a gate");
    let mut lines = BufReader::new(socket).lines();
    let event = lines.find_map(|line| {
        let line = line.expect("the event, while the site says no more");
        line.starts_with("data: ").then_some(line)
    });
    assert_eq!(event.as_deref(), Some("data: high water"));
}

#[test]
fn a_gate_that_is_led_to_itself_says_so_at_once_and_asks_no_further() {
    let site = site();
    let reply = site.get("/lasting", &["Via: 1.1 ludgate"]);
    assert_eq!(reply.status, 503, "{}", reply.head);
    assert!(site.asked().is_empty());
    assert_eq!(site.get("/lasting", &["Via: 1.1 varnish"]).status, 200);
}

#[test]
fn what_is_large_says_how_long_it_is_where_the_site_does() {
    let site = site();
    for method in ["GET", "HEAD"] {
        let reply = send(site.address, &request(method, "/long", &[]));
        assert_eq!(reply.header("content-length"), Some("100000"), "{method}");
        assert_eq!(reply.header("transfer-encoding"), None, "{method}");
        let sent = if method == "GET" { LONG } else { 0 };
        assert_eq!(reply.body.len(), sent);
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
