//! The program: configuration, wiring, jobs and the command line.
//!
//! The only crate that reads the environment, the clocks and randomness, and
//! the only one that knows all the others.

mod actor;
mod admin;
mod assemble;
mod bar;
mod care;
mod certain;
mod cli;
mod closed;
mod commands;
mod config;
mod control;
mod crawling;
mod cuts;
mod demo;
mod doubts;
mod explain;
mod folder;
mod hands;
mod importing;
mod init;
mod log;
mod looks;
mod newspaper;
mod newsroom;
mod openings;
mod origin;
mod price_rise;
mod printing;
mod prints;
mod probe;
mod reach;
mod secrets;
mod server;
mod stories;
mod telemetry;
mod texts;
mod upkeep;
mod watcher;
mod world;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::cli::{Cli, ClockCommand, Command, ImportCommand, KeysCommand};
use crate::config::ConfigErrors;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What a command line or configuration that can't be used ends with; clap
/// uses the same.
const WRONG: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        Command::Demo(args) => demo::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Check(args) => commands::check(&args),
        Command::Serve(args) => commands::serve(&args),
        Command::Probe(args) => probe::run(&args),
        Command::Explain(args) => commands::explain(&args),
        Command::Open(args) => commands::open(&args),
        Command::Staff(args) => commands::staff(&args),
        Command::Purge(args) => commands::purge(&args),
        Command::Backup(args) => upkeep::backup(&args),
        Command::Restore(args) => upkeep::restore(&args),
        Command::Audit(target) => upkeep::audit(&target),
        Command::PriceRise(args) => price_rise::price_rise(&args),
        Command::Clock(ClockCommand::Show(target)) => commands::show_clock(&target),
        Command::Clock(ClockCommand::Advance(args)) => commands::advance_clock(&args),
        Command::Import(args) => match &args.what {
            None => importing::run(&args.readers),
            Some(ImportCommand::Readers(args)) => importing::run(args),
            Some(ImportCommand::Stories(args)) => stories::run(args),
        },
        Command::Print(command) => printing::run(&command),
        Command::Reader(command) => care::reader(&command),
        Command::Jobs(args) => care::jobs(&args),
        Command::Keys(KeysCommand::Rotate(target)) => commands::rotate_keys(&target),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing is left to do if standard error is gone as well.
            let _ = writeln!(anstream::stderr(), "ludgate: {error:#}");
            let wrong = error.is::<ConfigErrors>();
            ExitCode::from(if wrong { WRONG } else { 1 })
        }
    }
}
