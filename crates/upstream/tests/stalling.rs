//! How much of a download lies here while its reader doesn't read.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on should stop where it stands"
)]
#![cfg(target_os = "linux")]

use std::net::SocketAddr;
use std::time::Duration;

use http::Request;
use http_body_util::BodyExt;
use ludgate_upstream::{Patience, Route, Settings, Upstream, empty};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// The site has far more to send than the reader takes.
const ALL: u64 = 1 << 30;

/// The reader takes enough for everything that grows with use to have grown.
const TAKEN: u64 = 32 << 20;

/// A piece that waits to be taken, and the one read after it, of 64 KB each.
const MOST: u64 = 2 * 64 * 1024;

/// The system takes nothing more for this long: its buffers are full.
const FULL: Duration = Duration::from_millis(300);

/// Sends until nothing more is taken. Says how much that was, and keeps the
/// connection open.
async fn send_all_that_is_taken(
    listener: TcpListener,
    stuck: oneshot::Sender<(u64, SocketAddr, SocketAddr)>,
) {
    let (mut stream, _) = listener.accept().await.expect("a connection");
    let mut request = [0; 4096];
    let _ = stream.read(&mut request).await.expect("a request");
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {ALL}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.expect("a reader");
    let piece = vec![b'x'; 1 << 20];
    let mut sent = 0;
    while let Ok(written) = tokio::time::timeout(FULL, stream.write(&piece)).await {
        sent += written.expect("a reader") as u64;
    }
    let own = stream.local_addr().expect("an address");
    let peer = stream.peer_addr().expect("an address");
    stuck.send((sent, own, peer)).expect("somebody waits");
    hold(stream).await;
}

async fn hold(_: TcpStream) {
    std::future::pending::<()>().await;
}

/// Bytes that the system holds between the two ends: sent and not taken.
fn in_the_system(own: SocketAddr, peer: SocketAddr) -> u64 {
    let table = std::fs::read_to_string("/proc/net/tcp").expect("a table of connections");
    // Addresses stand there as the machine holds them, ports as they are read.
    let ports = |line: &&str| {
        let mut ends = line.split_whitespace().skip(1).take(2).map(|end| {
            let port = end.rsplit(':').next().expect("a port");
            u16::from_str_radix(port, 16).unwrap_or_default()
        });
        (ends.next(), ends.next())
    };
    let queues = |from: SocketAddr, to: SocketAddr| {
        let line = table
            .lines()
            .find(|line| ports(line) == (Some(from.port()), Some(to.port())))
            .expect("the connection");
        let queues = line.split_whitespace().nth(4).expect("its queues");
        let (sends, reads) = queues.split_once(':').expect("two");
        let bytes = |text| u64::from_str_radix(text, 16).expect("a number");
        (bytes(sends), bytes(reads))
    };
    queues(own, peer).0 + queues(peer, own).1
}

#[tokio::test]
async fn a_reader_who_stalls_leaves_the_download_with_the_site() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let (stuck, until_stuck) = oneshot::channel();
    tokio::spawn(send_all_that_is_taken(listener, stuck));
    let upstream = Upstream::new(Settings {
        routes: vec![Route {
            paths: Vec::new(),
            servers: vec![url.parse().expect("a server")],
            host: None,
        }],
        patience: Patience::default(),
        connections: 1,
        secret: None,
        authorities: None,
        certificate_name: None,
    });
    let request = Request::get("/film").header("host", "review.example");
    let mut film = upstream
        .expect("settings")
        .send(request.body(empty()).expect("a request"), Duration::ZERO)
        .await
        .expect("an answer");
    let mut taken = 0;
    while taken < TAKEN {
        let frame = film.frame().await.expect("more").expect("it goes on");
        taken += frame.into_data().expect("a piece").len() as u64;
    }
    let (sent, own, peer) = until_stuck.await.expect("it stalls");
    let here = sent.saturating_sub(taken + in_the_system(own, peer));
    assert!(here <= MOST, "{here} bytes lie here and nobody reads them");
}
