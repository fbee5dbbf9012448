//! A stretch of a page, and the press that makes all stretches of one.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use flate2::Compress;

use super::crc::Shift;
use super::deflate::{self, Inflater};
use super::zstandard;

/// Immutable text, compressed, with its CRC and what joins it to others.
///
/// The text itself isn't kept: nearly everybody takes gzip, a page's text is more
/// than twice as long, and it can be had back.
#[derive(Debug)]
pub(crate) struct Segment {
    /// Raw deflate, byte-aligned, not final.
    deflated: Bytes,
    /// Where that is among what was pressed with it.
    place: Range<usize>,
    /// Of the text.
    pub(super) len: usize,
    pub(super) crc: u32,
    pub(super) shift: Shift,
    /// Made when first asked for: many pages are never sent as zstd.
    zstd: OnceLock<Bytes>,
}

impl Segment {
    /// The text.
    pub(super) fn text(&self, inflater: &mut Inflater) -> Bytes {
        inflater.inflated(&self.deflated, self.len).into()
    }

    /// The zstd frame of the text.
    pub(super) fn zstd(&self) -> &Bytes {
        self.zstd.get_or_init(|| {
            let text = Inflater::new().inflated(&self.deflated, self.len);
            zstandard::compressed(zstandard::encoder().as_mut(), &text).into()
        })
    }

    pub(super) fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// Bytes of memory held, as far as they are known.
    pub(crate) fn weight(&self) -> usize {
        size_of::<Self>() + self.deflated.len() + self.zstd.get().map_or(0, Bytes::len)
    }
}

/// Compresses segments into one piece of memory, reusing one encoder's tables
/// and none of its history. What is pressed one after the other lies one after
/// the other, behind the header of a gzip member.
pub(crate) struct Press {
    encoder: Compress,
    all: Vec<u8>,
    drafts: Vec<Draft>,
}

/// A segment as long as the memory that it lies in still grows.
struct Draft {
    place: Range<usize>,
    len: usize,
    crc: u32,
}

/// Which of a press's segments.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number(usize);

/// What a press has made.
pub(crate) struct Pressed {
    /// The header of a gzip member, and all segments.
    pub(super) all: Bytes,
    segments: Vec<Arc<Segment>>,
}

impl Press {
    pub(crate) fn new() -> Self {
        Self {
            encoder: deflate::encoder(),
            all: deflate::HEADER.to_vec(),
            drafts: Vec::new(),
        }
    }

    /// Compresses `text`; `None` where there is none.
    pub(crate) fn press(&mut self, text: &[u8]) -> Option<Number> {
        if text.is_empty() {
            return None;
        }
        let from = self.all.len();
        if !deflate::compress(&mut self.encoder, text, &mut self.all) {
            self.all.truncate(from);
            self.all.extend(deflate::stored(text));
        }
        self.drafts.push(Draft {
            place: from..self.all.len(),
            len: text.len(),
            crc: crc32fast::hash(text),
        });
        Some(Number(self.drafts.len() - 1))
    }

    /// Ends the pressing.
    pub(crate) fn done(self) -> Pressed {
        let all = Bytes::from(self.all.into_boxed_slice());
        let drafts = self.drafts.into_iter();
        let segments = drafts.map(|draft| {
            Arc::new(Segment {
                deflated: all.slice(draft.place.clone()),
                place: draft.place,
                len: draft.len,
                crc: draft.crc,
                shift: Shift::of(draft.len as u64),
                zstd: OnceLock::new(),
            })
        });
        Pressed {
            segments: segments.collect(),
            all,
        }
    }
}

impl Pressed {
    /// The segments of these numbers, which are this press's own.
    pub(crate) fn segments(&self, numbers: &[Number]) -> Vec<Arc<Segment>> {
        let segments = numbers.iter().map(|number| self.segments.get(number.0));
        segments.flatten().map(Arc::clone).collect()
    }

    /// All of them.
    pub(crate) fn into_segments(self) -> Vec<Arc<Segment>> {
        self.segments
    }
}
