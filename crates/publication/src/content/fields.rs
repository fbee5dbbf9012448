//! Taking typed values out of a TOML table, gathering every mistake instead
//! of stopping at the first.

use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use prompts::Locale;
use toml::de::{DeTable, DeValue};

use super::error::{Findings, Problem, line_at, nearest};

/// The longest text of one key, in bytes. The longest standfirst of a
/// newspaper has a quarter of it.
const MAX_TEXT: usize = 2000;

/// The most entries of a list such as tags.
const MAX_LIST: usize = 50;

/// The earliest year of anything: before it, addresses such as those of the archive would
/// have fewer digits. Printing is younger.
const EARLIEST: i16 = 1000;

/// A text together with the line it stands on.
#[derive(Clone, Debug)]
pub(crate) struct Placed<T> {
    pub(crate) value: T,
    pub(crate) line: usize,
}

/// The text of a file in which tables are found, and where findings go.
pub(crate) struct Sheet<'a, 'f> {
    pub(crate) file: &'a str,
    /// The TOML alone.
    pub(crate) source: &'a str,
    /// Lines of the file before the TOML.
    pub(crate) lines_before: usize,
    pub(crate) findings: &'f mut Findings,
    /// Whether the TOML had syntax errors: what is missing then may have been
    /// lost with them, and saying so would only confuse.
    broken: bool,
}

impl<'a, 'f> Sheet<'a, 'f> {
    pub(crate) fn new(
        file: &'a str,
        source: &'a str,
        lines_before: usize,
        findings: &'f mut Findings,
    ) -> Self {
        Self {
            file,
            source,
            lines_before,
            findings,
            broken: false,
        }
    }

    pub(crate) fn add(&mut self, line: usize, problem: Problem) {
        self.findings.add(self.file, Some(line), problem);
    }

    /// The whole TOML as a table. Syntax errors are findings; what could be
    /// read is read nevertheless, so that other mistakes show at once.
    pub(crate) fn parse(&mut self) -> Fields<'a> {
        let (table, errors) = DeTable::parse_recoverable(self.source);
        self.broken = !errors.is_empty();
        for error in errors {
            let line = error.span().map(|span| self.line(&span));
            let written = error
                .span()
                .and_then(|span| line_of(self.source, span.start));
            let problem = match written {
                Some(written) => format!("{}, in `{written}`", error.message()),
                None => error.message().to_owned(),
            };
            self.findings.add(self.file, line, Problem::Toml(problem));
        }
        Fields {
            table: table.into_inner(),
            line: self.lines_before + 1,
            known: Vec::new(),
        }
    }

    /// The line of the file that a span of the TOML begins on.
    fn line(&self, span: &Range<usize>) -> usize {
        self.lines_before + line_at(self.source, span.start)
    }
}

/// One table, whose keys are taken out one by one.
pub(crate) struct Fields<'a> {
    table: DeTable<'a>,
    /// The line that the table begins on.
    pub(crate) line: usize,
    known: Vec<&'static str>,
}

impl<'a> Fields<'a> {
    /// A text of one line that must be there.
    pub(crate) fn text(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
        example: &'static str,
    ) -> Option<Placed<String>> {
        if !self.table.contains_key(key) {
            self.missing(sheet, key, example);
        }
        let found = self.optional_text(sheet, key);
        found.filter(|text| !text.value.is_empty())
    }

    /// A text of one line that may be left out; an empty one is a finding.
    pub(crate) fn optional_text(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
    ) -> Option<Placed<String>> {
        let Placed { value, line } = self.take(sheet, key)?;
        let value = one_line(sheet, key, &value, line).unwrap_or_default();
        Some(Placed { value, line })
    }

    /// A list of texts; empty where it is left out.
    pub(crate) fn texts(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
    ) -> Vec<Placed<String>> {
        let Some(Placed { value, line }) = self.take(sheet, key) else {
            return Vec::new();
        };
        let DeValue::Array(list) = value else {
            wrong_kind(
                sheet,
                key,
                "a list of texts such as [\"one\", \"two\"]",
                &value,
                line,
            );
            return Vec::new();
        };
        if list.len() > MAX_LIST {
            let what = format!(
                "has {} entries; keep the {MAX_LIST} that matter",
                list.len()
            );
            sheet.add(line, Problem::BadText { key, what });
        }
        let mut texts: Vec<Placed<String>> = Vec::with_capacity(list.len().min(MAX_LIST));
        for item in list.into_iter().take(MAX_LIST) {
            let line = sheet.line(&item.span());
            let Some(value) = one_line(sheet, key, item.get_ref(), line) else {
                continue;
            };
            if texts.iter().any(|other| other.value == value) {
                sheet.add(
                    line,
                    Problem::Pointless {
                        key,
                        name: value,
                        how: "twice",
                    },
                );
            } else {
                texts.push(Placed { value, line });
            }
        }
        texts
    }

