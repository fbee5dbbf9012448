//! What is looked at of every story that a query finds: when it appeared, and
//! what it is counted under. Kept in memory, some sixty bytes a story, since a
//! query for a common word looks at all of them.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;

use crate::document::Facet;
use crate::error::Error;
use crate::language::Language;

/// The columns of one segment of the index. A segment never changes; which of
/// its stories are still there is known elsewhere.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) keys: Vec<u64>,
    pub(crate) published: Vec<i64>,
    pub(crate) fingerprints: Vec<u64>,
    pub(crate) facets: [Values; 4],
    pub(crate) languages: BTreeSet<Language>,
}

/// The values of a facet: of each story those from one number to the next one.
#[derive(Debug, Default)]
pub(crate) struct Values {
    starts: Vec<u32>,
    numbers: Vec<u32>,
    /// The values by their numbers.
    pub(crate) names: Vec<String>,
}

impl Values {
    /// The numbers of the values of a story.
    #[inline]
    pub(crate) fn of(&self, doc: u32) -> &[u32] {
        let doc = doc as usize;
        match (self.starts.get(doc), self.starts.get(doc + 1)) {
            (Some(start), Some(end)) => self
                .numbers
                .get(*start as usize..*end as usize)
                .unwrap_or_default(),
            _ => &[],
        }
    }
}

impl Table {
    pub(crate) fn read(segment: &SegmentReader) -> Result<Self, Error> {
        let columns = segment.fast_fields();
        let docs = segment.max_doc();
        let (keys, published) = (columns.u64("key")?, columns.i64("published")?);
        let fingerprints = columns.u64("fingerprint")?;
        let mut facets: [Values; 4] = Default::default();
        for (facet, values) in Facet::ALL.iter().zip(&mut facets) {
            *values = match columns.str(facet.column())? {
                Some(column) => read(&column, docs)?,
                None => Values::default(),
            };
        }
        let mut languages = BTreeSet::new();
        if let Some(column) = columns.str("language")? {
            let names = read(&column, 0)?.names;
            languages.extend(names.iter().map(|name| Language::named(name)));
        }
        Ok(Self {
            keys: (0..docs)
                .map(|doc| keys.first(doc).unwrap_or_default())
                .collect(),
            // Of a story that doesn't say when it appears, it hasn't come.
            published: (0..docs)
                .map(|doc| published.first(doc).unwrap_or(i64::MAX))
                .collect(),
            fingerprints: (0..docs)
                .map(|doc| fingerprints.first(doc).unwrap_or_default())
                .collect(),
            facets,
            languages,
        })
    }
}

fn read(column: &StrColumn, docs: u32) -> Result<Values, Error> {
    let mut values = Values::default();
    values.starts.push(0);
    for doc in 0..docs {
        let numbers = column.ords().values_for_doc(doc);
        values
            .numbers
            .extend(numbers.filter_map(|number| u32::try_from(number).ok()));
        let end = u32::try_from(values.numbers.len()).unwrap_or(u32::MAX);
        values.starts.push(end);
    }
    let mut name = String::new();
    for number in 0..column.num_terms() as u64 {
        name.clear();
        column.ord_to_str(number, &mut name)?;
        values.names.push(name.clone());
    }
    Ok(values)
}

/// The values of a facet over all segments.
#[derive(Debug, Default)]
#[expect(
    clippy::struct_field_names,
    reason = "they are names, by their numbers"
)]
pub(crate) struct Names {
    /// By their numbers.
    pub(crate) names: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u32>,
    /// For each segment, the numbers here by the numbers there.
    pub(crate) maps: Vec<Vec<u32>>,
}

impl Names {
    pub(crate) fn of(tables: &[Arc<Table>], facet: Facet) -> Self {
        let mut all = Self::default();
        for table in tables {
            let Some(values) = table.facets.get(facet.place()) else {
                continue;
            };
            let map = values.names.iter().map(|name| all.number(name)).collect();
            all.maps.push(map);
        }
        all
    }

    /// The number of a value, if any story has it.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let name: Arc<str> = Arc::from(name);
        self.names.push(Arc::clone(&name));
        self.numbers.insert(name, number);
        number
    }
}
