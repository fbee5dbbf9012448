//! Gift links: what one opens, what it leaves alone, and how that is told.

use crate::support::*;
use ludgate_access::*;

const THREE: &[(&str, &str)] = &[
    ("a", "2026-11-02T00:00:00Z"),
    ("b", "2026-11-03T00:00:00Z"),
    ("c", "2026-11-04T00:00:00Z"),
];

/// The charge that a link with room asks for.
fn on_the_link() -> Charge {
    Charge {
        meter: MeterNo::new(63).expect("a number"),
        since: Minute::floor(time("2026-11-10T00:00:00Z")),
        at: Minute::floor(time("2026-11-12T03:00:00Z")),
        limit: 50,
    }
}

fn explained(
    who: &str,
    about: &str,
    gift: Option<Gift>,
    history: &[(&str, &str)],
    purpose: Purpose,
) -> Explanation {
    let rules = usual_rules(Period::CalendarMonth, 3, 5);
    let locale = Name::new("en");
    let story = story(about);
    let reader = Reader {
        gift,
        ..reader(who)
    };
    let mut request = request("/stories/x", &locale);
    request.purpose = purpose;
    let moment = rules.moment(time("2026-11-12T03:00:00Z"));
    let facts = Facts {
        story: &story,
        reader: &reader,
        request: &request,
        moment: &moment,
    };
    let (number, history) = (Some(number(about)), counted(history));
    let decision = decide(&rules, &facts, number, &history);
    let explanation = explain(&rules, &facts, number, &history);
    assert_eq!(explanation.decision, decision, "explain agrees");
    assert_eq!(
        decision.outcome,
        decision.reason.outcome(),
        "a reason has one outcome"
    );
    explanation
}

/// `full gift gift`, `preview meter-exhausted paywall`, with a `+` where
/// something is charged.
fn words(decision: &Decision) -> String {
    let prompt = decision.prompt.map_or("-", Prompt::as_str);
    let charged = if decision.charge.is_some() { " +" } else { "" };
    format!(
        "{} {} {prompt}{charged}",
        decision.outcome.as_str(),
        decision.reason
    )
}

#[track_caller]
fn check(who: &str, about: &str, gift: Gift, history: &[(&str, &str)], expected: &str) {
    let explanation = explained(who, about, Some(gift), history, Purpose::Read);
    assert_eq!(
        words(&explanation.decision),
        expected,
        "{who} reads {about} by {gift:?}"
    );
}

#[test]
fn a_gift_opens_what_is_closed_and_pays_for_what_would_be_counted() {
    let open = Gift::Open(on_the_link());
    for (who, about, history) in [
        ("returning", "x", THREE),
        ("returning", "x", &[]),
        ("fresh", "x", &[]),
        ("over budget", "x", &[]),
        ("registered", "locked", &[]),
        ("returning", "locked", &[]),
        ("lapsed", "locked", &[]),
    ] {
        check(who, about, open, history, "full gift gift +");
        check(who, about, Gift::Opened, history, "full gift gift");
        let decision = explained(who, about, Some(open), history, Purpose::Read).decision;
        assert_eq!(
            decision.charge,
            Some(on_the_link()),
            "the link's, not the meter's"
        );
        assert_eq!(decision.reading, None, "no meter has a say");
    }
}

#[test]
fn what_is_open_anyway_uses_no_gift_up() {
    let open = Gift::Open(on_the_link());
    check("fresh", "free", open, &[], "full free -");
    check("fresh", "sponsored", open, &[], "full sponsored -");
    check("subscriber", "locked", open, &[], "full entitled -");
    check(
        "grace",
        "locked",
        open,
        &[],
        "full payment-grace payment-trouble",
    );
    check("staff", "locked", open, &[], "full staff -");
    check("crawler", "locked", open, &[], "full crawler -");
    check(
        "returning",
        "a",
        open,
        THREE,
        "full already-counted last-story",
    );
}

#[test]
fn who_only_looks_opens_nothing_that_costs_the_link_something() {
    let open = Gift::Open(on_the_link());
    let look = |gift| {
        let explanation = explained("fresh", "locked", Some(gift), &[], Purpose::Inspect);
        words(&explanation.decision)
    };
    assert_eq!(look(open), "preview subscription-required paywall");
    assert_eq!(look(Gift::Opened), "full gift gift");
    // A prefetch is decided like a reading, for the gate to decline.
    let ahead = explained("fresh", "locked", Some(open), &[], Purpose::Prefetch);
    assert_eq!(words(&ahead.decision), "full gift gift +");
}

#[test]
fn a_link_that_is_over_leaves_an_ordinary_reader_with_a_word_about_it() {
    for over in GiftOver::ALL.map(Gift::Over) {
        check(
            "returning",
            "x",
            over,
            THREE,
            "preview meter-exhausted paywall",
        );
        check(
            "fresh",
            "locked",
            over,
            &[],
            "preview subscription-required paywall",
        );
        check("fresh", "x", over, &[], "full counted countdown +");
        check("registered", "x", over, &[], "full counted gift-over +");
        check("subscriber", "locked", over, &[], "full entitled -");
        let decision = explained("fresh", "x", Some(over), &[], Purpose::Read).decision;
        let meter = decision.charge.expect("counted").meter;
        assert_eq!(meter, MONTHLY, "it is the reader's own meter that pays");
    }
}

#[test]
fn a_link_that_cannot_be_judged_yet_opens_nothing_and_sells_nothing() {
    check(
        "fresh",
        "locked",
        Gift::Unknown,
        &[],
        "preview unavailable unavailable",
    );
    check(
        "returning",
        "x",
        Gift::Unknown,
        THREE,
        "preview unavailable unavailable",
    );
    check("fresh", "x", Gift::Unknown, &[], "full counted countdown +");
    check("fresh", "free", Gift::Unknown, &[], "full free -");
}

#[test]
fn a_gift_changes_no_other_decision_than_by_itself() {
    for who in [
        "fresh",
        "returning",
        "over budget",
        "registered",
        "subscriber",
        "lapsed",
    ] {
        for about in ["x", "free", "locked", "sponsored"] {
            for purpose in [Purpose::Read, Purpose::Prefetch, Purpose::Inspect] {
                let without = explained(who, about, None, THREE, purpose);
                assert_eq!(without.gift, None);
                for over in GiftOver::ALL.map(Gift::Over) {
                    let with = explained(who, about, Some(over), THREE, purpose).decision;
                    let same = Decision {
                        prompt: without.decision.prompt,
                        ..with
                    };
                    assert_eq!(same, without.decision, "{who} {about} {purpose:?}");
                }
            }
        }
    }
}

#[test]
fn it_is_told_what_the_gift_did_and_which_rule_would_have_decided() {
    let told = |who, about, gift| explained(who, about, Some(gift), THREE, Purpose::Read);
    let opened = told("returning", "locked", Gift::Opened);
    assert!(opened.gift.expect("told").contains("a gift link opens it"));
    assert_eq!(opened.decision.rule, None);
    let last = opened.steps.last().expect("a step");
    assert_eq!((last.rule.as_str(), last.decided), ("exclusive", false));
    let over = told("returning", "locked", Gift::Over(GiftOver::UsedUp));
    assert!(over.gift.expect("told").contains("as many have opened"));
    assert!(over.steps.last().expect("a step").decided);
    let idle = told("subscriber", "locked", Gift::Opened);
    assert!(idle.gift.expect("told").contains("isn't needed"));
    let free = told("staff", "locked", Gift::Opened);
    assert!(free.gift.expect("told").contains("isn't needed"));
}
