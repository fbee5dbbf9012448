//! Zstandard frames that can be laid end to end (RFC 8878, section 3.1).

use zstd::bulk::Compressor;
use zstd::zstd_safe::CParameter;

/// Browsers refuse windows above 8 MB (RFC 9659).
const WINDOW_LOG: u32 = 23;

/// The level that zstd itself takes for the best bargain. Frames are made when
/// a page is first asked for in zstd, so pages that never are cost nothing.
const LEVEL: i32 = 3;

/// The largest block that every decoder must take (RFC 8878, 3.1.1.2.4).
const RAW_MAX: usize = 128 * 1024;

const MAGIC: [u8; 4] = 0xfd2f_b528_u32.to_le_bytes();

/// One compressor for the segments of a page; `None` where memory for one
/// can't be had.
pub(super) fn encoder() -> Option<Compressor<'static>> {
    let mut encoder = Compressor::new(LEVEL).ok()?;
    encoder
        .set_parameter(CParameter::WindowLog(WINDOW_LOG))
        .ok()?;
    Some(encoder)
}

/// `text` as one frame; raw where the compressor refuses.
pub(super) fn compressed(encoder: Option<&mut Compressor<'static>>, text: &[u8]) -> Vec<u8> {
    encoder
        .and_then(|encoder| encoder.compress(text).ok())
        .unwrap_or_else(|| raw(text))
}

/// `text` as one frame of raw blocks: never near a compressor (BREACH).
///
/// The header names a 128 KB window and no content size, so that frames of
/// any length look alike.
pub(super) fn raw(text: &[u8]) -> Vec<u8> {
    /// No content size, no checksum, no dictionary, a window descriptor.
    const DESCRIPTOR: u8 = 0;
    /// Exponent 7, mantissa 0: 2^(10 + 7) bytes.
    const WINDOW: u8 = 7 << 3;
    let mut out = Vec::with_capacity(text.len() + 3 * (text.len() / RAW_MAX + 1) + 6);
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&[DESCRIPTOR, WINDOW]);
    let mut blocks = text.chunks(RAW_MAX).peekable();
    if blocks.peek().is_none() {
        out.extend_from_slice(&[1, 0, 0]);
    }
    while let Some(block) = blocks.next() {
        let last = u32::from(blocks.peek().is_none());
        // At most 2^17, so the shifted length fits the three bytes.
        #[expect(clippy::cast_possible_truncation, reason = "bounded by RAW_MAX")]
        let header = (block.len() as u32) << 3 | last;
        out.extend_from_slice(&header.to_le_bytes()[..3]);
        out.extend_from_slice(block);
    }
    out
}
