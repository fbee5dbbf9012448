//! Structured data (schema.org) about stories, authors and the paper, as JSON-LD.
//!
//! The body is never in it. What is free to read and what isn't is written by
//! the gate, which knows.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::card::iso;
use super::kin;
use super::listing::last_change;
use super::markup::{Markup, percent};
use crate::content::{Author, Picture, Story, topic_id};
use crate::publication::Publication;

/// The `NewsArticle` of a story, ready to stand in a `script` element.
pub(crate) fn news_article(publication: &Publication, story: &Story, now: Timestamp) -> Markup {
    let (catalogue, url) = (&publication.catalogue, &publication.settings.url);
    let section = catalogue.section(story.section.as_str());
    let authors: Vec<Value> = story
        .byline
        .iter()
        .map(|name| person(publication, name))
        .collect();
    let mut article = json!({
        "@context": "https://schema.org",
        "@type": kind(story, section.is_some_and(|section| section.is_opinion)),
        "headline": story.title,
        "description": story.standfirst,
        "url": format!("{url}{}", story.path()),
        "mainEntityOfPage": format!("{url}{}", story.path()),
        "datePublished": iso(story.published),
        "dateModified": iso(last_change(story, now)),
        "inLanguage": catalogue.language_of(story).to_string(),
        "articleSection": section.map_or(story.section.as_str(), |section| &section.name),
        "keywords": story.topics().iter().map(|(_, words)| *words).collect::<Vec<_>>(),
        "wordCount": story.words,
        "author": authors,
        "publisher": publisher(publication),
    });
    if let Value::Object(article) = &mut article {
        add_optional(publication, story, article);
        add_kin(publication, story, now, article);
    }
    script(&article)
}

/// What stands in a `script` element: a "</script>" in a headline would end it,
/// and "<" never needs to stand in JSON.
fn script(value: &Value) -> Markup {
    Markup::safe(
        value
            .to_string()
            .replace('<', "\\u003c")
            .replace('>', "\\u003e"),
    )
}

fn kind(story: &Story, is_opinion: bool) -> &'static str {
    if story.sponsor.is_some() {
        "AdvertiserContentArticle"
    } else if is_opinion {
        "OpinionNewsArticle"
    } else {
        "NewsArticle"
    }
}

/// Who wrote it, with what the editor says of them.
fn person(publication: &Publication, name: &str) -> Value {
    let (id, url) = (topic_id(name), &publication.settings.url);
    let mut person = json!({
        "@type": "Person",
        "name": name,
        "url": format!("{url}/authors/{}", percent(&id)),
    });
    if let (Value::Object(person), Some(author)) =
        (&mut person, publication.catalogue.paper.author(&id))
    {
        let mut add = |key: &str, value: Option<Value>| {
            person.extend(value.map(|value| (key.to_owned(), value)));
        };
        add("jobTitle", author.role.as_deref().map(Value::from));
        add("description", author.biography.as_deref().map(Value::from));
        add("email", author.email.as_deref().map(Value::from));
        let picture = author.picture.as_ref();
        add("image", picture.and_then(|one| image(publication, one)));
    }
    person
}

/// The paper, with the picture that stands for it.
fn publisher(publication: &Publication) -> Value {
    let (paper, url) = (&publication.catalogue.paper, &publication.settings.url);
    let logo = paper.logo.as_ref().and_then(|file| {
        let file = Picture {
            file: file.value.clone(),
            alt: String::new(),
            caption: None,
            credit: None,
        };
        image(publication, &file)
    });
    let logo = logo.unwrap_or_else(|| {
        let icon = &publication.assets.icon.path;
        json!({ "@type": "ImageObject", "url": format!("{url}{icon}"), "width": 64, "height": 64 })
    });
    let mut publisher = json!({
        "@type": "NewsMediaOrganization",
        "name": paper.name,
        "url": format!("{url}/"),
        "logo": logo,
        "correctionsPolicy": format!("{url}/corrections"),
    });
    if let (Value::Object(publisher), Some(year)) = (&mut publisher, paper.founded) {
        publisher.insert("foundingDate".to_owned(), json!(year.to_string()));
    }
    publisher
}

