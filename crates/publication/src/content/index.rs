//! Which stories belong together: by section, topic, author, and in all. Every
//! page takes its lists from here, and none looks at every story.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::shelf::{Shelf, Stories, order};
use super::slug::{Slug, topic_id};
use super::story::Story;

/// Every story that wasn't withdrawn, in every order that pages ask for.
///
/// One that differs by a few stories is made of another without looking at the
/// rest: lists are shared.
#[derive(Clone, Debug, Default)]
pub(crate) struct Index {
    pub(crate) all: Shelf,
    /// What the newsroom wrote: all but what is sponsored.
    pub(crate) editorial: Shelf,
    pub(crate) sponsored: Shelf,
    /// Those in which something was put right.
    pub(crate) corrected: Shelf,
    pub(crate) topics: BTreeMap<String, Arc<Listing>>,
    pub(crate) authors: BTreeMap<String, Arc<Listing>>,
    sections: BTreeMap<Slug, Arc<Listing>>,
    /// By slug, those that were withdrawn included, which are in no list.
    named: Vec<Arc<Story>>,
    withdrawn: Shelf,
}

/// The stories of one section, topic or author.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listing {
    /// As a label or byline writes it; nothing for a section.
    pub(crate) name: String,
    pub(crate) stories: Shelf,
    /// Those of them that aren't sponsored.
    pub(crate) editorial: Shelf,
}

impl Listing {
    /// What it is called; nothing while none of its stories is out, whose topic or author
    /// nobody knows yet.
    pub(crate) fn name_at(&self, now: Timestamp) -> Option<&str> {
        self.stories.out(now).peek()?;
        Some(&self.name)
    }
}

/// A story that was changed, added or taken out.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) before: Option<Arc<Story>>,
    pub(crate) after: Option<Arc<Story>>,
}

impl Index {
    pub(crate) fn of(stories: Vec<Arc<Story>>) -> Self {
        let mut named = stories.clone();
        named.par_sort_unstable_by(|a, b| a.slug.cmp(&b.slug));
        let (there, withdrawn) = stories
            .into_iter()
            .partition::<Vec<_>, _>(|story| story.gone.is_none());
        let all = Shelf::of(there);
        let (topics, (authors, sections)) = rayon::join(
            || listings(all.all(), Story::topics, topic_name),
            || {
                rayon::join(
                    || listings(all.all(), Story::authors, author_name),
                    || listings(all.all(), section, no_name),
                )
            },
        );
        let mut index = Self {
            topics,
            authors,
            sections,
            named,
            withdrawn: Shelf::of(withdrawn),
            ..Self::default()
        };
        for story in all.all() {
            if !story.corrections.is_empty() {
                index.corrected.push(story);
            }
            match story.sponsor {
                None => index.editorial.push(story),
                Some(_) => index.sponsored.push(story),
            }
        }
        index.all = all;
        index
    }

    /// The same with some stories changed.
    pub(crate) fn with(&self, changes: &[Change]) -> Self {
        let mut index = self.clone();
        for Change { before, after } in changes {
            if let Some(story) = before {
                index.put(story, false);
            }
            if let Some(story) = after {
                index.put(story, true);
            }
        }
        index
    }

    /// Puts a story on every list that it belongs on, or takes it off.
    fn put(&mut self, story: &Arc<Story>, is_new: bool) {
        let place = (self.named).binary_search_by(|other| other.slug.cmp(&story.slug));
        match place {
            Ok(at) if !is_new => {
                self.named.remove(at);
            }
            Err(at) if is_new => self.named.insert(at, Arc::clone(story)),
            Ok(_) | Err(_) => {}
        }
        if story.gone.is_some() {
            self.withdrawn.put(story, is_new);
            return;
        }
        self.all.put(story, is_new);
        if !story.corrections.is_empty() {
            self.corrected.put(story, is_new);
        }
        if story.sponsor.is_none() {
            self.editorial.put(story, is_new);
        } else {
            self.sponsored.put(story, is_new);
        }
        for (id, ()) in section(story) {
            relist(&mut self.sections, id, story, is_new, no_name);
        }
        for (id, _) in story.topics() {
            relist(&mut self.topics, id, story, is_new, topic_name);
        }
        for (id, _) in story.authors() {
            relist(&mut self.authors, id, story, is_new, author_name);
        }
    }

