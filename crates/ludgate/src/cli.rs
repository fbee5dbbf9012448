//! The command line: what can be said, and the help that explains it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::actor::said;
use crate::care::{JobsArgs, ReaderCommand};
use crate::importing::level;
use crate::price_rise::PriceRiseArgs;
use crate::printing::PrintCommand;
use crate::probe::Home;
use crate::stories::StoriesArgs;
use crate::upkeep::{BackupArgs, RestoreArgs};

/// How long a staff link is good for unless it is said: a long day.
pub(crate) const HOURS_OF_STAFF: u32 = 12;

/// The most, [`gateway::MAX_STAFF`] in hours.
pub(crate) const MOST_HOURS_OF_STAFF: i64 = 30 * 24;

/// Stands between a publication and its readers: meters free reading and
/// withholds the rest on the server.
#[derive(Debug, Parser)]
#[command(
    name = "ludgate",
    version,
    propagate_version = true,
    max_term_width = 100
)]
#[command(
    after_help = "Exit codes: 0 done; 1 it failed, and why is said; 2 the command line or the \
                        configuration file is wrong."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the demonstration publication, with everything built in
    Demo(DemoArgs),
    /// Write a configuration, a first story and an admin token to start from
    Init(InitArgs),
    /// Check a configuration and everything it points to, without starting
    Check(ConfigArgs),
    /// Serve a publication
    Serve(ConfigArgs),
    /// Visit a site, propose the configuration for it, and say what it gives away
    Probe(ProbeArgs),
    /// Say how the running server would decide for a story and a reader, and why
    Explain(ExplainArgs),
    /// Open a section or a story to everybody, in a hurry and for a while
    Open(OpenArgs),
    /// Make a link that lets a browser of staff read everything for a while
    Staff(StaffArgs),
    /// Forget pages of a site, so that it is asked for them anew
    Purge(PurgeArgs),
    /// Copy what the running server keeps, keys included
    Backup(BackupArgs),
    /// Put a backup in the place of what a stopped server keeps
    Restore(RestoreArgs),
    /// Check that accounts, subscriptions and books agree
    Audit(TargetArgs),
    /// Bring over readers and subscribers from another system's CSV, or stories from its export
    Import(Box<ImportArgs>),
    /// Announce a higher price to everybody who has a plan
    PriceRise(PriceRiseArgs),
    /// See the business clock, or move it in a test publication
    #[command(subcommand)]
    Clock(ClockCommand),
    /// Look after a reader: find, show, grant, refund, cancel, merge, export, erase
    #[command(subcommand)]
    Reader(ReaderCommand),
    /// Write files of addresses for whoever delivers the printed edition
    #[command(subcommand)]
    Print(PrintCommand),
    /// See what is due and what was given up, or have it tried again
    Jobs(JobsArgs),
    /// Look after the keys that reader ids are signed with
    #[command(subcommand)]
    Keys(KeysCommand),
}

#[derive(Debug, Subcommand)]
pub(crate) enum ClockCommand {
    /// Say what the clock of the running server says
    Show(TargetArgs),
    /// Move it ahead, stepping through everything that falls due on the way
    Advance(AdvanceArgs),
}

