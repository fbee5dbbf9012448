//! Addresses as people and editors write them, in the one form that is safe to follow.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The longest address that is taken over, in bytes: browsers follow longer ones, people
/// don't write them.
const MAX: usize = 2000;

/// How much of an address is shown for a link without words.
const SHOWN: usize = 60;

/// What Markdown, or a browser, could take for the end of an address.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'\'')
    .add(b'(')
    .add(b')')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An address after what browsers leave out of it is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// `https:` or `http:`, with a host.
    Web(String),
    /// `mailto:` or `tel:`.
    Other(String),
    /// A path from the site's root, with its query.
    Path(String),
    /// A place on the same page, or nothing.
    Here,
    /// What mustn't be followed, or leads nowhere that can be known.
    Unsafe,
}

/// Reads an address.
pub(crate) fn read(written: &str) -> Address {
    // Browsers drop these wherever they stand, so `java\nscript:` is a scheme.
    let plain: String = written
        .trim_matches(|c: char| c.is_whitespace() || c.is_control())
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
        .collect();
    if plain.len() > MAX {
        return Address::Unsafe;
    }
    if plain.is_empty() || plain.starts_with('#') {
        return Address::Here;
    }
    // Browsers read a backslash as a slash.
    let plain = plain.replace('\\', "/");
    let plain = if plain.starts_with("//") {
        format!("https:{plain}")
    } else {
        plain
    };
    let encoded = utf8_percent_encode(&plain, UNSAFE).to_string();
    // Letters of other scripts are legible in an address, and were encoded with the rest.
    let legible = legible(&encoded);
    let folded = legible.to_ascii_lowercase();
    for scheme in ["https://", "http://"] {
        if folded.starts_with(scheme) {
            let rest = &legible[scheme.len()..];
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            let is_host = host.chars().any(char::is_alphanumeric);
            return if is_host {
                Address::Web(format!("{scheme}{rest}"))
            } else {
                Address::Unsafe
            };
        }
    }
    if let Some(rest) = folded
        .strip_prefix("mailto:")
        .or(folded.strip_prefix("tel:"))
    {
        let named = !rest.trim_start_matches('/').is_empty();
        return if named {
            Address::Other(legible)
        } else {
            Address::Unsafe
        };
    }
    if legible.starts_with('/') {
        return Address::Path(legible);
    }
    // What is before a colon would be a scheme, whatever browsers make of it; anything
    // else is beside a page of which only the old site knows where it was.
    Address::Unsafe
}

/// The percent-encoding of letters undone, that of everything else kept.
fn legible(encoded: &str) -> String {
    let bytes = encoded.as_bytes();
    let mut text = String::with_capacity(encoded.len());
    let mut at = 0;
    while at < encoded.len() {
        let Some(run) = encoded[at..].strip_prefix('%') else {
            let next = encoded[at..]
                .find('%')
                .map_or(encoded.len(), |next| at + next);
            text.push_str(&encoded[at..next]);
            at = next;
            continue;
        };
        let _ = run;
        let mut decoded = Vec::new();
        let mut end = at;
        while bytes.get(end) == Some(&b'%') {
            let digits = encoded.get(end + 1..end + 3);
            let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) else {
                break;
            };
            if byte.is_ascii() {
                break;
            }
            decoded.push(byte);
            end += 3;
        }
        match std::str::from_utf8(&decoded) {
            Ok(letters) if !letters.is_empty() && letters.chars().all(char::is_alphanumeric) => {
                text.push_str(letters);
                at = end;
            }
            _ => {
                let end = end.max(at + 1);
                text.push_str(&encoded[at..end]);
                at = end;
            }
        }
    }
    text
}

/// An address as it is shown where a link has no words of its own.
pub(crate) fn shown(address: &str) -> String {
    let short = address.split_once("://").map_or(address, |(_, rest)| rest);
    let short = short.strip_prefix("www.").unwrap_or(short);
    let short = short.trim_end_matches('/');
    if short.chars().count() <= SHOWN {
        return short.to_owned();
    }
    short.chars().take(SHOWN).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_safe_to_follow_is_an_address() {
        let web = |text: &str| Address::Web(text.to_owned());
        let path = |text: &str| Address::Path(text.to_owned());
        for (written, expected) in [
            (
                "https://a.example/b?c=d#e",
                web("https://a.example/b?c=d#e"),
            ),
            (" HTTPS://a.example/ \n", web("https://a.example/")),
            ("//a.example/x", web("https://a.example/x")),
            ("https:\\\\a.example\\b", web("https://a.example/b")),
            (
                "https://a.example/(b) c",
                web("https://a.example/%28b%29%20c"),
            ),
            ("https://a.example/łódź", web("https://a.example/łódź")),
            ("https://a.example/%C5%82", web("https://a.example/ł")),
            ("https://a.example/100%", web("https://a.example/100%")),
            (
                "https://a.example/%e2%80%ae",
                web("https://a.example/%e2%80%ae"),
            ),
            ("/a/b", path("/a/b")),
            (
                "mailto:a@b.example",
                Address::Other("mailto:a@b.example".to_owned()),
            ),
            ("tel:+49301", Address::Other("tel:+49301".to_owned())),
            ("#there", Address::Here),
            ("", Address::Here),
            ("javascript:alert(1)", Address::Unsafe),
            ("java\nscript:alert(1)", Address::Unsafe),
            ("\u{1}javascript:alert(1)", Address::Unsafe),
            ("JaVaScRiPt:alert(1)", Address::Unsafe),
            ("data:text/html,x", Address::Unsafe),
            ("vbscript:x", Address::Unsafe),
            ("blob:https://a.example/x", Address::Unsafe),
            ("https://", Address::Unsafe),
            ("https:///", Address::Unsafe),
            ("beside.html", Address::Unsafe),
            ("mailto:", Address::Unsafe),
        ] {
            assert_eq!(read(written), expected, "{written:?}");
        }
    }

    #[test]
    fn an_address_of_megabytes_is_none() {
        let long = format!("https://a.example/{}", "x".repeat(MAX));
        assert_eq!(read(&long), Address::Unsafe);
    }
}
