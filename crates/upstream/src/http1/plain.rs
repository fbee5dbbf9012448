//! Plain answers: which they are, and what they say.

use std::mem::MaybeUninit;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use httparse::ParserConfig;

/// The longest body, in bytes, that is taken whole. Longer ones hardly ever come
/// in one piece, and cost far more than their heads.
pub(super) const LONGEST: usize = 64 * 1024;

/// As many lines as hyper takes.
const MAX_HEADERS: usize = 100;

/// The answer to a `GET`, all of it.
#[derive(Debug)]
pub(super) struct Plain {
    pub(super) response: Response<Bytes>,
    /// Whether nothing came after it.
    pub(super) ends: bool,
}

/// What `read` begins with; `None` where that isn't a plain answer.
pub(super) fn read(read: &[u8]) -> Option<Plain> {
    let mut lines = [const { MaybeUninit::uninit() }; MAX_HEADERS];
    let mut parsed = httparse::Response::new(&mut []);
    let status = ParserConfig::default()
        .parse_response_with_uninit_headers(&mut parsed, read, &mut lines)
        .ok()?;
    let httparse::Status::Complete(start) = status else {
        return None;
    };
    let status = parsed.code.filter(|code| has_body(*code))?;
    if parsed.version != Some(1) {
        return None;
    }
    let end = start.checked_add(length(parsed.headers)?)?;
    let body = read.get(start..end)?;
    let mut response = Response::new(Bytes::copy_from_slice(body));
    *response.status_mut() = StatusCode::from_u16(status).ok()?;
    *response.headers_mut() = headers(parsed.headers)?;
    Some(Plain {
        response,
        ends: read.len() == end,
    })
}

/// The lines as a map. Their values lie beside each other, and not beside the body:
/// who keeps one of them keeps no page with it.
fn headers(lines: &[httparse::Header<'_>]) -> Option<HeaderMap> {
    let values: Vec<&[u8]> = lines.iter().map(|line| line.value).collect();
    let mut values = Bytes::from(values.concat());
    let mut headers = HeaderMap::with_capacity(lines.len());
    for line in lines {
        let name = HeaderName::from_bytes(line.name.as_bytes()).ok()?;
        let value = values.split_to(line.value.len());
        headers.append(name, HeaderValue::from_maybe_shared(value).ok()?);
    }
    Some(headers)
}

/// Whether answers of this status have the body that they announce (RFC 9112,
/// 6.3), as far as anybody knows.
fn has_body(status: u16) -> bool {
    matches!(status, 200..=599) && !matches!(status, 204 | 304)
}

/// How long the body is; `None` where that isn't said once and clearly, or the
/// connection can't be used for anything else afterwards.
fn length(lines: &[httparse::Header<'_>]) -> Option<usize> {
    let mut length = None;
    for line in lines {
        if line.name.eq_ignore_ascii_case("content-length") {
            if length.is_some() {
                return None;
            }
            length = Some(number(line.value)?);
        } else if line.name.eq_ignore_ascii_case("transfer-encoding")
            || line.name.eq_ignore_ascii_case("connection")
                && !line.value.eq_ignore_ascii_case(b"keep-alive")
        {
            return None;
        }
    }
    length.filter(|length| *length <= LONGEST)
}

fn number(digits: &[u8]) -> Option<usize> {
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(answer: &str) -> Option<(u16, Bytes, bool)> {
        let plain = read(answer.as_bytes())?;
        let status = plain.response.status().as_u16();
        Some((status, plain.response.into_body(), plain.ends))
    }

    #[test]
    fn what_is_short_and_all_there_is_plain() {
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\ncontent-length: 5\r\n\
            Set-Cookie: a=1\r\nConnection: Keep-Alive\r\nSet-Cookie: b=2\r\n\r\nhello";
        let plain = read(answer.as_bytes()).expect("a plain one");
        assert!(plain.ends);
        assert_eq!(plain.response.body(), "hello");
        let headers = plain.response.headers();
        assert_eq!(headers["content-type"], "image/png");
        let cookies: Vec<_> = headers.get_all("set-cookie").iter().collect();
        assert_eq!(cookies, ["a=1", "b=2"]);

        let nothing = "HTTP/1.1 404 Nothing Here\r\nContent-Length: 0\r\n\r\n";
        assert_eq!(taken(nothing), Some((404, Bytes::new(), true)));
        let two = format!("{nothing}{answer}");
        assert_eq!(taken(&two), Some((404, Bytes::new(), false)));
        let most = "x".repeat(LONGEST);
        let most = format!("HTTP/1.1 200 OK\r\nContent-Length: {LONGEST}\r\n\r\n{most}");
        assert!(taken(&most).is_some_and(|(_, body, ends)| body.len() == LONGEST && ends));
    }

    #[test]
    fn everything_else_is_not() {
        for answer in [
            "",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nO",
            "HTTP/1.1 200 OK\r\n\r\nOK",
            "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nOK",
            "HTTP/1.1 100 Continue\r\n\r\n",
            "HTTP/1.1 101 Switching\r\nContent-Length: 2\r\n\r\nOK",
            "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nOK",
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\nOK",
            "HTTP/1.1 600 What\r\nContent-Length: 2\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551618\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive, x\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nA: b\r\n folded\r\n\r\nOK",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nA: \0\r\n\r\nOK",
            "HTTP/2 200 OK\r\nContent-Length: 2\r\n\r\nOK",
            "SSH-2.0-OpenSSH_9.6\r\n",
        ] {
            assert_eq!(taken(answer), None, "{answer:?}");
        }
        let long = "x".repeat(LONGEST + 1);
        let length = long.len();
        let long = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{long}");
        assert_eq!(taken(&long), None);
        let many = "X: y\r\n".repeat(MAX_HEADERS);
        let many = format!("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n{many}\r\nOK");
        assert_eq!(taken(&many), None);
    }
}
