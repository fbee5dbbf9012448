//! What falls due by time alone: renewals, retries, ends, reminders; gifts that
//! nobody redeems.

use commerce::gift::GiftCommand;
use commerce::ids::GiftId;
use store::Owner;
use store::subscriptions::{DueCursor, MAX_BATCH};

use crate::billing::Billing;
use crate::error::{BillingError, Fault};
use crate::happened::{Ear, Happening};

/// The most batches of one pass: half a million subscriptions. What is due
/// beyond them waits for the next.
const MAX_BATCHES: usize = 1_000;

impl Billing {
    /// Does all that is due now; says for how many something happened. What
    /// can't be done holds up nothing else, and stays due.
    pub(crate) async fn tick_all(&self, ear: &Ear) -> Result<usize, BillingError> {
        let now = self.now();
        let mut reading = self.inner.store.read().await?;
        let subscriptions = reading.next_subscription_due().await?;
        let gifts = reading.next_gift_due().await?;
        drop(reading);
        let mut count = 0;
        if subscriptions.is_some_and(|due| due <= now) {
            count += self.tick_subscriptions(ear).await?;
        }
        if gifts.is_some_and(|due| due <= now) {
            count += self.tick_gifts(ear).await?;
        }
        Ok(count)
    }

    async fn tick_subscriptions(&self, ear: &Ear) -> Result<usize, BillingError> {
        let (mut count, mut from) = (0, None::<DueCursor>);
        for _ in 0..MAX_BATCHES {
            let (ticked, next) = match self.tick_some(from.as_ref(), ear).await {
                Err(error) if error.fault() != Fault::Passing => {
                    tracing::warn!(%error, "what is due can't be done together; each is by itself");
                    self.tick_each(from.as_ref(), ear).await?
                }
                otherwise => otherwise?,
            };
            count += ticked;
            from = next;
            if from.is_none() {
                break;
            }
        }
        Ok(count)
    }

    async fn tick_some(
        &self,
        from: Option<&DueCursor>,
        ear: &Ear,
    ) -> Result<(usize, Option<DueCursor>), BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let mut writing = self.inner.store.write().await?;
        let books = sales.books(now, None);
        let ticked = writing.tick_due(&books, from, MAX_BATCH).await?;
        // Where nothing has come of it, nobody is to be woken: least of all we
        // ourselves, who would look at what can't be done again and again.
        let happened = ticked.done.iter().filter(|done| !done.facts.is_empty());
        let happened = happened.count();
        if happened > 0 {
            writing.commit().await?;
            self.wake();
        } else {
            drop(writing);
        }
        for done in &ticked.done {
            let owner = Owner::Subscription(done.subscription.id);
            ear.facts(now, owner, &done.facts).await;
        }
        for (id, why) in &ticked.failed {
            self.complain(id, why);
            let what = Happening::Failed(why.clone());
            ear.tell(now, id.parse().ok(), what).await;
        }
        Ok((happened, ticked.next))
    }

    /// Does what couldn't be done together one by one: what hinders the others
    /// is left behind.
    async fn tick_each(
        &self,
        from: Option<&DueCursor>,
        ear: &Ear,
    ) -> Result<(usize, Option<DueCursor>), BillingError> {
        let mut reading = self.inner.store.read().await?;
        let due = reading.subscriptions_due(self.now(), from, MAX_BATCH);
        let (ids, next) = due.await?;
        drop(reading);
        let mut count = 0;
        for id in ids {
            match self.tick_one(&id, ear).await {
                Ok(happened) => count += usize::from(happened),
                Err(error) if error.fault() == Fault::Passing => return Err(error),
                Err(error) => {
                    let why = error.to_string();
                    self.complain(&id, &why);
                    let what = Happening::Failed(why);
                    ear.tell(self.now(), id.parse().ok(), what).await;
                }
            }
        }
        Ok((count, next))
    }

    async fn tick_one(&self, id: &str, ear: &Ear) -> Result<bool, BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let owner: Owner = id.parse()?;
        let Owner::Subscription(id) = owner else {
            return Ok(false);
        };
        let mut writing = self.inner.store.write().await?;
        let books = sales.books(now, None);
        let done = writing.tick(id, &books).await?;
        if done.facts.is_empty() {
            return Ok(false);
        }
        writing.commit().await?;
        self.wake();
        ear.facts(now, owner, &done.facts).await;
        Ok(true)
    }

    async fn tick_gifts(&self, ear: &Ear) -> Result<usize, BillingError> {
        let (mut count, mut from) = (0, None);
        loop {
            let mut reading = self.inner.store.read().await?;
            let (due, next) = reading.gifts_due(self.now(), from.as_ref()).await?;
            drop(reading);
            for gift in due {
                match self.tick_gift(gift, ear).await {
                    Ok(happened) => count += usize::from(happened),
                    Err(error) => {
                        let why = error.to_string();
                        self.complain(&gift.to_string(), &why);
                        let owner = Some(Owner::Gift(gift));
                        ear.tell(self.now(), owner, Happening::Failed(why)).await;
                    }
                }
            }
            if next.is_none() {
                return Ok(count);
            }
            from = next;
        }
    }

    async fn tick_gift(&self, gift: GiftId, ear: &Ear) -> Result<bool, BillingError> {
        let (sales, now) = (self.sales(), self.now());
        let mut writing = self.inner.store.write().await?;
        let books = sales.books(now, None);
        let done = writing
            .gift_command(gift, &GiftCommand::Tick, &books)
            .await?;
        if done.facts.is_empty() {
            return Ok(false);
        }
        writing.commit().await?;
        self.wake();
        ear.gift_facts(now, Owner::Gift(gift), &done.facts).await;
        Ok(true)
    }
}
