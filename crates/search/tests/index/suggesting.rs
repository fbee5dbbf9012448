//! What is suggested to who is still typing.

use crate::support::*;
use ludgate_search::{Index, Language, Query};

fn paper() -> Index {
    index(&[
        story("ferry", "The night ferry survives")
            .about("Harbour works")
            .by("Zoë Łącka"),
        story("tide", "Tide tables")
            .about("Harbour works")
            .saying("A ferry is late."),
        story("fer", "Ferrule and cane")
            .about("Hats")
            .by("Ferdinand Reed"),
        story("ja", "東京都の選挙")
            .language(Language::Other)
            .about("選挙"),
    ])
}

#[test]
fn headlines_topics_and_authors_are_suggested_by_their_beginnings() {
    let index = paper();
    let check = |typed: &str, topics: &[&str], authors: &[&str], stories: &[&str]| {
        let found = index.suggest(&Query::parse(typed), NOW).unwrap();
        assert_eq!(found.topics, topics, "{typed}");
        assert_eq!(found.authors, authors, "{typed}");
        assert_eq!(found.stories, stories, "{typed}");
    };
    check("fer", &[], &["ferdinand-reed"], &["fer", "ferry"]);
    check("night fer", &[], &[], &["ferry"]);
    check("har", &["harbour-works"], &[], &[]);
    check("works har", &["harbour-works"], &[], &[]);
    check("lac", &[], &["zoë-łącka"], &[]);
    check("選", &["選挙"], &[], &["ja"]);
    check("f", &[], &[], &[]);
    check("", &[], &[], &[]);
    check("late", &[], &[], &[]);
}
