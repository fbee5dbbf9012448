//! What came of jobs, written down: reports to the books and the end of the job
//! in one transaction.

use commerce::gift::GiftCommand;
use commerce::ids::SubscriptionId;
use commerce::subscription::Command;
use providers::payment::{Answer, Error, Next, Notice};
use store::jobs::Job;
use store::outbox::Task;
use store::{ExternalId, Owner, StoreError, Writing};

use super::Delivered;
use super::refunds::overtaken;
use super::request::CHARGE;
use crate::billing::Billing;
use crate::error::BillingError;
use crate::happened::{Ear, Happening};

/// What is told of one job once it is committed.
struct Came {
    owner: Option<Owner>,
    what: Vec<Happening>,
}

impl Billing {
    /// Writes answers down together; where that fails, each by itself, so that
    /// one that can't be written holds up no other.
    pub(super) async fn write_answers(
        &self,
        delivered: Vec<Delivered>,
        ear: &Ear,
    ) -> Result<(), BillingError> {
        let (answered, failed): (Vec<_>, Vec<_>) =
            delivered.into_iter().partition(|one| one.result.is_ok());
        if !failed.is_empty() {
            self.put_off(&failed, ear).await?;
        }
        let answered: Vec<(Job, Answer)> = answered
            .into_iter()
            .filter_map(|one| Some((one.job, one.result.ok()?)))
            .collect();
        let together = self.write_together(&answered, ear).await;
        let Err(error) = together else {
            return Ok(());
        };
        if answered.len() == 1 {
            return Err(error);
        }
        tracing::warn!(%error, "answers couldn't be written together; each is by itself");
        for one in &answered {
            if let Err(error) = self.write_together(std::slice::from_ref(one), ear).await {
                tracing::error!(%error, job = one.0.id, "an answer couldn't be written");
            }
        }
        Ok(())
    }

    async fn write_together(
        &self,
        answered: &[(Job, Answer)],
        ear: &Ear,
    ) -> Result<(), BillingError> {
        if answered.is_empty() {
            return Ok(());
        }
        let (sales, now) = (self.sales(), self.now());
        let books = sales.books(now, None);
        let mut writing = self.inner.store.write().await?;
        let overtaken = overtaken(&mut writing, answered).await?;
        let is_news = |job: &Job| !overtaken.contains(job.id.as_str());
        let asked: Vec<_> = answered
            .iter()
            .map(|(job, answer)| report(job, answer).filter(|_| is_news(job)))
            .collect();
        let is_asked: Vec<bool> = asked.iter().map(Option::is_some).collect();
        let reports: Vec<_> = asked.into_iter().flatten().collect();
        let mut results = writing.commands(&reports, &books).await?.into_iter();
        let (mut all, mut done) = (Vec::with_capacity(answered.len()), Vec::new());
        for ((job, answer), is_asked) in answered.iter().zip(is_asked) {
            let result = match (job.owner, is_asked) {
                (Some(Owner::Subscription(_)), true) => {
                    let done = results.next().transpose();
                    done.map(|done| done.map(|done| names(&done.facts)).unwrap_or_default())
                        .map_err(BillingError::from)
                }
                (Some(Owner::Gift(id)), _) => match gift_report(answer).filter(|_| is_news(job)) {
                    Some(command) => {
                        let done = writing.gift_command(id, &command, &books).await;
                        done.map(|done| {
                            let facts = done.facts.iter();
                            facts.map(|fact| Happening::Fact(fact.name())).collect()
                        })
                        .map_err(BillingError::from)
                    }
                    None => Ok(Vec::new()),
                },
                _ => Ok(Vec::new()),
            };
            if result.is_ok() {
                self.keep_introduced(&mut writing, job, answer).await?;
                self.ask_again(&mut writing, job, answer).await?;
                self.call_off_again(&mut writing, job, answer).await?;
                done.push(job);
            }
            all.push(self.end(&mut writing, job, answer, result).await?);
        }
        // Who has lost the lease reports all the same: it is true.
        let worker = &self.inner.worker;
        let _ = writing.finish_jobs(&done, worker, self.now()).await?;
        writing.commit().await?;
        for came in all {
            for what in came.what {
                ear.tell(now, came.owner, what).await;
            }
        }
        Ok(())
    }

    /// Takes note of what came of one job, and ends it where somebody has to look
    /// at it. Those that are done are finished together.
    async fn end(
        &self,
        writing: &mut Writing,
        job: &Job,
        answer: &Answer,
        result: Result<Vec<Happening>, BillingError>,
    ) -> Result<Came, BillingError> {
        let worker = &self.inner.worker;
        let system = self.clock().system();
        if let Some(remark) = &answer.remark {
            tracing::info!(job = job.id, remark, "the payment provider says");
        }
        let mut what = vec![Happening::Asked(name(job))];
        match result {
            Ok(facts) => {
                self.keep_reference(writing, answer).await?;
                what.extend(facts);
            }
            Err(BillingError::Store(error)) if !matches!(error, StoreError::Unknown(_)) => {
                return Err(error.into());
            }
            Err(refused) => {
                let why = refused.to_string();
                tracing::error!(job = job.id, why, "an answer of the provider isn't taken");
                let _ = writing.abandon_job(job, worker, &why, system).await?;
                what.push(Happening::Failed(why));
            }
        }
        Ok(Came {
            owner: job.owner,
            what,
        })
    }

