//! Character references.
//!
//! Decodes numbers and every name of the HTML standard (section 13.2.5.72 to
//! 13.2.5.80): a name that browsers know and this didn't would hide a copy of
//! the story from whoever compares texts, or a class from the selector. Any
//! other name stays as it is written.

use std::borrow::Cow;
use std::cmp::Ordering;

/// A line for each name, sorted: the name, with its semicolon if it must have
/// one, and one or two code points.
static NAMED: &str = include_str!("entities.txt");

/// The longest name, without its semicolon: `CounterClockwiseContourIntegral`.
const LONGEST: usize = 31;

/// The longest of the names that need no semicolon, such as `frac12`.
const LONGEST_BARE: usize = 6;

/// Where a reference stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Text,
    /// A name without its semicolon is none before a letter, a digit or an
    /// equals sign: `?a=b&copy=c` is a query.
    Attribute,
}

/// What a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) first: char,
    /// Some names stand for two code points: a sign with a mark, `fj`.
    pub(crate) second: Option<char>,
    /// The bytes that it takes.
    pub(crate) len: usize,
}

/// What the table says of `name`, which has its semicolon if it had one.
fn named(name: &str) -> Option<(char, Option<char>)> {
    let (mut low, mut high) = (0, NAMED.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let start = NAMED[low..middle]
            .rfind('\n')
            .map_or(low, |at| low + at + 1);
        let end = NAMED[start..].find('\n').map_or(high, |at| start + at);
        let mut line = NAMED[start..end].split(' ');
        match line.next().unwrap_or_default().cmp(name) {
            Ordering::Less => low = end + 1,
            Ordering::Greater => high = start,
            Ordering::Equal => {
                let mut points = line.map(|hex| {
                    let code = u32::from_str_radix(hex, 16).ok();
                    code.and_then(char::from_u32)
                });
                return Some((points.next()??, points.next().flatten()));
            }
        }
    }
    None
}

/// What Windows shows for the C1 controls, which the standard asks for too.
fn numbered(code: u32) -> char {
    match code {
        0x80..=0x9f => {
            let byte = [u8::try_from(code).unwrap_or(b'?')];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
            text.chars().next().unwrap_or('\u{fffd}')
        }
        0 => '\u{fffd}',
        _ => char::from_u32(code).unwrap_or('\u{fffd}'),
    }
}

/// The reference at the start of `text`, as it is read outside of attributes;
/// `None` if there is none that is known.
pub(crate) fn reference(text: &str) -> Option<Reference> {
    at_ampersand(text, Place::Text)
}

fn at_ampersand(text: &str, place: Place) -> Option<Reference> {
    let found = follows(text.strip_prefix('&')?, place)?;
    let len = found.len + 1;
    Some(Reference { len, ..found })
}

/// The same for what follows the ampersand.
pub(crate) fn after_ampersand(rest: &str) -> Option<Reference> {
    follows(rest, Place::Text)
}

fn follows(rest: &str, place: Place) -> Option<Reference> {
    match rest.strip_prefix('#') {
        Some(number) => numeric(number),
        None => by_name(rest, place),
    }
}

fn numeric(number: &str) -> Option<Reference> {
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16),
        None => (number, 10),
    };
    let len = digits
        .bytes()
        .take_while(|&b| char::from(b).is_digit(radix))
        .count();
    if len == 0 {
        return None;
    }
    // A number too long for 32 bits is no character either.
    let code = u32::from_str_radix(&digits[..len], radix).unwrap_or(u32::MAX);
    let semicolon = usize::from(digits.as_bytes().get(len) == Some(&b';'));
    Some(Reference {
        first: numbered(code),
        second: None,
        len: 1 + number.len() - digits.len() + len + semicolon,
    })
}

