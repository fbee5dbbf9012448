//! What a search finds, and what it mustn't give away.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod paper;

use ludgate_publication::{Publication, TextWish};
use paper::{get, page, publication};
use search::Reach;

/// The stories found, in order.
#[track_caller]
fn found(query: &str) -> Vec<String> {
    let publication = publication();
    let html = page(&publication, &format!("/search?q={query}"));
    stories_of(&html).into_iter().map(str::to_owned).collect()
}

/// The stories that a page of results shows.
fn stories_of(html: &str) -> Vec<&str> {
    let rows = html
        .split("<section aria-labelledby=\"latest\">")
        .next()
        .unwrap();
    rows.split("card__title\"><a href=\"/stories/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect()
}

#[test]
fn headline_standfirst_label_section_byline_and_tags_are_searched() {
    for (query, stories) in [
        ("benches", vec!["hard-benches"]),
        ("ward+elections", vec!["night-ferry"]),
        // Who is the only author before who is one of three.
        ("ines+marlow", vec!["hard-benches", "night-ferry"]),
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
fn a_part_of_the_beginning_is_found_and_quoted() {
    assert_eq!(found("tells+of+boats"), ["night-ferry"]);
    let html = page(&publication(), "/search?q=tells+of+boats");
    let quoted = html.split("class=\"card__excerpt\">").nth(1);
    let quoted = quoted.and_then(|rest| rest.split("</p>").next()).unwrap();
    let marked = "Paragraph one <mark>tells</mark> of “<mark>boats</mark>”";
    assert!(quoted.contains(marked), "{quoted}");
    assert!(!html.contains("Paragraph two"));
}

#[test]
fn what_was_found_by_its_topic_alone_says_so() {
    let publication = publication();
    let html = page(&publication, "/search?q=fenwick+quay");
    assert_eq!(found("fenwick+quay"), ["night-ferry"]);
    let filed = "Filed under: <bdi><mark>Fenwick</mark> <mark>Quay</mark></bdi></p>";
    assert!(html.contains(filed), "{html}");
    // What is seen in the headline isn't said twice.
    let html = page(&publication, "/search?q=ferry");
    assert!(
        html.contains("<mark>ferry</mark>") && !html.contains("Filed under"),
        "{html}"
    );
}

#[test]
fn the_rest_of_a_story_is_no_oracle() {
    assert!(found("zeppelin").is_empty());
    assert!(found("paragraph+two").is_empty());
    // Rules may wall free and sponsored stories too.
    assert!(found("noon").is_empty());
    assert!(found("pages").is_empty());
    assert!(found("xylophone").is_empty());
    assert!(found("embargoed").is_empty());
}

/// Everything that anybody is answered who asks for `query`.
fn answers(publication: &Publication, query: &str) -> [bytes::Bytes; 3] {
    [
        format!("/search?q={query}"),
        format!("/search?q={query}&order=newest&section=city"),
        format!("/search/suggest?q={query}"),
    ]
    .map(|path| get(publication, &path).body)
}

#[test]
fn papers_that_differ_behind_the_beginnings_alone_answer_alike() {
    let with = |canary: &str| {
        let text = paper::FERRY.replace("zeppelin", canary);
        let text = text.replace(
            "Paragraph twelve.",
            &format!("{canary} {canary} paragraph."),
        );
        let files = paper::files().with("stories/night-ferry.md", text);
        files.load().unwrap()
    };
    let (one, other) = (with("zeppelin xylophone"), with("ferry benches tide"));
    for query in [
        "zeppelin",
        "zeppelim",
        "zep",
        "xylophone",
        "%22zeppelin+xylophone%22",
        "ferry",
        "fery",
        "benches",
        "tide",
        "tide+table",
        "ferry+benches",
        "%22ferry+benches%22",
        "paragraph",
        "the",
        "",
        "city",
        "boats",
        "e",
    ] {
        assert_eq!(answers(&one, query), answers(&other, query), "{query}");
    }
}

#[test]
fn papers_that_differ_in_what_is_to_come_alone_answer_alike() {
    let (with, without) = (publication(), paper::files().without("stories/tomorrow.md"));
    let without = without.load().unwrap();
    for query in [
        "embargoed",
        "embargo",
        "embargoet",
        "secrets",
        "secr",
        "nemo",
        "nobody",
        "xylophone",
        "until+tomorrow",
        "tide",
        "ferry",
        "n",
    ] {
        assert_eq!(answers(&with, query), answers(&without, query), "{query}");
    }
}

#[test]
fn every_word_of_a_withheld_text_is_answered_as_by_a_paper_without_it() {
    let with = publication();
    // The first sentences stay, and with them all that anybody may find; the rest is
    // as long, and has none of its words.
    let withheld = |text: &str| -> String {
        let hide = |c: char| if c.is_ascii_alphanumeric() { 'x' } else { c };
        let line = |line: &str| {
            // Pictures and links have to lead somewhere.
            let leads = line.contains("](");
            if leads {
                line.to_owned()
            } else {
                line.chars().map(hide).collect()
            }
        };
        text.split_inclusive('\n').map(line).collect()
    };
    let (head, tail) = paper::FERRY.split_once("Paragraph six").unwrap();
    let hidden = format!("{head}Paragraph six{}", withheld(tail));
    let files = paper::files().with("stories/night-ferry.md", hidden);
    let without = files.load().unwrap();
    let words: std::collections::BTreeSet<&str> = tail
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.len() > 1)
        .collect();
    assert!(words.len() > 10, "{words:?}");
    for word in words {
        assert_eq!(answers(&with, word), answers(&without, word), "{word}");
    }
}

fn wish(words: &str) -> TextWish<'_> {
    TextWish {
        words,
        ..TextWish::default()
    }
}

#[test]
fn whole_texts_name_candidates_for_who_checks_them_and_change_no_public_answer() {
    let publication = publication();
    let before = answers(&publication, "zeppelin");
    let now = paper::now();
    let named = |words: &str, reach| {
        let found = publication.text_candidates(&wish(words), (reach, 0), now);
        found.unwrap().ids
    };
    assert_eq!(named("zeppelin", Reach::Words), ["night-ferry"]);
    assert_eq!(named("zeppel", Reach::Beginnings), ["night-ferry"]);
    for nothing in ["zeppel", "xyzzy", "embargoed", ""] {
        assert!(named(nothing, Reach::Words).is_empty(), "{nothing}");
    }
    let elsewhere = TextWish {
        section: Some("sport"),
        ..wish("zeppelin")
    };
    let found = publication.text_candidates(&elsewhere, (Reach::Words, 0), now);
    assert!(found.unwrap().ids.is_empty());

    let found = publication.text_candidates(&wish("zeppelin"), (Reach::Words, 0), now);
    let marker = found.unwrap().marker;
    let quoted = publication.quoted("night-ferry", &marker, now).unwrap();
    let html = quoted.quotation().unwrap();
    assert!(html.contains("<mark>zeppelin</mark>"), "{html}");
    assert!(publication.quoted("tomorrow", &marker, now).is_none());
    let [sections, topics, authors, years] = publication.values_of(quoted.story, now);
    assert_eq!((&*sections[0].id, &*years[0].name), ("city", "2026"));
    assert!(topics.iter().any(|topic| topic.name == "Ferry"));
    assert_eq!(authors.len(), 3);

    assert_eq!(answers(&publication, "zeppelin"), before);
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

#[test]
fn results_are_narrowed_down_by_section_topic_author_and_year() {
    for (query, stories) in [
        (
            "section=city",
            vec!["night-ferry", "shop-lease", "tide-table"],
        ),
        ("q=the&section=city&topic=tides", vec!["tide-table"]),
        ("q=hard&section=city", vec![]),
        (
            "section=opinion,city&author=ines-marlow",
            vec!["hard-benches", "night-ferry"],
        ),
        ("year=2025", vec![]),
        ("year=2026&topic=music", vec!["hard-benches"]),
    ] {
        let html = page(&publication(), &format!("/search?{query}"));
        let mut found = stories_of(&html);
        found.sort_unstable();
        assert_eq!(found, stories, "{query}");
    }
    let html = page(&publication(), "/search?author=ines-marlow");
    assert!(html.contains("href=\"/search?section=city&amp;author=ines-marlow\""));
    let html = page(&publication(), "/search?section=city&author=ines-marlow");
    assert!(
        html.contains("href=\"/search?author=ines-marlow\""),
        "the way back"
    );
}

#[test]
fn who_misspells_a_word_is_shown_what_they_may_have_meant() {
    let html = page(&publication(), "/search?q=bences");
    assert_eq!(stories_of(&html), ["hard-benches"]);
    assert!(html.contains("No story has “bences”. These are the results for “benches”."));
}

#[test]
fn suggestions_are_topics_authors_and_headlines() {
    let check = |typed: &str, expected: &str| {
        let response = get(&publication(), &format!("/search/suggest?q={typed}"));
        assert_eq!(response.content_type, "application/json");
        assert_eq!(String::from_utf8_lossy(&response.body), expected, "{typed}");
    };
    let ferry = r#"{"kind":"story","text":"Night ferry “survives” <by> three & a half votes","href":"/stories/night-ferry"}"#;
    let topic = r#"{"kind":"topic","text":"Ferry","href":"/topics/ferry"}"#;
    check("ferr", &format!("{{\"suggestions\":[{topic},{ferry}]}}"));
    let author =
        r#"{"kind":"author","text":"Zoë Łącka","href":"/authors/zo%C3%AB-%C5%82%C4%85cka"}"#;
    check("lac", &format!("{{\"suggestions\":[{author}]}}"));
    check("", "{\"suggestions\":[]}");
    check("nemo", "{\"suggestions\":[]}");
}

#[test]
fn pages_of_results_have_addresses_and_end() {
    let mut files = paper::files();
    for n in 0..30 {
        let text = paper::TIDES.replace("The tide table", &format!("Tide number {n}"));
        files = files.with(&format!("stories/tide-{n}.md"), text);
    }
    let publication = files.load().unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for page_number in 1..=3 {
        let html = page(&publication, &format!("/search?q=tide&page={page_number}"));
        assert!(html.contains("31 stories for “tide”"));
        seen.extend(stories_of(&html).into_iter().map(str::to_owned));
    }
    assert_eq!(seen.len(), 31);
    assert_eq!(get(&publication, "/search?q=tide&page=4").status, 404);
}
