//! What the index is told of a story.

use jiff::Timestamp;
use search::{Document, Facet, Fingerprint, Language, Second};

use super::beginning::OnPage;
use crate::content::{Body, BodyError, Catalogue, Story};
use crate::publication::Publication;
use crate::view::first_slot;

/// Goes up whenever a story becomes another document without having changed.
const VERSION: u8 = 2;

/// A moment as the index knows it.
pub(crate) fn second(time: Timestamp) -> Second {
    Second(time.as_second())
}

/// How much of a story's text an index is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What everybody may find.
    Beginning,
    /// All of it, for an index that only names candidates.
    Whole,
}

/// What an index is told of a story.
pub(crate) fn document(
    publication: &Publication,
    story: &Story,
    extent: Extent,
) -> Result<Document, BodyError> {
    let catalogue = &publication.catalogue;
    let body = catalogue.body(story)?;
    Ok(Document {
        id: story.slug.to_string(),
        fingerprint: fingerprint(publication, story, extent),
        language: Language::of_tag(&catalogue.language_of(story).to_string()),
        headline: story.title.clone(),
        standfirst: story.standfirst.clone(),
        labels: labels(catalogue, story),
        byline: story.byline.clone(),
        text: match extent {
            Extent::Beginning => beginning(publication, story, &body),
            Extent::Whole => body.text.clone(),
        },
        published: second(story.published),
        facets: Facet::ALL.map(|facet| values(publication, story, facet)),
    })
}

/// What everybody may find of a story's text.
pub(crate) fn beginning(publication: &Publication, story: &Story, body: &Body) -> String {
    let page = OnPage {
        dateline: story.dateline.as_deref(),
        slot: first_slot(publication, story, body),
        preview: story.preview,
    };
    publication.settings.beginning.of(body, &page)
}

/// What a story can be narrowed down to by a facet.
pub(crate) fn values(publication: &Publication, story: &Story, facet: Facet) -> Vec<String> {
    match facet {
        Facet::Section => vec![story.section.to_string()],
        Facet::Topic => story.topics().into_iter().map(|(id, _)| id).collect(),
        Facet::Author => story.authors().into_iter().map(|(id, _)| id).collect(),
        Facet::Year => vec![year(publication, story)],
    }
}

/// The words of its topics, section and series.
fn labels(catalogue: &Catalogue, story: &Story) -> Vec<String> {
    std::iter::once(&story.label)
        .chain(&story.tags)
        .chain(names(catalogue, story))
        .cloned()
        .collect()
}

/// What its section and series are called: what of a document isn't in the
/// story's own file.
pub(super) fn names<'a>(
    catalogue: &'a Catalogue,
    story: &Story,
) -> impl Iterator<Item = &'a String> {
    let section = catalogue.section(story.section.as_str());
    let part = story.series.as_ref();
    let series = part.and_then(|part| catalogue.paper.series(part.series.as_str()));
    let section = section.map(|section| &section.name).into_iter();
    section.chain(series.map(|series| &series.title))
}

fn year(publication: &Publication, story: &Story) -> String {
    let zone = publication.settings.zone.clone();
    story.published.to_zoned_datetime(zone).year().to_string()
}

/// What changes when the document of a story does. Doesn't look at its text,
/// so that 100,000 are compared in no time.
pub(crate) fn fingerprint(publication: &Publication, story: &Story, extent: Extent) -> Fingerprint {
    let catalogue = &publication.catalogue;
    let language = catalogue.language_of(story).to_string();
    let told = match extent {
        Extent::Beginning => {
            let paper = &catalogue.paper;
            let slots = (paper.promotion.after, paper.advertisement.after);
            format!("{:?}", (publication.settings.beginning, slots))
        }
        Extent::Whole => "whole".to_owned(),
    };
    let year = year(publication, story);
    let parts: [&[u8]; 6] = [
        &[VERSION],
        story.slug.as_str().as_bytes(),
        story.source.bytes(),
        language.as_bytes(),
        told.as_bytes(),
        year.as_bytes(),
    ];
    Fingerprint::of(
        parts
            .into_iter()
            .chain(names(catalogue, story).map(String::as_bytes)),
    )
}
