//! The only thing a browser is given to keep: an opaque, signed reader id.
//!
//! An id is made when a reader's first metered story is counted, never before:
//! a valid id therefore proves that it was paid for from its network's budget
//! of new readers, and nobody can collect ids by leafing through front pages.
//! Nothing about the reader is in it.

use access::ReaderId;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderValue, header};
use memchr::memchr;
use subtle::ConstantTimeEq;

use crate::head::Fields;

/// How long a browser may keep the id: 400 days, the most that browsers grant.
const MAX_AGE_SECONDS: u32 = 400 * 24 * 60 * 60;

const ID: usize = 12;
const TAG: usize = 16;
/// Key number, id, tag.
const RAW: usize = 1 + ID + TAG;
/// The same in unpadded base64.
const ENCODED: usize = (RAW * 4).div_ceil(3);

/// The most `Cookie` bytes looked at; browsers send at most a few kilobytes.
const MAX_COOKIES: usize = 16 * 1024;

/// The secrets that ids are signed with, newest first.
#[derive(Clone)]
pub struct Keyring(Vec<Key>);

#[derive(Clone)]
struct Key {
    number: u8,
    secret: [u8; 32],
    staff: [u8; 32],
}

/// What became of a request's cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presented {
    /// None came, or none that we signed.
    Nothing,
    /// A valid id.
    Valid(ReaderId),
    /// A valid id, signed with a key that is being retired.
    Aging(ReaderId),
}

impl Keyring {
    /// Takes master secrets with their numbers, the signing one first; older
    /// ones are still accepted. `None` where there is none.
    pub fn new(secrets: &[(u8, [u8; 32])]) -> Option<Self> {
        let derive = |&(number, secret): &(u8, [u8; 32])| Key {
            number,
            secret: blake3::derive_key("ludgate 2026 reader id signature", &secret),
            staff: blake3::derive_key("ludgate 2026 staff token signature", &secret),
        };
        let keys: Vec<Key> = secrets.iter().map(derive).collect();
        (!keys.is_empty()).then_some(Self(keys))
    }

    /// What staff tokens are signed with, with the keys' numbers, newest first.
    pub(crate) fn staff_secrets(&self) -> impl Iterator<Item = (u8, &[u8; 32])> {
        self.0.iter().map(|key| (key.number, &key.staff))
    }

    /// The cookie's value for `reader`.
    pub fn sign(&self, reader: ReaderId) -> String {
        let mut raw = [0; RAW];
        if let Some(key) = self.0.first() {
            raw[0] = key.number;
            raw[1..=ID].copy_from_slice(&reader.0);
            let tag = key.tag(&raw[..=ID]);
            raw[1 + ID..].copy_from_slice(&tag);
        }
        URL_SAFE_NO_PAD.encode(raw)
    }

    /// What the value says, if one of the keys has signed it.
    pub fn verify(&self, value: &[u8]) -> Presented {
        let mut raw = [0; RAW];
        if value.len() != ENCODED
            || !matches!(URL_SAFE_NO_PAD.decode_slice(value, &mut raw), Ok(RAW))
        {
            return Presented::Nothing;
        }
        let (body, tag) = raw.split_at(1 + ID);
        let mut id = [0; ID];
        id.copy_from_slice(&body[1..]);
        for (age, key) in self.0.iter().enumerate() {
            if key.number == body[0] && bool::from(key.tag(body).ct_eq(tag)) {
                let reader = ReaderId(id);
                return if age == 0 {
                    Presented::Valid(reader)
                } else {
                    Presented::Aging(reader)
                };
            }
        }
        Presented::Nothing
    }
}

impl Key {
    fn tag(&self, body: &[u8]) -> [u8; TAG] {
        let mut tag = [0; TAG];
        tag.copy_from_slice(&blake3::keyed_hash(&self.secret, body).as_bytes()[..TAG]);
        tag
    }
}

/// The cookie that carries the id: its name and how it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReaderCookie {
    secure: bool,
}

impl ReaderCookie {
    /// The name and attributes follow the publication's configured URL, never
    /// the connection: on https the plain name is ignored.
    pub fn new(publication_is_https: bool) -> Self {
        Self {
            secure: publication_is_https,
        }
    }

    pub(crate) fn is_secure(self) -> bool {
        self.secure
    }

    /// `__Host-ludgate`, or `ludgate` where the publication has no TLS.
    pub fn name(self) -> &'static str {
        if self.secure {
            "__Host-ludgate"
        } else {
            "ludgate"
        }
    }

    /// The value in the request's cookies. Where a client sends the name more
    /// than once, the first valid one would be a choice an attacker makes, so
    /// only the first one is looked at.
    pub(crate) fn value<'h>(self, fields: &Fields<'h>) -> Option<&'h [u8]> {
        cookie(fields, self.name())
    }

    /// The header that gives the browser its id.
    pub fn set(self, value: &str) -> Option<HeaderValue> {
        let secure = if self.secure { "; Secure" } else { "" };
        HeaderValue::try_from(format!(
            "{}={value}; Path=/; Max-Age={MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax{secure}",
            self.name()
        ))
        .ok()
    }
}

