//! Normalising what was asked for: one form of a URL, for matching, for the
//! cache and for the origin.
//!
//! Escapes of characters that need none are undone, the others are written in
//! capitals, and nothing else is touched: neither case nor doubled slashes,
//! which would send a content system into redirect loops. Whatever two parsers
//! could read differently is refused instead of being interpreted.

use std::borrow::Cow;
use std::fmt::{self, Write};

use memchr::memchr;

/// The longest request target taken, in bytes. Browsers manage more, but no
/// publication's own links come near it.
pub const MAX_TARGET: usize = 8 * 1024;

/// The most query parameters looked at where some are listed.
const MAX_PARAMETERS: usize = 64;

/// The most query parameters that are passed on: the filters of a shop and the
/// boxes of a long form fit.
const MAX_PASSED_ON: usize = 512;

/// A normalised path and the listed part of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target<'a> {
    path: Cow<'a, str>,
    query: Option<String>,
}

/// Why a request target was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadTarget {
    /// Not a path: `*`, an authority, or nothing at all.
    NotAPath,
    /// Longer than [`MAX_TARGET`].
    TooLong,
    /// A percent sign without two hexadecimal digits.
    BadEscape,
    /// A control character, a backslash, or a byte that isn't ASCII.
    BadCharacter,
    /// A slash, backslash or control character hidden in an escape, singly or
    /// doubly encoded.
    HiddenCharacter,
    /// Escapes that aren't UTF-8 in its shortest form.
    NotUtf8,
    /// `.` or `..` as a segment, plain or escaped.
    DotSegment,
}

impl fmt::Display for BadTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAPath => "the request names no path",
            Self::TooLong => "the address is longer than 8 KB",
            Self::BadEscape => "a % in the address isn't followed by two hexadecimal digits",
            Self::BadCharacter => "the address has a character that must be escaped",
            Self::HiddenCharacter => "the address has a hidden slash or control character",
            Self::NotUtf8 => "the address isn't valid UTF-8",
            Self::DotSegment => "the address has a . or .. segment",
        })
    }
}

impl<'a> Target<'a> {
    /// Normalises `path` and keeps of `query` the parameters that are `listed`,
    /// in the list's order and at most once each, so that noise in a query
    /// neither splits the cache nor makes a second story of one.
    pub fn new(path: &'a str, query: Option<&str>, listed: &[Box<str>]) -> Result<Self, BadTarget> {
        if path.len() + query.map_or(0, str::len) > MAX_TARGET {
            return Err(BadTarget::TooLong);
        }
        if !path.starts_with('/') {
            return Err(BadTarget::NotAPath);
        }
        let path = normal_path(path)?;
        let query = query.and_then(|query| listed_query(query, listed));
        Ok(Self { path, query })
    }

    /// The same with all of `query` but the parameters that are `noise`: for
    /// pages of which nobody has said what makes them different.
    #[must_use]
    pub(crate) fn with_all_but(mut self, query: Option<&str>, noise: &[Box<str>]) -> Self {
        self.query = query.and_then(|query| without_noise(query, noise));
        self
    }

    /// The same, borrowing nothing.
    pub(crate) fn owned(&self) -> Target<'static> {
        Target {
            path: Cow::Owned(self.path.clone().into_owned()),
            query: self.query.clone(),
        }
    }

    /// The normalised path.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The parameters that count, joined by `&`.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// Whether whoever is sent `path` and `query` as they were written would
    /// answer for the same: nothing in them had to be rewritten but the case of
    /// escapes, and only `noise` was left out.
    pub(crate) fn is_as_written(
        &self,
        path: &str,
        query: Option<&str>,
        noise: &[Box<str>],
    ) -> bool {
        let pairs = query.unwrap_or_default().split('&');
        let kept: Vec<&str> = pairs
            .filter(|pair| !pair.is_empty() && !is_noise(pair, noise))
            .collect();
        // Letters outside of escapes are never folded.
        self.path.eq_ignore_ascii_case(path)
            && self
                .query()
                .unwrap_or_default()
                .eq_ignore_ascii_case(&kept.join("&"))
    }

    /// What the page cache and, without a canonical link, the story go by.
    pub fn key(&self) -> Cow<'_, str> {
        match &self.query {
            None => Cow::Borrowed(&self.path),
            Some(query) => Cow::Owned(format!("{}?{query}", self.path)),
        }
    }
}

