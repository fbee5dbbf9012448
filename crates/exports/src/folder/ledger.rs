//! What was brought over before: which entry became which file, and what was in it.
//!
//! A hidden file in the content folder, a line before each file is written and one as soon
//! as it is there; the last that tells of an entry holds. So a run that broke off is begun
//! again, nothing comes twice, and a file that somebody has changed or deleted by hand is
//! known from one that hasn't been touched. What later lines have overtaken goes when the next
//! run begins to write.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::BringError;
use super::home::readable;

/// Its name in the content folder. Hidden files are no content.
const NAME: &str = ".imported.csv";

/// How many entries and pictures it tells of: two archives of the half million that an
/// export may have, with as many pictures.
const MAX_ENTRIES: usize = 2_000_000;

/// How long it is at most, in bytes: two lines for each, of 256 bytes, which is twice what
/// they have.
const MAX: u64 = 2 * 256 * MAX_ENTRIES as u64;

/// How much is looked through at once for the last line's end.
const CHUNK: u64 = 64 * 1024;

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
    /// Whether the file has lines that don't hold any more.
    is_long: bool,
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
            is_long: false,
        };
        match std::fs::metadata(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(ledger),
            Err(error) => return Err(refuse(error)),
            Ok(found) if found.len() > MAX => {
                let error = std::io::Error::other("it has more than a gigabyte");
                return Err(refuse(error));
            }
            Ok(_) => {}
        }
        let mut file = File::open(&path).map_err(refuse)?;
        // A last line without an end was torn by a crash: then the one before it holds.
        let whole = whole(&mut file).map_err(refuse)?;
        file.rewind().map_err(refuse)?;
        let mut rows = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(file.take(whole));
        for row in rows.records() {
            let row = row.map_err(|error| refuse(std::io::Error::other(error)))?;
            let [key, file, hash] = [0, 1, 2].map(|at| row.get(at).unwrap_or_default().to_owned());
            if key.is_empty() || file.is_empty() {
                let place = row.position().map_or(0, csv::Position::line);
                let what = format!("line {place} isn't one of an import; take it out");
                return Err(refuse(std::io::Error::other(what)));
            }
            ledger.is_long |= ledger.lines.insert(key, Line { file, hash }).is_some();
            if ledger.lines.len() > MAX_ENTRIES {
                let what = format!("it tells of more than {MAX_ENTRIES} stories and pictures");
                return Err(refuse(std::io::Error::other(what)));
            }
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
            if self.is_long {
                self.compact().map_err(refuse)?;
            } else {
                mend(&self.path).map_err(refuse)?;
            }
            let options = OpenOptions::new()
                .create(true)
                .append(true)
                .open(&self.path);
            self.open.insert(options.map_err(refuse)?)
        };
        let row = row(key, &line).map_err(refuse)?;
        open.write_all(&row).map_err(refuse)?;
        self.lines.insert(key.to_owned(), line);
        Ok(())
    }

    /// Writes the file anew, a line for each entry, whole or not at all.
    fn compact(&self) -> std::io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let draft = tempfile::Builder::new()
            .prefix(".importing-")
            .permissions(readable())
            .tempfile_in(folder)?;
        let mut rows = BufWriter::new(draft);
        let mut keys: Vec<&String> = self.lines.keys().collect();
        keys.sort_unstable();
        for key in keys {
            if let Some(line) = self.lines.get(key) {
                rows.write_all(&row(key, line)?)?;
            }
        }
        let draft = rows
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?;
        // What it replaces is all that is known of former runs.
        draft.as_file().sync_all()?;
        draft.persist(&self.path)?;
        Ok(())
    }
}

/// A line as it is written, with its end.
fn row(key: &str, line: &Line) -> std::io::Result<Vec<u8>> {
    let mut row = csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new());
    row.write_record([key, &line.file, &line.hash])
        .map_err(std::io::Error::other)?;
    let row = row.into_inner();
    row.map_err(|error| std::io::Error::other(error.to_string()))
}

/// How many bytes a file has up to the end of its last whole line.
fn whole(file: &mut File) -> std::io::Result<u64> {
    let mut end = file.metadata()?.len();
    while end > 0 {
        let begin = end.saturating_sub(CHUNK);
        let mut chunk = Vec::new();
        file.seek(SeekFrom::Start(begin))?;
        Read::by_ref(file)
            .take(end - begin)
            .read_to_end(&mut chunk)?;
        if let Some(at) = memchr::memrchr(b'\n', &chunk) {
            return Ok(begin + at as u64 + 1);
        }
        end = begin;
    }
    Ok(0)
}

/// Cuts off a last line that has no end, so that the next isn't added to it.
fn mend(path: &Path) -> std::io::Result<()> {
    let mut file = match OpenOptions::new().read(true).write(true).open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        open => open?,
    };
    let whole = whole(&mut file)?;
    if whole < file.metadata()?.len() {
        file.set_len(whole)?;
    }
    Ok(())
}

/// What a file's bytes are known by.
pub(crate) fn hash(bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes);
    let hex = hash.to_hex();
    hex.as_str().get(..2 * HASH).unwrap_or_default().to_owned()
}
