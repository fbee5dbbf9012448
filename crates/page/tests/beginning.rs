//! How much everybody may read, and that it ends well.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::too_many_lines,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "tests"
)]

mod support;

use ludgate_page::Preview;
use support::{compile_with, options, preview};

/// The content of the body in the preview.
fn beginning(body: &str, preview_of: Preview) -> String {
    let mut options = options();
    options.preview = preview_of;
    let html = format!("<head></head><div class=story-body>{body}</div><footer>");
    let page = compile_with(html.as_bytes(), &options).unwrap();
    let shown = preview(&page);
    let shown = shown.split_once("<div class=story-body>").unwrap().1;
    shown.strip_suffix("</div><footer>").unwrap().to_owned()
}

#[test]
fn what_says_of_itself_that_it_isnt_of_the_story_takes_nothing_from_its_beginning() {
    let check = |body: &str, preview: Preview, shown: &str| {
        let all = format!("{body}{}", rest());
        assert_eq!(beginning(&all, preview), shown, "{body}");
    };
    let inset = "<aside data-ludgate-inset><h2>Buy</h2><p>four more words here</p></aside>";
    let body = format!("<p>one</p>{inset}<p>two three</p>");
    check(
        &body,
        Preview::Words(2),
        &format!("<p>one</p>{inset}<p>two</p>"),
    );
    check(&body, Preview::Words(1), "<p>one</p>");
    check(&body, Preview::Words(0), "");
    let two = format!("<p>one</p>{inset}<p>two three</p>");
    check(&body, Preview::Paragraphs(2), &two);
    check(&body, Preview::Paragraphs(1), "<p>one</p>");
    // Where it is said in another way it is a part of the story.
    for other in [
        "<aside><p>four</p></aside>",
        "<div data-ludgate-inset><p>four</p></div>",
        "<aside class=data-ludgate-inset><p>four</p></aside>",
    ] {
        let body = format!("<p>one</p>{other}<p>two three</p>");
        check(&body, Preview::Words(2), &format!("<p>one</p>{other}"));
    }
}

#[test]
fn a_story_isnt_longer_by_what_isnt_of_it() {
    let inset = format!("<aside DATA-LUDGATE-INSET>{}</aside>", "more ".repeat(500));
    let story = "<p>one two three four five six seven eight nine</p>";
    let shown = beginning(&format!("{inset}{story}"), Preview::Words(100));
    assert_eq!(shown, format!("{inset}<p>one two three</p>"));
    // Nothing is known of a story that is nothing else.
    assert_eq!(beginning(&inset, Preview::Words(100)), "");
}

/// Ninety more words, so that a third of the story is thirty.
fn rest() -> String {
    format!("<p>{}</p>", "later ".repeat(90))
}

#[test]
fn the_beginning_ends_after_a_word_with_every_element_closed() {
    let check = |words: u32, body: &str, shown: &str| {
        assert_eq!(
            beginning(&format!("{body}{}", rest()), Preview::Words(words)),
            shown,
            "{body}"
        );
    };
    check(2, "<p>one two three</p>", "<p>one two</p>");
    check(3, "<p>one two three</p><p>four</p>", "<p>one two three</p>");
    check(
        3,
        "<p>one two three.</p>\n<p>four</p>",
        "<p>one two three.</p>",
    );
    check(2, "<p>one, “two” three</p>", "<p>one, “two”</p>");
    check(
        2,
        "<p>one&nbsp;t&eacute;o&amp;more three</p>",
        "<p>one&nbsp;t&eacute;o&amp;more</p>",
    );
    check(1, "<p>o<b>n</b>e two</p>", "<p>o<b>n</b>e</p>");
    check(
        2,
        "<p>one <a href=x><i>two three</i></a></p>",
        "<p>one <a href=x><i>two</i></a></p>",
    );
    check(
        2,
        "<ul><li>one<li>two<li>three</ul>",
        "<ul><li>one<li>two</li></ul>",
    );
    check(1, "<p>one<p>two", "<p>one</p>");
    check(
        2,
        "<p><b>one</p><p>two three</p>",
        "<p><b>one</p><p>two</b></p>",
    );
    check(0, "<p>one</p>", "");
    check(2, "one two three", "one two");
    check(
        2,
        "<p>one</p><x-note>two three</x-note>",
        "<p>one</p><x-note>two</x-note>",
    );
}

