//! The head of a request, borrowed from wherever it was read.

use http::request::Parts;
use http::{HeaderName, Method, Version};

/// What the gate asks of a request.
#[derive(Debug)]
pub(crate) struct Head<'a> {
    pub(crate) method: Method,
    pub(crate) version: Version,
    pub(crate) path: &'a str,
    pub(crate) query: Option<&'a str>,
    pub(crate) fields: Fields<'a>,
    /// Whether the response goes out as it is, so that it may come from a file.
    pub(crate) bare: bool,
}

impl<'a> From<&'a Parts> for Head<'a> {
    fn from(parts: &'a Parts) -> Self {
        let fields = parts.headers.iter();
        Self {
            method: parts.method.clone(),
            version: parts.version,
            path: parts.uri.path(),
            query: parts.uri.query(),
            fields: fields
                .map(|(name, value)| (name.as_str(), value.as_bytes()))
                .collect(),
            bare: false,
        }
    }
}

/// Header fields in their order. A request has some ten, of which the gate looks
/// at a few: going through them is faster than a map is made.
#[derive(Debug, Default)]
pub(crate) struct Fields<'a>(Vec<(&'a str, &'a [u8])>);

impl<'a> Fields<'a> {
    /// All lines, as they came.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.0.iter().copied()
    }

    /// The values of all lines with this name.
    pub(crate) fn all(&self, name: &HeaderName) -> impl DoubleEndedIterator<Item = &'a [u8]> {
        let lines = self.0.iter();
        lines
            .filter(move |(other, _)| other.eq_ignore_ascii_case(name.as_str()))
            .map(|&(_, value)| value)
    }

    /// The first line with this name, where it is text: visible characters of
    /// ASCII, spaces and tabs.
    pub(crate) fn text(&self, name: &HeaderName) -> Option<&'a str> {
        let value = self.all(name).next()?;
        let is_text = value
            .iter()
            .all(|&byte| matches!(byte, b' '..=b'~' | b'\t'));
        is_text.then(|| str::from_utf8(value).ok()).flatten()
    }
}

impl<'a> FromIterator<(&'a str, &'a [u8])> for Fields<'a> {
    fn from_iter<T: IntoIterator<Item = (&'a str, &'a [u8])>>(fields: T) -> Self {
        Self(fields.into_iter().collect())
    }
}

#[cfg(test)]
impl<'a, const N: usize> From<[(&'a str, &'a str); N]> for Fields<'a> {
    fn from(fields: [(&'a str, &'a str); N]) -> Self {
        let fields = fields.into_iter();
        fields
            .map(|(name, value)| (name, value.as_bytes()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header;

    #[test]
    fn names_have_no_case_and_lines_keep_their_order() {
        let fields = Fields::from([("Cookie", "a"), ("HOST", "x"), ("cookie", "b")]);
        let cookies: Vec<_> = fields.all(&header::COOKIE).collect();
        assert_eq!(cookies, [b"a", b"b"]);
        assert_eq!(fields.text(&header::HOST), Some("x"));
        assert_eq!(fields.text(&header::COOKIE), Some("a"));
        assert_eq!(fields.text(&header::REFERER), None);
    }

    #[test]
    fn only_ascii_is_text() {
        for (value, text) in [
            (&b"a\tb ~"[..], Some("a\tb ~")),
            (b"", Some("")),
            (b"caf\xc3\xa9", None),
            (b"\xff", None),
            (b"a\x7f", None),
        ] {
            let fields: Fields = [("host", value)].into_iter().collect();
            assert_eq!(fields.text(&header::HOST), text, "{value:?}");
        }
    }
}
