//! The tokens of gift links: the one in a link, and the ones in a cookie that
//! say that a browser has followed links.
//!
//! Neither says to anybody but the gate what it is of, so nobody learns who gave
//! a story, or that two links are of the same giver. A token in a cookie is good
//! for nothing in a link, nor the other way round.

use std::time::Duration;

use access::{Minute, StoryNo};
use http::HeaderValue;

use super::{Gift, Held};
use crate::head::Fields;
use crate::identity::{self, ReaderCookie};
use crate::sealed::{Keyring, Purpose};

/// Links that a browser holds at a time: the last ones that it followed. A token
/// takes sixty bytes in every request, and is checked at every story.
pub(crate) const MOST_HELD: usize = 4;

/// Bytes of what a token in a cookie says.
const HELD: usize = Gift::LENGTH + 4;

/// How long a browser keeps a link that is over: long enough to be told why the
/// story isn't open.
const OVER: Duration = Duration::from_mins(10);

/// What stands between tokens in a cookie; in none of them.
const BETWEEN: u8 = b'.';

impl Keyring {
    /// The token of a link. The same link has the same token for as long as the
    /// keys are the same.
    pub(crate) fn sign_gift(&self, gift: &Gift) -> Option<String> {
        self.seal_veiled(Purpose::Gift, &gift.body())
    }

    /// The link that the token is of, if one of the keys has signed it. Its time
    /// may be over.
    pub(crate) fn verify_gift(&self, token: &[u8]) -> Option<Gift> {
        Gift::of(&self.open_veiled(Purpose::Gift, token)?)
    }

    fn sign_held(&self, held: &Held) -> Option<String> {
        let mut body = [0; HELD];
        body[..Gift::LENGTH].copy_from_slice(&held.gift.body());
        body[Gift::LENGTH..].copy_from_slice(&held.browser.0.to_be_bytes());
        self.seal_veiled(Purpose::HeldGift, &body)
    }

    fn verify_held(&self, token: &[u8]) -> Option<Held> {
        let body: [u8; HELD] = self.open_veiled(Purpose::HeldGift, token)?;
        let (gift, browser) = body.split_first_chunk()?;
        Some(Held {
            gift: Gift::of(gift)?,
            browser: StoryNo(u32::from_be_bytes(browser.try_into().ok()?)),
        })
    }

    /// The links in a cookie's value that one of the keys has signed.
    pub(crate) fn held<'v>(&'v self, value: &'v [u8]) -> impl Iterator<Item = Held> + 'v {
        let tokens = value.split(|&byte| byte == BETWEEN).take(MOST_HELD);
        tokens.filter_map(|token| self.verify_held(token))
    }
}

impl ReaderCookie {
    fn gift_name(self) -> &'static str {
        if self.is_secure() {
            "__Host-ludgate-gift"
        } else {
            "ludgate-gift"
        }
    }

    /// The links that the browser has followed, as it shows them.
    pub(crate) fn gifts<'h>(self, fields: &Fields<'h>) -> Option<&'h [u8]> {
        identity::cookie(fields, self.gift_name())
    }

    /// The header that gives the browser these links, until the last one ends.
    pub(crate) fn set_gifts(
        self,
        keys: &Keyring,
        held: &[Held],
        now: Minute,
    ) -> Option<HeaderValue> {
        let tokens: Option<Vec<String>> = held.iter().map(|one| keys.sign_held(one)).collect();
        let ends = held.iter().map(|one| one.gift.ends).max()?;
        let left = Duration::from_mins(ends.get().saturating_sub(now.get()).into());
        let secure = if self.is_secure() { "; Secure" } else { "" };
        HeaderValue::try_from(format!(
            "{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
            self.gift_name(),
            tokens?.join("."),
            left.max(OVER).as_secs()
        ))
        .ok()
    }
}

#[cfg(test)]
mod tests {
    use access::ReaderId;

    use super::*;
    use crate::sealed::tests::{ring, spoilt};

    fn gift(story: u32) -> Gift {
        Gift {
            giver: ReaderId([7; 12]),
            story: StoryNo(story),
            ends: Minute::new(1_500_000).expect("a minute"),
        }
    }

    fn held(story: u32) -> Held {
        Held {
            gift: gift(story),
            browser: StoryNo(99),
        }
    }

    #[test]
    fn a_link_fits_into_a_message_and_comes_back_as_itself() {
        let keys = ring(&[1]);
        let token = keys.sign_gift(&gift(3)).expect("a key");
        assert_eq!(token.len(), 50);
        assert_eq!(keys.verify_gift(token.as_bytes()), Some(gift(3)));
        for bad in spoilt(&token) {
            let shown = String::from_utf8_lossy(&bad);
            assert_eq!(keys.verify_gift(&bad), None, "{shown}");
        }
    }

    #[test]
    fn a_link_outlives_a_rotation_but_not_its_key() {
        let token = ring(&[1]).sign_gift(&gift(3)).expect("a key");
        let under = |numbers| ring(numbers).verify_gift(token.as_bytes());
        assert_eq!(under(&[2, 1]), Some(gift(3)));
        assert_eq!(under(&[2]), None);
    }

    #[test]
    fn what_is_in_a_cookie_is_good_in_no_link_and_the_other_way_round() {
        let keys = ring(&[1]);
        let link = keys.sign_gift(&gift(3)).expect("a key");
        let cookie = keys.sign_held(&held(3)).expect("a key");
        assert_eq!(keys.verify_gift(cookie.as_bytes()), None);
        assert_eq!(keys.held(link.as_bytes()).count(), 0);
    }

    #[test]
    fn a_cookie_holds_the_last_few_links_and_what_is_spoilt_spoils_only_itself() {
        let keys = ring(&[1]);
        let cookie = |held: &[Held]| {
            let now = Minute::new(1_499_990).expect("a minute");
            let set = ReaderCookie::new(false).set_gifts(&keys, held, now);
            set.expect("a header").to_str().expect("text").to_owned()
        };
        let three = [held(1), held(2), held(3)];
        let set = cookie(&three);
        let (value, rest) = set.split_once(';').expect("attributes");
        assert_eq!(rest, " Path=/; Max-Age=600; HttpOnly; SameSite=Lax");
        let value = value.strip_prefix("ludgate-gift=").expect("the name");
        let read = |value: &str| keys.held(value.as_bytes()).collect::<Vec<_>>();
        assert_eq!(read(value), three);
        let tokens: Vec<&str> = value.split('.').collect();
        let spoilt = format!("{}.x{}.{}", tokens[0], tokens[1], tokens[2]);
        assert_eq!(read(&spoilt), [held(1), held(3)]);
        let many = vec![tokens[0]; 500].join(".");
        assert_eq!(read(&many).len(), MOST_HELD, "no more is looked at");
        assert_eq!(read(""), []);
    }

    #[test]
    fn on_https_the_cookie_is_bound_to_host_and_transport() {
        let now = Minute::new(1_499_940).expect("a minute");
        let set = ReaderCookie::new(true).set_gifts(&ring(&[1]), &[held(1)], now);
        let set = set.expect("a header");
        let set = set.to_str().expect("text");
        assert!(set.starts_with("__Host-ludgate-gift="), "{set}");
        assert!(
            set.ends_with("; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure"),
            "{set}"
        );
    }
}