#[derive(Debug, Args)]
pub(crate) struct AdvanceArgs {
    /// By how much, such as "3 months" or "1 day 12 hours"
    #[arg(
        value_name = "TIME",
        required_unless_present = "to",
        conflicts_with = "to"
    )]
    pub(crate) by: Option<String>,
    /// To which day or time, in the publication's zone
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Where the demonstration keeps its meter, its accounts, its mails and its keys
    #[arg(long, value_name = "DIR", default_value = "data/demo")]
    pub(crate) data: PathBuf,
    /// Where readers connect
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", value_parser = address)]
    pub(crate) listen: SocketAddr,
    /// Where the publisher's metrics and status are
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8081", value_parser = address)]
    pub(crate) admin: SocketAddr,
    /// The publication's language
    #[arg(long, value_name = "LOCALE", default_value = "en",
          value_parser = ["en", "ja", "de", "fr", "pl", "ar"])]
    pub(crate) locale: String,
    /// Threads that serve readers [default: one a core]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// The folder to write into; made if it isn't there
    pub(crate) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ConfigArgs {
    /// The configuration
    #[arg(
        long,
        value_name = "FILE",
        default_value = "ludgate.toml",
        env = "LUDGATE_CONFIG"
    )]
    pub(crate) config: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct ProbeArgs {
    /// The site: its front page, or one of its stories
    #[arg(value_parser = site)]
    pub(crate) url: (Home, String),
    /// How many of its pages to look at
    #[arg(long, value_name = "N", default_value_t = 20,
          value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(2..=100))]
    pub(crate) pages: usize,
    /// What the site has to be called, if that isn't in its address
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Option<String>,
    /// Milliseconds between two requests
    #[arg(long, value_name = "MS", default_value_t = 250,
          value_parser = clap::value_parser!(u64).range(..=60_000))]
    pub(crate) pause: u64,
    /// Seconds that the visit may take
    #[arg(long, value_name = "SECONDS", default_value_t = 180,
          value_parser = clap::value_parser!(u64).range(1..=3_600))]
    pub(crate) time: u64,
    /// Write the configuration to this file, which must not be there yet
    #[arg(long, value_name = "FILE")]
    pub(crate) write: Option<PathBuf>,
    /// Whether to say it for people or for programs
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
}

/// For whom something is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Human,
    Json,
}

/// Which running server is meant: by its configuration or its data folder.
#[derive(Debug, Args)]
pub(crate) struct TargetArgs {
    /// The configuration of the server
    #[arg(
        long,
        value_name = "FILE",
        default_value = "ludgate.toml",
        env = "LUDGATE_CONFIG"
    )]
    pub(crate) config: PathBuf,
    /// The server's data folder, instead of its configuration (for the demonstration: data/demo)
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The story: its path or its whole address
    #[arg(long, value_name = "URL")]
    pub(crate) story: String,
    /// The reader: anonymous, registered, trial, subscriber, grace, paused, ended-trial, lapsed,
    /// buyer, gifted, staff, crawler, over-budget, or the value of a reader's own cookie
    #[arg(long, value_name = "READER", default_value = "anonymous")]
    pub(crate) reader: String,
    /// The moment, as 2026-11-30T18:00:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
    /// Read from this country, as JP [default: not known]
    #[arg(long, value_name = "CODE")]
    pub(crate) country: Option<String>,
    /// Read from this address [default: not known]
    #[arg(long, value_name = "IP", visible_alias = "network")]
    pub(crate) address: Option<String>,
    /// Read on a phone, tablet or desktop [default: desktop]
    #[arg(long, value_name = "DEVICE")]
    pub(crate) device: Option<String>,
    /// The way here: direct, internal, search, social, newsletter or other [default: direct]
    #[arg(long, value_name = "CLASS")]
    pub(crate) referrer: Option<String>,
    /// The language that the reader prefers, as ja [default: not known]
    #[arg(long, value_name = "LANGUAGE")]
    pub(crate) language: Option<String>,
    /// Read in this one of the publication's locales [default: the story's]
    #[arg(long, value_name = "LOCALE")]
    pub(crate) locale: Option<String>,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
