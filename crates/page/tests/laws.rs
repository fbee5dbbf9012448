//! The laws that the fuzzer holds the crate to, asked of its corpora: whatever
//! it has found stays found, without a nightly compiler.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests"
)]

mod support;

use std::fs;
use std::path::Path;

use support::laws;

/// Asks `law` of every file of the corpus, whole and cut off in the middle.
fn check(corpus: &str, law: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join(corpus);
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let input = fs::read(entry.unwrap().path()).unwrap();
        law(&input);
        law(&input[..input.len() / 2]);
        count += 1;
    }
    assert!(count > 4, "the corpus {corpus} is missing");
}

#[test]
fn every_page_of_the_corpus_compiles_without_its_beginning_in_the_preview() {
    check("corpus", laws::compiles);
}

#[test]
fn every_page_of_the_corpus_is_spliced_alike_in_every_encoding() {
    check("corpus", laws::splices);
}

#[test]
fn every_page_of_the_corpus_is_the_same_by_its_plan() {
    check("corpus", laws::plans);
}

#[test]
fn every_page_of_the_corpus_is_the_same_after_it_was_packed() {
    check("corpus", laws::packs);
}

#[test]
fn every_selector_of_the_corpus_finds_the_same_in_capitals() {
    check("selectors", laws::selects);
}
