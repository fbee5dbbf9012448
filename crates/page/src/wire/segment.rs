//! A stretch of a page, in every encoding.

use std::sync::OnceLock;

use bytes::Bytes;
use flate2::Compress;

use super::crc::Shift;
use super::{deflate, zstandard};

/// Immutable text with its encodings, its CRC and what joins it to others.
#[derive(Debug)]
pub(crate) struct Segment {
    pub(super) identity: Bytes,
    /// Raw deflate, byte-aligned, not final.
    pub(super) deflated: Bytes,
    pub(super) crc: u32,
    pub(super) shift: Shift,
    /// Made when first asked for: many pages are never sent as zstd.
    zstd: OnceLock<Bytes>,
}

impl Segment {
    /// The zstd frame of the text.
    pub(super) fn zstd(&self) -> &Bytes {
        self.zstd.get_or_init(|| {
            zstandard::compressed(zstandard::encoder().as_mut(), &self.identity).into()
        })
    }

    /// Bytes of memory held, as far as they are known.
    pub(crate) fn weight(&self) -> usize {
        self.identity.len() + self.deflated.len() + self.zstd.get().map_or(0, Bytes::len)
    }
}

/// Compresses segments, reusing one encoder's tables and none of its history.
pub(crate) struct Encoder(Compress);

impl Encoder {
    pub(crate) fn new() -> Self {
        Self(deflate::encoder())
    }

    /// Encodes `text`.
    pub(crate) fn segment(&mut self, text: impl Into<Bytes>) -> Segment {
        let identity = text.into();
        let deflated = deflate::compressed(&mut self.0, &identity)
            .unwrap_or_else(|| deflate::stored(&identity))
            .into();
        Segment {
            crc: crc32fast::hash(&identity),
            shift: Shift::of(identity.len() as u64),
            identity,
            deflated,
            zstd: OnceLock::new(),
        }
    }
}
