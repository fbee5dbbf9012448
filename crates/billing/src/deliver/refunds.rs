//! Refunds that take their time. The provider has taken one on and says what
//! became of it days later, as an event that may never come: so it is asked, once
//! a day. A refund is known by its id, so asking gives nothing back twice.

use std::collections::HashSet;

use commerce::ids::RefundId;
use commerce::payment::{PaymentFact, RefundState};
use jiff::{SignedDuration, Timestamp};
use providers::payment::{Answer, Notice, Refund, Request};
use store::jobs::{Job, NewJob};
use store::outbox::Task;
use store::{Owner, Reading, StoreError, Writing};

use crate::billing::Billing;

/// How long after it was asked for, or asked about.
const EVERY: SignedDuration = SignedDuration::from_hours(24);

/// How often a provider is asked about one refund: for two months, twice as long
/// as banks are known to take.
const MOST: u32 = 60;

impl Billing {
    /// Has the provider asked again in a day, where it hasn't said what became of
    /// the refund that a job was about.
    pub(super) async fn ask_again(
        &self,
        writing: &mut Writing,
        job: &Job,
        answer: &Answer,
    ) -> Result<(), StoreError> {
        let Some((refund, asked)) = about(&job.task).filter(|_| answer.notice.is_none()) else {
            return Ok(());
        };
        if asked >= MOST {
            tracing::error!(
                %refund,
                "the payment provider never said whether this was given back; look for it in the \
                 provider's dashboard. In our books it is still owed"
            );
            return Ok(());
        }
        let asking = self.asking(refund, asked);
        writing.add_job(&asking, self.now()).await.map(drop)
    }

    fn asking(&self, refund: RefundId, asked: u32) -> NewJob {
        let due = self.now().saturating_add(EVERY);
        NewJob {
            id: format!("{refund}/asked/{}", asked + 1),
            account: None,
            task: Task::AskRefund {
                refund,
                asked: asked + 1,
            },
            due: due.unwrap_or(Timestamp::MAX),
        }
    }

    /// What is asked about a refund; or what is known of it, where it needn't be
    /// asked any more. Whose money it is may not be known any more either; then
    /// there is nothing to be said.
    pub(super) async fn about_refund(
        &self,
        reading: &mut Reading,
        owner: Owner,
        id: RefundId,
    ) -> Result<Result<Request, Answer>, StoreError> {
        let payments = reading.payments_of([owner]).await?;
        let known = payments.get(&owner).and_then(|known| known.refund(id));
        let Some(known) = known else {
            return Ok(Err(said(None)));
        };
        if known.state != RefundState::Requested {
            let done = known.state == RefundState::Done;
            return Ok(Err(said(Some(Notice::Refund { refund: id, done }))));
        }
        let charge = self.charge(reading, owner, known.charge).await?;
        Ok(charge.ok_or_else(|| said(None)).map(|charge| {
            Request::Refund(Refund {
                id,
                charge: charge.id,
                amount: known.amount,
                customer: charge.customer,
                reference: charge.reference,
            })
        }))
    }
}

/// The jobs whose answer says that money was given back, while it was told by an
/// event that it couldn't be: that came later, and is the last that is said of it.
pub(super) async fn overtaken<'a>(
    reading: &mut Reading,
    answered: &'a [(Job, Answer)],
) -> Result<HashSet<&'a str>, StoreError> {
    let mut overtaken = HashSet::new();
    for (job, answer) in answered {
        if let (Some(owner), Some(notice)) = (job.owner, &answer.notice)
            && is_overtaken(reading, owner, notice).await?
        {
            tracing::warn!(
                job = job.id,
                "the answer that this was given back is older than the word that it couldn't be; \
                 it is still owed"
            );
            overtaken.insert(job.id.as_str());
        }
    }
    Ok(overtaken)
}

/// Whether somebody was told that a refund was made before it was known to have
/// failed.
pub(crate) async fn is_overtaken(
    reading: &mut Reading,
    owner: Owner,
    notice: &Notice,
) -> Result<bool, StoreError> {
    let Notice::Refund { refund, done: true } = notice else {
        return Ok(false);
    };
    let payments = reading.payments_of([owner]).await?;
    let known = payments.get(&owner).and_then(|known| known.refund(*refund));
    Ok(known.is_some_and(|known| known.state == RefundState::Failed))
}

/// The refund that a job is about, and how often it was asked about before.
fn about(task: &Task) -> Option<(RefundId, u32)> {
    match task {
        Task::Provider(
            PaymentFact::RefundRequested { refund, .. }
            | PaymentFact::RefundAgainRequested { refund, .. },
        ) => Some((*refund, 0)),
        Task::AskRefund { refund, asked } => Some((*refund, *asked)),
        _ => None,
    }
}

fn said(notice: Option<Notice>) -> Answer {
    Answer {
        notice,
        reference: None,
        remark: None,
    }
}
