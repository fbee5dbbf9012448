//! What a story belongs to: its series, itself in other languages, and the story
//! to read next.

use jiff::{SignedDuration, Timestamp};
use prompts::Locale;
use serde::Serialize;

use super::card::{Card, Entry};
use super::furniture::Alternate;
use super::markup::Markup;
use super::tongue;
use crate::content::{Catalogue, Series, Slug, Story};
use crate::publication::Publication;

/// How many stories before one are looked at for one in the same language: a few
/// weeks of a section.
const LOOK: usize = 200;

/// The moment after `time`.
fn just_after(time: Timestamp) -> Timestamp {
    time.checked_add(SignedDuration::from_nanos(1))
        .unwrap_or(time)
}

/// A story's place in its series.
#[derive(Serialize)]
pub(crate) struct Place {
    series: Entry,
    standfirst: Option<String>,
    /// Which part it is, and of how many: of those planned, or of those there
    /// are.
    part: usize,
    parts: usize,
    previous: Option<Entry>,
    next: Option<Entry>,
}

/// The story in another language.
#[derive(Serialize)]
pub(crate) struct Translation {
    href: Markup,
    /// "Read in English", in English; the headline in a language that we have
    /// no words of.
    words: String,
    tag: String,
    dir: &'static str,
}

/// The path of a series.
pub(crate) fn series_path(series: &Series) -> String {
    format!("/series/{}", series.id)
}

/// The parts of a series that are out at `now`, the first first.
pub(crate) fn parts<'a>(
    catalogue: &'a Catalogue,
    series: &Slug,
    now: Timestamp,
) -> impl Iterator<Item = &'a Story> {
    let parts = catalogue.kin.parts(series.as_str()).iter();
    parts.filter_map(move |slug| catalogue.story(slug.as_str(), now))
}

/// The parts that are out in the language of `story`, and which of them it is.
fn siblings<'a>(
    catalogue: &'a Catalogue,
    story: &Story,
    now: Timestamp,
) -> Option<(&'a Series, Vec<&'a Story>, usize)> {
    let part = story.series.as_ref()?;
    let series = catalogue.paper.series(part.series.as_str())?;
    let language = catalogue.language_of(story);
    let parts = parts(catalogue, &series.id, now);
    let parts: Vec<&Story> = parts
        .filter(|other| catalogue.language_of(other) == language)
        .collect();
    let index = parts.iter().position(|other| other.slug == story.slug)?;
    Some((series, parts, index))
}

impl Place {
    pub(crate) fn of(publication: &Publication, story: &Story, now: Timestamp) -> Option<Self> {
        let (series, parts, index) = siblings(&publication.catalogue, story, now)?;
        let number = |story: &Story| story.series.as_ref().and_then(|part| part.number);
        let last = parts.iter().filter_map(|story| number(story)).max();
        let part = number(story).map_or(index + 1, usize::from);
        let entry = |index: usize| {
            let story = parts.get(index)?;
            Some(Entry::new(&story.title, &story.path()))
        };
        Some(Self {
            series: Entry::new(&series.title, &series_path(series)),
            standfirst: series.standfirst.clone(),
            part,
            parts: series
                .parts
                .or(last)
                .map_or(parts.len(), usize::from)
                .max(part),
            previous: index.checked_sub(1).and_then(entry),
            next: entry(index + 1),
        })
    }
}

/// The story to go on with: the next part of its series, the first that the
/// editor relates, or the one that appeared before it in its section. In its
/// language, and never one that was paid for.
pub(crate) fn next<'a>(
    publication: &'a Publication,
    story: &Story,
    now: Timestamp,
) -> Option<&'a Story> {
    let catalogue = &publication.catalogue;
    let part =
        siblings(catalogue, story, now).and_then(|(_, parts, index)| parts.get(index + 1).copied());
    let language = catalogue.language_of(story);
    let is_fit = |other: &&Story| {
        other.slug != story.slug
            && other.sponsor.is_none()
            && catalogue.language_of(other) == language
    };
    let related = || {
        let named = story.related.iter();
        named
            .filter_map(|slug| catalogue.story(slug.as_str(), now))
            .find(is_fit)
    };
    let before = || {
        let section = catalogue.stories.editorial_of(&story.section, now);
        let mut older = section.between(Timestamp::MIN, just_after(story.published));
        older.by_ref().take(LOOK).find(is_fit)
    };
    part.or_else(related).or_else(before)
}

/// The story in every language that it is out in, itself included; nothing
/// where that is one.
pub(crate) fn family<'a>(
    catalogue: &'a Catalogue,
    story: &Story,
    now: Timestamp,
) -> Vec<&'a Story> {
    let family = catalogue.kin.family(story.slug.as_str()).iter();
    let out: Vec<&Story> = family
        .filter_map(|slug| catalogue.story(slug.as_str(), now))
        .collect();
    if out.len() > 1 { out } else { Vec::new() }
}

/// The other languages that a story can be read in.
pub(crate) fn translations(
    publication: &Publication,
    story: &Story,
    now: Timestamp,
) -> Vec<Translation> {
    let catalogue = &publication.catalogue;
    let others = family(catalogue, story, now).into_iter();
    let others = others.filter(|other| other.slug != story.slug);
    others
        .map(|other| {
            let language = catalogue.language_of(other);
            Translation {
                href: Markup::url(&other.path()),
                words: tongue::words(publication, language, "pub-read-in")
                    .unwrap_or_else(|| other.title.clone()),
                tag: language.to_string(),
                dir: language.direction().as_str(),
            }
        })
        .collect()
}

/// The addresses of a story by language. Who reads none of them is best served
/// by the paper's own.
pub(crate) fn alternates(
    publication: &Publication,
    story: &Story,
    now: Timestamp,
) -> Vec<Alternate> {
    let (catalogue, url) = (&publication.catalogue, &publication.settings.url);
    let family = family(catalogue, story, now);
    let link = |language: String, story: &Story| Alternate {
        language,
        href: Markup::url(&format!("{url}{}", story.path())),
    };
    let own = family.iter().find(|story| is_papers(catalogue, story));
    let default = own.map(|story| link("x-default".to_owned(), story));
    let each = family
        .iter()
        .map(|story| link(catalogue.language_of(story).to_string(), story));
    each.chain(default).collect()
}

fn is_papers(catalogue: &Catalogue, story: &Story) -> bool {
    *catalogue.language_of(story) == catalogue.language
}

/// Whether a story stands in lists only beside itself in the paper's language:
/// the front page has room for one of the two.
pub(crate) fn is_second(publication: &Publication, story: &Story, now: Timestamp) -> bool {
    let catalogue = &publication.catalogue;
    !is_papers(catalogue, story)
        && family(catalogue, story, now)
            .iter()
            .any(|other| is_papers(catalogue, other))
}

/// The card of the story to go on with.
pub(crate) fn next_card(
    publication: &Publication,
    locale: &Locale,
    story: &Story,
    now: Timestamp,
) -> Option<Card> {
    next(publication, story, now).map(|next| Card::of(publication, locale, next, now))
}
