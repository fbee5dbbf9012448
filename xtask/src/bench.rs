//! `cargo xtask bench`: builds the program and the benchmarks as they ship,
//! sees to the peers, and hands over to the crate in `bench/`.

use std::path::Path;

use crate::packages::{self, PEERS};
use crate::place::Place;
use crate::run::{Command, Failed};

/// Runs the benchmarks; flags other than `--no-install` are the crate's own.
pub(crate) fn run(place: &Place, flags: &[&str]) -> Result<(), Failed> {
    let may_install = !flags.contains(&"--no-install");
    packages::debian(&PEERS.iter().collect::<Vec<_>>(), may_install)?;
    let flags: Vec<&str> = flags
        .iter()
        .copied()
        .filter(|flag| *flag != "--no-install")
        .collect();
    measure(place, &place.target(), &flags, &[DECIDE, METER, PAGE])
}

/// A few seconds of each, to see that it runs and reports; a machine that
/// tests something else at the same time is no place to judge figures.
pub(crate) fn smoke(place: &Place, target: &Path) -> Result<(), Failed> {
    measure(place, target, &["--smoke"], &[DECIDE])
}

/// The crates' own benchmarks: package and target.
const DECIDE: (&str, &str) = ("ludgate-bench", "decide");
const METER: (&str, &str) = ("ludgate-meter", "meter");
const PAGE: (&str, &str) = ("ludgate-page", "splice");

fn measure(
    place: &Place,
    target: &Path,
    flags: &[&str],
    benches: &[(&str, &str)],
) -> Result<(), Failed> {
    let cargo = |words: &[&str]| {
        Command::cargo()
            .args(words)
            .within(&place.root)
            .env("CARGO_TARGET_DIR", target)
    };
    cargo(&[
        "build",
        "--release",
        "--package",
        "ludgate",
        "--package",
        "ludgate-bench",
    ])
    .run()?;
    // One by one, as they are run: built together they would share features,
    // and then be built again.
    for (package, bench) in benches {
        cargo(&["bench", "--package", package, "--bench", bench, "--no-run"]).run()?;
    }
    Command::new(target.join("release/ludgate-bench"))
        .args(flags)
        .within(&place.root)
        .env("CARGO_TARGET_DIR", target)
        .env("LUDGATE", target.join("release/ludgate"))
        .run()
}
