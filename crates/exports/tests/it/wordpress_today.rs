//! An export as WordPress 6.7 writes it: every block of its editor, the older editor's
//! text, page builders, plugins' fields, and what was never public.

use ludgate_exports::Format;

use crate::press::{PNG, Press, export};

/// With a copy of the site's uploads, of which not all is what it is called.
fn brought() -> (Press, String) {
    let press = Press::empty();
    for (name, bytes) in [
        ("lock-gate-scaled.png", PNG),
        ("lock-gate-1024x683.png", PNG),
        ("Boîte-à-outils.png", PNG),
        ("fake.jpg", b"no picture"),
    ] {
        press.put(&format!("uploads/2026/10/{name}"), bytes);
    }
    let mut wish = press.wish(Format::WordPress);
    wish.sections = Vec::new();
    let (summary, report) = press.bring(&wish, &export("wordpress-6.7.xml")).ok();
    assert_eq!((summary.stories, summary.pages), (5, 1), "{report}");
    assert_eq!((summary.scheduled, summary.failed), (1, 0), "{report}");
    (press, report)
}

#[track_caller]
fn check_says(story: &str, says: &[&str]) {
    for words in says {
        assert!(story.contains(words), "{words}\nin\n{story}");
    }
}

#[test]
fn every_block_says_in_markdown_what_it_said() {
    let (press, report) = brought();
    let story = press.read("stories/the-lock.md");
    check_says(
        &story,
        &[
            "standfirst = \"The lock at Saltpan was shut for nine weeks. Nobody had written",
            "byline = [\"Mira Sand\"]",
            "label = \"Saltpan\"",
            "file = \"lock-gate-scaled.png\"\nalt = \"The lock gate at dusk\"\ncaption = \"The \
             gate from the bridge.\"",
            "nine weeks.\\[1\\] Nobody had written `if (a[b[0]]>1)` on it.",
            "![A lock gate](lock-gate-scaled.png \"The gate, shut. Photograph: M. Sand\")",
            "### In a group\n\nLeft column.\n\nRight column.",
            "> Water waits for nobody.\n>\n> *The lock keeper*",
            "![Tools](boite-a-outils.png \"Two views.\")",
            "Beside the media.",
            "On the cover.",
            "[Buy a ticket](https://tickets.example/)",
            "**How it was counted**\n\nTwice, by hand.",
            "The tide,\\\nthe tide",
            "```\ntide = 43 < 44 && !`wet`\n```",
            "\n---\n",
            "[The report](https://www.post.example/wp-content/uploads/2026/10/report.pdf)",
            "[The tide, recorded.](https://www.post.example/wp-content/uploads/2026/10/tide.mp3)",
            "[A film by its maker.](https://video.example/watch?v=lock)",
            "After the page break.",
            // What the older editor wrote stands between blocks as it was.
            "Left by the *older* editor.\n\nIn two paragraphs.",
            "1. By the keeper’s *own* count.",
        ],
    );
    for why in [
        "the block \"\"block\"\" has no text in the export",
        "fake.jpg: it is neither SVG, PNG, JPEG nor WebP",
        "a link leads to a page of the old site: https://www.post.example/tag/saltpan/",
        "a comment was left behind",
    ] {
        assert!(report.contains(why), "{why} in\n{report}");
    }
    let pictures = press.files();
    let pictures = pictures
        .iter()
        .filter(|(file, _)| file.starts_with("/pictures/"));
    assert_eq!(pictures.count(), 2, "no picture in two sizes");
}

#[test]
fn the_older_editor_and_page_builders_are_read_as_they_were_shown() {
    let (press, report) = brought();
    let story = press.read("stories/rain.md");
    check_says(
        &story,
        &[
            "**SALTPAN** – It rained on *the* fair.",
            "\"Never again,\" said Mr O'Dowd & co.\\\nHe had said so before.",
            "## What it cost\n\n- tents\n- tea",
            "![Gate](lock-gate-scaled.png \"The gate in rain.\")",
            // An address on a line of its own is a player there.
            "[https://video.example/watch?v=fair](https://video.example/watch?v=fair)",
            "Built with a builder.",
            "> Mud.",
            "[The lock](/stories/the-lock) and [again](/stories/the-lock)",
            "[player.example/1](https://player.example/1)",
        ],
    );
    for name in ["vc_row", "vc_column_text", "contact-form-7"] {
        let why = format!("the shortcode [{name}] was taken away");
        assert!(report.contains(&why), "{why} in\n{report}");
    }
}

#[test]
fn what_was_never_public_is_nowhere_and_the_rest_is_a_paper() {
    let (press, report) = brought();
    for (file, bytes) in press.files() {
        let text = String::from_utf8_lossy(&bytes);
        for secret in ["CANARY", "203.0.113.9", "mail.example", "a:6:{", "s3cret"] {
            assert!(!text.contains(secret), "{secret} in {file}");
        }
    }
    assert!(!report.contains("CANARY"), "{report}");
    let (status, page) = press.page("/stories/the-lock");
    assert!(
        status == 200 && page.contains("The tide, recorded."),
        "{page}"
    );
    assert_eq!(press.page("/2026/10/the-lock").1, "→ /stories/the-lock");
    assert_eq!(press.page("/stories/tomorrow").0, 404, "it appears in 2099");
    assert_eq!(press.page("/pages/about").0, 200);
}
