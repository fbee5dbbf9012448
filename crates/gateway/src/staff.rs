//! Staff: browsers that the publisher has handed a signed token to, which
//! expires. Nothing else makes anybody staff, least of all another system's
//! cookie.
//!
//! A token is handed out as a link below the reserved prefix. Following it
//! moves the token into a cookie; the token itself is what is checked, at every
//! request. It is signed with the keys of reader ids, but in a context of its
//! own, so that neither can stand for the other.

use std::time::Duration;

use http::HeaderValue;
use jiff::Timestamp;

use crate::head::Fields;
use crate::identity::{self, ReaderCookie};
use crate::sealed::{Keyring, Purpose};

/// The longest that a token may be good for. Whoever needs it longer asks anew,
/// and whoever has left the house is out within a month.
pub const MAX_STAFF: Duration = Duration::from_hours(30 * 24);

/// Bytes of the seconds since 1970 at which the token ends.
const UNTIL: usize = 8;
/// So that two tokens for one second aren't one.
const NONCE: usize = 8;

impl Keyring {
    /// A token that makes its bearer staff until then.
    pub(crate) fn sign_staff(&self, until: Timestamp, nonce: [u8; NONCE]) -> Option<String> {
        let mut body = [0; UNTIL + NONCE];
        body[..UNTIL].copy_from_slice(&until.as_second().to_be_bytes());
        body[UNTIL..].copy_from_slice(&nonce);
        self.seal(Purpose::Staff, &body)
    }

    /// How long the token is good for from `now` on; `None` where none of the
    /// keys has signed it, or its time is over.
    pub(crate) fn verify_staff(&self, token: &[u8], now: Timestamp) -> Option<Duration> {
        let opened = self.open::<{ UNTIL + NONCE }>(Purpose::Staff, token)?;
        let until: [u8; UNTIL] = opened.body.get(..UNTIL)?.try_into().ok()?;
        let left = i64::from_be_bytes(until).checked_sub(now.as_second())?;
        let left = Duration::from_secs(u64::try_from(left).ok()?);
        (!left.is_zero() && left <= MAX_STAFF).then_some(left)
    }
}

impl ReaderCookie {
    fn staff_name(self) -> &'static str {
        if self.is_secure() {
            "__Host-ludgate-staff"
        } else {
            "ludgate-staff"
        }
    }

    /// The staff token in the request's cookies.
    pub(crate) fn staff<'h>(self, fields: &Fields<'h>) -> Option<&'h [u8]> {
        identity::cookie(fields, self.staff_name())
    }

    /// Whether the request has a staff token that is good.
    pub(crate) fn is_staff(
        self,
        keys: &Keyring,
        fields: &Fields<'_>,
        now: &dyn Fn() -> Timestamp,
    ) -> bool {
        let token = self.staff(fields);
        token.is_some_and(|token| keys.verify_staff(token, now()).is_some())
    }

    /// The header that gives the browser its staff token.
    pub(crate) fn set_staff(self, token: &str, left: Duration) -> Option<HeaderValue> {
        let secure = if self.is_secure() { "; Secure" } else { "" };
        HeaderValue::try_from(format!(
            "{}={token}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
            self.staff_name(),
            left.as_secs()
        ))
        .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sealed::tests::{ring, spoilt};

    fn now() -> Timestamp {
        "2026-11-12T00:00:00Z".parse().expect("a time")
    }

    fn in_hours(hours: i64) -> Timestamp {
        now() + jiff::SignedDuration::from_hours(hours)
    }

    fn token(ring: &Keyring) -> String {
        ring.sign_staff(in_hours(12), [7; NONCE]).expect("a key")
    }

    #[test]
    fn a_token_is_good_until_its_time_and_not_a_second_longer() {
        let ring = ring(&[1]);
        let token = token(&ring);
        let left = |at| ring.verify_staff(token.as_bytes(), at);
        assert_eq!(left(now()), Some(Duration::from_hours(12)));
        let second = jiff::SignedDuration::from_secs(1);
        assert_eq!(left(in_hours(12) - second), Some(Duration::from_secs(1)));
        assert_eq!(left(in_hours(12)), None);
        assert_eq!(left(in_hours(1000)), None);
    }

    #[test]
    fn a_token_for_longer_than_anybody_may_have_one_is_good_for_nothing() {
        let ring = ring(&[1]);
        let long = ring
            .sign_staff(in_hours(30 * 24 + 1), [0; NONCE])
            .expect("a key");
        assert_eq!(ring.verify_staff(long.as_bytes(), now()), None);
    }

    #[test]
    fn a_changed_shortened_or_invented_token_makes_nobody_staff() {
        let ring = ring(&[1]);
        for bad in spoilt(&token(&ring)) {
            let shown = String::from_utf8_lossy(&bad);
            assert_eq!(ring.verify_staff(&bad, now()), None, "{shown}");
        }
    }

    #[test]
    fn a_token_outlives_a_rotation_but_not_its_key() {
        let old = token(&ring(&[1]));
        let under = |numbers| ring(numbers).verify_staff(old.as_bytes(), now());
        assert!(under(&[2, 1]).is_some());
        assert_eq!(under(&[2]), None);
        let forged = Keyring::new(&[(1, [9; 32])]).expect("a key");
        assert_eq!(
            ring(&[1]).verify_staff(token(&forged).as_bytes(), now()),
            None
        );
    }

    #[test]
    fn on_https_the_staff_cookie_is_bound_to_host_and_transport() {
        let set = |https| {
            let cookie = ReaderCookie::new(https).set_staff("v", Duration::from_hours(1));
            cookie.expect("a header").to_str().expect("text").to_owned()
        };
        assert_eq!(
            set(true),
            "__Host-ludgate-staff=v; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure"
        );
        assert_eq!(
            set(false),
            "ludgate-staff=v; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax"
        );
    }
}
