//! The small part of a response that belongs to one reader.

use bytes::Bytes;

use super::filler::{self, Size};
use super::{deflate, zstandard};

/// What a reader is told, ready to be spliced in any encoding.
///
/// It ends in a comment that brings it to one of few sizes and to the CRC that
/// all slots share, so that nothing else of a response depends on the words.
/// Making one costs a CRC and three copies; the prompts of a publication are
/// few, so the gate keeps them. Cloning costs three reference counts.
///
/// In every encoding the text is stored, not compressed: the length of a
/// response then says nothing of how a reader's text resembles the page.
#[derive(Clone, Debug)]
pub struct Slot {
    pub(super) identity: Bytes,
    pub(super) stored: Bytes,
    pub(super) zstd: Bytes,
    pub(super) size: Size,
}

impl Slot {
    /// A slot of `html`, which is written as it stands: flow content with
    /// every element closed.
    pub fn new(html: &str) -> Self {
        let (text, size) = filler::filled(html.as_bytes());
        Self {
            stored: deflate::stored(&text).into(),
            zstd: zstandard::raw(&text).into(),
            identity: text.into(),
            size,
        }
    }

    /// The markup of the slot, the comment included.
    pub fn html(&self) -> &[u8] {
        &self.identity
    }
}
