//! `ludgate reader seats`: what can be said to it, and how its answer is written.

use std::io::Write;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::said::{Act, SeatList, Turn};
use super::table::Table;
use crate::actor::Reason;
use crate::cli::{Format, TargetArgs};

#[derive(Debug, Subcommand)]
pub(crate) enum SeatsCommand {
    /// Show who sits there, and who comes without an invitation
    List(ListArgs),
    /// Let addresses at a mail domain take a seat by themselves, and readers in a network read
    /// without one
    Add(EntranceArgs),
    /// Let them no longer; whoever took a seat by that domain loses it
    Remove(EntranceArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Who pays: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// Which subscription, where there are several for several readers
    #[arg(long, value_name = "ID")]
    pub(crate) subscription: Option<String>,
    /// Whether to say it for people or for programs
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
#[group(id = "entrance", required = true, multiple = true, args = ["domain", "network"])]
pub(crate) struct EntranceArgs {
    /// Who pays: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// Which subscription, where there are several for several readers
    #[arg(long, value_name = "ID")]
    pub(crate) subscription: Option<String>,
    /// A mail domain, what is behind the @; its subdomains are others
    #[arg(long, value_name = "DOMAIN")]
    pub(crate) domain: Vec<String>,
    /// A network with the length of its prefix, as 192.0.2.0/24, or an address
    #[arg(long, value_name = "NETWORK")]
    pub(crate) network: Vec<String>,
    /// Only say what would happen
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

impl EntranceArgs {
    pub(super) fn act(&self, turn: Turn) -> Act {
        Act::Seats {
            reader: self.reader.clone(),
            subscription: self.subscription.clone(),
            turn,
            domains: self.domain.clone(),
            networks: self.network.clone(),
            dry_run: self.dry_run,
        }
    }
}

/// Columns.
pub(super) fn write(out: &mut impl Write, list: &SeatList) -> Result<()> {
    super::print::head(out, &list.id)?;
    let mut table = Table::default();
    table.row(["of", &list.account]);
    table.row(["standing", &list.standing]);
    let taken = format!("{} of {} taken", list.taken, list.seats);
    table.row(["seats", &taken]);
    table.row(["domains", &all(&list.domains)]);
    table.row(["networks", &all(&list.networks)]);
    table.write(out)?;
    if list.members.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    super::print::head(out, "Seats")?;
    let mut table = Table::of(&["account", "by", "address"]);
    for member in &list.members {
        let by = member.domain.as_deref().unwrap_or("invitation");
        let account = member.account.as_deref();
        table.row([
            account.unwrap_or("nobody yet"),
            by,
            member.mail.as_deref().unwrap_or_default(),
        ]);
    }
    table.write(out)?;
    if list.more > 0 {
        writeln!(out, "  … and {} more.", list.more)?;
    }
    Ok(())
}

fn all(texts: &[String]) -> String {
    if texts.is_empty() {
        return super::print::NOTHING.to_owned();
    }
    texts.join(", ")
}
