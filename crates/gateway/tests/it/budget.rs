//! New readers are bounded for each network; everybody else there is left
//! alone.

use std::io::{Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};

use crate::client::{Reply, parse, send};
use crate::site::{Setup, Site, documented, rules_opening};

const BUDGET: u32 = 200;

fn setup() -> Setup {
    Setup {
        fresh_readers: BUDGET,
        trusted: &["127.0.0.0/8"],
        ..Setup::default()
    }
}

/// A connection on which one request follows another.
struct Line(TcpStream);

impl Line {
    fn to(address: SocketAddr) -> Self {
        Self(TcpStream::connect(address).expect("a connection"))
    }

    fn get(&mut self, target: &str, from: IpAddr, cookie: Option<&str>) -> Reply {
        let cookie = cookie.map_or(String::new(), |cookie| format!("Cookie: {cookie}\r\n"));
        let request = format!(
            "GET {target} HTTP/1.1\r\nHost: review.example\r\nX-Forwarded-For: {from}\r\n\
             {cookie}\r\n"
        );
        self.0.write_all(request.as_bytes()).expect("sent");
        let mut bytes = Vec::new();
        let mut buffer = [0; 16 * 1024];
        loop {
            let read = self.0.read(&mut buffer).expect("an answer");
            assert!(read > 0, "the server hung up");
            bytes.extend_from_slice(&buffer[..read]);
            let Some(reply) = parse(&bytes) else { continue };
            let length = reply.header("content-length").expect("a length");
            if reply.body.len() == length.parse::<usize>().expect("a number") {
                return reply;
            }
        }
    }
}

#[test]
fn ten_thousand_fresh_readers_of_one_network_open_at_most_the_budget() {
    let site = Site::start(&setup());
    let mut line = Line::to(site.address);
    let returning = line
        .get("/stories/a", documented(1), None)
        .cookie()
        .expect("a cookie");
    let (mut opened, mut refused) = (1, 0);
    for number in 0..10_000_u32 {
        let last = u8::try_from(number % 256).expect("a byte");
        match line.get("/stories/a", documented(last), None).reason() {
            "counted" => opened += 1,
            "fresh-reader-budget" => refused += 1,
            other => panic!("neither opened nor refused: {other}"),
        }
    }
    assert_eq!(opened, BUDGET);
    assert_eq!(refused, 10_001 - BUDGET);

    let wall = line.get("/stories/b", documented(9), None);
    assert!(wall.text().contains("ludgate-wall"));
    assert!(
        !wall.text().contains("You have read"),
        "who has read nothing isn't told otherwise"
    );
    assert!(
        wall.text().contains("from your network today"),
        "who is refused is told why"
    );
    assert!(wall.cookie().is_none(), "no id without a count");
    let known = line.get("/stories/b", documented(2), Some(&returning));
    assert_eq!(
        known.reason(),
        "counted",
        "who has been here before is not affected"
    );
    let elsewhere = line.get("/stories/a", IpAddr::from([198, 51, 100, 1]), None);
    assert_eq!(elsewhere.reason(), "counted", "nor is another network");
    let free = line.get("/stories/free", documented(3), None);
    assert_eq!(free.reason(), "free", "nor is what is free");
}

#[test]
fn a_busy_block_of_a_large_provider_leaves_every_network_its_own_budget() {
    let site = Site::start(&Setup {
        fresh_readers: 1,
        ..setup()
    });
    let mut line = Line::to(site.address);
    // More /24s of one /8 than a neighbourhood has accounts.
    for number in 0..5_000_u16 {
        let [b, c] = number.to_be_bytes();
        let from = IpAddr::from([198, b, c, 1]);
        assert_eq!(
            line.get("/stories/a", from, None).reason(),
            "counted",
            "{from}"
        );
    }
}

#[test]
fn a_budget_is_for_a_day() {
    let site = Site::start(&Setup {
        fresh_readers: 1,
        ..setup()
    });
    let from = |last: u8| documented(last);
    let mut line = Line::to(site.address);
    assert_eq!(line.get("/stories/a", from(1), None).reason(), "counted");
    assert_eq!(
        line.get("/stories/a", from(2), None).reason(),
        "fresh-reader-budget"
    );
    site.pass(jiff::SignedDuration::from_hours(24));
    assert_eq!(line.get("/stories/a", from(2), None).reason(), "counted");
}

