//! The outer parts of selectors, asked of the open elements.
//!
//! The stack isn't the tree that a browser ends with: what is in a table
//! outside of its cells is put before the table, and the end of a formatting
//! element takes the blocks in it out of it. So `>` also looks past what may
//! turn out not to be the parent: it may find more, never less.

use super::Span;
use super::select::Compound;
use super::tag::{TABLE, TBODY, TFOOT, THEAD, TR, is_formatting};
use super::tree::{Open, Space, is_special_open};

/// What has been asked of the elements that are open, which are asked again
/// by everything in them: a start tag of ten thousand attributes that is read
/// anew for ten thousand elements takes minutes.
pub(crate) struct Asked<'a> {
    source: &'a str,
    /// Further start tags of `html` and `body`, which add their attributes.
    later: [Vec<Span>; 2],
    /// For each place on the stack, of which there are as many as it is deep.
    rows: Vec<Row>,
}

/// The answers of one element; as many as selectors have parts.
#[derive(Default)]
struct Row {
    number: u32,
    answers: Vec<(Part, bool)>,
}

/// The number of a selector, and of a part in it.
type Part = (usize, usize);

impl<'a> Asked<'a> {
    pub(crate) fn new(source: &'a str, later: [Vec<Span>; 2]) -> Self {
        Self {
            source,
            later,
            rows: Vec::new(),
        }
    }

    pub(crate) fn source(&self) -> &'a str {
        self.source
    }

    /// The element at `place` has got its attributes only now.
    pub(crate) fn forget(&mut self, place: usize) {
        if let Some(row) = self.rows.get_mut(place) {
            row.answers.clear();
        }
    }

    /// Whether the element at `place` on the stack is what `compound` says.
    pub(super) fn is(
        &mut self,
        part: Part,
        compound: &Compound,
        place: usize,
        open: &Open,
    ) -> bool {
        if self.rows.len() <= place {
            self.rows.resize_with(place + 1, Row::default);
        }
        let Some(row) = self.rows.get_mut(place) else {
            return false;
        };
        if row.number != open.number {
            row.number = open.number;
            row.answers.clear();
        }
        if let Some((_, known)) = row.answers.iter().find(|(known, _)| *known == part) {
            return *known;
        }
        let later = self.later.get(place).map_or(&[][..], Vec::as_slice);
        let answer = compound.matches_open(self.source, open, later);
        row.answers.push((part, answer));
        answer
    }

    /// Whether the outer `parts` of a selector are found, in order, around an
    /// element inside of `ancestors`.
    ///
    /// Goes outwards part by part with all the places where the last one may
    /// be, so that the work is at most the depth for each part.
    pub(super) fn surround(
        &mut self,
        selector: usize,
        parts: &[Compound],
        ancestors: &[Open],
    ) -> bool {
        if parts.is_empty() {
            return true;
        }
        let outermost = if parts.iter().any(|part| part.parent) {
            outermost_parents(ancestors)
        } else {
            Vec::new()
        };
        let mut places = vec![ancestors.len()];
        for (number, part) in parts.iter().enumerate().rev() {
            // Unless the next part out must be its parent, the nearest match
            // leaves the most ancestors and no other one can do better.
            let nearest = number == 0 || !parts.get(number - 1).is_some_and(|next| next.parent);
            let mut found = Vec::new();
            let mut asked = ancestors.len();
            for &place in &places {
                let from = outermost.get(place).copied().filter(|_| part.parent);
                let from = from.unwrap_or_default();
                // Innermost first; none is asked twice.
                for at in (from..place.min(asked)).rev() {
                    asked = at;
                    let Some(open) = ancestors.get(at) else {
                        continue;
                    };
                    if self.is((selector, number), part, at, open) {
                        found.push(at);
                        if nearest {
                            break;
                        }
                    }
                }
                if nearest && !found.is_empty() {
                    break;
                }
            }
            if found.is_empty() {
                return false;
            }
            places = found;
        }
        true
    }
}

/// For the element at each place of the stack, and for one more inside of
/// them all, the outermost place where its parent may be.
fn outermost_parents(stack: &[Open]) -> Vec<usize> {
    let mut outermost = Vec::with_capacity(stack.len() + 1);
    outermost.push(0);
    // Where the elements begin that may let go of what is in them. What is no
    // block between two of them is let go of too.
    let mut loose: Option<usize> = None;
    for (place, open) in stack.iter().enumerate() {
        if lets_go(open) {
            loose = loose.or(Some(place));
        } else if is_special_open(open) {
            loose = None;
        }
        outermost.push(loose.map_or(place, |first| first.saturating_sub(1)));
    }
    outermost
}

/// Whether what is inside of an element may end up beside it.
fn lets_go(open: &Open) -> bool {
    let html = open.space == Space::Html;
    let code = open.tag.code;
    open.ghost
        || html && (is_formatting(code) || matches!(code, TABLE | TBODY | THEAD | TFOOT | TR))
}
