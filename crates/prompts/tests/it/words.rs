//! The words themselves: plural forms, periods, and that none is missing.

use ludgate_prompts::{Arg, Locale, Messages};

use crate::LOCALES;

/// What `key` says in `locale` of `number` stories, in a month.
fn said(key: &str, locale: &str, number: i64) -> String {
    let args = [
        ("left", Arg::Number(number)),
        ("limit", Arg::Number(number)),
        ("period", Arg::Text("month")),
        ("days", Arg::Number(0)),
    ];
    Messages::builtin()
        .unwrap()
        .text(&locale.parse().unwrap(), key, &args)
}

#[track_caller]
fn check(key: &str, locale: &str, expected: &[(i64, &str)]) {
    for (number, text) in expected {
        assert_eq!(said(key, locale, *number), *text, "{number} in {locale}");
    }
}

#[test]
fn english_counts_one_and_others() {
    check(
        "prompt-countdown",
        "en",
        &[
            (0, "No free stories left this month"),
            (1, "1 free story left this month"),
            (2, "2 free stories left this month"),
            (3, "3 free stories left this month"),
            (5, "5 free stories left this month"),
            (11, "11 free stories left this month"),
            (21, "21 free stories left this month"),
            (22, "22 free stories left this month"),
            (100, "100 free stories left this month"),
        ],
    );
    check(
        "prompt-last-story",
        "en",
        &[(0, "This is your last free story this month")],
    );
    check(
        "prompt-paywall-used-up",
        "en",
        &[
            (1, "You have read your free story this month."),
            (3, "You have read all 3 of your free stories this month."),
        ],
    );
}

#[test]
fn japanese_has_one_form() {
    check(
        "prompt-countdown",
        "ja",
        &[
            (0, "今月、無料でお読みいただける記事はもうありません"),
            (1, "今月、無料でお読みいただける記事はあと1本です"),
            (2, "今月、無料でお読みいただける記事はあと2本です"),
            (3, "今月、無料でお読みいただける記事はあと3本です"),
            (5, "今月、無料でお読みいただける記事はあと5本です"),
            (11, "今月、無料でお読みいただける記事はあと11本です"),
            (21, "今月、無料でお読みいただける記事はあと21本です"),
            (22, "今月、無料でお読みいただける記事はあと22本です"),
            (100, "今月、無料でお読みいただける記事はあと100本です"),
        ],
    );
}

#[test]
fn german_counts_one_and_others() {
    check(
        "prompt-countdown",
        "de",
        &[
            (0, "Kein freier Artikel mehr in diesem Monat"),
            (1, "Noch 1 freier Artikel in diesem Monat"),
            (2, "Noch 2 freie Artikel in diesem Monat"),
            (3, "Noch 3 freie Artikel in diesem Monat"),
            (5, "Noch 5 freie Artikel in diesem Monat"),
            (11, "Noch 11 freie Artikel in diesem Monat"),
            (21, "Noch 21 freie Artikel in diesem Monat"),
            (22, "Noch 22 freie Artikel in diesem Monat"),
            (100, "Noch 100 freie Artikel in diesem Monat"),
        ],
    );
}

#[test]
fn french_counts_one_and_others() {
    check(
        "prompt-countdown",
        "fr",
        &[
            (0, "Il ne vous reste aucun article gratuit ce mois-ci"),
            (1, "Il vous reste 1 article gratuit ce mois-ci"),
            (2, "Il vous reste 2 articles gratuits ce mois-ci"),
            (3, "Il vous reste 3 articles gratuits ce mois-ci"),
            (5, "Il vous reste 5 articles gratuits ce mois-ci"),
            (11, "Il vous reste 11 articles gratuits ce mois-ci"),
            (21, "Il vous reste 21 articles gratuits ce mois-ci"),
            (22, "Il vous reste 22 articles gratuits ce mois-ci"),
            (100, "Il vous reste 100 articles gratuits ce mois-ci"),
        ],
    );
}

