//! A file, row by row.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read;

use access::Country;
use commerce::calendar::read_day;
use commerce::money::Currency;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use store::MailAddress;

use crate::error::{FileError, RowError, Wrong};
use crate::formats::Format;
use crate::subscriber::{Has, Paid, Subscriber};
use crate::table::{Columns, MAX_CELL, Table, name_of};

/// The longest name, in characters.
const MAX_NAME: usize = 200;

/// The longest tag of a language that is looked for, in bytes (RFC 5646, 4.4.1).
const LONGEST_LOCALE: usize = 35;

/// A file in one format.
pub struct Rows<R: Read> {
    table: Table<R>,
    format: Format,
    zone: TimeZone,
    /// The line on which each person was first, by what makes them one.
    seen: HashMap<String, u64>,
}

/// What became of a row.
#[derive(Debug)]
pub struct Row {
    /// On which line of the file it begins.
    pub line: u64,
    /// Whom it is about.
    pub subscriber: Result<Subscriber, RowError>,
}

impl<R: Read> Rows<R> {
    /// Opens a file and looks at its columns: which format it is of, unless that
    /// is said. Days are days in `zone`, through their end.
    pub fn open(source: R, format: Option<Format>, zone: TimeZone) -> Result<Self, FileError> {
        let table = Table::open(source)?;
        let format = match format {
            Some(format) => format,
            None => Format::of(&table.columns, table.instead)?,
        };
        format.check(&table.columns, table.instead)?;
        Ok(Self {
            table,
            format,
            zone,
            seen: HashMap::new(),
        })
    }

    /// Of which format it is.
    pub fn format(&self) -> Format {
        self.format
    }

    /// How much of the file has been read, in bytes.
    pub fn bytes(&self) -> u64 {
        self.table.bytes()
    }

    /// The next row; `None` after the last one.
    pub fn next_row(&mut self) -> Result<Option<Row>, FileError> {
        let Some((line, record)) = self.table.next()? else {
            return Ok(None);
        };
        let cells = Cells {
            columns: &self.table.columns,
            width: self.table.width,
            record: &record,
            zone: &self.zone,
            line,
        };
        let subscriber = cells
            .whole()
            .and_then(|()| self.format.subscriber(&cells))
            .and_then(|found| first(&mut self.seen, self.format, &cells, found));
        Ok(Some(Row { line, subscriber }))
    }
}

/// Refuses who was there before, and what somebody before pays with.
fn first(
    seen: &mut HashMap<String, u64>,
    format: Format,
    cells: &Cells<'_>,
    found: Subscriber,
) -> Result<Subscriber, RowError> {
    let (mail, id) = format.names(cells.columns);
    let mut keys = vec![(mail, found.mail.key()), (id, found.external.clone())];
    if let Has::Paid(Paid {
        card: Some(card), ..
    }) = &found.has
    {
        // No id has a control character, so these are none.
        keys.push(("customer", format!("\0{}", card.customer)));
        keys.push(("payment_method", format!("\0\0{}", card.method)));
    }
    for (column, key) in keys {
        match seen.get(&key) {
            Some(before) if *before != cells.line => {
                return Err(cells.error(Some(column), Wrong::Again(*before)));
            }
            _ => drop(seen.insert(key, cells.line)),
        }
    }
    Ok(found)
}

/// The cells of one row.
pub(crate) struct Cells<'a> {
    columns: &'a Columns,
    width: usize,
    record: &'a csv::StringRecord,
    zone: &'a TimeZone,
    line: u64,
}

