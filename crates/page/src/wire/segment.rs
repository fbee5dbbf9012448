//! A stretch of a page, and the press that makes all stretches of one.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use flate2::Compress;

use super::crc::Shift;
use super::deflate::{self, Inflater};
use super::zstandard;
use crate::pack;

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

/// Texts shorter than this are stored: compressing a few end tags saves hardly
/// a byte, and then the encoder has to forget them.
const SHORT: usize = 64;

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

impl Number {
    /// Appends the number of `one` of `segments`, which are in their order.
    pub(super) fn pack(one: &Segment, segments: &[Arc<Segment>], out: &mut Vec<u8>) {
        let number = segments.partition_point(|other| other.place.start < one.place.start);
        pack::put_size(out, number);
    }

    /// A number that [`Self::pack`] has written of a segment in `pressed`.
    pub(super) fn unpack(pressed: &Pressed, from: &mut Bytes) -> Option<Self> {
        let number = pack::take_size(from)?;
        (number < pressed.segments.len()).then_some(Self(number))
    }
}

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
        if text.len() < SHORT || !deflate::compress(&mut self.encoder, text, &mut self.all) {
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
        Pressed::new(Bytes::from(self.all.into_boxed_slice()), self.drafts)
    }
}

impl Pressed {
    /// The segments that lie in `all` where the `drafts` say.
    fn new(all: Bytes, drafts: Vec<Draft>) -> Self {
        let segments = drafts.into_iter().map(|draft| {
            Arc::new(Segment {
                deflated: all.slice(draft.place.clone()),
                place: draft.place,
                len: draft.len,
                crc: draft.crc,
                shift: Shift::of(draft.len as u64),
                zstd: OnceLock::new(),
            })
        });
        Self {
            segments: segments.collect(),
            all,
        }
    }

    /// Appends all segments of a press, in their order.
    pub(crate) fn pack(segments: &[Arc<Segment>], out: &mut Vec<u8>) {
        pack::put_all(out, segments.iter(), |out, segment| {
            pack::put_size(out, segment.deflated.len());
            pack::put_size(out, segment.len);
            pack::put_number(out, u64::from(segment.crc));
        });
        let deflated: usize = segments.iter().map(|one| one.deflated.len()).sum();
        pack::put_size(out, deflate::HEADER.len() + deflated);
        out.extend_from_slice(deflate::HEADER);
        for segment in segments {
            out.extend_from_slice(&segment.deflated);
        }
    }

    /// What [`Self::pack`] has written, by reference.
    pub(crate) fn unpack(from: &mut Bytes) -> Option<Self> {
        let mut end = deflate::HEADER.len();
        let sizes = pack::take_all(from, |from| {
            let (deflated, len) = (pack::take_size(from)?, pack::take_size(from)?);
            let crc = u32::try_from(pack::take_number(from)?).ok()?;
            Some((deflated, len, crc))
        })?;
        let mut drafts = Vec::with_capacity(sizes.len());
        for (deflated, len, crc) in sizes {
            let start = end;
            end = start.checked_add(deflated)?;
            let place = start..end;
            drafts.push(Draft { place, len, crc });
        }
        let all = pack::take_bytes(from)?;
        (end == all.len()).then(|| Self::new(all, drafts))
    }

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
