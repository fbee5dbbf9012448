//! A higher price for everybody who has a plan: first for how many and what they
//! would be told, then, if that is meant, the telling.

use std::fmt::Write;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use billing::{Billing, Rise, Risen, Who};
use commerce::calendar::read_day;
use commerce::catalog::{Catalog, Term};
use commerce::ids::PlanId;
use commerce::money::Money;
use commerce::subscription::Refusal;
use commerce::terms::Silence;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use super::Running;
use super::readers::Readers;
use crate::control::News;

/// Why so many refused, of which so many reasons are told.
const REASONS: usize = 10;

/// A price rise as it was written.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Raise {
    pub(crate) plan: String,
    pub(crate) price: String,
    pub(crate) from: Option<String>,
    /// Who does it.
    pub(crate) actor: String,
    pub(crate) why: String,
    /// Whether it is to be done, and not only foreseen.
    pub(crate) is_meant: bool,
}

impl Running {
    /// What would come of a price rise, or, if it is meant, what came of it.
    pub(crate) async fn raise_price(
        self: &Arc<Self>,
        asked: Raise,
        tell: mpsc::Sender<News>,
    ) -> Result<String> {
        let billing = self.readers.as_ref().and_then(Readers::billing);
        let sells = self.started.payments.is_some();
        let Some(billing) = billing.filter(|_| sells).cloned() else {
            bail!("nothing is sold here: [mail] and [payments] in the configuration say how");
        };
        ensure!(!asked.why.trim().is_empty(), "say why, with --reason");
        let sales = billing.sales();
        let rise = read(&asked, &sales.catalog)?;
        let zone = self.config().zone.clone();
        // Done to its end, though nobody waits for it any more.
        tokio::spawn(async move {
            let foreseen = billing
                .foresee_price_rise(&rise, &mut telling(&tell))
                .await?;
            makes_sense(&rise, &foreseen, &sales.catalog, &zone)?;
            if !asked.is_meant {
                return Ok(in_words(&rise, &foreseen, &zone, Tense::Future));
            }
            announce(&billing, &asked, &rise, &zone, &tell).await
        })
        .await?
    }
}

async fn announce(
    billing: &Billing,
    asked: &Raise,
    rise: &Rise,
    zone: &TimeZone,
    tell: &mpsc::Sender<News>,
) -> Result<String> {
    let who = Who::Care {
        actor: asked.actor.clone(),
        why: asked.why.clone(),
    };
    let risen = billing
        .announce_price_rise(&who, rise, &mut telling(tell))
        .await?;
    tracing::info!(
        plan = %rise.plan, price = %rise.price, announced = risen.announced,
        refused = risen.refused, actor = asked.actor, "a price rise was announced"
    );
    for (subscription, why) in &risen.reasons {
        tracing::warn!(%subscription, %why, "a price rise couldn't be announced");
    }
    Ok(in_words(rise, &risen, zone, Tense::Past))
}

fn telling(tell: &mpsc::Sender<News>) -> impl FnMut(u64) + Send {
    |done| {
        // Progress that nobody takes in time is not worth waiting for.
        let _ = tell.try_send(News::Progress(done));
    }
}

/// What was written, if the configuration agrees with it.
fn read(asked: &Raise, catalog: &Catalog) -> Result<Rise> {
    let price: Money = asked.price.parse()?;
    let from = asked.from.as_deref().map(day).transpose()?;
    let plan = PlanId::new(&asked.plan).map_err(|_| unknown(&asked.plan, catalog))?;
    if let Some(sold) = catalog.plan(&plan) {
        if matches!(sold.term, Term::Once { .. }) {
            bail!("{plan} is bought once and doesn't renew: write its new price in [plans.{plan}]");
        }
        let Some(today) = sold.price(price.currency()) else {
            let sold: Vec<String> = sold.prices.iter().map(Money::to_string).collect();
            bail!(
                "{plan} isn't sold in {}: its price is {}. Name one in the same currency; each \
                 rises by itself",
                price.currency(),
                sold.join(" and ")
            );
        };
        if today != price {
            bail!(
                "[plans.{plan}] says {today}, so who comes tomorrow would pay that and not {price}. \
                 Write the new price there first; it holds for new subscriptions as soon as that \
                 is saved"
            );
        }
    }
    Ok(Rise { plan, price, from })
}

