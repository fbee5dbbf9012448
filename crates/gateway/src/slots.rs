//! The reader's slot: prompts rendered once for all readers who are told the
//! same.

use std::sync::Arc;

use access::{Decision, Gift, GiftOver, Minute, Prompt, Reader, ReaderKind, Reading, Reason};
use http::header;
use jiff::civil::Date;
use page::Slot;
use prompts::{Locale, MeterView, PromptView};
use quick_cache::sync::Cache;

use crate::head::Fields;
use crate::offers::{HeldOut, Offered};
use crate::policy::Policy;

/// Rendered prompts kept. Eleven prompts, six locales and the few counts that
/// notices begin at make some hundreds, each offer some dozens more, and another
/// one every hour in its last two days; each takes a few kilobytes.
const KEPT: usize = 2048;

/// What a page's own style can tell by that a subscriber reads it, so that what
/// is the same page for everybody sells them nothing: `:has(.ludgate-reads)`.
/// There is nothing to see of it.
const READS: &str = "<span class=\"ludgate-reads\" hidden></span>";

/// The same for those who may give its story to others besides, for whom there
/// may be a button: `:has(.ludgate-may-give)`.
const MAY_GIVE: &str = "<span class=\"ludgate-reads ludgate-may-give\" hidden></span>";

/// Everything that a prompt's words depend on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    prompt: Prompt,
    locale: usize,
    meter: Option<usize>,
    used: u16,
    limit: u16,
    ends: Minute,
    crowded: bool,
    signed_in: bool,
    /// When a paused subscription goes on.
    resumes: Minute,
    /// Why the gift link that they hold opens nothing.
    over: Option<GiftOver>,
    bearing: Bearing,
    offer: Option<Offered>,
}

/// What the page's own style is told of the reader.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Bearing {
    /// Nothing: whatever is sold may be sold to them.
    Stranger,
    /// They may read, whatever this story is.
    Reads,
    /// And may give this story to others.
    MayGive,
}

impl Bearing {
    fn of(policy: &Policy, decision: &Decision, reader: &Reader, moment: &access::Moment) -> Self {
        if !reader.entitlements.active("read", moment.now()) {
            Self::Stranger
        } else if policy.parts.gifts.is_some() && may_give(decision, reader) {
            Self::MayGive
        } else {
            Self::Reads
        }
    }

    fn html(self) -> &'static str {
        match self {
            Self::Stranger => "",
            Self::Reads => READS,
            Self::MayGive => MAY_GIVE,
        }
    }
}

/// The prompts rendered so far under one policy.
pub(crate) struct Slots {
    rendered: Cache<Key, Arc<Slot>>,
    /// For who is told nothing, and may read.
    reads: Arc<Slot>,
    /// For who is told nothing, and may give the story to others.
    gives: Arc<Slot>,
    names: Vec<access::Name>,
    unnamed: access::Name,
}

impl std::fmt::Debug for Slots {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Slots({})", self.rendered.len())
    }
}

impl Slots {
    pub(crate) fn new(locales: &[Locale]) -> Self {
        let names = locales
            .iter()
            .map(|locale| access::Name::new(locale.to_string()))
            .collect();
        let unnamed = access::Name::new("");
        Self {
            rendered: Cache::new(KEPT),
            reads: Arc::new(Slot::new(READS)),
            gives: Arc::new(Slot::new(MAY_GIVE)),
            names,
            unnamed,
        }
    }

    /// The locale that rules see.
    pub(crate) fn name(&self, locale: LocaleNo) -> &access::Name {
        self.names.get(locale.0).unwrap_or(&self.unnamed)
    }
}

/// The place of a locale in the publication's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LocaleNo(usize);

impl LocaleNo {
    /// The publication's default locale.
    pub(crate) const DEFAULT: Self = Self(0);

    /// The locale, among the publication's.
    pub(crate) fn among(self, locales: &[Locale]) -> Option<&Locale> {
        locales.get(self.0)
    }

