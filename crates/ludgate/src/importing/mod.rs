//! `ludgate import`: brings over readers and subscribers of another system from
//! its CSV.
//!
//! The whole file is read first and everything rehearsed; only then, and only if
//! that was asked for, it is written. Rows go to whoever keeps the readers in
//! small batches, each a transaction of its own, beside a server that goes on
//! serving. Whoever has come over before stays as they are, so that a run that
//! broke off is simply begun again.

mod keeper;
mod levels;
mod office;
mod tally;
mod wire;

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};

use anyhow::{Context, Result, bail};
use import::{Format, Has, Rows, Subscriber};
use indicatif::ProgressBar;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::actor::actor;
use crate::bar;
use crate::cli::ReadersArgs;
use crate::config::instant;
use crate::reach::{another, runtime};
use keeper::Keeper;
pub(crate) use levels::level;
pub(crate) use office::answer;
pub(crate) use tally::grouped;
use tally::{Row, Tally, counted};
pub(crate) use wire::{Answer, Ask};
use wire::{Batch, Coming, Home};

/// How many rows go together, and how long they may be, in bytes: two hundred with
/// addresses, which fit into a request to the server with all that is said of levels.
const ROWS: usize = billing::MAX_ARRIVALS;
const BYTES: usize = 192 * 1024;

/// Where nobody can come over.
pub(crate) const NO_ACCOUNTS: &str = "there are no accounts to bring readers to: [mail] says how \
     they are written to, and who can't be can't sign in";

/// What the bar says.
const BAR: &str = "{msg} {bar:40} {percent:>3} %, {eta} left";

/// `ludgate import`
pub(crate) fn run(args: &ReadersArgs) -> Result<()> {
    runtime()?.block_on(async {
        let keeper = Keeper::find(&args.target).await?;
        let done = bring(args, &keeper).await;
        keeper.close().await;
        done
    })
}

/// A file that is being brought over.
struct Crossing<'a> {
    args: &'a ReadersArgs,
    keeper: &'a Keeper,
    file: File,
    zone: TimeZone,
    paid_until: Option<Timestamp>,
    source: String,
    actor: String,
    bar: ProgressBar,
}

async fn bring(args: &ReadersArgs, keeper: &Keeper) -> Result<()> {
    let name = args.file().display();
    levels::bounded(&args.levels)?;
    let unread = || format!("{name} can't be read");
    // A pipe would be waited for, and can't be read twice.
    if !std::fs::metadata(args.file())
        .with_context(unread)?
        .is_file()
    {
        bail!("{name} is no file; name the file that has the rows");
    }
    let file = File::open(args.file()).with_context(unread)?;
    let Answer::Home(home) = keeper.ask(Ask::Home(args.levels.clone())).await? else {
        return Err(another());
    };
    let zone = TimeZone::get(&home.zone)?;
    let paid_until = args.paid_until.as_deref();
    let paid_until = paid_until.map(|text| instant(text, &zone, true).map_err(anyhow::Error::msg));
    let format = Rows::open(&file, args.format, zone.clone()).map(|rows| rows.format());
    let format = format.with_context(|| name.to_string())?;
    let source = args.source.clone();
    let crossing = Crossing {
        args,
        keeper,
        bar: bar::measured(BAR)?,
        file,
        zone,
        paid_until: paid_until.transpose()?,
        source: source.unwrap_or_else(|| format.as_str().to_owned()),
        actor: actor(args.by.as_deref()),
    };
    crossing.bar.set_length(crossing.file.metadata()?.len());
    let rehearsed = crossing.cross(format, Coming::Rehearsed).await;
    let rehearsed = rehearsed.with_context(|| name.to_string())?;
    let mut out = anstream::stdout().lock();
    let rows = counted(rehearsed.rows, "row", "rows");
    writeln!(out, "{name}: {rows}, read as {}", in_words(format))?;
    tell(&rehearsed, &crossing.zone)?;
    crossing.may_be_written(&rehearsed, &home)?;
    if rehearsed.is_nothing_new() {
        writeln!(out, "Nothing in it is new: nothing was changed.")?;
        return Ok(());
    }
    if !args.write {
        writeln!(
            out,
            "Nothing was written. The same command with --write does it."
        )?;
        return Ok(());
    }
    let coming = if args.welcome {
        Coming::Told
    } else {
        Coming::Quietly
    };
    let written = crossing.cross(format, coming).await.with_context(|| {
        format!("{name}: it broke off; begin it again, and what was written stays as it is")
    })?;
    // Unless something has changed meanwhile, that is what was said.
    if written.bad > rehearsed.bad {
        tell(&written, &crossing.zone)?;
        bail!(
            "some rows that were good a moment ago aren't any more; look at what is said of them"
        );
    }
    writeln!(out, "Written.")?;
    Ok(())
}

