//! What letters say in English, word by word: the files in `expected/`. They
//! are for people to read when words change. `LUDGATE_BLESS=1` writes them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use ludgate_letters::samples;
use prompts::Locale;

use crate::letters;

#[test]
fn letters_say_in_english_what_is_written_down() {
    let letters = letters();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/expected");
    let blesses = std::env::var_os("LUDGATE_BLESS").is_some();
    let mut said: BTreeMap<&str, String> = BTreeMap::new();
    for letter in samples::all() {
        let written = letters.write(&letter, Some("Anna"), &Locale::english());
        let written = written.expect("a letter");
        let all = said.entry(letter.name()).or_default();
        if !all.is_empty() {
            all.push_str("\n=====\n\n");
        }
        let _ = write!(all, "Subject: {}\n\n{}", written.subject, written.text);
    }
    for (name, said) in said {
        let path = folder.join(format!("{name}.txt"));
        if blesses {
            std::fs::write(&path, &said).expect("written");
        }
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            expected == said,
            "{}: LUDGATE_BLESS=1 writes this anew:\n{said}",
            path.display()
        );
    }
}
