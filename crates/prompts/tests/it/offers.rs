//! The offer of the day, in the words of every locale.

use access::{Offer, OfferFor, OfferPhase, Price, Prompt, Span};
use jiff::civil::date;
use ludgate_prompts::{Locale, Messages, OfferText, PromptView};

use crate::{LOCALES, prompts};

fn price(minor: u64, currency: [u8; 3]) -> Price {
    let decimals = match &currency {
        b"JPY" => 0,
        b"KWD" => 3,
        _ => 2,
    };
    Price {
        minor,
        decimals,
        currency,
    }
}

fn phase(minor: u64, every: Span, times: u16) -> OfferPhase {
    OfferPhase {
        price: price(minor, *b"USD"),
        every,
        times,
    }
}

/// "Three months for nine dollars", through 31 January.
fn winter() -> Offer {
    Offer {
        id: "winter".into(),
        audience: OfferFor::New,
        grants: vec!["read".into(), "apps".into()],
        phases: vec![phase(900, Span::Months(3), 1)],
        price: price(1490, *b"USD"),
        every: Span::Months(1),
        goes_on: true,
        opens: None,
        ends: Some(date(2027, 1, 31)),
        closes: None,
        link: None,
    }
}

fn said(tag: &str, offer: &Offer, hours_left: Option<u16>) -> OfferText {
    let locale: Locale = tag.parse().unwrap();
    Messages::builtin()
        .unwrap()
        .offer(&locale, offer, hours_left)
}

/// The texts as they are seen: without isolates and marks, with plain spaces.
fn plain(text: &str) -> String {
    let seen = |c: &char| !matches!(c, '\u{2068}' | '\u{2069}' | '\u{200e}' | '\u{200f}');
    let chars = text.chars().filter(seen);
    chars
        .map(|c| {
            if matches!(c, '\u{a0}' | '\u{202f}') {
                ' '
            } else {
                c
            }
        })
        .collect()
}

#[track_caller]
fn check(tag: &str, offer: &Offer, hours_left: Option<u16>, expected: [&str; 3]) {
    let said = said(tag, offer, hours_left);
    let found = [Some(said.headline), said.small_print, said.ends];
    assert_eq!(
        found.map(|text| plain(&text.unwrap_or_default())),
        expected,
        "{tag}"
    );
}

#[test]
fn each_locale_says_how_much_for_how_long_and_until_when() {
    for (tag, expected) in [
        (
            "en",
            [
                "3 months for $9.00",
                "Then $14.90 a month. Cancel at any time.",
                "Ends 31 January",
            ],
        ),
        (
            "de",
            [
                "3 Monate für 9,00 $",
                "Danach 14,90 $ pro Monat. Jederzeit kündbar.",
                "Nur bis zum 31. Januar",
            ],
        ),
        (
            "fr",
            [
                "3 mois pour 9,00 $US",
                "Puis 14,90 $US par mois. Résiliable à tout moment.",
                "Jusqu’au 31 janvier inclus",
            ],
        ),
        (
            "ja",
            [
                "3か月間で$9.00",
                "その後は月額$14.90。いつでも解約できます。",
                "1月31日まで",
            ],
        ),
        (
            "pl",
            [
                "3 miesiące za 9,00 USD",
                "Potem 14,90 USD miesięcznie. Rezygnacja możliwa w każdej chwili.",
                "Tylko do 31 stycznia",
            ],
        ),
        (
            "ar",
            [
                "٣ أشهر مقابل ٩٫٠٠ US$",
                "ثم ١٤٫٩٠ US$ شهريًا. يمكن الإلغاء في أي وقت.",
                "ينتهي العرض في ٣١ يناير",
            ],
        ),
    ] {
        check(tag, &winter(), None, expected);
    }
}

