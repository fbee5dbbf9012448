//! What the meter costs: memory for an active reader, visits a second, counts
//! made durable a second, and the time to open after a kill.
//!
//! Prints one `name value unit` line each. The first number among the arguments
//! is the number of readers, a million unless given.
#![allow(clippy::unwrap_used, reason = "a benchmark that can't go on may stop")]

use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use access::{Charge, MeterNo, Minute, ReaderId, StoryId, StoryNo};
use ludgate_meter::{Charged, Config, Durability, Lookup, Store, Unavailable};

/// The stories that an active reader has counted.
const STORIES: u32 = 5;
/// How long each rate is measured.
const SPAN: Duration = Duration::from_secs(5);
/// Stories of the publication.
const ARCHIVE: u32 = 20_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [role, dir, readers] = &arguments[..]
        && role == "--victim"
    {
        return victim(Path::new(dir), readers.parse().unwrap());
    }
    let readers = arguments
        .iter()
        .find_map(|word| word.parse().ok())
        .unwrap_or(1_000_000);
    memory_and_rates(readers);
    sync_rate(readers.min(10_000));
    opening(readers);
}

fn report(name: &str, value: f64, unit: &str) {
    println!("{name} {value:.1} {unit}");
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn now() -> Instant {
    Instant::now()
}

fn config(dir: &Path) -> Config {
    Config {
        memory: 2 << 30,
        ..Config::new(dir)
    }
}

/// The id of reader `n`, spread as random ids are.
fn reader(n: u32) -> ReaderId {
    let mut id = [0; 12];
    let spread = u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    id[..8].copy_from_slice(&(spread ^ spread >> 31).to_le_bytes());
    id[8..].copy_from_slice(&n.to_le_bytes());
    ReaderId(id)
}

fn charge(at: u32, limit: u16) -> Charge {
    Charge {
        meter: MeterNo::new(0).unwrap(),
        since: Minute::MIN,
        at: Minute::new(at).unwrap(),
        limit,
    }
}

/// A cheap random sequence, the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from(((self.0 >> 32) * u64::from(bound)) >> 32).unwrap()
    }
}

/// Counts, waiting where memory is full of what isn't written yet.
fn count(store: &Store, id: ReaderId, number: u32, due: &Charge) -> Charged {
    loop {
        match store.charge(id, StoryNo(number), due) {
            Err(Unavailable::Full) => store.flush().unwrap(),
            Ok(Charged::Cold) => store.warm(id).unwrap(),
            other => return other.unwrap(),
        }
    }
}

/// Every reader counts [`STORIES`] stories, one story at a time for all of them,
/// so that each record grows step by step.
fn fill(store: &Store, readers: u32) {
    for n in 0..ARCHIVE {
        store
            .story_no(&StoryId::new(format!("/stories/{n}/headline-of-the-day")))
            .unwrap();
    }
    for n in 0..readers {
        store.welcome(reader(n));
    }
    for round in 0..STORIES {
        for n in 0..readers {
            black_box(count(
                store,
                reader(n),
                (n + round * 977) % ARCHIVE,
                &charge(round, 200),
            ));
        }
    }
    store.flush().unwrap();
}

fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    line.split_whitespace()
        .nth(1)
        .unwrap()
        .parse::<f64>()
        .unwrap()
        * 1024.0
}

fn memory_and_rates(readers: u32) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(config(dir.path())).unwrap();
    let before = resident();
    let start = now();
    fill(&store, readers);
    let filled = f64::from(readers) * f64::from(STORIES) / start.elapsed().as_secs_f64();
    let stats = store.stats();
    assert_eq!(stats.readers, readers as usize);
    #[expect(clippy::cast_precision_loss, reason = "a figure to be printed")]
    let table = stats.table_bytes as f64;
    report(
        "meter_table_bytes_per_reader",
        table / f64::from(readers),
        "B",
    );
    report(
        "meter_resident_growth",
        (resident() - before) / f64::from(1 << 20),
        "MiB",
    );
    report("meter_fill_durable_counts", filled, "1/s");
    visits(&store, readers);
    durable(&store, readers);
    store.close().unwrap();
    cold(&config(dir.path()), readers);
}

/// One thread's page views: a look at the history, and a charge that finds the
/// story counted, or the allowance used up.
fn visits(store: &Store, readers: u32) {
    let mut dice = Dice(7);
    let mut done = 0_u32;
    let start = now();
    while !done.is_multiple_of(1024) || start.elapsed() < SPAN {
        let id = reader(dice.below(readers));
        let used = store.read(id, <[_]>::len);
        assert!(matches!(used, Lookup::Warm(5..)));
        black_box(
            store
                .charge(id, StoryNo(dice.below(ARCHIVE)), &charge(9, 5))
                .unwrap(),
        );
        done += 1;
    }
    report(
        "meter_read_and_charge_one_thread",
        f64::from(done) / start.elapsed().as_secs_f64(),
        "1/s",
    );
}

