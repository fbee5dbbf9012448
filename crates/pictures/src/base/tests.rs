//! Pictures of every kind come out upright, in sRGB and no larger than they may be.

use image::{DynamicImage, GenericImageView, Rgb};
use moxcms::ColorProfile;

use super::*;
use crate::samples::{corners, exif, half_there, jpeg, png, webp, with_chunk, with_segment};

/// The picture that a print of `file` shows.
fn shown(file: &[u8], width: u32, form: Form) -> DynamicImage {
    let print = Base::of(file)
        .expect("a picture")
        .print(width, form)
        .expect("a print");
    assert_eq!(Kind::of(&print), Some(form.kind()));
    image::load_from_memory(&print).expect("a picture")
}

/// The colours in the four corners are about those, in the order of reading.
fn check(picture: &DynamicImage, expected: [[u8; 3]; 4]) {
    let (right, bottom) = (picture.width() - 3, picture.height() - 3);
    let corners = [(2, 2), (right, 2), (2, bottom), (right, bottom)];
    let found = corners.map(|(x, y)| {
        let [r, g, b, _] = picture.get_pixel(x, y).0;
        [r, g, b]
    });
    for (found, expected) in found.into_iter().zip(expected) {
        let is_near = found
            .into_iter()
            .zip(expected)
            .all(|(a, b)| a.abs_diff(b) <= 14);
        assert!(is_near, "{found:?} isn't {expected:?}");
    }
}

const RED: [u8; 3] = [220, 20, 20];
const GREEN: [u8; 3] = [20, 200, 20];
const BLUE: [u8; 3] = [20, 20, 220];
const WHITE: [u8; 3] = [240, 240, 240];

#[test]
fn prints_are_smaller_and_show_the_same() {
    let pixels = corners(900, 600);
    for file in [jpeg(&pixels), png(&pixels), webp(&pixels)] {
        for form in [Form::Webp, Form::Jpeg, Form::Png] {
            let picture = shown(&file, 320, form);
            assert_eq!((picture.width(), picture.height()), (320, 213));
            check(&picture, [RED, GREEN, BLUE, WHITE]);
        }
    }
}

#[test]
fn nothing_is_made_larger_than_it_is() {
    let picture = shown(&jpeg(&corners(90, 60)), 1600, Form::Webp);
    assert_eq!((picture.width(), picture.height()), (90, 60));
    let sliver = shown(&png(&corners(1000, 1)), 320, Form::Webp);
    assert_eq!((sliver.width(), sliver.height()), (320, 1));
}

#[test]
fn pictures_stand_upright_however_the_camera_was_held() {
    let file = jpeg(&corners(600, 400));
    for (held, expected) in [
        (1, [RED, GREEN, BLUE, WHITE]),
        (2, [GREEN, RED, WHITE, BLUE]),
        (3, [WHITE, BLUE, GREEN, RED]),
        (4, [BLUE, WHITE, RED, GREEN]),
        (5, [RED, BLUE, GREEN, WHITE]),
        (6, [BLUE, RED, WHITE, GREEN]),
        (7, [WHITE, GREEN, BLUE, RED]),
        (8, [GREEN, WHITE, RED, BLUE]),
    ] {
        let picture = shown(&with_segment(&file, 0xe1, &exif(held)), 320, Form::Webp);
        check(&picture, expected);
        let is_upright = picture.height() > picture.width();
        assert_eq!(is_upright, held > 4, "{held}");
    }
    let picture = shown(
        &with_chunk(&png(&corners(600, 400)), b"eXIf", &exif(6)),
        320,
        Form::Png,
    );
    check(&picture, [BLUE, RED, WHITE, GREEN]);
}

