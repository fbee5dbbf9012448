//! The small part of a response that belongs to one reader.

use bytes::Bytes;

use super::crc::Shift;
use super::{deflate, zstandard};

/// What a reader is told, ready to be spliced in any encoding.
///
/// Making one costs a CRC and two copies; the prompts of a publication are
/// few, so the gate keeps them. Cloning costs three reference counts.
///
/// In every encoding the text is stored, not compressed: the length of a
/// response then says nothing of how a reader's text resembles the page.
#[derive(Clone, Debug)]
pub struct Slot {
    pub(super) identity: Bytes,
    pub(super) stored: Bytes,
    pub(super) zstd: Bytes,
    pub(super) crc: u32,
    pub(super) shift: Shift,
}

impl Slot {
    /// A slot of `html`, which is written as it stands: flow content with
    /// every element closed.
    pub fn new(html: &str) -> Self {
        let identity = Bytes::copy_from_slice(html.as_bytes());
        Self {
            stored: deflate::stored(&identity).into(),
            zstd: zstandard::raw(&identity).into(),
            crc: crc32fast::hash(&identity),
            shift: Shift::of(identity.len() as u64),
            identity,
        }
    }

    /// The markup of the slot.
    pub fn html(&self) -> &[u8] {
        &self.identity
    }
}