#[test]
fn in_the_last_two_days_the_hours_are_counted() {
    for (tag, hours, expected) in [
        ("en", 48, "Ends 31 January: 48 hours left"),
        ("en", 2, "Ends 31 January: 2 hours left"),
        ("en", 1, "Ends 31 January: less than an hour left"),
        ("de", 31, "Nur bis zum 31. Januar: noch 31 Stunden"),
        ("fr", 31, "Jusqu’au 31 janvier inclus : plus que 31 heures"),
        ("ja", 1, "1月31日まで（残り1時間未満）"),
        ("ja", 31, "1月31日まで（残り31時間）"),
        ("pl", 22, "Tylko do 31 stycznia: zostały 22 godziny"),
        ("pl", 12, "Tylko do 31 stycznia: zostało 12 godzin"),
        ("pl", 21, "Tylko do 31 stycznia: zostało 21 godzin"),
        ("ar", 2, "ينتهي العرض في ٣١ يناير: بقيت ساعتان"),
        ("ar", 3, "ينتهي العرض في ٣١ يناير: بقيت ٣ ساعات"),
        ("ar", 31, "ينتهي العرض في ٣١ يناير: بقيت ٣١ ساعة"),
    ] {
        let ends = said(tag, &winter(), Some(hours)).ends.unwrap();
        assert_eq!(plain(&ends), expected, "{tag} {hours}");
    }
}

#[test]
fn a_period_is_said_from_right_to_left_too() {
    use ludgate_prompts::{MeterView, PeriodWord};
    let prompts = prompts("P", None).unwrap();
    let say = |period| {
        let meter = MeterView {
            used: 1,
            limit: 3,
            period,
            renews: None,
        };
        let view = PromptView::new(Prompt::Countdown).metered(meter);
        prompts.render(&view, &"ar".parse().unwrap()).unwrap()
    };
    assert!(say(PeriodWord::Week).contains("هذا الأسبوع"));
    assert!(say(PeriodWord::Month).contains("هذا الشهر"));
    assert!(say(PeriodWord::Days(30)).contains("٣٠ يوم"));
}

#[test]
fn trials_rates_and_long_stretches_are_told_apart() {
    let ends = None;
    let lasting = Offer {
        phases: vec![],
        ends,
        ..winter()
    };
    let small = "Cancel at any time.";
    check("en", &lasting, None, ["$14.90 a month", small, ""]);
    let yearly = Offer {
        every: Span::Months(12),
        price: price(149_000, *b"EUR"),
        ..lasting.clone()
    };
    check("en", &yearly, None, ["€1,490.00 a year", small, ""]);
    check(
        "de",
        &yearly,
        None,
        ["1.490,00 € pro Jahr", "Jederzeit kündbar.", ""],
    );
    let quarterly = Offer {
        every: Span::Months(3),
        ..lasting.clone()
    };
    check("en", &quarterly, None, ["$14.90 every 3 months", small, ""]);
    let several = Offer {
        phases: vec![phase(0, Span::Days(14), 1), phase(300, Span::Months(1), 3)],
        ends,
        ..winter()
    };
    check(
        "en",
        &several,
        None,
        [
            "2 weeks free",
            "Then $3.00 a month for 3 months. Then $14.90 a month. Cancel at any time.",
            "",
        ],
    );
    check(
        "pl",
        &several,
        None,
        [
            "2 tygodnie za darmo",
            "Potem 3,00 USD miesięcznie przez 3 miesiące. Potem 14,90 USD miesięcznie. \
             Rezygnacja możliwa w każdej chwili.",
            "",
        ],
    );
}

#[test]
fn currencies_without_cents_and_with_three_decimals_have_theirs() {
    let messages = Messages::builtin().unwrap();
    for (tag, price, expected) in [
        ("en", price(1500, *b"JPY"), "¥1,500"),
        ("ja", price(1500, *b"JPY"), "1,500円"),
        ("ja", price(900, *b"CHF"), "CHF 9.00"),
        ("en", price(4_500, *b"KWD"), "KWD 4.500"),
        ("ar", price(4_500, *b"KWD"), "٤٫٥٠٠ د.ك"),
        ("ar", price(123_456, *b"EUR"), "١٬٢٣٤٫٥٦ €"),
        ("fr", price(123_456, *b"EUR"), "1 234,56 €"),
        ("pl", price(5, *b"PLN"), "0,05 zł"),
    ] {
        let locale: Locale = tag.parse().unwrap();
        assert_eq!(plain(&messages.price(&locale, price)), expected, "{tag}");
    }
}

