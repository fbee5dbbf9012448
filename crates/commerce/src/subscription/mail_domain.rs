//! What is behind the `@`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest domain name (RFC 1035).
const LONGEST_DOMAIN: usize = 253;

/// A mail domain in lower case: what is behind the `@`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MailDomain(String);

/// The text is no domain.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{0}\" is no mail domain; write what is behind the @, such as example.com")]
pub struct BadDomain(pub String);

impl MailDomain {
    /// Reads a domain; its case doesn't matter. Internationalised names are in
    /// their ASCII form.
    pub fn new(text: &str) -> Result<Self, BadDomain> {
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|c| c.is_ascii_alphanumeric() || c == b'-')
        };
        let dotted = text.contains('.') && text.split('.').all(label);
        if dotted && text.len() <= LONGEST_DOMAIN {
            return Ok(Self(text.to_ascii_lowercase()));
        }
        Err(BadDomain(text.chars().take(LONGEST_DOMAIN).collect()))
    }

    /// The domain as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MailDomain {
    type Error = BadDomain;

    fn try_from(text: String) -> Result<Self, BadDomain> {
        Self::new(&text)
    }
}

impl From<MailDomain> for String {
    fn from(domain: MailDomain) -> Self {
        domain.0
    }
}
