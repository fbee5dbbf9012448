//! Maps of the site for search engines: an index, a map of the pages, one for every
//! month of stories, and one of the news of two days.
//!
//! Months are those of UTC in which stories appeared, so that a story stays in its
//! map, and a map of an old month changes only when one of its stories does.
//! What isn't out is in none of them, and of no story is there more than its
//! headline.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use crate::content::{Catalogue, Stories, Story};
use crate::feeds::{Xml, plain};
use crate::publication::Publication;
use crate::view::{family, iso, last_change, parts_of, series_path};

/// Addresses in one map: a fifth of what the protocol allows, some 2 MB.
const PER_MAP: usize = 10_000;

/// How long news is news to Google.
const NEWS: SignedDuration = SignedDuration::from_hours(48);

/// The most that a map of news may hold.
const MOST_NEWS: usize = 1_000;

/// Which map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Map {
    Index,
    Pages,
    News,
    /// A month by its first day, and which part of it, from 1.
    Month(Date, usize),
}

impl Map {
    /// The map at the decoded `path`, without its first slash.
    pub(crate) fn find(catalogue: &Catalogue, path: &str, now: Timestamp) -> Option<Self> {
        if path == "sitemap.xml" {
            return Some(Self::Index);
        }
        let name = path.strip_prefix("sitemaps/")?.strip_suffix(".xml")?;
        match name {
            "pages" => Some(Self::Pages),
            "news" => Some(Self::News),
            name => months(catalogue, now)
                .iter()
                .map(Month::map)
                .find(|map| map.name() == name),
        }
    }

    fn name(self) -> String {
        match self {
            Self::Index => "sitemap".to_owned(),
            Self::Pages => "pages".to_owned(),
            Self::News => "news".to_owned(),
            Self::Month(first, 1) => first.strftime("%Y-%m").to_string(),
            Self::Month(first, part) => format!("{}-{part}", first.strftime("%Y-%m")),
        }
    }

    /// Its one address, below the publication's.
    pub(crate) fn path(self) -> String {
        match self {
            Self::Index => "/sitemap.xml".to_owned(),
            map => format!("/sitemaps/{}.xml", map.name()),
        }
    }

    /// All there are.
    pub(crate) fn all(catalogue: &Catalogue, now: Timestamp) -> Vec<Self> {
        let months = months(catalogue, now);
        let months = months.iter().map(Month::map);
        [Self::Index, Self::Pages, Self::News]
            .into_iter()
            .chain(months)
            .collect()
    }
}

/// The stories of a month, or a part of them.
struct Month<'a> {
    first: Date,
    part: usize,
    stories: Stories<'a>,
}

impl Month<'_> {
    fn map(&self) -> Map {
        Map::Month(self.first, self.part)
    }
}

/// Every month in which a story appeared, the latest first. Parts are counted from
/// the oldest story on: a new one makes a new part, and the others stay as they are.
fn months(catalogue: &Catalogue, now: Timestamp) -> Vec<Month<'_>> {
    let mut months = Vec::new();
    let mut rest = catalogue.out(now);
    while let Some(latest) = rest.peek() {
        let (first, begins) = month_of(latest.published);
        let stories = rest.between(begins, Timestamp::MAX);
        let (count, all) = (stories.len(), rest.len());
        if count == 0 {
            break;
        }
        rest = rest.cut(count..all);
        for part in (1..=count.div_ceil(PER_MAP)).rev() {
            let to = count - (part - 1) * PER_MAP;
            months.push(Month {
                first,
                part,
                stories: stories.cut(to.saturating_sub(PER_MAP)..to),
            });
        }
    }
    months
}

/// The first day of its month in UTC, and when that begins.
fn month_of(at: Timestamp) -> (Date, Timestamp) {
    let first = TimeZone::UTC.to_datetime(at).date().first_of_month();
    let begins = TimeZone::UTC.to_timestamp(first.at(0, 0, 0, 0));
    (first, begins.unwrap_or(at))
}

/// A map of addresses, as `sitemap.xml` is given it.
#[derive(Serialize)]
pub(crate) struct Sitemap {
    places: Vec<Place>,
}

/// A list of maps, as `sitemap-index.xml` is given it.
#[derive(Serialize)]
pub(crate) struct Index {
    maps: Vec<Place>,
}

/// The news, as `sitemap-news.xml` is given it.
#[derive(Serialize)]
pub(crate) struct News {
    paper: Xml,
    stories: Vec<NewsStory>,
}

/// An address, and when what is there last changed, where that is known.
#[derive(Serialize)]
struct Place {
    url: Xml,
    changed: Option<String>,
    image: Option<Xml>,
    /// The same story in every language that it is there in, itself included.
    alternates: Vec<Alternate>,
}

