//! What becomes of a backup that can't be finished, and of the store meanwhile:
//! nothing is left on the disk, and counting goes on or resumes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

mod common;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use access::StoryNo;
use common::refusing::{Small, await_recovery, config, count_until_failing, limit_files};
use common::victim::{self, orders};
use common::{charge, entries, reader, reopen, unless_held, warm_charge};
use ludgate_meter::{BackupError, Charged, Store, Unavailable};

/// More than a backup copies between two reports.
const READERS: u32 = 12_000;

/// A store that has counted a story for each of so many readers.
fn furnish(dir: &Path, readers: u32) -> Store {
    let store = Store::open(config(dir)).unwrap();
    for n in 0..readers {
        warm_charge(&store, reader(n), 1, &charge(0, 0, 5, 9));
    }
    store.flush().unwrap();
    store
}

/// Makes a backup that must work, and opens it.
fn back_up(store: &Store, to: &Path, readers: u32) {
    unless_held(
        || store.backup(to, &mut |_| {}),
        |error| matches!(error, BackupError::UnderWay { .. }),
    )
    .unwrap();
    assert!(!partial(to).exists());
    let copy = reopen(&config(to)).unwrap();
    for n in (0..readers).step_by(97) {
        assert_eq!(entries(&copy, reader(n)), [(1, 0, 5)], "reader {n}");
    }
    copy.close().unwrap();
}

fn partial(to: &Path) -> PathBuf {
    to.with_extension("partial")
}

fn refusal(store: &Store, to: &Path) -> BackupError {
    store.backup(to, &mut |_| {}).unwrap_err()
}

#[test]
fn a_backup_that_cannot_be_written_says_so_and_leaves_the_store_working() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(config(&dir.path().join("live"))).unwrap();
    warm_charge(&store, reader(1), 1, &charge(0, 0, 5, 9));
    let blocked = dir.path().join("file");
    fs::write(&blocked, b"").unwrap();
    let error = store
        .backup(&blocked.join("copy"), &mut |_| {})
        .unwrap_err();
    assert!(error.to_string().contains("copy"), "{error}");
    warm_charge(&store, reader(1), 2, &charge(0, 0, 5, 9));
    store.close().unwrap();
}

#[test]
#[ignore = "a child process of the test below"]
fn cramped_victim() {
    let Some(dir) = orders() else { return };
    let (live, to) = (Path::new(&dir).join("live"), Path::new(&dir).join("copy"));
    let store = furnish(&live, READERS);
    let error = store
        .backup(&to, &mut |_| limit_files(Some(64 << 10)))
        .unwrap_err();
    assert!(matches!(error, BackupError::Target { .. }), "{error}");
    assert!(!partial(&to).exists() && !to.exists());
    limit_files(None);
    back_up(&store, &to, READERS);
    store.close().unwrap();
}

#[test]
fn a_backup_that_finds_no_room_leaves_nothing_and_can_be_made_again() {
    let dir = tempfile::tempdir().unwrap();
    assert!(victim::start("cramped_victim", dir.path().to_str().unwrap()).passed());
}

#[test]
#[ignore = "a child process of the test below"]
fn interrupted_victim() {
    let Some(dir) = orders() else { return };
    let (live, to) = (Path::new(&dir).join("live"), Path::new(&dir).join("copy"));
    let store = furnish(&live, READERS);
    let result = store.backup(&to, &mut |_| {
        limit_files(Some(256 << 10));
        count_until_failing(&store, READERS);
        // Room again, but the database is still to be reopened.
        limit_files(None);
    });
    assert!(
        matches!(
            result,
            Err(BackupError::Source(Unavailable::Failing { .. }))
        ),
        "{result:?}"
    );
    assert!(!partial(&to).exists() && !to.exists());
    await_recovery(&store);
    let counted = store.charge(reader(0), StoryNo(2), &charge(0, 0, 5, 9));
    assert!(
        matches!(counted, Ok(Charged::Counted { .. })),
        "{counted:?}"
    );
    store.close().unwrap();
}

#[test]
fn a_backup_gives_up_where_counting_stops_so_that_the_store_can_recover() {
    let dir = tempfile::tempdir().unwrap();
    assert!(victim::start("interrupted_victim", dir.path().to_str().unwrap()).passed());
}

#[test]
fn what_a_killed_backup_has_left_is_taken_over_and_nothing_else_is() {
    let dir = tempfile::tempdir().unwrap();
    let store = furnish(&dir.path().join("live"), 10);
    let to = dir.path().join("copy");
    let folder = partial(&to);
    let left = |name: &str| {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, b"unfinished").unwrap();
        file
    };
    // Somebody else's file, and a whole data directory by that name.
    for name in ["notes", "mark"] {
        let file = left(name);
        let error = refusal(&store, &to);
        assert!(
            matches!(&error, BackupError::Occupied { to } if *to == folder),
            "{error}"
        );
        assert_eq!(fs::read(&file).unwrap(), b"unfinished");
        fs::remove_file(file).unwrap();
    }
    left("db.new/0.jnl");
    left("db/0.jnl");
    // One that isn't finished yet isn't left behind.
    let lock = File::create(folder.join("lock")).unwrap();
    lock.lock().unwrap();
    let error = refusal(&store, &to);
    assert!(matches!(error, BackupError::UnderWay { .. }), "{error}");
    assert!(folder.join("db/0.jnl").exists());
    drop(lock);
    back_up(&store, &to, 10);
    store.close().unwrap();
}

#[test]
#[ignore = "mounts a tmpfs, which takes root"]
fn a_backup_that_fills_the_stores_own_disk_does_not_keep_it_from_counting() {
    let small = Small::mount(24);
    let store = furnish(&small.path().join("live"), READERS);
    let to = small.path().join("copy");
    let error = store.backup(&to, &mut |_| small.fill()).unwrap_err();
    assert!(
        matches!(
            error,
            BackupError::Target { .. } | BackupError::Source(Unavailable::Failing { .. })
        ),
        "{error}"
    );
    assert!(!partial(&to).exists() && !to.exists());
    // Where a killed one filled it, the next one makes room before all else.
    small.empty();
    let left = partial(&to).join("db.new/0.jnl");
    fs::create_dir_all(left.parent().unwrap()).unwrap();
    let _ = fs::write(&left, vec![1; 64 << 20]);
    count_until_failing(&store, READERS);
    assert!(matches!(
        refusal(&store, &to),
        BackupError::Source(Unavailable::Failing { .. })
    ));
    assert!(!left.exists());
    await_recovery(&store);
    store.close().unwrap();
}
