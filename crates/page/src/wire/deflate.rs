//! Raw deflate streams that can be laid end to end into one gzip member.
//!
//! A segment comes from an encoder that remembers nothing of what preceded,
//! and ends in a sync flush: byte-aligned, with no final block. So any order
//! of segments is one valid stream, once [`END`] follows. (Concatenated gzip
//! *members* would be legal too, and browsers silently stop after the first.)

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress};

/// A gzip header: deflate, no name, no time, unknown system.
pub(super) const HEADER: &[u8; 10] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff";

/// An empty final block with fixed codes: the end of the deflate stream.
pub(super) const END: [u8; 2] = [0x03, 0x00];

/// On a 53 KB page level 3 makes the whole compilation a fifth shorter than
/// level 6 (0.8 against 1.0 ms) for five per cent more bytes; level 1 saves
/// another tenth and costs a third more bytes.
const LEVEL: u32 = 3;

/// The longest stored block: its length field has 16 bits (RFC 1951, 3.2.4).
const STORED_MAX: usize = 65_535;

/// What the encoder may add to incompressible input: five bytes for each
/// 16 KB block of it, and the flush at the end.
const OVERHEAD: usize = 64;

/// Appends the raw deflate stream of `text` to `out`, byte-aligned and not final.
///
/// `false` if the encoder refuses, which zlib does for no input; the caller
/// falls back to [`stored`], which can't fail.
pub(super) fn compress(encoder: &mut Compress, text: &[u8], out: &mut Vec<u8>) -> bool {
    // Forgetting clears 128 KB, which takes as long as compressing a kilobyte.
    if encoder.total_in() > 0 {
        encoder.reset();
    }
    out.reserve(text.len() / 3 + OVERHEAD);
    loop {
        let taken = usize::try_from(encoder.total_in()).unwrap_or(usize::MAX);
        let Some(rest) = text.get(taken..) else {
            return false;
        };
        let flushed = encoder.compress_vec(rest, out, FlushCompress::Sync);
        if flushed.is_err() {
            return false;
        }
        let all_in = encoder.total_in() == text.len() as u64;
        // Room left over means that the flush is complete.
        if all_in && out.len() < out.capacity() {
            return true;
        }
        out.reserve(text.len() / 6 + OVERHEAD);
    }
}

/// Undoes what [`compress`] and [`stored`] do.
pub(super) struct Inflater(Decompress);

impl Inflater {
    pub(super) fn new() -> Self {
        Self(Decompress::new(false))
    }

    /// The text of `len` bytes that was made into `deflated` here.
    pub(super) fn inflated(&mut self, deflated: &[u8], len: usize) -> Vec<u8> {
        self.0.reset(false);
        let mut text = Vec::with_capacity(len);
        // All of it fits at once, and nothing else is there to be read.
        let done = self
            .0
            .decompress_vec(deflated, &mut text, FlushDecompress::Sync);
        debug_assert!(done.is_ok() && text.len() == len, "{done:?}");
        text
    }
}

/// A fresh encoder.
pub(super) fn encoder() -> Compress {
    Compress::new(Compression::new(LEVEL), false)
}

/// `text` in stored blocks: never near a compressor, so that its length says
/// nothing of what stands next to it (BREACH).
pub(super) fn stored(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 5 * (text.len() / STORED_MAX + 1));
    for block in text.chunks(STORED_MAX) {
        // Chunks are at most 65,535 bytes long, so nothing is cut off.
        #[expect(clippy::cast_possible_truncation, reason = "bounded by STORED_MAX")]
        let len = block.len() as u16;
        out.push(0);
        out.extend_from_slice(&len.to_le_bytes());
        out.extend_from_slice(&(!len).to_le_bytes());
        out.extend_from_slice(block);
    }
    out
}
