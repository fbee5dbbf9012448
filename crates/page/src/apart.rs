//! Stretches of a page that lie in order and apart.
//!
//! A page may have thousands of bodies and a hundred thousand texts, and each
//! text is asked which body it is in: by binary search, since asking all of
//! them would take minutes.

use crate::html::Span;

/// Stretches of which none begins before the last one ends.
pub(crate) struct Apart(Vec<Span>);

impl Apart {
    /// The stretches, which must not overlap.
    pub(crate) fn new(stretches: impl IntoIterator<Item = Span>) -> Self {
        let mut stretches: Vec<Span> = stretches.into_iter().collect();
        stretches.sort_unstable();
        Self(stretches)
    }

    /// The first stretch that ends behind `offset`.
    fn after(&self, offset: u32) -> Option<Span> {
        let first = self.0.partition_point(|one| one.end <= offset);
        self.0.get(first).copied()
    }

    /// Whether all of `span`, which isn't empty, lies in one of them.
    pub(crate) fn hold(&self, span: Span) -> bool {
        self.after(span.start)
            .is_some_and(|one| one.start <= span.start && span.end <= one.end)
    }

    /// The first of them that begins before the end of `span` and ends behind
    /// its start.
    pub(crate) fn meeting(&self, span: Span) -> Option<Span> {
        self.after(span.start).filter(|one| one.start < span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_search_finds_what_asking_each_of_them_would(
            gaps in prop::collection::vec((0_usize..4, 0_usize..5), 0..12),
            start in 0_usize..60, len in 1_usize..8,
        ) {
            let mut at = 0;
            let stretches: Vec<Span> = gaps
                .iter()
                .map(|(gap, len)| {
                    let start = at + gap;
                    at = start + len;
                    Span::new(start, at)
                })
                .collect();
            let apart = Apart::new(stretches.iter().copied());
            let span = Span::new(start, start + len);
            let held = stretches.iter().any(|one| one.start <= span.start && span.end <= one.end);
            prop_assert_eq!(apart.hold(span), held);
            let met = stretches.iter().find(|one| one.start < span.end && span.start < one.end);
            prop_assert_eq!(apart.meeting(span), met.copied());
        }
    }
}
