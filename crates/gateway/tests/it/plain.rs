//! Plain requests and others: two ways through the server, one behaviour.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use crate::client::{Reply, exchange, parse, request, send};
use crate::site::{Setup, Site};

/// Makes a request one that hyper reads, and no different to the gate.
const NOT_PLAIN: &str = "Content-Length: 0";

/// A response's head without what no two of them share.
fn fields(reply: &Reply) -> (String, BTreeSet<String>) {
    let mut lines = reply.head.lines();
    let status = lines.next().unwrap_or_default().to_owned();
    let fields =
        lines
            .filter(|line| !line.starts_with("date:"))
            .map(|line| match line.split_once('=') {
                Some((name, _)) if line.starts_with("set-cookie:") => name.to_owned(),
                _ => line.to_owned(),
            });
    (status, fields.collect())
}

#[test]
fn both_ways_give_the_same_response() {
    let site = Site::start(&Setup::default());
    let walled = site.walled();
    let counted = format!("Cookie: {}", site.reader(&["a", "b"]));
    let garbage = "Cookie: ludgate=AAAA; ludgate=BBBB".to_owned();
    let targets = [
        "/",
        "/site.css",
        "/nowhere",
        "/stories/a",
        "/stories/a/?utm=1",
        "/stories/d",
        "/stories/free",
        "/stories/locked",
        "/stories/sponsored",
        "/stories/broken",
        "/stories/%2e%2e/a",
        "/stories/a#b",
        "/stories/a\"b",
        "/stories/[a]|b",
        "/stories/{a}?<b>",
        "/stories/a?page=\"2\"&page",
        "/stories/caf\u{e9}",
        "/stories/a\\..\\b",
        "//stories/a",
        "/-/healthz",
        "/-/nothing",
    ];
    let headers = [
        vec![],
        vec!["Accept-Encoding: gzip, deflate, br, zstd"],
        vec!["Accept-Encoding: gzip"],
        vec!["Accept-Encoding: zstd, gzip;q=0.5", "Accept-Language: ja"],
        vec!["Sec-Purpose: prefetch"],
        vec!["If-None-Match: *"],
        vec!["Range: bytes=0-10"],
        vec!["Host: a.example", "Host: b.example"],
        vec!["X-Forwarded-For: 192.0.2.1", "User-Agent: Googlebot"],
    ];
    let mut seen = BTreeSet::new();
    for method in ["GET", "HEAD"] {
        for target in targets {
            for cookie in [&walled, &counted, &garbage] {
                for lines in &headers {
                    let mut lines: Vec<&str> = lines.clone();
                    lines.push(cookie);
                    // What can be counted has been, so that neither changes anything.
                    send(site.address, &request(method, target, &lines));
                    let plain = send(site.address, &request(method, target, &lines));
                    lines.push(NOT_PLAIN);
                    let other = send(site.address, &request(method, target, &lines));
                    let what = format!("{method} {target} {lines:?}");
                    assert_eq!(fields(&plain), fields(&other), "{what}");
                    assert_eq!(plain.body, other.body, "{what}");
                    seen.insert(plain.status);
                }
            }
        }
    }
    let all = [200, 304, 400, 404, 503].into();
    assert!(seen.is_superset(&all), "only {seen:?} were tried");
}

#[test]
fn requests_sent_together_are_answered_in_their_order() {
    let site = Site::start(&Setup::default());
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
    let raw = [
        get("/stories/free"),
        get("/nowhere"),
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n".to_owned(),
        get("/-/healthz"),
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".to_owned(),
        get("/never-answered"),
    ];
    let statuses = statuses(&site, &raw.concat());
    assert_eq!(statuses, ["200", "404", "405", "200", "200"]);
}

fn statuses(site: &Site, raw: &str) -> Vec<String> {
    let answer = String::from_utf8_lossy(&exchange(site.address, raw.as_bytes())).into_owned();
    let found = answer.match_indices("HTTP/1.1 ");
    found
        .map(|(at, _)| answer[at + 9..at + 12].to_owned())
        .collect()
}

/// hyper keeps what it has read beyond a body, and nobody has seen to the line
/// ends of that. The head fills one reading, so that body and rest come together.
#[test]
fn after_a_body_nothing_more_is_taken() {
    let site = Site::start(&Setup::default());
    let next = "GET /-/healthz HTTP/1.1\nHost: x\n\n";
    for padding in [1, 8192 - 62] {
        let padding = "x".repeat(padding);
        let raw = format!(
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\nPadding: {padding}\r\n\r\n\
             0123456789{next}"
        );
        assert_eq!(statuses(&site, &raw), ["405"], "{}", raw.len());
    }
}

