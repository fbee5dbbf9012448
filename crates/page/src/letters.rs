//! Text reduced to its letters, however it is written down.
//!
//! The same sentence may stand on a page as text, in JSON, in JSON in an
//! attribute, in a query string. All of these differ in what they put between
//! and around the letters; so only letters and digits are kept, in lower case
//! and without accents, which may be written apart from their letters; and
//! escapes of every kind are undone where they are met.

use std::ops::RangeInclusive;

use unicode_normalization::char::decompose_compatible;

use crate::html::entity;
use crate::words::is_ideograph;

/// One letter or digit; some characters are several.
pub(crate) type Letter = u32;

/// Markup longer than this is taken for text with a stray bracket.
const LONGEST_TAG: u32 = 512;

/// The block of general punctuation up to where digits are written high and low.
const PUNCTUATION: RangeInclusive<char> = '\u{2000}'..='\u{203f}';

/// What is done about markup inside of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Markup {
    /// It is read like any other text.
    Read,
    /// It is skipped, in whatever escapes it is written.
    Skip,
}

/// What a byte needs, unless it is a letter.
const SKIP: u8 = 0;
const SPECIAL: u8 = 1;
const BRACKET: u8 = 2;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [SKIP; 256];
    let mut byte = 0_u8;
    loop {
        classes[byte as usize] = match byte {
            b'<' | b'>' => BRACKET,
            _ if is_special(byte) => SPECIAL,
            _ if byte.is_ascii_alphanumeric() => byte.to_ascii_lowercase(),
            _ => SKIP,
        };
        if byte == u8::MAX {
            return classes;
        }
        byte += 1;
    }
}

/// Calls `each` for every letter of `text`; stops once it returns false.
pub(crate) fn letters(text: &str, markup: Markup, mut each: impl FnMut(Letter) -> bool) -> bool {
    let bytes = text.as_bytes();
    let mut skipping = 0_u32;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let class = CLASSES[usize::from(byte)];
        let mut second = None;
        let char = match class {
            SKIP => {
                at += 1;
                continue;
            }
            SPECIAL => {
                let (char, taken);
                (char, second, taken) = escaped(text, at);
                at += taken;
                match char {
                    Some(char) => char,
                    None => continue,
                }
            }
            _ => {
                at += 1;
                char::from(if class == BRACKET { byte } else { class })
            }
        };
        if markup == Markup::Skip {
            match char {
                '<' => skipping = LONGEST_TAG,
                '>' => skipping = 0,
                _ => {}
            }
            if skipping > 0 {
                skipping -= 1;
                continue;
            }
        }
        if !fold(char, &mut each) || !second.is_none_or(|char| fold(char, &mut each)) {
            return false;
        }
    }
    true
}

/// Calls `each` for every letter of a character, until it returns false.
pub(crate) fn fold(char: char, each: &mut impl FnMut(Letter) -> bool) -> bool {
    if char.is_ascii() {
        return !char.is_ascii_alphanumeric() || each(u32::from(char.to_ascii_lowercase()));
    }
    // Quotation marks and dashes, the most frequent of all.
    if PUNCTUATION.contains(&char) {
        return true;
    }
    let mut more = true;
    decompose_compatible(char, |part| more = more && base(part, each));
    more
}

/// One part of a character; accents are none that counts.
fn base(part: char, each: &mut impl FnMut(Letter) -> bool) -> bool {
    if !part.is_alphanumeric() {
        return true;
    }
    if is_ideograph(part) {
        // An ideograph says as much as two letters.
        return each(u32::from(part)) && each(0);
    }
    part.to_lowercase().all(|lower| {
        // A sigma looks different at the end of a word, but not in capitals.
        let lower = if lower == 'ς' { 'σ' } else { lower };
        !lower.is_alphanumeric() || each(u32::from(lower))
    })
}

/// Whether a character beyond ASCII, or one that is written in some other way,
/// begins with `byte`.
pub(crate) const fn is_special(byte: u8) -> bool {
    matches!(byte, b'\\' | b'&' | b'%' | 0x80..)
}

