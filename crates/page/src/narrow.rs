//! Letters in a byte each, for a first look.
//!
//! Bytes are put together and compared several times faster than letters are.
//! What differs in them differs in its letters too; the reverse doesn't hold,
//! since all letters beyond ASCII share 128 bytes. So what looks the same has
//! to be read again.

use smallvec::SmallVec;

use crate::letters::{Letter, Markup, escaped, fold, is_special, letters};

/// Texts of up to as many bytes, which most tags are, cost no allocation.
const SHORT: usize = 512;

/// The letters of some texts, one after the other.
#[derive(Default)]
pub(crate) struct Narrow {
    /// The letters, and room behind them.
    room: SmallVec<[u8; SHORT]>,
    len: usize,
    seen: u16,
}

/// A byte that is a letter, which is in the lower eight bits.
const LETTER: u16 = 1 << 8;
/// One that has to be decoded together with what follows.
const SPECIAL: u16 = 1 << 9;
/// One that begins a tag.
const MARKUP: u16 = 1 << 10;
/// One that begins a list or an object.
const STRUCTURE: u16 = 1 << 11;

static BYTES: [u16; 256] = bytes();

const fn bytes() -> [u16; 256] {
    let mut bytes = [0; 256];
    let mut byte = 0_u8;
    loop {
        bytes[byte as usize] = match byte {
            b'<' => MARKUP,
            b'{' | b'[' => STRUCTURE,
            _ if is_special(byte) => SPECIAL,
            _ if byte.is_ascii_alphanumeric() => LETTER | byte.to_ascii_lowercase() as u16,
            _ => 0,
        };
        if byte == u8::MAX {
            return bytes;
        }
        byte += 1;
    }
}

/// The byte for a letter.
pub(crate) fn byte(letter: Letter) -> u8 {
    match u8::try_from(letter) {
        Ok(ascii) if ascii.is_ascii() => ascii,
        // Letters of one alphabet lie side by side.
        _ => 0x80 | letter.to_le_bytes()[0],
    }
}

impl Narrow {
    /// The letters of `text`, whose markup is read like any other text.
    pub(crate) fn of(text: &str) -> Self {
        let mut narrow = Self::default();
        narrow.add(text, |_, _| {});
        narrow
    }

    /// The letters of `text` without its markup.
    pub(crate) fn without_markup(text: &str) -> Self {
        let mut narrow = Self::default();
        letters(text, Markup::Skip, |letter| {
            narrow.room.push(byte(letter));
            true
        });
        narrow.len = narrow.room.len();
        narrow
    }

    /// Adds the letters of `text`. Tells `wide` of those that are more than
    /// their bytes: which one it is, and the letter.
    pub(crate) fn add(&mut self, text: &str, mut wide: impl FnMut(usize, Letter)) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            at += self.plain(bytes.get(at..).unwrap_or_default());
            if at >= bytes.len() {
                break;
            }
            let (first, second, taken) = escaped(text, at);
            at += taken;
            for char in [first, second].into_iter().flatten() {
                self.char(char, &mut wide);
            }
        }
    }

    /// Adds letters up to what has to be decoded, and says how many bytes
    /// that is.
    fn plain(&mut self, bytes: &[u8]) -> usize {
        let most = self.len + bytes.len();
        if self.room.len() < most {
            self.room.resize(most, 0);
        }
        let Some(room) = self.room.get_mut(self.len..most) else {
            return bytes.len();
        };
        let (mut len, mut seen) = (0, 0);
        let mut taken = bytes.len();
        for (at, &byte) in bytes.iter().enumerate() {
            let found = BYTES[usize::from(byte)];
            if found & SPECIAL != 0 {
                taken = at;
                break;
            }
            // Written in any case and kept if it is a letter: where words end
            // can't be foretold.
            room[len] = found.to_le_bytes()[0];
            len += usize::from(found & LETTER != 0);
            seen |= found;
        }
        self.len += len;
        self.seen |= seen;
        taken
    }

    /// Adds the letters of a character.
    fn char(&mut self, char: char, wide: &mut impl FnMut(usize, Letter)) {
        if char == '<' {
            self.seen |= MARKUP;
        }
        self.room.truncate(self.len);
        fold(char, &mut |letter| {
            if letter >= 0x80 {
                wide(self.room.len(), letter);
            }
            self.room.push(byte(letter));
            true
        });
        self.len = self.room.len();
    }

    /// The letters.
    pub(crate) fn letters(&self) -> &[u8] {
        self.room.get(..self.len).unwrap_or_default()
    }

    /// Whether something among them may begin a tag, in any notation.
    pub(crate) fn has_markup(&self) -> bool {
        self.seen & MARKUP != 0
    }

    /// Whether a list or an object may begin among them, as it is in scripts.
    pub(crate) fn has_structure(&self) -> bool {
        self.seen & STRUCTURE != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_bytes_are_those_of_the_letters(
            texts in prop::collection::vec("([a-z <>{&;\\\\%]|\\PC|&lt;|&eacute;|&#x3c;|\\\\u003c|%C3%A9|ﷺ){0,60}", 0..4),
        ) {
            let (mut narrow, mut wide) = (Narrow::default(), Vec::new());
            let mut all: Vec<Letter> = Vec::new();
            for text in &texts {
                narrow.add(text, |at, letter| wide.push((at, letter)));
                letters(text, Markup::Read, |letter| {
                    all.push(letter);
                    true
                });
                let skipped = Narrow::without_markup(text);
                let mut without = Vec::new();
                letters(text, Markup::Skip, |letter| {
                    without.push(byte(letter));
                    true
                });
                prop_assert_eq!(skipped.letters(), without);
                let read = Narrow::of(text);
                prop_assert!(read.has_markup() || skipped.letters() == read.letters());
                prop_assert_eq!(read.has_structure(), text.contains(['{', '[']));
            }
            let bytes: Vec<u8> = all.iter().copied().map(byte).collect();
            prop_assert_eq!(narrow.letters(), &bytes);
            let mut found: Vec<Letter> = narrow.letters().iter().map(|&byte| byte.into()).collect();
            for (at, letter) in wide {
                found[at] = letter;
            }
            prop_assert_eq!(found, all);
        }
    }
}
