//! The mail lane: what facts and forms want mailed is looked up, handed to the
//! [`Post`](crate::Post), and tried again where it wasn't sent. Nothing else
//! waits for it.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use commerce::gift::{GiftFact, GiftStage};
use commerce::ids::AccountId;
use commerce::subscription::Fact;
use jiff::{SignedDuration, Timestamp};
use store::jobs::{Job, Lane};
use store::outbox::Task;
use store::{Owner, Reading};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::billing::Billing;
use crate::codes::card_of;
use crate::error::BillingError;
use crate::happened::{Ear, Happening};
use crate::late::is_late;
use crate::notice::{Notice, as_told, notice, unsent};
use crate::offers::not_for_lapsed;
use crate::post::{Addressee, Again, Contents, News, NotSent, Parcel, Told};

/// How many mails are taken at once, and how many are under way beside each
/// other: mail servers take a handful of connections from one place.
const TAKEN: usize = 32;
const BESIDE: usize = 4;

/// How long one mail may take, whatever its server does.
const LONGEST: Duration = Duration::from_mins(2);

/// How long a worker may have what it has taken: eight rounds of the above.
const LEASE: SignedDuration = SignedDuration::from_mins(20);

/// A mail that was sent; nothing where nobody is to be told.
type Sent = Result<Option<Mailed>, NotSent>;

/// A mail that was sent.
struct Mailed {
    about: String,
    notice: Option<Notice>,
}

/// A mail, or the reason why there is none to be sent.
pub(crate) enum Packed {
    Parcel(Parcel, String),
    /// There is nobody to be told.
    Nobody,
}

impl Billing {
    /// Sends some of what is due; says how many it has taken.
    pub(crate) async fn mail_some(&self, ear: &Ear) -> Result<usize, BillingError> {
        if !self.waits(Lane::Mail).await? {
            return Ok(0);
        }
        let mut writing = self.inner.store.write().await?;
        let jobs = writing
            .take_jobs(Lane::Mail, &self.inner.worker, self.lease(LEASE), TAKEN)
            .await?;
        writing.commit().await?;
        let count = jobs.len();
        let places = Arc::new(Semaphore::new(BESIDE));
        let mut all = JoinSet::new();
        for job in jobs {
            let (billing, places) = (self.clone(), Arc::clone(&places));
            all.spawn(async move {
                let _place = places.acquire().await;
                let sent = billing.mail(&job).await;
                (job, sent.map_err(NotSent::nameless))
            });
        }
        let mut done = Vec::with_capacity(count);
        while let Some(one) = all.join_next().await {
            done.extend(one);
        }
        // Told in the order in which they were due, whoever was quicker.
        done.sort_by(|(one, _), (other, _)| (one.due, &one.id).cmp(&(other.due, &other.id)));
        self.mailed(&done, ear).await?;
        Ok(count)
    }

    async fn mail(&self, job: &Job) -> Sent {
        let trouble = |error: BillingError| NotSent {
            again: Again::Later,
            why: error.to_string(),
        };
        let (parcel, about) = match self.pack(job).await.map_err(trouble)? {
            Packed::Parcel(parcel, about) => (parcel, about),
            Packed::Nobody => return Ok(None),
        };
        let sent = self.hand_over(&parcel).await;
        let sent = sent.map_err(|not_sent| unsent(&parcel, not_sent))?;
        let notice = notice(&parcel);
        Ok(sent.then_some(Mailed { about, notice }))
    }

    /// Hands a mail over; `false` where it is nobody's news.
    pub(crate) async fn hand_over(&self, parcel: &Parcel) -> Result<bool, NotSent> {
        match tokio::time::timeout(LONGEST, self.inner.post.send(parcel)).await {
            Ok(sent) => sent,
            Err(_) => Err(NotSent {
                again: Again::Later,
                why: "it took too long".to_owned(),
            }),
        }
    }