#[test]
fn elements_that_make_no_sense_in_part_are_left_out_whole() {
    let check = |words: u32, body: &str, shown: &str| {
        assert_eq!(
            beginning(&format!("{body}{}", rest()), Preview::Words(words)),
            shown,
            "{body}"
        );
    };
    check(
        4,
        "<p>one two</p><table><tr><td>three<td>four<td>five</table>",
        "<p>one two</p>",
    );
    check(
        4,
        "<p>one two</p><figure><img><figcaption>three four five six</figcaption></figure>",
        "<p>one two</p>",
    );
    check(
        4,
        "<p>one two</p><svg><text>three four five</text></svg>",
        "<p>one two</p>",
    );
    check(
        5,
        "<p>one two</p><select><option>a b c d e f</select>",
        "<p>one two</p>",
    );
    check(
        2,
        "<p>one <script>var a='b c'</script>two three</p>",
        "<p>one <script>var a='b c'</script>two</p>",
    );
    // A story that is one table is cut inside of it.
    let table = format!(
        "<table><tr><td>one two three {}</table>",
        "later ".repeat(90)
    );
    assert_eq!(
        beginning(&table, Preview::Words(2)),
        "<table><tr><td>one two</td></tr></tbody></table>"
    );
}

#[test]
fn a_short_story_shows_a_third_at_most() {
    for words in 0..400_usize {
        let body = format!("<p>{}</p>", "word ".repeat(words));
        let shown = beginning(&body, Preview::Words(100))
            .matches("word")
            .count();
        assert_eq!(shown, (words / 3).min(100), "of {words}");
    }
    assert_eq!(
        beginning("<img src=a><video>b</video>", Preview::Words(100)),
        ""
    );
}

#[test]
fn paragraphs_are_counted_without_headings_and_captions() {
    let body = format!(
        "<h2>Head line</h2><p>one <b>one</b> <a>one</a></p><p>two two</p><p>three</p>{}",
        rest()
    );
    let check = |paragraphs: u32, shown: &str| {
        assert_eq!(beginning(&body, Preview::Paragraphs(paragraphs)), shown);
    };
    check(1, "<h2>Head line</h2><p>one <b>one</b> <a>one</a></p>");
    check(
        2,
        "<h2>Head line</h2><p>one <b>one</b> <a>one</a></p><p>two two</p>",
    );
    check(0, "<h2>Head line</h2>");
    // Never more than a third, however long the paragraphs are.
    let long = format!("<p>{}</p>", "word ".repeat(90));
    assert_eq!(
        beginning(&long, Preview::Paragraphs(5))
            .matches("word")
            .count(),
        30
    );
}

#[test]
fn text_without_spaces_is_not_shown_whole() {
    let shown = |body: &str| beginning(body, Preview::Words(10)).chars().count();
    assert_eq!(shown(&"語".repeat(600)), 20);
    assert_eq!(shown(&"a".repeat(20_000)), 0);
    // Thai is cut at its spaces: 50 letters at most, and a whole clause.
    assert_eq!(shown(&"ภาษาไทยเขียนติดกัน ".repeat(50)), 2 * 18 + 1);
    // Zero-width spaces separate words too.
    assert_eq!(shown(&"word\u{200b}".repeat(300)), 10 * 5 - 1);
}

