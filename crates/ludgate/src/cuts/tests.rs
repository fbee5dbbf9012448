//! What is looked at before it is served, what afterwards, and what is known from one
//! start to the next.

use std::path::Path;

use prompts::{Locale, Messages};
use publication::{Settings, Source};

use super::*;

fn publication(content: &Path) -> Arc<Publication> {
    Arc::new(load(content))
}

fn load(content: &Path) -> Publication {
    let settings = Settings {
        url: "http://127.0.0.1".to_owned(),
        locale: Locale::english(),
        zone: jiff::tz::TimeZone::UTC,
        account: None,
        subscribe: None,
        app: None,
        give: None,
        derived: None,
        beginning: publication::Beginning::default(),
        search: None,
        texts: None,
        text_search: None,
    };
    let messages = Arc::new(Messages::load(None).expect("the messages"));
    let source = Source::Folder(content.to_owned());
    Publication::load(&source, settings, None, messages).expect("a publication")
}

fn how(body: &str) -> page::Options {
    let origin = page::Origin::parse("http://127.0.0.1").expect("an origin");
    page::Options::new(origin).body([body]).expect("a selector")
}

fn content() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let starter = Path::new(env!("CARGO_MANIFEST_DIR")).join("starter/content");
    for file in ["publication.toml", "stories/hello.md", "pages/subscribe.md"] {
        let to = dir.path().join(file);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::copy(starter.join(file), to).expect("copied");
    }
    dir
}

#[test]
fn a_page_is_taken_apart_again_only_once_it_or_the_way_it_is_cut_has_changed() {
    let dir = content();
    let cuts = Cuts::default();
    let check = |body| cuts.check(&publication(dir.path()), &how(body)).ok();
    assert_eq!(check(".story-body"), Some(1));
    assert_eq!(check(".story-body"), Some(0));
    assert_eq!(check("div.story-body, .story-body"), Some(1));
    let story = dir.path().join("stories/hello.md");
    let text = std::fs::read_to_string(&story).expect("a story");
    std::fs::write(&story, text + "\nAnd more.\n").expect("written");
    assert_eq!(check("div.story-body, .story-body"), Some(1));
    assert_eq!(check(".story-bdoy"), None);
    assert_eq!(check(".story-bdoy"), None, "known by nobody as sound");
}

#[test]
fn what_was_sound_is_known_after_a_start_unless_the_notes_are_damaged() {
    let (dir, data) = (content(), tempfile::tempdir().expect("a folder"));
    let check = || {
        let cuts = Cuts::noted_in(data.path(), ProgressBar::hidden());
        let found = cuts.check(&publication(dir.path()), &how(".story-body"));
        found.expect("sound")
    };
    assert_eq!((check(), check()), (1, 0));
    let notes = data.path().join("cuts");
    let mut bytes = std::fs::read(&notes).expect("notes");
    bytes[40] ^= 1;
    std::fs::write(&notes, bytes).expect("written");
    assert_eq!((check(), check()), (1, 0));
}

#[test]
fn of_very_many_the_latest_are_looked_at_first_and_the_others_while_they_are_served() {
    let (dir, data) = (content(), tempfile::tempdir().expect("a folder"));
    let text = std::fs::read_to_string(dir.path().join("stories/hello.md")).expect("a story");
    for number in 0..AT_ONCE + 20 {
        let file = dir.path().join(format!("stories/more-{number}.md"));
        std::fs::write(file, &text).expect("written");
    }
    let publication = publication(dir.path());
    let cuts = Arc::new(Cuts::noted_in(data.path(), ProgressBar::hidden()));
    let how = how(".story-body");
    assert_eq!(cuts.check(&publication, &how).expect("sound"), AT_ONCE);
    assert_eq!(cuts.left(), 21);
    let (turn, left) = cuts.turn(|sound| (sound.turn, std::mem::take(&mut sound.left)));
    cuts.look_at(&publication, &how, turn, &left);
    assert_eq!((cuts.left(), cuts.unsound()), (0, 0));
    let again = Cuts::noted_in(data.path(), ProgressBar::hidden());
    assert_eq!(again.check(&publication, &how).expect("sound"), 0);
}

