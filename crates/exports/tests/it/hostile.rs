//! Whatever an export says, what is brought over runs no script and is no more than a
//! story.

use std::time::Duration;

use ludgate_exports::Format;

use crate::press::{Press, item, wordpress, wxr};

/// Ways to have a browser run script, out of what people who try that try first.
const TRICKS: [&str; 44] = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script>alert(1)",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src='x' onerror = 'alert(1)'>",
    "<img \u{0}src=x \u{0}onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext></mtext><mglyph><style><img src onerror=alert(1)></style></math>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src='data:text/html,<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<video src='javascript:alert(1)'></video>",
    "<a href='javascript:alert(1)'>link</a>",
    "<a href='JaVa&#83;cript:alert(1)'>link</a>",
    "<a href='java\nscript:alert(1)'>link</a>",
    "<a href='java&Tab;script&colon;alert(1)'>link</a>",
    "<a href='&#1;javascript:alert(1)'>link</a>",
    "<a href=' javascript:alert(1)'>link</a>",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>link</a>",
    "<a href='vbscript:x'>link</a>",
    "<a href='//evil.example' onclick='alert(1)'>link</a>",
    "<a href='https://x.example/\") onmouseover=alert(1) (\"'>link</a>",
    "<a href='https://x.example/)<script>alert(1)</script>'>link</a>",
    "[link](javascript:alert(1))",
    "![x](javascript:alert(1))",
    "[x]: javascript:alert(1)\n\n[x]",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&lt;img src=x onerror=alert(1)&gt;",
    "<javascript:alert(1)>",
    "`<script>`<script>alert(1)</script>",
    "<table background='javascript:alert(1)'><tr><td>a</td><td>b</td></tr></table>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<style>@import 'javascript:alert(1)'</style>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='javascript:alert(1)//'>",
    "<form action='javascript:alert(1)'><button formaction='javascript:alert(1)'>x</button></form>",
];

/// The page of a story, and whether a browser would run anything in it that isn't ours.
fn check(press: &Press, what: &str) {
    let markdown = press.read("stories/story-1.md");
    let (status, page) = press.page("/stories/story-1");
    assert_eq!(status, 200, "{what}\n{markdown}");
    let folded = page.to_lowercase();
    // Our own scripts have addresses; what stands in the page is data.
    for part in folded.split("<script").skip(1) {
        let tag = part.split('>').next().unwrap_or_default();
        let is_ours = tag.contains("src=\"/assets/") || tag.contains("application/ld+json");
        assert!(is_ours, "{what}\n<script{tag}>\n{markdown}");
    }
    for tag in folded
        .split('<')
        .skip(1)
        .map(|part| part.split('>').next().unwrap_or_default())
    {
        let words = tag.split(['"', '\'']).step_by(2);
        for word in words.flat_map(str::split_ascii_whitespace) {
            let runs = word.starts_with("on") || word.starts_with("srcdoc");
            assert!(!runs, "{what}\n<{tag}>\n{markdown}");
        }
        for key in [
            "href=\"",
            "src=\"",
            "action=\"",
            "data=\"",
            "poster=\"",
            "srcset=\"",
        ] {
            for value in tag.split(key).skip(1) {
                let value = value.trim_start();
                let runs = ["javascript:", "vbscript:", "data:"];
                assert!(
                    !runs.iter().any(|scheme| value.starts_with(scheme)),
                    "{what}\n<{tag}>"
                );
            }
        }
        let name = tag.split([' ', '/', '\n']).next().unwrap_or_default();
        assert!(
            !["iframe", "object", "embed", "base", "style"].contains(&name),
            "{what}\n<{tag}>"
        );
    }
}

#[test]
fn no_script_comes_over_in_a_text() {
    for trick in TRICKS {
        let press = Press::new();
        let export = wordpress("Title", &format!("<p>Before.</p>{trick}<p>After.</p>"));
        press.bring(&press.wish(Format::WordPress), &export).ok();
        check(&press, trick);
    }
}

#[test]
fn no_script_comes_over_in_the_words_around_a_text() {
    for trick in TRICKS {
        let press = Press::new();
        let quoted = trick.replace('\'', "&#39;");
        let body = format!(
            "<p>Words.</p><figure><img src='/wp-content/uploads/2026/03/ferry.png' alt='{quoted}' \
             title='{quoted}'><figcaption>{trick}</figcaption></figure>\
             [caption id='x']<img src='/wp-content/uploads/2026/03/ferry.png'>{trick}[/caption]\
             [gallery ids='{quoted}'][embed]{trick}[/embed]<a href='{quoted}'>a</a>"
        );
        let export = String::from_utf8(wordpress(trick, &body)).expect("text");
        let export = export
            .replace(
                "<dc:creator>desk<",
                &format!("<dc:creator><![CDATA[{trick}]]><"),
            )
            .replace(
                "</item>",
                &format!(
                    "<category domain=\"category\" nicename=\"x\"><![CDATA[{trick}]]></category>\
                 <category domain=\"post_tag\" nicename=\"y\"><![CDATA[{trick}]]></category>\
                 <excerpt:encoded><![CDATA[{trick}]]></excerpt:encoded></item>"
                ),
            );
        let (summary, report) = press
            .bring(&press.wish(Format::WordPress), export.as_bytes())
            .ok();
        assert_eq!(summary.stories, 1, "{trick}\n{report}");
        check(&press, trick);
    }
}

