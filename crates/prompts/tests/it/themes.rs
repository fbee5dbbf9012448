//! A publisher's own templates.

use std::sync::Arc;

use access::Prompt;
use ludgate_prompts::{Locale, Messages, PromptView, Theme};

use crate::{folder, prompts};

/// What loading a theme complains of, without the path of its folder.
#[track_caller]
fn complaint(files: &[(&str, &str)]) -> String {
    let own = folder(files);
    let errors = prompts("P", Some(own.path())).unwrap_err();
    errors
        .to_string()
        .replace(&format!("{}/", own.path().display()), "")
}

#[test]
fn a_template_in_the_folder_takes_the_place_of_the_built_in_one() {
    let own = folder(&[
        (
            "prompts/paywall.html",
            "{% extends \"builtin/prompts/paywall.html\" %}{% block benefits %}\
             {% include \"prompts/_ours.html\" %}{% endblock %}",
        ),
        (
            "prompts/_ours.html",
            "<p>{{ t('prompt-subscribe') }} &amp; {{ publication }}</p>",
        ),
        ("elsewhere/thing.html", "{% broken"),
        ("prompts/theme.css", "{% broken"),
    ]);
    let prompts = prompts("Q&A", Some(own.path())).unwrap();
    let html = prompts
        .render(&PromptView::new(Prompt::Paywall), &Locale::english())
        .unwrap();
    assert!(html.contains("<p>Subscribe &amp; Q&amp;A</p>"), "{html}");
    assert!(!html.contains("ludgate-benefits"), "{html}");
    let other = prompts
        .render(&PromptView::new(Prompt::TrialEnded), &Locale::english())
        .unwrap();
    assert!(other.contains("ludgate-benefits"), "{other}");
}

#[test]
fn a_broken_template_is_refused_with_its_line_and_the_old_ones_go_on() {
    let own = folder(&[("prompts/paywall.html", "<p>fine</p>\n")]);
    let old = prompts("P", Some(own.path())).unwrap();
    std::fs::write(
        own.path().join("prompts/paywall.html"),
        "<p>\n{% if x %}\n</p>\n",
    )
    .unwrap();

    let errors = prompts("P", Some(own.path())).unwrap_err();
    let error = errors.iter().next().unwrap();
    assert!(error.file.ends_with("prompts/paywall.html"), "{error}");
    assert!(matches!(error.line, Some(2..=4)), "{error}");

    let html = old
        .render(&PromptView::new(Prompt::Paywall), &Locale::english())
        .unwrap();
    assert_eq!(html, "<p>fine</p>");
}

#[test]
fn a_misspelt_name_is_refused_before_a_reader_meets_it() {
    assert_eq!(
        complaint(&[("prompts/paywal.html", "")]),
        "prompts/paywal.html: there is no template \"prompts/paywal.html\" to override; did you \
         mean prompts/paywall.html?; the name of a part of your own begins with an underscore",
    );
    assert_eq!(
        complaint(&[(
            "prompts/paywall.html",
            "\n<p>{{ t(\"prompt-subscibe\") }}</p>"
        )]),
        "prompts/paywall.html:2: there is no message \"prompt-subscibe\"; did you mean \
         prompt-subscribe?",
    );
    let variable = complaint(&[("prompts/wall.html", "<p>\n\n{{ publicaton }}</p>")]);
    assert!(variable.starts_with("prompts/wall.html:3: "), "{variable}");
    let key = complaint(&[("prompts/wall.html", "{{ t(\"prompt-\" ~ \"nonsense\") }}")]);
    assert!(key.starts_with("prompts/wall.html:1: "), "{key}");
    let part = complaint(&[("prompts/wall.html", "{% include \"prompts/_gone.html\" %}")]);
    assert!(part.starts_with("prompts/wall.html:1: "), "{part}");
}

#[test]
fn templates_speak_the_readers_language_in_macros_and_parts_too() {
    let sources = [
        (
            "page/a.html",
            "{% import 'page/m.html' as m %}{{ m.say(2) }} {% include 'page/b.html' %}",
        ),
        (
            "page/m.html",
            "{% macro say(n) %}{{ t('prompt-story-noun', left=n) }}{% endmacro %}",
        ),
        (
            "page/b.html",
            "{{ locale }} {{ dir }} {{ date('2026-12-01') }} {{ date(day, 'full') }}",
        ),
    ];
    let messages = Arc::new(Messages::builtin().unwrap());
    let theme = Theme::load(sources, None, messages).unwrap();
    let context = std::collections::BTreeMap::from([("day", "2026-11-02")]);
    for (locale, expected) in [
        ("en", "stories en ltr 1 December 2 November 2026"),
        ("ar-EG", "مقالان ar rtl ١ ديسمبر ٢ نوفمبر ٢٠٢٦"),
        ("nl", "stories en ltr 1 December 2 November 2026"),
    ] {
        let html = theme
            .render("page/a.html", &locale.parse().unwrap(), &context)
            .unwrap();
        assert_eq!(html, expected, "{locale}");
    }
}

#[test]
fn a_failure_while_rendering_names_the_file_and_the_line() {
    let sources = [
        ("page/a.html", "\n{{ date('tomorrow') }}"),
        ("page/b.txt", "{{ a }}"),
    ];
    let theme = Theme::load(sources, None, Arc::new(Messages::builtin().unwrap())).unwrap();
    let error = theme
        .render("page/a.html", &Locale::english(), &())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "templates/page/a.html:2: invalid operation: \"tomorrow\" is no date; write one such as \
         2026-12-01"
    );
    let error = theme
        .render("page/none.html", &Locale::english(), &())
        .unwrap_err();
    assert!(error.to_string().starts_with("page/none.html: "), "{error}");
    let context = std::collections::BTreeMap::from([("a", "<&>")]);
    assert_eq!(
        theme
            .render("page/b.txt", &Locale::english(), &context)
            .unwrap(),
        "<&>"
    );
}
