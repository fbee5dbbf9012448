//! Making gift links: the page, who may, of which story, and that it is counted.

use access::{
    Device, Facts, Freshness, Minute, Moment, Period, Purpose, Reader, ReaderId, Reason, Referrer,
    Request, StoryNo, Window, decide,
};
use http::{HeaderName, Response, StatusCode, header};
use jiff::{SignedDuration, Timestamp};
use meter::{Charged, Lookup, Unavailable};
use prompts::GiftSays;

use super::giving::Wish;
use super::{Asked, Gate};
use crate::accounts::{SignedIn, Whose};
use crate::body::Body;
use crate::clues::Clues;
use crate::gifts::{Gift, Page, Standing, gifts_of};
use crate::head::Fields;
use crate::pages::{Found, StoryPage};
use crate::policy::addressed;
use crate::reception::{self, Desk};
use crate::refused::Refused;
use crate::respond::try_again;
use crate::slots;
use crate::visitor::Recognising;

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The longest form, in bytes: the address of a story, encoded.
const LONGEST_FORM: usize = 16 * 1024;

/// How often a count is begun anew because the giver's record went out of memory
/// meanwhile; more of that than this, and there is not enough memory.
const TRIES: usize = 4;

/// Why there is no link.
enum No {
    Says(StatusCode, GiftSays),
    /// The meter or the site can't do its part.
    Unavailable,
}

impl From<Unavailable> for No {
    fn from(error: Unavailable) -> Self {
        tracing::warn!(%error, "a gift link can't be made");
        Self::Unavailable
    }
}

/// Who gives, and how that stands.
struct Giver {
    signed_in: SignedIn,
    standing: Standing,
}

impl Gate {
    /// The page, to be looked at: how many are left, and a button where it is
    /// about a story.
    pub(super) async fn look_at_gifts(&self, wish: &Wish<'_>) -> Response<Body> {
        let giver = match self.giver(wish).await {
            Ok(giver) => giver,
            Err(no) => return refused(&wish.page(None), no),
        };
        let page = wish.page(Some(giver.standing.left));
        let query = wish.request.query.unwrap_or_default();
        match field(query.as_bytes(), "story") {
            Some(story) => page.answer(StatusCode::OK, &GiftSays::Offered { story }),
            None => page.answer(StatusCode::OK, &GiftSays::About),
        }
    }

    pub(super) async fn make_link(&self, wish: &Wish<'_>, asked: &mut Asked) -> Response<Body> {
        let parts = &wish.policy.parts;
        if !is_from_here(&wish.request.fields, &parts.url) {
            let page = wish.page(None);
            return page.answer(StatusCode::FORBIDDEN, &GiftSays::FromElsewhere);
        }
        // Before anything of theirs is read.
        let giver = match self.giver(wish).await {
            Ok(giver) => giver,
            Err(no) => return refused(&wish.page(None), no),
        };
        let places = self.desk().map(Desk::place);
        if let Some(None) = places {
            self.refused(wish.request, Refused::Busy);
            return try_again();
        }
        let form = match reception::sent(asked.body.take(), LONGEST_FORM).await {
            Ok(form) => form,
            Err(why) => return why.answer(),
        };
        let story = field(&form, "story").unwrap_or_default();
        match self.make(wish, giver, &story).await {
            Ok((says, left)) => wish.page(left).answer(StatusCode::OK, &says),
            Err((no, left)) => refused(&wish.page(left), no),
        }
    }

    /// Makes the link, and says how many are left.
    async fn make(
        &self,
        wish: &Wish<'_>,
        giver: Giver,
        story: &str,
    ) -> Result<(GiftSays, Option<u16>), (No, Option<u16>)> {
        let left = Some(giver.standing.left);
        let matter = self.given(wish, &giver.signed_in, story).await;
        let number = match matter.map_err(|no| (no, left))? {
            Given::Open(address) => return Ok((GiftSays::OpenToAll { address }, left)),
            Given::Story(number) => number,
        };
        let made = self.count_link(wish, &giver.signed_in, number).await;
        let Standing { left, made } = made.map_err(|no| (no, left))?;
        let says = made.and_then(|ends| {
            let giver = giver.signed_in.reader;
            let story = number;
            let token = self.keys().sign_gift(&Gift { giver, story, ends })?;
            let parts = &wish.policy.parts;
            let zoned = ends
                .timestamp()
                .to_zoned_datetime(parts.rules.zone().clone());
            Some(GiftSays::Made {
                link: format!("{}{}gift/{token}", parts.url, parts.prefix),
                until: zoned.date(),
            })
        });
        says.map(|says| (says, Some(left)))
            .ok_or((No::Unavailable, Some(left)))
    }

