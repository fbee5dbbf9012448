//! Whatever a server answers, a plain request gets what hyper makes of it, and
//! nobody is ever given the answer to another request.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on should stop where it stands"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::TokioIo;
use ludgate_upstream::{Error, Patience, Received, Route, Settings, Upstream, empty};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What a server says to the first request of a connection, in pieces.
type Pieces = &'static [&'static str];

/// What it says to every further one.
const NEXT: &str = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext";

/// What becomes of a connection once its first request is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// It stays open, and further requests are answered.
    Stays,
    /// It ends.
    Ends,
    /// It ends at the next request, which isn't answered.
    EndsUnheard,
}

struct Server {
    url: String,
    connections: Arc<AtomicUsize>,
}

impl Server {
    async fn start(first: Pieces, then: Then) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let connections = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, first, then));
            }
        });
        Self { url, connections }
    }

    fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    fn upstream(&self) -> Upstream {
        Upstream::new(settings(&self.url)).expect("settings")
    }
}

async fn serve(mut stream: TcpStream, first: Pieces, then: Then) {
    let mut heard = vec![0; 4096];
    let mut pieces = first;
    while let Ok(1..) = stream.read(&mut heard).await {
        for piece in pieces {
            // Whoever reads no more has what it wants.
            let _ = stream.write_all(piece.as_bytes()).await;
            others().await;
        }
        if then == Then::Ends || then == Then::EndsUnheard && pieces.is_empty() {
            return;
        }
        pieces = if then == Then::Stays { &[NEXT] } else { &[] };
    }
}

/// Lets everybody else do what they can.
async fn others() {
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
}

fn settings(server: &str) -> Settings {
    Settings {
        routes: vec![Route {
            paths: Vec::new(),
            servers: vec![server.parse().expect("a server")],
            host: None,
        }],
        patience: Patience {
            first_byte: Duration::from_millis(500),
            queue: Duration::from_millis(50),
            ..Patience::default()
        },
        connections: 8,
        secret: None,
        authorities: None,
        certificate_name: None,
    }
}

async fn ask(
    upstream: &Upstream,
    method: &Method,
    now: Duration,
) -> Result<Response<Received>, Error> {
    let request = Request::builder()
        .method(method)
        .uri("/")
        .header("host", "review.example");
    let request = request.body(empty()).expect("a request");
    upstream.send(request, now).await
}

async fn text(upstream: &Upstream) -> String {
    let answer = ask(upstream, &Method::GET, Duration::ZERO).await;
    let body = answer.expect("an answer").into_body().collect().await;
    String::from_utf8_lossy(&body.expect("a body").to_bytes()).into_owned()
}

/// What came of a request.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Nothing,
    Broken(u16, HeaderMap),
    Whole(u16, HeaderMap, Bytes, Option<HeaderMap>),
}

impl Outcome {
    async fn of<B, E>(answer: Result<Response<B>, E>) -> Self
    where
        B: hyper::body::Body<Data = Bytes>,
    {
        let Ok(answer) = answer else {
            return Self::Nothing;
        };
        let (head, body) = answer.into_parts();
        let status = head.status.as_u16();
        match body.collect().await {
            Err(_) => Self::Broken(status, head.headers),
            Ok(all) => {
                let trailers = all.trailers().cloned();
                Self::Whole(status, head.headers, all.to_bytes(), trailers)
            }
        }
    }
}

/// What hyper's own client makes of it.
async fn by_hyper(server: &Server, method: &Method) -> Outcome {
    let address = server.url.strip_prefix("http://").expect("in the clear");
    let io = TcpStream::connect(address).await.expect("a connection");
    let mut builder = hyper::client::conn::http1::Builder::new();
    builder.max_buf_size(64 * 1024);
    let handshake = builder.handshake(TokioIo::new(io)).await;
    let (mut sender, connection) = handshake.expect("a handshake");
    tokio::spawn(connection);
    let request = Request::builder()
        .method(method)
        .uri("/")
        .header("host", "review.example");
    let request = request.body(Empty::<Bytes>::new()).expect("a request");
    Outcome::of(sender.send_request(request).await).await
}

async fn check(method: Method, first: Pieces, then: Then, is_kept: bool) {
    let expected = by_hyper(&Server::start(first, then).await, &method).await;
    let server = Server::start(first, then).await;
    let upstream = server.upstream();
    let answer = ask(&upstream, &method, Duration::ZERO).await;
    let outcome = Outcome::of(answer).await;
    assert_eq!(outcome, expected, "{method} {first:?}");
    others().await;
    let before = server.connections();
    let answer = ask(&upstream, &method, Duration::ZERO).await;
    let outcome = Outcome::of(answer).await;
    if is_kept {
        assert_eq!(server.connections(), before, "{method} {first:?} is kept");
        let body = if method == Method::HEAD { "" } else { "next" };
        assert!(
            matches!(&outcome, Outcome::Whole(200, _, said, _) if said == body),
            "{method} {first:?} and then {outcome:?}"
        );
    } else {
        assert!(server.connections() > before, "{method} {first:?} ends it");
        assert_eq!(outcome, expected, "{method} {first:?} on a new connection");
    }
}

fn pieces(pieces: &[&str]) -> Pieces {
    let leaked = pieces.iter().map(|piece| &*(*piece).to_owned().leak());
    leaked.collect::<Vec<_>>().leak()
}

