//! Handing letters over, and what to do where that fails.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use providers::mail::{Mailer, SendError, SendNext};

use crate::letter::Letter;
use crate::letters::{Letters, Reader, Unwritable};

/// Who writes letters and hands them over.
#[derive(Debug)]
pub struct Sender {
    letters: Letters,
    mailer: Mailer,
    counted: Counted,
}

#[derive(Debug, Default)]
struct Counted {
    sent: AtomicU64,
    later: AtomicU64,
    repair: AtomicU64,
    never: AtomicU64,
}

/// How many letters came to what since the start: for a metric.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Handed over.
    pub sent: u64,
    /// Put off.
    pub later: u64,
    /// Held up until somebody puts something right.
    pub repair: u64,
    /// Given up.
    pub never: u64,
}

/// What came of a letter. The reasons are for whoever runs the publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It was handed over.
    Yes,
    /// Not now: its job is tried again, later each time.
    Later(String),
    /// Not until somebody puts something right, a login or a template. To be
    /// said aloud; its job is tried again meanwhile.
    Repair(String),
    /// Never: nobody takes it. Its job is done, and that the address takes no
    /// mail is noted with the account.
    Never(String),
}

impl Sender {
    /// Who writes with `letters` and sends by `mailer`.
    pub fn new(letters: Letters, mailer: Mailer) -> Self {
        Self {
            letters,
            mailer,
            counted: Counted::default(),
        }
    }

    /// What came of its letters so far.
    pub fn counts(&self) -> Counts {
        let load = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Counts {
            sent: load(&self.counted.sent),
            later: load(&self.counted.later),
            repair: load(&self.counted.repair),
            never: load(&self.counted.never),
        }
    }

    /// The letters.
    pub fn letters(&self) -> &Letters {
        &self.letters
    }

    /// Writes a letter and hands it over. See [`Letters::message`] for `job` and
    /// `date`. Nothing is lost by a failure, and nothing waits for it: a reader
    /// has what they bought before any mail says so.
    pub async fn send(&self, job: &str, letter: &Letter, reader: &Reader, date: Timestamp) -> Sent {
        let sent = match self.letters.message(job, letter, reader, date) {
            Ok(message) => Sent::of(self.mailer.send(&message).await),
            Err(error) => Sent::of_unwritable(&error),
        };
        let count = match &sent {
            Sent::Yes => &self.counted.sent,
            Sent::Later(_) => &self.counted.later,
            Sent::Repair(why) => {
                tracing::error!(job, why, "mail waits until somebody puts this right");
                &self.counted.repair
            }
            Sent::Never(_) => &self.counted.never,
        };
        count.fetch_add(1, Ordering::Relaxed);
        sent
    }
}

impl Sent {
    fn of_unwritable(error: &Unwritable) -> Self {
        Self::Repair(error.to_string())
    }

    fn of(came: Result<(), SendError>) -> Self {
        let Err(error) = came else {
            return Self::Yes;
        };
        let why = error.to_string();
        match error.next() {
            SendNext::Later => Self::Later(why),
            SendNext::Repair => Self::Repair(why),
            SendNext::GiveUp => Self::Never(why),
        }
    }
}
