//! What a reader who is still typing may mean: headlines, topics, authors.

use tantivy::TantivyDocument;

use crate::answer::{Filters, Order};
use crate::document::{Facet, Second};
use crate::error::Error;
use crate::plan;
use crate::query::Query;
use crate::snapshot::{Known, Snapshot};
use crate::tally::{Choice, tally};
use crate::token::{Cutter, Word};

/// Headlines that are suggested, and topics and authors, each: together a list
/// that a phone shows above its keyboard.
const HEADLINES: usize = 4;
const NAMES: usize = 2;

/// The fewest letters that anything is suggested for. In scripts without
/// spaces one is enough.
const FEWEST: usize = 2;

/// What a reader may mean.
#[derive(Clone, Debug, Default)]
pub struct Suggestions {
    /// The ids of topics, those of the most stories first.
    pub topics: Vec<String>,
    /// The ids of authors likewise.
    pub authors: Vec<String>,
    /// The ids of stories by their headlines, the best first.
    pub stories: Vec<String>,
}

/// Suggests what may follow what was typed.
pub(crate) fn suggest(
    snapshot: &Snapshot,
    query: &Query,
    now: Second,
) -> Result<Suggestions, Error> {
    let words: Vec<&Word> = query.words().collect();
    let enough = words
        .iter()
        .any(|word| word.unspaced || word.folded.chars().count() >= FEWEST);
    if !enough {
        return Ok(Suggestions::default());
    }
    let plan = plan::typing(snapshot, &mut Cutter::new(), query, now)?;
    let mut stories = Vec::new();
    if let Some(ask) = plan.ask {
        let choice = Choice {
            order: Order::Best,
            most: HEADLINES,
            now,
        };
        let every = (ask.as_ref(), &Filters::default());
        let tally = tally(snapshot, &snapshot.searcher, every, choice)?;
        for address in tally.best {
            let document: TantivyDocument = snapshot.searcher.doc(address)?;
            stories.push(snapshot.fields.read(&document).id);
        }
    }
    Ok(Suggestions {
        topics: names(snapshot, Facet::Topic, &words),
        authors: names(snapshot, Facet::Author, &words),
        stories,
    })
}

/// The names in which every word that was typed begins one.
fn names(snapshot: &Snapshot, facet: Facet, words: &[&Word]) -> Vec<String> {
    let (Some(names), Some(known)) = (
        snapshot.names.get(facet.place()),
        snapshot.known.get(facet.place()),
    ) else {
        return Vec::new();
    };
    let mut found: Vec<(u32, &str)> = known
        .iter()
        .zip(&names.names)
        .filter(|(known, _)| known.stories > 0 && fits(known, words))
        .map(|(known, name)| (known.stories, &**name))
        .collect();
    found.sort_unstable_by(|a, b| (b.0, a.1).cmp(&(a.0, b.1)));
    found
        .into_iter()
        .take(NAMES)
        .map(|(_, name)| name.to_owned())
        .collect()
}

fn fits(known: &Known, words: &[&Word]) -> bool {
    words.iter().all(|word| {
        if word.unspaced {
            known.words.contains(&word.folded)
        } else {
            let mut parts = known.words.split(' ');
            parts.any(|part| part.starts_with(&word.folded))
        }
    })
}
