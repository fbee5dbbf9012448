//! What every page has: the masthead, the menu, the footer and the head.

use jiff::Timestamp;
use prompts::Locale;
use serde::Serialize;

use super::card::{Clock, Entry};
use super::listing::FeedLink;
use super::markup::Markup;
use super::tongue;
use crate::content::Slug;
use crate::feeds::Scope;
use crate::publication::Publication;

/// The template that only a publisher can add: markup for the advertising slot,
/// trusted as all of a theme is.
const ADVERTISEMENT: &str = "publication/_advertisement.html";

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
    /// Where the list of saved stories is, if there is an app.
    app: Option<Markup>,
    /// Where subscribers make gift links, if they may.
    give: Option<Markup>,
    /// The page about sponsored articles, if there is one.
    about_sponsored: Option<Entry>,
    /// The picture that stands for the paper, by its whole address.
    logo: Option<Markup>,
    /// Whether the theme has markup of the publisher's own for the advertising
    /// slot.
    own_advertisement: bool,
    /// The feeds of everything.
    feeds: Vec<FeedLink>,
    style: Markup,
    script: Markup,
    /// What saves stories, on the pages of a paper that is an app.
    app_script: Markup,
    icon: Markup,
    /// The colour that browsers give what is around the page, and that in the dark.
    colour: &'a str,
    dark_colour: &'a str,
    /// The attributes of elements that hold content, where its language isn't
    /// that of the furniture; else nothing.
    own: Markup,
}

impl<'a> Furniture<'a> {
    /// `current` is the section that the page belongs to, `locale` what the
    /// furniture of this page speaks.
    pub(crate) fn of(
        publication: &'a Publication,
        current: Option<&Slug>,
        locale: &Locale,
        now: Timestamp,
    ) -> Self {
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
            app: settings.app.as_deref().map(Markup::url),
            give: settings.give.as_deref().map(Markup::url),
            about_sponsored: page("sponsored"),
            logo: paper.logo.as_ref().map(|file| {
                let url = &settings.url;
                Markup::url(&format!("{url}/pictures/{}", file.value))
            }),
            own_advertisement: publication.theme.has(ADVERTISEMENT),
            feeds: FeedLink::of(publication, Scope::Everything),
            style: Markup::url(&publication.assets.style.path),
            script: Markup::url(&publication.assets.script.path),
            app_script: Markup::url(&publication.assets.app.path),
            icon: Markup::url(&publication.assets.icon.path),
            colour: publication.assets.colours.paper(),
            dark_colour: publication.assets.colours.dark_paper(),
            own: tongue::own(publication, locale, &catalogue.language),
        }
    }
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
    /// The language of what the page is about, as Open Graph writes it: `en` or
    /// `en_GB`.
    pub(crate) locale: String,
    /// The same page in every language that it is there in, itself included.
    pub(crate) alternates: Vec<Alternate>,
    /// What is said of the page to machines, each an element of its own.
    pub(crate) data: Vec<Markup>,
    /// The feeds of what the page is of, where that isn't everything.
    pub(crate) feeds: Vec<FeedLink>,
}

/// A page's address in a language.
#[derive(Serialize)]
pub(crate) struct Alternate {
    /// A tag, or `x-default`.
    pub(crate) language: String,
    pub(crate) href: Markup,
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
            locale: open_graph(&publication.catalogue.language),
            alternates: Vec::new(),
            data: Vec::new(),
            feeds: Vec::new(),
        }
    }
}

/// A language tag as Open Graph writes it.
pub(crate) fn open_graph(language: &Locale) -> String {
    language.to_string().replace('-', "_")
}
