//! What is made of the content is kept: what hasn't changed isn't looked into
//! again, and what is kept is never believed where it is wrong.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use std::fs;
use std::os::unix::fs::FileExt;
use std::path::Path;

use jiff::Timestamp;
use ludgate_publication::{Changes, Publication};

use paper::desk::{Desk, assert_alike};
use paper::{TIDES, files, get, page};

#[test]
fn a_start_looks_only_into_stories_that_have_changed() {
    let desk = Desk::new();
    let first = desk.load();
    assert_eq!(desk.looked.get(), 5);
    let again = desk.load();
    assert_eq!(desk.looked.get(), 0);
    assert_alike(&first, &again);
    drop((first, again));

    desk.write("stories/tide-table.md", &TIDES.replace("at noon", "at one"));
    let changed = desk.load();
    assert_eq!(desk.looked.get(), 1);
    assert!(page(&changed, "/stories/tide-table").contains("High water is at one."));
    assert_alike(&changed, &desk.load_afresh());
}

#[test]
fn a_change_that_keeps_size_and_time_of_a_file_is_found() {
    let desk = Desk::new();
    drop(desk.load());
    let file = desk.content().join("stories/tide-table.md");
    let time = fs::metadata(&file).unwrap().modified().unwrap();
    desk.write("stories/tide-table.md", &TIDES.replace("noon", "dusk"));
    let times = fs::FileTimes::new().set_modified(time);
    fs::File::open(&file).unwrap().set_times(times).unwrap();
    assert!(page(&desk.load(), "/stories/tide-table").contains("at dusk"));
}

#[test]
fn a_story_is_told_as_it_was_read_whatever_becomes_of_its_file() {
    let desk = Desk::new();
    let publication = desk.load();
    desk.write("stories/tide-table.md", "half of a st");
    fs::remove_file(desk.content().join("stories/night-ferry.md")).unwrap();
    assert!(page(&publication, "/stories/tide-table").contains("High water is at noon."));
    assert!(page(&publication, "/stories/night-ferry").contains("zeppelin"));
    assert!(desk.renew(&publication, None).is_err(), "a broken story");
    assert!(page(&publication, "/stories/tide-table").contains("High water is at noon."));
}

#[test]
fn what_is_kept_is_made_again_where_it_is_damaged_and_nothing_wrong_is_shown() {
    /// Places that are damaged, in each file: every one is a load.
    const STEPS: u64 = 20;
    let desk = Desk::new();
    let expected = desk.load_afresh();
    drop(desk.load());
    for name in ["records", "texts-0"] {
        let path = desk.derived().join("catalogue").join(name);
        let length = fs::metadata(&path).unwrap().len();
        for step in 0..STEPS {
            let file = fs::OpenOptions::new()
                .read(true)
                .write(true)
                .open(&path)
                .unwrap();
            let at = length * step / STEPS;
            let mut byte = [0];
            file.read_exact_at(&mut byte, at.min(length - 1)).unwrap();
            file.write_all_at(&[byte[0] ^ 0x41], at.min(length - 1))
                .unwrap();
            drop(file);
            assert_alike(&desk.load(), &expected);
        }
    }
    for length in [0, 3, 60, 500] {
        for name in ["records", "texts-0"] {
            let path = desk.derived().join("catalogue").join(name);
            if let Ok(file) = fs::OpenOptions::new().write(true).open(&path) {
                file.set_len(length).unwrap();
            }
            assert_alike(&desk.load(), &expected);
        }
    }
    fs::remove_dir_all(desk.derived()).unwrap();
    assert_alike(&desk.load(), &expected);
}

#[test]
fn a_text_that_is_lost_is_no_page_and_no_other_text() {
    let desk = Desk::new();
    let publication = desk.load();
    let texts = desk.derived().join("catalogue/texts-0");
    fs::OpenOptions::new()
        .write(true)
        .open(texts)
        .unwrap()
        .set_len(0)
        .unwrap();
    // As long as the file is the same, the text is there.
    assert!(page(&publication, "/stories/hard-benches").contains("benches at the hall"));
    desk.write("stories/tide-table.md", &TIDES.replace("noon", "dusk"));
    assert_eq!(get(&publication, "/stories/tide-table").status, 500);
}

#[test]
fn where_nothing_can_be_kept_the_publication_is_there_all_the_same() {
    let desk = Desk::new();
    fs::write(desk.derived(), "a file in the place of the folder").unwrap();
    assert_alike(&desk.load(), &desk.load_afresh());
}

#[test]
fn a_written_story_is_looked_at_alone_and_the_others_are_not() {
    let desk = Desk::new();
    let before = desk.load();
    let path = "stories/tide-table.md";
    desk.write(path, &TIDES.replace("The tide table", "Another tide table"));
    let after = desk.renew(&before, Some(&[path])).unwrap();
    assert_eq!(desk.looked.get(), 0, "of all stories");
    assert_alike(&after, &desk.load_afresh());
    let Changes::Stories(slugs) = after.changes_since(&before) else {
        panic!("more than stories");
    };
    // The night ferry names the tide table as related.
    let slugs: Vec<&str> = slugs
        .iter()
        .map(ludgate_publication::Slug::as_str)
        .collect();
    assert_eq!(slugs, ["night-ferry", "tide-table"]);
}

