//! Where a story's text hides on real pages, and that it is gone from there.
//!
//! Every page carries a canary in each paragraph. In the preview the first
//! ones appear and the others don't, in no notation. With the cut switched off
//! each of the same pages leaks, which shows that the test would notice.

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
use support::{base64, canaries, compile_with, full, options, paragraph, paragraphs, preview};

const COUNT: usize = 30;

/// Paragraphs that everybody may read: 100 words of 24 to a paragraph.
const PUBLIC: usize = 5;

fn story() -> String {
    (0..COUNT).map(paragraph).collect::<Vec<_>>().join("\n\n")
}

fn rest() -> String {
    (PUBLIC..COUNT)
        .map(paragraph)
        .collect::<Vec<_>>()
        .join("\n\n")
}

fn json(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\\\"").replace('\n', "\\n"))
}

fn page(head: &str, before: &str, after: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>A quiet harbour</title>\
         {head}</head><body><h1>A quiet harbour</h1>{before}<div class=\"story-body\">{}</div>\
         {after}<footer>The Review</footer></body></html>",
        paragraphs(COUNT)
    )
}

/// The preview of `html` shows the beginning and no canary after it; with the
/// cut off it shows them. The full page shows everything.
fn check(what: &str, html: &str) {
    let compiled =
        compile_with(html.as_bytes(), &options()).unwrap_or_else(|e| panic!("{what}: {e}"));
    let seen = canaries(&preview(&compiled), COUNT);
    assert!(seen.contains(&0), "{what}: the beginning is missing");
    assert!(
        seen.iter().all(|&n| n < PUBLIC),
        "{what}: {seen:?} in\n{}",
        preview(&compiled)
    );
    assert_eq!(
        canaries(&full(&compiled), COUNT).len(),
        COUNT,
        "{what}: the full page"
    );
    let leaky = compile_with(html.as_bytes(), &options().without_the_cut()).unwrap();
    assert_eq!(
        canaries(&preview(&leaky), COUNT).len(),
        COUNT,
        "{what}: without the cut"
    );
}

#[test]
fn the_text_itself_is_not_in_the_preview() {
    check("plain", &page("", "", ""));
}

#[test]
fn repetitions_in_the_head_are_withheld() {
    let story = story();
    let escaped = story.replace(' ', "\\u0020");
    let table = [
        (
            "JSON-LD",
            format!(
                "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"articleBody\":{}}}</script>",
                json(&story)
            ),
        ),
        (
            "JSON-LD graph",
            format!(
                "<script type=application/ld+json>{{\"@graph\":[{{\"@type\":[\"Article\"],\"text\":{}}}]}}</script>",
                json(&story)
            ),
        ),
        (
            "JSON-LD nested elsewhere",
            format!(
                "<script type=application/ld+json>{{\"@type\":\"WebPage\",\"x\":[{{\"y\":[{}]}}]}}</script>",
                json(&story)
            ),
        ),
        (
            "broken JSON-LD",
            format!(
                "<script type=application/ld+json>{{\"articleBody\":{},}}</script>",
                json(&story)
            ),
        ),
        (
            "JSON-LD key",
            format!(
                "<script type=application/ld+json>{{\"@type\":\"Article\",{}:1}}</script>",
                json(&story)
            ),
        ),
        (
            "application state",
            format!(
                "<script id=__NEXT_DATA__ type=application/json>{{\"props\":{}}}</script>",
                json(&story)
            ),
        ),
        (
            "inline script",
            format!("<script>window.__NUXT__={{a:{}}}</script>", json(&escaped)),
        ),
        (
            "twice escaped",
            format!(
                "<script>var s={}</script>",
                json(&json(&story).replace('\\', "\\\\").replace('"', "\\\""))
            ),
        ),
        (
            "html in a script",
            format!(
                "<script>var s=\"{}\"</script>",
                paragraphs(COUNT)
                    .replace('<', "\\u003c")
                    .replace('\n', "\\n")
            ),
        ),
        (
            "paragraphs as a list",
            format!(
                "<script>var s=[{}]</script>",
                (0..COUNT)
                    .map(|n| format!("{{\"type\":\"p\",\"text\":{}}}", json(&paragraph(n))))
                    .collect::<Vec<_>>()
                    .join(",")
            ),
        ),
        (
            "base64",
            format!("<script>var s=\"{}\"</script>", base64(&story)),
        ),
        (
            "style",
            format!(
                "<style>a:after{{content:\"{}\"}}</style>",
                story.replace('\n', "\\A ")
            ),
        ),
        ("comment", format!("<!-- {story} -->")),
        (
            "conditional comment",
            format!("<!--[if IE]>{}<![endif]-->", paragraphs(COUNT)),
        ),
        ("bogus comment", format!("<?php {story} ?>")),
        (
            "description",
            format!("<meta name=description content=\"{story}\">"),
        ),
        (
            "open graph",
            format!("<meta property=\"og:description\" content='{story}'>"),
        ),
        (
            "any meta",
            format!("<meta name=\"sailthru.body\" content='{story}'>"),
        ),
        (
            "noscript",
            format!("<noscript>{}</noscript>", paragraphs(COUNT)),
        ),
        (
            "noscript with a body",
            format!(
                "<noscript><div class='story-body'>{}</div></noscript>",
                paragraphs(COUNT)
            ),
        ),
        (
            "template",
            format!("<template>{}</template>", paragraphs(COUNT)),
        ),
        ("title", format!("<title>{story}</title>")),
    ];
    for (what, head) in table {
        check(what, &page(&head, "", ""));
        // The beginning has been withheld with the rest, or the rest stands
        // alone in the same place.
        check(what, &page(&head.replace(&story, &rest()), "", ""));
    }
}

