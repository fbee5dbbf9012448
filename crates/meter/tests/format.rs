//! Data of other versions: older is upgraded, also in two goes, newer is refused.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

mod common;

use std::path::Path;

use access::{Name, StoryId, StoryNo};
use common::{entries, reader};
use fjall::{Database, Keyspace, KeyspaceCreateOptions, PersistMode};
use ludgate_meter::{Config, OpenError, Store};

const READERS: u32 = 10_000;

/// Writes a database as version 1 did: nine bytes an entry, no checksum, no
/// numbers of batches.
fn write_v1(dir: &Path) -> Database {
    std::fs::create_dir_all(dir).unwrap();
    let db = Database::builder(dir.join("db")).open().unwrap();
    let space = space(&db);
    let mut batch = db.batch().durability(Some(PersistMode::SyncAll));
    batch.insert(&space, "v", 1_u32.to_le_bytes());
    batch.insert(
        &space,
        "s\0\0\0\0",
        [
            blake3::hash(b"/a").as_bytes()[..16].to_vec(),
            b"/a".to_vec(),
        ]
        .concat(),
    );
    batch.insert(&space, "m\0", "monthly");
    for n in 0..READERS {
        batch.insert(&space, key(n), v1(&[(0, n % 60_000, 0), (0, 7, 3)]));
    }
    batch.commit().unwrap();
    db
}

fn space(db: &Database) -> Keyspace {
    db.keyspace("meter", KeyspaceCreateOptions::default)
        .unwrap()
}

fn key(n: u32) -> Vec<u8> {
    [b"r".as_slice(), &reader(n).0].concat()
}

/// Entries of (story, minute, meter) as version 1 wrote them.
fn v1(all: &[(u32, u32, u8)]) -> Vec<u8> {
    all.iter()
        .flat_map(|(story, minute, meter)| {
            [&story.to_le_bytes()[..], &minute.to_le_bytes(), &[*meter]].concat()
        })
        .collect()
}

/// The same as version 2 writes them.
fn v2(key: &[u8], all: &[(u32, u32, u8)]) -> Vec<u8> {
    let mut value: Vec<u8> = all
        .iter()
        .flat_map(|&(story, minute, meter)| {
            (u64::from(story) << 32 | u64::from(minute) << 6 | u64::from(meter)).to_le_bytes()
        })
        .collect();
    let sum = crc32fast::hash(&[key, &value].concat());
    value.extend(sum.to_le_bytes());
    value
}

fn check_upgraded(dir: &Path) {
    for _ in 0..2 {
        let store = Store::open(Config::new(dir)).unwrap();
        for n in 0..READERS {
            let mut expected = vec![(0, 0, n % 60_000), (0, 3, 7)];
            expected.sort_unstable();
            assert_eq!(entries(&store, reader(n)), expected, "reader {n}");
        }
        assert_eq!(store.find_story(&StoryId::new("/a")), Some(StoryNo(0)));
        assert_eq!(store.meter_no(&Name::new("monthly")).unwrap().get(), 0);
        store.close().unwrap();
    }
}

#[test]
fn data_of_format_1_is_upgraded_when_it_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    drop(write_v1(dir.path()));
    check_upgraded(dir.path());
}

#[test]
fn an_upgrade_that_was_cut_short_goes_on_where_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let db = write_v1(dir.path());
    let space = space(&db);
    let mut keys: Vec<(Vec<u8>, u32)> = (0..READERS).map(|n| (key(n), n)).collect();
    keys.sort_unstable();
    let mut batch = db.batch().durability(Some(PersistMode::SyncAll));
    let done = &keys[..4096];
    for (key, n) in done {
        batch.insert(
            &space,
            key.as_slice(),
            v2(key, &[(0, n % 60_000, 0), (0, 7, 3)]),
        );
    }
    batch.insert(&space, "u", done[4095].0.as_slice());
    batch.insert(&space, "n", 1_u64.to_le_bytes());
    batch.commit().unwrap();
    drop((db, space));
    check_upgraded(dir.path());
}

#[test]
fn an_upgrade_stops_at_a_record_that_is_not_one() {
    let dir = tempfile::tempdir().unwrap();
    let db = write_v1(dir.path());
    space(&db).insert(key(3), "garbled").unwrap();
    db.persist(PersistMode::SyncAll).unwrap();
    drop(db);
    let error = Store::open(Config::new(dir.path())).unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error}");
}

#[test]
fn data_of_a_later_format_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let db = write_v1(dir.path());
    space(&db).insert("v", 3_u32.to_le_bytes()).unwrap();
    db.persist(PersistMode::SyncAll).unwrap();
    drop(db);
    for _ in 0..2 {
        let error = Store::open(Config::new(dir.path())).unwrap_err();
        assert!(
            matches!(
                error,
                OpenError::Newer {
                    found: 3,
                    known: 2,
                    ..
                }
            ),
            "{error}"
        );
        assert!(
            error
                .to_string()
                .contains(&dir.path().display().to_string())
        );
    }
}
