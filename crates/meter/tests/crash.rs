//! What survives SIGKILL under load, in each mode.
//!
//! A victim counts as fast as it can and says what was acknowledged. It is killed
//! again and again on the same directory; each time the store is opened and
//! everything that was ever promised is looked for, and everything found must
//! be something that was counted.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests"
)]
#![allow(clippy::similar_names, reason = "a store of stories")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use access::{StoryId, StoryNo};
use common::victim::{self, orders, say};
use common::{block_on, charge, count, entries, reader};
use ludgate_meter::{Charged, Config, Durability, Store};

const READERS: u32 = 2_000;
const KILLS: u32 = 20;
const THREADS: u32 = 4;

/// The minute at which a reader counts a story: anything else was never counted.
fn minute_of(reader: u32, story: u32) -> u32 {
    1_000 + (reader * 31 + story * 17) % 5_000
}

fn name(story: u32) -> StoryId {
    StoryId::new(format!("/story/{story}"))
}

fn config(dir: &Path, durability: Durability) -> Config {
    // Too little for all readers, so that records come and go.
    Config {
        durability,
        memory: Config::LEAST_MEMORY,
        ..Config::new(dir)
    }
}

/// Counts the `n`th story of a thread in a run; the reader, the story, its number.
fn count_one(store: &Store, run: u32, thread: u32, n: u32) -> (u32, u32, Charged) {
    let who = (n * 7 + thread) % READERS;
    // No two threads, and no two runs, count the same.
    let story = (run * THREADS + thread) * 40 + n / READERS;
    let no = store.story_no(&name(story)).unwrap();
    let due = charge(0, 0, minute_of(who, story), 250);
    (who, story, count(store, reader(who), no.0, &due))
}

#[test]
#[ignore = "a child process of the test below"]
fn sync_victim() {
    let Some(orders) = orders() else { return };
    let (run, dir) = orders.split_once(' ').unwrap();
    let run = run.parse().unwrap();
    let store = Store::open(config(Path::new(dir), Durability::Sync)).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let store = &store;
            scope.spawn(move || {
                for n in 0.. {
                    let (who, story, charged) = count_one(store, run, thread, n);
                    let (Charged::Counted { ticket, .. } | Charged::Already { ticket, .. }) =
                        charged
                    else {
                        continue;
                    };
                    block_on(store.durable(ticket)).unwrap();
                    say(&format!("{who} {story}"));
                }
            });
        }
    });
}

#[test]
#[ignore = "a child process of the test below"]
fn window_victim() {
    let Some(orders) = orders() else { return };
    let (run, dir) = orders.split_once(' ').unwrap();
    let run = run.parse().unwrap();
    let window = Durability::Window(Duration::from_millis(20));
    let store = Store::open(config(Path::new(dir), window)).unwrap();
    for n in 0_u32.. {
        let mut lines = String::new();
        for n in n * 20..(n + 1) * 20 {
            let (who, story, charged) = count_one(&store, run, 0, n);
            if matches!(charged, Charged::Counted { .. } | Charged::Already { .. }) {
                writeln!(lines, "{who} {story}").unwrap();
            }
        }
        // Groups written by now: these counts are in one of the next two.
        writeln!(lines, "groups {}", store.stats().groups).unwrap();
        say(&lines);
    }
}

/// Everything in the store, as (reader, story) → minute, by the stories' names.
fn everything(dir: &Path) -> BTreeMap<(u32, u32), u32> {
    let store = Store::open(config(dir, Durability::default())).unwrap();
    let mut names = BTreeMap::new();
    let mut all = BTreeMap::new();
    for who in 0..READERS {
        for (no, _, at) in entries(&store, reader(who)) {
            let story = *names.entry(no).or_insert_with(|| {
                // A number on disk without its story could be given to another.
                let id = store
                    .story_id(StoryNo(no))
                    .unwrap()
                    .expect("the story has its number");
                id.as_str()
                    .strip_prefix("/story/")
                    .unwrap()
                    .parse::<u32>()
                    .unwrap()
            });
            all.insert((who, story), at);
        }
    }
    store.close().unwrap();
    all
}

fn assert_nothing_invented(all: &BTreeMap<(u32, u32), u32>) {
    for (&(who, story), &at) in all {
        assert_eq!(
            at,
            minute_of(who, story),
            "reader {who} never counted {story} then"
        );
    }
}

fn pair(line: &str) -> (u32, u32) {
    let (who, story) = line.split_once(' ').unwrap();
    (who.parse().unwrap(), story.parse().unwrap())
}

#[test]
fn in_sync_mode_a_kill_loses_nothing_that_was_acknowledged() {
    let dir = tempfile::tempdir().unwrap();
    let mut acknowledged = Vec::new();
    for run in 0..KILLS {
        let mut victim = victim::start("sync_victim", &format!("{run} {}", dir.path().display()));
        for _ in 0..100 + run * 37 {
            acknowledged.push(pair(
                &victim.line().expect("the victim works until it is killed"),
            ));
        }
        victim.kill();
        // What it still managed to say counts as well.
        while let Some(line) = victim.line() {
            if let Some((who, story)) = line.split_once(' ')
                && let (Ok(who), Ok(story)) = (who.parse(), story.parse())
            {
                acknowledged.push((who, story));
            }
        }
        let all = everything(dir.path());
        assert_nothing_invented(&all);
        for count in &acknowledged {
            assert!(all.contains_key(count), "run {run} lost {count:?}");
        }
    }
    assert!(acknowledged.len() > 5_000);
}

#[test]
fn in_window_mode_a_kill_loses_at_most_the_window() {
    let dir = tempfile::tempdir().unwrap();
    let mut kept = 0;
    for run in 0..KILLS {
        let mut victim = victim::start("window_victim", &format!("{run} {}", dir.path().display()));
        let mut batch = Vec::new();
        // Counts, with the number of groups written when they had been made.
        let mut counted = Vec::new();
        let mut groups = 0;
        let mut killed = false;
        while let Some(line) = victim.line() {
            if let Some(number) = line.strip_prefix("groups ") {
                let number = number.parse::<u64>().unwrap();
                counted.extend(batch.drain(..).map(|count| (count, number)));
                groups = groups.max(number);
            } else {
                batch.push(pair(&line));
            }
            if groups >= u64::from(3 + run % 5) && !killed {
                victim.kill();
                killed = true;
            }
        }
        let all = everything(dir.path());
        assert_nothing_invented(&all);
        for (count, made) in counted {
            if made + 2 <= groups {
                assert!(
                    all.contains_key(&count),
                    "run {run} lost {count:?} of group {made}"
                );
                kept += 1;
            }
        }
    }
    assert!(kept > 1_000, "{kept}");
}