    /// The place of that very locale, if it is there.
    pub(crate) fn of(locale: &Locale, locales: &[Locale]) -> Option<Self> {
        locales.iter().position(|one| one == locale).map(Self)
    }

    /// The place of the locale that is closest to a language, if any is.
    pub(crate) fn closest(language: &Locale, locales: &[Locale]) -> Option<Self> {
        Self::of(language.closest(locales)?, locales)
    }
}

/// The locale that the reader is addressed in: what they ask for, where that is
/// looked at; else the language of what they read; else the publication's first.
pub(crate) fn locale(policy: &Policy, fields: &Fields<'_>, reads: Option<&Locale>) -> LocaleNo {
    let parts = &policy.parts;
    if parts.locales.len() < 2 {
        return LocaleNo::DEFAULT;
    }
    let wanted = (parts.negotiate_locale)
        .then(|| fields.text(&header::ACCEPT_LANGUAGE))
        .flatten();
    let asked = wanted.and_then(|wanted| Locale::negotiate(wanted, &parts.locales));
    asked
        .and_then(|asked| LocaleNo::of(asked, &parts.locales))
        .or_else(|| LocaleNo::closest(reads?, &parts.locales))
        .unwrap_or(LocaleNo::DEFAULT)
}

/// The slot for what the decision tells the reader; `None` where it says
/// nothing, or where the prompt can't be rendered: a story is never held back
/// or opened because of its words.
pub(crate) fn slot(
    policy: &Policy,
    held_out: &HeldOut,
    decision: &Decision,
    reader: &Reader,
    locale: LocaleNo,
    moment: &access::Moment,
) -> Option<Arc<Slot>> {
    let bearing = Bearing::of(policy, decision, reader, moment);
    let Some(prompt) = decision.prompt else {
        return match bearing {
            Bearing::Stranger => None,
            Bearing::Reads => Some(Arc::clone(&policy.slots.reads)),
            Bearing::MayGive => Some(Arc::clone(&policy.slots.gives)),
        };
    };
    let key = Key {
        bearing,
        ..key(policy, held_out, (prompt, decision), reader, locale, moment)
    };
    if let Some(slot) = policy.slots.rendered.get(&key) {
        return Some(slot);
    }
    let html = rendered(policy, held_out, &key)?;
    let slot = Arc::new(Slot::new(&html));
    policy.slots.rendered.insert(key, Arc::clone(&slot));
    Some(slot)
}

/// What the decision tells the reader, for programs: the words alone, and what
/// they are made of. Rendered each time, since programs show their own pages.
pub(crate) fn told(
    policy: &Policy,
    held_out: &HeldOut,
    decision: &Decision,
    reader: &Reader,
    locale: LocaleNo,
    moment: &access::Moment,
) -> Option<PromptTold> {
    let prompt = decision.prompt?;
    let key = key(policy, held_out, (prompt, decision), reader, locale, moment);
    let html = rendered(policy, held_out, &key)?;
    Some(PromptTold {
        prompt,
        text: page::plain(&html),
        html,
        renews: day(policy, key.ends),
    })
}

/// What a reader is told beside a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromptTold {
    /// Which prompt it is.
    pub prompt: Prompt,
    /// Its words as a fragment of HTML, as a page would have it.
    pub html: String,
    /// Its words alone, a line for each block.
    pub text: String,
    /// The first day, in the publication's zone, on which the reader has free
    /// stories again; `None` where there is no such day.
    pub renews: Option<Date>,
}

