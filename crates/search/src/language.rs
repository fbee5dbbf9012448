//! What is known of the languages that stories are written in: how their words
//! change, and which of them say nothing.

use std::collections::HashMap;
use std::sync::LazyLock;

use tantivy::tokenizer::{self, RawTokenizer, Stemmer, TextAnalyzer, TokenStream};

use crate::fold::fold;

/// The language of a story, as far as searching knows about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English.
    English,
    /// German.
    German,
    /// French.
    French,
    /// Polish.
    Polish,
    /// Arabic.
    Arabic,
    /// Every other: its words are found as they are written. Japanese, Chinese
    /// and Korean are told by their script.
    Other,
}

/// Words of five letters and fewer that stand in nearly every text, folded.
const ENGLISH: &str = "a an and are as at be but by for if in into is it its no not of on or s such \
     that the their then there these they this to was were what when which who will with";
const GERMAN: &str = "aber als am an auch auf aus bei das dass dem den der des die durch ein eine \
     einem einen einer eines er es fur hat im in ist mit nach nicht noch oder sich sie sind und vom \
     von vor war wie wird zu zum zur";
const FRENCH: &str = "a au aux avec c ce ces cet cette d dans de des du elle en est et il ils je l la \
     le les leur lui m mais n ne nous on ou par pas pour qu que qui s sa se ses son sont sur t un \
     une vous y";
const POLISH: &str = "a ale bo by co czy dla do go i ich jak jako jej jest ku lub ma na nad nie o od \
     oraz po pod przez przy sa sie ta tak te tego tej ten to tym u w we z za ze";
const ARABIC: &str =
    "من في على الي عن مع هذا هذه ذلك التي الذي ان او ثم ما لا لم لن قد كان كانت هو هي";

/// The endings of Polish nouns, adjectives and verbs, folded, the longest
/// first. Nobody has published a stemmer of Polish that is small; most of what
/// readers type for one another differs in these alone.
const POLISH_ENDINGS: [&str; 40] = [
    "owego", "owych", "owymi", "owej", "iami", "iach", "owie", "ymi", "imi", "ami", "ach", "owi",
    "ego", "emu", "ych", "ich", "iem", "owa", "owe", "owy", "ow", "om", "em", "ym", "im", "ie",
    "ia", "iu", "io", "ii", "ej", "mi", "ki", "ka", "a", "e", "i", "o", "u", "y",
];

/// What must be left of a Polish word without its ending, in letters.
const POLISH_STEM: usize = 4;

impl Language {
    /// By a language tag such as `de` or `de-AT`.
    pub fn of_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" => Self::English,
            "de" => Self::German,
            "fr" => Self::French,
            "pl" => Self::Polish,
            "ar" => Self::Arabic,
            _ => Self::Other,
        }
    }

    /// Every language with its name in the index.
    pub(crate) const ALL: [(Self, &'static str); 6] = [
        (Self::English, "en"),
        (Self::German, "de"),
        (Self::French, "fr"),
        (Self::Polish, "pl"),
        (Self::Arabic, "ar"),
        (Self::Other, "-"),
    ];

    /// Its name in the index.
    pub(crate) fn name(self) -> &'static str {
        let known = Self::ALL.iter().find(|(language, _)| *language == self);
        known.map_or("-", |(_, name)| name)
    }

    /// By its name in the index.
    pub(crate) fn named(name: &str) -> Self {
        let known = Self::ALL.iter().find(|(_, known)| *known == name);
        known.map_or(Self::Other, |(language, _)| *language)
    }

    /// Whether a folded word says nothing by itself.
    pub(crate) fn is_filler(self, folded: &str) -> bool {
        let words = match self {
            Self::English => ENGLISH,
            Self::German => GERMAN,
            Self::French => FRENCH,
            Self::Polish => POLISH,
            Self::Arabic => ARABIC,
            Self::Other => return false,
        };
        words.split(' ').any(|word| word == folded)
    }
}

/// Takes endings off words. Remembers what it has done, since most words of a
/// text are few: not shared, and bounded.
pub(crate) struct Stems {
    analyzers: [TextAnalyzer; 4],
    known: HashMap<(Language, String), String>,
}

/// Stems that are remembered: the words of a few thousand stories.
const KNOWN: usize = 20_000;

static ANALYZERS: LazyLock<[TextAnalyzer; 4]> = LazyLock::new(|| {
    [
        tokenizer::Language::English,
        tokenizer::Language::German,
        tokenizer::Language::French,
        tokenizer::Language::Arabic,
    ]
    .map(|language| {
        TextAnalyzer::builder(RawTokenizer::default())
            .filter(Stemmer::new(language))
            .build()
    })
});

impl Stems {
    pub(crate) fn new() -> Self {
        Self {
            analyzers: ANALYZERS.clone(),
            known: HashMap::new(),
        }
    }

    /// The folded stem of `word`, which is small but has its accents. `None`
    /// where the language has none, or it is the word itself.
    pub(crate) fn of(&mut self, word: &str, language: Language) -> Option<String> {
        let index = match language {
            Language::English => 0,
            Language::German => 1,
            Language::French => 2,
            Language::Arabic => 3,
            Language::Polish => return polish(&fold(word)),
            Language::Other => return None,
        };
        let key = (language, word.to_owned());
        if let Some(stem) = self.known.get(&key) {
            return (!stem.is_empty()).then(|| stem.clone());
        }
        let mut stream = self.analyzers.get_mut(index)?.token_stream(word);
        let stem = if stream.advance() {
            fold(&stream.token().text)
        } else {
            String::new()
        };
        drop(stream);
        let stem = if stem == fold(word) {
            String::new()
        } else {
            stem
        };
        if self.known.len() >= KNOWN {
            self.known.clear();
        }
        self.known.insert(key, stem.clone());
        (!stem.is_empty()).then_some(stem)
    }
}

fn polish(folded: &str) -> Option<String> {
    POLISH_ENDINGS.iter().find_map(|ending| {
        let stem = folded.strip_suffix(ending)?;
        (stem.chars().count() >= POLISH_STEM).then(|| stem.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_the_endings_of_their_language() {
        let mut stems = Stems::new();
        for (language, words) in [
            (Language::English, ["elections", "election"]),
            (Language::German, ["häuser", "hauses"]),
            (Language::French, ["élections", "élection"]),
            (Language::Polish, ["wyborach", "wyborami"]),
            (Language::Arabic, ["الكتاب", "كتاب"]),
        ] {
            let [one, other] = words.map(|word| {
                stems
                    .of(word, language)
                    .unwrap_or_else(|| crate::fold::fold(word))
            });
            assert_eq!(one, other, "{words:?}");
        }
        assert_eq!(stems.of("elections", Language::Other), None);
    }

    #[test]
    fn a_language_is_told_by_the_first_part_of_its_tag() {
        for (tag, language) in [
            ("de-AT", Language::German),
            ("EN", Language::English),
            ("ja", Language::Other),
            ("", Language::Other),
        ] {
            assert_eq!(Language::of_tag(tag), language, "{tag}");
        }
    }

    #[test]
    fn endings_come_the_longest_first() {
        for (index, ending) in POLISH_ENDINGS.iter().enumerate() {
            let earlier = POLISH_ENDINGS.get(..index).unwrap_or_default();
            let hidden = earlier.iter().find(|earlier| ending.ends_with(*earlier));
            // One that ends in an earlier one would never be taken off.
            assert!(hidden.is_none(), "{ending} comes after {hidden:?}");
        }
    }
}
