//! What the bank was told, line by line, so that it knows it after a restart: a
//! provider outside would know it as well.
//!
//! A line is written before the bank acts on it. Lines aren't synced: they
//! survive the end of the program, however it comes about, and may be lost with
//! the machine's power, like the play money they are about.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::bank::{Bank, Call};
use crate::payment;

/// So many lines are put together into one when the sandbox is opened: reading
/// them takes less than a second.
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
}

impl Journal {
    /// Opens the file, or makes it, with what its lines come to.
    pub(super) fn open(path: &Path) -> Result<(Self, Bank), JournalError> {
        let io = |error| JournalError::Io {
            path: path.to_owned(),
            error,
        };
        let (bank, lines, end) = if path.exists() {
            replay(path, File::open(path).map_err(io)?)?
        } else {
            (Bank::default(), 0, 0)
        };
        if lines > MANY {
            write_whole(path, &bank).map_err(io)?;
        }
        let file = options().append(true).create(true).open(path).map_err(io)?;
        let end = if lines > MANY {
            file.metadata().map_err(io)?.len()
        } else {
            // A line that the end of the program cut short was never acted on.
            file.set_len(end).map_err(io)?;
            end
        };
        let path = path.to_owned();
        Ok((Self { path, file, end }, bank))
    }

    /// Writes one line, whole or not at all.
    pub(super) fn write(&mut self, call: &Call, at: Timestamp) -> Result<(), payment::Error> {
        let mut write = || -> io::Result<()> {
            let line = line(&Line::<_, ()>::Call { at, call })?;
            // What a failure before this left behind goes.
            self.file.set_len(self.end)?;
            self.file.seek(SeekFrom::Start(self.end))?;
            self.file.write_all(&line)?;
            self.end += line.len() as u64;
            Ok(())
        };
        write().map_err(|error| payment::Error::Journal {
            path: self.path.display().to_string(),
            why: error.to_string(),
        })
    }
}

/// What the lines come to, how many they are, and where the last whole one ends.
fn replay(path: &Path, file: File) -> Result<(Bank, usize, u64), JournalError> {
    let mut reader = BufReader::new(file);
    let (mut bank, mut lines, mut end) = (Bank::default(), 0, 0);
    let mut text = Vec::new();
    loop {
        text.clear();
        let length = reader
            .read_until(b'\n', &mut text)
            .map_err(|error| JournalError::Io {
                path: path.to_owned(),
                error,
            })?;
        if text.pop() != Some(b'\n') {
            return Ok((bank, lines, end));
        }
        lines += 1;
        match serde_json::from_slice(&text) {
            Ok(Line::<Call, Bank>::Bank(whole)) => bank = whole,
            Ok(Line::Call { at, call }) => bank.apply(&call, at),
            Err(why) => {
                return Err(JournalError::Line {
                    path: path.to_owned(),
                    line: lines,
                    why,
                });
            }
        }
        end += length as u64;
    }
}

fn write_whole(path: &Path, bank: &Bank) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = options()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&new)?;
    file.write_all(&line(&Line::<(), _>::Bank(bank))?)?;
    file.sync_all()?;
    fs::rename(&new, path)
}

fn line<C: Serialize, B: Serialize>(line: &Line<C, B>) -> io::Result<Vec<u8>> {
    let mut text = serde_json::to_vec(line)?;
    text.push(b'\n');
    Ok(text)
}

/// For its owner only: it says who bought what.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.mode(0o600);
    options
}
