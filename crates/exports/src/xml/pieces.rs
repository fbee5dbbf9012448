//! Cutting a long XML file into its entries, without ever having more than one in memory.
//!
//! Only so much of XML is known here as tells where an entry begins and ends: tags,
//! comments, character data. Where an entry has no end, or more bytes than one may have,
//! it is given up, and the next one is looked for at the beginning of a line. So one that
//! is broken costs itself, and at worst those that it runs into.

use std::io::BufRead;

use memchr::memchr;
use memchr::memmem;

use crate::error::Error;

/// How long an entry is at most, in bytes: a book of a million words with its readers'
/// comments.
pub(crate) const MAX_ENTRY: usize = 16 * 1024 * 1024;

/// How much is read at once.
const CHUNK: usize = 64 * 1024;

/// The longest name of an element that is told apart.
const MAX_NAME: usize = 64;

/// A piece of the file.
#[derive(Debug)]
pub(crate) enum Cut {
    /// A whole element of one of the names asked for.
    Whole {
        /// The line on which it begins.
        line: u64,
    },
    /// The first element of the file, of whatever name.
    Root(String),
    /// An entry that can't be cut out, and why.
    Broken {
        /// The line on which it begins.
        line: u64,
        /// What is wrong.
        what: &'static str,
    },
}

/// The pieces of a file, in their order.
pub(crate) struct Pieces<R> {
    source: R,
    /// What has been read and is still wanted.
    held: Vec<u8>,
    /// Where in it goes on what hasn't been looked at.
    at: usize,
    /// The piece last cut out.
    piece: std::ops::Range<usize>,
    /// The beginning of the last entry that was broken.
    torn: Vec<u8>,
    /// The line of `held[0]`.
    line: u64,
    is_over: bool,
    is_begun: bool,
    names: &'static [&'static str],
    /// Those that are entries: another of the name can't be in one.
    entries: &'static [&'static str],
}

