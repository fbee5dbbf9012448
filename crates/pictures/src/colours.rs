//! What colours mean. Prints carry no profile, and so are in sRGB, which is what
//! browsers take them to be.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The same colours in sRGB. Those of a profile that can't be used are taken to
/// be sRGB already, as browsers take them: a picture with slightly wrong colours
/// is still the picture.
pub(crate) fn to_srgb(pixels: DynamicImage, profile: &[u8]) -> DynamicImage {
    match turned(&pixels, profile) {
        Some(turned) => turned,
        None => pixels,
    }
}

fn turned(pixels: &DynamicImage, profile: &[u8]) -> Option<DynamicImage> {
    let from = ColorProfile::new_from_slice(profile).ok()?;
    // The shades of a grey picture have become three equal colours by now.
    if from.color_space != DataColorSpace::Rgb {
        return None;
    }
    let mut turned = pixels.clone();
    let layout = match &turned {
        DynamicImage::ImageRgb8(_) => Layout::Rgb,
        DynamicImage::ImageRgba8(_) => Layout::Rgba,
        _ => return None,
    };
    let to = ColorProfile::new_srgb();
    let transform = from
        .create_transform_8bit(layout, &to, layout, TransformOptions::default())
        .ok()?;
    let out: &mut [u8] = match &mut turned {
        DynamicImage::ImageRgb8(pixels) => pixels,
        DynamicImage::ImageRgba8(pixels) => pixels,
        _ => return None,
    };
    transform.transform(pixels.as_bytes(), out).ok()?;
    Some(turned)
}
