//! Bringing an export over twice, after a crash, and beside what was changed by hand.

use ludgate_exports::Format;

use crate::press::{Press, export, wordpress};

#[test]
fn a_second_run_changes_nothing() {
    for (format, name) in [
        (Format::WordPress, "wordpress.xml"),
        (Format::Ghost, "ghost.json"),
        (Format::Feed, "feed.xml"),
        (Format::Feed, "atom.xml"),
    ] {
        let press = Press::new();
        let wish = press.wish(format);
        let (first, _) = press.bring(&wish, &export(name)).ok();
        let before = press.files();
        let (second, report) = press.bring(&wish, &export(name)).ok();
        assert_eq!(press.files(), before, "{name}");
        let came = first.stories + first.pages;
        assert_eq!(
            (second.stories, second.pages, second.renewed),
            (0, 0, 0),
            "{name} {report}"
        );
        assert_eq!(
            (second.same, second.pictures, second.redirects),
            (came, 0, 0),
            "{name}"
        );
    }
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let press = Press::new();
    let before = press.files();
    let mut wish = press.wish(Format::WordPress);
    wish.write = false;
    let (tried, tried_report) = press.bring(&wish, &export("wordpress.xml")).ok();
    assert_eq!(press.files(), before);
    wish.write = true;
    let (mut written, report) = press.bring(&wish, &export("wordpress.xml")).ok();
    assert_eq!(tried_report, report);
    written.is_written = false;
    written.pictures = 0;
    assert_eq!(tried, written);
}

#[test]
fn what_was_changed_or_deleted_by_hand_stays_unless_that_is_asked_for() {
    let press = Press::new();
    let mut wish = press.wish(Format::WordPress);
    press.bring(&wish, &export("wordpress.xml")).ok();
    let edited = press
        .read("stories/night-ferry.md")
        .replace("late boat", "last boat");
    press.put("content/stories/night-ferry.md", edited.as_bytes());
    std::fs::remove_file(press.content().join("pages/about.md")).expect("it is there");
    let (summary, report) = press.bring(&wish, &export("wordpress.xml")).ok();
    assert_eq!(summary.by_hand, 2, "{report}");
    assert_eq!(press.read("stories/night-ferry.md"), edited);
    assert_eq!(press.read("pages/about.md"), "");
    for words in [
        "it was changed here by hand: --replace writes over it",
        "it came before and was deleted here: --replace brings it back",
    ] {
        assert!(report.contains(words), "{words} in {report}");
    }
    wish.replace = true;
    press.bring(&wish, &export("wordpress.xml")).ok();
    assert!(press.read("stories/night-ferry.md").contains("late boat"));
    assert!(press.read("pages/about.md").contains("Thursdays"));
}

#[test]
fn a_newer_export_renews_what_nobody_has_touched() {
    let press = Press::new();
    let wish = press.wish(Format::WordPress);
    press.bring(&wish, &wordpress("Tide", "<p>Old.</p>")).ok();
    let (summary, _) = press.bring(&wish, &wordpress("Tide", "<p>New.</p>")).ok();
    assert_eq!((summary.renewed, summary.stories), (1, 0));
    assert!(press.read("stories/story-1.md").contains("New."));
}

#[test]
fn a_run_that_broke_off_is_begun_again_and_nothing_is_doubled() {
    let press = Press::new();
    let wish = press.wish(Format::WordPress);
    press.bring(&wish, &export("wordpress.xml")).ok();
    let whole = press.files();
    let ledger = press.read(".imported.csv");
    let lines = ledger.lines().count();
    for kept in 0..=lines {
        // What a crash leaves: the ledger up to some line, the next torn, and every file
        // that is told of in it, the last perhaps not yet.
        let mut torn: String = ledger.split_inclusive('\n').take(kept).collect();
        torn.push_str("wordpress post.ex");
        let told = |file: &str| torn.contains(&format!(",{},", file.trim_start_matches('/')));
        for (file, _) in &whole {
            let is_paper = file.ends_with("publication.toml");
            if !is_paper && !told(file) {
                let _ = std::fs::remove_file(press.content().join(&file[1..]));
            }
        }
        press.put("content/.imported.csv", torn.as_bytes());
        press.bring(&wish, &export("wordpress.xml")).ok();
        assert_eq!(press.files(), whole, "after {kept} lines");
    }
}

