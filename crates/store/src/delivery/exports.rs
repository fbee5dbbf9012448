//! The record of what was handed to whoever delivers: when, for which day, by whom,
//! how many, and what was in it, so that it can be written again as it was.

use commerce::ids::ProductId;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::parts::{Line, pack, unpack};
use super::wishes::day;
use crate::connection::{Reading, Writing};
use crate::contract::{read, write};
use crate::error::StoreError;
use crate::moment::{micros, some_timestamp, timestamp};
use crate::statement::statements;

/// The most that are listed: a year of a daily's.
const MAX_LISTED: i64 = 400;

/// The most that are forgotten at once.
const MAX_FORGOTTEN: i64 = 20;

statements! {
    BEGIN = "INSERT INTO print_exports
        (number, day, product, actor, begun_at, lines, copies, configuration)
        VALUES ($1, $2, $3, $4, $5, 0, 0, $6)";
    KEEP = "INSERT INTO print_parts (export, part, body) VALUES ($1, $2, $3)";
    FINISH = "UPDATE print_exports SET finished_at = $2, lines = $3, copies = $4, digest = $5,
        summary = $6 WHERE number = $1 AND finished_at IS NULL";
    LIST = "SELECT number, day, product, actor, begun_at, finished_at, lines, copies, digest,
        summary, configuration, voided_at, voided_by FROM print_exports ORDER BY number DESC LIMIT $1";
    ONE = "SELECT number, day, product, actor, begun_at, finished_at, lines, copies, digest,
        summary, configuration, voided_at, voided_by FROM print_exports WHERE number = $1";
    LAST_OF = "SELECT number, day, product, actor, begun_at, finished_at, lines, copies, digest,
        summary, configuration, voided_at, voided_by FROM print_exports WHERE day = $1 AND finished_at IS NOT NULL
        AND voided_at IS NULL AND COALESCE(product, '') = $2 ORDER BY number DESC LIMIT 1";
    PART = "SELECT body FROM print_parts WHERE export = $1 AND part = $2";
    // Those that broke off, and those whose lines are no longer kept: of what was
    // exported ahead it counts from the day itself.
    OLD = "SELECT DISTINCT e.number FROM print_exports e JOIN print_parts p ON p.export = e.number
        WHERE (e.finished_at IS NULL OR (e.finished_at < $1 AND e.day < $2)) AND e.begun_at < $3
        ORDER BY e.number LIMIT $4";
    FORGET = "DELETE FROM print_parts WHERE export = $1";
}

/// An export that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintExport {
    /// Its number; they count from 1.
    pub number: i64,
    /// For which day.
    pub day: Date,
    /// Of which product; `None` for all.
    pub product: Option<ProductId>,
    /// Who made it.
    pub actor: String,
    /// When it was begun, by the business clock.
    pub begun: Timestamp,
    /// When it was whole; `None` of one that broke off.
    pub finished: Option<Timestamp>,
    /// How many lines it has.
    pub lines: u64,
    /// How many copies those are.
    pub copies: u64,
    /// The file's digest, SHA-256 in hexadecimal.
    pub digest: Option<String>,
    /// What else came of it: who was left out and why.
    pub summary: Option<Value>,
    /// By which settings it was made.
    pub configuration: Value,
    /// Since when nobody delivers by it.
    pub voided: Option<Voided>,
}

/// An export was made void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voided {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// An export that begins.
#[derive(Clone, Debug)]
pub struct Begun<'a> {
    /// For which day.
    pub day: Date,
    /// Of which product; `None` for all.
    pub product: Option<&'a ProductId>,
    /// Who makes it.
    pub actor: &'a str,
    /// By which settings.
    pub configuration: &'a Value,
}

/// An export that is whole.
#[derive(Clone, Debug)]
pub struct Finished<'a> {
    /// How many lines it has.
    pub lines: u64,
    /// How many copies those are.
    pub copies: u64,
    /// The file's digest, SHA-256 in hexadecimal.
    pub digest: &'a str,
    /// What else came of it.
    pub summary: &'a Value,
}

type Row = (
    i64,
    String,
    Option<String>,
    String,
    i64,
    Option<i64>,
    i64,
    i64,
    Option<String>,
    Option<String>,
    String,
    Option<i64>,
    Option<String>,
);

