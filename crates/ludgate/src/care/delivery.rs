//! `ludgate reader delivery`: what can be said to it.

use clap::{Args, Subcommand};

use super::said::{Act, Address};
use crate::actor::Reason;
use crate::cli::TargetArgs;

#[derive(Debug, Subcommand)]
pub(crate) enum DeliveryCommand {
    /// Have nothing delivered for a while
    Suspend(SuspendArgs),
    /// Have it sent to another address, for a while or from a day on
    Redirect(RedirectArgs),
    /// Take back what was arranged, as far as it isn't settled
    Undo(UndoArgs),
}

#[derive(Debug, Args)]
pub(crate) struct SuspendArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// Which subscription, where there are several with print
    #[arg(long, value_name = "ID")]
    pub(crate) subscription: Option<String>,
    /// The first day without delivery, as 2026-12-24
    #[arg(long, value_name = "DATE")]
    pub(crate) from: String,
    /// The last day without delivery
    #[arg(long, value_name = "DATE")]
    pub(crate) to: String,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RedirectArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// Which subscription, where there are several with print
    #[arg(long, value_name = "ID")]
    pub(crate) subscription: Option<String>,
    /// From which day on, as 2026-12-24
    #[arg(long, value_name = "DATE")]
    pub(crate) from: String,
    /// Through which day [default: for good]
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<String>,
    /// The name on the letter box
    #[arg(long, value_name = "NAME")]
    pub(crate) name: String,
    /// Street and house; again for further lines, four at most
    #[arg(long = "line", value_name = "LINE", required = true)]
    pub(crate) lines: Vec<String>,
    /// The postcode, where there is one
    #[arg(long, value_name = "CODE")]
    pub(crate) postcode: Option<String>,
    /// The town
    #[arg(long, value_name = "TOWN")]
    pub(crate) city: String,
    /// The province, state or prefecture, where the post wants it
    #[arg(long, value_name = "REGION")]
    pub(crate) region: Option<String>,
    /// The country, in two letters (ISO 3166), as NO
    #[arg(long, value_name = "COUNTRY")]
    pub(crate) country: String,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

#[derive(Debug, Args)]
pub(crate) struct UndoArgs {
    /// The reader: an address, or any id or number of theirs
    pub(crate) reader: String,
    /// What was arranged, as `ludgate reader show` names it: dlv_…
    #[arg(value_name = "ID")]
    pub(crate) wish: String,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

impl DeliveryCommand {
    pub(super) fn parts(&self) -> (&TargetArgs, &Reason, Act) {
        match self {
            Self::Suspend(args) => (
                &args.target,
                &args.reason,
                Act::Delivery {
                    reader: args.reader.clone(),
                    subscription: args.subscription.clone(),
                    from: args.from.clone(),
                    to: Some(args.to.clone()),
                    address: None,
                },
            ),
            Self::Redirect(args) => (
                &args.target,
                &args.reason,
                Act::Delivery {
                    reader: args.reader.clone(),
                    subscription: args.subscription.clone(),
                    from: args.from.clone(),
                    to: args.to.clone(),
                    address: Some(Address {
                        name: args.name.clone(),
                        lines: args.lines.clone(),
                        postcode: args.postcode.clone(),
                        city: args.city.clone(),
                        region: args.region.clone(),
                        country: args.country.clone(),
                    }),
                },
            ),
            Self::Undo(args) => (
                &args.target,
                &args.reason,
                Act::Undo {
                    reader: args.reader.clone(),
                    wish: args.wish.clone(),
                },
            ),
        }
    }
}