#[test]
fn two_sites_in_one_folder_keep_apart() {
    let press = Press::new();
    let wish = press.wish(Format::WordPress);
    press.bring(&wish, &wordpress("One", "<p>One.</p>")).ok();
    let other = String::from_utf8(wordpress("Two", "<p>Two.</p>")).expect("text");
    let other = other.replace("post.example", "other.example");
    let (summary, _) = press.bring(&wish, other.as_bytes()).ok();
    assert_eq!(summary.stories, 1);
    assert!(press.read("stories/story-1.md").contains("One."));
    assert!(press.read("stories/story-1-2.md").contains("Two."));
}

#[test]
fn lines_of_redirects_that_somebody_wrote_stay_as_they_are() {
    let press = Press::new();
    let own = "# Ours\n\"/%31/\" = \"/sections/arts\"   # by hand\n\"/old\" = \"/\"";
    press.put("content/redirects.toml", own.as_bytes());
    press
        .bring(
            &press.wish(Format::WordPress),
            &wordpress("One", "<p>One.</p>"),
        )
        .ok();
    assert_eq!(press.read("redirects.toml"), own);
    assert_eq!(press.page("/1"), (301, "→ /sections/arts".to_owned()));
}

#[test]
fn a_ledger_that_makes_no_sense_is_an_error_with_its_line() {
    let press = Press::new();
    press.put("content/.imported.csv", b"key,stories/a.md,1\n,,\n");
    let brought = press.bring(
        &press.wish(Format::WordPress),
        &wordpress("One", "<p>One.</p>"),
    );
    let error = brought.summary.expect_err("no sense").to_string();
    assert!(error.contains(".imported.csv: line 2"), "{error}");
}

#[test]
fn a_story_that_was_moved_into_a_folder_is_known_there_and_never_doubled() {
    let press = Press::new();
    let mut wish = press.wish(Format::WordPress);
    let (old, new) = (
        wordpress("Tide", "<p>Old.</p>"),
        wordpress("Tide", "<p>New.</p>"),
    );
    press.bring(&wish, &old).ok();
    let moved = "stories/2026/01/story-1.md";
    let text = press.read("stories/story-1.md");
    press.put(&format!("content/{moved}"), text.as_bytes());
    std::fs::remove_file(press.content().join("stories/story-1.md")).expect("it is there");
    let check = |export: &[u8], wish: &ludgate_exports::Wish, expected: &str| {
        let (summary, report) = press.bring(wish, export).ok();
        assert_eq!(press.read("stories/story-1.md"), "", "{summary:?} {report}");
        assert!(press.read(moved).contains(expected), "{summary:?} {report}");
        let stories = press
            .files()
            .into_iter()
            .filter(|(file, _)| file.starts_with("/stories/"));
        assert_eq!(stories.count(), 1);
        press.publication();
        summary
    };
    assert_eq!(check(&old, &wish, "Old.").same, 1);
    assert_eq!(check(&new, &wish, "New.").renewed, 1);
    press.put(
        &format!("content/{moved}"),
        press.read(moved).replace("New", "By hand").as_bytes(),
    );
    assert_eq!(check(&old, &wish, "By hand").by_hand, 1);
    wish.replace = true;
    assert_eq!(check(&old, &wish, "Old.").renewed, 1);
}

#[test]
fn a_name_that_is_had_in_a_folder_is_taken() {
    let press = Press::new();
    let mut own = String::from_utf8(wordpress("Tide", "<p>Ours.</p>")).expect("text");
    own = own.replace("story-1", "tide");
    let wish = press.wish(Format::WordPress);
    press.bring(&wish, own.as_bytes()).ok();
    let text = press
        .read("stories/tide.md")
        .replace("2026-01-02", "2026-01-03");
    std::fs::remove_file(press.content().join("stories/tide.md")).expect("it is there");
    std::fs::remove_file(press.content().join(".imported.csv")).expect("it is there");
    press.put("content/stories/a/b/tide.md", text.as_bytes());
    let (summary, report) = press.bring(&wish, own.as_bytes()).ok();
    assert_eq!(summary.stories, 1, "{report}");
    assert!(report.contains("\"\"tide\"\" was taken"), "{report}");
    assert!(press.read("stories/tide-2.md").contains("Ours."));
    press.publication();
}

