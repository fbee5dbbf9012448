//! `cargo xtask test`: everything that is tested, on a machine that has
//! nothing but Rust.
//!
//! The lines that end a run are those of the test runners themselves.

use std::path::{Path, PathBuf};

use crate::caching;
use crate::ignored;
use crate::packages::{self, BROWSER, Need, TESTS, WORDPRESS};
use crate::place::Place;
use crate::run::{Command, Failed, say, which};

/// Runs the tests; what can't be run is a failure.
pub(crate) fn run(place: &Place, may_install: bool) -> Result<(), Failed> {
    let needs: Vec<&Need> = BROWSER.iter().chain(TESTS).chain(WORDPRESS).collect();
    packages::debian(&needs, may_install)?;
    packages::npm(&place.root.join("browser"), "browser", may_install)?;
    let python = packages::python(&place.root, may_install)?;
    rust(place)?;
    ignored::run(place, &python)?;
    caching::check(place, may_install)?;
    browser(place, &python)
}

fn rust(place: &Place) -> Result<(), Failed> {
    let cargo = |words: &[&str]| Command::cargo().args(words).within(&place.root).run();
    if which("cargo-nextest").is_some() {
        cargo(&["nextest", "run", "--workspace"])?;
        cargo(&["test", "--workspace", "--doc", "--quiet"])
    } else {
        cargo(&["test", "--workspace"])
    }
}

/// The program as all tests have it: built by itself it would have its dependencies
/// built again, with fewer of their features.
pub(crate) fn program(place: &Place) -> Result<PathBuf, Failed> {
    Command::cargo()
        .args(["test", "--quiet", "--workspace", "--no-run"])
        .within(&place.root)
        .run()?;
    Ok(place.target().join("debug/ludgate"))
}

fn browser(place: &Place, python: &Path) -> Result<(), Failed> {
    let folder = place.root.join("browser");
    let binary = program(place)?;
    let tests = tests_in(&folder.join("tests"))?;
    say(&format!(
        "{} files of browser tests against {}",
        tests.len(),
        binary.display()
    ));
    Command::new("node")
        .args(["--test", "--test-reporter=spec"])
        .args(&tests)
        .within(&folder)
        .env("LUDGATE", binary)
        .env("LUDGATE_PYTHON", python)
        .run()
}

/// Named one by one: a pattern that matches nothing must not count as success.
fn tests_in(folder: &Path) -> Result<Vec<PathBuf>, Failed> {
    let io = |error| Failed::new(format!("{}: {error}", folder.display()));
    let mut tests = Vec::new();
    for entry in folder.read_dir().map_err(io)? {
        let path = entry.map_err(io)?.path();
        if path.to_string_lossy().ends_with(".test.js") {
            tests.push(path);
        }
    }
    tests.sort();
    if tests.is_empty() {
        return Err(Failed::new(format!(
            "{} holds no browser tests",
            folder.display()
        )));
    }
    Ok(tests)
}
