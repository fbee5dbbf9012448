//! WordPress's export.

use ludgate_exports::Format;

use crate::press::{PAPER, Press, export, item, wordpress, wxr};

fn brought() -> (Press, String) {
    let press = Press::new();
    let (summary, report) = press
        .bring(&press.wish(Format::WordPress), &export("wordpress.xml"))
        .ok();
    assert_eq!(
        (summary.stories, summary.pages),
        (4, 1),
        "{summary:?}\n{report}"
    );
    assert_eq!((summary.scheduled, summary.failed), (1, 1), "{report}");
    (press, report)
}

#[test]
fn a_story_comes_over_with_all_that_is_said_of_it() {
    let (press, _) = brought();
    let story = press.read("stories/night-ferry.md");
    for line in [
        "title = \"Night ferry “survives” by three votes\"",
        "standfirst = \"The council kept the late boat, & for a year only.\"",
        "label = \"Harbour & quays\"",
        "byline = [\"Ines Marlow\"]",
        "published = 2026-03-05T06:00:00Z",
        "updated = 2026-03-05T16:40:00Z",
        "section = \"city\"",
        "tags = [\"Ferry\"]",
        "tier = \"metered\"",
        "file = \"quay-aerial.svg\"",
        "alt = \"The quay, seen from a kite\"",
        "caption = \"The quay from above.\"",
        "The late boat stays, **for a year**. The vote was 25 to 22 — see [the tide \
         table](/stories/tide-table) and [the minutes](https://elsewhere.example/a?b=1&c=2).",
        "![A lit ferry at the quay](ferry.png \"The 11.15 to Saltpan.\")",
        "## How they voted",
        "1. For: *twenty-five*",
        "   - of whom four walked out",
        "> It is a boat, not a balance sheet.",
        "| Boat | Built |",
        "| Tice \\| Ness | 1968 |",
        "[video.example/watch?v=tide](https://video.example/watch?v=tide)",
        "[The quay on a map](https://maps.example/quay)",
    ] {
        assert!(story.contains(line), "{line}\nin\n{story}");
    }
    for gone in ["alert", "steal", "stats.example", "<", "wp:"] {
        assert!(!story.contains(gone), "{gone} in\n{story}");
    }
}

#[test]
fn what_the_older_editor_wrote_is_parted_by_empty_lines() {
    let (press, _) = brought();
    let story = press.read("stories/tide-table.md");
    for part in [
        "High water is at noon on the first.\\\nIt was later last year \\[sic\\].\n\n",
        "![The boat at noon](ferry.png \"The boat at noon\")\n\n",
        "![The quay, seen from a kite](quay-aerial.svg \"The quay from above.\")",
        "![The tide table](ferry.png)",
        "\n\nRead us daily.\n\n",
        "[video.example/noon](https://video.example/noon)",
        "Read [how they voted](/stories/night-ferry), [an older page](https://post.example/2019/old-page/) and this.",
    ] {
        assert!(story.contains(part), "{part}\nin\n{story}");
    }
}

#[test]
fn nothing_that_was_not_public_comes_over() {
    let (press, report) = brought();
    for (file, bytes) in press.files() {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("CANARY"), "{file}");
    }
    for (title, why) in [
        ("A draft", "drafts"),
        ("A private one", "not public (\"\"private\"\")"),
        ("Behind a password", "behind a password"),
        (
            "Was to appear",
            "scheduled for a time that has passed since",
        ),
        ("A menu", "of the kind \"\"nav_menu_item\"\""),
    ] {
        let line = report
            .lines()
            .find(|line| line.contains(title))
            .expect(title);
        assert!(line.contains("left out") && line.contains(why), "{line}");
    }
}

#[test]
fn everything_that_did_not_come_whole_is_in_the_report_with_its_line() {
    let (_, report) = brought();
    let row = |title: &str| {
        let line = report.lines().find(|line| line.contains(title));
        line.unwrap_or_else(|| panic!("{title} in\n{report}"))
            .to_owned()
    };
    let ferry = row("Night ferry");
    for why in [
        "taken in part",
        "a script was left out",
        "an event handler was left out",
        "a tracking pixel was left out: https://stats.example/p.gif",
        "what was embedded became a link: https://maps.example/quay",
        "the block \"\"latest-posts\"\" has no text in the export",
        "a comment was left behind",
        "it was held at the top",
    ] {
        assert!(ferry.contains(why), "{why} in {ferry}");
    }
    let tides = row("The tide table");
    for why in [
        "shortcode [subscribe_box]",
        "an address that isn't safe was left out",
        "a page of the old site",
    ] {
        assert!(tides.contains(why), "{why} in {tides}");
    }
    let broken = report
        .lines()
        .find(|line| line.contains("not taken"))
        .expect("the broken one");
    let line: usize = broken
        .split(',')
        .next()
        .and_then(|line| line.parse().ok())
        .expect("a number");
    let text = String::from_utf8(export("wordpress.xml")).expect("text");
    assert!(
        text.lines()
            .nth(line)
            .expect("a line")
            .contains("A broken entry"),
        "{broken}"
    );
}

