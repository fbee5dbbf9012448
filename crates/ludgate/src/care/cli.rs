//! What can be said to `ludgate reader` and `ludgate jobs`, and the help that
//! explains it.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::delivery::DeliveryCommand;
use super::said::Mail;
use super::seats::SeatsCommand;
use crate::actor::Reason;
use crate::cli::{Format, TargetArgs};

/// How many events are shown unless it is said: two screens.
const EVENTS: usize = 50;

/// The most: decades of one subscription.
const MOST_EVENTS: usize = 2_000;

#[derive(Debug, Subcommand)]
pub(crate) enum ReaderCommand {
    /// Find readers by an address, a name, or any id or number of theirs
    Find(FindArgs),
    /// Show what a reader has, what they paid, and all that happened and why
    Show(ShowArgs),
    /// Give a reader a product for nothing
    Grant(GrantArgs),
    /// End at once what a reader was given
    Revoke(RevokeArgs),
    /// Cancel a subscription
    Cancel(CancelArgs),
    /// Say how a subscription is taxed from its next bill on
    Tax(TaxArgs),
    /// See who sits in a subscription for several, and say who comes without an invitation
    #[command(subcommand)]
    Seats(SeatsCommand),
    /// Suspend a delivery of print, send it elsewhere, or take that back
    #[command(subcommand)]
    Delivery(DeliveryCommand),
    /// Give money back, all of a payment or a part
    Refund(RefundArgs),
    /// Send a mail again
    Resend(ResendArgs),
    /// Put two accounts of one person together
    Merge(MergeArgs),
    /// Sign a reader out everywhere, and let nobody sign in to their account
    Close(DoorArgs),
    /// Let a reader sign in again to an account that was closed
    Reopen(DoorArgs),
    /// Write out all that is kept of a reader, as JSON
    Export(ExportArgs),
    /// Forget who a reader was
    Erase(EraseArgs),
}

#[derive(Debug, Args)]
pub(crate) struct FindArgs {
    /// An address or its beginning, a part of a name, the id of an account, subscription, gift,
    /// order or charge, the number of an invoice, or an id at the payment provider
    #[arg(value_name = "TEXT")]
    pub(crate) text: String,
    /// Whether to say it for people or for programs
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// How many of the latest events to show
    #[arg(long, value_name = "N", default_value_t = EVENTS,
          value_parser = clap::builder::RangedU64ValueParser::<usize>::new()
              .range(1..=MOST_EVENTS as u64))]
    pub(crate) events: usize,
    /// Whether to say it for people or for programs
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct GrantArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// The product, by its name in the configuration
    pub(crate) product: String,
    /// Until when: a day (through its end) or a time, in the publication's zone [default: until it
    /// is revoked]
    #[arg(long, value_name = "WHEN")]
    pub(crate) until: Option<String>,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RevokeArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// Which subscription; needed for one that is paid
    #[arg(long, value_name = "ID")]
    pub(crate) subscription: Option<String>,
    /// Only say what would happen
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CancelArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// Which subscription, where there are several
    #[arg(long, value_name = "ID")]
    pub(crate) subscription: Option<String>,
    /// At once, and not when the period that is paid for ends
    #[arg(long)]
    pub(crate) now: bool,
    /// Only say what would happen
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
#[group(id = "whom", required = true, multiple = false, args = ["business", "private"])]
pub(crate) struct TaxArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// Which subscription, where there are several
    #[arg(long, value_name = "ID")]
    pub(crate) subscription: Option<String>,
    /// Where they are established, in two letters (ISO 3166), as DE
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) country: String,
    /// As a business, by this VAT id; check first that it is theirs
    #[arg(long, value_name = "VAT-ID")]
    pub(crate) business: Option<String>,
    /// As a consumer
    #[arg(long)]
    pub(crate) private: bool,
    /// Only say what would happen
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
#[group(id = "much", required = true, multiple = false, args = ["amount", "full"])]
pub(crate) struct RefundArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// Which payment, by its charge, its order or its invoice, where there are several
    #[arg(long, value_name = "ID")]
    pub(crate) payment: Option<String>,
    /// How much, tax included, as "5.00 USD"
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) amount: Option<String>,
    /// All that is left of it
    #[arg(long)]
    pub(crate) full: bool,
    /// End the subscription too, at once
    #[arg(long)]
    pub(crate) end: bool,
    /// Give it back though as much of that payment was a moment ago
    #[arg(long)]
    pub(crate) again: bool,
    /// Only say what would happen
    #[arg(long)]
    pub(crate) dry_run: bool,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ResendArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// Which mail
    #[arg(value_enum)]
    pub(crate) mail: Mail,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct MergeArgs {
    /// The account that goes: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// The account that stays, with its address and its password
    #[arg(long, value_name = "READER")]
    pub(crate) into: String,
    /// Don't ask whether that is meant
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct DoorArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// A file to write, which must not be there yet [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) to: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct EraseArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// Forget who is printed on their invoices too, where the law doesn't want that kept
    #[arg(long)]
    pub(crate) invoice_names: bool,
    /// Don't ask whether that is meant
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct JobsArgs {
    #[command(subcommand)]
    pub(crate) command: Option<JobsCommand>,
    /// Whether to say it for people or for programs
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum JobsCommand {
    /// Try a job again that was given up, or that waits after a failure
    Retry(RetryArgs),
}

#[derive(Debug, Args)]
#[group(id = "which", required = true, multiple = false, args = ["id", "all"])]
pub(crate) struct RetryArgs {
    /// Its id, as `ludgate jobs` shows it
    pub(crate) id: Option<String>,
    /// All of them
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

impl ValueEnum for Mail {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Receipt, Self::Latest, Self::Password]
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        let (name, help) = match self {
            Self::Receipt => ("receipt", "The latest receipt"),
            Self::Latest => ("latest", "The latest mail of something that happened"),
            Self::Password => (
                "password",
                "A link that sets a password, and verifies the address",
            ),
        };
        Some(clap::builder::PossibleValue::new(name).help(help))
    }
}
