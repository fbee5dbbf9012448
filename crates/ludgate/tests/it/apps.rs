//! `[app]`, `[[apps]]` and `[api]`: what is wrong in them is told where it is written,
//! with what to write instead, and no server starts.

use crate::configuration::check;
use crate::program::{Paper, said};

/// Puts lines before the meters, which begin in line 18.
#[track_caller]
fn refused(lines: &str, words: &[&str]) {
    check("[[meters]]", &format!("{lines}\n[[meters]]"), words);
}

#[test]
fn a_lease_is_as_long_as_a_reader_who_has_left_may_go_on() {
    for length in ["59 min", "31 days", "0 s"] {
        refused(
            &format!("[app]\nlease = \"{length}\""),
            &[":19:9:", "\"1 h\" to \"30 days\""],
        );
    }
    refused("[app]\nlease = \"a week\"", &[":19:9:"]);
    refused("[app]\nlease = 7", &[":19:9:"]);
    refused("[app]\nenabled = \"no\"", &[":19:11:"]);
    refused(
        "[app]\nlese = \"7 days\"",
        &[":19:1:", "did you mean `lease`?"],
    );
    for length in ["1 h", "30 days"] {
        let paper = Paper::new();
        paper.edit("ludgate.toml", |text| {
            text + &format!("\n[app]\nlease = \"{length}\"\n")
        });
        let (code, text) = said(&["check", "--config", &paper.config()]);
        assert_eq!(code, 0, "{length}: {text}");
    }
}

#[test]
fn an_app_is_known_by_an_id_a_name_and_addresses_that_are_its_own() {
    let app = |id: &str, name: &str, redirects: &str| {
        format!("[[apps]]\nid = {id}\nname = {name}\nredirects = {redirects}")
    };
    let (id, name, redirects) = ("\"reader\"", "\"Reader\"", "[\"example.app:/cb\"]");
    refused(
        &app("\"Reader\"", name, redirects),
        &[":19:6:", "small letters"],
    );
    refused(
        &app("\"\"", name, redirects),
        &[":19:6:", "an app's id has"],
    );
    refused(
        &app(id, "\" \"", redirects),
        &[":20:8:", "a name that readers are shown"],
    );
    refused(&app(id, name, "[]"), &[":21:13:", "1 to 20 addresses"]);
    for (address, words) in [
        ("http://app.example/cb", "the reader's own machine only"),
        ("http://localhost/cb", "http://127.0.0.1/signed-in"),
        ("https://*.app.example/cb", "there are no stars"),
        ("https://app.example/cb#here", "no fragment"),
        ("reader:/cb", "its domain turned round"),
        ("app.example", "write the whole address"),
    ] {
        refused(
            &app(id, name, &format!("[\"{address}\"]")),
            &[":21:14:", words],
        );
    }
    let one = app(id, name, redirects);
    refused(
        &format!("{one}\n{one}"),
        &[":23:6:", "there is another app called \"reader\""],
    );
    refused(
        "[[apps]]\nid = \"reader\"\nname = \"Reader\"",
        &["missing field `redirects`"],
    );
}

#[test]
fn an_origin_whose_scripts_may_ask_is_one_as_browsers_name_it() {
    for origin in [
        "app.example",
        "https://app.example/",
        "*",
        "https://App.example",
    ] {
        refused(
            &format!("[api]\norigins = [\"{origin}\"]"),
            &[":19:12:", "is no origin", "\"https://app.example\""],
        );
    }
}

#[test]
fn an_app_that_nobody_can_have_is_warned_of() {
    let warned = |lines: &str| {
        let paper = Paper::new();
        paper.edit("ludgate.toml", |text| format!("{text}\n{lines}\n"));
        let (code, text) = said(&["check", "--config", &paper.config()]);
        assert_eq!(code, 0, "{text}");
        text
    };
    let app = "[[apps]]\nid = \"reader\"\nname = \"Reader\"\nredirects = [\"example.app:/cb\"]";
    let mail = "[mail]\nfrom = \"post@paper.example\"\nfolder = \"mails\"";
    for (lines, words) in [
        (
            "[app]\nlease = \"3 days\"",
            "warning: [app] is about an app that there isn't",
        ),
        (app, "warning: readers can let none of [[apps]] in"),
    ] {
        let text = warned(lines);
        assert!(text.contains(words), "no \"{words}\" in {text}");
        let text = warned(&format!("{mail}\n{lines}"));
        assert!(!text.contains(words), "{text}");
    }
    let text = warned("[app]\nenabled = false");
    assert!(!text.contains("[app]"), "{text}");
}
