//! The two halves of a response around its slot, with their CRCs joined.

use std::sync::Arc;

use bytes::Bytes;

use super::crc::{Shift, join};
use super::{Encoding, Segment, Slot, Splice, deflate};

/// Consecutive segments with what their joined CRC needs.
///
/// Gzip is what nearly every response is sent as, so its segments are laid end
/// to end once and go out as one chunk: each chunk costs a response some tens
/// of nanoseconds, and the copy costs a page as much memory as its gzip takes.
#[derive(Debug)]
struct Run {
    segments: Vec<Arc<Segment>>,
    gzip: Bytes,
    crc: u32,
    shift: Shift,
    len: u64,
}

impl Run {
    fn new(gzip_start: &[u8], segments: Vec<Arc<Segment>>) -> Self {
        let deflated = segments.iter().map(|s| &*s.deflated);
        let gzip: Vec<&[u8]> = std::iter::once(gzip_start).chain(deflated).collect();
        let len = segments.iter().map(|s| s.identity.len() as u64).sum();
        Self {
            crc: segments.iter().fold(0, |crc, s| join(crc, s.crc, &s.shift)),
            shift: Shift::of(len),
            len,
            gzip: gzip.concat().into(),
            segments,
        }
    }

    fn push_to(&self, splice: &mut Splice, encoding: Encoding) {
        match encoding {
            Encoding::Gzip => splice.push(&self.gzip),
            Encoding::Identity => self.segments.iter().for_each(|s| splice.push(&s.identity)),
            Encoding::Zstd => self.segments.iter().for_each(|s| splice.push(s.zstd())),
        }
    }
}

/// One way a page can be sent: what comes before the slot and what after.
#[derive(Debug)]
pub(crate) struct Track {
    before: Run,
    after: Run,
    /// The end of the gzip stream where the slot stays empty.
    gzip_end: Bytes,
}

impl Track {
    pub(crate) fn new(before: Vec<Arc<Segment>>, after: Vec<Arc<Segment>>) -> Self {
        let before = Run::new(deflate::HEADER, before);
        let after = Run::new(&[], after);
        let crc = join(before.crc, after.crc, &after.shift);
        Self {
            gzip_end: Bytes::copy_from_slice(&gzip_end(crc, before.len + after.len)),
            before,
            after,
        }
    }

    /// Bytes of memory held beside the segments'.
    pub(crate) fn weight(&self) -> usize {
        self.before.gzip.len() + self.after.gzip.len()
    }

    /// The response with `slot` in its place. Reference counts, two
    /// multiplications and, for gzip, ten bytes of checksum.
    pub(crate) fn splice(&self, encoding: Encoding, slot: Option<&Slot>) -> Splice {
        let mut splice = Splice::default();
        self.before.push_to(&mut splice, encoding);
        if let Some(slot) = slot {
            splice.push(match encoding {
                Encoding::Identity => &slot.identity,
                Encoding::Gzip => &slot.stored,
                Encoding::Zstd => &slot.zstd,
            });
        }
        self.after.push_to(&mut splice, encoding);
        if encoding == Encoding::Gzip {
            match slot {
                None => splice.push(&self.gzip_end),
                Some(slot) => {
                    let crc = join(self.before.crc, slot.crc, &slot.shift);
                    let crc = join(crc, self.after.crc, &self.after.shift);
                    let len = self.before.len + slot.identity.len() as u64 + self.after.len;
                    splice.push(&Bytes::copy_from_slice(&gzip_end(crc, len)));
                }
            }
        }
        splice
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