#[test]
fn a_title_cannot_become_front_matter() {
    let press = Press::new();
    let title = "x\"\ntier = \"free\"\n+++\n\nGiven away";
    press
        .bring(
            &press.wish(Format::WordPress),
            &wordpress(title, "<p>Words.</p>"),
        )
        .ok();
    let story = press.publication();
    assert_eq!(story.stories().len(), 1);
    assert!(
        press
            .read("stories/story-1.md")
            .contains("\ntier = \"metered\"\n")
    );
}

#[test]
fn a_name_cannot_lead_out_of_the_folder() {
    let press = Press::new();
    let export = String::from_utf8(wordpress("Title", "<p>Words.</p>")).expect("text");
    let names = [
        "../../etc/passwd",
        "..%2f..%2fx",
        "/etc/passwd",
        "a\\..\\b",
        ".",
        "%00",
    ];
    for (id, name) in names.into_iter().enumerate() {
        let hostile = export.replace("story-1", name);
        let hostile = hostile.replace(">1</wp:post_id", &format!(">{id}</wp:post_id"));
        let (summary, report) = press
            .bring(&press.wish(Format::WordPress), hostile.as_bytes())
            .ok();
        assert_eq!(summary.stories, 1, "{name}\n{report}");
    }
    for (file, _) in press.files() {
        let is_plain = file.starts_with("/stories/")
            || file == "/publication.toml"
            || file == "/redirects.toml";
        assert!(is_plain && !file.contains(".."), "{file}");
    }
    press.publication();
}

#[test]
fn entities_of_a_document_are_never_expanded() {
    let press = Press::new();
    let export = String::from_utf8(wordpress("&xxe; &lol;", "<p>Words.</p>")).expect("text");
    let head = "<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY xxe SYSTEM \"file:///etc/passwd\">\
                <!ENTITY lol \"lollollol\">]>";
    let export = export.replace("<?xml version=\"1.0\"?>", head);
    let export = export.replace("<![CDATA[&xxe; &lol;]]>", "&xxe; &lol;");
    press
        .bring(&press.wish(Format::WordPress), export.as_bytes())
        .ok();
    assert!(
        press
            .read("stories/story-1.md")
            .contains("title = \"&xxe; &lol;\"")
    );
}

#[test]
fn markup_that_is_made_to_be_slow_isn_t() {
    let many = 40_000;
    let deep = |open: &str, close: &str| format!("{}x{}", open.repeat(many), close.repeat(many));
    for html in [
        deep("<div>", "</div>"),
        deep("<b>", "</b>"),
        deep("<ul><li>", "</li></ul>"),
        deep("<blockquote>", "</blockquote>"),
        deep("<a href=x>", "</a>"),
        deep("<table><tr><td>", "</td></tr></table>"),
        "<p>".repeat(many) + "x",
        format!("x{}", "[a ".repeat(many)),
        format!("x{}", "[caption]".repeat(many)),
        format!("x{}", "[private]".repeat(many)),
        format!("x{}", "wp:pmpro/membership ".repeat(many)),
        format!("x{}", "*_".repeat(many)),
        format!("x{}", "<i>a</i><b>b</b>".repeat(many / 4)),
        format!("x{}", "&#x202e;".repeat(many)),
        format!("x{}", "<!--".repeat(many)),
        format!("x{}", "<a href='".repeat(many)),
    ] {
        let (done, waited) = std::sync::mpsc::channel();
        let beginning: String = html.chars().take(30).collect();
        std::thread::spawn(move || {
            let press = Press::new();
            let _ = press.bring(&press.wish(Format::WordPress), &wordpress("Slow", &html));
            let _ = done.send(());
        });
        let soon = waited.recv_timeout(Duration::from_mins(1));
        assert!(soon.is_ok(), "{beginning} takes longer than a minute");
    }
}

