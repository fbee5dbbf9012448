//! Adding, taking, finishing and forgetting jobs.

use std::borrow::Borrow;
use std::collections::HashSet;

use jiff::Timestamp;

use super::{
    Finished, Job, LONGEST_DELAY, Lane, Lease, MAX_ATTEMPTS, NewJob, Row, Worker, backoff, job,
};
use crate::connection::Writing;
use crate::contract::{Owner, write};
use crate::error::StoreError;
use crate::moment::{micros, micros_up};
use crate::rows::Kind::{Number, Text};
use crate::rows::{Update, Value};
use crate::statement::statements;

/// The most jobs that are taken at once: what a worker does in a lease.
pub const MAX_TAKEN: usize = 1_000;

/// The longest error that is kept, in characters.
const LONGEST_ERROR: usize = 500;

/// The most jobs that are forgotten in one transaction.
const MAX_FORGOTTEN: i64 = 10_000;

statements! {
    ADD = "INSERT INTO jobs
            (id, lane, owner, seq, account_id, body, state, due, held_until, attempts, created_at,
                mail)
        VALUES ($1, $2, '', 0, $3, $4, 'waiting', $5, 0, 0, $6, $7)
        ON CONFLICT (id) DO NOTHING";
    GIVE_UP = "UPDATE jobs SET state = 'dead', worker = NULL, finished_at = $2,
            error = COALESCE(error, 'its worker never came back')
        WHERE id = $1";
    BURY = "UPDATE jobs SET state = 'dead', worker = NULL, finished_at = $2, error = $3
        WHERE id = $1";
    TAKE = "UPDATE jobs SET worker = $1, held_until = $2, attempts = attempts + 1
        WHERE id IN (
            SELECT j.id FROM jobs j
            WHERE j.state = 'waiting' AND j.lane = $3 AND j.due <= $4 AND j.held_until <= $5
            ORDER BY j.due, j.seq LIMIT $6)
        RETURNING id, owner, seq, body, due, attempts";
    TAKE_ASKED = "UPDATE jobs SET worker = $1, held_until = $2, attempts = attempts + 1
        WHERE id IN (
            SELECT j.id FROM jobs j
            WHERE j.state = 'waiting' AND j.owner = '' AND j.lane = $3 AND j.due <= $4
                AND j.held_until <= $5
            ORDER BY j.due LIMIT $6)
        RETURNING id, owner, seq, body, due, attempts";
    TAKE_IN_ORDER = "UPDATE jobs SET worker = $1, held_until = $2, attempts = attempts + 1
        WHERE id IN (
            SELECT j.id FROM jobs j
            WHERE j.state = 'waiting' AND j.lane = $3 AND j.due <= $4 AND j.held_until <= $5
                AND NOT EXISTS (
                    SELECT 1 FROM jobs e WHERE e.state = 'waiting' AND e.owner = j.owner
                        AND e.lane = j.lane AND e.seq < j.seq)
            ORDER BY j.due, j.seq LIMIT $6)
        RETURNING id, owner, seq, body, due, attempts";
    TAKE_OF = "UPDATE jobs SET worker = $1, held_until = $2, attempts = attempts + 1
        WHERE id IN (
            SELECT j.id FROM jobs j
            WHERE j.state = 'waiting' AND j.owner = $3 AND j.lane = 'provider'
                AND j.due <= $4 AND j.held_until <= $5
                AND NOT EXISTS (
                    SELECT 1 FROM jobs e WHERE e.state = 'waiting' AND e.owner = j.owner
                        AND e.lane = j.lane AND e.seq < j.seq)
            LIMIT 1)
        RETURNING id, owner, seq, body, due, attempts";
    FAIL = "UPDATE jobs SET state = $1, worker = NULL, held_until = $2, error = $3,
            finished_at = $4
        WHERE id = $5 AND state = 'waiting' AND worker = $6 AND attempts = $7";
    DELAY = "UPDATE jobs SET worker = NULL, held_until = $1, error = $2,
            attempts = CASE WHEN attempts < $3 THEN attempts ELSE CAST($3 AS BIGINT) END
        WHERE id = $4 AND state = 'waiting' AND worker = $5 AND attempts = $6";
    ABANDON = "UPDATE jobs SET state = 'dead', worker = NULL, error = $1, finished_at = $2
        WHERE id = $3 AND state = 'waiting' AND worker = $4 AND attempts = $5";
    RELEASE = "UPDATE jobs SET worker = NULL, held_until = 0
        WHERE state = 'waiting' AND worker IS NOT NULL";
    REVIVE = "UPDATE jobs SET state = 'waiting', attempts = 1, held_until = 0,
            finished_at = NULL, error = NULL
        WHERE id = $1 AND state = 'dead'";
    REVIVE_ALL = "UPDATE jobs SET state = 'waiting', attempts = 1, held_until = 0,
            finished_at = NULL, error = NULL
        WHERE state = 'dead'";
    HASTEN = "UPDATE jobs SET held_until = 0
        WHERE id = $1 AND state = 'waiting' AND worker IS NULL";
    HASTEN_ALL = "UPDATE jobs SET held_until = 0
        WHERE state = 'waiting' AND worker IS NULL AND held_until > 0";
    WITHDRAW = "DELETE FROM jobs
        WHERE id = $1 AND state IN ('waiting', 'dead') AND worker IS NULL";
    FORGET = "DELETE FROM jobs WHERE id IN (
        SELECT id FROM jobs WHERE finished_at < $1
            AND (state = 'done' OR (state = 'dead' AND lane = 'mail')) LIMIT $2)";
}

