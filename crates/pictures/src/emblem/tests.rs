//! Emblems are made of the name and the colours, and stay within what home screens
//! show.

use image::RgbaImage;

use super::*;

fn pixels(name: &str, cut: Cut) -> RgbaImage {
    let png = Emblem::of(name, Tints::default()).png(cut, 128);
    let png = png.expect("a picture");
    image::load_from_memory(&png).expect("a PNG").to_rgba8()
}

const GROUND: [u8; 4] = [0x1d, 0x27, 0x33, 0xff];

#[test]
fn it_has_the_first_letter_of_the_name() {
    let check = |name: &str, expected: Figure| {
        assert_eq!(
            Emblem::of(name, Tints::default()).figure,
            expected,
            "{name}"
        );
    };
    check("The Ludgate Review", Figure::Drawn(CAPITALS[11]));
    check("ludgate", Figure::Drawn(CAPITALS[11]));
    check("“Zeit”", Figure::Drawn(CAPITALS[25]));
    check("A", Figure::Drawn(CAPITALS[0]));
    check("河口新聞", Figure::Set('河'));
    check("24 Hours", Figure::Set('2'));
    check("…", Figure::Drawn(PAGE));
    check("", Figure::Drawn(PAGE));
}

#[test]
fn every_letter_is_seen_and_stays_within_what_home_screens_show() {
    let names = ('A'..='Z').map(String::from).chain(["河".to_owned()]);
    for name in names {
        let pixels = pixels(&name, Cut::Any);
        let inked = pixels
            .enumerate_pixels()
            .filter(|(.., pixel)| pixel.0 != GROUND);
        let mut most = 0.0_f64;
        let mut seen = 0;
        for (x, y, _) in inked {
            let from_middle = |at: u32| f64::from(at) + 0.5 - 64.0;
            most = most.max(from_middle(x).hypot(from_middle(y)));
            seen += 1;
        }
        // The middle four fifths, as the manifest's specification has them.
        assert!(most <= 0.4 * 128.0, "{name} reaches {most}");
        assert!(seen > 128 * 128 / 20, "{name} has {seen} pixels");
    }
}

#[test]
fn an_outline_has_nothing_behind_it() {
    let pixels = pixels("The Ludgate Review", Cut::Outline);
    assert_eq!(pixels.get_pixel(0, 0).0[3], 0);
    assert_eq!(pixels.get_pixel(64, 0).0[3], 0);
    let opaque = pixels.pixels().filter(|pixel| pixel.0[3] == 255).count();
    assert!(opaque > 500, "{opaque}");
}

#[test]
fn its_colours_are_the_papers_where_they_are_colours() {
    let usual = Tints::default();
    let own = usual.clone().with(Some("#fff"), Some("#0A0b0C"), None);
    assert_eq!(
        (&*own.ground, &*own.letter, &own.line),
        ("#fff", "#0A0b0C", &usual.line)
    );
    for odd in [
        "",
        "#",
        "#ff",
        "#ggg",
        "red",
        "#fff\"/>",
        "var(--ink)",
        "fff",
    ] {
        let tints = usual.clone().with(Some(odd), Some(odd), Some(odd));
        assert_eq!(tints, usual, "{odd}");
    }
    let png = Emblem::of("Ludgate", own)
        .png(Cut::Square, 64)
        .expect("one");
    let pixels = image::load_from_memory(&png).expect("a PNG").to_rgba8();
    assert_eq!(pixels.get_pixel(1, 1).0, [255; 4]);
}

#[test]
fn browsers_are_given_letters_of_other_scripts_to_set() {
    let drawn = Emblem::of("Ludgate", Tints::default()).drawing();
    assert!(
        drawn.contains("<path") && !drawn.contains("<text"),
        "{drawn}"
    );
    let set = Emblem::of("河口新聞", Tints::default()).drawing();
    assert!(set.contains(">河</text>"), "{set}");
}
