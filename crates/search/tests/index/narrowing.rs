//! Counts by section, topic, author and year, and narrowing down by them.

use crate::support::*;
use ludgate_search::{Answer, Facet, Filters, Index, Request};
use proptest::prelude::*;

fn narrowed(index: &Index, query: &str, chosen: &[(Facet, &str)]) -> Answer {
    let mut filters = Filters::default();
    for (facet, value) in chosen {
        filters.choose(*facet, value);
    }
    let request = Request {
        filters,
        ..request(query)
    };
    index.search(&request).unwrap()
}

fn counts(answer: &Answer, facet: Facet) -> Vec<(&str, usize)> {
    let counts = answer.facets[facet.place()].iter();
    counts
        .map(|count| (count.value.as_str(), count.stories))
        .collect()
}

fn paper() -> Index {
    index(&[
        story("1", "Ferry one")
            .within("city", "2026")
            .about("Harbour")
            .by("Ada Moss"),
        story("2", "Ferry two")
            .within("city", "2025")
            .about("Harbour")
            .by("Bo Reed"),
        story("3", "Ferry three")
            .within("sport", "2026")
            .about("Rowing")
            .by("Ada Moss"),
        story("4", "Bus four")
            .within("city", "2026")
            .about("Roads")
            .by("Ada Moss"),
    ])
}

#[test]
fn what_was_found_is_counted() {
    let answer = ask(&paper(), "ferry");
    assert_eq!(counts(&answer, Facet::Section), [("city", 2), ("sport", 1)]);
    assert_eq!(
        counts(&answer, Facet::Topic),
        [("harbour", 2), ("rowing", 1)]
    );
    assert_eq!(
        counts(&answer, Facet::Author),
        [("ada-moss", 2), ("bo-reed", 1)]
    );
    assert_eq!(counts(&answer, Facet::Year), [("2026", 2), ("2025", 1)]);
}

#[test]
fn a_choice_narrows_the_other_facets_and_not_its_own() {
    let answer = narrowed(&paper(), "ferry", &[(Facet::Section, "city")]);
    assert_eq!(answer.count, 2);
    assert_eq!(counts(&answer, Facet::Section), [("city", 2), ("sport", 1)]);
    assert_eq!(counts(&answer, Facet::Topic), [("harbour", 2)]);
    let chosen: Vec<bool> = answer.facets[0].iter().map(|count| count.chosen).collect();
    assert_eq!(chosen, [true, false]);
}

#[test]
fn values_of_one_facet_add_up_and_facets_narrow_each_other() {
    let chosen = [(Facet::Section, "city"), (Facet::Section, "sport")];
    assert_eq!(narrowed(&paper(), "ferry", &chosen).count, 3);
    let chosen = [(Facet::Section, "city"), (Facet::Year, "2025")];
    let answer = narrowed(&paper(), "ferry", &chosen);
    assert_eq!(answer.count, 1);
    assert_eq!(counts(&answer, Facet::Section), [("city", 1)]);
    assert_eq!(counts(&answer, Facet::Year), [("2026", 1), ("2025", 1)]);
}

#[test]
fn what_nobody_has_is_shown_as_chosen_and_finds_nothing() {
    let answer = narrowed(&paper(), "ferry", &[(Facet::Topic, "zeppelins")]);
    assert_eq!(answer.count, 0);
    assert!(counts(&answer, Facet::Topic).contains(&("zeppelins", 0)));
    let answer = narrowed(&paper(), "nothing at all", &[(Facet::Topic, "harbour")]);
    assert_eq!(counts(&answer, Facet::Topic), [("harbour", 0)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn counts_are_what_choosing_finds(
        stories in prop::collection::vec((0_u8..4, 0_u8..3, 0_u8..4, any::<bool>()), 1..30),
        section in 0_u8..4,
    ) {
        let stories: Vec<_> = stories
            .iter()
            .enumerate()
            .map(|(n, (section, year, topic, ferry))| {
                let headline = if *ferry { "ferry" } else { "bus" };
                story(&n.to_string(), headline)
                    .within(&format!("s{section}"), &format!("202{year}"))
                    .about(&format!("topic {topic}"))
            })
            .collect();
        let index = index(&stories);
        let section = format!("s{section}");
        let first = narrowed(&index, "ferry", &[(Facet::Section, &section)]);
        for facet in [Facet::Topic, Facet::Year] {
            for (value, stories) in counts(&first, facet) {
                let then = narrowed(&index, "ferry", &[(Facet::Section, &section), (facet, value)]);
                prop_assert_eq!(then.count, stories);
            }
        }
    }
}
