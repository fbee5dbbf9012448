//! Pages with the text of stories that are not the story itself: lists of them,
//! and further pages of one.
#![allow(clippy::unwrap_used, clippy::format_collect, reason = "tests")]

mod support;

use access::Tier;
use ludgate_page::{Options, Role};
use support::{compile_with, full, options, preview};

fn known() -> Options {
    options()
        .inside([".archive", ".search"], Role::List)
        .and_then(|options| options.inside(["[class*=single-paged-]"], Role::Continued))
        .unwrap()
}

fn body(story: &str) -> String {
    let paragraphs: String = (0..9)
        .map(|number| format!("<p>Paragraph {number} of {story} names {story}x{number}x once.</p>"))
        .collect();
    format!("<h2>{story}</h2><div class=story-body>{paragraphs}</div>")
}

#[test]
fn each_story_of_a_list_shows_its_beginning_and_the_strictest_tier_holds() {
    let html = format!(
        "<meta property=article:content_tier content=free><body class='archive category'>{}{}{}",
        body("one"),
        body("two"),
        body("three")
    );
    let page = compile_with(html.as_bytes(), &known()).unwrap();
    assert_eq!(page.role(), Role::List);
    assert_eq!(page.facts().story.tier, Tier::Locked);
    let shown = preview(&page);
    for story in ["one", "two", "three"] {
        assert!(shown.contains(&format!("{story}x0x")), "{story}: {shown}");
        for number in 3..9 {
            assert!(
                !shown.contains(&format!("{story}x{number}x")),
                "{story}: {shown}"
            );
        }
    }
    assert!(
        full(&page).contains("threex8x"),
        "staff and subscribers see all"
    );
}

#[test]
fn a_list_of_one_is_a_list_and_a_story_with_others_beside_it_is_a_story() {
    let list = format!("<body class=search>{}", body("one"));
    let page = compile_with(list.as_bytes(), &known()).unwrap();
    assert_eq!(page.role(), Role::List);
    let story = format!(
        "<body class=single>{}<div class=archive>{}</div>",
        body("one"),
        body("two")
    );
    let page = compile_with(story.as_bytes(), &known()).unwrap();
    assert_eq!(page.role(), Role::Story);
    assert_eq!(page.facts().story.tier, Tier::Metered);
    assert!(
        !preview(&page).contains("twox"),
        "what is beside it comes after its beginning"
    );
}

#[test]
fn a_further_page_has_no_beginning_and_is_its_story() {
    for (canonical, id) in [
        ("/2026/11/one/2/", "/2026/11/one/"),
        ("/one/12", "/one"),
        ("/one/", "/one/"),
        ("/2/", "/2/"),
    ] {
        let html = format!(
            "<link rel=canonical href=https://review.example{canonical}>\
             <body class='single paged-2 single-paged-2'>{}",
            body("one")
        );
        let page = compile_with(html.as_bytes(), &known()).unwrap();
        assert_eq!(page.role(), Role::Continued);
        assert_eq!(page.facts().story.id.as_str(), id, "{canonical}");
        assert!(!preview(&page).contains("onex"), "{canonical}");
        assert!(full(&page).contains("onex8x"), "{canonical}");
    }
}
