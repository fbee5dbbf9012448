//! What the store promises about counting, on a healthy disk.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

mod common;

use std::sync::Barrier;
use std::time::Duration;

use access::{Minute, Name, StoryId, StoryNo};
use common::{charge, entries, minute, network, reader, term, warm_charge};
use ludgate_meter::{BackupError, Charged, Config, Durability, Lookup, OpenError, Spent, Store};

#[test]
fn of_parallel_visits_at_the_limit_exactly_one_opens() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(Config::new(dir.path())).unwrap();
    for round in 0..200 {
        let id = reader(round);
        store.welcome(id);
        let start = Barrier::new(8);
        let opened: usize = std::thread::scope(|scope| {
            let visits: Vec<_> = (0..8)
                .map(|story| {
                    let (store, start) = (&store, &start);
                    scope.spawn(move || {
                        start.wait();
                        store
                            .charge(id, StoryNo(story), &charge(0, 0, 5, 1))
                            .unwrap()
                    })
                })
                .collect();
            visits
                .into_iter()
                .map(|visit| visit.join().unwrap())
                .filter(|charged| matches!(charged, Charged::Counted { .. }))
                .count()
        });
        assert_eq!(opened, 1);
        assert_eq!(entries(&store, id).len(), 1);
    }
}

#[test]
fn one_story_opened_many_times_at_once_is_counted_once() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(Config::new(dir.path())).unwrap();
    let id = reader(1);
    store.welcome(id);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| store.charge(id, StoryNo(3), &charge(0, 0, 5, 9)).unwrap());
        }
    });
    assert_eq!(entries(&store, id), [(3, 0, 5)]);
}

#[test]
fn a_stranger_is_cold_until_warmed() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(Config::new(dir.path())).unwrap();
    let id = reader(1);
    assert_eq!(store.read(id, <[_]>::len), Lookup::Cold);
    assert_eq!(
        store.charge(id, StoryNo(1), &charge(0, 0, 5, 9)).unwrap(),
        Charged::Cold
    );
    store.warm(id).unwrap();
    assert_eq!(store.read(id, <[_]>::len), Lookup::Warm(0));
    assert!(matches!(
        store.charge(id, StoryNo(1), &charge(0, 0, 5, 9)).unwrap(),
        Charged::Counted { used: 1, .. }
    ));
}

#[test]
fn everything_is_there_after_closing_and_opening_again() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(Config::new(dir.path())).unwrap();
    let number = store.story_no(&StoryId::new("/a")).unwrap();
    let weekly = store.meter_no(&Name::new("weekly")).unwrap();
    warm_charge(&store, reader(1), number.0, &charge(weekly.get(), 3, 7, 2));
    assert_eq!(
        store.spend(network(1), term(4), 3).unwrap(),
        Spent::Allowed { left: 2 }
    );
    store.close().unwrap();

    let store = Store::open(Config::new(dir.path())).unwrap();
    assert_eq!(store.read(reader(1), <[_]>::len), Lookup::Cold);
    assert_eq!(entries(&store, reader(1)), [(number.0, weekly.get(), 7)]);
    assert_eq!(store.find_story(&StoryId::new("/a")), Some(number));
    assert_eq!(store.story_id(number).unwrap(), Some(StoryId::new("/a")));
    assert_eq!(store.story_id(StoryNo(9)).unwrap(), None);
    assert_ne!(store.story_no(&StoryId::new("/b")).unwrap(), number);
    assert_eq!(store.meter_no(&Name::new("weekly")).unwrap(), weekly);
    assert_eq!(store.budget_left(network(1), term(4), 3), 2);
}

#[test]
fn a_count_is_pending_until_it_is_on_disk() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(Config {
        durability: Durability::Sync,
        ..Config::new(dir.path())
    })
    .unwrap();
    let id = reader(1);
    store.welcome(id);
    assert_eq!(store.pending(id), None);
    let Charged::Counted { ticket, .. } =
        store.charge(id, StoryNo(1), &charge(0, 0, 5, 9)).unwrap()
    else {
        panic!("not counted");
    };
    common::block_on(store.durable(ticket)).unwrap();
    assert_eq!(store.pending(id), None);
    let again = store.charge(id, StoryNo(1), &charge(0, 0, 5, 9)).unwrap();
    let Charged::Already { used: 1, ticket } = again else {
        panic!("{again:?}")
    };
    common::block_on(store.durable(ticket)).unwrap();
}