#[test]
fn an_old_address_goes_with_the_story_that_was_deleted_by_hand() {
    let press = Press::new();
    let mut wish = press.wish(Format::WordPress);
    let export = crate::press::wxr(
        &[1, 2, 3]
            .map(|id| crate::press::item(id, "Tide", "<p>High.</p>"))
            .concat(),
    );
    press.bring(&wish, &export).ok();
    let own = press.read("redirects.toml") + "\"/mine\" = \"/stories/story-3\" # by hand\n";
    press.put("content/redirects.toml", own.as_bytes());
    for id in [1, 2] {
        let file = press.content().join(format!("stories/story-{id}.md"));
        std::fs::remove_file(file).expect("it is there");
    }
    let gone = "\n[[gone]]\nstory = \"story-2\"\ndate = 2026-11-20\nreason = \"Wrong.\"\n";
    press.put(
        "content/publication.toml",
        format!("{}{gone}", crate::press::PAPER).as_bytes(),
    );
    wish.write = false;
    let (tried, _) = press.bring(&wish, &export).ok();
    assert_eq!((tried.redirects_ended, tried.redirects), (1, 0));
    assert_eq!(press.read("redirects.toml"), own);
    wish.write = true;
    let (summary, _) = press.bring(&wish, &export).ok();
    assert_eq!((summary.redirects_ended, summary.by_hand), (1, 2));
    assert_eq!(
        press.read("redirects.toml"),
        own.replace("\"/1\" = \"/stories/story-1\"\n", "")
    );
    assert_eq!(press.page("/1").0, 404);
    assert_eq!(press.page("/2"), (301, "→ /stories/story-2".to_owned()));
    assert_eq!(press.page("/stories/story-2").0, 410);
    wish.replace = true;
    press.put("content/publication.toml", crate::press::PAPER.as_bytes());
    press.bring(&wish, &export).ok();
    assert_eq!(press.page("/1"), (301, "→ /stories/story-1".to_owned()));
}

#[test]
fn the_ledger_has_a_line_for_each_when_the_next_run_has_written() {
    let press = Press::new();
    let mut wish = press.wish(Format::WordPress);
    let text = |words: &str| wordpress("Tide", &format!("<p>{words}</p>"));
    for words in ["One.", "Two.", "Three."] {
        press.bring(&wish, &text(words)).ok();
    }
    let before = press.read(".imported.csv");
    // What holds of former runs, and the two of this one.
    assert_eq!(before.lines().count(), 3, "{before}");
    let torn = format!("{before}wordpress post.ex");
    press.put("content/.imported.csv", torn.as_bytes());
    wish.write = false;
    press.bring(&wish, &text("Four.")).ok();
    assert_eq!(
        press.read(".imported.csv"),
        torn,
        "a dry run writes nothing"
    );
    wish.write = true;
    let (summary, _) = press.bring(&wish, &text("Four.")).ok();
    assert_eq!((summary.renewed, summary.stories), (1, 0));
    let after = press.read(".imported.csv");
    assert_eq!(after.lines().count(), 3, "{after}");
    assert!(
        !after.contains("post.ex\n") && after.ends_with('\n'),
        "{after}"
    );
}

#[test]
fn a_ledger_of_hundreds_of_thousands_of_stories_stands_in_nobodys_way() {
    let press = Press::new();
    let wish = press.wish(Format::WordPress);
    press.bring(&wish, &wordpress("Tide", "<p>One.</p>")).ok();
    let name = "a-name-as-long-as-headlines-are-in-addresses-of-a-newspaper-of-some-length";
    // Two lines for each, as a first run leaves them: more than 64 MB.
    let lines: String = (0..250_000).fold(press.read(".imported.csv"), |all, id| {
        let line =
            format!("wordpress news.example https://news.example/?p={id},stories/{name}-{id}.md,");
        all + &line + "\n" + &line + "0123456789abcdef\n"
    });
    assert!(lines.len() > 64 * 1024 * 1024);
    press.put("content/.imported.csv", lines.as_bytes());
    let (summary, report) = press.bring(&wish, &wordpress("Tide", "<p>Two.</p>")).ok();
    assert_eq!((summary.renewed, summary.stories), (1, 0), "{report}");
    assert!(press.read(".imported.csv").lines().count() < 250_010);
}
