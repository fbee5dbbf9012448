//! Which path leads to which page.
//!
//! Every page has one address. Other ways to write it lead there with a
//! redirect, or nowhere.

use bytes::Bytes;
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde::Serialize;

use crate::content::{Catalogue, Listing, Page, Slug, Story};
use crate::publication::{Kind, Publication, Response};
use crate::search::{self, Query};
use crate::view::{
    FeedPage, FrontPage, Furniture, Head, ListPage, Machine, MissingPage, PlainPage, SearchPage,
    Sitemap, SitemapPlace, StoryPage, Turn, View, cards, last_change, percent,
};

/// The longest path that is looked at, in bytes. The longest that exists is a
/// topic of a few dozen characters, percent-encoded.
const MAX_PATH: usize = 2048;

/// How much of a query is looked at, in bytes: every character of the longest
/// search percent-encoded, with room for other parameters.
const MAX_QUERY: usize = 4096;

const HTML: &str = "text/html; charset=utf-8";

/// What a path leads to.
enum Place<'a> {
    Front,
    Section(&'a crate::content::Section),
    Topic(&'a str, &'a Listing),
    Author(&'a str, &'a Listing),
    Story(&'a Story),
    Page(&'a Page),
    Search,
    Feed,
    Sitemap,
    Robots,
    Picture(&'a str, &'a crate::content::PictureFile),
    Asset(&'a crate::assets::Asset),
}

impl Place<'_> {
    /// The one address of the place.
    fn path(&self) -> String {
        match self {
            Self::Front => "/".to_owned(),
            Self::Section(section) => format!("/sections/{}", section.id),
            Self::Topic(id, _) => format!("/topics/{}", percent(id)),
            Self::Author(id, _) => format!("/authors/{}", percent(id)),
            Self::Story(story) => story.path(),
            Self::Page(page) => format!("/pages/{}", page.slug),
            Self::Search => "/search".to_owned(),
            Self::Feed => "/feed.xml".to_owned(),
            Self::Sitemap => "/sitemap.xml".to_owned(),
            Self::Robots => "/robots.txt".to_owned(),
            Self::Picture(name, _) => format!("/pictures/{name}"),
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
    let desk = Desk { publication, now };
    let query = query.unwrap_or_default();
    let query = query.get(..MAX_QUERY.min(query.len())).unwrap_or_default();
    let place = decode(path).and_then(|decoded| find(publication, &decoded, now));
    let Some(place) = place else {
        return desk.missing();
    };
    let canonical = place.path();
    if canonical != path {
        return redirect(&canonical, query);
    }
    match place {
        Place::Front => desk.front(),
        Place::Story(story) => desk.story(story),
        Place::Page(page) => desk.page(page),
        Place::Search => desk.search(query),
        Place::Section(section) => {
            let stories = publication.catalogue.out(now);
            let stories = stories
                .filter(|story| story.section == section.id)
                .collect();
            let list = List {
                of: "section",
                name: &section.name,
                standfirst: section.standfirst.as_deref(),
                section: Some(section),
                stories,
            };
            desk.list(&canonical, query, &list)
        }
        Place::Topic(_, listing) => desk.listing("topic", &canonical, query, listing),
        Place::Author(_, listing) => desk.listing("author", &canonical, query, listing),
        Place::Feed => {
            let page = FeedPage::of(publication, now);
            desk.machine("feed.xml", "application/atom+xml; charset=utf-8", page)
        }
        Place::Sitemap => {
            let page = sitemap(publication, now);
            desk.machine("sitemap.xml", "application/xml; charset=utf-8", page)
        }
        Place::Robots => desk.machine("robots.txt", "text/plain; charset=utf-8", ()),
        Place::Picture(_, file) => {
            answer(200, file.content_type, file.bytes.clone(), Kind::Picture)
        }
        Place::Asset(asset) => answer(200, asset.content_type, asset.bytes.clone(), Kind::Asset),
    }
}

/// The path as text; `None` for what can't be the address of anything. An
/// encoded slash is not a slash, and dots lead nowhere: names are looked up,
/// never joined to a folder.
fn decode(path: &str) -> Option<String> {
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
    let Some((shelf, name)) = path.split_once('/') else {
        return Some(match path {
            "" => Place::Front,
            "search" => Place::Search,
            "feed.xml" => Place::Feed,
            "sitemap.xml" => Place::Sitemap,
            "robots.txt" => Place::Robots,
            // A short address, as it is printed on paper.
            short => Place::Page(catalogue.pages.get(short)?),
        });
    };
    let is_out = |listing: &Listing| catalogue.listed(listing, now).next().is_some();
    match shelf {
        "stories" => catalogue.story(name, now).map(Place::Story),
        "pages" => catalogue.pages.get(name).map(Place::Page),
        "sections" => catalogue.section(name).map(Place::Section),
        "topics" => {
            let (id, listing) = catalogue.topics.get_key_value(name)?;
            is_out(listing).then_some(Place::Topic(id, listing))
        }
        "authors" => {
            let (id, listing) = catalogue.authors.get_key_value(name)?;
            is_out(listing).then_some(Place::Author(id, listing))
        }
        "pictures" => {
            let (name, file) = catalogue.pictures.get_key_value(name)?;
            Some(Place::Picture(name, file))
        }
        _ => None,
    }
}

/// The path of every page at `now`.
pub(crate) fn all(publication: &Publication, now: Timestamp) -> Vec<String> {
    let catalogue = &publication.catalogue;
    let is_out = |listing: &Listing| catalogue.listed(listing, now).next().is_some();
    let topics = catalogue
        .topics
        .iter()
        .filter(|(_, listing)| is_out(listing));
    let authors = catalogue
        .authors
        .iter()
        .filter(|(_, listing)| is_out(listing));
    let assets = &publication.assets;
    let places = [
        Place::Front,
        Place::Search,
        Place::Feed,
        Place::Sitemap,
        Place::Robots,
    ];
    (places.into_iter())
        .chain(catalogue.paper.sections.iter().map(Place::Section))
        .chain(topics.map(|(id, listing)| Place::Topic(id, listing)))
        .chain(authors.map(|(id, listing)| Place::Author(id, listing)))
        .chain(catalogue.out(now).map(Place::Story))
        .chain(catalogue.pages.values().map(Place::Page))
        .chain(
            catalogue
                .pictures
                .iter()
                .map(|(name, file)| Place::Picture(name, file)),
        )
        .chain([&assets.style, &assets.script, &assets.icon].map(Place::Asset))
        .map(|place| place.path())
        .collect()
}

/// Every page worth finding. Topics and authors are found from stories.
fn sitemap(publication: &Publication, now: Timestamp) -> Sitemap {
    let catalogue: &Catalogue = &publication.catalogue;
    let newest = catalogue
        .out(now)
        .map(|story| last_change(story, now))
        .max();
    let mut places = vec![SitemapPlace::new(publication, "/", newest)];
    places.extend(
        catalogue
            .paper
            .sections
            .iter()
            .map(|section| SitemapPlace::new(publication, &Place::Section(section).path(), None)),
    );
    places.extend(
        catalogue
            .pages
            .values()
            .map(|page| SitemapPlace::new(publication, &Place::Page(page).path(), None)),
    );
    places.extend(
        catalogue.out(now).map(|story| {
            SitemapPlace::new(publication, &story.path(), Some(last_change(story, now)))
        }),
    );
    Sitemap { places }
}

fn answer(status: u16, content_type: &'static str, body: Bytes, kind: Kind) -> Response {
    Response {
        status,
        content_type,
        body,
        redirect: None,
        kind,
    }
}

/// To the canonical address, with the query as far as it is plain.
fn redirect(canonical: &str, query: &str) -> Response {
    let is_plain = query.bytes().all(|byte| byte.is_ascii_graphic());
    let to = if query.is_empty() || !is_plain {
        canonical.to_owned()
    } else {
        format!("{canonical}?{query}")
    };
    let body = Bytes::from(format!("Moved to {to}\n"));
    Response {
        redirect: Some(to),
        ..answer(301, "text/plain; charset=utf-8", body, Kind::Redirect)
    }
}

/// The value of a parameter, decoded as forms encode it.
fn parameter(query: &str, name: &str) -> Option<String> {
    let value = query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key == name).then_some(value)
    })?;
    let value = value.replace('+', " ");
    Some(percent_decode_str(&value).decode_utf8_lossy().into_owned())
}

/// A list to be shown.
struct List<'a> {
    of: &'static str,
    name: &'a str,
    standfirst: Option<&'a str>,
    section: Option<&'a crate::content::Section>,
    stories: Vec<&'a Story>,
}

