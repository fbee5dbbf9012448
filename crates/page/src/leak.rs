//! Recognises locked text wherever else it stands.
//!
//! The locked text's letters are cut into windows; a place that contains one
//! of them repeats the text. Windows are taken from the locked text at every
//! eighth letter and looked for at every letter, so any repetition of
//! 39 letters (some seven words of English, twenty ideographs) is found
//! and none shorter than [`WINDOW`] is taken for one.

use std::borrow::Cow;
use std::collections::VecDeque;

use crate::html::entity;
use crate::letters::{Letter, Markup, letters};
use crate::roll::Roller;
use crate::values;

/// Letters that must agree. Chance agreement of 32 letters takes a stock phrase
/// of six or seven words, and its price is small: a sentence or a script beside
/// the story is missing from previews.
pub(crate) const WINDOW: usize = 32;

/// Of how many windows of a text one is remembered.
pub(crate) const STEP: usize = 8;

/// Any repetition as long as this is found.
pub(crate) const CERTAIN: usize = WINDOW + STEP - 1;

/// Locked text shorter than this can't be told from a coincidence.
const SHORTEST: usize = 12;

/// Base64 shorter than this decodes to less than a window.
const SHORTEST_BASE64: usize = 44;

/// Bytes in a row that are UTF-8 where there is text, and by chance about once
/// in three megabytes of picture: each has a chance of 0.55.
const TEXT: usize = 24;

/// The locked text of a page, as the set of its windows.
pub(crate) struct Locked {
    /// Open addressing at most a quarter full, power-of-two places: a probe finds an empty place at
    /// once nearly always.
    table: Vec<u64>,
    /// Four bits for each place: small enough to stay near the processor, and
    /// nearly every window that isn't here stops at it.
    filter: Vec<u64>,
    shift: u32,
    window: usize,
    any: bool,
}

const EMPTY: u64 = 0;

impl Locked {
    /// The set for `parts`, read as one text.
    pub(crate) fn new<'a>(parts: impl Iterator<Item = &'a str>) -> Self {
        let mut all = Vec::new();
        for part in parts {
            letters(part, Markup::Read, |letter| {
                all.push(letter);
                true
            });
        }
        let (window, step) = if all.len() < WINDOW + STEP {
            (all.len().min(WINDOW), 1)
        } else {
            (WINDOW, STEP)
        };
        // Once as it is and once in rot13, at least four places for each.
        let places = (all.len() / step * 8).next_power_of_two().max(64);
        let mut locked = Self {
            table: vec![EMPTY; places],
            filter: vec![0; places / 16],
            shift: 64 - places.trailing_zeros(),
            window,
            any: all.len() >= SHORTEST,
        };
        if locked.any {
            locked.insert(all.iter().copied(), step);
            locked.insert(all.iter().map(|&letter| rot13(letter)), step);
        }
        locked
    }

    fn insert(&mut self, letters: impl Iterator<Item = Letter>, step: usize) {
        let mut roller = Roller::new(self.window);
        let mut since = 0;
        for letter in letters {
            if let Some(hash) = roller.push(letter) {
                if since == 0 {
                    let place = self.place(hash);
                    self.table[place] = hash;
                    let (word, bit) = self.filtered(hash);
                    self.filter[word] |= bit;
                }
                since = (since + 1) % step;
            }
        }
    }

    /// Where `hash` is, or would be. The table always has room.
    #[inline]
    fn place(&self, hash: u64) -> usize {
        let mask = self.table.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "the shift leaves an index")]
        let mut place = (hash >> self.shift) as usize;
        while self.table[place] != EMPTY && self.table[place] != hash {
            place = (place + 1) & mask;
        }
        place
    }

    /// The word and the bit that stand for `hash` in the filter.
    #[inline]
    fn filtered(&self, hash: u64) -> (usize, u64) {
        // Four bits for each place of the table.
        #[expect(clippy::cast_possible_truncation, reason = "the shift leaves an index")]
        let bit = (hash >> (self.shift - 2)) as usize;
        (bit / 64, 1 << (bit % 64))
    }

    #[inline]
    fn holds(&self, hash: u64) -> bool {
        let (word, bit) = self.filtered(hash);
        self.filter[word] & bit != 0 && self.table[self.place(hash)] == hash
    }

    /// Takes out what everybody may read anyway: a headline quoted in the
    /// locked part doesn't lock the headline.
    pub(crate) fn allow(&mut self, text: &str, at_most: usize) {
        if !self.any {
            return;
        }
        let mut roller = Roller::new(self.window);
        let mut left = at_most;
        let mut public = Vec::new();
        letters(text, Markup::Read, |letter| {
            if let Some(hash) = roller.push(letter) {
                public.push(hash);
            }
            left = left.saturating_sub(1);
            left > 0
        });
        public.retain(|&hash| self.holds(hash));
        public.sort_unstable();
        // A hole would break the chains of open addressing: build anew.
        if !public.is_empty() {
            let old = std::mem::take(&mut self.table);
            self.table = vec![EMPTY; old.len()];
            for hash in old {
                if hash != EMPTY && public.binary_search(&hash).is_err() {
                    let place = self.place(hash);
                    self.table[place] = hash;
                }
            }
        }
    }

    /// Whether `text`, in whatever notation, repeats locked text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        if !self.any || text.len() < self.window {
            return false;
        }
        self.is_read(text) || self.is_in_base64(text) || self.is_in_strings(text)
    }

    /// Whether the strings of a script, or of JSON, repeat it together.
    fn is_in_strings(&self, text: &str) -> bool {
        if !text.contains(['{', '[']) {
            return false;
        }
        let quotes = ["&quot;", "&#34;", "&#39;", "&#x22;", "&#x27;", "&apos;"];
        let text = if quotes.iter().any(|quote| text.contains(quote)) {
            entity::decode_value(text)
        } else {
            Cow::Borrowed(text)
        };
        let mut strings = values::strings(&text);
        strings.sort_by_key(|(name, _)| *name);
        strings
            .chunk_by(|one, other| one.0 == other.0)
            .any(|same| !self.among(same.iter().map(|(_, value)| *value)).is_empty())
    }

    fn is_read(&self, text: &str) -> bool {
        let found = |markup| {
            let mut roller = Roller::new(self.window);
            !letters(text, markup, |letter| {
                !roller.push(letter).is_some_and(|hash| self.holds(hash))
            })
        };
        found(Markup::Read) || (may_hold_markup(text) && found(Markup::Skip))
    }

    fn is_in_base64(&self, text: &str) -> bool {
        let in_alphabet =
            |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
        let mut decoded = Vec::new();
        text.as_bytes()
            .split(|b| !in_alphabet(b))
            .filter(|run| run.len() >= SHORTEST_BASE64)
            .any(|run| {
                // Whatever of the alphabet stands directly before it, such as
                // a path, its groups of four are in step with one of these.
                (0..4).any(|from| {
                    base64(run.get(from..).unwrap_or_default(), &mut decoded);
                    has_text(&decoded) && self.is_read(&String::from_utf8_lossy(&decoded))
                })
            })
    }

    /// The numbers of those `texts`, which stand on the page one after the
    /// other, that take part in a repetition.
    pub(crate) fn among<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Vec<usize> {
        let mut hits: Vec<usize> = Vec::new();
        if !self.any {
            return hits;
        }
        let mut roller = Roller::new(self.window);
        // Which text each letter of the window is from.
        let mut from: VecDeque<usize> = VecDeque::with_capacity(self.window + 1);
        for (number, text) in texts.enumerate() {
            letters(text, Markup::Read, |letter| {
                if from.len() == self.window {
                    from.pop_front();
                }
                from.push_back(number);
                if roller.push(letter).is_some_and(|hash| self.holds(hash)) {
                    let first = from.front().copied().unwrap_or(number);
                    let first = hits.last().map_or(first, |&last| first.max(last + 1));
                    hits.extend(first..=number);
                }
                true
            });
        }
        hits
    }
}

