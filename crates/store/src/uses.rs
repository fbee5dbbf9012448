//! How often offers were taken: what their caps count.
//!
//! It is written with the facts that it follows from (`commerce::uses`), and says
//! of each by which subscription or gift. Whose those are is written with them
//! alone, so an account that is merged takes its uses along, and those of one that
//! was erased name nobody.

use std::collections::BTreeMap;

use commerce::ids::{AccountId, OfferId};

use crate::connection::{Reading, Writing};
use crate::contract::append::number;
use crate::contract::{Change, Contract, Owner};
use crate::error::StoreError;
use crate::rows::{Insert, Value};
use crate::statement::statements;

statements! {
    TAKEN = "SELECT COUNT(*) FROM (SELECT 1 FROM uses WHERE offer = $1 LIMIT $2) AS taken";
    TAKEN_BY = "SELECT COUNT(*) FROM uses WHERE offer = $1 AND owner IN (
        SELECT id FROM subscriptions WHERE account_id = $2
        UNION ALL SELECT id FROM gifts WHERE account_id = $2)";
    UNDO = "DELETE FROM uses WHERE offer = $1 AND owner = $2 AND seq = (
        SELECT MAX(seq) FROM uses WHERE offer = $1 AND owner = $2)";
    OF_OWNER = "SELECT COUNT(*) FROM uses WHERE offer = $1 AND owner = $2";
    ALL = "SELECT COUNT(*) FROM uses";
}

pub(crate) const TAKE: Insert = Insert {
    name: "TAKE",
    head: "INSERT INTO uses (offer, owner, seq)",
    columns: 3,
    tail: "",
};

impl Reading {
    /// How often an offer was taken by everybody; counted no further than to
    /// `most`. A checkout that is still open counts, one that came to nothing
    /// doesn't.
    pub async fn uses(&mut self, offer: &OfferId, most: u64) -> Result<u64, StoreError> {
        let (taken,): (i64,) = sqlx::query_as(TAKEN)
            .bind(offer.as_str())
            .bind(number(most))
            .fetch_one(self.connection())
            .await?;
        Ok(taken.unsigned_abs())
    }

    /// How often one account took it.
    pub async fn uses_by(
        &mut self,
        offer: &OfferId,
        account: AccountId,
    ) -> Result<u64, StoreError> {
        let (taken,): (i64,) = sqlx::query_as(TAKEN_BY)
            .bind(offer.as_str())
            .bind(account.to_string())
            .fetch_one(self.connection())
            .await?;
        Ok(taken.unsigned_abs())
    }

    /// How many uses are written down in all.
    pub(crate) async fn all_uses(&mut self) -> Result<u64, StoreError> {
        let (all,): (i64,) = sqlx::query_as(ALL).fetch_one(self.connection()).await?;
        Ok(all.unsigned_abs())
    }

    /// Whether what an owner took by its facts is written down, and as often.
    pub(crate) async fn has_uses(
        &mut self,
        owner: Owner,
        takings: &Takings,
    ) -> Result<bool, StoreError> {
        let mut expected: BTreeMap<&OfferId, u64> = BTreeMap::new();
        for (offer, _) in &takings.taken {
            *expected.entry(offer).or_default() += 1;
        }
        for (offer, count) in expected {
            let (found,): (i64,) = sqlx::query_as(OF_OWNER)
                .bind(offer.as_str())
                .bind(owner.to_string())
                .fetch_one(self.connection())
                .await?;
            if found.unsigned_abs() != count {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// What facts in a row do to how often offers were taken.
#[derive(Debug, Default)]
pub(crate) struct Takings {
    /// Those that were taken before, and weren't after all.
    undone: Vec<OfferId>,
    /// Those that were taken, each with the fact's number.
    pub(crate) taken: Vec<(OfferId, u64)>,
}

impl Takings {
    /// Of facts that happened after the first `version`, to what was then `before`.
    pub(crate) fn of<C: Contract>(
        owner: Owner,
        (before, version): (Option<C>, u64),
        facts: &[C::Fact],
    ) -> Self {
        let (mut state, mut all) = (before, Self::default());
        for (seq, fact) in (version + 1..).zip(facts) {
            let taking = C::taking(state.as_ref(), fact);
            if let Some(offer) = taking.undone {
                all.undo(offer);
            }
            if let Some(offer) = taking.taken {
                all.taken.push((offer.clone(), seq));
            }
            match &mut state {
                Some(state) => state.take(fact),
                None => state = C::replayed(owner, std::slice::from_ref(fact)),
            }
        }
        all
    }

    fn undo(&mut self, offer: &OfferId) {
        match self.taken.iter().rposition(|(taken, _)| taken == offer) {
            Some(last) => drop(self.taken.remove(last)),
            None => self.undone.push(offer.clone()),
        }
    }
}

/// Writes down which offers were taken by what happened, and which weren't after
/// all.
pub(crate) async fn take<C: Contract>(
    writing: &mut Writing,
    changes: &[Change<C>],
) -> Result<(), StoreError> {
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let concerned = |change: &&Change<C>| change.facts.iter().any(C::concerns_offers);
    for change in changes.iter().filter(concerned) {
        let owner = change.after.owner();
        let before = (change.before.clone(), change.version);
        let takings = Takings::of(owner, before, &change.facts);
        for offer in takings.undone {
            let query = sqlx::query(UNDO)
                .bind(offer.to_string())
                .bind(owner.to_string());
            writing.run(query).await?;
        }
        rows.extend(takings.taken.into_iter().map(|(offer, seq)| {
            vec![
                offer.as_str().into(),
                owner.to_string().into(),
                number(seq).into(),
            ]
        }));
    }
    TAKE.write(writing, &rows).await
}
