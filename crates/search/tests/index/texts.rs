//! Whole texts: what is named, and that nothing else shows in it.

use crate::support::*;
use ludgate_search::{Document, Index, Language, MAX_PAGE, Query, Reach, Request, Texts, Wanted};
use proptest::prelude::*;

/// The two indices of a paper: what of each story's text everybody may read is cut
/// at the first full stop.
struct Paper {
    open: Index,
    texts: Texts,
}

impl Paper {
    fn of(stories: &[Document]) -> Self {
        let begun = |story: &Document| Document {
            text: story.text.split('.').next().unwrap_or_default().to_owned(),
            ..story.clone()
        };
        let open: Vec<Document> = stories.iter().map(begun).collect();
        let texts = Texts::new(None);
        let wanted: Vec<Wanted<'_>> = stories
            .iter()
            .map(|story| Wanted {
                id: &story.id,
                fingerprint: story.fingerprint,
                published: story.published,
            })
            .collect();
        let mut fetch = |id: &str| stories.iter().find(|story| story.id == id).cloned();
        texts.sync(&wanted, NOW, &mut fetch, &|| true).unwrap();
        Self {
            open: index(&open),
            texts,
        }
    }

    fn named(&self, query: &str, reach: Reach) -> Vec<String> {
        let request = Request::best(Query::parse(query), 20, NOW);
        let candidates = self.texts.candidates(&request, reach, &self.open).unwrap();
        assert!(candidates.complete);
        candidates.ids
    }

    #[track_caller]
    fn check(&self, query: &str, words: &[&str], beginnings: &[&str]) {
        assert_eq!(self.named(query, Reach::Words), words, "{query}");
        assert_eq!(self.named(query, Reach::Beginnings), beginnings, "{query}");
    }
}

fn paper() -> Paper {
    Paper::of(&[
        story("ferry", "Night ferry").saying("It sails. The zeppelins were never there."),
        story("zeppelin", "A zeppelin lands").saying("It lands. Nobody sailed."),
        story("tokyo", "港のニュース")
            .language(Language::Other)
            .saying("今日. 東京都の選挙管理委員会が発表した。"),
        story("beijing", "大学")
            .language(Language::Other)
            .saying("新聞. 北京的学生参加选举。"),
    ])
}

#[test]
fn a_word_anywhere_in_a_text_names_the_story() {
    let paper = paper();
    let both: &[&str] = &["zeppelin", "ferry"];
    paper.check("zeppelin", both, both);
    paper.check("zeppel", &[], both);
    paper.check("zeppel*", &[], both);
    paper.check("\"zeppel\"*", &[], &[]);
    paper.check("zeppel never", &[], &[]);
    paper.check("never zeppel", &[], &["ferry"]);
    paper.check("ze", &[], &[]);
    paper.check("zep", &[], both);
    paper.check("\"never there\"", &["ferry"], &["ferry"]);
    paper.check("\"there never\"", &[], &[]);
    paper.check("選挙管理", &["tokyo"], &["tokyo"]);
    paper.check("参加选举", &["beijing"], &["beijing"]);
    paper.check("zeppelim", &[], &[]);
    for nothing in ["", "+-\"*", "~ ^ &&"] {
        paper.check(nothing, &[], &[]);
    }
}

#[test]
fn another_spelling_is_one_that_everybody_may_find() {
    let paper = paper();
    let respelt = |typed: &str| paper.open.respelt(&Query::parse(typed), NOW).unwrap();
    assert_eq!(respelt("zeppelim never").as_deref(), Some("zeppelin never"));
    assert_eq!(respelt("nevar"), None, "it stands in a text alone");
    assert_eq!(respelt("zeppelin"), None);
    assert_eq!(
        Index::new(None)
            .respelt(&Query::parse("fery"), NOW)
            .unwrap(),
        None
    );
}

#[test]
fn what_a_beginning_begins_is_marked() {
    let paper = paper();
    let request = Request::best(Query::parse("zeppel"), 20, NOW);
    let found = paper
        .texts
        .candidates(&request, Reach::Beginnings, &paper.open)
        .unwrap();
    let pieces = found
        .marker
        .mark("The zeppelins were there", Language::English);
    let marked: Vec<&str> = pieces
        .iter()
        .filter(|piece| piece.marked)
        .map(|piece| &*piece.text)
        .collect();
    assert_eq!(marked, ["zeppelins"]);
}

#[test]
fn no_more_are_named_than_a_page_has() {
    let stories: Vec<Document> = (0..150).map(|n| story(&format!("s{n}"), "Ferry")).collect();
    let paper = Paper::of(&stories);
    let request = Request::best(Query::parse("ferry"), usize::MAX, NOW);
    let found = paper
        .texts
        .candidates(&request, Reach::Words, &paper.open)
        .unwrap();
    assert_eq!(found.ids.len(), MAX_PAGE);
}

#[test]
fn until_it_is_made_nothing_is_named_and_that_is_said() {
    let texts = Texts::new(None);
    let open = index(&[story("a", "Ferry")]);
    let request = Request::best(Query::parse("ferry"), 20, NOW);
    let found = texts.candidates(&request, Reach::Words, &open).unwrap();
    assert!(found.ids.is_empty() && !found.complete);
}

fn text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "ferry", "ferries", "ferrule", "night", "tide", "tides", "zeppelin", "zeppelim", "東京",
        "京都",
    ]);
    prop::collection::vec(word, 1..30).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_one_text_holds_the_others_are_named_alike(
        shut in (text(), text()),
        others in prop::collection::vec(text(), 2..6),
        query in text(),
    ) {
        let paper = |secret: &str| {
            let mut stories = vec![story("shut", "Quiet").saying(&format!("Begun. {secret}"))];
            for (n, other) in others.iter().enumerate() {
                stories.push(story(&format!("s{n}"), "Loud").saying(&format!("Begun. {other}")));
            }
            Paper::of(&stories)
        };
        let (one, other) = (paper(&shut.0), paper(&shut.1));
        let words: Vec<&str> = query.split(' ').take(2).collect();
        for query in [words.join(" "), words[0].chars().take(4).collect()] {
            for reach in [Reach::Words, Reach::Beginnings] {
                let without = |paper: &Paper| -> Vec<String> {
                    let named = paper.named(&query, reach);
                    named.into_iter().filter(|id| id != "shut").collect()
                };
                prop_assert_eq!(without(&one), without(&other), "{}", query);
            }
        }
    }
}
