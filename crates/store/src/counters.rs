//! Numbers without gaps: each is drawn in the transaction that uses it.

use crate::connection::Writing;
use crate::error::StoreError;
use crate::statement::statements;

statements! {
    DRAW = "INSERT INTO counters (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = counters.value + excluded.value
        RETURNING value";
}

impl Writing {
    /// Draws so many numbers and returns the first; they follow one another.
    pub(crate) async fn draw(&mut self, name: &str, count: usize) -> Result<i64, StoreError> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let query = sqlx::query_as(DRAW).bind(name).bind(count);
        let rows: Vec<(i64,)> = self.run_returning(query).await?;
        let (last,) = rows.first().ok_or(sqlx::Error::RowNotFound)?;
        Ok(last - count + 1)
    }
}
