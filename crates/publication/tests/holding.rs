//! A story with a mistake is held back, and nothing else with it.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use std::fs;

use ludgate_publication::{Aids, Mistakes, Publication, Source};

use paper::desk::{Desk, assert_alike};
use paper::{TIDES, get, page};

/// The publication after `paths` were written, whoever made mistakes.
fn with_others_held_back(desk: &Desk, before: &Publication, paths: Option<&[&str]>) -> Publication {
    let source = Source::Folder(desk.content());
    let renewed = desk.with(None, |aids| {
        let mistakes = Mistakes::HoldBack;
        before.renewed(&source, paths, Aids { mistakes, ..aids })
    });
    renewed.unwrap_or_else(|errors| panic!("{errors}"))
}

fn held(publication: &Publication) -> String {
    let held = publication.held_back();
    held.map_or_else(String::new, |errors| errors.to_string())
}

#[test]
fn a_story_with_a_mistake_stays_as_it_was_and_holds_nothing_else_up() {
    const TIDE: &str = "stories/tide-table.md";
    const HARD: &str = "stories/hard-benches.md";
    const FRESH: &str = "stories/fresh.md";
    // As the watcher tells of single files, and where more may have changed.
    for is_told in [true, false] {
        let desk = Desk::new();
        let mut now = desk.load();
        let mut renew = |paths: &[&str]| {
            let paths = is_told.then_some(paths);
            now = with_others_held_back(&desk, &now, paths);
            let page = |path: &str| String::from_utf8_lossy(&get(&now, path).body).into_owned();
            let pages = [
                page("/stories/tide-table"),
                page("/stories/hard-benches"),
                page("/stories/fresh"),
            ];
            (held(&now), pages)
        };
        desk.write(TIDE, &TIDES.replace("2026-11-18T06:00:00Z", "2026-11-31"));
        let new = TIDES.replace("The tide table", "A fresh one");
        desk.write(
            FRESH,
            &new.replace("section = \"city\"", "section = \"ctiy\""),
        );
        let (wrong, [tide, ..]) = renew(&[TIDE, FRESH]);
        assert!(
            wrong.starts_with("stories/fresh.md:7: ")
                && wrong.contains("\nstories/tide-table.md:6: "),
            "{wrong}"
        );
        assert!(tide.contains("The tide table") && tide.contains("High water"));

        let praise = paper::BENCHES.replace("In defence", "In praise");
        desk.write(HARD, &praise);
        let (still, [tide, hard, fresh]) = renew(&[HARD]);
        assert_eq!(still, wrong);
        assert!(tide.contains("High water") && hard.contains("In praise of hard benches"));
        assert!(!fresh.contains("A fresh one"), "it never was sound");

        desk.write(FRESH, &new);
        let (still, [_, _, fresh]) = renew(&[FRESH]);
        assert!(still.starts_with("stories/tide-table.md:6:"), "{still}");
        assert!(fresh.contains("A fresh one"));

        desk.write(TIDE, &TIDES.replace("High water", "Low water"));
        let (nothing, [tide, ..]) = renew(&[TIDE]);
        assert_eq!(nothing, "");
        assert!(tide.contains("Low water"));
        assert_alike(&now, &desk.load_afresh());
    }
}

#[test]
fn what_is_wrong_elsewhere_or_in_too_many_changes_nothing() {
    let desk = Desk::new();
    let before = desk.load();
    let source = Source::Folder(desk.content());
    let refused = |text: &str| {
        let renewed = desk.with(None, |aids| {
            let mistakes = Mistakes::HoldBack;
            before.renewed(&source, None, Aids { mistakes, ..aids })
        });
        let errors = renewed.unwrap_err().to_string();
        assert!(errors.contains(text), "{errors}");
    };
    // Readers would find a dead link where a story was.
    let tide = desk.content().join("stories/tide-table.md");
    fs::remove_file(&tide).unwrap();
    refused("stories/night-ferry.md:12: `related`");
    desk.write("stories/tide-table.md", TIDES);
    desk.write("publication.toml", "name =");
    refused("publication.toml:1:");
    desk.write("publication.toml", paper::PAPER);
    for number in 0..101 {
        let text = TIDES.replace("free", "gratis");
        desk.write(&format!("stories/many/wrong-{number}.md"), &text);
    }
    refused("and 1 more mistake");
}

#[test]
fn of_two_files_of_one_name_the_one_that_came_later_is_held_back() {
    for other in ["stories/2026/tide-table.md", "stories/zone/tide-table.md"] {
        let desk = Desk::new();
        let before = desk.load();
        desk.write(other, &TIDES.replace("High water", "Low water"));
        let after = with_others_held_back(&desk, &before, Some(&[other]));
        assert!(page(&after, "/stories/tide-table").contains("High water"));
        assert!(
            held(&after).contains("is already taken by"),
            "{}",
            held(&after)
        );
        fs::remove_file(desk.content().join(other)).unwrap();
        let after = with_others_held_back(&desk, &after, Some(&[other]));
        assert_eq!(held(&after), "");
    }
}

