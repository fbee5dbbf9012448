//! Which exports stand, and making one void.

use commerce::delivery::Exported;
use commerce::ids::ProductId;
use jiff::Timestamp;
use jiff::civil::Date;

use super::wishes::day;
use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::moment::micros;
use crate::statement::statements;

/// The most days and products that are read: two months, with sixty products that are
/// exported each by itself.
const MAX_STANDING: i64 = 62 * 60;

/// For how long an export that isn't finished may still be: an hour.
const UNDER_WAY_MICROS: i64 = 60 * 60 * 1_000_000;

statements! {
    // One is written at a time, so of those that aren't whole the latest alone may be.
    STANDING = "SELECT day, product, MIN(number) FROM print_exports
        WHERE day >= $1 AND voided_at IS NULL AND (finished_at IS NOT NULL
            OR (begun_at > $2 AND number = (SELECT MAX(number) FROM print_exports)))
        GROUP BY day, product ORDER BY day LIMIT $3";
    LATEST = "SELECT COALESCE(MAX(number), 0) FROM print_exports";
    // One without a product has everything of those with one.
    LATER = "SELECT MAX(number) FROM print_exports
        WHERE day = $1 AND number > $2 AND voided_at IS NULL AND (finished_at IS NOT NULL
            OR (begun_at > $3 AND number = (SELECT MAX(number) FROM print_exports)))
        AND (product IS NULL OR $4 = '' OR product = $4)";
    // What concerns one product stands in the way of all, and the other way round.
    BESIDE = "SELECT number FROM print_exports
        WHERE day = $1 AND number <> $2 AND voided_at IS NULL AND (finished_at IS NOT NULL
            OR (begun_at > $3 AND number = (SELECT MAX(number) FROM print_exports)))
        AND (product IS NULL OR $4 = '' OR product = $4)
        ORDER BY number DESC LIMIT $5";
    VOID = "UPDATE print_exports SET voided_at = $2, voided_by = $3
        WHERE number = $1 AND voided_at IS NULL";
}

/// The most exports of one day that are named: somebody voids them one after the other.
const MAX_BESIDE: i64 = 20;

/// The exports that stand for days to come.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    latest: i64,
    all: Vec<(Date, Option<ProductId>, i64)>,
}

impl Standing {
    /// Those that a product is in.
    pub fn of(&self, product: &ProductId) -> Exported {
        self.that(|of| of.is_none_or(|of| of == product))
    }

    /// Those that everything is in.
    pub fn of_all(&self) -> Exported {
        self.that(|of| of.is_none())
    }

    fn that(&self, has: impl Fn(Option<&ProductId>) -> bool) -> Exported {
        let all = self.all.iter().filter(|(_, of, _)| has(of.as_ref()));
        Exported::new(self.latest, all.map(|(day, _, number)| (*day, *number)))
    }
}

/// An export wasn't made void. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum VoidError {
    /// There is none of that number.
    #[error("there is no export {0}")]
    Unknown(i64),
    /// It broke off, or is being written.
    #[error("the export {0} isn't whole, so nobody has it; what breaks off settles nothing")]
    NotWhole(i64),
    /// It is void.
    #[error("the export {0} is void already")]
    Already(i64),
    /// Its day is over.
    #[error("the export {0} is for {1}, which is over")]
    Over(i64, Date),
    /// There is a later one for the same day, which was made knowing this one.
    #[error("the export {1} for the same day was made after {0}; void that first")]
    Later(i64, i64),
    /// It couldn't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Reading {
    /// The exports that stand for a day or later ones, and those that are just being
    /// written.
    pub async fn standing_exports(
        &mut self,
        from: Date,
        now: Timestamp,
    ) -> Result<Standing, StoreError> {
        let (latest,): (i64,) = sqlx::query_as(LATEST).fetch_one(self.connection()).await?;
        let rows: Vec<(String, Option<String>, i64)> = sqlx::query_as(STANDING)
            .bind(from.to_string())
            .bind(micros(now).saturating_sub(UNDER_WAY_MICROS))
            .bind(MAX_STANDING)
            .fetch_all(self.connection())
            .await?;
        let mut all = Vec::with_capacity(rows.len());
        for (of, product, number) in rows {
            let product = product.map(|name| {
                let damaged = |_| StoreError::damaged(format!("{name} is no product"));
                ProductId::new(&name).map_err(damaged)
            });
            all.push((day(&of)?, product.transpose()?, number));
        }
        Ok(Standing { latest, all })
    }

    /// The exports that stand for the same day as that of `number`, and have something of
    /// what it has: the latest first, twenty at most. While one of them does, what is in it
    /// can't be changed, whether that of `number` is void or not.
    pub async fn exports_beside(
        &mut self,
        number: i64,
        now: Timestamp,
    ) -> Result<Vec<i64>, StoreError> {
        let Some(found) = self.print_export(number).await? else {
            return Ok(Vec::new());
        };
        let product = found.product.as_ref();
        let rows: Vec<(i64,)> = sqlx::query_as(BESIDE)
            .bind(found.day.to_string())
            .bind(number)
            .bind(micros(now).saturating_sub(UNDER_WAY_MICROS))
            .bind(product.map_or("", |product| product.as_str()))
            .bind(MAX_BESIDE)
            .fetch_all(self.connection())
            .await?;
        Ok(rows.into_iter().map(|(number,)| number).collect())
    }
}

impl Writing {
    /// Makes an export void: nobody delivers by it, and its day can be changed again
    /// unless it is too near. What was in it is kept as of others. Says for which day it
    /// was. `today` is the day of now, where days are those of the publication.
    pub async fn void_print_export(
        &mut self,
        number: i64,
        by: &str,
        (today, now): (Date, Timestamp),
    ) -> Result<Date, VoidError> {
        let found = self.print_export(number).await?;
        let found = found.ok_or(VoidError::Unknown(number))?;
        if found.finished.is_none() {
            return Err(VoidError::NotWhole(number));
        }
        if found.voided.is_some() {
            return Err(VoidError::Already(number));
        }
        if found.day < today {
            return Err(VoidError::Over(number, found.day));
        }
        let product = found
            .product
            .as_ref()
            .map_or("", |product| product.as_str());
        let (later,): (Option<i64>,) = sqlx::query_as(LATER)
            .bind(found.day.to_string())
            .bind(number)
            .bind(micros(now).saturating_sub(UNDER_WAY_MICROS))
            .bind(product)
            .fetch_one(self.connection())
            .await
            .map_err(StoreError::from)?;
        if let Some(later) = later {
            return Err(VoidError::Later(number, later));
        }
        let query = sqlx::query(VOID)
            .bind(number)
            .bind(micros(now))
            .bind(by.to_owned());
        match self.run(query).await? {
            1 => Ok(found.day),
            _ => Err(VoidError::Already(number)),
        }
    }
}