#[test]
fn what_comes_behind_a_request_that_sends_nothing_is_read_as_strictly() {
    let site = Site::start(&Setup::default());
    for method in ["GET", "HEAD"] {
        let first = format!("{method} /stories/long HTTP/1.1\r\nHost: x\r\n{NOT_PLAIN}\r\n\r\n");
        let second = first.replace("stories/long", "-/healthz");
        let lone = second.replacen("\r\n", "\n", 1);
        let raw = [&first[..], &second, &lone, &second].concat();
        assert_eq!(statuses(&site, &raw), ["200", "200", "400"], "{method}");
    }
}

/// The first copies are written and the later ones sent from a file; and as the
/// reader takes nothing before all has been asked for, most are sent in pieces.
#[test]
fn a_page_that_is_asked_for_often_stays_what_it_is() {
    const TIMES: usize = 100;
    let site = Site::start(&Setup::default());
    let reader = format!("Cookie: {}", site.reader(&["a"]));
    for target in ["/stories/long", "/stories/a"] {
        let lines = ["Accept-Encoding: gzip", &reader];
        let expected = send(site.address, &request("GET", target, &lines));
        let again = format!(
            "GET {target} HTTP/1.1\r\nHost: review.example\r\n{}\r\n\r\n",
            lines.join("\r\n")
        );
        let mut all = again.repeat(TIMES - 1).into_bytes();
        all.extend(request("GET", target, &lines));
        let mut answers = &exchange(site.address, &all)[..];
        for turn in 0..TIMES {
            let head = parse(answers).expect("one more response");
            let length: usize = head.header("content-length").unwrap().parse().unwrap();
            let body = &head.body[..length];
            assert!(body == expected.body, "{target}, turn {turn}");
            answers = &answers[answers.len() - head.body.len() + length..];
        }
        assert!(answers.is_empty(), "and nothing else");
        assert_eq!(expected.text(), site.get(target, &[&reader]).text());
    }
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "nothing tells when the server has read the first piece"
)]
fn pieces_make_no_difference() {
    let site = Site::start(&Setup::default());
    let line = site.walled();
    let whole = request("GET", "/stories/d", &[&line]);
    let expected = send(site.address, &whole);
    assert_eq!(expected.reason(), "meter-exhausted");
    for at in 1..whole.len() {
        let mut stream = TcpStream::connect(site.address).expect("a connection");
        stream.set_nodelay(true).expect("no delay");
        stream.write_all(&whole[..at]).expect("sent");
        thread::sleep(Duration::from_millis(2));
        stream.write_all(&whole[at..]).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let reply = parse(&answer).expect("a response");
        assert_eq!(fields(&reply), fields(&expected), "in two at {at}");
        assert_eq!(reply.body, expected.body, "in two at {at}");
    }
}

#[test]
fn a_connection_serves_one_request_after_the_other() {
    let site = Site::start(&Setup::default());
    let mut stream = TcpStream::connect(site.address).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .expect("a time-out");
    for turn in 0..100 {
        stream
            .write_all(b"HEAD /stories/free HTTP/1.1\r\nHost: x\r\n\r\n")
            .expect("sent");
        let mut answer = Vec::new();
        let mut byte = [0];
        while !answer.ends_with(b"\r\n\r\n") {
            stream.read_exact(&mut byte).expect("more of the head");
            answer.push(byte[0]);
        }
        assert!(answer.starts_with(b"HTTP/1.1 200 OK\r\n"), "turn {turn}");
    }
    stream
        .write_all(&request("HEAD", "/stories/free", &[]))
        .expect("sent");
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).expect("the end");
    let last = parse(&rest).expect("a response");
    assert_eq!(last.header("connection"), Some("close"));
}

#[test]
fn what_is_under_way_when_the_server_stops_is_finished() {
    for more in [None, Some(NOT_PLAIN)] {
        let site = Site::start(&Setup::default());
        let address = site.address;
        let lines: Vec<&str> = more.into_iter().collect();
        let ask = ["Host: x"]
            .iter()
            .chain(&lines)
            .fold("GET /stories/slow HTTP/1.1\r\n".to_owned(), |ask, line| {
                ask + line + "\r\n"
            })
            + "\r\n";
        let reader = thread::spawn(move || exchange(address, ask.as_bytes()));
        while site.fetches() == 0 && !reader.is_finished() {
            thread::yield_now();
        }
        assert_eq!(site.stop(), 0, "{more:?}: nothing had to be cut off");
        let answer = reader.join().expect("a reader");
        let reply = parse(&answer).expect("a response");
        assert_eq!((reply.status, reply.reason()), (200, "counted"), "{more:?}");
        assert_eq!(reply.header("connection"), Some("close"), "{more:?}");
        let length = reply.header("content-length").map(str::parse);
        assert_eq!(length, Some(Ok(reply.body.len())), "{more:?}: all of it");
    }
}
