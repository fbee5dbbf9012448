//! Marking what was searched for, and cutting excerpts.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::language::Language;
use crate::plan::Marked;
use crate::token::Cutter;

/// Characters of an excerpt before the first word that is marked: a line of a
/// phone.
const LEAD: usize = 40;

/// Marks what was searched for in texts.
#[derive(Clone, Debug, Default)]
pub struct Marker {
    marked: Marked,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// Whether it was searched for.
    pub marked: bool,
}

/// A part of a text around what was searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// Whether there is more before it.
    pub cut_before: bool,
    /// Whether there is more after it.
    pub cut_after: bool,
}

impl Marker {
    pub(crate) fn new(marked: Marked) -> Self {
        Self { marked }
    }

    /// The text in pieces, each with whether it was searched for. Together
    /// they are the text.
    pub fn mark(&self, text: &str, language: Language) -> Vec<Piece> {
        pieces(text, &self.places(text, language))
    }

    /// Up to about `longest` characters of the text around what was searched
    /// for, where most of it stands together; `None` where it doesn't occur.
    pub fn excerpt(&self, text: &str, language: Language, longest: usize) -> Option<Excerpt> {
        let places = self.places(text, language);
        let first = places.get(densest(text, &places, longest))?.start;
        let start = if text.get(..first)?.chars().count() <= LEAD {
            0
        } else {
            let lead = text.get(..first)?.char_indices().rev().nth(LEAD);
            let from = lead.map_or(0, |(at, _)| at);
            word_start(text, from, first)
        };
        let rest = text.get(start..)?;
        let end = match rest.char_indices().nth(longest) {
            None => text.len(),
            Some((at, _)) => word_end(text, start, start + at),
        };
        let inside = places
            .into_iter()
            .filter(|place| place.start >= start && place.end <= end)
            .map(|place| place.start - start..place.end - start);
        let inside: Vec<Range<usize>> = inside.collect();
        Some(Excerpt {
            pieces: pieces(text.get(start..end)?, &inside),
            cut_before: start > 0,
            cut_after: end < text.len(),
        })
    }

    /// The places of what was searched for, in order and apart.
    fn places(&self, text: &str, language: Language) -> Vec<Range<usize>> {
        let Marked {
            terms,
            beginnings,
            characters,
        } = &self.marked;
        if terms.is_empty() && beginnings.is_empty() && characters.is_empty() {
            return Vec::new();
        }
        let mut cutter = Cutter::new();
        let mut places: Vec<Range<usize>> = Vec::new();
        // What has no spaces is looked at as it stands there, whatever a
        // dictionary takes for words.
        let mut run: Vec<(char, Range<usize>)> = Vec::new();
        for word in cutter.words(text) {
            if word.unspaced {
                if run
                    .last()
                    .is_some_and(|(_, last)| last.end != word.place.start)
                {
                    self.characters(&run, &mut places);
                    run.clear();
                }
                run.extend(crate::token::characters(&word));
                continue;
            }
            let begins = |beginning: &String| word.folded.starts_with(beginning.as_str());
            let found = terms.contains(&word.folded)
                || beginnings.iter().any(begins)
                || cutter
                    .forms(&word, language)
                    .iter()
                    .any(|form| terms.contains(form));
            if found {
                places.push(word.place);
            }
        }
        self.characters(&run, &mut places);
        joined(places)
    }

    fn characters(&self, run: &[(char, Range<usize>)], places: &mut Vec<Range<usize>>) {
        for wanted in &self.marked.characters {
            let wanted: Vec<char> = wanted.chars().collect();
            for window in run.windows(wanted.len().max(1)) {
                let fits = window.iter().map(|(c, _)| c).eq(wanted.iter());
                if fits && let (Some((_, first)), Some((_, last))) = (window.first(), window.last())
                {
                    places.push(first.start..last.end);
                }
            }
        }
    }
}

/// The place from which on most of what was searched for stands within `longest`
/// bytes; of several the one where it stands closest, and of those the first.
fn densest(text: &str, places: &[Range<usize>], longest: usize) -> usize {
    let mut best = (0, (0, Reverse(0)));
    for (at, first) in places.iter().enumerate() {
        let near = places.iter().skip(at);
        let near = near.take_while(|place| place.end - first.start <= longest);
        let mut seen: BTreeSet<String> = BTreeSet::new();
        let mut stretch = 0;
        for place in near {
            let word = text.get(place.clone()).unwrap_or_default();
            if seen.insert(word.to_lowercase()) {
                stretch = place.end - first.start;
            }
        }
        let worth = (seen.len(), Reverse(stretch));
        if worth > best.1 {
            best = (at, worth);
        }
    }
    best.0
}

