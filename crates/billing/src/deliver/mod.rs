//! The provider's jobs: what facts ask for is carried out, and what comes back
//! is reported to the books in the transaction that finishes the job.
//!
//! Jobs of one subscription are done one after the other, in the order of its
//! facts; those of different ones beside each other. One that fails holds up no
//! other. From a job's second attempt on, and for some time after a backup was
//! put back, the provider is told that it may know it already. A charge that
//! nobody wants any more isn't made, however long its job has waited.

mod answer;
mod moot;
mod refunds;
mod request;
mod voids;

use std::sync::Arc;
use std::time::Duration;

use jiff::SignedDuration;
use providers::payment::{Answer, Error, Provider, Request};
use store::jobs::{Job, Lane, Lease};
use store::{Owner, StoreError};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::billing::Billing;
use crate::error::BillingError;
use crate::happened::Ear;
use crate::outcome::PaymentState;
use crate::work::Setback;
pub(crate) use answer::{command, gift_command};
pub(crate) use refunds::is_overtaken;
use request::Asked;
pub(crate) use request::{NotAsked, nothing};

/// How long a worker may have a job: Stripe's requests take 40 seconds at most,
/// and one delivery is a handful of them.
const LEASE: SignedDuration = SignedDuration::from_mins(10);

/// How many are delivered together where the provider is in the process: what
/// the store writes in one transaction.
const TOGETHER: usize = store::subscriptions::MAX_BATCH;

/// How many are taken at once where it is not, and how many of them are asked
/// beside each other: two rounds in a lease. Stripe takes a hundred requests a
/// second.
const TAKEN: usize = 32;
const BESIDE: usize = 16;

/// How many jobs of one subscription are done for somebody who waits: a charge,
/// and what may follow from it at once.
const IN_A_ROW: usize = 6;

/// How long somebody waits for the outcome of a payment. Stripe takes two
/// seconds, and a reader who is told "we don't know yet" after ten comes back.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// A job, and what came of it.
pub(crate) struct Delivered {
    pub(crate) job: Job,
    pub(crate) result: Result<Answer, Error>,
    /// Whether a charge was to be called off by it.
    pub(crate) calls_off: bool,
}

impl Billing {
    /// Delivers some of what is due; says how many it has taken.
    pub(crate) async fn deliver_some(&self, ear: &Ear) -> Result<usize, BillingError> {
        match *self.inner.provider {
            Provider::Sandbox(_) => {
                let jobs = self.take_provider_jobs(TOGETHER).await?;
                let count = jobs.len();
                self.deliver(jobs, ear).await?;
                Ok(count)
            }
            Provider::Stripe(_) => self.deliver_beside_each_other(ear).await,
        }
    }

    async fn deliver_beside_each_other(&self, ear: &Ear) -> Result<usize, BillingError> {
        let jobs = self.take_provider_jobs(TAKEN).await?;
        let count = jobs.len();
        let places = Arc::new(Semaphore::new(BESIDE));
        let mut all = JoinSet::new();
        for job in jobs {
            let (billing, ear, places) = (self.clone(), ear.clone(), Arc::clone(&places));
            all.spawn(async move {
                let _place = places.acquire().await;
                billing.deliver(vec![job], &ear).await
            });
        }
        while let Some(done) = all.join_next().await {
            if let Ok(Err(error)) = done {
                tracing::error!(%error, "an answer of the payment provider couldn't be written");
            }
        }
        Ok(count)
    }

    async fn take_provider_jobs(&self, most: usize) -> Result<Vec<Job>, StoreError> {
        if !self.waits(Lane::Provider).await? {
            return Ok(Vec::new());
        }
        let mut writing = self.inner.store.write().await?;
        let jobs = writing
            .take_jobs(Lane::Provider, &self.inner.worker, self.lease(LEASE), most)
            .await?;
        writing.commit().await?;
        Ok(jobs)
    }

