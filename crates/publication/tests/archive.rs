//! The archive and the page of corrections.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use ludgate_publication::Publication;
use paper::{TIDES, files, get, page, publication};

/// The stories of a page, in its order.
fn stories(publication: &Publication, address: &str) -> Vec<String> {
    let html = page(publication, address);
    let main = html.split("<main").nth(1).unwrap();
    let main = main.split("</main>").next().unwrap();
    let links = main.split("><a href=\"/stories/").skip(1);
    links
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[test]
fn everything_is_found_by_the_day_it_appeared() {
    let publication = publication();
    let all = page(&publication, "/archive");
    assert!(all.contains("<a href=\"/archive/2026\">2026</a>"));
    let year = page(&publication, "/archive/2026");
    assert!(year.contains("<a href=\"/archive/2026/11\">November 2026</a>"));
    let month = ["night-ferry", "tide-table", "hard-benches", "shop-lease"];
    assert_eq!(stories(&publication, "/archive/2026/11"), month);
    let html = page(&publication, "/archive/2026/11");
    assert!(html.contains("href=\"/archive/2026/11/18\">Wednesday 18 November 2026</a>"));
    assert_eq!(stories(&publication, "/archive/2026/11/18"), ["tide-table"]);
    for nothing in [
        "/archive/2025",
        "/archive/2026/10",
        "/archive/2026/11/19",
        // The story of that day isn't out.
        "/archive/2026/11/24",
        "/archive/2026/11/31",
        "/archive/2026/11/18?page=2",
        "/archive/2026/11/18?page=0",
        "/archive/9999/12/31",
    ] {
        assert_eq!(get(&publication, nothing).status, 404, "{nothing}");
    }
    let once = get(&publication, "/archive/2026/11/18?page=1");
    assert_eq!(once.redirect.as_deref(), Some("/archive/2026/11/18"));
}

#[test]
fn a_day_is_one_of_the_papers_own() {
    // Half past twelve at night in London's summer is still the day before in UTC.
    let story = TIDES.replace("2026-11-18T06:00:00Z", "2026-07-01T23:30:00Z");
    let publication = files().with("stories/tide-table.md", story).load().unwrap();
    assert_eq!(stories(&publication, "/archive/2026/07/02"), ["tide-table"]);
    assert_eq!(get(&publication, "/archive/2026/07/01").status, 404);
}

#[test]
fn a_days_pages_keep_their_stories_while_the_day_goes_on() {
    let many = |count: usize| {
        let all = (0..count).fold(files(), |files, number| {
            let time = format!("2026-11-23T00:{number:02}:00Z");
            let story = TIDES.replace("2026-11-18T06:00:00Z", &time);
            files.with(&format!("stories/tide-{number:02}.md"), story)
        });
        all.load().unwrap()
    };
    let (before, after) = (many(45), many(59));
    let first = stories(&before, "/archive/2026/11/23");
    assert_eq!((first.len(), first[0].as_str()), (40, "tide-00"));
    assert_eq!(first, stories(&after, "/archive/2026/11/23"));
    let second = stories(&before, "/archive/2026/11/23?page=2");
    assert_eq!((second.len(), second[0].as_str()), (5, "tide-40"));
    let later = stories(&after, "/archive/2026/11/23?page=2");
    assert_eq!(later[..5], second[..]);
    // The month shows some of them, and says how many there are.
    let month = page(&after, "/archive/2026/11");
    assert!(month.contains("All 59 stories of the day"));
    assert!(stories(&after, "/archive/2026/11").len() < 20);
}

#[test]
fn what_was_put_right_is_listed_by_its_day() {
    let correction = "[[correction]]\ndate = 2025-12-31\ntext = \"It was 1867.\"\n\n\
                      [[correction]]\ndate = 2026-11-22\ntext = \"It was noon.\"\n+++\n\nHigh";
    let tides = TIDES.replace("+++\n\nHigh", correction);
    let publication = files().with("stories/tide-table.md", tides).load().unwrap();
    let latest = page(&publication, "/corrections");
    let at = |text: &str| latest.find(text).unwrap_or_else(|| panic!("{text}"));
    assert!(at("It was noon.") < at("The vote was 25 to 22."));
    assert!(at("22 November 2026") < at("21 November 2026"));
    assert!(!latest.contains("It was 1867."));
    assert!(latest.contains("href=\"/corrections/2025\">2025</a>"));
    assert_eq!(latest, page(&publication, "/corrections/2026"));
    let before = page(&publication, "/corrections/2025");
    assert!(before.contains("It was 1867.") && before.contains("href=\"/stories/tide-table\""));
    for nothing in [
        "/corrections/2024",
        "/corrections/2026/11",
        "/corrections/26",
    ] {
        assert_eq!(get(&publication, nothing).status, 404, "{nothing}");
    }
}

#[test]
fn a_paper_that_had_nothing_to_put_right_says_so() {
    let publication = files().without("stories/night-ferry.md");
    let tides = TIDES.to_owned();
    let paper = paper::PAPER.replace("lead = \"night-ferry\"", "");
    let publication = publication
        .with("publication.toml", paper)
        .with("stories/tide-table.md", tides)
        .load()
        .unwrap();
    let html = page(&publication, "/corrections");
    assert!(html.contains("Nothing has had to be put right so far."));
}
