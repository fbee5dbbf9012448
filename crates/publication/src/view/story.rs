//! A story's own page.

use jiff::Timestamp;
use prompts::Locale;
use serde::Serialize;

use super::card::{Card, Clock, Entry, Tongue, cards_in, is_opinion, iso, sponsor};
use super::image::{Image, Shared};
use super::kin::{self, Place, Translation};
use super::listing::last_change;
use super::markup::{Markup, escape};
use super::share::Share;
use super::tongue;
use crate::content::{BlockKind, Body, Notice, Paper, Picture, SlotPlan, Story, topic_id};
use crate::publication::Publication;

/// The promotion stands after this many paragraphs unless the editor says
/// otherwise: far enough in that the
/// story has been told, and never within the beginning that a gate lets pass.
const PROMOTION_AFTER: usize = 5;

/// The advertisement stands after this many.
const ADVERTISEMENT_AFTER: usize = 11;

/// Stories to read next.
const RELATED: usize = 4;

/// Sponsored stories in the module under a story.
const SPONSORED: usize = 2;

/// The page of a story.
#[derive(Serialize)]
pub(crate) struct StoryPage {
    title: String,
    standfirst: String,
    label: Entry,
    section: Option<Entry>,
    section_id: String,
    byline: Vec<Entry>,
    published: Clock,
    /// Where it was changed after it appeared.
    updated: Option<Clock>,
    modified: String,
    minutes: usize,
    tier: &'static str,
    exclusive: bool,
    opinion: bool,
    picture: Option<Image>,
    /// The picture for who shares the story.
    shared: Option<Shared>,
    sponsor: Option<Commissioned>,
    parts: Vec<Part>,
    /// Whether there are any slots in it.
    slots: bool,
    promotion: Option<Slot>,
    advertisement: Option<Slot>,
    share: Share,
    corrections: Vec<Corrected>,
    tags: Vec<String>,
    topics: Vec<Entry>,
    related: Vec<Card>,
    sponsored: Vec<Card>,
    /// The `lang` and `dir` of what is the story's own, where the furniture
    /// speaks another language.
    own: Markup,
    /// What its language calls itself, where that isn't the paper's.
    language: Option<Tongue>,
    translations: Vec<Translation>,
    series: Option<Place>,
    next: Option<Card>,
}

#[derive(Serialize)]
struct Commissioned {
    name: String,
    /// The name as it stands within a sentence.
    said: String,
    note: String,
}

#[derive(Serialize)]
struct Corrected {
    date: String,
    text: String,
}

/// A part of a body.
#[derive(Serialize)]
pub(crate) struct Part {
    /// `html`, `picture`, `promotion` or `advertisement`.
    kind: &'static str,
    html: Option<Markup>,
    picture: Option<Image>,
}

impl Part {
    fn html(html: String) -> Self {
        Self {
            kind: "html",
            html: Some(Markup::safe(html)),
            picture: None,
        }
    }
}

/// A notice of the publisher's own in a slot.
#[derive(Serialize)]
struct Slot {
    title: String,
    text: String,
    href: Option<Markup>,
    action: Option<String>,
}

