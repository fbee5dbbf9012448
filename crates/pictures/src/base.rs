//! An original, decoded once and as large as its largest print: upright, in
//! sRGB, eight bits a colour.

use std::io::Cursor;

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8x3, U8x4};
use fast_image_resize::{FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder, Limits, RgbImage, RgbaImage};

use crate::colours;
use crate::head::{Head, MAX_PIXELS, MAX_SIDE};
use crate::kind::Kind;
use crate::print::{self, Form};
use crate::refusal::Refusal;
use crate::sizes::widths;

/// What decoding may take, in bytes: the most pixels at 16 bits and four colours
/// each, half of it again for the decoder itself.
const MEMORY: u64 = MAX_PIXELS * 12;

/// A picture that prints are made of.
#[derive(Debug)]
pub struct Base(DynamicImage);

impl Base {
    /// Decodes an original and makes it as wide as its widest print. This takes
    /// tenths of a second.
    pub fn of(original: &[u8]) -> Result<Self, Refusal> {
        let head = Head::read(original)?;
        let undecodable = |error: &dyn std::fmt::Display| Refusal::Undecodable(error.to_string());
        let from = || Cursor::new(original);
        let decoded = match head.kind {
            Kind::Jpeg => JpegDecoder::new(from()).and_then(decoded),
            Kind::Png => PngDecoder::with_limits(from(), limits()).and_then(decoded),
            Kind::Webp => WebPDecoder::new(from()).and_then(decoded),
        };
        let (pixels, profile) = decoded.map_err(|error| undecodable(&error))?;
        let pixels = plain(pixels, head.is_opaque);
        let widest = widths(head.width).last().copied().unwrap_or(head.width);
        // The width that will be upright may lie on its side as yet.
        let lies = pixels.width() != head.width;
        let height = scaled((head.width, head.height), widest);
        let (width, height) = if lies {
            (height, widest)
        } else {
            (widest, height)
        };
        let mut pixels = resized(pixels, width, height).map_err(|error| undecodable(&error))?;
        pixels.apply_orientation(head.turn);
        if let Some(profile) = profile {
            pixels = colours::to_srgb(pixels, &profile);
        }
        Ok(Self(pixels))
    }

    /// Takes what has been rendered: four bytes a pixel, not multiplied by their
    /// transparency. `None` where it isn't as many as there are pixels.
    pub fn rendered(width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let pixels = RgbaImage::from_raw(width, height, pixels)?;
        Some(Self(plain(pixels.into(), false)))
    }

    /// In pixels.
    pub fn width(&self) -> u32 {
        self.0.width()
    }

    /// In pixels.
    pub fn height(&self) -> u32 {
        self.0.height()
    }

    /// A print of that `width`, which is at most the base's own, as a file.
    pub fn print(&self, width: u32, form: Form) -> Result<Vec<u8>, Refusal> {
        let refuse = |error: &dyn std::fmt::Display| Refusal::Undecodable(error.to_string());
        let width = width.clamp(1, self.width());
        if width == self.width() {
            return print::encode(&self.0, form);
        }
        let height = scaled((self.width(), self.height()), width);
        let smaller = resized(self.0.clone(), width, height).map_err(|error| refuse(&error))?;
        print::encode(&smaller, form)
    }
}

/// The pixels, and the profile that says what their colours mean.
type Decoded = (DynamicImage, Option<Vec<u8>>);

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MEMORY);
    limits
}

fn decoded(mut decoder: impl ImageDecoder) -> image::ImageResult<Decoded> {
    decoder.set_limits(limits())?;
    // A profile that can't be read says nothing.
    let profile = decoder.icc_profile().ok().flatten();
    Ok((DynamicImage::from_decoder(decoder)?, profile))
}

/// Three bytes a pixel, or four where something may shine through.
fn plain(pixels: DynamicImage, is_opaque: bool) -> DynamicImage {
    if is_opaque {
        return pixels.into_rgb8().into();
    }
    let pixels = pixels.into_rgba8();
    // Many pictures have a channel for it and no use.
    if pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        DynamicImage::from(pixels).into_rgb8().into()
    } else {
        pixels.into()
    }
}

/// How high a picture of that width and height is when it is `wanted` pixels
/// wide: at least one.
pub fn scaled((width, height): (u32, u32), wanted: u32) -> u32 {
    let exact = u64::from(height) * u64::from(wanted);
    let width = u64::from(width.max(1));
    let rounded = (exact + width / 2) / width;
    u32::try_from(rounded).unwrap_or(u32::MAX).max(1)
}

fn resized(pixels: DynamicImage, width: u32, height: u32) -> Result<DynamicImage, String> {
    if (pixels.width(), pixels.height()) == (width, height) {
        return Ok(pixels);
    }
    let from = (pixels.width(), pixels.height());
    let has_alpha = pixels.color().has_alpha();
    let bytes = pixels.into_bytes();
    let made = if has_alpha {
        let to = convolved::<U8x4>((from, &bytes), (width, height))?;
        RgbaImage::from_raw(width, height, to).map(DynamicImage::from)
    } else {
        let to = convolved::<U8x3>((from, &bytes), (width, height))?;
        RgbImage::from_raw(width, height, to).map(DynamicImage::from)
    };
    made.ok_or_else(|| "its size doesn't fit".to_owned())
}

/// The same pixels in another number, of the one kind that is asked for: what would
/// look at the kind first is compiled for two dozen.
fn convolved<P: PixelTrait>(
    ((width, height), pixels): ((u32, u32), &[u8]),
    to: (u32, u32),
) -> Result<Vec<u8>, String> {
    let from = TypedImageRef::<P>::from_buffer(width, height, pixels);
    let from = from.map_err(|error| error.to_string())?;
    let mut bytes = vec![0; to.0 as usize * to.1 as usize * P::size()];
    let mut made = TypedImage::<P>::from_buffer(to.0, to.1, &mut bytes);
    let made = made.as_mut().map_err(|error| error.to_string())?;
    let how = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new()
        .resize_typed(&from, made, &how)
        .map_err(|error| error.to_string())?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