/// Where pages are made.
struct Desk<'a> {
    publication: &'a Publication,
    now: Timestamp,
}

impl Desk<'_> {
    fn front(&self) -> Response {
        let paper = &self.publication.catalogue.paper;
        let description = paper.tagline.as_deref().unwrap_or(&paper.name);
        let mut head = Head::new(self.publication, &paper.name, description, "/");
        head.title = None;
        let page = FrontPage::of(self.publication, self.now);
        self.html("front.html", 200, Kind::Front, head, None, page)
    }

    fn story(&self, story: &Story) -> Response {
        let head = Head::new(
            self.publication,
            &story.title,
            &story.standfirst,
            &story.path(),
        );
        let page = StoryPage::of(self.publication, story, self.now);
        self.html(
            "story.html",
            200,
            Kind::Story,
            head,
            Some(&story.section),
            page,
        )
    }

    fn page(&self, page: &Page) -> Response {
        let path = format!("/pages/{}", page.slug);
        let head = Head::new(self.publication, &page.title, &page.description, &path);
        let page = PlainPage::of(self.publication, page);
        self.html("page.html", 200, Kind::Page, head, None, page)
    }

    fn listing(&self, of: &'static str, path: &str, query: &str, listing: &Listing) -> Response {
        let stories = self
            .publication
            .catalogue
            .listed(listing, self.now)
            .collect();
        let list = List {
            of,
            name: &listing.name,
            standfirst: None,
            section: None,
            stories,
        };
        self.list(path, query, &list)
    }

    fn list(&self, path: &str, query: &str, list: &List<'_>) -> Response {
        let page = match parameter(query, "page").map(|page| page.parse::<usize>()) {
            None => 1,
            Some(Ok(1) | Err(_)) => return redirect(path, ""),
            Some(Ok(page)) => page,
        };
        let Some(turn) = Turn::of(path, page, list.stories.len()) else {
            return self.missing();
        };
        let own_path = if page == 1 {
            path.to_owned()
        } else {
            format!("{path}?page={page}")
        };
        let description = list.standfirst.unwrap_or(list.name);
        let head = Head::new(self.publication, list.name, description, &own_path);
        let page = ListPage {
            of: list.of,
            name: list.name.to_owned(),
            standfirst: list.standfirst.map(str::to_owned),
            opinion: list.section.is_some_and(|section| section.is_opinion),
            count: list.stories.len(),
            stories: cards(self.publication, turn.cut(&list.stories), self.now),
            turn,
        };
        let current = list.section.map(|section| &section.id);
        self.html("list.html", 200, Kind::Listing, head, current, page)
    }

    fn search(&self, query: &str) -> Response {
        let query = Query::parse(&parameter(query, "q").unwrap_or_default());
        let found = search::search(&self.publication.catalogue, &query, self.now);
        let mut head = Head::new(self.publication, &query.text, "", "/search");
        head.noindex = true;
        let page = SearchPage::of(self.publication, &query, &found, self.now);
        self.html("search.html", 200, Kind::Search, head, None, page)
    }

    fn missing(&self) -> Response {
        let mut head = Head::new(self.publication, "", "", "/");
        head.noindex = true;
        let page = MissingPage::of(self.publication, self.now);
        self.html("missing.html", 404, Kind::Missing, head, None, page)
    }

    fn html<P: Serialize>(
        &self,
        template: &str,
        status: u16,
        kind: Kind,
        head: Head,
        current: Option<&Slug>,
        page: P,
    ) -> Response {
        let paper = Furniture::of(self.publication, current, self.now);
        let view = View { paper, head, page };
        self.render(template, status, HTML, kind, &view)
    }

    fn machine<P: Serialize>(
        &self,
        template: &str,
        content_type: &'static str,
        page: P,
    ) -> Response {
        let view = Machine::new(self.publication, page, self.now);
        self.render(template, 200, content_type, Kind::Machine, &view)
    }

    /// A template that fails says so in plain text: readers can't mend it, and
    /// half a page would look like a whole one.
    fn render<C: Serialize>(
        &self,
        template: &str,
        status: u16,
        content_type: &'static str,
        kind: Kind,
        context: &C,
    ) -> Response {
        let (theme, locale) = (&self.publication.theme, &self.publication.settings.locale);
        match theme.render(&format!("publication/{template}"), locale, context) {
            Ok(page) => answer(status, content_type, Bytes::from(page), kind),
            Err(error) => {
                let body = Bytes::from(format!("This page can't be shown.\n\n{error}\n"));
                answer(500, "text/plain; charset=utf-8", body, Kind::Failed)
            }
        }
    }
}
