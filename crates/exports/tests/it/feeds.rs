//! Feeds, our own too.

use ludgate_exports::Format;

use crate::press::{NOW, Press, export};

#[test]
fn an_rss_feed_comes_over() {
    let press = Press::new();
    press.put("uploads/img/bread.png", crate::press::PNG);
    let (summary, report) = press
        .bring(&press.wish(Format::Feed), &export("feed.xml"))
        .ok();
    assert_eq!(summary.stories, 2, "{report}");
    let story = press.read("stories/bread.md");
    for line in [
        "title = \"Bread & butter\"",
        "standfirst = \"A short word.\"",
        "label = \"Bakers\"",
        "byline = [\"Hester Lumb\", \"Ruth Adeyinka\"]",
        "published = 2026-01-05T06:30:00Z",
        "file = \"bread.png\"",
        "caption = \"A loaf\"",
        "The long word of it.\n\nAnd the next.",
    ] {
        assert!(story.contains(line), "{line}\nin\n{story}");
    }
    assert!(
        report.contains("the feed may hold an excerpt only"),
        "{report}"
    );
    assert_eq!(
        press.page("/2026/01/bread.html"),
        (301, "→ /stories/bread".to_owned())
    );
}

#[test]
fn an_atom_feed_comes_over() {
    let press = Press::new();
    press
        .bring(&press.wish(Format::Feed), &export("atom.xml"))
        .ok();
    let story = press.read("stories/lido.md");
    for line in [
        "title = \"The lido & the frost <1963>\"",
        "standfirst = \"It opens in frost.\"",
        "updated = 2026-01-07T06:00:00Z",
        "It opens *in frost*.\\\nDaily.",
    ] {
        assert!(story.contains(line), "{line}\nin\n{story}");
    }
    press.publication();
}

#[test]
fn who_has_written_a_whole_feed_has_written_what_is_in_it() {
    let press = Press::new();
    let feed = String::from_utf8(export("atom.xml")).expect("text");
    let feed = feed
        .replace("<author><name>Dermot Ashby</name></author>", "")
        .replace(
            "<updated>2026-01-07T06:00:00Z</updated>\n<entry>",
            "<author><name>Zoë</name></author><entry>",
        );
    press.bring(&press.wish(Format::Feed), feed.as_bytes()).ok();
    let story = press.read("stories/lido.md");
    assert!(story.contains("byline = [\"Zoë\"]"), "{story}");
}

#[test]
fn a_file_that_is_sent_along_is_told() {
    let press = Press::new();
    let feed = String::from_utf8(export("feed.xml")).expect("text");
    let sound = "<enclosure url=\"https://ness.example/a.mp3\" type=\"audio/mpeg\"/></item>";
    let feed = feed.replacen("</item>", sound, 1);
    let (_, report) = press.bring(&press.wish(Format::Feed), feed.as_bytes()).ok();
    assert!(report.contains("is no picture was left out"), "{report}");
}

#[test]
fn our_own_feed_brought_back_says_the_same_of_the_stories() {
    let press = Press::new();
    press
        .bring(&press.wish(Format::WordPress), &export("wordpress.xml"))
        .ok();
    let now = NOW.parse().expect("a moment");
    let feed = press.publication().respond("/feed.xml", None, now);
    let back = Press::new();
    let (summary, report) = back.bring(&back.wish(Format::Feed), &feed.body).ok();
    assert_eq!((summary.stories, summary.failed), (3, 0), "{report}");
    for slug in ["night-ferry", "tide-table", "entry-104"] {
        let (first, second) = (
            press.read(&format!("stories/{slug}.md")),
            back.read(&format!("stories/{slug}.md")),
        );
        for key in [
            "title",
            "standfirst",
            "label",
            "byline",
            "published",
            "section",
            "tags",
        ] {
            let line = |text: &str| {
                let found = text
                    .lines()
                    .find(|line| line.starts_with(&format!("{key} = ")));
                found.map(str::to_owned)
            };
            assert_eq!(line(&first), line(&second), "{slug}");
        }
    }
}