#[test]
fn polish_counts_one_few_and_many() {
    check(
        "prompt-countdown",
        "pl",
        &[
            (0, "Nie masz już bezpłatnych artykułów w tym miesiącu"),
            (1, "Pozostał Ci 1 bezpłatny artykuł w tym miesiącu"),
            (2, "Pozostały Ci 2 bezpłatne artykuły w tym miesiącu"),
            (3, "Pozostały Ci 3 bezpłatne artykuły w tym miesiącu"),
            (5, "Pozostało Ci 5 bezpłatnych artykułów w tym miesiącu"),
            (11, "Pozostało Ci 11 bezpłatnych artykułów w tym miesiącu"),
            (21, "Pozostało Ci 21 bezpłatnych artykułów w tym miesiącu"),
            (22, "Pozostały Ci 22 bezpłatne artykuły w tym miesiącu"),
            (100, "Pozostało Ci 100 bezpłatnych artykułów w tym miesiącu"),
        ],
    );
}

#[test]
fn arabic_counts_zero_one_two_few_many_and_others() {
    check(
        "prompt-countdown",
        "ar",
        &[
            (0, "لم يبقَ لك أي مقال مجاني هذا الشهر"),
            (1, "بقي لك مقال مجاني واحد هذا الشهر"),
            (2, "بقي لك مقالان مجانيان هذا الشهر"),
            (3, "بقيت لك ٣ مقالات مجانية هذا الشهر"),
            (5, "بقيت لك ٥ مقالات مجانية هذا الشهر"),
            (11, "بقي لك ١١ مقالًا مجانيًا هذا الشهر"),
            (21, "بقي لك ٢١ مقالًا مجانيًا هذا الشهر"),
            (22, "بقي لك ٢٢ مقالًا مجانيًا هذا الشهر"),
            (100, "بقي لك ١٠٠ مقال مجاني هذا الشهر"),
        ],
    );
}

#[test]
fn a_period_is_named_as_the_meter_has_it() {
    let messages = Messages::builtin().unwrap();
    for (period, days, expected) in [
        ("month", 0, "this month"),
        ("week", 0, "this week"),
        ("days", 1, "in this 24-hour period"),
        ("days", 30, "in this 30-day period"),
    ] {
        let args = [("period", Arg::Text(period)), ("days", Arg::Number(days))];
        assert_eq!(
            messages.text(&Locale::english(), "prompt-period", &args),
            expected
        );
    }
}

#[test]
fn every_locale_says_everything_itself() {
    let messages = Messages::builtin().unwrap();
    let tags: Vec<String> = messages.locales().iter().map(ToString::to_string).collect();
    for tag in LOCALES {
        assert!(tags.iter().any(|found| found == tag), "{tag}");
    }
    assert_eq!(tags.len(), LOCALES.len(), "{tags:?}");
    for locale in messages.locales() {
        assert_eq!(messages.missing(locale), Vec::<&str>::new(), "{locale}");
    }
}

#[test]
fn text_that_runs_against_the_sentence_is_isolated_and_no_other() {
    let messages = Messages::builtin().unwrap();
    for (locale, name, isolated) in [
        ("en", "The Ludgate Review", false),
        ("en", "الجريدة", true),
        ("ar", "The Ludgate Review", true),
        ("ar", "الجريدة", false),
        ("ja", "朝刊", false),
    ] {
        let args = [("publication", Arg::Text(name))];
        let text = messages.text(&locale.parse().unwrap(), "prompt-paywall-exclusive", &args);
        assert_eq!(
            text.contains(&format!("\u{2068}{name}\u{2069}")),
            isolated,
            "{locale} {name}"
        );
        assert_eq!(
            text.contains('\u{2068}'),
            isolated && text.contains(name),
            "{locale} {name}"
        );
    }
}

#[test]
fn asking_for_what_is_not_there_does_no_harm() {
    let messages = Messages::builtin().unwrap();
    let (french, klingon) = ("fr".parse().unwrap(), "tlh".parse().unwrap());
    assert_eq!(
        messages.text(&french, "prompt-nonsense", &[]),
        "prompt-nonsense"
    );
    assert_eq!(
        messages.text(&klingon, "prompt-subscribe", &[]),
        "Subscribe"
    );
    // A caller that forgets a placeholder gets something, not a panic.
    assert_eq!(
        messages.text(&french, "prompt-countdown", &[]),
        "prompt-countdown"
    );
}
