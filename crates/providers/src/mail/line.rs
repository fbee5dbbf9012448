//! Words that become a header: one line, and nothing that would begin another.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest line, in characters: what a mail program shows of a subject, four
/// times over.
const LONGEST: usize = 300;

/// The longest link, in bytes: a line of mail is 998 at most.
const LONGEST_LINK: usize = 900;

/// Why a text can't be a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BadLine {
    /// Line breaks and the like.
    #[error("it has a line break or another control character in it; write one plain line")]
    Control,
    /// Too long.
    #[error("it is too long; write {LONGEST} characters at most")]
    TooLong,
    /// Not a link.
    #[error(
        "it is no link; write https:// (or http://) and a plain address, in at most {LONGEST_LINK} bytes"
    )]
    Link,
}

/// A subject, or a name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line(String);

/// A link in a header.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(String);

impl Line {
    /// Checks it; nothing is changed.
    pub fn new(text: &str) -> Result<Self, BadLine> {
        // U+2028 and U+2029 end lines as well.
        let ends = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        if text.chars().any(ends) {
            return Err(BadLine::Control);
        }
        if text.chars().count() > LONGEST {
            return Err(BadLine::TooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Link {
    /// Checks it; nothing is changed.
    pub fn new(text: &str) -> Result<Self, BadLine> {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        let plain = |c: u8| c.is_ascii_graphic() && !b"<>\"\\^`{|}".contains(&c);
        let is_link = rest.is_some_and(|rest| !rest.is_empty() && rest.bytes().all(plain));
        if is_link && text.len() <= LONGEST_LINK {
            return Ok(Self(text.to_owned()));
        }
        Err(BadLine::Link)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! as_text {
    ($name:ident) => {
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadLine;

            fn try_from(text: String) -> Result<Self, BadLine> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }
    };
}

as_text!(Line);
as_text!(Link);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line() {
        for right in ["Your receipt", "領収書", "إيصال", "\u{200f}a", ""] {
            assert!(Line::new(right).is_ok(), "{right}");
        }
        for wrong in [
            "a\r\nBcc: b@example.com",
            "a\n",
            "a\r",
            "a\0",
            "a\tb",
            "a\u{2028}b",
            "a\u{85}b",
        ] {
            assert_eq!(Line::new(wrong), Err(BadLine::Control), "{wrong:?}");
        }
        assert_eq!(Line::new(&"é".repeat(301)), Err(BadLine::TooLong));
    }

    #[test]
    fn a_link_is_plain() {
        assert!(Link::new("https://post.example/-/mail/off?t=a%20b").is_ok());
        let long = format!("https://post.example/{}", "a".repeat(LONGEST_LINK));
        for wrong in [
            "",
            "https://",
            "javascript:alert(1)",
            "https://a b",
            "https://a>,<mailto:x@y",
            "https://é",
            &long,
        ] {
            assert_eq!(Link::new(wrong), Err(BadLine::Link), "{wrong}");
        }
    }
}