#[test]
fn whatever_is_written_renewing_comes_to_the_same_as_loading() {
    let new = TIDES
        .replace("The tide table", "A new story")
        .replace("Tides", "Ward elections")
        .replace("2026-11-18", "2026-11-23");
    let sponsored = "tier = \"free\"\n\n[sponsor]\nname = \"A\"\nnote = \"B\"";
    let steps: [(&str, Option<String>); 12] = [
        ("stories/2026/11/new.md", Some(new.clone())),
        (
            "stories/2026/11/new.md",
            Some(new.replace("2026-11-23", "2026-11-01")),
        ),
        (
            "stories/2026/11/new.md",
            Some(new.replace("city", "opinion")),
        ),
        (
            "stories/2026/11/new.md",
            Some(new.replace("Ruth Adeyinka", "Ines Marlow")),
        ),
        (
            "stories/2026/11/new.md",
            Some(new.replace("tier = \"free\"", sponsored)),
        ),
        (
            "stories/2026/11/new.md",
            Some(new.replace("2026-11-23", "2026-12-24")),
        ),
        (
            "stories/2026/11/new.md",
            Some(new.replace(
                "section",
                "translation = \"tide-table\"\nlanguage = \"de\"\nsection",
            )),
        ),
        (
            "stories/2026/11/new.md",
            Some(new.replace(
                "\n+++\n\n",
                "\n[gone]\ndate = 2026-11-24\nreason = \"x\"\n+++\n\n",
            )),
        ),
        ("stories/2026/11/new.md", None),
        // What is referred to can't go before the reference has.
        (
            "stories/night-ferry.md",
            Some(paper::FERRY.replace(", \"hard-benches\"]", "]")),
        ),
        ("stories/hard-benches.md", None),
        (
            "publication.toml",
            Some(paper::PAPER.replace("Test", "Best")),
        ),
    ];
    let desk = Desk::new();
    let mut publication = desk.load();
    for (path, text) in steps {
        match text {
            Some(text) => desk.write(path, &text),
            None => fs::remove_file(desk.content().join(path)).unwrap(),
        }
        publication = desk
            .renew(&publication, Some(&[path]))
            .unwrap_or_else(|errors| panic!("{errors}"));
        assert_alike(&publication, &desk.load_afresh());
    }
    // What was found on the way is what a start believes.
    drop(publication);
    assert_alike(&desk.load(), &desk.load_afresh());
}

#[test]
fn a_mistake_is_told_with_its_line_and_once_mended_everything_is_taken_up() {
    let desk = Desk::new();
    let before = desk.load();
    let path = "stories/tide-table.md";
    desk.write(path, &TIDES.replace("2026-11-18T06:00:00Z", "2026-11-31"));
    desk.write(
        "stories/hard-benches.md",
        &paper::BENCHES.replace("In defence", "In praise"),
    );
    let paths = [path, "stories/hard-benches.md"];
    let errors = desk.renew(&before, Some(&paths)).unwrap_err().to_string();
    assert!(errors.starts_with("stories/tide-table.md:6:"), "{errors}");
    desk.write(path, TIDES);
    // Told of the one only, it still knows that there was another.
    let after = desk.renew(&before, Some(&[path])).unwrap();
    assert!(page(&after, "/stories/hard-benches").contains("In praise of hard benches"));
}

#[test]
fn a_dead_link_is_found_whoever_made_it_dead() {
    let desk = Desk::new();
    let before = desk.load();
    let file = desk.content().join("stories/tide-table.md");
    let kept = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    let errors = desk
        .renew(&before, Some(&["stories/tide-table.md"]))
        .unwrap_err();
    assert!(
        errors
            .to_string()
            .contains("stories/night-ferry.md:12: `related`"),
        "{errors}"
    );
    fs::write(&file, kept).unwrap();
    desk.write(
        "stories/tide-table.md",
        &TIDES
            .replace("related", "x")
            .replace("High water", "High [water](/topics/nothing)"),
    );
    let errors = desk
        .renew(&before, Some(&["stories/tide-table.md"]))
        .unwrap_err();
    assert!(errors.to_string().contains("leads nowhere"), "{errors}");
}

#[test]
fn of_very_many_mistakes_the_first_are_told_and_how_many_more_there_are() {
    let desk = Desk::new();
    for number in 0..1000 {
        let text = TIDES.replace("free", "gratis");
        desk.write(&format!("stories/many/wrong-{number:04}.md"), &text);
    }
    let errors = desk.try_load().unwrap_err();
    let text = errors.to_string();
    assert_eq!((errors.iter().count(), errors.more()), (100, 900));
    assert!(
        text.starts_with("stories/many/wrong-0000.md:8: `tier` must be"),
        "{text}"
    );
    assert!(text.ends_with("\nand 900 more mistakes"), "{text}");
}

