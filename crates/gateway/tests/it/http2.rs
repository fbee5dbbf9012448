//! Readers over HTTP/2, frame by frame.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::canary::{leaks, shown_and_hidden};
use crate::site::{Setup, Site};

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// A response, as far as it can be told without undoing its compressed head.
struct Answer {
    heads: usize,
    data_frames: usize,
    body: Vec<u8>,
}

fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("a short frame");
    let mut bytes = length.to_be_bytes()[1..].to_vec();
    bytes.extend([kind, flags]);
    bytes.extend(stream.to_be_bytes());
    bytes.extend(payload);
    bytes
}

/// One request on a connection of its own.
fn ask(site: &Site, method: &str, path: &str, cookie: &str) -> Answer {
    let mut stream = TcpStream::connect(site.address).expect("a connection");
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .expect("a time-out");
    // RFC 7541: literals with the names that have the numbers 2 (:method),
    // 4 (:path), 1 (:authority) and 32 (cookie) in the static table.
    let mut block = vec![0x86];
    for (name, value) in [(2, method), (4, path), (1, "review.example"), (32, cookie)] {
        block.push(0x40 | name);
        block.push(u8::try_from(value.len()).expect("short"));
        block.extend(value.as_bytes());
    }
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    bytes.extend(frame(4, 0, 0, &[]));
    bytes.extend(frame(HEADERS, END_STREAM | END_HEADERS, 1, &block));
    stream.write_all(&bytes).expect("sent");
    let mut answer = Answer {
        heads: 0,
        data_frames: 0,
        body: Vec::new(),
    };
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).expect("a frame");
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; usize::try_from(length).expect("a length")];
        stream.read_exact(&mut payload).expect("all of it");
        if u32::from_be_bytes([head[5], head[6], head[7], head[8]]) != 1 {
            continue;
        }
        match head[3] {
            HEADERS => answer.heads += 1,
            DATA => {
                answer.data_frames += 1;
                answer.body.extend(payload);
            }
            other => panic!("a frame of kind {other}"),
        }
        if head[4] & END_STREAM != 0 {
            return answer;
        }
    }
}

#[test]
fn a_reader_is_metered_to_the_wall_as_over_any_other_http() {
    let site = Site::start(&Setup::default());
    let cookie = site.reader(&["a", "b"]);
    let third = ask(&site, "GET", "/stories/c", &cookie);
    assert_eq!(leaks("c", &third.body).len(), shown_and_hidden("c").1.len());
    let fourth = ask(&site, "GET", "/stories/d", &cookie);
    let text = String::from_utf8(fourth.body).expect("UTF-8");
    assert!(text.contains(&shown_and_hidden("d").0) && text.contains("ludgate-wall"));
    assert!(leaks("d", text.as_bytes()).is_empty());
    let again = ask(&site, "GET", "/stories/c", &cookie);
    assert!(!leaks("c", &again.body).is_empty());
}

#[test]
fn a_head_is_answered_without_a_body_and_counts_nothing() {
    let site = Site::start(&Setup::default());
    let cookie = site.reader(&["a"]);
    for path in [
        "/",
        "/stories/a",
        "/stories/d",
        "/stories/locked",
        "/-/healthz",
    ] {
        let head = ask(&site, "HEAD", path, &cookie);
        assert_eq!((head.heads, head.data_frames), (1, 0), "{path}");
    }
    let line = format!("Cookie: {cookie}");
    assert!(
        site.get("/stories/b", &[&line])
            .decision()
            .contains("used=2")
    );
}
