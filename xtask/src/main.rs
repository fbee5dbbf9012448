//! The project's own tools: `cargo xtask test | ci | bench | cache-tests | sim | tidy`.
//!
//! Everything that a person would otherwise have to remember is written down
//! here as a command. Nothing here is part of the program.

mod bench;
mod caching;
mod ci;
mod ignored;
mod packages;
mod place;
mod run;
mod sim;
mod test;
mod tidy;

use std::process::ExitCode;

use place::Place;
use run::Failed;

const HELP: &str = "\
The project's own tools.

  cargo xtask test [--no-install]     everything that is tested; says first what it installs
  cargo xtask ci [--no-install]       what must pass before a change is merged
  cargo xtask bench [--quick] [--only NAME] [--write] [--no-install]
                                      the figures of docs/internals/performance.md
  cargo xtask cache-tests [--write] [--no-install]
                                      what HTTP asks of caches: the gate, nginx and Varnish
  cargo xtask sim [SEED] [--readers N] [--days N] [--short]
                                      readers, years, crashes and a troubled bank, by a seed
  cargo xtask sim --prove             breaks what the simulation guards, and wants it found
  cargo xtask tidy                    the house rules that a machine can check

  --no-install   fail, instead of installing, where a tool is missing
  --quick        seconds instead of minutes; the figures are then rough
  --only NAME    one group of figures: http, latency, site, decide, meter, ready, page,
                 publication, selling
  --write        write the table into docs/internals: performance.md, or caching.md
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failed) => {
            eprintln!("\nxtask: {failed}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Result<(), Failed> {
    let place = Place::find()?;
    match words {
        ["test", flags @ ..] => test::run(&place, may_install("test", flags)?),
        ["ci", flags @ ..] => ci::run(&place, may_install("ci", flags)?),
        ["bench", flags @ ..] => bench::run(&place, flags),
        ["cache-tests", flags @ ..] => caching::run(&place, flags),
        ["sim", words @ ..] => sim::run(&place, words),
        ["tidy"] => tidy::run(&place),
        ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        [] => Err(Failed::new(format!("say what to do\n\n{HELP}"))),
        _ => Err(Failed::new(format!(
            "\"{}\" isn't understood\n\n{HELP}",
            words.join(" ")
        ))),
    }
}

/// For commands whose only flag is `--no-install`.
fn may_install(command: &str, flags: &[&str]) -> Result<bool, Failed> {
    match flags {
        [] => Ok(true),
        ["--no-install"] => Ok(false),
        _ => Err(Failed::new(format!(
            "{command} takes --no-install only, not \"{}\"",
            flags.join(" ")
        ))),
    }
}
