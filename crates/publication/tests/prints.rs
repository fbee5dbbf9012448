//! Photographs in the sizes that screens need: what pages offer, and what there is
//! behind each address.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    reason = "a test fails by panicking, and draws colours as they come"
)]

mod paper;

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use ludgate_publication::{Kind, Publication};
use paper::{DRAWING, FERRY, Files, files, get};

/// What a photographer hands in: 1100 by 700 pixels, with where it was taken.
fn photograph(seed: u8) -> Vec<u8> {
    let pixels = RgbImage::from_fn(1100, 700, |x, y| Rgb([seed, (x / 5) as u8, (y / 3) as u8]));
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, ImageFormat::Jpeg).unwrap();
    let file = file.into_inner();
    let place = b"\xff\xe1\0\x14Exif\0\0the kitchen.";
    [&file[..2], place, &file[2..]].concat()
}

/// The newspaper with that picture over its first story.
fn with_picture(name: &str, bytes: impl AsRef<[u8]>) -> Files {
    files().with(&format!("pictures/{name}"), bytes).with(
        "stories/night-ferry.md",
        FERRY.replacen("ferry.svg", name, 1),
    )
}

fn page(publication: &Publication) -> String {
    paper::page(publication, "/stories/night-ferry")
}

/// What stands between the two, the first time.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let rest = text
        .split_once(start)
        .unwrap_or_else(|| panic!("no {start}"))
        .1;
    rest.split_once(end).unwrap().0
}

/// The lead picture's prints, as the page offers them: address and width.
fn offered(html: &str) -> Vec<(String, u32)> {
    let figure = between(html, "<figure class=\"story__picture\">", "</figure>");
    let choice = between(figure, "srcset=\"", "\"");
    let one = |one: &str| {
        let (path, width) = one.split_once(' ').unwrap();
        (
            path.to_owned(),
            width.strip_suffix('w').unwrap().parse().unwrap(),
        )
    };
    choice.split(", ").map(one).collect()
}

#[test]
fn a_photograph_is_offered_in_widths_up_to_its_own_and_each_is_there() {
    let publication = with_picture("quay.jpg", photograph(9)).load().unwrap();
    let html = page(&publication);
    let offered = offered(&html);
    let widths: Vec<u32> = offered.iter().map(|(_, width)| *width).collect();
    assert_eq!(widths, [320, 480, 640, 960, 1100]);
    for (path, width) in offered {
        let print = get(&publication, &path);
        assert_eq!((print.status, print.content_type), (200, "image/webp"));
        assert_eq!(print.kind, Kind::Print);
        let shown = image::load_from_memory(&print.body).unwrap();
        assert_eq!(shown.width(), width);
        let order = publication
            .print(&path, paper::now())
            .expect("a darkroom can make it too");
        assert_eq!(order.width, width);
    }
    let figure = between(&html, "<figure class=\"story__picture\">", "</figure>");
    assert!(figure.contains("width=\"1100\" height=\"700\" alt=\"A lit ferry\""));
    assert!(figure.contains("fetchpriority=\"high\"") && !figure.contains("loading=\"lazy\""));
    let fallback = get(&publication, between(figure, "<img src=\"", "\""));
    assert_eq!(
        (fallback.status, fallback.content_type),
        (200, "image/jpeg")
    );
}

#[test]
fn a_size_that_is_not_offered_is_not_there() {
    let publication = with_picture("quay.jpg", photograph(9)).load().unwrap();
    let (path, _) = offered(&page(&publication)).remove(0);
    for wrong in [
        path.replace(".320.", ".321."),
        path.replace(".320.", ".1200."),
        path.replace(".320.", ".0."),
        path.replace(".320.", ".99999999999."),
        path.replace(".320.webp", ".320.png"),
        path.replace(".320.webp", ".320.svg"),
        path.replace(".320.webp", ".320"),
        path.replace("/quay.", "/quay2."),
        path.replace("/quay.", "/."),
        format!("{path}.webp"),
    ] {
        assert_eq!(get(&publication, &wrong).status, 404, "{wrong}");
        assert!(publication.print(&wrong, paper::now()).is_none(), "{wrong}");
    }
    // One address for each.
    let other = path.replace(".320.", ".0320.");
    assert!(publication.print(&other, paper::now()).is_none());
    assert_eq!(get(&publication, &other).redirect.as_deref(), Some(&*path));
}

#[test]
fn a_changed_picture_has_other_addresses_and_the_old_ones_lead_there() {
    let before = with_picture("quay.jpg", photograph(9)).load().unwrap();
    let after = with_picture("quay.jpg", photograph(10)).load().unwrap();
    let (old, new) = (offered(&page(&before)), offered(&page(&after)));
    assert_ne!(old, new);
    let found = get(&after, &old[0].0);
    assert_eq!(
        (found.status, found.redirect.as_deref()),
        (302, Some(&*new[0].0))
    );
    assert_eq!(found.kind, Kind::Redirect);
}

#[test]
fn the_picture_under_its_own_name_does_not_say_where_it_was_taken() {
    let file = photograph(9);
    assert!(file.windows(7).any(|part| part == b"kitchen"));
    let publication = with_picture("quay.jpg", file).load().unwrap();
    let original = get(&publication, "/pictures/quay.jpg");
    assert_eq!((original.status, original.kind), (200, Kind::Picture));
    assert!(!original.body.windows(7).any(|part| part == b"kitchen"));
    assert_eq!(
        image::load_from_memory(&original.body).unwrap().width(),
        1100
    );
}

#[test]
fn networks_get_a_picture_that_they_can_show() {
    let shared = |publication: &Publication| {
        let html = page(publication);
        let url = between(&html, "og:image\" content=\"https://mercury.example", "\"").to_owned();
        let width = between(&html, "og:image:width\" content=\"", "\"")
            .parse()
            .unwrap();
        let picture = get(publication, &url);
        let shown = image::load_from_memory(&picture.body).unwrap();
        assert_eq!(shown.width(), width, "{url}");
        assert!(html.contains("content=\"summary_large_image\""));
        (picture.content_type, width)
    };
    let photograph = with_picture("quay.jpg", photograph(9)).load().unwrap();
    assert_eq!(shared(&photograph), ("image/jpeg", 1100));
    let drawing = files().load().unwrap();
    assert_eq!(shared(&drawing), ("image/png", 1200));
    let glass = RgbaImage::from_pixel(1300, 400, Rgba([9, 9, 9, 90]));
    let mut file = Cursor::new(Vec::new());
    glass.write_to(&mut file, ImageFormat::Png).unwrap();
    let glass = with_picture("glass.png", file.into_inner()).load().unwrap();
    assert_eq!(shared(&glass), ("image/png", 1200));

    let letters = DRAWING.replace("<path", "<text y=\"9\">Letters</text><path");
    let letters = with_picture("letters.svg", letters).load().unwrap();
    let html = page(&letters);
    assert!(
        !html.contains("og:image") && html.contains("name=\"twitter:card\" content=\"summary\"")
    );
    assert!(html.contains("<img src=\"/pictures/letters.svg\""));
}