#[test]
fn every_waiter_of_a_group_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(Config {
        durability: Durability::Sync,
        ..Config::new(dir.path())
    })
    .unwrap();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let store = &store;
            scope.spawn(move || {
                for n in 0..50 {
                    let ticket = warm_charge(store, reader(thread), n, &charge(0, 0, 5, 200));
                    common::block_on(store.durable(ticket)).unwrap();
                }
            });
        }
    });
    let stats = store.stats();
    assert_eq!((stats.readers, stats.unwritten), (4, 0));
}

#[test]
fn merging_adds_what_the_browser_counted_once_and_the_browser_keeps_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(Config::new(dir.path())).unwrap();
    let (browser, account) = (reader(1), reader(2));
    warm_charge(&store, browser, 1, &charge(0, 0, 5, 9));
    warm_charge(&store, browser, 2, &charge(0, 0, 9, 9));
    warm_charge(&store, account, 2, &charge(0, 0, 6, 9));
    warm_charge(&store, account, 3, &charge(0, 0, 7, 9));
    for _ in 0..2 {
        store.merge(browser, account).unwrap();
        assert_eq!(entries(&store, account), [(1, 0, 5), (2, 0, 9), (3, 0, 7)]);
        assert_eq!(entries(&store, browser), [(1, 0, 5), (2, 0, 9)]);
    }
    store.merge(account, account).unwrap();
    assert_eq!(entries(&store, account).len(), 3);
}

#[test]
fn a_sweep_forgets_what_lies_before_the_horizon_in_memory_and_on_disk() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(Config::new(dir.path())).unwrap();
    for n in 0..10_000 {
        warm_charge(&store, reader(n), 1, &charge(0, 0, 10, 9));
        if n % 2 == 0 {
            warm_charge(&store, reader(n), 2, &charge(0, 0, 20, 9));
        }
    }
    store.spend(network(1), term(1), 9).unwrap();
    store.spend(network(2), term(2), 9).unwrap();
    store.close().unwrap();
    let store = Store::open(Config::new(dir.path())).unwrap();
    // One of each kind is in memory, one has something newer there.
    assert_eq!(entries(&store, reader(1)).len(), 1);
    assert_eq!(entries(&store, reader(2)).len(), 2);
    warm_charge(&store, reader(3), 3, &charge(0, 0, 30, 9));
    let swept = store.sweep(minute(15), term(2)).unwrap();
    assert_eq!(
        (swept.seen, swept.pruned, swept.gone, swept.budgets),
        (10_000, 10_000, 4998, 1)
    );
    store.flush().unwrap();
    assert_eq!(store.sweep(minute(15), term(2)).unwrap().seen, 5001);
    store.close().unwrap();

    let store = Store::open(Config::new(dir.path())).unwrap();
    assert_eq!(entries(&store, reader(1)), []);
    assert_eq!(entries(&store, reader(2)), [(2, 0, 20)]);
    assert_eq!(entries(&store, reader(3)), [(3, 0, 30)]);
    assert_eq!(entries(&store, reader(4)), [(2, 0, 20)]);
    assert_eq!(entries(&store, reader(5)), []);
    assert_eq!(store.budget_left(network(1), term(1), 9), 9);
    assert_eq!(store.budget_left(network(2), term(2), 9), 8);
}

#[test]
fn readers_who_go_cold_come_back_as_they_were() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config {
        memory: Config::LEAST_MEMORY,
        ..Config::new(dir.path())
    };
    let store = Store::open(config).unwrap();
    let all = 5_000;
    for n in 0..all {
        common::count(&store, reader(n), n, &charge(0, 0, 10, 9));
        common::count(&store, reader(n / 2), all, &charge(0, 0, 11, 9));
    }
    for n in 0..all {
        let mut expected = vec![(n, 0, 10)];
        expected.extend((n < all / 2).then_some((all, 0, 11)));
        assert_eq!(entries(&store, reader(n)), expected, "reader {n}");
    }
    let stats = store.stats();
    assert!(stats.evictions > 0 && stats.cold_loads > 0, "{stats:?}");
    assert!(stats.table_bytes <= Config::LEAST_MEMORY, "{stats:?}");
}

