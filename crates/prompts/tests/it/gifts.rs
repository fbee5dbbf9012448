//! The page of gift links.

use ludgate_prompts::{Direction, GiftSays, Locale, Prompts, samples};

use crate::{LOCALES, prompts};

fn pages(prompts: &Prompts, mut each: impl FnMut(&GiftSays, &Locale, &str)) {
    for tag in LOCALES {
        let locale: Locale = tag.parse().unwrap();
        for page in samples::gift_pages() {
            let html = prompts.gift_page(&page, &locale).unwrap();
            each(&page.says, &locale, &html);
        }
    }
}

#[test]
fn the_page_is_whole_in_every_locale_and_has_no_code() {
    let prompts = prompts("The <b>Review</b>", None).unwrap();
    let mut seen = 0;
    pages(&prompts, |says, locale, html| {
        let place = format!("{says:?} {locale}: {html}");
        assert!(html.starts_with("<!doctype html>"), "{place}");
        assert!(
            html.contains(&format!("<html lang=\"{locale}\"")),
            "{place}"
        );
        let rtl = locale.direction() == Direction::Rtl;
        assert_eq!(html.contains("dir=\"rtl\""), rtl, "{place}");
        assert_eq!(html.matches("<h1").count(), 1, "{place}");
        assert!(!html.contains(['{', '}', '$']), "{place}");
        for key in ["gift-", "prompt-"] {
            assert!(!html.contains(key), "{place}");
        }
        for code in ["<script", "<style", "style=", "onclick", "<b>"] {
            assert!(!html.contains(code), "{place}");
        }
        seen += 1;
    });
    assert!(seen >= 30 * LOCALES.len());
}

#[test]
fn only_who_has_a_story_left_to_give_or_has_given_it_finds_a_button() {
    let prompts = prompts("P", None).unwrap();
    for page in samples::gift_pages() {
        let html = prompts.gift_page(&page, &Locale::english()).unwrap();
        let has_some = page.left.is_some_and(|(left, _)| left > 0);
        let finds = match page.says {
            GiftSays::Offered { again, .. } => again || has_some,
            _ => false,
        };
        assert_eq!(html.contains("<form"), finds, "{page:?}");
        let has_address = matches!(
            page.says,
            GiftSays::Made { .. } | GiftSays::OpenToAll { .. }
        );
        assert_eq!(html.contains("readonly"), has_address, "{page:?}");
    }
}
