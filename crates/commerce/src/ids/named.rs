//! Names that a publisher gives: products, plans, offers, promotion codes.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The longest name, in bytes: enough for `digital-and-print-weekend-monthly`
/// twice, and short enough for a URL, a log line and a provider's metadata.
const LONGEST: usize = 64;

/// The text can't be a name.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{text}\" can't name {kind}; write 1 to 64 of {allowed}, the first a letter or a digit")]
pub struct NotAName {
    /// What was written.
    pub text: String,
    /// What it should name.
    pub kind: &'static str,
    /// Which characters may be used.
    pub allowed: &'static str,
}

macro_rules! named {
    ($($(#[$meta:meta])* $name:ident = $kind:literal, $allowed:literal, $check:expr;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks the text; nothing is folded or trimmed.
            pub fn new(text: &str) -> Result<Self, NotAName> {
                let check: fn(u8) -> bool = $check;
                let starts = text.bytes().next().is_some_and(|c| c.is_ascii_alphanumeric());
                if starts && text.len() <= LONGEST && text.bytes().all(check) {
                    return Ok(Self(Arc::from(text)));
                }
                Err(NotAName {
                    text: text.chars().take(LONGEST).collect(),
                    kind: $kind,
                    allowed: $allowed,
                })
            }

            /// The name as text.
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

        impl TryFrom<String> for $name {
            type Error = NotAName;

            fn try_from(text: String) -> Result<Self, NotAName> {
                Self::new(&text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.as_str().to_owned()
            }
        }
    )*};
}

fn plain(c: u8) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'-' | b'_' | b'.')
}

fn shouted(c: u8) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, b'-' | b'_')
}

named! {
    /// Something that is sold: a set of entitlements.
    ProductId = "a product", "a-z, 0-9, -, _ and .", plain;
    /// A way to pay for a product.
    PlanId = "a plan", "a-z, 0-9, -, _ and .", plain;
    /// What is held out to readers: a plan on certain terms for a certain time.
    OfferId = "an offer", "a-z, 0-9, -, _ and .", plain;
    /// A kind of goods or service that is taxed at a rate of its own: `digital`, `print`.
    TaxClass = "a tax class", "a-z, 0-9, -, _ and .", plain;
    /// A word that opens an offer to whoever was told it. In capitals: what a
    /// reader types is [folded](PromotionCode::typed) first.
    PromotionCode = "a code", "A-Z, 0-9, - and _", shouted;
}

impl PromotionCode {
    /// Reads what somebody typed: spaces around it and its case don't matter.
    pub fn typed(text: &str) -> Result<Self, NotAName> {
        Self::new(&text.trim().to_ascii_uppercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_plain() {
        let longest = "a".repeat(LONGEST);
        for right in ["a", "digital-monthly", "2027.winter_offer", &longest] {
            assert_eq!(
                PlanId::new(right).map(|id| id.to_string()),
                Ok(right.into())
            );
        }
        let too_long = "a".repeat(LONGEST + 1);
        for wrong in ["", "-a", ".a", "A", "a b", "ä", "a/b", "a\n", &too_long] {
            assert!(PlanId::new(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_code_is_the_same_however_it_is_typed() {
        let code = PromotionCode::new("WINTER-27").expect("a code");
        for typed in ["WINTER-27", "winter-27", "  Winter-27 \n"] {
            assert_eq!(PromotionCode::typed(typed), Ok(code.clone()), "{typed}");
        }
        assert!(PromotionCode::typed("' OR 1=1").is_err());
    }
}
