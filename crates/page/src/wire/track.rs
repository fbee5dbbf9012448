//! The two halves of a response around its slot, with their CRCs joined.

use std::array;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use super::crc::{Shift, join};
use super::deflate::{self, Inflater};
use super::filler::{self, SIZES, Size};
use super::segment::{Number, Pressed};
use super::{Encoding, Segment, Slot, Splice};
use crate::pack;

/// How many trailers a track has: one for each size of slot, and one for none.
const TRAILERS: usize = SIZES + 1;

/// Which trailer goes with an empty slot.
const EMPTY: usize = SIZES;

/// Consecutive segments with what their joined CRC needs.
#[derive(Debug)]
struct Run {
    segments: Vec<Arc<Segment>>,
    /// Their deflate streams end to end; what was pressed one after the other
    /// is one chunk.
    gzip: Vec<Bytes>,
    crc: u32,
    shift: Shift,
    len: u64,
}

impl Run {
    /// The segments of these `numbers`, behind what is at the first `start`
    /// bytes.
    fn new(pressed: &Pressed, start: usize, numbers: &[Number]) -> Self {
        let segments = pressed.segments(numbers);
        let len = segments.iter().map(|s| s.len as u64).sum();
        let mut gzip = Vec::new();
        let mut put = |chunk: Range<usize>| {
            if !chunk.is_empty() {
                gzip.push(pressed.all.slice(chunk));
            }
        };
        let mut chunk = 0..start;
        for place in segments.iter().map(|segment| segment.place()) {
            if place.start == chunk.end {
                chunk.end = place.end;
            } else {
                put(chunk);
                chunk = place;
            }
        }
        put(chunk);
        Self {
            crc: segments.iter().fold(0, |crc, s| join(crc, s.crc, s.shift)),
            shift: Shift::of(len),
            len,
            gzip,
            segments,
        }
    }
}

/// One way a page can be sent: what comes before the slot and what after.
#[derive(Debug)]
pub(crate) struct Track {
    before: Run,
    after: Run,
    /// What ends the gzip member, for each size of slot. Each is made when first
    /// asked for: readers of one page are told things of two or three sizes.
    trailers: [OnceLock<Bytes>; TRAILERS],
}

impl Track {
    pub(crate) fn new(pressed: &Pressed, before: &[Number], after: &[Number]) -> Self {
        Self {
            before: Run::new(pressed, deflate::HEADER.len(), before),
            after: Run::new(pressed, 0, after),
            trailers: array::from_fn(|_| OnceLock::new()),
        }
    }

    /// Appends which of `segments` it has, and where.
    pub(crate) fn pack(&self, segments: &[Arc<Segment>], out: &mut Vec<u8>) {
        for run in [&self.before, &self.after] {
            pack::put_all(out, run.segments.iter(), |out, one| {
                Number::pack(one, segments, out);
            });
        }
    }

    /// The track that [`Self::pack`] has written, of the same segments.
    pub(crate) fn unpack(pressed: &Pressed, from: &mut Bytes) -> Option<Self> {
        let mut numbers = || pack::take_all(from, |from| Number::unpack(pressed, from));
        let (before, after) = (numbers()?, numbers()?);
        Some(Self::new(pressed, &before, &after))
    }

    /// Bytes of memory held beside the segments'.
    pub(crate) fn weight(&self) -> usize {
        let chunks = self.before.gzip.len() + self.after.gzip.len();
        let segments = self.before.segments.len() + self.after.segments.len();
        size_of::<Self>() + chunks * size_of::<Bytes>() + segments * size_of::<Arc<Segment>>()
    }

    /// The response with `slot` in its place: reference counts, but for text
    /// that has to be had back.
    pub(crate) fn splice(&self, encoding: Encoding, slot: Option<&Slot>) -> Splice {
        let mut splice = Splice::default();
        let (before, after) = (&self.before, &self.after);
        match encoding {
            Encoding::Identity => {
                let mut inflater = Inflater::new();
                for segment in &before.segments {
                    splice.push(&segment.text(&mut inflater));
                }
                splice.extend(slot.map(|slot| &slot.identity));
                for segment in &after.segments {
                    splice.push(&segment.text(&mut inflater));
                }
            }
            Encoding::Zstd => {
                splice.extend(before.segments.iter().map(|s| s.zstd()));
                splice.extend(slot.map(|slot| &slot.zstd));
                splice.extend(after.segments.iter().map(|s| s.zstd()));
            }
            Encoding::Gzip => {
                splice.extend(&before.gzip);
                splice.extend(slot.map(|slot| &slot.stored));
                splice.extend(&after.gzip);
                self.end(&mut splice, slot.map(|slot| slot.size));
            }
        }
        splice
    }

    fn end(&self, splice: &mut Splice, size: Option<Size>) {
        match size.map_or(Some(EMPTY), Size::index) {
            Some(index) => splice.push(self.trailers[index].get_or_init(|| self.trailer(size))),
            None => splice.push(&self.trailer(size)),
        }
    }

    fn trailer(&self, slot: Option<Size>) -> Bytes {
        let (mut crc, mut len) = (self.before.crc, self.before.len + self.after.len);
        if let Some(slot) = slot.map(Size::len) {
            crc = join(crc, filler::CRC, Shift::of(slot as u64));
            len += slot as u64;
        }
        crc = join(crc, self.after.crc, self.after.shift);
        Bytes::copy_from_slice(&gzip_end(crc, len))
    }
}

/// The final block, the CRC and the length modulo 2^32 (RFC 1952, 2.3.1).
fn gzip_end(crc: u32, len: u64) -> [u8; 10] {
    let mut end = [0; 10];
    end[..2].copy_from_slice(&deflate::END);
    end[2..6].copy_from_slice(&crc.to_le_bytes());
    #[expect(clippy::cast_possible_truncation, reason = "modulo 2^32 by definition")]
    let len = len as u32;
    end[6..].copy_from_slice(&len.to_le_bytes());
    end
}
