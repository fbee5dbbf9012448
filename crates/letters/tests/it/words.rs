//! Every letter in every locale.

use std::collections::BTreeSet;

use commerce::ids::SubscriptionId;
use ludgate_letters::account::{self, Change, Delivery, Invitation, LetterKind};
use ludgate_letters::{Letter, Written, samples};
use prompts::{Direction, Locale, Messages};

use crate::{HOSTILE, letters, load};

const LOCALES: [&str; 6] = ["en", "de", "fr", "pl", "ja", "ar"];

fn locale(tag: &str) -> Locale {
    tag.parse().expect("a locale")
}

/// Each sample in each locale, with a name of the reader's.
fn each(publication: &str, name: Option<&str>, check: impl Fn(&str, &Locale, &Written)) {
    let letters = load(publication, None).expect("letters");
    for tag in LOCALES {
        let locale = locale(tag);
        for (index, letter) in samples::all().iter().enumerate() {
            let written = letters.write(letter, name, &locale).expect("a letter");
            check(
                &format!("{} ({index}) in {tag}", letter.name()),
                &locale,
                &written,
            );
        }
    }
}

/// The page without what stands between angle brackets, and its style.
fn visible(html: &str) -> String {
    let (head, rest) = html.split_once("<style>").expect("a style");
    let (_, body) = rest.split_once("</style>").expect("its end");
    let mut text = String::new();
    for part in format!("{head}{body}").split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, after)| after));
    }
    text
}

#[test]
fn there_is_a_sample_of_every_letter() {
    let shown: BTreeSet<&str> = samples::all().iter().map(Letter::name).collect();
    assert_eq!(shown, Letter::NAMES.into_iter().collect());
}

#[test]
fn every_locale_has_every_word() {
    let messages = Messages::builtin().expect("messages");
    for tag in LOCALES {
        let missing = messages.missing(&locale(tag));
        assert!(missing.is_empty(), "{tag}: {missing:?}");
    }
}

#[test]
fn every_letter_is_whole_in_every_locale() {
    each("The Ludgate Review", Some("Anna"), |at, locale, written| {
        let Written {
            subject,
            text,
            html,
        } = written;
        assert!(!subject.is_empty(), "{at}");
        assert!(text.contains("The Ludgate Review"), "{at}: {text}");
        let dir = locale.direction().as_str();
        let opening = format!("<html lang=\"{locale}\" dir=\"{dir}\">");
        assert!(html.starts_with("<!doctype html>"), "{at}");
        assert!(html.contains(&opening), "{at}");
        assert_eq!(html.matches("<h1").count(), 1, "{at}");
        assert!(html.matches("class=\"button\"").count() <= 1, "{at}");
        for form in [subject, text, &visible(html)] {
            assert!(!form.contains(['{', '}']), "{at}: {form}");
            for key in ["letter-", "offer-", "money-", "date-", "prompt-"] {
                assert!(!form.contains(key), "{at} says {key}: {form}");
            }
        }
        let own = ["src=", "url(", "<link", "<script", "@import"];
        assert!(own.iter().all(|from| !html.contains(from)), "{at} fetches");
        assert_eq!(
            html.matches("<table").count(),
            html.matches("</table>").count(),
            "{at}"
        );
        assert_eq!(
            html.matches("<div").count(),
            html.matches("</div>").count(),
            "{at}"
        );
    });
}

#[test]
fn the_text_says_all_that_the_page_says() {
    each("The Ludgate Review", Some("Anna"), |at, _, written| {
        let words = |text: &str| {
            text.replace("&#x2f;", "/")
                .replace("&amp;", "&")
                .split_whitespace()
                .collect::<String>()
        };
        let text = words(&written.text);
        for line in visible(&written.html).lines() {
            // The page says how to copy a link, and what stands in two cells.
            let line = words(line);
            let is_hint = line.contains("copythisaddress");
            if !is_hint && at.ends_with("in en") {
                for piece in line.split(':') {
                    assert!(text.contains(piece), "{at} lacks {piece}\n{}", written.text);
                }
            }
        }
        for link in written.html.split("href=\"").skip(1) {
            let link = link
                .split('"')
                .next()
                .expect("a link")
                .replace("&#x2f;", "/");
            let is_home = link == "https://review.example/";
            assert!(is_home || written.text.contains(&link), "{at}: {link}");
        }
        // Marks of direction, and those above Arabic letters, take no room.
        let takes_room = |sign: &char| {
            let is_mark = matches!(sign, '\u{200e}' | '\u{200f}' | '\u{2066}'..='\u{2069}');
            !is_mark && !matches!(sign, '\u{64b}'..='\u{65f}')
        };
        for line in written.text.lines().filter(|line| !line.contains("://")) {
            let columns = line.chars().filter(takes_room).count();
            assert!(columns <= 72, "{at}: {line}");
        }
    });
}

#[test]
fn what_others_write_is_never_markup_nor_a_header() {
    each(HOSTILE, Some(HOSTILE), |at, _, written| {
        assert!(!written.html.contains("<script"), "{at}");
        assert!(!written.html.contains('\u{202e}'), "{at}");
        assert!(!written.subject.contains(['\r', '\n', '\u{202e}']), "{at}");
        assert!(!written.text.contains(['\r', '\u{202e}']), "{at}");
    });
}

