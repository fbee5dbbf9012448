//! Finding stories by their words, in memory.
//!
//! What is searched is what everybody may read: the headline, the standfirst,
//! the labels and the byline. The text must stay out, or searching would tell a
//! reader what it says one word at a time. That holds for every story: who may
//! read one, and where its beginning ends, is decided elsewhere, and rules may
//! withhold a free story or a sponsored one from some.

use jiff::Timestamp;

use crate::content::{Catalogue, Story, is_unspaced};

/// The longest query that is looked at, in characters: a long headline.
pub(crate) const MAX_QUERY: usize = 120;

/// The most words of a query; further ones narrow nothing down.
const MAX_TERMS: usize = 8;

/// The most results shown. Who needs the next needs a better word.
const MAX_RESULTS: usize = 30;

/// A query as it was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Query {
    /// As typed, without blanks around it, cut to [`MAX_QUERY`].
    pub(crate) text: String,
    /// Folded, each once.
    terms: Vec<Vec<char>>,
}

impl Query {
    /// Understands what a reader typed. Anything but letters and digits
    /// separates words; there are no operators.
    pub(crate) fn parse(typed: &str) -> Self {
        let text: String = typed
            .trim()
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .take(MAX_QUERY)
            .collect();
        let mut terms: Vec<Vec<char>> = Vec::new();
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            let term: Vec<char> = word.chars().map(fold).collect();
            if !term.is_empty() && !terms.contains(&term) && terms.len() < MAX_TERMS {
                terms.push(term);
            }
        }
        Self { text, terms }
    }

    /// Whether there is a word to look for.
    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }
}

/// The stories that hold every word of the query, the best first.
pub(crate) struct Found<'a> {
    /// At most [`MAX_RESULTS`].
    pub(crate) stories: Vec<&'a Story>,
    /// How many there are in all.
    pub(crate) count: usize,
}

/// Searches what is out at `now`.
pub(crate) fn search<'a>(catalogue: &'a Catalogue, query: &Query, now: Timestamp) -> Found<'a> {
    if query.is_empty() {
        return Found {
            stories: Vec::new(),
            count: 0,
        };
    }
    let mut hits: Vec<(u32, &Story)> = catalogue
        .out(now)
        .filter_map(|story| Some((score(catalogue, story, query)?, story)))
        .collect();
    // The order among equals is that of the catalogue: the latest first.
    hits.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let count = hits.len();
    Found {
        stories: hits
            .into_iter()
            .take(MAX_RESULTS)
            .map(|(_, story)| story)
            .collect(),
        count,
    }
}

/// How well a story fits; `None` unless every word occurs.
fn score(catalogue: &Catalogue, story: &Story, query: &Query) -> Option<u32> {
    let section = catalogue
        .section(story.section.as_str())
        .map_or("", |section| &section.name);
    let fields: Vec<(u32, Vec<char>)> =
        [(12, story.title.as_str()), (6, &story.label), (5, section)]
            .into_iter()
            .chain(story.tags.iter().map(|tag| (6, tag.as_str())))
            .chain(story.byline.iter().map(|name| (6, name.as_str())))
            .chain([(4, story.standfirst.as_str())])
            .map(|(weight, text)| (weight, text.chars().map(fold).collect()))
            .collect();
    query.terms.iter().try_fold(0, |sum, term| {
        let best: u32 = fields
            .iter()
            .map(
                |(weight, text)| match places(text, term).map(|place| place.is_whole).max() {
                    // A whole word is worth twice the beginning of one.
                    Some(true) => 2 * weight,
                    Some(false) => *weight,
                    None => 0,
                },
            )
            .sum();
        (best > 0).then_some(sum + best)
    })
}

/// A place where a term was found, in characters.
struct Place {
    start: usize,
    end: usize,
    is_whole: bool,
}

