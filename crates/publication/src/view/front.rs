//! The front page: what the editor chose, and the latest where nothing was.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;

use super::card::{Card, Entry, cards};
use super::kin::is_second;
use crate::content::{Section, Story};
use crate::publication::Publication;

/// The front page.
#[derive(Serialize)]
pub(crate) struct FrontPage {
    lead: Option<Card>,
    secondary: Vec<Card>,
    opinion: Vec<Card>,
    picks: Vec<Card>,
    latest: Vec<Card>,
    /// What readers read most, as whoever counts them says; empty where nobody
    /// does.
    most_read: Vec<Card>,
    sponsored: Vec<Card>,
    rivers: Vec<River>,
}

/// A section's headlines.
#[derive(Serialize)]
struct River {
    section: Entry,
    standfirst: Option<String>,
    stories: Vec<Card>,
}

impl FrontPage {
    pub(crate) fn of(publication: &Publication, now: Timestamp) -> Self {
        let catalogue = &publication.catalogue;
        let front = &catalogue.paper.front;
        let mut desk = Desk {
            publication,
            now,
            used: BTreeSet::new(),
        };
        // Chosen stories are set aside first, so that no slot is filled with
        // one that has a place further down.
        let chosen: BTreeSet<&str> = front.names().map(|(_, name)| name.value.as_str()).collect();
        let named = |names: &[crate::content::Placed<String>]| {
            names
                .iter()
                .filter_map(|name| catalogue.story(&name.value, now))
                .collect::<Vec<_>>()
        };
        let room = front.room;
        let spare = |story: &&Story| {
            !chosen.contains(story.slug.as_str()) && !is_second(publication, story, now)
        };
        let index = &catalogue.stories;
        let of = |is_opinion: bool| {
            let sections = catalogue.paper.sections.iter();
            let sections = sections.filter(move |section| section.is_opinion == is_opinion);
            let latest = index.latest_of(sections.map(|section| &section.id), now);
            latest.filter(spare)
        };

        let lead = desk.fill(named(front.lead.as_slice()), 1, of(false));
        let secondary = desk.fill(named(&front.secondary), room.secondary, of(false));
        let opinion = desk.fill(named(&front.opinion), room.opinion, of(true));
        let picks = desk.fill(named(&front.picks), room.picks, of(false));
        let sponsored: Vec<&Story> = index.sponsored.out(now).take(room.sponsored).collect();
        let latest = index.editorial.out(now);
        let latest: Vec<&Story> = latest
            .filter(|story| !is_second(publication, story, now))
            .take(room.latest)
            .collect();
        let most_read: Vec<&Story> = publication
            .most_read()
            .iter()
            .filter_map(|slug| catalogue.story(slug.as_str(), now))
            .take(room.most_read)
            .collect();
        let rivers = rivers(publication)
            .into_iter()
            .filter_map(|(section, room)| desk.river(section, room))
            .collect();
        let set = |stories: Vec<&Story>| cards(publication, stories, now);
        Self {
            lead: set(lead).into_iter().next(),
            secondary: set(secondary),
            opinion: set(opinion),
            picks: set(picks),
            latest: set(latest),
            most_read: set(most_read),
            sponsored: set(sponsored),
            rivers,
        }
    }
}

/// The rivers with the room that each has: the editor's, or one of every section.
fn rivers(publication: &Publication) -> Vec<(&Section, usize)> {
    let catalogue = &publication.catalogue;
    let front = &catalogue.paper.front;
    let usual = front.room.river;
    if front.rivers.is_empty() {
        let sections = catalogue.paper.sections.iter();
        return sections.map(|section| (section, usual)).collect();
    }
    let chosen = front.rivers.iter().filter_map(|river| {
        let section = catalogue.section(&river.section.value)?;
        Some((section, river.stories.unwrap_or(usual)))
    });
    chosen.collect()
}

/// Where stories are given their places.
struct Desk<'a> {
    publication: &'a Publication,
    now: Timestamp,
    used: BTreeSet<&'a str>,
}

impl<'a> Desk<'a> {
    /// The `named` stories, and of the `others` as many as they leave room for;
    /// none twice on the page and none sponsored.
    fn fill(
        &mut self,
        named: Vec<&'a Story>,
        room: usize,
        others: impl Iterator<Item = &'a Story>,
    ) -> Vec<&'a Story> {
        let mut stories = Vec::with_capacity(room);
        let mut candidates = named.into_iter().chain(others);
        while stories.len() < room
            && let Some(story) = candidates.next()
        {
            if story.sponsor.is_none() && self.used.insert(story.slug.as_str()) {
                stories.push(story);
            }
        }
        stories
    }

    /// The headlines of a section: those with no place above first, then the
    /// others, each group the latest first. `None` where there are none.
    fn river(&self, section: &'a Section, room: usize) -> Option<River> {
        let index = &self.publication.catalogue.stories;
        let mut stories = index.editorial_of(&section.id, self.now);
        // No more are passed over than have a place above.
        let (mut fresh, mut placed) = (Vec::with_capacity(room), Vec::new());
        while fresh.len() < room
            && let Some(story) = stories.next()
        {
            if self.used.contains(story.slug.as_str()) {
                placed.push(story);
            } else if !is_second(self.publication, story, self.now) {
                fresh.push(story);
            }
        }
        let stories: Vec<&Story> = fresh.into_iter().chain(placed).take(room).collect();
        (!stories.is_empty()).then(|| River {
            section: Entry::new(&section.name, &format!("/sections/{}", section.id)),
            standfirst: section.standfirst.clone(),
            stories: cards(self.publication, stories, self.now),
        })
    }
}