    /// Ends the jobs of some mails, together: a commit waits for the disk.
    async fn mailed(&self, done: &[(Job, Sent)], ear: &Ear) -> Result<(), BillingError> {
        let mailed = done
            .iter()
            .filter_map(|(_, sent)| sent.as_ref().ok()?.as_ref());
        let notices: Vec<Notice> = mailed.filter_map(|mail| mail.notice.clone()).collect();
        // First: what wasn't written down when the process ends is sent again.
        self.noticed(&notices).await;
        let worker = &self.inner.worker;
        let (now, system) = (self.now(), self.clock().system());
        let mut writing = self.inner.store.write().await?;
        let sent = done.iter().filter(|(_, sent)| sent.is_ok());
        let sent: Vec<&Job> = sent.map(|(job, _)| job).collect();
        let _ = writing.finish_jobs(&sent, worker, now).await?;
        for (job, sent) in done {
            let Err(NotSent { again, why }) = sent else {
                continue;
            };
            tracing::warn!(job = job.id, why, "a mail wasn't sent");
            let _ = match again {
                Again::Later => writing.fail_job(job, worker, why, system).await?,
                Again::Repaired => writing.delay_job(job, worker, why, system).await?,
                Again::Never => writing.abandon_job(job, worker, why, system).await?,
            };
        }
        writing.commit().await?;
        for (job, sent) in done {
            let what = match sent {
                Ok(Some(mail)) => Happening::Mail(mail.about.clone()),
                Ok(None) => continue,
                Err(NotSent { why, .. }) => Happening::Failed(why.clone()),
            };
            ear.tell(now, job.owner, what).await;
        }
        Ok(())
    }

    async fn pack(&self, job: &Job) -> Result<Packed, BillingError> {
        let id = job.id.clone();
        if let Task::Mail { kind, body } = &job.task {
            // Its turn may come a quarter of an hour after it was taken, and the
            // address is in it.
            let mut reading = self.inner.store.read().await?;
            if !reading.holds_job(job, &self.inner.worker).await? {
                return Ok(Packed::Nobody);
            }
            let what = Contents::Asked {
                kind: kind.clone(),
                body: body.clone(),
            };
            let asked = job.due;
            return Ok(Packed::Parcel(Parcel { id, asked, what }, kind.clone()));
        }
        let Some(owner) = job.owner else {
            return Ok(Packed::Nobody);
        };
        self.packed(id, (owner, job.seq, job.due), job.due).await
    }

    /// The mail of a fact of that moment.
    pub(crate) async fn packed(
        &self,
        id: String,
        (owner, seq, at): (Owner, u64, Timestamp),
        asked: Timestamp,
    ) -> Result<Packed, BillingError> {
        let mut reading = self.inner.store.read().await?;
        let (account, news, about) = match owner {
            Owner::Subscription(id) => {
                let fact = reading.fact(id, seq).await?;
                let Some(found) = reading.subscription(id).await? else {
                    return Ok(Packed::Nobody);
                };
                let fact = as_told(fact, &found, self.now())?;
                let about = Fact::name(&fact).to_owned();
                let account = found.account;
                let subscription = Box::new(found);
                (account, News::Subscription { fact, subscription }, about)
            }
            Owner::Gift(id) => {
                let fact = reading.gift_fact(id, seq).await?;
                let Some(gift) = reading.gift(id).await? else {
                    return Ok(Packed::Nobody);
                };
                let card = card_of(&mut reading, id).await?;
                let goes_out = matches!(fact, GiftFact::Ready { .. } | GiftFact::SentAgain { .. });
                let code = if goes_out && matches!(gift.stage, GiftStage::Ready { .. }) {
                    Some(self.known_code(&mut reading, &gift).await?)
                } else {
                    None
                };
                let about = fact.name().to_owned();
                let news = News::Gift {
                    fact,
                    card,
                    code,
                    gift: Box::new(gift.clone()),
                };
                (gift.bought.buyer, news, about)
            }
        };
        let Some(to) = addressee(&mut reading, account).await? else {
            return Ok(Packed::Nobody);
        };
        let document = reading.document(owner, seq).await?;
        let is_late = match news.awaited_payment() {
            Some(fact) => is_late(&mut reading, owner, fact, at).await?,
            None => false,
        };
        let not_offered = if news.is_of_an_end() {
            not_for_lapsed(&mut reading, &self.sales(), account, self.now()).await?
        } else {
            BTreeSet::new()
        };
        let what = Contents::Told(Box::new(Told {
            to,
            news,
            document,
            is_late,
            not_offered,
        }));
        Ok(Packed::Parcel(Parcel { id, asked, what }, about))
    }
}

/// Where mail to an account goes; `None` where it was erased or merged.
async fn addressee(
    reading: &mut Reading,
    account: AccountId,
) -> Result<Option<Addressee>, BillingError> {
    let found = reading.account(account).await?;
    Ok(found.and_then(|found| {
        Some(Addressee {
            account,
            mail: found.mail?,
            name: found.name,
            locale: found.locale,
        })
    }))
}
