//! The report: a line of CSV for every entry that didn't come over, or not whole.

use std::io::Write;

use super::BringError;
use crate::remark::Remarks;
use crate::spreadsheet::harmless;

/// Said of what is left as it is here. No option may stand where a spreadsheet would take
/// it for the beginning of a formula: [`harmless`] would put an apostrophe before it.
pub(crate) const DELETED_HERE: &str =
    "it came before and was deleted here: --replace brings it back";

/// Said likewise.
pub(crate) const CHANGED_HERE: &str = "it was changed here by hand: --replace writes over it";

/// Said of a story that was taken back at the old site and not here. An import deletes
/// nothing by itself: only people know whether it is to go here too.
pub(crate) const WITHDRAWN_STORY: &str = "it isn't public at the old site any more, but its file is still here and publishes it: \
     delete the file and list the story under [[gone]], or write [gone] into the file";

/// Said of a page likewise, which is there or isn't.
pub(crate) const WITHDRAWN_PAGE: &str = "it isn't public at the old site any more, but its file is still here and publishes it: delete \
     the file";

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
    /// It came before and isn't public at the old site any more; here it still is.
    Withdrawn,
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
            Self::Withdrawn => "left out, and still here",
            Self::Failed => "not taken",
        }
    }
}

/// One entry's line.
#[derive(Clone, Copy, Debug, Default)]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remark::Remark;

    /// The remark after one, so that none is forgotten; `w` stands for what others wrote.
    fn after(remark: &Remark) -> Option<Remark> {
        let w = || "w".to_owned();
        Some(match remark {
            Remark::Script => Remark::Style,
            Remark::Style => Remark::Handler,
            Remark::Handler => Remark::UnsafeAddress(w()),
            Remark::UnsafeAddress(_) => Remark::DeadLink(w()),
            Remark::DeadLink(_) => Remark::Tracker(w()),
            Remark::Tracker(_) => Remark::Embedded(w()),
            Remark::Embedded(_) => Remark::LeftOut("what is no text"),
            Remark::LeftOut(_) => Remark::Form,
            Remark::Form => Remark::NoScript,
            Remark::NoScript => Remark::Shortcode(w()),
            Remark::Shortcode(_) => Remark::Block(w()),
            Remark::Block(_) => Remark::PictureMissing(w()),
            Remark::PictureMissing(_) => Remark::PictureRefused(w(), w()),
            Remark::PictureRefused(..) => Remark::PicturesNotGiven(w()),
            Remark::PicturesNotGiven(_) => Remark::NoDescription(w()),
            Remark::NoDescription(_) => Remark::CaptionPlain,
            Remark::CaptionPlain => Remark::PictureLink(w()),
            Remark::PictureLink(_) => Remark::Emphasis,
            Remark::Emphasis => Remark::Spans,
            Remark::Spans => Remark::CellPlain,
            Remark::CellPlain => Remark::OldLink(w()),
            Remark::OldLink(_) => Remark::Renamed(w()),
            Remark::Renamed(_) => Remark::Title,
            Remark::Title => Remark::NoByline,
            Remark::NoByline => Remark::Standfirst,
            Remark::Standfirst => Remark::StandfirstDescription,
            Remark::StandfirstDescription => Remark::StandfirstTitle,
            Remark::StandfirstTitle => Remark::TooMany("tags"),
            Remark::TooMany(_) => Remark::Comments(1),
            Remark::Comments(1) => Remark::Comments(2),
            Remark::Comments(_) => Remark::Sticky,
            Remark::Sticky => Remark::Field(w()),
            Remark::Field(_) => Remark::Bytes,
            Remark::Bytes => Remark::Locked(w()),
            Remark::Locked(_) => Remark::Moment(w()),
            Remark::Moment(_) => Remark::ExcerptOnly,
            Remark::ExcerptOnly => return None,
        })
    }

    #[test]
    fn the_programs_own_sentences_stand_in_the_report_as_they_were_written() {
        let remarks = std::iter::successors(Some(Remark::Script), after);
        let remarks = remarks.map(|remark| remark.to_string());
        let sentences = [DELETED_HERE, CHANGED_HERE, WITHDRAWN_STORY, WITHDRAWN_PAGE];
        let sentences = sentences.map(str::to_owned);
        for said in sentences.into_iter().chain(remarks) {
            // As one of several, too.
            for cell in [said.clone(), format!("words; {said}")] {
                assert_eq!(harmless(&cell), cell);
            }
        }
    }
}
