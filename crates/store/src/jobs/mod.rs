//! What is to be done outside, or by and by: leased, tried again, done once.
//!
//! A job that a fact asks for is written in the fact's own transaction under an
//! id made of its place, so it exists exactly as often as the fact. Whoever does
//! jobs [takes](crate::Writing::take_jobs) some for a while, does them, and
//! [finishes](crate::Writing::finish_job) each in the transaction of its effect.
//!
//! Two clocks: a job is *due* by the business clock, so that a test clock brings
//! it forward. It is *held* by the system clock: a lease says how long its
//! worker may be silent before it counts as dead, and a back-off how long
//! somebody else's server is left alone, and neither goes faster in a test. A
//! system clock that jumps may end a lease early; then two do the job, and only
//! one of them can finish it.

pub(crate) mod lease;
pub(crate) mod list;

use commerce::ids::AccountId;
use jiff::{SignedDuration, Timestamp};

pub use lease::MAX_TAKEN;
pub use list::{Backlog, DueJob, MAX_LISTED};

use crate::contract::{Owner, read, write};
use crate::error::StoreError;
use crate::ids;
use crate::moment::timestamp;
use crate::outbox::Task;
use crate::rows::{Insert, Value};

/// How often a job is tried: with [`backoff`] that is a day, after which
/// somebody should look at it.
pub const MAX_ATTEMPTS: u32 = 12;

/// The first wait after a failure, doubled with each, and the longest: 30 s, 1,
/// 2, 4, 8, 16, 32, 64, 128, 256 minutes, 6 hours.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);

/// The longest that a job is left alone which waits for somebody to put something
/// right: whoever has done so sees within the hour that it was that.
const LONGEST_DELAY: SignedDuration = SignedDuration::from_hours(1);

/// A job that a fact asks for.
pub(crate) const JOBS: Insert = Insert {
    name: "JOBS",
    head: "INSERT INTO jobs
        (id, lane, owner, seq, body, state, due, held_until, attempts, error, created_at)",
    columns: 11,
    tail: "",
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
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Provider, Self::Mail, Self::Work];

    /// What it is called.
    pub fn name(self) -> &'static str {
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
    /// Its id.
    pub id: String,
    /// The job; `None` where it can't be read.
    pub job: Option<Job>,
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
    Ok(vec![
        id.into(),
        task.lane().name().into(),
        owner.to_string().into(),
        i64::try_from(seq).unwrap_or(i64::MAX).into(),
        write(task)?.into(),
        "waiting".into(),
        at.into(),
        0.into(),
        0.into(),
        None::<String>.into(),
        at.into(),
    ])
}

/// Nobody need try what can't succeed before somebody has seen to it.
pub(crate) fn with_error(mut row: Vec<Value>, error: String) -> Vec<Value> {
    for (index, value) in [(5, Value::from("dead")), (9, Value::from(Some(error)))] {
        if let Some(place) = row.get_mut(index) {
            *place = value;
        }
    }
    row
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