/// What the words of that prompt depend on, for who may give nothing.
fn key(
    policy: &Policy,
    held_out: &HeldOut,
    (prompt, decision): (Prompt, &Decision),
    reader: &Reader,
    locale: LocaleNo,
    moment: &access::Moment,
) -> Key {
    let meters = policy.parts.rules.meters();
    let reading = decision.reading;
    let meter = reading.and_then(|one| meters.iter().position(|m| m.no == one.meter));
    Key {
        prompt,
        locale: locale.0,
        meter,
        used: reading.map_or(0, |one| one.used),
        limit: reading.map_or(0, |one| one.limit),
        ends: meter.map_or(Minute::MIN, |index| renewal(policy, index, moment)),
        crowded: decision.reason == Reason::FreshReaderBudget,
        signed_in: reader.kind == ReaderKind::Registered,
        resumes: resumption(prompt, reader, moment),
        over: reader.gift.and_then(Gift::over),
        bearing: Bearing::Stranger,
        offer: held_out.to(prompt, reader.audience(moment.now()), moment.now()),
    }
}

fn rendered(policy: &Policy, held_out: &HeldOut, key: &Key) -> Option<String> {
    let rendered = render(policy, held_out, key);
    rendered
        .inspect_err(|error| {
            tracing::error!(prompt = key.prompt.as_str(), %error, "a prompt can't be rendered");
        })
        .ok()
}

/// The day of a minute in the publication's zone, where there is one.
fn day(policy: &Policy, minute: Minute) -> Option<Date> {
    let zone = || policy.parts.rules.zone().clone();
    (minute != Minute::MIN).then(|| minute.timestamp().to_zoned_datetime(zone()).date())
}

/// Whether who may read may give this story to others: it is open to them because
/// of that, and not to everybody.
fn may_give(decision: &Decision, reader: &Reader) -> bool {
    matches!(decision.reason, Reason::Entitled | Reason::PaymentGrace)
        && reader.kind == ReaderKind::Registered
}

/// When the period ends; rolling periods end for each story by itself, so
/// there is no one day to name.
fn renewal(policy: &Policy, index: usize, moment: &access::Moment) -> Minute {
    match policy
        .parts
        .rules
        .meters()
        .get(index)
        .map(|meter| meter.period)
    {
        Some(access::Period::RollingDays(_)) | None => Minute::MIN,
        Some(_) => moment.window(index).end,
    }
}

/// When the reader's pause ends; prompts that don't speak of it don't depend on
/// it.
fn resumption(prompt: Prompt, reader: &Reader, moment: &access::Moment) -> Minute {
    let paused = (prompt == Prompt::SubscriptionPaused)
        .then(|| reader.entitlements.paused_until("read", moment.now()));
    paused.flatten().map_or(Minute::MIN, Minute::floor)
}

fn render(policy: &Policy, held_out: &HeldOut, key: &Key) -> Result<String, prompts::RenderError> {
    let parts = &policy.parts;
    let rules = &parts.rules;
    let meter = key.meter.and_then(|index| rules.meters().get(index));
    let renews = day(policy, key.ends);
    let mut view = PromptView::new(key.prompt)
        .crowded(key.crowded)
        .resuming(day(policy, key.resumes));
    view.signed_in = key.signed_in;
    view.over = key.over;
    // A wall that stands for another reason than the meter doesn't speak of it.
    let is_wall = matches!(key.prompt, Prompt::RegistrationWall | Prompt::Paywall);
    let speaks = !is_wall || key.used >= key.limit;
    if let Some(meter) = meter.filter(|_| speaks) {
        let reading = Reading {
            meter: meter.no,
            used: key.used,
            limit: key.limit,
        };
        view = view.metered(MeterView::new(reading, meter.period, renews));
    }
    let english = Locale::english();
    let locale = parts.locales.get(key.locale).unwrap_or(&english);
    if let Some(offered) = key.offer
        && let Some(offer) = held_out.offer(offered)
    {
        let messages = parts.prompts.messages();
        let said = messages.offer(locale, offer, offered.hours_left);
        view = view.offering(Arc::new(said));
    }
    let mut html = parts.prompts.render(&view, locale)?;
    html.push_str(key.bearing.html());
    Ok(html)
}
