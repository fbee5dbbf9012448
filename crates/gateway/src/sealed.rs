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

/// The longest body that can be covered: a hash long.
pub(crate) const MAX_VEILED: usize = 32;

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
    /// Opens one story for whoever follows it.
    Gift,
    /// That a browser has followed it.
    HeldGift,
    /// Not for tokens: covers what those of gifts and programs say.
    Veil,
    /// Lets a program read for somebody for an hour.
    Access,
}

/// What a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opened<const N: usize> {
    pub(crate) body: [u8; N],
    /// Whether it was signed with a key that is being retired.
    pub(crate) is_aging: bool,
}

impl Purpose {
    const COUNT: usize = 7;

    /// In the order of declaration. A context is for good: another one would
    /// sign everybody out.
    const CONTEXTS: [&str; Self::COUNT] = [
        "ludgate 2026 reader id signature",
        "ludgate 2026 staff token signature",
        "ludgate 2026 session token signature",
        "ludgate 2026 gift link signature",
        "ludgate 2026 held gift signature",
        "ludgate 2026 gift veil",
        "ludgate 2026 access token signature",
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

    /// The token that says `body` to nobody but the gate. The same body makes
    /// the same token: the signature over what it says is also what the cover is
    /// drawn from, so no cover is used for two bodies.
    pub(crate) fn seal_veiled<const N: usize>(
        &self,
        purpose: Purpose,
        body: &[u8; N],
    ) -> Option<String> {
        const { assert!(N <= MAX_VEILED) };
        let key = self.0.first()?;
        let mut raw = Vec::with_capacity(1 + N + TAG);
        raw.push(key.number);
        raw.extend_from_slice(body);
        let tag = key.tag(purpose, &raw);
        key.veil(&tag, raw.get_mut(1..)?);
        raw.extend_from_slice(&tag);
        Some(URL_SAFE_NO_PAD.encode(raw))
    }

    /// What the token says, if one of the keys has signed it for that.
    pub(crate) fn open<const N: usize>(&self, purpose: Purpose, token: &[u8]) -> Option<Opened<N>> {
        let mut raw = [0; LONGEST];
        let raw = decoded::<N>(token, &mut raw)?;
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

    /// What a token of [`Self::seal_veiled`] says.
    pub(crate) fn open_veiled<const N: usize>(
        &self,
        purpose: Purpose,
        token: &[u8],
    ) -> Option<[u8; N]> {
        let mut raw = [0; LONGEST];
        let raw = decoded::<N>(token, &mut raw)?;
        let (covered, tag) = raw.split_at(1 + N);
        let number = covered.first()?;
        self.0.iter().find_map(|key| {
            if key.number != *number {
                return None;
            }
            let mut said = [0; LONGEST];
            let said = said.get_mut(..1 + N)?;
            said.copy_from_slice(covered);
            let (_, body) = said.split_first_mut()?;
            key.veil(tag, body);
            let is_signed = bool::from(key.tag(purpose, said).ct_eq(tag));
            is_signed.then(|| said.get(1..)?.try_into().ok()).flatten()
        })
    }
}

/// The bytes of a token that says `N` of them, in `raw`.
fn decoded<'r, const N: usize>(token: &[u8], raw: &'r mut [u8; LONGEST]) -> Option<&'r [u8]> {
    let length = 1 + N + TAG;
    if token.len() != (length * 4).div_ceil(3) {
        return None;
    }
    let raw = raw.get_mut(..length)?;
    let read = URL_SAFE_NO_PAD.decode_slice(token, raw).ok()?;
    (read == length).then_some(raw)
}

impl Key {
    /// Covers `body`, or uncovers it. At most 32 bytes, for which one hash does;
    /// [`MAX_VEILED`] holds whoever seals to that.
    fn veil(&self, tag: &[u8], body: &mut [u8]) {
        let cover = blake3::keyed_hash(&self.secrets[Purpose::Veil as usize], tag);
        for (byte, cover) in body.iter_mut().zip(cover.as_bytes()) {
            *byte ^= cover;
        }
    }

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

    const PURPOSES: [Purpose; 6] = [
        Purpose::Reader,
        Purpose::Staff,
        Purpose::Session,
        Purpose::Gift,
        Purpose::HeldGift,
        Purpose::Access,
    ];

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

    #[test]
    fn a_veiled_token_says_to_nobody_else_what_it_says() {
        let keys = ring(&[2, 1]);
        let body = *b"twenty bytes of text";
        let token = keys.seal_veiled(Purpose::Gift, &body).expect("a key");
        let again = keys.seal_veiled(Purpose::Gift, &body).expect("a key");
        assert_eq!(token, again, "the same link for the same gift");
        let raw = URL_SAFE_NO_PAD.decode(&token).expect("base64");
        assert!(
            !raw.windows(4)
                .any(|four| body.windows(4).any(|b| b == four))
        );
        let other = keys.seal_veiled(Purpose::Gift, b"twenty bytes of tex!");
        let other = URL_SAFE_NO_PAD
            .decode(other.expect("a key"))
            .expect("base64");
        let alike = raw.iter().zip(&other).filter(|(a, b)| a == b).count();
        assert!(
            alike < 6,
            "nothing tells two of one giver from others: {alike}"
        );

        let opened = |keys: &Keyring, purpose| keys.open_veiled::<20>(purpose, token.as_bytes());
        assert_eq!(opened(&keys, Purpose::Gift), Some(body));
        assert_eq!(opened(&ring(&[3, 2]), Purpose::Gift), Some(body));
        assert_eq!(opened(&ring(&[1]), Purpose::Gift), None);
        for other in PURPOSES {
            let is_it = opened(&keys, other).is_some();
            assert_eq!(is_it, other == Purpose::Gift, "{other:?}");
            assert_eq!(keys.open::<20>(other, token.as_bytes()), None, "{other:?}");
            let plain = keys.seal(other, &body).expect("a key");
            assert_eq!(keys.open_veiled::<20>(other, plain.as_bytes()), None);
        }
        for bad in spoilt(&token) {
            let shown = String::from_utf8_lossy(&bad);
            assert_eq!(keys.open_veiled::<20>(Purpose::Gift, &bad), None, "{shown}");
        }
    }
}