#[tokio::test]
async fn a_connection_on_which_an_answer_came_to_its_end_is_kept() {
    let long: Pieces = pieces(&[
        "HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n",
        &"x".repeat(200_000),
    ]);
    let all: [Pieces; 12] = [
        &["HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: a\r\nset-cookie: b\r\n\r\nhello"],
        &["HTTP/1.1 404 Nothing Here\r\nContent-Length: 0\r\n\r\n"],
        &["HTTP/1.1 200 OK\r\nContent-", "Length: 5\r\n\r\nhe", "llo"],
        &["HTTP/1.1 200 OK\nContent-Length: 5\nConnection: Keep-Alive\n\nhello"],
        &["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"],
        &[
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe",
            "llo\r\n0\r\n",
            "X-After: 1\r\n\r\n",
        ],
        &["HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello"],
        &[
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        ],
        &["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"],
        &["HTTP/1.1 204 No Content\r\n\r\n"],
        &["HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"],
        long,
    ];
    for first in all {
        check(Method::GET, first, Then::Stays, true).await;
    }
    let length = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n";
    check(Method::HEAD, pieces(&[length]), Then::Stays, true).await;
}

#[tokio::test]
async fn one_on_which_anything_else_came_is_not() {
    let large = format!("HTTP/1.1 200 OK\r\nA: {}\r\n\r\n", "x".repeat(200_000));
    let large: Pieces = pieces(&[&large]);
    let all: [Pieces; 13] = [
        &["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello, again"],
        &[
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n\
             Content-Length: 5\r\n\r\nother",
        ],
        &[
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother",
        ],
        &[
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother",
        ],
        &["HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nhello"],
        &["HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"],
        &["HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"],
        &["HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello"],
        &["HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"],
        &["HTTP/1.1 200 OK\r\nContent-Length: 5\r\nNo name\r\n\r\nhello"],
        &["SSH-2.0-OpenSSH_9.6\r\n"],
        &["HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"],
        large,
    ];
    for first in all {
        check(Method::GET, first, Then::Stays, false).await;
    }
    let body = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    check(Method::HEAD, pieces(&[body]), Then::Stays, false).await;
}

#[tokio::test]
async fn one_that_the_server_ends_is_not_either() {
    let all: [Pieces; 6] = [
        &["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"],
        &["HTTP/1.1 200 OK\r\n\r\nhello"],
        &["HTTP/1.1 200 OK\r\n\r\nhe", "llo"],
        &["HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"],
        &["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"],
        &["HTTP/1.1 200 OK\r\nContent-"],
    ];
    for first in all {
        check(Method::GET, first, Then::Ends, false).await;
    }
}

const HELLO: Pieces = &["HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"];

#[tokio::test]
async fn a_server_that_ends_what_was_kept_fails_no_request_and_is_no_failing_one() {
    let server = Server::start(HELLO, Then::EndsUnheard).await;
    let upstream = server.upstream();
    for number in 0..8 {
        assert_eq!(text(&upstream).await, "hello");
        assert_eq!(server.connections(), number + 1);
    }
    assert!(upstream.health(Duration::ZERO)[0].is_up);
}

#[tokio::test]
async fn what_is_kept_is_kept_for_half_a_minute() {
    let server = Server::start(HELLO, Then::Stays).await;
    let upstream = server.upstream();
    for (seconds, connections) in [(100, 1), (130, 1), (161, 2), (162, 2)] {
        let now = Duration::from_secs(seconds);
        let answer = ask(&upstream, &Method::GET, now).await.expect("an answer");
        answer.into_body().collect().await.expect("a body");
        assert_eq!(server.connections(), connections, "{seconds}");
    }
}

#[tokio::test]
async fn an_answer_is_under_way_until_it_is_let_go_of() {
    let server = Server::start(HELLO, Then::Stays).await;
    let mut settings = settings(&server.url);
    settings.connections = 1;
    let upstream = Upstream::new(settings).expect("settings");
    let first = ask(&upstream, &Method::GET, Duration::ZERO).await;
    let error = ask(&upstream, &Method::GET, Duration::ZERO).await;
    assert_eq!(
        error.expect_err("there is no room"),
        Error::Crowded { limit: 1 }
    );
    drop(first);
    assert_eq!(text(&upstream).await, "next");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn what_comes_late_is_nobodys_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let late = Arc::new(Notify::new());
    tokio::spawn(async move {
        for number in 0.. {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let late = Arc::clone(&late);
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await;
                if number < 2 {
                    late.notified().await;
                    let late = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate";
                    let _ = stream.write_all(late.as_bytes()).await;
                    std::future::pending::<()>().await;
                }
                late.notify_waiters();
                others().await;
                let _ = stream.write_all(HELLO[0].as_bytes()).await;
                std::future::pending::<()>().await;
            });
        }
    });
    let upstream = Upstream::new(settings(&url)).expect("settings");
    let error = ask(&upstream, &Method::GET, Duration::ZERO).await;
    let error = error.expect_err("nothing came in time");
    assert!(matches!(error, Error::Silent { .. }), "{error}");
    assert_eq!(text(&upstream).await, "hello");
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

#[test]
fn each_runtime_has_connections_of_its_own() {
    let (sender, receiver) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        runtime().block_on(async {
            let server = Server::start(HELLO, Then::Stays).await;
            sender.send(server).expect("the test waits");
            std::future::pending::<()>().await;
        });
    });
    let server = receiver.recv().expect("a server");
    let upstream = server.upstream();
    let (one, other) = (runtime(), runtime());
    for (runtime, said, connections) in [
        (&one, "hello", 1),
        (&other, "hello", 2),
        (&one, "next", 2),
        (&other, "next", 2),
    ] {
        assert_eq!(runtime.block_on(text(&upstream)), said);
        assert_eq!(server.connections(), connections);
    }
    drop(one);
    assert_eq!(other.block_on(text(&upstream)), "next");
    assert_eq!(runtime().block_on(text(&upstream)), "hello");
}
