//! Which addresses lead where, and which nowhere.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use ludgate_publication::Kind;
use paper::{TIDES, files, get, now, page, publication};
use proptest::prelude::*;

#[test]
fn every_page_has_one_address() {
    let publication = publication();
    for (address, to) in [
        ("/stories/tide-table/", "/stories/tide-table"),
        ("/sections/city/", "/sections/city"),
        ("/contact", "/pages/contact"),
        ("/contact/", "/pages/contact"),
        ("/search/?q=tide", "/search?q=tide"),
        ("/feed.xml/", "/feed.xml"),
        ("/stories/tide%2Dtable", "/stories/tide-table"),
        ("/authors/zoë-łącka", "/authors/zo%C3%AB-%C5%82%C4%85cka"),
        ("/sections/city?page=1", "/sections/city"),
        ("/sections/city?page=x", "/sections/city"),
        ("/stories/tide-table/?a=\r\nb", "/stories/tide-table"),
    ] {
        let response = get(&publication, address);
        assert_eq!(
            (response.status, response.kind),
            (301, Kind::Redirect),
            "{address}"
        );
        assert_eq!(response.redirect.as_deref(), Some(to), "{address}");
        assert_eq!(get(&publication, to).status, 200, "{to}");
    }
}

#[test]
fn browsers_find_the_icon_where_they_look_for_it() {
    let publication = publication();
    let icon = get(&publication, "/favicon.ico").redirect.unwrap();
    let link = format!("<link rel=\"icon\" href=\"{icon}\"");
    assert!(page(&publication, "/").contains(&link), "{link}");
    assert_eq!(get(&publication, &icon).content_type, "image/svg+xml");
}

#[test]
fn what_is_not_there_is_a_page_of_its_own() {
    let publication = publication();
    let long = format!("/stories/{}", "a".repeat(10_000));
    for address in [
        "/nothing",
        "/stories",
        "/stories/",
        "/stories/nothing",
        "/stories/Tide-Table",
        "",
        "/stories//tide-table",
        "//",
        "/sections/city/x",
        "/topics/",
        "/topics/nothing",
        "/pages/tide-table",
        "/index.html",
        "/sections/city?page=2",
        "/sections/city?page=0",
        "/sections/city?page=99999999999999999999999",
        "/assets/site.css",
        "stories/tide-table",
        "/stories/tide-table%00",
        "/stories%2Ftide-table",
        "/-/healthz",
        &long,
    ] {
        let response = get(&publication, address);
        if address.contains("999") {
            // Not a number that fits: the list itself.
            assert_eq!(response.redirect.as_deref(), Some("/sections/city"));
            continue;
        }
        assert_eq!(
            (response.status, response.kind),
            (404, Kind::Missing),
            "{address}"
        );
        let html = String::from_utf8(response.body.to_vec()).unwrap();
        assert!(html.contains("role=\"search\"") && html.contains("/stories/night-ferry"));
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"));
        assert!(!html.contains("rel=\"canonical\""));
    }
}

#[test]
fn pictures_are_looked_up_and_never_walked_to() {
    let publication = publication();
    let picture = get(&publication, "/pictures/ferry.svg");
    assert_eq!(
        (picture.status, picture.content_type),
        (200, "image/svg+xml")
    );
    for address in [
        "/pictures/../publication.toml",
        "/pictures/%2e%2e/publication.toml",
        "/pictures/..%2fpublication.toml",
        "/pictures/..%5cpublication.toml",
        "/pictures/%252e%252e%252fpublication.toml",
        "/pictures/./ferry.svg",
        "/pictures//ferry.svg",
        "/pictures/ferry.svg%00.png",
        "/pictures/../../../../etc/passwd",
        "/pictures/",
        "/publication.toml",
        "/stories/night-ferry.md",
    ] {
        let response = get(&publication, address);
        assert_eq!(response.status, 404, "{address}");
        assert!(
            !String::from_utf8_lossy(&response.body).contains("[[sections]]"),
            "{address}"
        );
    }
}

#[test]
fn a_story_appears_when_its_time_comes() {
    let publication = publication();
    assert_eq!(get(&publication, "/stories/tomorrow").status, 404);
    assert_eq!(get(&publication, "/topics/secrets").status, 404);
    assert_eq!(get(&publication, "/authors/nemo-nobody").status, 404);
    for path in publication.paths(now()) {
        let body = get(&publication, &path).body;
        assert!(
            !String::from_utf8_lossy(&body).contains("Embargoed"),
            "{path}"
        );
    }
    let due = "2026-11-24T06:00:00Z".parse().unwrap();
    assert_eq!(
        publication.respond("/stories/tomorrow", None, due).status,
        200
    );
    let front = publication.respond("/", None, due).body;
    assert!(String::from_utf8_lossy(&front).contains("Embargoed"));
    assert_eq!(publication.stories().len(), 5);
}

#[test]
fn a_change_to_come_is_not_told_yet() {
    let story = TIDES.replace("tier", "updated = 2026-12-24T06:00:00Z\ntier");
    let publication = files().with("stories/tide-table.md", story).load().unwrap();
    assert!(!page(&publication, "/stories/tide-table").contains("2026-12-24"));
}

#[test]
fn long_lists_are_cut_into_stable_pages() {
    let mut many = files();
    for number in 0..30 {
        let story = TIDES.replace("2026-11-18T06:00:00Z", "2026-11-01T06:00:00Z");
        many = many.with(&format!("stories/tide-{number:02}.md"), story);
    }
    let publication = many.load().unwrap();
    let mut seen = Vec::new();
    for number in 1..=3 {
        let address = match number {
            1 => "/topics/tides".to_owned(),
            _ => format!("/topics/tides?page={number}"),
        };
        let html = page(&publication, &address);
        assert!(html.contains(&format!("Page {number} of 3")));
        assert!(html.contains(&format!(
            "<link rel=\"canonical\" href=\"https://mercury.example{address}\">"
        )));
        assert_eq!(html.contains("rel=\"prev\""), number > 1);
        assert_eq!(html.contains("rel=\"next\""), number < 3);
        let titles = html.split("card__title\"><a href=\"").skip(1);
        seen.extend(titles.map(|rest| rest.split('"').next().unwrap().to_owned()));
    }
    let mut unique = seen.clone();
    unique.sort();
    unique.dedup();
    assert_eq!((seen.len(), unique.len()), (31, 31));
    assert_eq!(seen[0], "/stories/tide-table");
    assert_eq!(get(&publication, "/topics/tides?page=4").status, 404);
}

proptest! {
    #[test]
    fn no_address_breaks_anything(path in "/?\\PC{0,40}", query in "\\PC{0,40}") {
        thread_local! {
            static PAPER: ludgate_publication::Publication = publication();
        }
        PAPER.with(|paper| {
            let response = paper.respond(&path, Some(&query), now());
            assert!([200, 301, 404].contains(&response.status));
            if let Some(to) = response.redirect {
                assert!(to.starts_with('/') && !to.starts_with("//") && to.is_ascii());
            }
        });
    }
}
