//! Looked at as a whole, now and then: the store's own check, the sums of the
//! books, the bank's account of the money against ours.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use commerce::ids::ChargeId;
use jiff::Timestamp;
use store::jobs::Lane;
use store::outbox::Task;

use crate::counts::Counts;
use crate::house::House;
use crate::known::Known;

/// How many laws are looked at.
const LAWS: u64 = 8;

/// Everything at once.
pub(crate) async fn audit(house: &House, known: &Known, counts: &mut Counts) -> Result<()> {
    books(house, known).await?;
    let unheard = known.moved.against(house.sandbox()?)?;
    for charge in unheard {
        is_asked_about(house, charge).await?;
    }
    known.outbox.not_too_much(&house.outside.post)?;
    let mut reading = house.store().read().await?;
    let dead = reading.dead_jobs().await?;
    ensure!(
        dead.is_empty(),
        "no row of the outbox is given up: {dead:?}"
    );
    drop(reading);
    let checked = house.store().check().await?;
    ensure!(checked.is_sound(), "the store: {:?}", checked.findings);
    let (all, gifts) = (known.subscriptions().len(), known.gifts().len());
    ensure!(
        checked.subscriptions == u64::try_from(all)? && checked.gifts == u64::try_from(gifts)?,
        "nothing is there that nobody began: {checked:?}"
    );
    counts.checked += LAWS;
    Ok(())
}

/// The ledger sums to nought, and what the provider holds is what the facts say.
async fn books(house: &House, known: &Known) -> Result<()> {
    let balances = house.store().read().await?.balances().await?;
    let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
    for balance in &balances {
        *sums.entry(&balance.currency).or_default() += balance.amount;
    }
    ensure!(
        sums.values().all(|sum| *sum == 0),
        "the ledger sums to nought: {sums:?}"
    );
    let held = balances.iter().filter(|one| one.account == "provider");
    let (held, ours): (i64, i64) = (held.map(|one| one.amount).sum(), known.moved.held());
    ensure!(
        held == ours,
        "the ledger has what the facts say: the provider holds {held}, and {ours} by the facts"
    );
    Ok(())
}

/// A charge that the bank took and we haven't heard of: a row of the outbox is
/// still to ask about it, or its order is.
async fn is_asked_about(house: &House, charge: ChargeId) -> Result<()> {
    let mut reading = house.store().read().await?;
    let owner = reading.owner_of_order(charge.order).await?;
    let owner =
        owner.ok_or_else(|| anyhow::anyhow!("{charge} is nobody's, and the bank took it"))?;
    let jobs = reading.jobs_of(owner).await?;
    let waits = |(job, state): &(store::jobs::Job, String)| {
        job.task.lane() == Lane::Provider && state == "waiting"
    };
    let open = match owner {
        store::Owner::Subscription(id) => {
            let found = reading.subscription(id).await?;
            found.and_then(|found| found.payments.open)
        }
        store::Owner::Gift(id) => {
            let found = reading.gift(id).await?;
            found.and_then(|found| found.payments.open)
        }
    };
    let calls_off = |one: &store::jobs::DueJob| {
        let task = one.job.as_ref().map(|job| &job.task);
        matches!(task, Some(Task::AskVoid { charge: off, .. }) if *off == charge)
    };
    let later = reading.due_jobs(Timestamp::MAX).await?;
    let is_open = open.is_some_and(|order| order.id == charge.order && order.is_under_way());
    ensure!(
        is_open || jobs.iter().any(waits) || later.iter().any(calls_off),
        "the bank took {charge} of {owner}, and nobody asks about it"
    );
    Ok(())
}
