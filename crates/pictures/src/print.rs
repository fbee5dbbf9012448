//! Prints as files.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageEncoder};
use webp::{Encoder, PixelLayout, WebPConfig};

use crate::kind::Kind;
use crate::refusal::Refusal;

/// Of 100: where a photograph on paper's own terms, looked at for faults, shows
/// none at the size that it's made for.
const WEBP_QUALITY: f32 = 78.0;

/// The same for JPEG, whose scale is another one.
const JPEG_QUALITY: u8 = 80;

/// How long libwebp tries, of 6: what more brings is a few bytes in a hundred for
/// twice the time.
const WEBP_METHOD: i32 = 4;

/// How a print is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// For nearly everybody.
    Webp,
    /// For browsers and networks that don't know WebP.
    Jpeg,
    /// For the same, where something shines through.
    Png,
}

impl Form {
    /// What its files are.
    pub fn kind(self) -> Kind {
        match self {
            Self::Webp => Kind::Webp,
            Self::Jpeg => Kind::Jpeg,
            Self::Png => Kind::Png,
        }
    }

    /// The form that files with that ending have.
    pub fn of(extension: &str) -> Option<Self> {
        [Self::Webp, Self::Jpeg, Self::Png]
            .into_iter()
            .find(|form| form.kind().extension() == extension)
    }
}

/// The picture as a file, with nothing in it but the picture.
pub(crate) fn encode(pixels: &DynamicImage, form: Form) -> Result<Vec<u8>, Refusal> {
    match form {
        Form::Webp => webp(pixels),
        Form::Jpeg => jpeg(&on_white(pixels)),
        Form::Png => png(pixels),
    }
}

fn webp(pixels: &DynamicImage) -> Result<Vec<u8>, Refusal> {
    let refuse = || Refusal::Undecodable("libwebp couldn't write it".to_owned());
    let (width, height) = (pixels.width(), pixels.height());
    let layout = if pixels.color().has_alpha() {
        PixelLayout::Rgba
    } else {
        PixelLayout::Rgb
    };
    let mut how = WebPConfig::new().map_err(|()| refuse())?;
    how.quality = WEBP_QUALITY;
    how.method = WEBP_METHOD;
    // The encoder takes what isn't as long as it must be for a mistake of ours.
    let expected = width as usize * height as usize * usize::from(layout.bytes_per_pixel());
    if pixels.as_bytes().len() != expected {
        return Err(refuse());
    }
    let written = Encoder::new(pixels.as_bytes(), layout, width, height).encode_advanced(&how);
    written.map(|file| file.to_vec()).map_err(|_| refuse())
}

fn jpeg(pixels: &DynamicImage) -> Result<Vec<u8>, Refusal> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY)
        .write_image(
            pixels.as_bytes(),
            pixels.width(),
            pixels.height(),
            ExtendedColorType::Rgb8,
        )
        .map_err(|error| Refusal::Undecodable(error.to_string()))?;
    Ok(file)
}

fn png(pixels: &DynamicImage) -> Result<Vec<u8>, Refusal> {
    let mut file = Vec::new();
    PngEncoder::new_with_quality(&mut file, CompressionType::Default, FilterType::Adaptive)
        .write_image(
            pixels.as_bytes(),
            pixels.width(),
            pixels.height(),
            pixels.color().into(),
        )
        .map_err(|error| Refusal::Undecodable(error.to_string()))?;
    Ok(file)
}

/// What shines through is white: JPEG knows nothing of it.
fn on_white(pixels: &DynamicImage) -> DynamicImage {
    let DynamicImage::ImageRgba8(from) = pixels else {
        return pixels.clone();
    };
    let mix = |colour: u8, opacity: u8| {
        let white = 255 * (255 - u32::from(opacity));
        let mixed = (u32::from(colour) * u32::from(opacity) + white + 127) / 255;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    let mut onto = image::RgbImage::new(from.width(), from.height());
    for (to, from) in onto.pixels_mut().zip(from.pixels()) {
        let [r, g, b, a] = from.0;
        to.0 = [mix(r, a), mix(g, a), mix(b, a)];
    }
    onto.into()
}
