//! What a picture is, without decoding it: its kind, its size as it is seen,
//! and whether the file is whole.
//!
//! This is where bombs are defused: nothing is decoded that hasn't been looked
//! at here, and what is refused here never is.

mod exif;
mod jpeg;
mod png;
mod webp;

use image::metadata::Orientation;

use crate::kind::{Kind, other};
use crate::refusal::Refusal;

pub(crate) use exif::upright;
pub(crate) use jpeg::Segments;
pub(crate) use png::Chunks;
pub(crate) use webp::Pieces;

/// The largest file, in bytes: a photograph of a good camera in its own JPEG has
/// ten to twenty million.
pub const MAX_BYTES: usize = 24 * 1024 * 1024;

/// The most pixels: those of today's telephones (48 million). Decoded they take
/// 150 MB, or 300 MB where the file is progressive.
pub const MAX_PIXELS: u64 = 50_000_000;

/// The longest side, in pixels: WebP knows no longer one (RFC 9649, 2.7).
pub const MAX_SIDE: u32 = 16_383;

/// What can be known of a picture without decoding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// What kind of file it is.
    pub kind: Kind,
    /// As it is seen, in pixels.
    pub width: u32,
    /// As it is seen, in pixels.
    pub height: u32,
    /// Whether nothing shines through it for certain.
    pub is_opaque: bool,
    /// How the pixels have to be turned.
    pub(crate) turn: Orientation,
}

impl Head {
    /// Looks at a file, all of which must be here.
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > MAX_BYTES {
            return Err(Refusal::TooManyBytes {
                size: bytes.len(),
                limit: MAX_BYTES,
            });
        }
        let Some(kind) = Kind::of(bytes) else {
            let (what, advice) = other(bytes);
            return Err(Refusal::NoPicture { what, advice });
        };
        let found = match kind {
            Kind::Jpeg => jpeg::read(bytes)?,
            Kind::Png => png::read(bytes)?,
            Kind::Webp => webp::read(bytes)?,
        };
        let (width, height) = (found.width, found.height);
        if width == 0 || height == 0 {
            return Err(Refusal::NoPixels { width, height });
        }
        let pixels = u64::from(width) * u64::from(height);
        if width > MAX_SIDE || height > MAX_SIDE || pixels > MAX_PIXELS {
            return Err(Refusal::TooManyPixels { width, height });
        }
        let lies = matches!(
            found.turn,
            Orientation::Rotate90
                | Orientation::Rotate270
                | Orientation::Rotate90FlipH
                | Orientation::Rotate270FlipH
        );
        let (width, height) = if lies {
            (height, width)
        } else {
            (width, height)
        };
        Ok(Self {
            kind,
            width,
            height,
            is_opaque: found.is_opaque,
            turn: found.turn,
        })
    }

    /// The same of a file whose name ends in `extension`, which must be true.
    pub fn read_named(extension: &str, bytes: &[u8]) -> Result<Self, Refusal> {
        let head = Self::read(bytes)?;
        if Kind::named(extension) == Some(head.kind) {
            Ok(head)
        } else {
            Err(Refusal::Mislabelled {
                named: extension.to_owned(),
                is: head.kind,
            })
        }
    }
}

/// What a file says of itself, as it lies there.
pub(crate) struct Found {
    width: u32,
    height: u32,
    is_opaque: bool,
    turn: Orientation,
}

fn number(bytes: &[u8]) -> u32 {
    let digit = |number: u32, byte: &u8| number << 8 | u32::from(*byte);
    bytes.iter().fold(0, digit)
}

fn little(bytes: &[u8]) -> u32 {
    let digit = |number: u32, byte: &u8| number << 8 | u32::from(*byte);
    bytes.iter().rev().fold(0, digit)
}

#[cfg(test)]
mod tests;
