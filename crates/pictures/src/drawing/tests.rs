//! Drawings are rendered within bounds, and by nothing but themselves.

use std::fmt::Write as _;

use super::*;
use crate::print::Form;

/// A drawing of 300 by 200 with that in it.
fn drawing(inner: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 200\" \
         xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inner}</svg>"
    )
}

fn check_refused(inner: &str, said: &str) {
    let refusal = rendered(drawing(inner).as_bytes())
        .expect_err(said)
        .to_string();
    assert!(refusal.contains(said), "{refusal:?} doesn't say {said:?}");
}

#[test]
fn a_drawing_is_rendered_on_white_as_wide_as_networks_show_it() {
    let inner = "<defs><pattern id='p' width='10' height='10' patternUnits='userSpaceOnUse'>\
                 <rect width='10' height='10' fill='#00f'/></pattern></defs>\
                 <rect width='150' height='200' fill='#f00'/>\
                 <rect x='150' y='100' width='150' height='100' fill='url(#p)'/>";
    let base = rendered(drawing(inner).as_bytes()).expect("a drawing");
    assert_eq!((base.width(), base.height()), (1200, 800));
    let print = base.print(1200, Form::Png).expect("a print");
    let pixels = image::load_from_memory(&print)
        .expect("a picture")
        .to_rgb8();
    assert_eq!(pixels.get_pixel(100, 400).0, [255, 0, 0]);
    assert_eq!(pixels.get_pixel(900, 100).0, [255, 255, 255]);
    assert_eq!(pixels.get_pixel(900, 700).0, [0, 0, 255]);
}

#[test]
fn what_would_look_otherwise_than_in_a_browser_is_refused() {
    check_refused("<text y='20'>Letters</text>", "letters in it");
    check_refused("<style>rect{fill:red}</style>", "a style sheet");
    check_refused(
        "<image href='/etc/hostname.png' width='9' height='9'/>",
        "a picture in it",
    );
    check_refused("<g><filter id='f'/></g>", "a filter");
    let tall = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 9000'/>";
    assert!(rendered(tall.as_bytes()).is_err());
    assert!(rendered(b"<svg").is_err());
    assert!(rendered(b"\xff\xfe").is_err());
}

#[test]
fn what_would_take_for_ever_is_refused_at_once() {
    let mut laughs = "<g id='l0'><rect width='9' height='9'/></g>".to_owned();
    for level in 1..30 {
        let one = format!("<use href='#l{}'/>", level - 1);
        let _ = write!(laughs, "<g id='l{level}'>{one}{one}{one}</g>");
    }
    check_refused(&laughs, "repeat each other");
    let mut tiles = "<pattern id='t0'><rect width='9' height='9'/></pattern>".to_owned();
    for level in 1..30 {
        let one = format!("<rect width='9' height='9' fill='url(#t{})'/>", level - 1);
        let _ = write!(tiles, "<pattern id='t{level}'>{one}{one}{one}</pattern>");
    }
    check_refused(
        &format!("{tiles}<rect width='9' height='9' style='fill:url(#t29)'/>"),
        "repeat",
    );
    check_refused(
        "<g id='a'><use xlink:href='#b'/></g><g id='b'><use href='#a'/></g>",
        "of itself",
    );
    check_refused(&"<g>".repeat(5000), "rendered");
    let deep = format!("{}{}", "<g>".repeat(500), "</g>".repeat(500));
    check_refused(&deep, "too deeply");
    let lol =
        "<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>";
    assert!(rendered(lol.as_bytes()).is_err());
}