fn day(text: &str) -> Result<Date> {
    read_day(text).with_context(|| format!("\"{text}\" is no day; write for example 2027-03-01"))
}

fn unknown(plan: &str, catalog: &Catalog) -> anyhow::Error {
    let plans: Vec<&str> = catalog.plans.iter().map(|plan| plan.id.as_str()).collect();
    anyhow::anyhow!(
        "there is no plan \"{plan}\", and nobody has it; there {}",
        match plans.as_slice() {
            [] => "are none".to_owned(),
            [one] => format!("is {one}"),
            many => format!("are {}", many.join(", ")),
        }
    )
}

/// Refuses what nobody would be told of, and why.
fn makes_sense(rise: &Rise, foreseen: &Risen, catalog: &Catalog, zone: &TimeZone) -> Result<()> {
    let Rise { plan, price, .. } = rise;
    let over = &foreseen.passed_over;
    let earliest = foreseen.reasons.iter().filter_map(|(_, why)| match why {
        Refusal::NoticeTooShort { earliest } => Some(*earliest),
        _ => None,
    });
    if let Some(earliest) = earliest.max() {
        let day = zone.to_datetime(earliest).date();
        bail!(
            "the notice would be too short: by what they have agreed to, a rise announced today \
             holds from {day} at the earliest. Say --from {day} or later, or leave it out"
        );
    }
    if foreseen.announced > 0 {
        return Ok(());
    }
    if over.all() + foreseen.refused == 0 {
        if catalog.plan(plan).is_none() {
            return Err(unknown(plan.as_str(), catalog));
        }
        bail!("nobody has the plan {plan}, so there is nobody to tell");
    }
    if over.pay_that == over.all() {
        bail!(
            "{price} is no rise: all {} who have {plan} pay that much already, or more",
            over.pay_that
        );
    }
    let mut text = String::from("there is nobody to tell");
    told_of_the_others(&mut text, foreseen, Tense::Future);
    bail!(text)
}

/// Whether it is to come or has come about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tense {
    Future,
    Past,
}

fn in_words(rise: &Rise, risen: &Risen, zone: &TimeZone, tense: Tense) -> String {
    let Rise { plan, price, .. } = rise;
    let told = match tense {
        Tense::Future => "to be told",
        Tense::Past => "told",
    };
    let mut text = format!("{price} for {plan}: {} {told}", risen.announced);
    for notice in &risen.notices {
        let day = zone.to_datetime(notice.from).date();
        let silence = match notice.silence {
            Silence::Accepts => "who doesn't answer agrees",
            Silence::Refuses => "who doesn't answer refuses, and theirs ends then",
        };
        let many = notice.many;
        // Writing into a text can't fail.
        let _ = write!(
            text,
            "\n  {many}: for periods that begin on {day} or later; {silence}"
        );
    }
    told_of_the_others(&mut text, risen, tense);
    text
}

/// Those for whom nothing changes, and those who refuse.
fn told_of_the_others(text: &mut String, risen: &Risen, tense: Tense) {
    let over = &risen.passed_over;
    let lines = [
        (over.told_before, "know of a rise already"),
        (over.pay_that, "pay that much already, or more"),
        (over.other_currency, "pay in another currency"),
        (over.ending, "end anyway"),
        (over.unpaid, "aren't paid for yet"),
    ];
    for (many, why) in lines.iter().filter(|(many, _)| *many > 0) {
        let _ = write!(text, "\n  {many} passed over: {why}");
    }
    if risen.refused > 0 {
        let refused = match tense {
            Tense::Future => "would be refused",
            Tense::Past => "refused",
        };
        let _ = write!(text, "\n  {} {refused}", risen.refused);
        for (subscription, why) in risen.reasons.iter().take(REASONS) {
            let _ = write!(text, "\n    {subscription}: {why}");
        }
    }
}
