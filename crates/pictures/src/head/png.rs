//! PNG, chunk by chunk (W3C PNG, 5.3).

use image::metadata::Orientation;

use super::{Found, exif, number};
use crate::kind::Kind;
use crate::refusal::Refusal;

/// Chunks before they are too many to be a picture's: of the largest file that
/// is read in pieces of 4 KB.
const MAX_CHUNKS: usize = 8192;

/// A part of a file.
pub(crate) struct Chunk<'a> {
    pub(crate) name: &'a [u8],
    /// With its length and checksum.
    pub(crate) whole: &'a [u8],
    pub(crate) content: &'a [u8],
}

/// The chunks up to the last one, which is included. Nothing after it is the
/// picture's.
pub(crate) struct Chunks<'a> {
    rest: &'a [u8],
    count: usize,
    is_over: bool,
}

impl<'a> Chunks<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes.get(8..).unwrap_or_default(),
            count: 0,
            is_over: false,
        }
    }

    fn step(&mut self) -> Result<Chunk<'a>, &'static str> {
        const EARLY: &str = "ends too early";
        self.count += 1;
        if self.count > MAX_CHUNKS {
            return Err("has more parts than a picture needs");
        }
        let length = number(self.rest.get(..4).ok_or(EARLY)?) as usize;
        let end = length.checked_add(12).ok_or(EARLY)?;
        let whole = self.rest.get(..end).ok_or(EARLY)?;
        let (checked, sum) = whole[4..].split_at(4 + length);
        if crc32fast::hash(checked) != number(sum) {
            return Err("is damaged");
        }
        let (name, content) = checked.split_at(4);
        self.rest = &self.rest[end..];
        self.is_over = name == b"IEND";
        Ok(Chunk {
            name,
            whole,
            content,
        })
    }
}

impl<'a> Iterator for Chunks<'a> {
    type Item = Result<Chunk<'a>, &'static str>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let step = self.step();
        self.is_over |= step.is_err();
        Some(step)
    }
}

pub(super) fn read(bytes: &[u8]) -> Result<Found, Refusal> {
    let broken = |what| Refusal::Broken {
        kind: Kind::Png,
        what,
    };
    let mut found = None;
    let (mut has_pixels, mut turn) = (false, None);
    for chunk in Chunks::of(bytes) {
        let chunk = chunk.map_err(broken)?;
        match (chunk.name, &mut found) {
            (b"IHDR", None) => found = Some(header(chunk.content).ok_or(broken("is damaged"))?),
            (b"IHDR", Some(_)) | (_, None) => return Err(broken("is damaged")),
            // A transparent colour, or transparent entries of a palette.
            (b"tRNS", Some(found)) => found.is_opaque = false,
            (b"acTL", _) => return Err(Refusal::Moves),
            (b"eXIf", _) => turn = turn.or(exif::turn(chunk.content)),
            (b"IDAT", _) => has_pixels = true,
            _ => {}
        }
    }
    let found = found
        .filter(|_| has_pixels)
        .ok_or_else(|| broken("has no pixels"))?;
    Ok(Found {
        turn: turn.unwrap_or(Orientation::NoTransforms),
        ..found
    })
}

fn header(content: &[u8]) -> Option<Found> {
    let size = content.first_chunk::<8>()?;
    let (width, height) = size.split_at(4);
    let colours = *content.get(9)?;
    matches!(colours, 0 | 2 | 3 | 4 | 6).then(|| Found {
        width: number(width),
        height: number(height),
        is_opaque: colours & 4 == 0,
        turn: Orientation::NoTransforms,
    })
}
