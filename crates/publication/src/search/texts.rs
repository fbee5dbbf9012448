//! Finding stories by their whole texts, for one reader.
//!
//! Who may read what is known elsewhere. So this is in two steps: candidates are
//! named, and whoever asked checks each of them and has those quoted that may be
//! read. Nothing of a candidate may be shown, counted or hinted at before.

use jiff::Timestamp;
use search::{Candidates, Excerpt, Facet, Filters, Marker, Order, Piece, Query, Reach};
use search::{Language, Request};

use super::document::second;
use super::filed::filed;
use crate::content::Story;
use crate::publication::Publication;
use crate::view::{EXCERPT, facet_value, quotation};

/// So many stories are named at a time: each takes some microseconds to check, and
/// milliseconds where its page has to be made first.
pub const CANDIDATES: usize = 100;

/// What is looked for in texts.
#[derive(Clone, Copy, Debug, Default)]
pub struct TextWish<'a> {
    /// The words.
    pub words: &'a str,
    /// In that section.
    pub section: Option<&'a str>,
    /// On that topic.
    pub topic: Option<&'a str>,
    /// By that author.
    pub author: Option<&'a str>,
    /// Of that year.
    pub year: Option<&'a str>,
    /// Whether the newest come first, and not those that fit best.
    pub newest: bool,
}

/// A story with what was looked for marked.
#[derive(Clone, Debug)]
pub struct FoundText<'a> {
    /// The story.
    pub story: &'a Story,
    /// Its headline.
    pub title: Vec<Piece>,
    /// The sentence or two under it.
    pub standfirst: Vec<Piece>,
    /// A part of its text; `None` where nothing in it was looked for.
    pub excerpt: Option<Excerpt>,
    /// What it is filed under that has something of what was looked for which none of
    /// the others has.
    pub filed: Vec<Vec<Piece>>,
}

/// A value by which stories can be narrowed down.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Value {
    /// As addresses have it.
    pub id: String,
    /// As readers know it.
    pub name: String,
}

impl FoundText<'_> {
    /// The part of its text in HTML, with `<mark>`.
    pub fn quotation(&self) -> Option<String> {
        self.excerpt.as_ref().map(quotation)
    }
}

impl TextWish<'_> {
    fn request(&self, skip: usize, now: Timestamp) -> Request {
        let mut filters = Filters::default();
        let chosen = [self.section, self.topic, self.author, self.year];
        for (facet, value) in Facet::ALL.into_iter().zip(chosen) {
            if let Some(value) = value {
                filters.choose(facet, value);
            }
        }
        let order = if self.newest {
            Order::Newest
        } else {
            Order::Best
        };
        Request {
            filters,
            order,
            skip,
            ..Request::best(Query::parse(self.words), CANDIDATES, second(now))
        }
    }
}

impl Publication {
    /// Stories that may have every word in their texts, the best first, after `skip`
    /// others: [`CANDIDATES`] of them, or fewer where there are no more. Each has to be
    /// checked before anybody hears of it, and may be withdrawn already.
    ///
    /// Reads files, and takes milliseconds.
    ///
    /// # Errors
    ///
    /// The index can't be read.
    pub fn text_candidates(
        &self,
        wish: &TextWish<'_>,
        (reach, skip): (Reach, usize),
        now: Timestamp,
    ) -> Result<Candidates, search::Error> {
        let request = wish.request(skip, now);
        self.finder.candidates(self, (&request, reach), now)
    }

    /// The words with those of which everybody may find none replaced by the nearest
    /// that there are; `None` where there is nothing to replace.
    ///
    /// # Errors
    ///
    /// The index can't be read.
    pub fn respelt(&self, words: &str, now: Timestamp) -> Result<Option<String>, search::Error> {
        self.finder.respelt(self, &Query::parse(words), now)
    }

    /// A story for who may read all of it, with what was looked for. Reads a file.
    pub fn quoted(&self, id: &str, marker: &Marker, now: Timestamp) -> Option<FoundText<'_>> {
        let story = self.catalogue.story(id, now)?;
        let language = Language::of_tag(&self.catalogue.language_of(story).to_string());
        let body = self
            .catalogue
            .body(story)
            .inspect_err(|error| tracing::warn!(%error, "a story can't be quoted"));
        let excerpt = body
            .ok()
            .and_then(|body| marker.excerpt(&body.text, language, EXCERPT));
        let title = marker.mark(&story.title, language);
        let standfirst = marker.mark(&story.standfirst, language);
        let pieces = excerpt.iter().flat_map(|excerpt| &excerpt.pieces);
        let shown = title.iter().chain(&standfirst).chain(pieces);
        Some(FoundText {
            filed: filed((&self.catalogue, story, now), (marker, language), shown),
            title,
            standfirst,
            excerpt,
            story,
        })
    }

    /// By what a story can be narrowed down to: its section, topics, authors and year.
    pub fn values_of(&self, story: &Story, now: Timestamp) -> [Vec<Value>; 4] {
        Facet::ALL.map(|facet| {
            let ids = super::document::values(self, story, facet);
            let named = ids.into_iter().filter_map(|id| {
                let name = facet_value(&self.catalogue, facet, &id, now)?;
                Some(Value { id, name })
            });
            named.collect()
        })
    }
}
