//! Pictures for tests, made here: files as cameras, programs and mistakes make
//! them.

use std::sync::Arc;

use bytes::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};

use crate::fingerprint::Fingerprint;
use crate::negative::{Matter, Negative};

/// A picture whose four corners can be told apart: red, green, blue and white,
/// in the order of reading.
pub(crate) fn corners(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => [220, 20, 20],
            (false, true) => [20, 200, 20],
            (true, false) => [20, 20, 220],
            (false, false) => [240, 240, 240],
        })
    })
    .into()
}

/// The same, where the lower half shines through.
pub(crate) fn half_there(width: u32, height: u32) -> DynamicImage {
    RgbaImage::from_fn(width, height, |_, y| {
        Rgba([20, 20, 220, if y < height / 2 { 255 } else { 0 }])
    })
    .into()
}

pub(crate) fn jpeg(pixels: &DynamicImage) -> Vec<u8> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 90)
        .encode_image(pixels)
        .expect("a JPEG");
    file
}

pub(crate) fn png(pixels: &DynamicImage) -> Vec<u8> {
    let mut file = Vec::new();
    image::codecs::png::PngEncoder::new(&mut file)
        .write_image(
            pixels.as_bytes(),
            pixels.width(),
            pixels.height(),
            pixels.color().into(),
        )
        .expect("a PNG");
    file
}

pub(crate) fn webp(pixels: &DynamicImage) -> Vec<u8> {
    crate::print::encode(pixels, crate::print::Form::Webp).expect("a WebP")
}

/// Where it was taken: what must not go out.
pub(crate) const SECRET: &[u8] = b"52.1936N 1.6297E kitchen";

/// Exif data of a camera that was held so, little-endian, with more in it.
pub(crate) fn exif(held: u8) -> Vec<u8> {
    let mut data = b"Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    data.extend_from_slice(&[held, 0, 0, 0, 0, 0, 0, 0]);
    data.extend_from_slice(SECRET);
    data
}

/// The JPEG with a segment after its start.
pub(crate) fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("a short one");
    let mut file = jpeg[..2].to_vec();
    file.extend_from_slice(&[0xff, marker]);
    file.extend_from_slice(&length.to_be_bytes());
    file.extend_from_slice(content);
    file.extend_from_slice(&jpeg[2..]);
    file
}

/// The PNG with a chunk after its header.
pub(crate) fn with_chunk(png: &[u8], name: &[u8], content: &[u8]) -> Vec<u8> {
    /// The signature, and a header with its length, name and checksum.
    const HEADER: usize = 8 + 25;
    let length = u32::try_from(content.len()).expect("a short one");
    let named = [name, content].concat();
    let mut file = png[..HEADER].to_vec();
    file.extend_from_slice(&length.to_be_bytes());
    file.extend_from_slice(&named);
    file.extend_from_slice(&crc32fast::hash(&named).to_be_bytes());
    file.extend_from_slice(&png[HEADER..]);
    file
}

/// The WebP in its extended form, with further pieces at its end.
pub(crate) fn extended(
    webp: &[u8],
    flags: u8,
    size: (u32, u32),
    pieces: &[(&[u8], &[u8])],
) -> Vec<u8> {
    let mut file = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0".to_vec();
    file.extend_from_slice(&[flags, 0, 0, 0]);
    for side in [size.0, size.1] {
        file.extend_from_slice(&(side - 1).to_le_bytes()[..3]);
    }
    file.extend_from_slice(&webp[12..]);
    for (name, content) in pieces {
        let length = u32::try_from(content.len()).expect("a short one");
        file.extend_from_slice(name);
        file.extend_from_slice(&length.to_le_bytes());
        file.extend_from_slice(content);
        if content.len() % 2 == 1 {
            file.push(0);
        }
    }
    let length = u32::try_from(file.len() - 8).expect("a short one");
    file[4..8].copy_from_slice(&length.to_le_bytes());
    file
}

/// An original that is in memory.
pub(crate) fn negative(file: Vec<u8>) -> Negative {
    let head = crate::head::Head::read(&file).expect("a sound picture");
    let fingerprint = Fingerprint::of(&file);
    let file = Bytes::from(file);
    Negative {
        name: "sample".into(),
        fingerprint,
        matter: Matter::Pixels {
            width: head.width,
            is_opaque: head.is_opaque,
        },
        read: Arc::new(move || Ok(file.clone())),
    }
}
