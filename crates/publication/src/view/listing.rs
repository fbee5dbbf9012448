//! Pages that list stories, and pages that aren't stories at all.

use jiff::Timestamp;
use serde::Serialize;

use super::card::{Card, cards};
use super::image::Image;
use super::kin::is_second;
use super::markup::Markup;
use super::story::{Part, parts};
use super::turn::Turn;
use crate::content::{Author, Gone, Page, Series, Story};
use crate::feeds::{self, Format, Scope};
use crate::publication::Publication;

/// Stories offered where a page isn't there, or a search found nothing.
const LATEST: usize = 6;

/// A section, topic, series or author.
#[derive(Serialize)]
pub(crate) struct ListPage {
    /// `section`, `topic`, `series` or `author`.
    pub(crate) of: &'static str,
    pub(crate) name: String,
    pub(crate) standfirst: Option<String>,
    pub(crate) opinion: bool,
    pub(crate) count: usize,
    pub(crate) stories: Vec<Card>,
    pub(crate) turn: Turn,
    /// Who an author is, where the editor says.
    pub(crate) person: Option<Person>,
}

/// Who somebody is that writes.
#[derive(Serialize)]
pub(crate) struct Person {
    role: Option<String>,
    biography: Option<String>,
    picture: Option<Image>,
    email: Option<Markup>,
    address: Option<String>,
}

impl Person {
    pub(crate) fn of(publication: &Publication, author: &Author) -> Self {
        let picture = author.picture.as_ref();
        Self {
            role: author.role.clone(),
            biography: author.biography.clone(),
            picture: picture.and_then(|picture| Image::of(&publication.catalogue, picture)),
            email: author
                .email
                .as_ref()
                .map(|address| Markup::url(&format!("mailto:{address}"))),
            address: author.email.clone(),
        }
    }
}

/// The parts of a series.
#[derive(Serialize)]
pub(crate) struct SeriesPage {
    title: String,
    standfirst: Option<String>,
    /// How many there are, and will be.
    count: usize,
    planned: Option<u16>,
    parts: Vec<SeriesPart>,
}

#[derive(Serialize)]
struct SeriesPart {
    number: usize,
    story: Card,
}

impl SeriesPage {
    pub(crate) fn of(
        publication: &Publication,
        series: &Series,
        stories: &[&Story],
        now: Timestamp,
    ) -> Self {
        let number = |index: usize, story: &Story| {
            let number = story.series.as_ref().and_then(|part| part.number);
            number.map_or(index + 1, usize::from)
        };
        let numbers: Vec<usize> = stories
            .iter()
            .enumerate()
            .map(|(index, story)| number(index, story))
            .collect();
        let cards = cards(publication, stories.iter().copied(), now);
        Self {
            title: series.title.clone(),
            standfirst: series.standfirst.clone(),
            count: stories.len(),
            planned: series.parts,
            parts: numbers
                .into_iter()
                .zip(cards)
                .map(|(number, story)| SeriesPart { number, story })
                .collect(),
        }
    }
}

/// The page of a story that was withdrawn.
#[derive(Serialize)]
pub(crate) struct GonePage {
    date: String,
    reason: String,
    latest: Vec<Card>,
}

impl GonePage {
    pub(crate) fn of(publication: &Publication, gone: &Gone, now: Timestamp) -> Self {
        Self {
            date: gone.date.to_string(),
            reason: gone.reason.clone(),
            latest: latest(publication, now),
        }
    }
}

/// A page such as the imprint.
#[derive(Serialize)]
pub(crate) struct PlainPage {
    title: String,
    standfirst: String,
    parts: Vec<Part>,
}

impl PlainPage {
    pub(crate) fn of(publication: &Publication, page: &Page) -> Self {
        Self {
            title: page.title.clone(),
            standfirst: page.standfirst.clone(),
            parts: parts(publication, &page.body, None),
        }
    }
}

/// The page that says that nothing is there.
#[derive(Serialize)]
pub(crate) struct MissingPage {
    latest: Vec<Card>,
}

impl MissingPage {
    pub(crate) fn of(publication: &Publication, now: Timestamp) -> Self {
        Self {
            latest: latest(publication, now),
        }
    }
}

pub(crate) fn latest(publication: &Publication, now: Timestamp) -> Vec<Card> {
    let stories = publication.catalogue.stories.editorial.out(now);
    let stories = stories.filter(|story| !is_second(publication, story, now));
    cards(publication, stories.take(LATEST), now)
}

/// When a story last changed, as far as readers can know at `now`.
pub(crate) fn last_change(story: &Story, now: Timestamp) -> Timestamp {
    story
        .updated
        .filter(|updated| *updated <= now)
        .unwrap_or(story.published)
}

/// The page that lists the feeds.
#[derive(Serialize)]
pub(crate) struct FeedsPage {
    rows: Vec<FeedsRow>,
}

/// The feeds of a section, or of everything.
#[derive(Serialize)]
struct FeedsRow {
    name: Option<String>,
    links: Vec<FeedLink>,
}

/// The way to a feed.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FeedLink {
    pub(crate) href: Markup,
    /// Its media type.
    pub(crate) kind: Markup,
    /// Its format's own name.
    pub(crate) format: &'static str,
    /// What programs call it.
    pub(crate) title: String,
}

impl FeedLink {
    /// The feeds of a scope in every format.
    pub(crate) fn of(publication: &Publication, scope: Scope<'_>) -> Vec<Self> {
        let link = |format: Format| Self {
            href: Markup::url(&scope.feed(format)),
            kind: Markup::url(format.media_type()),
            format: format.name(),
            title: feeds::title(publication, scope),
        };
        Format::ALL.into_iter().map(link).collect()
    }
}

impl FeedsPage {
    pub(crate) fn of(publication: &Publication) -> Self {
        let row = |scope: Scope<'_>| FeedsRow {
            name: scope.name().map(str::to_owned),
            links: FeedLink::of(publication, scope),
        };
        Self {
            rows: Scope::main(&publication.catalogue).map(row).collect(),
        }
    }
}

/// What pages for machines are given.
#[derive(Serialize)]
pub(crate) struct Machine<'a, P: Serialize> {
    pub(crate) name: &'a str,
    pub(crate) tagline: Option<&'a str>,
    pub(crate) language: String,
    pub(crate) url: Markup,
    pub(crate) year: i16,
    pub(crate) page: P,
}

impl<'a, P: Serialize> Machine<'a, P> {
    pub(crate) fn new(publication: &'a Publication, page: P, now: Timestamp) -> Self {
        let paper = &publication.catalogue.paper;
        Self {
            name: &paper.name,
            tagline: paper.tagline.as_deref(),
            language: publication.catalogue.language.to_string(),
            url: Markup::url(&publication.settings.url),
            year: now
                .to_zoned_datetime(publication.settings.zone.clone())
                .year(),
            page,
        }
    }
}