/// The character written at `at`, if it is one, perhaps a second one, and the
/// bytes that they take.
pub(crate) fn escaped(text: &str, at: usize) -> (Option<char>, Option<char>, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let (char, taken) = match rest.as_bytes().first() {
        Some(b'\\') => backslash(rest),
        Some(b'&') => return ampersand(rest),
        Some(b'%') => percent(rest),
        _ => match rest.chars().next() {
            Some(char) => (Some(char), char.len_utf8()),
            None => (None, 1),
        },
    };
    (char, None, taken)
}

/// JSON and JavaScript escapes, escaped any number of times.
fn backslash(rest: &str) -> (Option<char>, usize) {
    let slashes = rest.bytes().take_while(|&b| b == b'\\').count();
    let after = &rest[slashes..];
    let hex = |from: usize, len: usize| {
        let digits = after.get(from..from + len)?;
        u32::from_str_radix(digits, 16).ok()
    };
    match after.as_bytes().first() {
        Some(b'u') => match hex(1, 4) {
            Some(high @ 0xd800..=0xdbff) => match pair(&after[5..]) {
                Some((low, taken)) => {
                    let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    (char::from_u32(code), slashes + 5 + taken)
                }
                None => (None, slashes + 5),
            },
            Some(code) => (char::from_u32(code), slashes + 5),
            None => braced(after).map_or((None, slashes), |(char, taken)| (char, slashes + taken)),
        },
        Some(b'x') => match hex(1, 2) {
            Some(code) => (char::from_u32(code), slashes + 3),
            None => (None, slashes),
        },
        Some(b'n' | b't' | b'r' | b'b' | b'f' | b'v') => (None, slashes + 1),
        _ => (None, slashes),
    }
}

/// The low surrogate that follows a high one.
fn pair(rest: &str) -> Option<(u32, usize)> {
    let slashes = rest.bytes().take_while(|&b| b == b'\\').count();
    let digits = rest[slashes..].strip_prefix('u')?.get(..4)?;
    let low = u32::from_str_radix(digits, 16).ok()?;
    (slashes > 0 && (0xdc00..=0xdfff).contains(&low)).then_some((low, slashes + 5))
}

/// JavaScript's `\u{…}`, after the backslash.
fn braced(after: &str) -> Option<(Option<char>, usize)> {
    let digits = after.strip_prefix("u{")?;
    let len = digits.bytes().take(7).position(|b| b == b'}')?;
    let code = u32::from_str_radix(&digits[..len], 16).ok()?;
    Some((char::from_u32(code), len + 3))
}

/// Character references, escaped any number of times (`&amp;amp;eacute;`).
fn ampersand(rest: &str) -> (Option<char>, Option<char>, usize) {
    let mut at = 1;
    while rest[at..].starts_with("amp;") {
        at += 4;
    }
    match entity::after_ampersand(&rest[at..]) {
        Some(found) => (Some(found.first), found.second, at + found.len),
        None => (None, None, at),
    }
}

