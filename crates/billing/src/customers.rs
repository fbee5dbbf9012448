//! Who an account is to the provider: made known there once, and kept here.
//!
//! The program may die between the two, or the provider's answer be lost, and the
//! reader never come back. So it is noted before the provider is asked, as a job
//! that asks again, by the same key, of which the same customer comes. What became
//! of the account meanwhile is found when that is kept: who was erased is deleted
//! there.

use commerce::ids::AccountId;
use jiff::{SignedDuration, Timestamp};
use providers::payment::{
    Answer, CustomerToken, Error as ProviderError, Notice, Provider, Request,
};
use store::jobs::{Job, NewJob};
use store::outbox::Task;
use store::{Reading, StoreError, Writing};

use crate::billing::{Billing, open_account};
use crate::deliver::{NotAsked, nothing};
use crate::error::BillingError;

/// When it is looked whether the answer came: after the longest that anybody waits
/// for it, and long before the provider forgets the key.
const LOOKS_AFTER: SignedDuration = SignedDuration::from_mins(10);

impl Billing {
    /// Who an open account is to the provider.
    pub(crate) async fn customer(&self, account: AccountId) -> Result<CustomerToken, BillingError> {
        let provider = self.provider_name();
        let mut reading = self.inner.store.read().await?;
        open_account(&mut reading, account).await?;
        let known = reading.customer_at(account, provider).await?;
        drop(reading);
        if let Some(known) = known {
            return Ok(known.parse().map_err(ProviderError::from)?);
        }
        self.new_customer(account, None).await
    }

    /// Makes an account known to the provider, perhaps instead of a customer whom
    /// that has deleted, and whose cards are gone as well.
    pub(crate) async fn new_customer(
        &self,
        account: AccountId,
        instead: Option<&CustomerToken>,
    ) -> Result<CustomerToken, BillingError> {
        let noted = self.note_introducing(account, instead).await?;
        let customer = self.inner.provider.customer(account, instead).await?;
        let mut writing = self.inner.store.write().await?;
        let instead = instead.map(CustomerToken::as_str);
        let is_kept = self
            .keep_as(&mut writing, account, &customer, instead)
            .await?;
        if let Some(job) = noted {
            writing.withdraw_job(&job).await?;
        }
        writing.commit().await?;
        if !is_kept {
            self.wake();
            return Err(BillingError::NoAccount(account));
        }
        Ok(customer)
    }

    /// Leaves the job, and says which it is: one, however often somebody tries
    /// while the provider is away.
    async fn note_introducing(
        &self,
        account: AccountId,
        instead: Option<&CustomerToken>,
    ) -> Result<Option<String>, BillingError> {
        // The sandbox knows everybody by their account.
        if let Provider::Sandbox(_) = *self.inner.provider {
            return Ok(None);
        }
        let now = self.now();
        let after = instead.map_or("first", CustomerToken::as_str);
        let job = NewJob {
            id: format!("introduce/{account}/{after}"),
            // It outlives who is erased meanwhile.
            account: None,
            task: Task::Introduce {
                provider: self.provider_name().to_owned(),
                account,
                instead: instead.map(ToString::to_string),
            },
            due: now.saturating_add(LOOKS_AFTER).unwrap_or(Timestamp::MAX),
        };
        let mut writing = self.inner.store.write().await?;
        writing.add_job(&job, now).await?;
        writing.commit().await?;
        Ok(Some(job.id))
    }

    /// What is asked for such a job; or nothing, where its answer was kept.
    pub(crate) async fn introducing(
        &self,
        reading: &mut Reading,
        task: &Task,
    ) -> Result<Result<Request, Answer>, NotAsked> {
        let Task::Introduce {
            provider,
            account,
            instead,
        } = task
        else {
            return Ok(Err(nothing("nobody is made known by that")));
        };
        let ours = self.provider_name();
        if provider != ours {
            let theirs = provider.clone();
            return Err(NotAsked::CustomerElsewhere { theirs, ours });
        }
        let known = reading.customer_at(*account, ours).await?;
        if known.is_some() && known != *instead {
            return Ok(Err(nothing("they are known")));
        }
        let instead = instead.as_deref().map(str::parse).transpose();
        let request = instead.map(|instead| Request::Introduce {
            account: *account,
            instead,
        });
        Ok(request.map_err(|_| nothing("that is no customer")))
    }

    /// Keeps what came of such a job.
    pub(crate) async fn keep_introduced(
        &self,
        writing: &mut Writing,
        job: &Job,
        answer: &Answer,
    ) -> Result<(), StoreError> {
        let (Task::Introduce { instead, .. }, Some(Notice::Introduced { account, customer })) =
            (&job.task, &answer.notice)
        else {
            return Ok(());
        };
        let instead = instead.as_deref();
        self.keep_as(writing, *account, customer, instead)
            .await
            .map(drop)
    }

    async fn keep_as(
        &self,
        writing: &mut Writing,
        account: AccountId,
        customer: &CustomerToken,
        instead: Option<&str>,
    ) -> Result<bool, StoreError> {
        let provider = self.provider_name();
        if let Some(deleted) = instead {
            let deleted = (provider, deleted);
            writing.drop_customer(account, deleted, self.now()).await?;
        }
        let new = (provider, customer.as_str());
        writing
            .keep_customer(account, new, self.clock().system())
            .await
    }
}