/// The first cookie called `name`.
pub(crate) fn cookie<'h>(fields: &Fields<'h>, name: &str) -> Option<&'h [u8]> {
    fields
        .all(&header::COOKIE)
        .filter(|line| line.len() <= MAX_COOKIES)
        .find_map(|line| in_line(line, name.as_bytes()))
}

/// The names of all cookies, each with its whole pair, `name=value`.
pub(crate) fn cookies<'h>(fields: &Fields<'h>) -> impl Iterator<Item = (&'h [u8], &'h [u8])> {
    fields
        .all(&header::COOKIE)
        .filter(|line| line.len() <= MAX_COOKIES)
        .flat_map(|line| line.split(|&byte| byte == b';'))
        .map(<[u8]>::trim_ascii)
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let end = memchr(b'=', pair).unwrap_or(pair.len());
            (&pair[..end], pair)
        })
}

/// Whether a cookie of this name is one of the gate's, which no origin sees.
pub(crate) fn is_ours(name: &[u8]) -> bool {
    let name = name.strip_prefix(b"__Host-").unwrap_or(name);
    name == b"ludgate" || name.starts_with(b"ludgate-")
}

fn in_line<'h>(mut line: &'h [u8], name: &[u8]) -> Option<&'h [u8]> {
    loop {
        let end = memchr(b';', line);
        let pair = line[..end.unwrap_or(line.len())].trim_ascii();
        if let Some(value) = pair.strip_prefix(name)
            && let Some(value) = value.strip_prefix(b"=")
        {
            return Some(value);
        }
        line = &line[end? + 1..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READER: ReaderId = ReaderId(*b"abcdefghijkl");

    fn ring(numbers: &[u8]) -> Keyring {
        let secrets: Vec<(u8, [u8; 32])> = numbers.iter().map(|&n| (n, [n; 32])).collect();
        Keyring::new(&secrets).expect("a key")
    }

    #[test]
    fn a_signed_id_comes_back_as_itself() {
        let ring = ring(&[1]);
        assert_eq!(
            ring.verify(ring.sign(READER).as_bytes()),
            Presented::Valid(READER)
        );
    }

    #[test]
    fn an_id_signed_with_an_older_key_is_known_and_due_for_a_new_signature() {
        let old = ring(&[1]).sign(READER);
        assert_eq!(
            ring(&[2, 1]).verify(old.as_bytes()),
            Presented::Aging(READER)
        );
        assert_eq!(ring(&[2]).verify(old.as_bytes()), Presented::Nothing);
    }

    #[test]
    fn a_changed_shortened_or_invented_id_is_nobodys() {
        let ring = ring(&[1]);
        let good = ring.sign(READER);
        for index in 0..good.len() {
            let mut bad = good.clone().into_bytes();
            bad[index] = if bad[index] == b'A' { b'B' } else { b'A' };
            // The last character carries two unused bits, which the decoder
            // insists on being zero.
            assert_eq!(ring.verify(&bad), Presented::Nothing, "byte {index}");
        }
        for bad in [
            "",
            "x",
            &good[1..],
            &format!("{good}A"),
            &"A".repeat(ENCODED),
        ] {
            assert_eq!(ring.verify(bad.as_bytes()), Presented::Nothing, "{bad}");
        }
        assert_eq!(ring.verify(&[0xff; ENCODED]), Presented::Nothing);
    }

    #[test]
    fn a_key_number_does_not_vouch_for_another_keys_signature() {
        let forged = Keyring::new(&[(1, [9; 32])]).expect("a key").sign(READER);
        assert_eq!(ring(&[1]).verify(forged.as_bytes()), Presented::Nothing);
    }

    #[test]
    fn only_the_configured_cookie_name_is_read() {
        let fields = Fields::from([
            ("cookie", "a=1; ludgate=plain; xludgate=no"),
            ("cookie", "__Host-ludgate=host"),
        ]);
        assert_eq!(ReaderCookie::new(false).value(&fields), Some(&b"plain"[..]));
        assert_eq!(ReaderCookie::new(true).value(&fields), Some(&b"host"[..]));
    }

    #[test]
    fn on_https_the_cookie_is_bound_to_host_and_transport() {
        let set = ReaderCookie::new(true).set("v").expect("a header");
        assert_eq!(
            set.to_str().expect("text"),
            "__Host-ludgate=v; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax; Secure"
        );
    }
}
