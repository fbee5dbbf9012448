//! The built-in publication as an origin of the gate: joins two crates that
//! know nothing of each other.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwap;
use gateway::{Fetching, Origin, OriginError, OriginRequest, OriginResponse};
use http::{HeaderName, HeaderValue, StatusCode, header};
use prompts::Messages;
use publication::{ContentErrors, Kind, Publication, Response, Settings, Source};

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

/// The publication that is being served.
pub(crate) struct PublicationOrigin {
    publication: ArcSwap<Publication>,
    version: AtomicU64,
}

impl PublicationOrigin {
    pub(crate) fn new(publication: Publication) -> Self {
        Self {
            publication: ArcSwap::from_pointee(publication),
            version: AtomicU64::new(0),
        }
    }

    /// The publication as it is now.
    pub(crate) fn publication(&self) -> Arc<Publication> {
        self.publication.load_full()
    }

    /// Serves another state of the publication from now on.
    pub(crate) fn replace(&self, publication: Publication) {
        self.publication.store(Arc::new(publication));
        // After the store: a reader of the new number finds the new content.
        self.version.fetch_add(1, Ordering::Release);
    }
}

impl Origin for PublicationOrigin {
    fn version(&self) -> u64 {
        self.version.load(Ordering::Acquire)
    }

    fn fetch<'a>(&'a self, request: OriginRequest<'a>) -> Fetching<'a> {
        Box::pin(async move {
            let publication = self.publication.load_full();
            answer(publication.respond(request.path, request.query, request.now))
        })
    }
}

fn answer(response: Response) -> Result<OriginResponse, OriginError> {
    let status = StatusCode::from_u16(response.status).map_err(error)?;
    let cache_control = match response.kind {
        // The gate alone says how its readers' pages may be kept.
        Kind::Story => None,
        Kind::Asset => Some(FOR_GOOD),
        Kind::Picture => Some(AN_HOUR),
        Kind::Front | Kind::Listing | Kind::Page | Kind::Machine => Some(A_MINUTE),
        Kind::Search | Kind::Redirect | Kind::Missing | Kind::Failed => Some(NOT_AT_ALL),
    };
    let content_type = HeaderValue::from_static(response.content_type);
    let mut answer = OriginResponse::whole(status, content_type, response.body);
    answer.headers.extend(policies(response.kind));
    if let Some(value) = cache_control {
        answer.headers.insert(header::CACHE_CONTROL, value);
    }
    if let Some(target) = response.redirect {
        let location = HeaderValue::try_from(target).map_err(error)?;
        answer.headers.insert(header::LOCATION, location);
    }
    Ok(answer)
}

fn policies(kind: Kind) -> Vec<(HeaderName, HeaderValue)> {
    let nosniff = (header::X_CONTENT_TYPE_OPTIONS, NOSNIFF);
    match kind {
        Kind::Asset | Kind::Machine => vec![nosniff],
        Kind::Picture => vec![nosniff, (header::CONTENT_SECURITY_POLICY, DRAWING)],
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