/// Where `term` begins a word of `text`, both folded. In scripts without
/// spaces a word may begin anywhere.
fn places<'a>(text: &'a [char], term: &'a [char]) -> impl Iterator<Item = Place> + 'a {
    let unspaced = term.first().copied().is_some_and(is_unspaced);
    text.windows(term.len().max(1))
        .enumerate()
        .filter_map(move |(start, window)| {
            let end = start + window.len();
            let inside = |at: Option<&char>| at.is_some_and(|c| c.is_alphanumeric());
            let begins = unspaced || start == 0 || !inside(text.get(start - 1));
            (window == term && begins).then(|| Place {
                start,
                end,
                is_whole: unspaced || !inside(text.get(end)),
            })
        })
}

/// The text in pieces, each with whether it was searched for.
pub(crate) fn highlight<'a>(text: &'a str, query: &Query) -> Vec<(bool, &'a str)> {
    let folded: Vec<char> = text.chars().map(fold).collect();
    let mut marked = vec![false; folded.len()];
    for term in &query.terms {
        for place in places(&folded, term) {
            marked[place.start..place.end].fill(true);
        }
    }
    let mut pieces: Vec<(bool, &str)> = Vec::new();
    let (mut start, mut current) = (0, marked.first().copied().unwrap_or_default());
    for ((at, _), mark) in text.char_indices().zip(&marked) {
        if *mark != current {
            pieces.push((current, &text[start..at]));
            (start, current) = (at, *mark);
        }
    }
    pieces.push((current, &text[start..]));
    pieces
}

/// A letter as it is compared: small, and without the accents of Latin
/// letters, which few people type into a search box. One letter stays one, so
/// that places in the folded text are places in the text.
fn fold(c: char) -> char {
    let small = c.to_lowercase().next().unwrap_or(c);
    match small {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì'..='ï' | 'ī' | 'į' | 'ı' => 'i',
        'ł' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'ş' | 'š' => 's',
        'ť' => 't',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        '‘' | '’' => '\'',
        _ => small,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_query_is_words_and_nothing_else() {
        for (typed, words) in [
            ("  Night   FERRY night ", vec!["night", "ferry"]),
            ("site:x AND -\"ferry\"", vec!["site", "x", "and", "ferry"]),
            ("+ - \" ( ) * ~ && ||", vec![]),
            ("Łódź café", vec!["lodz", "cafe"]),
            ("<b>tide</b>", vec!["b", "tide"]),
            ("", vec![]),
        ] {
            let query = Query::parse(typed);
            let terms: Vec<String> = query
                .terms
                .iter()
                .map(|term| term.iter().collect())
                .collect();
            assert_eq!(terms, words, "{typed}");
        }
    }

    #[test]
    fn a_query_of_any_length_is_cut() {
        let query = Query::parse(&"tide gauge ".repeat(1000));
        assert_eq!(query.text.chars().count(), MAX_QUERY);
        let many: String = (0..1000)
            .map(|n: u32| n.to_string())
            .collect::<Vec<_>>()
            .join(" ");
        assert_eq!(Query::parse(&many).terms.len(), MAX_TERMS);
    }

    #[test]
    fn words_are_marked_where_they_begin() {
        let query = Query::parse("CAFE ferry");
        let pieces = highlight("Ferry to the café; no wherryferry", &query);
        let marked: Vec<&str> = pieces
            .iter()
            .filter(|(m, _)| *m)
            .map(|(_, text)| *text)
            .collect();
        assert_eq!(marked, ["Ferry", "café"]);
        let pieces = highlight("今朝の新聞", &Query::parse("新聞"));
        assert_eq!(pieces, [(false, "今朝の"), (true, "新聞")]);
    }

    proptest! {
        #[test]
        fn marking_never_changes_the_text(text in "\\PC{0,60}", typed in "\\PC{0,20}") {
            let query = Query::parse(&typed);
            let joined: String = highlight(&text, &query).iter().map(|(_, piece)| *piece).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
