//! Reads histories and projections back.

use commerce::ids::{DisputeId, OrderId, RefundId};
use serde::de::DeserializeOwned;

use super::{Contract, Owner};
use crate::connection::Reading;
use crate::error::StoreError;
use crate::statement::statements;

statements! {
    HISTORY = "SELECT seq, body FROM facts WHERE owner = $1 ORDER BY seq";
    ONE = "SELECT body FROM facts WHERE owner = $1 AND seq = $2";
    OF_ORDER = "SELECT owner FROM orders WHERE id = $1";
}

impl Reading {
    /// A projection and how many facts it is made of; `None` where there is no
    /// such thing.
    pub(crate) async fn load<C: Contract>(
        &mut self,
        id: String,
    ) -> Result<Option<(C, u64)>, StoreError> {
        let row: Option<(i64, String)> = sqlx::query_as(C::LOAD)
            .bind(&id)
            .fetch_optional(self.connection())
            .await?;
        let Some((version, state)) = row else {
            return Ok(None);
        };
        Ok(Some((read(&id, &state)?, version.unsigned_abs())))
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

    async fn owner_named(&mut self, id: String) -> Result<Option<Owner>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(OF_ORDER)
            .bind(id)
            .fetch_optional(self.connection())
            .await?;
        row.map(|(owner,)| owner.parse()).transpose()
    }
}

/// Reads what was written down.
pub(crate) fn read<T: DeserializeOwned>(what: &str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::damaged(format!("{what}: {error}")))
}
