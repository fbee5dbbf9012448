//! Who did something to somebody's account or subscription, and why.

use std::fmt;

use commerce::ids::AccountId;
use jiff::Timestamp;

use crate::connection::Writing;
use crate::contract::Owner;
use crate::error::StoreError;
use crate::moment::micros;
use crate::rows::{Insert, Value};

/// The longest reason, in characters: a paragraph. More belongs in a ticket.
pub const LONGEST_REASON: usize = 2_000;

/// New ones.
pub(crate) const NOTE: Insert = Insert {
    name: "NOTE",
    head: "INSERT INTO acts (number, at, actor, what, why, account_id, owner)",
    columns: 7,
    tail: "",
};

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
        let numbers = self.note_acts(std::slice::from_ref(act), now).await?;
        let number = numbers.first().copied();
        Ok(number.ok_or(sqlx::Error::RowNotFound)?)
    }

    /// The same of many; their numbers, in their order.
    pub async fn note_acts(
        &mut self,
        acts: &[Act],
        now: Timestamp,
    ) -> Result<Vec<ActNumber>, StoreError> {
        if acts.is_empty() {
            return Ok(Vec::new());
        }
        let part = self.begins();
        let first = self.draw("act", acts.len()).await?;
        let rows = (first..)
            .zip(acts)
            .map(|(number, act)| row(number, act, now));
        NOTE.write(self, &rows.collect::<Vec<_>>()).await?;
        self.ends(part);
        Ok((first..)
            .zip(acts)
            .map(|(number, _)| ActNumber(number))
            .collect())
    }
}

fn row(number: i64, act: &Act, now: Timestamp) -> Vec<Value> {
    let why: String = act.why.chars().take(LONGEST_REASON).collect();
    vec![
        number.into(),
        micros(now).into(),
        act.actor.as_str().into(),
        act.what.as_str().into(),
        why.into(),
        act.account.map(|id| id.to_string()).into(),
        act.owner.map(|owner| owner.to_string()).into(),
    ]
}
