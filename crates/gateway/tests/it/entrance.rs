//! Connections that come through an entrance, as those over TLS do.

use std::io::{Read, Write};
use std::net::TcpStream as Socket;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ludgate_gateway::{Admitted, Admitting, Caller, Channel, Entrance, Spoken};
use tokio::net::TcpStream;

use crate::client::request;
use crate::site::{Setup, Site};

const HSTS: &str = "strict-transport-security";

/// Takes the socket itself for a secure stream, of this caller.
struct Taken(Caller);

impl Entrance for Taken {
    fn admit(&self, socket: TcpStream, _: bool) -> Admitting<'_> {
        let admitted = Admitted {
            channel: Channel::Secure(Box::new(socket), Spoken::Http1),
            caller: self.0,
        };
        Box::pin(async move { Some(admitted) })
    }
}

fn behind(entrance: impl Entrance + 'static) -> Setup {
    Setup {
        entrance: Some(Arc::new(entrance)),
        ..Setup::default()
    }
}

#[test]
fn what_is_sent_is_the_same_as_over_a_socket_but_for_the_insistence_on_security() {
    let (plain, secure) = (
        Site::start(&Setup::default()),
        Site::start(&behind(Taken(Caller::Peer))),
    );
    let rows: &[(&str, &[&str])] = &[
        ("/", &[]),
        ("/stories/free", &["Accept-Encoding: gzip"]),
        ("/stories/free", &["Accept-Encoding: zstd"]),
        ("/stories/locked", &[]),
        ("/stories/long", &[]),
        ("/nowhere", &[]),
        ("/-/healthz", &[]),
    ];
    // Often enough for what is asked for often to lie in a file.
    for _ in 0..40 {
        for (path, headers) in rows {
            let (ours, theirs) = (secure.get(path, headers), plain.get(path, headers));
            assert_eq!(ours.status, theirs.status, "{path}");
            assert!(ours.body == theirs.body, "{path}");
            assert_eq!(ours.header(HSTS), Some("max-age=15552000"), "{path}");
            assert_eq!(theirs.header(HSTS), None, "{path}");
        }
    }
}

#[test]
fn what_isnt_plain_is_answered_over_it_too() {
    let site = Site::start(&behind(Taken(Caller::Peer)));
    let reply = crate::client::send(
        site.address,
        &request("POST", "/stories/free", &["Content-Length: 1", "", "x"]),
    );
    assert_eq!(
        (reply.status, reply.header(HSTS)),
        (405, Some("max-age=15552000"))
    );
}

#[test]
fn who_doesnt_read_is_let_go_over_it_too() {
    let site = Site::start(&behind(Taken(Caller::Peer)));
    let mut socket = Socket::connect(site.address).expect("a connection");
    for _ in 0..200 {
        // Refused once the site has had enough.
        if socket
            .write_all(&b"GET /stories/long HTTP/1.1\r\nHost: x\r\n\r\n"[..])
            .is_err()
        {
            break;
        }
    }
    // The last bytes aren't waited for any longer than others are.
    assert_eq!(site.stop(), 0);
    drop(socket);
}

#[test]
fn whose_address_nobody_tells_isnt_asked_for_it() {
    let setup = Setup {
        trusted: &["127.0.0.0/8"],
        fresh_readers: 1,
        ..behind(Taken(Caller::Untold))
    };
    let site = Site::start(&setup);
    // All share one budget, whatever they say.
    let first = site.get("/stories/a", &["X-Forwarded-For: 192.0.2.1"]);
    assert_eq!(first.reason(), "counted");
    let second = site.get("/stories/a", &["X-Forwarded-For: 198.51.100.1"]);
    assert_eq!(second.reason(), "fresh-reader-budget");
}

#[test]
fn whose_address_is_told_has_the_budget_of_its_network() {
    let at = |last| Taken(Caller::Told(crate::site::documented(last)));
    let setup = Setup {
        trusted: &["127.0.0.0/8"],
        fresh_readers: 1,
        ..behind(at(7))
    };
    let site = Site::start(&setup);
    let elsewhere = "X-Forwarded-For: 198.51.100.1";
    assert_eq!(site.get("/stories/a", &[elsewhere]).reason(), "counted");
    let second = site.get("/stories/a", &[]);
    assert_eq!(second.reason(), "fresh-reader-budget");
}

/// Lets nobody in, and counts who waits.
#[derive(Default)]
struct Closed {
    waiting: Arc<AtomicUsize>,
}

impl Entrance for Closed {
    fn admit(&self, socket: TcpStream, _: bool) -> Admitting<'_> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            let _socket = socket;
            std::future::pending().await
        })
    }
}

#[test]
fn those_on_their_way_in_are_few_and_hold_up_no_end() {
    let closed = Closed::default();
    let waiting = Arc::clone(&closed.waiting);
    let mut setup = behind(closed);
    setup.limits.connections = 8;
    let site = Site::start(&setup);
    let mut sockets: Vec<Socket> = (0..6)
        .map(|_| Socket::connect(site.address).expect("a connection"))
        .collect();
    while waiting.load(Ordering::SeqCst) < 2 {
        std::thread::yield_now();
    }
    // Nobody else is asked in for as long as these two are at the door.
    let a_while = Some(Duration::from_millis(200));
    sockets[5].set_read_timeout(a_while).expect("a time-out");
    assert!(
        sockets[5].read(&mut [0]).is_err(),
        "neither served nor closed"
    );
    assert_eq!(waiting.load(Ordering::SeqCst), 2);
    assert_eq!(site.stop(), 0);
}