impl StoryPage {
    /// Within furniture that speaks `locale`.
    pub(crate) fn of(
        publication: &Publication,
        locale: &Locale,
        (story, body): (&Story, &Body),
        now: Timestamp,
    ) -> Self {
        let (catalogue, settings) = (&publication.catalogue, &publication.settings);
        let language = catalogue.language_of(story);
        let changed = last_change(story, now);
        let section = catalogue.section(story.section.as_str());
        Self {
            title: story.title.clone(),
            standfirst: story.standfirst.clone(),
            label: Entry::topic(&story.label),
            section: section
                .map(|section| Entry::new(&section.name, &format!("/sections/{}", section.id))),
            section_id: story.section.to_string(),
            byline: story
                .byline
                .iter()
                .map(|name| Entry::author(name))
                .collect(),
            published: Clock::of(story.published, &settings.zone),
            updated: (changed > story.published).then(|| Clock::of(changed, &settings.zone)),
            modified: iso(changed),
            minutes: story.minutes,
            tier: story.tier.as_str(),
            exclusive: story.tier == access::Tier::Locked,
            opinion: is_opinion(catalogue, story),
            picture: story
                .picture
                .as_ref()
                .and_then(|picture| Image::of(catalogue, picture)),
            shared: (story.picture.as_ref())
                .and_then(|picture| Shared::of(catalogue, &settings.url, picture)),
            sponsor: story.sponsor.as_ref().map(|by| Commissioned {
                name: by.name.to_string(),
                said: sponsor(publication, locale, language, by),
                note: by.note.clone(),
            }),
            parts: parts(publication, body, Some(story)),
            slots: has_slots(story),
            promotion: catalogue.paper.promotion.notice.as_ref().map(Slot::of),
            advertisement: catalogue.paper.advertisement.notice.as_ref().map(Slot::of),
            share: Share::of(story, &settings.url),
            corrections: story
                .corrections
                .iter()
                .map(|c| Corrected {
                    date: c.date.to_string(),
                    text: c.text.clone(),
                })
                .collect(),
            tags: story.tags.clone(),
            topics: story
                .topics()
                .iter()
                .filter_map(|(id, words)| Some((catalogue.stories.topics.get(id)?, words)))
                .map(|(topic, words)| Entry {
                    name: topic.name.clone(),
                    ..Entry::topic(words)
                })
                .collect(),
            related: cards_in(publication, locale, related(publication, story, now), now),
            sponsored: cards_in(publication, locale, sponsored(publication, story, now), now),
            own: tongue::own(publication, locale, language),
            language: (*language != catalogue.language).then(|| Tongue::new(publication, language)),
            translations: kin::translations(publication, story, now),
            series: Place::of(publication, story, now),
            next: kin::next_card(publication, locale, story, now),
        }
    }
}

impl Slot {
    fn of(notice: &Notice) -> Self {
        let link = notice.link.as_ref();
        Self {
            title: notice.title.clone(),
            text: notice.text.clone(),
            href: link.map(|(href, _)| Markup::url(&href.value)),
            action: link.map(|(_, action)| action.clone()),
        }
    }
}

/// Whether the promotion and the advertisement stand in it. Who has paid for a
/// story has paid for all of its page.
fn has_slots(story: &Story) -> bool {
    story.slots && story.sponsor.is_none()
}

/// What the editor relates, then the latest of the same topic and section; less
/// the story to go on with, and itself in other languages.
fn related<'a>(publication: &'a Publication, story: &Story, now: Timestamp) -> Vec<&'a Story> {
    let catalogue = &publication.catalogue;
    let named = story
        .related
        .iter()
        .filter_map(|slug| catalogue.story(slug.as_str(), now));
    let index = &catalogue.stories;
    let topic = index.topics.get(&topic_id(&story.label));
    let same_topic = topic.map(|topic| topic.editorial.out(now));
    let same_section = index.editorial_of(&story.section, now);
    let next = kin::next(publication, story, now);
    let family = catalogue.kin.family(story.slug.as_str());
    let mut stories: Vec<&Story> = Vec::with_capacity(RELATED);
    let same_topic = same_topic.unwrap_or_default();
    for other in named.chain(same_topic).chain(same_section) {
        if stories.len() == RELATED {
            break;
        }
        let is_new = other.slug != story.slug
            && next.is_none_or(|next| next.slug != other.slug)
            && !family.contains(&other.slug)
            && !stories.iter().any(|s| s.slug == other.slug);
        if is_new {
            stories.push(other);
        }
    }
    stories
}

fn sponsored<'a>(
    publication: &'a Publication,
    story: &Story,
    now: Timestamp,
) -> impl Iterator<Item = &'a Story> {
    let sponsored = publication.catalogue.stories.sponsored.out(now);
    let others = sponsored.filter(|other| other.slug != story.slug);
    others.take(SPONSORED)
}

/// The block after which the first slot stands in a story's text, if one does.
pub(crate) fn first_slot(publication: &Publication, story: &Story, body: &Body) -> Option<usize> {
    let slots = has_slots(story).then(|| slots(body, &publication.catalogue.paper));
    slots?.first().map(|(after, _)| *after)
}

