//! The page of results, and suggestions while somebody types.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;
use search::{Answer, Count, Excerpt, Facet, Hit, MAX_QUERY, Marker, Order, Piece, Suggestions};
use serde::Serialize;

use super::card::{Card, author_path, topic_path};
use super::listing::latest;
use super::markup::{Markup, escape, percent};
use crate::content::{Catalogue, Listing, Story};
use crate::publication::Publication;
use crate::search::{Asked, facet_name, filed, marked};

/// Characters of an excerpt: two lines on a desk, three on a phone.
pub(crate) const EXCERPT: usize = 180;

/// Search results.
#[derive(Serialize)]
pub(crate) struct SearchPage {
    query: String,
    /// The longest that is looked at, for the field.
    longest: usize,
    /// Whether anything was given to look for.
    asked: bool,
    /// Whether more was typed than was looked at.
    shortened: bool,
    /// Whether the index can't be asked.
    broken: bool,
    /// Whether the index is being made, and stories are missing.
    incomplete: bool,
    count: usize,
    /// What was looked for instead.
    instead: Option<String>,
    stories: Vec<Card>,
    /// By what the results can be narrowed down.
    facets: Vec<Narrow>,
    /// What they are narrowed down by, each with the way back.
    chosen: Vec<Choice>,
    /// The way back from all of it.
    wide: Markup,
    /// The ways to the other order.
    best: Choice,
    newest: Choice,
    turn: Option<Turn>,
    /// Where subscribers search whole texts for the same.
    texts: Option<Markup>,
    /// What to read instead, where nothing was found or asked for.
    latest: Vec<Card>,
}

/// The way to other pages of results.
#[derive(Serialize)]
struct Turn {
    page: usize,
    pages: usize,
    before: Option<Markup>,
    after: Option<Markup>,
}

impl Turn {
    /// `None` where there aren't so many pages.
    fn of(asked: &Asked, pages: usize) -> Option<Self> {
        let page = asked.page;
        let link = |page| Markup::url(&asked.at(page).path());
        (page <= pages).then(|| Self {
            page,
            pages,
            before: (page > 1).then(|| link(page - 1)),
            after: (page < pages).then(|| link(page + 1)),
        })
    }
}

/// A facet with its values.
#[derive(Serialize)]
struct Narrow {
    /// `section`, `topic`, `author` or `year`.
    of: &'static str,
    values: Vec<Choice>,
}

/// One of several ways to see the results.
#[derive(Serialize)]
struct Choice {
    of: &'static str,
    name: String,
    stories: usize,
    /// Where choosing it leads, or choosing it no longer.
    href: Markup,
    chosen: bool,
}

impl SearchPage {
    /// The page; `None` where there is no such page of results.
    pub(crate) fn of(
        publication: &Publication,
        asked: &Asked,
        answer: &Answer,
        now: Timestamp,
    ) -> Option<Self> {
        let pages = Asked::pages(answer.count);
        let turn = Turn::of(asked, pages)?;
        let mut stories = Vec::with_capacity(answer.hits.len());
        for hit in &answer.hits {
            // What has been withdrawn a moment ago may be in the index still.
            if let Some(story) = publication.catalogue.story(&hit.id, now) {
                let mut card = Card::of(publication, &publication.settings.locale, story, now);
                card.found = Some(found(
                    (&publication.catalogue, story, now),
                    hit,
                    &answer.marker,
                ));
                stories.push(card);
            }
        }
        let mut page = Self {
            count: answer.count,
            instead: answer.instead.clone(),
            incomplete: !answer.complete,
            facets: narrows(publication, asked, answer, now),
            turn: (pages > 1).then_some(turn),
            ..Self::empty(publication, asked, now)
        };
        page.chosen = chosen(publication, asked, now);
        if !stories.is_empty() {
            page.latest.clear();
        }
        page.stories = stories;
        Some(page)
    }

    /// The page where nothing is asked for yet.
    pub(crate) fn unasked(publication: &Publication, asked: &Asked, now: Timestamp) -> Self {
        Self::empty(publication, asked, now)
    }

