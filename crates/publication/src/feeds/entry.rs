//! A story in a feed.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use prompts::Arg;
use serde::Serialize;

use super::text::{Xml, plain};
use super::whole;
use crate::content::topic_id;
use crate::content::{Picture, Story};
use crate::publication::Publication;
use crate::view::{iso, last_change, percent, sponsor};

/// A story in a feed. Its address is what it is known by: as long as that stays,
/// no program shows it twice.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Entry {
    pub(crate) url: Xml,
    /// The headline; of a sponsored story with a word that says so.
    pub(crate) title: Xml,
    /// The standfirst, and who paid.
    pub(crate) summary: Xml,
    pub(crate) published: String,
    pub(crate) updated: String,
    /// As RSS has times.
    pub(crate) posted: String,
    pub(crate) authors: Vec<Author>,
    /// The section and the topics.
    pub(crate) categories: Vec<Xml>,
    pub(crate) picture: Option<Media>,
    /// Its language, where that isn't the paper's.
    pub(crate) language: Option<String>,
    /// Who commissioned it.
    pub(crate) sponsor: Option<Xml>,
    /// The whole story as HTML, for whoever may read it.
    pub(crate) whole: Option<Xml>,
}

/// Who wrote it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Author {
    pub(crate) name: Xml,
    pub(crate) url: Xml,
}

/// The lead picture.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Media {
    pub(crate) url: Xml,
    pub(crate) kind: Xml,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) alt: Xml,
    pub(crate) caption: Option<Xml>,
    pub(crate) credit: Option<Xml>,
}

impl Entry {
    /// The story for everybody; `is_whole` where it is for somebody who may read
    /// all of it.
    pub(crate) fn of(
        publication: &Publication,
        story: &Story,
        is_whole: bool,
        now: Timestamp,
    ) -> Self {
        let (catalogue, settings) = (&publication.catalogue, &publication.settings);
        let url = &settings.url;
        let section = catalogue.section(story.section.as_str());
        let topics = story.topics();
        let topics = topics.iter().map(|(id, words)| {
            let known = catalogue.stories.topics.get(id);
            known.map_or(*words, |topic| topic.name.as_str())
        });
        let (title, summary) = said(publication, story);
        Self {
            url: Xml(format!("{url}{}", story.path())),
            title,
            summary,
            published: iso(story.published),
            updated: iso(last_change(story, now)),
            posted: posted(story.published),
            authors: story
                .byline
                .iter()
                .map(|name| Author {
                    name: Xml(plain(name)),
                    url: Xml(format!("{url}/authors/{}", percent(&topic_id(name)))),
                })
                .collect(),
            categories: section
                .map(|section| section.name.as_str())
                .into_iter()
                .chain(topics)
                .map(|name| Xml(plain(name)))
                .collect(),
            picture: story
                .picture
                .as_ref()
                .and_then(|picture| Media::of(publication, picture)),
            language: story.language.as_ref().map(ToString::to_string),
            sponsor: story
                .sponsor
                .as_ref()
                .map(|by| Xml(plain(by.name.as_str()))),
            whole: is_whole
                .then(|| whole::html(publication, story))
                .flatten()
                .map(|html| Xml(plain(&html))),
        }
    }
}

/// The headline and the summary, which say whatever was paid for.
fn said(publication: &Publication, story: &Story) -> (Xml, Xml) {
    let Some(by) = &story.sponsor else {
        return (Xml(plain(&story.title)), Xml(plain(&story.standfirst)));
    };
    let (messages, locale) = (publication.theme.messages(), &publication.settings.locale);
    let label = messages.text(locale, "pub-sponsored", &[]);
    let name = sponsor(
        publication,
        locale,
        publication.catalogue.language_of(story),
        by,
    );
    let paid = messages.text(
        locale,
        "pub-commissioned-by",
        &[("sponsor", Arg::Text(&name))],
    );
    (
        Xml(plain(&format!("{label}: {}", story.title))),
        Xml(plain(&format!("{} {paid}", story.standfirst))),
    )
}

/// A moment as RSS has it, which is as mails have it.
pub(super) fn posted(at: Timestamp) -> String {
    DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&at)
        .unwrap_or_default()
}

impl Media {
    /// The picture as networks show it; `None` where there is none that they could.
    fn of(publication: &Publication, picture: &Picture) -> Option<Self> {
        let file = publication.catalogue.pictures.get(&picture.file)?;
        let text = |text: &Option<String>| text.as_deref().map(|text| Xml(plain(text)));
        let (path, width, height) = file.shared(&picture.file)?;
        Some(Self {
            url: Xml(format!("{}{path}", publication.settings.url)),
            kind: Xml(file.matter?.fallback().kind().media_type().to_owned()),
            width,
            height,
            alt: Xml(plain(&picture.alt)),
            caption: text(&picture.caption),
            credit: text(&picture.credit),
        })
    }
}
