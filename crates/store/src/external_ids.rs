//! What things are called in other systems: the one that they were brought over
//! from, so that bringing them over again changes nothing, and the payment
//! provider that knows them.

use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::statement::statements;

/// The longest id of another system, in bytes.
const LONGEST: usize = 255;

statements! {
    ADD = "INSERT INTO external_ids (source, kind, external, local) VALUES ($1, $2, $3, $4)
        ON CONFLICT (source, kind, external) DO NOTHING";
    NAME = "SELECT external FROM external_ids WHERE local = $3 AND source = $1 AND kind = $2
        ORDER BY external LIMIT 1";
    FIND = "SELECT local FROM external_ids WHERE source = $1 AND kind = $2 AND external = $3";
}

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
        let row: Option<(String,)> = sqlx::query_as(FIND)
            .bind(&id.source)
            .bind(&id.kind)
            .bind(&id.external)
            .fetch_optional(self.connection())
            .await?;
        Ok(row.map(|(local,)| local))
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
        if id.external.len() > LONGEST {
            return Err(StoreError::TooMany {
                what: "bytes in the id of another system",
                most: LONGEST,
            });
        }
        let query = sqlx::query(ADD)
            .bind(&id.source)
            .bind(&id.kind)
            .bind(&id.external)
            .bind(local);
        let rows = self.run(query).await?;
        Ok(rows == 1)
    }
}
