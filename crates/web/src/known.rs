//! Browsers in which somebody has signed in. Each has an allowance of its own for
//! that address, so that strangers who try it keep nobody out who was there
//! before: OWASP's device cookies.
//!
//! A browser knows one address, the last. What it shows says nothing of anybody:
//! a number, and a keyed hash of it and of the address.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use store::MailAddress;
use subtle::ConstantTimeEq;

use crate::request::Request;
use crate::world::World;

/// Bytes of the number, and of the hash.
const DRAWN: usize = 16;

/// How long a browser keeps it, in seconds: half a year.
const MAX_AGE: u32 = 180 * 24 * 60 * 60;

/// A browser that has been signed in, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known(pub(crate) [u8; DRAWN]);

/// What makes such cookies and knows its own.
#[derive(Clone)]
pub(crate) struct Marks {
    key: [u8; 32],
    is_secure: bool,
}

impl Marks {
    pub(crate) fn new(secret: &[u8; 32], site: &str) -> Self {
        Self {
            key: blake3::derive_key("ludgate 2026 browsers that have been signed in", secret),
            is_secure: site.starts_with("https://"),
        }
    }

    fn name(&self) -> &'static str {
        if self.is_secure {
            "__Host-ludgate-known"
        } else {
            "ludgate-known"
        }
    }

    /// Marks the browser as one of that address; `None` where there is no
    /// randomness.
    pub(crate) fn mark(&self, world: &World, mail: &MailAddress) -> Option<HeaderValue> {
        let known = Known(world.draw::<DRAWN>()?);
        let mut value = [0; 2 * DRAWN];
        value[..DRAWN].copy_from_slice(&known.0);
        value[DRAWN..].copy_from_slice(&self.tag(known, mail));
        let secure = if self.is_secure { "; Secure" } else { "" };
        let cookie = HeaderValue::try_from(format!(
            "{}={}; Path=/; Max-Age={MAX_AGE}; HttpOnly; SameSite=Lax{secure}",
            self.name(),
            URL_SAFE_NO_PAD.encode(value)
        ));
        cookie.ok()
    }

    /// The browser that sends a request, where it has been signed in with that
    /// address.
    pub(crate) fn known(&self, request: &Request, mail: &MailAddress) -> Option<Known> {
        let mut value = [0; 2 * DRAWN];
        let shown = request.cookie(self.name())?;
        if URL_SAFE_NO_PAD.decode_slice(shown, &mut value) != Ok(2 * DRAWN) {
            return None;
        }
        let mut drawn = [0; DRAWN];
        drawn.copy_from_slice(&value[..DRAWN]);
        let known = Known(drawn);
        let is_ours = bool::from(self.tag(known, mail).ct_eq(&value[DRAWN..]));
        is_ours.then_some(known)
    }

    /// Case is no other address, as for the limits.
    fn tag(&self, known: Known, mail: &MailAddress) -> [u8; DRAWN] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(&known.0);
        hasher.update(mail.as_str().to_lowercase().as_bytes());
        let mut tag = [0; DRAWN];
        tag.copy_from_slice(&hasher.finalize().as_bytes()[..DRAWN]);
        tag
    }
}