/// What is kept of a mail is less than was done; of anything else it is the same.
/// Why it failed before, which may name an address, isn't kept.
pub(crate) const FINISH: Update = Update {
    name: "FINISH",
    head: "UPDATE jobs SET state = 'done', worker = NULL, error = NULL, finished_at = n.column2,
        body = COALESCE(n.column3, jobs.body)",
    tail: "jobs.id = n.column1 AND jobs.state = 'waiting' AND jobs.worker = n.column4
        AND jobs.attempts = n.column5",
    columns: &[Text, Number, Text, Text, Number],
};

impl Writing {
    /// Adds a job; `false` where its id is there already, done or not: that one
    /// stays as it is.
    pub async fn add_job(&mut self, job: &NewJob, now: Timestamp) -> Result<bool, StoreError> {
        let query = sqlx::query(ADD)
            .bind(&job.id)
            .bind(job.task.lane().name())
            .bind(job.account.map(|id| id.to_string()))
            .bind(write(&job.task)?)
            .bind(micros_up(job.due))
            .bind(micros(now))
            .bind(job.task.to().map(|to| to.trace().to_string()));
        let rows = self.run(query).await?;
        Ok(rows == 1)
    }

    /// Takes jobs that are due, the longest due first; at most [`MAX_TAKEN`].
    /// They are the worker's until the lease is over. What was tried too often
    /// is given up. A mail that somebody has asked for, and waits for, comes
    /// before all those that tell of something: after a night of renewals there
    /// are tens of thousands.
    pub async fn take_jobs(
        &mut self,
        lane: Lane,
        worker: &Worker,
        lease: Lease,
        most: usize,
    ) -> Result<Vec<Job>, StoreError> {
        let part = self.begins();
        let most = most.min(MAX_TAKEN);
        let jobs = match lane {
            Lane::Provider => self.take(TAKE_IN_ORDER, lane, worker, lease, most).await?,
            Lane::Work => self.take(TAKE, lane, worker, lease, most).await?,
            Lane::Mail => {
                let mut jobs = self.take(TAKE_ASKED, lane, worker, lease, most).await?;
                let left = most.saturating_sub(jobs.len());
                jobs.extend(self.take(TAKE, lane, worker, lease, left).await?);
                jobs
            }
        };
        self.ends(part);
        Ok(jobs)
    }

    async fn take(
        &mut self,
        text: &'static str,
        lane: Lane,
        worker: &Worker,
        lease: Lease,
        most: usize,
    ) -> Result<Vec<Job>, StoreError> {
        let until = lease.system.saturating_add(lease.lasts);
        let until = until.unwrap_or(Timestamp::MAX);
        let query = sqlx::query_as(text)
            .bind(&worker.0)
            .bind(micros_up(until))
            .bind(lane.name())
            .bind(micros(lease.business))
            .bind(micros(lease.system))
            .bind(i64::try_from(most).unwrap_or(i64::MAX));
        let rows: Vec<Row> = self.run_returning(query).await?;
        self.worth_trying(rows, lease).await
    }

