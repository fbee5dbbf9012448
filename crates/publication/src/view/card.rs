//! A story as it appears outside of its own page.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use prompts::Locale;
use serde::Serialize;

use super::image::Image;
use super::markup::{Markup, percent};
use super::search::Found;
use super::tongue;
use crate::content::{Catalogue, Commission, Story, topic_id};
use crate::publication::Publication;

/// A moment in the publication's zone, ready to be said in any language.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Clock {
    /// For machines, in UTC.
    iso: String,
    /// The day, as templates' `date` takes it.
    date: String,
    #[serde(skip)]
    year: i16,
    hour: i8,
    /// The minute in two digits, each a number so that it is written in the
    /// digits of the locale.
    tens: i8,
    ones: i8,
}

impl Clock {
    pub(crate) fn of(time: Timestamp, zone: &TimeZone) -> Self {
        let local = time.to_zoned_datetime(zone.clone());
        Self {
            iso: iso(time),
            date: local.date().to_string(),
            year: local.year(),
            hour: local.hour(),
            tens: local.minute() / 10,
            ones: local.minute() % 10,
        }
    }

    /// The day alone.
    pub(crate) fn date(&self) -> &str {
        &self.date
    }

    fn is_of_year(&self, other: &Self) -> bool {
        self.year == other.year
    }
}

/// The moment for machines: whole seconds, in UTC.
pub(crate) fn iso(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second())
        .unwrap_or(time)
        .to_string()
}

/// A name that leads to a page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) href: Markup,
    /// Whether it leads to the page itself.
    pub(crate) current: bool,
}

impl Entry {
    pub(crate) fn new(name: &str, path: &str) -> Self {
        Self {
            name: name.to_owned(),
            href: Markup::url(path),
            current: false,
        }
    }

    pub(crate) fn topic(name: &str) -> Self {
        Self::new(name, &topic_path(&topic_id(name)))
    }

    pub(crate) fn author(name: &str) -> Self {
        Self::new(name, &author_path(&topic_id(name)))
    }
}

/// The path of the page of a topic by its id.
pub(crate) fn topic_path(id: &str) -> String {
    format!("/topics/{}", percent(id))
}

/// The path of the page of an author by their id.
pub(crate) fn author_path(id: &str) -> String {
    format!("/authors/{}", percent(id))
}

/// A language to be named.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Tongue {
    pub(crate) tag: String,
    pub(crate) dir: &'static str,
    pub(crate) name: String,
}

impl Tongue {
    pub(crate) fn new(publication: &Publication, language: &Locale) -> Self {
        Self {
            tag: language.to_string(),
            dir: language.direction().as_str(),
            name: tongue::name(publication, language),
        }
    }
}

/// A story outside of its own page. It never holds any of the body.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Card {
    href: Markup,
    pub(crate) title: String,
    standfirst: String,
    label: Entry,
    byline: Vec<Entry>,
    published: Clock,
    minutes: usize,
    picture: Option<Image>,
    /// For subscribers only.
    exclusive: bool,
    /// Who commissioned it, as it stands within a sentence.
    sponsor: Option<String>,
    opinion: bool,
    /// Whether it appeared today.
    today: bool,
    /// Whether it appeared in a year that isn't this one, which is said then.
    other_year: bool,
    /// Its `lang` and `dir`, where it isn't in the language of the furniture.
    own: Markup,
    /// What its language calls itself, where that isn't the paper's.
    language: Option<Tongue>,
    /// What was searched for in it, on pages of results.
    pub(crate) found: Option<Found>,
}

impl Card {
    /// Within furniture that speaks `locale`.
    pub(crate) fn of(
        publication: &Publication,
        locale: &Locale,
        story: &Story,
        now: Timestamp,
    ) -> Self {
        let (catalogue, zone) = (&publication.catalogue, &publication.settings.zone);
        let language = catalogue.language_of(story);
        let (published, today) = (Clock::of(story.published, zone), Clock::of(now, zone));
        Self {
            href: Markup::url(&story.path()),
            title: story.title.clone(),
            standfirst: story.standfirst.clone(),
            label: Entry::topic(&story.label),
            byline: story
                .byline
                .iter()
                .map(|name| Entry::author(name))
                .collect(),
            minutes: story.minutes,
            picture: story
                .picture
                .as_ref()
                .and_then(|picture| Image::of(catalogue, picture)),
            exclusive: story.tier == access::Tier::Locked,
            sponsor: story
                .sponsor
                .as_ref()
                .map(|by| sponsor(publication, locale, language, by)),
            opinion: is_opinion(catalogue, story),
            today: published.date() == today.date(),
            other_year: !published.is_of_year(&today),
            published,
            own: tongue::own(publication, locale, language),
            language: (*language != catalogue.language).then(|| Tongue::new(publication, language)),
            found: None,
        }
    }
}

/// The cards of some stories, on a page in the publication's own language.
pub(crate) fn cards<'a>(
    publication: &Publication,
    stories: impl IntoIterator<Item = &'a Story>,
    now: Timestamp,
) -> Vec<Card> {
    cards_in(publication, &publication.settings.locale, stories, now)
}

/// The cards of some stories, on a page that speaks `locale`.
pub(crate) fn cards_in<'a>(
    publication: &Publication,
    locale: &Locale,
    stories: impl IntoIterator<Item = &'a Story>,
    now: Timestamp,
) -> Vec<Card> {
    stories
        .into_iter()
        .map(|story| Card::of(publication, locale, story, now))
        .collect()
}

/// The sponsor's name within a sentence of furniture that speaks `locale`. Its
/// article is of the story's `language`, and left out of a sentence of another.
pub(crate) fn sponsor(
    publication: &Publication,
    locale: &Locale,
    language: &Locale,
    by: &Commission,
) -> String {
    if tongue::is_same(publication, locale, language) {
        by.in_a_sentence()
    } else {
        by.name.to_string()
    }
}

/// Whether a story is argued rather than reported.
pub(crate) fn is_opinion(catalogue: &Catalogue, story: &Story) -> bool {
    catalogue
        .section(story.section.as_str())
        .is_some_and(|section| section.is_opinion)
}