impl Cells<'_> {
    /// Whether the row has as many cells as there are columns.
    fn whole(&self) -> Result<(), RowError> {
        let (cells, columns) = (self.record.len(), self.width);
        if cells != columns {
            let wrong = Wrong::Cells { cells, columns };
            return Err(self.error(None, wrong));
        }
        for (place, cell) in self.record.iter().enumerate() {
            let long = cell.chars().count();
            if long > MAX_CELL {
                return Err(RowError {
                    line: self.line,
                    column: name_of(self.columns, place).map(Cow::Owned),
                    wrong: Wrong::TooLong(long),
                });
            }
        }
        Ok(())
    }

    /// What is in a column, if the file has it and there is something.
    pub(crate) fn some(&self, column: &'static str) -> Option<&str> {
        let index = self.columns.get(column)?;
        self.record.get(*index).filter(|cell| !cell.is_empty())
    }

    /// A mail address.
    pub(crate) fn mail(&self, column: &'static str) -> Result<MailAddress, RowError> {
        let missing = || self.error(Some(column), Wrong::Nothing);
        let text = self.some(column).ok_or_else(missing)?;
        MailAddress::new(text).map_err(|error| self.error(Some(column), error.into()))
    }

    /// What somebody is called.
    pub(crate) fn name(&self, column: &'static str) -> Result<Option<String>, RowError> {
        self.short(column, MAX_NAME)
    }

    /// A line of so many characters at most.
    pub(crate) fn short(
        &self,
        column: &'static str,
        most: usize,
    ) -> Result<Option<String>, RowError> {
        self.short_as(column, most, column)
    }

    /// The same where it stands for another column, which is blamed.
    pub(crate) fn short_as(
        &self,
        column: &'static str,
        most: usize,
        blamed: &'static str,
    ) -> Result<Option<String>, RowError> {
        let Some(text) = self.some(column) else {
            return Ok(None);
        };
        if text.chars().any(char::is_control) {
            return Err(self.error(Some(blamed), Wrong::Control));
        }
        match text.chars().count() {
            count if count > most => Err(self.error(Some(blamed), Wrong::TooLong(count))),
            _ => Ok(Some(text.to_owned())),
        }
    }

    /// A country, by its two letters.
    pub(crate) fn country(&self, column: &'static str) -> Result<Option<Country>, RowError> {
        let Some(text) = self.some(column) else {
            return Ok(None);
        };
        let wrong = || self.error(Some(column), Wrong::Country(text.to_owned()));
        Country::parse(text).map(Some).ok_or_else(wrong)
    }

    /// A currency, by its three letters.
    pub(crate) fn currency(&self, column: &'static str) -> Result<Option<Currency>, RowError> {
        let Some(text) = self.some(column) else {
            return Ok(None);
        };
        let wrong = |_| self.error(Some(column), Wrong::Currency(text.to_owned()));
        let found = Currency::parse(&text.to_uppercase());
        found.map(Some).map_err(wrong)
    }

    /// A language, as BCP 47 writes it.
    pub(crate) fn locale(&self, column: &'static str) -> Result<Option<String>, RowError> {
        let Some(text) = self.some(column) else {
            return Ok(None);
        };
        let part = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_alphanumeric())
        };
        let first = text.split('-').next().unwrap_or_default();
        let is_language = first.len() >= 2 && first.bytes().all(|c| c.is_ascii_alphabetic());
        if text.len() <= LONGEST_LOCALE && is_language && text.split('-').all(part) {
            return Ok(Some(text.to_owned()));
        }
        Err(self.error(Some(column), Wrong::Language(text.to_owned())))
    }

    /// A month of a year: `2029-04`.
    pub(crate) fn month(&self, column: &'static str) -> Result<Option<String>, RowError> {
        let Some(text) = self.some(column) else {
            return Ok(None);
        };
        let is_month = read_day(&format!("{text}-01")).is_some();
        if is_month {
            return Ok(Some(text.to_owned()));
        }
        Err(self.error(Some(column), Wrong::Month(text.to_owned())))
    }

    /// Yes or no; no where there is nothing.
    pub(crate) fn truth(&self, column: &'static str) -> Result<bool, RowError> {
        match self.some(column).map(str::to_lowercase).as_deref() {
            None | Some("false" | "no" | "0") => Ok(false),
            Some("true" | "yes" | "1") => Ok(true),
            Some(other) => Err(self.error(Some(column), Wrong::Truth(other.to_owned()))),
        }
    }

    /// A time, or a day through its end.
    pub(crate) fn until(&self, column: &'static str) -> Result<Option<Timestamp>, RowError> {
        self.time(column, true)
    }

    /// A time, or the beginning of a day.
    pub(crate) fn since(&self, column: &'static str) -> Result<Option<Timestamp>, RowError> {
        self.time(column, false)
    }

    fn time(&self, column: &'static str, end: bool) -> Result<Option<Timestamp>, RowError> {
        let Some(text) = self.some(column) else {
            return Ok(None);
        };
        // What databases write for no date at all.
        if text.starts_with("0000-00-00") {
            return Ok(None);
        }
        read_time(text, self.zone, end)
            .map(Some)
            .ok_or_else(|| self.error(Some(column), Wrong::Day(text.to_owned())))
    }

    /// A complaint about a cell.
    pub(crate) fn error(&self, column: Option<&'static str>, wrong: Wrong) -> RowError {
        RowError {
            line: self.line,
            column: column.map(Cow::Borrowed),
            wrong,
        }
    }
}

fn read_time(text: &str, zone: &TimeZone, end: bool) -> Option<Timestamp> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    if let Some(day) = read_day(text) {
        let day = if end {
            day.tomorrow().unwrap_or(day)
        } else {
            day
        };
        return Some(there(day.into(), zone));
    }
    Some(there(text.parse().ok()?, zone))
}

/// A time in a zone. Of the last days that there are, which some write for no end at
/// all, the last instant.
fn there(local: DateTime, zone: &TimeZone) -> Timestamp {
    let there = local.to_zoned_datetime(zone.clone());
    there.map_or(Timestamp::MAX, |there| there.timestamp())
}
