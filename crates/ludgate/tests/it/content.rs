//! What the built-in publication's folder says, while and before it is served.

use std::fs;

use crate::buying::shop;
use crate::program::{Paper, Server, ask, get, said};

fn metric(paper: &Paper, server: &Server, name: &str) -> u64 {
    let token = fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let bearer = format!("Authorization: Bearer {}\r\n", token.trim());
    let (_, metrics) = get(server.admin, "/metrics", &bearer);
    let line = metrics
        .lines()
        .find(|line| line.starts_with(&format!("{name} ")));
    let value = line.and_then(|line| line.split(' ').nth(1)?.parse().ok());
    value.unwrap_or_else(|| panic!("no {name} in\n{metrics}"))
}

fn paper() -> Paper {
    let paper = Paper::new();
    for story in ["one", "two", "three"] {
        paper.story(story);
    }
    paper
}

#[test]
fn a_changed_story_is_on_its_page_and_in_lists_and_the_others_stay_in_memory() {
    let paper = paper();
    let mut server = paper.serve();
    for path in ["/", "/stories/one", "/stories/two", "/stories/three"] {
        assert_eq!(server.get(path, "").0, 200);
    }
    let pages = metric(&paper, &server, "ludgate_pages");
    paper.edit("content/stories/one.md", |text| {
        text.replace("called one", "called first")
    });
    server.wait_for("files changed");
    // The front page and the story itself, and neither of the others.
    assert_eq!(metric(&paper, &server, "ludgate_pages"), pages - 2);
    for path in ["/", "/stories/one", "/feed.xml", "/sections/news"] {
        assert!(server.get(path, "").1.contains("called first"), "{path}");
    }

    fs::create_dir(paper.path("content/stories/2026")).expect("a folder");
    paper.story("2026/four");
    server.wait_for("files changed");
    assert!(
        server
            .get("/stories/four", "")
            .1
            .contains("called 2026/four")
    );
    fs::remove_file(paper.path("content/stories/2026/four.md")).expect("removed");
    server.wait_for("files changed");
    assert_eq!(server.get("/stories/four", "").0, 404);
    assert!(!server.get("/", "").1.contains("2026/four"));
}

#[test]
fn what_editors_keep_beside_their_files_is_no_change() {
    let paper = paper();
    let mut server = paper.serve();
    fs::write(paper.path("content/stories/.one.md.swp"), "x").expect("a file");
    paper.edit("content/stories/one.md", |text| {
        text.replace("called one", "called first")
    });
    server.wait_for("files changed");
    fs::remove_file(paper.path("content/stories/.one.md.swp")).expect("removed");
    paper.edit("content/stories/two.md", |text| {
        text.replace("tier = ", "teir = ")
    });
    server.wait_for("stories/two.md:9: unknown key `teir`; did you mean `tier`?");
    assert!(server.get("/stories/two", "").1.contains("called two"));
    assert_eq!(metric(&paper, &server, "ludgate_publication_held_back"), 1);
    server.wait_for("files changed");
    // Nobody else's work waits for that.
    paper.edit("content/stories/three.md", |text| {
        text.replace("called three", "called third")
    });
    server.wait_for("files changed");
    assert!(server.get("/stories/three", "").1.contains("called third"));
    let token = fs::read_to_string(paper.path("data/admin-token")).expect("a token");
    let bearer = format!("Authorization: Bearer {}\r\n", token.trim());
    let (status, told) = ask(server.admin, "POST", "/reload", &bearer);
    assert_eq!(status, 200, "{told}");
    assert!(told.contains("stories/two.md:9:"), "{told}");
    assert_eq!(metric(&paper, &server, "ludgate_publication_held_back"), 1);
    paper.edit("content/stories/two.md", |text| {
        text.replace("teir = ", "tier = ")
    });
    server.wait_for("all stories are served as their files are again");
    assert_eq!(metric(&paper, &server, "ludgate_publication_held_back"), 0);
    assert_eq!(metric(&paper, &server, "ludgate_reload_failing"), 0);
}

#[test]
fn a_start_that_finds_everything_known_serves_the_same_and_so_does_one_without_what_was_derived() {
    let paper = paper();
    let page = |server: &Server| {
        let (_, page) = server.get("/pages/subscribe", "");
        let lines = page.lines().filter(|line| !line.starts_with("date: "));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let first = paper.serve();
    let expected = page(&first);
    drop(first);
    let derived = paper.path("data/publication");
    assert!(derived.join("catalogue/records").exists() && derived.join("cuts").exists());
    for damage in [false, true] {
        if damage {
            fs::write(derived.join("catalogue/records"), "no records").expect("written");
            fs::write(derived.join("cuts"), "no cuts").expect("written");
        }
        let server = paper.serve();
        assert_eq!(page(&server), expected);
        assert_eq!(metric(&paper, &server, "ludgate_publication_stories"), 4);
        assert_eq!(metric(&paper, &server, "ludgate_publication_unchecked"), 0);
        assert_eq!(metric(&paper, &server, "ludgate_publication_kept_back"), 0);
    }
}

#[test]
fn a_scheduled_story_appears_by_itself_on_every_list() {
    let paper = shop();
    paper.story("tomorrow");
    let due = in_two_weeks();
    paper.edit("content/stories/tomorrow.md", |text| {
        text.replace("2026-01-02T06:00:00Z", &due)
    });
    let server = paper.serve();
    let lists = ["/", "/sections/news", "/feed.xml"];
    let is_there = |path: &str| server.get(path, "").1.contains("/stories/tomorrow");
    for path in lists {
        assert!(!is_there(path), "{path}");
    }
    assert_eq!(server.get("/stories/tomorrow", "").0, 404);
    let (code, text) = said(&["clock", "advance", "1 month", "--data", &paper.data()]);
    assert_eq!(code, 0, "{text}");
    for path in lists {
        assert!(is_there(path), "{path}");
    }
    assert_eq!(server.get("/stories/tomorrow", "").0, 200);
}

/// A moment some two weeks after now.
#[expect(
    clippy::disallowed_methods,
    reason = "beside a server that lives by it"
)]
fn in_two_weeks() -> String {
    let due = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(24 * 14);
    due.to_string()
}

#[test]
fn a_story_says_itself_how_many_of_its_paragraphs_everybody_may_read() {
    let paper = Paper::new();
    // Without the words, the usual beginning; so too where they leave nothing locked.
    for (slug, tier, preview, first_locked, is_whole) in [
        ("none", "locked", "preview = 0\n", 0, false),
        ("two", "locked", "preview = 2\n", 2, false),
        ("fifteen", "metered", "preview = 15\n", 15, true),
        ("all", "locked", "preview = 20\n", 19, false),
        ("open", "free", "preview = 0\n", 0, true),
        ("usual", "locked", "", 19, false),
    ] {
        paper.story(slug);
        paper.edit(&format!("content/stories/{slug}.md"), |text| {
            text.replace(
                "tier = \"metered\"\n",
                &format!("tier = \"{tier}\"\n{preview}"),
            )
        });
        let server = paper.serve();
        let (status, page) = server.get(&format!("/stories/{slug}"), "");
        assert_eq!(status, 200, "{slug}");
        let has = |number: usize| page.contains(&format!("Paragraph {number} of {slug} has"));
        assert!(first_locked == 0 || has(0), "{slug}\n{page}");
        if (1..19).contains(&first_locked) {
            assert!(has(first_locked - 1), "{slug}\n{page}");
        }
        assert_eq!(has(first_locked), is_whole, "{slug}\n{page}");
        assert_eq!(has(19), is_whole, "{slug}\n{page}");
    }
}
