//! The cut against a parser that does what browsers do.
//!
//! Random markup, mostly broken, is read by html5ever; whatever it puts into
//! the story's body must be missing from a preview that may show no word.

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

use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use ludgate_page::{CompileError, Preview};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use proptest::prelude::*;
use support::{compile_with, full, options, preview};

/// A word of the page, with the elements around it.
#[derive(Debug, PartialEq, Eq)]
struct Word {
    text: String,
    path: Vec<String>,
    in_body: bool,
}

fn parse(html: &str, scripting: bool) -> RcDom {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: scripting,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    parse_document(RcDom::default(), options).one(html)
}

fn words(html: &str, scripting: bool) -> Vec<Word> {
    let mut found = Vec::new();
    let dom = parse(html, scripting);
    collect(&dom.document, &mut Vec::new(), false, &mut found);
    found
}

fn collect(node: &Handle, path: &mut Vec<String>, in_body: bool, found: &mut Vec<Word>) {
    let mut in_body = in_body;
    let mut pushed = false;
    match &node.data {
        NodeData::Text { contents } => {
            for text in contents
                .borrow()
                .split(|c: char| !c.is_ascii_alphanumeric())
            {
                if text.starts_with("word") {
                    found.push(Word {
                        text: text.to_owned(),
                        path: path.clone(),
                        in_body,
                    });
                }
            }
        }
        NodeData::Element {
            name,
            attrs,
            template_contents,
            ..
        } => {
            let body = attrs.borrow().iter().any(|attribute| {
                &*attribute.name.local == "class"
                    && attribute
                        .value
                        .split_whitespace()
                        .any(|c| c == "story-body")
            });
            in_body |= body;
            path.push(name.local.to_string());
            pushed = true;
            if let Some(contents) = template_contents.borrow().as_ref() {
                collect(contents, path, in_body, found);
            }
        }
        _ => {}
    }
    for child in node.children.borrow().iter() {
        collect(child, path, in_body, found);
    }
    if pushed {
        path.pop();
    }
}

/// No word that a browser shows in the body is in the preview.
fn withholds(html: &str) -> Result<(), TestCaseError> {
    let mut options = options();
    options.preview = Preview::Words(0);
    let compiled = match compile_with(html.as_bytes(), &options) {
        Ok(compiled) => compiled,
        // Refusing is always safe.
        Err(
            CompileError::Ambiguous
            | CompileError::BodyElement { .. }
            | CompileError::BodyInNoscript,
        ) => return Ok(()),
        Err(error) => return Err(TestCaseError::fail(error.to_string())),
    };
    let shown = preview(&compiled);
    // What is beside the story in a browser with scripts is for everybody, also
    // where broken markup in `noscript` makes it part of the story without.
    let with_scripts = words(html, true);
    let beside: Vec<&str> = with_scripts
        .iter()
        .filter(|word| !word.in_body && !word.path.iter().any(|name| name == "noscript"))
        .map(|word| word.text.as_str())
        .collect();
    // Raw text swallows what follows it, when `noscript` leaves it open.
    let raw = |word: &Word| {
        word.path
            .iter()
            .any(|name| ["script", "style", "textarea", "title"].contains(&name.as_str()))
    };
    let without_scripts = words(html, false);
    let without_scripts = without_scripts.iter().filter(|word| !raw(word));
    for word in with_scripts.iter().chain(without_scripts) {
        let locked = word.in_body && !beside.contains(&word.text.as_str());
        prop_assert!(
            !locked || !shown.contains(&word.text),
            "{} leaks\nfrom {html}\nin {shown}",
            word.text
        );
    }
    let everything = full(&compiled);
    for word in words(html, true) {
        prop_assert!(everything.contains(&word.text), "{} is lost", word.text);
    }
    Ok(())
}

/// The attributes of the first element called `name`, as a browser sees them.
fn attributes(html: &str, name: &str) -> Vec<(String, String)> {
    fn find(node: &Handle, wanted: &str) -> Option<Vec<(String, String)>> {
        if let NodeData::Element { name, attrs, .. } = &node.data
            && &*name.local == wanted
        {
            let attrs = attrs.borrow();
            let pairs = attrs
                .iter()
                .map(|one| (one.name.local.to_string(), one.value.to_string()));
            return Some(pairs.collect());
        }
        let children = node.children.borrow();
        children.iter().find_map(|child| find(child, wanted))
    }
    find(&parse(html, true).document, name).unwrap_or_default()
}

