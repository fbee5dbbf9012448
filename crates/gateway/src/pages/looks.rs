//! Looking at what passes by: the first bytes of an answer whose type says that
//! no story is sent so, before any of them goes out.

use std::io::Read;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::NoPage;
use super::answer::{Gathered, collect, gather, length, unzipped};
use super::make::Making;
use crate::forward;
use crate::head::Fields;
use crate::look::{self, Claim};
use crate::media::Media;
use crate::origin::{OriginBody, OriginRequest, OriginResponse};
use crate::site::Site;

impl Making<'_> {
    /// Lets an answer pass that is what its type claims, and keeps back what is
    /// text under the name of something else.
    pub(super) async fn as_claimed(
        &self,
        site: &Site,
        response: OriginResponse,
        claim: Claim,
    ) -> Result<OriginResponse, NoPage> {
        let (start, body) = first(response.body).await?;
        let coding = Coding::of(&response.headers);
        let mut response = OriginResponse { body, ..response };
        if response.status == StatusCode::PARTIAL_CONTENT {
            // What it is a part of may be what it claims to be all the same.
            let is_so = coding == Coding::None
                && claim == Claim::Bytes
                && (!look::may_be_of_text(&start) || self.begins_as_bytes(site).await);
            return if is_so {
                Ok(response)
            } else {
                Err(self.in_part())
            };
        }
        let mut is_false = match coding {
            Coding::None => look::is_false(claim, &start),
            Coding::Gzip => look::is_false(claim, &unzipped_start(&start)),
            // Nobody asked for it, and nobody here can look into it.
            Coding::Other => claim == Claim::Bytes,
        };
        let is_small = length(&response).is_some_and(|length| length <= site.largest as u64);
        if !is_false && is_small && claim != Claim::Bytes {
            let body = collect(response.body, site.largest).await?;
            let whole = match coding {
                Coding::Gzip => unzipped(&body, site.largest).unwrap_or_default(),
                Coding::None | Coding::Other => body.clone(),
            };
            is_false = look::is_false_in_all(claim, &whole);
            response.body = OriginBody::Whole(body);
        }
        if is_false {
            self.keep_back(&response.headers)?;
        }
        Ok(response)
    }

    /// Whether what the site has here, for nobody in particular, begins as no text
    /// does. Asked where a part doesn't tell: a text can be had in parts too short
    /// to be called one, and players ask for the first two bytes of a song.
    async fn begins_as_bytes(&self, site: &Site) -> bool {
        let mut headers = forward::for_everybody(site, &Fields::default());
        headers.insert(header::RANGE, BEGINNING);
        let (path, query) = (self.target.path(), self.target.query());
        let request = OriginRequest {
            headers,
            ..OriginRequest::get(path, query, self.how.now)
        };
        let Ok(answer) = self.how.ask(request).await else {
            return false;
        };
        let range = answer.headers.get(header::CONTENT_RANGE);
        let is_beginning = match answer.status {
            StatusCode::OK => true,
            StatusCode::PARTIAL_CONTENT => {
                range.is_some_and(|range| range.as_bytes().starts_with(b"bytes 0-"))
            }
            _ => false,
        };
        let is_same = Media::of(&answer.headers) == Media::Harmless(Claim::Bytes)
            && Coding::of(&answer.headers) == Coding::None;
        if !is_beginning || !is_same {
            return false;
        }
        match first(answer.body).await {
            Ok((start, _)) => look::tells(&start) && !look::is_false(Claim::Bytes, &start),
            Err(_) => false,
        }
    }
}

/// As much as is looked at.
const BEGINNING: HeaderValue = HeaderValue::from_static("bytes=0-511");

/// How a body is encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    None,
    Gzip,
    Other,
}

impl Coding {
    fn of(headers: &HeaderMap) -> Self {
        let mut lines = headers.get_all(header::CONTENT_ENCODING).iter();
        let (line, more) = (lines.next(), lines.next());
        match (line.map(HeaderValue::as_bytes), more) {
            (None | Some(b"" | b"identity"), None) => Self::None,
            (Some(b"gzip" | b"x-gzip"), None) => Self::Gzip,
            _ => Self::Other,
        }
    }
}

/// As much as can be unpacked of the beginning.
fn unzipped_start(start: &[u8]) -> Vec<u8> {
    let mut out = [0; look::ENOUGH];
    let mut unzip = flate2::read::GzDecoder::new(start);
    let mut filled = 0;
    while let Some(room) = out.get_mut(filled..).filter(|room| !room.is_empty()) {
        match unzip.read(room) {
            Ok(read @ 1..) => filled += read,
            // The end of what is here, or no gzip.
            Ok(0) | Err(_) => break,
        }
    }
    out.get(..filled).unwrap_or_default().to_vec()
}

/// The first bytes of a body, and the body as if nobody had looked.
async fn first(body: OriginBody) -> Result<(Bytes, OriginBody), NoPage> {
    let (mut start, body) = match gather(body, look::ENOUGH).await? {
        Gathered::Whole(bytes) => (bytes.clone(), OriginBody::Whole(bytes)),
        Gathered::Longer(read, stream) => (read, OriginBody::Stream(stream)),
    };
    start.truncate(look::ENOUGH);
    Ok((start, body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::{BodyExt, Full};

    #[test]
    fn the_beginning_is_as_much_as_is_looked_at() {
        assert_eq!(BEGINNING, format!("bytes=0-{}", look::ENOUGH - 1));
    }

    #[tokio::test]
    async fn who_looks_at_a_body_leaves_it_as_it_was() {
        for length in [0, 1, look::ENOUGH, 5_000] {
            let all: Bytes = (0..length)
                .map(|byte| (byte % 251).to_le_bytes()[0])
                .collect();
            let stream = Full::new(all.clone())
                .map_err(|never| match never {})
                .boxed_unsync();
            for body in [OriginBody::Whole(all.clone()), OriginBody::Stream(stream)] {
                let Ok((start, body)) = first(body).await else {
                    panic!("it broke off");
                };
                assert_eq!(start, all.slice(..length.min(look::ENOUGH)));
                if let OriginBody::Stream(stream) = &body {
                    let hint = http_body::Body::size_hint(stream);
                    assert_eq!(hint.exact(), Some(length as u64));
                }
                let again = collect(body, usize::MAX).await.ok();
                assert_eq!(again, Some(all.clone()));
            }
        }
    }
}
