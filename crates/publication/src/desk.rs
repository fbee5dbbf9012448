//! Making the answer to a request once it is known what is asked for.

use bytes::Bytes;
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use prompts::Locale;
use serde::Serialize;

use crate::content::{Author, Gone, Listing, Page, Section, Series, Slug, Stories, Story};
use crate::feeds::{self, Document, FeedPlace, Format, Scope};
use crate::publication::{Kind, Publication, Response};
use crate::search::Asked;
use crate::view::{
    ArchivePage, CorrectionsPage, FeedLink, FeedsPage, FrontPage, Furniture, GonePage, Head,
    ListPage, Machine, Markup, MissingPage, Person, PlainPage, SearchPage, SeriesPage, StoryPage,
    Stretch, SuggestionList, Trail, Turn, View, alternates, around, author_data, cards,
    corrections_path, news_article, open_graph, parts_of, series_path, site_data,
};

const HTML: &str = "text/html; charset=utf-8";

/// A plain answer.
pub(crate) fn answer(status: u16, content_type: &'static str, body: Bytes, kind: Kind) -> Response {
    Response {
        status,
        content_type,
        body,
        redirect: None,
        kind,
    }
}

/// To the canonical address, with the query as far as it is plain.
pub(crate) fn redirect(canonical: &str, query: &str) -> Response {
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

/// To where something is just now.
pub(crate) fn elsewhere(to: &str) -> Response {
    Response {
        status: 302,
        ..redirect(to, "")
    }
}

/// The value of a parameter, decoded as forms encode it.
pub(crate) fn parameter(query: &str, name: &str) -> Option<String> {
    let value = query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key == name).then_some(value)
    })?;
    let value = value.replace('+', " ");
    Some(percent_decode_str(&value).decode_utf8_lossy().into_owned())
}

/// A list to be shown.
pub(crate) struct List<'a> {
    pub(crate) of: &'static str,
    pub(crate) name: &'a str,
    pub(crate) standfirst: Option<&'a str>,
    pub(crate) section: Option<&'a Section>,
    /// Who an author is, where the editor says.
    pub(crate) author: Option<&'a Author>,
    /// What its feeds are of.
    pub(crate) scope: Option<Scope<'a>>,
    /// What of it is out.
    pub(crate) stories: Stories<'a>,
}

impl<'a> List<'a> {
    pub(crate) fn new(of: &'static str, name: &'a str, stories: Stories<'a>) -> Self {
        Self {
            of,
            name,
            standfirst: None,
            section: None,
            author: None,
            scope: None,
            stories,
        }
    }
}

