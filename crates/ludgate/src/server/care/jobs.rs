//! What is due and what is dead, and trying it again.

use anyhow::{Result, bail};
use billing::{Retry, Who};
use jiff::Timestamp;
use store::jobs::{DeadJob, DueJob};
use store::outbox::Task;

use super::Care;
use crate::care::{Job, JobList, Lane, plain};

impl Care {
    pub(super) async fn job_list(&self) -> Result<JobList> {
        let (now, system) = (self.billing.clock().now(), self.billing.clock().system());
        let mut reading = self.reading().await?;
        let lanes = reading.backlog(now).await?;
        let due = reading.due_jobs(now).await?;
        let dead = reading.dead_jobs().await?;
        Ok(JobList {
            zone: self.zone_name(),
            lanes: lanes
                .into_iter()
                .map(|lane| Lane {
                    name: lane.lane.name().to_owned(),
                    due: lane.waiting,
                    failing: lane.failing,
                    dead: lane.dead,
                })
                .collect(),
            due: due.into_iter().map(|job| waiting(job, system)).collect(),
            dead: dead.into_iter().map(buried).collect(),
        })
    }

    pub(super) async fn retry(&self, who: &Who, id: Option<String>) -> Result<String> {
        let which = id.clone().map_or(Retry::All, Retry::One);
        let count = self.billing.retry(who, &which).await?;
        Ok(match (count, id) {
            (0, Some(id)) => bail!(
                "no job \"{}\" is dead or waits after a failure; ludgate jobs lists them",
                plain(&id)
            ),
            (0, None) => "nothing is dead, and nothing waits after a failure".to_owned(),
            (_, Some(id)) => format!("{id} is tried again"),
            (1, None) => "1 job is tried again".to_owned(),
            (many, None) => format!("{many} jobs are tried again"),
        })
    }
}

fn waiting(due: DueJob, system: Timestamp) -> Job {
    Job {
        again: (due.held_until > system).then_some(due.held_until),
        error: due.error,
        ..listed(due.id, due.job.as_ref())
    }
}

fn buried(dead: DeadJob) -> Job {
    Job {
        error: Some(dead.error),
        ..listed(dead.id, dead.job.as_ref())
    }
}

fn listed(id: String, job: Option<&store::jobs::Job>) -> Job {
    Job {
        id,
        what: job.map(|job| name(&job.task)),
        due: job.map(|job| job.due),
        tries: job.map(|job| job.attempts),
        again: None,
        error: None,
    }
}

/// What is to be done. A mail may hold a secret: only what sort it is.
fn name(task: &Task) -> String {
    match task {
        Task::Provider(fact) => fact.name().to_owned(),
        Task::AskRefund { .. } => "refund_asked".to_owned(),
        Task::AskVoid { .. } => "void_asked".to_owned(),
        Task::Revoke { .. } => "revoke".to_owned(),
        Task::Tell => "mail".to_owned(),
        Task::Invoice => "invoice".to_owned(),
        Task::Mail { kind, .. } => format!("mail: {kind}"),
        Task::Forget { .. } => "forget".to_owned(),
        Task::Introduce { .. } => "introduce".to_owned(),
        Task::ForgetCustomer { .. } => "forget_customer".to_owned(),
        Task::Work { kind, .. } => kind.clone(),
    }
}
