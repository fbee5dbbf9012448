//! The admin listener: metrics, health and status for the publisher, on an
//! address of its own and behind a token.

mod clock;
mod mails;
mod page;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{self, HeaderValue};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

use crate::cli::{HOURS_OF_STAFF, MOST_HOURS_OF_STAFF};
use crate::secrets::Token;
use crate::server::Running;
use crate::world;

/// Connections at a time: scrapers and a few people.
const MAX_CONNECTIONS: usize = 64;

/// For the head of the next request.
const HEAD: Duration = Duration::from_secs(10);

/// Serves until the runtime ends.
pub(crate) async fn listen(listener: TcpListener, running: Arc<Running>, token: Token) {
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(slot) = Arc::clone(&slots).acquire_owned().await else {
            return;
        };
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (running, token) = (Arc::clone(&running), token.clone());
        tokio::spawn(async move {
            let service = service_fn(|request: Request<Incoming>| {
                let (running, token) = (&running, &token);
                async move { Ok::<_, Infallible>(answer(request, running, token).await) }
            });
            let served = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD)
                .serve_connection(TokioIo::new(stream), service)
                .await;
            if let Err(error) = served {
                tracing::debug!(%error, "an admin connection ended early");
            }
            drop(slot);
        });
    }
}

async fn answer(
    request: Request<Incoming>,
    running: &Arc<Running>,
    token: &Token,
) -> Response<Full<Bytes>> {
    // The same head; what is asked like this is sent without its body.
    let method = match *request.method() {
        Method::HEAD => &Method::GET,
        ref method => method,
    };
    match (method, request.uri().path()) {
        (&Method::GET, "/healthz") => text(StatusCode::OK, "ok\n"),
        (&Method::GET, "/readyz") => {
            let (status, line) = running.gate().readiness().answer();
            text(status, line)
        }
        _ if !may_enter(request.headers(), token) => unauthorised(),
        (&Method::GET, "/metrics") => metrics(running),
        (&Method::GET, "/") => text(StatusCode::OK, status(running)),
        (&Method::POST, "/reload") => match running.blocking(Running::reload).await {
            Ok(()) => text(StatusCode::OK, reloaded(running)),
            Err(error) => text(StatusCode::UNPROCESSABLE_ENTITY, format!("{error:#}\n")),
        },
        (&Method::GET, page::STYLE) => page::style(),
        (&Method::GET, path) if path.starts_with("/mails") => mails(running, path).await,
        (&Method::GET, "/clock") => clock::shown(running),
        (&Method::POST, "/clock") => move_clock(request, running).await,
        (&Method::POST, "/staff") => staff(running, request.uri().query()),
        _ => nothing_here(),
    }
}

fn nothing_here() -> Response<Full<Bytes>> {
    text(
        StatusCode::NOT_FOUND,
        "there is GET /, GET /metrics, GET /mails, GET /clock, GET /healthz, GET /readyz, POST \
         /clock, POST /reload and POST /staff?hours=N\n",
    )
}

/// Moves the test clock, where a form of ours asks for it.
async fn move_clock(request: Request<Incoming>, running: &Arc<Running>) -> Response<Full<Bytes>> {
    if !page::is_ours(request.headers()) {
        return text(StatusCode::FORBIDDEN, "that form comes from elsewhere\n");
    }
    let form = Limited::new(request.into_body(), clock::LONGEST);
    match tokio::time::timeout(HEAD, form.collect()).await {
        Ok(Ok(form)) => clock::moved(running, &form.to_bytes()).await,
        Ok(Err(_)) | Err(_) => text(StatusCode::BAD_REQUEST, "that form didn't arrive\n"),
    }
}

/// The mails that were put into a folder.
async fn mails(running: &Arc<Running>, path: &str) -> Response<Full<Bytes>> {
    let rest = path.strip_prefix("/mails").unwrap_or_default().to_owned();
    let found = running.blocking(move |running| {
        let folder = running.mail_folder()?;
        Ok(mails::answer_for(folder.as_ref(), &rest)?)
    });
    match found.await {
        Ok(found) => found.unwrap_or_else(nothing_here),
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}\n")),
    }
}

