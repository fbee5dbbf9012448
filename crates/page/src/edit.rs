//! Two versions of a page from one source, and what they have in common.
//!
//! Changes are noted for the full page and for the preview apart. Where
//! neither changes anything the two share their bytes.

use std::ops::Range;

use crate::html::Span;

/// Shared text shorter than this between two differing stretches is kept with
/// both: a segment costs about as much in headers and lost compression.
const SHORT: usize = 512;

/// Stretches that differ, in one section at most. A page with more has ever
/// longer texts kept twice: a response is a short list whatever the page.
const MOST: usize = 4;

/// A replacement of some bytes; an insertion where the range is empty.
#[derive(Clone, Debug)]
struct Edit {
    at: Range<usize>,
    with: String,
}

/// The changes to a stretch of the source that has no slot in it.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    full: Vec<Edit>,
    preview: Vec<Edit>,
}

/// A stretch of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// The same in both versions.
    Shared(String),
    /// Different.
    Variant {
        /// For those entitled.
        full: String,
        /// For everybody.
        preview: String,
    },
}

impl Sheet {
    /// Replaces `at` for everybody.
    pub(crate) fn both(&mut self, at: Span, with: &str) {
        self.full(at, with.to_owned());
        self.preview(at, with.to_owned());
    }

    /// Replaces `at` for those entitled.
    pub(crate) fn full(&mut self, at: Span, with: String) {
        let at = at.range();
        self.full.push(Edit { at, with });
    }

    /// Replaces `at` in previews.
    pub(crate) fn preview(&mut self, at: Span, with: String) {
        let at = at.range();
        self.preview.push(Edit { at, with });
    }

    /// Splits off the changes from `offset` on. No change spans it.
    pub(crate) fn split_off(&mut self, offset: u32) -> Self {
        let split = |edits: &mut Vec<Edit>| {
            let (before, after) = std::mem::take(edits)
                .into_iter()
                .partition(|edit| edit.at.start < offset as usize);
            *edits = before;
            after
        };
        Self {
            full: split(&mut self.full),
            preview: split(&mut self.preview),
        }
    }

    /// The same changes in the order in which they are made, for [`Self::apply`].
    pub(crate) fn settled(mut self) -> Self {
        settle(&mut self.full);
        settle(&mut self.preview);
        self
    }

    /// Bytes of memory held.
    pub(crate) fn weight(&self) -> usize {
        let edits = self.full.iter().chain(&self.preview);
        edits.map(|edit| size_of::<Edit>() + edit.with.len()).sum()
    }

    /// Applies the changes, which are settled, to the `section` of `source` that
    /// they lie in.
    pub(crate) fn apply(&self, source: &str, section: Range<usize>) -> Vec<Stretch> {
        let (mut full, mut preview) = (self.full.as_slice(), self.preview.as_slice());
        let mut stretches = Vec::new();
        let mut at = section.start;
        loop {
            let starts = [full.first(), preview.first()];
            let Some(start) = starts.into_iter().flatten().map(|edit| edit.at.start).min() else {
                break;
            };
            push_shared(&mut stretches, source.get(at..start).unwrap_or_default());
            // Everything that overlaps, from either side.
            let mut end = start;
            let (mut fulls, mut previews) = (0, 0);
            loop {
                let grown = grow(full, &mut fulls, start, &mut end)
                    | grow(preview, &mut previews, start, &mut end);
                if !grown {
                    break;
                }
            }
            let (full_here, full_rest) = full.split_at(fulls);
            let (preview_here, preview_rest) = preview.split_at(previews);
            push_variant(
                &mut stretches,
                render(source, full_here, start..end),
                render(source, preview_here, start..end),
            );
            (full, preview) = (full_rest, preview_rest);
            at = end;
        }
        push_shared(
            &mut stretches,
            source.get(at..section.end).unwrap_or_default(),
        );
        joined(stretches)
    }
}

/// Takes the edits that begin within `start..end` into it.
fn grow(edits: &[Edit], taken: &mut usize, start: usize, end: &mut usize) -> bool {
    let mut grown = false;
    while let Some(edit) = edits.get(*taken)
        && (edit.at.start < *end || edit.at.start == start)
    {
        *taken += 1;
        *end = (*end).max(edit.at.end);
        grown = true;
    }
    grown
}

/// Sorts edits and drops those inside of others; where two overlap, the first
/// one's text replaces both.
fn settle(edits: &mut Vec<Edit>) {
    // The sort is stable: insertions in one place stay in order.
    edits.sort_by_key(|edit| (edit.at.start, !edit.at.is_empty(), usize::MAX - edit.at.end));
    let mut kept: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits.drain(..) {
        match kept.last_mut() {
            Some(last) if edit.at.start < last.at.end => {
                last.at.end = last.at.end.max(edit.at.end);
            }
            _ => kept.push(edit),
        }
    }
    *edits = kept;
}

