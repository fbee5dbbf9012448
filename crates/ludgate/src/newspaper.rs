//! The built-in publication as the gate's origin: its content can be exchanged
//! while it is read, and its pages are made where no reader waits for another.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use bytes::Bytes;
use gateway::{OriginError, OriginRequest, OriginResponse};
use http::{HeaderName, HeaderValue, StatusCode, header};
use jiff::Timestamp;
use pictures::{Failure, Order};
use publication::{Kind, Publication, Response};
use thiserror::Error;
use tokio::sync::Semaphore;
use tokio::task::JoinError;

use crate::hands::Hands;
use crate::prints;

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

const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");
const FOR_GOOD: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const NOT_AT_ALL: HeaderValue = HeaderValue::from_static("no-store");

/// For how many seconds a list is kept that doesn't change before.
const A_MINUTE: i64 = 60;

/// Pages being made at a time. Each takes a thread for some milliseconds, to
/// render it and to read what it is made of; more at a time would only make all of
/// them later.
const PRESSES: usize = 8;

/// Searches that go on at once, and pictures that are looked through. Each takes a
/// processor for milliseconds, and there are others who need one; a picture takes
/// memory twice its size besides.
const ASIDE: usize = 4;

/// How long each waits for its turn: some hundred others.
const PATIENCE: Duration = Duration::from_secs(2);

/// A publication whose content may be exchanged.
#[derive(Debug)]
pub(crate) struct Newspaper {
    edition: ArcSwap<Publication>,
    presses: Arc<Semaphore>,
    aside: Arc<Semaphore>,
    hands: Hands,
}

impl Newspaper {
    /// # Errors
    ///
    /// There are no threads to be had.
    pub(crate) fn new(publication: Publication) -> io::Result<Self> {
        Ok(Self {
            edition: ArcSwap::from_pointee(publication),
            presses: Arc::new(Semaphore::new(PRESSES)),
            aside: Arc::new(Semaphore::new(ASIDE)),
            hands: Hands::new("pages", PRESSES + ASIDE)?,
        })
    }

    /// As it is now.
    pub(crate) fn edition(&self) -> Arc<Publication> {
        self.edition.load_full()
    }

    /// Serves this from now on. What is kept of pages that differ has to be
    /// forgotten afterwards.
    pub(crate) fn exchange(&self, publication: Arc<Publication>) {
        self.edition.store(publication);
    }

    pub(crate) async fn answer(
        &self,
        request: OriginRequest<'_>,
    ) -> Result<OriginResponse, OriginError> {
        let edition = self.edition();
        if let Some(order) = edition.print(request.path, request.now) {
            return printed(&edition, order).await;
        }
        let now = request.now;
        let path = request.path.to_owned();
        let query = request.query.map(str::to_owned);
        let room = if edition.takes_long(&path) {
            &self.aside
        } else {
            &self.presses
        };
        let made = self.in_turn(room, move || {
            let response = edition.respond(&path, query.as_deref(), now);
            (response, edition.next_appearance(now))
        });
        let (response, next) = made.await.map_err(error)?;
        answer(response, lasting(next, now))
    }

    /// Searches in its turn, among the searches that readers' pages make.
    pub(crate) async fn search<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        self.in_turn(&self.aside, work).await
    }

    /// Does what takes milliseconds once there is room for it, on a thread for such.
    async fn in_turn<T: Send + 'static>(
        &self,
        room: &Arc<Semaphore>,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotDone> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(room).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else {
            return Err(NotDone::Busy);
        };
        let done = self.hands.carry_out(move || {
            let _turn = turn;
            work()
        });
        Ok(done.await?)
    }
}

/// Why something wasn't made or found.
#[derive(Debug, Error)]
pub(crate) enum NotDone {
    /// Its turn didn't come.
    #[error("too much is made at once")]
    Busy,
    /// It broke off.
    #[error("it broke off: {0}")]
    Broken(#[from] JoinError),
}

/// For how long a list may be kept at `now`, if the next story appears at `next`:
/// then it is another list.
fn lasting(next: Option<Timestamp>, now: Timestamp) -> i64 {
    let until = next.map_or(A_MINUTE, |next| next.duration_since(now).as_secs());
    until.clamp(0, A_MINUTE)
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
    answer(response, 0)
}

fn answer(response: Response, lasting: i64) -> Result<OriginResponse, OriginError> {
    let status = StatusCode::from_u16(response.status).map_err(error)?;
    let cache_control = match response.kind {
        // The gate alone says how its readers' pages may be kept.
        Kind::Story => None,
        Kind::Asset | Kind::Print => Some(FOR_GOOD),
        Kind::Picture => Some(AN_HOUR),
        Kind::Front | Kind::Listing | Kind::Page | Kind::Machine | Kind::Suggestions => {
            let value = format!("public, max-age={lasting}");
            Some(HeaderValue::try_from(value).map_err(error)?)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_kept_for_a_minute_or_until_the_next_story_appears() {
        let at = |text: &str| -> Timestamp { text.parse().expect("a time") };
        let now = at("2026-11-29T11:59:30.5Z");
        for (next, seconds) in [
            (None, 60),
            (Some("2026-11-29T12:00:00Z"), 29),
            (Some("2026-11-29T11:59:31Z"), 0),
            (Some("2026-12-29T12:00:00Z"), 60),
        ] {
            assert_eq!(lasting(next.map(at), now), seconds, "{next:?}");
        }
    }
}
