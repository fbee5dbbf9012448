//! What readers have written, so that a terminal shows it and does nothing.

use std::fmt::Write;

/// A text with nothing in it that moves a cursor, sets a colour, ends a line, or
/// turns the direction of what follows: such characters are written as
/// `\u{1b}`.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if is_told_only(c) {
            // Writing to a string can't fail.
            let _ = write!(plain, "{}", c.escape_unicode());
        } else {
            plain.push(c);
        }
    }
    plain
}

/// JSON in which those are written as JSON does. They occur within its strings
/// only; its own line ends stay.
pub(super) fn plain_json(json: &str) -> String {
    let mut plain = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_told_only(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(plain, "\\u{unit:04x}");
            }
        } else {
            plain.push(c);
        }
    }
    plain
}

/// Controls, ends of lines, marks of direction (Unicode Standard Annex 9), and
/// characters that can't be seen.
fn is_told_only(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_would_act_on_reaches_it() {
        let check = |text: &str, expected: &str| assert_eq!(plain(text), expected, "{text:?}");
        check("Anna Müller <b>安奈</b>", "Anna Müller <b>安奈</b>");
        check("\u{1b}[31mred", "\\u{1b}[31mred");
        check("\u{9b}31m", "\\u{9b}31m");
        check("two\nlines\ta\rb", "two\\u{a}lines\\u{9}a\\u{d}b");
        check("a\u{202e}b\u{2028}c", "a\\u{202e}b\\u{2028}c");
    }

    #[test]
    fn json_stays_what_it_was() {
        let value = serde_json::json!({ "name": "\u{1b}[31m\u{9b}\u{202e}\u{e0041}é" });
        let text = serde_json::to_string_pretty(&value).expect("JSON");
        let plain = plain_json(&text);
        let reached = |c: char| c != '\n' && is_told_only(c);
        assert!(!plain.contains(reached), "{plain:?}");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&plain).ok(),
            Some(value)
        );
    }
}
