//! A small publication for the tests: readers, stories and rules by name.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ludgate_access::*;

pub(crate) fn time(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

pub(crate) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).expect("a zone")
}

pub(crate) const MONTHLY: MeterNo = match MeterNo::new(0) {
    Some(no) => no,
    None => unreachable!(),
};

pub(crate) fn meter(period: Period, anonymous: u16, registered: u16) -> Meter {
    Meter {
        id: "monthly".into(),
        no: MONTHLY,
        period,
        allowance: Allowance {
            anonymous,
            registered,
        },
        notice: 2,
    }
}

pub(crate) fn rule(id: &str, when: Condition, then: Action) -> Rule {
    Rule {
        id: id.into(),
        when,
        then,
    }
}

/// The rules of the design's sketch: free, sponsored, subscribers, exclusive,
/// metered.
pub(crate) fn usual_rules(period: Period, anonymous: u16, registered: u16) -> Rules {
    let list = vec![
        rule("free", Condition::Tier(vec![Tier::Free]), Action::Open),
        rule("sponsored", Condition::Sponsored(true), Action::Open),
        rule(
            "subscribers",
            Condition::Entitled("read".into()),
            Action::Open,
        ),
        rule(
            "exclusive",
            Condition::Tier(vec![Tier::Locked]),
            Action::Wall(Wall::Subscribe),
        ),
        rule(
            "metered",
            Condition::Always,
            Action::Meter {
                meter: 0,
                wall: Wall::Subscribe,
            },
        ),
    ];
    Rules::new(
        zone("Asia/Tokyo"),
        vec![meter(period, anonymous, registered)],
        list,
    )
    .expect("the usual rules")
}

pub(crate) fn story(id: &str) -> Story {
    match id {
        "free" => Story {
            tier: Tier::Free,
            ..Story::metered(StoryId::new(id))
        },
        "locked" => Story {
            tier: Tier::Locked,
            ..Story::metered(StoryId::new(id))
        },
        "sponsored" => Story {
            sponsor: Some(Sponsor {
                name: "The Chandlers' Guild".into(),
            }),
            tier: Tier::Locked,
            ..Story::metered(StoryId::new(id))
        },
        _ => Story {
            section: Some("city".into()),
            tags: vec!["harbour".into()],
            authors: vec!["Ines Marlow".into()],
            published: Some(time("2026-10-01T06:00:00Z")),
            ..Story::metered(StoryId::new(id))
        },
    }
}

/// Stories are numbered by their last character.
pub(crate) fn number(id: &str) -> StoryNo {
    StoryNo(u32::from(id.bytes().last().unwrap_or(0)))
}

pub(crate) fn reader(name: &str) -> Reader {
    let with = |standing, until: Option<&str>| {
        Reader::registered(Entitlements::new(vec![Entitlement {
            name: "read".into(),
            standing,
            until: until.map(time),
        }]))
    };
    let bought = |until: Option<&str>| Reader {
        stories: Stories::new(vec![StoryEntitlement {
            story: StoryId::new("locked"),
            until: until.map(time),
        }]),
        ..Reader::without_entitlements(ReaderKind::Registered)
    };
    match name {
        "returning" => Reader::anonymous(Freshness::Returning),
        "fresh" => Reader::anonymous(Freshness::Fresh),
        "over budget" => Reader::anonymous(Freshness::OverBudget),
        "registered" => Reader::without_entitlements(ReaderKind::Registered),
        "staff" => Reader::without_entitlements(ReaderKind::Staff),
        "crawler" => Reader::without_entitlements(ReaderKind::Crawler),
        "trial" => with(Standing::Trial, Some("2026-11-20T00:00:00Z")),
        "subscriber" => with(Standing::Paid, None),
        "paid until the 20th" => with(Standing::Paid, Some("2026-11-20T00:00:00Z")),
        "grace" => with(Standing::Grace, None),
        "paused" => with(Standing::Paused, Some("2026-11-20T00:00:00Z")),
        "buyer" => bought(None),
        "buyer until the 20th" => bought(Some("2026-11-20T00:00:00Z")),
        "lapsed" => with(Standing::EndedSubscription, None),
        "ended trial" => with(Standing::EndedTrial, None),
        other => panic!("no reader called {other}"),
    }
}

pub(crate) fn request<'a>(path: &'a str, locale: &'a Name) -> Request<'a> {
    Request {
        path,
        purpose: Purpose::Read,
        country: None,
        language: None,
        device: Device::Desktop,
        referrer: Referrer::Direct,
        address: None,
        locale,
    }
}

pub(crate) fn counted(ids: &[(&str, &str)]) -> Vec<Counted> {
    ids.iter()
        .map(|(id, at)| Counted {
            story: number(id),
            meter: MONTHLY,
            at: Minute::floor(time(at)),
        })
        .collect()
}

/// Goes the explained way by itself: what was settled before any rule, and
/// otherwise that every rule up to the deciding one was asked in order, that
/// none of those passed over could have decided, and that the last one could
/// and is the decision's.
pub(crate) fn follows(rules: &Rules, facts: &Facts<'_>, explanation: &Explanation) {
    let Explanation {
        decision,
        settled_before,
        steps,
        gift,
    } = explanation;
    assert_eq!(*gift, None, "nobody here holds one");
    let bought = facts.reader.stories.open(&facts.story.id, facts.now());
    let early = bought
        || matches!(
            decision.reason,
            Reason::Staff | Reason::Sponsored | Reason::Crawler
        );
    assert_eq!(settled_before.is_some(), early, "{explanation:?}");
    if early {
        assert!(
            steps.is_empty() && decision.rule.is_none(),
            "{explanation:?}"
        );
        return;
    }
    let registered = facts.reader.kind == ReaderKind::Registered;
    let mut deciding = None;
    for (index, step) in steps.iter().enumerate() {
        assert_eq!(deciding, None, "nothing is asked after who decided");
        let rule = rules.rules().get(index).expect("a rule for each step");
        assert_eq!(step.rule, rule.id, "in the order of the rules");
        let lets_pass = rule.then == Action::Wall(Wall::Register) && registered;
        let could = rule.when.evaluate(facts) == Truth::True && !lets_pass;
        assert_eq!(step.decided, could, "{step:?}");
        deciding = step.decided.then_some(&rule.id);
    }
    if deciding.is_none() {
        assert_eq!(steps.len(), rules.rules().len(), "all were asked");
    }
    let named = decision.rule.and_then(|no| rules.rule_id(no));
    assert_eq!(named, deciding, "who decided is who is named");
}
