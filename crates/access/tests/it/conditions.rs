//! Every condition, true, false and unknown.

use crate::support::*;
use ipnet::IpNet;
use jiff::SignedDuration;
use ludgate_access::*;

/// Evaluates against a story of 1 October in the section "city", read at noon
/// on 12 November by a fresh reader, changed by `with`.
fn ask(
    condition: &Condition,
    with: impl FnOnce(&mut Story, &mut Reader, &mut Request<'_>),
) -> Truth {
    let locale = Name::new("ja");
    let (mut story, mut reader, mut request) = (
        story("/stories/a"),
        reader("fresh"),
        request("/stories/a", &locale),
    );
    with(&mut story, &mut reader, &mut request);
    let rules = usual_rules(Period::CalendarMonth, 3, 5);
    let moment = rules.moment(time("2026-11-12T03:00:00Z"));
    let facts = Facts {
        story: &story,
        reader: &reader,
        request: &request,
        moment: &moment,
    };
    condition.evaluate(&facts)
}

fn plain(condition: &Condition) -> Truth {
    ask(condition, |_, _, _| {})
}

fn paths(list: &[&str]) -> Vec<PathPattern> {
    list.iter()
        .map(|one| PathPattern::new(one).expect("a pattern"))
        .collect()
}

#[test]
fn each_condition_holds_for_what_it_names_and_not_for_what_it_does_not() {
    use Condition as C;
    let day = |days: i64| SignedDuration::from_hours(24 * days);
    let rows: Vec<(C, C)> = vec![
        (
            C::Tier(vec![Tier::Metered]),
            C::Tier(vec![Tier::Free, Tier::Locked]),
        ),
        (C::Sponsored(false), C::Sponsored(true)),
        (
            C::Section(vec!["arts".into(), "city".into()]),
            C::Section(vec!["arts".into()]),
        ),
        (
            C::Tag(vec!["harbour".into()]),
            C::Tag(vec!["Harbour".into()]),
        ),
        (
            C::Author(vec!["Ines Marlow".into()]),
            C::Author(vec!["Ines".into()]),
        ),
        (
            C::Story(paths(&["/stories/*"])),
            C::Story(paths(&["/stories/b"])),
        ),
        (
            C::Path(paths(&["/stories/**"])),
            C::Path(paths(&["/archive/**"])),
        ),
        (
            C::Published(PublishedWhen::Before(time("2026-10-01T06:00:01Z"))),
            C::Published(PublishedWhen::Before(time("2026-10-01T06:00:00Z"))),
        ),
        (
            C::Published(PublishedWhen::After(time("2026-10-01T06:00:00Z"))),
            C::Published(PublishedWhen::After(time("2026-10-01T06:00:01Z"))),
        ),
        (
            C::Published(PublishedWhen::OlderThan(day(41))),
            C::Published(PublishedWhen::OlderThan(day(42))),
        ),
        (
            C::Published(PublishedWhen::NewerThan(day(42))),
            C::Published(PublishedWhen::NewerThan(day(41))),
        ),
        (
            C::Audience(vec![Audience::Anonymous]),
            C::Audience(vec![Audience::Lapsed]),
        ),
        (
            C::Device(vec![Device::Desktop]),
            C::Device(vec![Device::Phone]),
        ),
        (
            C::Referrer(vec![Referrer::Direct]),
            C::Referrer(vec![Referrer::Search]),
        ),
        (C::Locale(vec!["ja".into()]), C::Locale(vec!["en".into()])),
        (
            C::From(time("2026-11-12T03:00:00Z")),
            C::From(time("2026-11-12T03:00:01Z")),
        ),
        (
            C::Until(time("2026-11-12T03:00:01Z")),
            C::Until(time("2026-11-12T03:00:00Z")),
        ),
        (
            C::Not(Box::new(C::Tier(vec![Tier::Free]))),
            C::Not(Box::new(C::Always)),
        ),
        (
            C::Any(vec![C::Sponsored(true), C::Always]),
            C::Any(vec![C::Sponsored(true)]),
        ),
        (
            C::All(vec![C::Sponsored(false), C::Always]),
            C::All(vec![C::Sponsored(true), C::Always]),
        ),
    ];
    for (holds, fails) in rows {
        assert_eq!(plain(&holds), Truth::True, "{holds}");
        assert_eq!(plain(&fails), Truth::False, "{fails}");
    }
}

#[test]
fn facts_about_a_request_are_matched_when_they_are_known() {
    let japan = Condition::Country(vec![Country::parse("jp").expect("a country")]);
    let french = Condition::Language(vec![Language::parse("fr-CA").expect("a language")]);
    let net: IpNet = "192.0.2.0/24".parse().expect("a network");
    let office = Condition::Network(vec![net]);
    for (condition, known) in [(&japan, "JP"), (&french, "fr"), (&office, "192.0.2.7")] {
        let other = if known == "JP" { "US" } else { "de" };
        let with = |value: &str| {
            ask(condition, |_, _, request| {
                request.country = Country::parse(value);
                request.language = Language::parse(value);
                request.address = value.parse().ok().or("198.51.100.1".parse().ok());
            })
        };
        assert_eq!(with(known), Truth::True, "{condition}");
        assert_eq!(with(other), Truth::False, "{condition}");
    }
    let abroad = "2001:db8::1".parse().expect("an address");
    assert_eq!(
        ask(&office, |_, _, request| request.address = Some(abroad)),
        Truth::False
    );
}

#[test]
fn what_is_not_known_is_neither_true_nor_false_nor_is_its_contrary() {
    let unknowns = [
        Condition::Country(vec![Country::parse("JP").expect("a country")]),
        Condition::Language(vec![Language::parse("fr").expect("a language")]),
        Condition::Network(vec!["0.0.0.0/0".parse().expect("a network")]),
        Condition::Section(vec!["city".into()]),
        Condition::Published(PublishedWhen::Before(time("2030-01-01T00:00:00Z"))),
    ];
    for unknown in unknowns {
        let bare = |condition: &Condition| {
            ask(condition, |story, _, _| {
                story.section = None;
                story.published = None;
            })
        };
        assert_eq!(bare(&unknown), Truth::Unknown, "{unknown}");
        assert_eq!(
            bare(&Condition::Not(Box::new(unknown.clone()))),
            Truth::Unknown
        );
        assert_eq!(
            bare(&Condition::Any(vec![unknown.clone(), Condition::Always])),
            Truth::True
        );
        let never = Condition::Not(Box::new(Condition::Always));
        assert_eq!(
            bare(&Condition::Any(vec![unknown.clone(), never.clone()])),
            Truth::Unknown
        );
        assert_eq!(bare(&Condition::All(vec![unknown, never])), Truth::False);
    }
}

#[test]
fn neither_an_empty_condition_nor_its_negation_holds() {
    let empty = [
        Condition::Tier(vec![]),
        Condition::Section(vec![]),
        Condition::Tag(vec![]),
        Condition::Author(vec![]),
        Condition::Story(vec![]),
        Condition::Path(vec![]),
        Condition::Entitled("".into()),
        Condition::Audience(vec![]),
        Condition::Country(vec![]),
        Condition::Language(vec![]),
        Condition::Device(vec![]),
        Condition::Referrer(vec![]),
        Condition::Network(vec![]),
        Condition::Locale(vec![]),
        Condition::Any(vec![]),
        Condition::All(vec![]),
    ];
    for condition in empty {
        assert_eq!(plain(&condition), Truth::Unknown, "{condition}");
        let not = Condition::Not(Box::new(condition));
        assert_eq!(plain(&not), Truth::Unknown, "{not}");
    }
}
