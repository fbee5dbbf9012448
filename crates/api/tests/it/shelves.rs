//! The newspaper's lists, of the same few stories that its site has.

use std::sync::Arc;

use gateway::{Gate, Whom};
use jiff::{SignedDuration, Timestamp};
use ludgate_api::{Doing, Hit, Listed, Listing, Lists, Newsroom, NotSearched, Search, wire};

use crate::canary;
use crate::site::{START, STORIES};

/// The newsroom.
pub(crate) struct Stand(pub(crate) bool, pub(crate) Arc<Gate>);

impl Newsroom for Stand {
    fn lists(&self) -> Option<Arc<dyn Lists>> {
        let lists: Arc<dyn Lists> = Arc::new(Shelves);
        self.0.then_some(lists)
    }

    /// Every story has the word `rope` in its text, beside a canary; `again` was looked
    /// for too often.
    fn find_in_texts<'a>(
        &'a self,
        search: &'a Search<'a>,
        whom: Whom<'a>,
        now: Timestamp,
    ) -> Doing<'a, Result<Vec<Hit>, NotSearched>> {
        Box::pin(async move {
            let entitled = self.1.entitled(whom, now);
            if entitled.map_err(|_| NotSearched::Token)?.is_none() {
                return Err(NotSearched::NotEntitled);
            }
            if search.words == "again" {
                return Err(NotSearched::Often(7));
            }
            let mut hits = Vec::new();
            for Listed { story, .. } in Shelves::all(now) {
                let foreseen = self.1.foresee(&story.path, whom, now).await;
                if search.words == "rope" && foreseen.is_ok_and(|foreseen| foreseen.is_whole()) {
                    let excerpt = format!("<mark>{}</mark>", canary::token(&story.id, 9));
                    hits.push(Hit {
                        excerpt: Some(excerpt),
                        story,
                    });
                }
            }
            Ok(hits
                .into_iter()
                .skip(search.from)
                .take(search.most)
                .collect())
        })
    }
}

struct Shelves;

impl Shelves {
    fn all(now: Timestamp) -> Vec<Listed> {
        let start: Timestamp = START.parse().expect("a time");
        let listed = |(name, section, tier, days): &(&str, &str, &str, i64)| {
            let published = start - SignedDuration::from_hours(24 * days);
            Listed {
                published,
                story: wire::Story {
                    id: (*name).to_owned(),
                    path: format!("/stories/{name}"),
                    title: (*name).to_owned(),
                    standfirst: "About the harbour.".to_owned(),
                    label: "Harbour".to_owned(),
                    section: (*section).to_owned(),
                    topics: vec!["harbour".to_owned()],
                    authors: vec!["Ada Example".to_owned()],
                    language: "en".to_owned(),
                    published: published.to_string(),
                    updated: None,
                    tier: (*tier).to_owned(),
                    sponsor: None,
                    commission: None,
                    picture: None,
                    corrections: vec![wire::Correction {
                        date: "2026-11-12".to_owned(),
                        text: format!("It was {}.", canary::token(name, 7)),
                    }],
                },
            }
        };
        let all = STORIES.iter().map(listed);
        all.filter(|listed| listed.published <= now).collect()
    }
}

impl Lists for Shelves {
    fn sections(&self) -> Vec<wire::Section> {
        let section = |id: &str| wire::Section {
            id: id.to_owned(),
            name: id.to_owned(),
            standfirst: None,
            path: format!("/sections/{id}"),
        };
        ["city", "harbour"].map(section).to_vec()
    }

    fn topics(&self, after: Option<&str>, most: usize, _: Timestamp) -> Vec<wire::Heading> {
        let topic = |id: &&str| wire::Heading {
            id: (*id).to_owned(),
            name: (*id).to_owned(),
            stories: 1,
            path: format!("/topics/{id}"),
        };
        let all = ["ferry", "harbour", "tide", "wharf"];
        let rest = all
            .iter()
            .filter(|id| after.is_none_or(|after| **id > after));
        rest.take(most).map(topic).collect()
    }

    fn authors(&self, after: Option<&str>, most: usize, _: Timestamp) -> Vec<wire::Heading> {
        let author = wire::Heading {
            id: "ada-example".to_owned(),
            name: "Ada Example".to_owned(),
            stories: STORIES.len(),
            path: "/authors/ada-example".to_owned(),
        };
        let all = after.is_none().then_some(author);
        all.into_iter().take(most).collect()
    }

    fn stories(&self, listing: &Listing<'_>, now: Timestamp) -> Vec<Listed> {
        let fits = |listed: &Listed| {
            let is_after = listing.after.as_ref().is_none_or(|after| {
                listed.published < after.at
                    || (listed.published == after.at && listed.story.id > after.id)
            });
            is_after && listing.section.is_none_or(|id| id == listed.story.section)
        };
        let all = Self::all(now).into_iter().filter(fits);
        all.take(listing.most).collect()
    }

    fn story(&self, id: &str, now: Timestamp) -> Option<Listed> {
        Self::all(now)
            .into_iter()
            .find(|listed| listed.story.id == id)
    }

    /// Finds a story by its name.
    fn find<'a>(
        &'a self,
        search: &'a Search<'a>,
        now: Timestamp,
    ) -> Doing<'a, Result<Vec<Hit>, NotSearched>> {
        let hit = |listed: Listed| Hit {
            story: listed.story,
            excerpt: None,
        };
        let found = Self::all(now).into_iter();
        let found = found.filter(|listed| listed.story.title.contains(search.words));
        let found = found.skip(search.from).take(search.most).map(hit).collect();
        Box::pin(async move { Ok(found) })
    }
}
