//! A feed as a whole: what it is called, where it goes on, and its stories.

use jiff::Timestamp;
use prompts::Arg;
use serde::Serialize;

use super::entry::{Entry, posted};
use super::text::{Xml, plain};
use super::{FeedPlace, Scope};
use crate::content::{Stories, Story};
use crate::publication::Publication;
use crate::view::{iso, last_change};

/// Stories in a feed: a week of a busy desk.
pub(crate) const PER_FEED: usize = 40;

/// Pages of a feed (RFC 5005): two thousand stories, for whoever begins to follow.
/// What is older is in the archive.
const MOST_PAGES: usize = 50;

/// A feed, or a page of one.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Document {
    /// What it is known by: the page that shows the same to people.
    pub(crate) home: Xml,
    pub(crate) title: Xml,
    pub(crate) subtitle: Option<Xml>,
    pub(crate) language: String,
    /// Its own address; `None` for what is one reader's, since theirs is a secret.
    pub(crate) this: Option<Xml>,
    /// Where pages are: the first, the one with newer stories, and the one with
    /// older ones.
    pub(crate) first: Option<Xml>,
    pub(crate) newer: Option<Xml>,
    pub(crate) older: Option<Xml>,
    /// When the newest change in it was.
    pub(crate) updated: String,
    /// As RSS has times.
    pub(crate) built: String,
    pub(crate) rights: Xml,
    pub(crate) icon: Xml,
    pub(crate) entries: Vec<Entry>,
}

impl Document {
    /// Page `page` of a feed, from 1; `None` where there is none. The first exists
    /// even where nothing is out.
    pub(crate) fn of(
        publication: &Publication,
        place: FeedPlace<'_>,
        page: usize,
        now: Timestamp,
    ) -> Option<Self> {
        if !(1..=MOST_PAGES).contains(&page) {
            return None;
        }
        let all = place.scope.stories(&publication.catalogue, now);
        let stories = all.cut((page - 1) * PER_FEED..all.len().min(page * PER_FEED));
        if page > 1 && stories.len() == 0 {
            return None;
        }
        let goes_on = all.len() > page * PER_FEED && page < MOST_PAGES;
        let at = |page: usize| {
            let query = match page {
                1 => String::new(),
                page => format!("?page={page}"),
            };
            Xml(format!(
                "{}{}{query}",
                publication.settings.url,
                place.path()
            ))
        };
        let is_paged = goes_on || page > 1;
        Some(Self {
            this: Some(at(page)),
            first: is_paged.then(|| at(1)),
            newer: (page > 1).then(|| at(page - 1)),
            older: goes_on.then(|| at(page + 1)),
            ..Self::with(publication, place.scope, &stories, |_| false, now)
        })
    }

    /// A feed of these stories, those for which `is_whole` says so with their text.
    pub(super) fn with(
        publication: &Publication,
        scope: Scope<'_>,
        stories: &Stories<'_>,
        is_whole: impl Fn(&Story) -> bool,
        now: Timestamp,
    ) -> Self {
        let (paper, settings) = (&publication.catalogue.paper, &publication.settings);
        let updated = stories.clone().map(|story| last_change(story, now)).max();
        let updated = updated.unwrap_or(Timestamp::UNIX_EPOCH);
        let subtitle = match scope {
            Scope::Everything => paper.tagline.as_deref(),
            Scope::Section(section) => section.standfirst.as_deref(),
            Scope::Topic(..) | Scope::Author(..) => None,
        };
        let year = now.to_zoned_datetime(settings.zone.clone()).year();
        Self {
            home: Xml(format!("{}{}", settings.url, scope.home())),
            title: Xml(plain(&title(publication, scope))),
            subtitle: subtitle.map(|text| Xml(plain(text))),
            language: publication.catalogue.language.to_string(),
            this: None,
            first: None,
            newer: None,
            older: None,
            updated: iso(updated),
            built: posted(updated),
            rights: Xml(plain(&format!("© {year} {}", paper.name))),
            icon: Xml(format!("{}{}", settings.url, publication.assets.icon.path)),
            entries: stories
                .clone()
                .map(|story| Entry::of(publication, story, is_whole(story), now))
                .collect(),
        }
    }
}

/// The paper, or the section and the paper, as programs list feeds.
pub(crate) fn title(publication: &Publication, scope: Scope<'_>) -> String {
    let paper = &publication.catalogue.paper.name;
    let Some(name) = scope.name() else {
        return paper.clone();
    };
    publication.theme.messages().text(
        &publication.settings.locale,
        "pub-feed-title",
        &[("name", Arg::Text(name)), ("paper", Arg::Text(paper))],
    )
}
