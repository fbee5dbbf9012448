//! Which path leads to which page.
//!
//! Every page has one address. Other ways to write it lead there with a
//! redirect, or nowhere.

use std::io;
use std::sync::Arc;

use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use pictures::{Form, Order};

use crate::content::{Catalogue, Gone, Listing, Page, PictureFile, PrintName, Series, Slug, Story};
use crate::desk::{Desk, answer, elsewhere, failed, redirect};
use crate::feeds::{FeedPlace, Format, Scope};
use crate::publication::{Kind, Publication, Response};
use crate::sitemaps::{Index, Map, News, Sitemap};
use crate::view::{Stretch, corrections_path, parts_of, percent, series_path};

/// The longest path that is looked at, in bytes. The longest that exists is a
/// topic of a few dozen characters, percent-encoded.
const MAX_PATH: usize = 2048;

/// How much of a query is looked at, in bytes: every character of the longest
/// search percent-encoded, with room for other parameters.
const MAX_QUERY: usize = 4096;

/// Where suggestions come from.
const SUGGEST: &str = "/search/suggest";

/// Whether the answer to a path has to be searched for.
pub(crate) fn is_search(path: &str) -> bool {
    path == "/search" || path == SUGGEST
}

/// What a path leads to.
enum Place<'a> {
    Front,
    Section(&'a crate::content::Section),
    Topic(&'a str, &'a Listing),
    Author(&'a str, &'a Listing),
    Series(&'a Series),
    Story(&'a Story),
    /// A story that was withdrawn.
    Gone(Slug, &'a Gone),
    Page(&'a Page),
    Archive(Stretch),
    /// Those of a year, or of the latest that has some.
    Corrections(Option<i16>),
    Search,
    Suggest,
    Feeds,
    Feed(FeedPlace<'a>),
    Map(Map),
    Robots,
    Picture(&'a str, &'a PictureFile),
    Print(Print<'a>),
    Asset(&'a crate::assets::Asset),
}

/// A print, and what it is made of.
struct Print<'a> {
    /// The name of the picture's file.
    name: &'a str,
    file: &'a PictureFile,
    width: u32,
    form: Form,
}

impl Place<'_> {
    /// The one address of the place.
    fn path(&self) -> String {
        match self {
            Self::Front => "/".to_owned(),
            Self::Section(section) => format!("/sections/{}", section.id),
            Self::Topic(id, _) => format!("/topics/{}", percent(id)),
            Self::Author(id, _) => format!("/authors/{}", percent(id)),
            Self::Series(series) => series_path(series),
            Self::Story(story) => story.path(),
            Self::Gone(slug, _) => format!("/stories/{slug}"),
            Self::Archive(stretch) => stretch.path(),
            Self::Corrections(None) => "/corrections".to_owned(),
            Self::Corrections(Some(year)) => corrections_path(*year),
            Self::Page(page) => format!("/pages/{}", page.slug),
            Self::Search => "/search".to_owned(),
            Self::Suggest => SUGGEST.to_owned(),
            Self::Feeds => "/feeds".to_owned(),
            Self::Feed(place) => place.path(),
            Self::Map(map) => map.path(),
            Self::Robots => "/robots.txt".to_owned(),
            Self::Picture(name, _) => format!("/pictures/{name}"),
            Self::Print(print) => print.file.print(print.name, print.width, print.form),
            Self::Asset(asset) => asset.path.clone(),
        }
    }
}

/// The answer to a request.
pub(crate) fn respond(
    publication: &Publication,
    path: &str,
    query: Option<&str>,
    now: Timestamp,
) -> Response {
    let desk = Desk::new(publication, now);
    let query = query.unwrap_or_default();
    let query = query.get(..MAX_QUERY.min(query.len())).unwrap_or_default();
    let decoded = decode(path);
    let place = decoded
        .as_deref()
        .and_then(|path| find(publication, path, now));
    let Some(place) = place else {
        let moved = decoded
            .as_deref()
            .and_then(|path| publication.catalogue.redirects.find(path));
        // A story that isn't out yet isn't told of by where it will be.
        return match moved.and_then(|to| find(publication, to, now)) {
            Some(place) => redirect(&place.path(), query),
            None => desk.missing(),
        };
    };
    let canonical = place.path();
    if canonical != path {
        if let Place::Print(_) = place {
            // The picture has another address when it is changed again.
            return elsewhere(&canonical);
        }
        return redirect(&canonical, query);
    }
    match place {
        Place::Front => desk.front(),
        Place::Story(story) => desk.story(story),
        Place::Page(page) => desk.page(page),
        Place::Search => desk.search(query),
        Place::Suggest => desk.suggest(query),
        Place::Section(section) => desk.section(&canonical, query, section),
        Place::Topic(id, listing) => desk.topic(&canonical, query, id, listing),
        Place::Author(id, listing) => desk.author(&canonical, query, id, listing),
        Place::Series(series) => desk.series(series),
        Place::Gone(_, gone) => desk.gone(gone),
        Place::Archive(stretch) => desk.archive(stretch, query),
        Place::Corrections(year) => desk.corrections(year),
        Place::Feeds => desk.feeds(),
        Place::Feed(place) => desk.feed(place, query),
        Place::Map(map) => map_of(publication, &desk, map, now),
        Place::Robots => desk.machine("robots.txt", "text/plain; charset=utf-8", ()),
        Place::Picture(_, file) => match file.bare() {
            Ok(bare) => answer(200, file.content_type, bare, Kind::Picture),
            // It was taken away or exchanged, and that wasn't taken up, or not yet.
            Err(error) if error.kind() == io::ErrorKind::NotFound => desk.missing(),
            Err(error) => failed(&error),
        },
        Place::Print(print) => match order(&print).and_then(|order| order.make().ok()) {
            Some(made) => answer(200, print.form.kind().media_type(), made, Kind::Print),
            None => elsewhere(&Place::Picture(print.name, print.file).path()),
        },
        Place::Asset(asset) => answer(200, asset.content_type, asset.bytes.clone(), Kind::Asset),
    }
}

/// A map of the site.
fn map_of(publication: &Publication, desk: &Desk<'_>, map: Map, now: Timestamp) -> Response {
    const XML: &str = "application/xml; charset=utf-8";
    match map {
        Map::Index => desk.machine("sitemap-index.xml", XML, Index::of(publication, now)),
        Map::News => desk.machine("sitemap-news.xml", XML, News::of(publication, now)),
        Map::Pages => desk.machine("sitemap.xml", XML, Sitemap::pages(publication, now)),
        Map::Month(first, part) => match Sitemap::month(publication, (first, part), now) {
            Some(map) => desk.machine("sitemap.xml", XML, map),
            None => desk.missing(),
        },
    }
}

/// The feed that has exactly this address.
pub(crate) fn feed<'a>(
    publication: &'a Publication,
    path: &str,
    now: Timestamp,
) -> Option<FeedPlace<'a>> {
    let decoded = decode(path)?;
    let feed = FeedPlace::find(&publication.catalogue, decoded.strip_prefix('/')?, now)?;
    (feed.path() == path).then_some(feed)
}

/// The print that a path is the address of. One that was asked for by another
/// address of its picture isn't.
pub(crate) fn print(publication: &Publication, path: &str, now: Timestamp) -> Option<Order> {
    let name = PrintName::parse(path.strip_prefix("/pictures/")?)?;
    let place = printed(&publication.catalogue, &name, now)?;
    match &place {
        Place::Print(print) if place.path() == path => order(print),
        _ => None,
    }
}

/// Where a print is in its picture's place; `None` for one that isn't made, or not yet.
fn printed<'a>(
    catalogue: &'a Catalogue,
    print: &PrintName<'_>,
    now: Timestamp,
) -> Option<Place<'a>> {
    let (name, file) = catalogue.printed(print)?;
    let is_made = file.matter?.offers(print.width, print.form) && !catalogue.is_veiled(name, now);
    is_made.then_some(Place::Print(Print {
        name,
        file,
        width: print.width,
        form: print.form,
    }))
}

fn order(print: &Print<'_>) -> Option<Order> {
    Some(Order {
        negative: print.file.negative(print.name)?,
        width: print.width,
        form: print.form,
    })
}

/// The path as text; `None` for what can't be the address of anything. An
/// encoded slash is not a slash, and dots lead nowhere: names are looked up,
/// never joined to a folder.
pub(crate) fn decode(path: &str) -> Option<String> {
    if path.len() > MAX_PATH || !path.starts_with('/') {
        return None;
    }
    let folded = path.to_ascii_lowercase();
    if folded.contains("%2f") || folded.contains("%5c") || folded.contains("%00") {
        return None;
    }
    let decoded = percent_decode_str(path).decode_utf8().ok()?;
    let is_clean = !decoded.chars().any(|c| c.is_control() || c == '\\');
    is_clean.then(|| decoded.into_owned())
}

fn find<'a>(publication: &'a Publication, path: &str, now: Timestamp) -> Option<Place<'a>> {
    let catalogue = &publication.catalogue;
    if let Some(asset) = publication.assets.find(path) {
        return Some(Place::Asset(asset));
    }
    let path = path.strip_prefix('/')?;
    // A final slash is forgiven, and redirected by the caller.
    let path = path
        .strip_suffix('/')
        .filter(|path| !path.is_empty())
        .unwrap_or(path);
    // A page of the publisher's own goes before another name for a feed.
    if !catalogue.pages.contains_key(path)
        && let Some(feed) = FeedPlace::find(catalogue, path, now)
    {
        return Some(Place::Feed(feed));
    }
    if let Some(map) = Map::find(catalogue, path, now) {
        return Some(Place::Map(map));
    }
    let Some((shelf, name)) = path.split_once('/') else {
        return Some(match path {
            "" => Place::Front,
            "search" => Place::Search,
            "archive" => Place::Archive(Stretch::All),
            "corrections" => Place::Corrections(None),
            "feeds" => Place::Feeds,
            "robots.txt" => Place::Robots,
            // Where browsers look for it on pages that don't say.
            "favicon.ico" => Place::Asset(&publication.assets.icon),
            // A short address, as it is printed on paper.
            short => Place::Page(catalogue.pages.get(short)?),
        });
    };
    let is_out = |listing: &Listing| listing.stories.out(now).len() > 0;
    match shelf {
        "search" => (name == "suggest").then_some(Place::Suggest),
        "stories" => catalogue.story(name, now).map(Place::Story).or_else(|| {
            let gone = catalogue.gone(name, now)?;
            Some(Place::Gone(Slug::parse(name)?, gone))
        }),
        "archive" => Stretch::parse(name).map(Place::Archive),
        "corrections" => match Stretch::parse(name)? {
            Stretch::Year(year) => Some(Place::Corrections(Some(year))),
            _ => None,
        },
        "series" => {
            let series = catalogue.paper.series(name)?;
            let mut parts = parts_of(catalogue, &series.id, now);
            parts.next().map(|_| Place::Series(series))
        }
        "pages" => catalogue.pages.get(name).map(Place::Page),
        "sections" => catalogue.section(name).map(Place::Section),
        "topics" => {
            let (id, listing) = catalogue.stories.topics.get_key_value(name)?;
            is_out(listing).then_some(Place::Topic(id, listing))
        }
        "authors" => {
            let (id, listing) = catalogue.stories.authors.get_key_value(name)?;
            is_out(listing).then_some(Place::Author(id, listing))
        }
        "pictures" => {
            if let Some((name, file)) = catalogue.pictures.get_key_value(name) {
                let is_there = !catalogue.is_veiled(name, now);
                return is_there.then_some(Place::Picture(name, file));
            }
            printed(catalogue, &PrintName::parse(name)?, now)
        }
        _ => None,
    }
}

