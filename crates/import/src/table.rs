//! CSV as it comes: with or without a byte order mark, quotes, empty lines, and
//! lines of any length up to a bound.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Chain, Error, ErrorKind, Read};
use std::rc::Rc;

use csv::{Reader, ReaderBuilder, StringRecord, Trim};

use crate::error::FileError;

/// The longest file, in rows: as many subscriptions as the store is measured
/// with. Whom it was about is remembered to find people who are there twice, at
/// some two hundred bytes a row.
pub(crate) const MAX_ROWS: u64 = 1_000_000;

/// The longest cell, in characters: a note of some pages. What is longer is
/// usually half a file behind a quotation mark that was left open.
pub(crate) const MAX_CELL: usize = 20_000;

/// The longest row, in bytes: fifty of the longest cells. All of it is in memory
/// at once.
pub(crate) const MAX_ROW: u64 = 1024 * 1024;

/// How spreadsheets' own files and archives begin.
const PACKED: [&[u8]; 3] = [b"PK\x03\x04", &[0x1f, 0x8b], &[0xd0, 0xcf, 0x11, 0xe0]];

/// The columns of a file by their names, in lower case.
pub(crate) type Columns = HashMap<String, usize>;

/// With a line's end after the last one, so that every row ends with one.
type Source<R> = Bounded<Chain<BufReader<R>, &'static [u8]>>;

/// A table and its columns.
pub(crate) struct Table<R: Read> {
    reader: Reader<Source<R>>,
    pub(crate) columns: Columns,
    pub(crate) width: usize,
    /// By what columns seem to be separated, where it isn't commas.
    pub(crate) instead: Option<&'static str>,
    /// How many bytes the row that is being read may still have.
    left: Rc<Cell<u64>>,
    rows: u64,
}

impl<R: Read> Table<R> {
    pub(crate) fn open(source: R) -> Result<Self, FileError> {
        let mut source = BufReader::new(source);
        looks_like_text(source.fill_buf()?)?;
        let left = Rc::new(Cell::new(MAX_ROW));
        let source = Bounded {
            inner: source.chain(&b"\n"[..]),
            left: Rc::clone(&left),
        };
        let mut reader = ReaderBuilder::new()
            .flexible(true)
            .trim(Trim::All)
            .from_reader(source);
        let header = reader
            .headers()
            .cloned()
            .map_err(|error| broken(error, 1, &Columns::new()))?;
        if header.iter().all(str::is_empty) {
            return Err(FileError::Empty);
        }
        let mut columns = Columns::new();
        for (index, name) in header.iter().enumerate() {
            // Spreadsheets name empty columns nothing.
            let name = name.to_lowercase().replace(' ', "_");
            if !name.is_empty() && columns.insert(name.clone(), index).is_some() {
                return Err(FileError::Twice(name));
            }
        }
        let separates = |sign: char| header.iter().any(|name| name.contains(sign));
        let instead = [(';', "semicolons"), ('\t', "tabs")];
        let instead = instead.into_iter().find(|(sign, _)| separates(*sign));
        Ok(Self {
            reader,
            width: header.len(),
            instead: instead.map(|(_, name)| name),
            columns,
            left,
            rows: 0,
        })
    }

    /// The next row and the line that it begins on; empty ones are left out.
    pub(crate) fn next(&mut self) -> Result<Option<(u64, StringRecord)>, FileError> {
        let mut record = StringRecord::new();
        loop {
            self.left.set(MAX_ROW);
            let begins = line_of(self.reader.position());
            let is_there = self
                .reader
                .read_record(&mut record)
                .map_err(|error| broken(error, begins, &self.columns))?;
            if !is_there {
                return Ok(None);
            }
            // Where a record says that it begins, empty lines before it count in.
            let breaks = record.iter().flat_map(str::bytes).filter(|c| *c == b'\n');
            let breaks = u64::try_from(breaks.count()).unwrap_or(u64::MAX);
            let after = self.reader.position();
            let line = after.line().saturating_sub(breaks + 1);
            // Where lines end as they did on old Macs, only rows are counted.
            let line = line.max(after.record());
            if record.iter().all(str::is_empty) {
                continue;
            }
            self.rows += 1;
            if self.rows > MAX_ROWS {
                return Err(FileError::TooLong(MAX_ROWS));
            }
            return Ok(Some((line, record)));
        }
    }

    /// How much of the file has been read, in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        self.reader.position().byte()
    }
}

fn looks_like_text(beginning: &[u8]) -> Result<(), FileError> {
    if beginning.starts_with(&[0xff, 0xfe]) || beginning.starts_with(&[0xfe, 0xff]) {
        return Err(FileError::Utf16);
    }
    if PACKED.iter().any(|mark| beginning.starts_with(mark)) {
        return Err(FileError::Packed);
    }
    if beginning.contains(&0) {
        return Err(FileError::Binary);
    }
    Ok(())
}

/// Reads no more than is left for a row, and what is read ahead for the next.
struct Bounded<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let left = self.left.get();
        if left == 0 {
            return Err(Error::from(ErrorKind::FileTooLarge));
        }
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(into.len());
        let into = into.get_mut(..most).unwrap_or_default();
        let read = self.inner.read(into)?;
        self.left.set(left.saturating_sub(read as u64));
        Ok(read)
    }
}

/// On which line the row at a place begins. No row is shorter than a line, and
/// lines that end as they did on old Macs aren't counted.
fn line_of(place: &csv::Position) -> u64 {
    place.line().max(place.record() + 1)
}

/// The name of the column at a place.
pub(crate) fn name_of(columns: &Columns, place: usize) -> Option<String> {
    let found = columns.iter().find(|(_, index)| **index == place);
    found.map(|(name, _)| name.clone())
}

fn broken(error: csv::Error, begins: u64, columns: &Columns) -> FileError {
    let line = error.position().map_or(begins, line_of);
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == ErrorKind::FileTooLarge => {
            FileError::Endless {
                line: begins,
                most: MAX_ROW,
            }
        }
        csv::ErrorKind::Io(error) => FileError::Io(error),
        csv::ErrorKind::Utf8 { err, .. } => FileError::Broken {
            line,
            column: name_of(columns, err.field()),
            why: "it isn't UTF-8; save the file as CSV in UTF-8".to_owned(),
        },
        other => FileError::Broken {
            line,
            column: None,
            why: format!("{other:?}"),
        },
    }
}
