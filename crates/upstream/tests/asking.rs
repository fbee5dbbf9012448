//! What becomes of a request when servers behave, and when they don't.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that can't go on should stop where it stands"
)]

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use access::PathPattern;
use bytes::Bytes;
use http::{HeaderName, HeaderValue, Request, Response};
use http_body::Frame;
use http_body_util::{BodyExt, Full};
use ludgate_upstream::{
    Body, BodyError, Error, Patience, Received, Route, Settings, Upstream, empty,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// How a server treats each of its connections, the first one first; the last
/// way is kept.
#[derive(Clone, Copy)]
enum Way {
    /// Says this to every request.
    Says(&'static str),
    /// Says this and goes on saying nothing.
    SaysAndWaits(&'static str),
    /// Reads the request and hangs up.
    HangsUp,
    /// Reads the request and says nothing.
    Waits,
    /// Reads until the end of a request in chunks, and says this.
    ReadsAll(&'static str),
}

struct Server {
    url: String,
    heard: Arc<tokio::sync::Mutex<Vec<String>>>,
    connections: Arc<AtomicUsize>,
}

impl Server {
    async fn start(ways: &'static [Way]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let heard = Arc::default();
        let connections = Arc::new(AtomicUsize::new(0));
        let server = Self {
            url,
            heard: Arc::clone(&heard),
            connections: Arc::clone(&connections),
        };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let number = connections.fetch_add(1, Ordering::SeqCst);
                let way = ways[number.min(ways.len() - 1)];
                tokio::spawn(serve(stream, way, Arc::clone(&heard)));
            }
        });
        server
    }

    async fn heard(&self) -> Vec<String> {
        self.heard.lock().await.clone()
    }
}

async fn serve(mut stream: TcpStream, way: Way, heard: Arc<tokio::sync::Mutex<Vec<String>>>) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        let said = String::from_utf8_lossy(&buffer[..read]).into_owned();
        heard.lock().await.push(said);
        match way {
            Way::Says(text) => stream.write_all(text.as_bytes()).await.expect("a reader"),
            Way::SaysAndWaits(text) => {
                stream.write_all(text.as_bytes()).await.expect("a reader");
                std::future::pending::<()>().await;
            }
            Way::HangsUp => return,
            Way::ReadsAll(text) => {
                if buffer[..read].ends_with(b"0\r\n\r\n") {
                    stream.write_all(text.as_bytes()).await.expect("a reader");
                }
            }
            Way::Waits => std::future::pending::<()>().await,
        }
    }
}

fn settings(servers: &[&str]) -> Settings {
    Settings {
        routes: vec![route(&[], servers)],
        patience: Patience {
            connect: Duration::from_secs(1),
            first_byte: Duration::from_millis(200),
            stall: Duration::from_millis(200),
            queue: Duration::from_millis(200),
        },
        connections: 8,
        secret: None,
        authorities: None,
        certificate_name: None,
    }
}

fn route(paths: &[&str], servers: &[&str]) -> Route {
    let pattern = |path: &&str| PathPattern::new(path).expect("a pattern");
    Route {
        paths: paths.iter().map(pattern).collect(),
        servers: servers
            .iter()
            .map(|url| url.parse().expect("a server"))
            .collect(),
        host: None,
    }
}

fn request(method: &str, path: &str, body: Body) -> Request<Body> {
    Request::builder()
        .method(method)
        .uri(path)
        .header("host", "review.example")
        .body(body)
        .expect("a request")
}

fn bytes(text: &'static str) -> Body {
    Full::from(text)
        .map_err(|never| match never {})
        .boxed_unsync()
}

async fn get(upstream: &Upstream, path: &str) -> Result<Response<Received>, Error> {
    upstream
        .send(request("GET", path, empty()), Duration::ZERO)
        .await
}

async fn text(response: Response<Received>) -> Result<String, BodyError> {
    let whole = response.into_body().collect().await?;
    Ok(String::from_utf8_lossy(&whole.to_bytes()).into_owned())
}

const HELLO: Way = Way::Says("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");

#[tokio::test]
async fn a_request_goes_out_as_it_is_and_the_answer_comes_back() {
    let server = Server::start(&[HELLO]).await;
    let mut settings = settings(&[&server.url]);
    let name = HeaderName::from_static("x-gate-secret");
    settings.secret = Some((name, HeaderValue::from_static("open sesame")));
    let upstream = Upstream::new(settings).expect("settings");
    let mut asked = request("GET", "/a%20b?c=d", empty());
    asked
        .headers_mut()
        .insert("x-gate-secret", HeaderValue::from_static("guessed"));
    let answer = upstream
        .send(asked, Duration::ZERO)
        .await
        .expect("an answer");
    assert_eq!(answer.status(), 200);
    assert_eq!(text(answer).await.expect("a body"), "hello");
    let heard = server.heard().await.concat().to_lowercase();
    assert!(heard.starts_with("get /a%20b?c=d http/1.1\r\n"), "{heard}");
    assert!(heard.contains("host: review.example\r\n"), "{heard}");
    assert_eq!(heard.matches("x-gate-secret").count(), 1, "{heard}");
    assert!(heard.contains("x-gate-secret: open sesame\r\n"), "{heard}");
}

