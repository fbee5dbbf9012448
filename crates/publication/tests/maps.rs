//! Maps of the site for search engines, and what they are told to leave alone.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod paper;

use jiff::{SignedDuration, Timestamp};
use ludgate_publication::Publication;
use paper::{files, get, now, page, publication};

/// What stands in elements of that name.
fn elements<'a>(xml: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(open.as_str())
        .skip(1)
        .filter_map(|rest| rest.split(close.as_str()).next())
        .collect()
}

fn at(publication: &Publication, path: &str, now: Timestamp) -> String {
    let response = publication.respond(path, None, now);
    assert_eq!(response.status, 200, "{path}");
    String::from_utf8(response.body.to_vec()).unwrap()
}

/// Story after story, one a minute from then on.
fn with_many(count: usize, from: Timestamp) -> Publication {
    let mut files = files();
    for number in 0..count {
        let minutes = i64::try_from(number).unwrap();
        let published = from + SignedDuration::from_mins(minutes);
        let story = paper::TIDES.replace("2026-11-18T06:00:00Z", &published.to_string());
        files = files.with(&format!("stories/tide-{number}.md"), story);
    }
    files.load().unwrap()
}

#[test]
fn the_index_leads_to_maps_that_hold_every_page_once_with_its_last_change() {
    let publication = files()
        .with(
            "stories/old.md",
            paper::TIDES.replace("2026-11-18", "2024-02-29"),
        )
        .load()
        .unwrap();
    let index = page(&publication, "/sitemap.xml");
    let maps = elements(&index, "loc");
    // What was out last is three days old, and no news.
    let expected = ["pages", "2026-11", "2024-02"]
        .map(|name| format!("https://mercury.example/sitemaps/{name}.xml"));
    assert_eq!(maps, expected);
    let soon = at(
        &publication,
        "/sitemap.xml",
        "2026-11-20T17:00:00Z".parse().unwrap(),
    );
    assert!(soon.contains("/sitemaps/news.xml"), "{soon}");
    let mut all = Vec::new();
    for map in maps {
        let map = page(
            &publication,
            map.strip_prefix("https://mercury.example").unwrap(),
        );
        all.extend(elements(&map, "loc").into_iter().map(str::to_owned));
    }
    let mut once = all.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), all.len(), "{all:?}");
    for path in [
        "/",
        "/sections/city",
        "/pages/about",
        "/feeds",
        "/stories/night-ferry",
        "/stories/old",
    ] {
        assert!(
            all.contains(&format!("https://mercury.example{path}")),
            "{path}"
        );
    }
    for address in &all {
        let path = address.strip_prefix("https://mercury.example").unwrap();
        let response = get(&publication, path);
        assert_eq!((response.status, response.redirect), (200, None), "{path}");
    }
    let month = page(&publication, "/sitemaps/2026-11.xml");
    assert!(month.contains(
        "<loc>https://mercury.example/stories/night-ferry</loc><lastmod>2026-11-20T16:40:00Z</lastmod>\
         <image:image><image:loc>https://mercury.example/pictures/ferry.svg</image:loc></image:image>"
    ), "{month}");
    assert_eq!(
        elements(&index, "lastmod"),
        [
            "2026-11-20T16:40:00Z",
            "2026-11-20T16:40:00Z",
            "2024-02-29T06:00:00Z",
        ]
    );
    for text in [&index, &month] {
        for hidden in ["tomorrow", "zeppelin", "Paragraph"] {
            assert!(!text.contains(hidden), "{hidden}");
        }
    }
}

#[test]
fn a_map_that_would_be_of_a_month_without_stories_isnt_there() {
    let publication = publication();
    for path in [
        "/sitemaps/2026-10.xml",
        "/sitemaps/2026-11-1.xml",
        "/sitemaps/2026-11-2.xml",
        "/sitemaps/2026-13.xml",
        "/sitemaps/.xml",
        "/sitemaps/pages",
        "/sitemaps/sitemap.xml",
    ] {
        assert_eq!(get(&publication, path).status, 404, "{path}");
    }
    // What is to come makes no map of its month before.
    let before: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
    let index = at(&publication, "/sitemap.xml", before);
    let maps = elements(&index, "loc");
    assert_eq!(maps, ["https://mercury.example/sitemaps/pages.xml"]);
}

#[test]
fn news_is_what_appeared_within_two_days_and_wasnt_paid_for() {
    let publication = publication();
    let check = |now: &str, expected: &[&str]| {
        let news = at(&publication, "/sitemaps/news.xml", now.parse().unwrap());
        let found: Vec<&str> = elements(&news, "loc")
            .into_iter()
            .filter_map(|url| url.strip_prefix("https://mercury.example/stories/"))
            .collect();
        assert_eq!(found, expected, "{now}: {news}");
    };
    check("2026-11-23T17:00:00Z", &[]);
    check("2026-11-18T07:00:00Z", &["tide-table", "hard-benches"]);
    check("2026-11-20T06:00:00Z", &["night-ferry", "tide-table"]);
    check("2026-11-20T06:00:01Z", &["night-ferry"]);
    check("2026-11-24T06:00:00Z", &["tomorrow"]);
    let news = at(
        &publication,
        "/sitemaps/news.xml",
        "2026-11-20T06:00:00Z".parse().unwrap(),
    );
    for said in [
        "<news:name>The Test &amp; Mercury</news:name>",
        "<news:language>en</news:language>",
        "<news:publication_date>2026-11-20T06:00:00Z</news:publication_date>",
    ] {
        assert!(news.contains(said), "{said}: {news}");
    }
}

#[test]
fn a_thousand_stories_are_all_the_news_there_may_be() {
    let from = now() - SignedDuration::from_hours(24);
    let publication = with_many(1_100, from);
    let news = page(&publication, "/sitemaps/news.xml");
    assert_eq!(
        elements(&news, "loc")
            .iter()
            .filter(|url| url.contains("/stories/"))
            .count(),
        1_000
    );
}

#[test]
fn robots_are_told_where_the_maps_are_and_a_theme_tells_them_otherwise() {
    let publication = publication();
    let robots = page(&publication, "/robots.txt");
    for map in ["sitemap.xml", "sitemaps/news.xml"] {
        let line = format!("Sitemap: https://mercury.example/{map}");
        assert!(robots.lines().any(|said| said == line), "{robots}");
    }
    let theme = tempfile::tempdir().unwrap();
    let folder = theme.path().join("publication");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("robots.txt"), "User-agent: *\nDisallow: /\n").unwrap();
    let themed = files().load_in("en", Some(theme.path())).unwrap();
    assert_eq!(
        page(&themed, "/robots.txt").trim_end(),
        "User-agent: *\nDisallow: /"
    );
}
