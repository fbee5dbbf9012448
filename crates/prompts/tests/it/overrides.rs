//! A publisher's own words.

use ludgate_prompts::{Arg, Locale, Messages, Problem};

use crate::folder;

fn left(number: i64) -> [(&'static str, Arg<'static>); 3] {
    [
        ("left", Arg::Number(number)),
        ("period", Arg::Text("month")),
        ("days", Arg::Number(0)),
    ]
}

/// What the countdown says in `locale` with `text` in place of the built-in.
#[track_caller]
fn check(locale: &str, text: &str, expected: &[(i64, &str)]) {
    let line = format!("prompt-countdown = {text}\n");
    let own = folder(&[(&format!("{locale}.ftl"), &line)]);
    let messages = match Messages::load(Some(own.path())) {
        Ok(messages) => messages,
        Err(errors) => panic!("{errors}"),
    };
    let locale: Locale = locale.parse().unwrap();
    for (number, said) in expected {
        assert_eq!(
            messages.text(&locale, "prompt-countdown", &left(*number)),
            *said,
            "{number}"
        );
    }
}

/// The one complaint about a file `en.ftl` that says `text`, without its path.
#[track_caller]
fn complaint(text: &str) -> String {
    let own = folder(&[("en.ftl", text)]);
    let errors = Messages::load(Some(own.path())).unwrap_err();
    assert_eq!(errors.iter().count(), 1, "{errors}");
    let path = format!("{}/", own.path().display());
    errors.to_string().replace(&path, "")
}

#[test]
fn one_message_is_overridden_and_the_others_stay() {
    let own = folder(&[
        ("en.ftl", "prompt-subscribe = Join us\n"),
        ("de/words.ftl", "prompt-subscribe = Mitlesen\n"),
    ]);
    let messages = Messages::load(Some(own.path())).unwrap();
    let (english, german) = (Locale::english(), "de".parse().unwrap());
    assert_eq!(messages.text(&english, "prompt-subscribe", &[]), "Join us");
    assert_eq!(messages.text(&german, "prompt-subscribe", &[]), "Mitlesen");
    assert_eq!(messages.text(&english, "prompt-sign-in", &[]), "Sign in");
    assert_eq!(
        messages.text(&"fr".parse().unwrap(), "prompt-subscribe", &[]),
        "S’abonner"
    );
}

#[test]
fn a_region_says_what_its_language_says_but_for_its_own_words() {
    let own = folder(&[
        ("en.ftl", "prompt-sign-in = Log in\n"),
        ("en-GB.ftl", "prompt-subscribe = Take out a subscription\n"),
    ]);
    let messages = Messages::load(Some(own.path())).unwrap();
    let british: Locale = "en-GB".parse().unwrap();
    assert_eq!(
        messages.text(&british, "prompt-subscribe", &[]),
        "Take out a subscription"
    );
    assert_eq!(messages.text(&british, "prompt-sign-in", &[]), "Log in");
    assert_eq!(
        messages.text(&Locale::english(), "prompt-subscribe", &[]),
        "Subscribe"
    );
    assert!(messages.missing(&british).is_empty());
}

#[test]
fn a_new_language_speaks_english_where_it_has_no_words_and_says_where() {
    let own = folder(&[("nl.ftl", "prompt-subscribe = Abonneren\n")]);
    let messages = Messages::load(Some(own.path())).unwrap();
    let dutch: Locale = "nl".parse().unwrap();
    assert_eq!(messages.text(&dutch, "prompt-subscribe", &[]), "Abonneren");
    assert_eq!(messages.text(&dutch, "prompt-sign-in", &[]), "Sign in");
    assert!(messages.missing(&dutch).contains(&"prompt-sign-in"));
}

#[test]
fn a_message_may_use_what_its_group_documents() {
    check("en", "{ $left } of { $publication } left", &[]);
    check("en", "{ NUMBER($left) } left", &[(2, "2 left")]);
}

