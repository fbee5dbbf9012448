//! `cargo xtask cache-tests`: asks the gate, nginx and Varnish what HTTP asks of
//! caches, by the suite `http-cache-tests`, and writes down what they answer.
//!
//! The results and the reasons for the gate's differences are committed in
//! `caching/`; a test that passed and doesn't any more is a failure.

mod servers;
mod table;

use std::fs;
use std::path::Path;
use std::thread::{self, ScopedJoinHandle};

use crate::packages::{self, CACHES};
use crate::place::Place;
use crate::run::{Command, Failed, say};
use crate::test;
use servers::Cache;
use table::{Results, Table};

/// The folder of the suite's settings.
const FOLDER: &str = "caching";

/// The page that tells of the results.
const PAGE: &str = "docs/internals/caching.md";

/// How often all three are asked before a difference that has no reason counts:
/// times are the suite's own, and a machine that is busy for a moment misses
/// one, or has the gate turn a request away.
const TRIES: usize = 3;

/// Runs the suite against all three.
pub(crate) fn run(place: &Place, flags: &[&str]) -> Result<(), Failed> {
    let unknown = flags
        .iter()
        .find(|flag| !["--write", "--no-install"].contains(flag));
    if let Some(unknown) = unknown {
        return Err(Failed::new(format!(
            "cache-tests takes --write and --no-install, not \"{unknown}\""
        )));
    }
    let may_install = !flags.contains(&"--no-install");
    packages::debian(&CACHES.iter().collect::<Vec<_>>(), may_install)?;
    prepare(place, may_install)?;
    let folder = place.root.join(FOLDER);
    let reasons = read(&folder.join("differences.txt"))?;
    let mut tries = 1;
    let table = loop {
        match Table::new(all(place)?, &reasons) {
            Err(failed) if tries < TRIES => say(&format!("Once more, since {failed}")),
            table => break table?,
        }
        tries += 1;
    };
    let page = table.page();
    println!("{page}");
    if flags.contains(&"--write") {
        write(&place.root.join(PAGE), &page)?;
        write(&folder.join("results.tsv"), &table.verdicts())?;
    }
    Ok(())
}

/// What all three answer, asked at the same time.
fn all(place: &Place) -> Result<Vec<Results>, Failed> {
    say("Asking the gate, nginx and Varnish, which takes half a minute");
    thread::scope(|scope| {
        let asked: Vec<_> = Cache::ALL
            .iter()
            .map(|cache| scope.spawn(|| ask(place, *cache)))
            .collect();
        let stopped = || Err(Failed::new("a thread stopped"));
        let answers = asked.into_iter().map(ScopedJoinHandle::join);
        answers
            .map(|answer| answer.unwrap_or_else(|_| stopped()))
            .collect()
    })
}

/// Runs the suite against the gate alone, and fails where a test that passed
/// when the results were written doesn't any more, twice in a row.
pub(crate) fn check(place: &Place, may_install: bool) -> Result<(), Failed> {
    prepare(place, may_install)?;
    let expected = read(&place.root.join(FOLDER).join("results.tsv"))?;
    say("Asking the gate what HTTP asks of caches");
    let mut lost = ask(place, Cache::Gate)?.lost(&expected);
    if !lost.is_empty() {
        let again = ask(place, Cache::Gate)?.lost(&expected);
        lost.retain(|test| again.contains(test));
    }
    if lost.is_empty() {
        say("The gate passes every test that it passed before.");
        return Ok(());
    }
    Err(Failed::new(format!(
        "the gate passed these tests of caches before: {}; see {PAGE}, and run `cargo xtask \
         cache-tests` for what they say now",
        lost.join(", ")
    )))
}

fn prepare(place: &Place, may_install: bool) -> Result<(), Failed> {
    packages::npm(&place.root.join(FOLDER), FOLDER, may_install)?;
    test::program(place)?;
    Ok(())
}

fn ask(place: &Place, cache: Cache) -> Result<Results, Failed> {
    let folder = place.root.join(FOLDER);
    let running = cache.start(place, &folder)?;
    let said = Command::new("node")
        .args(["--no-warnings", "run.mjs", &running.url()])
        .within(&folder)
        .output()?;
    Results::read(&said)
}

fn read(file: &Path) -> Result<String, Failed> {
    fs::read_to_string(file).map_err(|error| Failed::new(format!("{}: {error}", file.display())))
}

fn write(file: &Path, text: &str) -> Result<(), Failed> {
    say(&format!("Writing {}", file.display()));
    fs::write(file, text).map_err(|error| Failed::new(format!("{}: {error}", file.display())))
}
