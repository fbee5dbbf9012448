//! What is found, and in which order.

use crate::support::*;
use ludgate_search::{Facet, Filters, Index, Language, Order, Query, Request};

#[track_caller]
fn check(index: &Index, rows: &[(&str, &[&str])]) {
    for (query, expected) in rows {
        assert_eq!(found(index, query), *expected, "{query}");
    }
}

#[test]
fn a_word_is_worth_most_in_the_headline_and_least_in_the_text() {
    let index = index(&[
        story("text", "Quiet morning").saying("Nobody saw the harbour that day."),
        story("standfirst", "Quiet noon").standfirst("How the harbour sleeps"),
        story("byline", "Quiet evening").by("Ada Harbour"),
        story("label", "Quiet night").about("Harbour"),
        story("headline", "The harbour wakes"),
    ]);
    check(
        &index,
        &[(
            "harbour",
            &["headline", "label", "byline", "standfirst", "text"],
        )],
    );
}

#[test]
fn a_newer_story_comes_before_an_older_one_that_fits_as_well() {
    let index = index(&[
        story("old", "Ferry late").days_ago(900),
        story("older", "Ferry late").days_ago(950),
        story("new", "Ferry late").days_ago(1),
        story("newest-mention", "Buses")
            .saying("The ferry is late.")
            .days_ago(0),
    ]);
    check(
        &index,
        &[("ferry", &["new", "old", "older", "newest-mention"])],
    );
    let request = Request {
        order: Order::Newest,
        ..request("ferry")
    };
    let answer = index.search(&request).unwrap();
    let ids: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids, ["newest-mention", "new", "old", "older"]);
}

#[test]
fn every_word_has_to_occur_and_words_that_say_nothing_do_not() {
    let index = index(&[
        story("ferry", "Night ferry survives").about("Ward elections"),
        story("bus", "Night bus ends"),
    ]);
    check(
        &index,
        &[
            ("night", &["bus", "ferry"]),
            ("the night of ferries", &["ferry"]),
            ("night elections", &["ferry"]),
            ("night zeppelin", &[]),
            ("the", &[]),
        ],
    );
}

#[test]
fn a_phrase_is_words_side_by_side_in_one_place() {
    let index = index(&[
        story("side", "The last night ferry"),
        story("apart", "The ferry by night").saying("A night without a ferry"),
        story("zones", "A long night").standfirst("Ferry staff walk out"),
    ]);
    check(
        &index,
        &[
            ("\"night ferry\"", &["side"]),
            ("„night ferry“ last", &["side"]),
            ("\"ferry night\"", &[]),
            ("\"night\"", &["zones", "apart", "side"]),
        ],
    );
    assert_eq!(found(&index, "night ferry").first().unwrap(), "side");
}

#[test]
fn the_last_word_may_be_the_beginning_of_one() {
    let index = index(&[
        story("ferry", "The ferry at dusk"),
        story("ferrule", "A ferrule for an umbrella"),
    ]);
    check(
        &index,
        &[
            ("ferr", &["ferry", "ferrule"]),
            ("ferr*", &["ferry", "ferrule"]),
            ("ferr.", &["ferry", "ferrule"]),
            ("fer dusk", &[]),
            ("dusk fer", &["ferry"]),
            ("erry", &[]),
            // A word that is one isn't the beginning of others.
            ("ferry", &["ferry"]),
            ("f", &[]),
            ("f*", &[]),
        ],
    );
}

#[test]
fn a_word_that_some_story_has_is_a_beginning_where_nothing_is_found_otherwise() {
    let index = index(&[
        story("win", "A win at last").within("sport", "2026"),
        story("winter", "The ferry in winter").within("city", "2026"),
    ]);
    check(
        &index,
        &[
            ("win", &["win"]),
            ("ferry win", &["winter"]),
            // As a word with an ending that the other has without it.
            ("ferry wins", &[]),
            ("win ferry", &[]),
            ("\"win\" ferry", &[]),
        ],
    );
    let mut filters = Filters::default();
    filters.choose(Facet::Section, "city");
    let narrow = Request {
        filters,
        ..request("win")
    };
    let answer = index.search(&narrow).unwrap();
    assert_eq!(answer.count, 0, "filters don't change what words mean");
}

