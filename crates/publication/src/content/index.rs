//! Which stories belong together: by section, topic, author, and in all. Every
//! page takes its lists from here, and none looks at every story.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::shelf::{Shelf, Stories, order};
use super::slug::Slug;
use super::story::Story;

/// Every story that wasn't withdrawn, in every order that pages ask for.
#[derive(Debug, Default)]
pub(crate) struct Index {
    pub(crate) all: Shelf,
    /// What the newsroom wrote: all but what is sponsored.
    pub(crate) editorial: Shelf,
    pub(crate) sponsored: Shelf,
    /// Those in which something was put right.
    pub(crate) corrected: Shelf,
    pub(crate) topics: BTreeMap<String, Listing>,
    pub(crate) authors: BTreeMap<String, Listing>,
    sections: BTreeMap<Slug, Shelves>,
    /// By slug, those that were withdrawn included, which are in no list.
    named: Vec<Arc<Story>>,
}

/// The stories of one topic or author.
#[derive(Debug, Default)]
pub(crate) struct Listing {
    /// As a label or byline writes it.
    pub(crate) name: String,
    pub(crate) stories: Shelf,
    /// Those of them that aren't sponsored.
    pub(crate) editorial: Shelf,
}

#[derive(Debug, Default)]
struct Shelves {
    all: Shelf,
    editorial: Shelf,
}

impl Index {
    pub(crate) fn of(stories: Vec<Arc<Story>>) -> Self {
        let mut named = stories.clone();
        named.sort_by(|a, b| a.slug.cmp(&b.slug));
        let there = stories.into_iter().filter(|story| story.gone.is_none());
        let all = Shelf::of(there.collect());
        let mut index = Self {
            topics: topics(all.all()),
            authors: authors(all.all()),
            named,
            ..Self::default()
        };
        for story in all.all() {
            let section = index.sections.entry(story.section.clone()).or_default();
            section.all.push(story);
            if !story.corrections.is_empty() {
                index.corrected.push(story);
            }
            if story.sponsor.is_none() {
                section.editorial.push(story);
                index.editorial.push(story);
            } else {
                index.sponsored.push(story);
            }
        }
        index.all = all;
        index
    }

    /// The story of that slug, whether it is out or not.
    pub(crate) fn story(&self, slug: &str) -> Option<&Arc<Story>> {
        let place = (self.named).binary_search_by(|story| story.slug.as_str().cmp(slug));
        self.named.get(place.ok()?)
    }

    /// The stories that have a file and were withdrawn.
    pub(crate) fn withdrawn(&self) -> impl Iterator<Item = &Story> {
        let stories = self.named.iter().map(|story| &**story);
        stories.filter(|story| story.gone.is_some())
    }

    /// What of a section is out at `now`.
    pub(crate) fn section(&self, id: &Slug, now: Timestamp) -> Stories<'_> {
        let section = self.sections.get(id);
        section
            .map(|section| section.all.out(now))
            .unwrap_or_default()
    }

    /// What of a section is out at `now` and not sponsored.
    pub(crate) fn editorial_of(&self, id: &Slug, now: Timestamp) -> Stories<'_> {
        let section = self.sections.get(id);
        section
            .map(|section| section.editorial.out(now))
            .unwrap_or_default()
    }

    /// What of some sections is out at `now` and not sponsored, the latest
    /// first. Looks at no more stories than are taken.
    pub(crate) fn latest_of<'a>(
        &'a self,
        sections: impl Iterator<Item = &'a Slug>,
        now: Timestamp,
    ) -> impl Iterator<Item = &'a Story> {
        let shelves = sections.map(|section| self.editorial_of(section, now));
        let mut shelves: Vec<Stories<'a>> = shelves.collect();
        std::iter::from_fn(move || {
            let fronts = shelves.iter().enumerate();
            let fronts = fronts.filter_map(|(at, stories)| Some((at, stories.peek()?)));
            let (newest, _) = fronts.min_by(|(_, a), (_, b)| order(a, b))?;
            shelves.get_mut(newest)?.next()
        })
    }
}

impl Listing {
    fn push(&mut self, story: &Arc<Story>) {
        self.stories.push(story);
        if story.sponsor.is_none() {
            self.editorial.push(story);
        }
    }
}

/// Topics by id. The name is a label's where there is one, since labels are
/// written for readers and tags for sorting.
fn topics(stories: &[Arc<Story>]) -> BTreeMap<String, Listing> {
    let mut topics: BTreeMap<String, Listing> = BTreeMap::new();
    for story in stories {
        for (place, (id, words)) in story.topics().into_iter().enumerate() {
            let topic = topics.entry(id).or_default();
            if place == 0 {
                words.clone_into(&mut topic.name);
            } else if topic.name.is_empty() {
                topic.name = title_case(words);
            }
            topic.push(story);
        }
    }
    topics
}

fn authors(stories: &[Arc<Story>]) -> BTreeMap<String, Listing> {
    let mut authors: BTreeMap<String, Listing> = BTreeMap::new();
    for story in stories {
        for (id, name) in story.authors() {
            let author = authors.entry(id).or_default();
            if author.name.is_empty() {
                name.clone_into(&mut author.name);
            }
            author.push(story);
        }
    }
    authors
}

/// `fenwick-quay` as `Fenwick Quay`.
fn title_case(tag: &str) -> String {
    let mut words = Vec::new();
    for word in tag.split(['-', '_', ' ']).filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        words.push(first.chain(letters).collect::<String>());
    }
    words.join(" ")
}