/// The longest name that `rest` begins with. Only the oldest names may lack
/// their semicolon, and be followed by anything.
fn by_name(rest: &str, place: Place) -> Option<Reference> {
    let bytes = rest.as_bytes();
    let run = bytes
        .iter()
        .take(LONGEST + 1)
        .take_while(|b| b.is_ascii_alphanumeric())
        .count();
    let whole = (bytes.get(run) == Some(&b';')).then_some(run + 1);
    let bare = (2..=run.min(LONGEST_BARE)).rev().filter(|&len| {
        let next = bytes.get(len).copied().unwrap_or_default();
        place == Place::Text || !(next.is_ascii_alphanumeric() || next == b'=')
    });
    whole.into_iter().chain(bare).find_map(|len| {
        let (first, second) = named(rest.get(..len)?)?;
        Some(Reference { first, second, len })
    })
}

/// `text` with its references decoded, as it is shown outside of attributes.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    decode_in(text, Place::Text)
}

/// The value of an attribute with its references decoded.
pub(crate) fn decode_value(value: &str) -> Cow<'_, str> {
    decode_in(value, Place::Attribute)
}

fn decode_in(text: &str, place: Place) -> Cow<'_, str> {
    let Some(first) = text.find('&') else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    let (before, mut rest) = text.split_at(first);
    out.push_str(before);
    // Each round begins at an ampersand.
    while !rest.is_empty() {
        let found = at_ampersand(rest, place).unwrap_or(Reference {
            first: '&',
            second: None,
            len: 1,
        });
        out.push(found.first);
        out.extend(found.second);
        rest = &rest[found.len..];
        let plain = rest.find('&').unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
    }
    Cow::Owned(out)
}

/// `text` fit to stand between double quotes, or between tags.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_as_browsers_show_them() {
        let check = |written: &str, shown: &str| assert_eq!(decode(written), shown, "{written}");
        check("no references", "no references");
        check("a &amp; b &lt;c&gt;", "a & b <c>");
        check("caf&eacute; &Uuml;ber &scaron;", "café Über š");
        check("&#233;&#xE9;&#Xe9", "ééé");
        check("&#146;s", "’s");
        check("&unknown; & &;", "&unknown; & &;");
        check("&#xffffffffff;&#0;", "\u{fffd}\u{fffd}");
        check("&&amp;&", "&&&");
        check("&é", "&é");
        check("&Eta; &nu;&ycy;&Tab;&NewLine;|", "Η νы\t\n|");
        check("&notit; &notin; &copyright &AMPx", "¬it; ∉ ©right &x");
        check("&fjlig;ord &bne;", "fjord =\u{20e5}");
        check("&CounterClockwiseContourIntegral;&zwnj;", "∳\u{200c}");
        check(
            "&CounterClockwiseContourIntegralx;",
            "&CounterClockwiseContourIntegralx;",
        );
    }

    #[test]
    fn a_name_without_its_semicolon_is_left_alone_in_queries() {
        let check = |written: &str, value: &str| assert_eq!(decode_value(written), value);
        check("?a=b&copy=c&notit;&lang=d", "?a=b&copy=c&notit;&lang=d");
        check("a&amp b&copy;=&eacute", "a& b©=é");
    }

    #[test]
    fn every_name_is_what_an_independent_parser_takes_it_for() {
        let mut count = 0;
        // The names, and every beginning of one, which stands for nothing.
        for (name, &(first, second)) in &html5ever::data::NAMED_ENTITIES {
            let known =
                named(name).map(|(first, second)| (u32::from(first), second.map_or(0, u32::from)));
            assert_eq!(known.unwrap_or_default(), (first, second), "{name}");
            count += usize::from(first > 0);
        }
        assert_eq!(count, 2231);
        assert_eq!(
            NAMED.lines().filter(|line| !line.starts_with('#')).count(),
            count
        );
        for line in NAMED.lines().filter(|line| !line.starts_with('#')) {
            let name = line.split(' ').next().unwrap();
            let limit = if name.ends_with(';') {
                LONGEST + 1
            } else {
                LONGEST_BARE
            };
            assert!(name.len() <= limit, "{name}");
        }
    }

    #[test]
    fn what_is_escaped_decodes_to_itself() {
        let text = "a < b && \"c\" > 'd' é";
        assert_eq!(decode(&escape(text)), text);
    }
}
