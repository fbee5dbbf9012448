//! What came when everybody could read it, and isn't public at the old site any more.

use ludgate_exports::Format;

use crate::press::{Press, export, item, wordpress, wxr};

/// Brings an export over, then one in which `public` has become `closed`, and expects that
/// this is told of `file`, which stays as it is.
fn check(format: Format, export: &[u8], public: &str, closed: &str, file: &str, why: &str) {
    let press = Press::new();
    let mut wish = press.wish(format);
    press.bring(&wish, export).ok();
    let text = press.read(file);
    assert_ne!(text, "", "{file}");
    let export = String::from_utf8(export.to_vec()).expect("text");
    assert!(export.contains(public), "{public} in {export}");
    let export = export.replacen(public, closed, 1);
    let (first, _) = {
        let before = Press::new();
        before.bring(&before.wish(format), export.as_bytes()).ok()
    };
    assert_eq!(first.withdrawn, 0, "what never came isn't here: {closed}");
    for (write, replace) in [(false, false), (true, false), (true, true)] {
        (wish.write, wish.replace) = (write, replace);
        let (summary, report) = press.bring(&wish, export.as_bytes()).ok();
        let told = report.lines().find(|line| line.contains(file));
        let told = told.unwrap_or_else(|| panic!("{file} isn't in {report}"));
        for words in [
            &format!(",\"left out, and still here\",{file},"),
            why,
            "isn't public at the old site any more, but its file is still here and publishes it",
            "delete the file",
        ] {
            assert!(told.contains(words), "{words} in {told}");
        }
        assert_eq!(
            told.contains("list the story under [[gone]], or write [gone]"),
            file.starts_with("stories/"),
            "{told}"
        );
        let left_out: u64 = first.left_out.values().sum();
        let left_out_now: u64 = summary.left_out.values().sum();
        assert_eq!(
            (summary.withdrawn, left_out_now),
            (1, left_out - 1),
            "{summary:?}"
        );
        assert_eq!(press.read(file), text);
    }
}

#[test]
fn what_was_taken_back_at_the_old_site_is_told_with_its_file_here() {
    let (status, file) = ("<wp:status>publish<", "stories/story-1.md");
    let password = format!("<wp:post_password>x</wp:post_password>{status}");
    for (closed, why) in [
        ("<wp:status>private<", "not public (\"\"private\"\")"),
        ("<wp:status>draft<", "drafts"),
        ("<wp:status>pending<", "not public (\"\"pending\"\")"),
        ("<wp:status>trash<", "not public (\"\"trash\"\")"),
        (&password, "behind a password"),
    ] {
        let export = wordpress("Tide", "<p>High.</p>");
        check(Format::WordPress, &export, status, closed, file, why);
    }
    let ghost = export("ghost.json");
    let public = "\"status\":\"published\",\"visibility\":\"members\"";
    let draft = "\"status\":\"draft\",\"visibility\":\"members\"";
    let file = "stories/members-only.md";
    check(Format::Ghost, &ghost, public, draft, file, "drafts");
}

#[test]
fn a_page_that_not_everybody_may_read_any_more_is_told() {
    check(
        Format::Ghost,
        &export("ghost.json"),
        "\"type\":\"page\",\"status\":\"published\",\"visibility\":\"public\"",
        "\"type\":\"page\",\"status\":\"published\",\"visibility\":\"members\"",
        "pages/about.md",
        "pages that not everybody could read",
    );
}

#[test]
fn what_was_taken_back_here_too_is_not_told_again() {
    let press = Press::new();
    let mut wish = press.wish(Format::WordPress);
    let items = [1, 2, 3].map(|id| {
        let other = id % 3 + 1;
        let html = format!("<p>See <a href=\"https://post.example/{other}/\">this</a>.</p>");
        item(id, "Tide", &html)
    });
    let items = items.concat();
    press.bring(&wish, &wxr(&items)).ok();
    let closed = items.replacen("publish<", "private<", 2);
    std::fs::remove_file(press.content().join("stories/story-1.md")).expect("it is there");
    let gone = "\n[gone]\ndate = 2026-11-20\nreason = \"Wrong.\"\n+++\n\n";
    let text = press
        .read("stories/story-2.md")
        .replacen("+++\n\n", gone, 1);
    press.put("content/stories/story-2.md", text.as_bytes());
    for replace in [false, true] {
        wish.replace = replace;
        let (summary, report) = press.bring(&wish, &wxr(&closed)).ok();
        assert_eq!((summary.withdrawn, summary.stories), (0, 0), "{report}");
        assert_eq!(summary.left_out.values().sum::<u64>(), 2, "{report}");
        assert_eq!(press.read("stories/story-1.md"), "");
    }
    // Nothing leads to what is here no more, and no story does.
    assert!(!press.read("redirects.toml").contains("story-1"));
    assert!(press.read("stories/story-3.md").contains("post.example/1/"));
    assert_eq!(press.page("/2"), (301, "→ /stories/story-2".to_owned()));
    assert_eq!(press.page("/stories/story-2").0, 410);
}

#[test]
fn what_was_moved_into_a_folder_is_named_where_it_is() {
    let press = Press::new();
    let wish = press.wish(Format::WordPress);
    press.bring(&wish, &wordpress("Tide", "<p>High.</p>")).ok();
    let text = press.read("stories/story-1.md");
    press.put("content/stories/2026/story-1.md", text.as_bytes());
    std::fs::remove_file(press.content().join("stories/story-1.md")).expect("it is there");
    let export = String::from_utf8(wordpress("Tide", "<p>High.</p>")).expect("text");
    let export = export.replace("publish<", "private<");
    let (summary, report) = press.bring(&wish, export.as_bytes()).ok();
    assert_eq!(summary.withdrawn, 1, "{report}");
    assert!(report.contains(",stories/2026/story-1.md,"), "{report}");
}

#[test]
fn what_was_to_appear_and_came_is_not_taken_back_by_the_same_export_later() {
    let press = Press::new();
    let mut wish = press.wish(Format::WordPress);
    let export = String::from_utf8(wordpress("Tide", "<p>High.</p>")).expect("text");
    let export = export
        .replace("publish<", "future<")
        .replace("2026-", "2027-");
    press.bring(&wish, export.as_bytes()).ok();
    wish.now = "2027-06-01T00:00:00Z".parse().expect("a moment");
    let (summary, report) = press.bring(&wish, export.as_bytes()).ok();
    assert_eq!(summary.withdrawn, 0, "{report}");
}
