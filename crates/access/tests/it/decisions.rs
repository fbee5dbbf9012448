//! Decisions as tables: who reads what and when, and what comes of it.

use crate::support::*;
use ludgate_access::*;

const NOON: &str = "2026-11-12T03:00:00Z";

struct Row {
    reader: &'static str,
    story: &'static str,
    at: &'static str,
    history: &'static [(&'static str, &'static str)],
    purpose: Purpose,
}

fn row(reader: &'static str, story: &'static str) -> Row {
    Row {
        reader,
        story,
        at: NOON,
        history: &[],
        purpose: Purpose::Read,
    }
}

fn run(rules: &Rules, row: &Row) -> Decision {
    let locale = Name::new("en");
    let story = story(row.story);
    let reader = reader(row.reader);
    let mut request = request("/stories/x", &locale);
    request.purpose = row.purpose;
    let moment = rules.moment(time(row.at));
    let facts = Facts {
        story: &story,
        reader: &reader,
        request: &request,
        moment: &moment,
    };
    let number = Some(number(row.story));
    let history = counted(row.history);
    let decision = decide(rules, &facts, number, &history);
    let explanation = explain(rules, &facts, number, &history);
    assert_eq!(explanation.decision, decision, "explain agrees");
    follows(rules, &facts, &explanation);
    decision
}

/// `full free`, `preview meter-exhausted paywall 3/3`, …
fn words(decision: &Decision) -> String {
    let mut words = vec![
        decision.outcome.as_str().to_owned(),
        decision.reason.to_string(),
    ];
    words.extend(decision.prompt.map(|prompt| prompt.as_str().to_owned()));
    words.extend(
        decision
            .reading
            .map(|reading| format!("{}/{}", reading.used, reading.limit)),
    );
    words.join(" ")
}

#[track_caller]
fn check(row: &Row, expected: &str) {
    let rules = usual_rules(Period::CalendarMonth, 3, 5);
    let decision = run(&rules, row);
    assert_eq!(
        words(&decision),
        expected,
        "{} reads {} at {}",
        row.reader,
        row.story,
        row.at
    );
    assert_eq!(
        decision.charge.is_some(),
        decision.reason == Reason::Counted,
        "exactly what is counted is charged"
    );
    assert_eq!(
        decision.outcome,
        decision.reason.outcome(),
        "a reason has one outcome"
    );
}

const ONE: &[(&str, &str)] = &[("a", "2026-11-02T00:00:00Z")];
const TWO: &[(&str, &str)] = &[("a", "2026-11-02T00:00:00Z"), ("b", "2026-11-03T00:00:00Z")];
const THREE: &[(&str, &str)] = &[
    ("a", "2026-11-02T00:00:00Z"),
    ("b", "2026-11-03T00:00:00Z"),
    ("c", "2026-11-04T00:00:00Z"),
];
const FIVE: &[(&str, &str)] = &[
    ("a", "2026-11-02T00:00:00Z"),
    ("b", "2026-11-03T00:00:00Z"),
    ("c", "2026-11-04T00:00:00Z"),
    ("d", "2026-11-05T00:00:00Z"),
    ("e", "2026-11-06T00:00:00Z"),
];
const OCTOBER: &[(&str, &str)] = &[
    ("a", "2026-10-02T00:00:00Z"),
    ("b", "2026-10-03T00:00:00Z"),
    ("c", "2026-10-31T14:59:00Z"),
];

#[test]
fn free_and_sponsored_stories_are_open_to_everybody() {
    for reader in ["fresh", "returning", "over budget", "registered", "lapsed"] {
        check(&row(reader, "free"), "full free");
        check(&row(reader, "sponsored"), "full sponsored");
    }
}

#[test]
fn a_meter_counts_down_says_the_last_and_then_stops() {
    check(&row("returning", "a"), "full counted countdown 1/3");
    check(
        &Row {
            history: ONE,
            ..row("returning", "b")
        },
        "full counted countdown 2/3",
    );
    check(
        &Row {
            history: TWO,
            ..row("returning", "c")
        },
        "full counted last-story 3/3",
    );
    check(
        &Row {
            history: THREE,
            ..row("returning", "d")
        },
        "preview meter-exhausted paywall 3/3",
    );
    check(
        &Row {
            history: THREE,
            ..row("returning", "a")
        },
        "full already-counted last-story 3/3",
    );
}

