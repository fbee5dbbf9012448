//! How long until readers are served again after a power cut.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::thread;
use std::time::Duration;

use access::{Charge, MeterNo, Minute, StoryId, StoryNo};
use anyhow::{Context, Result, bail, ensure};
use meter::{Charged, Config, Store, Unavailable};

use crate::clock;
use crate::effort::Effort;
use crate::load::{self, Load, Pace, Paths, Readers, Wants};
use crate::peers::Ludgate;
use crate::report::{Bounds, Figure, spread};
use crate::story;

/// The stories that each reader has counted.
const STORIES: u32 = 5;

/// Longer than anybody reads before the kill.
const LONGER: Duration = Duration::from_mins(1);

/// Killed and started as often as this.
const KILLS: usize = 5;

/// Fills a data folder, starts the server on it, kills it under load, and
/// times how long it takes from its start until it says that it is ready.
pub(super) fn measure(dir: &Path, effort: &Effort) -> Result<Figure> {
    let data = dir.join("data");
    fs::create_dir_all(&data)?;
    // As the server would make it: its owner's alone.
    fs::set_permissions(&data, fs::Permissions::from_mode(0o700))?;
    fill(&data.join("meter"), effort.readers)?;
    let mut ludgate = Ludgate::start(dir)?;
    let readers = Readers::new(&load::keyring(&ludgate.data)?, 0..effort.readers);
    let mut times = Vec::new();
    let kills = if effort.rounds > 1 { KILLS } else { 1 };
    for turn in 0..kills {
        let load = Load {
            address: ludgate.server.address,
            paths: Paths::One(story::PATH),
            wants: Wants::Page,
            readers: &readers,
            // Each turn has readers who are still to be charged.
            from: turn * readers.len() / kills,
            connections: 16,
            pace: Pace::Closed,
            naps: false,
            lasts: LONGER,
            requests: u64::MAX,
        };
        let (restarted, took) = thread::scope(|scope| {
            let readers = scope.spawn(|| load::run(&load));
            let started = clock::now();
            while started.elapsed() < effort.span {
                clock::pause();
            }
            ensure!(!readers.is_finished(), "nobody reads any more at the kill");
            let start = clock::now();
            let restarted = ludgate.restart_after_kill()?;
            let took = start.elapsed();
            let cut_off = readers.join().is_ok_and(|outcome| outcome.is_err());
            ensure!(cut_off, "the kill has interrupted nobody");
            Ok((restarted, took))
        })?;
        ludgate = restarted;
        times.push(took.as_secs_f64());
    }
    let (middle, least, most) = spread(times);
    Ok(Figure {
        what: format!("ready after a kill with {} readers", effort.readers),
        value: format!("{middle:.2} s ({least:.2}–{most:.2})"),
        measured: middle,
        bounds: Some(Bounds::at_most(2.0, 0.5, "s")),
        note: format!(
            "five counted stories each; killed while readers are charged; from kill to /-/readyz; resident then {} MiB",
            ludgate.server.resident()? >> 20
        ),
    })
}

/// Everybody's five stories, written as the server would write them.
fn fill(dir: &Path, readers: u64) -> Result<()> {
    fs::create_dir_all(dir)?;
    let store = Store::open(Config {
        memory: 512 << 20,
        ..Config::new(dir)
    })?;
    let mut stories = Vec::new();
    for number in 0..STORIES {
        stories.push(store.story_no(&StoryId::new(format!("/stories/before-{number}")))?);
    }
    // Of another meter than the one that decides: its counts are as heavy.
    let meter = MeterNo::new(MeterNo::MAX).context("a meter")?;
    let at = Minute::new(1_000).context("a minute")?;
    let charge = Charge {
        meter,
        since: Minute::MIN,
        at,
        limit: 100,
    };
    for number in 0..readers {
        for &story in &stories {
            count(&store, number, story, &charge)?;
        }
    }
    store.flush()?;
    store.close()?;
    Ok(())
}

fn count(store: &Store, number: u64, of: StoryNo, charge: &Charge) -> Result<()> {
    let reader = load::reader_id(number);
    // Once for a reader that isn't in memory, once for memory that is full of
    // what isn't written yet; then it must have worked.
    for _ in 0..4 {
        match store.charge(reader, of, charge) {
            Ok(Charged::Cold) => store.welcome(reader),
            Err(Unavailable::Full) => store.flush()?,
            other => {
                other?;
                return Ok(());
            }
        }
    }
    bail!("a count is refused again and again")
}