#[test]
fn a_wall_lists_what_the_offer_gives_and_leads_to_where_it_is_taken() {
    let prompts = prompts("The Ludgate Review", None).unwrap();
    let offer = Offer {
        link: Some("/-/subscribe/winter".into()),
        ..winter()
    };
    for tag in LOCALES {
        let locale: Locale = tag.parse().unwrap();
        let text = prompts.messages().offer(&locale, &offer, Some(31));
        assert_eq!(text.grants, offer.grants);
        for prompt in [
            Prompt::Paywall,
            Prompt::TrialEnded,
            Prompt::SubscriptionEnded,
        ] {
            let view = PromptView::new(prompt).offering(text.clone().into());
            let html = prompts.render(&view, &locale).unwrap();
            assert!(
                html.contains("&#x2f;-&#x2f;subscribe&#x2f;winter"),
                "{html}"
            );
            assert_eq!(html.matches("ludgate-benefit\"").count(), 2, "{html}");
            assert!(
                !html.contains("offer-") && !html.contains("money-"),
                "{html}"
            );
            assert!(html.contains("<p class=\"ludgate-ends\"><bdi>"), "{html}");
        }
    }
}

#[test]
fn a_wall_lists_every_entitlement_of_the_offer_and_promises_no_other() {
    let prompts = prompts("The Ludgate Review", None).unwrap();
    let listed = |tag: &str, grants: &[&str]| -> Vec<String> {
        let offer = Offer {
            grants: grants.iter().map(|grant| (*grant).into()).collect(),
            ..winter()
        };
        let locale: Locale = tag.parse().unwrap();
        let text = prompts.messages().offer(&locale, &offer, None);
        let view = PromptView::new(Prompt::Paywall).offering(text.into());
        let html = prompts.render(&view, &locale).unwrap();
        let items = html.split("<li class=\"ludgate-benefit\">").skip(1);
        let items = items.map(|item| item.split('<').next().unwrap().to_owned());
        items.collect()
    };
    assert_eq!(listed("en", &["crosswords"]), ["crosswords"]);
    assert_eq!(
        listed("en", &["print", "crosswords", "read"]),
        [
            "The printed edition, delivered",
            "crosswords",
            "Every story, without limit"
        ]
    );
    // Chosen by their names in scripts that run the other way, too.
    assert_eq!(listed("ar", &["read"]), ["جميع المقالات بلا حدود"]);
}

#[test]
fn what_is_paid_and_for_how_long_is_said_by_itself_too() {
    let messages = Messages::builtin().unwrap();
    for (tag, rate, once, length) in [
        (
            "en",
            "$14.90 every 2 months",
            "1 year for $99.00",
            "2 weeks",
        ),
        (
            "de",
            "14,90 $ alle 2 Monate",
            "1 Jahr für 99,00 $",
            "2 Wochen",
        ),
        ("ja", "2か月ごとに$14.90", "1年間で$99.00", "2週間"),
    ] {
        let locale: Locale = tag.parse().unwrap();
        let usd = |minor| price(minor, *b"USD");
        let said = [
            messages.rate(&locale, usd(1490), Span::Months(2)),
            messages.once(&locale, usd(9900), Span::Months(12)),
            messages.length(&locale, Span::Days(14)),
        ];
        let said = said.map(|text| plain(&text));
        assert_eq!(said, [rate, once, length], "{tag}");
    }
}

#[test]
fn what_is_free_and_then_over_says_no_price() {
    let trial = Offer {
        phases: vec![phase(0, Span::Days(10), 1), phase(900, Span::Months(3), 1)],
        goes_on: false,
        ..winter()
    };
    for (tag, headline, over) in [
        (
            "en",
            "10 days free",
            "It ends by itself, and nothing is charged.",
        ),
        (
            "de",
            "10 Tage",
            "Endet von selbst, und es wird nichts abgebucht.",
        ),
    ] {
        let said = said(tag, &trial, None);
        assert!(
            plain(&said.headline).contains(headline),
            "{}",
            said.headline
        );
        assert_eq!(
            said.small_print.as_deref().map(plain).as_deref(),
            Some(over)
        );
    }
}

#[test]
fn a_rate_of_tax_is_written_as_its_readers_write_it() {
    let messages = Messages::builtin().unwrap();
    for (tag, millionths, expected) in [
        ("en", 190_000, "19%"),
        ("en", 88_750, "8.875%"),
        ("de", 88_750, "8,875 %"),
        ("ja", 0, "0%"),
    ] {
        let said = messages.percent(&tag.parse().unwrap(), millionths);
        assert_eq!(plain(&said), expected, "{tag}");
    }
}
