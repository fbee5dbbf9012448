//! What the index holds, on disk and over time.

use std::cell::Cell;
use std::fs;

use crate::support::*;
use ludgate_search::{Document, Fingerprint, Index, Query, Second, Wanted};

#[test]
fn only_what_has_changed_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut stories = vec![story("a", "Ferry one"), story("b", "Ferry two")];
    let index = Index::new(Some(folder.path()));
    assert!(!index.is_complete());
    assert_eq!(sync(&index, &stories, NOW).written, 2);
    assert!(index.is_complete());
    drop(index);

    let index = Index::new(Some(folder.path()));
    assert_eq!(sync(&index, &stories, NOW).written, 0);
    assert_eq!(found(&index, "ferry").len(), 2);
    stories[0] = Document {
        fingerprint: Fingerprint(2),
        ..story("a", "Zeppelin one")
    };
    assert_eq!(sync(&index, &stories, NOW).written, 1);
    assert_eq!(found(&index, "ferry"), ["b"]);
    assert_eq!(found(&index, "zeppelin"), ["a"]);
    stories.remove(0);
    assert_eq!(sync(&index, &stories, NOW).removed, 1);
    assert_eq!(found(&index, "zeppelin"), Vec::<String>::new());
    assert_eq!(ask(&index, "zeppelim").instead, None);
}

#[test]
fn a_damaged_or_foreign_index_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("search");
    let stories = [story("a", "Ferry one"), story("b", "Ferry two")];
    let remade = |what: &str| {
        let index = Index::new(Some(&folder));
        assert_eq!(sync(&index, &stories, NOW).written, 2, "{what}");
        assert_eq!(found(&index, "ferry").len(), 2, "{what}");
    };
    remade("where there is none");
    fs::write(folder.join("format"), "0").unwrap();
    remade("of another format");
    fs::write(folder.join("meta.json"), "{").unwrap();
    remade("whose list is torn");
    let largest = |ending: &str| {
        let files = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path());
        files
            .filter(|path| path.to_string_lossy().ends_with(ending))
            .max()
            .unwrap()
    };
    for ending in [".idx", ".store", ".fast", ".term", ".pos"] {
        let path = largest(ending);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 3;
        bytes[middle] ^= 0xff;
        fs::write(&path, bytes).unwrap();
        remade(&format!("with a byte of {ending} changed"));
        let path = largest(ending);
        fs::remove_file(&path).unwrap();
        remade(&format!("without its {ending}"));
        let path = largest(ending);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        remade(&format!("with half of its {ending}"));
    }
}

#[test]
fn a_story_is_found_from_its_time_on_and_not_before() {
    let later = Second(NOW.0 + 60);
    let stories = [
        story("out", "Ferry sails"),
        Document {
            published: later,
            ..story("to-come", "Zeppelin sails").about("Airships")
        },
    ];
    let index = Index::new(None);
    let synced = sync(&index, &stories, NOW);
    assert_eq!(synced.next, Some(later));
    assert_eq!(found(&index, "sails"), ["out"]);
    // Nor does it tell that it will be there.
    let without = self::index(&stories[..1]);
    for query in ["zeppelin", "zeppelim", "sails", "zep", "air"] {
        assert_eq!(visible(&index, query), visible(&without, query), "{query}");
    }
    assert_eq!(sync(&index, &stories, later).next, None);
    assert_eq!(found(&index, "sails"), ["out"], "asked as of before");
    let request = ludgate_search::Request {
        now: later,
        ..request("zeppelin")
    };
    assert_eq!(index.search(&request).unwrap().count, 1);
    // A clock that is put back takes it out again.
    assert_eq!(sync(&index, &stories, NOW).removed, 1);
}

#[test]
fn while_it_is_made_it_answers_with_what_there_is_and_says_so() {
    let stories: Vec<Document> = (0..5000)
        .map(|n| story(&format!("s{n}"), "Ferry").days_ago(n))
        .collect();
    let wanted: Vec<Wanted<'_>> = stories
        .iter()
        .map(|story| Wanted {
            id: &story.id,
            fingerprint: story.fingerprint,
            published: story.published,
        })
        .collect();
    let index = Index::new(None);
    let batches = Cell::new(0);
    let mut fetch = |id: &str| stories.iter().find(|story| story.id == id).cloned();
    let go_on = || {
        batches.set(batches.get() + 1);
        if batches.get() == 2 {
            let answer = ask(&index, "ferry");
            assert!(!answer.complete);
            assert!(answer.count > 0 && answer.count < stories.len());
            assert_eq!(answer.hits[0].id, "s0", "the newest go in first");
        }
        batches.get() < 3
    };
    let synced = index.sync(&wanted, NOW, &mut fetch, &go_on).unwrap();
    assert!(!synced.finished && !index.is_complete());
    let synced = index.sync(&wanted, NOW, &mut fetch, &|| true).unwrap();
    assert!(synced.finished && index.is_complete());
    assert_eq!(ask(&index, "ferry").count, stories.len());
}

#[test]
fn of_many_changes_none_is_found_as_it_was() {
    let all = |word: &str| -> Vec<Document> {
        let stories = (0..5000).map(|n| story(&format!("s{n}"), word).days_ago(n));
        stories.collect()
    };
    let before = all("Ferry");
    let index = index(&before);
    assert_eq!(ask(&index, "ferry").count, before.len());
    let after = all("Barge");
    let wanted: Vec<Wanted<'_>> = after
        .iter()
        .map(|story| Wanted {
            id: &story.id,
            fingerprint: Fingerprint(2),
            published: story.published,
        })
        .collect();
    let mut fetch = |id: &str| after.iter().find(|story| story.id == id).cloned();
    let go_on = || {
        assert_eq!(ask(&index, "ferry").count, 0);
        true
    };
    let synced = index.sync(&wanted, NOW, &mut fetch, &go_on).unwrap();
    assert_eq!((synced.written, synced.removed), (after.len(), 0));
    assert_eq!(ask(&index, "barge").count, after.len());
}

#[test]
fn what_is_taken_out_is_found_no_more_before_it_is_written() {
    let index = index(&[story("a", "Ferry").about("Harbour"), story("b", "Ferry")]);
    let b = story("b", "Ferry");
    let wanted = [Wanted {
        id: "b",
        fingerprint: Fingerprint(2),
        published: b.published,
    }];
    let asked = Cell::new(false);
    let mut fetch = |_: &str| {
        asked.set(true);
        // Withdrawn, and about to be replaced.
        assert_eq!(ask(&index, "ferry").count, 0);
        Some(b.clone())
    };
    index.sync(&wanted, NOW, &mut fetch, &|| true).unwrap();
    assert!(asked.get());
    assert_eq!(found(&index, "ferry"), ["b"]);
    let suggested = index.suggest(&Query::parse("har"), NOW).unwrap();
    assert!(suggested.topics.is_empty());
}