/// One thread counts as fast as it can in the default window; the clock stops
/// when all of it is on disk.
fn durable(store: &Store, readers: u32) {
    let mut dice = Dice(11);
    let mut counted = 0_u32;
    let mut tries = 0_u32;
    let groups = store.stats().groups;
    let start = now();
    while !tries.is_multiple_of(1024) || start.elapsed() < SPAN {
        let id = reader(dice.below(readers));
        let due = charge(10 + tries / 1_000_000, 200);
        counted += u32::from(matches!(
            count(store, id, ARCHIVE + dice.below(ARCHIVE), &due),
            Charged::Counted { .. }
        ));
        tries += 1;
    }
    store.flush().unwrap();
    let seconds = start.elapsed().as_secs_f64();
    report(
        "meter_durable_counts_window",
        f64::from(counted) / seconds,
        "1/s",
    );
    let groups = u32::try_from(store.stats().groups - groups).unwrap();
    report("meter_fsyncs_window", f64::from(groups) / seconds, "1/s");
}

/// Readers loaded from disk by one thread.
fn cold(config: &Config, readers: u32) {
    let store = Store::open(config.clone()).unwrap();
    let mut dice = Dice(13);
    let mut loaded = 0_u32;
    let start = now();
    while !loaded.is_multiple_of(64) || start.elapsed() < SPAN {
        store.warm(reader(dice.below(readers))).unwrap();
        loaded += 1;
    }
    report(
        "meter_cold_loads",
        f64::from(loaded) / start.elapsed().as_secs_f64(),
        "1/s",
    );
    store.close().unwrap();
}

/// Sixteen threads that each wait for every count to be on disk.
fn sync_rate(readers: u32) {
    let dir = tempfile::tempdir().unwrap();
    let config = Config {
        durability: Durability::Sync,
        ..config(dir.path())
    };
    let store = Store::open(config).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let start = now();
    let mut dice = Dice(17);
    let mut counted = 0_u32;
    while start.elapsed() < SPAN {
        let tickets: Vec<_> = (0..16)
            .filter_map(|_| {
                let id = reader(dice.below(readers));
                match count(&store, id, dice.below(ARCHIVE), &charge(1, 200)) {
                    Charged::Counted { ticket, .. } => Some(ticket),
                    _ => None,
                }
            })
            .collect();
        for ticket in tickets {
            runtime.block_on(store.durable(ticket)).unwrap();
            counted += 1;
        }
    }
    report(
        "meter_durable_counts_sync_16",
        f64::from(counted) / start.elapsed().as_secs_f64(),
        "1/s",
    );
}

/// How long it takes to be ready after a kill under load.
fn opening(readers: u32) {
    let dir = tempfile::tempdir().unwrap();
    let mut victim = Command::new(std::env::current_exe().unwrap())
        .args([
            "--victim".as_ref(),
            dir.path().as_os_str(),
            readers.to_string().as_ref(),
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(victim.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert_eq!(line, "loaded\n");
    victim.kill().unwrap();
    victim.wait().unwrap();
    let start = now();
    let store = Store::open(config(dir.path())).unwrap();
    report(
        "meter_open_after_kill",
        start.elapsed().as_secs_f64() * 1e3,
        "ms",
    );
    store.warm(reader(readers / 2)).unwrap();
    report(
        "meter_first_cold_reader_after_kill",
        start.elapsed().as_secs_f64() * 1e3,
        "ms",
    );
    assert!(matches!(
        store.read(reader(readers / 2), <[_]>::len),
        Lookup::Warm(5..)
    ));
}

/// Fills a store, and goes on counting until killed.
fn victim(dir: &Path, readers: u32) {
    let store = Store::open(config(dir)).unwrap();
    fill(&store, readers);
    let mut dice = Dice(19);
    let mut n = 0_u32;
    let start = now();
    loop {
        count(
            &store,
            reader(dice.below(readers)),
            ARCHIVE + dice.below(ARCHIVE),
            &charge(9, 200),
        );
        n += 1;
        if n.is_multiple_of(1024) && start.elapsed() > Duration::from_millis(1500) {
            println!("loaded");
            std::io::stdout().flush().unwrap();
        }
    }
}
