//! What things are called in other systems: the one that they were brought over
//! from, so that bringing them over again changes nothing, and the payment
//! provider that knows them.

use std::collections::HashMap;

use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::rows::{Insert, Lookup, Value};
use crate::statement::statements;

/// The longest id of another system, in bytes.
const LONGEST: usize = 255;

statements! {
    NAME = "SELECT external FROM external_ids WHERE local = $3 AND source = $1 AND kind = $2
        ORDER BY external LIMIT 1";
}

/// New ones. What is called something already stays that.
pub(crate) const ADD: Insert = Insert {
    name: "ADD",
    head: "INSERT INTO external_ids (source, kind, external, local)",
    columns: 4,
    tail: "ON CONFLICT (source, kind, external) DO NOTHING RETURNING external",
};

/// What things of one kind are called here.
pub(crate) const FIND: Lookup = Lookup {
    name: "FIND",
    head: "SELECT external, local FROM external_ids WHERE source = $1 AND kind = $2 AND external",
    fixed: 2,
};

/// What something is called elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalId {
    /// The system: `ghost`, `leaky-paywall`, `csv:2027-01`, `stripe`.
    pub source: String,
    /// What it is: `account`, `subscription`, `charge`.
    pub kind: String,
    /// Its id there.
    pub external: String,
}

impl Reading {
    /// What it is called here; `None` where it wasn't brought over yet.
    pub async fn local_id(&mut self, id: &ExternalId) -> Result<Option<String>, StoreError> {
        let external = std::slice::from_ref(&id.external);
        let found = self.local_ids(&id.source, &id.kind, external).await?;
        Ok(found.into_values().next())
    }

    /// The same of many of one kind, by their ids there; what wasn't brought over
    /// isn't among them.
    pub async fn local_ids(
        &mut self,
        source: &str,
        kind: &str,
        external: &[String],
    ) -> Result<HashMap<String, String>, StoreError> {
        let found = FIND.find_with(self, &[source, kind], external).await?;
        Ok(found.into_iter().collect())
    }

    /// What something of ours is called in a system; `None` where it has no
    /// name there.
    pub async fn external_name(
        &mut self,
        source: &str,
        kind: &str,
        local: &str,
    ) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(NAME)
            .bind(source)
            .bind(kind)
            .bind(local)
            .fetch_optional(self.connection())
            .await?;
        Ok(row.map(|(external,)| external))
    }
}

impl Writing {
    /// Notes what it is called here, in the transaction that brings it over;
    /// `false` where it has been brought over already.
    pub async fn add_external_id(
        &mut self,
        id: &ExternalId,
        local: &str,
    ) -> Result<bool, StoreError> {
        let rows = ADD.write_new(self, &[row(id, local)?]).await?;
        Ok(rows.len() == 1)
    }

    /// The same of many, each with what it is called here.
    pub async fn add_external_ids(
        &mut self,
        ids: &[(ExternalId, String)],
    ) -> Result<(), StoreError> {
        let rows = ids.iter().map(|(id, local)| row(id, local));
        let rows = rows.collect::<Result<Vec<_>, _>>()?;
        ADD.write_new(self, &rows).await?;
        Ok(())
    }
}

fn row(id: &ExternalId, local: &str) -> Result<Vec<Value>, StoreError> {
    if id.external.len() > LONGEST {
        return Err(StoreError::TooMany {
            what: "bytes in the id of another system",
            most: LONGEST,
        });
    }
    let texts = [&id.source, &id.kind, &id.external, local];
    Ok(texts.map(Value::from).to_vec())
}
