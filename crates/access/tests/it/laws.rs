//! Laws that hold for every input: of periods, of allowances, of rules.

use crate::support::*;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use ludgate_access::*;
use proptest::prelude::*;

/// Zones with awkward habits: half hours, midnight gaps, a skipped day, no
/// daylight saving, and southern seasons.
const ZONES: [&str; 10] = [
    "UTC",
    "Asia/Tokyo",
    "Europe/Paris",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Cairo",
    "Asia/Beirut",
    "America/St_Johns",
];

fn any_zone() -> impl Strategy<Value = TimeZone> {
    prop::sample::select(&ZONES[..]).prop_map(zone)
}

/// Between April 2024 and 2044, on purpose often around month ends, leap days and
/// changes of the clock.
fn any_time() -> impl Strategy<Value = Timestamp> {
    let anywhere = 1_711_929_600_i64..2_335_219_200;
    let edges = prop::sample::select(vec![
        "2028-02-29T00:00:00Z",
        "2028-02-28T23:59:00Z",
        "2032-02-29T12:00:00Z",
        "2026-03-29T01:00:00Z",
        "2026-10-25T01:00:00Z",
        "2026-11-01T05:00:00Z",
        "2026-01-31T23:59:59Z",
        "2026-12-31T23:59:59Z",
        "2026-04-30T21:00:00Z",
        "2027-01-29T00:00:00Z",
    ]);
    prop_oneof![
        anywhere.prop_map(|s| Timestamp::from_second(s).expect("in range")),
        (edges, -100_000_i64..100_000).prop_map(|(edge, off)| time(edge)
            .checked_add(SignedDuration::from_secs(off))
            .expect("in range")),
    ]
}

fn any_period() -> impl Strategy<Value = Period> {
    prop_oneof![
        Just(Period::CalendarMonth),
        Just(Period::CalendarWeek {
            starts: Weekday::Monday
        }),
        Just(Period::CalendarWeek {
            starts: Weekday::Sunday
        }),
        (1_u16..=400).prop_map(Period::RollingDays),
    ]
}

proptest! {
    #[test]
    fn a_window_surrounds_its_moment_and_is_no_longer_than_the_longest(
        period in any_period(), zone in any_zone(), now in any_time(),
    ) {
        let window = period.window(now, &zone);
        let minute = Minute::floor(now);
        prop_assert!(window.start <= minute && minute < window.end);
        prop_assert!(window.end.get() - window.start.get() <= period.longest());
        prop_assert!(period.longest() <= Rules::RETENTION);
    }

    #[test]
    fn calendar_windows_follow_one_another_without_gap_or_overlap(
        zone in any_zone(), now in any_time(), weekly in any::<bool>(),
    ) {
        let period = if weekly {
            Period::CalendarWeek { starts: Weekday::Monday }
        } else {
            Period::CalendarMonth
        };
        let window = period.window(now, &zone);
        let next = period.window(window.end.timestamp(), &zone);
        prop_assert_eq!(next.start, window.end);
        let before = period.window(window.start.back(1).timestamp(), &zone);
        prop_assert_eq!(before.end, window.start);
    }

    #[test]
    fn a_calendar_window_begins_on_the_right_day_as_early_as_the_zone_allows(
        zone in any_zone(), now in any_time(),
    ) {
        let local = |minute: Minute| minute.timestamp().to_zoned_datetime(zone.clone());
        let month = local(Period::CalendarMonth.window(now, &zone).start);
        prop_assert_eq!(month.day(), 1);
        prop_assert_eq!(month.month(), now.to_zoned_datetime(zone.clone()).month());
        prop_assert_eq!(&month, &month.start_of_day().expect("a start"));
        let starts = Weekday::Sunday;
        let week = local(Period::CalendarWeek { starts }.window(now, &zone).start);
        prop_assert_eq!(&week, &week.start_of_day().expect("a start"));
        prop_assert!(week.weekday() == starts);
    }

    #[test]
    fn a_moment_that_advances_is_the_moment_made_anew(
        period in any_period(), zone in any_zone(), now in any_time(),
        steps in prop::collection::vec(0_i64..4_000_000, 1..20),
    ) {
        let meters = [meter(period, 3, 5)];
        let mut moment = Moment::new(&meters, &zone, now);
        let mut now = now;
        for step in steps {
            now = now.checked_add(SignedDuration::from_secs(step)).expect("in range");
            moment.advance(&meters, &zone, now);
            prop_assert_eq!(&moment, &Moment::new(&meters, &zone, now));
        }
    }

    #[test]
    fn rolling_days_let_go_of_a_story_exactly_when_they_have_passed(
        days in 1_u16..=400, now in any_time(), zone in any_zone(),
    ) {
        let at = Minute::floor(now);
        let length = SignedDuration::from_hours(24 * i64::from(days));
        let holds = |later: SignedDuration| {
            let then = at.timestamp().checked_add(later).expect("in range");
            Period::RollingDays(days).window(then, &zone).holds(at)
        };
        prop_assert!(holds(SignedDuration::ZERO));
        prop_assert!(holds(length - SignedDuration::from_secs(1)));
        prop_assert!(!holds(length));
    }
}

