//! Answering from what is kept: not at all where the client has it already, and
//! in part where it asks for a part (RFC 9110, 13 and 14).

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use jiff::fmt::rfc2822::DateTimeParser;

use crate::body::Body;
use crate::head::Fields;
use crate::pages::{Content, Page};

/// Which bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Range {
    /// From the first to the last, both counted.
    Bytes(usize, usize),
    /// None that there are.
    Nothing,
}

/// Whether the client already holds what is kept with this `head`.
pub(crate) fn is_held(head: &HeaderMap, fields: &Fields<'_>) -> bool {
    let mut lines = fields.all(&header::IF_NONE_MATCH).peekable();
    if lines.peek().is_some() {
        let Some(own) = head.get(header::ETAG).and_then(|tag| tag.to_str().ok()) else {
            return false;
        };
        let own = own.trim_start_matches("W/");
        return lines
            .filter_map(|line| str::from_utf8(line).ok())
            .flat_map(|line| line.split(','))
            .map(str::trim)
            .any(|held| held == "*" || held.trim_start_matches("W/") == own);
    }
    let since = fields.text(&header::IF_MODIFIED_SINCE);
    let modified = head
        .get(header::LAST_MODIFIED)
        .and_then(|at| at.to_str().ok());
    match (since.and_then(seconds), modified.and_then(seconds)) {
        (Some(since), Some(modified)) => modified <= since,
        _ => false,
    }
}

/// The part of a file of `len` bytes that the request asks for; `None` for all
/// of it. Several parts at once are answered with all, as everybody may.
pub(crate) fn range(page: &Page, len: usize, fields: &Fields<'_>) -> Option<Range> {
    if page.status != StatusCode::OK {
        return None;
    }
    let wanted = fields.text(&header::RANGE)?;
    if let Some(condition) = fields.text(&header::IF_RANGE) {
        let is_strong = !condition.starts_with("W/");
        let same = |name| page.head.get(name).is_some_and(|own| own == condition);
        if !is_strong || !(same(header::ETAG) || same(header::LAST_MODIFIED)) {
            return None;
        }
    }
    read(wanted, len)
}

fn read(wanted: &str, len: usize) -> Option<Range> {
    let (first, last) = wanted.trim().strip_prefix("bytes=")?.split_once('-')?;
    let end = len.checked_sub(1);
    let number = |text: &str| text.trim().parse::<usize>().ok();
    let (first, last) = match (first.trim(), last.trim()) {
        ("", last) => (len.saturating_sub(number(last)?.min(len)), end?),
        (first, "") => (number(first)?, end?),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            (first, last.min(end?))
        }
    };
    Some(if first >= len {
        Range::Nothing
    } else {
        Range::Bytes(first, last)
    })
}

/// The part of a response that has all of the file.
pub(crate) fn part(page: &Page, response: Response<Body>, range: Range) -> Response<Body> {
    let Content::AsItCame(bytes) = &page.content else {
        return response;
    };
    let (mut head, _) = response.into_parts();
    let len = bytes.len();
    let (status, said, body) = match range {
        Range::Bytes(first, last) => (
            StatusCode::PARTIAL_CONTENT,
            format!("bytes {first}-{last}/{len}"),
            bytes.slice(first..=last),
        ),
        Range::Nothing => (
            StatusCode::RANGE_NOT_SATISFIABLE,
            format!("bytes */{len}"),
            Bytes::new(),
        ),
    };
    head.status = status;
    if let Ok(value) = HeaderValue::try_from(said) {
        head.headers.insert(header::CONTENT_RANGE, value);
    }
    Response::from_parts(head, Body::whole(body))
}

fn seconds(date: &str) -> Option<i64> {
    // HTTP's form is that of mail, with another word for UTC.
    let date = date.trim().replace("GMT", "+0000");
    let zoned = DateTimeParser::new()
        .parse_timestamp(date.as_bytes())
        .ok()?;
    Some(zoned.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_one_run_of_bytes_or_nothing_that_is_looked_at() {
        for (wanted, range) in [
            ("bytes=0-4", Some(Range::Bytes(0, 4))),
            ("bytes=5-", Some(Range::Bytes(5, 9))),
            ("bytes=-3", Some(Range::Bytes(7, 9))),
            ("bytes=-30", Some(Range::Bytes(0, 9))),
            ("bytes=8-99", Some(Range::Bytes(8, 9))),
            ("bytes=10-", Some(Range::Nothing)),
            ("bytes=-0", Some(Range::Nothing)),
            ("bytes=4-0", None),
            ("bytes=0-1,3-4", None),
            ("bytes=-", None),
            ("bytes=a-b", None),
            ("lines=0-4", None),
        ] {
            assert_eq!(read(wanted, 10), range, "{wanted}");
        }
        assert_eq!(read("bytes=0-", 0), None);
    }

    #[test]
    fn who_holds_it_is_not_sent_it() {
        let mut head = HeaderMap::new();
        head.insert(header::ETAG, HeaderValue::from_static("W/\"a\""));
        let modified = HeaderValue::from_static("Wed, 25 Nov 2026 00:00:00 GMT");
        head.insert(header::LAST_MODIFIED, modified);
        for (name, value, held) in [
            ("if-none-match", "\"a\"", true),
            ("if-none-match", "\"b\", W/\"a\"", true),
            ("if-none-match", "*", true),
            ("if-none-match", "\"b\"", false),
            ("if-modified-since", "Wed, 25 Nov 2026 00:00:00 GMT", true),
            ("if-modified-since", "Tue, 24 Nov 2026 23:59:59 GMT", false),
            ("if-modified-since", "yesterday", false),
            ("accept", "*/*", false),
        ] {
            let fields = Fields::from([(name, value)]);
            assert_eq!(is_held(&head, &fields), held, "{name}: {value}");
        }
        let both = Fields::from([
            ("if-none-match", "\"b\""),
            ("if-modified-since", "Wed, 25 Nov 2026 00:00:00 GMT"),
        ]);
        assert!(!is_held(&head, &both), "the tag counts");
    }
}