#[test]
fn old_addresses_lead_to_the_new_ones() {
    let (press, _) = brought();
    for (old, new) in [
        ("/2026/03/night-ferry/", "→ /stories/night-ferry"),
        ("/2026/03/night-ferry", "→ /stories/night-ferry"),
        ("/2026/04/%E6%BD%AE%E4%BD%8D/", "→ /stories/entry-104"),
        ("/about/", "→ /pages/about"),
    ] {
        assert_eq!(press.page(old), (301, new.to_owned()), "{old}");
    }
    assert_eq!(press.page("/2019/old-page/").0, 404);
    assert_eq!(
        press.page("/stories/next-week").0,
        404,
        "its time hasn't come"
    );
}

#[test]
fn what_comes_over_is_a_publication() {
    let (press, _) = brought();
    let (status, page) = press.page("/stories/night-ferry");
    assert_eq!(status, 200);
    assert!(
        page.contains("Harbour &amp; quays") && page.contains("alt=\"A lit ferry at the quay\""),
        "{page}"
    );
    assert!(press.page("/stories/entry-104").1.contains("「正確」"));
}

#[test]
fn emphasis_in_scripts_without_spaces_is_emphasis() {
    let (press, _) = brought();
    let story = press.read("stories/entry-104.md");
    assert!(story.contains("潮位計は「**正確**」だった。"), "{story}");
}

#[test]
fn a_new_paper_gets_the_sections_that_its_stories_need() {
    let press = Press::empty();
    let mut wish = press.wish(Format::WordPress);
    wish.sections.clear();
    let (summary, _) = press.bring(&wish, &export("wordpress.xml")).ok();
    assert_eq!(summary.new_sections.len(), 2, "{summary:?}");
    let paper = press.read("publication.toml");
    for line in [
        "name = \"The Stanner & Quay Post\"",
        "language = \"en-GB\"",
        "id = \"city\"",
        "name = \"Arts\"",
    ] {
        assert!(paper.contains(line), "{line} in\n{paper}");
    }
    press.publication();
}

#[test]
fn categories_that_nobody_has_spoken_of_are_asked_about_and_nothing_is_written() {
    let press = Press::new();
    press.put(
        "content/publication.toml",
        PAPER
            .replace("Arts", "Stage")
            .replace("arts", "stage")
            .as_bytes(),
    );
    let before = press.files();
    let mut wish = press.wish(Format::WordPress);
    wish.sections.clear();
    let brought = press.bring(&wish, &export("wordpress.xml"));
    let error = brought.summary.expect_err("unfiled").to_string();
    assert!(
        error.contains("\"Arts\"  2 stories") && !error.contains("City"),
        "{error}"
    );
    assert_eq!(press.files(), before);
    wish.sections = vec![("arts".to_owned(), "stage".to_owned())];
    press.bring(&wish, &export("wordpress.xml")).ok();
    assert!(
        press
            .read("stories/tide-table.md")
            .contains("section = \"stage\"")
    );
    wish.sections = vec![("arts".to_owned(), "nowhere".to_owned())];
    let error = press
        .bring(&wish, &export("wordpress.xml"))
        .summary
        .expect_err("no section");
    assert!(
        error
            .to_string()
            .contains("there is no section \"nowhere\""),
        "{error}"
    );
}

#[test]
fn names_that_are_taken_get_a_number_and_that_is_said() {
    let press = Press::new();
    press.put("content/stories/story-1.md", b"somebody's own");
    let twin = item(2, "Twin", "<p>Two.</p>").replace("story-2", "story-1");
    let items = format!("{}{twin}", item(1, "First", "<p>One.</p>"));
    let (summary, report) = press
        .bring(&press.wish(Format::WordPress), &wxr(&items))
        .ok();
    assert_eq!(summary.stories, 2, "{report}");
    assert_eq!(press.read("stories/story-1.md"), "somebody's own");
    assert!(press.read("stories/story-1-2.md").contains("First"));
    assert!(press.read("stories/story-1-3.md").contains("Twin"));
    assert_eq!(
        report.matches("its address was changed").count(),
        2,
        "{report}"
    );
}

#[test]
fn what_the_publisher_locks_gives_nothing_of_its_text_away() {
    let press = Press::new();
    let mut wish = press.wish(Format::WordPress);
    let export = wordpress("Tide", "<p>SECRET is the hour.</p>");
    wish.tier = access::Tier::Locked;
    press.bring(&wish, &export).ok();
    let story = press.read("stories/story-1.md");
    assert!(story.contains("standfirst = \"Tide\""), "{story}");
    wish.tier = access::Tier::Metered;
    press.bring(&wish, &export).ok();
    let story = press.read("stories/story-1.md");
    assert!(
        story.contains("standfirst = \"SECRET is the hour.\""),
        "{story}"
    );
}

