//! What is wrong with a file, or a row of it.

use std::borrow::Cow;
use std::fmt;

use commerce::address::BadAddress;
use store::NotAnAddress;
use thiserror::Error;

/// How much of a cell a complaint repeats, in characters.
const REPEATED: usize = 40;

/// The file can't be read at all.
#[derive(Debug, Error)]
pub enum FileError {
    /// The system doesn't let us.
    #[error("the file can't be read: {0}")]
    Io(#[from] std::io::Error),
    /// It isn't text in UTF-8.
    #[error("the file is UTF-16; save it as CSV in UTF-8")]
    Utf16,
    /// It is a spreadsheet's own file, or packed.
    #[error("the file is a spreadsheet or an archive, not CSV; save it as CSV in UTF-8")]
    Packed,
    /// It is no text at all.
    #[error("the file isn't text; save it as CSV in UTF-8")]
    Binary,
    /// It has no first line.
    #[error("the file is empty; its first line has to name the columns")]
    Empty,
    /// Its columns are those of no system that is known.
    #[error(
        "its columns are those of no export that is known here{}; say which it is with --format, \
         or give it the columns of ours, of which \"email\" is the one that is needed",
        advice(*.instead)
    )]
    Unrecognised {
        /// By what columns seem to be separated, where it isn't commas.
        instead: Option<&'static str>,
    },
    /// Columns that have to be there aren't.
    #[error("the columns {} are missing{}; a file of {format} has them", list(.missing), advice(*.instead))]
    Columns {
        /// Of which format it was to be.
        format: &'static str,
        /// Which are missing.
        missing: Vec<&'static str>,
        /// By what columns seem to be separated, where it isn't commas.
        instead: Option<&'static str>,
    },
    /// A column is there twice, so nobody knows which counts.
    #[error("the column {} is there twice; remove one of them", quoted(.0))]
    Twice(String),
    /// A column that the format doesn't know: perhaps a typing error in one
    /// that it does.
    #[error("the column {} isn't known; known are {known}", quoted(.column))]
    Unknown {
        /// Which.
        column: String,
        /// Those that are.
        known: String,
    },
    /// It can't be made sense of from some line on.
    #[error("line {line}{}: {why}", in_column(.column.as_deref()))]
    Broken {
        /// The line.
        line: u64,
        /// In which column, where it is one.
        column: Option<String>,
        /// Why.
        why: String,
    },
    /// A row goes on and on.
    #[error(
        "the row that begins in line {line} is longer than {most} bytes; is a quotation mark \
         missing?"
    )]
    Endless {
        /// Where it begins.
        line: u64,
        /// How long a row may be.
        most: u64,
    },
    /// There are more rows than are read at once.
    #[error("the file has more than {0} rows; split it")]
    TooLong(u64),
}

/// What is wrong with a row. The others can be brought over all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowError {
    /// On which line of the file the row begins.
    pub line: u64,
    /// In which column, where it is one.
    pub column: Option<Cow<'static, str>>,
    /// What.
    pub wrong: Wrong,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Wrong {
    /// There has to be something.
    #[error("there is nothing in it")]
    Nothing,
    /// No mail address.
    #[error(transparent)]
    Address(#[from] NotAnAddress),
    /// No day and no time.
    #[error("{} is no day; write it like 2027-01-31", quoted(.0))]
    Day(String),
    /// No month.
    #[error("{} is no month; write it like 2029-04", quoted(.0))]
    Month(String),
    /// Neither yes nor no.
    #[error("{} is neither true nor false", quoted(.0))]
    Truth(String),
    /// No language.
    #[error("{} is no language; write it like de or pt-BR", quoted(.0))]
    Language(String),
    /// No country.
    #[error("{} is no country; write it like DE", quoted(.0))]
    Country(String),
    /// No currency.
    #[error("{} is no currency; write it like EUR", quoted(.0))]
    Currency(String),
    /// Nothing that the post could read.
    #[error(transparent)]
    Post(#[from] BadAddress),
    /// None of the words that are allowed.
    #[error("{} isn't one of {allowed}", quoted(.word))]
    Word {
        /// What is there.
        word: String,
        /// What may be.
        allowed: &'static str,
    },
    /// More or fewer cells than columns.
    #[error("{cells} cells in {columns} columns; is a quotation mark missing?")]
    Cells {
        /// How many cells.
        cells: usize,
        /// How many columns.
        columns: usize,
    },
    /// Longer than anything of its kind.
    #[error("{0} characters are too many")]
    TooLong(usize),
    /// A character that nothing here has.
    #[error("it holds a control character")]
    Control,
    /// The same person again.
    #[error("the same as in line {0}; one of them is too many")]
    Again(u64),
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", {}", column.escape_debug())?;
        }
        write!(f, ": {}", self.wrong)
    }
}

impl std::error::Error for RowError {}

/// What somebody else has written, for a terminal: the beginning, with nothing
/// in it that a terminal would obey.
fn quoted(text: &str) -> String {
    let mut beginning: String = text.chars().take(REPEATED).collect();
    if beginning.len() < text.len() {
        beginning.push('…');
    }
    format!("\"{}\"", beginning.escape_debug())
}

fn in_column(column: Option<&str>) -> String {
    column.map_or_else(String::new, |name| format!(", {}", name.escape_debug()))
}

fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    quoted.join(", ")
}

fn advice(instead: Option<&'static str>) -> String {
    let advice = |what| format!(" (columns are separated by commas, not {what})");
    instead.map_or_else(String::new, advice)
}
