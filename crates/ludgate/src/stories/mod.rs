//! `ludgate import stories`: brings over the stories of another system's export.
//!
//! It reads a file and writes a content folder; no server and no configuration are asked.
//! What it brings is told, and what it doesn't in a report, a line for each entry.

mod args;
mod report;
mod telling;

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use exports::{Pass, Wish, bring};
use indicatif::ProgressBar;
use jiff::tz::TimeZone;

pub(crate) use args::StoriesArgs;
use report::ReportFile;

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
    let read: Vec<&Path> = std::iter::once(&args.file)
        .chain(&args.map)
        .map(AsRef::as_ref)
        .collect();
    let mut report = BufWriter::new(ReportFile::begin(&args.report, &read)?);
    let mut open = |pass| opened(&args.file, pass, &bar);
    let summary = bring(&wish, &mut open, &mut report);
    bar.finish_and_clear();
    let summary = summary.with_context(|| name.to_string())?;
    let report = report
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)?;
    report.finish()?;
    let mut out = anstream::stdout().lock();
    Ok(say(&mut out, &telling::in_words(&summary, args))?)
}

/// Says what came of it, as far as somebody listens: `head` has had enough after ten lines,
/// and all is done already.
fn say(out: &mut impl Write, lines: &[String]) -> std::io::Result<()> {
    let mut each = lines.iter();
    let said = each.try_for_each(|line| writeln!(out, "{line}"));
    match said.and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        said => said,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A pipe at the other end of which something has happened.
    struct Pipe(ErrorKind);

    impl Write for Pipe {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn who_has_read_enough_is_no_mistake_and_a_full_disk_is_one() {
        let lines = ["one".to_owned()];
        assert!(say(&mut Pipe(ErrorKind::BrokenPipe), &lines).is_ok());
        assert!(say(&mut Pipe(ErrorKind::StorageFull), &lines).is_err());
    }
}
