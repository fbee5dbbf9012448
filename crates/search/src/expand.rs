//! The terms of the index by which a word may be found: its own and its stems;
//! if there are none, those it begins; if there are none either, those it may
//! be a slip of the pen for.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

use crate::document::Second;
use crate::error::Error;
use crate::query::Open;
use crate::schema::Zone;
use crate::snapshot::Snapshot;
use crate::token::{Cutter, WHOLE, Word};

/// A way in which a word may stand in a story.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Way {
    pub(crate) term: String,
    /// What finding it is worth, 1 for the word itself.
    pub(crate) worth: f32,
}

/// The ways of a word, and whether they are those of another.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Ways {
    pub(crate) all: Vec<Way>,
    /// The word that is taken instead of one that no story has.
    pub(crate) instead: Option<String>,
    /// Whether some story has the word itself.
    pub(crate) is_word: bool,
}

/// What a word is worth by one of its stems.
const BY_STEM: f32 = 0.7;
/// What a word is worth whose beginning was typed.
pub(crate) const BY_BEGINNING: f32 = 0.5;
/// What a word is worth that was misspelt.
const BY_SLIP: f32 = 0.4;

/// The shortest beginning, in characters, that stands for words. One letter
/// begins a twentieth of them all.
const SHORTEST_BEGINNING: usize = 2;
/// The same in whole texts, where two letters begin words of most of them, and all
/// words that are begun are looked at.
pub(crate) const SHORTEST_IN_TEXTS: usize = 3;
/// Words that a beginning stands for, the most frequent ones.
const BEGUN: usize = 24;
/// Words with one beginning that are looked at in a segment and zone. With two
/// letters there may be some thousands; those further on are left out.
const LOOKED_AT: usize = 2000;

/// The shortest word, in characters, that may be misspelt by one letter, and
/// by two. Of shorter ones too many are one letter apart.
const ONE_SLIP: usize = 4;
const TWO_SLIPS: usize = 8;
/// Words that a misspelt one may stand for, the nearest and most frequent.
const MEANT: usize = 6;

/// The ways in which a word of a query may be found at `now`, none if there is
/// no such story.
pub(crate) fn ways(
    snapshot: &Snapshot,
    cutter: &mut Cutter,
    (word, open): (&Word, Open),
    now: Second,
) -> Result<Ways, Error> {
    let own = own(snapshot, cutter, word);
    if any_shows(snapshot, &own, now)? {
        return Ok(Ways {
            all: own,
            is_word: true,
            ..Ways::default()
        });
    }
    if open == Open::Last {
        let begun = begun(snapshot, &word.folded, now)?;
        if !begun.is_empty() {
            return Ok(Ways {
                all: begun,
                ..Ways::default()
            });
        }
    }
    meant(snapshot, cutter, word, now)
}

/// The ways in which a word that is being typed may go on, itself included.
pub(crate) fn typed(
    snapshot: &Snapshot,
    cutter: &mut Cutter,
    word: &Word,
    now: Second,
) -> Result<Vec<Way>, Error> {
    let mut ways = own(snapshot, cutter, word);
    for way in begun(snapshot, &word.folded, now)? {
        if !ways.iter().any(|known| known.term == way.term) {
            ways.push(way);
        }
    }
    Ok(ways)
}

/// A word and its stems in the languages of the index.
pub(crate) fn own(snapshot: &Snapshot, cutter: &mut Cutter, word: &Word) -> Vec<Way> {
    let mut ways = vec![Way {
        term: word.folded.clone(),
        worth: 1.0,
    }];
    for language in &snapshot.languages {
        for term in cutter.forms(word, *language) {
            if !ways.iter().any(|way| way.term == term) {
                ways.push(Way {
                    term,
                    worth: BY_STEM,
                });
            }
        }
    }
    ways
}

