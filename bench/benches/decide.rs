//! What a decision costs, alone and with the meter, as `name value unit` lines.
//!
//! `cargo bench -p ludgate-bench`
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a benchmark that can't go on may stop"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use access::{
    Action, Allowance, Condition, Counted, Device, EntitlementName, Facts, Freshness, Meter,
    MeterNo, Moment, Name, Period, PublishedWhen, Purpose, Reader, ReaderId, Reason, Referrer,
    Request, Rule, Rules, Story, StoryId, StoryNo, Tier, Wall, decide,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use meter::{Charged, Config, Lookup, Store};

/// Readers that take turns: enough that their records don't all stay in the
/// processor's caches.
const READERS: u32 = 200_000;

/// How long each rate is measured.
const SPAN: Duration = Duration::from_secs(2);

fn main() {
    let scene = Scene::new();
    decisions(&scene);
    visits(&scene);
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn clock() -> Instant {
    Instant::now()
}

/// One publication, one story, one request: everything that a decision is of.
struct Scene {
    rules: Rules,
    story: Story,
    reader: Reader,
    locale: Name,
    moment: Moment,
}

impl Scene {
    fn new() -> Self {
        let now: Timestamp = "2026-11-23T18:00:00Z".parse().unwrap();
        let meter = Meter {
            id: Name::new("monthly"),
            no: MeterNo::new(0).unwrap(),
            period: Period::CalendarMonth,
            allowance: Allowance {
                anonymous: 3,
                registered: 5,
            },
            notice: 2,
        };
        let rules =
            Rules::new(TimeZone::get("Europe/London").unwrap(), vec![meter], ten()).unwrap();
        let story = Story {
            section: Some(Name::new("city")),
            tags: vec![Name::new("ferry"), Name::new("transport")],
            authors: vec![Name::new("A. Clerk")],
            published: Some("2026-11-02T06:00:00Z".parse().unwrap()),
            ..Story::metered(StoryId::new("/stories/long-story"))
        };
        Self {
            moment: rules.moment(now),
            rules,
            story,
            reader: Reader::anonymous(Freshness::Returning),
            locale: Name::new("en"),
        }
    }

    fn request(&self) -> Request<'_> {
        Request {
            path: "/stories/long-story",
            purpose: Purpose::Read,
            country: None,
            language: None,
            device: Device::Desktop,
            referrer: Referrer::Search,
            address: "192.0.2.7".parse().ok(),
            locale: &self.locale,
        }
    }

    fn facts<'a>(&'a self, request: &'a Request<'a>) -> Facts<'a> {
        Facts {
            story: &self.story,
            reader: &self.reader,
            request,
            moment: &self.moment,
        }
    }
}

/// Ten rules as a publication with some history has them; none but the last
/// matches, so that all are asked.
fn ten() -> Vec<Rule> {
    let names = |list: &[&str]| list.iter().map(Name::new).collect::<Vec<_>>();
    let before_2020 = "2020-01-01T00:00:00Z".parse().unwrap();
    [
        ("free", Condition::Tier(vec![Tier::Free]), Action::Open),
        ("sponsored", Condition::Sponsored(true), Action::Open),
        (
            "subscribers",
            Condition::Entitled(EntitlementName::new("read")),
            Action::Open,
        ),
        (
            "service",
            Condition::Section(names(&["service", "weather"])),
            Action::Open,
        ),
        (
            "elections",
            Condition::Tag(names(&["elections"])),
            Action::Open,
        ),
        (
            "archive",
            Condition::Published(PublishedWhen::Before(before_2020)),
            Action::Open,
        ),
        (
            "campus",
            Condition::Network(vec!["10.20.0.0/16".parse().unwrap()]),
            Action::Open,
        ),
        (
            "newsletter",
            Condition::Referrer(vec![Referrer::Newsletter]),
            Action::Open,
        ),
        (
            "exclusive",
            Condition::Tier(vec![Tier::Locked]),
            Action::Wall(Wall::Subscribe),
        ),
        (
            "metered",
            Condition::Always,
            Action::Meter {
                meter: 0,
                wall: Wall::Subscribe,
            },
        ),
    ]
    .map(|(id, when, then)| Rule {
        id: Name::new(id),
        when,
        then,
    })
    .into()
}

/// Median of 101 runs of a thousand decisions.
fn decisions(scene: &Scene) {
    let request = scene.request();
    let facts = scene.facts(&request);
    let meter = MeterNo::new(0).unwrap();
    let at = scene.moment.minute();
    let history = [1, 2].map(|story| Counted {
        story: StoryNo(story),
        meter,
        at,
    });
    let expected = decide(&scene.rules, &facts, Some(StoryNo(3)), &history);
    assert_eq!(
        (expected.reason, expected.rule.unwrap().0),
        (Reason::Counted, 9)
    );
    let mut runs: Vec<Duration> = (0..101)
        .map(|_| {
            let start = clock();
            for _ in 0..1000 {
                let facts = black_box(&facts);
                black_box(decide(
                    &scene.rules,
                    facts,
                    Some(StoryNo(3)),
                    black_box(&history),
                ));
            }
            start.elapsed() / 1000
        })
        .collect();
    runs.sort();
    println!("decide_ten_rules {} ns", runs[50].as_nanos());
}

fn reader(number: u32) -> ReaderId {
    let spread = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut id = [0; 12];
    id[..8].copy_from_slice(&(spread ^ (spread >> 31)).to_le_bytes());
    id[8..].copy_from_slice(&number.to_le_bytes());
    ReaderId(id)
}

/// What the gate does of a page view besides HTTP: look up the history, decide,
/// charge if that is what was decided.
fn visit(scene: &Scene, store: &Store, facts: &Facts<'_>, number: u32, of: StoryNo) -> bool {
    let id = reader(number);
    let decided = store.read(id, |history| decide(&scene.rules, facts, Some(of), history));
    let Lookup::Warm(decision) = decided else {
        panic!("reader {number} isn't in memory")
    };
    match decision.charge {
        None => false,
        Some(charge) => matches!(store.charge(id, of, &charge), Ok(Charged::Counted { .. })),
    }
}

fn visits(scene: &Scene) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(Config::new(dir.path())).unwrap();
    let request = scene.request();
    let facts = scene.facts(&request);
    let no = store.story_no(&scene.story.id).unwrap();
    for number in 0..READERS {
        store.welcome(reader(number));
    }
    let start = clock();
    let charged = (0..READERS)
        .filter(|&number| visit(scene, &store, &facts, number, no))
        .count();
    assert_eq!(
        charged, READERS as usize,
        "everybody's first story is counted"
    );
    rate("decide_and_charge", READERS, start.elapsed());

    let mut done = 0_u32;
    let mut number = 0_u32;
    let start = clock();
    while !done.is_multiple_of(1024) || start.elapsed() < SPAN {
        // A step that shares no divisor with their number visits everybody.
        number = (number + 77_777) % READERS;
        assert!(
            !visit(scene, &store, &facts, number, no),
            "the second time is free"
        );
        done += 1;
    }
    rate("decide_and_visit", done, start.elapsed());
    store.close().unwrap();
}

fn rate(name: &str, done: u32, took: Duration) {
    println!("{name} {:.0} 1/s", f64::from(done) / took.as_secs_f64());
}
