//! Ghost's export.

use ludgate_exports::Format;

use crate::press::{Press, export};

fn brought() -> (Press, String) {
    let press = Press::new();
    let (summary, report) = press
        .bring(&press.wish(Format::Ghost), &export("ghost.json"))
        .ok();
    assert_eq!(
        (summary.stories, summary.pages),
        (4, 1),
        "{summary:?}\n{report}"
    );
    (press, report)
}

#[test]
fn a_post_comes_over_with_all_that_is_said_of_it() {
    let (press, _) = brought();
    let story = press.read("stories/weigh-house.md");
    for line in [
        "title = \"The <weigh> house & its scales\"",
        "standfirst = \"Weighed & found true\"",
        "label = \"Trade & ports\"",
        "byline = [\"Ines Marlow\", \"Dermot Ashby\"]",
        "published = 2026-02-01T07:00:00Z",
        "updated = 2026-02-02T06:00:00Z",
        "section = \"city\"",
        "file = \"scales.png\"",
        "alt = \"A pair of scales\"",
        "caption = \"Brass, 1868\"",
        "The scales are **true**. Read [the other one](/stories/members-only).",
        "![Brass, 1868](scales.png \"Brass, 1868\")",
        "[On scales](https://elsewhere.example/scales)",
        "> Open on Thursdays.",
    ] {
        assert!(story.contains(line), "{line}\nin\n{story}");
    }
    assert!(!story.contains("Join us"), "{story}");
    press.publication();
}

#[test]
fn nobody_gets_more_than_they_had() {
    let (press, _) = brought();
    for (slug, tier) in [
        ("weigh-house", "free"),
        ("members-only", "metered"),
        ("paid-only", "locked"),
        ("tiers-only", "locked"),
    ] {
        let story = press.read(&format!("stories/{slug}.md"));
        assert!(story.contains(&format!("tier = \"{tier}\"")), "{story}");
    }
    for (file, bytes) in press.files() {
        assert!(
            !String::from_utf8_lossy(&bytes).contains("CANARY"),
            "{file}"
        );
    }
}

#[test]
fn a_text_without_html_is_made_of_its_own_form() {
    let (press, _) = brought();
    let story = press.read("stories/paid-only.md");
    assert!(
        story.ends_with("**Paid** words.\n\n---\n\n- one\n"),
        "{story}"
    );
}

#[test]
fn a_row_that_is_broken_costs_itself_alone() {
    let (press, report) = brought();
    let broken = report
        .lines()
        .find(|line| line.contains("not taken"))
        .expect("the broken one");
    assert!(
        broken.starts_with("11,") && broken.contains("in \"\"posts\"\""),
        "{broken}"
    );
    assert_eq!(
        press.page("/weigh-house/"),
        (301, "→ /stories/weigh-house".to_owned())
    );
}

#[test]
fn what_breaks_off_is_said_with_its_line() {
    let press = Press::new();
    let whole = export("ghost.json");
    for (end, expected) in [(2000, "line"), (0, "doesn't begin with"), (3, "line 1")] {
        let brought = press.bring(&press.wish(Format::Ghost), &whole[..end]);
        let error = brought.summary.expect_err("it breaks off").to_string();
        assert!(error.contains(expected), "{end}: {error}");
    }
    let brought = press.bring(&press.wish(Format::Ghost), b"{\"a\": [1, {\"b\": \"}\"}]}");
    let error = brought.summary.expect_err("no tables").to_string();
    assert!(error.contains("no export of Ghost"), "{error}");
}

/// What becomes of one post whose text is in that field alone.
fn told(field: &str, document: &serde_json::Value) -> (String, String) {
    let (press, report) = with(serde_json::json!({ field: document.to_string() }));
    (press.read("stories/a-post.md"), report)
}

/// What becomes of one post of which that is said beside the usual.
fn with(said: serde_json::Value) -> (Press, String) {
    let press = Press::new();
    let brought = press.bring(&press.wish(Format::Ghost), &one_post(said));
    (press, brought.report)
}

fn one_post(said: serde_json::Value) -> Vec<u8> {
    let mut post = serde_json::json!({
        "id": "1", "title": "A post", "slug": "a-post", "status": "published",
        "type": "post", "visibility": "public", "published_at": "2026-01-02T06:00:00.000Z",
    });
    let serde_json::Value::Object(said) = said else {
        panic!("what is said has keys");
    };
    let meta = said.get("meta").cloned();
    post.as_object_mut().expect("a post").extend(said);
    let mut data = serde_json::json!({ "posts": [post] });
    if let Some(meta) = meta {
        data["posts_meta"] = serde_json::json!([meta]);
    }
    let export = serde_json::json!({ "db": [{ "meta": {}, "data": data }] });
    export.to_string().into_bytes()
}

