//! What is acknowledged was synced before: a killed process can't show that, for
//! what it has written survives it. So the system is asked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]

mod common;

use std::path::Path;
use std::time::Duration;

use common::victim::{self, orders, say};
use common::{block_on, charge, reader, warm_charge};
use ludgate_meter::{Config, Durability, Store};

/// Counts that the victim waits for.
const COUNTS: u32 = 20;

#[test]
#[ignore = "a child process of the test below"]
fn watched_victim() {
    let Some(orders) = orders() else { return };
    let (mode, dir) = orders.split_once(' ').unwrap();
    let durability = match mode {
        "sync" => Durability::Sync,
        _ => Durability::Window(Duration::from_millis(5)),
    };
    let store = Store::open(Config {
        durability,
        ..Config::new(dir)
    })
    .unwrap();
    for n in 0..COUNTS {
        let ticket = warm_charge(&store, reader(n), 1, &charge(0, 0, 5, 9));
        block_on(store.durable(ticket)).unwrap();
        say("acknowledged");
    }
    store.close().unwrap();
}

/// The journal between two acknowledgements.
#[derive(Clone, Copy, Default)]
struct Journal {
    /// Written since a sync began.
    written: bool,
    /// A sync is under way that covers what was written before it.
    syncing: bool,
    /// Written, and not yet covered by a sync that has ended.
    unsafe_still: bool,
    /// Syncs that have ended.
    synced: u32,
}

/// Reads what the victim asked of the system, one call a line in the order in
/// which they began or, for one that took longer, ended; how often it
/// acknowledged something.
fn acknowledgements(trace: &str) -> u32 {
    let mut journal = Journal::default();
    let mut acknowledged = 0;
    for line in trace.lines() {
        let of_journal = line.contains(".jnl>");
        let is_sync = line.contains("fdatasync") || line.contains("fsync");
        if is_sync && of_journal {
            journal.syncing = true;
            journal.written = false;
        }
        if is_sync && line.ends_with("= 0") && journal.syncing {
            journal.syncing = false;
            journal.unsafe_still = journal.written;
            journal.synced += 1;
        }
        if line.contains("write") && of_journal {
            journal.written = true;
            journal.unsafe_still = true;
        }
        // The mark says that a batch is safe, before anybody is told.
        let is_mark = line.contains("pwrite64(") && line.contains("/mark>");
        let is_word = line.contains("write(1<") && line.contains("acknowledged");
        assert!(
            !((is_mark || is_word) && journal.unsafe_still),
            "what isn't synced is acknowledged: {line}"
        );
        if is_word {
            assert!(journal.synced > 0, "nothing was synced before: {line}");
            journal.synced = 0;
            acknowledged += 1;
        }
    }
    acknowledged
}

fn watch(mode: &str) {
    let dir = tempfile::tempdir().unwrap();
    let log = dir.path().join("trace");
    let data = dir.path().join("data");
    let calls = "trace=fsync,fdatasync,write,pwrite64,writev,pwritev";
    let strace = [
        "strace",
        "-f",
        "-y",
        "-e",
        calls,
        "-o",
        log.to_str().unwrap(),
    ];
    let orders = format!("{mode} {}", data.display());
    assert!(victim::start_under(&strace, "watched_victim", &orders).passed());
    let trace = std::fs::read_to_string(Path::new(&log)).unwrap();
    assert_eq!(acknowledgements(&trace), COUNTS, "{mode}");
}

#[test]
#[ignore = "watches its child process with strace"]
fn nothing_is_acknowledged_before_it_is_synced_in_either_mode() {
    watch("sync");
    watch("window");
}
