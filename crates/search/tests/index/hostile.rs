//! What nobody types by accident.

use crate::support::*;
use ludgate_search::{Index, Language, MAX_DEPTH, Query, Request};
use proptest::prelude::*;

fn paper() -> Index {
    let stories: Vec<_> = (0..40)
        .map(|n| {
            story(
                &format!("s{n}"),
                &format!("Ferry number {n} of the harbour"),
            )
            .saying("Aardvark abacus abbey abbot able about above abroad 東京都の選挙")
            .by("Ada Moss")
        })
        .collect();
    index(&stories)
}

#[test]
fn queries_of_ten_kilobytes_and_of_operators_only_are_answered() {
    let index = paper();
    for typed in [
        "a".repeat(10_240),
        "ferry ".repeat(2_000),
        "\"".repeat(10_240),
        "\"a \" b".repeat(2_000),
        "東京都".repeat(3_000),
        "é\u{301}".repeat(3_000),
        "+ - * ? ~ ^ ( ) [ ] { } : / \\ && || ! \"".to_owned(),
        "headline:ferry OR *:* AND NOT _exists_:key".to_owned(),
        "\u{1}東京 \u{0} \u{200f}\u{202e}".to_owned(),
        "a* b* c* d* e* f* g* h* i* j* k*".to_owned(),
        "ab".to_owned(),
    ] {
        let answer = ask(&index, &typed);
        assert!(answer.count <= 40);
        index.suggest(&Query::parse(&typed), NOW).unwrap();
    }
    assert_eq!(ask(&index, "headline:ferry").count, 0);
}

#[test]
fn nobody_pages_further_than_there_is_a_page() {
    let index = paper();
    for skip in [0, 39, 40, MAX_DEPTH, usize::MAX] {
        let request = Request {
            skip,
            show: usize::MAX,
            ..request("ferry")
        };
        let answer = index.search(&request).unwrap();
        assert_eq!(answer.count, 40);
        assert_eq!(answer.hits.len(), 40_usize.saturating_sub(skip), "{skip}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_query_is_answered_and_marks_nothing_but_the_text(typed in "\\PC{0,140}") {
        thread_local! {
            static INDEX: Index = paper();
        }
        INDEX.with(|index| {
            let answer = index.search(&request(&typed)).unwrap();
            for hit in &answer.hits {
                if let Some(excerpt) = answer.marker.excerpt(&hit.text, Language::English, 200) {
                    let text: String =
                        excerpt.pieces.iter().map(|piece| piece.text.as_str()).collect();
                    assert!(hit.text.contains(&text));
                }
            }
            index.suggest(&Query::parse(&typed), NOW).unwrap();
        });
    }

    #[test]
    fn a_word_of_a_text_finds_it(words in prop::collection::vec("[a-zäöüéłж東京都かナ]{1,12}", 1..8), pick in 0_usize..8) {
        let text = words.join(" ");
        let index = index(&[story("it", "x").saying(&text)]);
        let word = &words[pick % words.len()];
        prop_assert_eq!(ask(&index, word).count, 1, "{} in {}", word, text);
        prop_assert_eq!(ask(&index, &format!("\"{word}\"")).count, 1, "{} in {}", word, text);
    }
}
