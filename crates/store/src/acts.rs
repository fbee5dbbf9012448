//! Who did something to somebody's account or subscription, and why.

use std::fmt;

use commerce::ids::AccountId;
use jiff::Timestamp;

use crate::connection::Writing;
use crate::contract::Owner;
use crate::error::StoreError;
use crate::moment::micros;
use crate::statement::statements;

/// The longest reason, in characters: a paragraph. More belongs in a ticket.
pub const LONGEST_REASON: usize = 2_000;

statements! {
    NOTE = "INSERT INTO acts (number, at, actor, what, why, account_id, owner)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
}

/// The number of an act. They count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActNumber(i64);

impl ActNumber {
    pub(crate) fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number.
    pub fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for ActNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What somebody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Who: a name that the publisher knows, `cli:anna`, or `reader`.
    pub actor: String,
    /// What, in a word: `grant`, `refund`, `merge`.
    pub what: String,
    /// Why, in their words; cut at [`LONGEST_REASON`].
    pub why: String,
    /// Whose account it is about.
    pub account: Option<AccountId>,
    /// Which subscription or gift.
    pub owner: Option<Owner>,
}

impl Writing {
    /// Writes an act down. What it causes is told its number by
    /// [`Books::act`](crate::contract::Books::act).
    pub async fn act(&mut self, act: &Act, now: Timestamp) -> Result<ActNumber, StoreError> {
        let part = self.begins();
        let number = self.draw("act", 1).await?;
        let why: String = act.why.chars().take(LONGEST_REASON).collect();
        let query = sqlx::query(NOTE)
            .bind(number)
            .bind(micros(now))
            .bind(&act.actor)
            .bind(&act.what)
            .bind(why)
            .bind(act.account.map(|id| id.to_string()))
            .bind(act.owner.map(|owner| owner.to_string()));
        self.run(query).await?;
        self.ends(part);
        Ok(ActNumber::new(number))
    }
}