#[test]
fn stories_may_lie_in_folders_but_have_one_name_each() {
    let desk = Desk::new();
    desk.write("stories/2026/11/spring.md", TIDES);
    desk.write("stories/2026/.git/config.md", "no story");
    assert!(page(&desk.load(), "/stories/spring").contains("High water"));
    desk.write("stories/2025/spring.md", TIDES);
    let errors = desk.try_load().unwrap_err().to_string();
    let expected =
        "stories/2026/11/spring.md: \"spring\" is already taken by stories/2025/spring.md";
    assert!(errors.starts_with(expected), "{errors}");
}

#[test]
fn links_that_lead_in_circles_or_out_of_the_content_end_the_walk() {
    let desk = Desk::new();
    let link = |from: &Path, name: &str| {
        std::os::unix::fs::symlink(from, desk.content().join(name)).unwrap();
    };
    link(&desk.content().join("stories"), "stories/round");
    let errors = desk.try_load().unwrap_err().to_string();
    assert!(
        errors.contains("stories/round: it is a link to a folder"),
        "{errors}"
    );
    fs::remove_file(desk.content().join("stories/round")).unwrap();
    link(desk.dir.path(), "stories/out");
    let errors = desk.try_load().unwrap_err().to_string();
    assert!(
        errors.contains("stories/out: it is a link out of"),
        "{errors}"
    );
    fs::remove_file(desk.content().join("stories/out")).unwrap();
    link(Path::new("nowhere.md"), "stories/lost.md");
    let errors = desk.try_load().unwrap_err().to_string();
    assert!(
        errors.contains("stories/lost.md: it can't be read"),
        "{errors}"
    );
}

#[test]
fn what_is_kept_stays_small_however_often_a_story_is_changed() {
    let desk = Desk::new();
    let mut publication = desk.load();
    let path = "stories/tide-table.md";
    for number in 0..150 {
        let text = format!("{TIDES}\n{}\n", format!("word{number} ").repeat(60_000));
        desk.write(path, &text);
        publication = desk.renew(&publication, Some(&[path])).unwrap();
    }
    publication = desk.renew(&publication, None).unwrap();
    let catalogue = desk.derived().join("catalogue");
    let sizes = fs::read_dir(catalogue).unwrap();
    let size: u64 = sizes
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    assert!(size < 64 << 20, "{size}");
    assert!(page(&publication, "/stories/tide-table").contains("word149"));
    drop(publication);
    assert!(page(&desk.load(), "/stories/tide-table").contains("word149"));
    assert_eq!(desk.looked.get(), 0);
}

#[test]
fn a_story_appears_at_its_moment_everywhere_and_not_before() {
    let publication = files().load().unwrap();
    let at = |text: &str| -> Timestamp { text.parse().unwrap() };
    let due = at("2026-11-24T06:00:00Z");
    assert_eq!(
        publication.next_appearance(at("2026-11-23T17:00:00Z")),
        Some(due)
    );
    assert_eq!(publication.next_appearance(due), None);
    for path in [
        "/",
        "/sections/city",
        "/feed.xml",
        "/sitemaps/news.xml",
        "/archive/2026/11",
    ] {
        let says = |now| {
            let body = publication.respond(path, None, now).body;
            let text = String::from_utf8_lossy(&body).into_owned();
            text.contains("Embargoed until tomorrow") || text.contains("/stories/tomorrow")
        };
        assert!(!says(at("2026-11-24T05:59:59.999Z")), "{path}");
        assert!(says(due), "{path}");
    }
    for path in [
        "/stories/tomorrow",
        "/topics/secrets",
        "/authors/nemo-nobody",
    ] {
        let status = |now| publication.respond(path, None, now).status;
        assert_eq!(status(at("2026-11-24T05:59:59.999Z")), 404, "{path}");
        assert_eq!(status(due), 200, "{path}");
    }
}

#[test]
fn a_story_has_another_version_when_its_file_has_changed_and_only_then() {
    let version = |text: &str| {
        let files = files().with("stories/tide-table.md", text);
        let publication = files.load().unwrap();
        let now = paper::now();
        let story = publication.story_out("tide-table", now).unwrap();
        Publication::version(story)
    };
    let first = version(TIDES);
    assert_eq!(version(TIDES), first);
    for changed in [
        TIDES.replace("at noon", "at one"),
        TIDES.replace("Ruth Adeyinka", "Ines Marlow"),
    ] {
        assert_ne!(version(&changed), first, "{changed}");
    }
}

#[test]
fn a_picture_that_was_taken_away_or_exchanged_since_isnt_there() {
    let desk = Desk::new();
    let publication = desk.load();
    assert_eq!(get(&publication, "/pictures/ferry.svg").status, 200);
    desk.write("pictures/ferry.svg", "<svg><script>alert(1)</script></svg>");
    assert_eq!(get(&publication, "/pictures/ferry.svg").status, 404);
    fs::remove_file(desk.content().join("pictures/ferry.svg")).unwrap();
    assert_eq!(get(&publication, "/pictures/ferry.svg").status, 404);
}
