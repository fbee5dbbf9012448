//! Which money the books are of. Real money and money that is played with don't
//! go into the same books: numbers of invoices, and who has paid, would mean
//! nothing.

use crate::connection::Writing;
use crate::error::StoreError;
use crate::statement::statements;

statements! {
    KNOWN = "SELECT value FROM counters WHERE name = 'money'";
    SET = "INSERT INTO counters (name, value) VALUES ('money', $1)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    SOLD = "SELECT id FROM orders LIMIT 1";
}

/// What money is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stakes {
    /// None that is anybody's: a sandbox, or a provider's test key.
    Play,
    /// People's own.
    Real,
}

impl Stakes {
    fn number(self) -> i64 {
        match self {
            Self::Play => 1,
            Self::Real => 2,
        }
    }
}

impl Writing {
    /// Takes note of which money is moved from now on; `false`, and nothing is
    /// noted, where something was sold for the other. What was sold before that
    /// was ever noted counts as sold for this.
    pub async fn play_for(&mut self, stakes: Stakes) -> Result<bool, StoreError> {
        let known: Option<(i64,)> = sqlx::query_as(KNOWN)
            .fetch_optional(self.connection())
            .await?;
        let other = known.is_some_and(|(known,)| known != stakes.number());
        if other {
            let sold: Option<(String,)> = sqlx::query_as(SOLD)
                .fetch_optional(self.connection())
                .await?;
            if sold.is_some() {
                return Ok(false);
            }
        }
        if other || known.is_none() {
            self.run(sqlx::query(SET).bind(stakes.number())).await?;
        }
        Ok(true)
    }
}