/// Where pages are made.
pub(crate) struct Desk<'a> {
    publication: &'a Publication,
    now: Timestamp,
    /// What the furniture speaks.
    locale: &'a Locale,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(publication: &'a Publication, now: Timestamp) -> Self {
        Self {
            publication,
            now,
            locale: &publication.settings.locale,
        }
    }

    pub(crate) fn front(&self) -> Response {
        let paper = &self.publication.catalogue.paper;
        let description = paper.tagline.as_deref().unwrap_or(&paper.name);
        let mut head = Head::new(self.publication, &paper.name, description, "/");
        head.title = None;
        head.data = vec![site_data(self.publication)];
        let page = FrontPage::of(self.publication, self.now);
        self.html("front.html", 200, Kind::Front, head, None, page)
    }

    pub(crate) fn story(&self, story: &'a Story) -> Response {
        let (publication, now) = (self.publication, self.now);
        let desk = Self {
            locale: around(publication, story),
            ..*self
        };
        let path = story.path();
        let mut head = Head::new(publication, &story.title, &story.standfirst, &path);
        head.alternates = alternates(publication, story, now);
        head.locale = open_graph(publication.catalogue.language_of(story));
        let mut trail = Trail::new(publication);
        if let Some(section) = publication.catalogue.section(story.section.as_str()) {
            let section_path = format!("/sections/{}", section.id);
            trail = trail.to(publication, &section.name, &section_path);
        }
        let trail = trail.to(publication, &story.title, &path);
        head.data = vec![news_article(publication, story, now), trail.data()];
        let body = match publication.catalogue.body(story) {
            Ok(body) => body,
            Err(error) => return failed(&error),
        };
        let page = StoryPage::of(publication, desk.locale, (story, &body), now);
        let section = Some(&story.section);
        desk.html("story.html", 200, Kind::Story, head, section, page)
    }

    /// That a story was withdrawn.
    pub(crate) fn gone(&self, gone: &Gone) -> Response {
        let mut head = Head::new(self.publication, "", "", "/");
        head.noindex = true;
        let page = GonePage::of(self.publication, gone, self.now);
        self.html("gone.html", 410, Kind::Gone, head, None, page)
    }

    pub(crate) fn page(&self, page: &Page) -> Response {
        let path = format!("/pages/{}", page.slug);
        let head = Head::new(self.publication, &page.title, &page.description, &path);
        let page = PlainPage::of(self.publication, page);
        self.html("page.html", 200, Kind::Page, head, None, page)
    }

    pub(crate) fn section(&self, path: &str, query: &str, section: &Section) -> Response {
        let stories = &self.publication.catalogue.stories;
        let list = List {
            standfirst: section.standfirst.as_deref(),
            section: Some(section),
            scope: Some(Scope::Section(section)),
            ..List::new(
                "section",
                &section.name,
                stories.section(&section.id, self.now),
            )
        };
        self.list(path, query, &list)
    }

    pub(crate) fn topic(&self, path: &str, query: &str, id: &str, listing: &Listing) -> Response {
        let list = List {
            scope: Some(Scope::Topic(id, listing)),
            ..List::new("topic", &listing.name, listing.stories.out(self.now))
        };
        self.list(path, query, &list)
    }

    pub(crate) fn author(&self, path: &str, query: &str, id: &str, listing: &Listing) -> Response {
        let catalogue = &self.publication.catalogue;
        let list = List {
            author: catalogue.paper.author(id),
            scope: Some(Scope::Author(id, listing)),
            ..List::new("author", &listing.name, listing.stories.out(self.now))
        };
        self.list(path, query, &list)
    }

    /// The parts of a series on one page, in their order: there are no more than
    /// can be planned.
    pub(crate) fn series(&self, series: &Series) -> Response {
        let (publication, now) = (self.publication, self.now);
        let stories: Vec<&Story> = parts_of(&publication.catalogue, &series.id, now).collect();
        let path = series_path(series);
        let standfirst = series.standfirst.as_deref();
        let description = standfirst.unwrap_or(&series.title);
        let mut head = Head::new(publication, &series.title, description, &path);
        head.data = vec![self.trail(&series.title, &path)];
        let page = SeriesPage::of(publication, series, &stories, now);
        self.html("series.html", 200, Kind::Listing, head, None, page)
    }

    fn list(&self, path: &str, query: &str, list: &List<'_>) -> Response {
        let page = match parameter(query, "page").map(|page| page.parse::<usize>()) {
            None => None,
            Some(Err(_)) => return redirect(path, ""),
            Some(Ok(page)) => Some(page),
        };
        let Some(mut turn) = Turn::of(path, page, list.stories.len()) else {
            return self.missing();
        };
        let own_path = match page {
            None => path.to_owned(),
            Some(page) => format!("{path}?page={page}"),
        };
        let description = list.standfirst.unwrap_or(list.name);
        let mut head = Head::new(self.publication, list.name, description, &own_path);
        head.data = vec![self.trail(list.name, path)];
        if list.of == "author" {
            head.data
                .push(author_data(self.publication, list.name, list.author));
        }
        let zone = &self.publication.settings.zone;
        let stories = turn.cut(&list.stories, zone);
        head.feeds = list
            .scope
            .map_or_else(Vec::new, |scope| FeedLink::of(self.publication, scope));
        let page = ListPage {
            of: list.of,
            name: list.name.to_owned(),
            standfirst: list.standfirst.map(str::to_owned),
            opinion: list.section.is_some_and(|section| section.is_opinion),
            count: list.stories.len(),
            stories: cards(self.publication, stories, self.now),
            turn,
            person: list
                .author
                .map(|author| Person::of(self.publication, author)),
        };
        let current = list.section.map(|section| &section.id);
        self.html("list.html", 200, Kind::Listing, head, current, page)
    }

    fn trail(&self, name: &str, path: &str) -> Markup {
        let trail = Trail::new(self.publication);
        trail.to(self.publication, name, path).data()
    }

    pub(crate) fn archive(&self, stretch: Stretch, query: &str) -> Response {
        let path = stretch.path();
        let page = match parameter(query, "page").map(|page| page.parse::<usize>()) {
            None => 1,
            Some(Ok(1) | Err(_)) => return redirect(&path, ""),
            Some(Ok(page)) => page,
        };
        let Some(made) = ArchivePage::of(self.publication, stretch, page, self.now) else {
            return self.missing();
        };
        let own_path = match page {
            1 => path,
            page => format!("{path}?page={page}"),
        };
        let mut head = Head::new(self.publication, "", "", &own_path);
        head.title = None;
        self.html("archive.html", 200, Kind::Listing, head, None, made)
    }

    /// The corrections of a year, or of the latest that has some.
    pub(crate) fn corrections(&self, year: Option<i16>) -> Response {
        let Some(made) = CorrectionsPage::of(self.publication, year, self.now) else {
            return self.missing();
        };
        let path = made
            .year
            .map_or_else(|| "/corrections".to_owned(), corrections_path);
        let mut head = Head::new(self.publication, "", "", &path);
        head.title = None;
        self.html("corrections.html", 200, Kind::Listing, head, None, made)
    }

    pub(crate) fn search(&self, query: &str) -> Response {
        let asked = Asked::parse(query);
        let found = if asked.is_something() {
            let finder = &self.publication.finder;
            finder.search(self.publication, &asked, self.now).map(Some)
        } else {
            Ok(None)
        };
        let (status, page) = match found {
            Ok(None) => (200, SearchPage::unasked(self.publication, &asked, self.now)),
            Ok(Some(answer)) => match SearchPage::of(self.publication, &asked, &answer, self.now) {
                Some(page) => (200, page),
                None => return self.missing(),
            },
            Err(error) => {
                tracing::error!(%error, "a search has no answer");
                (503, SearchPage::broken(self.publication, &asked, self.now))
            }
        };
        let mut head = Head::new(self.publication, asked.query.text(), "", "/search");
        head.noindex = true;
        self.html("search.html", status, Kind::Search, head, None, page)
    }

    /// What somebody may mean who is still typing. Where nobody knows, nothing.
    pub(crate) fn suggest(&self, query: &str) -> Response {
        let typed = parameter(query, "q").unwrap_or_default();
        let finder = &self.publication.finder;
        let suggestions = finder
            .suggest(self.publication, &typed, self.now)
            .inspect_err(|error| tracing::error!(%error, "nothing can be suggested"))
            .unwrap_or_default();
        let list = SuggestionList::of(self.publication, &suggestions, self.now);
        let body = Bytes::from(serde_json::to_vec(&list).unwrap_or_default());
        answer(200, "application/json", body, Kind::Suggestions)
    }

    pub(crate) fn missing(&self) -> Response {
        let mut head = Head::new(self.publication, "", "", "/");
        head.noindex = true;
        let page = MissingPage::of(self.publication, self.now);
        self.html("missing.html", 404, Kind::Missing, head, None, page)
    }

    /// The page that lists the feeds.
    pub(crate) fn feeds(&self) -> Response {
        let paper = &self.publication.catalogue.paper;
        let messages = self.publication.theme.messages();
        let title = messages.text(self.locale, "pub-feeds", &[]);
        let description = format!("{}: {title}", paper.name);
        let head = Head::new(self.publication, &title, &description, "/feeds");
        let page = FeedsPage::of(self.publication);
        self.html("feeds.html", 200, Kind::Page, head, None, page)
    }

    /// A page of a feed, as everybody may read it.
    pub(crate) fn feed(&self, place: FeedPlace<'_>, query: &str) -> Response {
        let page = match parameter(query, "page").map(|page| page.parse::<usize>()) {
            None => 1,
            Some(Ok(1) | Err(_)) => return redirect(&place.path(), ""),
            Some(Ok(page)) => page,
        };
        match Document::of(self.publication, place, page, self.now) {
            Some(document) => self.document(place.format, &document),
            None => self.missing(),
        }
    }

    /// The feed as it is written.
    pub(crate) fn document(&self, format: Format, document: &Document) -> Response {
        if let Some(template) = format.template() {
            return self.machine(template, format.content_type(), document);
        }
        let body = Bytes::from(feeds::json(document));
        answer(200, format.content_type(), body, Kind::Machine)
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
        let paper = Furniture::of(self.publication, current, self.locale, self.now);
        let view = View { paper, head, page };
        self.render(template, status, HTML, kind, &view)
    }

    pub(crate) fn machine<P: Serialize>(
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
        let theme = &self.publication.theme;
        match theme.render(&format!("publication/{template}"), self.locale, context) {
            Ok(page) => answer(status, content_type, Bytes::from(page), kind),
            Err(error) => failed(&error),
        }
    }
}

/// That a page can't be made.
pub(crate) fn failed(error: &dyn std::fmt::Display) -> Response {
    let body = Bytes::from(format!("This page can't be shown.\n\n{error}\n"));
    answer(500, "text/plain; charset=utf-8", body, Kind::Failed)
}
