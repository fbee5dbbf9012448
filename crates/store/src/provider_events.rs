//! Events of payment providers: each is stored in the transaction of its effect,
//! so that one that comes again has none.

use jiff::Timestamp;

use crate::connection::Writing;
use crate::error::StoreError;
use crate::moment::micros;
use crate::statement::statements;

/// The longest id of an event, in bytes. Providers' have some thirty.
const LONGEST: usize = 255;

/// The most that are forgotten in one transaction.
const MAX_FORGOTTEN: i64 = 10_000;

statements! {
    SEE = "INSERT INTO provider_events (provider, event, seen_at) VALUES ($1, $2, $3)
        ON CONFLICT (provider, event) DO NOTHING";
    FORGET = "DELETE FROM provider_events WHERE provider = $1 AND event IN (
        SELECT event FROM provider_events WHERE provider = $1 AND seen_at < $2 LIMIT $3)";
}

impl Writing {
    /// Notes an event; `false` where it was seen before, and the caller has
    /// nothing to do.
    pub async fn see_event(
        &mut self,
        provider: &str,
        event: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        if event.len() > LONGEST {
            return Err(StoreError::TooMany {
                what: "bytes in the id of an event",
                most: LONGEST,
            });
        }
        let query = sqlx::query(SEE)
            .bind(provider)
            .bind(event)
            .bind(micros(now));
        let rows = self.run(query).await?;
        Ok(rows == 1)
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
