//! Text becomes words, the same way for stories and for queries.
//!
//! Where words stand between spaces, a word is a run of letters and digits. In
//! Chinese, Japanese and Korean every character has a position of its own, and
//! is indexed by itself and together with the next one: whatever a dictionary
//! takes for a word, any part of a text is then found. The dictionary's words
//! are indexed as well, so that a story that has the word comes before one in
//! which its characters merely meet. The scripts of South-East Asia are cut by
//! the dictionary alone.

use std::ops::Range;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use crate::fold::{fold, is_accent};
use crate::language::{Language, Stems};

/// The longest word that is looked at, in characters. What is longer is a
/// number or an address, and found by its beginning.
const LONGEST: usize = 48;

/// Goes before the words of a dictionary, to tell them from two characters
/// that meet. No text has it: control characters separate words.
pub(crate) const WHOLE: char = '\u{1}';

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Where it stands in the text, in bytes.
    pub(crate) place: Range<usize>,
    /// Small, with its accents.
    pub(crate) plain: String,
    pub(crate) folded: String,
    /// Whether it is one of a dictionary, of a script whose characters are
    /// indexed one by one.
    pub(crate) unspaced: bool,
}

/// Takes text apart.
pub(crate) struct Cutter {
    segmenter: icu_segmenter::WordSegmenterBorrowed<'static>,
    stems: Stems,
}

/// A term as it goes into the index, at a position of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    pub(crate) position: usize,
    pub(crate) term: String,
}

impl Cutter {
    pub(crate) fn new() -> Self {
        Self {
            segmenter: WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()),
            stems: Stems::new(),
        }
    }

    /// The words of a text, in order.
    pub(crate) fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        for (script, place) in runs(text) {
            let run = text.get(place.clone()).unwrap_or_default();
            if script == Script::Spaced {
                words.push(word(run, place.start, false));
                continue;
            }
            let mut start = 0;
            for end in self.segmenter.segment_str(run).skip(1) {
                let part = run.get(start..end).unwrap_or_default();
                words.push(word(part, place.start + start, script == Script::Unspaced));
                start = end;
            }
        }
        words.retain(|word| !word.folded.is_empty());
        words
    }

    /// The forms by which a word between spaces is found besides its own.
    pub(crate) fn forms(&mut self, word: &Word, language: Language) -> Vec<String> {
        let mut forms: Vec<String> = self.stems.of(&word.plain, language).into_iter().collect();
        // Who has no umlauts writes them with an e.
        if language == Language::German && word.plain.contains(['ä', 'ö', 'ü']) {
            let spelt = word.plain.replace('ä', "ae").replace('ö', "oe");
            forms.push(fold(&spelt.replace('ü', "ue")));
        }
        forms
    }

    /// The terms of a text for the index.
    pub(crate) fn terms(&mut self, text: &str, language: Language) -> Vec<Placed> {
        let mut terms = Vec::new();
        let mut position = 0;
        let mut previous: Option<(usize, char)> = None;
        for word in self.words(text) {
            if !word.unspaced {
                for term in self.forms(&word, language) {
                    terms.push(Placed { position, term });
                }
                terms.push(Placed {
                    position,
                    term: word.folded,
                });
                position += 1;
                previous = None;
                continue;
            }
            terms.push(Placed {
                position,
                term: format!("{WHOLE}{}", word.folded),
            });
            for (c, place) in characters(&word) {
                if let Some((end, before)) = previous
                    && end == place.start
                {
                    terms.push(Placed {
                        position: position - 1,
                        term: [before, c].iter().collect(),
                    });
                }
                terms.push(Placed {
                    position,
                    term: c.to_string(),
                });
                previous = Some((place.end, c));
                position += 1;
            }
        }
        terms.sort_by_key(|placed| placed.position);
        terms
    }
}

/// The folded characters of a word whose characters are indexed one by one,
/// each with its place in the text. The last takes what is left of the place,
/// since folding may join two.
pub(crate) fn characters(word: &Word) -> impl Iterator<Item = (char, Range<usize>)> {
    let mut start = word.place.start;
    let mut chars = word.folded.chars().peekable();
    let end = word.place.end;
    std::iter::from_fn(move || {
        let c = chars.next()?;
        let to = if chars.peek().is_none() {
            end
        } else {
            (start + c.len_utf8()).min(end)
        };
        let place = start..to;
        start = to;
        Some((c, place))
    })
}

