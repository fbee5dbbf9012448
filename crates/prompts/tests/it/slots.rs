//! What goes into a publisher's page.

use std::path::{Path, PathBuf};

use access::{Meter, MeterNo, Period, Prompt, Reading};
use jiff::civil::{Weekday, date};
use ludgate_prompts::{
    Benefit, Links, LoadErrors, Locale, MeterView, PeriodWord, PromptView, Prompts, samples,
    script, script_hash, style, style_hash,
};

use crate::{LOCALES, folder, prompts, prompts_with};

/// Every sample in every locale.
fn rendered(prompts: &Prompts) -> impl Iterator<Item = (PromptView, Locale, String)> {
    LOCALES.into_iter().flat_map(move |tag| {
        let locale: Locale = tag.parse().unwrap();
        samples::all().into_iter().map(move |view| {
            let html = prompts.render(&view, &locale).unwrap();
            (view, locale.clone(), html)
        })
    })
}

fn is_notice(prompt: Prompt) -> bool {
    matches!(
        prompt,
        Prompt::Countdown
            | Prompt::LastStory
            | Prompt::PaymentTrouble
            | Prompt::Gift
            | Prompt::GiftOver
    )
}

/// The signs of code or style within a page, which a strict content security
/// policy forbids.
fn inline_code(html: &str) -> Option<&str> {
    let lower = html.to_ascii_lowercase();
    let handler = |tag: &str| {
        tag.split_ascii_whitespace().skip(1).any(|attribute| {
            attribute.starts_with("on") && attribute.contains('=') || attribute.starts_with("style")
        })
    };
    lower
        .match_indices('<')
        .map(|(start, _)| start)
        .find(|start| {
            let tag = lower[*start..].split('>').next().unwrap_or_default();
            tag.starts_with("<script")
                || tag.starts_with("<style")
                || handler(tag)
                || tag.contains("javascript:")
        })
        .map(|start| &html[start..])
}

#[test]
fn every_prompt_can_be_said_in_every_locale() {
    let prompts = prompts("The Ludgate Review", None).unwrap();
    let mut seen = 0;
    for (view, locale, html) in rendered(&prompts) {
        let place = format!("{:?} {locale}: {html}", view.prompt);
        assert!(
            !html.contains(['{', '}', '$']) || view.offer.is_some(),
            "{place}"
        );
        assert!(!html.contains("prompt-"), "{place}");
        assert!(!html.contains("。 "), "{place}");
        assert!(html.contains(&format!("lang=\"{locale}\"")), "{place}");
        assert!(
            html.contains(&format!("dir=\"{}\"", locale.direction().as_str())),
            "{place}"
        );
        assert_eq!(html.contains("<aside"), is_notice(view.prompt), "{place}");
        assert_eq!(
            html.contains("aria-labelledby=\"ludgate-title\""),
            !is_notice(view.prompt)
        );
        let isolated = html.contains('\u{2068}');
        assert!(!isolated || locale.to_string() == "ar", "{place}");
        assert!(inline_code(&html).is_none(), "{place}");
        seen += 1;
    }
    assert!(seen >= Prompt::ALL.len() * LOCALES.len());
}

#[test]
fn a_wall_says_what_is_offered_and_where_to_go() {
    let prompts = prompts("The Ludgate Review", None).unwrap();
    let meter = MeterView {
        used: 3,
        limit: 3,
        period: PeriodWord::Month,
        renews: Some(date(2026, 12, 1)),
    };
    let view = PromptView::new(Prompt::Paywall)
        .metered(meter)
        .offering(samples::offer());
    let html = prompts.render(&view, &Locale::english()).unwrap();
    for text in [
        "Unlimited access",
        "Subscribe to keep reading",
        "You have read all 3 of your free stories this month.",
        "Three months for $9.00",
        "Ends 31 January",
        "Every story, without limit",
        "The apps for phone and tablet",
        "The printed edition, delivered",
        "See all offers",
        "Already a subscriber?",
        "Your free stories renew on 1 December.",
    ] {
        assert!(html.contains(text), "{text}: {html}");
    }
    let signed_in = prompts
        .render(&view.signed_in(), &Locale::english())
        .unwrap();
    assert!(!signed_in.contains("Sign in"), "{signed_in}");
}

/// A paper that has nothing but a page on how to subscribe.
fn bare(theme: Option<&Path>) -> Result<Prompts, LoadErrors> {
    let links = Links {
        subscribe: "/pages/subscribe".to_owned(),
        offers: None,
        login: None,
        register: None,
        account: None,
    };
    prompts_with("My Paper", theme, links, &[Benefit::Stories])
}

