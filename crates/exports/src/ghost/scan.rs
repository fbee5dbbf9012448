//! The rows of a JSON document's tables, one at a time.
//!
//! Only brackets and quotation marks are looked at here; a row that is cut out is read by
//! a real parser. So one that makes no sense within its brackets costs itself alone, and
//! one that is too long is passed over without being held.

use std::io::BufRead;

use crate::error::Error;

/// How long a row is at most, in bytes: a post's text is in it in three or four forms.
const MAX_ROW: usize = 32 * 1024 * 1024;

/// How long a key is at most.
const MAX_KEY: usize = 1024;

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) table: &'a str,
    pub(super) line: u64,
    /// The bytes, or why there are none.
    pub(super) value: Result<&'a [u8], String>,
}

/// Where in the document we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// In an object of which `db` or `data` is wanted.
    Outer,
    /// In the list that `db` is.
    List,
    /// In the object of all tables.
    Tables,
    /// In the list that a table is.
    Rows,
}

/// The document while it is read.
pub(super) struct Rows<R> {
    source: R,
    line: u64,
    levels: Vec<Level>,
    table: String,
    held: Vec<u8>,
    has_tables: bool,
}

impl<R: BufRead> Rows<R> {
    pub(super) fn open(source: R) -> Result<Self, Error> {
        let mut rows = Self {
            source,
            line: 1,
            levels: Vec::new(),
            table: String::new(),
            held: Vec::new(),
            has_tables: false,
        };
        // A mark of UTF-8 at the beginning says nothing.
        for mark in [0xef, 0xbb, 0xbf] {
            if rows.peek()? == Some(mark) {
                rows.take()?;
            }
        }
        rows.blanks()?;
        if rows.peek()? != Some(b'{') {
            let found = "it doesn't begin with {".to_owned();
            return Err(Error::Other {
                expected: "export of Ghost",
                found,
            });
        }
        rows.take()?;
        rows.levels.push(Level::Outer);
        Ok(rows)
    }

    /// The next row; `None` at the end of the document.
    pub(super) fn next(&mut self) -> Result<Option<Row<'_>>, Error> {
        loop {
            let Some(level) = self.levels.last().copied() else {
                return if self.has_tables {
                    Ok(None)
                } else {
                    Err(Self::no_tables())
                };
            };
            self.blanks()?;
            match self.peek()? {
                None => return Err(self.broken("it ends in the midst of the document")),
                Some(b',') => {
                    self.take()?;
                    continue;
                }
                Some(b'}' | b']') => {
                    self.take()?;
                    self.levels.pop();
                    continue;
                }
                Some(_) => {}
            }
            match level {
                Level::Outer => self.outer()?,
                Level::List => self.enter(b'{', Level::Outer)?,
                Level::Tables => {
                    self.table = self.key()?;
                    self.enter(b'[', Level::Rows)?;
                }
                Level::Rows => {
                    let line = self.line;
                    let is_whole = self.value(true)?;
                    let value = if is_whole {
                        Ok(self.held.as_slice())
                    } else {
                        Err("it has more than 32 MB".to_owned())
                    };
                    return Ok(Some(Row {
                        table: &self.table,
                        line,
                        value,
                    }));
                }
            }
        }
    }

    fn outer(&mut self) -> Result<(), Error> {
        match &*self.key()? {
            "db" => self.enter(b'[', Level::List),
            "data" => {
                self.has_tables = true;
                self.enter(b'{', Level::Tables)
            }
            _ => self.value(false).map(drop),
        }
    }

    /// Goes into what opens with that bracket, or past what doesn't.
    fn enter(&mut self, bracket: u8, level: Level) -> Result<(), Error> {
        self.blanks()?;
        if self.peek()? == Some(bracket) {
            self.take()?;
            self.levels.push(level);
            return Ok(());
        }
        self.value(false).map(drop)
    }

    /// A key and its colon.
    fn key(&mut self) -> Result<String, Error> {
        if self.peek()? != Some(b'"') {
            return Err(self.broken("a name in quotation marks was to come"));
        }
        self.held.clear();
        let mut room = MAX_KEY;
        self.string(true, &mut room)?;
        let key = serde_json::from_slice(&self.held).unwrap_or_default();
        self.blanks()?;
        if self.take()? != Some(b':') {
            return Err(self.broken("a colon was to come"));
        }
        Ok(key)
    }

    /// Passes over a value, and holds it where it is `wanted`. `false` where it is too
    /// long for that.
    fn value(&mut self, wanted: bool) -> Result<bool, Error> {
        self.held.clear();
        let mut room = if wanted { MAX_ROW } else { 0 };
        let mut depth = 0_u32;
        self.blanks()?;
        loop {
            let Some(byte) = self.peek()? else {
                return Err(self.broken("it ends in the midst of a value"));
            };
            match byte {
                b'"' => self.string(wanted, &mut room)?,
                b'{' | b'[' => {
                    depth += 1;
                    self.hold(wanted, &mut room)?;
                }
                b'}' | b']' | b',' if depth == 0 => break,
                b'}' | b']' => {
                    depth -= 1;
                    self.hold(wanted, &mut room)?;
                }
                _ => self.hold(wanted, &mut room)?,
            }
            if depth == 0 && matches!(byte, b'"' | b'}' | b']') {
                break;
            }
        }
        let is_whole = room > 0;
        if !is_whole {
            self.held.clear();
        }
        Ok(is_whole || !wanted)
    }

    fn string(&mut self, wanted: bool, room: &mut usize) -> Result<(), Error> {
        self.hold(wanted, room)?;
        loop {
            match self.peek()? {
                None => return Err(self.broken("it ends in the midst of a text")),
                Some(b'\\') => {
                    self.hold(wanted, room)?;
                    self.hold(wanted, room)?;
                }
                Some(b'"') => return self.hold(wanted, room),
                Some(_) => self.hold(wanted, room)?,
            }
        }
    }

    /// Takes a byte, and keeps it while there is room.
    fn hold(&mut self, wanted: bool, room: &mut usize) -> Result<(), Error> {
        if let Some(byte) = self.take()?
            && wanted
        {
            if *room > 0 {
                self.held.push(byte);
                *room -= 1;
            } else {
                self.held = Vec::new();
            }
        }
        Ok(())
    }

    fn blanks(&mut self) -> Result<(), Error> {
        while matches!(self.peek()?, Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.take()?;
        }
        Ok(())
    }

    fn peek(&mut self) -> Result<Option<u8>, Error> {
        Ok(self
            .source
            .fill_buf()
            .map_err(Error::Unreadable)?
            .first()
            .copied())
    }

    fn take(&mut self) -> Result<Option<u8>, Error> {
        let byte = self.peek()?;
        if byte.is_some() {
            self.source.consume(1);
        }
        self.line += u64::from(byte == Some(b'\n'));
        Ok(byte)
    }

    fn broken(&self, what: &str) -> Error {
        Error::Broken {
            line: self.line,
            what: what.to_owned(),
        }
    }

    fn no_tables() -> Error {
        let found = "it has no \"data\" in it".to_owned();
        Error::Other {
            expected: "export of Ghost",
            found,
        }
    }
}
