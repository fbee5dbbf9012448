//! What a reader typed, as it is understood.
//!
//! There is no syntax to learn or to abuse: words, and phrases in quotation
//! marks of any kind. All else only separates words, and says nothing: a star or a
//! full stop after a word is as if it weren't there.

use std::ops::Range;

use crate::token::{Cutter, Word};

/// The longest query that is looked at, in characters: a long headline.
pub const MAX_QUERY: usize = 120;

/// The most words of a query; further ones narrow nothing down.
pub const MAX_WORDS: usize = 10;

/// A query as it was understood.
#[derive(Clone, Debug)]
pub struct Query {
    text: String,
    shortened: bool,
    pub(crate) parts: Vec<Part>,
}

/// A part of a query. A story has to have all parts.
#[derive(Clone, Debug)]
pub(crate) enum Part {
    /// A word; whether more of it may follow.
    Word(Word, Open),
    /// Words that follow each other.
    Phrase(Vec<Word>),
}

/// Whether a word may be the beginning of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Open {
    /// It was typed to its end: another follows, or it is quoted.
    No,
    /// It is the last one, whatever signs follow it.
    Last,
}

impl Query {
    /// Understands what a reader typed.
    pub fn parse(typed: &str) -> Self {
        let mut chars = typed.trim().chars();
        let text: String = chars
            .by_ref()
            .take(MAX_QUERY)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let mut query = Self {
            shortened: chars.next().is_some(),
            parts: Vec::new(),
            text: text.trim_end().to_owned(),
        };
        query.read();
        query
    }

    /// As typed, without blanks around it, cut to [`MAX_QUERY`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether more was typed than was looked at.
    pub fn is_shortened(&self) -> bool {
        self.shortened
    }

    /// Whether there is no word to look for.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The words to look for, those of phrases included.
    pub(crate) fn words(&self) -> impl Iterator<Item = &Word> {
        self.parts.iter().flat_map(|part| match part {
            Part::Word(word, _) => std::slice::from_ref(word),
            Part::Phrase(words) => words,
        })
    }

    fn read(&mut self) {
        let cutter = Cutter::new();
        let words = cutter.words(&self.text);
        let quoted = quotations(&self.text);
        let phrase_of = |word: &Word| {
            let holds = |place: &Range<usize>| {
                place.start <= word.place.start && word.place.end <= place.end
            };
            quoted.iter().position(holds)
        };
        let last = words.last().filter(|word| phrase_of(word).is_none());
        let last = last.map(|word| word.place.end);
        let mut left = MAX_WORDS;
        let mut phrase: Option<(usize, Vec<Word>)> = None;
        let mut parts = Vec::new();
        for word in words {
            if left == 0 {
                self.shortened = true;
                break;
            }
            left -= 1;
            let within = phrase_of(&word);
            match (within, &mut phrase) {
                (Some(number), Some((open, words))) if *open == number => words.push(word),
                (within, phrase) => {
                    parts.extend(phrase.take().map(|(_, words)| close(words)));
                    match within {
                        Some(number) => *phrase = Some((number, vec![word])),
                        None => parts.push(Part::Word(word, Open::No)),
                    }
                }
            }
        }
        parts.extend(phrase.take().map(|(_, words)| close(words)));
        // What was asked for twice is asked for once.
        for part in parts {
            let known = match &part {
                Part::Word(word, _) => self.parts.iter().any(
                    |known| matches!(known, Part::Word(other, _) if other.folded == word.folded),
                ),
                Part::Phrase(_) => false,
            };
            if !known {
                self.parts.push(part);
            }
        }
        if let Some(Part::Word(word, open)) = self.parts.last_mut()
            && last == Some(word.place.end)
            && !word.unspaced
        {
            *open = Open::Last;
        }
    }
}

/// A phrase of one word is a word that was typed to its end.
fn close(mut words: Vec<Word>) -> Part {
    match words.len() {
        1 => Part::Word(words.remove(0), Open::No),
        _ => Part::Phrase(words),
    }
}

/// What stands between quotation marks. One that isn't closed is none.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in text.char_indices() {
        if !is_quote(c) {
            continue;
        }
        match open.take() {
            Some(start) => places.push(start..at),
            None => open = Some(at + c.len_utf8()),
        }
    }
    places
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' | '《' | '》' | '＂'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `word`, `begin*`, `[a phrase]`.
    fn shown(typed: &str) -> Vec<String> {
        let query = Query::parse(typed);
        let part = |part: &Part| match part {
            Part::Word(word, Open::No) => word.folded.clone(),
            Part::Word(word, Open::Last) => format!("{}*", word.folded),
            Part::Phrase(words) => {
                let words: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
                format!("[{}]", words.join(" "))
            }
        };
        query.parts.iter().map(part).collect()
    }

    #[test]
    fn a_query_is_words_and_phrases_and_nothing_else() {
        for (typed, parts) in [
            ("  Night   FERRY night ", vec!["night", "ferry"]),
            ("night fer", vec!["night", "fer*"]),
            ("night fer*", vec!["night", "fer*"]),
            ("night fer. ", vec!["night", "fer*"]),
            ("night (fer) - …", vec!["night", "fer*"]),
            ("fer\"", vec!["fer*"]),
            ("night \"fer\".", vec!["night", "fer"]),
            ("night „fer“*", vec!["night", "fer"]),
            ("ferry (night) ferry.", vec!["ferry", "night"]),
            ("site:x AND -\"ferry\"", vec!["site", "x", "and", "ferry"]),
            ("\"night ferry\" late", vec!["[night ferry]", "late*"]),
            ("„späte Fähre“ Hafen", vec!["[spate fahre]", "hafen*"]),
            ("« dernier bac »", vec!["[dernier bac]"]),
            ("「選挙管理」の", vec!["[選挙 管理]", "の"]),
            ("\"not closed ferry", vec!["not", "closed", "ferry*"]),
            ("+ - \" ( ) * ~ && || ^ \\ / :", vec![]),
            ("\"\" \"\"", vec![]),
            (
                "title:[a TO z] {x} ferry~2 fe*y ^9",
                vec!["title", "a", "to", "z", "x", "ferry", "2", "fe", "y", "9*"],
            ),
            ("Łódź café", vec!["lodz", "cafe*"]),
            ("<b>tide</b>", vec!["b", "tide"]),
            ("東京都の選挙", vec!["東京", "都", "の", "選挙"]),
            ("", vec![]),
        ] {
            assert_eq!(shown(typed), parts, "{typed}");
        }
    }

    #[test]
    fn a_query_of_any_length_is_cut() {
        let query = Query::parse(&"tide gauge ".repeat(1000));
        assert_eq!(query.text().chars().count(), MAX_QUERY);
        assert!(query.is_shortened());
        let many: Vec<String> = (0..30).map(|n: u32| n.to_string()).collect();
        let query = Query::parse(&many.join(" "));
        assert!(query.is_shortened());
        assert_eq!(query.words().count(), MAX_WORDS);
        assert!(!Query::parse("tide gauge").is_shortened());
    }

    proptest! {
        #[test]
        fn any_query_is_understood_within_its_bounds(typed in "\\PC{0,300}") {
            let query = Query::parse(&typed);
            prop_assert!(query.words().count() <= MAX_WORDS);
            prop_assert!(query.text().chars().count() <= MAX_QUERY);
            for word in query.words() {
                prop_assert!(query.text().get(word.place.clone()).is_some());
            }
        }
    }
}