#[test]
fn repetitions_around_the_story_are_withheld() {
    let story = story();
    let url = story.replace(' ', "%20").replace('\n', "%0A");
    let table = [
        (
            "data attribute",
            format!("<div data-text=\"{story}\"></div>"),
        ),
        (
            "unquoted attribute",
            format!(
                "<div data-text={}></div>",
                story.replace([' ', '\n'], "&nbsp;")
            ),
        ),
        ("stray quote", format!("<img alt=\"he said\" {story}\">")),
        (
            "base64 in a path",
            format!("<img src=\"/api/decode/{}\">", base64(&story)),
        ),
        (
            "mail link",
            format!("<a href=\"mailto:?body={url}\">Mail</a>"),
        ),
        (
            "srcdoc",
            format!(
                "<iframe srcdoc=\"{}\"></iframe>",
                paragraphs(COUNT).replace('<', "&lt;")
            ),
        ),
        (
            "aria label",
            format!("<button aria-label='{story}'>Listen</button>"),
        ),
        (
            "JSON in an attribute",
            format!(
                "<div data-props='{}'></div>",
                json(&story).replace('"', "&quot;")
            ),
        ),
        ("textarea", format!("<textarea>{story}</textarea>")),
        (
            "print version",
            format!("<div hidden>{}</div>", paragraphs(COUNT)),
        ),
        (
            "unordered print version",
            format!(
                "<ul>{}</ul>",
                (0..COUNT)
                    .rev()
                    .map(|n| format!("<li>{}", paragraph(n)))
                    .collect::<String>()
            ),
        ),
        (
            "words in spans",
            format!("<p>{}</p>", story.replace(' ', "</span> <span>")),
        ),
        (
            "microdata",
            format!("<meta itemprop=articleBody content=\"{story}\">"),
        ),
        (
            "svg text",
            format!("<svg><text>{story}</text><desc>{story}</desc></svg>"),
        ),
        ("svg style", format!("<svg><style>{story}</style></svg>")),
        ("CDATA", format!("<svg><![CDATA[{story}]]></svg>")),
        ("end tag", format!("<p></p data-x=\"{story}\">")),
        ("rot13", format!("<p data-x=\"{}\"></p>", rot13(&story))),
        (
            "object",
            format!("<object data=\"data:text/html,{url}\"></object>"),
        ),
        ("xmp", format!("<xmp>{story}</xmp>")),
        ("select", format!("<select><option>{story}</select>")),
    ];
    for (what, markup) in table {
        check(what, &page("", &markup, ""));
        check(what, &page("", "", &markup));
    }
    check("plaintext", &page("", "", &format!("<plaintext>{story}")));
    let typed =
        page("", "", "").replace("<!DOCTYPE html>", &format!("<!DOCTYPE html \"{story}\">"));
    check("document type", &typed);
    check("cut off comment", &page("", "", &format!("<!-- {story}")));
    check("cut off tag", &page("", "", &format!("<p title=\"{story}")));
}

