//! The only thing a browser is given to keep: an opaque, signed reader id.
//!
//! An id is made when a reader's first metered story is counted, never before:
//! a valid id therefore proves that it was paid for from its network's budget
//! of new readers, and nobody can collect ids by leafing through front pages.
//! Nothing about the reader is in it.

use access::ReaderId;
use http::{HeaderValue, header};
use memchr::memchr;

use crate::head::Fields;
use crate::sealed::{Keyring, Purpose};

/// How long a browser may keep the id: 400 days, the most that browsers grant.
const MAX_AGE_SECONDS: u32 = 400 * 24 * 60 * 60;

/// Bytes of an id.
const ID: usize = 12;

/// The most `Cookie` bytes looked at; browsers send at most a few kilobytes.
const MAX_COOKIES: usize = 16 * 1024;

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
    /// The cookie's value for `reader`.
    pub fn sign(&self, reader: ReaderId) -> String {
        self.seal::<ID>(Purpose::Reader, &reader.0)
            .unwrap_or_default()
    }

    /// What the value says, if one of the keys has signed it.
    pub fn verify(&self, value: &[u8]) -> Presented {
        match self.open::<ID>(Purpose::Reader, value) {
            None => Presented::Nothing,
            Some(opened) if opened.is_aging => Presented::Aging(ReaderId(opened.body)),
            Some(opened) => Presented::Valid(ReaderId(opened.body)),
        }
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
    use crate::sealed::tests::{ring, spoilt};

    const READER: ReaderId = ReaderId(*b"abcdefghijkl");

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
        for bad in spoilt(&ring.sign(READER)) {
            let shown = String::from_utf8_lossy(&bad);
            assert_eq!(ring.verify(&bad), Presented::Nothing, "{shown}");
        }
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
