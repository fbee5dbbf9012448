//! Recognises locked text wherever else it stands.
//!
//! The locked text's letters are cut into windows; a place that contains one
//! of them repeats the text. Windows are taken from the locked text at every
//! eighth letter and looked for at every letter, so any repetition of
//! 39 letters (some seven words of English, twenty ideographs) is found
//! and none shorter than [`WINDOW`] is taken for one.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::sync::OnceLock;

use crate::html::entity;
use crate::letters::{Letter, Markup, letters};
use crate::narrow::Narrow;
use crate::sieve::Sieve;
use crate::values;
use crate::windows::Windows;

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

/// The locked text of a page.
pub(crate) struct Locked {
    /// Its letters, of which those in `wide` are more than bytes.
    letters: Narrow,
    wide: Vec<(usize, Letter)>,
    /// The first look; none where the text is too short for it.
    sieve: Option<Sieve>,
    /// Its windows, put together for the first text that the sieve catches:
    /// few pages have one.
    windows: OnceLock<Windows>,
    window: usize,
    any: bool,
}

impl Locked {
    /// The set for `parts`, read as one text.
    pub(crate) fn new<'a>(parts: impl Iterator<Item = &'a str>) -> Self {
        let (mut letters, mut wide) = (Narrow::default(), Vec::new());
        for part in parts {
            letters.add(part, |at, letter| wide.push((at, letter)));
        }
        let len = letters.letters().len();
        let sieve = (len >= WINDOW + STEP).then(|| {
            let mut sieve = Sieve::new(len * 3);
            let rot13: Vec<u8> = letters.letters().iter().copied().map(rot13).collect();
            sieve.add(letters.letters());
            sieve.add(&rot13);
            let backwards: Vec<u8> = letters.letters().iter().rev().copied().collect();
            sieve.add(&backwards);
            sieve
        });
        Self {
            letters,
            wide,
            sieve,
            windows: OnceLock::new(),
            window: len.min(WINDOW),
            any: len >= SHORTEST,
        }
    }

    fn windows(&self) -> &Windows {
        self.windows.get_or_init(|| {
            let mut all: Vec<Letter> = self.letters.letters().iter().map(|&b| b.into()).collect();
            for &(at, letter) in &self.wide {
                all[at] = letter;
            }
            let step = if self.sieve.is_some() { STEP } else { 1 };
            // As it is, in rot13 and backwards.
            let mut windows = Windows::new(self.window, all.len() / step * 3);
            windows.insert(all.iter().copied(), step);
            let rot13 = |letter| u8::try_from(letter).map_or(letter, |byte| rot13(byte).into());
            windows.insert(all.iter().copied().map(rot13), step);
            windows.insert(all.iter().rev().copied(), step);
            windows
        })
    }

    /// Whether these letters may hold one of the windows.
    fn may_be_in(&self, letters: &Narrow) -> bool {
        let sieve = self.sieve.as_ref();
        sieve.is_none_or(|sieve| sieve.catches(letters.letters()))
    }

    /// Takes out what everybody may read anyway: a headline quoted in the
    /// locked part doesn't lock the headline.
    pub(crate) fn allow(&mut self, text: &str, at_most: usize) {
        if !self.any || !self.may_be_in(&Narrow::of(text)) {
            return;
        }
        let mut roller = self.windows().roller();
        let mut left = at_most;
        let mut public = Vec::new();
        letters(text, Markup::Read, |letter| {
            public.extend(roller.push(letter));
            left = left.saturating_sub(1);
            left > 0
        });
        if let Some(windows) = self.windows.get_mut() {
            windows.remove(public);
        }
    }

    /// Whether `text`, in whatever notation, repeats locked text.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        if !self.any || text.len() < self.window {
            return false;
        }
        let read = Narrow::of(text);
        self.is_read(text, &read)
            || self.is_in_base64(text)
            || read.has_structure() && self.is_in_strings(text)
    }

    /// Whether the strings of a script, or of JSON, repeat it together.
    fn is_in_strings(&self, text: &str) -> bool {
        let quotes = ["&quot;", "&#34;", "&#39;", "&#x22;", "&#x27;", "&apos;"];
        let text = if text.contains('&') && quotes.iter().any(|quote| text.contains(quote)) {
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

    /// Whether `text`, of which `read` is all letters, holds a window.
    fn is_read(&self, text: &str, read: &Narrow) -> bool {
        let found = |markup| {
            let windows = self.windows();
            let mut roller = windows.roller();
            !letters(text, markup, |letter| {
                !roller.push(letter).is_some_and(|hash| windows.holds(hash))
            })
        };
        self.may_be_in(read) && found(Markup::Read)
            || read.has_markup()
                && self.may_be_in(&Narrow::without_markup(text))
                && found(Markup::Skip)
    }

    /// Whether `text` holds it in base64.
    pub(crate) fn is_in_base64(&self, text: &str) -> bool {
        if !self.any {
            return false;
        }
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
                    has_text(&decoded) && {
                        let text = String::from_utf8_lossy(&decoded);
                        self.is_read(&text, &Narrow::of(&text))
                    }
                })
            })
    }

    /// The numbers of those `texts`, which stand on the page one after the
    /// other, that take part in a repetition.
    pub(crate) fn among<'a>(&self, texts: impl Iterator<Item = &'a str> + Clone) -> Vec<usize> {
        let mut hits: Vec<usize> = Vec::new();
        if !self.any {
            return hits;
        }
        let mut all = Narrow::default();
        texts.clone().for_each(|text| all.add(text, |_, _| {}));
        if !self.may_be_in(&all) {
            return hits;
        }
        let windows = self.windows();
        let mut roller = windows.roller();
        // Which text each letter of the window is from.
        let mut from: VecDeque<usize> = VecDeque::with_capacity(self.window + 1);
        for (number, text) in texts.enumerate() {
            letters(text, Markup::Read, |letter| {
                if from.len() == self.window {
                    from.pop_front();
                }
                from.push_back(number);
                if roller.push(letter).is_some_and(|hash| windows.holds(hash)) {
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

fn rot13(letter: u8) -> u8 {
    match letter {
        b'a'..=b'z' => (letter - b'a' + 13) % 26 + b'a',
        _ => letter,
    }
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
        check("thgila pmal eht tpek dah ohw yas dluoc yauq eht no ydoboN");
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