fn normal_path(path: &str) -> Result<Cow<'_, str>, BadTarget> {
    if !path.bytes().all(|byte| PLAIN[usize::from(byte)]) {
        return rewritten(path).and_then(|path| no_dot_segments(Cow::Owned(path)));
    }
    no_dot_segments(Cow::Borrowed(path))
}

fn no_dot_segments(path: Cow<'_, str>) -> Result<Cow<'_, str>, BadTarget> {
    let dotted = memchr(b'.', path.as_bytes()).is_some()
        // What follows a semicolon is no part of the name to some.
        && path
            .split('/')
            .any(|segment| matches!(segment.split(';').next(), Some("." | "..")));
    if dotted {
        Err(BadTarget::DotSegment)
    } else {
        Ok(path)
    }
}

/// Bytes that stand for themselves in a path: unreserved ones and slashes.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    loop {
        plain[byte as usize] = is_unreserved(byte) || byte == b'/';
        if byte == u8::MAX {
            break plain;
        }
        byte += 1;
    }
};

/// RFC 3986, 2.3.
const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// RFC 3986, 3.3: what a path may hold besides unreserved characters, slashes
/// and escapes.
fn is_path_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@'
    )
}

fn rewritten(path: &str) -> Result<String, BadTarget> {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    // The decoded path, only to see whether its escapes are UTF-8.
    let mut decoded = Vec::with_capacity(path.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'%' {
            let value = escape(&bytes[at..]).ok_or(BadTarget::BadEscape)?;
            check_hidden(value, &bytes[at + 3..])?;
            if is_unreserved(value) {
                out.push(char::from(value));
            } else {
                // Writing to a string can't fail.
                let _ = write!(out, "%{value:02X}");
            }
            decoded.push(value);
            at += 3;
        } else if is_unreserved(byte) || is_path_delimiter(byte) || byte == b'/' {
            out.push(char::from(byte));
            decoded.push(byte);
            at += 1;
        } else {
            return Err(BadTarget::BadCharacter);
        }
    }
    std::str::from_utf8(&decoded).map_err(|_| BadTarget::NotUtf8)?;
    Ok(out)
}

/// What must not hide behind an escape. A doubly encoded character is refused
/// too: some origin down the line decodes twice.
fn check_hidden(value: u8, rest: &[u8]) -> Result<(), BadTarget> {
    let forbidden = |byte: u8| byte.is_ascii_control() || matches!(byte, b'/' | b'\\');
    if forbidden(value) {
        return Err(BadTarget::HiddenCharacter);
    }
    let twice = value == b'%'
        && matches!(rest, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit());
    if twice {
        Err(BadTarget::HiddenCharacter)
    } else {
        Ok(())
    }
}

/// The value of the escape that `bytes` begin with.
fn escape(bytes: &[u8]) -> Option<u8> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|d| u8::try_from(d).ok())
    };
    match bytes {
        [b'%', high, low, ..] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    }
}

fn listed_query(query: &str, listed: &[Box<str>]) -> Option<String> {
    let mut kept = String::new();
    for name in listed {
        let found = query
            .split('&')
            .take(MAX_PARAMETERS)
            .filter_map(normal_pair)
            .find(|pair| pair.split('=').next() == Some(name.as_ref()));
        if let Some(pair) = found {
            if !kept.is_empty() {
                kept.push('&');
            }
            kept.push_str(&pair);
        }
    }
    (!kept.is_empty()).then_some(kept)
}

/// Whether a parameter makes no difference to any page.
fn is_noise(pair: &str, noise: &[Box<str>]) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    noise.iter().any(|one| match one.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => **one == *name,
    })
}