/// Whether a path is one of those that the publication answers by itself, whatever its
/// content. An old address that is one can't lead elsewhere.
pub fn is_own_address(path: &str) -> bool {
    let path = path.trim_matches('/');
    let first = path.split('/').next().unwrap_or_default();
    let is_shelf = matches!(
        first,
        "stories"
            | "pages"
            | "sections"
            | "series"
            | "topics"
            | "authors"
            | "archive"
            | "corrections"
            | "feeds"
            | "pictures"
            | "assets"
            | "-"
    );
    let is_fixed = matches!(
        path,
        "" | "search" | "feed.xml" | "sitemap.xml" | "robots.txt" | "favicon.ico"
    );
    is_shelf || is_fixed
}

/// The path of every page at `now`.
pub(crate) fn all(publication: &Publication, now: Timestamp) -> Vec<String> {
    let catalogue = &publication.catalogue;
    let is_out = |(_, listing): &(_, &Arc<Listing>)| listing.stories.out(now).len() > 0;
    let topics = catalogue.stories.topics.iter().filter(is_out);
    let authors = catalogue.stories.authors.iter().filter(is_out);
    let assets = &publication.assets;
    let series = catalogue.paper.series.iter();
    let series = series.filter(|series| parts_of(catalogue, &series.id, now).next().is_some());
    let places = [
        Place::Front,
        Place::Search,
        Place::Archive(Stretch::All),
        Place::Corrections(None),
        Place::Feeds,
        Place::Robots,
    ];
    let feeds = Scope::main(catalogue)
        .chain(
            topics
                .clone()
                .map(|(id, listing)| Scope::Topic(id, listing)),
        )
        .chain(
            authors
                .clone()
                .map(|(id, listing)| Scope::Author(id, listing)),
        )
        .flat_map(|scope| Format::ALL.map(|format| FeedPlace { scope, format }));
    // Where there is no app nothing leads to its script.
    let has_app = publication.settings.app.is_some();
    let linked = assets.all().into_iter();
    let linked = linked.filter(|asset| has_app || asset.path != assets.app.path);
    (places.into_iter())
        .chain(feeds.map(Place::Feed))
        .chain(Map::all(catalogue, now).into_iter().map(Place::Map))
        .chain(catalogue.paper.sections.iter().map(Place::Section))
        .chain(topics.map(|(id, listing)| Place::Topic(id, listing)))
        .chain(authors.map(|(id, listing)| Place::Author(id, listing)))
        .chain(series.map(Place::Series))
        .chain(catalogue.out(now).map(Place::Story))
        .chain(catalogue.pages.values().map(Place::Page))
        .chain(
            (catalogue.pictures.iter())
                .filter(|(name, _)| !catalogue.is_veiled(name, now))
                .map(|(name, file)| Place::Picture(name, file)),
        )
        .chain(linked.map(Place::Asset))
        .map(|place| place.path())
        .collect()
}
