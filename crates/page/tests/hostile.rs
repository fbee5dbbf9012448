//! Pages written to confuse the parser: broken by careless systems or on
//! purpose. None leaks, none panics, and what can't be cut is refused.
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

use std::fs;
use std::path::Path;

use access::{Outcome, StoryId};
use ludgate_page::{CompileError, Encoding, Kind, Limits, Options, Origin, Preview};
use support::{compile, compile_with, full, no_words, options, preview};

/// Every page of the corpus with its name. `WORDS0`, `WORDS1`, … are locked.
fn corpus() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut pages: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    pages.sort();
    assert!(pages.len() > 30, "the corpus is missing");
    pages
}

#[test]
fn no_page_of_the_corpus_shows_its_locked_words() {
    for (name, html) in corpus() {
        match compile_with(html.as_bytes(), &no_words()) {
            Ok(page) => {
                assert_eq!(page.kind(), Kind::Story, "{name}");
                let shown = preview(&page);
                assert!(!shown.contains("WORDS"), "{name}: {shown}");
                assert!(full(&page).contains("WORDS0"), "{name}: the full page");
                let leaky = compile_with(html.as_bytes(), &no_words().without_the_cut()).unwrap();
                assert!(
                    preview(&leaky).contains("WORDS0"),
                    "{name}: would not be noticed"
                );
            }
            Err(CompileError::BodyInNoscript) => assert!(name.starts_with("noscript"), "{name}"),
            Err(error) => panic!("{name}: {error}"),
        }
    }
}

#[test]
fn a_page_cut_off_anywhere_neither_leaks_nor_panics() {
    for (name, html) in corpus() {
        for end in 0..=html.len() {
            if let Ok(page) = compile_with(&html.as_bytes()[..end], &no_words()) {
                let out = page
                    .splice(Outcome::Preview, Encoding::Identity, None)
                    .to_vec();
                let out = String::from_utf8(out).unwrap();
                let story = page.kind() == Kind::Story;
                assert!(!story || !out.contains("WORDS"), "{name} at {end}: {out}");
            }
        }
    }
}

#[test]
fn markers_cut_where_they_stand_and_mend_the_markup() {
    let check = |html: &str, shown: &str| {
        let page = compile_with(html.as_bytes(), &no_words()).unwrap();
        let preview = preview(&page);
        let body = preview.split_once("</script>").map_or("", |(_, body)| body);
        assert_eq!(body, shown, "{html}");
    };
    check(
        "<p>a</p><!-- ludgate:locked --><p>b</p><!-- /ludgate:locked --><p>c</p>",
        "<p>a</p><!-- ludgate:locked --><!-- /ludgate:locked --><p>c</p>",
    );
    check(
        "<div><p class=x>a <b>b<!--ludgate:locked-->c</b></p><p id=y class=\"z\">d<!--/ludgate:locked-->e</p></div>",
        "<div><p class=x>a <b>b<!--ludgate:locked--></b></p><p class=\"z\"><!--/ludgate:locked-->e</p></div>",
    );
    check(
        "<div class=story-body>a<!-- ludgate:locked -->b</div><i>c</i>",
        "<div class=story-body>a<!-- ludgate:locked --></div><i>c</i>",
    );
}

#[test]
fn what_cannot_be_cut_is_refused() {
    let check = |html: &str, wanted: fn(&CompileError) -> bool| {
        let error = compile(html).expect_err(html);
        assert!(wanted(&error), "{html}: {error:?}");
        assert!(error.to_string().contains(':'), "{error} says what to do");
    };
    let element = |error: &CompileError| matches!(error, CompileError::BodyElement { .. });
    check("<p class=story-body>a", element);
    check("<img class=story-body>", element);
    check("<span class=story-body>a</span>", element);
    check("<table class=story-body><tr><td>a</table>", element);
    check("<svg><g class=story-body>a</g></svg>", element);
    check("<textarea class=story-body>a</textarea>", element);
    check("<script class=story-body>a</script>", element);
    check(
        "<noscript><div class=story-body>a</div></noscript>",
        |error| *error == CompileError::BodyInNoscript,
    );
    let marker = |error: &CompileError| matches!(error, CompileError::Marker { .. });
    check("a<!-- /ludgate:locked -->", marker);
    check(
        "a<!-- ludgate:locked until:tomorrow -->b<!-- /ludgate:locked -->",
        marker,
    );
    check("<frameset><frame></frameset>", |error| {
        *error == CompileError::Ambiguous
    });
    check("<select><section class=story-body><keygen>a", |error| {
        *error == CompileError::Ambiguous
    });
    check("<select><xmp></select></xmp>", |error| {
        *error == CompileError::Ambiguous
    });
    check(&"<div>".repeat(2000), |error| {
        *error == CompileError::TooDeep
    });
    let mut small = options();
    small.limits = Limits { html: 10 };
    let error = compile_with(b"<p>eleven..", &small).unwrap_err();
    assert_eq!(error, CompileError::TooLarge { len: 11, limit: 10 });
    // The limit is no setting, so nobody is told to change it.
    assert!(!error.to_string().contains("raise"), "{error}");
}

