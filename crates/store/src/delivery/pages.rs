//! Everybody who may have print delivered on a day, a page at a time.

use std::collections::{BTreeSet, HashMap};

use commerce::address::PostalAddress;
use commerce::delivery::{Kept, is_printed};
use commerce::ids::{AddressId, SubscriptionId};
use commerce::subscription::Subscription;
use jiff::civil::Date;

use super::wishes::{OF_MANY, Row, Wished, wished};
use crate::connection::Reading;
use crate::contract::read;
use crate::error::StoreError;
use crate::ids::parse;
use crate::moment::timestamp;
use crate::rows::Lookup;
use crate::statement::statements;

/// The most subscriptions of a page: some megabytes.
pub const MAX_PAGE: usize = 500;

statements! {
    // What may have print has its name in what it grants, now or after a change of
    // plan; whether it really has is looked at when it is read.
    PRINTED = "SELECT id, state FROM subscriptions
        WHERE id > $1 AND stage IN ('active', 'past_due', 'paused') AND state LIKE '%\"print\"%'
        ORDER BY id LIMIT $2";
}

/// Addresses, with when they became known.
pub(crate) const ADDRESSES: Lookup = Lookup {
    name: "ADDRESSES",
    head: "SELECT id, created_at, body FROM addresses WHERE id",
    fixed: 0,
};

/// An address, and since when it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which, and since when.
    pub kept: Kept,
    /// What is written on the label.
    pub address: PostalAddress,
}

/// A subscription with print.
#[derive(Clone, Debug)]
pub struct Printed {
    /// The subscription.
    pub subscription: Subscription,
    /// Where it is delivered, where that is known.
    pub home: Option<Place>,
    /// What is wished of the day.
    pub wishes: Vec<Wished>,
}

impl Reading {
    /// Those that may have print on a day, in the order of their ids, after one of
    /// them; at most [`MAX_PAGE`], and as many only where there are more. The id is
    /// the last that was looked at.
    pub async fn printed(
        &mut self,
        after: Option<SubscriptionId>,
        day: Date,
    ) -> Result<(Vec<Printed>, Option<SubscriptionId>), StoreError> {
        let rows: Vec<(String, String)> = sqlx::query_as(PRINTED)
            .bind(after.map_or(String::new(), |id| id.to_string()))
            .bind(i64::try_from(MAX_PAGE).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let last = rows.last().map(|(id, _)| parse(id)).transpose()?;
        let mut found: Vec<Subscription> = Vec::with_capacity(rows.len());
        for (id, state) in &rows {
            found.push(read(id, state)?);
        }
        found.retain(is_printed);
        let ids: Vec<String> = found.iter().map(|one| one.id.to_string()).collect();
        let mut wishes = self.wishes_on(day, &ids).await?;
        let homes = found.iter().filter_map(|one| one.address);
        let homes = self.places(homes).await?;
        let printed = found.into_iter().map(|subscription| Printed {
            home: subscription
                .address
                .and_then(|address| homes.get(&address).cloned()),
            wishes: wishes.remove(&subscription.id).unwrap_or_default(),
            subscription,
        });
        Ok((printed.collect(), last))
    }

    /// Addresses with when they became known; what was erased isn't among them.
    pub async fn places(
        &mut self,
        ids: impl IntoIterator<Item = AddressId>,
    ) -> Result<HashMap<AddressId, Place>, StoreError> {
        let ids: BTreeSet<String> = ids.into_iter().map(|id| id.to_string()).collect();
        let ids: Vec<String> = ids.into_iter().collect();
        let rows: Vec<(String, i64, Option<String>)> = ADDRESSES.find(self, &ids).await?;
        let mut places = HashMap::with_capacity(rows.len());
        for (id, since, body) in rows {
            let Some(body) = body else { continue };
            let address: AddressId = parse(&id)?;
            let kept = Kept {
                address,
                since: timestamp(since)?,
            };
            let address = read(&id, &body)?;
            places.insert(kept.address, Place { kept, address });
        }
        Ok(places)
    }

    async fn wishes_on(
        &mut self,
        day: Date,
        subscriptions: &[String],
    ) -> Result<HashMap<SubscriptionId, Vec<Wished>>, StoreError> {
        let day = day.to_string();
        let rows: Vec<Row> = OF_MANY.find_with(self, &[&day], subscriptions).await?;
        let mut all: HashMap<SubscriptionId, Vec<Wished>> = HashMap::new();
        for row in rows {
            let one = wished(row)?;
            all.entry(one.wish.subscription).or_default().push(one);
        }
        Ok(all)
    }
}