fn without_noise(query: &str, noise: &[Box<str>]) -> Option<String> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    let kept: Vec<Cow<'_, str>> = pairs
        .take(MAX_PASSED_ON)
        .map(|pair| normal_pair(pair).unwrap_or_else(|| Cow::Owned(escaped_pair(pair))))
        .filter(|pair| !is_noise(pair, noise))
        .collect();
    (!kept.is_empty()).then(|| kept.join("&"))
}

/// A parameter that isn't written as it should be, with all that is wrong in it
/// escaped.
fn escaped_pair(pair: &str) -> String {
    let bytes = pair.as_bytes();
    let mut out = String::with_capacity(pair.len() + 16);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'%' && escape(&bytes[at..]).is_some_and(|value| !value.is_ascii_control()) {
            out.push_str(&pair[at..at + 3]);
            at += 3;
            continue;
        }
        if is_query_byte(byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string can't fail.
            let _ = write!(out, "%{byte:02X}");
        }
        at += 1;
    }
    out
}

/// A parameter in its normal form, the same as a path's: `id=%37` is `id=7`.
/// `None` for what no origin should have to make sense of.
fn normal_pair(pair: &str) -> Option<Cow<'_, str>> {
    if pair.bytes().all(is_query_byte) {
        return Some(Cow::Borrowed(pair));
    }
    let bytes = pair.as_bytes();
    let mut out = String::with_capacity(pair.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte == b'%' {
            let value = escape(&bytes[at..]).filter(|value| !value.is_ascii_control())?;
            if is_unreserved(value) {
                out.push(char::from(value));
            } else {
                // Writing to a string can't fail.
                let _ = write!(out, "%{value:02X}");
            }
            at += 3;
        } else if is_query_byte(byte) {
            out.push(char::from(byte));
            at += 1;
        } else {
            return None;
        }
    }
    Some(Cow::Owned(out))
}

