//! `ludgate import stories`: brings over the stories of another system's export.
//!
//! It reads a file and writes a content folder; no server and no configuration are asked.
//! What it brings is told, and what it doesn't in a report, a line for each entry.

mod args;
mod telling;

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use exports::{Pass, Wish, bring};
use indicatif::ProgressBar;
use jiff::tz::TimeZone;

pub(crate) use args::StoriesArgs;

use crate::bar;
use crate::world::now;

/// What the bar says.
const BAR: &str = "{msg} {bar:40} {bytes} of {total_bytes}, {eta} left";

/// How much of the export is read at once.
const CHUNK: usize = 128 * 1024;

/// `ludgate import stories`
pub(crate) fn run(args: &StoriesArgs) -> Result<()> {
    let name = args.file.display();
    let unread = || format!("{name} can't be read");
    let found = std::fs::metadata(&args.file).with_context(unread)?;
    // A pipe can't be read three times.
    if !found.is_file() {
        bail!("{name} is no file; name the file that was exported");
    }
    let zone = TimeZone::get(&args.zone);
    let zone = zone.with_context(|| format!("\"{}\" is no time zone", args.zone))?;
    let mut sections = args.sections.clone();
    if let Some(map) = &args.map {
        sections.extend(args::mapped(map)?);
    }
    let wish = Wish {
        format: args.from,
        into: args.into.clone(),
        pictures: args.pictures.clone(),
        sections,
        tier: args.tier,
        byline: args.byline.clone(),
        site: args.site.clone(),
        kinds: args.types.clone(),
        zone,
        now: now(),
        replace: args.replace,
        write: !args.dry_run,
    };
    let bar = bar::measured(BAR)?;
    bar.set_length(found.len());
    let report = File::create(&args.report);
    let report = report.with_context(|| format!("{} can't be written", args.report.display()))?;
    let mut report = BufWriter::new(report);
    let mut open = |pass| opened(&args.file, pass, &bar);
    let summary = bring(&wish, &mut open, &mut report);
    bar.finish_and_clear();
    report.flush()?;
    let summary = summary.with_context(|| name.to_string())?;
    let mut out = anstream::stdout().lock();
    for line in telling::in_words(&summary, args) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The file from its beginning, moving the bar as it is read.
fn opened(file: &Path, pass: Pass, bar: &ProgressBar) -> std::io::Result<impl BufRead + use<>> {
    bar.reset();
    bar.set_message(match pass {
        Pass::Looking => "Looking into it",
        Pass::Trying => "Trying it",
        Pass::Writing => "Writing it",
    });
    let file = File::open(file)?;
    Ok(BufReader::with_capacity(CHUNK, bar.wrap_read(file)))
}
