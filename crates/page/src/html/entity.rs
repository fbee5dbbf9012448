//! Character references.
//!
//! Decodes numbers and the named references of HTML 4, which are the ones
//! that publishing systems write. Any other name stays as it is written: these
//! texts are compared and shown, never executed.

use std::borrow::Cow;

/// The letters of Latin 1 from U+00C0 on, by their names.
const LATIN: [&str; 64] = [
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute",
    "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute",
    "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute",
    "THORN", "szlig", "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil",
    "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml", "eth", "ntilde",
    "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc",
    "uuml", "yacute", "thorn", "yuml",
];

/// Everything else that prose is written with.
const NAMED: [(&str, char); 68] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("iexcl", '¡'),
    ("cent", '¢'),
    ("pound", '£'),
    ("yen", '¥'),
    ("sect", '§'),
    ("uml", '¨'),
    ("copy", '©'),
    ("ordf", 'ª'),
    ("laquo", '«'),
    ("shy", '\u{ad}'),
    ("reg", '®'),
    ("deg", '°'),
    ("plusmn", '±'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("acute", '´'),
    ("micro", 'µ'),
    ("para", '¶'),
    ("middot", '·'),
    ("sup1", '¹'),
    ("ordm", 'º'),
    ("raquo", '»'),
    ("frac14", '¼'),
    ("frac12", '½'),
    ("frac34", '¾'),
    ("iquest", '¿'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
    ("Zcaron", 'Ž'),
    ("zcaron", 'ž'),
    ("Yuml", 'Ÿ'),
    ("ccaron", 'č'),
    ("Ccaron", 'Č'),
    ("ecaron", 'ě'),
    ("rcaron", 'ř'),
    ("lstrok", 'ł'),
    ("Lstrok", 'Ł'),
    ("aogon", 'ą'),
    ("eogon", 'ę'),
    ("sacute", 'ś'),
    ("cacute", 'ć'),
    ("nacute", 'ń'),
    ("zdot", 'ż'),
    ("zacute", 'ź'),
    ("inodot", 'ı'),
    ("scedil", 'ş'),
    ("gbreve", 'ğ'),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("hellip", '…'),
    ("euro", '€'),
];

/// The longest name in the tables.
const LONGEST: usize = 8;

fn named(name: &str) -> Option<char> {
    NAMED
        .iter()
        .find(|(known, _)| *known == name)
        .map(|&(_, char)| char)
        .or_else(|| {
            let at = LATIN.iter().position(|known| *known == name)?;
            char::from_u32(0xc0 + u32::try_from(at).ok()?)
        })
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

/// The character that a reference at the start of `text` stands for, and the
/// bytes it takes; `None` if there is no known reference.
pub(crate) fn reference(text: &str) -> Option<(char, usize)> {
    let (char, taken) = after_ampersand(text.strip_prefix('&')?)?;
    Some((char, taken + 1))
}

/// The same for what follows the ampersand.
pub(crate) fn after_ampersand(rest: &str) -> Option<(char, usize)> {
    if let Some(number) = rest.strip_prefix('#') {
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
        let taken = rest.len() - digits.len() + len + semicolon;
        return Some((numbered(code), taken));
    }
    let len = rest
        .bytes()
        .take(LONGEST)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let char = named(&rest[..len])?;
    let semicolon = usize::from(rest.as_bytes().get(len) == Some(&b';'));
    Some((char, len + semicolon))
}

/// `text` with its references decoded.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('&') else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    let (before, mut rest) = text.split_at(first);
    out.push_str(before);
    // Each round begins at an ampersand.
    while !rest.is_empty() {
        let (char, taken) = reference(rest).unwrap_or(('&', 1));
        out.push(char);
        rest = &rest[taken..];
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
    }

    #[test]
    fn what_is_escaped_decodes_to_itself() {
        let text = "a < b && \"c\" > 'd' é";
        assert_eq!(decode(&escape(text)), text);
    }
}