#[test]
fn an_old_text_is_pasted_as_it_is() {
    check(
        "en",
        "You have {{numberArticlesLeft}} free {{numberArticlesLeft-plural}} left.",
        &[
            (1, "You have 1 free story left."),
            (2, "You have 2 free stories left."),
        ],
    );
    check(
        "en",
        "{{ numberArticlesLeft }} article{{numberArticlesLeft-plural}} to go",
        &[
            (0, "0 articles to go"),
            (1, "1 article to go"),
            (5, "5 articles to go"),
        ],
    );
    check(
        "fr",
        "Encore {{numberArticlesLeft}} article{{numberArticlesLeft-plural}}",
        &[
            (0, "Encore 0 article"),
            (1, "Encore 1 article"),
            (2, "Encore 2 articles"),
        ],
    );
    check(
        "ja",
        "あと{{numberArticlesLeft}}{{numberArticlesLeft-plural}}です",
        &[(3, "あと3本です")],
    );
}

#[test]
fn an_old_text_is_inflected_as_its_language_asks() {
    check(
        "pl",
        "Zostało: {{numberArticlesLeft}} {{numberArticlesLeft-plural}}",
        &[
            (1, "Zostało: 1 artykuł"),
            (3, "Zostało: 3 artykuły"),
            (5, "Zostało: 5 artykułów"),
            (22, "Zostało: 22 artykuły"),
        ],
    );
    check(
        "ar",
        "{{numberArticlesLeft}} {{numberArticlesLeft-plural}}",
        &[
            (0, "٠ مقال"),
            (1, "١ مقال"),
            (3, "٣ مقالات"),
            (11, "١١ مقالًا"),
            (100, "١٠٠ مقال"),
        ],
    );
}

#[test]
fn a_plural_ending_is_refused_where_words_do_not_take_one() {
    for locale in ["pl", "ar", "de"] {
        let text = "prompt-countdown = artykuł{{numberArticlesLeft-plural}}\n";
        let own = folder(&[(&format!("{locale}.ftl"), text)]);
        let errors = Messages::load(Some(own.path())).unwrap_err();
        let problem = &errors.iter().next().unwrap().problem;
        assert_eq!(*problem, Problem::PluralEnding(locale.to_owned()));
    }
}

#[test]
fn an_unknown_placeholder_is_refused_with_its_line_and_a_suggestion() {
    assert_eq!(
        complaint("# Ours\nprompt-subscribe = Join\nprompt-countdown = { $lefft } left\n"),
        "en.ftl:3: the message \"prompt-countdown\" has no placeholder $lefft; did you mean \
         $left? (it has $days, $left, $limit, $period, $publication, $used)",
    );
    assert_eq!(
        complaint("prompt-countdown =\n    You have {{numberArticleLeft}} left\n"),
        "en.ftl:2: the message \"prompt-countdown\" has no placeholder {{numberArticleLeft}}; did \
         you mean {{numberArticlesLeft}}? (it has {{numberArticlesLeft}}, \
         {{numberArticlesLeft-plural}})",
    );
    assert_eq!(
        complaint("prompt-paywall-title = Only {{numberArticlesLeft}} left\n"),
        "en.ftl:1: the message \"prompt-paywall-title\" has no placeholder $left (it has \
         $publication)",
    );
    let open = complaint("prompt-countdown = {{numberArticlesRead} of them\n");
    assert!(open.starts_with("en.ftl:1: column 4"), "{open}");
    assert!(open.ends_with("\"}\" is missing here"), "{open}");
}

