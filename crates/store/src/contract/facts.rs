//! Reads histories and projections back.

use std::collections::{BTreeSet, HashMap};

use commerce::ids::{DisputeId, OrderId, RefundId};
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use super::{Contract, Owner};
use crate::connection::Reading;
use crate::error::StoreError;
use crate::ids::parse;
use crate::moment::timestamp;
use crate::rows::Lookup;
use crate::statement::statements;

statements! {
    HISTORY = "SELECT seq, body FROM facts WHERE owner = $1 ORDER BY seq";
    ONE = "SELECT body FROM facts WHERE owner = $1 AND seq = $2";
    ONE_AT = "SELECT at FROM facts WHERE owner = $1 AND seq = $2";
}

/// Whose orders, refunds and disputes are.
pub(crate) const OWNERS: Lookup = Lookup {
    name: "OWNERS",
    head: "SELECT id, owner FROM orders WHERE id",
    fixed: 0,
};

impl Reading {
    /// A projection and how many facts it is made of; `None` where there is no
    /// such thing.
    pub(crate) async fn load<C: Contract>(
        &mut self,
        id: String,
    ) -> Result<Option<(C, u64)>, StoreError> {
        let mut all = self.load_all::<C>(&[id]).await?;
        Ok(all.pop().map(|(_, loaded, version)| (loaded, version)))
    }

    /// The same of many, each with its id, in no order.
    pub(crate) async fn load_all<C: Contract>(
        &mut self,
        ids: &[String],
    ) -> Result<Vec<(String, C, u64)>, StoreError> {
        let rows: Vec<(String, i64, String)> = C::LOAD.find(self, ids).await?;
        let loaded = |(id, version, state): (String, i64, String)| {
            let state = read(&id, &state)?;
            Ok((id, state, version.unsigned_abs()))
        };
        rows.into_iter().map(loaded).collect()
    }

    /// The whole history, in order, without a gap.
    pub(crate) async fn history<F: DeserializeOwned>(
        &mut self,
        owner: Owner,
    ) -> Result<Vec<F>, StoreError> {
        let rows: Vec<(i64, String)> = sqlx::query_as(HISTORY)
            .bind(owner.to_string())
            .fetch_all(self.connection())
            .await?;
        let mut facts = Vec::with_capacity(rows.len());
        for (expected, (seq, body)) in (1..).zip(rows) {
            if seq != expected {
                return Err(StoreError::damaged(format!(
                    "fact {owner}/{expected} is missing"
                )));
            }
            facts.push(read(&format!("{owner}/{seq}"), &body)?);
        }
        Ok(facts)
    }

    /// One fact.
    pub(crate) async fn one_fact<F: DeserializeOwned>(
        &mut self,
        owner: Owner,
        seq: u64,
    ) -> Result<F, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(ONE)
            .bind(owner.to_string())
            .bind(super::append::number(seq))
            .fetch_optional(self.connection())
            .await?;
        let what = format!("{owner}/{seq}");
        let (body,) = row.ok_or_else(|| StoreError::Unknown(what.clone()))?;
        read(&what, &body)
    }

    /// When one fact happened, by the business clock.
    pub async fn fact_at(&mut self, owner: Owner, seq: u64) -> Result<Timestamp, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as(ONE_AT)
            .bind(owner.to_string())
            .bind(super::append::number(seq))
            .fetch_optional(self.connection())
            .await?;
        let (at,) = row.ok_or_else(|| StoreError::Unknown(format!("{owner}/{seq}")))?;
        timestamp(at)
    }

    /// Whose an order is: where a provider's report belongs.
    pub async fn owner_of_order(&mut self, order: OrderId) -> Result<Option<Owner>, StoreError> {
        self.owner_named(order.to_string()).await
    }

    /// Whose a refund is.
    pub async fn owner_of_refund(&mut self, refund: RefundId) -> Result<Option<Owner>, StoreError> {
        self.owner_named(refund.to_string()).await
    }

    /// Whose payment was disputed.
    pub async fn owner_of_dispute(
        &mut self,
        dispute: DisputeId,
    ) -> Result<Option<Owner>, StoreError> {
        self.owner_named(dispute.to_string()).await
    }

    /// The same of many orders; what nobody knows isn't among them.
    pub async fn owners_of_orders(
        &mut self,
        orders: &[OrderId],
    ) -> Result<HashMap<OrderId, Owner>, StoreError> {
        let ids: BTreeSet<String> = orders.iter().map(ToString::to_string).collect();
        let ids: Vec<String> = ids.into_iter().collect();
        let rows: Vec<(String, String)> = OWNERS.find(self, &ids).await?;
        let keyed = rows.into_iter();
        let keyed = keyed.map(|(id, owner)| Ok((parse(&id)?, owner.parse()?)));
        keyed.collect()
    }

    async fn owner_named(&mut self, id: String) -> Result<Option<Owner>, StoreError> {
        let rows: Vec<(String, String)> = OWNERS.find(self, &[id]).await?;
        let owner = rows.first().map(|(_, owner)| owner.parse());
        owner.transpose()
    }
}

/// Writes something down: in JSON, the one way.
pub(crate) fn write(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::damaged(error.to_string()))
}

/// Reads what was written down.
pub(crate) fn read<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::damaged(format!("{what}: {error}")))
}
