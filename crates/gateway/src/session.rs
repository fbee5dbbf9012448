//! Sessions: what a browser holds that is signed in.
//!
//! A token is 128 random bits with a signature. The signature keeps garbage from
//! costing a look-up; whose the session is, and whether it still is one, is what
//! [`Accounts`](crate::Accounts) says. Kept of it anywhere is only a hash, so
//! whoever reads what is kept can't sign in with it.

use std::time::Duration;

use access::SessionId;
use http::HeaderValue;
use jiff::Timestamp;

use crate::head::Fields;
use crate::identity::{self, ReaderCookie};
use crate::sealed::{Keyring, Purpose};

/// Bytes of a session's secret.
const SECRET: usize = 16;

/// The longest that a browser is asked to keep a session: as long as browsers
/// keep anything. When it ends is said by whoever opened it.
const LONGEST: Duration = Duration::from_hours(400 * 24);

/// What a request shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) session: SessionId,
    /// The secret, where its signature is to be renewed.
    pub(crate) aging: Option<[u8; SECRET]>,
}

impl Keyring {
    /// The token of a session, and what is kept of it.
    pub(crate) fn sign_session(&self, secret: &[u8; SECRET]) -> Option<(SessionId, String)> {
        let token = self.seal(Purpose::Session, secret)?;
        Some((session_of(secret), token))
    }

    /// The session that the token is of, if one of the keys has signed it.
    pub(crate) fn verify_session(&self, token: &[u8]) -> Option<Shown> {
        let opened = self.open::<SECRET>(Purpose::Session, token)?;
        Some(Shown {
            session: session_of(&opened.body),
            aging: opened.is_aging.then_some(opened.body),
        })
    }
}

fn session_of(secret: &[u8; SECRET]) -> SessionId {
    let mut said = [0; 32];
    said[..16].copy_from_slice(b"ludgate session:");
    said[16..].copy_from_slice(secret);
    let mut id = [0; 16];
    id.copy_from_slice(&blake3::hash(&said).as_bytes()[..16]);
    SessionId(id)
}

impl ReaderCookie {
    fn session_name(self) -> &'static str {
        if self.is_secure() {
            "__Host-ludgate-session"
        } else {
            "ludgate-session"
        }
    }

    /// The session token in the request's cookies: the first one only, as of ids.
    pub(crate) fn session<'h>(self, fields: &Fields<'h>) -> Option<&'h [u8]> {
        identity::cookie(fields, self.session_name())
    }

    /// The header that gives the browser its session from `now` until then.
    pub(crate) fn set_session(
        self,
        token: &str,
        until: Timestamp,
        now: Timestamp,
    ) -> Option<HeaderValue> {
        let left = Duration::try_from(now.duration_until(until)).unwrap_or_default();
        let secure = if self.is_secure() { "; Secure" } else { "" };
        HeaderValue::try_from(format!(
            "{}={token}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
            self.session_name(),
            left.min(LONGEST).as_secs()
        ))
        .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealed::tests::{ring, spoilt};

    const SECRET_OF_TESTS: [u8; SECRET] = *b"sixteen bytes it";

    #[test]
    fn a_token_stands_for_its_session_under_old_keys_too() {
        let (session, token) = ring(&[1]).sign_session(&SECRET_OF_TESTS).expect("a key");
        let under = |numbers| ring(numbers).verify_session(token.as_bytes());
        let shown = |aging| Some(Shown { session, aging });
        assert_eq!(under(&[1]), shown(None));
        assert_eq!(under(&[2, 1]), shown(Some(SECRET_OF_TESTS)));
        assert_eq!(under(&[2]), None);
        let (again, renewed) = ring(&[2, 1]).sign_session(&SECRET_OF_TESTS).expect("a key");
        assert_eq!(again, session, "it is the same session under any key");
        assert_ne!(renewed, token);
    }

    #[test]
    fn a_changed_shortened_or_invented_token_is_no_session() {
        let ring = ring(&[1]);
        let (session, token) = ring.sign_session(&SECRET_OF_TESTS).expect("a key");
        for bad in spoilt(&token) {
            let shown = String::from_utf8_lossy(&bad);
            assert_eq!(ring.verify_session(&bad), None, "{shown}");
        }
        let kept = ring.seal(Purpose::Session, &session.0).expect("a key");
        let other = ring.verify_session(kept.as_bytes()).expect("signed");
        assert_ne!(other.session, session, "what is kept is not what is shown");
    }

    #[test]
    fn the_cookie_is_bound_to_host_and_transport_and_lasts_as_long_as_the_session() {
        let now: Timestamp = "2026-11-12T00:00:00Z".parse().expect("a time");
        let set = |https, hours| {
            let until = now + jiff::SignedDuration::from_hours(hours);
            let cookie = ReaderCookie::new(https).set_session("v", until, now);
            cookie.expect("a header").to_str().expect("text").to_owned()
        };
        assert_eq!(
            set(true, 1),
            "__Host-ludgate-session=v; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            set(false, 1_000_000),
            "ludgate-session=v; Path=/; Max-Age=34560000; HttpOnly; SameSite=Lax"
        );
        assert!(set(true, -1).contains("Max-Age=0;"), "what is over goes");
    }
}