#[test]
fn what_a_paper_does_not_have_no_prompt_speaks_of() {
    let prompts = bare(None).unwrap();
    for (view, locale, html) in rendered(&prompts) {
        let links = html.split("href=\"").skip(1);
        let targets: Vec<&str> = links.filter_map(|rest| rest.split('"').next()).collect();
        assert!(
            targets.iter().all(|to| *to == "&#x2f;pages&#x2f;subscribe"),
            "{html}"
        );
        assert!(targets.len() <= 1, "{locale}: {html}");
        if locale == Locale::english() {
            for text in [
                "See all offers",
                "Sign in",
                "Already",
                "account is free",
                "free account",
                "apps",
                "printed edition",
            ] {
                assert!(!html.contains(text), "{:?} {text}: {html}", view.prompt);
            }
        }
    }
    let view = &samples::of(Prompt::RegistrationWall)[0];
    let html = prompts.render(view, &Locale::english()).unwrap();
    assert!(
        html.contains("This story is for registered readers"),
        "{html}"
    );
}

#[test]
fn a_theme_that_prints_a_link_that_is_not_there_is_refused_by_its_name() {
    let theme = folder(&[(
        "prompts/wall.html",
        "{% if links.offers %}{{ links.offers }}{% endif %}{{ links.login }}",
    )]);
    let errors = bare(Some(theme.path())).unwrap_err().to_string();
    assert!(
        errors.contains("wall.html:1: undefined value") && errors.contains("links.login"),
        "{errors}"
    );
    assert!(prompts("P", Some(theme.path())).is_ok());
}

#[test]
fn a_story_for_subscribers_does_not_speak_of_free_stories() {
    let prompts = prompts("The Ludgate Review", None).unwrap();
    let nothing = MeterView {
        used: 0,
        limit: 0,
        period: PeriodWord::Month,
        renews: None,
    };
    let bare = PromptView::new(Prompt::Paywall);
    for view in [bare.clone(), bare.metered(nothing)] {
        let html = prompts.render(&view, &Locale::english()).unwrap();
        assert!(
            html.contains("This story is for subscribers to The Ludgate Review."),
            "{html}"
        );
        assert!(!html.contains("free stor"), "{html}");
    }
}

#[test]
fn where_the_gate_is_at_fault_nothing_is_sold() {
    let prompts = prompts("The Ludgate Review", None).unwrap();
    for view in samples::of(Prompt::Unavailable) {
        for tag in LOCALES {
            let html = prompts.render(&view, &tag.parse().unwrap()).unwrap();
            assert!(!html.contains("<a "), "{html}");
            assert!(!html.contains("ludgate-offer"), "{html}");
            assert!(!html.contains("ludgate-benefits"), "{html}");
        }
        let html = prompts.render(&view, &Locale::english()).unwrap();
        for text in [
            "This story can’t be shown in full just now",
            "Please try again in a few minutes.",
        ] {
            assert!(html.contains(text), "{html}");
        }
    }
}

#[test]
fn a_pause_says_until_when_and_sells_nothing() {
    let prompts = prompts("The Ludgate Review", None).unwrap();
    let view = PromptView::new(Prompt::SubscriptionPaused).signed_in();
    let say = |view: &PromptView, tag: &str| prompts.render(view, &tag.parse().unwrap()).unwrap();
    let dated = view.clone().resuming(Some(date(2027, 1, 3)));
    for (tag, words) in [
        ("en", "Your subscription is paused until 3 January"),
        ("de", "pausiert bis zum 3. Januar"),
        ("fr", "jusqu’au 3 janvier"),
        ("ja", "1月3日まで一時停止中"),
        ("pl", "do 3 stycznia"),
        ("ar", "حتى ٣ يناير"),
    ] {
        let html = say(&dated, tag);
        assert!(html.contains(words), "{tag}: {html}");
    }
    assert!(say(&view, "en").contains("Your subscription is paused<"));
    for view in samples::of(Prompt::SubscriptionPaused) {
        for tag in LOCALES {
            let html = say(&view.clone().offering(samples::offer()), tag);
            assert!(
                !html.contains("ludgate-offer") && !html.contains("subscribe\""),
                "{html}"
            );
        }
    }
}

#[test]
fn a_countdown_without_a_meter_says_nothing() {
    let prompts = prompts("P", None).unwrap();
    for prompt in [Prompt::Countdown, Prompt::LastStory] {
        assert_eq!(
            prompts
                .render(&PromptView::new(prompt), &Locale::english())
                .unwrap(),
            ""
        );
    }
}

