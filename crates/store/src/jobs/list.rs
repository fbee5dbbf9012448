//! Looking at jobs: what waits, what is dead, what one subscription asked for.

use jiff::Timestamp;

use super::{DeadJob, Job, Lane, Worker, job};
use crate::connection::Reading;
use crate::contract::Owner;
use crate::error::StoreError;
use crate::moment::{micros, some_timestamp, timestamp};
use crate::statement::statements;

/// The most jobs that are listed at once.
pub const MAX_LISTED: usize = 100;

statements! {
    DEAD = "SELECT id, owner, seq, body, due, attempts, COALESCE(error, '') FROM jobs
        WHERE state = 'dead' ORDER BY created_at DESC LIMIT $1";
    DUE = "SELECT id, owner, seq, body, due, attempts, error, held_until FROM jobs
        WHERE state = 'waiting' AND due <= $1 ORDER BY due, seq, id LIMIT $2";
    OF_OWNER = "SELECT id, owner, seq, body, due, attempts, state FROM jobs
        WHERE owner = $1 ORDER BY seq LIMIT $2";
    WAITING = "SELECT COUNT(*) FROM jobs WHERE state = 'waiting' AND lane = $1 AND due <= $2";
    EARLIEST_AFTER = "SELECT MIN(due) FROM jobs
        WHERE state = 'waiting' AND lane = $1 AND due > $2";
    BACKLOG = "SELECT lane, COUNT(*), COUNT(error) FROM jobs
        WHERE state = 'waiting' AND due <= $1 GROUP BY lane";
    DEAD_BY_LANE = "SELECT lane, COUNT(*) FROM jobs WHERE state = 'dead' GROUP BY lane";
    ASKED = "SELECT 1 WHERE EXISTS (SELECT 1 FROM jobs
        WHERE owner = $1 AND lane = 'provider' AND state = 'waiting'
            AND (worker IS NOT NULL OR held_until <= $2))";
    HELD = "SELECT id FROM jobs
        WHERE id = $1 AND state = 'waiting' AND worker = $2 AND attempts = $3";
    READY = "SELECT id FROM jobs WHERE state = 'waiting' AND lane = $1 AND due <= $2
        AND held_until <= $3 LIMIT 1";
}

/// What one lane has before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// Which lane.
    pub lane: Lane,
    /// Jobs that are due and not done.
    pub waiting: u64,
    /// Those of them that have failed before.
    pub failing: u64,
    /// Jobs that nobody tries any more.
    pub dead: u64,
}

/// A job that is due and not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueJob {
    /// Its id.
    pub id: String,
    /// The job; `None` where it can't be read.
    pub job: Option<Job>,
    /// What went wrong the last time, where it was tried.
    pub error: Option<String>,
    /// It is left alone until then, by the system clock: because it has failed,
    /// or because somebody is at it.
    pub held_until: Timestamp,
}

impl Reading {
    /// Whether a job that a worker has taken is still theirs to do: whoever it was
    /// about may have been erased since, and it with them.
    pub async fn holds_job(&mut self, job: &Job, worker: &Worker) -> Result<bool, StoreError> {
        let row: Option<(String,)> = sqlx::query_as(HELD)
            .bind(&job.id)
            .bind(&worker.0)
            .bind(i64::from(job.attempts))
            .fetch_optional(self.connection())
            .await?;
        Ok(row.is_some())
    }

    /// Jobs that are due and not done, the longest due first; at most
    /// [`MAX_LISTED`].
    pub async fn due_jobs(&mut self, now: Timestamp) -> Result<Vec<DueJob>, StoreError> {
        type Row = (String, String, i64, String, i64, i64, Option<String>, i64);
        let rows: Vec<Row> = sqlx::query_as(DUE)
            .bind(micros(now))
            .bind(i64::try_from(MAX_LISTED).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let due = |(id, owner, seq, body, due, attempts, error, held): Row| {
            Ok(DueJob {
                id: id.clone(),
                job: job((id, owner, seq, body, due, attempts)).ok(),
                error,
                held_until: timestamp(held)?,
            })
        };
        rows.into_iter().map(due).collect()
    }

    /// What each lane has before it.
    pub async fn backlog(&mut self, now: Timestamp) -> Result<Vec<Backlog>, StoreError> {
        let waiting: Vec<(String, i64, i64)> = sqlx::query_as(BACKLOG)
            .bind(micros(now))
            .fetch_all(self.connection())
            .await?;
        let dead: Vec<(String, i64)> = sqlx::query_as(DEAD_BY_LANE)
            .fetch_all(self.connection())
            .await?;
        let of_lane = |lane: Lane| {
            let waits = waiting.iter().find(|(name, ..)| *name == lane.name());
            let dead = dead.iter().find(|(name, _)| *name == lane.name());
            Backlog {
                lane,
                waiting: waits.map_or(0, |(_, count, _)| count.unsigned_abs()),
                failing: waits.map_or(0, |(_, _, failing)| failing.unsigned_abs()),
                dead: dead.map_or(0, |(_, count)| count.unsigned_abs()),
            }
        };
        Ok(Lane::ALL.into_iter().map(of_lane).collect())
    }

    /// Jobs that were given up, the latest first; at most [`MAX_LISTED`].
    pub async fn dead_jobs(&mut self) -> Result<Vec<DeadJob>, StoreError> {
        let rows: Vec<(String, String, i64, String, i64, i64, String)> = sqlx::query_as(DEAD)
            .bind(i64::try_from(MAX_LISTED).unwrap_or(i64::MAX))
            .fetch_all(self.connection())
            .await?;
        let dead = |(id, owner, seq, body, due, attempts, error)| {
            DeadJob {
                id: String::clone(&id),
                // One that can't be read any more is dead for that.
                job: job((id, owner, seq, body, due, attempts)).ok(),
                error,
            }
        };
        Ok(rows.into_iter().map(dead).collect())
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

    /// Whether a lane has a job that may be taken now: due by the business clock,
    /// and nobody's by the system's.
    pub async fn has_job(
        &mut self,
        lane: Lane,
        business: Timestamp,
        system: Timestamp,
    ) -> Result<bool, StoreError> {
        let found: Option<(String,)> = sqlx::query_as(READY)
            .bind(lane.name())
            .bind(micros(business))
            .bind(micros(system))
            .fetch_optional(self.connection())
            .await?;
        Ok(found.is_some())
    }

    /// Whether a provider is being asked something for a subscription or gift, or
    /// is at any moment; not where it was asked in vain and is asked again later.
    /// `system` is the system clock.
    pub async fn is_asked(&mut self, owner: Owner, system: Timestamp) -> Result<bool, StoreError> {
        let found: Option<(i64,)> = sqlx::query_as(ASKED)
            .bind(owner.to_string())
            .bind(micros(system))
            .fetch_optional(self.connection())
            .await?;
        Ok(found.is_some())
    }

    /// When the earliest job of a lane is due that isn't due by `now`: for a clock
    /// that steps through them.
    pub async fn next_job_after(
        &mut self,
        lane: Lane,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let (due,): (Option<i64>,) = sqlx::query_as(EARLIEST_AFTER)
            .bind(lane.name())
            .bind(micros(now))
            .fetch_one(self.connection())
            .await?;
        some_timestamp(due)
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