#[test]
fn what_is_broken_costs_itself_and_the_rest_comes() {
    let good = |id: usize| item(id, &format!("Good {id}"), "<p>Words.</p>");
    for (what, broken) in [
        ("no end tag", item(50, "Bad", "x").replace("</item>", "")),
        (
            "a tag that isn't closed",
            item(50, "Bad", "x").replace("</wp:status>", ""),
        ),
        (
            "tags that cross",
            item(50, "Bad", "x").replace("</link><content", "<content"),
        ),
        (
            "character data without an end",
            item(50, "Bad", "x").replace("]]></content:encoded>", "</content:encoded>"),
        ),
        (
            "a stray bracket",
            item(50, "Bad < worse", "x").replace("<![CDATA[Bad < worse]]>", "Bad < worse"),
        ),
        ("nothing in it", "<item></item>\n".to_owned()),
        (
            "a comment without an end",
            "<item><!-- <title>x</title></item>\n".to_owned(),
        ),
        (
            "an attribute that is broken",
            "<item><category domain=\"x>y</category></item>\n".to_owned(),
        ),
        ("17 MB", item(50, "Bad", &"x".repeat(17 * 1024 * 1024))),
        (
            "17 MB without an end",
            item(50, "Bad", &"x".repeat(17 * 1024 * 1024))
                .replace("]]></content:encoded>", "")
                .replace("</item>", ""),
        ),
    ] {
        let press = Press::new();
        let export = wxr(&format!("{}{broken}{}{}", good(1), good(2), good(3)));
        let (summary, report) = press.bring(&press.wish(Format::WordPress), &export).ok();
        let lost = if what.contains("comment") { 1 } else { 3 };
        assert!(summary.stories >= lost, "{what}: {summary:?}\n{report}");
        assert!(report.lines().count() > 1, "{what}: {report}");
        assert!(
            press.read("stories/story-1.md").contains("Good 1"),
            "{what}"
        );
        if lost == 3 {
            assert!(
                press.read("stories/story-3.md").contains("Good 3"),
                "{what}"
            );
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_replaced_and_that_is_said() {
    let press = Press::new();
    let mut export = wordpress("Title", "<p>A caf# by the quay.</p>");
    let at = export
        .iter()
        .position(|byte| *byte == b'#')
        .expect("it is there");
    export[at] = 0xe9;
    let (summary, report) = press.bring(&press.wish(Format::WordPress), &export).ok();
    assert_eq!(summary.stories, 1);
    assert!(report.contains("aren't UTF-8"), "{report}");
    press.publication();
}

#[test]
fn the_report_holds_no_formulas() {
    let press = Press::new();
    let export = wordpress("=HYPERLINK(1)", "<script>x</script><p>Words.</p>");
    let (_, report) = press.bring(&press.wish(Format::WordPress), &export).ok();
    assert!(report.contains(",'=HYPERLINK(1),"), "{report}");
}

#[test]
fn a_broken_entry_is_named_as_far_as_it_names_itself() {
    let whole = item(7, "Torn & <b>true</b>", "<p>x</p>");
    let (before, after) = whole.split_once("<wp:post_name>").expect("its parts");
    for torn in [
        // It isn't closed, and another begins; its tags don't match; the file ends.
        format!("{before}\n{}", item(8, "Whole", "<p>x</p>")),
        format!("{before}</oops><wp:post_name>{after}"),
        before.to_owned(),
    ] {
        let press = Press::new();
        let mut export = String::from_utf8(wxr(&torn)).expect("text");
        if torn == before {
            export.truncate(export.rfind("\n</channel>").expect("its end"));
        }
        let brought = press.bring(&press.wish(Format::WordPress), export.as_bytes());
        let row = brought.report.lines().find(|row| row.contains("not taken"));
        let row = row.unwrap_or_else(|| panic!("{}", brought.report));
        assert!(row.contains(",7,Torn & true,"), "{row}");
    }
}

#[test]
fn a_broken_entry_of_a_feed_is_named_though_its_id_has_attributes() {
    let press = Press::new();
    let feed = "<rss version=\"2.0\"><channel><item><titles/><title type=\"html\">Torn</title>\
                <guid isPermaLink=\"false\">n-7</guid></oops></item></channel></rss>";
    let brought = press.bring(&press.wish(Format::Feed), feed.as_bytes());
    let row = brought.report.lines().find(|row| row.contains("not taken"));
    let row = row.unwrap_or_else(|| panic!("{}", brought.report));
    assert!(row.contains(",n-7,Torn,"), "{row}");
}

#[test]
fn what_is_packed_or_in_another_encoding_is_told_with_what_to_do() {
    let xml = String::from_utf8(wordpress("One", "<p>One.</p>")).expect("text");
    let wide = |order: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    };
    for (bytes, expected) in [
        (
            wide(u16::to_le_bytes, &format!("\u{feff}{xml}")),
            "save it as UTF-8",
        ),
        (
            wide(u16::to_be_bytes, &format!("\u{feff}{xml}")),
            "save it as UTF-8",
        ),
        (wide(u16::to_le_bytes, &xml), "save it as UTF-8"),
        (wide(u16::to_be_bytes, "{\"db\": []}"), "save it as UTF-8"),
        (b"\x1f\x8b\x08\0rest".to_vec(), "unpack it first"),
        (b"PK\x03\x04rest".to_vec(), "unpack it first"),
    ] {
        for format in Format::ALL {
            let press = Press::new();
            let brought = press.bring(&press.wish(format), &bytes);
            let error = brought.summary.expect_err("it is wrapped").to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