fn tell(tally: &Tally, zone: &TimeZone) -> Result<()> {
    let mut err = anstream::stderr().lock();
    for complaint in tally.complaints() {
        writeln!(err, "{complaint}")?;
    }
    let mut out = anstream::stdout().lock();
    for line in tally.in_words(zone) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

impl Crossing<'_> {
    /// Refuses to write what somebody has to decide about first.
    fn may_be_written(&self, rehearsed: &Tally, home: &Home) -> Result<()> {
        if let Some(levels) = rehearsed.unknown_levels() {
            bail!(
                "nobody has said what these levels become; say it with --level, as in --level \
                 \"Gold=monthly\":\n{levels}\n{}",
                levels::sold(&(home.plans.clone(), home.products.clone()))
            );
        }
        if rehearsed.bad > 0 && !self.args.skip_bad_rows {
            bail!(
                "{} of {}; put them right, or leave them out with --skip-bad-rows. Nothing was \
                 written",
                counted(rehearsed.bad, "row is wrong", "rows are wrong"),
                tally::grouped(rehearsed.rows)
            );
        }
        if rehearsed.is_all_bad() {
            bail!("no row of it is right, so there is nothing to write");
        }
        if home.is_play && rehearsed.cards > 0 {
            anstream::eprintln!(
                "payments are play money here, so no card is brought over: what would go on runs out"
            );
        }
        Ok(())
    }

    /// Reads the file from its beginning and hands its rows over.
    async fn cross(&self, format: Format, coming: Coming) -> Result<Tally> {
        self.bar.reset();
        self.bar.set_message(match coming {
            Coming::Rehearsed => "Trying it",
            Coming::Quietly | Coming::Told => "Writing it",
        });
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0))?;
        let mut rows = Rows::open(file, Some(format), self.zone.clone())?;
        let mut tally = Tally::default();
        let mut load = Load::default();
        while let Some(row) = rows.next_row()? {
            tally.rows += 1;
            match row.subscriber {
                Err(error) => tally.is_bad(|| error.to_string()),
                Ok(gone) if gone.deleted => tally.is_deleted(),
                Ok(found) => {
                    let found = self.completed(found);
                    tally.cards += u64::from(has_card(&found));
                    let long = serde_json::to_string(&found)?.len();
                    if !load.has_room(long) {
                        self.hand_over(&mut load, &mut tally, coming).await?;
                    }
                    load.put(row.line, found, long);
                }
            }
            self.bar.set_position(rows.bytes());
        }
        self.hand_over(&mut load, &mut tally, coming).await?;
        self.bar.finish_and_clear();
        Ok(tally)
    }

    /// With what the command line says of all.
    fn completed(&self, mut row: Subscriber) -> Subscriber {
        if let Has::Paid(paid) = &mut row.has {
            paid.until = paid.until.or(self.paid_until);
        }
        row
    }

    async fn hand_over(&self, load: &mut Load, tally: &mut Tally, coming: Coming) -> Result<()> {
        let Load { rows, told, .. } = std::mem::take(load);
        if rows.is_empty() {
            return Ok(());
        }
        let name = self.args.file().file_name().unwrap_or_default();
        let batch = Batch {
            source: self.source.clone(),
            actor: self.actor.clone(),
            why: format!("import of {}", name.to_string_lossy()),
            levels: self.args.levels.clone(),
            coming,
            rows,
        };
        let Answer::Fates(fates) = self.keeper.ask(Ask::Rows(batch)).await? else {
            return Err(another());
        };
        if fates.len() != told.len() {
            bail!("the server has lost some rows; is it of another version?");
        }
        for (row, fate) in told.into_iter().zip(fates) {
            tally.count(row, fate);
        }
        Ok(())
    }
}

/// Rows that go together.
#[derive(Default)]
struct Load {
    rows: Vec<Subscriber>,
    told: Vec<Row>,
    bytes: usize,
}

impl Load {
    fn has_room(&self, long: usize) -> bool {
        self.rows.is_empty() || (self.rows.len() < ROWS && self.bytes + long <= BYTES)
    }

    fn put(&mut self, line: u64, row: Subscriber, long: usize) {
        let renews = matches!(&row.has, Has::Paid(paid) if paid.renews);
        let until = row.has.until();
        self.told.push(Row {
            line,
            renews,
            until,
        });
        self.rows.push(row);
        self.bytes += long;
    }
}

fn has_card(row: &Subscriber) -> bool {
    matches!(&row.has, Has::Paid(paid) if paid.card.is_some())
}

fn in_words(format: Format) -> &'static str {
    match format {
        Format::Ludgate => "columns of ours",
        Format::Ghost => "Ghost's export of its members",
        Format::LeakyPaywall => "Leaky Paywall's export of its subscribers",
    }
}