#[test]
fn a_page_that_cant_be_served_is_held_back_like_one_that_is_written_wrong() {
    const TIDE: &str = "stories/tide-table.md";
    let desk = Desk::new();
    let before = desk.load();
    desk.write(TIDE, &TIDES.replace("High water", "Low water"));
    let after = desk.renew(&before, Some(&[TIDE])).unwrap();
    let why = || "its page is no good".to_owned();
    let slug = after.story("tide-table").unwrap().slug.clone();
    let held_back = after.holding_back(vec![(slug, why())], &before).unwrap();
    assert!(page(&held_back, "/stories/tide-table").contains("High water"));
    assert_eq!(
        held(&held_back),
        "stories/tide-table.md:11: its page is no good"
    );
    // It is looked at again with the next change, whatever that is.
    let mended = with_others_held_back(&desk, &held_back, Some(&["stories/hard-benches.md"]));
    assert!(page(&mended, "/stories/tide-table").contains("Low water"));
    assert_eq!(held(&mended), "");
}

#[test]
fn an_old_address_whose_story_was_deleted_holds_nothing_up() {
    const FRESH: &str = "stories/fresh.md";
    const HARD: &str = "stories/hard-benches.md";
    let desk = Desk::new();
    desk.write(FRESH, &TIDES.replace("The tide table", "A fresh one"));
    desk.write(
        "redirects.toml",
        "\"/old/fresh\" = \"/stories/fresh\"\n\"/old/tides\" = \"/stories/tide-table\"\n",
    );
    let before = desk.load();
    assert_eq!(get(&before, "/old/fresh").status, 301);
    fs::remove_file(desk.content().join(FRESH)).unwrap();
    // What is written afresh is refused, by its file and line.
    let refused = desk.try_load().unwrap_err().to_string();
    assert!(
        refused.contains("redirects.toml:1: the link to /stories/fresh leads nowhere"),
        "{refused}"
    );
    let after = with_others_held_back(&desk, &before, Some(&[FRESH]));
    assert!(
        held(&after).contains("redirects.toml:1:"),
        "{}",
        held(&after)
    );
    assert_eq!(after.held_back_count(), 0, "it is no story");
    assert_eq!(get(&after, "/stories/fresh").status, 404);
    assert_eq!(get(&after, "/old/fresh").status, 404);
    assert_eq!(get(&after, "/old/tides").status, 301);
    // The others go on changing, and the line is told of until it is put right.
    let text = fs::read_to_string(desk.content().join(HARD)).unwrap();
    desk.write(HARD, &text.replace("title = \"", "title = \"Very "));
    let after = with_others_held_back(&desk, &after, Some(&[HARD]));
    assert!(page(&after, "/stories/hard-benches").contains("Very "));
    assert!(
        held(&after).contains("redirects.toml:1:"),
        "{}",
        held(&after)
    );
    // It is there again, by whichever way.
    desk.write(FRESH, &TIDES.replace("The tide table", "A fresh one"));
    let whole = with_others_held_back(&desk, &after, Some(&[FRESH]));
    assert_eq!(held(&whole), "");
    assert_eq!(get(&whole, "/old/fresh").status, 301);
    fs::remove_file(desk.content().join(FRESH)).unwrap();
    let paper = fs::read_to_string(desk.content().join("publication.toml")).unwrap();
    let gone = "\n[[gone]]\nstory = \"fresh\"\ndate = 2026-11-20\nreason = \"It was wrong.\"\n";
    desk.write("publication.toml", &format!("{paper}{gone}"));
    let withdrawn = desk.load();
    assert_eq!(
        get(&withdrawn, "/old/fresh").redirect.as_deref(),
        Some("/stories/fresh")
    );
    assert_eq!(get(&withdrawn, "/stories/fresh").status, 410);
}

#[test]
fn nothing_was_put_right_or_withdrawn_after_today() {
    const TIDE: &str = "stories/tide-table.md";
    // The desk's today is the first of January 2100.
    let gone = |day: &str| format!("[gone]\ndate = {day}\nreason = \"x\"");
    let put_right = |day: &str| format!("[[correction]]\ndate = {day}\ntext = \"x\"");
    let with = |lines: &str| TIDES.replace("\"free\"", &format!("\"free\"\n{lines}"));
    for lines in [gone("2100-01-02"), put_right("2100-01-02")] {
        let desk = Desk::new();
        let before = desk.load();
        desk.write(TIDE, &with(&lines));
        let said = format!("{TIDE}:10: `date` is 2100-01-02, after today, 2100-01-01; write");
        for errors in [
            desk.try_load().unwrap_err(),
            desk.renew(&before, Some(&[TIDE])).unwrap_err(),
        ] {
            assert!(errors.to_string().starts_with(&said), "{errors}");
        }
    }
    let desk = Desk::new();
    let list = |day: &str| {
        let gone = format!("[[gone]]\nstory = \"a\"\ndate = {day}\nreason = \"x\"");
        paper::PAPER.to_owned() + &gone
    };
    desk.write("publication.toml", &list("2100-01-02"));
    let errors = desk.try_load().unwrap_err().to_string();
    assert!(errors.contains("which it was withdrawn"), "{errors}");
    for today in [gone("2100-01-01"), put_right("2100-01-01")] {
        desk.write("publication.toml", &list("2100-01-01"));
        desk.write(TIDE, &with(&today));
        desk.load();
    }
}
