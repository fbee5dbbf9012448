//! Tokens that nobody but the gate can make: bytes with a signature over them.
//!
//! What is signed for one purpose is good for no other: each has a key of its
//! own, derived from the same master secrets. A forgery costs one hash and no
//! look-up, so garbage can't be used to make the gate work.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use subtle::ConstantTimeEq;

/// Of BLAKE3's 32 bytes: 128 bits can't be guessed.
const TAG: usize = 16;

/// The longest token in bytes: a key's number, 63 bytes and a tag. A signature
/// of so little is a single step of the hash.
const LONGEST: usize = 64 + TAG;

/// The secrets that tokens are signed with, newest first.
#[derive(Clone)]
pub struct Keyring(Vec<Key>);

#[derive(Clone)]
struct Key {
    number: u8,
    secrets: [[u8; 32]; Purpose::COUNT],
}

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The id of a browser.
    Reader,
    /// Makes its bearer staff.
    Staff,
    /// Signs its bearer in.
    Session,
}

/// What a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opened<const N: usize> {
    pub(crate) body: [u8; N],
    /// Whether it was signed with a key that is being retired.
    pub(crate) is_aging: bool,
}

impl Purpose {
    const COUNT: usize = 3;

    /// In the order of declaration. A context is for good: another one would
    /// sign everybody out.
    const CONTEXTS: [&str; Self::COUNT] = [
        "ludgate 2026 reader id signature",
        "ludgate 2026 staff token signature",
        "ludgate 2026 session token signature",
    ];
}

impl Keyring {
    /// Takes master secrets with their numbers, the signing one first; older
    /// ones are still accepted. `None` where there is none.
    pub fn new(secrets: &[(u8, [u8; 32])]) -> Option<Self> {
        let derive = |&(number, secret): &(u8, [u8; 32])| Key {
            number,
            secrets: Purpose::CONTEXTS.map(|context| blake3::derive_key(context, &secret)),
        };
        let keys: Vec<Key> = secrets.iter().map(derive).collect();
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// The token that says `body`.
    pub(crate) fn seal<const N: usize>(&self, purpose: Purpose, body: &[u8; N]) -> Option<String> {
        let key = self.0.first()?;
        let mut raw = Vec::with_capacity(1 + N + TAG);
        raw.push(key.number);
        raw.extend_from_slice(body);
        let tag = key.tag(purpose, &raw);
        raw.extend_from_slice(&tag);
        Some(URL_SAFE_NO_PAD.encode(raw))
    }

    /// What the token says, if one of the keys has signed it for that.
    pub(crate) fn open<const N: usize>(&self, purpose: Purpose, token: &[u8]) -> Option<Opened<N>> {
        let length = 1 + N + TAG;
        if token.len() != (length * 4).div_ceil(3) {
            return None;
        }
        let mut raw = [0; LONGEST];
        let raw = raw.get_mut(..length)?;
        if !matches!(URL_SAFE_NO_PAD.decode_slice(token, raw), Ok(read) if read == length) {
            return None;
        }
        let (signed, tag) = raw.split_at(1 + N);
        let (number, body) = signed.split_first()?;
        let vouches =
            |key: &Key| key.number == *number && bool::from(key.tag(purpose, signed).ct_eq(tag));
        let age = self.0.iter().position(vouches)?;
        Some(Opened {
            body: body.try_into().ok()?,
            is_aging: age > 0,
        })
    }
}

impl Key {
    fn tag(&self, purpose: Purpose, signed: &[u8]) -> [u8; TAG] {
        let mut tag = [0; TAG];
        let secret = &self.secrets[purpose as usize];
        tag.copy_from_slice(&blake3::keyed_hash(secret, signed).as_bytes()[..TAG]);
        tag
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn ring(numbers: &[u8]) -> Keyring {
        let secrets: Vec<(u8, [u8; 32])> = numbers.iter().map(|&n| (n, [n; 32])).collect();
        Keyring::new(&secrets).expect("a key")
    }

    /// Every way in which a token is spoilt: a byte changed, cut off, put on.
    pub(crate) fn spoilt(good: &str) -> Vec<Vec<u8>> {
        let mut all: Vec<Vec<u8>> = (0..good.len())
            .map(|index| {
                // The last character may carry unused bits, which the decoder
                // insists on being zero.
                let mut bad = good.as_bytes().to_vec();
                bad[index] = if bad[index] == b'A' { b'B' } else { b'A' };
                bad
            })
            .collect();
        let longer = format!("{good}A");
        let padded = format!("{good}=");
        for bad in [
            "",
            "x",
            "1",
            "true",
            &good[1..],
            &good[..good.len() - 1],
            &longer,
            &padded,
        ] {
            all.push(bad.as_bytes().to_vec());
        }
        all.push(vec![b'A'; good.len()]);
        all.push(vec![0xff; good.len()]);
        let folded = good.to_ascii_lowercase();
        if folded != good {
            all.push(folded.into_bytes());
        }
        all
    }

    const PURPOSES: [Purpose; 3] = [Purpose::Reader, Purpose::Staff, Purpose::Session];

    #[test]
    fn what_is_signed_for_one_purpose_is_good_for_that_alone() {
        let ring = ring(&[1]);
        for made in PURPOSES {
            let token = ring.seal(made, b"sixteen bytes it").expect("a key");
            for used in PURPOSES {
                let opened = ring.open::<16>(used, token.as_bytes());
                assert_eq!(opened.is_some(), made == used, "{made:?} as {used:?}");
            }
            assert!(ring.open::<15>(made, token.as_bytes()).is_none());
        }
    }

    #[test]
    fn what_is_changed_shortened_or_invented_opens_for_nothing() {
        let ring = ring(&[1]);
        for purpose in PURPOSES {
            let good = ring.seal(purpose, b"twelve bytes").expect("a key");
            for bad in spoilt(&good) {
                let opened = ring.open::<12>(purpose, &bad);
                assert_eq!(opened, None, "{:?}", String::from_utf8_lossy(&bad));
            }
        }
    }

    #[test]
    fn a_token_outlives_a_rotation_but_not_its_key_and_no_number_vouches_for_another_key() {
        let old = ring(&[1]).seal(Purpose::Session, b"a").expect("a key");
        let under = |keys: &Keyring| keys.open::<1>(Purpose::Session, old.as_bytes());
        let opened = |is_aging| {
            Some(Opened {
                body: *b"a",
                is_aging,
            })
        };
        assert_eq!(under(&ring(&[1])), opened(false));
        assert_eq!(under(&ring(&[2, 1])), opened(true));
        assert_eq!(under(&ring(&[2])), None);
        assert_eq!(under(&Keyring::new(&[(1, [9; 32])]).expect("a key")), None);
        assert!(Keyring::new(&[]).is_none());
    }
}
