//! Reading an origin's answer: how long it is, and all of it, within bounds.

use std::io::Read;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, response};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;

use super::NoPage;
use crate::origin::{OriginBody, OriginResponse, Stream, StreamError};

/// An answer whose body is here.
#[derive(Clone)]
pub(super) struct Whole {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Whole {
    pub(super) fn said(&self) -> Said<'_> {
        Said {
            status: self.status,
            headers: &self.headers,
            body: blake3::hash(&self.body),
        }
    }
}

/// What an answer says, and the hash of its body.
pub(super) struct Said<'a> {
    pub(super) status: StatusCode,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: blake3::Hash,
}

pub(super) fn parts(response: &OriginResponse) -> response::Parts {
    let (mut parts, ()) = http::Response::new(()).into_parts();
    parts.status = response.status;
    parts.headers = response.headers.clone();
    parts
}

pub(super) fn has_body(response: &OriginResponse) -> bool {
    let may = !response.status.is_informational()
        && response.status != StatusCode::NO_CONTENT
        && response.status != StatusCode::NOT_MODIFIED;
    may && length(response) != Some(0)
}

/// How long the body is, where that is known.
pub(super) fn length(response: &OriginResponse) -> Option<u64> {
    match &response.body {
        OriginBody::Whole(bytes) => Some(bytes.len() as u64),
        OriginBody::Stream(stream) => http_body::Body::size_hint(stream).exact(),
    }
}

/// The answer without its body.
pub(super) fn bodiless(response: OriginResponse) -> OriginResponse {
    OriginResponse {
        body: OriginBody::Whole(Bytes::new()),
        ..response
    }
}

/// All of the body, if it isn't longer than `limit`.
pub(super) async fn collect(body: OriginBody, limit: usize) -> Result<Bytes, NoPage> {
    let mut stream: Stream = match body {
        OriginBody::Whole(bytes) if bytes.len() <= limit => return Ok(bytes),
        OriginBody::Whole(_) => return Err(NoPage::Unreadable),
        OriginBody::Stream(stream) => stream,
    };
    let announced = http_body::Body::size_hint(&stream).lower();
    if announced > limit as u64 {
        return Err(NoPage::Unreadable);
    }
    let mut whole = BytesMut::with_capacity(usize::try_from(announced).unwrap_or(0));
    while let Some(frame) = stream.frame().await {
        let frame = frame.map_err(|error| {
            tracing::warn!(%error, "the origin's answer broke off");
            NoPage::Origin
        })?;
        let Ok(piece) = frame.into_data() else {
            continue;
        };
        if whole.len() + piece.len() > limit {
            return Err(NoPage::Unreadable);
        }
        whole.extend_from_slice(&piece);
    }
    Ok(whole.freeze())
}

/// A body as far as it was read.
pub(super) enum Gathered {
    /// All of it.
    Whole(Bytes),
    /// It is longer than was wanted: what was read, and all of it from there on.
    Longer(Bytes, Stream),
}

/// The body, which nothing of is lost where it is longer than `limit`.
pub(super) async fn gather(body: OriginBody, limit: usize) -> Result<Gathered, NoPage> {
    let mut rest = match body {
        OriginBody::Whole(bytes) => return Ok(Gathered::Whole(bytes)),
        OriginBody::Stream(stream) => stream,
    };
    let mut read = BytesMut::new();
    while read.len() <= limit {
        let Some(frame) = rest.frame().await else {
            return Ok(Gathered::Whole(read.freeze()));
        };
        let frame = frame.map_err(|error| {
            tracing::warn!(%error, "the origin's answer broke off");
            NoPage::Origin
        })?;
        if let Ok(piece) = frame.into_data() {
            read.extend_from_slice(&piece);
        }
    }
    let read = read.freeze();
    let resumed = Resumed {
        read: Some(read.clone()),
        rest,
    };
    Ok(Gathered::Longer(read, resumed.boxed_unsync()))
}

/// A stream whose beginning has been read.
struct Resumed {
    read: Option<Bytes>,
    rest: Stream,
}

impl http_body::Body for Resumed {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        if let Some(read) = self.read.take() {
            return Poll::Ready(Some(Ok(Frame::data(read))));
        }
        Pin::new(&mut self.rest).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.read.is_none() && self.rest.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let here = self.read.as_ref().map_or(0, Bytes::len) as u64;
        let rest = self.rest.size_hint();
        let mut hint = SizeHint::new();
        if let Some(upper) = rest.upper() {
            hint.set_upper(upper.saturating_add(here));
        }
        hint.set_lower(rest.lower().saturating_add(here));
        hint
    }
}

/// `None` for what is no gzip, ends too early, or is too long.
pub(super) fn unzipped(body: &[u8], limit: usize) -> Option<Bytes> {
    let mut whole = Vec::new();
    let most = u64::try_from(limit).ok()?.checked_add(1)?;
    flate2::read::MultiGzDecoder::new(body)
        .take(most)
        .read_to_end(&mut whole)
        .ok()?;
    (whole.len() <= limit).then(|| Bytes::from(whole))
}