    pub(crate) async fn keep_reference(
        &self,
        writing: &mut Writing,
        answer: &Answer,
    ) -> Result<(), StoreError> {
        let (Some(Notice::Charge { charge, .. }), Some(reference)) =
            (&answer.notice, &answer.reference)
        else {
            return Ok(());
        };
        let name = ExternalId {
            source: self.provider_name().to_owned(),
            kind: CHARGE.to_owned(),
            external: reference.as_str().to_owned(),
        };
        writing.add_external_id(&name, &charge.to_string()).await?;
        Ok(())
    }

    /// What got no answer is tried again later; what never will is given up. What
    /// somebody has to put right first waits until they have.
    async fn put_off(&self, failed: &[Delivered], ear: &Ear) -> Result<(), BillingError> {
        let worker = &self.inner.worker;
        let (now, system) = (self.now(), self.clock().system());
        let mut writing = self.inner.store.write().await?;
        for Delivered {
            job,
            result,
            calls_off,
        } in failed
        {
            let Err(error) = result else { continue };
            log(job, error);
            let why = error.to_string();
            let _ = match error.next() {
                // Until it is out of reach no longer, however long that takes: a
                // charge that isn't called off may still be paid.
                Next::Again if *calls_off => writing.delay_job(job, worker, &why, system).await?,
                Next::GiveUp => writing.abandon_job(job, worker, &why, system).await?,
                Next::Repair => writing.delay_job(job, worker, &why, system).await?,
                Next::Again | Next::Ask => writing.fail_job(job, worker, &why, system).await?,
            };
        }
        writing.commit().await?;
        for Delivered { job, result, .. } in failed {
            if let Err(error) = result {
                let what = Happening::Failed(error.to_string());
                ear.tell(now, job.owner, what).await;
            }
        }
        Ok(())
    }
}

fn log(job: &Job, error: &Error) {
    match error.next() {
        Next::Repair | Next::GiveUp => {
            tracing::error!(job = job.id, %error, "the payment provider can't be used");
        }
        Next::Again | Next::Ask => {
            tracing::warn!(job = job.id, %error, "the payment provider gave no answer");
        }
    }
}

fn name(job: &Job) -> &'static str {
    match &job.task {
        Task::Provider(fact) => fact.name(),
        Task::AskRefund { .. } => "refund_asked",
        Task::AskVoid { .. } => "void_asked",
        Task::Introduce { .. } => "introduced",
        Task::ForgetCustomer { .. } => "customer_forgotten",
        _ => "nothing",
    }
}

fn names(facts: &[commerce::subscription::Fact]) -> Vec<Happening> {
    facts
        .iter()
        .map(|fact| Happening::Fact(fact.name()))
        .collect()
}

/// What an answer is to a subscription.
fn report(job: &Job, answer: &Answer) -> Option<(SubscriptionId, Command)> {
    let Some(Owner::Subscription(id)) = job.owner else {
        return None;
    };
    command(answer.notice.as_ref()?).map(|command| (id, command))
}

/// What a notice is to the subscription that it is about; `None` of those that
/// are about cards and customers.
pub(crate) fn command(notice: &Notice) -> Option<Command> {
    Some(match notice {
        Notice::Charge { charge, outcome } => Command::Report {
            charge: *charge,
            outcome: *outcome,
        },
        Notice::Refund { refund, done } => Command::RefundReport {
            refund: *refund,
            done: *done,
        },
        Notice::RefundElsewhere {
            refund,
            charge,
            amount,
            done,
        } => Command::RefundedElsewhere {
            refund: *refund,
            charge: *charge,
            amount: *amount,
            done: *done,
        },
        Notice::Chargeback {
            dispute,
            charge,
            amount,
        } => Command::Chargeback {
            dispute: *dispute,
            charge: *charge,
            amount: *amount,
        },
        Notice::ChargebackWon { dispute } => Command::ChargebackWon { dispute: *dispute },
        Notice::Introduced { .. }
        | Notice::SetupDone { .. }
        | Notice::MethodChanged(_)
        | Notice::MethodGone { .. } => return None,
    })
}

fn gift_report(answer: &Answer) -> Option<GiftCommand> {
    gift_command(answer.notice.as_ref()?)
}

/// The same of a gift.
pub(crate) fn gift_command(notice: &Notice) -> Option<GiftCommand> {
    Some(match notice {
        Notice::Charge { charge, outcome } => GiftCommand::Report {
            charge: *charge,
            outcome: *outcome,
        },
        Notice::Refund { refund, done } => GiftCommand::RefundReport {
            refund: *refund,
            done: *done,
        },
        Notice::RefundElsewhere {
            refund,
            charge,
            amount,
            done,
        } => GiftCommand::RefundedElsewhere {
            refund: *refund,
            charge: *charge,
            amount: *amount,
            done: *done,
        },
        Notice::Chargeback {
            dispute,
            charge,
            amount,
        } => GiftCommand::Chargeback {
            dispute: *dispute,
            charge: *charge,
            amount: *amount,
        },
        Notice::ChargebackWon { dispute } => GiftCommand::ChargebackWon { dispute: *dispute },
        Notice::Introduced { .. }
        | Notice::SetupDone { .. }
        | Notice::MethodChanged(_)
        | Notice::MethodGone { .. } => return None,
    })
}