#[test]
fn a_file_of_another_kind_is_refused_with_what_to_do() {
    let press = Press::new();
    for (format, name, advice) in [
        (Format::Feed, "wordpress.xml", "--from wordpress"),
        (Format::WordPress, "feed.xml", "--from feed"),
        (Format::WordPress, "atom.xml", "--from feed"),
        (Format::Ghost, "feed.xml", "doesn't begin with {"),
        (Format::Feed, "ghost.json", "it is no feed"),
    ] {
        let error = press
            .bring(&press.wish(format), &export(name))
            .summary
            .expect_err(name);
        assert!(error.to_string().contains(advice), "{name}: {error}");
    }
}

/// An entry of Atom that says that beside the usual, and what is told of it.
fn told_of(said: &str) -> (String, String) {
    let press = Press::new();
    let feed = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>T</title><entry><id>tag:1</id>\
         <title>Tide</title><link href=\"https://post.example/tide\"/>\
         <updated>2026-01-03T06:00:00Z</updated>{said}</entry></feed>"
    );
    let brought = press.bring(&press.wish(Format::Feed), feed.as_bytes());
    (press.read("stories/tide.md"), brought.report)
}

#[test]
fn a_time_that_makes_no_sense_is_told() {
    let text = "<content type=\"html\">High water.</content>";
    let (story, report) = told_of(&format!("<published>yesterday</published>{text}"));
    assert!(
        story.contains("published = 2026-01-03T06:00:00Z"),
        "{story}"
    );
    assert!(
        report.contains("a time makes no sense and was passed over: yesterday"),
        "{report}"
    );
    let (_, report) = told_of(&format!(
        "<published>2026-01-02T06:00:00Z</published>{text}"
    ));
    assert!(!report.contains("makes no sense"), "{report}");
}

#[test]
fn what_is_no_text_becomes_none() {
    let text = "<content type=\"text/html\">High water.</content>";
    let (story, report) = told_of(&format!(
        "<content type=\"image/png\">iVBORw0KGgo</content>{text}"
    ));
    assert!(
        story.contains("High water.") && !story.contains("iVBOR"),
        "{story}"
    );
    assert!(report.contains("image/png"), "{report}");
    let (story, report) = told_of("<content type=\"image/png\">iVBORw0KGgo</content>");
    assert_eq!(story, "");
    assert!(
        report.contains("it has no text") && report.contains("image/png"),
        "{report}"
    );
}

#[test]
fn a_draft_in_a_feed_is_none_of_the_stories() {
    let text = "<content type=\"html\">High water.</content>";
    let draft = |said: &str| format!("<control><draft>{said}</draft></control>");
    let app = |says: &str| {
        draft(says)
            .replace("</", "</app:")
            .replace("<control", "<app:control")
    };
    let app = |says: &str| app(says).replace("<draft", "<app:draft");
    for (said, why) in [
        (app("yes"), Some("drafts")),
        (app(" YES "), Some("drafts")),
        (app(""), Some("drafts")),
        (app("yes").replace("app:", "pub:"), Some("drafts")),
        (
            draft("yes").replace("<control", "<control xmlns=\"http://purl.org/atom/app#\""),
            Some("drafts"),
        ),
        (app("no"), None),
        ("<app:control/>".to_owned(), None),
        ("<blogger:status>LIVE</blogger:status>".to_owned(), None),
        (
            "<blogger:status>DRAFT</blogger:status>".to_owned(),
            Some("drafts"),
        ),
        (
            "<blogger:status>SOFT_TRASHED</blogger:status>".to_owned(),
            Some("not public (\"\"soft_trashed\"\")"),
        ),
    ] {
        let (story, report) = told_of(&format!("{text}{said}"));
        assert_eq!(story.is_empty(), why.is_some(), "{said}: {story}");
        let told = why.is_none_or(|why| {
            report.contains(&format!("left out,,{why}"))
                || report.contains(&format!("left out,,\"{why}\""))
        });
        assert!(told, "{said}: {report}");
    }
}

