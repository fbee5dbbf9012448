//! `ludgate print`: files for whoever delivers the printed edition, the record of
//! those that were made, and one of them written again as it was.
//!
//! What is asked of the running server, and where its answer goes; who gets a copy
//! where is found there.

mod cli;
mod file;
mod wire;

use std::io::Write;

use anyhow::{Result, bail};
use sha2::{Digest, Sha256};

use crate::actor::actor;
use crate::care::plain;
use crate::cli::{Format, TargetArgs};
use crate::control::{self, Command, News, Said};
use crate::reach::{another, data_of, no_server, runtime, tell_and_take};
use file::Place;

pub(crate) use cli::PrintCommand;
use cli::{AgainArgs, ExportArgs, ExportsArgs, VoidArgs};
pub(crate) use wire::{Answer, Ask, Before, Differs, Record, Report, Skipped, Voided};

/// `ludgate print …`
pub(crate) fn run(command: &PrintCommand) -> Result<()> {
    match command {
        PrintCommand::Export(args) => export(args),
        PrintCommand::Exports(args) => exports(args),
        PrintCommand::Again(args) => again(args),
        PrintCommand::Void(args) => void(args),
    }
}

fn export(args: &ExportArgs) -> Result<()> {
    let ask = Ask::Export {
        day: args.day.clone(),
        product: args.product.clone(),
        yes: args.yes,
        by: actor(args.by.as_deref()),
    };
    write(&args.target, ask, args.out.as_deref())
}

fn again(args: &AgainArgs) -> Result<()> {
    let ask = Ask::Again {
        number: args.number,
        by: actor(args.by.as_deref()),
    };
    write(&args.target, ask, args.out.as_deref())
}

/// Writes what the server says line by line, and then how much it was.
fn write(target: &TargetArgs, ask: Ask, out: Option<&std::path::Path>) -> Result<()> {
    let data = data_of(target)?;
    if !control::is_there(&data)? {
        return Err(no_server(target));
    }
    let mut place = Place::make(out)?;
    match taken(&data, ask, &mut place) {
        Ok(Some(report)) => {
            place.done()?;
            Ok(writeln!(anstream::stderr(), "{}", report.in_words())?)
        }
        Ok(None) => {
            place.unmake();
            Err(no_server(target))
        }
        Err(error) => {
            place.unmake();
            Err(error)
        }
    }
}

fn taken(data: &std::path::Path, ask: Ask, place: &mut Place<'_>) -> Result<Option<Report>> {
    let mut digest = Sha256::new();
    let mut failed = None;
    let take = |news| match news {
        News::Rows(rows) if failed.is_none() => {
            digest.update(&rows);
            // What can't be written is said at the end: the server is under way.
            failed = place.write(&rows).err();
        }
        News::Rows(_) | News::Progress(_) => {}
        News::Told(line) => drop(writeln!(anstream::stderr(), "{}", plain(&line))),
    };
    let command = Command::Print(ask);
    let said = runtime()?.block_on(control::ask(data, &command, take))?;
    if let Some(error) = failed {
        return Err(error);
    }
    let Some(said) = said else { return Ok(None) };
    let Said::Print(Answer::Written(report)) = said else {
        return Err(another());
    };
    if hex(&digest.finalize()) != report.digest {
        bail!(
            "what came over isn't what the server wrote; have it written again, with ludgate \
             print again {}",
            report.number
        );
    }
    Ok(Some(*report))
}

fn exports(args: &ExportsArgs) -> Result<()> {
    let said = tell_and_take(&args.target, &Command::Print(Ask::Exports {}))?;
    let Said::Print(Answer::Exports(records)) = said else {
        return Err(another());
    };
    let mut out = anstream::stdout().lock();
    if args.format == Format::Json {
        return Ok(writeln!(
            out,
            "{}",
            serde_json::to_string_pretty(&records)?
        )?);
    }
    if records.is_empty() {
        return Ok(writeln!(out, "Nothing was exported yet.")?);
    }
    for record in &records {
        writeln!(out, "{}", plain(&record.in_words()))?;
    }
    Ok(())
}

fn void(args: &VoidArgs) -> Result<()> {
    let ask = Ask::Void {
        number: args.number,
        by: actor(args.by.as_deref()),
    };
    let said = tell_and_take(&args.target, &Command::Print(ask))?;
    let Said::Print(Answer::Done(said)) = said else {
        return Err(another());
    };
    Ok(writeln!(anstream::stdout(), "{}", plain(&said))?)
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