#[tokio::test]
async fn paths_have_servers_of_their_own() {
    let (shop, rest) = (Server::start(&[HELLO]).await, Server::start(&[HELLO]).await);
    let mut settings = settings(&[&rest.url]);
    let mut own = route(&["/shop/**"], &[&shop.url]);
    own.host = Some(HeaderValue::from_static("shop.internal"));
    settings.routes.insert(0, own);
    let upstream = Upstream::new(settings).expect("settings");
    for path in ["/shop/a", "/shop/b", "/"] {
        text(get(&upstream, path).await.expect("an answer"))
            .await
            .expect("a body");
    }
    let heard = shop.heard().await;
    assert_eq!(heard.len(), 2);
    assert!(heard[0].contains("shop.internal"));
    assert_eq!(rest.heard().await.len(), 1);
}

#[tokio::test]
async fn what_may_be_repeated_is_asked_of_another_server_and_nothing_else() {
    let (bad, good) = (
        Server::start(&[Way::HangsUp]).await,
        Server::start(&[HELLO]).await,
    );
    let upstream = Upstream::new(settings(&[&bad.url, &good.url])).expect("settings");
    for _ in 0..4 {
        get(&upstream, "/").await.expect("one of them answers");
    }
    let asked = bad.connections.load(Ordering::SeqCst);
    let order = |body| upstream.send(request("POST", "/orders", body), Duration::ZERO);
    let mut failures = 0;
    for _ in 0..2 {
        if let Err(error) = order(bytes("one please")).await {
            assert!(matches!(error, Error::Broken { .. }), "{error}");
            failures += 1;
        }
    }
    // By turns: one of the two went to the server that hangs up, or it rests.
    assert!(failures <= 1);
    assert!(bad.connections.load(Ordering::SeqCst) <= asked + 1);
    let orders = good.heard().await;
    let orders = orders.iter().filter(|head| head.starts_with("POST"));
    assert_eq!(orders.count(), 2 - failures);
}

#[tokio::test]
async fn a_server_that_keeps_failing_is_left_alone() {
    let (bad, good) = (
        Server::start(&[Way::HangsUp]).await,
        Server::start(&[HELLO]).await,
    );
    let upstream = Upstream::new(settings(&[&bad.url, &good.url])).expect("settings");
    for _ in 0..20 {
        let answer = get(&upstream, "/").await.expect("one of them answers");
        text(answer).await.expect("a body");
    }
    assert_eq!(bad.connections.load(Ordering::SeqCst), 3);
    let health = upstream.health(Duration::ZERO);
    assert_eq!(
        health.iter().map(|one| one.is_up).collect::<Vec<_>>(),
        [false, true]
    );
    let later = upstream.health(Duration::from_mins(1));
    assert!(later.iter().all(|one| one.is_up));
}

#[tokio::test]
async fn what_a_server_leaves_unread_of_a_body_is_never_the_next_request() {
    let server =
        Server::start(&[Way::Says("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK")]).await;
    let upstream = Upstream::new(settings(&[&server.url])).expect("settings");
    let connections = || server.connections.load(Ordering::SeqCst);
    for (number, method) in ["POST", "GET"].into_iter().enumerate() {
        let asked = request(method, "/", bytes("half a request"));
        let answer = upstream
            .send(asked, Duration::ZERO)
            .await
            .expect("an answer");
        assert_eq!(text(answer).await.expect("a body"), "OK");
        assert_eq!(connections(), [1, 3][number], "{method} has one of its own");
        for _ in 0..3 {
            let answer = get(&upstream, "/").await.expect("an answer");
            assert_eq!(text(answer).await.expect("a body"), "OK");
        }
        assert_eq!(connections(), [2, 3][number], "the others share another");
    }
}

/// So many `pieces`, a `pause` before each, and then the end or a failure.
fn slow_bytes(pause: Duration, pieces: usize, breaks: bool) -> Body {
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    tokio::spawn(async move {
        for number in 0..=pieces {
            tokio::time::sleep(pause).await;
            let piece = if number < pieces {
                Ok(Frame::data(Bytes::from_static(b"a piece of a film ")))
            } else if breaks {
                Err(BodyError::Broken("it broke off".into()))
            } else {
                return;
            };
            if sender.send(piece).await.is_err() {
                return;
            }
        }
    });
    Pieces(receiver).boxed_unsync()
}