#[test]
fn what_blogger_has_beside_posts_is_no_story_and_counted_by_what_it_is() {
    let text = "<content type=\"html\">High water.</content><category term=\"Harbour\"/>";
    for kind in ["post", "comment", "settings", "template", "page"] {
        let former = format!(
            "<category scheme=\"http://schemas.google.com/g/2005#kind\" \
             term=\"http://schemas.google.com/blogger/2008/kind#{kind}\"/>"
        );
        let present = format!("<blogger:type>{}</blogger:type>", kind.to_uppercase());
        for said in [former, present] {
            let (story, report) = told_of(&format!("{said}{text}"));
            if kind == "post" {
                assert!(story.contains("label = \"Harbour\""), "{story}");
                assert!(!story.contains("schemas.google.com"), "{story}");
                continue;
            }
            assert_eq!(story, "", "{said}");
            assert!(
                report.contains(&format!("of the kind \"\"{kind}\"\"")),
                "{report}"
            );
        }
    }
}

#[test]
fn an_entry_that_became_a_draft_is_told_with_its_file() {
    let press = Press::new();
    let wish = press.wish(Format::Feed);
    let feed = String::from_utf8(export("atom.xml")).expect("text");
    press.bring(&wish, feed.as_bytes()).ok();
    let control = "<app:control><app:draft>yes</app:draft></app:control></entry>";
    let feed = feed.replace("</entry>", control);
    let (summary, report) = press.bring(&wish, feed.as_bytes()).ok();
    assert_eq!(summary.withdrawn, 1, "{report}");
    assert!(report.contains(",stories/lido.md,"), "{report}");
}

/// A feed of these items, of which none has an id or an address.
fn nameless(items: &[(&str, &str, &str)]) -> Vec<u8> {
    let items = items.iter().map(|(title, date, text)| {
        format!(
            "<item><title>{title}</title><pubDate>{date}</pubDate>\
             <description>{text}</description></item>"
        )
    });
    let items: String = items.collect();
    format!("<rss version=\"2.0\"><channel><title>T</title>{items}</channel></rss>").into_bytes()
}

#[test]
fn entries_without_an_id_are_known_by_what_they_are() {
    let (monday, tuesday) = (
        "Mon, 05 Jan 2026 07:30:00 GMT",
        "Tue, 06 Jan 2026 07:30:00 GMT",
    );
    let press = Press::new();
    let wish = press.wish(Format::Feed);
    let bring = |items: &[(&str, &str, &str)]| {
        let (summary, report) = press.bring(&wish, &nameless(items)).ok();
        (
            [
                summary.stories,
                summary.same,
                summary.renewed,
                summary.failed,
            ],
            report,
        )
    };
    let first = ("Tide", monday, "High water.");
    assert_eq!(bring(&[first]).0, [1, 0, 0, 0]);
    // The next day another stands in its place.
    let second = ("Ferry", tuesday, "It is late.");
    assert_eq!(bring(&[second]).0, [1, 0, 0, 0]);
    assert_eq!(bring(&[second, first]).0, [0, 2, 0, 0]);
    assert!(press.read("stories/tide.md").contains("High water."));
    assert!(press.read("stories/ferry.md").contains("It is late."));
    // The same headline on another day is another story, and another text the same.
    assert_eq!(bring(&[("Tide", tuesday, "Low water.")]).0, [1, 0, 0, 0]);
    assert_eq!(bring(&[("Tide", monday, "No water.")]).0, [0, 0, 1, 0]);
    // What has no headline is told apart by its text.
    assert_eq!(bring(&[("", monday, "Fog.")]).0, [1, 0, 0, 0]);
    assert_eq!(bring(&[("", monday, "Frost.")]).0, [1, 0, 0, 0]);
    let (twice, report) = bring(&[first, first]);
    assert_eq!(twice, [0, 0, 1, 1]);
    assert!(
        report.contains("another entry of the same id came before"),
        "{report}"
    );
}
