//! What happens when the disk refuses, the files are damaged, or the directory
//! isn't ours: an error that says so, nothing acknowledged lost, nothing open.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]
#![allow(clippy::similar_names, reason = "a store of stories")]

mod common;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use access::{StoryId, StoryNo};
use common::refusing::{Small, await_recovery, config, count_until_failing, limit_files};
use common::victim::{self, orders, say};
use common::{block_on, charge, entries, network, reader, reopen, term, warm_charge};
use ludgate_meter::{Charged, OpenError, Store, Unavailable};

/// The course of a full disk, whatever fills it and makes room again.
fn a_disk_fills_up(dir: &Path, fill: impl FnOnce(), empty: impl FnOnce()) {
    let store = Store::open(config(dir)).unwrap();
    warm_charge(&store, reader(0), 1, &charge(0, 0, 5, 1));
    store.flush().unwrap();
    fill();
    let counted = count_until_failing(&store, 1);

    // What is known stays known, and the gate stays shut.
    let again = store.charge(reader(0), StoryNo(1), &charge(0, 0, 5, 1));
    let Ok(Charged::Already { ticket, .. }) = again else {
        panic!("{again:?}")
    };
    block_on(store.durable(ticket)).unwrap();
    let refused = store.charge(reader(0), StoryNo(2), &charge(0, 0, 5, 1));
    assert_eq!(refused, Ok(Charged::Refused { used: 1 }));
    let new = store
        .charge(reader(0), StoryNo(2), &charge(0, 0, 5, 9))
        .unwrap_err();
    let text = new.to_string();
    assert!(
        text.contains(&dir.display().to_string()) && text.contains("resumes"),
        "{text}"
    );
    assert!(store.spend(network(1), term(1), 9).is_err());
    assert!(store.merge(reader(0), reader(1)).is_err());
    assert!(store.stats().failing.is_some());
    // Nobody waits for what can't be written.
    let last = store
        .pending(reader(counted - 1))
        .expect("the last count is not on disk");
    assert!(block_on(store.durable(last)).is_err());

    empty();
    await_recovery(&store);
    assert_eq!(store.stats().failing, None);
    block_on(store.durable(last)).unwrap();
    warm_charge(&store, reader(0), 2, &charge(0, 0, 5, 9));
    store.close().unwrap();
    let store = Store::open(config(dir)).unwrap();
    for n in 0..counted {
        let expected: &[_] = if n == 0 {
            &[(1, 0, 5), (2, 0, 5)]
        } else {
            &[(1, 0, 5)]
        };
        assert_eq!(entries(&store, reader(n)), expected, "reader {n}");
    }
    store.close().unwrap();
}

#[test]
#[ignore = "a child process of the test below"]
fn starved_victim() {
    let Some(dir) = orders() else { return };
    a_disk_fills_up(
        Path::new(&dir),
        || limit_files(Some(256 << 10)),
        || limit_files(None),
    );
}

#[test]
fn when_files_may_not_grow_counting_stops_and_resumes_and_nothing_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    assert!(victim::start("starved_victim", dir.path().to_str().unwrap()).passed());
}

#[test]
#[ignore = "a child process of the test below"]
fn closing_victim() {
    let Some(dir) = orders() else { return };
    let store = Store::open(config(Path::new(&dir))).unwrap();
    limit_files(Some(256 << 10));
    count_until_failing(&store, 0);
    assert!(matches!(store.close(), Err(Unavailable::Failing { .. })));
}

#[test]
fn closing_while_the_disk_refuses_says_so_and_does_not_hang() {
    let dir = tempfile::tempdir().unwrap();
    assert!(victim::start("closing_victim", dir.path().to_str().unwrap()).passed());
}

#[test]
#[ignore = "mounts a tmpfs, which takes root"]
fn when_the_disk_is_full_counting_stops_and_resumes_and_nothing_is_lost() {
    let small = Small::mount(24);
    a_disk_fills_up(
        &small.path().join("data"),
        || small.fill(),
        || small.empty(),
    );
}

