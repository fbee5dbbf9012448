//! How far the business clock is ahead of the system's, where a test clock was
//! moved: it has to be the same after a start.

use jiff::SignedDuration;

use crate::connection::{Reading, Writing};
use crate::error::StoreError;
use crate::statement::statements;

statements! {
    AHEAD = "SELECT value FROM counters WHERE name = 'clock'";
    SET = "INSERT INTO counters (name, value) VALUES ('clock', $1)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
}

impl Reading {
    /// By how much the business clock is ahead; nothing where it was never
    /// moved.
    pub async fn clock_ahead(&mut self) -> Result<SignedDuration, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as(AHEAD)
            .fetch_optional(self.connection())
            .await?;
        Ok(SignedDuration::from_micros(row.map_or(0, |(ahead,)| ahead)))
    }
}

impl Writing {
    /// Sets by how much the business clock is ahead, in whole microseconds.
    pub async fn set_clock_ahead(&mut self, ahead: SignedDuration) -> Result<(), StoreError> {
        let micros = i64::try_from(ahead.as_micros());
        let micros = micros.map_err(|_| StoreError::TooMany {
            what: "years that a clock is ahead",
            most: 290_000,
        })?;
        self.run(sqlx::query(SET).bind(micros)).await?;
        Ok(())
    }
}
