//! Text that goes into HTML as it is, and escaping it on the way.

use minijinja::Value;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Serialize, Serializer};

/// What needs no encoding in a path segment or a query value (RFC 3986 §2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Safe HTML. Templates print it without escaping it again.
#[derive(Clone, Debug)]
pub(crate) struct Markup(Value);

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Markup {
    /// Takes what is safe already.
    pub(crate) fn safe(html: impl Into<String>) -> Self {
        Self(Value::from_safe_string(html.into()))
    }

    /// An address. Template engines escape the slash too; an address without
    /// slashes can be read neither by people nor by programs that compare the
    /// attribute as it stands.
    pub(crate) fn url(url: &str) -> Self {
        Self::safe(escape(url))
    }
}

/// `text` for HTML text and quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// `text` for one segment of a path or one value of a query.
pub(crate) fn percent(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}
