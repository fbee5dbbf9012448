//! Pages of a list whose addresses keep their meaning: they are counted from the
//! oldest story, so a new one moves none from the page that it stood on.

use jiff::tz::TimeZone;
use serde::Serialize;

use super::card::Clock;
use super::markup::Markup;
use crate::content::{Stories, Story};

/// Stories on one page of a list: a lead and four rows of two or three.
pub(crate) const PER_PAGE: usize = 12;

/// The way to other pages of a list.
///
/// The list's own address has the newest: as many as fill a page, and those that
/// don't fill the next yet. A page gets a number once it is full and another
/// stands above it.
#[derive(Debug, Serialize)]
pub(crate) struct Turn {
    /// Whether it is the list's own address.
    pub(crate) is_head: bool,
    /// How many pages there are.
    pages: usize,
    newer: Option<Markup>,
    older: Option<Markup>,
    oldest: Option<Markup>,
    /// The days of the newest and of the oldest story on it.
    newest_day: Option<String>,
    oldest_day: Option<String>,
    /// Where it begins and ends, counted from the newest story.
    #[serde(skip)]
    range: std::ops::Range<usize>,
}

impl Turn {
    /// Page `page` of a list of `count` at `path`, or the list's own where it is
    /// `None`; `None` where there is no such page. The list's own exists even
    /// where the list is empty.
    pub(crate) fn of(path: &str, page: Option<usize>, count: usize) -> Option<Self> {
        let numbered = (count / PER_PAGE).saturating_sub(1);
        let link = |to: usize| {
            if to > numbered {
                Markup::url(path)
            } else {
                Markup::url(&format!("{path}?page={to}"))
            }
        };
        let at = page.unwrap_or(numbered + 1);
        if page.is_some_and(|page| page == 0 || page > numbered) {
            return None;
        }
        let is_head = at > numbered;
        let end = count.saturating_sub((at - 1) * PER_PAGE);
        let start = if is_head { 0 } else { end - PER_PAGE };
        Some(Self {
            is_head,
            pages: numbered + 1,
            newer: (!is_head).then(|| link(at + 1)),
            older: (at > 1).then(|| link(at - 1)),
            oldest: (at > 2).then(|| link(1)),
            newest_day: None,
            oldest_day: None,
            range: start..end,
        })
    }

    /// The stories of this page, of all there are with the newest first.
    pub(crate) fn cut<'a>(&mut self, stories: &Stories<'a>, zone: &TimeZone) -> Stories<'a> {
        let cut = stories.cut(self.range.clone());
        let day = |story: &Story| Clock::of(story.published, zone).date().to_owned();
        self.newest_day = cut.clone().next().map(day);
        self.oldest_day = cut.clone().next_back().map(day);
        cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of the stories on a page, the oldest story being 1.
    fn stories(page: Option<usize>, count: usize) -> Option<(usize, usize)> {
        let range = Turn::of("/sections/city", page, count)?.range;
        Some((count - range.end + 1, count - range.start))
    }

    #[test]
    fn a_numbered_page_keeps_its_stories_whatever_appears() {
        for page in 1..=4 {
            let first = (page - 1) * PER_PAGE + 1;
            for count in (page + 1) * PER_PAGE..(page + 4) * PER_PAGE {
                let expected = (first, first + PER_PAGE - 1);
                assert_eq!(stories(Some(page), count), Some(expected), "{page} {count}");
            }
        }
    }

    #[test]
    fn every_story_stands_on_one_page() {
        for count in 0..5 * PER_PAGE {
            let head = Turn::of("/", None, count).map(|turn| turn.pages);
            let numbered = head.map_or(0, |pages| pages - 1);
            let mut next = 1;
            for page in 1..=numbered {
                let (first, last) = stories(Some(page), count).unwrap_or_default();
                assert_eq!(first, next, "{count}");
                next = last + 1;
            }
            assert_eq!(stories(None, count), Some((next, count)), "{count}");
            assert_eq!(stories(Some(numbered + 1), count), None, "{count}");
            assert_eq!(stories(Some(0), count), None, "{count}");
        }
    }
}
