//! Pages that are large, or built to cost more than their size: none takes time
//! or memory out of proportion.
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

use std::time::{Duration, Instant};

use ludgate_page::{Options, Origin, Preview};
use support::{compile_with, full, no_words, options, paragraph, paragraphs, preview};

#[test]
fn five_megabytes_are_cut_like_five_kilobytes() {
    let long = paragraphs(30_000);
    assert!(long.len() > 5 << 20);
    let html = format!(
        "<!DOCTYPE html><script>var s='{}'</script><div class=story-body>{long}</div><p>end",
        long.replace("</p>\n<p>", "\\n")
    );
    let mut options = options();
    options.limits.html = 16 << 20;
    let page = compile_with(html.as_bytes(), &options).unwrap();
    let shown = preview(&page);
    assert!(shown.len() < 4000, "{} bytes", shown.len());
    assert!(shown.contains(&support::canary(0)) && shown.ends_with("<p>end"));
    assert_eq!(full(&page).matches(&support::canary(29_999)).count(), 2);
}

#[test]
fn pathological_pages_take_no_longer_than_others_of_their_size() {
    // Quadratic work on any of these would run for minutes.
    let size = 400_000;
    for unit in [
        "<b>",
        "</b>",
        "<p>",
        "<a><p>",
        "<li>",
        "<x ",
        "<x a",
        "<!--",
        "<!-- --!",
        "</",
        "<td>",
        "&",
        "&#",
        "<svg>",
        "<div class=story-body>",
        "</div>",
        "<!-- ludgate:locked -->",
        "\\u",
        "%",
        "<script><!--<script>",
        "<esi:x>",
        "<noscript><div class=story-body></noscript>",
        "<h1>",
        "[[",
        "{\"a\":",
        "<template>",
        "<i></p>",
        "<x a=\"",
        "<meta name=description content=x>",
        "<script type=application/ld+json>{}</script>",
        "<select><option>",
    ] {
        let html = unit.repeat(size / unit.len());
        let story = format!("<div class=story-body>{}</div>{html}", paragraph(1));
        for html in [html.as_str(), &story] {
            let _ = compile_with(html.as_bytes(), &no_words());
        }
    }
}

fn time(html: &str) -> Duration {
    time_with(html, &no_words())
}

/// How long compiling `html` takes, the quickest of three times.
#[expect(clippy::disallowed_methods, reason = "the test is about time")]
fn time_with(html: &str, options: &Options) -> Duration {
    let once = || {
        let start = Instant::now();
        compile_with(html.as_bytes(), options).unwrap();
        start.elapsed()
    };
    (0..3).map(|_| once()).min().unwrap()
}

#[test]
fn thousands_of_bodies_take_no_longer_than_one() {
    let check = |unit: &str, count: usize| {
        let body = "<div class=story-body>";
        let many = format!("{body}WORDS</div>{unit}").repeat(count);
        let one = format!(
            "{body}{}</div>{}",
            "WORDS".repeat(count),
            unit.repeat(count)
        );
        let (many, one) = (time(&many), time(&one));
        // Asking every body about every text takes a hundred times longer.
        assert!(many < one * 20, "{unit}: {many:?} against {one:?}");
    };
    check(&"<i>x</i>".repeat(40), 4000);
    check(&format!("<!-- {} -->", "a ".repeat(40)).repeat(10), 4000);
    check(
        "<noscript><div class=story-body></noscript><script type=application/ld+json>{}</script>",
        4000,
    );
}

#[test]
fn a_long_start_tag_is_read_once_however_many_are_asked_what_they_are_in() {
    let origin = Origin::parse("https://review.example").unwrap();
    let mut options = Options::new(origin)
        .body(["#page .story, #page > .story"])
        .unwrap();
    options.preview = Preview::Words(0);
    let page = |count: usize| {
        format!(
            "<div {}>{}",
            "data-x=y ".repeat(count),
            "<i class=story></i>".repeat(count)
        )
    };
    linear(&options, &page);
}

#[test]
fn a_start_tag_of_repetitions_takes_no_longer_than_many_of_them() {
    let text = "Nobody on the quay could say who had kept the lamp alight that night";
    let page = |count: usize| {
        let repeated: String = (0..count).map(|n| format!("a{n}=\"{text}\" ")).collect();
        format!("<meta {repeated}><div class=story-body><p>{text}</p></div>")
    };
    linear(&no_words(), &page);
}

/// Four times the page takes far less than sixteen times as long.
fn linear(options: &Options, page: &impl Fn(usize) -> String) {
    let (few, many) = (page(1000), page(4000));
    let (few, many) = (time_with(&few, options), time_with(&many, options));
    assert!(many < few * 9, "{many:?} against {few:?}");
}

#[test]
fn more_bodies_than_are_told_apart_are_one_to_the_end_of_the_page() {
    let body = "<div class=story-body>WORDS</div><p>between</p>";
    let html = format!("{}<p>end", body.repeat(5000));
    let page = compile_with(html.as_bytes(), &no_words()).unwrap();
    let shown = preview(&page);
    assert!(!shown.contains("WORDS"));
    assert_eq!(shown.matches("between").count(), 4095);
    assert_eq!(full(&page).matches("WORDS").count(), 5000);
}
