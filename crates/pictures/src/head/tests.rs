//! Files are told apart by what they are, and refused in words.

use proptest::prelude::*;

use super::*;
use crate::samples::{
    corners, exif, extended, half_there, jpeg, png, webp, with_chunk, with_segment,
};

/// What is read of a file, or what is said of it.
fn check(bytes: &[u8], expected: Result<(Kind, u32, u32, bool), &str>) {
    match (Head::read(bytes), expected) {
        (Ok(head), Ok(expected)) => {
            let found = (head.kind, head.width, head.height, head.is_opaque);
            assert_eq!(found, expected);
        }
        (Err(refusal), Err(said)) => {
            let refusal = refusal.to_string();
            assert!(refusal.contains(said), "{refusal:?} doesn't say {said:?}");
        }
        (found, expected) => panic!("{found:?} isn't {expected:?}"),
    }
}

#[test]
fn every_kind_is_known_with_its_size_as_it_is_seen() {
    let (pixels, glass) = (corners(60, 40), half_there(60, 40));
    check(&jpeg(&pixels), Ok((Kind::Jpeg, 60, 40, true)));
    check(&png(&pixels), Ok((Kind::Png, 60, 40, true)));
    check(&png(&glass), Ok((Kind::Png, 60, 40, false)));
    check(&webp(&pixels), Ok((Kind::Webp, 60, 40, true)));
    check(&webp(&glass), Ok((Kind::Webp, 60, 40, false)));
    let extended = extended(&webp(&pixels), 0x08, (60, 40), &[(b"EXIF", &exif(6))]);
    check(&extended, Ok((Kind::Webp, 40, 60, true)));
    for (held, size) in [
        (1, (60, 40)),
        (3, (60, 40)),
        (6, (40, 60)),
        (8, (40, 60)),
        (9, (60, 40)),
    ] {
        let held = with_segment(&jpeg(&pixels), 0xe1, &exif(held));
        check(&held, Ok((Kind::Jpeg, size.0, size.1, true)));
    }
    let held = with_chunk(&png(&pixels), b"eXIf", &exif(8)[6..]);
    check(&held, Ok((Kind::Png, 40, 60, true)));
}

#[test]
fn what_is_no_picture_is_called_what_it_is() {
    for (bytes, said) in [
        (&b""[..], "an empty file"),
        (b"GIF89a\x01\0", "a GIF; export"),
        (b"\0\0\0\x1cftypavif", "an AVIF; export"),
        (b"\0\0\0\x1cftypheic", "HEIC, as telephones"),
        (b"\0\0\0\x1cftypisom", "a video"),
        (b"II\x2a\0\x08\0", "a TIFF"),
        (b"%PDF-1.7", "a PDF"),
        (b"\n<!DOCTYPE html><title>404", "a web page"),
        (
            b"<?xml version=\"1.0\"?>\n<svg viewBox=\"0 0 3 2\"/>",
            "ending .svg",
        ),
        (
            b"version https://git-lfs.github.com/spec/v1",
            "git lfs pull",
        ),
        (&[0; 64], "nothing but zeros"),
        (b"Dear editor,", "no picture"),
    ] {
        check(bytes, Err(said));
    }
}

#[test]
fn a_name_must_tell_the_truth() {
    let png = png(&corners(6, 4));
    assert!(Head::read_named("png", &png).is_ok());
    let said = Head::read_named("jpg", &png)
        .expect_err("it isn't")
        .to_string();
    assert_eq!(
        said,
        "it is a PNG, though its name ends in .jpg; give it the ending .png"
    );
}

#[test]
fn a_file_that_was_cut_off_anywhere_is_refused() {
    let pixels = corners(60, 40);
    for file in [
        jpeg(&pixels),
        png(&pixels),
        webp(&pixels),
        webp(&half_there(9, 9)),
    ] {
        for end in 1..file.len() {
            assert!(
                Head::read(&file[..end]).is_err(),
                "after {end} of {}",
                file.len()
            );
        }
    }
}

#[test]
fn a_damaged_byte_of_a_png_is_seen() {
    let file = png(&corners(20, 20));
    for at in 8..file.len() {
        let mut damaged = file.clone();
        damaged[at] ^= 0x41;
        assert!(Head::read(&damaged).is_err(), "at {at}");
    }
}

#[test]
fn a_bomb_is_refused_for_what_it_says_it_is() {
    let sized = |width: u16, height: u16| {
        let mut file = jpeg(&corners(16, 16));
        let at = file
            .windows(2)
            .position(|two| two == [0xff, 0xc0])
            .expect("a frame");
        file[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
        file[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
        file
    };
    check(&sized(8000, 6000), Ok((Kind::Jpeg, 8000, 6000, true)));
    check(&sized(16_000, 16_000), Err("16000 by 16000 pixels, more"));
    check(&sized(20_000, 10), Err("20000 by 10 pixels, more"));
    check(&sized(10, 0), Err("10 by 0 pixels, so there is nothing"));
    let mut header = b"IHDR\0\0\xff\xff\0\0\xff\xff\x08\x02\0\0\0".to_vec();
    header.extend_from_slice(&crc32fast::hash(&header).to_be_bytes());
    let small = png(&corners(6, 4));
    let bomb = [&small[..12], &header, &small[33..]].concat();
    check(&bomb, Err("65535 by 65535 pixels, more"));
    let mut large = jpeg(&corners(6, 4));
    large.resize(MAX_BYTES + 1, 0);
    check(&large, Err("2400 pixels are wide enough"));
}

#[test]
fn what_moves_and_what_is_made_for_printing_is_refused_in_words() {
    let pixels = corners(16, 16);
    let film = with_chunk(&png(&pixels), b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]);
    check(&film, Err("it moves"));
    let film = extended(&webp(&pixels), 0x02, (16, 16), &[]);
    check(&film, Err("it moves"));
    let in_frame = |change: &dyn Fn(&mut [u8])| {
        let mut whole = jpeg(&pixels);
        let at = whole
            .windows(2)
            .position(|two| two == [0xff, 0xc0])
            .expect("a frame");
        change(&mut whole[at..]);
        whole
    };
    check(
        &in_frame(&|frame| frame[9] = 4),
        Err("printing inks (CMYK)"),
    );
    check(&in_frame(&|frame| frame[4] = 12), Err("more than 8 bits"));
    check(&in_frame(&|frame| frame[1] = 0xc3), Err("lossless"));
}

#[test]
fn too_many_parts_are_no_picture() {
    let mut file = jpeg(&corners(6, 4));
    let comments: Vec<u8> = [0xff, 0xfe, 0, 3, b'x'].repeat(5000);
    file.splice(2..2, comments);
    check(&file, Err("more parts than a picture needs"));
}

proptest! {
    #[test]
    fn no_bytes_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for start in [
            &b""[..], b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x40\0\0\0WEBP",
            b"RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0", b"\xff\xd8\xff\xe1\0\x20Exif\0\0II\x2a\0",
        ] {
            let _ = Head::read(&[start, &bytes].concat());
        }
    }

    #[test]
    fn what_is_read_of_a_changed_picture_is_refused_or_within_bounds(
        at in 0_usize..2000, to in any::<u8>(),
    ) {
        for mut file in [jpeg(&corners(24, 16)), webp(&half_there(24, 16))] {
            let place = at % file.len();
            file[place] = to;
            if let Ok(head) = Head::read(&file) {
                prop_assert!(head.width <= MAX_SIDE && head.height <= MAX_SIDE);
                let pixels = u64::from(head.width) * u64::from(head.height);
                prop_assert!((1..=MAX_PIXELS).contains(&pixels));
            }
        }
    }
}
