//! The two halves of a response around its slot, with their CRCs joined.

use std::array;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use super::crc::{Shift, join};
use super::filler::{self, SIZES, Size};
use super::{Encoding, Segment, Slot, Splice, deflate};

/// How many endings a track has: one for each size of slot, and one for none.
const ENDINGS: usize = SIZES + 1;

/// Which ending goes with an empty slot.
const EMPTY: usize = SIZES;

/// Consecutive segments with what their joined CRC needs.
#[derive(Debug)]
struct Run {
    segments: Vec<Arc<Segment>>,
    crc: u32,
    shift: Shift,
    len: u64,
}

impl Run {
    fn new(segments: Vec<Arc<Segment>>) -> Self {
        let len = segments.iter().map(|s| s.identity.len() as u64).sum();
        Self {
            crc: segments.iter().fold(0, |crc, s| join(crc, s.crc, s.shift)),
            shift: Shift::of(len),
            len,
            segments,
        }
    }

    /// The deflate streams end to end, between `start` and `end`.
    fn gzip(&self, start: &[u8], end: &[u8]) -> Bytes {
        let deflated = self.segments.iter().map(|s| &*s.deflated);
        let pieces: Vec<&[u8]> = [start].into_iter().chain(deflated).chain([end]).collect();
        pieces.concat().into()
    }

    fn deflated_len(&self) -> usize {
        self.segments.iter().map(|s| s.deflated.len()).sum()
    }
}

/// One way a page can be sent: what comes before the slot and what after.
///
/// Gzip is what nearly every response is sent as, so each half of it is one
/// chunk: a chunk costs a response some tens of nanoseconds, and the copy costs
/// a page as much memory as its gzip takes.
#[derive(Debug)]
pub(crate) struct Track {
    before: Run,
    after: Run,
    /// The gzip member up to the slot.
    beginning: Bytes,
    /// The gzip member from the slot on, checksum included, for each size of
    /// slot. Each is made when first asked for: readers of one page are told
    /// things of two or three sizes.
    endings: [OnceLock<Bytes>; ENDINGS],
}

impl Track {
    pub(crate) fn new(before: Vec<Arc<Segment>>, after: Vec<Arc<Segment>>) -> Self {
        let before = Run::new(before);
        Self {
            beginning: before.gzip(deflate::HEADER, &[]),
            before,
            after: Run::new(after),
            endings: array::from_fn(|_| OnceLock::new()),
        }
    }

    /// Bytes of memory held beside the segments', for two endings.
    pub(crate) fn weight(&self) -> usize {
        self.beginning.len() + 2 * self.after.deflated_len()
    }

    /// The response with `slot` in its place: reference counts.
    pub(crate) fn splice(&self, encoding: Encoding, slot: Option<&Slot>) -> Splice {
        let mut splice = Splice::default();
        match encoding {
            Encoding::Identity => {
                splice.extend(self.before.segments.iter().map(|s| &s.identity));
                splice.extend(slot.map(|slot| &slot.identity));
                splice.extend(self.after.segments.iter().map(|s| &s.identity));
            }
            Encoding::Zstd => {
                splice.extend(self.before.segments.iter().map(|s| s.zstd()));
                splice.extend(slot.map(|slot| &slot.zstd));
                splice.extend(self.after.segments.iter().map(|s| s.zstd()));
            }
            Encoding::Gzip => {
                splice.push(&self.beginning);
                splice.extend(slot.map(|slot| &slot.stored));
                self.end(&mut splice, slot.map(|slot| slot.size));
            }
        }
        splice
    }

    fn end(&self, splice: &mut Splice, size: Option<Size>) {
        match size.map_or(Some(EMPTY), Size::index) {
            Some(index) => splice.push(self.endings[index].get_or_init(|| self.ending(size))),
            None => splice.push(&self.ending(size)),
        }
    }

    fn ending(&self, slot: Option<Size>) -> Bytes {
        let (mut crc, mut len) = (self.before.crc, self.before.len + self.after.len);
        if let Some(slot) = slot.map(Size::len) {
            crc = join(crc, filler::CRC, Shift::of(slot as u64));
            len += slot as u64;
        }
        crc = join(crc, self.after.crc, self.after.shift);
        self.after.gzip(&[], &gzip_end(crc, len))
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
