//! Stories in the order of time. Nothing here knows why they stand together.

use std::cmp::Ordering;
use std::iter::FusedIterator;
use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::story::Story;

/// Stories that belong together, the latest first; those of the same moment by
/// slug. What isn't out at a moment stands in front of all that is, so that
/// what readers see at any time is one slice, found without looking at each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shelf(Vec<Arc<Story>>);

impl Shelf {
    /// Puts stories in order.
    pub(crate) fn of(mut stories: Vec<Arc<Story>>) -> Self {
        stories.par_sort_unstable_by(|a, b| order(a, b));
        Self(stories)
    }

    /// Adds a story that is older than all that are here, or of the same name as
    /// one of them, which is a finding of its own. For filling shelves from one
    /// that is in order already.
    pub(super) fn push(&mut self, story: &Arc<Story>) {
        debug_assert!(
            (self.0.last()).is_none_or(|last| order(last, story) != Ordering::Greater),
            "shelves are filled in order"
        );
        self.0.push(Arc::clone(story));
    }

    /// Puts a story where it belongs, or takes it off.
    pub(super) fn put(&mut self, story: &Arc<Story>, is_new: bool) {
        match self.0.binary_search_by(|other| order(other, story)) {
            Ok(at) if !is_new => drop(self.0.remove(at)),
            Err(at) if is_new => self.0.insert(at, Arc::clone(story)),
            _ => {}
        }
    }

    /// Every story, those to come included.
    pub(crate) fn all(&self) -> &[Arc<Story>] {
        &self.0
    }

    /// When the next of those appears that aren't out at `now`.
    pub(crate) fn next(&self, now: Timestamp) -> Option<Timestamp> {
        let coming = self.0.partition_point(|story| story.published > now);
        Some(self.0.get(coming.checked_sub(1)?)?.published)
    }

    /// What isn't out at `now`, the last to appear first.
    pub(crate) fn coming(&self, now: Timestamp) -> &[Arc<Story>] {
        let coming = self.0.partition_point(|story| story.published > now);
        self.0.get(..coming).unwrap_or_default()
    }

    /// What is out at `now`.
    pub(crate) fn out(&self, now: Timestamp) -> Stories<'_> {
        let coming = self.0.partition_point(|story| story.published > now);
        Stories(self.0.get(coming..).unwrap_or_default())
    }
}

/// The one order of stories.
pub(super) fn order(a: &Story, b: &Story) -> Ordering {
    (b.published, &a.slug).cmp(&(a.published, &b.slug))
}

/// Stories of a shelf, the latest first. What is passed over costs nothing.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stories<'a>(&'a [Arc<Story>]);

impl<'a> Stories<'a> {
    /// Some of them, by their places.
    pub(crate) fn cut(&self, range: Range<usize>) -> Self {
        Self(self.0.get(range).unwrap_or_default())
    }

    /// Those that appeared from `from` on and before `to`.
    pub(crate) fn between(&self, from: Timestamp, to: Timestamp) -> Self {
        let newer = self.0.partition_point(|story| story.published >= to);
        let until = self.0.partition_point(|story| story.published >= from);
        self.cut(newer..until)
    }

    /// The first of them, without taking it.
    pub(crate) fn peek(&self) -> Option<&'a Story> {
        self.0.first().map(|story| &**story)
    }
}

impl<'a> Iterator for Stories<'a> {
    type Item = &'a Story;

    fn next(&mut self) -> Option<&'a Story> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
    }

    fn nth(&mut self, count: usize) -> Option<&'a Story> {
        self.0 = self.0.get(count..).unwrap_or_default();
        self.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.len(), Some(self.0.len()))
    }
}

impl DoubleEndedIterator for Stories<'_> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let (last, rest) = self.0.split_last()?;
        self.0 = rest;
        Some(last)
    }
}

impl ExactSizeIterator for Stories<'_> {}

impl FusedIterator for Stories<'_> {}