    /// Takes the next job that one subscription or gift has for a provider:
    /// somebody is waiting for it, so it doesn't wait its turn among others'.
    pub async fn take_job_of(
        &mut self,
        owner: Owner,
        worker: &Worker,
        lease: Lease,
    ) -> Result<Option<Job>, StoreError> {
        let until = lease.system.saturating_add(lease.lasts);
        let query = sqlx::query_as(TAKE_OF)
            .bind(&worker.0)
            .bind(micros_up(until.unwrap_or(Timestamp::MAX)))
            .bind(owner.to_string())
            .bind(micros(lease.business))
            .bind(micros(lease.system));
        let part = self.begins();
        let rows: Vec<Row> = self.run_returning(query).await?;
        let mut jobs = self.worth_trying(rows, lease).await?;
        self.ends(part);
        Ok(jobs.pop())
    }

    /// Those that were taken and aren't hopeless, in order.
    async fn worth_trying(&mut self, rows: Vec<Row>, lease: Lease) -> Result<Vec<Job>, StoreError> {
        let mut taken = Vec::with_capacity(rows.len());
        for row in rows {
            let id = row.0.clone();
            match job(row) {
                Ok(job) => taken.push(job),
                // Written by another version, or damaged. It holds up no other.
                Err(error) => self.bury(&id, &error.to_string(), lease.system).await?,
            }
        }
        let is_tried = |job: &Job| job.attempts <= MAX_ATTEMPTS;
        let (mut jobs, hopeless): (Vec<Job>, Vec<Job>) = taken.into_iter().partition(is_tried);
        for job in hopeless {
            let query = sqlx::query(GIVE_UP).bind(job.id).bind(micros(lease.system));
            self.run(query).await?;
        }
        // Which rows were changed is told in no order.
        jobs.sort_by_key(|job| (job.due, job.seq));
        Ok(jobs)
    }

    async fn bury(&mut self, id: &str, why: &str, system: Timestamp) -> Result<(), StoreError> {
        let query = sqlx::query(BURY)
            .bind(id)
            .bind(micros(system))
            .bind(shortened(why));
        self.run(query).await.map(drop)
    }

    /// Says that a job is done, in the transaction of what came of it.
    pub async fn finish_job(
        &mut self,
        job: &Job,
        worker: &Worker,
        now: Timestamp,
    ) -> Result<Finished, StoreError> {
        let all = self.finish_jobs(std::slice::from_ref(job), worker, now);
        Ok(all.await?.pop().unwrap_or(Finished::LeaseLost))
    }

    /// The same of many, in their order: what comes in masses is finished
    /// together.
    pub async fn finish_jobs(
        &mut self,
        jobs: &[impl Borrow<Job>],
        worker: &Worker,
        now: Timestamp,
    ) -> Result<Vec<Finished>, StoreError> {
        let row = |job: &Job| -> Result<Vec<Value>, StoreError> {
            let left = job.task.afterwards().as_ref().map(write).transpose()?;
            Ok(vec![
                job.id.clone().into(),
                micros(now).into(),
                left.into(),
                worker.0.clone().into(),
                i64::from(job.attempts).into(),
            ])
        };
        let rows = jobs.iter().map(|job| row(job.borrow()));
        let rows: Vec<Vec<Value>> = rows.collect::<Result<_, _>>()?;
        let done = FINISH.write(self, &rows).await?;
        let done: HashSet<String> = done.into_iter().collect();
        let is_done = |job: &Job| u64::from(done.contains(&job.id));
        let all = jobs.iter().map(|job| finished(is_done(job.borrow())));
        Ok(all.collect())
    }

