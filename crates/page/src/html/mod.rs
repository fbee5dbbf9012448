//! Reading HTML the way browsers do, as far as a cut depends on it.
//!
//! The gate must agree with a browser on what is text, comment or raw text,
//! and on where an element ends: where the two differ, text that looks locked
//! here is shown there. So the tokenizer and the stack of open elements follow
//! the HTML standard, and differ from it only towards a longer body.
//!
//! Everything works on one complete string and yields byte offsets into it;
//! nothing is streamed, so there are no chunk boundaries to get wrong.

pub(crate) mod ancestry;
pub(crate) mod entity;
mod quirks;
pub(crate) mod select;
pub(crate) mod select_parse;
pub(crate) mod tag;
pub(crate) mod token;
pub(crate) mod tree;
mod tree_end;
mod tree_foreign;
mod tree_start;
mod tree_table;

/// A range of bytes of the page. 32 bits are enough: input is bounded far
/// below 4 GB (see `Limits`), and decoding at most triples it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    /// The first byte.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
}

impl Span {
    /// Saturates far beyond any page that is let in.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        }
    }

    /// The text of the range; empty where it isn't one.
    pub(crate) fn of(self, source: &str) -> &str {
        source.get(self.range()).unwrap_or_default()
    }

    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn len(self) -> usize {
        self.range().len()
    }
}
