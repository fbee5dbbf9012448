//! The front page: what the editor chose, and the latest where nothing was.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;

use super::card::{Card, Entry, cards, is_opinion};
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
        let news = |story: &&Story| !is_opinion(catalogue, story) && spare(story);
        let argued = |story: &&Story| is_opinion(catalogue, story) && spare(story);

        let lead = desk.fill(named(front.lead.as_slice()), 1, news);
        let secondary = desk.fill(named(&front.secondary), room.secondary, news);
        let opinion = desk.fill(named(&front.opinion), room.opinion, argued);
        let picks = desk.fill(named(&front.picks), room.picks, news);
        let sponsored: Vec<&Story> = catalogue
            .out(now)
            .filter(|s| s.sponsor.is_some())
            .take(room.sponsored)
            .collect();
        let latest: Vec<&Story> = catalogue
            .out(now)
            .filter(|s| s.sponsor.is_none() && !is_second(publication, s, now))
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
    /// The `named` stories, and the latest that are `fit` where they leave
    /// room; no more than `room`, none twice on the page and none sponsored.
    fn fill(
        &mut self,
        named: Vec<&'a Story>,
        room: usize,
        fit: impl Fn(&&'a Story) -> bool,
    ) -> Vec<&'a Story> {
        let catalogue = &self.publication.catalogue;
        let others = catalogue.out(self.now).filter(fit);
        let mut stories: Vec<&Story> = Vec::with_capacity(room);
        for story in named.into_iter().chain(others) {
            if stories.len() < room
                && story.sponsor.is_none()
                && self.used.insert(story.slug.as_str())
            {
                stories.push(story);
            }
        }
        stories
    }

    /// The headlines of a section: those with no place above first, then the
    /// others, each group the latest first. `None` where there are none.
    fn river(&self, section: &'a Section, room: usize) -> Option<River> {
        let catalogue = &self.publication.catalogue;
        let mut stories: Vec<&Story> = catalogue
            .out(self.now)
            .filter(|story| story.section == section.id && story.sponsor.is_none())
            .filter(|story| !is_second(self.publication, story, self.now))
            .collect();
        stories.sort_by_key(|story| self.used.contains(story.slug.as_str()));
        stories.truncate(room);
        (!stories.is_empty()).then(|| River {
            section: Entry::new(&section.name, &format!("/sections/{}", section.id)),
            standfirst: section.standfirst.clone(),
            stories: cards(self.publication, stories, self.now),
        })
    }
}
