//! 128-bit ids, one type for each kind of thing.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The text isn't an id of the kind that was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{text}\" is no {kind}; it is written {prefix}_ and 32 hexadecimal digits")]
pub struct NotAnId {
    /// What was written.
    pub text: String,
    /// What it should name.
    pub kind: &'static str,
    /// How such ids begin.
    pub prefix: &'static str,
}

macro_rules! drawn {
    ($($(#[$meta:meta])* $name:ident = $prefix:literal, $kind:literal;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(u128);

        impl $name {
            /// Takes bits that were drawn at random (or are a UUID's).
            pub const fn new(bits: u128) -> Self {
                Self(bits)
            }

            /// The bits.
            pub const fn get(self) -> u128 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{:032x}"), self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                bits(text, $prefix).map(Self).ok_or_else(|| NotAnId {
                    text: text.to_owned(),
                    kind: $kind,
                    prefix: $prefix,
                })
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;

            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    )*};
}

drawn! {
    /// A reader with an account, or a firm.
    AccountId = "acc", "account";
    /// A postal address; the address itself is kept outside, where it can be erased.
    AddressId = "adr", "address";
    /// A wish about where print goes on some days: nowhere, or elsewhere.
    DeliveryWishId = "dlv", "wish about delivery";
    /// A dispute that a provider has opened about a payment.
    DisputeId = "dsp", "dispute";
    /// A gift subscription.
    GiftId = "gft", "gift";
    /// An invoice or a credit note. Its number, which people see, is another thing.
    InvoiceId = "inv", "invoice";
    /// Something to be paid, once, in as many attempts as it takes.
    OrderId = "ord", "order";
    /// A card or account that can be charged; the provider's token is kept outside.
    PaymentMethodId = "pm", "payment method";
    /// Money given back.
    RefundId = "ref", "refund";
    /// A place in a subscription with several.
    SeatId = "seat", "seat";
    /// A subscription.
    SubscriptionId = "sub", "subscription";
}

/// Exactly as we write it: other spellings would make two texts of one id.
fn bits(text: &str, prefix: &str) -> Option<u128> {
    let digits = text.strip_prefix(prefix)?.strip_prefix('_')?;
    let plain = digits
        .bytes()
        .all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c));
    if digits.len() != 32 || !plain {
        return None;
    }
    u128::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_one_spelling_and_is_of_one_kind() {
        let id = OrderId::new(0xab);
        let text = "ord_000000000000000000000000000000ab";
        assert_eq!(id.to_string(), text);
        assert_eq!(text.parse(), Ok(id));
        assert!(text.parse::<GiftId>().is_err());
        for wrong in [
            "",
            "ord_",
            "ord_ab",
            "ord_000000000000000000000000000000AB",
            "ord_+00000000000000000000000000000ab",
            "ord-000000000000000000000000000000ab",
            "ord_0000000000000000000000000000000ab",
        ] {
            assert!(wrong.parse::<OrderId>().is_err(), "{wrong}");
        }
    }
}
