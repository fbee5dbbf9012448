//! A publisher's own templates.

use ludgate_letters::samples;
use prompts::Locale;
use tempfile::TempDir;

use crate::load;

fn theme(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }
    folder
}

#[track_caller]
fn complaint(files: &[(&str, &str)]) -> String {
    let folder = theme(files);
    let error = load("The Ludgate Review", Some(folder.path())).expect_err("a complaint");
    let place = format!("{}/", folder.path().display());
    error.to_string().replace(&place, "")
}

#[test]
fn one_letter_may_look_different_and_all_others_stay() {
    let own = "{% extends \"letters/letter.html\" %}\
               {% block foot %}<p>{{ letter }} of {{ publication }}</p>{% endblock %}";
    let folder = theme(&[
        ("letters/receipt.html", own),
        ("letters/receipt.txt", "{{ title }} and nothing else"),
        ("prompts/paywall.html", "{{ of no concern here }}"),
    ]);
    let letters = load("The Ludgate Review", Some(folder.path())).expect("letters");
    for letter in samples::all() {
        let written = letters
            .write(&letter, None, &Locale::english())
            .expect("a letter");
        let is_own = letter.name() == "receipt";
        let html = written
            .html
            .contains("<p>receipt of The Ludgate Review</p>");
        assert_eq!(html, is_own, "{}", letter.name());
        assert_eq!(
            written.text.contains("nothing else"),
            is_own,
            "{}",
            letter.name()
        );
    }
}

#[test]
fn all_letters_may_look_different() {
    let folder = theme(&[("letters/letter.html", "<p>{{ title }}</p>")]);
    let letters = load("The Ludgate Review", Some(folder.path())).expect("letters");
    for letter in samples::all() {
        let written = letters
            .write(&letter, None, &Locale::english())
            .expect("a letter");
        assert!(written.html.starts_with("<p>"), "{}", written.html);
    }
}

#[test]
fn what_could_fail_later_is_refused_at_the_start() {
    for (files, expected) in [
        (
            [("letters/receipt.html", "{{ titel }}")],
            "letters/receipt.html:1: undefined value",
        ),
        (
            [("letters/letter.txt", "\n{{ t(\"letter-helo\") }}")],
            "letters/letter.txt:2: there is no message \"letter-helo\"; did you mean letter-hello?",
        ),
        (
            [("letters/reciept.html", "{{ title }}")],
            "letters/reciept.html: there is no template \"letters/reciept.html\" to override; did you \
             mean letters/receipt.html?",
        ),
        ([("letters/gift.html", "{% if %}")], "letters/gift.html:1: "),
    ] {
        let said = complaint(&files);
        assert!(said.starts_with(expected), "{said}");
    }
}
