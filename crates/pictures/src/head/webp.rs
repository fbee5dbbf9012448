//! WebP, piece by piece (RFC 9649, 2).

use image::metadata::Orientation;

use super::{Found, exif, little};
use crate::kind::Kind;
use crate::refusal::Refusal;

/// Pieces before they are too many to be a picture's: one that stands still has
/// half a dozen.
const MAX_PIECES: usize = 64;

/// The flags of an extended file's header.
const ALPHA: u8 = 0x10;
const MOVES: u8 = 0x02;

/// A part of a file.
pub(crate) struct Piece<'a> {
    pub(crate) name: &'a [u8],
    /// With its length and the byte that makes it even.
    pub(crate) whole: &'a [u8],
    pub(crate) content: &'a [u8],
}

/// The pieces of a file, up to the length that it says it has.
pub(crate) struct Pieces<'a> {
    rest: Result<&'a [u8], &'static str>,
    count: usize,
}

impl<'a> Pieces<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        let length = bytes.get(4..8).map(|length| little(length) as usize);
        let end = length.and_then(|length| length.checked_add(8));
        let own = end.and_then(|end| bytes.get(12..end));
        Self {
            rest: own.ok_or("ends too early"),
            count: 0,
        }
    }

    fn step(&mut self, rest: &'a [u8]) -> Result<Piece<'a>, &'static str> {
        const EARLY: &str = "ends too early";
        self.count += 1;
        if self.count > MAX_PIECES {
            return Err("has more parts than a picture needs");
        }
        let length = little(rest.get(4..8).ok_or(EARLY)?) as usize;
        let end = length.checked_add(8).ok_or(EARLY)?;
        let content = rest.get(8..end).ok_or(EARLY)?;
        // Some leave out the last byte that makes it even.
        let even = (end + length % 2).min(rest.len());
        self.rest = Ok(&rest[even..]);
        Ok(Piece {
            name: &rest[..4],
            whole: &rest[..even],
            content,
        })
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>, &'static str>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = match self.rest {
            Ok([]) => return None,
            Ok(rest) => self.step(rest),
            Err(why) => Err(why),
        };
        if step.is_err() {
            self.rest = Ok(&[]);
        }
        Some(step)
    }
}

pub(super) fn read(bytes: &[u8]) -> Result<Found, Refusal> {
    let broken = |what| Refusal::Broken {
        kind: Kind::Webp,
        what,
    };
    let (mut frame, mut canvas, mut turn) = (None, None, None);
    let mut is_opaque = true;
    for piece in Pieces::of(bytes) {
        let piece = piece.map_err(broken)?;
        let damaged = || broken("is damaged");
        match piece.name {
            b"VP8X" => {
                let header = piece.content.first_chunk::<10>().ok_or_else(damaged)?;
                if header[0] & MOVES != 0 {
                    return Err(Refusal::Moves);
                }
                is_opaque &= header[0] & ALPHA == 0;
                canvas = Some((1 + little(&header[4..7]), 1 + little(&header[7..])));
            }
            b"VP8 " => {
                let sides = piece.content.get(6..10).ok_or_else(damaged)?;
                let side = |two: &[u8]| little(two) & 0x3fff;
                frame = Some((side(&sides[..2]), side(&sides[2..])));
            }
            b"VP8L" => {
                let bits = little(piece.content.get(1..5).ok_or_else(damaged)?);
                is_opaque &= (bits >> 28) & 1 == 0;
                frame = Some((1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff)));
            }
            b"ALPH" => is_opaque = false,
            b"ANIM" | b"ANMF" => return Err(Refusal::Moves),
            b"EXIF" => turn = turn.or(exif::turn(piece.content)),
            _ => {}
        }
    }
    let frame = frame.ok_or_else(|| broken("has no pixels"))?;
    let (width, height) = canvas.unwrap_or(frame);
    Ok(Found {
        width,
        height,
        is_opaque,
        turn: turn.unwrap_or(Orientation::NoTransforms),
    })
}
