//! Requests that no browser sends, and clients that never finish.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::client::{exchange, parse, request, send};
use crate::foreign::wait;
use crate::site::{Setup, Site};

#[track_caller]
fn check(site: &Site, raw: &[u8], statuses: &[u16]) {
    let answer = exchange(site.address, raw);
    let status = parse(&answer).map_or(0, |reply| reply.status);
    assert!(
        statuses.contains(&status),
        "{status} for {:?}",
        String::from_utf8_lossy(raw)
    );
    let reply = parse(&answer);
    assert!(
        reply.is_none_or(|reply| reply.header("ludgate-decision").is_none()),
        "nothing was decided for {:?}",
        String::from_utf8_lossy(raw)
    );
}

#[test]
fn malformed_requests_get_their_4xx() {
    let site = Site::start(&Setup::default());
    let host = "Host: review.example\r\nConnection: close\r\n";
    let rows: Vec<(String, &[u16])> = vec![
        ("GARBAGE\r\n\r\n".to_owned(), &[400]),
        (format!("GET / HTTP/9.9\r\n{host}\r\n"), &[400, 505]),
        (
            "GET / HTTP/1.1\r\nConnection: close\r\n\r\n".to_owned(),
            &[400],
        ),
        (
            format!("GET / HTTP/1.1\r\n{host}Host: other.example\r\n\r\n"),
            &[400],
        ),
        (
            format!("GET /stories/a/../b HTTP/1.1\r\n{host}\r\n"),
            &[400],
        ),
        (
            format!("GET /stories/%2e%2e/b HTTP/1.1\r\n{host}\r\n"),
            &[400],
        ),
        (format!("GET /a%2fb HTTP/1.1\r\n{host}\r\n"), &[400]),
        (
            "GET / HTTP/1.1\nHost: review.example\n\n".to_owned(),
            &[400],
        ),
        (
            format!("GET / HTTP/1.1\r\n{host}X: a\nY: b\r\n\r\n"),
            &[400],
        ),
        (format!("GET /a%00 HTTP/1.1\r\n{host}\r\n"), &[400]),
        (format!("GET /a%zz HTTP/1.1\r\n{host}\r\n"), &[400]),
        (
            format!("GET /{} HTTP/1.1\r\n{host}\r\n", "a".repeat(9000)),
            &[414],
        ),
        (
            format!("GET / HTTP/1.1\r\n{host}X: {}\r\n\r\n", "a".repeat(70_000)),
            &[431],
        ),
        (
            format!("GET / HTTP/1.1\r\n{host}{}\r\n", "X: y\r\n".repeat(200)),
            &[431, 400],
        ),
        (format!("OPTIONS * HTTP/1.1\r\n{host}\r\n"), &[400]),
        (
            format!("POST /stories/a HTTP/1.1\r\n{host}Content-Length: 0\r\n\r\n"),
            &[405],
        ),
        (format!("TRACE /stories/a HTTP/1.1\r\n{host}\r\n"), &[405]),
        (format!("DELETE /-/healthz HTTP/1.1\r\n{host}\r\n"), &[405]),
    ];
    for (raw, statuses) in rows {
        check(&site, raw.as_bytes(), statuses);
    }
    assert_eq!(
        site.get("/-/healthz", &[]).status,
        200,
        "and the server is well"
    );
}

#[test]
fn ambiguous_framing_never_smuggles_a_second_request() {
    let site = Site::start(&Setup::default());
    let line = site.walled();
    let smuggled = format!("GET /stories/d HTTP/1.1\r\nHost: x\r\n{line}\r\n\r\n");
    let rows = [
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "Content-Length: 4\r\nContent-Length: 40",
        "Content-Length: +4",
        "X: a\r\n continued: b\r\nContent-Length: 0",
    ];
    for framing in rows {
        let raw = format!(
            "GET /nothing HTTP/1.1\r\nHost: review.example\r\nConnection: close\r\n{framing}\r\n\r\n\
             0\r\n\r\n{smuggled}"
        );
        let answer = exchange(site.address, raw.as_bytes());
        let replies = answer
            .windows(9)
            .filter(|nine| nine.starts_with(b"HTTP/1.1 "))
            .count();
        assert!(
            replies <= 1,
            "{framing}: {}",
            String::from_utf8_lossy(&answer)
        );
    }
}

#[test]
fn the_same_page_is_served_over_http_2() {
    let site = Site::start(&Setup::default());
    let mut stream = TcpStream::connect(site.address).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .expect("a time-out");
    // The preface with empty settings; the server answers with its own.
    stream
        .write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        .expect("sent");
    stream
        .write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0])
        .expect("sent");
    // HEADERS on stream 1: :method GET, :scheme http, :path /, :authority x.
    let block = [0x82, 0x86, 0x84, 0x41, 0x01, b'x'];
    stream
        .write_all(&[0, 0, 6, 1, 0x05, 0, 0, 0, 1])
        .expect("sent");
    stream.write_all(&block).expect("sent");
    let mut seen = Vec::new();
    let mut buffer = [0; 4096];
    while !seen.windows(10).any(|ten| ten == b"Front page") {
        let read = stream.read(&mut buffer).expect("an answer in time");
        assert!(read > 0, "the server hung up");
        seen.extend_from_slice(&buffer[..read]);
    }
}

