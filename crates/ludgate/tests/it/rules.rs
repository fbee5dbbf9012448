//! Rules as they are written: what can be, and what is refused because nobody
//! can mean it.

use crate::configuration::check;
use crate::program::{Paper, said};

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
fn an_id_is_no_empty_text_and_none_that_openings_are_given() {
    let id = "id   = \"exclusive\"";
    check(id, "id = \"\"", &[":36:6:", "a rule needs an id"]);
    check(id, "id = \" \"", &[":36:6:", "a rule needs an id"]);
    check(
        id,
        "id = \"open-1\"",
        &[":36:6:", "`ludgate open`", "write \"opening-1\""],
    );
}

#[test]
fn what_could_never_hold_is_refused() {
    let when = "when = { tier = \"free\" }";
    for (condition, words) in [
        (
            "published = { before = 2026-01-01, after = 2026-02-01 }",
            ["no story was ever published then", "later than `after`"],
        ),
        (
            "published = { before = 2026-01-01, after = 2026-01-01 }",
            ["no story was ever published then", "later than `after`"],
        ),
        (
            "published = { older_than = \"30 days\", newer_than = \"7 days\" }",
            ["no story was ever published then", "longer than"],
        ),
        (
            "time = { from = 2026-02-01, until = 2026-01-01 }",
            ["ends before it begins", "later than `from`"],
        ),
        (
            "locale = \"jp\"",
            [
                "\"jp\" is no locale that readers are addressed in",
                "known are en",
            ],
        ),
        (
            "language = \"pt-BR\"",
            ["more than a language", "for example \"pt\""],
        ),
    ] {
        check(
            when,
            &format!("when = {{ {condition} }}"),
            &[":27:", words[0], words[1]],
        );
    }
}

#[test]
fn a_day_may_be_the_only_one() {
    let paper = Paper::new();
    paper.edit("ludgate.toml", |text| {
        text.replacen(
            "tier = \"free\"",
            "time = { from = 2026-01-01, until = 2026-01-01 }",
            1,
        )
    });
    let (code, text) = said(&["check", "--config", &paper.config()]);
    assert_eq!(code, 0, "{text}");
}

#[test]
fn a_bad_date_is_one_mistake() {
    for condition in [
        "published = { before = \"soon\" }",
        "time = { until = \"soon\" }",
    ] {
        let paper = Paper::new();
        paper.edit("ludgate.toml", |text| {
            text.replacen("tier = \"free\"", condition, 1)
        });
        let (_, text) = said(&["check", "--config", &paper.config()]);
        assert!(text.contains("is neither a day"), "{text}");
        assert!(!text.contains("this needs"), "{text}");
    }
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
