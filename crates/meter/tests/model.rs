//! The store against a model of itself: a map of what each reader has counted.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

mod common;

use std::collections::BTreeMap;

use access::{MeterNo, StoryNo};
use common::{charge, count, entries, minute, reader, term};
use ludgate_meter::{Charged, Config, Durability, Store, Unavailable};
use proptest::prelude::*;

const READERS: u32 = 12;

#[derive(Clone, Debug)]
enum Step {
    Charge {
        reader: u32,
        story: u32,
        meter: u8,
        since: u32,
        later: u32,
        limit: u16,
    },
    Merge {
        from: u32,
        into: u32,
    },
    Sweep {
        horizon: u32,
    },
    /// So many strangers come by, which turns a small memory over.
    Crowd {
        from: u32,
    },
    /// So many stories of a third meter that the record is full of them.
    Fill {
        reader: u32,
        at: u32,
    },
    Flush,
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let charge = (
        0..READERS,
        0..12_u32,
        0..2_u8,
        0..100_u32,
        0..20_u32,
        0..8_u16,
    )
        .prop_map(|(reader, story, meter, since, later, limit)| Step::Charge {
            reader,
            story,
            meter,
            since,
            later,
            limit,
        });
    let step = prop_oneof![
        30 => charge,
        3 => (0..READERS, 0..READERS).prop_map(|(from, into)| Step::Merge { from, into }),
        1 => (0..100_u32).prop_map(|horizon| Step::Sweep { horizon }),
        2 => (0..1_000_000_u32).prop_map(|from| Step::Crowd { from }),
        1 => (0..READERS, 0..100_u32).prop_map(|(reader, at)| Step::Fill { reader, at }),
        2 => Just(Step::Flush),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..60)
}

/// What a reader has counted: (story, meter) → minute.
type Record = BTreeMap<(u32, u8), u32>;

#[derive(Default)]
struct Model {
    records: BTreeMap<u32, Record>,
    /// What the latest sweep since the store was opened has asked for.
    horizon: u32,
}

/// The most that a record holds.
const MOST: usize = 255;

/// The oldest of some entries, those of the lowest story where several are.
fn oldest<'a>(entries: impl Iterator<Item = (&'a (u32, u8), &'a u32)>) -> Option<(u32, u8)> {
    entries
        .map(|(key, at)| (*at, *key))
        .min()
        .map(|(_, key)| key)
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Counted(u16),
    Already(u16),
    Refused(u16),
}

fn model_charge(model: &mut Model, id: u32, story: u32, due: &access::Charge) -> Kind {
    let (meter, since) = (due.meter.get(), due.since.get());
    let horizon = model.horizon;
    let record = model.records.entry(id).or_default();
    let inside = |(key, at): (&(u32, u8), &u32)| key.1 == meter && *at >= since;
    let used = u16::try_from(record.iter().filter(|entry| inside(*entry)).count()).unwrap();
    let key = (story, meter);
    if record.get(&key).is_some_and(|at| *at >= since) {
        return Kind::Already(used);
    }
    if used >= due.limit {
        return Kind::Refused(used);
    }
    if record.len() == MOST && !record.contains_key(&key) {
        record.retain(|key, at| *at >= horizon && (key.1 != meter || *at >= since));
        if record.len() == MOST {
            let Some(gone) = oldest(record.iter().filter(|(key, _)| key.1 != meter)) else {
                return Kind::Refused(used);
            };
            record.remove(&gone);
        }
    }
    record.insert(key, due.at.get());
    Kind::Counted(used + 1)
}

fn model_merge(model: &mut Model, from: u32, into: u32) {
    let given = model.records.get(&from).cloned().unwrap_or_default();
    let record = model.records.entry(into).or_default();
    for (key, at) in given {
        let held = record.entry(key).or_insert(at);
        *held = at.max(*held);
    }
    while record.len() > MOST {
        let gone = oldest(record.iter()).unwrap();
        record.remove(&gone);
    }
}

/// Charges the store and the model, which must agree.
fn agree(
    store: &Store,
    model: &mut Model,
    id: u32,
    number: u32,
    due: &access::Charge,
) -> Result<(), TestCaseError> {
    let kind = match count(store, reader(id), number, due) {
        Charged::Counted { used, .. } => Kind::Counted(used),
        Charged::Already { used, .. } => Kind::Already(used),
        Charged::Refused { used } => Kind::Refused(used),
        Charged::Cold => unreachable!("count warms"),
    };
    prop_assert_eq!(kind, model_charge(model, id, number, due));
    Ok(())
}

fn open(dir: &std::path::Path) -> Store {
    Store::open(Config {
        memory: Config::LEAST_MEMORY,
        durability: Durability::Window(std::time::Duration::from_millis(1)),
        ..Config::new(dir)
    })
    .unwrap()
}

