//! What a search finds, and what it mustn't give away.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use paper::{get, page, publication};

/// The stories found, in order.
#[track_caller]
fn found(query: &str) -> Vec<String> {
    let publication = publication();
    let html = page(&publication, &format!("/search?q={query}"));
    let rows = html
        .split("<section aria-labelledby=\"latest\">")
        .next()
        .unwrap();
    rows.split("card__title\"><a href=\"/stories/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

#[test]
fn headline_standfirst_label_section_byline_and_tags_are_searched() {
    for (query, stories) in [
        ("benches", vec!["hard-benches"]),
        ("ward+elections", vec!["night-ferry"]),
        ("city", vec!["night-ferry", "tide-table", "shop-lease"]),
        ("ines+marlow", vec!["night-ferry", "hard-benches"]),
        ("zoe+lacka", vec!["night-ferry"]),
        ("Fenwick-Quay", vec!["night-ferry"]),
        ("month", vec!["tide-table"]),
        ("TIDE+water", vec!["tide-table"]),
        ("ferr", vec!["night-ferry"]),
        ("erry", vec![]),
        ("tide+zeppelin", vec![]),
    ] {
        assert_eq!(found(query), stories, "{query}");
    }
}

#[test]
fn the_headline_counts_for_more_than_the_standfirst() {
    let water = paper::TIDES
        .replace("The tide table", "Water")
        .replace("Every high water", "Benches");
    let publication = paper::files()
        .with("stories/water.md", water)
        .load()
        .unwrap();
    let html = page(&publication, "/search?q=benches");
    let first = html.find("/stories/hard-benches").unwrap();
    let second = html.find("/stories/water").unwrap();
    assert!(first < second);
}

#[test]
fn the_rest_of_a_story_is_no_oracle() {
    assert!(found("zeppelin").is_empty());
    assert!(found("tells+of+boats").is_empty());
    assert!(found("paragraph+two").is_empty());
    // Rules may wall free and sponsored stories too.
    assert!(found("noon").is_empty());
    assert!(found("pages").is_empty());
    assert!(found("xylophone").is_empty());
    assert!(found("embargoed").is_empty());
}

#[test]
fn a_word_of_a_withheld_text_is_answered_like_a_word_of_none() {
    let publication = publication();
    // Pages that differ in the query alone are of the same length.
    let answer = |word: &str| page(&publication, &format!("/search?q={word}")).len();
    let withheld = [paper::FERRY, paper::BENCHES, paper::TIDES, paper::LEASE]
        .map(|text| text[4..].split_once("+++").unwrap());
    let open = withheld.map(|(front, _)| front).join(" ") + paper::PAPER;
    let open = open.to_lowercase();
    for (_, body) in withheld {
        let body = body.to_lowercase();
        let words: std::collections::BTreeSet<&str> = body
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| word.len() > 3 && !open.contains(word))
            .collect();
        assert!(!words.is_empty(), "{body}");
        for word in words {
            assert!(found(word).is_empty(), "{word}");
            assert_eq!(answer(word), answer(&"q".repeat(word.len())), "{word}");
        }
    }
}

#[test]
fn what_was_searched_for_is_marked() {
    let publication = publication();
    let html = page(&publication, "/search?q=survives+LATE");
    assert!(html.contains("“<mark>survives</mark>” &lt;by&gt;"));
    assert!(html.contains("the <mark>late</mark> boat"));
    assert!(html.contains("1 story for “survives LATE”"));
}

#[test]
fn html_in_a_query_is_shown_as_text() {
    let publication = publication();
    let html = page(
        &publication,
        "/search?q=%3Cscript%3Ealert(1)%3C%2Fscript%3E%22%20x%3D%22",
    );
    assert!(!html.contains("<script>alert"));
    assert!(html.contains("value=\"&lt;script&gt;alert(1)&lt;"));
    assert!(html.contains("&quot; x=&quot;"));
}

#[test]
fn an_empty_query_or_one_of_operators_only_asks_for_a_word() {
    let publication = publication();
    for query in ["", "q=", "q=+++", "q=%2B-%22*()~%26%7C", "other=tide"] {
        let response = get(&publication, &format!("/search?{query}"));
        let html = String::from_utf8(response.body.to_vec()).unwrap();
        assert_eq!(response.status, 200);
        assert!(html.contains("Search by a word"), "{query}");
        assert!(html.contains("id=\"latest\""), "{query}");
    }
}

#[test]
fn a_query_of_ten_kilobytes_is_cut() {
    let publication = publication();
    for query in [
        "a".repeat(10_240),
        "%C3%A9".repeat(1700),
        "tide+".repeat(2048),
    ] {
        let html = page(&publication, &format!("/search?q={query}"));
        assert!(html.len() < 40_000, "{}", html.len());
    }
    assert_eq!(found(&"tide+".repeat(2048)), ["tide-table"]);
}
