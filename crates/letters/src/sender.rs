//! Handing letters over, and what to do where that fails.

use jiff::Timestamp;
use providers::mail::{Mailer, SendError, SendNext};

use crate::letter::Letter;
use crate::letters::{Letters, Reader};

/// Who writes letters and hands them over.
#[derive(Debug)]
pub struct Sender {
    letters: Letters,
    mailer: Mailer,
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
    /// Never: nobody takes it. Its job is dead.
    Never(String),
}

impl Sender {
    /// Who writes with `letters` and sends by `mailer`.
    pub fn new(letters: Letters, mailer: Mailer) -> Self {
        Self { letters, mailer }
    }

    /// Writes a letter and hands it over. See [`Letters::message`] for `job` and
    /// `date`. Nothing is lost by a failure, and nothing waits for it: a reader
    /// has what they bought before any mail says so.
    pub async fn send(&self, job: &str, letter: &Letter, reader: &Reader, date: Timestamp) -> Sent {
        match self.letters.message(job, letter, reader, date) {
            Ok(message) => Sent::of(self.mailer.send(&message).await),
            Err(error) => Sent::Repair(error.to_string()),
        }
    }
}

impl Sent {
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