#[test]
fn a_client_that_never_finishes_its_request_is_let_go() {
    let site = Site::start(&Setup::default());
    for start in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: x\r\nX: "] {
        let mut stream = TcpStream::connect(site.address).expect("a connection");
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .expect("a time-out");
        stream.write_all(start.as_bytes()).expect("sent");
        let mut rest = Vec::new();
        // Ends because the server hangs up, long before our own time-out.
        stream.read_to_end(&mut rest).expect("hung up on, in time");
    }
}

#[test]
fn who_comes_when_there_is_no_place_is_told_so_at_once_and_served_when_there_is() {
    let mut setup = Setup::default();
    setup.limits.connections = 4;
    setup.limits.head = Duration::from_mins(1);
    let site = Site::start(&setup);
    let first: Vec<TcpStream> = (0..4)
        .map(|_| {
            let mut stream = TcpStream::connect(site.address).expect("a connection");
            stream
                .write_all(b"GET /-/healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                .expect("sent");
            stream.read_exact(&mut [0; 16]).expect("an answer");
            stream
        })
        .collect();
    for _ in 0..100 {
        let reply = site.get("/stories/a", &[]);
        assert_eq!(reply.status, 503, "{}", reply.head);
        assert_eq!(reply.header("retry-after"), Some("5"));
        assert_eq!(reply.header("connection"), Some("close"));
        assert_eq!(reply.header("cache-control"), Some("no-store"));
        assert!(reply.text().contains("try again"), "{}", reply.text());
    }
    drop(first);
    served_at_last(&site);
}

/// Asks until there is a place.
#[track_caller]
fn served_at_last(site: &Site) {
    wait(Duration::from_secs(10), || {
        site.get("/-/healthz", &[]).status == 200
    });
}

#[test]
fn a_connection_on_which_nothing_is_under_way_does_not_hold_up_the_end() {
    let site = Site::start(&Setup::default());
    let mut idle = TcpStream::connect(site.address).expect("a connection");
    idle.write_all(b"GET /-/healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        .expect("sent");
    let mut first = [0; 16];
    idle.read_exact(&mut first).expect("an answer");
    assert_eq!(&first[..15], b"HTTP/1.1 200 OK");
    site.gate.drain();
    assert_eq!(site.get("/-/readyz", &[]).status, 503);
    assert_eq!(site.stop(), 0, "nothing had to be cut off");
}

#[test]
fn absolute_form_and_foreign_hosts_change_nothing() {
    let site = Site::start(&Setup::default());
    let line = site.walled();
    let absolute = send(
        site.address,
        &request("GET", "http://evil.example/stories/d", &[&line]),
    );
    assert_eq!(absolute.reason(), "meter-exhausted");
    let foreign = site.get("/stories/d", &[&line, "Host: evil.example"]);
    assert_eq!(foreign.reason(), "meter-exhausted");
    assert!(!foreign.text().contains("evil.example"));
}

/// What is asked for again and again: a small page, and a long one whose ending
/// is sent from a file.
const PAGES: [&str; 2] = [
    "GET /stories/free HTTP/1.1\r\nHost: x\r\n\r\n",
    "GET /stories/long HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n",
];

/// Asks for the same page again and again and reads nothing of it, so that the
/// server has something to send that nobody takes.
fn deaf(site: &Site, page: &str) -> TcpStream {
    let mut stream = TcpStream::connect(site.address).expect("a connection");
    // Nothing taken for this long: everything between here and there is full.
    stream
        .set_write_timeout(Some(Duration::from_secs(1)))
        .expect("a time-out");
    let ask = page.repeat(64);
    for _ in 0..10_000 {
        if stream.write_all(ask.as_bytes()).is_err() {
            break;
        }
    }
    stream
}

#[test]
fn a_client_that_reads_nothing_is_cut_off_and_does_not_hold_up_the_end() {
    let mut setup = Setup::default();
    setup.limits.connections = 1;
    for page in PAGES {
        let site = Site::start(&setup);
        let deaf = deaf(&site, page);
        // There is room for one connection: others are served once that is gone.
        served_at_last(&site);
        drop(deaf);
        assert_eq!(site.stop(), 0);
    }
}

#[test]
fn what_is_not_finished_at_the_deadline_is_cut_off_and_said_to_be() {
    let mut setup = Setup::default();
    setup.limits.stall = Duration::from_mins(1);
    setup.limits.drain = Duration::from_millis(200);
    for page in PAGES {
        let site = Site::start(&setup);
        let deaf = deaf(&site, page);
        assert_eq!(site.stop(), 1);
        drop(deaf);
    }
}