#[test]
fn a_withheld_attribute_takes_no_other_with_it_and_brings_none() {
    let story = "Nobody on the quay could say who had kept the lamp alight that night or why. ";
    let body = format!(
        "<p>It's 'a' x=y onload='z' \"b\" &lt;c&gt; &amp;amp; there.</p>{}",
        format!("<p>{story}</p>").repeat(5)
    );
    let unquoted = story.trim().replace(' ', "&nbsp;");
    let check = |tag: &str, expected: &[(&str, &str)]| {
        let html = format!("<!DOCTYPE html><body>{tag}<div class=story-body>{body}</div>");
        let mut options = options();
        options.preview = Preview::Words(8);
        let shown = preview(&compile_with(html.as_bytes(), &options).unwrap());
        let name = tag[1..].split([' ', '/']).next().unwrap();
        let found = attributes(&shown, name);
        let found: Vec<_> = found
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        assert_eq!(found, expected, "{tag} in {shown}");
    };
    let described = "It's 'a' x=y onload='z' \"b\" <c> &amp; there.";
    for quoted in [
        format!("'{story}'"),
        format!("\"{story}\""),
        unquoted.clone(),
        format!(" \n{unquoted}"),
    ] {
        check(
            &format!("<meta name=description content={quoted} id=m>"),
            &[("name", "description"), ("content", described), ("id", "m")],
        );
        check(
            &format!("<i data-a={quoted} title='t' data-b={quoted} class=c></i>"),
            &[
                ("data-a", ""),
                ("title", "t"),
                ("data-b", ""),
                ("class", "c"),
            ],
        );
        check(
            &format!("<i class='a\"b' data-a={quoted}></i>"),
            &[("class", "a\"b"), ("data-a", "")],
        );
    }
    check(
        &format!("<i data-a='{story}'class=c></i>"),
        &[("data-a", ""), ("class", "c")],
    );
    // A quote too many: what is left is what styles and links it.
    check(
        &format!("<i class='a\"b' id=x/ title=\"he said\" {story}\"></i>"),
        &[("class", "a\"b"), ("id", "x/")],
    );
}

#[test]
fn a_withheld_tag_of_a_drawing_stays_open() {
    let text = "Nobody on the quay could say who had kept the lamp alight that night or why. ";
    let html = format!(
        "<!DOCTYPE html><svg><g title=\"he said\" {text}\" href=x/>word1x</g></svg>\
         <div class=story-body><p>{}</p></div>",
        text.repeat(5)
    );
    let mut options = options();
    options.preview = Preview::Words(0);
    let shown = preview(&compile_with(html.as_bytes(), &options).unwrap());
    assert!(!shown.contains("quay"), "{shown}");
    let inside: Vec<_> = words(&shown, true)
        .into_iter()
        .map(|word| word.path)
        .collect();
    assert_eq!(inside, [["html", "body", "svg", "g"]], "{shown}");
}

// `thead` is left out: inside of a template html5ever forgets that it is a
// table's body.
const NAMES: [&str; 70] = [
    "div",
    "p",
    "span",
    "b",
    "i",
    "a",
    "em",
    "nobr",
    "font",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "h1",
    "h2",
    "table",
    "tbody",
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "colgroup",
    "col",
    "form",
    "button",
    "select",
    "option",
    "optgroup",
    "svg",
    "math",
    "g",
    "foreignObject",
    "desc",
    "title",
    "mi",
    "mtext",
    "annotation-xml",
    "template",
    "section",
    "article",
    "blockquote",
    "pre",
    "address",
    "object",
    "marquee",
    "applet",
    "center",
    "ruby",
    "rt",
    "rp",
    "br",
    "img",
    "hr",
    "input",
    "body",
    "html",
    "head",
    "noscript",
    "script",
    "style",
    "textarea",
    "x-element",
    "mglyph",
    "u",
    "s",
    "keygen",
    "rtc",
];

