//! Which account, where it is, and how long to wait for it.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use http::Uri;
use thiserror::Error;

use super::key::clean;
use super::{PublishableKey, SecretKey, WebhookSecret};
use crate::loopback::is_loopback;

/// Where Stripe is.
const STRIPE: &str = "https://api.stripe.com";

/// How long a whole exchange may take: a card's bank has half a minute to say
/// yes or no, and Stripe's own libraries wait 80 seconds. Beyond it the outcome
/// is unknown and is asked for.
const PATIENCE: Duration = Duration::from_secs(40);

/// An account at Stripe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Moves money.
    pub key: SecretKey,
    /// For browsers.
    pub publishable_key: PublishableKey,
    /// What webhooks are signed with: two while one takes over from the other.
    pub webhook_secrets: Vec<WebhookSecret>,
    /// Where the account is.
    pub base: BaseUrl,
    /// Who vouches for that address, beside whom the system trusts (PEM).
    pub authorities: Option<PathBuf>,
    /// How long a whole exchange may take.
    pub patience: Duration,
}

/// Where an account is: Stripe, or a server that speaks as it does.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    is_secure: bool,
}

/// The address can't be used. What is before its @ isn't repeated.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "\"{0}\" can't be asked for payments; write https:// and a host, or http:// and a loopback \
     address for a server on this machine"
)]
pub struct BadBase(String);

impl Settings {
    /// The account of a key, at Stripe itself.
    pub fn new(
        key: SecretKey,
        publishable_key: PublishableKey,
        webhook_secrets: Vec<WebhookSecret>,
    ) -> Self {
        Self {
            key,
            publishable_key,
            webhook_secrets,
            base: BaseUrl::default(),
            authorities: None,
            patience: PATIENCE,
        }
    }
}

impl BaseUrl {
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    pub(super) fn is_secure(&self) -> bool {
        self.is_secure
    }
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self {
            text: STRIPE.to_owned(),
            is_secure: true,
        }
    }
}

impl FromStr for BaseUrl {
    type Err = BadBase;

    fn from_str(text: &str) -> Result<Self, BadBase> {
        let bad = || BadBase(shown(text));
        let url: Uri = text.parse().map_err(|_| bad())?;
        let authority = url.authority().ok_or_else(bad)?;
        let is_secure = match url.scheme_str() {
            Some("https") => true,
            // The key travels with every request.
            Some("http") if is_loopback(authority.host()) => false,
            _ => return Err(bad()),
        };
        let is_bare = matches!(url.path(), "" | "/") && url.query().is_none();
        if !is_bare || authority.as_str().contains('@') {
            return Err(bad());
        }
        let scheme = if is_secure { "https" } else { "http" };
        let text = format!("{scheme}://{authority}");
        Ok(Self { text, is_secure })
    }
}

/// An address without what somebody may have written in it for a login.
fn shown(text: &str) -> String {
    let Some((before, host)) = text.rsplit_once('@') else {
        return clean(text);
    };
    let scheme = before
        .split_once("://")
        .map_or(String::new(), |(scheme, _)| format!("{scheme}://"));
    clean(&format!("{scheme}…@{host}"))
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_travels_over_tls_or_stays_on_the_machine() {
        for (right, expected) in [
            ("https://api.stripe.com", "https://api.stripe.com"),
            ("https://api.stripe.com/", "https://api.stripe.com"),
            ("http://127.0.0.1:8420", "http://127.0.0.1:8420"),
            ("http://[::1]:8420/", "http://[::1]:8420"),
            ("http://localhost:8420", "http://localhost:8420"),
        ] {
            let base: BaseUrl = right.parse().expect(right);
            assert_eq!(base.as_str(), expected);
        }
        for wrong in [
            "",
            "api.stripe.com",
            "http://api.stripe.com",
            "http://192.0.2.1",
            "ftp://127.0.0.1",
            "https://user:word@api.stripe.com",
            "https://api.stripe.com/v1",
            "https://api.stripe.com/?a=b",
        ] {
            assert!(wrong.parse::<BaseUrl>().is_err(), "{wrong}");
        }
        for wrong in [
            "https://user:hush@api.stripe.com",
            "http://hush@127.0.0.1",
            "user:hush@api.stripe.com",
            "https://a@hush@b",
            "https://api.stripe.com/?key=sk_live_hush",
        ] {
            let bad = wrong.parse::<BaseUrl>().expect_err(wrong);
            let shown = format!("{bad} {bad:?}");
            assert!(!shown.contains("hush"), "{shown}");
        }
    }
}
