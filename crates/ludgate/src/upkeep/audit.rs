//! `ludgate audit`: whether all that is kept of accounts and subscriptions agrees.

use std::io::Write;

use anyhow::{Result, bail};
use store::upkeep::Checked;

use super::contents::DATABASE;
use crate::bar;
use crate::cli::TargetArgs;
use crate::reach::{data_of, runtime};

/// `ludgate audit`: beside a running server, or without one. Nothing is written.
pub(crate) fn audit(target: &TargetArgs) -> Result<()> {
    let path = data_of(target)?.join(DATABASE);
    if !path.exists() {
        bail!(
            "there is no {}: nobody has had an account there yet. Name another folder with --data",
            path.display()
        );
    }
    let bar = bar::endless("{spinner} {pos} subscriptions replayed in {elapsed}")?;
    let mut told = |done| bar.set_position(done);
    let checked = runtime()?.block_on(store::upkeep::audit(&path, &mut told))?;
    bar.finish_and_clear();
    let mut out = anstream::stdout().lock();
    for finding in &checked.findings {
        writeln!(out, "{finding}")?;
    }
    writeln!(out, "{}", looked_at(&checked))?;
    match checked.findings.len() {
        0 => Ok(()),
        many => bail!(
            "{many} {} that {} agree. Keep a copy of the data folder, restore a backup in which \
             all agrees, and report what is said above",
            if many == 1 { "thing" } else { "things" },
            if many == 1 { "doesn't" } else { "don't" }
        ),
    }
}

fn looked_at(checked: &Checked) -> String {
    let Checked {
        subscriptions,
        gifts,
        facts,
        ref findings,
    } = *checked;
    let agree = if findings.is_empty() {
        "; all agrees"
    } else {
        ""
    };
    format!(
        "looked at: {subscriptions} subscriptions, {gifts} gifts, their {facts} facts, the books, \
         the invoices{agree}"
    )
}