#[test]
fn a_page_without_a_body_is_served_as_it_is() {
    let html = "<!DOCTYPE html><title>Front</title><p class=teaser>Some & words <b>here";
    let page = compile(html).unwrap();
    assert_eq!(page.kind(), Kind::Page);
    assert_eq!(full(&page), html);
    assert_eq!(preview(&page), html);
    let slot = ludgate_page::Slot::new("<p>slot</p>");
    assert_eq!(support::decoded(&page, Outcome::Full, Some(&slot)), html);
    assert_eq!(full(&compile("").unwrap()), "");
}

#[test]
fn edge_side_includes_leave_with_nobody() {
    let html = "<p>a<esi:include src=\"/x\"/><!--esi b --><!--#include file=\"y\" -->c</p>\
                <script>var d='<esi:vars>'</script><i title='<!--#exec e -->'>f</i>";
    for story in [
        "",
        "<div class=story-body>one two three four five six</div>",
    ] {
        let page = compile(&format!("{html}{story}")).unwrap();
        for out in [full(&page), preview(&page)] {
            for tag in ["<esi:", "</esi:", "<!--esi", "<!--#"] {
                assert!(!out.contains(tag), "{tag} in {out}");
            }
            assert!(out.contains("<p>ac</p>"), "{out}");
        }
    }
}

#[test]
fn no_edge_side_include_is_made_by_taking_something_out() {
    let text = "Nobody on the quay could say who had kept the lamp alight that night";
    let story = format!("<div class=story-body><p>{text}</p></div>");
    let check = |html: &str| {
        for html in [format!("{html}{story}"), html.to_owned()] {
            let page = compile_with(html.as_bytes(), &no_words()).unwrap();
            for out in [full(&page), preview(&page)] {
                for tag in ["<esi:", "</esi:", "<!--esi", "<!--#"] {
                    // With the whole text nothing of it is withheld.
                    let made = out.contains(tag) && !html.contains(tag);
                    assert!(
                        !made && !out.replace(text, "").contains(&format!("{tag}include")),
                        "{out}"
                    );
                }
            }
        }
    };
    check("<p>a<<!--#x-->esi:include src=/x></p>");
    check("<p>a<<!--#x--><!--#y-->esi:include src=/x></p>");
    check("<p>a<es<!--#x-->i:include src=/x></p>");
    check("<p>a<e<esi:x/>s<esi:x/>i:include src=/x></p>");
    check("<p>a<<esi:x/>!--#include file=x--></p>");
    check(&format!("<p>a<<!-- {text} -->esi:include src=/x></p>"));
    check(&format!("<p>a</<!-- {text} -->esi:include></p>"));
    check(&format!(
        "<i title=\"he said\" {text}\" id='<esi:include src=/x>'></i>"
    ));
}

