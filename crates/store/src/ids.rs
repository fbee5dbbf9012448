//! Ids in columns, and the store's own.

use std::fmt;
use std::str::FromStr;

use access::SessionId;

use crate::error::StoreError;

/// A session as it is written in a column: its 32 hexadecimal digits.
pub(crate) fn session(id: SessionId) -> String {
    format!("{:032x}", u128::from_be_bytes(id.0))
}

/// Reads it back.
pub(crate) fn parse_session(text: &str) -> Result<SessionId, StoreError> {
    let bits = u128::from_str_radix(text, 16).map(|bits| SessionId(bits.to_be_bytes()));
    bits.map_err(|_| StoreError::damaged(format!("\"{text}\" is no session")))
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

/// An id that begins as another does, so that both lie together where they are
/// kept in order.
pub(crate) fn near(id: u128, rest: [u8; 8]) -> u128 {
    (id >> 64 << 64) | u128::from(u64::from_be_bytes(rest))
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
    fn a_session_is_read_as_it_was_written() {
        let id = SessionId([7; 16]);
        assert_eq!(parse_session(&session(id)).ok(), Some(id));
        assert_eq!(session(SessionId([0; 16])), "0".repeat(32));
        assert!(parse_session("g").is_err());
    }

    #[test]
    fn what_lies_near_an_id_begins_like_it() {
        let id = 0xfeed_0000_0000_0000_1234_5678_9abc_def0;
        assert_eq!(
            near(id, 7_u64.to_be_bytes()),
            0xfeed_0000_0000_0000 << 64 | 7
        );
    }

    #[test]
    fn a_hash_is_read_as_it_was_written_and_never_shown_by_accident() {
        let hash = TokenHash::of(b"secret");
        assert_eq!(hash.to_string().parse::<TokenHash>().ok(), Some(hash));
        assert_eq!(format!("{hash:?}"), "TokenHash");
    }
}
