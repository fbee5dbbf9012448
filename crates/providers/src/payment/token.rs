//! What a provider calls things: words to be kept and sent back as they are.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest token, in bytes: what Stripe says that its ids may grow to.
const LONGEST: usize = 255;

/// The text can't be a provider's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{what} is no word of letters, digits and _ that a payment provider would use; take it from \
     the provider's own answer"
)]
pub struct NotAToken {
    /// What it should have been.
    pub what: &'static str,
}

macro_rules! tokens {
    ($($(#[$meta:meta])* $name:ident = $what:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The word.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAToken;

            fn from_str(text: &str) -> Result<Self, NotAToken> {
                Self::try_from(text.to_owned())
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAToken;

            fn try_from(text: String) -> Result<Self, NotAToken> {
                if is_word(&text) { Ok(Self(text)) } else { Err(NotAToken { what: $what }) }
            }
        }

        impl From<$name> for String {
            fn from(token: $name) -> Self {
                token.0
            }
        }
    )*};
}

tokens! {
    /// Somebody who pays.
    CustomerToken = "a customer";
    /// A card that may be charged.
    MethodToken = "a payment method";
    /// A card being entered.
    SetupToken = "a card's setup";
    /// A charge, as the provider calls it: quicker to find than by our own ids.
    Reference = "a charge's reference";
    /// Something that a provider told by itself; told twice it has the same id.
    EventId = "an event";
}

/// They become parts of URLs, so nothing is let in that means something there.
fn is_word(text: &str) -> bool {
    let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'_';
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(plain)
}

/// What lets a browser finish one thing at the provider. It is for that browser
/// only, so it shows up in no log and isn't kept.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct ClientSecret(String);

impl ClientSecret {
    /// The secret, for the page that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_one_plain_word() {
        let longest = "a".repeat(LONGEST);
        for right in ["cus_9s6XKzkNRiz8i3", "seti_1", &longest] {
            assert_eq!(
                right.parse::<CustomerToken>().map(String::from),
                Ok(right.into())
            );
        }
        let too_long = "a".repeat(LONGEST + 1);
        for wrong in ["", "a/b", "a?b", "..", "a b", "ä", "a\n", "a%2f", &too_long] {
            assert!(wrong.parse::<CustomerToken>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_browsers_secret_shows_up_in_no_log() {
        let secret = ClientSecret("pi_1_secret_2".to_owned());
        assert_eq!(format!("{secret:?}"), "ClientSecret(…)");
        assert_eq!(secret.expose(), "pi_1_secret_2");
    }
}