#[test]
fn every_charset_of_the_web_is_cut_and_leaves_as_utf_8() {
    let text = "Überschrift der Geschichte, und noch viele Wörter mehr für die Leser dort";
    let html = |meta: &str| {
        format!("<html><head>{meta}</head><div class=story-body><p>{text}</p></div></html>")
    };
    let check = |bytes: &[u8], header: Option<&str>| {
        let page = ludgate_page::compile(bytes, header, StoryId::new("/x"), &options()).unwrap();
        let out = full(&page);
        assert!(out.contains(text), "{out}");
        assert!(!preview(&page).contains("Leser"), "{}", preview(&page));
        for declared in ["1252", "8859", "utf-16", "UTF-16"] {
            assert!(!out.contains(declared), "{out}");
        }
    };
    let latin = |html: &str| {
        html.chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect::<Vec<u8>>()
    };
    let wide = |html: &str, big: bool, bom: bool| {
        let units = bom.then_some(0xfeff).into_iter().chain(html.encode_utf16());
        units
            .flat_map(|u| {
                if big {
                    u.to_be_bytes()
                } else {
                    u.to_le_bytes()
                }
            })
            .collect::<Vec<u8>>()
    };
    check(html("").as_bytes(), None);
    check(html("<meta charset=utf-8>").as_bytes(), None);
    check(html("").as_bytes(), Some("utf-8"));
    check(
        format!("\u{feff}{}", html("")).as_bytes(),
        Some("windows-1252"),
    );
    check(&latin(&html("")), None);
    check(&latin(&html("")), Some("iso-8859-1"));
    check(&latin(&html("<meta charset=windows-1252>")), None);
    check(
        &latin(&html(
            "<meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'>",
        )),
        None,
    );
    for big in [false, true] {
        check(&wide(&html(""), big, true), None);
        check(
            &wide(&html(""), big, false),
            Some(if big { "utf-16be" } else { "utf-16le" }),
        );
    }
    // A page that can be read as ASCII so far can't be UTF-16, whatever it says.
    let says_wide = ludgate_page::compile(
        html("<meta charset=utf-16>").as_bytes(),
        None,
        StoryId::new("/x"),
        &options(),
    );
    assert!(full(&says_wide.unwrap()).contains(text));
}

#[test]
fn japanese_in_shift_jis_is_cut_by_its_characters() {
    let text = "港の事務所は嵐が来るずっと前に雨戸を閉めていた。".repeat(40);
    let html = format!("<meta charset=Shift_JIS><div class=story-body><p>{text}</p></div>");
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode(&html);
    let page = compile_with(&bytes, &options()).unwrap();
    assert!(full(&page).contains(&text) && full(&page).contains("charset=utf-8"));
    let shown = preview(&page).matches('港').count();
    // 100 words are 200 characters, and a sentence has 23 of them.
    assert!((8..=9).contains(&shown), "{shown} of 40 sentences");
}

#[test]
fn unknown_charsets_are_refused() {
    for label in ["utf-7", "x-klingon", "hz-gb-2312", "iso-2022-kr"] {
        let html = b"<div class=story-body>+AGEAYgBj-</div>";
        let header = ludgate_page::compile(html, Some(label), StoryId::new("/x"), &options());
        assert_eq!(
            header.unwrap_err(),
            CompileError::UnknownCharset {
                label: label.to_owned()
            }
        );
        let meta = format!("<meta charset={label}><div class=story-body>a</div>");
        assert!(matches!(
            compile(&meta),
            Err(CompileError::UnknownCharset { .. })
        ));
    }
}

#[test]
fn selectors_find_what_they_say_and_nothing_else() {
    let check = |selector: &str, html: &str, found: bool| {
        let origin = Origin::parse("https://review.example").unwrap();
        let options = Options::new(origin).body([selector]).unwrap();
        let page = compile_with(html.as_bytes(), &options).unwrap();
        assert_eq!(page.kind() == Kind::Story, found, "{selector} in {html}");
    };
    check(".a", "<div class='x a'>t</div>", true);
    check(".a", "<div class='xa a-b'>t</div>", false);
    for space in ["&Tab;", "&NewLine;", "&#9;", "&#x20;"] {
        check(".a", &format!("<div class='x{space}a'>t</div>"), true);
    }
    check("#a.b", "<div id=a class=b>t</div>", true);
    check("#a.b", "<div id=a class=c>t</div>", false);
    check("main > .a", "<main><div class=a>t</div></main>", true);
    check(
        "main > .a",
        "<main><div><div class=a>t</div></div></main>",
        false,
    );
    check(
        "main .a",
        "<main><div><div class=a>t</div></div></main>",
        true,
    );
    check("body > .a", "<div class=a>t</div>", true);
    check(
        "[itemprop=articleBody]",
        "<div itemprop='articleBody'>t</div>",
        true,
    );
    check("[data-x^=ab]", "<div data-x=abc>t</div>", true);
    check("[data-x$='bc']", "<div data-x=abc>t</div>", true);
    check("[data-x*=z]", "<div data-x=abc>t</div>", false);
    check("article, .a", "<article>t</article>", true);
    check(
        "a-very-long-custom-element",
        "<a-very-long-custom-element>t</a-very-long-custom-element>",
        true,
    );
    check(
        "main > div .a > .b",
        "<main><div><div class=a><p></p><div class=a><div class=b>t</div></div></div></div></main>",
        true,
    );
    // The last `.a` out must be a child of `main`, though a nearer one is none.
    let deep = "<div><div class=a><div class=b>t</div></div></div>";
    check(
        "main > .a .b",
        &format!("<main><div class=a>{deep}</div></main>"),
        true,
    );
    check("main > .a .b", &format!("<main>{deep}</main>"), false);
}

