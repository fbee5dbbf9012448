//! Files for whoever delivers the printed edition: who gets a copy on a day, and
//! where; the record of them; and one of them written again as it was.
//!
//! Lines are written to whoever asked as they are found, so that a million of them
//! take no more memory than a thousand.

mod again;
mod csv;
mod differ;
mod export;
mod filing;

use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use commerce::calendar::read_day;
use commerce::catalog::Product;
use commerce::delivery::{PRINT, Schedule};
use commerce::ids::ProductId;
use jiff::civil::Date;
use jiff::{SignedDuration, Span, Timestamp};
use serde_json::Value;
use store::Store;
use store::delivery::{PrintExport, Printed};
use tokio::sync::{Semaphore, mpsc};

use super::Running;
use super::readers::Readers;
use crate::care::plain;
use crate::config::nearest;
use crate::control::News;
use crate::printing::{Answer, Ask, Record, Skipped, Voided};

/// How far ahead a day may be exported, in days: nobody can change of it what
/// happens meanwhile.
const AHEAD: i32 = 62;

/// Exports at a time: one. Each goes through all subscriptions.
static TURN: Semaphore = Semaphore::const_new(1);

/// What an export needs.
struct Printing {
    store: Store,
    schedule: Schedule,
    /// What is sold.
    products: Vec<Product>,
    keep: SignedDuration,
    now: Timestamp,
}

impl Running {
    /// Does what is asked about print.
    pub(super) async fn print(
        self: &Arc<Self>,
        ask: Ask,
        news: mpsc::Sender<News>,
    ) -> Result<Answer> {
        let printing = self.printing()?;
        match ask {
            Ask::Export {
                day,
                product,
                yes,
                by,
            } => {
                let turn = TURN.try_acquire();
                let _turn = turn.context("another export is being written; wait for it")?;
                let day = printing.day(&day)?;
                let product = match product {
                    Some(name) => Some(printing.product(&name).await?),
                    None => None,
                };
                if !yes {
                    printing.is_next(day, product.as_ref()).await?;
                }
                let report = printing.export((day, product), &by, news).await?;
                tracing::info!(by, %day, export = report.number, lines = report.lines,
                    "addresses were exported for print");
                Ok(Answer::Written(Box::new(report)))
            }
            Ask::Again { number, by } => {
                let report = printing.again(number, news).await?;
                tracing::info!(by, export = number, "an export for print was written again");
                Ok(Answer::Written(Box::new(report)))
            }
            Ask::Void { number, by } => {
                let said = printing.void(number, &by).await?;
                tracing::info!(by, export = number, "an export for print was made void");
                Ok(Answer::Done(said))
            }
            Ask::Exports {} => {
                let all = printing.store.read().await?.print_exports().await?;
                Ok(Answer::Exports(all.into_iter().map(record).collect()))
            }
        }
    }

    fn printing(&self) -> Result<Printing> {
        let billing = self.readers.as_ref().and_then(Readers::billing);
        let billing = billing.context(
            "there are no readers with accounts here: the configuration says nothing of [mail]",
        )?;
        let config = self.config();
        let print = config.print.clone().context(
            "nothing is printed here: [print] in the configuration says on which days there is a \
             delivery",
        )?;
        let sales = billing.sales();
        let products = sales.catalog.products.iter();
        Ok(Printing {
            store: billing.store().clone(),
            schedule: print.schedule,
            products: products.cloned().collect(),
            keep: SignedDuration::from_hours(24 * i64::from(print.keep_days)),
            now: self.clock.now(),
        })
    }
}

impl Printing {
    /// The day that is meant, on which there is a delivery.
    fn day(&self, text: &str) -> Result<Date> {
        let said = plain(text);
        let day = read_day(text.trim())
            .with_context(|| format!("\"{said}\" is no date; write it as 2026-12-01"))?;
        let today = self.schedule.zone.civil(self.now).date();
        ensure!(
            day >= today,
            "{day} is over; what was exported for it is written again by ludgate print again"
        );
        let last = today.saturating_add(Span::new().days(AHEAD));
        ensure!(
            day <= last,
            "{day} is too far ahead: what is exported can't be changed by readers any more. It \
             can be done for days until {last}"
        );
        if !self.schedule.days.has(day) {
            let next = self.schedule.days.from(day).next();
            let next = next.map_or(String::new(), |next| {
                format!("; the next delivery is on {next}")
            });
            bail!("nothing is delivered on {day}, by [print] days{next}");
        }
        Ok(day)
    }

