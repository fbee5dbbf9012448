//! The newspaper: what is the same for everybody.

use crate::AfterStory;
use crate::api::{Answer, Api, Call, json};
use crate::cursor;
use crate::newsroom::Listing;
use crate::wire;

impl Api {
    pub(crate) fn publication(&self) -> Answer {
        let settings = &self.settings;
        json(&wire::Publication {
            name: settings.name.clone(),
            url: settings.url.clone(),
            locales: settings.locales.iter().map(ToString::to_string).collect(),
            timezone: settings.timezone.clone(),
            colours: settings.colours.clone(),
            has_lists: self.newsroom.lists().is_some(),
            has_accounts: self.accounts.is_some(),
        })
    }

    pub(crate) fn sections(&self) -> Answer {
        let sections = self.lists()?.sections();
        json(&wire::Sections { sections })
    }

    pub(crate) fn topics(&self, call: &Call<'_>) -> Answer {
        let lists = self.lists()?;
        let after = call.asked.cursor().map(cursor::name).transpose()?;
        let limit = call.asked.limit();
        let topics = lists.topics(after.as_deref(), limit + 1, call.now());
        let (topics, next) = paged(topics, limit, |topic| cursor::after_name(&topic.id));
        json(&wire::Topics { topics, next })
    }

    pub(crate) fn authors(&self, call: &Call<'_>) -> Answer {
        let lists = self.lists()?;
        let after = call.asked.cursor().map(cursor::name).transpose()?;
        let limit = call.asked.limit();
        let authors = lists.authors(after.as_deref(), limit + 1, call.now());
        let (authors, next) = paged(authors, limit, |author| cursor::after_name(&author.id));
        json(&wire::Authors { authors, next })
    }

    pub(crate) fn stories(&self, call: &Call<'_>) -> Answer {
        let lists = self.lists()?;
        let asked = &call.asked;
        let limit = asked.limit();
        let listing = Listing {
            section: asked.get("section"),
            topic: asked.get("topic"),
            author: asked.get("author"),
            language: asked.get("language"),
            tier: asked.get("tier"),
            from: asked.time("from"),
            until: asked.time("until"),
            after: asked.cursor().map(AfterStory::read).transpose()?,
            most: limit + 1,
        };
        let stories = lists.stories(&listing, call.now());
        let (stories, next) = paged(stories, limit, |listed| {
            AfterStory::written(listed.published, &listed.story.id)
        });
        let stories = stories.into_iter().map(|listed| open(listed.story));
        let stories = stories.collect();
        json(&wire::Stories { stories, next })
    }
}

/// The story without what may repeat what is locked: what was wrong in it, and what is
/// right.
pub(crate) fn open(story: wire::Story) -> wire::Story {
    wire::Story {
        corrections: Vec::new(),
        ..story
    }
}

/// The first of them, and where it goes on where there are more.
pub(crate) fn paged<T>(
    mut all: Vec<T>,
    limit: usize,
    after: impl Fn(&T) -> String,
) -> (Vec<T>, Option<String>) {
    let is_more = all.len() > limit;
    all.truncate(limit);
    let next = all.last().filter(|_| is_more).map(after);
    (all, next)
}