fn rot13(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'a'..='z' => char::from((c as u8 - b'a' + 13) % 26 + b'a'),
            'A'..='Z' => char::from((c as u8 - b'A' + 13) % 26 + b'A'),
            _ => c,
        })
        .collect()
}

#[test]
fn repetitions_inside_of_the_beginning_are_withheld() {
    let story = story();
    let table = [
        ("comment", format!("<!-- {story} -->")),
        ("script", format!("<script>var s={}</script>", json(&story))),
        ("attribute", format!("<p data-all=\"{story}\">")),
        (
            "noscript",
            format!("<noscript>{}</noscript>", paragraphs(COUNT)),
        ),
    ];
    for (what, markup) in table {
        let html = page("", "", "").replace("\"story-body\">", &format!("\"story-body\">{markup}"));
        check(what, &html);
    }
}

#[test]
fn structured_data_says_who_may_read_and_stays_whole_for_those_who_may() {
    let linked = "{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"\\u003c/script>H\",\
        \"description\":\"Short.\",\"hasPart\":[{\"@type\":\"Clip\",\"name\":\"c\"},{\"isAccessibleForFree\":true}],\
        \"isAccessibleForFree\":true,\"articleBody\":STORY}"
        .replace("STORY", &json(&story()));
    let html = page(
        &format!("<script type=\"application/ld+json\">{linked}</script>"),
        "",
        "",
    );
    let compiled = compile_with(html.as_bytes(), &options()).unwrap();
    let read = |out: String| -> serde_json::Value {
        let (_, rest) = out
            .split_once("<script type=\"application/ld+json\">")
            .unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    };
    for (out, whole) in [(full(&compiled), true), (preview(&compiled), false)] {
        assert_eq!(out.matches("ld+json").count(), 1);
        let value = read(out);
        assert_eq!(value["headline"], "</script>H");
        assert_eq!(value["description"], "Short.");
        assert_eq!(value["isAccessibleForFree"], false);
        assert_eq!(value["hasPart"][0]["@type"], "Clip");
        assert_eq!(value["hasPart"][1]["@type"], "WebPageElement");
        assert_eq!(value["hasPart"][1]["cssSelector"], ".story-body");
        assert_eq!(value["hasPart"].as_array().unwrap().len(), 2);
        assert_eq!(value["articleBody"].is_string(), whole);
    }
    let free = html.replace(
        "<meta charset",
        "<meta property=article:content_tier content=free><meta charset",
    );
    let value = read(full(&compile_with(free.as_bytes(), &options()).unwrap()));
    assert_eq!(value["isAccessibleForFree"], true);
    assert_eq!(value["hasPart"]["@type"], "Clip");
}

/// Whether the preview of a story whose locked part is `locked` holds
/// `canary`, where `copy` stands in its head.
fn shows(locked: &str, copy: &str, canary: &str) -> bool {
    let html = format!(
        "<!DOCTYPE html><head><meta charset=utf-8>{copy}</head>\
         <div class=story-body><p>one two three four five six</p><p>{locked}</p></div>"
    );
    let mut options = options();
    options.preview = Preview::Words(5);
    let compiled = compile_with(html.as_bytes(), &options).unwrap();
    assert!(full(&compiled).contains(canary), "{copy}");
    preview(&compiled).contains(canary)
}

