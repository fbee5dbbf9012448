//! What is to be done outside, or by and by: leased, tried again, done once.
//!
//! A job that a fact asks for is written in the fact's own transaction under an
//! id made of its place, so it exists exactly as often as the fact. Whoever does
//! jobs [takes](Writing::take_jobs) some for a while, does them, and
//! [finishes](Writing::finish_job) each in the transaction of its effect.
//!
//! Two clocks: a job is *due* by the business clock, so that a test clock brings
//! it forward. It is *held* by the system clock: a lease says how long its
//! worker may be silent before it counts as dead, and a back-off how long
//! somebody else's server is left alone, and neither goes faster in a test. A
//! system clock that jumps may end a lease early; then two do the job, and only
//! one of them can finish it.

use commerce::ids::AccountId;
use jiff::{SignedDuration, Timestamp};

use crate::connection::{Reading, Writing};
use crate::contract::{Owner, read};
use crate::error::StoreError;
use crate::ids;
use crate::moment::{micros, micros_up, timestamp};
use crate::outbox::Task;
use crate::rows::{Insert, Value};
use crate::statement::statements;

/// The most jobs that are taken at once: what a worker does in a lease.
pub const MAX_TAKEN: usize = 1_000;

/// The most jobs that are listed at once.
pub const MAX_LISTED: usize = 100;

/// How often a job is tried: with [`backoff`] that is a day, after which
/// somebody should look at it.
pub const MAX_ATTEMPTS: u32 = 12;

/// The first wait after a failure, doubled with each, and the longest: 30 s, 1,
/// 2, 4, 8, 16, 32, 64, 128, 256 minutes, 6 hours.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);

/// The longest error that is kept, in characters.
const LONGEST_ERROR: usize = 500;

/// The most jobs that are forgotten in one transaction.
const MAX_FORGOTTEN: i64 = 10_000;

statements! {
    GIVE_UP = "UPDATE jobs SET state = 'dead', worker = NULL, finished_at = $1,
            error = COALESCE(error, 'its worker never came back')
        WHERE state = 'waiting' AND lane = $2 AND due <= $3 AND held_until <= $4
            AND attempts >= $5";
    TAKE = "UPDATE jobs SET worker = $1, held_until = $2, attempts = attempts + 1
        WHERE id IN (
            SELECT j.id FROM jobs j
            WHERE j.state = 'waiting' AND j.lane = $3 AND j.due <= $4 AND j.held_until <= $5
            ORDER BY j.due, j.seq LIMIT $6)
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
    FINISH = "UPDATE jobs SET state = 'done', worker = NULL, finished_at = $1, body = $2
        WHERE id = $3 AND state = 'waiting' AND worker = $4 AND attempts = $5";
    FAIL = "UPDATE jobs SET state = $1, worker = NULL, held_until = $2, error = $3,
            finished_at = $4
        WHERE id = $5 AND state = 'waiting' AND worker = $6 AND attempts = $7";
    RELEASE = "UPDATE jobs SET worker = NULL, held_until = 0
        WHERE state = 'waiting' AND worker IS NOT NULL";
    REVIVE = "UPDATE jobs SET state = 'waiting', attempts = 0, held_until = 0,
            finished_at = NULL, error = NULL
        WHERE id = $1 AND state = 'dead'";
    DEAD = "SELECT id, owner, seq, body, due, attempts, COALESCE(error, '') FROM jobs
        WHERE state = 'dead' ORDER BY created_at DESC LIMIT $1";
    OF_OWNER = "SELECT id, owner, seq, body, due, attempts, state FROM jobs
        WHERE owner = $1 ORDER BY seq LIMIT $2";
    WAITING = "SELECT COUNT(*) FROM jobs WHERE state = 'waiting' AND lane = $1 AND due <= $2";
    EARLIEST = "SELECT MIN(due) FROM jobs WHERE state = 'waiting' AND lane = $1";
    FORGET = "DELETE FROM jobs WHERE id IN (
        SELECT id FROM jobs WHERE state = 'done' AND finished_at < $1 LIMIT $2)";
}

/// A job.
pub(crate) const JOBS: Insert = Insert {
    name: "JOBS",
    head: "INSERT INTO jobs
        (id, lane, owner, seq, account_id, body, state, due, held_until, attempts, error,
            created_at)",
    columns: 12,
};

/// Who does it. Each lane is worked through by itself, so that a mail server
/// that is down holds up no payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Payment providers. Jobs of one owner are done in the order of their
    /// facts: nobody inquires about what wasn't asked for yet.
    Provider,
    /// Mail.
    Mail,
    /// Ourselves.
    Work,
}

impl Lane {
    fn name(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Mail => "mail",
            Self::Work => "work",
        }
    }
}

/// Who takes jobs: drawn anew by each process, so that one that came back is
/// somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Worker(String);

impl Worker {
    /// A worker by a name that no other has.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }
}

/// For how long a worker takes jobs.
#[derive(Clone, Copy, Debug)]
pub struct Lease {
    /// The business clock: what is due by then may be taken.
    pub business: Timestamp,
    /// The system clock.
    pub system: Timestamp,
    /// How long it may take, by the system clock.
    pub lasts: SignedDuration,
}

