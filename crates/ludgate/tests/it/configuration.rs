//! Mistakes in a configuration: each is named by file, line and column, and
//! none lets a server start.

use crate::program::{Paper, said};

/// Puts `line` in place of `old`, and expects `check` and `serve` to refuse
/// with all of `words`.
#[track_caller]
fn check(old: &str, line: &str, words: &[&str]) {
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, line, 1)
    });
    for command in ["check", "serve"] {
        let (code, text) = said(&[command, "--config", &paper.config()]);
        assert_eq!(code, 2, "{command}: {text}");
        assert!(text.contains("ludgate.toml"), "{text}");
        for word in words {
            assert!(text.contains(word), "no \"{word}\" in:\n{text}");
        }
    }
}

#[test]
fn a_configuration_that_init_has_written_is_good() {
    let paper = Paper::new();
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("is good: 1 story, 4 rules"), "{text}");
}

#[test]
fn a_misspelt_key_is_refused_with_its_place_and_a_suggestion() {
    check(
        "allowance = ",
        "alowance = ",
        &[":21:1:", "alowance", "did you mean `allowance`?"],
    );
    check("[server]", "[sever]", &["did you mean `server`?"]);
    check(
        "anonymous = 3",
        "anonimous = 3",
        &["did you mean `anonymous`?"],
    );
    check(
        "tier = \"free\"",
        "teir = \"free\"",
        &["did you mean `tier`?"],
    );
}

#[test]
fn a_benefit_that_no_wall_can_speak_of_is_refused_with_a_suggestion() {
    let line = "locales  = [\"en\"]\nbenefits = [\"stories\", \"aps\"]";
    check(
        "locales  = [\"en\"]",
        line,
        &["unknown variant `aps`", "did you mean `apps`?"],
    );
}

#[test]
fn a_value_that_means_nothing_is_refused_with_what_to_write_instead() {
    check(
        "Europe/London",
        "Europe/Lundon",
        &["is no time zone", "did you mean \"Europe/London\"?"],
    );
    check(
        "\"calendar month\"",
        "\"fortnight\"",
        &["is no period", "30 days"],
    );
    check(
        "tier = \"free\"",
        "tier = \"fre\"",
        &["is no tier", "did you mean \"free\"?"],
    );
    check(
        "meter = \"monthly\"",
        "meter = \"montly\"",
        &["did you mean \"monthly\"?"],
    );
    check(
        "wall = \"subscribe\"",
        "wall = \"subscibe\"",
        &["did you mean \"subscribe\"?"],
    );
    check("\"open\"", "\"opne\"", &["a rule can't do \"opne\""]);
    check(
        "locales  = [\"en\"]",
        "locales  = [\"not a locale\"]",
        &["is not a language tag"],
    );
    check(
        "[[meters]]",
        "[gate]\nmode = \"obsreve\"\n[[meters]]",
        &["is no mode"],
    );
    check(
        "[[meters]]",
        "[meter]\ndurability = \"1 h\"\n[[meters]]",
        &["more than 10 s"],
    );
    check(
        "[[meters]]",
        "[articles]\nbody = \"p[\"\n[[meters]]",
        &["ludgate.toml:"],
    );
    check(
        "[[meters]]",
        "[links]\nlogin = \"//evil\"\n[[meters]]",
        &["a link is a path"],
    );
    check(
        "listen = \"127.0.0.1:",
        "listen = \"localhost:",
        &[
            "ludgate.toml:",
            "an IP address and a port",
            "127.0.0.1:8080",
        ],
    );
    check(
        "[[meters]]",
        "[articles]\npreview = { words = -5 }\n[[meters]]",
        &["expected a whole number"],
    );
    check(
        "[server]",
        "[server]\nannounce = \"1 h\"",
        &["more than 10 min"],
    );
}

#[test]
fn a_rule_that_opens_more_than_it_seems_to_is_refused() {
    check(
        "when = { tier = \"free\" }\n",
        "",
        &["would open every story to everybody"],
    );
    check("when = { tier = \"free\" }", "when = {}", &["says nothing"]);
    check(
        "when = { tier = \"free\" }",
        "when = { section = [] }",
        &["an empty list"],
    );
    check(
        "when = { tier = \"free\" }",
        "when = { not = {} }",
        &["says nothing"],
    );
    check(
        "when = { tier = \"free\" }",
        "when = { any = [{}] }",
        &["says nothing"],
    );
    for half_written in [
        "{ any = [] }",
        "{ not = { any = [] } }",
        "{ any = [{ any = [] }] }",
        "{ not = { section = [] } }",
        "{ tier = \"free\", not = { tag = [] } }",
        "{ not = { entitled = \"\" } }",
        "{ not = { tag = [\"a\", \" \"] } }",
    ] {
        check(
            "when = { tier = \"free\" }",
            &format!("when = {half_written}"),
            &[":27:", "help: "],
        );
    }
    check(
        "when = { tier = \"free\" }",
        "when = { country = \"JP\" }",
        &["nothing says where"],
    );
    check(
        "when = { tier = \"locked\" }",
        "when = { sponsored = true }",
        &["always open"],
    );
    check(
        "id   = \"free\"",
        "id   = \"metered\"",
        &["two rules are called"],
    );
    check(
        "registered = 5",
        "registered = 2",
        &["signing in would cost them"],
    );
}