fn rot13(letter: Letter) -> Letter {
    const A: Letter = b'a' as Letter;
    match letter {
        97..=122 => (letter - A + 13) % 26 + A,
        _ => letter,
    }
}

fn may_hold_markup(text: &str) -> bool {
    text.contains('<')
        || ["u003c", "u003C", "x3c", "x3C", "lt;", "%3C", "%3c", "&#60;"]
            .iter()
            .any(|bracket| text.contains(bracket))
}

/// Whether what was decoded is text somewhere, and not all picture. Text may
/// begin anywhere, behind a path or a header of bytes.
fn has_text(decoded: &[u8]) -> bool {
    let mut stretches = decoded.utf8_chunks();
    stretches.any(|stretch| stretch.valid().len() >= TEXT)
}

/// What each byte stands for, in both alphabets; of others it doesn't matter.
static SEXTETS: [u8; 256] = sextets();

const fn sextets() -> [u8; 256] {
    let mut sextets = [63; 256];
    let mut byte = 0_u8;
    loop {
        sextets[byte as usize] = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            _ => 63,
        };
        if byte == u8::MAX {
            return sextets;
        }
        byte += 1;
    }
}

/// Decodes `run` into `out`; what is left over at the end is dropped.
fn base64(run: &[u8], out: &mut Vec<u8>) {
    out.clear();
    out.reserve(run.len() / 4 * 3 + 2);
    for group in run.chunks(4) {
        let bits = group.iter().fold(0, |bits, &byte| {
            bits << 6 | u32::from(SEXTETS[usize::from(byte)])
        });
        let bits = bits << (6 * (4 - group.len()));
        out.extend(&bits.to_be_bytes()[1..group.len().max(1)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STORY: &str = "The harbour office had closed its shutters long before the storm came in. \
        Nobody on the quay could say who had kept the lamp alight that night, or why.";

    fn locked() -> Locked {
        Locked::new(std::iter::once(STORY))
    }

    #[test]
    fn repetitions_are_found_in_every_notation() {
        let check = |text: &str| assert!(locked().is_in(text), "{text}");
        check(STORY);
        check("NOBODY ON THE QUAY COULD SAY WHO HAD KEPT THE LAMP ALIGHT");
        check("{\"body\":\"nobody\\u0020on the quay\\ncould say who had kept the lamp alight\"}");
        check(
            "<b>Nobody</b> on <i>the</i> quay <a href='/x'>could</a> say <b>who</b> had <u>kept</u> the lamp alight",
        );
        check("Nobody%20on%20the%20quay%20could%20say%20who%20had%20kept%20the%20lamp");
        check("Abobql ba gur dhnl pbhyq fnl jub unq xrcg gur ynzc nyvtug");
        check("x=\"Tm9ib2R5IG9uIHRoZSBxdWF5IGNvdWxkIHNheSB3aG8gaGFkIGtlcHQgdGhlIGxhbXAgYWxpZ2h0\"");
        check("/aTm9ib2R5IG9uIHRoZSBxdWF5IGNvdWxkIHNheSB3aG8gaGFkIGtlcHQgdGhlIGxhbXAgYWxpZ2h0");
    }

    #[test]
    fn base64_is_found_behind_anything_of_its_alphabet() {
        let text = "Tm9ib2R5IG9uIHRoZSBxdWF5IGNvdWxkIHNheSB3aG8gaGFkIGtlcHQgdGhlIGxhbXAgYWxpZ2h0";
        let check = |text: &str| assert!(locked().is_in(text), "{text}");
        for before in [
            "/api/decode/",
            "/api/decode-text/v_1/",
            "https://media.example/b64:",
            "/a/",
            "//",
            "state=",
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII",
        ] {
            check(&format!("{before}{text}"));
            check(&format!("{before}{text}/end.png"));
        }
    }

    #[test]
    fn pictures_are_decoded_and_hardly_ever_read() {
        let mut state = 1_u64;
        let picture: Vec<u8> = (0..1 << 20)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                state.to_be_bytes()[0]
            })
            .collect();
        assert!(!has_text(&picture));
        assert!(has_text(
            &[&picture[..], STORY.as_bytes(), &picture[..]].concat()
        ));
    }

    #[test]
    fn other_words_are_not_taken_for_the_story() {
        let check = |text: &str| assert!(!locked().is_in(text), "{text}");
        check("");
        check("Nobody on the quay");
        check("The harbour office opens again on Monday, and the shutters have been painted.");
        check(&"lorem ipsum dolor sit amet ".repeat(50));
    }

    #[test]
    fn what_everybody_may_read_is_no_repetition() {
        let mut locked = locked();
        locked.allow(
            "The harbour office had closed its shutters long before",
            1000,
        );
        assert!(!locked.is_in("The harbour office had closed its shutters long before"));
        assert!(locked.is_in("Nobody on the quay could say who had kept the lamp alight"));
    }

    #[test]
    fn a_text_split_over_many_places_is_found_in_each_of_them() {
        let texts = [
            "Home",
            "Nobody on the",
            "quay could say",
            "who had kept the lamp",
            "alight that night",
            "Contact",
        ];
        assert_eq!(locked().among(texts.into_iter()), [1, 2, 3, 4]);
    }

    #[test]
    fn japanese_is_recognised_from_twenty_characters_on() {
        let story = "港の事務所は嵐が来るずっと前に雨戸を閉めていた。あの夜、誰がランプを灯し続けたのか、波止場の誰にもわからなかった。";
        let locked = Locked::new(std::iter::once(story));
        let part: String = story.chars().skip(8).take(22).collect();
        assert!(locked.is_in(&part));
        assert!(!locked.is_in("港の事務所は来週から再び開く予定である。雨戸の塗装も終わった。"));
    }

    #[test]
    fn a_copy_with_its_accents_written_apart_is_found() {
        use unicode_normalization::UnicodeNormalization;
        for story in [
            "Là-bas, près du môle, l’été dernier, dès l’aube, une fée réglait déjà sa clé à l’écart.",
            "Ngày hôm ấy trời mưa rất to và người lái đò già vẫn đứng chờ khách ở bến sông vắng.",
            "그날 밤 누가 등불을 켜 두었는지 부두의 아무도 말할 수 없었다. 그 이유도 마찬가지였다.",
        ] {
            let composed: String = story.nfc().collect();
            let apart: String = story.nfd().collect();
            let check = |locked: &str, copy: &str| {
                assert!(Locked::new(std::iter::once(locked)).is_in(copy), "{copy}");
            };
            check(&composed, &apart);
            check(&apart, &composed);
        }
    }

    proptest! {
        #[test]
        fn any_repetition_of_certain_length_is_found(
            text in "[a-z]{60,200}", from in 0_usize..1000, noise in "[a-z ]{0,40}",
        ) {
            let locked = Locked::new(std::iter::once(text.as_str()));
            let from = from % (text.len() - CERTAIN + 1);
            let part = &text[from..from + CERTAIN];
            let copy = format!("{noise}{part}{noise}");
            prop_assert!(locked.is_in(&copy));
        }
    }
}
