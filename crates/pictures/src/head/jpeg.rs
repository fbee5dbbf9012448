//! JPEG, segment by segment (ITU T.81, B.1).

use image::metadata::Orientation;

use super::{Found, exif, number};
use crate::kind::Kind;
use crate::refusal::Refusal;

/// Segments before they are too many to be a picture's: comments of cameras and
/// profiles in pieces make dozens, scans of a progressive picture a dozen more.
const MAX_SEGMENTS: usize = 4096;

/// A part of a file: its marker and everything that belongs to it.
pub(crate) struct Segment<'a> {
    pub(crate) marker: u8,
    /// From the marker to the last byte, the pixels of a scan included.
    pub(crate) whole: &'a [u8],
    /// What it says, without its length.
    pub(crate) content: &'a [u8],
}

/// The segments between the start of the picture and its end, neither included.
/// What comes after the end isn't the picture's.
pub(crate) struct Segments<'a> {
    rest: &'a [u8],
    count: usize,
    is_over: bool,
}

impl<'a> Segments<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        Self {
            rest: bytes.get(2..).unwrap_or_default(),
            count: 0,
            is_over: false,
        }
    }

    fn step(&mut self) -> Result<Option<Segment<'a>>, &'static str> {
        const EARLY: &str = "ends too early";
        // A marker may be preceded by any number of fill bytes.
        while self.rest.starts_with(&[0xff, 0xff]) {
            self.rest = &self.rest[1..];
        }
        let &[0xff, marker, ..] = self.rest else {
            let is_end = self.rest.len() < 2;
            return Err(if is_end { EARLY } else { "is damaged" });
        };
        if marker == 0xd9 {
            return Ok(None);
        }
        self.count += 1;
        if self.count > MAX_SEGMENTS {
            return Err("has more parts than a picture needs");
        }
        // Restart markers and TEM stand alone.
        if matches!(marker, 0x01 | 0xd0..=0xd7) {
            let (whole, rest) = self.rest.split_at(2);
            self.rest = rest;
            return Ok(Some(Segment {
                marker,
                whole,
                content: &[],
            }));
        }
        // The length counts its own two bytes.
        let length = number(self.rest.get(2..4).ok_or(EARLY)?) as usize;
        let content = self.rest.get(4..2 + length).ok_or(EARLY)?;
        let mut end = 2 + length;
        if marker == 0xda {
            end += scan(self.rest.get(end..).unwrap_or_default());
        }
        let (whole, rest) = self.rest.split_at(end);
        self.rest = rest;
        Ok(Some(Segment {
            marker,
            whole,
            content,
        }))
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Result<Segment<'a>, &'static str>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let step = self.step().transpose();
        self.is_over = !matches!(step, Some(Ok(_)));
        step
    }
}

/// How long a scan's pixels are: up to the next marker that is no restart.
fn scan(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| rest.iter().position(|&b| b == 0xff))
    {
        at += found;
        match bytes.get(at + 1) {
            Some(0x00 | 0xd0..=0xd7) => at += 2,
            Some(0xff) => at += 1,
            Some(_) => return at,
            None => break,
        }
    }
    bytes.len()
}

pub(super) fn read(bytes: &[u8]) -> Result<Found, Refusal> {
    const KIND: Kind = Kind::Jpeg;
    let broken = |what| Refusal::Broken { kind: KIND, what };
    let (mut size, mut turn, mut has_scan) = (None, None, false);
    for segment in Segments::of(bytes) {
        let segment = segment.map_err(broken)?;
        match segment.marker {
            0xc0..=0xc2 => size = Some(frame(segment.content)?),
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let what = "lossless, hierarchical or arithmetically coded";
                return Err(Refusal::Unusual { kind: KIND, what });
            }
            0xe1 if segment.content.starts_with(exif::MARK) => {
                turn = turn.or(exif::turn(segment.content));
            }
            0xda => {
                has_scan = true;
                if size.is_none() {
                    return Err(broken("has pixels without a size"));
                }
            }
            _ => {}
        }
    }
    let (width, height) = size
        .filter(|_| has_scan)
        .ok_or_else(|| broken("has no pixels"))?;
    Ok(Found {
        width,
        height,
        is_opaque: true,
        turn: turn.unwrap_or(Orientation::NoTransforms),
    })
}

/// The size in a frame's header (B.2.2).
fn frame(content: &[u8]) -> Result<(u32, u32), Refusal> {
    const KIND: Kind = Kind::Jpeg;
    let &[depth, h1, h0, w1, w0, components, ..] = content else {
        let what = "ends too early";
        return Err(Refusal::Broken { kind: KIND, what });
    };
    if depth != 8 {
        let what = "more than 8 bits a colour";
        return Err(Refusal::Unusual { kind: KIND, what });
    }
    match components {
        1 | 3 => Ok((number(&[w1, w0]), number(&[h1, h0]))),
        4 => Err(Refusal::Inks),
        _ => {
            let what = "neither one colour nor three";
            Err(Refusal::Unusual { kind: KIND, what })
        }
    }
}