#[test]
fn a_slip_is_forgiven_where_no_story_has_the_word() {
    let index = index(&[
        story("ferry", "The ferry to Łódź"),
        story("berry", "A berry in winter"),
        story("election", "Municipal elections are near"),
        story("year", "What 2025 brought"),
        story("cat", "A cat"),
    ]);
    for (typed, ids, instead) in [
        ("fery boat", vec![], None),
        ("fery", vec!["ferry"], Some("ferry")),
        ("ferrry", vec!["ferry"], Some("ferry")),
        ("frery", vec!["ferry"], Some("ferry")),
        ("lodx", vec!["ferry"], Some("łódź")),
        (
            "munizipal elektions",
            vec!["election"],
            Some("municipal elections"),
        ),
        // Another word that exists is none.
        ("berry", vec!["berry"], None),
        // Three letters are too few, and numbers mean what they say.
        ("cot", vec![], None),
        ("2026", vec![], None),
    ] {
        assert_eq!(found(&index, typed), ids, "{typed}");
        assert_eq!(ask(&index, typed).instead.as_deref(), instead, "{typed}");
    }
}

#[test]
fn words_are_found_in_other_forms_and_without_accents() {
    let index = index(&[
        story("en", "Elections were held"),
        story("de", "Die Häuser am Fluß").language(Language::German),
        story("fr", "L’élection des délégués").language(Language::French),
        story("pl", "Wybory w Łodzi").language(Language::Polish),
        story("ar", "الكتابُ الجديد في المدينة").language(Language::Arabic),
    ]);
    check(
        &index,
        &[
            ("held", &["en"]),
            ("haus", &["de"]),
            ("haeuser", &["de"]),
            ("hauser fluss", &["de"]),
            ("delegue", &["fr"]),
            ("wyborach lodzi", &["pl"]),
            ("كتاب", &["ar"]),
            ("المدينه", &["ar"]),
        ],
    );
    assert_eq!(found(&index, "election").len(), 2);
}

#[test]
fn japanese_and_chinese_are_found_by_any_part_of_them() {
    let other = |id, headline| story(id, headline).language(Language::Other);
    let index = index(&[
        other("tokyo", "東京都の選挙管理委員会が発表"),
        other("kyoto", "京都の新聞を読む"),
        other("beijing", "北京大学的学生参加选举"),
        other("kana", "フェリーは今夜も出る"),
        other("mixed", "港のNight Ferryが再開"),
    ]);
    check(
        &index,
        &[
            // The word comes before two characters that meet.
            ("京都", &["kyoto", "tokyo"]),
            ("東京", &["tokyo"]),
            ("選挙管理", &["tokyo"]),
            ("管理委員", &["tokyo"]),
            ("選挙の新聞", &[]),
            ("京都の新聞", &["kyoto"]),
            ("都の", &["tokyo", "kyoto"]),
            ("「京都の新聞」", &["kyoto"]),
            ("「都の新聞」", &["kyoto"]),
            ("「京都新聞」", &[]),
            ("大学", &["beijing"]),
            ("北京的选举", &["beijing"]),
            ("フェリー", &["kana"]),
            ("ﾌｪﾘｰ", &["kana"]),
            ("港のnight", &["mixed"]),
            ("ferry 再開", &["mixed"]),
            ("港", &["mixed"]),
        ],
    );
}

#[test]
fn results_come_in_pages_that_do_not_overlap() {
    let stories: Vec<_> = (0..25)
        .map(|n| story(&format!("s{n}"), "The same ferry"))
        .collect();
    let index = index(&stories);
    let mut seen = Vec::new();
    for skip in [0, 10, 20, 30] {
        let request = Request {
            skip,
            ..request("ferry")
        };
        let answer = index.search(&request).unwrap();
        assert_eq!(answer.count, 25);
        seen.extend(answer.hits.into_iter().map(|hit| hit.id));
    }
    assert_eq!(seen.len(), 25);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 25);
}

#[test]
fn an_empty_query_finds_nothing_unless_it_is_narrowed_down() {
    let index = index(&[
        story("a", "One").within("city", "2026"),
        story("b", "Two").within("sport", "2026"),
    ]);
    assert_eq!(ask(&index, "").count, 0);
    assert_eq!(ask(&index, "+-\"*").count, 0);
    let mut filters = Filters::default();
    filters.choose(ludgate_search::Facet::Section, "sport");
    let request = Request {
        query: Query::parse(""),
        filters,
        ..request("")
    };
    let answer = index.search(&request).unwrap();
    assert_eq!(answer.hits.first().unwrap().id, "b");
    assert_eq!(answer.count, 1);
}