fn word(text: &str, start: usize, unspaced: bool) -> Word {
    let cut = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text.len(), |(at, _)| at);
    let plain = text.get(..cut).unwrap_or_default().to_lowercase();
    Word {
        place: start..start + text.len(),
        folded: fold(&plain),
        plain,
        unspaced,
    }
}

/// How the words of a script are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Spaced,
    /// Chinese, Japanese and Korean.
    Unspaced,
    SouthEastAsian,
}

/// The runs of letters and digits of a text that are of one script.
fn runs(text: &str) -> Vec<(Script, Range<usize>)> {
    let mut runs: Vec<(Script, Range<usize>)> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let Some(script) = script(c) else {
            // A mark belongs to the letter before it.
            if is_mark(c) && open {
                if let Some((_, place)) = runs.last_mut() {
                    place.end = end;
                }
            } else {
                open = false;
            }
            continue;
        };
        match runs.last_mut() {
            Some((last, place)) if open && *last == script => place.end = end,
            _ => runs.push((script, at..end)),
        }
        open = true;
    }
    runs
}

/// The script of a letter or digit.
fn script(c: char) -> Option<Script> {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric().then_some(Script::Spaced);
    }
    match u32::from(c) {
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff => Some(Script::SouthEastAsian),
        _ if is_unspaced(c) => Some(Script::Unspaced),
        _ => c.is_alphanumeric().then_some(Script::Spaced),
    }
}

/// Whether a character is indexed by itself: ideographs, kana, Hangul.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x3005..=0x3007 | 0x3041..=0x3096 | 0x309d..=0x309f | 0x30a1..=0x30fa | 0x30fc..=0x30ff
        | 0x3105..=0x312f | 0x31f0..=0x31ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xac00..=0xd7a3
        | 0xf900..=0xfaff | 0xff66..=0xff9f | 0x20000..=0x3ffff)
}

/// Whether a character changes the letter before it.
fn is_mark(c: char) -> bool {
    is_accent(c)
        || matches!(c, '\u{640}' | '\u{200c}' | '\u{200d}' | '\u{3099}' | '\u{309a}')
        // The vowels and joiners of Indic scripts.
        || matches!(u32::from(c), 0x0900..=0x0dff if !c.is_alphanumeric() && c != '।' && c != '॥')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let words = Cutter::new().words(text).into_iter();
        words.map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_told_apart_in_every_script() {
        for (text, expected) in [
            (
                "The night-ferry’s late!",
                vec!["the", "night", "ferry", "s", "late"],
            ),
            ("L’élection, à Łódź", vec!["l", "election", "a", "lodz"]),
            ("東京都の選挙", vec!["東京", "都", "の", "選挙"]),
            ("2026年の選挙", vec!["2026", "年", "の", "選挙"]),
            ("北京大学的学生", vec!["北京", "大学", "的", "学生"]),
            ("مُدِيرة المدينة", vec!["مديره", "المدينه"]),
            ("cafe\u{301} noir", vec!["cafe", "noir"]),
            ("हिन्दी भाषा", vec!["हिन्दी", "भाषा"]),
            ("+ - \" ( ) * ~ \u{1}", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(words(text), expected, "{text}");
        }
    }

    #[test]
    fn every_two_characters_that_meet_are_a_term() {
        let mut cutter = Cutter::new();
        let terms: Vec<(usize, String)> = cutter
            .terms("東京 都A庁舎", Language::Other)
            .into_iter()
            .filter(|placed| !placed.term.starts_with(WHOLE))
            .map(|placed| (placed.position, placed.term))
            .collect();
        let expected = [
            (0, "東京"),
            (0, "東"),
            (1, "京"),
            (2, "都"),
            (3, "a"),
            (4, "庁舎"),
            (4, "庁"),
            (5, "舎"),
        ];
        let mut expected: Vec<(usize, String)> = expected
            .map(|(position, term)| (position, term.to_owned()))
            .to_vec();
        let mut sorted = terms;
        sorted.sort();
        expected.sort();
        assert_eq!(sorted, expected);
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "Où est l’ÉCLAIR? 東京";
        let words = Cutter::new().words(text);
        let places: Vec<&str> = words.iter().map(|word| &text[word.place.clone()]).collect();
        assert_eq!(places, ["Où", "est", "l", "ÉCLAIR", "東京"]);
    }

    #[test]
    fn german_is_found_by_its_stem_and_without_umlauts() {
        let mut cutter = Cutter::new();
        let terms = cutter.terms("Häuser", Language::German);
        let terms: Vec<&str> = terms.iter().map(|placed| placed.term.as_str()).collect();
        assert_eq!(terms, ["haus", "haeuser", "hauser"]);
    }
}