    /// Says that a job failed. It is tried again after a while, by the system
    /// clock, or given up.
    pub async fn fail_job(
        &mut self,
        job: &Job,
        worker: &Worker,
        error: &str,
        system: Timestamp,
    ) -> Result<Finished, StoreError> {
        let is_dead = job.attempts >= MAX_ATTEMPTS;
        let again = system.saturating_add(backoff(job.attempts));
        let again = again.unwrap_or(Timestamp::MAX);
        let query = sqlx::query(FAIL)
            .bind(if is_dead { "dead" } else { "waiting" })
            .bind(micros_up(again))
            .bind(shortened(error))
            .bind(is_dead.then(|| micros(system)))
            .bind(&job.id)
            .bind(&worker.0)
            .bind(i64::from(job.attempts));
        let rows = self.run(query).await?;
        Ok(finished(rows))
    }

    /// Says that a job can't be done until something that has nothing to do with
    /// it has been put right: a key, a login, a lock. It is tried again now and
    /// then, and never given up for that.
    pub async fn delay_job(
        &mut self,
        job: &Job,
        worker: &Worker,
        error: &str,
        system: Timestamp,
    ) -> Result<Finished, StoreError> {
        let wait = backoff(job.attempts).min(LONGEST_DELAY);
        let again = system.saturating_add(wait).unwrap_or(Timestamp::MAX);
        let query = sqlx::query(DELAY)
            .bind(micros_up(again))
            .bind(shortened(error))
            .bind(i64::from(MAX_ATTEMPTS - 1))
            .bind(&job.id)
            .bind(&worker.0)
            .bind(i64::from(job.attempts));
        let rows = self.run(query).await?;
        Ok(finished(rows))
    }

    /// Says that a job can't be done, however often it is tried. It is dead at
    /// once, for somebody to look at.
    pub async fn abandon_job(
        &mut self,
        job: &Job,
        worker: &Worker,
        error: &str,
        system: Timestamp,
    ) -> Result<Finished, StoreError> {
        let query = sqlx::query(ABANDON)
            .bind(shortened(error))
            .bind(micros(system))
            .bind(&job.id)
            .bind(&worker.0)
            .bind(i64::from(job.attempts));
        let rows = self.run(query).await?;
        Ok(finished(rows))
    }

    /// Takes all jobs back from whoever has them: for the start of the one
    /// process that does jobs, whose predecessor is dead.
    pub async fn release_jobs(&mut self) -> Result<u64, StoreError> {
        self.run(sqlx::query(RELEASE)).await
    }

    /// Has a dead job tried again; `false` where there is no such dead job. It
    /// counts as tried once, as nobody knows how far the others came.
    pub async fn revive_job(&mut self, id: &str) -> Result<bool, StoreError> {
        let rows = self.run(sqlx::query(REVIVE).bind(id)).await?;
        Ok(rows == 1)
    }

    /// Has a dead job tried again, or one that waits after a failure tried at
    /// once; `false` where there is no such job, or somebody is at it.
    pub async fn retry_job(&mut self, id: &str) -> Result<bool, StoreError> {
        let hastened = self.run(sqlx::query(HASTEN).bind(id)).await?;
        Ok(hastened == 1 || self.revive_job(id).await?)
    }

    /// The same of all of them; says of how many.
    pub async fn retry_jobs(&mut self) -> Result<u64, StoreError> {
        let hastened = self.run(sqlx::query(HASTEN_ALL)).await?;
        Ok(hastened + self.run(sqlx::query(REVIVE_ALL)).await?)
    }

    /// Takes a job back that nobody is at: what it was left for is done. `false`
    /// where somebody is, or has done it.
    pub async fn withdraw_job(&mut self, id: &str) -> Result<bool, StoreError> {
        let rows = self.run(sqlx::query(WITHDRAW).bind(id)).await?;
        Ok(rows == 1)
    }

    /// Forgets some of the jobs that were done before `before`, by the clock
    /// that they were finished by, and of the mails that were given up before:
    /// nobody is to keep what was in them for ever. Says how many. Nought means that no more are
    /// left.
    pub async fn forget_jobs(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        let query = sqlx::query(FORGET).bind(micros(before)).bind(MAX_FORGOTTEN);
        self.run(query).await
    }
}

fn shortened(error: &str) -> String {
    error.chars().take(LONGEST_ERROR).collect()
}

fn finished(rows: u64) -> Finished {
    match rows {
        1 => Finished::Yes,
        _ => Finished::LeaseLost,
    }
}