#[test]
fn a_text_taken_apart_is_recognised() {
    let text = "Nobody on the quay could say who had kept the lamp alight that night or why the \
                canary was the only one who ever knew of it";
    let each = |form: fn(usize, &str) -> String, between: &str| {
        let words = text.split(' ').enumerate();
        words
            .map(|(n, word)| form(n, word))
            .collect::<Vec<_>>()
            .join(between)
    };
    let timed = each(
        |n, word| format!("{{\"start\":{n}.25,\"word\":\"{word}\"}}"),
        ",",
    );
    let marks = each(
        |n, word| format!("{{\"time\":{n},\"type\":\"word\",\"end\":{n},\"value\":\"{word}\"}}"),
        "\n",
    );
    let literal = each(|n, word| format!("{{s:{n}.25,w:'{word}'}}"), ", ");
    for copy in [
        format!("<script type=application/json>[{timed}]</script>"),
        format!("<script type=application/json>{marks}</script>"),
        format!("<script type=application/ld+json>{{\"@type\":\"X\",\"y\":[{timed}]}}</script>"),
        format!("<script>var marks=[{literal}]</script>"),
        format!(
            "<script>var marks=\"[{}]\"</script>",
            timed.replace('"', "\\\"")
        ),
        format!("<div data-marks='[{timed}]'></div>"),
        format!(
            "<div data-marks=\"[{}]\"></div>",
            timed.replace('"', "&quot;")
        ),
        each(
            |n, word| format!("<i data-n={n} data-w={word} title='x'></i>"),
            "",
        ),
        each(|_, word| format!("<i data-w=\"{word}\">y</i>"), ""),
        each(|_, word| format!("<!--{word}-->"), ""),
    ] {
        assert!(!shows(text, &copy, "canary"), "{copy}");
    }
    // Other words in the same form stay.
    let other = "Fresh herring from the first boats of the season, and where to have them smoked";
    let other = other
        .split(' ')
        .map(|word| format!("{{\"w\":\"{word}\"}}"))
        .collect::<Vec<_>>();
    let copy = format!(
        "<script type=application/json>[{}]</script>",
        other.join(",")
    );
    assert!(shows(text, &copy, "herring"));
}

#[test]
fn our_own_structured_data_repeats_no_locked_sentence() {
    let text = "Nobody on the quay could say who had kept the lamp alight that night";
    let title = |text: &str| format!("<meta property=og:title content=\"{text}\">");
    assert!(!shows(text, &title(text), "lamp alight"));
    // A title of its own stays.
    assert!(shows(
        text,
        &title("The lamp of the quay"),
        "\"headline\":\"The lamp of the quay\""
    ));
}

#[test]
fn letters_of_every_script_are_recognised_by_their_names() {
    let greek =
        "Η νύχτα έπεσε πάνω στο λιμάνι και κανείς δεν ήξερε ποιος είχε αφήσει το φως αναμμένο";
    let russian = "ночью на причале никто не мог сказать кто оставил свет гореть той зимой";
    // As PHP's htmlentities() writes them: letters with accents stay.
    let greek_names = [
        ('α', "alpha"),
        ('β', "beta"),
        ('γ', "gamma"),
        ('δ', "delta"),
        ('ε', "epsilon"),
        ('ζ', "zeta"),
        ('η', "eta"),
        ('θ', "theta"),
        ('ι', "iota"),
        ('κ', "kappa"),
        ('λ', "lambda"),
        ('μ', "mu"),
        ('ν', "nu"),
        ('ξ', "xi"),
        ('ο', "omicron"),
        ('π', "pi"),
        ('ρ', "rho"),
        ('σ', "sigma"),
        ('ς', "sigmaf"),
        ('τ', "tau"),
        ('υ', "upsilon"),
        ('φ', "phi"),
        ('χ', "chi"),
        ('ψ', "psi"),
        ('ω', "omega"),
        ('Η', "Eta"),
    ];
    let russian_names = [
        ('а', "acy"),
        ('в', "vcy"),
        ('г', "gcy"),
        ('е', "iecy"),
        ('з', "zcy"),
        ('и', "icy"),
        ('й', "jcy"),
        ('к', "kcy"),
        ('л', "lcy"),
        ('м', "mcy"),
        ('н', "ncy"),
        ('о', "ocy"),
        ('п', "pcy"),
        ('р', "rcy"),
        ('с', "scy"),
        ('т', "tcy"),
        ('ч', "chcy"),
        ('ь', "softcy"),
        ('ю', "yucy"),
    ];
    let check = |text: &str, names: &[(char, &str)], canary: &str| {
        let named: String = text
            .chars()
            .map(|c| match names.iter().find(|(known, _)| *known == c) {
                Some((_, name)) => format!("&{name};"),
                None => c.to_string(),
            })
            .collect();
        let meta = format!("<meta name=x content=\"{named}\">");
        let script = format!("<script>var s=\"{text}\"</script>");
        assert!(!shows(text, &meta, &named[named.len() - 40..]), "{meta}");
        assert!(!shows(&named, &script, canary), "{script}");
    };
    check(greek, &greek_names, "κανείς");
    check(russian, &russian_names, "причале");
}
