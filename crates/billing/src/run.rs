//! The loop of the one process that does jobs: what is due, what providers tell,
//! the lanes of jobs, each by itself, so that none waits for another.

use std::time::Duration;

use jiff::SignedDuration;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::billing::Billing;
use crate::error::{BillingError, Fault};
use crate::happened::Ear;

/// How long a part sleeps that has nothing to do, unless something is committed
/// here: another process may have left it a job, and what is due is at most so
/// late. Looking costs a lookup in an index.
const NAP: Duration = Duration::from_secs(1);

/// How long it waits after trouble with the store.
const TROUBLE: Duration = Duration::from_secs(5);

/// How long those that are at work may take to come to an end when it stops;
/// what they are at is done again afterwards.
const FAREWELL: Duration = Duration::from_secs(10);

/// How often old things are forgotten.
const TIDY_EVERY: Duration = Duration::from_hours(1);

/// How long jobs that are done are kept, to be looked at: two months.
const KEEP_JOBS: SignedDuration = SignedDuration::from_hours(24 * 60);

/// How long events are remembered. Stripe repeats one for three days.
const KEEP_EVENTS: SignedDuration = SignedDuration::from_hours(24 * 30);

/// How long sessions are kept that have ended by themselves, so that the gate has
/// heard of what became of each before: a day.
const KEEP_SESSIONS: SignedDuration = SignedDuration::from_hours(24);

/// The most transactions of one tidying.
const MAX_TIDYING: usize = 100;

/// A part of the run.
#[derive(Clone, Copy, Debug)]
enum Part {
    Due,
    Events,
    Provider,
    Mail,
    Work,
}

impl Billing {
    /// Does what falls due, and jobs, until `stop`. One process at a time does
    /// that: it begins by taking back what its predecessor had. An error means
    /// that it couldn't begin, as the store can't be used, or that a part of it
    /// broke off: then all of it ends, to be begun again.
    pub async fn run(&self, stop: impl Future<Output = ()> + Send) -> Result<(), BillingError> {
        let mut stop = std::pin::pin!(stop);
        while let Err(error) = self.take_over().await {
            if error.fault() != Fault::Passing {
                return Err(error);
            }
            self.complain("taking over", &error.to_string());
            tokio::select! {
                () = tokio::time::sleep(TROUBLE) => {}
                () = &mut stop => return Ok(()),
            }
        }
        let (stopping, stopped) = watch::channel(false);
        let mut parts = JoinSet::new();
        for part in [
            Part::Due,
            Part::Events,
            Part::Provider,
            Part::Mail,
            Part::Work,
        ] {
            let (billing, stopped) = (self.clone(), stopped.clone());
            parts.spawn(async move { billing.keep_on(part, stopped).await });
        }
        let billing = self.clone();
        parts.spawn(async move { billing.keep_tidy(stopped).await });
        let whole = tokio::select! {
            () = stop => true,
            // None ends by itself.
            _ = parts.join_next() => false,
        };
        stopping.send_replace(true);
        let farewell = async { while parts.join_next().await.is_some() {} };
        if tokio::time::timeout(FAREWELL, farewell).await.is_err() {
            tracing::warn!("what was under way is left; it is found out about at the next start");
            parts.abort_all();
        }
        if whole {
            return Ok(());
        }
        Err(BillingError::BrokeOff)
    }

    /// Takes back what a process had that is dead.
    pub(crate) async fn take_over(&self) -> Result<(), BillingError> {
        let mut writing = self.inner.store.write().await?;
        let count = writing.release_jobs().await?;
        writing.commit().await?;
        if count > 0 {
            tracing::info!(count, "jobs of an earlier run are taken up again");
        }
        Ok(())
    }

    async fn keep_on(&self, part: Part, mut stopped: watch::Receiver<bool>) {
        let mut news = self.inner.news.subscribe();
        while !*stopped.borrow() {
            news.borrow_and_update();
            let done = {
                let _pace = self.inner.pace.read().await;
                self.step(part).await
            };
            let wait = match done {
                Ok(0) => NAP,
                Ok(_) => continue,
                Err(error) => {
                    self.complain(&format!("{part:?}"), &error.to_string());
                    TROUBLE
                }
            };
            tokio::select! {
                _ = news.changed() => {}
                () = tokio::time::sleep(wait) => {}
                _ = stopped.changed() => {}
            }
        }
    }

    async fn step(&self, part: Part) -> Result<usize, BillingError> {
        let ear = Ear::default();
        match part {
            Part::Due => self.tick_all(&ear).await,
            Part::Events => self.hear(&ear).await,
            Part::Provider => self.deliver_some(&ear).await,
            Part::Mail => self.mail_some(&ear).await,
            Part::Work => self.work_some(&ear).await,
        }
    }

    async fn keep_tidy(&self, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            if let Err(error) = self.tidy().await {
                self.complain("tidying", &error.to_string());
            }
            tokio::select! {
                () = tokio::time::sleep(TIDY_EVERY) => {}
                _ = stopped.changed() => {}
            }
        }
    }

    /// Forgets what nobody needs any more, a little at a time.
    pub(crate) async fn tidy(&self) -> Result<(), BillingError> {
        let (now, system) = (self.now(), self.clock().system());
        let jobs = now.saturating_sub(KEEP_JOBS).unwrap_or(now);
        let events = system.saturating_sub(KEEP_EVENTS).unwrap_or(system);
        let sessions = system.saturating_sub(KEEP_SESSIONS).unwrap_or(system);
        for _ in 0..MAX_TIDYING {
            let mut writing = self.inner.store.write().await?;
            let forgotten = writing.forget_jobs(jobs).await?
                + writing.forget_events(self.provider_name(), events).await?
                + writing.forget_tokens(system).await?
                + writing.forget_sessions(sessions).await?;
            writing.commit().await?;
            if forgotten == 0 {
                break;
            }
        }
        Ok(())
    }
}