    /// The page where the index can't be asked.
    pub(crate) fn broken(publication: &Publication, asked: &Asked, now: Timestamp) -> Self {
        Self {
            broken: true,
            ..Self::empty(publication, asked, now)
        }
    }

    fn empty(publication: &Publication, asked: &Asked, now: Timestamp) -> Self {
        let order = |order| Choice {
            of: "order",
            name: String::new(),
            stories: 0,
            href: Markup::url(&asked.ordered(order).path()),
            chosen: asked.order == order,
        };
        Self {
            query: asked.query.text().to_owned(),
            longest: MAX_QUERY,
            asked: asked.is_something(),
            shortened: asked.query.is_shortened(),
            broken: false,
            incomplete: false,
            count: 0,
            instead: None,
            stories: Vec::new(),
            facets: Vec::new(),
            chosen: Vec::new(),
            wide: Markup::url(&asked.wide().path()),
            best: order(Order::Best),
            newest: order(Order::Newest),
            turn: None,
            texts: publication.settings.text_search.as_deref().map(|place| {
                let query = percent(asked.query.text());
                Markup::url(&format!("{place}?q={query}"))
            }),
            latest: latest(publication, now),
        }
    }
}

/// The facets that can narrow the results down, or do.
fn narrows(
    publication: &Publication,
    asked: &Asked,
    answer: &Answer,
    now: Timestamp,
) -> Vec<Narrow> {
    let facets = Facet::ALL.iter().zip(&answer.facets);
    let narrows = facets.map(|(facet, counts)| Narrow {
        of: facet_name(*facet),
        values: counts
            .iter()
            .filter_map(|count| choice(publication, asked, (*facet, count), now))
            .collect(),
    });
    // Of one value alone, all stories are.
    narrows
        .filter(|narrow| {
            let chosen = narrow.values.iter().any(|value| value.chosen);
            chosen || narrow.values.len() > 1
        })
        .collect()
}

fn choice(
    publication: &Publication,
    asked: &Asked,
    (facet, count): (Facet, &Count),
    now: Timestamp,
) -> Option<Choice> {
    let name = facet_value(&publication.catalogue, facet, &count.value, now)?;
    Some(Choice {
        of: facet_name(facet),
        name,
        stories: count.stories,
        href: Markup::url(&asked.toggled(facet, &count.value).path()),
        chosen: count.chosen,
    })
}

/// What the results are narrowed down by.
fn chosen(publication: &Publication, asked: &Asked, now: Timestamp) -> Vec<Choice> {
    let mut chosen = Vec::new();
    for facet in Facet::ALL {
        for value in asked.filters.of(facet) {
            chosen.push(Choice {
                of: facet_name(facet),
                // What nobody has has no name but the one it was asked by.
                name: facet_value(&publication.catalogue, facet, value, now)
                    .unwrap_or_else(|| value.clone()),
                stories: 0,
                href: Markup::url(&asked.toggled(facet, value).path()),
                chosen: true,
            });
        }
    }
    chosen
}

/// A value as readers know it; `None` where there is no such thing.
pub(crate) fn facet_value(
    catalogue: &Catalogue,
    facet: Facet,
    value: &str,
    now: Timestamp,
) -> Option<String> {
    let known = |listings: &BTreeMap<String, Arc<Listing>>| {
        Some(listings.get(value)?.name_at(now)?.to_owned())
    };
    match facet {
        Facet::Section => Some(catalogue.section(value)?.name.clone()),
        Facet::Topic => known(&catalogue.stories.topics),
        Facet::Author => known(&catalogue.stories.authors),
        Facet::Year => value
            .chars()
            .all(|c| c.is_ascii_digit())
            .then(|| value.to_owned()),
    }
}

/// A story's headline, standfirst and excerpt with what was searched for.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Found {
    title: Markup,
    standfirst: Markup,
    /// A part of the beginning, where it has a word that neither of the others has.
    excerpt: Option<Markup>,
    /// What it is filed under, likewise.
    filed: Vec<Markup>,
}

