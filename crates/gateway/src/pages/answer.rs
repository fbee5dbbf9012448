//! Reading an origin's answer: how long it is, and all of it, within bounds.

use std::io::Read;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, response};
use http_body_util::BodyExt;

use super::NoPage;
use crate::origin::{OriginBody, OriginResponse, Stream};

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
