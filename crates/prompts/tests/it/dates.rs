//! Dates in the words of every locale.

use jiff::civil::date;
use ludgate_prompts::{DateStyle, Locale, Messages};

#[track_caller]
fn check(locale: &str, style: DateStyle, expected: &str) {
    let messages = Messages::builtin().unwrap();
    let locale: Locale = locale.parse().unwrap();
    assert_eq!(messages.date(&locale, date(2026, 12, 1), style), expected);
}

#[test]
fn a_day_of_a_month_is_said_as_each_language_says_it() {
    check("en", DateStyle::DayMonth, "1 December");
    check("ja", DateStyle::DayMonth, "12月1日");
    check("de", DateStyle::DayMonth, "1. Dezember");
    check("fr", DateStyle::DayMonth, "1er décembre");
    check("pl", DateStyle::DayMonth, "1 grudnia");
    check("ar", DateStyle::DayMonth, "١ ديسمبر");
}

#[test]
fn a_full_date_names_the_year_and_a_dateline_the_weekday() {
    check("en", DateStyle::Full, "1 December 2026");
    check("ja", DateStyle::Full, "2026年12月1日");
    check("ar", DateStyle::Full, "١ ديسمبر ٢٠٢٦");
    check("en", DateStyle::Weekday, "Tuesday 1 December 2026");
    check("ja", DateStyle::Weekday, "2026年12月1日 火曜日");
    check("de", DateStyle::Weekday, "Dienstag, 1. Dezember 2026");
    check("fr", DateStyle::Weekday, "mardi 1er décembre 2026");
    check("pl", DateStyle::Weekday, "wtorek, 1 grudnia 2026");
    check("ar", DateStyle::Weekday, "الثلاثاء، ١ ديسمبر ٢٠٢٦");
}

#[test]
fn a_region_with_a_file_of_its_own_keeps_its_own_digits() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ar-MA.ftl"), "").unwrap();
    let messages = Messages::load(Some(folder.path())).unwrap();
    for (tag, expected) in [("ar-MA", "1 ديسمبر"), ("ar-EG", "١ ديسمبر")] {
        let locale = tag.parse().unwrap();
        let said = messages.date(&locale, date(2026, 12, 1), DateStyle::DayMonth);
        assert_eq!(said, expected, "{tag}");
    }
}