/// A quotation in a quotation in more of them than any page may nest.
fn too_deep() -> String {
    "> ".repeat(1100) + "so deep"
}

#[test]
fn one_that_is_found_unsound_afterwards_is_kept_back_and_holds_no_change_up() {
    let (dir, data) = (content(), tempfile::tempdir().expect("a folder"));
    let stories = dir.path().join("stories");
    let text = std::fs::read_to_string(stories.join("hello.md")).expect("a story");
    let deep = text.replace("2026", "2020") + "\n" + &too_deep() + "\n";
    std::fs::write(stories.join("deep.md"), &deep).expect("written");
    for number in 0..AT_ONCE {
        let file = stories.join(format!("more-{number}.md"));
        std::fs::write(file, &text).expect("written");
    }
    let cuts = Arc::new(Cuts::noted_in(data.path(), ProgressBar::hidden()));
    let (how, before) = (how(".story-body"), publication(dir.path()));
    cuts.check(&before, &how).expect("the latest are sound");
    let (turn, left) = cuts.turn(|sound| (sound.turn, std::mem::take(&mut sound.left)));
    cuts.look_at(&before, &how, turn, &left);
    assert_eq!((cuts.left(), cuts.unsound()), (0, 1));

    std::fs::write(stories.join("hello.md"), text.clone() + "\nAnd more.\n").expect("written");
    let settled = cuts.settle(load(dir.path()), Some(&before), &how);
    assert!(settled.is_ok(), "{settled:?}");
    assert_eq!(cuts.unsound(), 1, "and it is known still");
    let again = Cuts::noted_in(data.path(), ProgressBar::hidden());
    let started = again.settle(load(dir.path()), None, &how);
    assert!(started.is_ok(), "{started:?}");
    assert_eq!(again.unsound(), 1, "a start isn't refused for it either");
    std::fs::write(stories.join("deep.md"), &text).expect("written");
    let settled = cuts.settle(load(dir.path()), Some(&before), &how);
    assert!(settled.is_ok(), "{settled:?}");
    assert_eq!(cuts.unsound(), 0);
}

#[test]
fn one_that_cant_be_cut_any_more_stays_as_it_was_and_is_told_by_file_and_line() {
    let dir = content();
    let (cuts, how) = (Cuts::default(), how(".story-body"));
    let before = cuts.settle(load(dir.path()), None, &how).expect("sound");
    let stories = dir.path().join("stories");
    let text = std::fs::read_to_string(stories.join("hello.md")).expect("a story");
    let deep = text.clone() + "\n" + &too_deep() + "\n";
    std::fs::write(stories.join("hello.md"), &deep).expect("written");
    std::fs::write(stories.join("new.md"), &text).expect("written");
    std::fs::write(stories.join("newer.md"), &deep).expect("written");
    let after = cuts.settle(load(dir.path()), Some(&before), &how);
    let after = after.expect("the others are sound");
    let held = after.held_back().expect("two are held back").to_string();
    assert!(
        held.starts_with("stories/hello.md:") && held.contains("\nstories/newer.md:"),
        "{held}"
    );
    assert!(held.contains("nested more than"), "{held}");
    let page = after.respond("/stories/hello", None, jiff::Timestamp::MAX);
    assert!(!String::from_utf8_lossy(&page.body).contains("so deep"));
    assert!(after.story("new").is_some() && after.story("newer").is_none());

    let wrong = cuts
        .settle(load(dir.path()), None, &how)
        .expect_err("at a start");
    assert!(wrong.to_string().contains("stories/hello.md:"), "{wrong}");
    let elsewhere = self::how(".story-bdoy");
    let wrong = cuts.settle(load(dir.path()), Some(&before), &elsewhere);
    assert!(wrong.is_err(), "the selector is wrong, and no story");
}
