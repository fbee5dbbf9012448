//! What readers wish of delivery.

use commerce::address::PostalAddress;
use commerce::calendar::read_day;
use commerce::delivery::{Back, Made, Refused, Schedule, Undone, Wish, WishKind, may_begin, undo};
use commerce::ids::{AddressId, DeliveryWishId, SubscriptionId};
use jiff::civil::Date;
use jiff::{Span, Timestamp};

use crate::connection::{Reading, Writing};
use crate::contract::read;
use crate::error::StoreError;
use crate::ids::parse;
use crate::moment::{micros, timestamp};
use crate::rows::Lookup;
use crate::statement::statements;

/// The most wishes that are read of a subscription: all that may be there at a time,
/// and more suspensions than two years can have weeks.
pub const MAX_WISHES: usize = 200;

/// For how long a wish that is over is kept, in days: through the year after its
/// own, so that those of a year can be counted and asked about.
const KEPT_DAYS: i32 = 2 * 366;

statements! {
    OF = "SELECT w.id, w.subscription_id, w.address_id, w.first_day, w.last_day, w.made_at,
        w.after_export, w.back_from, w.back_after, a.body
        FROM delivery_wishes w LEFT JOIN addresses a ON a.id = w.address_id
        WHERE w.subscription_id = $1 ORDER BY w.first_day DESC, w.id LIMIT $2";
    ADD = "INSERT INTO delivery_wishes
        (id, subscription_id, address_id, first_day, last_day, made_at, after_export)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    END = "UPDATE delivery_wishes SET last_day = $2 WHERE id = $1";
    BACK = "UPDATE delivery_wishes SET back_from = $2, back_after = $3 WHERE id = $1";
    DROP = "DELETE FROM delivery_wishes WHERE id = $1";
    FORGET = "DELETE FROM delivery_wishes WHERE subscription_id = $1
        AND (last_day < $2 OR back_from < $2)";
}

/// Those of many subscriptions that are about a day, with their addresses.
pub(crate) const OF_MANY: Lookup = Lookup {
    name: "OF_MANY",
    head: "SELECT w.id, w.subscription_id, w.address_id, w.first_day, w.last_day, w.made_at,
        w.after_export, w.back_from, w.back_after, a.body
        FROM delivery_wishes w LEFT JOIN addresses a ON a.id = w.address_id
        WHERE w.first_day <= $1 AND (w.last_day IS NULL OR w.last_day >= $1)
        AND w.subscription_id",
    fixed: 1,
};

/// A wish, and the address that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wished {
    /// The wish.
    pub wish: Wish,
    /// Where it goes meanwhile; `None` where nothing is delivered, or the address
    /// was erased.
    pub address: Option<PostalAddress>,
}

/// A wish was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Whether it wasn't there before.
    pub is_new: bool,
    /// The deliveries for which it came too late: they were exported.
    pub late: Vec<Date>,
}

/// A wish wasn't taken. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum WishError {
    /// It may not be.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// There is no such subscription or wish.
    #[error("there is nothing of that name")]
    Unknown,
    /// It couldn't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

pub(super) type Row = (
    String,
    String,
    Option<String>,
    String,
    Option<String>,
    i64,
    i64,
    Option<String>,
    Option<i64>,
    Option<String>,
);

pub(super) fn wished(row: Row) -> Result<Wished, StoreError> {
    let (id, subscription, address, first, last, made, after, from, back_after, body) = row;
    let back = match from.as_deref().zip(back_after) {
        Some((from, after)) => Some(Back {
            from: day(from)?,
            after,
        }),
        None => None,
    };
    let address_id: Option<AddressId> = address.as_deref().map(parse).transpose()?;
    Ok(Wished {
        wish: Wish {
            id: parse(&id)?,
            subscription: parse(&subscription)?,
            kind: address_id.map_or(WishKind::Suspended, WishKind::Redirected),
            first: day(&first)?,
            last: last.as_deref().map(day).transpose()?,
            made: timestamp(made)?,
            beside: Made { after, back },
        },
        address: body.map(|body| read("an address", &body)).transpose()?,
    })
}