struct Pieces(tokio::sync::mpsc::Receiver<Result<Frame<Bytes>, BodyError>>);

impl http_body::Body for Pieces {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        self.0.poll_recv(cx)
    }
}

#[tokio::test]
async fn what_is_sent_slowly_may_take_as_long_as_it_goes_on() {
    let all = Way::ReadsAll("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK");
    let server = Server::start(Vec::leak(vec![all])).await;
    let upstream = Upstream::new(settings(&[&server.url])).expect("settings");
    // Three times as long as a first byte may take.
    let film = slow_bytes(Duration::from_millis(60), 10, false);
    let answer = upstream.send(request("POST", "/films", film), Duration::ZERO);
    let answer = answer.await.expect("an answer");
    assert_eq!(text(answer).await.expect("a body"), "OK");
}

#[tokio::test]
async fn who_does_not_send_all_of_a_request_makes_no_server_a_failing_one() {
    let server = Server::start(&[Way::Waits]).await;
    let upstream = Upstream::new(settings(&[&server.url])).expect("settings");
    for number in 0..8 {
        let body = if number % 2 == 0 {
            slow_bytes(Duration::from_millis(1), 2, true)
        } else {
            slow_bytes(Duration::from_mins(1), 2, false)
        };
        let sent = upstream.send(request("POST", "/films", body), Duration::ZERO);
        let error = sent.await.expect_err("it never got all of it");
        assert!(matches!(error, Error::Unsent { .. }), "{error}");
    }
    assert!(upstream.health(Duration::ZERO)[0].is_up);
    for _ in 0..3 {
        let whole = upstream.send(request("POST", "/films", bytes("all")), Duration::ZERO);
        let error = whole.await.expect_err("it says nothing");
        assert!(matches!(error, Error::Silent { .. }), "{error}");
    }
    assert!(!upstream.health(Duration::ZERO)[0].is_up);
}

#[tokio::test]
async fn nobody_is_waited_for_for_ever() {
    let silent = Server::start(&[Way::Waits]).await;
    let upstream = Upstream::new(settings(&[&silent.url])).expect("settings");
    let error = get(&upstream, "/").await.expect_err("it says nothing");
    assert!(matches!(error, Error::Silent { .. }), "{error}");

    let halting = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello";
    let halting: &'static [Way] = Vec::leak(vec![Way::SaysAndWaits(halting)]);
    let halting = Server::start(halting).await;
    let upstream = Upstream::new(settings(&[&halting.url])).expect("settings");
    let answer = get(&upstream, "/").await.expect("a head");
    let error = text(answer).await.expect_err("it says half");
    assert!(matches!(error, BodyError::Stalled(_)), "{error}");

    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let nobody = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let upstream = Upstream::new(settings(&[&nobody])).expect("settings");
    let error = get(&upstream, "/").await.expect_err("nobody is there");
    assert!(matches!(error, Error::Unreachable { .. }), "{error}");
}

#[tokio::test]
async fn a_body_that_is_shorter_than_announced_is_no_whole_body() {
    for short in [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz",
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut buffer = [0; 4096];
            let _ = stream.read(&mut buffer).await;
            let _ = stream.write_all(short.as_bytes()).await;
        });
        let upstream = Upstream::new(settings(&[&url])).expect("settings");
        let answer = get(&upstream, "/").await.expect("a head");
        let error = text(answer).await.expect_err("it is short");
        assert!(matches!(error, BodyError::Broken(_)), "{error}");
    }
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_may_be() {
    let halting = Way::SaysAndWaits("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
    let server = Server::start(Vec::leak(vec![halting])).await;
    let mut settings = settings(&[&server.url]);
    settings.connections = 2;
    let upstream = Upstream::new(settings).expect("settings");
    let first = get(&upstream, "/").await.expect("a head");
    let _second = get(&upstream, "/").await.expect("a head");
    let error = get(&upstream, "/").await.expect_err("there is no room");
    assert_eq!(error, Error::Crowded { limit: 2 });
    drop(first);
    get(&upstream, "/").await.expect("there is room again");
}

#[tokio::test]
async fn certificates_that_cannot_be_used_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("own.pem");
    let with = |authorities| {
        let mut settings = settings(&["https://127.0.0.1:1"]);
        settings.authorities = Some(authorities);
        Upstream::new(settings).map(|_| ()).expect_err("it can't")
    };
    let error = with(file.clone()).to_string();
    assert!(error.contains("own.pem"), "{error}");
    std::fs::write(&file, "nothing").expect("a file");
    let error = with(file).to_string();
    assert!(error.contains("holds no certificate"), "{error}");
}
