//! What is made of the content is kept: what hasn't changed isn't looked into
//! again, and what is kept is never believed where it is wrong.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use std::cell::Cell;
use std::fs;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ludgate_publication::{
    Aids, Beginning, Changes, ContentErrors, Mistakes, Publication, Settings, Source,
};
use prompts::Messages;

use paper::{TIDES, files, get, page};

/// A content folder and what is derived from it.
struct Desk {
    dir: tempfile::TempDir,
    /// How many stories the last load looked into.
    looked: Cell<usize>,
}

impl Desk {
    fn new() -> Self {
        let desk = Self {
            dir: tempfile::tempdir().unwrap(),
            looked: Cell::new(0),
        };
        files().write(&desk.content());
        desk
    }

    fn content(&self) -> PathBuf {
        self.dir.path().join("content")
    }

    fn derived(&self) -> PathBuf {
        self.dir.path().join("derived")
    }

    fn write(&self, path: &str, text: &str) {
        let file = self.content().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    fn with<T>(&self, before: Option<&Publication>, load: impl FnOnce(Aids<'_>) -> T) -> T {
        let looked = AtomicUsize::new(0);
        let progress = |_: usize, of: usize| looked.store(of, Ordering::Relaxed);
        let aids = Aids {
            before,
            // Long after the files were written, so that their times can be
            // trusted.
            now: Some("2100-01-01T00:00:00Z".parse().unwrap()),
            mistakes: Mistakes::Refuse,
            progress: &progress,
        };
        let loaded = load(aids);
        self.looked.set(looked.into_inner());
        loaded
    }

    fn settings(&self, derived: bool) -> Settings {
        Settings {
            url: "https://mercury.example/".to_owned(),
            locale: "en".parse().unwrap(),
            zone: TimeZone::get("Europe/London").unwrap(),
            account: None,
            subscribe: None,
            app: None,
            give: None,
            derived: derived.then(|| self.derived()),
            beginning: Beginning::default(),
            search: None,
            texts: None,
            text_search: None,
        }
    }

    fn try_load(&self) -> Result<Publication, ContentErrors> {
        self.with(None, |aids| {
            let messages = Arc::new(Messages::builtin().unwrap());
            let source = Source::Folder(self.content());
            Publication::load_with(&source, self.settings(true), None, messages, aids)
        })
    }

    fn load(&self) -> Publication {
        self.try_load().unwrap_or_else(|errors| panic!("{errors}"))
    }

    /// The same with nothing kept.
    fn load_afresh(&self) -> Publication {
        let messages = Arc::new(Messages::builtin().unwrap());
        let source = Source::Folder(self.content());
        Publication::load(&source, self.settings(false), None, messages).unwrap()
    }

    fn renew(
        &self,
        before: &Publication,
        paths: Option<&[&str]>,
    ) -> Result<Publication, ContentErrors> {
        let source = Source::Folder(self.content());
        self.with(None, |aids| before.renewed(&source, paths, aids))
    }
}

/// Whether two publications answer alike, at every path and several times.
#[track_caller]
fn assert_alike(one: &Publication, other: &Publication) {
    for now in [
        "2026-11-17T12:00:00Z",
        "2026-11-23T17:00:00Z",
        "2027-01-01T00:00:00Z",
    ] {
        let now: Timestamp = now.parse().unwrap();
        let paths = one.paths(now);
        assert_eq!(paths, other.paths(now));
        for path in paths {
            let (a, b) = (
                one.respond(&path, None, now),
                other.respond(&path, None, now),
            );
            assert_eq!(a.body, b.body, "{path}");
        }
    }
}

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
