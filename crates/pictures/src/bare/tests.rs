//! Nothing goes out with a picture that isn't the picture.

use std::borrow::Cow;

use crate::bare::bare;
use crate::base::Base;
use crate::head::Head;
use crate::samples::{
    SECRET, corners, exif, extended, half_there, jpeg, png, webp, with_chunk, with_segment,
};

/// The file without what must not go out: as sound as before, turned as before,
/// and with the same pixels.
fn check(file: &[u8]) -> Vec<u8> {
    let stripped = bare(file).expect("a sound picture");
    assert!(!has(&stripped, SECRET), "the secret is still there");
    assert_eq!(Head::read(&stripped), Head::read(file));
    let pixels = |file| {
        let print = Base::of(file)
            .expect("a picture")
            .print(9999, crate::Form::Png);
        print.expect("a print")
    };
    assert!(pixels(&stripped) == pixels(file), "other pixels");
    let again = bare(&stripped).expect("a sound picture");
    assert!(
        matches!(again, Cow::Borrowed(_)),
        "there is nothing left to take away"
    );
    stripped.into_owned()
}

fn has(file: &[u8], what: &[u8]) -> bool {
    file.windows(what.len()).any(|part| part == what)
}

#[test]
fn where_a_picture_was_taken_stays_here() {
    let (pixels, glass) = (corners(24, 16), half_there(24, 16));
    for held in [1, 6] {
        let camera = with_segment(&jpeg(&pixels), 0xe1, &exif(held));
        check(&with_segment(&camera, 0xfe, SECRET));
        check(&with_segment(&camera, 0xed, SECRET));
        check(&with_chunk(&png(&glass), b"eXIf", &exif(held)[6..]));
        let pieces: [(&[u8], &[u8]); 2] = [(b"EXIF", &exif(held)[6..]), (b"XMP ", SECRET)];
        check(&extended(&webp(&pixels), 0x0c, (24, 16), &pieces));
    }
    check(&with_chunk(&png(&pixels), b"tEXt", SECRET));
    check(&with_chunk(&png(&pixels), b"iTXt", SECRET));
}

#[test]
fn what_lies_behind_a_picture_goes_too() {
    let pixels = corners(24, 16);
    // Telephones hang a film on it, others a second picture.
    check(&[&jpeg(&pixels), SECRET].concat());
    check(&[&png(&pixels), SECRET].concat());
    check(&[&webp(&pixels), SECRET].concat());
}

#[test]
fn what_its_colours_mean_stays_with_it() {
    let profile = [b"ICC_PROFILE\0\x01\x01", SECRET_PROFILE].concat();
    let file = with_segment(&jpeg(&corners(24, 16)), 0xe2, &profile);
    let file = with_segment(&file, 0xe1, &exif(1));
    assert!(has(&check(&file), SECRET_PROFILE));
}

/// No profile that anything can read, so that colours are as they are.
const SECRET_PROFILE: &[u8] = b"a profile of a camera";