#[test]
fn an_invitation_names_who_invites_unless_the_name_advertises() {
    let said = |giver: &str| {
        let letter = account::Letter {
            kind: LetterKind::Invitation,
            to: "eve@example.com".to_owned(),
            locale: "en".to_owned(),
            name: None,
            link: Some("https://review.example/-/seat?of=a&seat=b".to_owned()),
            minutes: 0,
            about: None,
            delivery: None,
            invitation: Some(Invitation {
                giver: Some(giver.to_owned()),
                grants: vec!["read".to_owned(), "crosswords".to_owned()],
            }),
        };
        let written = letters().write(&Letter::Account(letter), None, &Locale::english());
        written.expect("a letter")
    };
    let written = said("Muster & Sons");
    assert_eq!(
        written.subject,
        "Muster & Sons invites you to The Ludgate Review"
    );
    assert!(
        written.html.contains("Muster &amp; Sons"),
        "{}",
        written.html
    );
    for line in ["- Every story, without limit", "- crosswords"] {
        assert!(written.text.contains(line), "{}", written.text);
    }
    let written = said("Win at evil.example");
    assert_eq!(written.subject, "A seat for you at The Ludgate Review");
    assert!(!written.text.contains("evil"), "{}", written.text);
}

/// What is told of a delivery that is another for two weeks.
fn delivery(change: Change) -> account::Letter {
    account::Letter {
        kind: LetterKind::Delivery,
        to: "eve@example.com".to_owned(),
        locale: "en".to_owned(),
        name: None,
        link: None,
        minutes: 0,
        about: None,
        invitation: None,
        delivery: Some(Delivery {
            of: SubscriptionId::new(7),
            change,
            first: jiff::civil::date(2026, 12, 20),
            last: Some(jiff::civil::date(2027, 1, 3)),
            is_late: true,
        }),
    }
}

#[test]
fn a_delivery_that_goes_elsewhere_is_told_with_its_town_unless_that_advertises() {
    let said = |town: &str| {
        let town = town.to_owned();
        let letter = delivery(Change::Elsewhere { town });
        let written = letters().write(&Letter::Account(letter), None, &Locale::english());
        written.expect("a letter")
    };
    let written = said("Bergen");
    assert_eq!(written.subject, "Your delivery goes to another address");
    let text = written
        .text
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    for words in [
        "From 20 December 2026 to 3 January 2027 The Ludgate Review is delivered",
        "Town: Bergen",
        "it came too late",
        "https://review.example/-/delivery/sub_00000000000000000000000000000007",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let written = said("Win at evil.example");
    assert!(!written.text.contains("evil"), "{}", written.text);
}

#[test]
fn what_is_arranged_for_one_day_names_it_once() {
    let letters = letters();
    let town = "Bergen".to_owned();
    for change in [Change::Suspended, Change::Elsewhere { town }] {
        let day = jiff::civil::date(2026, 12, 20);
        let mut letter = delivery(change);
        if let Some(delivery) = &mut letter.delivery {
            (delivery.first, delivery.last) = (day, Some(day));
        }
        let letter = Letter::Account(letter);
        for tag in LOCALES {
            let written = letters.write(&letter, None, &locale(tag));
            let text = written.expect("a letter").text;
            let year = if tag == "ar" { "٢٠٢٦" } else { "2026" };
            assert_eq!(text.matches(year).count(), 1, "{tag}: {text}");
        }
    }
}

#[test]
fn what_is_settled_is_said_to_be_with_no_printers() {
    each("The Ludgate Review", None, |name, _, written| {
        for printers in [
            "printers",
            "Druckerei",
            "imprimeur",
            "drukarni",
            "印刷所",
            "المطبعة",
        ] {
            assert!(!written.text.contains(printers), "{name}: {}", written.text);
        }
    });
}

#[test]
fn arabic_runs_from_right_to_left_in_its_own_digits() {
    let letters = letters();
    let arabic = locale("ar");
    assert_eq!(arabic.direction(), Direction::Rtl);
    let receipt = samples::all()
        .into_iter()
        .find(|letter| letter.name() == "receipt")
        .expect("a receipt");
    let written = letters.write(&receipt, None, &arabic).expect("a receipt");
    assert!(written.html.contains("dir=\"rtl\""));
    assert!(written.html.contains("text-align:right"));
    assert!(written.subject.contains("١٤٫٩٠"), "{}", written.subject);
    assert!(written.text.contains("٢٨ نوفمبر ٢٠٢٦"), "{}", written.text);
    assert!(written.text.contains("LR-000123"), "{}", written.text);
    // The number comes first, from the right, and the sign of a dollar stays with
    // its letters.
    let total = "\u{2068}\u{200f}١٤٫٩٠\u{a0}US$\u{200e}\u{2069}";
    assert!(written.text.contains(total), "{}", written.text);
    assert!(written.html.contains(total), "{}", written.html);
    // Two sentences follow each other from the right, though neither is outside
    // what keeps it apart.
    let welcome = samples::all()
        .into_iter()
        .find(|one| one.name() == "welcome");
    let welcome = welcome.expect("a welcome");
    let written = letters.write(&welcome, None, &arabic).expect("a welcome");
    assert!(
        written.text.contains("\u{200f}\u{2068}٣ أشهر"),
        "{}",
        written.text
    );
}
