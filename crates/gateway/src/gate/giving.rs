//! Gift links below the prefix: the way that one takes whoever follows it. The
//! page where they are made is `making`'s.
//!
//! A token is in an address once, when its link is followed: it is moved into a
//! cookie and the reader sent on to the story, so it stays out of histories, of
//! what browsers say that they come from, and of what is written down. Following a
//! link uses nothing up; reading the story does (`gifts::looking`).

use std::net::IpAddr;

use access::{Minute, StoryId, StoryNo};
use http::{HeaderValue, Method, Response, StatusCode, header};
use meter::Unavailable;
use prompts::GiftSays;
use smallvec::SmallVec;

use super::making::month;
use super::{Asked, Gate};
use crate::body::Body;
use crate::clues;
use crate::gifts::{Gift, Gifts, Held, MOST_HELD, Page};
use crate::head::Head;
use crate::pages::Finding;
use crate::policy::Policy;
use crate::refused::Refused;
use crate::reserved::{READ, READ_AND_SEND, method_not_allowed};
use crate::respond::{self, ROBOTS, plain};

/// What is asked below the prefix.
#[derive(Clone, Copy)]
pub(super) enum Giving<'r> {
    /// The page of gift links.
    Page,
    /// A link with this token.
    Link(&'r str),
}

impl<'r> Giving<'r> {
    pub(super) fn of(rest: &'r str) -> Option<Self> {
        match rest {
            "gift" => Some(Self::Page),
            _ => rest.strip_prefix("gift/").map(Self::Link),
        }
    }
}

/// A request to do with gifts, and what it is answered by.
pub(super) struct Wish<'a> {
    pub(super) request: &'a Head<'a>,
    pub(super) policy: &'a Policy,
    pub(super) gifts: Gifts,
    pub(super) how: Finding<'a>,
    pub(super) peer: Option<IpAddr>,
}

impl Gate {
    pub(super) async fn give(
        &self,
        giving: Giving<'_>,
        wish: &Wish<'_>,
        asked: &mut Asked,
    ) -> Response<Body> {
        let method = &wish.request.method;
        let is_look = matches!(*method, Method::GET | Method::HEAD);
        if !asked.is_admitted {
            self.refused(wish.request, Refused::Overload);
            return respond::try_again();
        }
        match giving {
            Giving::Link(token) if is_look => self.follow(token, wish).await,
            Giving::Page if is_look => self.look_at_gifts(wish).await,
            Giving::Page if *method == Method::POST => self.make_link(wish, asked).await,
            Giving::Page => method_not_allowed(READ_AND_SEND),
            Giving::Link(_) => method_not_allowed(READ),
        }
    }

    /// Moves the token of a link from its address into a cookie, and sends the
    /// reader on to the story, where they are told if it is over.
    async fn follow(&self, token: &str, wish: &Wish<'_>) -> Response<Body> {
        let (keys, cookie) = (self.keys(), wish.policy.parts.cookie);
        let unusable = || {
            let page = wish.page(None);
            page.answer(StatusCode::NOT_FOUND, &GiftSays::Unusable)
        };
        let Some(gift) = keys.verify_gift(token.as_bytes()) else {
            return unusable();
        };
        let story = match self.story_of(gift.story).await {
            Ok(Some(story)) => story,
            Ok(None) => return unusable(),
            Err(_) => return respond::try_again(),
        };
        let Some(location) = place(&story) else {
            return unusable();
        };
        let shown = cookie.gifts(&wish.request.fields).unwrap_or_default();
        let now = Minute::floor(wish.how.now);
        let Some(held) = self.holding(gift, keys.held(shown), now) else {
            return respond::try_again();
        };
        let text = HeaderValue::from_static("text/plain; charset=utf-8");
        let mut response = plain(StatusCode::SEE_OTHER, text, "To the story.\n");
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, respond::PRIVATE);
        headers.insert(header::LOCATION, location);
        let nobody = HeaderValue::from_static("no-referrer");
        headers.insert(header::REFERRER_POLICY, nobody);
        headers.insert(ROBOTS, HeaderValue::from_static("noindex"));
        // Who makes a preview sees what a stranger sees, and is no browser that reads.
        let reads = !clues::makes_previews(&wish.request.fields);
        if let Some(cookie) = cookie.set_gifts(&keys, &held, now).filter(|_| reads) {
            headers.append(header::SET_COOKIE, cookie);
        }
        response
    }

    /// What the browser holds from now on: this link first. Who follows one again
    /// is the same browser. `None` where there is no randomness.
    fn holding(
        &self,
        gift: Gift,
        shown: impl Iterator<Item = Held>,
        now: Minute,
    ) -> Option<SmallVec<[Held; MOST_HELD]>> {
        let (same, others): (Vec<Held>, Vec<Held>) = shown.partition(|one| one.gift == gift);
        let first = if let Some(held) = same.first() {
            *held
        } else {
            let mut drawn = [0; 4];
            if !(self.world.random)(&mut drawn) {
                return None;
            }
            let browser = StoryNo(u32::from_be_bytes(drawn));
            Held { gift, browser }
        };
        let good = others.into_iter().filter(|one| one.gift.is_good_at(now));
        Some(std::iter::once(first).chain(good).take(MOST_HELD).collect())
    }

    async fn story_of(&self, number: StoryNo) -> Result<Option<StoryId>, Unavailable> {
        let meter = self.meter.clone();
        tokio::task::spawn_blocking(move || meter.story_id(number))
            .await
            .unwrap_or(Err(Unavailable::Closed))
    }
}

impl Wish<'_> {
    /// The page for who may still give so many stories; for who may give none.
    pub(super) fn page(&self, left: Option<u16>) -> Page<'_> {
        let (month, _) = month(self);
        Page {
            policy: self.policy,
            gifts: self.gifts,
            request: self.request,
            left,
            renews: month.end,
        }
    }
}

/// Where the story is on this site. An id is a path; anything else would lead
/// elsewhere.
fn place(story: &StoryId) -> Option<HeaderValue> {
    let path = story.as_str();
    // Browsers drop tabs from addresses, and headers may hold them.
    let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic());
    let is_path = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    let leads = is_plain && is_path;
    leads.then(|| HeaderValue::try_from(path).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_to_a_place_on_this_site_or_nowhere() {
        let leads = |id: &str| place(&StoryId::new(id)).is_some();
        for good in ["/", "/stories/a", "/2026/11/a/?page=2", "/%E6%B8%AF"] {
            assert!(leads(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "//evil.example/",
            "/\\evil.example",
            "/\t/evil.example",
            "https://evil.example/",
            "/a\nb",
        ] {
            assert!(!leads(bad), "{bad:?}");
        }
    }
}