impl<R: BufRead> Pieces<R> {
    /// Cuts out the elements called one of `names` or `entries`.
    pub(crate) fn new(
        source: R,
        names: &'static [&'static str],
        entries: &'static [&'static str],
    ) -> Self {
        Self {
            source,
            held: Vec::new(),
            at: 0,
            piece: 0..0,
            torn: Vec::new(),
            line: 1,
            is_over: false,
            is_begun: false,
            names,
            entries,
        }
    }

    /// The bytes of the piece that [`next`](Self::next) has just told of.
    pub(crate) fn piece(&self) -> &[u8] {
        self.held.get(self.piece.clone()).unwrap_or_default()
    }

    /// What of a broken entry was read before it was given up.
    pub(crate) fn torn(&self) -> &[u8] {
        &self.torn
    }

    /// The next piece; `None` at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<Cut>, Error> {
        loop {
            self.let_go(self.at);
            let Some(found) = self.find(b"<", 0)? else {
                return Ok(None);
            };
            self.let_go(found);
            if self.starts_with(0, b"<!--")? {
                self.skip(b"-->", 4)?;
            } else if self.starts_with(0, b"<![CDATA[")? {
                self.skip(b"]]>", 9)?;
            } else if self.starts_with(0, b"<?")? {
                self.skip(b"?>", 2)?;
            } else if self.starts_with(0, b"<!")? || self.starts_with(0, b"</")? {
                self.skip(b">", 2)?;
            } else {
                let name = self.name(1)?;
                if let Some(known) = self.known(&name) {
                    return self.cut(known).map(Some);
                }
                self.at = 1;
                if !self.is_begun && !name.is_empty() {
                    self.is_begun = true;
                    return Ok(Some(Cut::Root(name)));
                }
            }
        }
    }

    /// Says that the last piece made no sense, so that an entry which may begin in it
    /// isn't lost with it.
    pub(crate) fn look_again(&mut self) {
        let piece = self.piece.clone();
        if let Some(next) = self.line_start(piece.start + 1, piece.end) {
            self.at = next;
            self.piece = 0..0;
        }
    }

    fn known(&self, name: &str) -> Option<&'static str> {
        let all = self.names.iter().chain(self.entries);
        all.copied().find(|known| *known == name)
    }

    /// Cuts out the element that begins at 0.
    fn cut(&mut self, name: &'static str) -> Result<Cut, Error> {
        self.is_begun = true;
        let line = self.line;
        let end_tag = format!("</{name}");
        let is_entry = self.entries.contains(&name);
        let mut at = 1 + name.len();
        if let Some(close) = self.find(b">", at)?
            && self.held.get(close - 1) == Some(&b'/')
            && close < CHUNK
        {
            self.at = close + 1;
            self.piece = 0..self.at;
            return Ok(Cut::Whole { line });
        }
        loop {
            match self.find_within(b"<", at)? {
                Found::At(found) if found <= MAX_ENTRY => at = found,
                Found::At(_) | Found::TooFar => return self.skip_entry(line, name),
                Found::Nowhere => return Ok(self.give_up(line, at)),
            }
            let skipped: Option<(&[u8], usize)> = if self.starts_with(at, b"<![CDATA[")? {
                Some((b"]]>", 9))
            } else if self.starts_with(at, b"<!--")? {
                Some((b"-->", 4))
            } else {
                None
            };
            if let Some((end, length)) = skipped {
                match self.find_within(end, at + length)? {
                    Found::At(found) => at = found + end.len(),
                    Found::TooFar => return self.skip_entry(line, name),
                    Found::Nowhere => return Ok(self.give_up(line, at)),
                }
            } else if self.starts_with(at, end_tag.as_bytes())? {
                let after = at + end_tag.len();
                if matches!(self.byte(after)?, Some(b'>' | b' ' | b'\t' | b'\r' | b'\n')) {
                    let close = self.find(b">", after)?.unwrap_or(after);
                    self.at = close + 1;
                    self.piece = 0..self.at.min(self.held.len());
                    return Ok(Cut::Whole { line });
                }
                at = after;
            } else if is_entry && self.name(at + 1)? == name {
                self.at = at;
                self.tear(at);
                return Ok(Cut::Broken {
                    line,
                    what: "it has no end: another one begins in it",
                });
            } else {
                at += 1;
            }
        }
    }

    /// Keeps what is held up to `end` of an entry that is given up.
    fn tear(&mut self, end: usize) {
        let end = end.min(self.held.len());
        self.torn.clear();
        self.torn.extend_from_slice(&self.held[..end]);
    }

    /// The end of the file has come: what is held is broken, but another entry may begin
    /// in it.
    fn give_up(&mut self, line: u64, at: usize) -> Cut {
        self.at = self
            .line_start(1, self.held.len())
            .unwrap_or(self.held.len().max(at));
        self.tear(self.at);
        Cut::Broken {
            line,
            what: "the file ends in the midst of it",
        }
    }

    /// Leaves an entry out that is too long: up to its end tag, or to the next entry at
    /// the beginning of a line.
    fn skip_entry(&mut self, line: u64, name: &str) -> Result<Cut, Error> {
        let end_tag = format!("</{name}>");
        self.tear(self.held.len());
        loop {
            let next = self.line_start(1, self.held.len());
            let end = memmem::find(&self.held, end_tag.as_bytes());
            match (next, end) {
                (Some(next), end) if end.is_none_or(|end| next < end) => {
                    self.at = next;
                    break;
                }
                (_, Some(end)) => {
                    self.at = end + end_tag.len();
                    break;
                }
                _ => {}
            }
            // What could be the beginning of either stays.
            let keep = self.held.len().saturating_sub(MAX_NAME * 4);
            self.let_go(keep);
            if !self.more()? {
                self.at = self.held.len();
                break;
            }
        }
        Ok(Cut::Broken {
            line,
            what: "it has more than 16 MB",
        })
    }

    /// Where, from `from` to `to`, an entry begins on a line of its own.
    fn line_start(&self, from: usize, to: usize) -> Option<usize> {
        let held = self.held.get(from..to)?;
        let starts = memchr::memchr_iter(b'<', held).map(|at| at + from);
        starts.into_iter().find(|at| {
            let rest = &self.held[at + 1..];
            let is_one = self.entries.iter().any(|name| {
                rest.starts_with(name.as_bytes())
                    && matches!(
                        rest.get(name.len()),
                        Some(b'>' | b' ' | b'\t' | b'\r' | b'\n')
                    )
            });
            let before = self.held[..*at].iter().rev();
            let mut before = before.skip_while(|byte| matches!(byte, b' ' | b'\t'));
            is_one && before.next().is_some_and(|byte| *byte == b'\n')
        })
    }

    /// Goes on after the next `end`, or at the end of the file.
    fn skip(&mut self, end: &[u8], from: usize) -> Result<(), Error> {
        let mut from = from;
        loop {
            if let Some(found) = memmem::find(self.held.get(from..).unwrap_or_default(), end) {
                self.at = from + found + end.len();
                return Ok(());
            }
            // Nothing of it is wanted but what could be the beginning of the end.
            let keep = self.held.len().saturating_sub(end.len());
            self.let_go(keep);
            from = 0;
            if !self.more()? {
                self.at = self.held.len();
                return Ok(());
            }
        }
    }

    /// Where `wanted` is next, from `from` on; what is before `from` stays held.
    fn find(&mut self, wanted: &[u8], from: usize) -> Result<Option<usize>, Error> {
        match self.find_within(wanted, from)? {
            Found::At(found) => Ok(Some(found)),
            Found::TooFar | Found::Nowhere => Ok(None),
        }
    }

    fn find_within(&mut self, wanted: &[u8], from: usize) -> Result<Found, Error> {
        let mut from = from;
        loop {
            let held = self.held.get(from..).unwrap_or_default();
            let found = match wanted {
                [one] => memchr(*one, held),
                _ => memmem::find(held, wanted),
            };
            if let Some(found) = found {
                return Ok(Found::At(from + found));
            }
            // Between entries nothing has to be held.
            if from == 0 && self.at == 0 {
                self.let_go(self.held.len());
            }
            from = self
                .held
                .len()
                .saturating_sub(wanted.len() - 1)
                .max(from.min(self.held.len()));
            if self.held.len() > MAX_ENTRY {
                return Ok(Found::TooFar);
            }
            if !self.more()? {
                return Ok(Found::Nowhere);
            }
        }
    }

    fn byte(&mut self, at: usize) -> Result<Option<u8>, Error> {
        while self.held.len() <= at && self.more()? {}
        Ok(self.held.get(at).copied())
    }

    fn starts_with(&mut self, at: usize, wanted: &[u8]) -> Result<bool, Error> {
        while self.held.len() < at + wanted.len() && self.more()? {}
        Ok(self
            .held
            .get(at..)
            .is_some_and(|held| held.starts_with(wanted)))
    }

    /// The name that begins at `at`.
    fn name(&mut self, at: usize) -> Result<String, Error> {
        let mut name = String::new();
        for at in at..at + MAX_NAME {
            match self.byte(at)? {
                Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n' | b'<') | None => break,
                Some(byte) => name.push(char::from(byte)),
            }
        }
        Ok(name)
    }

    /// Forgets what is before `at`.
    fn let_go(&mut self, at: usize) {
        let at = at.min(self.held.len());
        let lines = memchr::memchr_iter(b'\n', &self.held[..at]).count();
        self.line += lines as u64;
        self.held.drain(..at);
        self.at = 0;
        self.piece = 0..0;
    }

    /// Reads on; `false` at the end of the file.
    fn more(&mut self) -> Result<bool, Error> {
        if self.is_over {
            return Ok(false);
        }
        let chunk = self.source.fill_buf().map_err(Error::Unreadable)?;
        let length = chunk.len().min(CHUNK);
        self.held.extend_from_slice(&chunk[..length]);
        self.source.consume(length);
        self.is_over = length == 0;
        Ok(length > 0)
    }
}

enum Found {
    At(usize),
    TooFar,
    Nowhere,
}
