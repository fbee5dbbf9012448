//! What customer care does with accounts and jobs. What it does with
//! subscriptions are [wishes](crate::Wish), as readers' are.
//!
//! Everything here is somebody's act: who did it and why is written down in the
//! same transaction.

use commerce::ids::{AccountId, SubscriptionId};
use commerce::subscription::Subscription;
use store::accounts::{Account, AccountStatus};
use store::acts::Act;
use store::care::{MergeError, Merged};
use store::{Owner, Reading, StoreError};

use crate::billing::Billing;
use crate::command::Who;
use crate::error::BillingError;

/// Which jobs are to be tried again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Retry {
    /// One, by its id.
    One(String),
    /// All that are dead, and all that wait after a failure.
    All,
}

impl Billing {
    /// Merges one account into another. Says what went over; who is signed in to
    /// the first is signed out.
    pub async fn merge(
        &self,
        who: &Who,
        from: AccountId,
        into: AccountId,
    ) -> Result<Merged, BillingError> {
        let (sales, now, system) = (self.sales(), self.now(), self.clock().system());
        let mut writing = self.inner.store.write().await?;
        let act = act_of(who, "merge", Some(into))?;
        if writing.account(into).await?.is_none() {
            return Err(MergeError::NotOpen(into).into());
        }
        let act = writing.act(&act, now).await?;
        let books = sales.books(now, Some(act));
        let merged = writing.merge_accounts(from, into, &books, system).await?;
        // A seat that was taken by an address goes over where that is still one's.
        self.moved_away(&mut writing, into).await?;
        writing.commit().await?;
        self.wake();
        Ok(merged)
    }

    /// Subscriptions of an account that are charged again beside another of the same
    /// product: what two accounts had each for itself, one person pays for twice.
    pub async fn paid_twice(
        &self,
        account: AccountId,
    ) -> Result<Vec<SubscriptionId>, BillingError> {
        let all = self
            .inner
            .store
            .read()
            .await?
            .subscriptions(account)
            .await?;
        let goes_on = |one: &&Subscription| !one.terms.seated && one.next_charge().is_some();
        let all: Vec<&Subscription> = all.iter().filter(goes_on).collect();
        let has_twin = |one: &Subscription| {
            let is_twin = |other: &Subscription| {
                other.id != one.id && other.terms.product == one.terms.product
            };
            all.iter().any(|other| is_twin(other))
        };
        let twice = all.iter().filter(|one| has_twin(one));
        Ok(twice.map(|one| one.id).collect())
    }

    /// Closes an account, or opens it again. What it has stays, and goes on; but
    /// whoever is signed in is signed out, and nobody signs in.
    pub async fn set_open(
        &self,
        who: &Who,
        account: AccountId,
        is_open: bool,
    ) -> Result<(), BillingError> {
        let what = if is_open { "reopen" } else { "close" };
        let act = act_of(who, what, Some(account))?;
        let (now, system) = (self.now(), self.clock().system());
        let mut writing = self.inner.store.write().await?;
        let found = writing.account(account).await?;
        let may_be =
            |found: &Account| matches!(found.status, AccountStatus::Open | AccountStatus::Closed);
        if !found.is_some_and(|found| may_be(&found)) {
            return Err(BillingError::NoAccount(account));
        }
        if !is_open {
            writing.revoke_sessions(account, None, system).await?;
        }
        writing.set_open(account, is_open).await?;
        writing.act(&act, now).await?;
        writing.commit().await?;
        self.wake();
        Ok(())
    }

    /// Everything that is known of an account, which is written down as given
    /// away.
    pub async fn export(
        &self,
        who: &Who,
        account: AccountId,
    ) -> Result<serde_json::Value, BillingError> {
        let act = act_of(who, "export", Some(account))?;
        let mut writing = self.inner.store.write().await?;
        if writing.account(account).await?.is_none() {
            return Err(BillingError::NoAccount(account));
        }
        writing.act(&act, self.now()).await?;
        let all = writing.export(account).await?;
        let all = all.ok_or(BillingError::NoAccount(account))?;
        writing.commit().await?;
        Ok(all)
    }

    /// Has dead jobs tried again, and those that wait after a failure tried at
    /// once; says how many.
    pub async fn retry(&self, who: &Who, which: &Retry) -> Result<u64, BillingError> {
        let mut writing = self.inner.store.write().await?;
        let (count, what, owner) = match which {
            Retry::One(id) => {
                let count = u64::from(writing.retry_job(id).await?);
                // `sub_…/7/mail`: whose fact asks for it.
                let owner = id.split('/').next().and_then(|owner| owner.parse().ok());
                (count, "retry", owner)
            }
            Retry::All => (writing.retry_jobs().await?, "retry_all", None),
        };
        if count == 0 {
            return Ok(0);
        }
        let account = match owner {
            Some(owner) => whose(&mut writing, owner).await?,
            None => None,
        };
        let mut act = act_of(who, what, account)?;
        act.owner = owner;
        writing.act(&act, self.now()).await?;
        writing.commit().await?;
        self.wake();
        Ok(count)
    }
}

/// Whose account a subscription is in, or who bought a gift.
pub(crate) async fn whose(
    reading: &mut Reading,
    owner: Owner,
) -> Result<Option<AccountId>, StoreError> {
    Ok(match owner {
        Owner::Subscription(id) => {
            let found = reading.subscription(id).await?;
            found.map(|found| found.account)
        }
        Owner::Gift(id) => {
            let found = reading.gift(id).await?;
            found.map(|found| found.bought.buyer)
        }
    })
}

/// What care does is somebody's of care.
pub(crate) fn act_of(
    who: &Who,
    what: &'static str,
    account: Option<AccountId>,
) -> Result<Act, BillingError> {
    let Who::Care { actor, why } = who else {
        return Err(BillingError::OnlyCare("that"));
    };
    Ok(Act {
        actor: actor.clone(),
        what: what.to_owned(),
        why: why.clone(),
        account,
        owner: None,
    })
}
