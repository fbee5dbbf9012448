//! Ids in columns, and the store's own.

use std::fmt;
use std::str::FromStr;

use commerce::ids::NotAnId;

use crate::error::StoreError;

/// A signed-in device. What its cookie holds is another thing: the token.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(u128);

impl SessionId {
    /// Takes bits that were drawn at random.
    pub const fn new(bits: u128) -> Self {
        Self(bits)
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ses_{:032x}", self.0)
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for SessionId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let bits = text
            .strip_prefix("ses_")
            .filter(|digits| digits.len() == 32)
            .and_then(|digits| u128::from_str_radix(digits, 16).ok())
            // One spelling.
            .filter(|bits| Self(*bits).to_string() == text);
        bits.map(Self).ok_or_else(|| NotAnId {
            text: text.to_owned(),
            kind: "session",
            prefix: "ses",
        })
    }
}

/// The hash of a secret that was given to somebody: all that is kept of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// Hashes a token. Tokens are drawn at random, 128 bits at least, so a plain
    /// hash tells nothing about them.
    pub fn of(token: &[u8]) -> Self {
        Self(*blake3::hash(token).as_bytes())
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        blake3::Hash::from_bytes(self.0).to_hex().fmt(f)
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash")
    }
}

impl FromStr for TokenHash {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        blake3::Hash::from_hex(text)
            .map(|hash| Self(*hash.as_bytes()))
            .map_err(|_| StoreError::damaged("a token's hash isn't one"))
    }
}

/// Reads an id from a column.
pub(crate) fn parse<T: FromStr>(text: &str) -> Result<T, StoreError> {
    let id = text.parse();
    id.map_err(|_| StoreError::damaged(format!("\"{text}\" isn't the id it should be")))
}

/// Reads an id from a column that may be empty.
pub(crate) fn parse_some<T: FromStr>(text: Option<&str>) -> Result<Option<T>, StoreError> {
    text.map(parse).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_has_one_spelling() {
        let id = SessionId::new(0xab);
        let text = "ses_000000000000000000000000000000ab";
        assert_eq!(id.to_string(), text);
        assert_eq!(text.parse(), Ok(id));
        for wrong in [
            "",
            "ses_ab",
            "ses_000000000000000000000000000000AB",
            "ses_+0000000000000000000000000000ab1",
        ] {
            assert!(wrong.parse::<SessionId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_hash_is_read_as_it_was_written_and_never_shown_by_accident() {
        let hash = TokenHash::of(b"secret");
        assert_eq!(hash.to_string().parse::<TokenHash>().ok(), Some(hash));
        assert_eq!(format!("{hash:?}"), "TokenHash");
    }
}