pub(super) fn day(text: &str) -> Result<Date, StoreError> {
    read_day(text).ok_or_else(|| StoreError::damaged(format!("{text} is no date")))
}

impl Reading {
    /// What is and was wished of a subscription's delivery, the latest first; at
    /// most [`MAX_WISHES`].
    pub async fn delivery_wishes(
        &mut self,
        subscription: SubscriptionId,
    ) -> Result<Vec<Wished>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(OF)
            .bind(subscription.to_string())
            .bind(i64::try_from(MAX_WISHES).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        rows.into_iter().map(wished).collect()
    }
}

impl Writing {
    /// Takes a wish, where it may be beside the others that there are. One that is
    /// sent twice is one. Its address is kept already.
    pub async fn add_delivery_wish(
        &mut self,
        new: &Wish,
        schedule: &Schedule,
    ) -> Result<Taken, WishError> {
        let found = self.subscription(new.subscription).await?;
        let subscription = found.ok_or(WishError::Unknown)?;
        let there = self.delivery_wishes(new.subscription).await?;
        let there: Vec<Wish> = there.into_iter().map(|one| one.wish).collect();
        let today = schedule.zone.civil(new.made).date();
        let exports = self.standing_exports(today, new.made).await?;
        let exported = exports.of(&subscription.terms.product);
        let late = |wish: &Wish| wish.came_late_for(today, &schedule.days, &exported);
        if let Some(wish) = there.iter().find(|wish| wish.id == new.id) {
            return Ok(Taken {
                is_new: false,
                late: late(wish),
            });
        }
        may_begin(new, &there, schedule, &exported)?;
        let after = exported.latest();
        let part = self.begins();
        let old = today.saturating_sub(Span::new().days(KEPT_DAYS));
        let forget = sqlx::query(FORGET)
            .bind(new.subscription.to_string())
            .bind(old.to_string());
        self.run(forget).await?;
        let address = match new.kind {
            WishKind::Redirected(address) => Some(address.to_string()),
            WishKind::Suspended => None,
        };
        let query = sqlx::query(ADD)
            .bind(new.id.to_string())
            .bind(new.subscription.to_string())
            .bind(address)
            .bind(new.first.to_string())
            .bind(new.last.map(|last| last.to_string()))
            .bind(micros(new.made))
            .bind(after);
        self.run(query).await?;
        self.ends(part);
        let beside = Made { after, back: None };
        let kept = Wish {
            beside,
            ..new.clone()
        };
        Ok(Taken {
            is_new: true,
            late: late(&kept),
        })
    }

    /// Takes back what of a subscription's wish isn't settled yet.
    pub async fn undo_delivery_wish(
        &mut self,
        subscription: SubscriptionId,
        id: DeliveryWishId,
        schedule: &Schedule,
        now: Timestamp,
    ) -> Result<Undone, WishError> {
        let found = self.subscription(subscription).await?;
        let product = found.ok_or(WishError::Unknown)?.terms.product.clone();
        let there = self.delivery_wishes(subscription).await?;
        let wish = there.into_iter().find(|one| one.wish.id == id);
        let wish = wish.ok_or(WishError::Unknown)?.wish;
        let today = schedule.zone.civil(now).date();
        let exported = self.standing_exports(today, now).await?.of(&product);
        let undone = undo(&wish, schedule, &exported, now)?;
        let query = match undone {
            Undone::Dropped => sqlx::query(DROP).bind(id.to_string()),
            Undone::Ends(last) => sqlx::query(END).bind(id.to_string()).bind(last.to_string()),
            Undone::Except(Back { from, after }) => sqlx::query(BACK)
                .bind(id.to_string())
                .bind(from.to_string())
                .bind(after),
        };
        self.run(query).await?;
        Ok(undone)
    }
}