/// One piece of soup; `{}` becomes a word of its own.
fn piece() -> impl Strategy<Value = String> {
    let name = || prop::sample::select(NAMES.to_vec());
    prop_oneof![
        6 => Just("{}".to_owned()),
        8 => name().prop_map(|name| format!("<{name}>")),
        8 => name().prop_map(|name| format!("</{name}>")),
        1 => name().prop_map(|name| format!("<{name}/>")),
        2 => prop::sample::select(vec!["div", "td", "article", "section", "form", "x-element", "li", "dd", "blockquote"])
            .prop_map(|name| format!("<{name} class=story-body>")),
        1 => prop::sample::select(vec![
            "<!-- {} -->", "<!-->{}", "<!--->{}", "<!-- {} --!>", "<!{}>", "<?{}>", "</ {}>", "</>", "<![CDATA[{}]]>",
            "<!-- <!-- {} -->", "<!--{}--->", "< {}", "<3{}", "&lt;{}", "<div title='>{}'>", "<div title=\"{}", "\">", "'>",
            "<script><!-- <script> </script> {} --></script>", "<script><!-- </script>{}", "<font color=red>",
            "<input type=hidden>", "<annotation-xml encoding=text/html>", "<annotation-xml encoding=text&#47;html>",
            "<input type=hidde&#110;>", "<![CDATA[>{}]]>", "<svg><foreignObject>", "<table><tr><td>", "</td></tr></table>", "<plaintext>", "<frameset>",
        ]).prop_map(str::to_owned),
    ]
}

fn numbered(typed: bool, pieces: Vec<String>) -> String {
    let mut html = String::from(if typed { "<!DOCTYPE html>" } else { "" });
    for (number, piece) in pieces.into_iter().enumerate() {
        html += &piece.replace("{}", &format!(" word{number}x "));
    }
    html
}

/// Well-formed markup, as deep as three.
fn tidy() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("{}".to_owned()),
        Just("<p>{} {} {}</p>".to_owned()),
        Just("<img alt=x>".to_owned()),
        Just("<br>".to_owned()),
    ];
    leaf.prop_recursive(3, 24, 5, |inner| {
        (
            prop::sample::select(vec![
                "div",
                "section",
                "blockquote",
                "figure",
                "ul",
                "table",
                "article",
            ]),
            prop::collection::vec(inner, 1..5),
        )
            .prop_map(|(name, inner)| {
                let inner = inner.concat();
                match name {
                    "ul" => format!("<ul><li>{inner}</li><li>{{}}</li></ul>"),
                    "table" => format!("<table><tbody><tr><td>{inner}</td></tr></tbody></table>"),
                    _ => format!("<{name}>{inner}</{name}>"),
                }
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_soup_leaks_what_a_browser_shows_in_the_body(
        typed in prop::bool::weighted(0.8),
        before in prop::collection::vec(piece(), 0..12),
        name in prop::sample::select(vec!["div", "x-element"]),
        after in prop::collection::vec(piece(), 0..25),
    ) {
        let mut pieces = before;
        pieces.push(format!("<{name} class=story-body>"));
        pieces.push("{}".to_owned());
        pieces.extend(after);
        withholds(&numbered(typed, pieces))?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_surrounds_a_tidy_story_keeps_its_place(
        before in tidy(), body in prop::collection::vec(tidy(), 1..6), after in tidy(), words_shown in 0_u32..40,
    ) {
        let template = format!(
            "<main>{before}<div class=outer><div class=story-body>{}</div>{after}</div></main><footer>{{}}</footer>",
            body.concat()
        );
        let mut html = String::from("<!DOCTYPE html>");
        for (number, part) in template.split("{}").enumerate() {
            if number > 0 {
                html += &format!(" word{number}x ");
            }
            html += part;
        }
        let mut options = options();
        options.preview = Preview::Words(words_shown);
        let compiled = compile_with(html.as_bytes(), &options).unwrap();
        let all = words(&html, true);
        let kept = words(&preview(&compiled), true);
        // Around the story everything is where it was; of the story, a third
        // at most, where it was and from its beginning.
        let around = |words: &[Word]| words.iter().filter(|w| !w.in_body).map(|w| format!("{w:?}")).collect::<Vec<_>>();
        prop_assert_eq!(around(&all), around(&kept));
        let inside = |words: Vec<Word>| words.into_iter().filter(|w| w.in_body).collect::<Vec<_>>();
        let (all, kept) = (inside(all), inside(kept));
        prop_assert!(kept.len() * 3 <= all.len() && kept.len() <= words_shown as usize);
        prop_assert_eq!(&all[..kept.len()], &kept[..]);
    }
}
