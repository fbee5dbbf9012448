//! Money of an account's that is on its way: for as long as it is, nobody is
//! forgotten. Whose it is couldn't be said afterwards, neither to the provider nor
//! by it.

use std::collections::BTreeSet;
use std::fmt;

use commerce::ids::{AccountId, RefundId};
use commerce::payment::{AttemptState, Payments, RefundState};
use jiff::Timestamp;

use crate::connection::Reading;
use crate::contract::Owner;
use crate::error::StoreError;
use crate::statement::statements;

statements! {
    WAITING = "SELECT j.id, j.owner FROM jobs j WHERE j.lane = 'provider' AND j.state = 'waiting'
        AND (j.account_id = $1
            OR j.account_id IN (SELECT id FROM accounts WHERE merged_into = $1)
            OR j.owner IN (
            SELECT id FROM subscriptions WHERE account_id = $1
            UNION ALL SELECT id FROM gifts WHERE account_id = $1))
        ORDER BY j.owner DESC, j.id LIMIT 1";
    ASKED = "SELECT id FROM jobs WHERE id > $1 AND id < $2 AND state = 'waiting' LIMIT 1";
}

/// What of an account's is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moving {
    /// Of which subscription or gift, where that is known.
    pub owner: Option<Owner>,
    /// What.
    pub what: Motion,
}

/// How money is on its way, and so what there is to wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// The provider was asked for a payment, or to call one off, and hasn't said
    /// what came of it.
    Payment,
    /// The bank waits for the reader's word.
    Authentication {
        /// Then it is called off by itself.
        until: Timestamp,
    },
    /// The provider was asked to give something back, and hasn't said that it
    /// did.
    Refund,
    /// The provider hasn't been told everything yet.
    Untold,
}

impl Motion {
    /// Of an order as it stands.
    fn of(payments: &Payments) -> Option<Self> {
        match payments.open.as_ref()?.attempt.state {
            AttemptState::InFlight { .. } => Some(Self::Payment),
            AttemptState::AwaitingReader { until } => Some(Self::Authentication { until }),
            AttemptState::Declined { .. } => None,
        }
    }
}

impl fmt::Display for Moving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = self
            .owner
            .map_or_else(|| "theirs".to_owned(), |owner| owner.to_string());
        match self.what {
            Motion::Payment => write!(
                f,
                "the payment provider hasn't said yet what became of a payment of {of}; it is \
                 asked by itself, for two weeks at most. Come back when it has answered"
            ),
            Motion::Authentication { until } => write!(
                f,
                "the bank waits for the reader's word about a payment of {of}, which is called \
                 off at {until}. Cancel it, or come back then"
            ),
            Motion::Refund => write!(
                f,
                "money of {of} is on its way back; the payment provider is asked once a day \
                 whether it has arrived. Come back when it has"
            ),
            Motion::Untold => write!(
                f,
                "the payment provider is still to be told something of {of}; wait, or see to \
                 it with `ludgate jobs`"
            ),
        }
    }
}

impl Reading {
    /// Money of an account's that is on its way, if any is. What the provider was
    /// asked in vain, and isn't asked any more, isn't on its way: nobody waits for
    /// ever.
    pub async fn moving(&mut self, account: AccountId) -> Result<Option<Moving>, StoreError> {
        let subscriptions = self.subscriptions(account).await?;
        let subscriptions = subscriptions
            .into_iter()
            .map(|one| (Owner::Subscription(one.id), one.payments));
        let gifts = self.gifts(account).await?;
        let gifts = gifts
            .into_iter()
            .map(|one| (Owner::Gift(one.id), one.payments));
        let mut owed = BTreeSet::new();
        for (owner, payments) in subscriptions.chain(gifts) {
            if let Some(what) = Motion::of(&payments) {
                let owner = Some(owner);
                return Ok(Some(Moving { owner, what }));
            }
            for refund in &payments.refunds {
                if refund.state != RefundState::Requested {
                    continue;
                }
                owed.insert(owner);
                if self.is_asked_about(refund.id).await? {
                    let (owner, what) = (Some(owner), Motion::Refund);
                    return Ok(Some(Moving { owner, what }));
                }
            }
        }
        let waiting: Option<(String, String)> = sqlx::query_as(WAITING)
            .bind(account.to_string())
            .fetch_optional(self.connection())
            .await?;
        let Some((job, owner)) = waiting else {
            return Ok(None);
        };
        if owner.is_empty() {
            // A charge that is to be called off is asked about: `ord_…/1/void/2`.
            let owner = self.ordered(&job).await?;
            let what = Motion::Payment;
            return Ok(Some(Moving { owner, what }));
        }
        let owner = owner.parse()?;
        let what = if owed.contains(&owner) {
            Motion::Refund
        } else {
            Motion::Untold
        };
        let owner = Some(owner);
        Ok(Some(Moving { owner, what }))
    }

    /// Whether the provider is still to be asked what became of a refund that it
    /// has taken on: such jobs are called `ref_…/asked/2`.
    async fn is_asked_about(&mut self, refund: RefundId) -> Result<bool, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(ASKED)
            .bind(format!("{refund}/asked/"))
            // What comes after the slash.
            .bind(format!("{refund}/asked0"))
            .fetch_optional(self.connection())
            .await?;
        Ok(row.is_some())
    }
}