#[test]
fn an_unknown_message_is_refused_with_its_line_and_a_suggestion() {
    assert_eq!(
        complaint("prompt-subscribe = Join\nprompt-paywal-title = Join\n"),
        "en.ftl:2: there is no message \"prompt-paywal-title\"; did you mean \
         prompt-paywall-title?",
    );
    assert_eq!(
        complaint("prompt-subscribe = { prompt-subscibe }\n"),
        "en.ftl:1: there is no message \"prompt-subscibe\"; did you mean prompt-subscribe?",
    );
    assert_eq!(
        complaint("prompt-close = A\nprompt-close = B\n"),
        "en.ftl:1: the message \"prompt-close\" is given twice; keep one of them",
    );
}

#[test]
fn a_message_that_can_not_be_put_together_is_refused() {
    let circle = complaint("prompt-subscribe = { prompt-subscribe } now\n");
    assert!(
        circle.starts_with("en.ftl:1: the message \"prompt-subscribe\" can't be"),
        "{circle}"
    );
    // It isn't told the numbers that the other message needs.
    let number = complaint("prompt-subscribe = { prompt-countdown }\n");
    assert!(number.contains("Unknown variable"), "{number}");
    let function = complaint("prompt-subscribe = { SHOUT(\"now\") }\n");
    assert!(function.contains("can't be put together"), "{function}");
}

#[test]
fn braces_without_end_neither_overflow_nor_hang() {
    let deep = format!(
        "prompt-close = A\nprompt-subscribe = {}\n",
        "{".repeat(200_000)
    );
    assert_eq!(
        complaint(&deep),
        "en.ftl:2: braces lie more than 16 deep in each other"
    );
    let wide = format!("prompt-close = {}\n", "{{a ".repeat(4));
    assert!(complaint(&wide).starts_with("en.ftl:1: column "));
    check("en", &"{\"a\"}".repeat(90), &[(1, &"a".repeat(90))]);
}

#[test]
fn what_is_wrong_with_the_syntax_is_said_in_a_sentence_with_its_place() {
    for (text, expected) in [
        (
            "prompt-close = A\nprompt-countdown = { $left -> [one] a *[other] b }\n",
            "en.ftl:2: column 31: the line should end after ->; write each form of the choice on a \
             line of its own",
        ),
        (
            "prompt-close\n",
            "en.ftl:1: column 13: \"=\" is missing here",
        ),
        (
            "prompt-close = Zu } zu\n",
            "en.ftl:1: column 19: this brace closes nothing; write { \"}\" } for one in the text",
        ),
        (
            "prompt-close = { $left ->\n [one] a\n}\n",
            "one form of the choice must be marked with a star, as *[other]",
        ),
    ] {
        let said = complaint(text);
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn every_complaint_about_every_file_is_made_at_once() {
    let own = folder(&[
        ("en.ftl", "promt-close = A\n"),
        ("fr/a.ftl", "prompt-subscribe = { $x }\n"),
        ("german.language.ftl", "prompt-close = A\n"),
        ("fr/.hidden.ftl", "nonsense"),
        ("notes.txt", "nonsense"),
    ]);
    let errors = Messages::load(Some(own.path())).unwrap_err();
    let files: Vec<&str> = errors
        .iter()
        .map(|error| error.file.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(
        files,
        ["german.language.ftl", "en.ftl", "a.ftl"],
        "{errors}"
    );
}

#[test]
fn a_folder_out_of_bounds_or_absent_is_refused() {
    let own = folder(&[("en.ftl", &"# far too much\n".repeat(20_000))]);
    let errors = Messages::load(Some(own.path())).unwrap_err();
    assert!(matches!(
        errors.iter().next().unwrap().problem,
        Problem::TooLarge { .. }
    ));

    let deep = folder(&[("en/a/b/c/d/e.ftl", "")]);
    let errors = Messages::load(Some(deep.path())).unwrap_err();
    assert!(matches!(
        errors.iter().next().unwrap().problem,
        Problem::TooMany { .. }
    ));

    let missing = own.path().join("elsewhere");
    let errors = Messages::load(Some(&missing)).unwrap_err();
    assert!(errors.to_string().contains("elsewhere"), "{errors}");
}
