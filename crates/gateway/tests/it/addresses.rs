//! What the fuzzer starts from and what it has found, as ordinary tests.

use std::fs;
use std::path::Path;

use crate::law;

#[test]
fn the_normal_form_of_every_address_of_the_corpus_is_normal() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/targets");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the corpus") {
        let bytes = fs::read(entry.expect("an entry").path()).expect("a file");
        // The fuzzer tries text only.
        let Ok(input) = std::str::from_utf8(&bytes) else {
            continue;
        };
        for (end, _) in input.char_indices() {
            law::is_normal(&input[..end]);
        }
        law::is_normal(input);
        count += 1;
    }
    assert!(count > 10, "the corpus is missing");
}