fn merge(store: &Store, from: u32, into: u32) {
    while let Err(error) = store.merge(reader(from), reader(into)) {
        assert_eq!(error, Unavailable::Full);
        store.flush().unwrap();
    }
}

fn run(steps: Vec<Step>) -> Result<(), TestCaseError> {
    let dir = tempfile::tempdir().unwrap();
    let mut store = open(dir.path());
    let mut model = Model::default();
    for step in steps {
        match step {
            Step::Charge {
                reader: id,
                story,
                meter,
                since,
                later,
                limit,
            } => {
                let due = charge(meter, since, since + later, limit);
                agree(&store, &mut model, id, story, &due)?;
            }
            Step::Fill { reader: id, at } => {
                for story in 0..=u32::try_from(MOST).unwrap() {
                    agree(&store, &mut model, id, story, &charge(2, 0, at, u16::MAX))?;
                }
            }
            Step::Merge { from, into } => {
                merge(&store, from, into);
                model_merge(&mut model, from, into);
            }
            Step::Sweep { horizon } => {
                store.flush().unwrap();
                store.sweep(minute(horizon), term(0)).unwrap();
                model.horizon = model.horizon.max(horizon);
                for record in model.records.values_mut() {
                    record.retain(|_, at| *at >= horizon);
                }
            }
            Step::Crowd { from } => {
                for n in 0..1500 {
                    let stranger = reader(READERS + from + n);
                    while store.warm(stranger) == Err(Unavailable::Full) {
                        store.flush().unwrap();
                    }
                }
            }
            Step::Flush => store.flush().unwrap(),
            Step::Reopen => {
                store.close().unwrap();
                store = open(dir.path());
                model.horizon = 0;
            }
        }
        prop_assert!(store.stats().table_bytes <= Config::LEAST_MEMORY);
    }
    for id in 0..READERS {
        let record = model.records.remove(&id).unwrap_or_default();
        let expected: Vec<_> = record.iter().map(|(&(s, m), &at)| (s, m, at)).collect();
        prop_assert_eq!(entries(&store, reader(id)), expected, "reader {}", id);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_a_reader_has_counted_what_the_model_says(steps in steps()) {
        run(steps)?;
    }
}

#[test]
fn a_record_full_of_one_meters_counts_locks_nobody_out_of_another_meter() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    let full = u32::try_from(MOST).unwrap();
    for story in 0..full {
        count(
            &store,
            reader(0),
            story,
            &charge(0, 0, 10 + story, u16::MAX),
        );
    }
    // They ran out long ago, but nobody here knows the first meter's period.
    let due = charge(1, 9_000, 9_001, 3);
    for used in 1..=3 {
        let charged = count(&store, reader(0), u32::from(used), &due);
        assert!(
            matches!(charged, Charged::Counted { used: found, .. } if found == used),
            "{charged:?}"
        );
    }
    let refused = count(&store, reader(0), 4, &due);
    assert_eq!(refused, Charged::Refused { used: 3 });
    let kept = entries(&store, reader(0));
    assert_eq!(kept.len(), MOST);
    let first: Vec<_> = kept.iter().filter(|entry| entry.1 == 0).collect();
    assert!(first.iter().all(|entry| entry.2 >= 13), "the oldest went");
}

#[test]
fn visits_merges_and_sweeps_of_many_threads_lose_no_count() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(dir.path());
    // Each thread counts stories of its own for readers that all share; memory
    // holds a fraction of the readers, so they come and go all the time.
    let (threads, readers, stories) = (4_u32, 3_000_u32, 3_u32);
    for n in 0..readers {
        count(&store, reader(n), 1_000, &charge(0, 0, 10, 200));
    }
    store.flush().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let store = &store;
            scope.spawn(move || {
                for story in 0..stories {
                    for n in 0..readers {
                        let id = reader((n * 7919 + thread * 13) % readers);
                        let charged =
                            count(store, id, thread * stories + story, &charge(0, 50, 60, 200));
                        assert!(matches!(charged, Charged::Counted { .. }), "{charged:?}");
                    }
                }
            });
        }
        scope.spawn(|| {
            for _ in 0..20 {
                store.sweep(minute(50), term(0)).unwrap();
            }
        });
        scope.spawn(|| {
            for n in 0..readers {
                merge(&store, n, readers + n % 10);
            }
        });
    });
    for n in 0..readers {
        assert_eq!(
            entries(&store, reader(n)).len(),
            (threads * stories) as usize,
            "reader {n}"
        );
    }
    assert!(store.stats().evictions > u64::from(readers));
    let due = charge(MeterNo::MAX, 0, 1, 1);
    assert!(matches!(
        store.charge(reader(0), StoryNo(0), &due),
        Ok(Charged::Counted { .. } | Charged::Cold)
    ));
}
