//! Searching whole texts, for a caller who checks of every story whether it may be
//! read by whom it is for.
//!
//! What is answered are names of stories that may fit, and nothing else: no count,
//! no values, no other spelling, no text. Nor does the rest of what is in it show in
//! which stories are named, or in which order: whether a story fits depends on that
//! story alone, and how rare a word is, is asked of the index that everybody may
//! search.

use std::path::Path;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{TantivyDocument, Term};

use crate::answer::{MAX_DEPTH, MAX_PAGE, Request};
use crate::document::{Document, Second};
use crate::error::Error;
use crate::index::Index;
use crate::marks::Marker;
use crate::plan::{self, Reach};
use crate::schema::{Keeps, Zone};
use crate::snapshot::Snapshot;
use crate::sync::{Synced, Wanted};
use crate::tally::{Choice, tally};
use crate::token::Cutter;

/// Stories that are written before they can be found: about a second's work, by
/// which another change may have to wait.
const BATCH: usize = 400;

/// The words of a text, for how much one of them weighs: that of most stories.
const USUAL: u64 = 600;

/// Whole texts.
#[derive(Debug)]
pub struct Texts {
    index: Index,
}

/// Stories that may fit. Each has to be checked before it is shown, counted or
/// quoted.
#[derive(Debug, Default)]
pub struct Candidates {
    /// Their ids, the best first.
    pub ids: Vec<String>,
    /// Marks what was searched for in texts.
    pub marker: Marker,
    /// Whether all texts were looked at.
    pub complete: bool,
}

impl Texts {
    /// Texts in `folder`, which nobody else may use, or in memory. Touches
    /// nothing yet.
    pub fn new(folder: Option<&Path>) -> Self {
        Self {
            index: Index::keeping(Keeps::Nothing, BATCH, folder),
        }
    }

    /// As [`Index::sync`].
    pub fn sync(
        &self,
        wanted: &[Wanted<'_>],
        now: Second,
        fetch: &mut dyn FnMut(&str) -> Option<Document>,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Synced, Error> {
        self.index.sync(wanted, now, fetch, go_on)
    }

    /// Whether it holds everything that it should.
    pub fn is_complete(&self) -> bool {
        self.index.is_complete()
    }

    /// The best of the stories that have what is asked for, after those that are
    /// skipped, and at most [`MAX_PAGE`]. Of a query without words there are none.
    /// `open` is the index that everybody may search.
    pub fn candidates(
        &self,
        request: &Request,
        reach: Reach,
        open: &Index,
    ) -> Result<Candidates, Error> {
        let complete = self.is_complete() && open.is_complete();
        let snapshots = (self.index.snapshot.load_full(), open.snapshot.load_full());
        let (Some(texts), Some(open)) = snapshots else {
            return Ok(Candidates::default());
        };
        let nothing = Candidates {
            complete,
            ..Candidates::default()
        };
        if request.query.is_empty() || open.len() == 0 {
            return Ok(nothing);
        }
        let cutter = &mut Cutter::new();
        let plan = plan::in_texts(&texts, cutter, &request.query, (reach, request.now))?;
        let Some(ask) = plan.ask else {
            return Ok(nothing);
        };
        let skip = request.skip.min(MAX_DEPTH);
        let choice = Choice {
            order: request.order,
            most: skip + request.show.min(MAX_PAGE),
            now: request.now,
        };
        let rarity = Rarity {
            open: &open,
            text: texts.fields.zone(Zone::Text),
        };
        let wanted = (ask.as_ref(), &request.filters);
        let best = tally(&texts, &rarity, wanted, choice)?.best;
        let ids = best.iter().skip(skip).map(|address| {
            let document: TantivyDocument = texts.searcher.doc(*address)?;
            Ok(texts.fields.read(&document).id)
        });
        Ok(Candidates {
            ids: ids.collect::<Result<_, Error>>()?,
            marker: Marker::new(plan.marked),
            complete,
        })
    }
}

/// How rare words are in what everybody may search. Of the texts themselves it
/// knows nothing but a length that is always the same.
struct Rarity<'a> {
    open: &'a Snapshot,
    text: Field,
}

impl Bm25StatisticsProvider for Rarity<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        if field == self.text {
            return Ok(self.total_num_docs()? * USUAL);
        }
        self.open.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.open.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.open.searcher.doc_freq(term)
    }
}
