//! The report: a line of CSV for every entry that didn't come over, or not whole.

use std::io::Write;

use super::BringError;
use crate::remark::Remarks;
use crate::spreadsheet::harmless;

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is new here.
    Taken,
    /// It was here, and the export says something newer of it.
    Renewed,
    /// It was here already.
    Same,
    /// Somebody has changed or deleted it here, so it was left alone.
    ByHand,
    /// It was never to come: a draft, something private, a menu.
    LeftOut,
    /// It couldn't come.
    Failed,
}

impl Fate {
    /// The word that the report has for it.
    fn word(self, has_loss: bool) -> &'static str {
        match self {
            Self::Taken | Self::Renewed if has_loss => "taken in part",
            Self::Taken => "taken",
            Self::Renewed => "taken again",
            Self::Same => "was here",
            Self::ByHand => "left as it is here",
            Self::LeftOut => "left out",
            Self::Failed => "not taken",
        }
    }
}

/// One entry's line.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row<'a> {
    pub(crate) line: u64,
    pub(crate) id: &'a str,
    pub(crate) title: &'a str,
    pub(crate) address: &'a str,
    pub(crate) file: &'a str,
}

/// The report while it is written.
pub(crate) struct Report<'a> {
    rows: csv::Writer<&'a mut dyn Write>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(to: &'a mut dyn Write) -> Result<Self, BringError> {
        let mut rows = csv::Writer::from_writer(to);
        let head = ["line", "id", "title", "address", "what", "file", "why"];
        rows.write_record(head).map_err(BringError::report)?;
        Ok(Self { rows })
    }

    /// Tells of an entry, unless all of it came and there is nothing to say.
    pub(crate) fn tell(
        &mut self,
        row: &Row<'_>,
        fate: Fate,
        why: &str,
        remarks: &Remarks,
    ) -> Result<(), BringError> {
        let is_whole = matches!(fate, Fate::Taken | Fate::Renewed | Fate::Same);
        if is_whole && remarks.is_empty() {
            return Ok(());
        }
        let why = match (why.is_empty(), remarks.is_empty()) {
            (true, _) => remarks.to_string(),
            (false, true) => why.to_owned(),
            (false, false) => format!("{why}; {remarks}"),
        };
        let line = row.line.to_string();
        let what = fate.word(remarks.has_loss());
        let cells = [&*line, row.id, row.title, row.address, what, row.file, &why];
        let cells = cells.map(harmless);
        let cells = cells.iter().map(|cell| cell.as_bytes());
        self.rows.write_record(cells).map_err(BringError::report)
    }

    pub(crate) fn finish(mut self) -> Result<(), BringError> {
        self.rows
            .flush()
            .map_err(|error| BringError::report(error.into()))
    }
}