/// Between them the gate shows nothing to whom a story isn't open. They stand in the
/// text's parts, so that no theme leaves them out.
const LOCKED: (&str, &str) = ("<!-- ludgate:locked -->", "<!-- /ludgate:locked -->");

/// The block that the locked part begins with, where the story says how long its
/// beginning is and more comes after that.
fn first_locked(story: &Story, body: &Body) -> Option<usize> {
    let open = usize::from(story.preview?);
    let blocks = body.blocks.iter().enumerate();
    let mut paragraphs = blocks.filter(|(_, block)| block.kind == BlockKind::Paragraph);
    let first = match open.checked_sub(1) {
        None => 0,
        Some(last) => paragraphs.nth(last)?.0 + 1,
    };
    (first < body.blocks.len()).then_some(first)
}

/// The blocks of a body, for a story with its dateline and slots.
pub(crate) fn parts(publication: &Publication, body: &Body, story: Option<&Story>) -> Vec<Part> {
    let catalogue = &publication.catalogue;
    let slots = if story.is_some_and(has_slots) {
        slots(body, &catalogue.paper)
    } else {
        Vec::new()
    };
    let locked = story.and_then(|story| first_locked(story, body));
    let mut dateline = story.and_then(|story| story.dateline.as_deref());
    let mut parts = Vec::with_capacity(body.blocks.len() + slots.len() + 2);
    for (index, block) in body.blocks.iter().enumerate() {
        if locked == Some(index) {
            parts.push(Part::html(LOCKED.0.to_owned()));
        }
        if let BlockKind::Picture { file, alt } = &block.kind {
            let picture = Picture {
                file: file.clone(),
                alt: alt.clone(),
                caption: (!block.text.is_empty()).then(|| block.text.clone()),
                credit: None,
            };
            let picture = Image::of(catalogue, &picture);
            parts.push(Part {
                kind: "picture",
                html: None,
                picture,
            });
        } else {
            let html = match (&block.kind, dateline) {
                (BlockKind::Paragraph, Some(place)) => {
                    dateline = None;
                    open_with(&block.html, place)
                }
                _ => block.html.clone(),
            };
            parts.push(Part::html(html));
        }
        if let Some((_, kind)) = slots.iter().find(|(after, _)| *after == index) {
            parts.push(Part {
                kind,
                html: None,
                picture: None,
            });
        }
    }
    if locked.is_some() {
        parts.push(Part::html(LOCKED.1.to_owned()));
    }
    parts
}

/// The first paragraph with the dateline before its first word.
fn open_with(html: &str, place: &str) -> String {
    let rest = html.strip_prefix("<p>").unwrap_or(html);
    format!(
        "<p><span class=\"dateline\">{}</span> {rest}",
        escape(place)
    )
}

/// The blocks after which a slot stands: between two paragraphs, so that it
/// parts neither a crosshead nor a quotation from its text, and not after a
/// colon, which promises what follows. The slots of a
/// story too short for one are left out here; the template puts the
/// advertisement at the end.
fn slots(body: &Body, paper: &Paper) -> Vec<(usize, &'static str)> {
    let is_paragraph = |index: usize| {
        body.blocks
            .get(index)
            .is_some_and(|b| b.kind == BlockKind::Paragraph)
    };
    let mut slots = Vec::new();
    let mut paragraphs = 0;
    let after = |slot: &SlotPlan, usual| slot.after.unwrap_or(usual);
    let mut wanted = [
        (after(&paper.promotion, PROMOTION_AFTER), "promotion"),
        (
            after(&paper.advertisement, ADVERTISEMENT_AFTER),
            "advertisement",
        ),
    ];
    wanted.sort_by_key(|(after, _)| *after);
    let mut wanted = wanted.into_iter();
    let mut next = wanted.next();
    for index in 0..body.blocks.len() {
        paragraphs += usize::from(is_paragraph(index));
        if let Some((after, kind)) = next
            && paragraphs >= after
            && is_paragraph(index)
            && is_paragraph(index + 1)
            && !body.blocks[index].text.ends_with([':', '：'])
        {
            slots.push((index, kind));
            next = wanted.next();
        }
    }
    slots
}
