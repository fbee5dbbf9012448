//! `ludgate price-rise`: a higher price for everybody who has a plan.

use anyhow::Result;
use clap::Args;

use crate::actor::{Reason, actor};
use crate::certain::make_certain;
use crate::cli::TargetArgs;
use crate::control::Command;
use crate::reach::tell_server;
use crate::server::Raise;

#[derive(Debug, Args)]
pub(crate) struct PriceRiseArgs {
    /// The plan, by its name in the configuration
    pub(crate) plan: String,
    /// Its new price, as "12.00 USD"; what a configuration says that still sells it
    pub(crate) price: String,
    /// For periods that begin on this day or later [default: as early as the notice allows]
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<String>,
    /// Don't ask whether that is meant
    #[arg(long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) reason: Reason,
    #[command(flatten)]
    pub(crate) target: TargetArgs,
}

/// Says whom it concerns, asks, and has it announced.
pub(crate) fn price_rise(args: &PriceRiseArgs) -> Result<()> {
    let raise = |is_meant| {
        Command::PriceRise(Raise {
            plan: args.plan.clone(),
            price: args.price.clone(),
            from: args.from.clone(),
            actor: actor(args.reason.by.as_deref()),
            why: args.reason.reason.clone(),
            is_meant,
        })
    };
    tell_server(&args.target, &raise(false))?;
    make_certain(args.yes, || Ok("They will be written to.".to_owned()))?;
    tell_server(&args.target, &raise(true))
}
