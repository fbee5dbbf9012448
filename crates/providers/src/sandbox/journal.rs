//! What the bank was told, line by line, so that it knows it after a restart: a
//! provider outside would know it as well.
//!
//! A line is written before the bank acts on it. Lines aren't synced: they
//! survive the end of the program, however it comes about, and may be lost with
//! the machine's power, like the play money they are about.

use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::bank::{Bank, Call};
use crate::payment;

/// After so many lines they are put together into one, once they are also longer
/// than that: so reading them takes about a second, the file has a bound, and
/// writing the whole costs no more than the lines did.
const MANY: usize = 100_000;

/// Why a sandbox can't be opened.
#[derive(Debug, Error)]
pub enum JournalError {
    /// The system refused.
    #[error("the sandbox's journal {} can't be read: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// A line that isn't the last makes no sense.
    #[error(
        "{}:{line} is no line of a sandbox's journal ({why}); take the file away, and the sandbox \
         begins anew",
        path.display()
    )]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: serde_json::Error,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line<C, B> {
    /// All that was known, instead of the lines that made it.
    Bank(B),
    Call {
        at: Timestamp,
        call: C,
    },
}

/// A file of lines.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    file: File,
    /// Where the last whole line ends.
    end: u64,
    /// Whether a failure may have left something behind it.
    is_torn: bool,
    /// How many lines there are behind what was put together, and where that
    /// ends.
    lines: usize,
    whole: u64,
    /// How many lines are many.
    many: usize,
}

impl Journal {
    /// Opens the file, or makes it, with what its lines come to.
    pub(super) fn open(path: &Path) -> Result<(Self, Bank), JournalError> {
        let io = |error| JournalError::Io {
            path: path.to_owned(),
            error,
        };
        let read = if path.exists() {
            replay(path, File::open(path).map_err(io)?)?
        } else {
            Replay::default()
        };
        let file = appended(path).map_err(io)?;
        // A line that the end of the program cut short was never acted on.
        file.set_len(read.end).map_err(io)?;
        let mut journal = Self {
            path: path.to_owned(),
            file,
            end: read.end,
            is_torn: false,
            lines: read.lines,
            whole: read.whole,
            many: MANY,
        };
        if journal.is_long() {
            journal.put_together(&read.bank);
        }
        Ok((journal, read.bank))
    }

    /// Writes one line, whole or not at all.
    pub(super) fn write(&mut self, call: &Call, at: Timestamp) -> Result<(), payment::Error> {
        let mut write = || -> io::Result<()> {
            let line = line(&Line::<_, ()>::Call { at, call })?;
            if self.is_torn {
                self.file.set_len(self.end)?;
            }
            self.is_torn = true;
            self.file.write_all(&line)?;
            self.is_torn = false;
            self.end += line.len() as u64;
            self.lines += 1;
            Ok(())
        };
        write().map_err(|error| payment::Error::Journal {
            path: self.path.display().to_string(),
            why: error.to_string(),
        })
    }

    /// Whether its lines should be put together.
    pub(super) fn is_long(&self) -> bool {
        self.lines > self.many && self.end - self.whole > self.whole
    }

    /// Puts all that the bank knows in place of the lines that made it. Where
    /// that fails they stay, and it is tried again after as many.
    pub(super) fn put_together(&mut self, bank: &Bank) {
        let mut put = || -> io::Result<()> {
            let text = line(&Line::<(), _>::Bank(bank))?;
            let text = String::from_utf8(text).map_err(io::Error::other)?;
            private::replace(&self.path, &text).map_err(io::Error::other)?;
            self.file = appended(&self.path)?;
            self.end = text.len() as u64;
            self.whole = self.end;
            self.is_torn = false;
            Ok(())
        };
        // The next line's failure says what is wrong with the disk.
        let _ = put();
        self.lines = 0;
    }
}

/// What a journal's lines come to.
#[derive(Default)]
struct Replay {
    bank: Bank,
    /// How many lines there are behind what was put together.
    lines: usize,
    /// Where that ends.
    whole: u64,
    /// Where the last whole line ends.
    end: u64,
}

fn replay(path: &Path, file: File) -> Result<Replay, JournalError> {
    let mut reader = BufReader::new(file);
    let mut read = Replay::default();
    let (mut number, mut text) = (0, Vec::new());
    loop {
        text.clear();
        let length = reader
            .read_until(b'\n', &mut text)
            .map_err(|error| JournalError::Io {
                path: path.to_owned(),
                error,
            })?;
        if text.pop() != Some(b'\n') {
            return Ok(read);
        }
        number += 1;
        read.end += length as u64;
        match serde_json::from_slice(&text) {
            Ok(Line::<Call, Bank>::Bank(bank)) => {
                (read.bank, read.lines, read.whole) = (bank, 0, read.end);
            }
            Ok(Line::Call { at, call }) => {
                read.bank.apply(&call, at);
                read.lines += 1;
            }
            Err(why) => {
                return Err(JournalError::Line {
                    path: path.to_owned(),
                    line: number,
                    why,
                });
            }
        }
    }
}

/// The file to write lines behind, for its owner only: it says who bought what.
fn appended(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true).mode(0o600).open(path)
}

fn line<C: Serialize, B: Serialize>(line: &Line<C, B>) -> io::Result<Vec<u8>> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use commerce::ids::{ChargeId, OrderId, RefundId};

    use super::*;

    fn at() -> Timestamp {
        "2026-12-01T09:00:00Z".parse().expect("a time")
    }

    /// A refund of what was never charged: the shortest thing that is remembered.
    fn call(number: u128) -> Call {
        let order = OrderId::new(1);
        Call::Refund {
            refund: RefundId::new(number),
            charge: ChargeId { order, attempt: 1 },
            amount: "1.00 USD".parse().expect("an amount"),
        }
    }

    fn tell(journal: &mut Journal, bank: &mut Bank, number: u128) {
        journal.write(&call(number), at()).expect("written");
        bank.apply(&call(number), at());
        if journal.is_long() {
            journal.put_together(bank);
        }
    }

    #[test]
    fn a_running_journal_has_a_bound_and_forgets_nothing() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("sandbox.journal");
        let (mut journal, mut bank) = Journal::open(&path).expect("a journal");
        journal.many = 10;
        let heard = Call::Heard {
            events: vec![u64::MAX; 50],
        };
        for number in 0..1000 {
            tell(&mut journal, &mut bank, number % 20);
            journal.write(&heard, at()).expect("written");
        }
        let size = fs::metadata(&path).expect("a file").len();
        let whole = line(&Line::<(), _>::Bank(&bank)).expect("a line").len() as u64;
        assert!(size < 3 * whole + 10_000, "{size} bytes of {whole}");
        drop(journal);
        let (_, again) = Journal::open(&path).expect("a journal");
        let text = |bank: &Bank| serde_json::to_string(bank).expect("text");
        assert_eq!(text(&again), text(&bank));
        let files = dir.path().read_dir().expect("a folder").count();
        assert_eq!(files, 1);
    }

    #[test]
    fn what_a_failure_left_behind_is_no_line() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("sandbox.journal");
        let (mut journal, mut bank) = Journal::open(&path).expect("a journal");
        tell(&mut journal, &mut bank, 1);
        journal.file.write_all(br#"{"call":{"at"#).expect("written");
        journal.is_torn = true;
        tell(&mut journal, &mut bank, 2);
        drop(journal);
        let (journal, _) = Journal::open(&path).expect("a journal");
        assert_eq!(journal.lines, 2);
    }
}
