//! Answers of the reception that are sent compressed, where whoever serves them says
//! that they may be.
//!
//! How long a compressed answer is tells of it where a stranger has a part of it: what
//! repeats a secret is shorter (BREACH). So nothing is compressed that holds a secret
//! beside what somebody else has chosen; whoever serves it sees to that.

use std::io::Write;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{HeaderValue, Response, StatusCode, header};
use page::Encoding;

/// What is shorter than this fits in a packet as it is, in bytes.
const SHORT: usize = 1_024;

const GZIP: HeaderValue = HeaderValue::from_static("gzip");

/// The answer, in gzip where that is wanted. It is made once for each request, so it is
/// made fast.
pub(crate) async fn shortened(mut response: Response<Bytes>, wanted: Encoding) -> Response<Bytes> {
    let by = HeaderValue::from_static("accept-encoding");
    response.headers_mut().append(header::VARY, by);
    let is_plain = !response.headers().contains_key(header::CONTENT_ENCODING);
    if wanted != Encoding::Gzip || !is_plain {
        return response;
    }
    if response.status() == StatusCode::NOT_MODIFIED {
        weaken(&mut response);
        return response;
    }
    let body = response.body().clone();
    if body.len() < SHORT {
        return response;
    }
    let made = tokio::task::spawn_blocking(move || gzip(&body)).await;
    // Whatever goes wrong, it is right as it is.
    let Ok(Ok(made)) = made else {
        return response;
    };
    *response.body_mut() = Bytes::from(made);
    response
        .headers_mut()
        .insert(header::CONTENT_ENCODING, GZIP);
    weaken(&mut response);
    response
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut made = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::fast());
    made.write_all(body)?;
    made.finish()
}

/// The same tag, of what means the same and isn't the same bytes (RFC 9110, 8.8.3).
fn weaken(response: &mut Response<Bytes>) {
    let Some(tag) = response.headers().get(header::ETAG) else {
        return;
    };
    if tag.as_bytes().starts_with(b"W/") {
        return;
    }
    if let Ok(weak) = HeaderValue::from_bytes(&[b"W/", tag.as_bytes()].concat()) {
        response.headers_mut().insert(header::ETAG, weak);
    }
}