/// A reader who opens stories one after another; the meter does as decisions
/// say. Returns the distinct stories that were opened at the meter's expense.
#[derive(Debug)]
struct Visit {
    story: u32,
    at: Timestamp,
}

fn any_visits() -> impl Strategy<Value = Vec<Visit>> {
    let step = (0_u32..12, 0_i64..400_000);
    (any_time(), prop::collection::vec(step, 1..60)).prop_map(|(mut at, steps)| {
        steps
            .into_iter()
            .map(|(story, later)| {
                at = at
                    .checked_add(SignedDuration::from_secs(later))
                    .expect("in range");
                Visit { story, at }
            })
            .collect()
    })
}

fn visit(rules: &Rules, reader: &Reader, history: &mut Vec<Counted>, visit: &Visit) -> Decision {
    let locale = Name::new("en");
    let story = Story::metered(StoryId::new(format!("/{}", visit.story)));
    let request = request("/x", &locale);
    let moment = rules.moment(visit.at);
    let facts = Facts {
        story: &story,
        reader,
        request: &request,
        moment: &moment,
    };
    let number = StoryNo(visit.story);
    let decision = decide(rules, &facts, Some(number), history);
    if let Some(charge) = decision.charge {
        history.retain(|entry| (entry.story, entry.meter) != (number, charge.meter));
        history.push(Counted {
            story: number,
            meter: charge.meter,
            at: charge.at,
        });
    }
    decision
}

proptest! {
    #[test]
    fn never_more_than_the_allowance_in_any_one_period(
        period in any_period(), allowance in 0_u16..6, visits in any_visits(),
    ) {
        let rules = usual_rules(period, allowance, allowance);
        let reader = reader("returning");
        let mut history = Vec::new();
        let mut opened: Vec<(Window, u32)> = Vec::new();
        for one in &visits {
            let decision = visit(&rules, &reader, &mut history, one);
            if decision.outcome == Outcome::Full {
                opened.push((period.window(one.at, rules.zone()), one.story));
            }
            if !matches!(period, Period::RollingDays(_)) {
                let window = period.window(one.at, rules.zone());
                let mut stories: Vec<u32> =
                    opened.iter().filter(|(w, _)| *w == window).map(|(_, s)| *s).collect();
                stories.sort_unstable();
                stories.dedup();
                prop_assert!(stories.len() <= usize::from(allowance));
            }
            let live = history
                .iter()
                .filter(|entry| period.window(one.at, rules.zone()).holds(entry.at))
                .count();
            prop_assert!(live <= usize::from(allowance));
        }
    }

    #[test]
    fn a_counted_story_is_free_to_read_again_in_its_period(
        allowance in 1_u16..6, visits in any_visits(),
    ) {
        let rules = usual_rules(Period::CalendarMonth, allowance, allowance);
        let reader = reader("returning");
        let mut history = Vec::new();
        for one in &visits {
            let first = visit(&rules, &reader, &mut history, one);
            let before = history.clone();
            let again = visit(&rules, &reader, &mut history, one);
            prop_assert_eq!(first.outcome, again.outcome);
            if first.outcome == Outcome::Full {
                prop_assert_eq!(again.reason, Reason::AlreadyCounted);
                prop_assert_eq!(first.reading, again.reading);
            }
            prop_assert_eq!(before, history.clone());
        }
    }

    #[test]
    fn a_changed_rule_needs_no_migration(
        before in any_period(), after in any_period(),
        first in 0_u16..6, second in 0_u16..6, visits in any_visits(),
    ) {
        // What was counted under one rule is read under another as if that
        // had been the rule all along: the same stories are in the window.
        let (old, new) = (usual_rules(before, first, first), usual_rules(after, second, second));
        let reader = reader("returning");
        let mut history = Vec::new();
        for one in &visits {
            visit(&old, &reader, &mut history, one);
        }
        let Some(last) = visits.last() else { return Ok(()) };
        let window = after.window(last.at, new.zone());
        let live = history.iter().filter(|entry| window.holds(entry.at)).count();
        let fresh_story = Visit { story: 99, at: last.at };
        let decision = visit(&new, &reader, &mut history, &fresh_story);
        prop_assert_eq!(decision.outcome == Outcome::Full, live < usize::from(second));
    }
}

