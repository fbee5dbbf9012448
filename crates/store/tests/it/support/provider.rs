//! A provider that does as it is told, through the jobs of the store.

use jiff::SignedDuration;
use ludgate_store::Owner;
use ludgate_store::jobs::{Finished, Job, Lane, Lease, Worker};
use ludgate_store::outbox::Task;

use super::World;
use commerce::gift::GiftCommand;
use commerce::ids::ChargeId;
use commerce::payment::{DeclineReason, Outcome, PaymentFact};
use commerce::subscription::Command;

/// What the provider's card does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Card {
    Pays,
    Declines,
}

impl World {
    pub(crate) fn lease(&self) -> Lease {
        Lease {
            business: self.now,
            system: self.now,
            lasts: SignedDuration::from_mins(1),
        }
    }

    pub(crate) async fn takes(&self, lane: Lane, worker: &Worker) -> Vec<Job> {
        let mut writing = self.writing().await;
        let jobs = writing.take_jobs(lane, worker, self.lease(), 100).await;
        writing.commit().await.expect("committed");
        jobs.expect("jobs")
    }

    /// Does the provider's jobs until there are none; says what it was asked.
    pub(crate) async fn settles(&mut self, card: Card) -> Vec<&'static str> {
        let worker = Worker::new("provider");
        let mut asked = Vec::new();
        loop {
            let jobs = self.takes(Lane::Provider, &worker).await;
            if jobs.is_empty() {
                return asked;
            }
            for job in jobs {
                asked.push(self.settle(&job, &worker, card).await);
            }
        }
    }

    async fn settle(&mut self, job: &Job, worker: &Worker, card: Card) -> &'static str {
        let Task::Provider(fact) = &job.task else {
            panic!("{job:?} isn't the provider's");
        };
        let mut writing = self.writing().await;
        let owner = job.owner.expect("somebody's");
        let books = self.books();
        match (owner, fact) {
            (Owner::Subscription(id), PaymentFact::RefundRequested { refund, .. }) => {
                let command = Command::RefundReport {
                    refund: *refund,
                    done: true,
                };
                writing
                    .command(id, &command, &books)
                    .await
                    .expect("accepted");
            }
            (Owner::Subscription(id), _) => {
                let (charge, outcome) = answer(fact, card);
                let command = Command::Report { charge, outcome };
                writing
                    .command(id, &command, &books)
                    .await
                    .expect("accepted");
            }
            (Owner::Gift(id), _) => {
                let (charge, outcome) = answer(fact, card);
                let command = GiftCommand::Report { charge, outcome };
                writing
                    .gift_command(id, &command, &books)
                    .await
                    .expect("accepted");
            }
        }
        let finished = writing.finish_job(job, worker, self.now).await;
        assert_eq!(finished.expect("written"), Finished::Yes);
        writing.commit().await.expect("committed");
        fact.name()
    }
}

/// What the provider says to a charge.
pub(crate) fn answer(fact: &PaymentFact, card: Card) -> (ChargeId, Outcome) {
    let PaymentFact::ChargeRequested { charge, amount, .. } = fact else {
        panic!("{} isn't answered here", fact.name());
    };
    let outcome = match card {
        Card::Pays => Outcome::Paid { amount: *amount },
        Card::Declines => Outcome::Declined {
            reason: DeclineReason::InsufficientFunds,
            is_final: false,
        },
    };
    (*charge, outcome)
}
