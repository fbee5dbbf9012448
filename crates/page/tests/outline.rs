//! What is said of how a page is built, and of what it withholds.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod support;

use ludgate_page::outline::{Outline, outline};
use ludgate_page::{Repeated, withheld};
use support::options;

fn of(html: &str) -> Outline {
    outline(html.as_bytes(), Some("utf-8")).expect("a page that can be read")
}

fn words(page: &Outline, class: &str) -> u64 {
    let mut elements = page.elements.iter();
    let found = elements.find(|one| one.classes.iter().any(|own| own == class));
    found.expect("the element").words
}

#[test]
fn words_count_for_every_element_around_them_and_navigation_has_none() {
    let page = of(
        "<nav class=menu><p>one two three four</p></nav><div class=outer><h1>A headline of words \
         that goes on for quite a while longer than most</h1><div class=inner><p>one two <b>three</b> \
         four<p>five six</div><div class=bare>one two three four five six seven eight nine ten \
         eleven twelve</div><div class=label>one two</div></div>",
    );
    for (class, expected) in [
        ("outer", 18),
        ("inner", 6),
        ("bare", 12),
        ("label", 0),
        ("menu", 0),
    ] {
        assert_eq!(words(&page, class), expected, "{class}");
    }
    assert_eq!(page.words, 18);
}

#[test]
fn elements_know_the_ones_around_them_and_whether_they_can_be_a_body() {
    let page =
        of("<main id=top><p class=text>a</p><div itemprop=articleBody class='a b'>b</div></main>");
    let names: Vec<_> = page.elements.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["main", "p", "div"]);
    let [main, paragraph, div] = &page.elements[..] else {
        unreachable!("three elements")
    };
    assert_eq!(main.id.as_deref(), Some("top"));
    assert_eq!(
        (main.parent, paragraph.parent, div.parent),
        (None, Some(0), Some(0))
    );
    assert_eq!(div.classes, ["a", "b"]);
    assert_eq!(div.property.as_deref(), Some("articleBody"));
    assert!(main.can_be_body && div.can_be_body && !paragraph.can_be_body);
}

#[test]
fn the_head_says_where_feeds_and_interfaces_are() {
    let page = of(
        "<html lang=en><head><title>The &amp; Post</title><meta property='OG:Type' content=article>\
         <link rel=Alternate type='application/RSS+xml' href='/feed?a=1&amp;b=2'>\
         <script type='application/ld+json'>{\"@type\":\"NewsArticle\"}</script>\
         <script src=a.js data-key=abc></script></head><body><a href='/one'>One</a>",
    );
    assert_eq!(page.meta("og:type"), Some("article"));
    assert_eq!(page.title.as_deref(), Some("The & Post"));
    assert_eq!(page.language.as_deref(), Some("en"));
    let [feed] = &page.links[..] else {
        unreachable!("one link")
    };
    assert_eq!(
        (feed.rel.as_str(), feed.media.as_str(), feed.href.as_str()),
        ("alternate", "application/rss+xml", "/feed?a=1&b=2")
    );
    assert_eq!(page.linked, ["{\"@type\":\"NewsArticle\"}"]);
    assert_eq!(
        (page.scripts, page.keys.as_slice()),
        (1, &["abc".to_owned()][..])
    );
    assert_eq!(page.anchors, ["/one"]);
}

fn story() -> String {
    let paragraph = |number: usize| {
        let animal = ["heron", "otter", "lapwing", "badger", "kestrel", "marten"][number % 6];
        format!(
            "<p>On day {number} the {animal} of field {number} crossed the weir and was counted by \
             the warden of the {animal}s.</p>"
        )
    };
    (0..30).map(paragraph).collect()
}

#[test]
fn what_is_withheld_is_what_the_cut_withholds() {
    let html = format!("<p>Outside.</p><div class=story-body>{}</div>", story());
    let withheld = withheld(html.as_bytes(), None, &options()).unwrap();
    assert_eq!(withheld.shown, 100);
    assert!(withheld.words > 400, "{}", withheld.words);
    assert!(withheld.beginning.starts_with("On day 0"));
    assert!(!withheld.beginning.contains("Outside"));
    let last = withheld.paragraphs.last().unwrap();
    assert!(last.starts_with("On day 29"), "{last}");
    let preview = support::preview(&support::compile(&html).unwrap());
    assert!(withheld.paragraphs.iter().all(|one| !preview.contains(one)));
    let none = withheld_of("<p>No story here.</p>");
    assert_eq!((none.shown, none.words, none.bodies), (0, 0, 0));
    assert_eq!(
        (withheld.bodies, withheld.role),
        (1, ludgate_page::Role::Story)
    );
}

fn withheld_of(html: &str) -> ludgate_page::Withheld {
    withheld(html.as_bytes(), None, &options()).unwrap()
}

#[test]
fn repetitions_are_counted_by_paragraph_and_the_beginning_is_none() {
    let html = format!("<div class=story-body>{}</div>", story());
    let found = withheld_of(&html);
    let texts = found.paragraphs.iter().map(String::as_str);
    let repeated = Repeated::of(texts, &found.beginning);
    assert_eq!(repeated.count_in(&found.beginning), 0);
    assert_eq!(
        repeated.count_in("Something else entirely, which goes on for long enough."),
        0
    );
    let one = format!("{{\"text\":\"{}\"}}", found.paragraphs[3]);
    assert_eq!(repeated.count_in(&one), 1);
    assert!(repeated.count_in(&html) > 20);
    assert!(!repeated.is_empty() && repeated.len() > 20);
    assert!(Repeated::of(["Too short."], "").is_empty());
}