/// Conditions as somebody might leave them half-written: lists without
/// members, and combinations and negations of such.
fn half_written() -> impl Strategy<Value = Condition> {
    let leaf = prop::sample::select(vec![
        Condition::Tier(vec![]),
        Condition::Section(vec![]),
        Condition::Tag(vec![]),
        Condition::Author(vec![]),
        Condition::Story(vec![]),
        Condition::Path(vec![]),
        Condition::Audience(vec![]),
        Condition::Country(vec![]),
        Condition::Language(vec![]),
        Condition::Device(vec![]),
        Condition::Referrer(vec![]),
        Condition::Network(vec![]),
        Condition::Locale(vec![]),
        Condition::All(vec![]),
        Condition::Any(vec![]),
        Condition::Entitled("".into()),
    ]);
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Condition::All),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Condition::Any),
            inner.prop_map(|inner| Condition::Not(Box::new(inner))),
        ]
    })
}

proptest! {
    #[test]
    fn an_empty_or_half_written_rule_opens_nothing(conditions in prop::collection::vec(half_written(), 0..5)) {
        let list = conditions
            .into_iter()
            .enumerate()
            .map(|(i, when)| rule(&format!("rule-{i}"), when, Action::Open))
            .collect();
        let rules = Rules::new(zone("UTC"), vec![], list).expect("rules");
        let one = Visit { story: 1, at: time("2026-11-12T00:00:00Z") };
        for name in ["fresh", "returning", "registered", "lapsed"] {
            let decision = visit(&rules, &reader(name), &mut Vec::new(), &one);
            prop_assert_eq!(decision.outcome, Outcome::Preview);
        }
    }
}

#[test]
fn rules_that_contradict_the_house_are_refused() {
    let monthly = || meter(Period::CalendarMonth, 3, 5);
    let always = |then| rule("r", Condition::Always, then);
    let deep = (0..Condition::MAX_DEPTH).fold(Condition::Always, |inner, _| {
        Condition::Not(Box::new(inner))
    });
    let sponsored = Condition::All(vec![Condition::Always, Condition::Sponsored(true)]);
    let rows: Vec<(Vec<Meter>, Vec<Rule>, RulesError)> = vec![
        (
            vec![],
            vec![always(Action::Meter {
                meter: 0,
                wall: Wall::Subscribe,
            })],
            RulesError::NoSuchMeter("r".into()),
        ),
        (
            vec![],
            vec![always(Action::Open), always(Action::Open)],
            RulesError::DuplicateRule("r".into()),
        ),
        (
            vec![monthly(), monthly()],
            vec![],
            RulesError::DuplicateMeter("monthly".into()),
        ),
        (
            vec![],
            vec![rule("r", sponsored, Action::Wall(Wall::Subscribe))],
            RulesError::SponsoredWithheld("r".into()),
        ),
        (
            vec![],
            vec![rule("r", deep, Action::Open)],
            RulesError::TooDeep("r".into()),
        ),
        (
            vec![meter(Period::CalendarMonth, 3, 201)],
            vec![],
            RulesError::AllowanceTooLarge("monthly".into()),
        ),
        (
            vec![meter(Period::CalendarMonth, 3, 2)],
            vec![],
            RulesError::AllowanceShrinks("monthly".into()),
        ),
        (
            vec![meter(Period::RollingDays(0), 3, 5)],
            vec![],
            RulesError::BadPeriod("monthly".into()),
        ),
        (
            vec![meter(Period::RollingDays(401), 3, 5)],
            vec![],
            RulesError::BadPeriod("monthly".into()),
        ),
    ];
    for (meters, list, expected) in rows {
        let refused = Rules::new(zone("UTC"), meters, list).expect_err("a refusal");
        assert_eq!(refused, expected);
    }
}
