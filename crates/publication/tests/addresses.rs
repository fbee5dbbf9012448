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
fn old_addresses_lead_to_what_is_out_and_to_nothing_else() {
    let redirects = "\"/2019/tide/\" = \"/stories/tide-table\"\n\
                     \"/łódź\" = \"/sections/city\"\n\
                     \"/caf%C3%A9\" = \"/stories/tide-table\"\n\
                     \"/contact\" = \"/stories/tide-table\"\n\
                     \"/soon\" = \"/stories/tomorrow\"\n";
    let publication = files().with("redirects.toml", redirects).load().unwrap();
    for (address, to) in [
        ("/2019/tide", "/stories/tide-table"),
        ("/2019/tide/", "/stories/tide-table"),
        ("/2019/tide?a=b", "/stories/tide-table?a=b"),
        ("/%C5%82%C3%B3d%C5%BA", "/sections/city"),
        ("/caf%C3%A9", "/stories/tide-table"),
        // A page is there whatever a line says.
        ("/contact", "/pages/contact"),
    ] {
        let response = get(&publication, address);
        assert_eq!(response.status, 301, "{address}");
        assert_eq!(response.redirect.as_deref(), Some(to), "{address}");
    }
    for address in ["/soon", "/2019", "/2019/tide/x", "/2019%2Ftide"] {
        assert_eq!(get(&publication, address).status, 404, "{address}");
    }
    let wrong = files()
        .with("redirects.toml", "\"/a\" = \"/stories/none\"\n")
        .load();
    let errors = wrong.unwrap_err().to_string();
    assert!(
        errors.contains("redirects.toml:1: the link to /stories/none leads nowhere"),
        "{errors}"
    );
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
        "/sections/city?page=1",
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

/// The stories that a list shows, by their addresses.
fn listed(publication: &ludgate_publication::Publication, address: &str) -> Vec<String> {
    let html = page(publication, address);
    let canonical = format!("<link rel=\"canonical\" href=\"https://mercury.example{address}\">");
    assert!(html.contains(&canonical), "{address}");
    let titles = html.split("card__title\"><a href=\"").skip(1);
    titles
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[test]
fn a_page_of_a_list_keeps_its_stories_when_new_ones_appear() {
    let many = |count: usize| {
        (0..count).fold(files(), |files, number| {
            let hour = format!("2026-11-{:02}T{:02}:00:00Z", 1 + number / 24, number % 24);
            let story = TIDES.replace("2026-11-18T06:00:00Z", &hour);
            files.with(&format!("stories/tide-{number:02}.md"), story)
        })
    };
    let (before, after) = (many(35).load().unwrap(), many(59).load().unwrap());
    // With the tide table 36 and 60 stories: two full pages under the newest, or four.
    for number in 1..=2 {
        let address = format!("/topics/tides?page={number}");
        let stories = listed(&before, &address);
        assert_eq!(stories.len(), 12, "{address}");
        assert_eq!(stories, listed(&after, &address), "{address}");
        assert_eq!(
            stories.last().unwrap(),
            &format!("/stories/tide-{:02}", (number - 1) * 12)
        );
    }
    let mut all = listed(&after, "/topics/tides");
    assert_eq!(all[0], "/stories/tide-table");
    for number in (1..=4).rev() {
        let address = format!("/topics/tides?page={number}");
        let html = page(&after, &address);
        assert!(html.contains("rel=\"prev\""), "{address}");
        assert_eq!(html.contains("rel=\"next\""), number > 1, "{address}");
        all.extend(listed(&after, &address));
    }
    let unique: std::collections::BTreeSet<&String> = all.iter().collect();
    assert_eq!((all.len(), unique.len()), (60, 60));
    for nowhere in ["/topics/tides?page=5", "/topics/tides?page=0"] {
        assert_eq!(get(&after, nowhere).status, 404, "{nowhere}");
    }
    assert!(page(&after, "/topics/tides?page=1").contains("1 November 2026"));
}

proptest! {
    #[test]
    fn no_address_breaks_anything(path in "/?\\PC{0,40}", query in "\\PC{0,40}") {
        thread_local! {
            static PAPER: ludgate_publication::Publication = publication();
        }
        PAPER.with(|paper| {
            let response = paper.respond(&path, Some(&query), now());
            assert!([200, 301, 404, 410].contains(&response.status));
            if let Some(to) = response.redirect {
                assert!(to.starts_with('/') && !to.starts_with("//") && to.is_ascii());
            }
        });
    }
}
