//! A story under an embargo is nowhere before its minute, and everywhere from then on:
//! neither it nor its picture, nor a word of it, by whatever way.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use std::collections::BTreeSet;

use jiff::Timestamp;
use ludgate_publication::{Of, Publication, Wish};

use paper::{BENCHES, DRAWING, FERRY, PAPER, TIDES, files};

/// What nobody may know before: the words, the name, whose it is, what it is about and
/// what it shows.
const SECRETS: [&str; 7] = [
    "Quaxolotl",
    "the-merger",
    "nemo-nobody",
    "Nemo Nobody",
    "quiet-takeovers",
    "Quiet takeovers",
    "boardroom",
];

const MERGER: &str = r#"+++
title = "Quaxolotl buys the ferry"
standfirst = "Quaxolotl says so."
label = "Quiet takeovers"
byline = ["Nemo Nobody"]
published = 2026-11-20T06:00:00Z
embargo = 2026-11-24T06:00:00Z
section = "city"
series = "boats"
tags = ["quiet-takeovers"]
tier = "free"

[picture]
file = "boardroom.svg"
alt = "The boardroom of Quaxolotl"

[[correction]]
date = 2026-11-24
text = "Quaxolotl is one word."
+++

The word is Quaxolotl.

![The boardroom's table](boardroom-table.svg)

And the ferry: ![The ferry](ferry.svg)
"#;

const BEFORE: &str = "2026-11-24T05:59:59.999Z";
const AT: &str = "2026-11-24T06:00:00Z";

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A paper whose editor has put the story everywhere already.
fn publication() -> Publication {
    let paper = PAPER.replace("lead = \"night-ferry\"", "lead = \"the-merger\"");
    let series = "[[series]]\nid = \"boats\"\ntitle = \"Boats\"\nstandfirst = \"All.\"\n\n[front]";
    let embargoed = MERGER.replace("\n\nAnd the ferry: ", "\n\n");
    let german = TIDES
        .replace("title = \"The tide table\"", "title = \"Die Tiden\"")
        .replace(
            "section",
            "language = \"de\"\ntranslation = \"the-merger\"\nsection",
        );
    files()
        .with("publication.toml", paper.replace("[front]", series))
        .with("stories/2026/the-merger.md", embargoed)
        .with("stories/tiden.md", german)
        .with(
            "stories/night-ferry.md",
            FERRY
                .replace("related = [", "related = [\"the-merger\", ")
                .replace("section", "series = \"boats\"\nsection"),
        )
        .with(
            "stories/hard-benches.md",
            BENCHES.replace("are hard", "are [hard](/pages/about)"),
        )
        .with("pictures/boardroom.svg", DRAWING)
        .with("pictures/boardroom-table.svg", DRAWING)
        .with(
            "redirects.toml",
            "\"/old-merger\" = \"/stories/the-merger\"\n",
        )
        .load()
        .unwrap_or_else(|errors| panic!("{errors}"))
}

/// Everything that can be asked for.
fn addresses(publication: &Publication) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = [BEFORE, AT]
        .into_iter()
        .flat_map(|now| publication.paths(time(now)))
        .collect();
    for path in [
        "/search?q=quaxolotl",
        "/search?q=ferry&section=city",
        "/search?q=ferry&author=nemo-nobody",
        "/search?q=ferry&topic=quiet-takeovers",
        "/search/suggest?q=quax",
        "/search/suggest?q=nemo",
        "/archive/2026",
        "/archive/2026/11",
        "/archive/2026/11/20",
        "/archive/2026/11/24",
        "/corrections",
        "/old-merger",
        "/series/boats",
    ] {
        all.insert(path.to_owned());
    }
    all
}

