//! Moving the business clock: from one thing that falls due to the next, each
//! done before the clock goes on.

use jiff::{SignedDuration, Timestamp};
use providers::payment::Provider;
use store::jobs::Lane;
use tokio::sync::mpsc;

use crate::billing::Billing;
use crate::error::{BillingError, NotMoved};
use crate::happened::{Ear, Happened};

/// The furthest that the clock goes at once: ten years and a little.
const FURTHEST_DAYS: i64 = 3_700;

/// The most moments on the way: more than a hundred thousand subscriptions have
/// in a year. Then it stays there, and is moved again.
const MAX_MOMENTS: usize = 2_000_000;

/// The most rounds at one moment. What is done may ask for something else,
/// which asks for something else; a handful, unless something goes round in
/// circles.
const MAX_ROUNDS: usize = 10_000;

impl Billing {
    /// Moves the business clock to a later time, stepping through everything
    /// that falls due on the way, in order: subscriptions, gifts, jobs, events.
    /// Each is told as it happens; whoever listens is waited for. Returns what
    /// the clock says then.
    ///
    /// Nothing else is done by the daily run meanwhile. What failed and is held
    /// back by the system's clock stays behind, and is told as failed.
    pub async fn advance(
        &self,
        to: Timestamp,
        told: mpsc::Sender<Happened>,
    ) -> Result<Timestamp, BillingError> {
        self.may_move(to)?;
        let ear = Ear::of(told);
        let _alone = self.inner.pace.write().await;
        for _ in 0..MAX_MOMENTS {
            self.everything_due(&ear).await?;
            match self.next_moment().await? {
                Some(next) if next <= to => self.set_clock(next).await?,
                _ => {
                    self.set_clock(to).await?;
                    self.everything_due(&ear).await?;
                    break;
                }
            }
        }
        Ok(self.now())
    }

    fn may_move(&self, to: Timestamp) -> Result<(), NotMoved> {
        if !self.clock().moves() {
            return Err(NotMoved::NoTest);
        }
        if self.inner.provider.is_live() {
            return Err(NotMoved::Live);
        }
        let now = self.now();
        if to < now {
            return Err(NotMoved::Backwards { now });
        }
        if to.duration_since(now) > SignedDuration::from_hours(24 * FURTHEST_DAYS) {
            return Err(NotMoved::TooFar {
                most: FURTHEST_DAYS,
            });
        }
        Ok(())
    }

    async fn set_clock(&self, to: Timestamp) -> Result<(), BillingError> {
        let ahead = self.clock().ahead_for(to);
        let mut writing = self.inner.store.write().await?;
        writing.set_clock_ahead(ahead).await?;
        writing.commit().await?;
        self.clock().set_ahead(ahead);
        Ok(())
    }

    /// Does all that is due now, and what that asks for, until nothing is left.
    pub(crate) async fn everything_due(&self, ear: &Ear) -> Result<(), BillingError> {
        for _ in 0..MAX_ROUNDS {
            let ticked = self.tick_all(ear).await?;
            let delivered = self.deliver_some(ear).await?;
            let heard = self.hear(ear).await?;
            let worked = self.work_some(ear).await?;
            // Mail comes last, so that it tells of what is so by then.
            let mailed = match delivered + heard + worked {
                0 => self.mail_some(ear).await?,
                _ => 0,
            };
            if ticked + delivered + heard + worked + mailed == 0 {
                return Ok(());
            }
        }
        tracing::error!("what is due asks for more without an end; the clock goes on all the same");
        Ok(())
    }

    /// When something falls due next, after now.
    async fn next_moment(&self) -> Result<Option<Timestamp>, BillingError> {
        let now = self.now();
        let mut reading = self.inner.store.read().await?;
        let mut all = vec![
            reading.next_subscription_due_after(now).await?,
            reading.next_gift_due_after(now).await?,
        ];
        for lane in [Lane::Provider, Lane::Mail, Lane::Work] {
            all.push(reading.next_job_after(lane, now).await?);
        }
        if let Provider::Sandbox(sandbox) = &*self.inner.provider {
            all.push(sandbox.next_event_after(now));
        }
        Ok(all.into_iter().flatten().filter(|at| *at > now).min())
    }
}