#[test]
fn a_selector_finds_what_it_finds_in_the_tree_that_a_browser_ends_with() {
    let check = |selector: &str, html: &str, found: bool| {
        let origin = Origin::parse("https://review.example").unwrap();
        let mut options = Options::new(origin).body([selector]).unwrap();
        options.preview = Preview::Words(0);
        let page = compile_with(html.as_bytes(), &options).unwrap();
        assert_eq!(page.kind() == Kind::Story, found, "{selector} in {html}");
        assert_eq!(
            !preview(&page).contains("WORDS"),
            found,
            "{selector} in {html}"
        );
    };
    let story = "<div class=story-body>WORDS</div>";
    // Further tags of `html` and `body` add their attributes, to the end of the page.
    for (selector, html) in [
        (
            "body.single .story-body",
            format!("<body id=x><p>a</p><body class=single>{story}"),
        ),
        (
            "body.single .story-body",
            format!("<body id=x>{story}<body class=single>"),
        ),
        (
            "body.single .story-body",
            format!("{story}<body class=single>"),
        ),
        (
            "html.x > body.single > .story-body",
            format!("{story}<body class=single><html class=x>"),
        ),
        (
            "#x.single .story-body",
            format!("<body id=x>{story}<body class=single>"),
        ),
        (
            "body.single .story-body",
            format!("<template><div class=story-body>x</div></template><body class=single>{story}"),
        ),
    ] {
        check(selector, &html, true);
    }
    check(
        "body.single .story-body",
        &format!("{story}<template><body class=single></template>"),
        false,
    );
    // `body` itself, found by a tag below its content.
    let check_body = |html: &str| check(".story-body", html, true);
    check_body("<p>WORDS</p><body class=story-body><p>more</p>");
    check_body("WORDS<body class=story-body><p>more</p>");
    check_body(
        "<title>t</title><h1>WORDS</h1><div class=story-body>WORDS</div><body class=story-body>",
    );
    check_body("<body id=x>WORDS<p>more</p><body class=story-body>");
    check_body("<head><title>t</title></head><body class=story-body>WORDS");
    // What is in a table goes before it, and what is in formatting leaves it.
    for around in [
        "<table>{}</table>",
        "<table><tbody><tr>{}</table>",
        "<b>{}</b>",
        "<b><i><u>{}</b>",
        "<b><x-a>{}</b></x-a>",
        "<a href=x><table>{}</table></a>",
    ] {
        check(
            "main > .story-body",
            &format!("<main>{}</main>", around.replace("{}", story)),
            true,
        );
    }
    for around in [
        "<x-a>{}</x-a>",
        "<table><td>{}</table>",
        "<b><section>{}</section></b>",
    ] {
        check(
            "main > .story-body",
            &format!("<main>{}</main>", around.replace("{}", story)),
            false,
        );
    }
}

#[test]
fn selectors_that_cannot_work_are_refused_with_a_reason() {
    for selector in [
        "",
        "  ",
        ".",
        "a b,",
        "div:first-child",
        ".a + .b",
        "p",
        ".a p",
        "span",
        "[x",
        "[x=\"",
        "::before",
        "1a",
        "table",
    ] {
        let error = ludgate_page::check_selectors(&[selector]).expect_err(selector);
        assert!(error.to_string().len() > 20, "{error}");
    }
    assert!(
        ludgate_page::check_selectors(&[".story-body", "article > [itemprop=articleBody]"]).is_ok()
    );
}
