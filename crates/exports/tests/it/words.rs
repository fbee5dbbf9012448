//! The words of a text are the same before and after, whatever they are.

use ludgate_exports::Format;
use proptest::prelude::*;

use crate::press::{Press, wordpress};

/// The words of the story that a text became.
fn words(html: &str) -> String {
    let press = Press::new();
    let (summary, report) = press
        .bring(&press.wish(Format::WordPress), &wordpress("Title", html))
        .ok();
    assert_eq!(summary.stories, 1, "{html}\n{report}");
    let publication = press.publication();
    let story = publication.stories().first().expect("a story");
    squeezed(&publication.text(story).expect("its text"))
}

fn squeezed(text: &str) -> String {
    // What the publication's typography makes of quotation marks and dashes is its own.
    let text = text.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn check(html: &str, expected: &str) {
    assert_eq!(words(html), expected, "{html}");
}

#[test]
fn marks_of_markdown_are_words() {
    for line in [
        "# not a heading",
        "1. not a list",
        "1986) not a list either",
        "- not a list",
        "+ nor this",
        "> not a quotation",
        "* nor * this",
        "a_b_c and _d_",
        "**not bold**",
        "~~not struck~~",
        "[not](a link)",
        "![not](a picture)",
        "`not code`",
        "a | b | c",
        "===",
        "\\back\\slash\\",
        "1 &lt; 2 &gt; 1",
        "&amp;copy; &amp;#65;",
        "http://bare.example/a_b_c*d",
        "+++",
        "[^1]: note",
        "a\u{a0}b",
    ] {
        let plain = line
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
        check(
            &format!("<p>x</p><p>{line}</p><p>y</p>"),
            &format!("x {} y", squeezed(&plain)),
        );
    }
}

#[test]
fn emphasis_that_markdown_cannot_say_is_left_out_with_its_marks() {
    for (html, expected) in [
        ("<p>a<b>b</b>c</p>", "abc"),
        ("<p><b>(a)</b>b</p>", "(a)b"),
        ("<p><i>a</i><b>b</b><i>c</i></p>", "abc"),
        ("<p>a<b><a href='https://x.example'>b</a></b>c</p>", "abc"),
        ("<p><b> a </b>b<i> </i>c</p>", "a b c"),
        ("<p><b>a<br>b</b></p>", "a b"),
        ("<p><b><i>a</i> b</b><i>c</i></p>", "a bc"),
        ("<p><s>a</s>b<code>c`d</code></p>", "abc`d"),
        (
            "<p>「<b>引用</b>」です<b>、重要。</b>次</p>",
            "「引用」です、重要。次",
        ),
    ] {
        check(html, expected);
    }
}

#[test]
fn blocks_in_blocks_keep_their_words() {
    for (html, expected) in [
        (
            "<ul><li>a<p>b</p><ul><li>c</li></ul></li><li>d</li></ul>",
            "a b c d",
        ),
        ("<ol start=9><li>a</li><li>b</li></ol>", "a b"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "a b"),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            "a b",
        ),
        (
            "<table><tr><td>a</td><td>b<br>c</td></tr><tr><td colspan=2>d</td></tr></table>",
            "a b c d",
        ),
        (
            "<table><tr><td><ul><li>a</li></ul></td><td>b</td></tr></table>",
            "a b",
        ),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a b"),
        ("<pre>a\n  b\n\n`c`</pre>", "a b `c`"),
        ("<h1>a</h1><h4>b #</h4><p>c</p>", "a b # c"),
        ("<a href='https://x.example'><h3>a</h3><p>b</p></a>", "a b"),
        ("<details><summary>a</summary><p>b</p></details>", "a b"),
        (
            "<p>10<sup>6</sup>, H<sub>2</sub>O, 2<sup>nd</sup></p>",
            "10⁶, H₂O, 2nd",
        ),
        (
            "<p>a<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby></p>",
            "a漢（かん）",
        ),
        ("<div>a<div>b</div>c</div>d", "a b c d"),
        ("a\n\nb\nc", "a b c"),
        ("<p>a</p>\r\n\r\n<p>b</p>", "a b"),
    ] {
        check(html, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_words_come_out_as_they_went_in(text in "[ -~àł潮、「」。\u{a0}]{1,40}") {
        prop_assume!(!text.trim().is_empty());
        // Dots and dashes that typography joins, and what shortcodes are, aren't words.
        prop_assume!(!text.contains("..") && !text.contains("--") && !text.contains(['[', ']']));
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let expected = squeezed(&text);
        prop_assert_eq!(words(&format!("<p>x {escaped} y</p>")), format!("x {expected} y"));
        prop_assert_eq!(words(&format!("<p>{escaped}</p><p>y</p>")), format!("{expected} y"));
    }

    #[test]
    fn any_markup_becomes_a_story_that_the_publication_takes(
        parts in proptest::collection::vec(prop_oneof![
            Just("<b>"), Just("</b>"), Just("<i>"), Just("</i>"), Just("<p>"), Just("</p>"),
            Just("<ul>"), Just("<li>"), Just("</ul>"), Just("<ol>"), Just("<blockquote>"),
            Just("</blockquote>"), Just("<a href='https://x.example/_*'>"), Just("</a>"),
            Just("<table><tr><td>"), Just("<td>"), Just("</table>"), Just("<pre>"), Just("</pre>"),
            Just("<code>"), Just("</code>"), Just("<br>"), Just("<h2>"), Just("</h2>"), Just("<hr>"),
            Just("<div>"), Just("</div>"), Just("\n\n"), Just("\n"), Just(" "), Just("word"), Just("* _"),
            Just("1."), Just("`"), Just("|"), Just("#"), Just("「語」"), Just("(x)"), Just("<s>"),
            Just("<img src='/wp-content/uploads/2026/03/ferry.png' alt='a [b] \"c\"' title='*'>"),
        ], 1..30),
    ) {
        let html = format!("<p>word</p>{}", parts.concat());
        let text = words(&html);
        prop_assert!(text.starts_with("word"));
        // No mark of emphasis is left that nobody wrote.
        if !html.contains('*') {
            prop_assert!(!text.contains("**"), "{}", text);
        }
    }
}
