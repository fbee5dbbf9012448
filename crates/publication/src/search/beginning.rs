//! How much of a text may be found by everybody.
//!
//! Where the gate cuts a story is decided elsewhere, on the page that is made
//! of it, where other things stand between the paragraphs. What is found here
//! has to end before that: so all is counted to its disadvantage, and only half
//! of what the gate shows is taken. A test holds it to the gate's own cut.

use crate::content::{BlockKind, Body, is_unspaced};

/// How much of every story everybody may read, as the gate is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beginning {
    /// Nothing, or nobody knows how much.
    #[default]
    Nothing,
    /// The first words.
    Words(u32),
    /// The first paragraphs.
    Paragraphs(u32),
}

/// What stands before the cut besides, or brings it nearer.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OnPage<'a> {
    /// What opens the text.
    pub(crate) dateline: Option<&'a str>,
    /// After the block of this number something else comes between, which a theme may
    /// have made as long as it likes.
    pub(crate) slot: Option<usize>,
    /// So many paragraphs everybody may read, by the story itself.
    pub(crate) preview: Option<u16>,
}

/// The gate shows at most a third of a story; of that half is taken.
const MOST: usize = 6;

/// The most words that are worth finding and quoting.
const ENOUGH: usize = 200;

/// The letters after which a word counts as another one. The gate allows twice
/// as many.
const LONGEST: usize = 10;

impl Beginning {
    /// The part of a text that may be found, without markup.
    pub(crate) fn of(self, body: &Body, page: &OnPage<'_>) -> String {
        let (words, paragraphs) = match self {
            Self::Nothing => return String::new(),
            Self::Words(words) => (words / 2, u32::MAX),
            Self::Paragraphs(paragraphs) => (u32::MAX, paragraphs.div_ceil(2)),
        };
        let words = usize::try_from(words).unwrap_or(usize::MAX);
        let all: usize = body.blocks.iter().map(|block| fewest(&block.text)).sum();
        let mut left = words.min(all / MOST).min(ENOUGH);
        first(page.dateline.unwrap_or_default(), &mut left);
        let own = page.preview.map_or(u32::MAX, u32::from);
        let mut paragraphs = paragraphs.min(own);
        let mut out = String::new();
        for (number, block) in body.blocks.iter().enumerate() {
            let is_before = page.slot.is_none_or(|slot| number <= slot);
            match block.kind {
                BlockKind::Paragraph if paragraphs > 0 && is_before => paragraphs -= 1,
                // A list or a table is whole or not there.
                _ => break,
            }
            let part = first(&block.text, &mut left);
            if !out.is_empty() && !part.is_empty() {
                out.push(' ');
            }
            out.push_str(part);
            if part.len() < block.text.len() {
                break;
            }
        }
        out
    }
}

/// The fewest words that a text can be taken for.
fn fewest(text: &str) -> usize {
    let unspaced = text.chars().filter(|c| is_unspaced(*c)).count();
    let spaced = text
        .split(|c: char| c.is_whitespace() || is_unspaced(c))
        .filter(|word| word.chars().any(char::is_alphanumeric));
    unspaced / 2 + spaced.count()
}

/// The first words of a text, so many as are left by the highest count.
fn first<'t>(text: &'t str, left: &mut usize) -> &'t str {
    let mut end = 0;
    let mut run = 0;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            end = at;
            run = 0;
            continue;
        }
        let separate = !c.is_ascii() && c.is_alphanumeric() && unspaced(c);
        if separate {
            end = at;
            run = 0;
        }
        if c.is_alphanumeric() || separate {
            if run % LONGEST == 0 {
                if *left == 0 {
                    return text.get(..end).unwrap_or_default();
                }
                *left -= 1;
            }
            run += 1;
        } else {
            // What a hyphen joins counts as two.
            run = 0;
        }
    }
    text
}

/// Whether a character may be a word by itself.
fn unspaced(c: char) -> bool {
    is_unspaced(c) || matches!(u32::from(c), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Block;

    fn check(blocks: &[&str], how: Beginning, expected: &str) {
        check_beside(blocks, OnPage::default(), how, expected);
    }

    fn check_beside(blocks: &[&str], page: OnPage<'_>, how: Beginning, expected: &str) {
        let block = |text: &&str| Block {
            kind: BlockKind::Paragraph,
            html: String::new(),
            text: (*text).to_owned(),
        };
        let body = Body {
            blocks: blocks.iter().map(block).collect(),
            ..Body::default()
        };
        assert_eq!(how.of(&body, &page), expected);
    }

    #[test]
    fn half_of_the_beginning_is_taken_and_never_more_than_a_sixth_of_all() {
        let long = vec!["word"; 594].join(" ");
        let text = format!("One two three four five six. {long}");
        check(&[&text], Beginning::Words(8), "One two three four");
        check(
            &[&text],
            Beginning::Words(12),
            "One two three four five six.",
        );
        check(&[&text], Beginning::Words(0), "");
        check(&[&text], Beginning::Nothing, "");
        check(
            &["One two three four five six seven."],
            Beginning::Words(100),
            "One",
        );
        check(&["One two."], Beginning::Words(100), "");
        check(&["One two three."; 4], Beginning::Words(100), "One two");
        check(&["One two."; 8], Beginning::Paragraphs(1), "One two.");
        check(
            &["One two."; 12],
            Beginning::Paragraphs(3),
            "One two. One two.",
        );
    }

    #[test]
    fn what_stands_before_the_cut_besides_is_left_room_for() {
        let long = vec!["word"; 594].join(" ");
        let text = format!("One two three four five six. {long}");
        let dated = |dateline| OnPage {
            dateline: Some(dateline),
            ..OnPage::default()
        };
        let parted = |slot| OnPage {
            slot: Some(slot),
            ..OnPage::default()
        };
        check_beside(
            &[&text],
            dated("Fenwick Quay"),
            Beginning::Words(8),
            "One two",
        );
        let dateline = "far ".repeat(600);
        check_beside(&[&text], dated(&dateline), Beginning::Words(100), "");
        let blocks = ["One.", "Two.", "Three.", &long];
        check_beside(&blocks, parted(1), Beginning::Words(100), "One. Two.");
        check_beside(&blocks, parted(0), Beginning::Paragraphs(4), "One.");
    }

    #[test]
    fn a_story_that_shows_less_is_found_by_less() {
        let blocks = ["One two three."; 12];
        let shown = |preview| OnPage {
            preview: Some(preview),
            ..OnPage::default()
        };
        let how = Beginning::Paragraphs(4);
        check_beside(&blocks, shown(0), how, "");
        check_beside(&blocks, shown(0), Beginning::Words(100), "");
        check_beside(&blocks, shown(1), how, "One two three.");
        check_beside(&blocks, shown(9), how, "One two three. One two three.");
        check_beside(&blocks, shown(9), Beginning::Nothing, "");
    }

    #[test]
    fn what_counts_for_several_words_is_counted_so() {
        let rest = "word ".repeat(100);
        let text = format!("Donaudampfschifffahrtsgesellschaft now {rest}");
        check(&[&text], Beginning::Words(6), "");
        check(
            &[&text],
            Beginning::Words(8),
            "Donaudampfschifffahrtsgesellschaft",
        );
        let text = format!("東京都の選挙 {}", "管".repeat(200));
        check(&[&text], Beginning::Words(6), "東京都");
        let text = format!("Well-known facts {rest}");
        check(&[&text], Beginning::Words(4), "Well-known");
    }
}