#[test]
fn a_meter_that_was_lowered_has_nothing_left_rather_than_less() {
    let meter = Meter {
        id: "m".into(),
        no: MeterNo::new(0).unwrap(),
        period: Period::CalendarWeek {
            starts: Weekday::Monday,
        },
        allowance: access::Allowance {
            anonymous: 3,
            registered: 5,
        },
        notice: 2,
    };
    let reading = Reading {
        meter: meter.no,
        used: 7,
        limit: 3,
    };
    let view = MeterView::new(reading, meter.period, None);
    assert_eq!((view.left(), view.period), (0, PeriodWord::Week));
}

#[test]
fn all_threads_share_one_set() {
    fn shared<T: Send + Sync>(_: &T) {}
    let prompts = prompts("P", None).unwrap();
    shared(&prompts);
    let pages: Vec<String> = std::thread::scope(|scope| {
        let render = || prompts.render(&samples::of(Prompt::Paywall)[0], &Locale::english());
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(render)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap().unwrap())
            .collect()
    });
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn a_name_full_of_markup_stays_a_name() {
    let prompts = prompts("<script>alert('\"&')</script>", None).unwrap();
    for (view, locale, html) in rendered(&prompts) {
        assert!(
            inline_code(&html).is_none(),
            "{:?} {locale}: {html}",
            view.prompt
        );
        assert!(
            !html.contains("&b=\"2\""),
            "{:?} {locale}: {html}",
            view.prompt
        );
    }
}

#[test]
fn a_notice_can_only_be_closed_by_a_button_that_works() {
    let prompts = prompts("P", None).unwrap();
    for (view, _, html) in rendered(&prompts).filter(|(view, ..)| is_notice(view.prompt)) {
        let button = html
            .split("<button")
            .nth(1)
            .and_then(|rest| rest.split('>').next())
            .unwrap();
        assert!(button.ends_with(" hidden"), "{:?} {button}", view.prompt);
        assert!(
            button.contains("type=\"button\"") && button.contains("aria-label="),
            "{button}"
        );
    }
}

#[test]
fn no_template_holds_code_or_style() {
    let mut templates = Vec::new();
    find(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates/prompts"),
        &mut templates,
    );
    assert!(templates.len() >= Prompt::ALL.len());
    for path in templates {
        let source = std::fs::read_to_string(&path).unwrap();
        assert_eq!(inline_code(&source), None, "{}", path.display());
    }
}

#[test]
fn the_search_for_code_finds_it() {
    for html in [
        "<a onclick=\"x\">",
        "<p style=\"x\">",
        "<script>",
        "<a href='javascript:x'>",
    ] {
        assert!(inline_code(html).is_some(), "{html}");
    }
    assert!(inline_code("<a class=\"one\" href=\"/style\">on style=1</a>").is_none());
}

fn find(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, paths);
        } else {
            paths.push(path);
        }
    }
}

#[test]
fn style_and_script_stay_small_and_know_their_place() {
    assert!(
        style().len() <= 10 * 1024,
        "{} bytes of style",
        style().len()
    );
    assert!(
        script().len() <= 4 * 1024,
        "{} bytes of script",
        script().len()
    );
    let css = std::str::from_utf8(style()).unwrap();
    for media in [
        "prefers-reduced-motion",
        "forced-colors",
        "@media print",
        "light-dark(",
        ":focus-visible",
        "min-block-size: 44px",
    ] {
        assert!(css.contains(media), "{media}");
    }
    for physical in [
        "margin-left",
        "margin-right",
        "padding-left",
        "text-align: left",
        "float:",
    ] {
        assert!(!css.contains(physical), "{physical}");
    }
    for foreign in ["@import", "url(", "http:", "https:"] {
        assert!(!css.contains(foreign), "{foreign}");
    }
    let js = std::str::from_utf8(script()).unwrap();
    for forbidden in [
        "eval(",
        "innerHTML",
        "document.write",
        "localStorage",
        "cookie",
        "fetch(",
    ] {
        assert!(!js.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn every_rule_is_about_the_slot() {
    let css = std::str::from_utf8(style()).unwrap();
    let without_comments: String = css
        .split("/*")
        .enumerate()
        .map(|(index, part)| {
            if index == 0 {
                part
            } else {
                part.split_once("*/").unwrap().1
            }
        })
        .collect();
    let selectors = without_comments
        .split('{')
        .filter_map(|before| before.rsplit(['}', '{', ';']).next())
        .map(str::trim)
        .filter(|head| !head.is_empty() && !head.starts_with('@') && *head != "from");
    for selector in selectors.flat_map(|head| head.split(",\n")) {
        assert!(selector.contains("ludgate-"), "{selector}");
    }
}

#[test]
fn the_addresses_of_style_and_script_follow_their_content() {
    for hash in [style_hash(), script_hash()] {
        assert_eq!(hash.len(), 16);
        assert!(hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
    assert_ne!(style_hash(), script_hash());
}
