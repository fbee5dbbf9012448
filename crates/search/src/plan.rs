//! A query becomes what the index is asked for.

use std::collections::BTreeSet;
use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery,
    InvertedIndexRangeQuery, Occur, PhraseQuery, Query as Ask, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use crate::document::Second;
use crate::error::Error;
use crate::expand::{self, Way, Ways};
use crate::query::{Open, Part, Query};
use crate::schema::Zone;
use crate::snapshot::Snapshot;
use crate::token::{Cutter, WHOLE, Word};

/// Of what a word is worth in its best place, how much each further place adds.
const FURTHER: f32 = 0.3;

/// What characters that meet are worth beside the word of a dictionary.
const BY_CHARACTERS: f32 = 0.4;

/// What it adds that the words of a query stand side by side in one place.
const SIDE_BY_SIDE: f32 = 1.5;

/// What the index is asked for, with the terms by which stories are found.
pub(crate) struct Plan {
    /// `None` where no story can have all words.
    pub(crate) ask: Option<Box<dyn Ask>>,
    /// What is marked in the results.
    pub(crate) marked: Marked,
    /// Words that were taken for others: as typed, and a term of the other.
    pub(crate) instead: Vec<(Word, String)>,
    /// Whether the last word was taken as it stands, and may be a beginning too.
    pub(crate) may_go_on: bool,
}

/// What to mark in a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marked {
    /// Forms of words between spaces.
    pub(crate) terms: BTreeSet<String>,
    /// Beginnings of words between spaces.
    pub(crate) beginnings: BTreeSet<String>,
    /// Folded characters of scripts without spaces.
    pub(crate) characters: BTreeSet<String>,
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    Everywhere,
    Headlines,
}

impl Where {
    fn zones(self) -> &'static [Zone] {
        match self {
            Self::Everywhere => &Zone::ALL,
            Self::Headlines => &[Zone::Headline],
        }
    }
}

/// Plans the search for a query at `now`. A word that no story has may be the
/// beginning of others even where words reach no further.
pub(crate) fn plan(
    snapshot: &Snapshot,
    cutter: &mut Cutter,
    query: &Query,
    (reach, now): (Reach, Second),
) -> Result<Plan, Error> {
    let mut planner = Planner::new(snapshot, cutter, Where::Everywhere, now);
    let parts = telling(snapshot, query);
    if parts.is_empty() {
        planner.asks.push((Occur::Must, every()));
    }
    for part in parts {
        match part {
            Part::Word(word, Open::Last) if reach == Reach::Beginnings => planner.typed(word)?,
            Part::Word(word, open) => planner.word(word, *open)?,
            Part::Phrase(words) => planner.phrase(words)?,
        }
    }
    planner.side_by_side(query)?;
    Ok(planner.finish())
}

/// How far the words of a query go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// They are words.
    Words,
    /// The last one may be the beginning of one.
    Beginnings,
}

/// Plans the search for a query in texts that not everybody may read. What other
/// words there are has no say in it: whether a story fits depends on that story
/// alone.
pub(crate) fn in_texts(
    snapshot: &Snapshot,
    cutter: &mut Cutter,
    query: &Query,
    (reach, now): (Reach, Second),
) -> Result<Plan, Error> {
    let mut planner = Planner::new(snapshot, cutter, Where::Everywhere, now);
    for part in telling(snapshot, query) {
        match part {
            Part::Phrase(words) => planner.phrase(words)?,
            Part::Word(word, _) if word.unspaced => planner.unspaced(word)?,
            Part::Word(word, Open::Last) if reach == Reach::Beginnings => planner.open(word)?,
            Part::Word(word, _) => {
                let ways = expand::own(snapshot, planner.cutter, word);
                planner.take(&ways)?;
            }
        }
    }
    planner.side_by_side(query)?;
    Ok(planner.finish())
}

/// Plans the search for headlines with the words of a query, the last of which
/// may go on.
pub(crate) fn typing(
    snapshot: &Snapshot,
    cutter: &mut Cutter,
    query: &Query,
    now: Second,
) -> Result<Plan, Error> {
    let mut planner = Planner::new(snapshot, cutter, Where::Headlines, now);
    let words: Vec<&Word> = query.words().collect();
    let last = words.len().saturating_sub(1);
    for (number, word) in words.into_iter().enumerate() {
        if word.unspaced {
            planner.word(word, Open::No)?;
            continue;
        }
        if number == last {
            planner.typed(word)?;
        } else {
            let ways = expand::own(snapshot, planner.cutter, word);
            planner.take(&ways)?;
        }
    }
    Ok(planner.finish())
}

