//! The names that stand in addresses.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The longest slug, in bytes: an address has to fit a line of print.
pub(crate) const MAX_SLUG: usize = 80;

/// The name of a story, page or section in its address: small ASCII letters,
/// digits and single hyphens between them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slug(Arc<str>);

impl Slug {
    /// `None` where `text` can't stand in an address.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        (text.len() <= MAX_SLUG && text.split('-').all(plain)).then(|| Self(Arc::from(text)))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Slug {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Slug {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        Self::parse(text).ok_or_else(|| serde::de::Error::custom("not a slug"))
    }
}

impl std::borrow::Borrow<str> for Slug {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The id of a topic or author, made from the words a publisher wrote: small
/// letters and digits of any script, with a hyphen for everything between.
///
/// `Ward elections` and `ward-elections` are one topic.
pub fn topic_id(words: &str) -> String {
    let mut id = String::with_capacity(words.len());
    for c in words.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') && !matches!(c, '’' | '\'') {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_small_letters_digits_and_single_hyphens() {
        for good in ["a", "night-ferry", "1868", "ward-4-count"] {
            assert!(Slug::parse(good).is_some(), "{good}");
        }
        for bad in [
            "", "-", "a-", "-a", "a--b", "Night", "a_b", "a/b", "..", "a.b", "é", "a b",
        ] {
            assert!(Slug::parse(bad).is_none(), "{bad}");
        }
        assert!(Slug::parse(&"a".repeat(MAX_SLUG + 1)).is_none());
    }

    #[test]
    fn words_that_differ_in_case_or_joints_are_one_topic() {
        for (words, id) in [
            ("Ward elections", "ward-elections"),
            ("ward-elections", "ward-elections"),
            ("St Ebb’s", "st-ebbs"),
            ("  Łódź / port ", "łódź-port"),
            ("選挙", "選挙"),
            ("…", ""),
        ] {
            assert_eq!(topic_id(words), id);
        }
    }
}