fn any_shows(snapshot: &Snapshot, ways: &[Way], now: Second) -> Result<bool, Error> {
    for way in ways {
        if shows(snapshot, &way.term, now)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn shows(snapshot: &Snapshot, term: &str, now: Second) -> Result<bool, Error> {
    for zone in Zone::ALL {
        if snapshot.has(zone, term, now)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Words that begin so.
fn begun(snapshot: &Snapshot, beginning: &str, now: Second) -> Result<Vec<Way>, Error> {
    if beginning.chars().count() < SHORTEST_BEGINNING {
        return Ok(Vec::new());
    }
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for zone in Zone::ALL {
        let field = snapshot.fields.zone(zone);
        for segment in snapshot.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let range = index.terms().range().ge(beginning.as_bytes());
            let mut terms = range.into_stream()?;
            let mut looked_at = 0;
            while terms.advance() && looked_at < LOOKED_AT {
                let Some(term) = std::str::from_utf8(terms.key()).ok() else {
                    break;
                };
                if !term.starts_with(beginning) {
                    break;
                }
                looked_at += 1;
                *found.entry(term.to_owned()).or_default() += u64::from(terms.value().doc_freq);
            }
        }
    }
    let candidates = found.into_iter().map(|(term, stories)| (0, stories, term));
    let terms = best(snapshot, candidates.collect(), BEGUN, now)?;
    Ok(terms
        .into_iter()
        .map(|term| Way {
            term,
            worth: BY_BEGINNING,
        })
        .collect())
}

/// Words that one may be a slip of the pen for.
fn meant(
    snapshot: &Snapshot,
    cutter: &mut Cutter,
    word: &Word,
    now: Second,
) -> Result<Ways, Error> {
    let letters = word.folded.chars().count();
    let slips = match letters {
        _ if word.unspaced || letters < ONE_SLIP => return Ok(Ways::default()),
        // Numbers aren't misspelt: another year is another year.
        _ if word.folded.chars().all(char::is_numeric) => return Ok(Ways::default()),
        _ if letters < TWO_SLIPS => 1,
        _ => 2,
    };
    let mut found: BTreeMap<String, (u8, u64)> = BTreeMap::new();
    // The nearest first: two slips are looked for where one doesn't do.
    for slip in 1..=slips {
        near(snapshot, &word.folded, slip, &mut found)?;
        if !found.is_empty() {
            break;
        }
    }
    let candidates = found.into_iter();
    let candidates = candidates.map(|(term, (slip, stories))| (slip, stories, term));
    let terms = best(snapshot, candidates.collect(), MEANT, now)?;
    let Some(first) = terms.first().cloned() else {
        return Ok(Ways::default());
    };
    let mut ways: Vec<Way> = Vec::new();
    for term in terms {
        let word = Word {
            plain: term.clone(),
            folded: term,
            ..word.clone()
        };
        for way in own(snapshot, cutter, &word) {
            if !ways.iter().any(|known| known.term == way.term) {
                let worth = way.worth * BY_SLIP;
                ways.push(Way { worth, ..way });
            }
        }
    }
    Ok(Ways {
        all: ways,
        instead: Some(first),
        is_word: false,
    })
}

/// Adds the words that are at most `slip` letters away and begin alike, with
/// the stories that have them.
fn near(
    snapshot: &Snapshot,
    word: &str,
    slip: u8,
    found: &mut BTreeMap<String, (u8, u64)>,
) -> Result<(), Error> {
    // Nobody gets the first letter wrong often enough to look at all words.
    let Some(first) = word.chars().next() else {
        return Ok(());
    };
    let Some(after) = char::from_u32(u32::from(first) + 1) else {
        return Ok(());
    };
    let (from, to) = (first.to_string(), after.to_string());
    for zone in Zone::ALL {
        let field = snapshot.fields.zone(zone);
        let slips = FuzzyTermQuery::new(Term::from_field_text(field, word), slip, true);
        for segment in snapshot.searcher.segment_readers() {
            let index = segment.inverted_index(field)?;
            let near = index.terms().search(slips.automaton()?);
            let range = near.ge(from.as_bytes()).lt(to.as_bytes());
            let mut terms = range.into_stream()?;
            while terms.advance() {
                if let Ok(term) = std::str::from_utf8(terms.key())
                    && !term.starts_with(WHOLE)
                {
                    let (_, stories) = found.entry(term.to_owned()).or_insert((slip, 0));
                    *stories += u64::from(terms.value().doc_freq);
                }
            }
        }
    }
    Ok(())
}

/// The best of some terms that show at `now`: the nearest, then the most
/// frequent, then by the alphabet.
fn best(
    snapshot: &Snapshot,
    mut candidates: Vec<(u8, u64, String)>,
    most: usize,
    now: Second,
) -> Result<Vec<String>, Error> {
    candidates.sort_by(|a, b| (a.0, b.1, &a.2).cmp(&(b.0, a.1, &b.2)));
    let mut terms = Vec::new();
    // Only those taken out a moment ago don't show; a few more will do.
    for (_, _, term) in candidates.into_iter().take(2 * most) {
        if terms.len() == most {
            break;
        }
        if shows(snapshot, &term, now)? {
            terms.push(term);
        }
    }
    Ok(terms)
}
