//! Where pages come from: the built-in publication, or the servers of a foreign
//! site, as an origin of the gate. Joins crates that know nothing of each other.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use gateway::{Fetching, Origin, OriginBody, OriginError, OriginRequest, OriginResponse};
use http::{HeaderName, HeaderValue, StatusCode, header};
use http_body_util::BodyExt;
use pictures::{Failure, Order};
use prompts::Messages;
use publication::{ContentErrors, Kind, Publication, Response, Settings, Source};
use tokio::sync::Semaphore;
use upstream::Upstream;

use crate::{prints, world};

/// Pages of the publication may run nothing but its own files, and be framed
/// by nobody.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
     object-src 'none'",
);
/// A drawing is a document too, when it is opened by itself; it may do nothing.
const DRAWING: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox");
const REFERRER: HeaderValue = HeaderValue::from_static("strict-origin-when-cross-origin");
const NOSNIFF: HeaderValue = HeaderValue::from_static("nosniff");

/// Listings change when stories appear, which they do at their minute.
const A_MINUTE: HeaderValue = HeaderValue::from_static("public, max-age=60");
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const NOT_AT_ALL: HeaderValue = HeaderValue::from_static("no-store");

/// Searches that go on at once, and pictures that are looked through. Each takes a
/// processor for milliseconds, and there are others who need one; a picture takes
/// memory twice its size besides.
static ASIDE: Semaphore = Semaphore::const_new(4);

/// How long each waits for its turn: some hundred others.
const PATIENCE: Duration = Duration::from_secs(2);

const BUSY: &str = "too much is looked through at once";

/// Where a publication is loaded from, so that it can be loaded again.
#[derive(Clone, Debug)]
pub(crate) struct Loader {
    pub(crate) source: Source,
    pub(crate) settings: Settings,
    pub(crate) theme: Option<PathBuf>,
}

impl Loader {
    pub(crate) fn load(&self, messages: Arc<Messages>) -> Result<Publication, ContentErrors> {
        Publication::load(
            &self.source,
            self.settings.clone(),
            self.theme.as_deref(),
            messages,
        )
    }
}

/// Where the pages of a configuration come from.
#[derive(Clone)]
pub(crate) enum Pages {
    /// From the built-in publication.
    Publication(Arc<Publication>),
    /// From a foreign site.
    Site(Arc<Upstream>),
}

impl Pages {
    /// The built-in publication, where it is one.
    pub(crate) fn publication(&self) -> Option<&Arc<Publication>> {
        match self {
            Self::Publication(publication) => Some(publication),
            Self::Site(_) => None,
        }
    }

    /// The foreign site, where it is one.
    pub(crate) fn site(&self) -> Option<&Arc<Upstream>> {
        match self {
            Self::Publication(_) => None,
            Self::Site(upstream) => Some(upstream),
        }
    }
}

impl Origin for Pages {
    fn fetch<'a>(&'a self, request: OriginRequest<'a>) -> Fetching<'a> {
        Box::pin(async move {
            match self {
                Self::Publication(publication) => match publication.print(request.path) {
                    Some(order) => printed(publication, order).await,
                    None if publication.takes_long(request.path) => {
                        answer(aside(publication, &request).await?)
                    }
                    None => answer(publication.respond(request.path, request.query, request.now)),
                },
                Self::Site(upstream) => ask(upstream, request).await,
            }
        })
    }
}

/// Answers on a thread that nobody else waits for. Nothing of the request is held
/// on to meanwhile: what it may send along isn't to be shared by threads.
fn aside(
    publication: &Arc<Publication>,
    request: &OriginRequest<'_>,
) -> impl Future<Output = Result<Response, OriginError>> + Send + use<> {
    let publication = Arc::clone(publication);
    let (path, query) = (request.path.to_owned(), request.query.map(str::to_owned));
    let now = request.now;
    async move {
        let turn = tokio::time::timeout(PATIENCE, ASIDE.acquire());
        let turn = turn.await.map_err(|_| OriginError(BUSY.to_owned()))?;
        let _turn = turn.map_err(error)?;
        tokio::task::spawn_blocking(move || publication.respond(&path, query.as_deref(), now))
            .await
            .map_err(error)
    }
}

