//! Single stories that somebody may read: bought one by one, beside whatever
//! subscription there is or isn't.

use std::sync::Arc;

use jiff::Timestamp;

use crate::StoryId;

/// A story that was bought by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryEntitlement {
    /// Which: the story, wherever it is found, and no other.
    pub story: StoryId,
    /// The first instant at which it no longer holds; `None` for no end.
    pub until: Option<Timestamp>,
}

/// All of a reader's single stories. Cheap to clone; the empty set costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stories(
    /// In the order of their ids, each once.
    Option<Arc<[StoryEntitlement]>>,
);

impl Stories {
    /// The set of `grants`. Of a story that was bought twice, what lasts longer.
    pub fn new(mut grants: Vec<StoryEntitlement>) -> Self {
        let lasts =
            |grant: &StoryEntitlement| (grant.until.is_some(), std::cmp::Reverse(grant.until));
        grants.sort_by(|a, b| a.story.cmp(&b.story).then(lasts(a).cmp(&lasts(b))));
        grants.dedup_by(|later, first| later.story == first.story);
        Self((!grants.is_empty()).then(|| grants.into()))
    }

    /// Whether `story` may be read at `now`. A look-up among sorted ids, so that
    /// who buys thousands is as fast as who buys one.
    pub fn open(&self, story: &StoryId, now: Timestamp) -> bool {
        let Some(grants) = &self.0 else {
            return false;
        };
        let found = grants.binary_search_by(|grant| grant.story.cmp(story));
        let grant = found.ok().and_then(|index| grants.get(index));
        grant.is_some_and(|grant| grant.until.is_none_or(|until| now < until))
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &StoryEntitlement> {
        self.0.iter().flat_map(|grants| grants.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn bought(story: &str, until: Option<&str>) -> StoryEntitlement {
        StoryEntitlement {
            story: StoryId::new(story),
            until: until.map(at),
        }
    }

    #[test]
    fn a_story_is_open_until_its_time_and_no_other_is() {
        let stories = Stories::new(vec![
            bought("/b", None),
            bought("/a", Some("2026-12-01T00:00:00Z")),
        ]);
        // story, time, open
        for (story, time, open) in [
            ("/a", "2026-11-30T23:59:59Z", true),
            ("/a", "2026-12-01T00:00:00Z", false),
            ("/b", "2099-01-01T00:00:00Z", true),
            ("/", "2026-11-01T00:00:00Z", false),
            ("/A", "2026-11-01T00:00:00Z", false),
            ("/a/", "2026-11-01T00:00:00Z", false),
            ("/c", "2026-11-01T00:00:00Z", false),
        ] {
            assert_eq!(
                stories.open(&StoryId::new(story), at(time)),
                open,
                "{story} {time}"
            );
        }
    }

    #[test]
    fn of_a_story_bought_twice_the_longer_time_counts() {
        let (early, late) = ("2026-12-01T00:00:00Z", "2026-12-09T00:00:00Z");
        for (one, other, last) in [
            (Some(early), Some(late), Some(late)),
            (Some(late), Some(early), Some(late)),
            (Some(late), None, None),
            (None, Some(early), None),
        ] {
            let stories = Stories::new(vec![bought("/a", one), bought("/a", other)]);
            let kept: Vec<_> = stories.iter().map(|grant| grant.until).collect();
            assert_eq!(kept, [last.map(at)]);
        }
    }

    #[test]
    fn nothing_bought_opens_nothing() {
        let none = Stories::new(Vec::new());
        assert_eq!(none, Stories::default());
        assert!(!none.open(&StoryId::new("/a"), at("2026-11-01T00:00:00Z")));
    }
}