/// RFC 3986, 3.4, without the escapes.
fn is_query_byte(byte: u8) -> bool {
    is_unreserved(byte) || is_path_delimiter(byte) || matches!(byte, b'/' | b'?')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, expected: Result<&str, BadTarget>) {
        let target = Target::new(path, None, &[]);
        assert_eq!(
            target.as_ref().map(Target::path),
            expected.as_ref().map(|p| *p),
            "{path}"
        );
    }

    #[test]
    fn what_had_to_be_rewritten_is_not_as_written() {
        let noise: [Box<str>; 1] = ["utm_*".into()];
        let listed: [Box<str>; 1] = ["page".into()];
        for (path, query, as_written) in [
            ("/a", None, true),
            ("/%e3%81%82", None, true),
            ("/a", Some("page=2"), true),
            ("/a", Some("page=2&utm_source=x"), true),
            ("/a", Some("utm_source=x&page=2&utm_id=3"), true),
            ("/%61", None, false),
            ("/a", Some("p=7"), false),
            ("/a", Some("page=2&p=7"), false),
            ("/a", Some("page=2&page=3"), false),
            ("/a", Some("page=%32"), false),
            ("/a", Some("%75tm_source=x"), false),
        ] {
            let target = Target::new(path, query, &listed).expect("a target");
            let is = target.is_as_written(path, query, &noise);
            assert_eq!(is, as_written, "{path} {query:?}");
        }
    }

    #[test]
    fn a_path_has_one_normal_form() {
        check("/", Ok("/"));
        check("/stories/the-tide-gauge", Ok("/stories/the-tide-gauge"));
        check("/%73tories/a", Ok("/stories/a"));
        check("/caf%c3%a9", Ok("/caf%C3%A9"));
        check("/a%7Eb", Ok("/a~b"));
        check("/a%20b", Ok("/a%20b"));
        check("/a;v=1", Ok("/a;v=1"));
        check("/100%25", Ok("/100%25"));
    }

    #[test]
    fn neither_case_nor_doubled_slashes_are_folded() {
        check("/Stories//A", Ok("/Stories//A"));
        check("//stories/a", Ok("//stories/a"));
        check("/stories/a/", Ok("/stories/a/"));
    }

    #[test]
    fn what_two_parsers_could_read_differently_is_refused() {
        let rows = [
            (
                BadTarget::DotSegment,
                vec![
                    "/a/../b",
                    "/./a",
                    "/a/..",
                    "/%2e%2e/a",
                    "/a/.%2E/b",
                    "/a/..;x/b",
                    "/.;/a",
                ],
            ),
            (
                BadTarget::HiddenCharacter,
                vec![
                    "/a%2fb",
                    "/a%2Fb",
                    "/a%5cb",
                    "/a%00",
                    "/a%0d%0ab",
                    "/%7f",
                    "/%252e%252e/a",
                    "/a%252Fb",
                    "/a%2500",
                ],
            ),
            (
                BadTarget::BadCharacter,
                vec!["/a\\b", "/a b", "/a\u{0}", "/é", "/a\"b", "/<a>"],
            ),
            (
                BadTarget::BadEscape,
                vec!["/a%", "/a%2", "/a%zz", "/a%u002f"],
            ),
            (
                BadTarget::NotUtf8,
                vec!["/%c0%ae", "/%c0%af", "/%ff", "/%e0%80%af", "/%ed%a0%80"],
            ),
            (BadTarget::NotAPath, vec!["", "*", "stories/a", "http://x/"]),
        ];
        for (refusal, paths) in rows {
            for path in paths {
                check(path, Err(refusal));
            }
        }
        check(
            &format!("/{}", "a".repeat(MAX_TARGET)),
            Err(BadTarget::TooLong),
        );
    }

    #[test]
    fn dots_that_are_no_segment_are_left_alone() {
        check("/a.b/..c/d..", Ok("/a.b/..c/d.."));
        check("/a;.b/..c;..", Ok("/a;.b/..c;.."));
        check("/.well-known/x", Ok("/.well-known/x"));
    }

    #[test]
    fn only_listed_parameters_are_kept_once_and_in_the_lists_order() {
        let listed = ["page".into(), "q".into()];
        let key = |query| {
            Target::new("/s", Some(query), &listed)
                .expect("a target")
                .key()
                .into_owned()
        };
        assert_eq!(key("utm_source=x&fbclid=y"), "/s");
        assert_eq!(key("q=a%20b&page=2&utm=1"), "/s?page=2&q=a%20b");
        assert_eq!(key("page=2&page=3"), "/s?page=2");
        assert_eq!(key("pages=2&xpage=3"), "/s");
        assert_eq!(key("page=<script>"), "/s");
        assert_eq!(key(""), "/s");
        assert_eq!(key("page=%37"), "/s?page=7", "one value, one form");
        assert_eq!(key("p%61ge=2"), "/s?page=2", "one name, one form");
        assert_eq!(key("q=caf%c3%a9%2f"), "/s?q=caf%C3%A9%2F");
        assert_eq!(key("page=%zz&page=%00"), "/s");
    }

    #[test]
    fn where_nothing_is_listed_all_but_the_noise_is_passed_on() {
        let noise = ["utm_*".into(), "fbclid".into()];
        let key = |query| {
            let target = Target::new("/s", Some(query), &[]).expect("a target");
            target.with_all_but(Some(query), &noise).key().into_owned()
        };
        assert_eq!(key("b=2&a=1&b=3"), "/s?b=2&a=1&b=3", "in their order");
        assert_eq!(key("utm_source=x&s=term&fbclid=y&utm_=1"), "/s?s=term");
        assert_eq!(key("ut%6d_source=x"), "/s");
        assert_eq!(key("cat[]=a b\"<\u{e9}"), "/s?cat%5B%5D=a%20b%22%3C%C3%A9");
        assert_eq!(key("a=%zz&b=%00&c=%41%2f"), "/s?a=%25zz&b=%2500&c=A%2F");
        assert_eq!(key("&&"), "/s");
    }

    #[test]
    fn normalising_twice_changes_nothing() {
        for path in ["/%73tories/a", "/caf%c3%a9", "/a%20b;c", "/x//y/"] {
            let once = Target::new(path, None, &[]).expect("a target");
            let twice = Target::new(once.path(), None, &[]).expect("a target");
            assert_eq!(once.path(), twice.path());
        }
    }
}