#[test]
fn what_a_plugin_keeps_for_members_stays_theirs() {
    for (html, standfirst, preview) in [
        (
            "<p>A boat.</p>[restrict]<p>SECRET</p>[/restrict]",
            "A boat.",
            1,
        ),
        (
            "[members_only]<p>SECRET</p>[/members_only]<p>A boat.</p>",
            "Tide",
            0,
        ),
        (
            "<p>A boat: [mepr-show if=\"1\"]SECRET[/mepr-show]</p>",
            "A boat:",
            0,
        ),
        (
            "<p>A boat.</p><!-- wp:jetpack/paywall /--><p>SECRET</p>",
            "A boat.",
            1,
        ),
    ] {
        let press = Press::new();
        let mut wish = press.wish(Format::WordPress);
        wish.tier = access::Tier::Free;
        let export = wordpress("Tide", html);
        let export = String::from_utf8(export).expect("text").replace(
            "<wp:post_id>",
            "<excerpt:encoded><![CDATA[[restrict]SECRET[/restrict]]]></excerpt:encoded><wp:post_id>",
        );
        let (_, report) = press.bring(&wish, export.as_bytes()).ok();
        let story = press.read("stories/story-1.md");
        let (head, body) = story.split_once("+++\n\n").expect("a story");
        assert!(
            head.contains("tier = \"locked\"") && !head.contains("SECRET"),
            "{story}"
        );
        assert!(
            head.contains(&format!("standfirst = \"{standfirst}\"")),
            "{story}"
        );
        assert!(body.contains("SECRET"), "{story}");
        let opens = format!("\npreview = {preview}\n");
        assert!(head.contains(&opens), "{story}");
        assert!(report.contains("so the story is locked"), "{report}");
        let page = export
            .replace(">post<", ">page<")
            .replace("post_id>1", "post_id>2");
        press.bring(&wish, page.as_bytes()).ok();
        assert_eq!(press.read("pages/story-1.md"), "");
    }
}

#[test]
fn another_post_type_comes_where_it_is_said_to_be_stories() {
    let press = Press::new();
    let export = wxr(&item(1, "Recipe", "<p>Bake.</p>").replace(">post<", ">recipe<"));
    let mut wish = press.wish(Format::WordPress);
    let (summary, _) = press.bring(&wish, &export).ok();
    assert_eq!(summary.stories, 0);
    wish.kinds.push("recipe".to_owned());
    let (summary, _) = press.bring(&wish, &export).ok();
    assert_eq!(summary.stories, 1);
}

#[test]
fn pictures_that_are_missing_or_no_pictures_are_told_and_left_out() {
    let press = Press::new();
    press.put("uploads/anim.gif", b"GIF89a");
    press.put("uploads/liar.png", b"no picture at all");
    press.put(
        "uploads/bad.svg",
        b"<svg viewBox='0 0 1 1' onload='alert(1)'/>",
    );
    let too_long = usize::try_from(publication::largest_picture("a.png")).expect("a length") + 1;
    press.put("uploads/huge.png", &vec![0; too_long]);
    press.put(
        "uploads/huge-1024x768.png",
        &[crate::press::PNG, &[0; 64]].concat(),
    );
    let html: String = [
        "gone.png",
        "anim.gif",
        "liar.png",
        "bad.svg",
        "../../content/publication.toml",
        "huge.png",
    ]
    .iter()
    .fold(String::new(), |html, name| {
        html + &format!("<p><img src='https://post.example/wp-content/uploads/{name}' alt='x'></p>")
    });
    let export = wordpress("Pictures", &format!("<p>Words.</p>{html}"));
    let (summary, report) = press.bring(&press.wish(Format::WordPress), &export).ok();
    assert_eq!(summary.pictures, 1, "{report}");
    for why in [
        "isn't in the folder: gone.png",
        "anim.gif: it is neither",
        "liar.png",
        "bad.svg: it contains onload",
    ] {
        assert!(report.contains(why), "{why} in {report}");
    }
    let story = press.read("stories/story-1.md");
    assert!(story.contains("![x](huge-1024x768.png)"), "{story}");
    assert_eq!(story.matches("![").count(), 1, "{story}");
    press.publication();
}

#[test]
fn a_link_in_the_folder_of_pictures_does_not_lead_out_of_it() {
    let press = Press::new();
    press.put("secret.png", crate::press::PNG);
    let uploads = press.content().join("../uploads");
    std::os::unix::fs::symlink(
        press.content().join("../secret.png"),
        uploads.join("out.png"),
    )
    .expect("a link");
    let export = wordpress(
        "Out",
        "<p>Words.</p><img src='/wp-content/uploads/out.png' alt='x'>",
    );
    let (_, report) = press.bring(&press.wish(Format::WordPress), &export).ok();
    assert!(report.contains("isn't in the folder: out.png"), "{report}");
}