#[test]
fn before_its_minute_nothing_tells_of_it_and_from_then_on_everything_does() {
    let publication = publication();
    let mut told = Vec::new();
    for address in addresses(&publication) {
        let (path, query) = address
            .split_once('?')
            .map_or((&*address, None), |(path, query)| (path, Some(query)));
        let says = |now: &str| {
            let response = publication.respond(path, query, time(now));
            let said = String::from_utf8_lossy(&response.body).into_owned();
            let led = response.redirect.unwrap_or_default();
            // What was asked for may be said back.
            let asked = query.unwrap_or_default().to_lowercase();
            let known = SECRETS.into_iter().filter(|secret| {
                let mut words = asked.split(['=', '&']);
                !words.any(|word| secret.to_lowercase().starts_with(word) && !word.is_empty())
            });
            let found: Vec<&str> = known
                .filter(|secret| said.contains(secret) || led.contains(secret))
                .collect();
            let is_there = response.status == 200;
            (found, is_there)
        };
        let (found, was_there) = says(BEFORE);
        assert!(found.is_empty(), "{address} tells of {found:?}");
        let is_its_own = SECRETS.iter().any(|secret| path.contains(secret));
        assert!(!(is_its_own && was_there), "{address} is there");
        let (found, _) = says(AT);
        if !found.is_empty() {
            told.push(address);
        }
    }
    for address in [
        "/",
        "/sections/city",
        "/stories/the-merger",
        "/stories/night-ferry",
        "/stories/tiden",
        "/series/boats",
        "/feed.xml",
        "/rss.xml",
        "/feed.json",
        "/sections/city/feed.xml",
        "/sitemaps/news.xml",
        "/sitemaps/2026-11.xml",
        "/archive/2026/11/24",
        "/corrections",
        "/old-merger",
        "/search?q=ferry&section=city",
    ] {
        assert!(
            told.iter().any(|told| told == address),
            "{address} in {told:?}"
        );
    }
}

#[test]
fn its_pictures_are_there_with_it_and_not_before() {
    let publication = publication();
    let status = |path: &str, now| publication.respond(path, None, time(now)).status;
    for path in ["/pictures/boardroom.svg", "/pictures/boardroom-table.svg"] {
        assert_eq!(
            (status(path, BEFORE), status(path, AT)),
            (404, 200),
            "{path}"
        );
    }
    // One that something shows that is out, or that nothing shows.
    let others = "/pictures/ferry.svg";
    assert_eq!((status(others, BEFORE), status(others, AT)), (200, 200));

    // Nor are those that are made of them.
    let page = publication
        .respond("/stories/the-merger", None, time(AT))
        .body;
    let page = String::from_utf8_lossy(&page).into_owned();
    let shared = page.split("https://mercury.example").map(|rest| {
        let end = rest.find('"').unwrap_or_default();
        &rest[..end]
    });
    let print = shared
        .filter(|path| path.starts_with("/pictures/boardroom."))
        .find(|path| publication.print(path, time(AT)).is_some());
    let print = print.unwrap_or_else(|| panic!("no print in {page}"));
    assert!(publication.print(print, time(BEFORE)).is_none(), "{print}");
    assert_eq!(status(print, BEFORE), 404);
}

#[test]
fn programs_are_told_nothing_of_it_before() {
    let publication = publication();
    let (from, to) = (time("2020-01-01T00:00:00Z"), time("2030-01-01T00:00:00Z"));
    for (now, expected) in [(BEFORE, false), (AT, true)] {
        let now = time(now);
        let is_listed = |of: Of<'_>| {
            let mut listed = publication.listed(of, (from, to), now);
            listed.any(|story| story.slug.as_str() == "the-merger")
        };
        assert_eq!(is_listed(Of::All), expected);
        assert_eq!(is_listed(Of::Section("city")), expected);
        assert_eq!(is_listed(Of::Author("nemo-nobody")), expected);
        assert_eq!(is_listed(Of::Topic("quiet-takeovers")), expected);
        let mut authors = publication.author_entries(now);
        assert_eq!(authors.any(|author| author.id == "nemo-nobody"), expected);
        assert_eq!(publication.story_out("the-merger", now).is_some(), expected);
        let wish = Wish {
            words: "quaxolotl",
            section: None,
            topic: None,
            author: None,
            from: 0,
            most: 10,
        };
        let found = publication.found(&wish, now).unwrap_or_default();
        assert_eq!(!found.is_empty(), expected);
    }
}