    /// Whether a lane has anything to do. Reading is free; taking would hold up
    /// who writes.
    pub(crate) async fn waits(&self, lane: Lane) -> Result<bool, StoreError> {
        let (business, system) = (self.now(), self.clock().system());
        let mut reading = self.inner.store.read().await?;
        reading.has_job(lane, business, system).await
    }

    pub(crate) fn lease(&self, lasts: SignedDuration) -> Lease {
        Lease {
            business: self.now(),
            system: self.clock().system(),
            lasts,
        }
    }

    /// Carries jobs out and writes down what came of them.
    async fn deliver(&self, jobs: Vec<Job>, ear: &Ear) -> Result<(), BillingError> {
        if jobs.is_empty() {
            return Ok(());
        }
        let (asked, unasked) = self.asked(jobs).await?;
        for (job, error) in &unasked {
            let setback = if error.is_passing() {
                Setback::Delayed
            } else {
                Setback::Failed
            };
            self.set_back(job, setback, error.to_string(), ear).await?;
        }
        let delivered = self.carry_out(asked).await;
        self.write_answers(delivered, ear).await?;
        self.inner.answered.send_replace(());
        self.wake();
        Ok(())
    }

    async fn carry_out(&self, asked: Vec<Asked>) -> Vec<Delivered> {
        let mut delivered = Vec::with_capacity(asked.len());
        let (mut jobs, mut requests) = (Vec::new(), Vec::new());
        for Asked {
            job,
            request,
            delivery,
        } in asked
        {
            match request {
                Ok(request) => {
                    jobs.push((job, matches!(request, Request::Void(_))));
                    requests.push((request, delivery));
                }
                Err(answer) => delivered.push(Delivered {
                    job,
                    result: Ok(answer),
                    calls_off: false,
                }),
            }
        }
        let provider = &self.inner.provider;
        let results = provider.carry_out_all(requests, self.now()).await;
        let carried = jobs.into_iter().zip(results);
        delivered.extend(carried.map(|((job, calls_off), result)| Delivered {
            job,
            result,
            calls_off,
        }));
        delivered
    }

    /// Delivers what one subscription or gift has for the provider, before
    /// others' turn, and waits until its payment has an outcome. It goes on
    /// though nobody waits any more.
    pub(crate) async fn settle(&self, owner: Owner) -> Result<(), BillingError> {
        let billing = self.clone();
        let delivering = tokio::spawn(async move { billing.deliver_of(owner).await });
        let waiting = async {
            match delivering.await {
                Ok(Err(error)) => tracing::error!(%error, %owner, "nothing came of its delivery"),
                Ok(Ok(())) => {}
                Err(error) => tracing::error!(%error, %owner, "its delivery broke off"),
            }
            self.until_settled(owner).await
        };
        // Who waits too long is told that nobody knows yet.
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .unwrap_or(Ok(()))
    }

    async fn deliver_of(&self, owner: Owner) -> Result<(), BillingError> {
        for _ in 0..IN_A_ROW {
            let mut writing = self.inner.store.write().await?;
            let lease = self.lease(LEASE);
            let job = writing
                .take_job_of(owner, &self.inner.worker, lease)
                .await?;
            writing.commit().await?;
            let Some(job) = job else { break };
            self.deliver(vec![job], &Ear::default()).await?;
        }
        Ok(())
    }

    /// Waits for an outcome that somebody else brings: the daily run had the job
    /// already.
    async fn until_settled(&self, owner: Owner) -> Result<(), BillingError> {
        let mut answered = self.inner.answered.subscribe();
        loop {
            let mut reading = self.inner.store.read().await?;
            let is_asked = reading.is_asked(owner, self.clock().system()).await?;
            let state = PaymentState::read(&mut reading, owner).await?;
            drop(reading);
            // Only what was asked and isn't answered is worth waiting for: an
            // unknown outcome is asked about by and by, and what couldn't be asked
            // is asked again after more than anybody's patience.
            if !is_asked || !state.is_some_and(PaymentState::is_open) {
                return Ok(());
            }
            if answered.changed().await.is_err() {
                return Ok(());
            }
        }
    }
}