    /// A moment that must be there.
    pub(crate) fn time(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
        zone: &TimeZone,
        example: &'static str,
    ) -> Option<Placed<Timestamp>> {
        if !self.table.contains_key(key) {
            self.missing(sheet, key, example);
        }
        self.optional_time(sheet, key, zone)
    }

    /// A moment: with an offset, or in the publication's zone.
    pub(crate) fn optional_time(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
        zone: &TimeZone,
    ) -> Option<Placed<Timestamp>> {
        let Placed { value, line } = self.take(sheet, key)?;
        let DeValue::Datetime(written) = value else {
            let expected = "a time without quotation marks, such as 2026-11-20T06:00:00Z";
            wrong_kind(sheet, key, expected, &value, line);
            return None;
        };
        let text = written.to_string();
        let parsed = if written.offset.is_some() {
            text.parse::<Timestamp>()
        } else if written.time.is_some() {
            text.parse::<DateTime>()
                .and_then(|local| local.to_zoned_datetime(zone.clone()))
                .map(|zoned| zoned.timestamp())
        } else {
            text.parse::<Date>()
                .and_then(|day| day.to_zoned_datetime(zone.clone()))
                .map(|zoned| zoned.timestamp())
        };
        match parsed {
            Ok(value) => {
                let year = value.to_zoned_datetime(zone.clone()).year();
                in_addresses(sheet, (key, line), year).then_some(Placed { value, line })
            }
            // What isn't a time at all is a syntax error, reported as such.
            Err(_) if sheet.broken => None,
            Err(error) => {
                sheet.add(
                    line,
                    Problem::BadTime {
                        key,
                        reason: error.to_string(),
                    },
                );
                None
            }
        }
    }

    /// A day without a time.
    pub(crate) fn day(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
    ) -> Option<Placed<Date>> {
        if !self.table.contains_key(key) {
            self.missing(sheet, key, "date = 2026-11-20");
        }
        let Placed { value, line } = self.take(sheet, key)?;
        match value {
            DeValue::Datetime(written) if written.time.is_none() => {
                match written.to_string().parse::<Date>() {
                    Ok(day) => in_addresses(sheet, (key, line), day.year())
                        .then_some(Placed { value: day, line }),
                    Err(error) => {
                        sheet.add(
                            line,
                            Problem::BadTime {
                                key,
                                reason: error.to_string(),
                            },
                        );
                        None
                    }
                }
            }
            other => {
                let expected = "a day without quotation marks, such as 2026-11-20";
                wrong_kind(sheet, key, expected, &other, line);
                None
            }
        }
    }

    /// A whole number of `range`.
    pub(crate) fn number(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
        range: std::ops::RangeInclusive<i16>,
    ) -> Option<i16> {
        let number = self.placed_number(sheet, key, range);
        number.map(|number| number.value)
    }

    /// The same with its line.
    pub(crate) fn placed_number(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
        range: std::ops::RangeInclusive<i16>,
    ) -> Option<Placed<i16>> {
        let Placed { value, line } = self.take(sheet, key)?;
        let number = value
            .as_integer()
            .and_then(|integer| i16::from_str_radix(integer.as_str(), integer.radix()).ok())
            .filter(|number| range.contains(number));
        if number.is_none() {
            let what = format!("must be a number from {} to {}", range.start(), range.end());
            sheet.add(line, Problem::BadText { key, what });
        }
        Some(Placed {
            value: number?,
            line,
        })
    }

    /// The tag of a language; `None` where it is left out or isn't one.
    pub(crate) fn language(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
    ) -> Option<Locale> {
        let tag = self.optional_text(sheet, key)?;
        match tag.value.parse() {
            Ok(locale) => Some(locale),
            Err(error) => {
                let what = format!("isn't right: {error}");
                sheet.add(tag.line, Problem::BadText { key, what });
                None
            }
        }
    }

    /// `true` or `false`; `None` where it is left out.
    pub(crate) fn flag(&mut self, sheet: &mut Sheet<'_, '_>, key: &'static str) -> Option<bool> {
        let Placed { value, line } = self.take(sheet, key)?;
        let flag = value.as_bool();
        if flag.is_none() {
            wrong_kind(
                sheet,
                key,
                "true or false without quotation marks",
                &value,
                line,
            );
        }
        flag
    }