fn found(
    (catalogue, story, now): (&Catalogue, &Story, Timestamp),
    hit: &Hit,
    marker: &Marker,
) -> Found {
    let title = marker.mark(&story.title, hit.language);
    let standfirst = marker.mark(&story.standfirst, hit.language);
    let heads = title.iter().chain(&standfirst);
    let seen: BTreeSet<String> = heads.clone().filter_map(marked).collect();
    let says_more = |excerpt: &Excerpt| {
        let mut words = excerpt.pieces.iter().filter_map(marked);
        words.any(|word| !seen.contains(&word))
    };
    let excerpt = marker.excerpt(&hit.text, hit.language, EXCERPT);
    let excerpt = excerpt.filter(says_more);
    let pieces = excerpt.iter().flat_map(|excerpt| &excerpt.pieces);
    let filed = filed(
        (catalogue, story, now),
        (marker, hit.language),
        heads.chain(pieces),
    );
    Found {
        title: Markup::safe(html(&title)),
        standfirst: Markup::safe(html(&standfirst)),
        filed: filed.iter().map(|one| Markup::safe(html(one))).collect(),
        excerpt: excerpt.map(|one| Markup::safe(quoted(&one))),
    }
}

/// The part of what everybody may read that has what was searched for, in HTML.
pub(crate) fn excerpt(marker: &Marker, hit: &Hit) -> Option<String> {
    let excerpt = marker.excerpt(&hit.text, hit.language, EXCERPT)?;
    Some(quoted(&excerpt))
}

fn quoted(excerpt: &Excerpt) -> String {
    // The index has a part of the text at most, so it always goes on.
    quotation(&Excerpt {
        cut_after: true,
        ..excerpt.clone()
    })
}

/// A part of a text in HTML.
pub(crate) fn quotation(excerpt: &Excerpt) -> String {
    let mut html = html(&excerpt.pieces);
    if excerpt.cut_before {
        html.insert_str(0, "… ");
    }
    if excerpt.cut_after {
        html.push_str(" …");
    }
    html
}

/// The pieces with what was searched for in `mark`.
fn html(pieces: &[Piece]) -> String {
    let mut html = String::new();
    for piece in pieces {
        let text = escape(&piece.text);
        if piece.marked {
            html.push_str("<mark>");
            html.push_str(&text);
            html.push_str("</mark>");
        } else {
            html.push_str(&text);
        }
    }
    html
}

/// What somebody may mean who is still typing, for a script.
#[derive(Serialize)]
pub(crate) struct SuggestionList {
    suggestions: Vec<Suggestion>,
}

#[derive(Serialize)]
struct Suggestion {
    /// `topic`, `author`, `story`, or `sponsored` for a story that somebody paid for.
    kind: &'static str,
    text: String,
    href: String,
}

impl SuggestionList {
    pub(crate) fn of(publication: &Publication, suggestions: &Suggestions, now: Timestamp) -> Self {
        let catalogue = &publication.catalogue;
        let mut list = Vec::new();
        let mut add = |kind, text: &str, href| {
            list.push(Suggestion {
                kind,
                text: text.to_owned(),
                href,
            });
        };
        let named = |listings: &BTreeMap<String, Arc<Listing>>, id| {
            // What has been withdrawn a moment ago may be in the index still.
            Some(listings.get(id)?.name_at(now)?.to_owned())
        };
        for id in &suggestions.topics {
            if let Some(name) = named(&catalogue.stories.topics, id) {
                add("topic", &name, topic_path(id));
            }
        }
        for id in &suggestions.authors {
            if let Some(name) = named(&catalogue.stories.authors, id) {
                add("author", &name, author_path(id));
            }
        }
        for id in &suggestions.stories {
            if let Some(story) = catalogue.story(id, now) {
                let kind = match story.sponsor {
                    Some(_) => "sponsored",
                    None => "story",
                };
                add(kind, &story.title, story.path());
            }
        }
        Self { suggestions: list }
    }
}