async fn ask(
    upstream: &Upstream,
    request: OriginRequest<'_>,
) -> Result<OriginResponse, OriginError> {
    let target = match request.query {
        None => request.path.to_owned(),
        Some(query) => format!("{}?{query}", request.path),
    };
    let body = request.body.map_or_else(upstream::empty, |body| {
        body.map_err(upstream::BodyError::Broken).boxed_unsync()
    });
    let mut asked = http::Request::new(body);
    *asked.method_mut() = request.method;
    *asked.uri_mut() = target.parse().map_err(error)?;
    *asked.headers_mut() = request.headers;
    let mut response = upstream
        .send(asked, world::elapsed())
        .await
        .map_err(error)?;
    let switches = response.status() == StatusCode::SWITCHING_PROTOCOLS;
    let upgrade = switches.then(|| hyper::upgrade::on(&mut response));
    let (head, body) = response.into_parts();
    let body = match body.whole() {
        Ok(bytes) => OriginBody::Whole(bytes),
        Err(body) => OriginBody::Stream(body.map_err(Into::into).boxed_unsync()),
    };
    Ok(OriginResponse {
        status: head.status,
        headers: head.headers,
        body,
        upgrade,
    })
}

/// A print, or where the picture is that none can be made of just now.
async fn printed(publication: &Publication, order: Order) -> Result<OriginResponse, OriginError> {
    let (kind, name) = (order.form.kind(), Arc::clone(&order.negative.name));
    let mut response = Response {
        status: 200,
        content_type: kind.media_type(),
        body: Bytes::new(),
        redirect: None,
        kind: Kind::Print,
    };
    match prints::print(publication, order).await {
        Ok(print) => response.body = print,
        Err(Failure::Busy) => {
            response.status = 503;
            response.kind = Kind::Failed;
        }
        Err(failure) => {
            tracing::debug!(%name, %failure, "the picture itself is shown instead of a print");
            response.status = 302;
            response.kind = Kind::Redirect;
            response.redirect = Some(format!("/pictures/{name}"));
        }
    }
    answer(response)
}

fn answer(response: Response) -> Result<OriginResponse, OriginError> {
    let status = StatusCode::from_u16(response.status).map_err(error)?;
    let cache_control = match response.kind {
        // The gate alone says how its readers' pages may be kept.
        Kind::Story => None,
        Kind::Asset | Kind::Print => Some(FOR_GOOD),
        Kind::Picture => Some(AN_HOUR),
        Kind::Front | Kind::Listing | Kind::Page | Kind::Machine | Kind::Suggestions => {
            Some(A_MINUTE)
        }
        Kind::Search | Kind::Redirect | Kind::Missing | Kind::Gone | Kind::Failed => {
            Some(NOT_AT_ALL)
        }
    };
    let content_type = HeaderValue::from_static(response.content_type);
    let tag = matches!(response.kind, Kind::Picture | Kind::Print).then(|| tag(&response.body));
    let mut answer = OriginResponse::whole(status, content_type, response.body);
    answer.headers.extend(policies(response.kind));
    if let Some(value) = cache_control {
        answer.headers.insert(header::CACHE_CONTROL, value);
    }
    if let Some(tag) = tag.transpose()? {
        answer.headers.insert(header::ETAG, tag);
    }
    if let Some(target) = response.redirect {
        let location = HeaderValue::try_from(target).map_err(error)?;
        answer.headers.insert(header::LOCATION, location);
    }
    Ok(answer)
}

/// What tells a file from every other, so that a part of it can be asked for.
fn tag(file: &[u8]) -> Result<HeaderValue, OriginError> {
    let hash = blake3::hash(file).to_hex();
    HeaderValue::try_from(format!("\"{}\"", &hash[..32])).map_err(error)
}

fn policies(kind: Kind) -> Vec<(HeaderName, HeaderValue)> {
    let nosniff = (header::X_CONTENT_TYPE_OPTIONS, NOSNIFF);
    match kind {
        Kind::Asset | Kind::Machine | Kind::Suggestions => vec![nosniff],
        Kind::Picture | Kind::Print => vec![nosniff, (header::CONTENT_SECURITY_POLICY, DRAWING)],
        _ => vec![
            nosniff,
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::REFERRER_POLICY, REFERRER),
        ],
    }
}

fn error(error: impl std::fmt::Display) -> OriginError {
    OriginError(error.to_string())
}