#[test]
fn nothing_of_a_text_that_not_everybody_could_read_stands_where_everybody_reads() {
    use serde_json::json;
    let secret = "SECRET is the name of the ferry.";
    let text = format!("<p>{secret}</p>");
    let after = format!("<!--members-only--><p>{secret}</p>");
    let preview = format!("<p>A boat has a name.</p>{after}");
    let within = format!("<p>A boat has a name. <!--members-only-->{secret}</p>");
    let lexical = |nodes: serde_json::Value| json!({ "root": { "children": nodes } }).to_string();
    let paragraph = |words: &str| json!({ "type": "paragraph", "children": [{ "type": "text", "text": words }] });
    let walled =
        lexical(json!([paragraph("A boat has a name."), { "type": "paywall" }, paragraph(secret)]));
    let begin =
        "<!--kg-gated-block:begin nonMember:false memberSegment:\"status:free,status:-free\" -->";
    let gated = format!("{begin}<p>{secret}</p><!--kg-gated-block:end-->");
    let early = format!("{gated}<p>A boat has a name.</p><!--members-only--><p>More.</p>");
    let members =
        json!({ "web": { "nonMember": false, "memberSegment": "status:free,status:-free" } });
    let card = json!({ "type": "html", "html": format!("<p>{secret}</p>"), "visibility": members });
    let carded = lexical(json!([card, paragraph("A boat has a name."), { "type": "paywall" }]));
    let described = json!({ "post_id": "1", "meta_description": "Of a ferry." });
    for (said, title, standfirst, preview) in [
        (json!({ "html": text }), "A post", "A post", 0),
        (json!({ "html": after }), "A post", "A post", 0),
        (
            json!({ "html": preview }),
            "A post",
            "A boat has a name.",
            1,
        ),
        (json!({ "html": within }), "A post", "A boat has a name.", 1),
        (
            json!({ "lexical": walled }),
            "A post",
            "A boat has a name.",
            1,
        ),
        // Some saw a part of the preview that others didn't.
        (json!({ "html": early }), "A post", "A post", 0),
        (json!({ "lexical": carded }), "A post", "A post", 0),
        (json!({ "html": text, "title": "" }), "a post", "a post", 0),
        (
            json!({ "html": text, "meta": described }),
            "A post",
            "Of a ferry.",
            0,
        ),
        (
            json!({ "html": text, "custom_excerpt": "A name." }),
            "A post",
            "A name.",
            0,
        ),
    ] {
        for visibility in ["paid", "members", "tiers", "filter"] {
            let mut said = said.clone();
            said["visibility"] = json!(visibility);
            let (press, report) = with(said.clone());
            let story = press.read("stories/a-post.md");
            let (head, body) = story.split_once("+++\n\n").expect("a story");
            assert!(!head.contains("SECRET"), "{said}\n{story}");
            assert!(body.contains("SECRET"), "{said}\n{story}");
            assert!(
                head.contains(&format!("title = \"{title}\"")),
                "{said}\n{story}"
            );
            assert!(
                head.contains(&format!("standfirst = \"{standfirst}\"")),
                "{said}\n{story}"
            );
            let opens = format!("\npreview = {preview}\n");
            assert!(head.contains(&opens), "{said}\n{story}");
            let is_told =
                said.get("custom_excerpt").is_some() || report.contains("the standfirst is");
            assert!(is_told, "{said}\n{report}");
        }
    }
    let (press, _) = with(json!({ "html": preview }));
    let story = press.read("stories/a-post.md");
    assert!(
        story.contains("standfirst = \"A boat has a name.\""),
        "{story}"
    );
}