#[test]
fn the_notice_begins_where_the_publisher_says() {
    check(&row("registered", "a"), "full counted 1/5");
    check(
        &Row {
            history: TWO,
            ..row("registered", "c")
        },
        "full counted countdown 3/5",
    );
}

#[test]
fn a_month_ends_at_midnight_in_the_publications_zone() {
    // 2026-11-01T00:00 in Tokyo is 2026-10-31T15:00Z.
    check(
        &Row {
            history: OCTOBER,
            ..row("returning", "d")
        },
        "full counted countdown 1/3",
    );
    let last_minute = Row {
        history: OCTOBER,
        at: "2026-10-31T14:59:59Z",
        ..row("returning", "d")
    };
    check(&last_minute, "preview meter-exhausted paywall 3/3");
    let first_minute = Row {
        at: "2026-10-31T15:00:00Z",
        ..last_minute
    };
    check(&first_minute, "full counted countdown 1/3");
}

#[test]
fn registering_raises_the_limit_of_one_pool() {
    check(
        &Row {
            history: THREE,
            ..row("registered", "d")
        },
        "full counted countdown 4/5",
    );
}

#[test]
fn subscribers_read_without_a_word() {
    check(&row("subscriber", "a"), "full entitled");
    check(&row("subscriber", "locked"), "full entitled");
    check(
        &Row {
            history: THREE,
            ..row("subscriber", "d")
        },
        "full entitled",
    );
    check(&row("trial", "locked"), "full entitled");
    check(
        &row("grace", "locked"),
        "full payment-grace payment-trouble",
    );
}

#[test]
fn who_lost_access_is_told_so() {
    let after = "2026-11-20T00:00:00Z";
    check(
        &row("ended trial", "locked"),
        "preview trial-ended trial-ended",
    );
    check(
        &row("lapsed", "locked"),
        "preview subscription-ended subscription-ended",
    );
    check(
        &Row {
            at: after,
            ..row("trial", "locked")
        },
        "preview trial-ended trial-ended",
    );
    check(
        &Row {
            at: after,
            ..row("paid until the 20th", "locked")
        },
        "preview subscription-ended subscription-ended",
    );
    check(
        &Row {
            at: "2026-11-19T23:59:59Z",
            ..row("paid until the 20th", "locked")
        },
        "full entitled",
    );
    check(&row("lapsed", "a"), "full counted 1/5");
}

#[test]
fn a_pause_gives_no_access_and_is_told_from_an_end() {
    let paused = "preview subscription-paused subscription-paused";
    check(&row("paused", "locked"), paused);
    check(&row("paused", "a"), "full counted 1/5");
    check(
        &Row {
            // A pause that was to end by now hasn't until somebody says so.
            at: "2026-11-20T00:00:00Z",
            ..row("paused", "locked")
        },
        paused,
    );
    let used_up = Row {
        history: FIVE,
        ..row("paused", "z")
    };
    check(
        &used_up,
        "preview subscription-paused subscription-paused 5/5",
    );
}

#[test]
fn a_bought_story_is_open_to_its_second_and_no_other_is() {
    check(&row("buyer", "locked"), "full entitled");
    check(
        &Row {
            purpose: Purpose::Inspect,
            ..row("buyer", "locked")
        },
        "full entitled",
    );
    check(&row("buyer", "a"), "full counted 1/5");
    check(
        &Row {
            history: FIVE,
            ..row("buyer", "z")
        },
        "preview meter-exhausted paywall 5/5",
    );
    for (at, expected) in [
        ("2026-11-19T23:59:59Z", "full entitled"),
        (
            "2026-11-20T00:00:00Z",
            "preview subscription-required paywall",
        ),
    ] {
        check(
            &Row {
                at,
                ..row("buyer until the 20th", "locked")
            },
            expected,
        );
    }
}

#[test]
fn exclusive_stories_are_for_the_entitled() {
    for reader in ["fresh", "returning", "registered"] {
        check(
            &row(reader, "locked"),
            "preview subscription-required paywall",
        );
    }
}