#[test]
fn a_backup_taken_under_load_opens_and_holds_all_that_was_counted_before_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(Config::new(dir.path().join("live"))).unwrap();
    for n in 0..20_000 {
        warm_charge(&store, reader(n), 1, &charge(0, 0, 10, 9));
    }
    let to = dir.path().join("copy");
    let stop = std::sync::atomic::AtomicBool::new(false);
    let mut reports = 0;
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut n = 0;
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                warm_charge(
                    &store,
                    reader(n % 20_000),
                    2 + n / 20_000,
                    &charge(0, 0, 10, 200),
                );
                n += 1;
            }
        });
        let done = store.backup(&to, &mut |_| reports += 1).unwrap();
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        assert!(done.copied >= 20_000);
    });
    assert!(reports >= 2);
    let copy = Store::open(Config::new(&to)).unwrap();
    for n in 0..20_000 {
        assert!(
            entries(&copy, reader(n)).contains(&(1, 0, 10)),
            "reader {n}"
        );
    }
    assert!(matches!(
        store.backup(&to, &mut |_| {}),
        Err(BackupError::Occupied { .. })
    ));
    // The live store is not disturbed.
    store.close().unwrap();
}

#[test]
fn how_long_writing_took_is_told_of_rounds_that_wrote_something() {
    let dir = tempfile::tempdir().unwrap();
    // Each time it is read, more has passed than the time before.
    let reads = std::sync::atomic::AtomicU64::new(0);
    let tick = move || {
        let read = reads.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Duration::from_secs(read * read)
    };
    let store = Store::open(Config {
        clock: Some(std::sync::Arc::new(tick)),
        ..Config::new(dir.path())
    })
    .unwrap();
    assert_eq!(store.stats().last_write, None);
    store.flush().unwrap();
    assert_eq!(store.stats().last_write, None, "there was nothing to write");
    warm_charge(&store, reader(1), 1, &charge(0, 0, 5, 9));
    store.flush().unwrap();
    let took = store.stats().last_write;
    assert!(
        took.is_some_and(|took| took >= Duration::from_secs(1)),
        "{took:?}"
    );
    store.flush().unwrap();
    assert_eq!(store.stats().last_write, took);
    assert!(store.stats().records > 0);
}

#[test]
fn a_closed_store_counts_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(Config::new(dir.path())).unwrap();
    let id = reader(1);
    let ticket = warm_charge(&store, id, 1, &charge(0, 0, 5, 9));
    let other = store.clone();
    store.close().unwrap();
    common::block_on(other.durable(ticket)).unwrap();
    assert_eq!(
        other.charge(id, StoryNo(2), &charge(0, 0, 5, 9)),
        Err(ludgate_meter::Unavailable::Closed)
    );
    assert!(matches!(
        other.charge(id, StoryNo(1), &charge(0, 0, 5, 9)),
        Ok(Charged::Already { .. })
    ));
    assert_eq!(
        other.warm(reader(2)),
        Err(ludgate_meter::Unavailable::Closed)
    );
    assert_eq!(
        other.sweep(Minute::MAX, term(1)),
        Err(ludgate_meter::Unavailable::Closed)
    );
    assert_eq!(other.flush(), Err(ludgate_meter::Unavailable::Closed));
    assert_eq!(
        other.merge(id, reader(3)),
        Err(ludgate_meter::Unavailable::Closed)
    );
    assert!(other.story_no(&StoryId::new("/new")).is_err());
    assert!(other.spend(network(1), term(1), 1).is_err());
    // The directory is free again, though a handle is still about.
    Store::open(Config::new(dir.path()))
        .unwrap()
        .close()
        .unwrap();
}

#[test]
fn too_little_memory_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config {
        memory: Config::LEAST_MEMORY - 1,
        ..Config::new(dir.path())
    };
    assert!(matches!(
        Store::open(config),
        Err(OpenError::TooLittleMemory { .. })
    ));
}

#[test]
fn who_is_forgotten_has_counted_nothing_though_the_server_is_started_again() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config::new(dir.path());
    let store = Store::open(config.clone()).unwrap();
    for id in [reader(1), reader(2)] {
        store.welcome(id);
        store.charge(id, StoryNo(3), &charge(0, 0, 5, 9)).unwrap();
    }
    store.flush().unwrap();
    store.forget(reader(1)).unwrap();
    store.forget(reader(7)).unwrap();
    assert_eq!(entries(&store, reader(1)), []);
    store.close().unwrap();
    let store = common::reopen(&config).unwrap();
    for (id, left) in [(reader(1), 0), (reader(2), 1)] {
        store.warm(id).unwrap();
        assert_eq!(entries(&store, id).len(), left);
    }
}
