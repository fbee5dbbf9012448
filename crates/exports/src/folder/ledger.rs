//! What was brought over before: which entry became which file, and what was in it.
//!
//! A hidden file in the content folder, a line before each file is written and one as soon
//! as it is there; the last that tells of an entry holds. So a run that broke off is begun
//! again, nothing comes twice, and a file that somebody has changed or deleted by hand is
//! known from one that hasn't been touched.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::BringError;

/// Its name in the content folder. Hidden files are no content.
const NAME: &str = ".imported.csv";

/// How long it is at most, in bytes: half a million lines.
const MAX: u64 = 64 * 1024 * 1024;

/// How many bytes of a hash are kept: 64 bits tell a changed file.
const HASH: usize = 8;

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The file, by its path in the content folder.
    pub(crate) file: String,
    /// What was written into it; empty where that was about to be done.
    pub(crate) hash: String,
}

/// The lines by source and entry, and the file that they are in.
#[derive(Debug)]
pub(crate) struct Ledger {
    lines: HashMap<String, Line>,
    path: PathBuf,
    open: Option<File>,
}

impl Ledger {
    /// Reads that of the folder; one that isn't there is empty.
    pub(crate) fn open(home: &Path) -> Result<Self, BringError> {
        let path = home.join(NAME);
        let refuse = |error| BringError::file(&path, error);
        let mut ledger = Self {
            lines: HashMap::new(),
            path: path.clone(),
            open: None,
        };
        match std::fs::metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(ledger),
            Err(error) => return Err(refuse(error)),
            Ok(found) if found.len() > MAX => {
                let error = std::io::Error::other("it has more than 64 MB");
                return Err(refuse(error));
            }
            Ok(_) => {}
        }
        let bytes = std::fs::read(&path).map_err(refuse)?;
        // A last line without an end was torn by a crash: then the one before it holds.
        let whole = memchr::memrchr(b'\n', &bytes).map_or(0, |end| end + 1);
        let bytes = bytes.get(..whole).unwrap_or_default();
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(bytes);
        for row in rows.records() {
            let row = row.map_err(|error| refuse(std::io::Error::other(error)))?;
            let [key, file, hash] = [0, 1, 2].map(|at| row.get(at).unwrap_or_default().to_owned());
            if key.is_empty() || file.is_empty() {
                let place = row.position().map_or(0, csv::Position::line);
                let what = format!("line {place} isn't one of an import; take it out");
                return Err(refuse(std::io::Error::other(what)));
            }
            ledger.lines.insert(key, Line { file, hash });
        }
        Ok(ledger)
    }

    /// What became of an entry.
    pub(crate) fn find(&self, key: &str) -> Option<&Line> {
        self.lines.get(key)
    }

    /// Notes that `file` is about to be written.
    pub(crate) fn begin(&mut self, key: &str, file: &str) -> Result<(), BringError> {
        self.note(key, file, "")
    }

    /// Notes that `file` holds what has that `hash`.
    pub(crate) fn note(&mut self, key: &str, file: &str, hash: &str) -> Result<(), BringError> {
        let line = Line {
            file: file.to_owned(),
            hash: hash.to_owned(),
        };
        if self.lines.get(key) == Some(&line) {
            return Ok(());
        }
        let refuse = |error| BringError::file(&self.path, error);
        let open = if let Some(open) = &mut self.open {
            open
        } else {
            if let Some(folder) = self.path.parent() {
                std::fs::create_dir_all(folder).map_err(refuse)?;
            }
            mend(&self.path).map_err(refuse)?;
            let options = OpenOptions::new()
                .create(true)
                .append(true)
                .open(&self.path);
            self.open.insert(options.map_err(refuse)?)
        };
        let mut row = csv::WriterBuilder::new()
            .has_headers(false)
            .from_writer(Vec::new());
        let written = row.write_record([key, file, hash]);
        written.map_err(|error| refuse(std::io::Error::other(error)))?;
        let row = row
            .into_inner()
            .map_err(|error| refuse(std::io::Error::other(error.to_string())))?;
        open.write_all(&row).map_err(refuse)?;
        self.lines.insert(key.to_owned(), line);
        Ok(())
    }
}

/// Cuts off a last line that has no end, so that the next isn't added to it.
fn mend(path: &Path) -> std::io::Result<()> {
    let bytes = match std::fs::read(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        read => read?,
    };
    let whole = memchr::memrchr(b'\n', &bytes).map_or(0, |end| end + 1);
    if whole < bytes.len() {
        let file = OpenOptions::new().write(true).open(path)?;
        file.set_len(whole as u64)?;
    }
    Ok(())
}

/// What a file's bytes are known by.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes);
    let hex = hash.to_hex();
    hex.as_str().get(..2 * HASH).unwrap_or_default().to_owned()
}