#[test]
fn staff_and_verified_crawlers_read_all_and_are_not_counted() {
    for story in ["a", "locked"] {
        check(
            &Row {
                history: THREE,
                ..row("staff", story)
            },
            "full staff",
        );
        check(
            &Row {
                history: THREE,
                ..row("crawler", story)
            },
            "full crawler",
        );
    }
}

#[test]
fn a_network_over_its_budget_sees_a_registration_wall_and_never_a_paywall() {
    check(
        &row("over budget", "a"),
        "preview fresh-reader-budget registration-wall 0/3",
    );
    check(&row("fresh", "a"), "full counted countdown 1/3");
}

#[test]
fn a_request_that_is_not_a_reading_is_neither_counted_nor_full() {
    let head = |reader, story| Row {
        purpose: Purpose::Inspect,
        ..row(reader, story)
    };
    check(&head("returning", "a"), "preview unavailable 0/3");
    check(
        &Row {
            history: ONE,
            ..head("returning", "a")
        },
        "preview unavailable 1/3",
    );
    check(&head("returning", "free"), "full free");
    check(&head("subscriber", "a"), "full entitled");
}

#[test]
fn a_prefetch_is_decided_like_the_reading_it_stands_for() {
    let prefetch = Row {
        purpose: Purpose::Prefetch,
        ..row("returning", "a")
    };
    check(&prefetch, "full counted countdown 1/3");
}

#[test]
fn a_registration_wall_asks_nothing_of_registered_readers() {
    let rules = Rules::new(
        zone("UTC"),
        vec![meter(Period::CalendarMonth, 1, 2)],
        vec![
            rule(
                "register",
                Condition::Section(vec!["city".into()]),
                Action::Wall(Wall::Register),
            ),
            rule(
                "rest",
                Condition::Always,
                Action::Meter {
                    meter: 0,
                    wall: Wall::Register,
                },
            ),
        ],
    )
    .expect("rules");
    let say = |reader, history| {
        words(&run(
            &rules,
            &Row {
                history,
                ..row(reader, "z")
            },
        ))
    };
    assert_eq!(
        say("returning", &[]),
        "preview registration-required registration-wall"
    );
    assert_eq!(say("registered", &[]), "full counted countdown 1/2");
    assert_eq!(
        say("registered", TWO),
        "preview meter-exhausted paywall 2/2"
    );
}

#[test]
fn a_rule_open_to_the_entitled_or_a_section_gives_the_reason_that_held() {
    let either = Condition::Any(vec![
        Condition::Section(vec!["city".into()]),
        Condition::Entitled("read".into()),
    ]);
    let rules = Rules::new(
        zone("UTC"),
        vec![],
        vec![rule("either", either, Action::Open)],
    )
    .expect("rules");
    assert_eq!(words(&run(&rules, &row("subscriber", "a"))), "full free");
    assert_eq!(
        words(&run(&rules, &row("subscriber", "locked"))),
        "full entitled"
    );
    assert_eq!(
        words(&run(&rules, &row("fresh", "locked"))),
        "preview subscription-required paywall"
    );
}

#[test]
fn explaining_says_why_each_earlier_rule_did_not_decide() {
    let rules = usual_rules(Period::CalendarMonth, 3, 5);
    let locale = Name::new("en");
    let (story, reader, request) = (story("a"), reader("fresh"), request("/stories/a", &locale));
    let moment = rules.moment(time(NOON));
    let facts = Facts {
        story: &story,
        reader: &reader,
        request: &request,
        moment: &moment,
    };
    let steps = explain(&rules, &facts, None, &[]).steps;
    let told: Vec<String> = steps
        .iter()
        .map(|s| format!("{}: {}", s.rule, s.why))
        .collect();
    assert_eq!(
        told,
        [
            "free: tier = free doesn't hold: the tier is metered",
            "sponsored: sponsored = true doesn't hold: the story isn't sponsored",
            "subscribers: entitled = read doesn't hold: the reader never had it",
            "exclusive: tier = locked doesn't hold: the tier is metered",
            "metered: always holds",
        ]
    );
    assert!(steps.last().is_some_and(|step| step.decided));
}
