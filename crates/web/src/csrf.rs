//! Whether a form that is sent is one of ours: a browser is given a random
//! cookie, and each form a token that only fits that cookie and the session it
//! was made for. Where browsers say themselves where a form comes from, that has
//! to be here too.
//!
//! Tokens are masked, so that no two are alike and a compressed page tells
//! nothing about them.

use access::SessionId;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderName, HeaderValue, header};
use subtle::ConstantTimeEq;

use crate::gate::Sender;
use crate::request::Request;
use crate::world::World;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Random bytes of the cookie and of a mask.
const DRAWN: usize = 16;

/// How long a browser keeps the cookie, in seconds, from the last page that it
/// was shown: a form may lie open for a day, and a link in a mail is for the
/// browser that has it.
const MAX_AGE: u32 = 24 * 60 * 60;

/// What a browser was given to tell it from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Browser([u8; DRAWN]);

impl Browser {
    /// One that wasn't known.
    pub(crate) fn greeted(world: &World) -> Option<Self> {
        world.draw::<DRAWN>().map(Self)
    }

    /// What may be kept of it: that a link was asked for by this one.
    pub(crate) fn trace(self) -> String {
        let hash = blake3::hash(&self.0);
        URL_SAFE_NO_PAD.encode(&hash.as_bytes()[..DRAWN])
    }
}

/// What makes tokens and knows its own.
#[derive(Clone)]
pub(crate) struct Forms {
    key: [u8; 32],
    /// The publication's origin: `https://review.example`.
    site: String,
    is_secure: bool,
}

/// Why a form isn't taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotOurs {
    /// The browser says that it comes from another site.
    FromElsewhere,
    /// The browser has no cookie: it keeps none, or the form is very old.
    NoCookie,
    /// The token doesn't fit the cookie, or the session.
    Token,
}

impl Forms {
    pub(crate) fn new(secret: &[u8; 32], site: &str) -> Self {
        Self {
            key: blake3::derive_key("ludgate 2026 form token", secret),
            site: site.to_owned(),
            is_secure: site.starts_with("https://"),
        }
    }

    fn name(&self) -> &'static str {
        if self.is_secure {
            "__Host-ludgate-form"
        } else {
            "ludgate-form"
        }
    }

    /// The browser that sends a request, where it is known.
    pub(crate) fn browser(&self, request: &Request) -> Option<Browser> {
        let value = request.cookie(self.name())?;
        let mut drawn = [0; DRAWN];
        match URL_SAFE_NO_PAD.decode_slice(value, &mut drawn) {
            Ok(DRAWN) => Some(Browser(drawn)),
            _ => None,
        }
    }

    /// What gives a browser its cookie, or has it keep that longer.
    pub(crate) fn cookie(&self, browser: Browser) -> Option<HeaderValue> {
        let secure = if self.is_secure { "; Secure" } else { "" };
        let cookie = HeaderValue::try_from(format!(
            "{}={}; Path=/; Max-Age={MAX_AGE}; HttpOnly; SameSite=Lax{secure}",
            self.name(),
            URL_SAFE_NO_PAD.encode(browser.0)
        ));
        cookie.ok()
    }

    /// The token of a form.
    pub(crate) fn token(&self, world: &World, browser: Browser, sender: Sender) -> Option<String> {
        let mask = world.draw::<DRAWN>()?;
        let tag = self.tag(browser, sender);
        let mut token = [0; 2 * DRAWN];
        token[..DRAWN].copy_from_slice(&mask);
        for (place, (tag, mask)) in token[DRAWN..].iter_mut().zip(tag.iter().zip(mask)) {
            *place = tag ^ mask;
        }
        Some(URL_SAFE_NO_PAD.encode(token))
    }

    /// Whether the form that is sent is one of ours; whose browser it is.
    pub(crate) fn check(
        &self,
        request: &Request,
        sender: Sender,
        token: &str,
    ) -> Result<Browser, NotOurs> {
        let said = |name| request.headers.get(name).map(HeaderValue::as_bytes);
        if !access::is_from_here(said(&FETCH_SITE), said(&header::ORIGIN), &self.site) {
            return Err(NotOurs::FromElsewhere);
        }
        let browser = self.browser(request).ok_or(NotOurs::NoCookie)?;
        let mut raw = [0; 2 * DRAWN];
        if URL_SAFE_NO_PAD.decode_slice(token, &mut raw) != Ok(2 * DRAWN) {
            return Err(NotOurs::Token);
        }
        let (mask, masked) = raw.split_at(DRAWN);
        let mut tag = [0; DRAWN];
        for (place, (mask, masked)) in tag.iter_mut().zip(mask.iter().zip(masked)) {
            *place = mask ^ masked;
        }
        let fits = bool::from(self.tag(browser, sender).ct_eq(&tag));
        fits.then_some(browser).ok_or(NotOurs::Token)
    }

    fn tag(&self, browser: Browser, sender: Sender) -> [u8; DRAWN] {
        let SessionId(session) = match sender {
            Sender::SignedIn { session, .. } => session,
            Sender::Anonymous | Sender::Unknown => SessionId([0; 16]),
        };
        let mut said = [0; 2 * DRAWN];
        said[..DRAWN].copy_from_slice(&browser.0);
        said[DRAWN..].copy_from_slice(&session);
        let mut tag = [0; DRAWN];
        let hash = blake3::keyed_hash(&self.key, &said);
        tag.copy_from_slice(&hash.as_bytes()[..DRAWN]);
        tag
    }
}