#[derive(Serialize)]
struct Alternate {
    language: String,
    url: Xml,
}

#[derive(Serialize)]
struct NewsStory {
    url: Xml,
    title: Xml,
    /// As ISO 639 has it.
    language: String,
    published: String,
    image: Option<Xml>,
}

impl Place {
    fn new(publication: &Publication, path: &str, changed: Option<Timestamp>) -> Self {
        Self {
            url: address(publication, path),
            changed: changed.map(iso),
            image: None,
            alternates: Vec::new(),
        }
    }
}

fn address(publication: &Publication, path: &str) -> Xml {
    Xml(format!("{}{path}", publication.settings.url))
}

fn image(publication: &Publication, story: &Story) -> Option<Xml> {
    let picture = story.picture.as_ref()?;
    let file = publication.catalogue.pictures.get(&picture.file)?;
    Some(address(publication, &file.usual(&picture.file)))
}

impl Index {
    pub(crate) fn of(publication: &Publication, now: Timestamp) -> Self {
        let catalogue = &publication.catalogue;
        let changed = newest(catalogue.out(now), now);
        let map = |map: Map, changed| Place::new(publication, &map.path(), changed);
        let months = months(catalogue, now);
        let months = months
            .iter()
            .map(|month| map(month.map(), newest(month.stories.clone(), now)));
        // A map without news is nothing to look at.
        let news = news(catalogue, now).next();
        let news = news.map(|_| map(Map::News, changed));
        Self {
            maps: [map(Map::Pages, changed)]
                .into_iter()
                .chain(news)
                .chain(months)
                .collect(),
        }
    }
}

impl Sitemap {
    /// Every page that isn't a story. Topics and authors are found from stories.
    pub(crate) fn pages(publication: &Publication, now: Timestamp) -> Self {
        let catalogue = &publication.catalogue;
        let front = Place::new(publication, "/", newest(catalogue.out(now), now));
        let sections = catalogue.paper.sections.iter().map(|section| {
            let stories = catalogue.stories.section(&section.id, now);
            let path = format!("/sections/{}", section.id);
            Place::new(publication, &path, newest(stories, now))
        });
        let pages = catalogue
            .pages
            .values()
            .map(|page| Place::new(publication, &format!("/pages/{}", page.slug), None));
        let series = catalogue.paper.series.iter().filter_map(|series| {
            let changed = newest(parts_of(catalogue, &series.id, now), now)?;
            Some(Place::new(publication, &series_path(series), Some(changed)))
        });
        let others = ["/archive", "/corrections", "/feeds"];
        let others = others.map(|path| Place::new(publication, path, None));
        Self {
            places: [front]
                .into_iter()
                .chain(sections)
                .chain(series)
                .chain(pages)
                .chain(others)
                .collect(),
        }
    }

    /// The stories of a month, or of a part of it; `None` where there is no such.
    pub(crate) fn month(
        publication: &Publication,
        (first, part): (Date, usize),
        now: Timestamp,
    ) -> Option<Self> {
        let catalogue = &publication.catalogue;
        let month = months(catalogue, now)
            .into_iter()
            .find(|month| (month.first, month.part) == (first, part))?;
        let place = |story: &Story| Place {
            image: image(publication, story),
            alternates: family(catalogue, story, now)
                .into_iter()
                .map(|other| Alternate {
                    language: catalogue.language_of(other).to_string(),
                    url: address(publication, &other.path()),
                })
                .collect(),
            ..Place::new(publication, &story.path(), Some(last_change(story, now)))
        };
        Some(Self {
            places: month.stories.map(place).collect(),
        })
    }
}

/// What appeared within two days. What was paid for is no news.
fn news(catalogue: &Catalogue, now: Timestamp) -> impl Iterator<Item = &Story> {
    let out = catalogue.stories.editorial.out(now);
    out.take_while(move |story| now.duration_since(story.published) <= NEWS)
        .take(MOST_NEWS)
}

impl News {
    pub(crate) fn of(publication: &Publication, now: Timestamp) -> Self {
        let catalogue = &publication.catalogue;
        let language = |story: &Story| {
            let tag = catalogue.language_of(story).to_string();
            tag.split('-').next().unwrap_or_default().to_owned()
        };
        let entry = |story: &Story| NewsStory {
            url: address(publication, &story.path()),
            title: Xml(plain(&story.title)),
            language: language(story),
            published: iso(story.published),
            image: image(publication, story),
        };
        Self {
            paper: Xml(plain(&catalogue.paper.name)),
            stories: news(catalogue, now).map(entry).collect(),
        }
    }
}

fn newest<'a>(stories: impl Iterator<Item = &'a Story>, now: Timestamp) -> Option<Timestamp> {
    stories.map(|story| last_change(story, now)).max()
}