#[test]
fn several_bodies_are_one_story() {
    let mut options = options();
    options.preview = Preview::Words(3);
    let html = format!(
        "<div class=story-body>one two</div><hr><div class=story-body>three four {}</div><hr><div class=story-body>secret</div>",
        rest()
    );
    let page = compile_with(html.as_bytes(), &options).unwrap();
    let shown = preview(&page);
    let shown = shown.split_once("</script>").unwrap().1;
    assert_eq!(
        shown,
        "<div class=story-body>one two</div><hr><div class=story-body>three</div><hr><div class=story-body></div>"
    );
}

#[test]
fn copies_of_a_story_make_it_no_longer() {
    let brief = "The ferry sails at nine from the old quay and takes bicycles free of charge.";
    let words = brief.split(' ').count();
    let lines: String = brief
        .split(' ')
        .map(|word| format!("<div class=story-body>{word}</div>"))
        .collect();
    let apart = brief.replace(' ', " <i></i>\n");
    for copies in [
        vec![brief, brief],
        vec![brief, brief, brief],
        vec![brief, &apart, "Print this page", brief],
        vec![brief; 30],
    ] {
        let bodies: String = copies
            .iter()
            .map(|copy| format!("<div class=story-body><p>{copy}</p></div>"))
            .collect();
        let others: String = copies.iter().map(|_| lines.as_str()).collect();
        for (html, most) in [(bodies, words / 3 + 1), (others, words / 3)] {
            let mut options = options();
            options.preview = Preview::Words(100);
            let page = compile_with(html.as_bytes(), &options).unwrap();
            let shown = preview(&page);
            let shown = shown.split_once("</script>").unwrap().1;
            let shown: Vec<&str> = brief
                .split(' ')
                .filter(|word| shown.contains(word))
                .collect();
            // In the last one a few words stand in more than one place.
            assert!(
                !shown.is_empty() && shown.len() <= most,
                "{shown:?} of {html}"
            );
        }
    }
}

#[test]
fn a_copy_without_the_marker_shows_no_more_than_the_marked_one() {
    let text = "Nobody on the quay could say who had kept the lamp alight that night or why it burned. \
                The harbour office had closed its shutters long before, and the keeper was in town. ";
    let open =
        "<p>The ferry sails at nine from the old quay and takes bicycles free of charge.</p>";
    let locked = format!("<p>{text}</p><p>{}</p>", "later ".repeat(90));
    let marked = format!(
        "<div class=story-body>{open}<!-- ludgate:locked -->{locked}<!-- /ludgate:locked --></div>"
    );
    let copy = format!("<div class='story-body print'>{open}{locked}</div>");
    let other = "<div class=story-body><p>Another of the same morning, and short.</p></div>";
    let mut options = options();
    options.preview = Preview::Words(100);
    for html in [
        format!("{marked}{copy}{other}"),
        format!("{other}{copy}{marked}"),
        format!(
            "{copy}{}",
            marked.replace("class=story-body", "class=other")
        ),
    ] {
        let page = compile_with(html.as_bytes(), &options).unwrap();
        let shown = preview(&page);
        for canary in ["lamp alight", "closed its shutters"] {
            assert!(!shown.contains(canary), "{shown}");
        }
        assert!(shown.contains("takes bicycles"), "{shown}");
    }
}

#[test]
fn descriptions_are_shortened_to_what_everybody_may_read() {
    let text =
        "Nobody on the quay could say who had kept the lamp alight that night or why. ".repeat(3);
    let body = format!("<p>The harbour office closed its shutters early.</p><p>{text}</p>");
    let html = format!(
        "<head><meta name=description content=\"{text}\"></head><div class=story-body>{body}</div>"
    );
    let mut options = options();
    options.preview = Preview::Paragraphs(1);
    let page = compile_with(html.as_bytes(), &options).unwrap();
    let shown = preview(&page);
    assert!(
        shown.contains(
            "<meta name=description content=\"The harbour office closed its shutters early.\">"
        ),
        "{shown}"
    );
}