/// Percent-encoded UTF-8.
fn percent(rest: &str) -> (Option<char>, usize) {
    let byte = |at: usize| -> Option<u8> {
        let digits = rest.get(at..at + 3)?.strip_prefix('%')?;
        u8::from_str_radix(digits, 16).ok()
    };
    let Some(first) = byte(0) else {
        return (None, 1);
    };
    let mut bytes = [first, 0, 0, 0];
    for len in 1..=4 {
        if let Some(char) = std::str::from_utf8(&bytes[..len])
            .ok()
            .and_then(|s| s.chars().next())
        {
            return (Some(char), len * 3);
        }
        match (byte(len * 3), bytes.get_mut(len)) {
            (Some(next), Some(place)) => *place = next,
            _ => break,
        }
    }
    (None, 3)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    fn reduced(text: &str, markup: Markup) -> String {
        let mut out = String::new();
        letters(text, markup, |letter| {
            out.extend(char::from_u32(letter).filter(|&char| char != '\0'));
            true
        });
        out
    }

    #[test]
    fn one_sentence_is_the_same_letters_in_every_notation() {
        let wanted = "thecafesaidno東京x1";
        let check = |text: &str| assert_eq!(reduced(text, Markup::Read), wanted, "{text}");
        check("The café said: “No.” 東京 𝒳1");
        check("The caf&eacute; said:&nbsp;&#8220;No.&#8221; &#x6771;&#20140; 𝒳1");
        check("The caf&amp;eacute; said&amp;amp;nbsp;no &amp;#26481;京𝒳1");
        check(r#"The caf\u00e9 said:\n\"No.\" \u6771\u4eac \ud835\udcb31"#);
        check(r#"The caf\\u00e9 said:\\n\\\"No.\\\" \\u6771\\u4eac \\ud835\\udcb31"#);
        check(r"The caf\xe9 said\tno \u{6771}\u{4eac} \u{1d4b3}1");
        check("The cafe\u{301} said: no 東京 x1");
        check("The caf&eacute; said&comma; &OpenCurlyDoubleQuote;no&period;&rdquo; 東京X1");
        check("The%20caf%C3%A9+said%3A%20no%E6%9D%B1%E4%BA%AC%F0%9D%92%B31");
        let check = |text: &str, wanted: &str| {
            assert_eq!(reduced(text, Markup::Read), wanted, "{text}");
        };
        check(
            "&Eta; &nu;&upsilon;&chi;&tau;&alpha; &amp;lambda;&amp;amp;iota;",
            "ηνυχταλι",
        );
        check(
            "&ncy;&ocy;&chcy;&softcy;&yucy; &fjlig;ord &notin;",
            "ночьюfjord",
        );
    }

    #[test]
    fn accents_make_no_difference_however_they_are_written() {
        let check = |text: &str, wanted: &str| {
            assert_eq!(reduced(text, Markup::Read), wanted, "{text}");
        };
        for text in [
            "Ångström, Dvořák, Việt Nam, İzmir, Μαΐου, Йод, がぎ, 한국, हिन्दी क़लम, ﬁn",
            "Μάρκος ΜΆΡΚΟΣ",
        ] {
            let composed: String = text.nfc().collect();
            let apart: String = text.nfd().collect();
            assert_ne!(composed, apart);
            check(&composed, &reduced(&apart, Markup::Read));
        }
        check("Ångström Việt Nam İzmir", "angstromvietnamizmir");
        check("ＦＵＬＬ ｗｉｄｔｈ ﬁn", "fullwidthfin");
        check("がぎ・ｶﾞ", "かきカ");
        check("Μάρκος", "μαρκοσ");
        check("&Amacr;&abreve;&Zcaron;&dstrok;", "aazđ");
        check(
            "a&comma;b&NotEqualTilde;c&CounterClockwiseContourIntegral;d",
            "abcd",
        );
        // Not a reference, but two fields of a form.
        check("a&comma=b", "acommab");
    }

    #[test]
    fn punctuation_has_no_letters() {
        for char in PUNCTUATION {
            decompose_compatible(char, |part| {
                assert!(base(part, &mut |_| false), "{char:?}");
            });
        }
    }

    #[test]
    fn markup_is_skipped_in_every_notation() {
        let check = |text: &str| assert_eq!(reduced(text, Markup::Skip), "thewholestory", "{text}");
        check("<p class=\"a\">The <b>whole</b></p><p>story");
        check(r"\u003cp\u003eThe \u003cb\u003ewhole\u003c/b\u003e story");
        check("&lt;p&gt;The &lt;i&gt;whole&lt;/i&gt; story");
        check("%3Cp%3EThe%20%3Ci%3Ewhole%3C%2Fi%3E+story");
    }

    #[test]
    fn nothing_that_looks_like_an_escape_upsets_the_reader() {
        for text in [
            "\\",
            "\\u",
            "\\u12",
            "\\ud835",
            "\\ud835\\",
            "\\u{",
            "&",
            "&#",
            "%",
            "%e",
            "%ff",
            "%é",
            "&é",
            "\\é",
            "%C3",
        ] {
            letters(text, Markup::Read, |_| true);
            letters(text, Markup::Skip, |_| true);
        }
    }
}
