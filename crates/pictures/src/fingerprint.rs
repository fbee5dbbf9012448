//! What tells one original from every other, and from itself before it was
//! changed: it is in the addresses of prints, which may be kept for ever.

use std::fmt;
use std::str::FromStr;

/// How prints are made at present. Whoever changes anything about them that
/// shows, quality, sharpness or how colours are turned, counts this up, and
/// everything has a new address.
const RECIPE: u8 = 1;

/// The fingerprint of an original and of what is made of it.
///
/// 64 bits: of a million pictures two are alike by chance once in forty million
/// publications, and nobody but the publisher chooses what they are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 8]);

impl Fingerprint {
    /// That of a file.
    pub fn of(bytes: &[u8]) -> Self {
        let mut hasher = blake3::Hasher::new();
        hasher.update(&[RECIPE]);
        hasher.update(bytes);
        let mut short = [0; 8];
        short.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        Self(short)
    }

    /// One that was written down with [`Self::to_bytes`].
    pub fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// To be written down.
    pub fn to_bytes(self) -> [u8; 8] {
        self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", u64::from_be_bytes(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFingerprint;

impl FromStr for Fingerprint {
    type Err = NoFingerprint;

    /// Sixteen hexadecimal digits in small letters, and no other way to write
    /// them: an address is one address.
    fn from_str(text: &str) -> Result<Self, NoFingerprint> {
        let is_plain = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() != 16 || !text.bytes().all(is_plain) {
            return Err(NoFingerprint);
        }
        let number = u64::from_str_radix(text, 16).map_err(|_| NoFingerprint)?;
        Ok(Self(number.to_be_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_written_in_one_way_only() {
        let own = Fingerprint::of(b"a picture");
        assert_eq!(own.to_string().parse(), Ok(own));
        assert_ne!(own, Fingerprint::of(b"another"));
        for wrong in [
            "",
            "0123",
            "0123456789ABCDEF",
            "+123456789abcdef",
            "0123456789abcdef0",
        ] {
            assert_eq!(wrong.parse::<Fingerprint>(), Err(NoFingerprint), "{wrong}");
        }
    }
}