    /// The stories that differ from those of `before`.
    pub(crate) fn changes_since(&self, before: &Self) -> Vec<Change> {
        let mut old = before.named.iter().peekable();
        let mut new = self.named.iter().peekable();
        let mut changes = Vec::new();
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => return changes,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(old), Some(new)) => old.slug.cmp(&new.slug),
            };
            let before = if order.is_le() { old.next() } else { None };
            let after = if order.is_ge() { new.next() } else { None };
            let is_same = match (before, after) {
                (Some(before), Some(after)) => Arc::ptr_eq(before, after) || before == after,
                _ => false,
            };
            if !is_same {
                let (before, after) = (before.cloned(), after.cloned());
                changes.push(Change { before, after });
            }
        }
    }

    /// The story of that slug, whether it is out or not.
    pub(crate) fn story(&self, slug: &str) -> Option<&Arc<Story>> {
        let place = (self.named).binary_search_by(|story| story.slug.as_str().cmp(slug));
        self.named.get(place.ok()?)
    }

    /// Every story that has a file, by slug.
    pub(super) fn named(&self) -> &[Arc<Story>] {
        &self.named
    }

    /// The same, less how they are held.
    pub(crate) fn with_withdrawn(&self) -> impl Iterator<Item = &Story> + Clone {
        self.named.iter().map(|story| &**story)
    }

    /// The stories that have a file and were withdrawn.
    pub(crate) fn withdrawn(&self) -> impl Iterator<Item = &Story> {
        self.withdrawn.all().iter().map(|story| &**story)
    }

    /// What of a section is out at `now`.
    pub(crate) fn section(&self, id: &Slug, now: Timestamp) -> Stories<'_> {
        let section = self.sections.get(id);
        section
            .map(|section| section.stories.out(now))
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

/// Stories in their order, by the ids that `of` gives each.
fn listings<'a, K: Ord, W>(
    stories: &'a [Arc<Story>],
    of: impl Fn(&'a Story) -> Vec<(K, W)>,
    name: impl Fn(&K, &Shelf) -> String,
) -> BTreeMap<K, Arc<Listing>> {
    let mut listings: BTreeMap<K, Listing> = BTreeMap::new();
    for story in stories {
        for (id, _) in of(story) {
            let listing = listings.entry(id).or_default();
            listing.stories.push(story);
            if story.sponsor.is_none() {
                listing.editorial.push(story);
            }
        }
    }
    let named = listings.into_iter().map(|(id, mut listing)| {
        listing.name = name(&id, &listing.stories);
        (id, Arc::new(listing))
    });
    named.collect()
}

/// Puts a story on a list or takes it off. A list without stories is none.
fn relist<K: Ord>(
    listings: &mut BTreeMap<K, Arc<Listing>>,
    id: K,
    story: &Arc<Story>,
    is_new: bool,
    name: impl Fn(&K, &Shelf) -> String,
) {
    let mut listing = listings
        .get(&id)
        .map_or_else(Listing::default, |listing| Listing::clone(listing));
    listing.stories.put(story, is_new);
    if story.sponsor.is_none() {
        listing.editorial.put(story, is_new);
    }
    if listing.stories.all().is_empty() {
        listings.remove(&id);
    } else {
        listing.name = name(&id, &listing.stories);
        listings.insert(id, Arc::new(listing));
    }
}

fn section(story: &Story) -> Vec<(Slug, ())> {
    vec![(story.section.clone(), ())]
}

fn no_name(_: &Slug, _: &Shelf) -> String {
    String::new()
}

/// A topic is called as the oldest label that means it, since labels are
/// written for readers and tags for sorting; else as a tag.
fn topic_name(id: &String, stories: &Shelf) -> String {
    let mut labels = stories.all().iter().rev().map(|story| &story.label);
    if let Some(label) = labels.find(|label| topic_id(label) == *id) {
        return label.clone();
    }
    let mut tags = stories.all().iter().flat_map(|story| &story.tags);
    let tag = tags.find(|tag| topic_id(tag) == *id);
    title_case(tag.map_or("", String::as_str))
}

fn author_name(id: &String, stories: &Shelf) -> String {
    let mut names = stories.all().iter().flat_map(|story| &story.byline);
    let name = names.find(|name| topic_id(name) == *id);
    name.cloned().unwrap_or_default()
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
