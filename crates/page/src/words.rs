//! Counting words in any script.
//!
//! Lengths are in tenths of a word. Where words stand between spaces, one is
//! a word for every started twenty characters, so that text without spaces is
//! never shown whole. Chinese and Japanese have no spaces: translators reckon
//! two characters to an English word. Thai, Lao, Khmer and Burmese have none
//! either, and write about five characters to a word.

/// A word.
pub(crate) const WORD: u64 = 10;

const IDEOGRAPH: u64 = WORD / 2;
const SOUTH_EAST_ASIAN: u64 = WORD / 5;

/// The longest run of other characters that is still one word: even German
/// rarely writes a longer one.
const LONGEST: u64 = 20;

/// Whether a character is a word's worth by itself: CJK ideographs and kana.
pub(crate) fn is_ideograph(char: char) -> bool {
    matches!(u32::from(char),
        0x2e80..=0x2fdf | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3040..=0x30ff
        | 0x3105..=0x312f | 0x31a0..=0x31bf | 0x31f0..=0x31ff | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0xff66..=0xff9f | 0x1b000..=0x1b16f
        | 0x20000..=0x3ffff)
}

/// Whether a character belongs to a script of South-East Asia without spaces.
fn is_south_east_asian(char: char) -> bool {
    matches!(u32::from(char), 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0xa9e0..=0xa9ff
        | 0xaa60..=0xaa7f)
}

/// Counts words as text comes, across the tags inside of words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counter {
    /// Tenths of words so far.
    pub(crate) length: u64,
    /// Characters of the word that is open.
    run: u64,
    before: Before,
}

/// The character before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Before {
    #[default]
    Space,
    Ideograph,
    Word,
}

impl Counter {
    /// Takes one character, and says whether text may be cut before it: never
    /// inside a word, nor between a word and its punctuation. No dictionary is
    /// at hand, so the scripts of South-East Asia are cut at spaces only.
    #[inline]
    pub(crate) fn take(&mut self, char: char) -> bool {
        if char.is_ascii_alphanumeric() && self.before == Before::Word {
            // Most of most texts.
            if self.run.is_multiple_of(LONGEST) {
                self.length += WORD;
            }
            self.run += 1;
            return false;
        }
        if char.is_whitespace() || char == '\u{200b}' {
            self.separate();
            return true;
        }
        if is_ideograph(char) {
            self.run = 0;
            self.length += IDEOGRAPH;
            let clean = self.before != Before::Word;
            self.before = Before::Ideograph;
            return clean;
        }
        let counts = char.is_alphanumeric() || is_south_east_asian(char);
        let clean = match self.before {
            Before::Space => true,
            Before::Ideograph => counts,
            Before::Word => false,
        };
        if is_south_east_asian(char) {
            self.length += SOUTH_EAST_ASIAN;
            self.run += 1;
        } else if counts {
            if self.run.is_multiple_of(LONGEST) {
                self.length += WORD;
            }
            self.run += 1;
        }
        // After the full stop of an ideographic sentence a new one may begin.
        if counts || self.before == Before::Space {
            self.before = Before::Word;
        }
        clean
    }

    /// Something comes between words: a space, the end of a block.
    pub(crate) fn separate(&mut self) {
        self.run = 0;
        self.before = Before::Space;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_every_script() {
        let check = |text: &str, tenths: u64| {
            let mut counter = Counter::default();
            for char in text.chars() {
                counter.take(char);
            }
            assert_eq!(counter.length, tenths, "{text}");
        };
        check("", 0);
        check("one", 10);
        check("one two,  three - four", 40);
        check("it’s well-known", 20);
        check("日本語の新聞", 30);
        check("東京 is 首都", 30);
        check("ภาษาไทยเขียนติดกัน", 36);
        check("한국어 신문", 20);
        check(&"a".repeat(100), 50);
    }

    #[test]
    fn text_is_cut_between_words_only() {
        let check = |text: &str, cuts: &str| {
            let mut counter = Counter::default();
            let marked: String = text
                .chars()
                .map(|char| if counter.take(char) { '^' } else { '.' })
                .collect();
            assert_eq!(marked, cuts, "{text}");
        };
        check("He said: “No.” Go", "^.^^....^^....^^.");
        check("東京。大阪ABC", "^^.^^^..");
        check("ภาษา ไทย", "^...^^..");
    }
}