    /// Refuses a day further ahead than the next delivery that readers can still change:
    /// it is easily a slip, and they couldn't change it any more.
    async fn is_next(&self, day: Date, product: Option<&ProductId>) -> Result<()> {
        let today = self.schedule.zone.civil(self.now).date();
        let mut reading = self.store.read().await?;
        let standing = reading.standing_exports(today, self.now).await?;
        let exported = match product {
            Some(product) => standing.of(product),
            None => standing.of_all(),
        };
        let next = self.schedule.next_open(self.now, today, &exported);
        let Some(next) = next.filter(|next| *next < day) else {
            return Ok(());
        };
        bail!(
            "{day} is further ahead than the next delivery that readers can still change, {next}: \
             what is exported they can't. Say --yes if that is meant"
        )
    }

    /// Makes an export void; what that comes to.
    async fn void(&self, number: i64, by: &str) -> Result<String> {
        let today = self.schedule.zone.civil(self.now).date();
        let mut writing = self.store.write().await?;
        let day = writing
            .void_print_export(number, by, (today, self.now))
            .await?;
        let beside = writing.exports_beside(number, self.now).await?;
        writing.commit().await?;
        let then = if day < self.schedule.first_open(self.now) {
            "its addresses stay settled, by [print] lead".to_owned()
        } else {
            still_settled(&beside).unwrap_or_else(|| "readers can change it again".to_owned())
        };
        Ok(format!(
            "Export {number} for {day} is void: {then}. Tell whoever has the file that nothing is \
             delivered by it."
        ))
    }

    /// The product that is meant, of which something is printed.
    async fn product(&self, text: &str) -> Result<ProductId> {
        let found = self.products.iter().find(|one| one.id.as_str() == text);
        let Some(found) = found else {
            let names = self.products.iter().map(|one| one.id.as_str());
            let said = plain(text);
            match nearest(text, names) {
                Some(near) => bail!("there is no product \"{said}\"; did you mean {near}?"),
                None => bail!("there is no product \"{said}\""),
            }
        };
        if !has_print(found) && !self.is_had_with_print(&found.id).await? {
            let printed = self.products.iter().filter(|one| has_print(one));
            let printed: Vec<&str> = printed.map(|one| one.id.as_str()).collect();
            match printed.as_slice() {
                [] => bail!("{text} has no print, and nothing that is sold has it"),
                printed => bail!(
                    "{text} has no print; what is printed is {}",
                    printed.join(", ")
                ),
            }
        }
        Ok(found.id.clone())
    }

    /// Whether somebody has it by terms from when it had print.
    async fn is_had_with_print(&self, product: &ProductId) -> Result<bool> {
        let today = self.schedule.zone.civil(self.now).date();
        let mut reading = self.store.read().await?;
        let mut after = None;
        loop {
            let (page, last) = reading.printed(after, today).await?;
            let is_it = |one: &Printed| {
                let of = &one.subscription;
                [&*of.terms, of.terms_ahead()]
                    .map(|terms| &terms.product)
                    .contains(&product)
            };
            if page.iter().any(is_it) {
                return Ok(true);
            }
            after = match last {
                Some(last) => Some(last),
                None => return Ok(false),
            };
        }
    }

    /// What an export depends on, as it is kept with it.
    fn settings(&self) -> Value {
        let Schedule {
            zone,
            days,
            lead_days,
            closes,
            in_grace,
            limits: _,
        } = &self.schedule;
        let weekdays = days.weekdays.iter();
        let names: Vec<String> = weekdays
            .map(|day| format!("{day:?}").to_lowercase())
            .collect();
        serde_json::json!({
            "columns": csv::HEAD.trim_end(),
            "cells": csv::CELLS,
            "zone": zone.name(),
            "weekdays": names,
            "lead_days": lead_days,
            "closes": closes.to_string(),
            "grace": in_grace,
        })
    }
}

/// That readers can't change what is in other exports of a day yet; `None` where there are
/// no others.
fn still_settled(beside: &[i64]) -> Option<String> {
    let (first, more) = beside.split_first()?;
    Some(if more.is_empty() {
        format!(
            "export {first} for that day stands still, and readers can change what is in it once \
             it is void too"
        )
    } else {
        let all: Vec<String> = beside.iter().map(i64::to_string).collect();
        format!(
            "exports {} for that day stand still, and readers can change what is in them once \
             all of them are void too, in that order",
            all.join(", ")
        )
    })
}

fn has_print(product: &Product) -> bool {
    product.grants.iter().any(|grant| grant.as_str() == PRINT)
}

fn record(one: PrintExport) -> Record {
    let skipped: Option<Skipped> = one
        .summary
        .and_then(|summary| serde_json::from_value(summary).ok());
    Record {
        number: one.number,
        day: one.day,
        product: one.product.map(|product| product.as_str().to_owned()),
        by: one.actor,
        begun: one.begun,
        finished: one.finished,
        lines: one.lines,
        copies: one.copies,
        digest: one.digest,
        configuration: one.configuration,
        skipped,
        voided: one.voided.map(|voided| Voided {
            at: voided.at,
            by: voided.by,
        }),
    }
}