#[test]
fn a_list_that_must_have_members_may_not_be_empty() {
    check(
        "[[meters]]",
        "[articles]\nbody = []\n[[meters]]",
        &["ludgate.toml:", "no story would be recognised", "help: "],
    );
    check(
        "locales  = [\"en\"]",
        "locales  = []",
        &["at least one language"],
    );
}

#[test]
fn a_country_header_that_nobody_may_send_is_refused() {
    check(
        "[[meters]]",
        "[gate]\ncountry_header = \"x-country\"\n[[meters]]",
        &["ludgate.toml:", "no proxy is trusted", "trusted_proxies ="],
    );
}

#[test]
fn every_condition_can_be_written() {
    let paper = Paper::new();
    let rule = r#"
[[rules]]
id = "everything"
then = { wall = "register" }
[rules.when]
tier = ["metered", "locked"]
sponsored = false
section = "news"
tag = ["this-paper"]
author = "The Editor"
story = "/stories/hello"
path = ["/stories/**"]
published = { before = 2030-01-01, after = "2020-01-01", older_than = "1 day", newer_than = "9000 days" }
entitled = "read"
audience = ["anonymous", "registered", "trial", "lapsed", "subscriber"]
country = ["JP", "fr"]
language = "ja"
device = ["phone", "tablet", "desktop"]
referrer = ["search", "social", "newsletter", "direct", "internal", "other"]
network = ["192.0.2.0/24", "2001:db8::/32"]
locale = "en"
time = { from = 2026-01-01, until = 2030-01-31T18:00:00 }
not = { section = "other" }
any = [{ tag = "a" }, { not = { tag = "b" } }]
"#;
    paper.edit("ludgate.toml", |text| {
        let proxies = "[server]\ntrusted_proxies = [\"10.0.0.0/8\"]";
        text.replace("[server]", proxies) + "[gate]\ncountry_header = \"x-country\"\n" + rule
    });
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn a_missing_file_or_broken_content_is_named() {
    let (code, text) = said(&["check", "--config", "/nowhere/ludgate.toml"]);
    assert_eq!(code, 2);
    assert!(
        text.contains("there is no such file") && text.contains("ludgate init"),
        "{text}"
    );
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        text.replace("\"content\"", "\"contents\"")
    });
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 2, "{text}");
    assert!(
        text.contains("ludgate.toml:") && text.contains("there is no folder"),
        "{text}"
    );
    assert!(!text.contains("no stories"), "{text}");
    let paper = Paper::new();
    paper.edit("content/stories/hello.md", |text| {
        text.replace("tier = \"metered\"", "tier = \"x\"")
    });
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 1);
    assert!(text.contains("hello.md") && text.contains("tier"), "{text}");
}

#[test]
fn every_mistake_is_told_at_once() {
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        text.replace("Europe/London", "Europe/Lundon")
            .replace("\"open\"", "\"opne\"")
    });
    let (_, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(text.matches("help:").count(), 3, "{text}");
    paper.edit("ludgate.toml", |text| {
        text.replace("allowance", "alowance")
            .replace("tier = \"free\"", "teir = \"free\"")
    });
    let (_, text) = said(&["check", "--config", &paper.config()]);
    assert!(
        text.contains("`allowance`?") && text.contains("`tier`?"),
        "{text}"
    );
}

#[test]
fn a_theme_that_lost_the_storys_body_is_found_out_before_it_is_served() {
    let paper = Paper::new();
    std::fs::create_dir_all(paper.path("theme/publication")).expect("a folder");
    let story = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../templates/publication/story.html"
    );
    let story = std::fs::read_to_string(story).expect("the template");
    let renamed = story.replace("story-body", "text");
    assert_ne!(story, renamed);
    std::fs::write(paper.path("theme/publication/story.html"), renamed).expect("a file");
    paper.edit("ludgate.toml", |text| {
        text + "\n[theme]\ntemplates = \"theme\"\n"
    });
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 1);
    assert!(text.contains("matches [articles] body"), "{text}");
}