/// A job that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: String,
    /// Whose fact asks for it; `None` where none does.
    pub owner: Option<Owner>,
    /// Which of its facts, from 1; without an owner, 0.
    pub seq: u64,
    /// What is to be done.
    pub task: Task,
    /// Since when it has been due, by the business clock.
    pub due: Timestamp,
    /// How often it was taken, this time included. From 2 on nobody knows how
    /// far the others came: a charge may have been made, so a provider is asked
    /// what became of it before it is told again.
    pub attempts: u32,
}

/// A job that nobody tries any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadJob {
    /// The job.
    pub job: Job,
    /// What went wrong at last.
    pub error: String,
}

/// Whether a job could be finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Finished {
    /// It is.
    Yes,
    /// It was taken by somebody else meanwhile, who will finish it. What this
    /// one found out is true all the same.
    LeaseLost,
}

/// A job that no fact asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewJob {
    /// Its id. One that is there already isn't added again, so an id such as
    /// `reconcile/2027-01-31` makes it happen once.
    pub id: String,
    /// Whom it is about: what is forgotten with them.
    pub account: Option<AccountId>,
    /// What is to be done.
    pub task: Task,
    /// When, by the business clock.
    pub due: Timestamp,
}

/// How long a job is left alone after so many attempts.
pub fn backoff(attempts: u32) -> SignedDuration {
    let doubled = 1_i32
        .checked_shl(attempts.saturating_sub(1).min(16))
        .unwrap_or(i32::MAX);
    FIRST_WAIT.saturating_mul(doubled).min(LONGEST_WAIT)
}

/// The row of a job that a fact asks for: due at once.
pub(crate) fn row(
    id: String,
    owner: Owner,
    seq: u64,
    task: &Task,
    at: i64,
) -> Result<Vec<Value>, StoreError> {
    let seq = i64::try_from(seq).unwrap_or(i64::MAX);
    values(id, (owner.to_string(), seq), None, task, (at, at))
}

/// Nobody need try what can't succeed before somebody has seen to it.
pub(crate) fn with_error(mut row: Vec<Value>, error: String) -> Vec<Value> {
    for (index, value) in [(6, Value::from("dead")), (10, Value::from(Some(error)))] {
        if let Some(place) = row.get_mut(index) {
            *place = value;
        }
    }
    row
}

fn values(
    id: String,
    (owner, seq): (String, i64),
    account: Option<AccountId>,
    task: &Task,
    (due, now): (i64, i64),
) -> Result<Vec<Value>, StoreError> {
    Ok(vec![
        id.into(),
        task.lane().name().into(),
        owner.into(),
        seq.into(),
        account.map(|id| id.to_string()).into(),
        written(task)?.into(),
        "waiting".into(),
        due.into(),
        0.into(),
        0.into(),
        None::<String>.into(),
        now.into(),
    ])
}

fn written(task: &Task) -> Result<String, StoreError> {
    serde_json::to_string(task).map_err(|error| StoreError::damaged(error.to_string()))
}

type Row = (String, String, i64, String, i64, i64);

fn job((id, owner, seq, body, due, attempts): Row) -> Result<Job, StoreError> {
    let owner = Some(owner).filter(|owner| !owner.is_empty());
    Ok(Job {
        task: read(&id, &body)?,
        id,
        owner: ids::parse_some(owner.as_deref())?,
        seq: seq.unsigned_abs(),
        due: timestamp(due)?,
        attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
    })
}