/// The parts of a query without words that say nothing, unless there are no
/// others.
fn telling<'q>(snapshot: &Snapshot, query: &'q Query) -> Vec<&'q Part> {
    let fills = |part: &&Part| match part {
        Part::Phrase(_) => false,
        Part::Word(word, _) if word.unspaced => is_particle(&word.folded),
        Part::Word(word, _) => {
            let mut languages = snapshot.languages.iter();
            languages.any(|language| language.is_filler(&word.folded))
        }
    };
    let telling: Vec<&Part> = query.parts.iter().filter(|part| !fills(part)).collect();
    if telling.is_empty() {
        query.parts.iter().collect()
    } else {
        telling
    }
}

/// A single hiragana between words binds them; a Chinese 的 does.
fn is_particle(word: &str) -> bool {
    let mut chars = word.chars();
    let only = chars.next().filter(|_| chars.next().is_none());
    only.is_some_and(|c| ('\u{3041}'..='\u{3096}').contains(&c) || matches!(c, '的' | '了' | '和'))
}

fn every() -> Box<dyn Ask> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 1.0))
}

struct Planner<'a> {
    snapshot: &'a Snapshot,
    cutter: &'a mut Cutter,
    zones: &'static [Zone],
    now: Second,
    asks: Vec<(Occur, Box<dyn Ask>)>,
    marked: Marked,
    instead: Vec<(Word, String)>,
    may_go_on: bool,
    /// Whether a word is in no story.
    missing: bool,
}

impl<'a> Planner<'a> {
    fn new(snapshot: &'a Snapshot, cutter: &'a mut Cutter, place: Where, now: Second) -> Self {
        Self {
            snapshot,
            cutter,
            zones: place.zones(),
            now,
            asks: Vec::new(),
            marked: Marked::default(),
            instead: Vec::new(),
            may_go_on: false,
            missing: false,
        }
    }

    fn finish(self) -> Plan {
        let ask: Box<dyn Ask> = Box::new(BooleanQuery::new(self.asks));
        Plan {
            ask: (!self.missing).then_some(ask),
            marked: self.marked,
            instead: self.instead,
            may_go_on: self.may_go_on,
        }
    }

    /// A word that a story has to have.
    fn word(&mut self, word: &Word, open: Open) -> Result<(), Error> {
        if word.unspaced {
            return self.unspaced(word);
        }
        let Ways {
            all: ways,
            instead,
            is_word,
        } = expand::ways(self.snapshot, self.cutter, (word, open), self.now)?;
        self.may_go_on |= is_word && open == Open::Last;
        if let Some(instead) = instead {
            self.instead.push((word.clone(), instead));
        }
        self.take(&ways)
    }

    /// A word that may go on.
    fn typed(&mut self, word: &Word) -> Result<(), Error> {
        let ways = expand::typed(self.snapshot, self.cutter, word, self.now)?;
        self.take(&ways)
    }

    /// One of several terms that a story has to have.
    fn take(&mut self, ways: &[Way]) -> Result<(), Error> {
        let mut asks: Vec<Box<dyn Ask>> = Vec::new();
        for zone in self.zones {
            for way in ways {
                asks.extend(self.term(*zone, &way.term, way.worth)?);
            }
        }
        self.marked
            .terms
            .extend(ways.iter().map(|way| way.term.clone()));
        self.any_of(asks);
        Ok(())
    }

    /// A word, or any that it begins.
    fn open(&mut self, word: &Word) -> Result<(), Error> {
        let ways = expand::own(self.snapshot, self.cutter, word);
        if word.folded.chars().count() < expand::SHORTEST_IN_TEXTS {
            return self.take(&ways);
        }
        let mut asks: Vec<Box<dyn Ask>> = Vec::new();
        for zone in self.zones {
            for way in &ways {
                asks.extend(self.term(*zone, &way.term, way.worth)?);
            }
            let field = self.snapshot.fields.zone(*zone);
            let end = format!("{}{}", word.folded, char::MAX);
            let begun = InvertedIndexRangeQuery::new(
                Bound::Included(Term::from_field_text(field, &word.folded)),
                Bound::Included(Term::from_field_text(field, &end)),
            );
            asks.push(boosted(begun, expand::BY_BEGINNING * zone.weight()));
        }
        self.marked
            .terms
            .extend(ways.into_iter().map(|way| way.term));
        self.marked.beginnings.insert(word.folded.clone());
        self.any_of(asks);
        Ok(())
    }

