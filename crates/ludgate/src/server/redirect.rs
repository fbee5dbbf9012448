//! The listener without TLS: it shows an authority what it asks for, and sends
//! everybody else to the publication's own address. Nothing else is served here,
//! whatever is asked.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tls::Challenges;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::Running;
use super::door::caller;

/// Connections at a time: each is answered once and closed.
const MAX_CONNECTIONS: usize = 1024;

/// For a connection from its beginning to its end.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long accepting rests after the system refused to.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// What hyper buffers of a head: the longest target is read and sent back.
const MAX_HEAD: usize = 16 * 1024;

/// Serves until the runtime ends.
pub(super) async fn listen(
    listener: TcpListener,
    running: Arc<Running>,
    challenges: Arc<Challenges>,
    asks_proxies: bool,
) {
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(slot) = Arc::clone(&slots).acquire_owned().await else {
            return;
        };
        let (socket, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection without TLS can't be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let (running, challenges) = (Arc::clone(&running), Arc::clone(&challenges));
        tokio::spawn(async move {
            let asks = asks_proxies && is_proxy(&running, peer);
            let served = serve(socket, &running, &challenges, asks);
            let _ = tokio::time::timeout(PATIENCE, served).await;
            drop(slot);
        });
    }
}

fn is_proxy(running: &Running, peer: SocketAddr) -> bool {
    let address = peer.ip().to_canonical();
    let proxies = &running.config().server.trusted_proxies;
    proxies.iter().any(|net| net.contains(&address))
}

async fn serve(mut socket: TcpStream, running: &Running, challenges: &Challenges, asks: bool) {
    if asks && caller(&mut socket, PATIENCE).await.is_err() {
        return;
    }
    let service = service_fn(|request: Request<Incoming>| {
        let home = &running.config().url.text;
        let response = answer(&request, home, challenges);
        async move { Ok::<_, Infallible>(response) }
    });
    let served = hyper::server::conn::http1::Builder::new()
        .keep_alive(false)
        .half_close(true)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(socket), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection without TLS ended early");
    }
}

fn answer<B>(request: &Request<B>, home: &str, challenges: &Challenges) -> Response<Full<Bytes>> {
    let uri = request.uri();
    if *request.method() == Method::GET
        && let Some(answer) = challenges.answer(uri.path())
    {
        let octets = HeaderValue::from_static("application/octet-stream");
        let mut response = Response::new(Full::new(Bytes::from(answer)));
        response.headers_mut().insert(header::CONTENT_TYPE, octets);
        return response;
    }
    // `OPTIONS *` is about the server, and asks for no path.
    let path = uri.path_and_query().map(http::uri::PathAndQuery::as_str);
    let path = path.filter(|path| path.starts_with('/')).unwrap_or("/");
    let mut response = Response::new(Full::default());
    // It keeps the method, so that a form that is sent isn't lost (RFC 9110,
    // 15.4.9).
    *response.status_mut() = StatusCode::PERMANENT_REDIRECT;
    let headers = response.headers_mut();
    match HeaderValue::try_from(format!("{home}{path}")) {
        Ok(place) => {
            headers.insert(header::LOCATION, place);
        }
        Err(_) => *response.status_mut() = StatusCode::BAD_REQUEST,
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(method: &str, target: &str, host: &str, expected: &str) {
        let request = Request::builder()
            .method(method)
            .uri(target)
            .header(header::HOST, host)
            .body(())
            .expect("a request");
        let response = answer(&request, "https://review.example", &Challenges::new());
        assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT);
        assert_eq!(response.headers()[header::LOCATION], expected, "{target}");
    }

    #[test]
    fn everybody_is_sent_to_the_same_place_at_the_publications_own_address() {
        let home = "https://review.example";
        for method in ["GET", "HEAD", "POST", "BREW"] {
            check(method, "/a?b=c", "review.example", &format!("{home}/a?b=c"));
        }
        check("GET", "/", "evil.example", &format!("{home}/"));
        check(
            "GET",
            "http://evil.example/x",
            "evil.example",
            &format!("{home}/x"),
        );
        check(
            "GET",
            "//evil.example/x",
            "",
            &format!("{home}//evil.example/x"),
        );
        check("OPTIONS", "*", "", &format!("{home}/"));
        check("CONNECT", "evil.example:443", "", &format!("{home}/"));
        check(
            "GET",
            "/.well-known/acme-challenge/unknown",
            "review.example",
            &format!("{home}/.well-known/acme-challenge/unknown"),
        );
    }
}
