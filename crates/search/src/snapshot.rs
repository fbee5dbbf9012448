//! The index as it was at one moment. A query sees one of these from its
//! beginning to its end.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, TERMINATED, Term};

use crate::document::{Facet, Second};
use crate::error::Error;
use crate::fold::fold;
use crate::language::Language;
use crate::schema::{Fields, Zone};
use crate::table::{Names, Table};

/// The index at one moment.
pub(crate) struct Snapshot {
    pub(crate) fields: Arc<Fields>,
    pub(crate) searcher: Searcher,
    /// For each segment of the searcher.
    pub(crate) tables: Vec<Arc<Table>>,
    /// By facet.
    pub(crate) names: Arc<[Names; 4]>,
    /// For topics and authors, how many stories have each, and its words.
    pub(crate) known: Arc<[Vec<Known>; 4]>,
    /// The keys of stories that are in it and are about to be taken out.
    pub(crate) leaving: Arc<HashSet<u64>>,
    pub(crate) languages: BTreeSet<Language>,
}

/// A value of a facet as suggestions see it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    pub(crate) words: String,
    pub(crate) stories: u32,
}

/// Facets whose values are suggested.
const SUGGESTED: [Facet; 2] = [Facet::Topic, Facet::Author];

impl Snapshot {
    /// Looks at what the searcher sees; takes the tables that the snapshot
    /// before has already.
    pub(crate) fn take(
        fields: &Arc<Fields>,
        searcher: Searcher,
        before: Option<&Self>,
    ) -> Result<Self, Error> {
        let mut tables = Vec::new();
        for segment in searcher.segment_readers() {
            let known = before.and_then(|before| before.table_of(segment.segment_id()));
            tables.push(match known {
                Some(table) => table,
                None => Arc::new(Table::read(segment)?),
            });
        }
        let names = Facet::ALL.map(|facet| Names::of(&tables, facet));
        let languages = tables
            .iter()
            .flat_map(|table| table.languages.iter().copied())
            .collect();
        let mut snapshot = Self {
            fields: Arc::clone(fields),
            searcher,
            tables,
            names: Arc::new(names),
            known: Arc::default(),
            leaving: Arc::default(),
            languages,
        };
        snapshot.known = Arc::new(Facet::ALL.map(|facet| snapshot.count(facet)));
        Ok(snapshot)
    }

    /// The same, without the stories that are about to leave.
    pub(crate) fn without(&self, leaving: HashSet<u64>) -> Self {
        Self {
            fields: Arc::clone(&self.fields),
            searcher: self.searcher.clone(),
            tables: self.tables.clone(),
            names: Arc::clone(&self.names),
            known: Arc::clone(&self.known),
            leaving: Arc::new(leaving),
            languages: self.languages.clone(),
        }
    }

    fn table_of(&self, segment: tantivy::index::SegmentId) -> Option<Arc<Table>> {
        let segments = self.searcher.segment_readers().iter();
        segments
            .zip(&self.tables)
            .find(|(reader, _)| reader.segment_id() == segment)
            .map(|(_, table)| Arc::clone(table))
    }

    /// Stories per value of a facet that is suggested.
    fn count(&self, facet: Facet) -> Vec<Known> {
        let Some(names) = self.names.get(facet.place()) else {
            return Vec::new();
        };
        if !SUGGESTED.contains(&facet) {
            return Vec::new();
        }
        let mut known: Vec<Known> = names
            .names
            .iter()
            .map(|name| Known {
                words: fold(&name.replace('-', " ")),
                stories: 0,
            })
            .collect();
        let segments = self.searcher.segment_readers().iter().zip(&self.tables);
        for ((segment, table), map) in segments.zip(&names.maps) {
            let Some(values) = table.facets.get(facet.place()) else {
                continue;
            };
            for doc in segment.doc_ids_alive() {
                for number in values.of(doc) {
                    let number = map.get(*number as usize);
                    if let Some(known) = number.and_then(|number| known.get_mut(*number as usize)) {
                        known.stories += 1;
                    }
                }
            }
        }
        known
    }

    /// Whether a story is there at `now`: it hasn't been taken out, and its
    /// time has come.
    #[inline]
    pub(crate) fn shows(&self, segment: usize, doc: DocId, now: Second) -> bool {
        let Some(table) = self.tables.get(segment) else {
            return false;
        };
        let at = doc as usize;
        table.published.get(at).is_some_and(|time| *time <= now.0)
            && (self.leaving.is_empty()
                || table
                    .keys
                    .get(at)
                    .is_some_and(|key| !self.leaving.contains(key)))
    }

    /// How many stories the index holds.
    pub(crate) fn len(&self) -> usize {
        usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX)
    }

    /// In how many stories of the index a term stands in a zone, those
    /// included that have been taken out since.
    pub(crate) fn frequency(&self, zone: Zone, term: &str) -> Result<u64, Error> {
        let term = Term::from_field_text(self.fields.zone(zone), term);
        Ok(self.searcher.doc_freq(&term)?)
    }

    /// Whether a story that is there at `now` has a term in a zone. What only
    /// stands in others must not be told.
    pub(crate) fn has(&self, zone: Zone, term: &str, now: Second) -> Result<bool, Error> {
        let field = self.fields.zone(zone);
        let term = Term::from_field_text(field, term);
        for (number, segment) in self.searcher.segment_readers().iter().enumerate() {
            let index = segment.inverted_index(field)?;
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !segment.is_deleted(doc) && self.shows(number, doc, now) {
                    return Ok(true);
                }
                doc = postings.advance();
            }
        }
        Ok(false)
    }
}