impl Writing {
    /// Adds a job; `false` where its id is there already.
    pub async fn add_job(&mut self, job: &NewJob, now: Timestamp) -> Result<bool, StoreError> {
        let times = (micros_up(job.due), micros(now));
        let row = values(
            job.id.clone(),
            (String::new(), 0),
            job.account,
            &job.task,
            times,
        )?;
        match JOBS.write(self.connection(), vec![row]).await {
            Ok(()) => Ok(true),
            Err(StoreError::Taken(_)) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Takes jobs that are due, the longest due first; at most [`MAX_TAKEN`].
    /// They are the worker's until the lease is over. What was tried too often
    /// is given up.
    pub async fn take_jobs(
        &mut self,
        lane: Lane,
        worker: &Worker,
        lease: Lease,
        most: usize,
    ) -> Result<Vec<Job>, StoreError> {
        let (business, system) = (micros(lease.business), micros(lease.system));
        sqlx::query(GIVE_UP)
            .bind(system)
            .bind(lane.name())
            .bind(business)
            .bind(system)
            .bind(i64::from(MAX_ATTEMPTS))
            .execute(self.connection())
            .await?;
        let until = lease.system.saturating_add(lease.lasts);
        let until = until.unwrap_or(Timestamp::MAX);
        let text = match lane {
            Lane::Provider => TAKE_IN_ORDER,
            Lane::Mail | Lane::Work => TAKE,
        };
        let rows: Vec<Row> = sqlx::query_as(text)
            .bind(&worker.0)
            .bind(micros_up(until))
            .bind(lane.name())
            .bind(business)
            .bind(system)
            .bind(i64::try_from(most.min(MAX_TAKEN)).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let mut jobs = rows.into_iter().map(job).collect::<Result<Vec<_>, _>>()?;
        // Which rows were changed is told in no order.
        jobs.sort_by_key(|job| (job.due, job.seq));
        Ok(jobs)
    }

    /// Says that a job is done, in the transaction of what came of it.
    pub async fn finish_job(
        &mut self,
        job: &Job,
        worker: &Worker,
        now: Timestamp,
    ) -> Result<Finished, StoreError> {
        let done = sqlx::query(FINISH)
            .bind(micros(now))
            .bind(written(&job.task.afterwards())?)
            .bind(&job.id)
            .bind(&worker.0)
            .bind(i64::from(job.attempts))
            .execute(self.connection())
            .await?;
        Ok(finished(done.rows_affected()))
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
        let error: String = error.chars().take(LONGEST_ERROR).collect();
        let done = sqlx::query(FAIL)
            .bind(if is_dead { "dead" } else { "waiting" })
            .bind(micros_up(again))
            .bind(error)
            .bind(is_dead.then(|| micros(system)))
            .bind(&job.id)
            .bind(&worker.0)
            .bind(i64::from(job.attempts))
            .execute(self.connection())
            .await?;
        Ok(finished(done.rows_affected()))
    }

    /// Takes all jobs back from whoever has them: for the start of the one
    /// process that does jobs, whose predecessor is dead.
    pub async fn release_jobs(&mut self) -> Result<u64, StoreError> {
        let done = sqlx::query(RELEASE).execute(self.connection()).await?;
        Ok(done.rows_affected())
    }

    /// Has a dead job tried again from the beginning; `false` where there is no
    /// such dead job.
    pub async fn revive_job(&mut self, id: &str) -> Result<bool, StoreError> {
        let done = sqlx::query(REVIVE)
            .bind(id)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Forgets some of the jobs that were done before `before`, by the clock
    /// that they were finished by; says how many. Nought means that no more are
    /// left.
    pub async fn forget_jobs(&mut self, before: Timestamp) -> Result<u64, StoreError> {
        let done = sqlx::query(FORGET)
            .bind(micros(before))
            .bind(MAX_FORGOTTEN)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected())
    }
}

impl Reading {
    /// Jobs that were given up, the latest first; at most [`MAX_LISTED`].
    pub async fn dead_jobs(&mut self) -> Result<Vec<DeadJob>, StoreError> {
        let rows: Vec<(String, String, i64, String, i64, i64, String)> = sqlx::query_as(DEAD)
            .bind(i64::try_from(MAX_LISTED).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let dead = |(id, owner, seq, body, due, attempts, error)| {
            Ok(DeadJob {
                job: job((id, owner, seq, body, due, attempts))?,
                error,
            })
        };
        rows.into_iter().map(dead).collect()
    }

    /// How many jobs of a lane are due and not done: those that somebody has
    /// taken too.
    pub async fn jobs_waiting(&mut self, lane: Lane, now: Timestamp) -> Result<u64, StoreError> {
        let (count,): (i64,) = sqlx::query_as(WAITING)
            .bind(lane.name())
            .bind(micros(now))
            .fetch_one(self.connection())
            .await?;
        Ok(count.unsigned_abs())
    }

    /// When the earliest job of a lane is due, by the business clock: for a
    /// clock that steps through them.
    pub async fn next_job(&mut self, lane: Lane) -> Result<Option<Timestamp>, StoreError> {
        let (due,): (Option<i64>,) = sqlx::query_as(EARLIEST)
            .bind(lane.name())
            .fetch_one(self.connection())
            .await?;
        crate::moment::some_timestamp(due)
    }

    /// The jobs of one subscription or gift with what has become of them
    /// (`waiting`, `done`, `dead`), in the order of its facts; at most
    /// [`MAX_LISTED`].
    pub async fn jobs_of(&mut self, owner: Owner) -> Result<Vec<(Job, String)>, StoreError> {
        let rows: Vec<(String, String, i64, String, i64, i64, String)> = sqlx::query_as(OF_OWNER)
            .bind(owner.to_string())
            .bind(i64::try_from(MAX_LISTED).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let with_state = |(id, owner, seq, body, due, attempts, state)| {
            Ok((job((id, owner, seq, body, due, attempts))?, state))
        };
        rows.into_iter().map(with_state).collect()
    }
}

fn finished(rows: u64) -> Finished {
    match rows {
        1 => Finished::Yes,
        _ => Finished::LeaseLost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_six_hours() {
        let seconds = |attempts| backoff(attempts).as_secs();
        let waits: Vec<i64> = (1..=12).map(seconds).collect();
        let minutes = |count: i64| count * 60;
        assert_eq!(waits.first(), Some(&30));
        assert_eq!(waits.get(4), Some(&minutes(8)));
        assert_eq!(waits.last(), Some(&minutes(360)));
        assert_eq!(seconds(u32::MAX), minutes(360));
        let all: i64 = waits.iter().sum();
        assert!((12 * 3600..=24 * 3600).contains(&all), "about a day: {all}");
    }
}
