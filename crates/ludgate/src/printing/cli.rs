//! What can be said to `ludgate print`, and the help that explains it.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::actor::said;
use crate::cli::{Format, TargetArgs};

#[derive(Debug, Subcommand)]
pub(crate) enum PrintCommand {
    /// Write the addresses of a day's delivery as CSV, and keep a record of it
    Export(ExportArgs),
    /// Show which exports were made, when, for which day and by whom
    Exports(ExportsArgs),
    /// Write an export again as it was
    Again(AgainArgs),
    /// Say that nobody delivers by an export, so that its day can be changed again
    Void(VoidArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// The day of the delivery, as 2026-12-01, in the publication's zone
    #[arg(long = "for", value_name = "DATE")]
    pub(crate) day: String,
    /// This product only, by its name in the configuration [default: all with print]
    #[arg(long, value_name = "ID")]
    pub(crate) product: Option<String>,
    /// Also a day further ahead than the next delivery that readers can still change
    #[arg(long)]
    pub(crate) yes: bool,
    /// A file to write, which must not be there yet [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Who does it; who is logged in is kept too
    #[arg(long, value_name = "NAME", value_parser = said)]
    pub(crate) by: Option<String>,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExportsArgs {
    /// Whether to say it for people or for programs
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct AgainArgs {
    /// Its number, as `ludgate print exports` shows it
    #[arg(value_name = "ID")]
    pub(crate) number: i64,
    /// A file to write, which must not be there yet [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Who does it; who is logged in is kept too
    #[arg(long, value_name = "NAME", value_parser = said)]
    pub(crate) by: Option<String>,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct VoidArgs {
    /// Its number, as `ludgate print exports` shows it
    #[arg(value_name = "ID")]
    pub(crate) number: i64,
    /// Who does it; who is logged in is kept too
    #[arg(long, value_name = "NAME", value_parser = said)]
    pub(crate) by: Option<String>,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}