    /// Counts a link of the story to the giver, unless there is one already, and
    /// says how that stands then.
    async fn count_link(
        &self,
        wish: &Wish<'_>,
        giver: &SignedIn,
        story: StoryNo,
    ) -> Result<Standing, No> {
        let record = gifts_of(giver.reader);
        let (month, now) = month(wish);
        for _ in 0..TRIES {
            let standing = self.standing(wish, giver.reader, Some(story)).await?;
            if standing.made.is_some() {
                return Ok(standing);
            }
            match self
                .meter
                .charge(record, story, &wish.gifts.making(month, now))?
            {
                Charged::Counted { ticket, .. } if self.meter.is_sync() => {
                    self.meter.durable(ticket).await?;
                }
                Charged::Refused { .. } => {
                    return Err(No::Says(StatusCode::FORBIDDEN, GiftSays::NoneLeft));
                }
                Charged::Counted { .. } | Charged::Already { .. } | Charged::Cold => {}
            }
        }
        Err(No::Unavailable)
    }

    /// Who asks, if they may give stories at all, and how that stands.
    async fn giver(&self, wish: &Wish<'_>) -> Result<Giver, No> {
        let by = Recognising {
            keys: &self.keys(),
            accounts: &self.accounts,
            cookie: wish.policy.parts.cookie,
            world: &self.world,
        };
        let signed_in = match by.session(&wish.request.fields) {
            Some((_, Whose::Readers(signed_in))) => Some(signed_in),
            Some((_, Whose::Unknown)) => return Err(No::Unavailable),
            None | Some((_, Whose::Nobodys)) => None,
        };
        let may_read = |one: &SignedIn| one.snapshot.entitlements.active("read", wish.how.now);
        let signed_in = signed_in.filter(may_read);
        let none = No::Says(StatusCode::FORBIDDEN, GiftSays::ForSubscribers);
        let signed_in = signed_in.ok_or(none)?;
        let standing = self.standing(wish, signed_in.reader, None).await?;
        Ok(Giver {
            signed_in,
            standing,
        })
    }

    async fn standing(
        &self,
        wish: &Wish<'_>,
        giver: ReaderId,
        story: Option<StoryNo>,
    ) -> Result<Standing, Unavailable> {
        let record = gifts_of(giver);
        let (month, now) = month(wish);
        let look = |made: &[access::Counted]| wish.gifts.standing(made, story, month, now);
        for _ in 0..TRIES {
            if let Lookup::Warm(standing) = self.meter.read(record, look) {
                return Ok(standing);
            }
            let meter = self.meter.clone();
            let warmed = tokio::task::spawn_blocking(move || meter.warm(record)).await;
            warmed.unwrap_or(Err(Unavailable::Closed))?;
        }
        Err(Unavailable::Full)
    }

    /// The story at that address, if it is one that the giver reads because they
    /// are entitled to.
    async fn given(&self, wish: &Wish<'_>, giver: &SignedIn, address: &str) -> Result<Given, No> {
        let parts = &wish.policy.parts;
        let missing = || No::Says(StatusCode::NOT_FOUND, GiftSays::NoStory);
        let at_home = address.strip_prefix(&*parts.url).unwrap_or(address);
        let path = at_home.split('#').next().unwrap_or_default();
        let (path, query) = match path.split_once('?') {
            None => (path, None),
            Some((path, query)) => (path, Some(query)),
        };
        let target = addressed(&parts.articles, parts.site.as_deref(), path, query);
        let target = target.map_err(|_| missing())?;
        let site = parts.site.as_deref();
        if target.path().starts_with(&*parts.prefix)
            || site.is_some_and(|site| site.is_closed(target.path(), target.query()))
        {
            return Err(missing());
        }
        // As everybody's, whatever the browser says beside its form.
        let found = self.pages.find(&target, &Fields::default(), wish.how).await;
        let Ok(Found::Page(page)) = found else {
            return Err(if found.is_err() {
                No::Unavailable
            } else {
                missing()
            });
        };
        let story = page.story().filter(|_| page.status.is_success());
        let (_, story) = story.ok_or_else(missing)?;
        if story.is_list {
            return Err(missing());
        }
        // Asked first, whatever rule it is by which a subscriber reads it.
        let nobody = Reader::anonymous(Freshness::Fresh);
        if everywhere(wish, &nobody, target.path(), story).all(is_open) {
            let address = format!("{}{}", parts.url, story.story.id);
            return Ok(Given::Open(address));
        }
        let reader = Reader {
            stories: giver.snapshot.stories.clone(),
            ..Reader::registered(giver.snapshot.entitlements.clone())
        };
        let here = reason(wish, &reader, target.path(), story);
        // Where it is open to them for where they are, say, they have it anyway.
        let has_anyway = || everywhere(wish, &reader, target.path(), story).any(is_theirs);
        if is_theirs(here) || (is_open(here) && has_anyway()) {
            let number = story.number_or_else(|story| self.meter.story_no(story))?;
            return Ok(Given::Story(number));
        }
        Err(No::Says(StatusCode::FORBIDDEN, GiftSays::NotYours))
    }
}

