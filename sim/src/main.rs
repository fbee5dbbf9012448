//! A simulation by a seed: readers come, buy, change their minds, and are
//! charged by a bank that declines, keeps silent after it was paid, and tells
//! its events twice, late, in another order or never; the clock moves through
//! years, the program crashes in the middle. After every step the laws of
//! [`laws`] and [`audit`] are looked at; the first that doesn't hold ends it.
//!
//! `cargo xtask sim [SEED]` runs it. The same seed is the same simulation.

mod asked;
mod audit;
mod counts;
mod dice;
mod doom;
mod house;
mod known;
mod laws;
mod money;
mod outbox;
mod play;
mod postbox;
mod presents;
mod readers;
mod shop;
mod wishes;

use std::process::ExitCode;

use anyhow::Result;
use indicatif::{ProgressBar, ProgressStyle};

use asked::Asked;
use play::Play;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let asked = match Asked::parse(&words) {
        Ok(asked) => asked,
        Err(error) => {
            eprintln!("sim: {error:#}");
            return ExitCode::from(2);
        }
    };
    match run(asked) {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("sim: a law is broken: {error:#}");
            eprintln!("sim: to see it again: {}", asked.again());
            ExitCode::FAILURE
        }
    }
}

fn run(asked: Asked) -> Result<String> {
    // One thread: what comes first is the same every time.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    runtime.block_on(async {
        let mut play = Play::new(asked).await?;
        let bar = bar(play.steps())?;
        play.run(|done| bar.set_position(done)).await?;
        bar.finish_and_clear();
        Ok(format!("seed {}: {}", asked.seed, play.counts))
    })
}

fn bar(steps: u64) -> Result<ProgressBar> {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} steps, {eta} left")?;
    Ok(ProgressBar::new(steps).with_style(style))
}
