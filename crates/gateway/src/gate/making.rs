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
use crate::gifts::{Gift, Page, Tally, gifts_of};
use crate::head::Fields;
use crate::pages::{Found, StoryPage};
use crate::policy::addressed;
use crate::reception::Sort;
use crate::refused::Refused;
use crate::respond::try_again;
use crate::slots;

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
    tally: Tally,
}

impl Gate {
    /// The page, to be looked at: how many are left, and a button where it is
    /// about a story.
    pub(super) async fn look_at_gifts(&self, wish: &Wish<'_>) -> Response<Body> {
        let giver = match self.giver(wish).await {
            Ok(giver) => giver,
            Err(no) => return refused(&wish.page(None), no),
        };
        let page = wish.page(Some(giver.tally.left));
        let query = wish.request.query.unwrap_or_default();
        let Some(story) = field(query.as_bytes(), "story") else {
            return page.answer(StatusCode::OK, &GiftSays::About);
        };
        let again = giver.tally.left == 0 && self.has_given(wish, &giver, &story).await;
        page.answer(StatusCode::OK, &GiftSays::Offered { story, again })
    }

    /// Whether they have given that story, so that its link costs nothing. Where
    /// that can't be told, they haven't.
    async fn has_given(&self, wish: &Wish<'_>, giver: &Giver, story: &str) -> bool {
        let giver = &giver.signed_in;
        let Ok(Given::Story(number)) = self.given(wish, giver, story).await else {
            return false;
        };
        let tally = self.tally(wish, giver.reader, Some(number)).await;
        tally.is_ok_and(|tally| tally.made.is_some())
    }

    pub(super) async fn make_link(&self, wish: &Wish<'_>, asked: &mut Asked) -> Response<Body> {
        let parts = &wish.policy.parts;
        let said = |name| wish.request.fields.all(name).next();
        if !access::is_from_here(said(&FETCH_SITE), said(&header::ORIGIN), &parts.url) {
            let page = wish.page(None);
            return page.answer(StatusCode::FORBIDDEN, &GiftSays::FromElsewhere);
        }
        // Before anything of theirs is read.
        let giver = match self.giver(wish).await {
            Ok(giver) => giver,
            Err(no) => return refused(&wish.page(None), no),
        };
        let address = parts
            .trusted_proxies
            .client(wish.peer, &wish.request.fields);
        let coming = self.forms.read(asked.body.take(), LONGEST_FORM, address);
        let form = match coming.await {
            Ok(form) => form,
            Err(why) => return self.unread(wish.request, why),
        };
        let place = self.desk().map(|desk| desk.place(Sort::Form));
        if let Some(None) = place {
            self.refused(wish.request, Refused::Busy);
            return try_again();
        }
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
        let left = Some(giver.tally.left);
        let matter = self.given(wish, &giver.signed_in, story).await;
        let number = match matter.map_err(|no| (no, left))? {
            Given::Open(address) => return Ok((GiftSays::OpenToAll { address }, left)),
            Given::Story(number) => number,
        };
        let made = self.count_link(wish, &giver.signed_in, number).await;
        let Tally { left, made } = made.map_err(|no| (no, left))?;
        let fails = |no| (no, Some(left));
        let gift = Gift {
            giver: giver.signed_in.reader,
            story: number,
            ends: made.ok_or_else(|| fails(No::Unavailable))?,
        };
        let used_up = self.is_used_up(wish, &gift).await;
        let used_up = used_up.map_err(|error| fails(error.into()))?;
        let says = self.promised(wish, &gift, used_up);
        says.map(|says| (says, Some(left)))
            .ok_or_else(|| fails(No::Unavailable))
    }

    /// What is said of a link that there is: nothing is promised of one that
    /// opens nothing more.
    fn promised(&self, wish: &Wish<'_>, gift: &Gift, used_up: bool) -> Option<GiftSays> {
        let parts = &wish.policy.parts;
        let zone = parts.rules.zone().clone();
        let until = gift.ends.timestamp().to_zoned_datetime(zone).date();
        if used_up {
            return Some(GiftSays::UsedUp { until });
        }
        let token = self.keys().sign_gift(gift)?;
        let link = format!("{}{}gift/{token}", parts.url, parts.prefix);
        Some(GiftSays::Made { link, until })
    }

    /// Whether a link has been opened in as many browsers as may.
    async fn is_used_up(&self, wish: &Wish<'_>, gift: &Gift) -> Result<bool, Unavailable> {
        let opened = self
            .look_up(gift.record(), <[access::Counted]>::len)
            .await?;
        Ok(opened >= usize::from(wish.gifts.browsers))
    }

    /// Counts a link of the story to the giver, unless there is one already, and
    /// says how that stands then.
    async fn count_link(
        &self,
        wish: &Wish<'_>,
        giver: &SignedIn,
        story: StoryNo,
    ) -> Result<Tally, No> {
        let record = gifts_of(giver.reader);
        let (month, now) = month(wish);
        for _ in 0..TRIES {
            let tally = self.tally(wish, giver.reader, Some(story)).await?;
            if tally.made.is_some() {
                return Ok(tally);
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
        let keys = self.keys();
        let by = self.recognising(&keys, wish.policy);
        let signed_in = match by.session(&wish.request.fields) {
            Some((_, Whose::Readers(signed_in))) => Some(signed_in),
            Some((_, Whose::Unknown)) => return Err(No::Unavailable),
            None | Some((_, Whose::Nobodys)) => None,
        };
        let may_read = |one: &SignedIn| one.snapshot.entitlements.active("read", wish.how.now);
        let signed_in = signed_in.filter(may_read);
        let none = No::Says(StatusCode::FORBIDDEN, GiftSays::ForSubscribers);
        let signed_in = signed_in.ok_or(none)?;
        let tally = self.tally(wish, signed_in.reader, None).await?;
        Ok(Giver { signed_in, tally })
    }

    async fn tally(
        &self,
        wish: &Wish<'_>,
        giver: ReaderId,
        story: Option<StoryNo>,
    ) -> Result<Tally, Unavailable> {
        let (month, now) = month(wish);
        let look = |made: &[access::Counted]| wish.gifts.tally(made, story, month, now);
        self.look_up(gifts_of(giver), look).await
    }

    /// What a record of the meter holds, read from the disk where it has to be.
    async fn look_up<T>(
        &self,
        record: ReaderId,
        look: impl Fn(&[access::Counted]) -> T,
    ) -> Result<T, Unavailable> {
        for _ in 0..TRIES {
            if let Lookup::Warm(found) = self.meter.read(record, &look) {
                return Ok(found);
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
    let locale = slots::locale(policy, fields, story.language.as_ref());
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
    let language = story.language.as_ref();
    let locale = slots::locale(wish.policy, &wish.request.fields, language);
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

/// The first field of that name in what a form sends.
fn field(form: &[u8], name: &str) -> Option<String> {
    let mut fields = form_urlencoded::parse(form);
    let found = fields.find(|(key, _)| key == name);
    found.map(|(_, value)| value.into_owned())
}