fn export(row: Row) -> Result<PrintExport, StoreError> {
    let (number, of, product, actor, begun, finished, lines, copies, digest, summary, by, at, who) =
        row;
    let called = format!("the print export {number}");
    let product = product.map(|name| {
        ProductId::new(&name).map_err(|_| StoreError::damaged(format!("{called} has no product")))
    });
    Ok(PrintExport {
        number,
        day: day(&of)?,
        product: product.transpose()?,
        actor,
        begun: timestamp(begun)?,
        finished: some_timestamp(finished)?,
        lines: lines.unsigned_abs(),
        copies: copies.unsigned_abs(),
        digest,
        summary: summary.map(|text| read(&called, &text)).transpose()?,
        configuration: read(&called, &by)?,
        voided: some_timestamp(at)?.map(|at| Voided {
            at,
            by: who.unwrap_or_default(),
        }),
    })
}

impl Reading {
    /// The exports that were made, the latest first; at most 400.
    pub async fn print_exports(&mut self) -> Result<Vec<PrintExport>, StoreError> {
        let query = sqlx::query_as(LIST).bind(MAX_LISTED);
        let rows: Vec<Row> = query.fetch_all(self.connection()).await?;
        rows.into_iter().map(export).collect()
    }

    /// One of them.
    pub async fn print_export(&mut self, number: i64) -> Result<Option<PrintExport>, StoreError> {
        let query = sqlx::query_as(ONE).bind(number);
        let row: Option<Row> = query.fetch_optional(self.connection()).await?;
        row.map(export).transpose()
    }

    /// The last whole one that stands for a day and of a product, or of all.
    pub async fn last_print_export(
        &mut self,
        day: Date,
        product: Option<&ProductId>,
    ) -> Result<Option<PrintExport>, StoreError> {
        let query = sqlx::query_as(LAST_OF)
            .bind(day.to_string())
            .bind(product.map_or("", |product| product.as_str()));
        let row: Option<Row> = query.fetch_optional(self.connection()).await?;
        row.map(export).transpose()
    }

    /// The lines of a part of an export, counted from 0; `None` after the last, and
    /// where they aren't kept any more.
    pub async fn print_part(
        &mut self,
        export: i64,
        part: u32,
    ) -> Result<Option<Vec<Line>>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(PART)
            .bind(export)
            .bind(i64::from(part))
            .fetch_optional(self.connection())
            .await?;
        let called = || format!("the part {part} of the print export {export}");
        row.map(|(body,)| unpack(&called(), &body)).transpose()
    }
}

impl Writing {
    /// Begins an export, and says its number. It counts for nothing until it is
    /// [finished](Writing::finish_print_export).
    pub async fn begin_print_export(
        &mut self,
        new: &Begun<'_>,
        now: Timestamp,
    ) -> Result<i64, StoreError> {
        let part = self.begins();
        let number = self.draw("print_export", 1).await?;
        let query = sqlx::query(BEGIN)
            .bind(number)
            .bind(new.day.to_string())
            .bind(new.product.map(|product| product.as_str().to_owned()))
            .bind(new.actor)
            .bind(micros(now))
            .bind(write(new.configuration)?);
        self.run(query).await?;
        self.ends(part);
        Ok(number)
    }

    /// Keeps what is in a part of it: at most [`MAX_LINES`](super::MAX_LINES).
    pub async fn keep_print_part(
        &mut self,
        export: i64,
        part: u32,
        lines: &[Line],
    ) -> Result<(), StoreError> {
        let query = sqlx::query(KEEP)
            .bind(export)
            .bind(i64::from(part))
            .bind(pack(lines)?);
        self.run(query).await.map(drop)
    }

    /// Says that it is whole.
    pub async fn finish_print_export(
        &mut self,
        export: i64,
        done: &Finished<'_>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        let query = sqlx::query(FINISH)
            .bind(export)
            .bind(micros(now))
            .bind(count(done.lines))
            .bind(count(done.copies))
            .bind(done.digest)
            .bind(write(done.summary)?);
        match self.run(query).await? {
            1 => Ok(()),
            _ => Err(StoreError::Unknown(format!("the print export {export}"))),
        }
    }

    /// Lets go of the lines of exports that were whole before a time and are for a day
    /// before that time's, and of those that broke off; that there were such stays
    /// known. At most twenty exports' at once. `under_way` is since when one may still
    /// be written.
    pub async fn forget_print_parts(
        &mut self,
        (before, day): (Timestamp, Date),
        under_way: Timestamp,
    ) -> Result<u64, StoreError> {
        let old: Vec<(i64,)> = sqlx::query_as(OLD)
            .bind(micros(before))
            .bind(day.to_string())
            .bind(micros(under_way))
            .bind(MAX_FORGOTTEN)
            .fetch_all(self.connection())
            .await?;
        let part = self.begins();
        for (export,) in &old {
            self.run(sqlx::query(FORGET).bind(*export)).await?;
        }
        self.ends(part);
        Ok(u64::try_from(old.len()).unwrap_or(u64::MAX))
    }
}