/// `Authorization: Bearer TOKEN`, or a browser's `Basic` with the token as the
/// password.
fn may_enter(headers: &HeaderMap, token: &Token) -> bool {
    let Some(value) = headers
        .get(header::AUTHORIZATION)
        .map(HeaderValue::as_bytes)
    else {
        return false;
    };
    if let Some(bearer) = value.strip_prefix(b"Bearer ") {
        return token.is(bearer.trim_ascii());
    }
    let Some(basic) = value.strip_prefix(b"Basic ") else {
        return false;
    };
    let Ok(pair) = STANDARD.decode(basic.trim_ascii()) else {
        return false;
    };
    pair.splitn(2, |&b| b == b':')
        .nth(1)
        .is_some_and(|password| token.is(password))
}

fn unauthorised() -> Response<Full<Bytes>> {
    let mut response = text(
        StatusCode::UNAUTHORIZED,
        "the admin token is needed, as a bearer token or as the password of any user; it is in \
         the file admin-token of the data folder\n",
    );
    response.headers_mut().insert(
        header::WWW_AUTHENTICATE,
        HeaderValue::from_static("Basic realm=\"Ludgate\""),
    );
    response
}

/// A link that makes a browser staff, for so many hours.
fn staff(running: &Running, query: Option<&str>) -> Response<Full<Bytes>> {
    let hours = match query {
        None | Some("") => Some(HOURS_OF_STAFF),
        Some(query) => query
            .strip_prefix("hours=")
            .and_then(|hours| hours.parse().ok()),
    };
    let Some(hours) = hours.filter(|&n| n > 0 && i64::from(n) <= MOST_HOURS_OF_STAFF) else {
        let most = format!("say hours=N, from 1 to {MOST_HOURS_OF_STAFF}\n");
        return text(StatusCode::BAD_REQUEST, most);
    };
    match running.staff_link(hours, "the admin listener") {
        Ok(link) => text(StatusCode::OK, format!("{link}\n")),
        Err(error) => text(StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}\n")),
    }
}

fn metrics(running: &Running) -> Response<Full<Bytes>> {
    let mut page = String::new();
    if prometheus_client::encoding::text::encode(&mut page, running.registry()).is_err() {
        return text(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the metrics can't be written\n",
        );
    }
    let mut response = text(StatusCode::OK, page);
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8"),
    );
    response
}

fn reloaded(running: &Running) -> String {
    match running.held_back() {
        Some(errors) => format!("reloaded, but for stories with mistakes:\n{errors}\n"),
        None => "reloaded\n".to_owned(),
    }
}

fn status(running: &Running) -> String {
    let config = running.config();
    let meter = running.gate().meter().stats();
    let state = match &meter.failing {
        Some(why) => format!("NOT COUNTING: {why}"),
        None => "counting".to_owned(),
    };
    let files = match running.reloads().wrong() {
        Some(why) => format!("NOT AS ON DISK, which is wrong:\n{why}"),
        None => match running.held_back() {
            Some(errors) => format!("as on disk, but for stories with mistakes:\n{errors}"),
            None => "as on disk".to_owned(),
        },
    };
    let now = world::now();
    let certificates = running.secured().map(|secured| secured.in_words(now));
    let certificates = certificates.unwrap_or_default().into_iter();
    let certificates =
        certificates.fold(String::new(), |all, line| all + "TLS       " + &line + "\n");
    format!(
        "{}\n{}\n\nclock     {}\nmode      {}\nrules     {files}\nmeter     {state}\nreaders   {} in memory\nwaiting   {} not yet \
         on disk\n{certificates}\nmetrics   /metrics\nmail      /mails\nclock     /clock\nreload    POST /reload\n",
        config.name,
        config.url.text,
        running.clock_says(),
        config.gate.mode.as_str(),
        meter.readers,
        meter.unwritten
    )
}

fn text(status: StatusCode, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}
