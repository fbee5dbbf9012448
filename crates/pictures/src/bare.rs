//! The picture and nothing else of its file: where it was taken, with what and
//! by whom stays with the publisher.
//!
//! The pixels aren't touched. What is kept is what changes how they look: colour
//! profiles, transparency, and how the camera was held.

use std::borrow::Cow;

use crate::head::{Chunks, Head, Pieces, Segments, upright};
use crate::kind::Kind;
use crate::refusal::Refusal;

/// The file without what isn't seen, by reference where there is nothing of it.
pub fn bare(bytes: &[u8]) -> Result<Cow<'_, [u8]>, Refusal> {
    let head = Head::read(bytes)?;
    let kind = head.kind;
    let stripped = match kind {
        Kind::Jpeg => jpeg(bytes, head),
        Kind::Png => png(bytes, head),
        Kind::Webp => webp(bytes, head),
    };
    let stripped = stripped.map_err(|what| Refusal::Broken { kind, what })?;
    Ok(if stripped == bytes {
        Cow::Borrowed(bytes)
    } else {
        Cow::Owned(stripped)
    })
}

fn jpeg(bytes: &[u8], head: Head) -> Result<Vec<u8>, &'static str> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(b"\xff\xd8");
    let mut turn = upright(head.turn);
    for segment in Segments::of(bytes) {
        let segment = segment?;
        // JFIF's own header comes first where there is one.
        if segment.marker != 0xe0
            && let Some(data) = turn.take()
        {
            // Two for the length itself, six for the mark.
            out.extend_from_slice(b"\xff\xe1\0\x22Exif\0\0");
            out.extend_from_slice(&data);
        }
        let is_seen = match segment.marker {
            0xe0 => segment.content.starts_with(b"JFIF\0"),
            0xe2 => segment.content.starts_with(b"ICC_PROFILE\0"),
            // How Adobe's programs have turned the colours.
            0xee => segment.content.starts_with(b"Adobe"),
            0xe1..=0xef | 0xfe => false,
            _ => true,
        };
        if is_seen {
            out.extend_from_slice(segment.whole);
        }
    }
    out.extend_from_slice(b"\xff\xd9");
    Ok(out)
}

fn png(bytes: &[u8], head: Head) -> Result<Vec<u8>, &'static str> {
    const SEEN: [&[u8]; 11] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB",
        b"cICP",
    ];
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(&bytes[..8]);
    for chunk in Chunks::of(bytes) {
        let chunk = chunk?;
        if SEEN.contains(&chunk.name) {
            out.extend_from_slice(chunk.whole);
        }
        if chunk.name == b"IHDR"
            && let Some(data) = upright(head.turn)
        {
            let mut named = b"eXIf".to_vec();
            named.extend_from_slice(&data);
            out.extend_from_slice(&26_u32.to_be_bytes());
            out.extend_from_slice(&named);
            out.extend_from_slice(&crc32fast::hash(&named).to_be_bytes());
        }
    }
    Ok(out)
}

fn webp(bytes: &[u8], head: Head) -> Result<Vec<u8>, &'static str> {
    /// Where the header of an extended file says that Exif data and XMP follow.
    const EXIF: u8 = 0x08;
    const XMP: u8 = 0x04;
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(b"RIFF\0\0\0\0WEBP");
    let turn = upright(head.turn);
    for piece in Pieces::of(bytes) {
        let piece = piece?;
        let begins = out.len();
        if matches!(piece.name, b"VP8X" | b"ICCP" | b"ALPH" | b"VP8 " | b"VP8L") {
            out.extend_from_slice(piece.whole);
        }
        if piece.name == b"VP8X"
            && let Some(flags) = out.get_mut(begins + 8)
        {
            *flags &= !(EXIF | XMP);
            *flags |= if turn.is_some() { EXIF } else { 0 };
        }
        if out.len() % 2 == 1 {
            out.push(0);
        }
    }
    // Exif data come last (RFC 9649, 2.7).
    if let Some(data) = turn {
        out.extend_from_slice(b"EXIF\x1a\0\0\0");
        out.extend_from_slice(&data);
    }
    let length = u32::try_from(out.len() - 8).map_err(|_| "is too large")?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Ok(out)
}

#[cfg(test)]
mod tests;