#[test]
#[ignore = "a child process of the test below"]
fn holding_victim() {
    let Some(dir) = orders() else { return };
    let _store = Store::open(config(Path::new(&dir))).unwrap();
    say("open");
    std::thread::park();
}

#[test]
fn a_directory_in_use_is_refused_until_its_owner_is_gone() {
    let dir = tempfile::tempdir().unwrap();
    let mut victim = victim::start("holding_victim", dir.path().to_str().unwrap());
    assert_eq!(victim.line().unwrap(), "open");
    let error = Store::open(config(dir.path())).unwrap_err();
    assert!(matches!(error, OpenError::Locked { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains(&dir.path().display().to_string())
    );
    victim.kill();
    let store = reopen(&config(dir.path())).unwrap();
    assert!(matches!(
        Store::open(config(dir.path())),
        Err(OpenError::Locked { .. })
    ));
    store.close().unwrap();
}

#[test]
fn a_path_that_cannot_be_a_directory_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let error = Store::open(config(file.path())).unwrap_err();
    assert!(matches!(error, OpenError::Directory { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains(&file.path().display().to_string())
    );
}

const READERS: u32 = 3_000;

/// A store with something of every kind, in the journal and in tables.
fn furnish(dir: &Path) {
    let source = tempfile::tempdir().unwrap();
    let store = Store::open(config(source.path())).unwrap();
    for n in 0..READERS {
        let story = store
            .story_no(&StoryId::new(format!("/{}", n % 50)))
            .unwrap();
        warm_charge(&store, reader(n), story.0, &charge(0, 0, 5, 9));
    }
    // A backup is made of tables alone.
    store.backup(dir, &mut |_| {}).unwrap();
    let store = reopen(&config(dir)).unwrap();
    for n in 0..READERS {
        warm_charge(&store, reader(n), 60, &charge(0, 0, 6, 9));
    }
    store.close().unwrap();
}

fn files(dir: &Path) -> BTreeSet<PathBuf> {
    let mut all = BTreeSet::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else {
            all.insert(path);
        }
    }
    all
}

/// Copies a data directory; holes stay holes.
fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp")
        .args(["-a", "--sparse=always"])
        .arg(from)
        .arg(to)
        .status();
    assert!(status.unwrap().success());
}

/// Opens a damaged directory and reads everybody. Whatever is answered must be
/// right; the error, if there is one, must say what and where.
fn look_at(dir: &Path, what: &str) -> Result<(), String> {
    let store = match reopen(&config(dir)) {
        Ok(store) => store,
        Err(error) => {
            let text = error.to_string();
            assert!(text.contains(&dir.display().to_string()), "{what}: {text}");
            assert!(
                text.contains("backup") || text.contains("space"),
                "{what}: {text}"
            );
            return Err(text);
        }
    };
    let mut result = Ok(());
    for n in 0..READERS {
        match store.warm(reader(n)) {
            Ok(()) => assert_eq!(entries(&store, reader(n)).len(), 2, "{what}: reader {n}"),
            Err(error @ (Unavailable::Damaged { .. } | Unavailable::Failing { .. })) => {
                let text = error.to_string();
                assert!(text.contains(&dir.display().to_string()), "{what}: {text}");
                result = Err(text);
            }
            Err(other) => panic!("{what}: {other}"),
        }
    }
    let _ = store.close();
    result
}

#[test]
fn a_flipped_bit_is_an_error_or_harmless_and_never_a_lost_count() {
    let dir = tempfile::tempdir().unwrap();
    let sound = dir.path().join("sound");
    furnish(&sound);
    assert_eq!(look_at(&sound, "sound"), Ok(()));
    let mut refused = 0;
    let names: Vec<_> = files(&sound)
        .into_iter()
        .map(|f| f.strip_prefix(&sound).unwrap().to_path_buf())
        .collect();
    assert!(names.len() >= 6, "{names:?}");
    for name in names {
        // The part that is in use: a journal is mostly a hole.
        let bytes = fs::read(sound.join(&name)).unwrap();
        let used = bytes
            .iter()
            .rposition(|&byte| byte != 0)
            .map_or(0, |at| at + 1);
        for part in 0..12 {
            if used == 0 {
                break;
            }
            let at = (used - 1) * part / 11;
            let damaged = dir.path().join("damaged");
            copy(&sound, &damaged);
            let file = File::options()
                .write(true)
                .open(damaged.join(&name))
                .unwrap();
            file.write_all_at(&[bytes[at] ^ 0x10], at as u64).unwrap();
            drop(file);
            let what = format!("{} at {at} of {used}", name.display());
            refused += u32::from(look_at(&damaged, &what).is_err());
            fs::remove_dir_all(&damaged).unwrap();
        }
    }
    assert!(refused >= 10, "{refused}");
}

#[test]
fn a_missing_file_is_an_error_or_harmless_and_nothing_else_is_deleted() {
    let dir = tempfile::tempdir().unwrap();
    let sound = dir.path().join("sound");
    furnish(&sound);
    for file in files(&sound) {
        let name = file.strip_prefix(&sound).unwrap();
        let damaged = dir.path().join("damaged");
        copy(&sound, &damaged);
        fs::remove_file(damaged.join(name)).unwrap();
        let tables = files(&damaged.join("db/keyspaces/1/tables"));
        let result = look_at(&damaged, &name.display().to_string());
        let expected = !["lock", "mark"].contains(&name.to_str().unwrap());
        // Manifests of earlier states are left behind now and then.
        if !name.display().to_string().contains("/v") {
            assert_eq!(result.is_err(), expected, "{}: {result:?}", name.display());
        }
        if expected {
            let left = files(&damaged.join("db/keyspaces/1/tables"));
            assert!(left.is_superset(&tables), "{}", name.display());
        }
        fs::remove_dir_all(&damaged).unwrap();
    }
}

#[test]
fn a_shortened_or_missing_journal_is_noticed_and_the_way_on_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let sound = dir.path().join("sound");
    furnish(&sound);
    let journal = |dir: &Path| {
        files(dir)
            .into_iter()
            .find(|file| file.extension().is_some_and(|e| e == "jnl"))
            .unwrap()
    };
    let used = fs::read(journal(&sound))
        .unwrap()
        .iter()
        .rposition(|&byte| byte != 0)
        .unwrap();
    for keep in [Some(used - 10), Some(used / 2), Some(0), None] {
        let damaged = dir.path().join("damaged");
        copy(&sound, &damaged);
        match keep {
            Some(keep) => {
                let file = File::options().write(true).open(journal(&damaged)).unwrap();
                file.set_len(keep as u64).unwrap();
            }
            None => fs::remove_file(journal(&damaged)).unwrap(),
        }
        let mark = damaged.join("mark");
        // It stays an error however often one tries.
        for _ in 0..2 {
            let error = reopen(&config(&damaged)).unwrap_err();
            assert!(
                matches!(error, OpenError::Behind { .. }),
                "{keep:?}: {error}"
            );
            assert!(error.to_string().contains(&mark.display().to_string()));
        }
        // What the message offers works.
        fs::remove_file(mark).unwrap();
        let store = reopen(&config(&damaged)).unwrap();
        for n in 0..READERS {
            assert!(matches!(entries(&store, reader(n)).len(), 1 | 2));
        }
        store.close().unwrap();
        fs::remove_dir_all(&damaged).unwrap();
    }
}

#[test]
fn a_missing_database_beside_a_mark_is_not_taken_for_a_new_one() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(config(dir.path())).unwrap();
    warm_charge(&store, reader(1), 1, &charge(0, 0, 5, 9));
    store.close().unwrap();
    fs::remove_dir_all(dir.path().join("db")).unwrap();
    assert!(matches!(
        Store::open(config(dir.path())),
        Err(OpenError::Behind { found: 0, .. })
    ));
}

#[test]
fn a_first_start_that_was_cut_short_begins_again() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("db.new")).unwrap();
    fs::write(dir.path().join("db.new/0.jnl"), b"unfinished").unwrap();
    Store::open(config(dir.path())).unwrap().close().unwrap();
}