/// A picture with its size, as networks can show it; `None` where there is none.
fn image(publication: &Publication, picture: &Picture) -> Option<Value> {
    let url = &publication.settings.url;
    let file = publication.catalogue.pictures.get(&picture.file)?;
    let (path, width, height) = file.shared(&picture.file)?;
    let mut image = json!({
        "@type": "ImageObject",
        "url": format!("{url}{path}"),
        "width": width,
        "height": height,
    });
    if let Value::Object(image) = &mut image {
        let mut add = |key: &str, words: Option<&String>| {
            image.extend(words.map(|words| (key.to_owned(), json!(words))));
        };
        add("caption", picture.caption.as_ref());
        add("creditText", picture.credit.as_ref());
    }
    Some(image)
}

fn add_optional(publication: &Publication, story: &Story, article: &mut Map<String, Value>) {
    let lead = story.picture.as_ref();
    if let Some(image) = lead.and_then(|picture| image(publication, picture)) {
        article.insert("image".to_owned(), image);
    }
    if let Some(sponsor) = &story.sponsor {
        let sponsor = json!({ "@type": "Organization", "name": sponsor.name.as_str() });
        article.insert("sponsor".to_owned(), sponsor);
    }
    if let Some(place) = &story.dateline {
        article.insert("dateline".to_owned(), json!(place));
    }
    if !story.corrections.is_empty() {
        let comments: Vec<Value> = story
            .corrections
            .iter()
            .map(|correction| {
                json!({
                    "@type": "CorrectionComment",
                    "text": correction.text,
                    "datePublished": correction.date.to_string(),
                })
            })
            .collect();
        article.insert("correction".to_owned(), Value::Array(comments));
    }
}

/// The series that it is a part of, and itself in other languages.
fn add_kin(
    publication: &Publication,
    story: &Story,
    now: Timestamp,
    article: &mut Map<String, Value>,
) {
    let (paper, url) = (&publication.catalogue.paper, &publication.settings.url);
    let part = story.series.as_ref();
    if let Some((part, series)) =
        part.and_then(|part| Some((part, paper.series(part.series.as_str())?)))
    {
        let whole = json!({
            "@type": "CreativeWorkSeries",
            "name": series.title,
            "url": format!("{url}{}", kin::series_path(series)),
        });
        article.insert("isPartOf".to_owned(), whole);
        article.extend(
            part.number
                .map(|number| ("position".to_owned(), json!(number))),
        );
    }
    let catalogue = &publication.catalogue;
    let others: Vec<Value> = kin::family(catalogue, story, now)
        .into_iter()
        .filter(|other| other.slug != story.slug)
        .map(|other| {
            json!({
                "@type": "NewsArticle",
                "url": format!("{url}{}", other.path()),
                "inLanguage": catalogue.language_of(other).to_string(),
            })
        })
        .collect();
    if !others.is_empty() {
        article.insert("workTranslation".to_owned(), Value::Array(others));
    }
}

/// The `ProfilePage` of who writes.
pub(crate) fn author(publication: &Publication, name: &str, profile: Option<&Author>) -> Markup {
    let name = profile.map_or(name, |author| &author.name.value);
    script(&json!({
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "mainEntity": person(publication, name),
    }))
}

/// The `WebSite` that the paper is, and how it is searched.
pub(crate) fn site(publication: &Publication) -> Markup {
    let (catalogue, url) = (&publication.catalogue, &publication.settings.url);
    script(&json!({
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": catalogue.paper.name,
        "url": format!("{url}/"),
        "inLanguage": catalogue.language.to_string(),
        "publisher": publisher(publication),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": format!("{url}/search?q={{search_term_string}}"),
            },
            "query-input": "required name=search_term_string",
        },
    }))
}

/// The way from the front page to a page.
pub(crate) struct Trail(Vec<Value>);

impl Trail {
    pub(crate) fn new(publication: &Publication) -> Self {
        Self(Vec::new()).to(publication, &publication.catalogue.paper.name, "/")
    }

    /// One step further.
    pub(crate) fn to(mut self, publication: &Publication, name: &str, path: &str) -> Self {
        self.0.push(json!({
            "@type": "ListItem",
            "position": self.0.len() + 1,
            "name": name,
            "item": format!("{}{path}", publication.settings.url),
        }));
        self
    }

    /// The `BreadcrumbList`.
    pub(crate) fn data(self) -> Markup {
        script(&json!({
            "@context": "https://schema.org",
            "@type": "BreadcrumbList",
            "itemListElement": self.0,
        }))
    }
}
