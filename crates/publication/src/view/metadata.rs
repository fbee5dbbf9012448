//! Structured data about a story (schema.org), as JSON-LD.
//!
//! The body is never in it. What is free to read and what isn't is written by
//! the gate, which knows.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::card::iso;
use super::listing::last_change;
use super::markup::{Markup, percent};
use crate::content::{Story, topic_id};
use crate::publication::Publication;

/// The `NewsArticle` of a story, ready to stand in a `script` element.
pub(crate) fn news_article(publication: &Publication, story: &Story, now: Timestamp) -> Markup {
    let (catalogue, url) = (&publication.catalogue, &publication.settings.url);
    let section = catalogue.section(story.section.as_str());
    let authors: Vec<Value> = story
        .byline
        .iter()
        .map(|name| {
            let page = format!("{url}/authors/{}", percent(&topic_id(name)));
            json!({ "@type": "Person", "name": name, "url": page })
        })
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
        "inLanguage": catalogue.language.to_string(),
        "articleSection": section.map_or(story.section.as_str(), |section| &section.name),
        "keywords": story.topics().iter().map(|(_, words)| *words).collect::<Vec<_>>(),
        "wordCount": story.body.words,
        "author": authors,
        "publisher": { "@type": "NewsMediaOrganization", "name": catalogue.paper.name, "url": url },
    });
    if let Value::Object(article) = &mut article {
        add_optional(publication, story, article);
    }
    // A "</script>" in a headline would end the element; "<" never needs to
    // stand in JSON.
    Markup::safe(
        article
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

fn add_optional(publication: &Publication, story: &Story, article: &mut Map<String, Value>) {
    let url = &publication.settings.url;
    if let Some(picture) = &story.picture
        && let Some(file) = publication.catalogue.pictures.get(&picture.file)
    {
        let image = json!({
            "@type": "ImageObject",
            "url": format!("{url}/pictures/{}", picture.file),
            "width": file.width,
            "height": file.height,
            "caption": picture.caption,
            "creditText": picture.credit,
        });
        article.insert("image".to_owned(), image);
    }
    if let Some(sponsor) = &story.sponsor {
        let sponsor = json!({ "@type": "Organization", "name": sponsor.name.as_str() });
        article.insert("sponsor".to_owned(), sponsor);
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
