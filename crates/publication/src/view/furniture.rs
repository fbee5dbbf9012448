//! What every page has: the masthead, the menu, the footer and the head.

use jiff::Timestamp;
use serde::Serialize;

use super::card::{Clock, Entry};
use super::markup::Markup;
use crate::content::Slug;
use crate::publication::Publication;

/// A page with its furniture.
#[derive(Serialize)]
pub(crate) struct View<'a, P: Serialize> {
    pub(crate) paper: Furniture<'a>,
    pub(crate) head: Head,
    pub(crate) page: P,
}

/// The paper around the page.
#[derive(Serialize)]
pub(crate) struct Furniture<'a> {
    name: &'a str,
    tagline: Option<&'a str>,
    city: Option<&'a str>,
    founded: Option<i16>,
    url: Markup,
    /// The day that the masthead carries, as a printed one does: that on which
    /// the newest story appeared.
    edition: Clock,
    year: i16,
    sections: Vec<Entry>,
    pages: Vec<Entry>,
    contact: Option<Entry>,
    account: Option<Markup>,
    subscribe: Option<Markup>,
    /// Where subscribers make gift links, if they may.
    give: Option<Markup>,
    /// The page about sponsored articles, if there is one.
    about_sponsored: Option<Entry>,
    style: Markup,
    script: Markup,
    icon: Markup,
    /// The attributes of elements that hold content, where its language isn't
    /// that of the furniture; else nothing.
    own: Markup,
}

impl<'a> Furniture<'a> {
    /// `current` is the section that the page belongs to.
    pub(crate) fn of(publication: &'a Publication, current: Option<&Slug>, now: Timestamp) -> Self {
        let (catalogue, settings) = (&publication.catalogue, &publication.settings);
        let paper = &catalogue.paper;
        let page = |slug: &str| {
            let page = catalogue.pages.get(slug)?;
            Some(Entry::new(&page.title, &format!("/pages/{slug}")))
        };
        let sections = paper.sections.iter().map(|section| Entry {
            current: current == Some(&section.id),
            ..Entry::new(&section.name, &format!("/sections/{}", section.id))
        });
        let newest = catalogue
            .out(now)
            .next()
            .map_or(now, |story| story.published);
        let subscribe = settings.subscribe.as_deref().map(Markup::url);
        Self {
            name: &paper.name,
            tagline: paper.tagline.as_deref(),
            city: paper.city.as_deref(),
            founded: paper.founded,
            url: Markup::url(&settings.url),
            edition: Clock::of(newest, &settings.zone),
            year: now.to_zoned_datetime(settings.zone.clone()).year(),
            sections: sections.collect(),
            pages: catalogue
                .pages
                .keys()
                .filter_map(|slug| page(slug.as_str()))
                .collect(),
            contact: page("contact"),
            account: settings.account.as_deref().map(Markup::url),
            subscribe: subscribe.or_else(|| page("subscribe").map(|entry| entry.href)),
            give: settings.give.as_deref().map(Markup::url),
            about_sponsored: page("sponsored"),
            style: Markup::url(&publication.assets.style.path),
            script: Markup::url(&publication.assets.script.path),
            icon: Markup::url(&publication.assets.icon.path),
            own: own(publication),
        }
    }
}

/// Whether the furniture is in the language of the stories.
pub(crate) fn speaks_as_written(publication: &Publication) -> bool {
    let furniture = publication
        .theme
        .messages()
        .closest(&publication.settings.locale);
    // Region and script don't change how a page is read out.
    let primary = |tag: String| tag.split('-').next().map(str::to_owned);
    primary(furniture.to_string()) == primary(publication.catalogue.language.to_string())
}

/// The `lang` and `dir` of content in another language than the furniture.
fn own(publication: &Publication) -> Markup {
    if speaks_as_written(publication) {
        return Markup::safe("");
    }
    let content = &publication.catalogue.language;
    Markup::safe(format!(
        " lang=\"{content}\" dir=\"{}\"",
        content.direction().as_str()
    ))
}

/// What search engines, feeds and networks are told of a page.
#[derive(Serialize)]
pub(crate) struct Head {
    /// The page's own title; `None` for the front page, which is the paper.
    pub(crate) title: Option<String>,
    pub(crate) description: String,
    pub(crate) canonical: Markup,
    /// For pages that depend on what a reader typed, or that aren't there.
    pub(crate) noindex: bool,
}

impl Head {
    pub(crate) fn new(
        publication: &Publication,
        title: &str,
        description: &str,
        path: &str,
    ) -> Self {
        Self {
            title: Some(title.to_owned()),
            description: description.to_owned(),
            canonical: Markup::url(&format!("{}{path}", publication.settings.url)),
            noindex: false,
        }
    }
}
