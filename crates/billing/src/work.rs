//! Our own jobs: what follows from something else and needs nobody outside.

use commerce::subscription::Command;
use jiff::SignedDuration;
use store::jobs::{Job, Lane};
use store::outbox::Task;
use store::{Owner, TokenHash};

use crate::billing::Billing;
use crate::error::{BillingError, Fault};
use crate::happened::{Ear, Happening};
use crate::traces::Erased;

/// How long a worker may have them: each is a transaction.
const LEASE: SignedDuration = SignedDuration::from_mins(2);

/// How many are taken at once.
const TAKEN: usize = 64;

impl Billing {
    /// Does some of what is due; says how many jobs it has taken.
    pub(crate) async fn work_some(&self, ear: &Ear) -> Result<usize, BillingError> {
        if !self.waits(Lane::Work).await? {
            return Ok(0);
        }
        let mut writing = self.inner.store.write().await?;
        let jobs = writing
            .take_jobs(Lane::Work, &self.inner.worker, self.lease(LEASE), TAKEN)
            .await?;
        writing.commit().await?;
        for job in &jobs {
            if let Err(error) = self.work(job, ear).await {
                let setback = Setback::of(&error);
                self.set_back(job, setback, error.to_string(), ear).await?;
            }
        }
        Ok(jobs.len())
    }

    async fn work(&self, job: &Job, ear: &Ear) -> Result<(), BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let books = sales.books(now, None);
        if let Task::Forget {
            accounts,
            mail,
            former,
        } = &job.task
        {
            let former: Result<Vec<TokenHash>, _> = former.iter().map(|one| one.parse()).collect();
            let whom = Erased {
                accounts: accounts.clone(),
                mail: mail.as_deref().map(str::parse).transpose()?,
                former: former?,
            };
            self.forget(&whom).await?;
        }
        let mut writing = self.inner.store.write().await?;
        let mut facts = None;
        match &job.task {
            Task::Revoke { subscription } => {
                let done = writing
                    .command(*subscription, &Command::Revoke, &books)
                    .await?;
                facts = Some((Owner::Subscription(*subscription), done.facts));
            }
            Task::Invoice => {
                // Care sees to it: whatever is missing has to be put right first.
                writing.make_invoice(job, &books).await.map_err(unmade)?;
            }
            // It was done before anybody was kept from writing.
            Task::Forget { .. } => {}
            other => return Err(BillingError::NotOurs(format!("{:?}", other.lane()))),
        }
        let _ = writing.finish_job(job, &self.inner.worker, now).await?;
        writing.commit().await?;
        self.wake();
        if let Some((owner, facts)) = facts {
            ear.facts(now, owner, &facts).await;
        }
        Ok(())
    }

    async fn forget(&self, whom: &Erased) -> Result<(), BillingError> {
        // Where nobody keeps anything else, there is nothing to forget.
        let Some(traces) = self.inner.traces.get() else {
            return Ok(());
        };
        let forgotten = traces.forget(whom).await;
        forgotten.map_err(BillingError::NotForgotten)
    }

    /// Writes down that a job wasn't done, and says so aloud.
    pub(crate) async fn set_back(
        &self,
        job: &Job,
        setback: Setback,
        why: String,
        ear: &Ear,
    ) -> Result<(), BillingError> {
        tracing::error!(job = job.id, why, "a job {}", setback.in_words());
        let mut writing = self.inner.store.write().await?;
        let (worker, system) = (&self.inner.worker, self.clock().system());
        let _ = match setback {
            Setback::Failed => writing.fail_job(job, worker, &why, system).await?,
            Setback::Delayed => writing.delay_job(job, worker, &why, system).await?,
            Setback::Hopeless => writing.abandon_job(job, worker, &why, system).await?,
        };
        writing.commit().await?;
        ear.tell(self.now(), job.owner, Happening::Failed(why))
            .await;
        Ok(())
    }
}

/// What it means for a job that it wasn't done.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Setback {
    /// It is tried again later, and given up in the end.
    Failed,
    /// It can't be done for something that has nothing to do with it, and is
    /// tried again until that is over.
    Delayed,
    /// Time alone doesn't mend it: it is dead, for care to see to.
    Hopeless,
}

impl Setback {
    /// What an error of our own jobs means.
    fn of(error: &BillingError) -> Self {
        match error {
            BillingError::Invoice(_) => Self::Hopeless,
            passing if passing.fault() == Fault::Passing => Self::Delayed,
            _ => Self::Failed,
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Failed => "failed; it is tried again later",
            Self::Delayed => "waits until that is over",
            Self::Hopeless => "can't be done until somebody sees to it",
        }
    }
}

fn unmade(error: store::invoices::MakeError) -> BillingError {
    match error {
        store::invoices::MakeError::Store(error) => error.into(),
        store::invoices::MakeError::Invoice(error) => error.into(),
    }
}