#[group(id = "what", required = true, multiple = false, args = ["section", "story", "list", "close"])]
pub(crate) struct OpenArgs {
    /// Open this section
    #[arg(long, value_name = "SECTION", requires = "until")]
    pub(crate) section: Option<String>,
    /// Open this story, by its path or its whole address
    #[arg(long, value_name = "PATH", requires = "until")]
    pub(crate) story: Option<String>,
    /// Until when: a day (through its end) or a time, in the publication's zone
    #[arg(long, value_name = "WHEN")]
    pub(crate) until: Option<String>,
    /// Show what is open
    #[arg(long)]
    pub(crate) list: bool,
    /// Close one of these again
    #[arg(long, value_name = "ID")]
    pub(crate) close: Option<String>,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
#[group(id = "which", required = true, multiple = true, args = ["urls", "prefixes", "tags", "all"])]
pub(crate) struct PurgeArgs {
    /// A page, by its path or whole address, with any query
    #[arg(long = "url", value_name = "URL")]
    pub(crate) urls: Vec<String>,
    /// All pages whose paths begin so
    #[arg(long = "prefix", value_name = "PATH")]
    pub(crate) prefixes: Vec<String>,
    /// All pages that the site has given this name (Cache-Tag, Surrogate-Key)
    #[arg(long = "tag", value_name = "NAME")]
    pub(crate) tags: Vec<String>,
    /// All pages
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct StaffArgs {
    /// For how many hours, up to 720 (30 days)
    #[arg(long, value_name = "N", default_value_t = HOURS_OF_STAFF,
          value_parser = clap::value_parser!(u32).range(1..=MOST_HOURS_OF_STAFF))]
    pub(crate) hours: u32,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct ImportArgs {
    #[command(subcommand)]
    pub(crate) what: Option<ImportCommand>,
    #[command(flatten)]
    pub(crate) readers: ReadersArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// Bring over readers and subscribers from CSV; the same without this word
    Readers(ReadersArgs),
    /// Bring over stories, pages and pictures from the export of another system
    Stories(StoriesArgs),
}

/// Bring over readers and subscribers from another system's CSV; tried first, not written.
#[derive(Debug, Args)]
pub(crate) struct ReadersArgs {
    /// The file: CSV in UTF-8, the columns named in its first line
    // Only a subcommand of `import` does without.
    #[arg(required = true)]
    file: Option<PathBuf>,
    /// Whose columns it has: ours, ghost or leaky-paywall [default: seen by their names]
    #[arg(long, value_name = "FORMAT", value_parser = format())]
    pub(crate) format: Option<import::Format>,
    /// What a level, a tier or a plan there becomes here: a plan, a product (given for nothing), or
    /// account (nothing more). Again for each; what has the name of a plan here becomes that
    #[arg(long = "level", value_name = "NAME=PLAN", value_parser = level)]
    pub(crate) levels: Vec<(String, String)>,
    /// Until when it is paid for where the file doesn't say: a day (through its end) or a time
    #[arg(long, value_name = "WHEN")]
    pub(crate) paid_until: Option<String>,
    /// Where its readers are from, for files with numbers of their own [default: the format]
    #[arg(long, value_name = "NAME")]
    pub(crate) source: Option<String>,
    /// Write it; without this, it is tried and said what would come of it
    #[arg(long)]
    pub(crate) write: bool,
    /// Leave out rows that are wrong; without this, nothing is written while there are any
    #[arg(long)]
    pub(crate) skip_bad_rows: bool,
    /// Write a mail to those who are given something for nothing; without this, nobody is written to
    #[arg(long)]
    pub(crate) welcome: bool,
    /// Who does it; who is logged in is kept too
    #[arg(long, value_name = "NAME", value_parser = said)]
    pub(crate) by: Option<String>,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

impl ReadersArgs {
    /// The file, which clap has seen to.
    pub(crate) fn file(&self) -> &Path {
        self.file.as_deref().unwrap_or(Path::new(""))
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Sign with a new key from now on; ids signed with earlier ones stay valid
    Rotate(TargetArgs),
}

/// The names of what other systems export.
fn format() -> impl TypedValueParser<Value = import::Format> {
    let named = |name: String| {
        let named = |format: &import::Format| format.as_str() == name;
        let found = import::Format::ALL.into_iter().find(named);
        found.ok_or("no such format")
    };
    PossibleValuesParser::new(import::Format::ALL.map(import::Format::as_str)).try_map(named)
}

/// A site, and where on it to begin.
fn site(text: &str) -> Result<(Home, String), &'static str> {
    Home::parse(text).ok_or("write the address of a site, as in https://post.example")
}

/// An address to listen on.
fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse()
        .map_err(|_| "write an IP address and a port, as in 127.0.0.1:8080 or [::1]:8080")
}
