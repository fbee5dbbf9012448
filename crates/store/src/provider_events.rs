//! Events of payment providers: each is stored in the transaction of its effect,
//! so that one that comes again has none.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::connection::Writing;
use crate::error::StoreError;
use crate::moment::micros;
use crate::rows::{Insert, Value};
use crate::statement::statements;

/// The longest id of an event, in bytes. Providers' have some thirty.
const LONGEST: usize = 255;

/// The most that are forgotten in one transaction.
const MAX_FORGOTTEN: i64 = 10_000;

statements! {
    FORGET = "DELETE FROM provider_events WHERE provider = $1 AND event IN (
        SELECT event FROM provider_events WHERE provider = $1 AND seen_at < $2 LIMIT $3)";
}

pub(crate) const SEE: Insert = Insert {
    name: "SEE",
    head: "INSERT INTO provider_events (provider, event, seen_at)",
    columns: 3,
    tail: "ON CONFLICT (provider, event) DO NOTHING RETURNING event",
};

impl Writing {
    /// Notes an event; `false` where it was seen before, and the caller has
    /// nothing to do.
    pub async fn see_event(
        &mut self,
        provider: &str,
        event: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(!self.see_events(provider, &[event], now).await?.is_empty())
    }

    /// Notes many events, and returns those that weren't seen before.
    pub async fn see_events(
        &mut self,
        provider: &str,
        events: &[&str],
        now: Timestamp,
    ) -> Result<HashSet<String>, StoreError> {
        if events.iter().any(|event| event.len() > LONGEST) {
            return Err(StoreError::TooMany {
                what: "bytes in the id of an event",
                most: LONGEST,
            });
        }
        let row = |event: &&str| vec![provider.into(), (*event).into(), micros(now).into()];
        let rows: Vec<Vec<Value>> = events.iter().map(row).collect();
        let new = SEE.write_new(self, &rows).await?;
        Ok(new.into_iter().collect())
    }

    /// Forgets some events of a provider that were seen before `before`, which
    /// has to be longer ago than it repeats them; says how many.
    pub async fn forget_events(
        &mut self,
        provider: &str,
        before: Timestamp,
    ) -> Result<u64, StoreError> {
        let query = sqlx::query(FORGET)
            .bind(provider)
            .bind(micros(before))
            .bind(MAX_FORGOTTEN);
        self.run(query).await
    }
}