    /// A table of its own, if it is there.
    pub(crate) fn table(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
    ) -> Option<Fields<'a>> {
        let Placed { value, line } = self.take(sheet, key)?;
        match value {
            DeValue::Table(table) => Some(Fields {
                table,
                line,
                known: Vec::new(),
            }),
            other => {
                wrong_kind(sheet, key, "a table", &other, line);
                None
            }
        }
    }

    /// The tables of a list such as `[[sections]]`; one table stands for a
    /// list of one.
    pub(crate) fn tables(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
    ) -> Vec<Fields<'a>> {
        self.many_tables(sheet, key, MAX_LIST)
    }

    /// The tables of a list that may have more than the usual.
    pub(crate) fn many_tables(
        &mut self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
        most: usize,
    ) -> Vec<Fields<'a>> {
        let Some(Placed { value, line }) = self.take(sheet, key) else {
            return Vec::new();
        };
        let list = match value {
            DeValue::Table(table) => {
                return vec![Fields {
                    table,
                    line,
                    known: Vec::new(),
                }];
            }
            DeValue::Array(list) if list.len() <= most => list,
            DeValue::Array(list) => {
                let what = format!("has {} entries; there can be at most {most}", list.len());
                sheet.add(line, Problem::BadText { key, what });
                return Vec::new();
            }
            other => {
                wrong_kind(sheet, key, "a list of tables", &other, line);
                return Vec::new();
            }
        };
        let mut tables = Vec::with_capacity(list.len());
        for item in list {
            let line = sheet.line(&item.span());
            match item.into_inner() {
                DeValue::Table(table) => tables.push(Fields {
                    table,
                    line,
                    known: Vec::new(),
                }),
                other => wrong_kind(sheet, key, "a list of tables", &other, line),
            }
        }
        tables
    }

    /// Says that a key isn't there, unless it may have been lost with a
    /// syntax error.
    pub(crate) fn missing(
        &self,
        sheet: &mut Sheet<'_, '_>,
        key: &'static str,
        example: &'static str,
    ) {
        if !sheet.broken {
            sheet.add(self.line, Problem::MissingKey { key, example });
        }
    }

    /// Whether every key has been taken.
    pub(crate) fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Refuses every key that hasn't been taken.
    pub(crate) fn finish(self, sheet: &mut Sheet<'_, '_>) {
        for key in self.table.keys() {
            let line = sheet.line(&key.span());
            let key = key.get_ref().to_string();
            let suggestion = nearest(&key, self.known.iter().copied());
            let known = self.known.clone();
            sheet.add(
                line,
                Problem::UnknownKey {
                    key,
                    suggestion,
                    known,
                },
            );
        }
    }

    fn take(&mut self, sheet: &Sheet<'_, '_>, key: &'static str) -> Option<Placed<DeValue<'a>>> {
        self.known.push(key);
        let value = self.table.remove(key)?;
        let line = sheet.line(&value.span());
        Some(Placed {
            value: value.into_inner(),
            line,
        })
    }
}

/// Whether a year can stand in addresses, which have four digits of it; a finding where
/// it can't.
fn in_addresses(sheet: &mut Sheet<'_, '_>, (key, line): (&'static str, usize), year: i16) -> bool {
    let can = year >= EARLIEST;
    if !can {
        let what =
            format!("is of the year {year}; write one from {EARLIEST} on, with all of its digits");
        sheet.add(line, Problem::BadText { key, what });
    }
    can
}

/// The value as a text that fills one line; anything else is a finding.
fn one_line(
    sheet: &mut Sheet<'_, '_>,
    key: &'static str,
    value: &DeValue<'_>,
    line: usize,
) -> Option<String> {
    let Some(text) = value.as_str() else {
        wrong_kind(sheet, key, "a text in quotation marks", value, line);
        return None;
    };
    let text = text.trim();
    let what = if text.is_empty() {
        "is empty; write something or take the line out".to_owned()
    } else if text.len() > MAX_TEXT {
        format!("is longer than {MAX_TEXT} bytes; shorten it")
    } else if text.chars().any(char::is_control) {
        "has a line break or another control character; write it on one line".to_owned()
    } else {
        return Some(text.to_owned());
    };
    sheet.add(line, Problem::BadText { key, what });
    None
}

fn wrong_kind(
    sheet: &mut Sheet<'_, '_>,
    key: &'static str,
    expected: &'static str,
    found: &DeValue<'_>,
    line: usize,
) {
    let found = format!("{} {}", article(found.type_str()), found.type_str());
    sheet.add(
        line,
        Problem::WrongKind {
            key,
            expected,
            found,
        },
    );
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'i']) {
        "an"
    } else {
        "a"
    }
}

/// The line of `source` that the byte at `offset` is on, as far as it is shown.
fn line_of(source: &str, offset: usize) -> Option<String> {
    /// A long standfirst needn't be repeated.
    const SHOWN: usize = 60;
    let begins = source.get(..offset)?.rfind('\n').map_or(0, |at| at + 1);
    let line = source.get(begins..)?.lines().next()?.trim();
    let shown: String = line.chars().take(SHOWN).collect();
    let is_short = shown.len() == line.len();
    (!line.is_empty()).then(|| if is_short { shown } else { shown + "…" })
}