    /// A word of a script without spaces: as the dictionary cuts the story, or
    /// else its characters side by side.
    fn unspaced(&mut self, word: &Word) -> Result<(), Error> {
        let chars: Vec<char> = word.folded.chars().collect();
        let mut asks: Vec<Box<dyn Ask>> = Vec::new();
        for zone in self.zones {
            let whole = format!("{WHOLE}{}", word.folded);
            asks.extend(self.term(*zone, &whole, 1.0)?);
            asks.extend(self.beside(*zone, &pairs(&chars, 0), BY_CHARACTERS)?);
        }
        self.marked.characters.insert(word.folded.clone());
        self.any_of(asks);
        Ok(())
    }

    /// Words that follow each other in one place.
    fn phrase(&mut self, words: &[Word]) -> Result<(), Error> {
        let terms = positions(words);
        let mut asks: Vec<Box<dyn Ask>> = Vec::new();
        for zone in self.zones {
            asks.extend(self.beside(*zone, &terms, 1.0)?);
        }
        for word in words {
            if word.unspaced {
                self.marked.characters.insert(word.folded.clone());
            } else {
                self.marked.terms.insert(word.folded.clone());
            }
        }
        self.any_of(asks);
        Ok(())
    }

    /// Stories in which all words of the query stand side by side come first.
    fn side_by_side(&mut self, query: &Query) -> Result<(), Error> {
        let mut words: Vec<Word> = Vec::new();
        for part in &query.parts {
            match part {
                Part::Word(word, _) => words.push(word.clone()),
                Part::Phrase(_) => return Ok(()),
            }
        }
        if words.len() < 2 {
            return Ok(());
        }
        let terms = positions(&words);
        for zone in [
            Zone::Headline,
            Zone::Labels,
            Zone::Byline,
            Zone::Standfirst,
            Zone::Text,
        ] {
            let ask = self.beside(zone, &terms, SIDE_BY_SIDE)?;
            self.asks.extend(ask.map(|ask| (Occur::Should, ask)));
        }
        Ok(())
    }

    fn any_of(&mut self, asks: Vec<Box<dyn Ask>>) {
        if asks.is_empty() {
            self.missing = true;
            return;
        }
        let any = DisjunctionMaxQuery::with_tie_breaker(asks, FURTHER);
        self.asks.push((Occur::Must, Box::new(any)));
    }

    /// A term in a zone, if any story has it.
    fn term(&self, zone: Zone, term: &str, worth: f32) -> Result<Option<Box<dyn Ask>>, Error> {
        if self.snapshot.frequency(zone, term)? == 0 {
            return Ok(None);
        }
        let term = Term::from_field_text(self.snapshot.fields.zone(zone), term);
        let ask = TermQuery::new(term, IndexRecordOption::WithFreqs);
        Ok(Some(boosted(ask, worth * zone.weight())))
    }

    /// Terms at their positions in a zone, if stories have each of them.
    fn beside(
        &self,
        zone: Zone,
        terms: &[(usize, String)],
        worth: f32,
    ) -> Result<Option<Box<dyn Ask>>, Error> {
        if let [(_, only)] = terms {
            return self.term(zone, only, worth);
        }
        for (_, term) in terms {
            if self.snapshot.frequency(zone, term)? == 0 {
                return Ok(None);
            }
        }
        let field = self.snapshot.fields.zone(zone);
        let terms = terms
            .iter()
            .map(|(at, term)| (*at, Term::from_field_text(field, term)))
            .collect();
        let ask = PhraseQuery::new_with_offset(terms);
        Ok(Some(boosted(ask, worth * zone.weight())))
    }
}

fn boosted(ask: impl Ask, worth: f32) -> Box<dyn Ask> {
    Box::new(BoostQuery::new(Box::new(ask), worth))
}

/// The terms of words that follow each other, with their positions.
fn positions(words: &[Word]) -> Vec<(usize, String)> {
    let mut terms = Vec::new();
    let mut run: Vec<char> = Vec::new();
    let mut end: Option<usize> = None;
    let mut at = 0;
    for word in words {
        let joins = word.unspaced && end == Some(word.place.start);
        if !joins {
            terms.extend(pairs(&run, at));
            at += run.len();
            run.clear();
        }
        if word.unspaced {
            run.extend(word.folded.chars());
            end = Some(word.place.end);
        } else {
            terms.push((at, word.folded.clone()));
            at += 1;
            end = None;
        }
    }
    terms.extend(pairs(&run, at));
    terms
}

/// Every two characters of a run, the first of which is at `start`; a single
/// character is itself.
fn pairs(chars: &[char], start: usize) -> Vec<(usize, String)> {
    match chars {
        [] => Vec::new(),
        [only] => vec![(start, only.to_string())],
        _ => chars
            .windows(2)
            .enumerate()
            .map(|(at, pair)| (start + at, pair.iter().collect()))
            .collect(),
    }
}