/// Why the giver may or may not read the story, without any meter's help.
fn reason(wish: &Wish<'_>, reader: &Reader, path: &str, story: &StoryPage) -> Reason {
    let (policy, fields) = (wish.policy, &wish.request.fields);
    let address = policy.parts.trusted_proxies.client(wish.peer, fields);
    let clues = Clues::read(policy, wish.peer, address, wish.request);
    let locale = slots::locale(policy, fields);
    let request = Request {
        path,
        purpose: Purpose::Inspect,
        country: clues.country,
        language: clues.language,
        device: clues.device,
        referrer: clues.referrer,
        address,
        locale: policy.slots.name(locale),
    };
    decided(wish, reader, &request, story, wish.how.now)
}

fn decided(
    wish: &Wish<'_>,
    reader: &Reader,
    request: &Request<'_>,
    story: &StoryPage,
    now: Timestamp,
) -> Reason {
    let rules = &wish.policy.parts.rules;
    let facts = Facts {
        story: &story.story,
        reader,
        request,
        moment: &Moment::new(rules.meters(), rules.zone(), now),
    };
    decide(rules, &facts, None, &[]).reason
}

/// Why a reader may or may not read the story in every circumstance that rules
/// ask about: on anything, come from anywhere, now and when a link would be over.
/// Where they are isn't known, so nothing opens by that.
fn everywhere<'a>(
    wish: &'a Wish<'_>,
    reader: &'a Reader,
    path: &'a str,
    story: &'a StoryPage,
) -> impl Iterator<Item = Reason> + 'a {
    let term = SignedDuration::from_hours(24 * i64::from(wish.gifts.days));
    let now = wish.how.now;
    let over = now.saturating_add(term).unwrap_or(now);
    let locale = slots::locale(wish.policy, &wish.request.fields);
    let ways = Device::ALL
        .into_iter()
        .flat_map(|device| Referrer::ALL.map(|referrer| (device, referrer)));
    let moments = move |(device, referrer)| [(device, referrer, now), (device, referrer, over)];
    ways.flat_map(moments).map(move |(device, referrer, at)| {
        let request = Request {
            path,
            purpose: Purpose::Inspect,
            country: None,
            language: None,
            device,
            referrer,
            address: None,
            locale: wish.policy.slots.name(locale),
        };
        decided(wish, reader, &request, story, at)
    })
}

/// Whether it is open by what the story is, and not by who reads it.
fn is_open(reason: Reason) -> bool {
    matches!(reason, Reason::Free | Reason::Sponsored)
}

fn is_theirs(reason: Reason) -> bool {
    matches!(reason, Reason::Entitled | Reason::PaymentGrace)
}

/// What is to be given.
enum Given {
    /// A story, by its number.
    Story(StoryNo),
    /// Nothing: whoever has its address may read it.
    Open(String),
}

fn refused(page: &Page<'_>, no: No) -> Response<Body> {
    match no {
        No::Says(status, says) => page.answer(status, &says),
        No::Unavailable => page.answer(StatusCode::SERVICE_UNAVAILABLE, &GiftSays::Unavailable),
    }
}

/// The month around now, in the publication's zone.
pub(super) fn month(wish: &Wish<'_>) -> (Window, Minute) {
    let now: Timestamp = wish.how.now;
    let zone = wish.policy.parts.rules.zone();
    (Period::CalendarMonth.window(now, zone), Minute::floor(now))
}

/// What browsers say themselves of where a form comes from. The older ones say
/// nothing; then it is the session's cookie that no other site's form brings.
fn is_from_here(fields: &Fields<'_>, url: &str) -> bool {
    if let Some(site) = fields.text(&FETCH_SITE) {
        return site == "same-origin" || site == "none";
    }
    let origin = fields.all(&header::ORIGIN).next();
    origin.is_none_or(|origin| origin.eq_ignore_ascii_case(url.as_bytes()))
}

/// The first field of that name in what a form sends.
fn field(form: &[u8], name: &str) -> Option<String> {
    let mut fields = form_urlencoded::parse(form);
    let found = fields.find(|(key, _)| key == name);
    found.map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_form_from_here_is_taken() {
        let at_home = |fields: &[(&str, &str)]| {
            let fields = fields.iter().map(|(name, value)| (*name, value.as_bytes()));
            is_from_here(&fields.collect(), "https://review.example")
        };
        assert!(at_home(&[]), "an old browser says nothing");
        assert!(at_home(&[("origin", "https://review.example")]));
        assert!(at_home(&[("sec-fetch-site", "same-origin")]));
        assert!(at_home(&[("sec-fetch-site", "none")]));
        for from in [
            ("origin", "https://evil.example"),
            ("origin", "http://review.example"),
            ("origin", "https://review.example.evil.example"),
            ("origin", "null"),
            ("origin", ""),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", ""),
        ] {
            assert!(!at_home(&[from]), "{from:?}");
        }
        assert!(!at_home(&[
            ("sec-fetch-site", "cross-site"),
            ("origin", "https://review.example")
        ]));
    }
}
