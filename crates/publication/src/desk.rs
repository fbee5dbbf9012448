//! Making the answer to a request once it is known what is asked for.

use bytes::Bytes;
use jiff::Timestamp;
use percent_encoding::percent_decode_str;
use serde::Serialize;

use crate::content::{Listing, Page, Section, Slug, Story};
use crate::publication::{Kind, Publication, Response};
use crate::search::{self, Query};
use crate::view::{
    FrontPage, Furniture, Head, ListPage, Machine, MissingPage, PlainPage, SearchPage, StoryPage,
    Turn, View, cards,
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
pub(crate) struct List<'a> {
    pub(crate) of: &'static str,
    pub(crate) name: &'a str,
    pub(crate) standfirst: Option<&'a str>,
    pub(crate) section: Option<&'a Section>,
    pub(crate) stories: Vec<&'a Story>,
}

/// Where pages are made.
pub(crate) struct Desk<'a> {
    pub(crate) publication: &'a Publication,
    pub(crate) now: Timestamp,
}

impl Desk<'_> {
    pub(crate) fn front(&self) -> Response {
        let paper = &self.publication.catalogue.paper;
        let description = paper.tagline.as_deref().unwrap_or(&paper.name);
        let mut head = Head::new(self.publication, &paper.name, description, "/");
        head.title = None;
        let page = FrontPage::of(self.publication, self.now);
        self.html("front.html", 200, Kind::Front, head, None, page)
    }

    pub(crate) fn story(&self, story: &Story) -> Response {
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

    pub(crate) fn page(&self, page: &Page) -> Response {
        let path = format!("/pages/{}", page.slug);
        let head = Head::new(self.publication, &page.title, &page.description, &path);
        let page = PlainPage::of(self.publication, page);
        self.html("page.html", 200, Kind::Page, head, None, page)
    }

    pub(crate) fn listing(
        &self,
        of: &'static str,
        path: &str,
        query: &str,
        listing: &Listing,
    ) -> Response {
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

    pub(crate) fn list(&self, path: &str, query: &str, list: &List<'_>) -> Response {
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

    pub(crate) fn search(&self, query: &str) -> Response {
        let query = Query::parse(&parameter(query, "q").unwrap_or_default());
        let found = search::search(&self.publication.catalogue, &query, self.now);
        let mut head = Head::new(self.publication, &query.text, "", "/search");
        head.noindex = true;
        let page = SearchPage::of(self.publication, &query, &found, self.now);
        self.html("search.html", 200, Kind::Search, head, None, page)
    }

    pub(crate) fn missing(&self) -> Response {
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
