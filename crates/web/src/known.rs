//! Browsers in which somebody has signed in. Each has an allowance of its own for
//! that address, so that strangers who try it keep nobody out who was there
//! before: OWASP's device cookies.
//!
//! A browser knows one address, the last, for half a year, and until the account has
//! another password: whoever had the browser before that is a stranger again. What
//! it shows says nothing of anybody: a number, a time, and a keyed hash of both, of
//! the address and of what is kept of the password.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use jiff::{SignedDuration, Timestamp};
use store::MailAddress;
use store::accounts::{Account, AccountStatus, PasswordHash};
use subtle::ConstantTimeEq;

use crate::limits::Act;
use crate::pages::{Fault, Pages, Visit};
use crate::request::Request;
use crate::world::World;

/// Bytes of the number, and of the hash.
const DRAWN: usize = 16;

/// Bytes of the time, in seconds.
const SINCE: usize = 8;

/// Bytes of all.
const SHOWN: usize = DRAWN + SINCE + DRAWN;

/// How long it is good, and kept by a browser: half a year.
const GOOD: SignedDuration = SignedDuration::from_hours(180 * 24);

/// A browser that has been signed in, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known(pub(crate) [u8; DRAWN]);

/// What a browser shows, before it is known to be ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shown {
    known: Known,
    since: i64,
    tag: [u8; DRAWN],
}

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
    pub(crate) fn mark(
        &self,
        world: &World,
        (mail, password): (&MailAddress, Option<&PasswordHash>),
        now: Timestamp,
    ) -> Option<HeaderValue> {
        let known = Known(world.draw::<DRAWN>()?);
        let since = now.as_second();
        let tag = self.tag((known, since), mail, password);
        let mut value = Vec::with_capacity(SHOWN);
        value.extend_from_slice(&known.0);
        value.extend_from_slice(&since.to_be_bytes());
        value.extend_from_slice(&tag);
        let secure = if self.is_secure { "; Secure" } else { "" };
        let cookie = HeaderValue::try_from(format!(
            "{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
            self.name(),
            URL_SAFE_NO_PAD.encode(value),
            GOOD.as_secs(),
        ));
        cookie.ok()
    }

    /// What the browser shows that sends a request, where that isn't over.
    fn shown(&self, request: &Request, now: Timestamp) -> Option<Shown> {
        let mut value = [0; SHOWN];
        let shown = request.cookie(self.name())?;
        if URL_SAFE_NO_PAD.decode_slice(shown, &mut value) != Ok(SHOWN) {
            return None;
        }
        let (number, rest) = value.split_first_chunk::<DRAWN>()?;
        let (since, tag) = rest.split_first_chunk::<SINCE>()?;
        let since = i64::from_be_bytes(*since);
        let age = now.as_second().checked_sub(since)?;
        (0..=GOOD.as_secs()).contains(&age).then_some(Shown {
            known: Known(*number),
            since,
            tag: tag.try_into().ok()?,
        })
    }

    /// Case is no other address, as for the limits.
    fn tag(
        &self,
        (known, since): (Known, i64),
        mail: &MailAddress,
        password: Option<&PasswordHash>,
    ) -> [u8; DRAWN] {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(&known.0).update(&since.to_be_bytes());
        let password = blake3::hash(password.map_or("", PasswordHash::as_str).as_bytes());
        hasher.update(password.as_bytes());
        hasher.update(mail.as_str().to_lowercase().as_bytes());
        let mut tag = [0; DRAWN];
        tag.copy_from_slice(&hasher.finalize().as_bytes()[..DRAWN]);
        tag
    }
}

impl Pages {
    /// Counts a try with an address: the browser's own, where somebody has been
    /// signed in with it there. Nothing may be held of the store meanwhile.
    pub(crate) async fn count(
        &self,
        visit: &Visit<'_>,
        act: Act,
        mail: &MailAddress,
    ) -> Result<(), Fault> {
        if let Some(known) = self.known(visit, mail).await? {
            self.limits.browser(act, known, visit.now)?;
        } else {
            self.limits.address(act, mail, visit.now)?;
            self.limits.stranger(act, visit.now)?;
        }
        Ok(())
    }

    /// The browser that sends a request, where it has been signed in with that
    /// address, and by the password that it still has.
    async fn known(&self, visit: &Visit<'_>, mail: &MailAddress) -> Result<Option<Known>, Fault> {
        let Some(shown) = self.marks.shown(visit.request, visit.now) else {
            return Ok(None);
        };
        let account = self.store.read().await?.account_by_mail(mail).await?;
        let is_ours = |account: &Account| {
            let password = account.password.as_ref();
            let tag = self.marks.tag((shown.known, shown.since), mail, password);
            account.status == AccountStatus::Open && bool::from(tag.ct_eq(&shown.tag))
        };
        Ok(account.filter(is_ours).map(|_| shown.known))
    }
}
