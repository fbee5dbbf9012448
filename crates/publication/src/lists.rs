//! What the publication has, as lists: for whoever shows them in another form than
//! pages. Only what everybody may know: nothing of a story's text, and nothing of what
//! isn't out.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use search::{Facet, Filters, Order, Query, Request};

use crate::content::{Listing, Slug, Story, topic_id};
use crate::publication::Publication;
use crate::search::{beginning, second};
use crate::view::{excerpt, percent};

/// Characters of a story's version: 64 bits, to tell two texts of one story apart.
const VERSION: usize = 16;

/// A section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionEntry<'a> {
    /// Its name in addresses.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// What it is about.
    pub standfirst: Option<&'a str>,
}

/// A topic or an author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListingEntry<'a> {
    /// Its name in addresses.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// How many stories are out.
    pub stories: usize,
    /// Its page.
    pub path: String,
}

/// Which stories are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of<'a> {
    /// All of them.
    All,
    /// Those of a section.
    Section(&'a str),
    /// Those on a topic.
    Topic(&'a str),
    /// Those by an author.
    Author(&'a str),
}

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// The words.
    pub words: &'a str,
    /// In that section.
    pub section: Option<&'a str>,
    /// On that topic.
    pub topic: Option<&'a str>,
    /// By that author.
    pub author: Option<&'a str>,
    /// How many of the best are passed over.
    pub from: usize,
    /// At most so many.
    pub most: usize,
}

/// A story that was found.
#[derive(Clone, Debug)]
pub struct FoundStory<'a> {
    /// The story.
    pub story: &'a Story,
    /// A part of the beginning that has the words, in HTML with `<mark>`.
    pub excerpt: Option<String>,
}

/// What has a page in that folder. Of whom or what nothing is out, nobody knows yet.
fn entries<'a>(
    folder: &'static str,
    listings: &'a BTreeMap<String, Arc<Listing>>,
    now: Timestamp,
) -> impl Iterator<Item = ListingEntry<'a>> {
    let counted = listings.iter();
    let counted = counted.map(move |(id, listing)| (id, listing, listing.stories.out(now).len()));
    let known = counted.filter(|(_, _, stories)| *stories > 0);
    known.map(move |(id, listing, stories)| ListingEntry {
        id,
        name: &listing.name,
        stories,
        path: format!("/{folder}/{}", percent(id)),
    })
}

impl Publication {
    /// The sections, in the order of the menu.
    pub fn section_entries(&self) -> impl Iterator<Item = SectionEntry<'_>> {
        let sections = self.catalogue.paper.sections.iter();
        sections.map(|section| SectionEntry {
            id: section.id.as_str(),
            name: &section.name,
            standfirst: section.standfirst.as_deref(),
        })
    }

    /// Topics with stories that are out, by their ids.
    pub fn topic_entries(&self, now: Timestamp) -> impl Iterator<Item = ListingEntry<'_>> {
        entries("topics", &self.catalogue.stories.topics, now)
    }

    /// Authors of stories that are out, by their ids.
    pub fn author_entries(&self, now: Timestamp) -> impl Iterator<Item = ListingEntry<'_>> {
        entries("authors", &self.catalogue.stories.authors, now)
    }

    /// The stories that are out and appeared from `from` on and before `to`, the latest
    /// first. No more are looked at than are taken.
    pub fn listed(
        &self,
        of: Of<'_>,
        (from, to): (Timestamp, Timestamp),
        now: Timestamp,
    ) -> impl Iterator<Item = &Story> {
        let stories = &self.catalogue.stories;
        let out = match of {
            Of::All => stories.all.out(now),
            Of::Section(id) => Slug::parse(id)
                .map(|id| stories.section(&id, now))
                .unwrap_or_default(),
            Of::Topic(id) => stories
                .topics
                .get(id)
                .map(|listing| listing.stories.out(now))
                .unwrap_or_default(),
            Of::Author(id) => stories
                .authors
                .get(id)
                .map(|listing| listing.stories.out(now))
                .unwrap_or_default(),
        };
        out.between(from, to)
    }

    /// The story of that name, if it is out.
    pub fn story_out(&self, slug: &str, now: Timestamp) -> Option<&Story> {
        self.catalogue.story(slug, now)
    }

    /// What of a story's text everybody may read; nothing where its file can't be read.
    pub fn beginning(&self, story: &Story) -> Option<String> {
        let body = self.catalogue.body(story).ok()?;
        Some(beginning(self, story, &body))
    }

    /// The language of its name, and of whatever doesn't say another (BCP 47).
    pub fn language(&self) -> String {
        self.catalogue.language.to_string()
    }

    /// What a story's file is, in a few characters: others whenever the file has been
    /// changed. For who may read the story, as texts can be guessed at by it.
    pub fn version(story: &Story) -> String {
        const DOMAIN: &str = "ludgate 2026 version of a story";
        let hash = blake3::derive_key(DOMAIN, story.source.bytes());
        let hash = blake3::Hash::from_bytes(hash).to_hex();
        hash[..VERSION].to_owned()
    }

    /// The language that a story is written in (BCP 47).
    pub fn language_of(&self, story: &Story) -> String {
        self.catalogue.language_of(story).to_string()
    }

    /// The best of the stories that have every word, by what everybody may read;
    /// `None` while nothing can be found. Reads files, and takes milliseconds.
    pub fn found(&self, wish: &Wish<'_>, now: Timestamp) -> Option<Vec<FoundStory<'_>>> {
        let mut filters = Filters::default();
        for (facet, value) in [
            (Facet::Section, wish.section),
            (Facet::Topic, wish.topic),
            (Facet::Author, wish.author),
        ] {
            if let Some(value) = value {
                filters.choose(facet, value);
            }
        }
        let request = Request {
            query: Query::parse(wish.words),
            filters,
            order: Order::Best,
            skip: wish.from,
            show: wish.most,
            now: second(now),
        };
        let answer = self
            .finder
            .ask(self, &request, now)
            .inspect_err(|error| tracing::error!(%error, "a search has no answer"))
            .ok()?;
        if answer.hits.is_empty() && !answer.complete {
            return None;
        }
        let found = answer.hits.iter().filter_map(|hit| {
            let story = self.catalogue.story(&hit.id, now)?;
            let excerpt = excerpt(&answer.marker, hit);
            Some(FoundStory { story, excerpt })
        });
        Some(found.collect())
    }
}

impl Story {
    /// The ids of its topics: of the label first, each once.
    pub fn topic_ids(&self) -> Vec<String> {
        self.topics().into_iter().map(|(id, _)| id).collect()
    }

    /// The ids of its authors, in the order of the byline.
    pub fn author_ids(&self) -> Vec<String> {
        self.byline.iter().map(|name| topic_id(name)).collect()
    }
}