#[test]
fn what_shines_through_does_so_still_and_is_white_where_nothing_can() {
    let file = png(&half_there(600, 400));
    for form in [Form::Webp, Form::Png] {
        let picture = shown(&file, 320, form);
        assert_eq!(picture.get_pixel(2, 2).0[3], 255);
        assert_eq!(picture.get_pixel(2, picture.height() - 3).0[3], 0);
    }
    check(
        &shown(&file, 320, Form::Jpeg),
        [BLUE, BLUE, [255; 3], [255; 3]],
    );
}

#[test]
fn sixteen_bits_grey_and_palettes_become_eight_bits_of_each_colour() {
    let pixels = corners(600, 400);
    let deep = png(&DynamicImage::ImageRgb16(pixels.to_rgb16()));
    check(&shown(&deep, 320, Form::Webp), [RED, GREEN, BLUE, WHITE]);
    let grey = DynamicImage::ImageLuma8(pixels.to_luma8());
    for file in [png(&grey), jpeg(&grey)] {
        let picture = shown(&file, 320, Form::Jpeg);
        let [r, g, b, _] = picture.get_pixel(2, 2).0;
        assert!(r.abs_diff(g) < 8 && g.abs_diff(b) < 8, "grey");
    }
    let glass = png(&DynamicImage::ImageLumaA16(
        half_there(60, 40).to_luma_alpha16(),
    ));
    assert_eq!(shown(&glass, 60, Form::Png).get_pixel(2, 38).0[3], 0);
}

#[test]
fn colours_of_a_wider_gamut_are_turned_into_those_that_browsers_expect() {
    let profile = ColorProfile::new_display_p3().encode().expect("a profile");
    let mut segment = b"ICC_PROFILE\0\x01\x01".to_vec();
    segment.extend_from_slice(&profile);
    let grey = DynamicImage::from(image::RgbImage::from_pixel(400, 300, Rgb([128, 128, 128])));
    let green = DynamicImage::from(image::RgbImage::from_pixel(400, 300, Rgb([60, 200, 60])));
    let wide = |pixels| shown(&with_segment(&jpeg(pixels), 0xe2, &segment), 320, Form::Png);
    check(&wide(&grey), [[128; 3]; 4]);
    // The same green needs more of it, and less of red, in the smaller gamut.
    let [r, g, b, _] = wide(&green).get_pixel(9, 9).0;
    assert!(g > 200 && r < 45, "{r} {g} {b}");
    // What can't be read says nothing.
    let broken = with_segment(&jpeg(&green), 0xe2, b"ICC_PROFILE\0\x01\x01nonsense");
    check(&shown(&broken, 320, Form::Png), [[60, 200, 60]; 4]);
}

#[test]
fn prints_carry_nothing_of_the_file_but_the_picture() {
    let file = with_segment(&jpeg(&corners(600, 400)), 0xe1, &exif(6));
    for form in [Form::Webp, Form::Jpeg, Form::Png] {
        let print = Base::of(&file)
            .expect("a picture")
            .print(320, form)
            .expect("a print");
        assert!(
            !print
                .windows(4)
                .any(|part| part == b"Exif" || part == b"ICCP"),
            "{form:?}"
        );
        let again = crate::bare(&print).expect("a sound picture");
        assert!(again.as_ref() == print, "{form:?}");
    }
}

#[test]
fn pixels_that_cannot_be_decoded_are_refused() {
    let mut file = png(&corners(600, 400));
    // Sound on the outside: the checksum is right, what is compressed isn't.
    let at = file
        .windows(4)
        .position(|name| name == b"IDAT")
        .expect("pixels");
    let length = u32::from_be_bytes([file[at - 4], file[at - 3], file[at - 2], file[at - 1]]);
    let end = at + 4 + length as usize;
    file[at + 4..end].fill(0x55);
    let sum = crc32fast::hash(&file[at..end]).to_be_bytes();
    file[end..end + 4].copy_from_slice(&sum);
    assert!(Head::read(&file).is_ok());
    let said = Base::of(&file).expect_err("nonsense").to_string();
    assert!(said.starts_with("its pixels can't be decoded"), "{said}");
}