#[test]
fn a_budget_may_be_for_less_than_a_day() {
    let site = Site::start(&Setup {
        fresh_readers: 1,
        fresh_hours: 2,
        ..setup()
    });
    let mut line = Line::to(site.address);
    let mut reason = |last| {
        let reply = line.get("/stories/a", documented(last), None);
        reply.reason().to_owned()
    };
    assert_eq!(reason(1), "counted");
    // The site's clock begins at three o'clock.
    site.pass(jiff::SignedDuration::from_mins(59));
    assert_eq!(reason(2), "fresh-reader-budget");
    site.pass(jiff::SignedDuration::from_mins(1));
    assert_eq!(reason(2), "counted");
}

#[test]
fn at_the_last_of_the_budget_parallel_strangers_make_exactly_one_reader() {
    let site = Site::start(&Setup {
        fresh_readers: 1,
        ..setup()
    });
    let opened = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..16)
            .map(|last| {
                let site = &site;
                scope.spawn(move || {
                    let mut line = Line::to(site.address);
                    line.get("/stories/a", documented(last), None).reason() == "counted"
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|t| t.join().expect("an answer"))
            .filter(|&o| o)
            .count()
    });
    assert_eq!(opened, 1);
}

#[test]
fn a_stranger_can_not_borrow_a_budget_by_claiming_another_address() {
    // Nobody is trusted here, and the peer is loopback, which is exempt: the
    // claim must neither help nor harm.
    let site = Site::start(&Setup {
        fresh_readers: 0,
        ..Setup::default()
    });
    let claim = crate::client::request("GET", "/stories/a", &["X-Forwarded-For: 192.0.2.1"]);
    assert_eq!(send(site.address, &claim).reason(), "counted");
    // Behind a trusted proxy the claims left of the last hop don't count.
    let site = Site::start(&Setup {
        fresh_readers: 0,
        ..setup()
    });
    for claim in [
        "X-Forwarded-For: 127.0.0.1, 192.0.2.1",
        "X-Forwarded-For: ::1, 2001:db8::1",
    ] {
        let reply = send(
            site.address,
            &crate::client::request("GET", "/stories/a", &[claim]),
        );
        assert_eq!(reply.reason(), "fresh-reader-budget", "{claim}");
    }
}

#[test]
fn a_reader_whose_address_the_proxy_does_not_tell_is_nobody_in_particular() {
    let site = Site::start(&Setup {
        fresh_readers: 1,
        ..setup()
    });
    let ask = |lines: &[&[u8]]| {
        let mut raw = b"GET /stories/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n".to_vec();
        for line in lines {
            raw.extend_from_slice(&[b"X-Forwarded-For: ".as_slice(), line, b"\r\n"].concat());
        }
        raw.extend_from_slice(b"\r\n");
        send(site.address, &raw).reason().to_owned()
    };
    assert_eq!(ask(&[]), "counted");
    let untold: [&[&[u8]]; 5] = [
        &[],
        &[b"\xff"],
        &[b"unknown"],
        &[b"127.0.0.1"],
        &[b"192.0.2.1", b"\xe9"],
    ];
    for lines in untold {
        assert_eq!(
            ask(lines),
            "fresh-reader-budget",
            "{lines:?} share one budget"
        );
    }
    assert_eq!(
        ask(&[b"\xff, 192.0.2.1"]),
        "counted",
        "who is told has their own"
    );
    assert_eq!(ask(&[b"\xff", b"192.0.2.2"]), "fresh-reader-budget");
}

#[test]
fn a_rule_for_the_proxys_network_does_not_open_for_strangers() {
    let site = Site::start(&setup());
    let mut policy = site.policy(&setup());
    let loopback = "127.0.0.0/8".parse().expect("a network");
    policy.rules = rules_opening(access::Condition::Network(vec![loopback]));
    site.gate.install(policy);
    let garbled = b"GET /stories/locked HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\
        X-Forwarded-For: \xff\r\n\r\n";
    assert_eq!(
        send(site.address, garbled).reason(),
        "subscription-required"
    );
    let untold = site.get("/stories/locked", &[]);
    assert_eq!(untold.reason(), "subscription-required");
}