#[test]
fn a_part_for_some_readers_isnt_published_to_all() {
    use serde_json::json;
    let html = |web: &str, words: &str| {
        format!(
            "<p>For all.</p><!--kg-gated-block:begin {web} --><p>{words}</p><!--kg-gated-block:end-->"
        )
    };
    let card = |visibility: &serde_json::Value, words: &str| {
        json!({ "root": { "children": [
            { "type": "paragraph", "children": [{ "type": "text", "text": "For all." }] },
            { "type": "html", "html": format!("<p>{words}</p>"), "visibility": visibility },
        ] } })
        .to_string()
    };
    let older = json!({
        "version": "0.3.1", "atoms": [], "markups": [],
        "cards": [["html", { "html": "<p>HELD</p>", "visibility": { "showOnWeb": false } }]],
        "sections": [[1, "p", [[0, [], 0, "For all."]]], [10, 0]],
    });
    let paid = "nonMember:false memberSegment:\"status:-free\"";
    let members = "nonMember:false memberSegment:\"status:free,status:-free\"";
    let paid_card = json!({ "web": { "nonMember": false, "memberSegment": "status:-free" } });
    let mail_card = json!({ "web": { "nonMember": false, "memberSegment": "" } });
    for (visibility, said, may) in [
        ("public", json!({ "html": html(paid, "HELD") }), false),
        ("public", json!({ "html": html(members, "HELD") }), false),
        ("members", json!({ "html": html(members, "HELD") }), true),
        ("members", json!({ "html": html(paid, "HELD") }), false),
        ("paid", json!({ "html": html(paid, "HELD") }), true),
        (
            "public",
            json!({ "lexical": card(&paid_card, "HELD") }),
            false,
        ),
        ("paid", json!({ "lexical": card(&paid_card, "HELD") }), true),
        (
            "paid",
            json!({ "lexical": card(&mail_card, "HELD") }),
            false,
        ),
        (
            "public",
            json!({ "lexical": card(&json!({ "showOnWeb": false }), "HELD") }),
            false,
        ),
        (
            "public",
            json!({ "lexical": card(&json!({ "showOnWeb": true }), "HELD") }),
            true,
        ),
        ("public", json!({ "mobiledoc": older.to_string() }), false),
    ] {
        let mut said = said;
        said["visibility"] = json!(visibility);
        let (press, report) = with(said.clone());
        let story = press.read("stories/a-post.md");
        assert!(story.contains("For all."), "{said}\n{report}");
        assert_eq!(story.contains("HELD"), may, "{said}\n{story}");
        assert_eq!(
            report.contains("a part that was for"),
            !may,
            "{said}\n{report}"
        );
    }
}

#[test]
fn a_page_that_not_everybody_could_read_isnt_opened_to_them() {
    for visibility in ["paid", "members", "tiers"] {
        let (press, report) = with(serde_json::json!({
            "type": "page", "visibility": visibility, "html": "<p>SECRET</p>",
        }));
        assert_eq!(press.read("pages/a-post.md"), "");
        assert!(
            report.contains("pages that not everybody could read"),
            "{report}"
        );
    }
}

#[test]
fn a_text_in_ghosts_older_form_says_what_it_said() {
    let (story, report) = told(
        "mobiledoc",
        &serde_json::json!({
            "version": "0.3.1",
            "atoms": [["soft-return", "", {}]],
            "cards": [
                ["markdown", { "markdown": "## From *Markdown*\n\n<script>alert(1)</script>" }],
                ["hr", {}],
                ["embed", { "url": "https://video.example/1", "html": "<iframe></iframe>" }],
                ["code", { "code": "a < b", "language": "rust" }],
                ["email-cta", { "html": "<p>Buy</p>" }],
            ],
            "markups": [["strong"], ["a", ["href", "https://elsewhere.example/"]],
                        ["a", ["href", "javascript:alert(1)"]]],
            "sections": [
                [1, "p", [[0, [0], 0, "Strong "], [0, [1], 2, "link"], [1, [], 0, 0],
                          [0, [], 0, "after <it>"], [0, [2], 1, "bad"], [0, [99], 7, " end"]]],
                [1, "h2", [[0, [], 0, "A crosshead"]]],
                [1, "blockquote", [[0, [], 0, "Quoted."]]],
                [3, "ol", [[[0, [], 0, "one"]], [[0, [0], 1, "two"]]]],
                [10, 0], [10, 1], [10, 2], [10, 3], [10, 4], [10, 99], [77],
            ],
        }),
    );
    for words in [
        "**Strong [link](https://elsewhere.example/)**\\\nafter \\<it>bad end",
        "## A crosshead",
        "> Quoted.",
        "1. one\n2. **two**",
        "## From",
        "[video.example/1](https://video.example/1)",
        "```rust\na < b\n```",
    ] {
        assert!(story.contains(words), "{words}\nin\n{story}");
    }
    assert!(!story.contains("alert"), "{story}");
    for why in [
        "email-cta",
        "a script was left out",
        "a kind that isn't known",
    ] {
        assert!(report.contains(why), "{why} in\n{report}");
    }
}

#[test]
fn a_card_of_markdown_is_read_as_such() {
    let (story, _) = told(
        "lexical",
        &serde_json::json!({ "root": { "children": [
            { "type": "markdown", "markdown": "**So** it was.\n\n- one" },
        ] } }),
    );
    assert!(story.ends_with("**So** it was.\n\n- one\n"), "{story}");
}
