//! Secrets of an account at Stripe. They show up nowhere: not in logs, not in
//! errors, not in a core's own words about itself.

use std::fmt;

use thiserror::Error;

/// The longest key, in bytes; today's have about a hundred.
const LONGEST: usize = 255;

/// The text can't be the secret. It isn't repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAKey {
    /// A publishable key where the secret one is wanted.
    #[error("this is the publishable key; the secret one begins with sk_ or rk_")]
    Publishable,
    /// Not a secret key.
    #[error("this is no secret key of Stripe's; they begin with sk_ or rk_ and are one word")]
    Secret,
    /// Not a webhook's secret.
    #[error("this is no secret of a webhook of Stripe's; they begin with whsec_ and are one word")]
    Webhook,
    /// Not a publishable key.
    #[error("this is no publishable key of Stripe's; they begin with pk_ and are one word")]
    NotPublishable,
}

/// The key that moves money.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey(String);

/// What one webhook of the account is signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(String);

/// Names the account to browsers; no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishableKey(String);

impl SecretKey {
    /// Takes what a file or the environment holds; spaces around it don't count.
    pub fn new(text: &str) -> Result<Self, NotAKey> {
        let text = text.trim();
        if text.starts_with("pk_") {
            return Err(NotAKey::Publishable);
        }
        if ["sk_", "rk_"].iter().any(|kind| is_secret(text, kind)) {
            return Ok(Self(text.to_owned()));
        }
        Err(NotAKey::Secret)
    }

    /// Whether it moves real money, as far as one can see: whatever isn't a
    /// test's does.
    pub fn is_live(&self) -> bool {
        !(self.0.starts_with("sk_test_") || self.0.starts_with("rk_test_"))
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl WebhookSecret {
    /// Takes what a file or the environment holds; spaces around it don't count.
    pub fn new(text: &str) -> Result<Self, NotAKey> {
        let text = text.trim();
        if is_secret(text, "whsec_") {
            return Ok(Self(text.to_owned()));
        }
        Err(NotAKey::Webhook)
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl PublishableKey {
    /// Takes what the configuration says.
    pub fn new(text: &str) -> Result<Self, NotAKey> {
        let text = text.trim();
        if is_secret(text, "pk_") {
            return Ok(Self(text.to_owned()));
        }
        Err(NotAKey::NotPublishable)
    }

    /// Whether it is for real money, as with the secret key.
    pub fn is_live(&self) -> bool {
        !self.0.starts_with("pk_test_")
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A word of that kind with something behind its marks, which are no secret: a
/// webhook whose secret is empty could be signed by anybody.
fn is_secret(text: &str, kind: &str) -> bool {
    let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'_';
    let rest = text.strip_prefix(kind).map(|rest| {
        let mut modes = ["test_", "live_"].into_iter();
        modes
            .find_map(|mode| rest.strip_prefix(mode))
            .unwrap_or(rest)
    });
    let says = |rest: &str| rest.bytes().any(|c| c.is_ascii_alphanumeric());
    rest.is_some_and(says) && text.len() <= LONGEST && text.bytes().all(plain)
}

/// What somebody else says, for our log: a line of it, without what looks like a
/// secret.
pub(super) fn clean(text: &str) -> String {
    const MOST: usize = 300;
    let line: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(MOST)
        .collect();
    let words = line.split(' ').map(|word| {
        let is_secret = ["sk_", "rk_", "whsec_", "_secret_"]
            .iter()
            .any(|mark| word.contains(mark));
        if is_secret { "…" } else { word }
    });
    words.collect::<Vec<_>>().join(" ")
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_by_how_it_begins_and_never_shown() {
        let key = SecretKey::new(" sk_live_abc123\n").expect("a key");
        assert_eq!((key.expose(), key.is_live()), ("sk_live_abc123", true));
        assert_eq!(format!("{key:?}"), "SecretKey(…)");
        for (test, live) in [
            ("sk_test_1", false),
            ("rk_test_1", false),
            ("rk_live_1", true),
            ("sk_1", true),
        ] {
            assert_eq!(SecretKey::new(test).map(|key| key.is_live()), Ok(live));
        }
        assert_eq!(SecretKey::new("pk_live_1"), Err(NotAKey::Publishable));
        for wrong in ["", "abc", "sk_a b", "sk_a\r\nX: y", "whsec_1"] {
            let refused = SecretKey::new(wrong).expect_err(wrong);
            assert!(wrong.is_empty() || !refused.to_string().contains(wrong));
        }
        for empty in ["sk_", "sk_test_", "rk_live_", "sk_test__"] {
            assert_eq!(SecretKey::new(empty), Err(NotAKey::Secret), "{empty}");
        }
        let secret = WebhookSecret::new("whsec_abc").expect("a secret");
        assert_eq!(format!("{secret:?}"), "WebhookSecret(…)");
        for wrong in ["sk_live_1", "whsec_", "whsec_test_", "whsec__", "whsec_\n"] {
            assert_eq!(WebhookSecret::new(wrong), Err(NotAKey::Webhook), "{wrong}");
        }
        for wrong in ["sk_live_1", "pk_", "pk_live_"] {
            let refused = PublishableKey::new(wrong);
            assert_eq!(refused, Err(NotAKey::NotPublishable), "{wrong}");
        }
    }

    #[test]
    fn what_others_say_is_one_short_line_without_secrets() {
        let said = "Invalid API Key provided: sk_live_abc\r\nhello pi_1_secret_2";
        assert_eq!(clean(said), "Invalid API Key provided: …  hello …");
        assert_eq!(clean(&"a".repeat(1000)).len(), 300);
    }
}