/// Places in order, those that touch joined.
fn joined(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|place| (place.start, place.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(places.len());
    for place in places {
        match apart.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}

fn pieces(text: &str, places: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut push = |range: Range<usize>, marked| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            pieces.push(Piece {
                text: text.to_owned(),
                marked,
            });
        }
    };
    let mut at = 0;
    for place in places {
        push(at..place.start, false);
        push(place.clone(), true);
        at = place.end;
    }
    push(at..text.len(), false);
    pieces
}

/// The start of the first word from `from` on, at most `to`. Where there are
/// no spaces, `from`.
fn word_start(text: &str, from: usize, to: usize) -> usize {
    let stretch = text.get(from..to).unwrap_or_default();
    let gap = stretch.char_indices().find(|(_, c)| c.is_whitespace());
    gap.map_or(from, |(at, c)| from + at + c.len_utf8())
}

/// The end of the last whole word before `to`. Where there are no spaces, `to`.
fn word_end(text: &str, from: usize, to: usize) -> usize {
    let stretch = text.get(from..to).unwrap_or_default();
    let gap = stretch
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace());
    match gap {
        // A gap far before the end is none of words.
        Some((at, _)) if stretch.len() - at < LEAD * 2 => from + at,
        _ => to,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marker(terms: &[&str], characters: &[&str]) -> Marker {
        let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Marker::new(Marked {
            terms: set(terms),
            beginnings: set(&[]),
            characters: set(characters),
        })
    }

    fn shown(pieces: &[Piece]) -> String {
        let show = |piece: &Piece| {
            if piece.marked {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        };
        pieces.iter().map(show).collect()
    }

    #[test]
    fn words_are_marked_by_their_forms() {
        let check = |terms: &[&str], characters: &[&str], text: &str, expected: &str| {
            let pieces = marker(terms, characters).mark(text, Language::English);
            assert_eq!(shown(&pieces), expected);
        };
        check(
            &["ferri", "cafe"],
            &[],
            "Ferries to the café; no wherryferry",
            "[Ferries] to the [café]; no wherryferry",
        );
        check(&[], &["新聞"], "今朝の新聞紙", "今朝の[新聞]紙");
        check(&[], &["京都"], "東京都の京都", "東[京都]の[京都]");
        check(&[], &[], "nothing", "nothing");
        check(&["a"], &[], "", "");
    }

    #[test]
    fn an_excerpt_is_cut_between_words_around_the_first_mark() {
        let text = "One two three four five six seven eight nine ten eleven ferry twelve \
                    thirteen fourteen fifteen.";
        let excerpt = marker(&["ferry"], &[]).excerpt(text, Language::English, 60);
        let excerpt = excerpt.expect("it occurs");
        assert!(excerpt.cut_before && excerpt.cut_after);
        assert_eq!(
            shown(&excerpt.pieces),
            "five six seven eight nine ten eleven [ferry] twelve thirteen"
        );
        assert_eq!(
            marker(&["x"], &[]).excerpt(text, Language::English, 60),
            None
        );
    }

    #[test]
    fn an_excerpt_is_where_most_of_the_words_stand_together() {
        let check = |text: &str, expected: &str| {
            let excerpt = marker(&["the", "late", "ferry"], &[]);
            let excerpt = excerpt.excerpt(text, Language::English, 60);
            assert_eq!(shown(&excerpt.expect("it occurs").pieces), expected);
        };
        let filler = "and so it went on all day long and on for nights ".repeat(3);
        let text = format!("The tide. {filler} now the late ferry sails. {filler} The ferry.");
        check(
            &text,
            "on all day long and on for nights  now [the] [late] [ferry]",
        );
        let text = format!("The ferry. {filler} The ferry.");
        check(
            &text,
            "[The] [ferry]. and so it went on all day long and on for nights",
        );
    }

    proptest! {
        #[test]
        fn marking_never_changes_the_text(text in "\\PC{0,80}", term in "\\PC{1,4}") {
            let pieces = marker(&[&term], &[&term]).mark(&text, Language::German);
            let joined: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
            prop_assert_eq!(joined, text);
        }

        #[test]
        fn an_excerpt_is_a_part_of_the_text(text in "[ab東京 ]{0,200}", longest in 1_usize..80) {
            let excerpt = marker(&["a"], &["東京"]).excerpt(&text, Language::Other, longest);
            if let Some(excerpt) = excerpt {
                let joined: String =
                    excerpt.pieces.iter().map(|piece| piece.text.as_str()).collect();
                prop_assert!(text.contains(&joined));
                prop_assert!(joined.chars().count() <= longest);
            }
        }
    }
}