fn render(source: &str, edits: &[Edit], region: Range<usize>) -> String {
    let mut out = String::new();
    let mut at = region.start;
    for edit in edits {
        out.push_str(source.get(at..edit.at.start).unwrap_or_default());
        out.push_str(&edit.with);
        at = edit.at.end;
    }
    out.push_str(source.get(at..region.end).unwrap_or_default());
    out
}

fn push_shared(stretches: &mut Vec<Stretch>, text: &str) {
    match stretches.last_mut() {
        _ if text.is_empty() => {}
        Some(Stretch::Shared(shared)) => shared.push_str(text),
        _ => stretches.push(Stretch::Shared(text.to_owned())),
    }
}

fn push_variant(stretches: &mut Vec<Stretch>, full: String, preview: String) {
    if full == preview {
        push_shared(stretches, &full);
        return;
    }
    match stretches.last_mut() {
        Some(Stretch::Variant {
            full: before,
            preview: withheld,
        }) => {
            before.push_str(&full);
            withheld.push_str(&preview);
        }
        _ => stretches.push(Stretch::Variant { full, preview }),
    }
}

/// Joins variants across short shared texts until few enough are left.
fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut short = SHORT;
    loop {
        stretches = joined_across(stretches, short);
        let variants = stretches
            .iter()
            .filter(|one| matches!(one, Stretch::Variant { .. }));
        if variants.count() <= MOST {
            return stretches;
        }
        short = short.saturating_mul(4);
    }
}

fn joined_across(stretches: Vec<Stretch>, short: usize) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        let Stretch::Variant { full, preview } = stretch else {
            out.push(stretch);
            continue;
        };
        let between = match out.as_slice() {
            [.., Stretch::Variant { .. }, Stretch::Shared(text)] if text.len() < short => {
                Some(text.clone())
            }
            _ => None,
        };
        if let Some(between) = between {
            out.pop();
            push_variant(&mut out, between.clone() + &full, between + &preview);
        } else {
            push_variant(&mut out, full, preview);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn versions(stretches: &[Stretch]) -> (String, String) {
        let (mut fulls, mut previews) = (String::new(), String::new());
        for stretch in stretches {
            let (full, preview) = match stretch {
                Stretch::Shared(text) => (text, text),
                Stretch::Variant { full, preview } => (full, preview),
            };
            fulls.push_str(full);
            previews.push_str(preview);
        }
        (fulls, previews)
    }

    #[test]
    fn an_edit_inside_of_a_withheld_stretch_is_made_in_the_full_page_only() {
        let source = "head [locked <esi> text] tail";
        let mut sheet = Sheet::default();
        sheet.both(Span::new(13, 18), "");
        sheet.preview(Span::new(5, 24), "…".to_owned());
        let (full, preview) = versions(&sheet.settled().apply(source, 0..source.len()));
        assert_eq!(full, "head [locked  text] tail");
        assert_eq!(preview, "head … tail");
    }

    #[test]
    fn insertions_in_one_place_keep_their_order() {
        let mut sheet = Sheet::default();
        sheet.both(Span::new(1, 1), "1");
        sheet.both(Span::new(1, 1), "2");
        sheet.preview(Span::new(1, 2), String::new());
        let (full, preview) = versions(&sheet.settled().apply("abc", 0..3));
        assert_eq!((full.as_str(), preview.as_str()), ("a12bc", "a12c"));
    }

    proptest! {
        #[test]
        fn withheld_bytes_are_in_no_preview_and_all_bytes_in_the_full_page(
            ranges in proptest::collection::vec((0_usize..4000, 0_usize..60), 0..40),
        ) {
            // Every place of the source is told apart by its character.
            let source: String = (0_u32..4000).filter_map(|n| char::from_u32(0x4e00 + n)).collect();
            let mut sheet = Sheet::default();
            for &(from, len) in &ranges {
                let end = (from + len).min(4000);
                sheet.preview(Span::new(from * 3, end * 3), String::new());
            }
            let stretches = sheet.settled().apply(&source, 0..source.len());
            let (full, preview) = versions(&stretches);
            prop_assert_eq!(&full, &source);
            let kept: String = source.chars().enumerate()
                .filter(|(n, _)| !ranges.iter().any(|&(from, len)| (from..from + len).contains(n)))
                .map(|(_, char)| char)
                .collect();
            prop_assert_eq!(preview, kept);
            let variants = stretches.iter().filter(|s| matches!(s, Stretch::Variant { .. }));
            prop_assert!(variants.count() <= MOST);
        }
    }
}
