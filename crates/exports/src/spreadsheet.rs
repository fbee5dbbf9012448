//! Text in the cells of files that people open in spreadsheets.

use std::borrow::Cow;

/// What a spreadsheet takes for the beginning of a formula. The wide ones are what
/// the narrow ones are to a keyboard of Japan.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// What some spreadsheets divide a line at, whatever the file is divided by: where
/// the comma is for decimals it is the semicolon. A quote in the midst of what they
/// take for a cell means nothing to them.
const DIVIDES: [char; 2] = [';', '\t'];

/// Text that no spreadsheet calculates, wherever it divides the line: an apostrophe
/// stands before what would begin a formula.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let mut safe: Option<String> = None;
    let mut copied = 0;
    let divided = text.match_indices(DIVIDES);
    let begins = std::iter::once(0).chain(divided.map(|(at, mark)| at + mark.len()));
    for at in begins {
        let (before, after) = text.split_at(at);
        // Before what is quoted, or a little to the right, it begins there all the same.
        let begins_formula = match at {
            0 => after.starts_with(FORMULA),
            _ => after.trim_start_matches([' ', '"']).starts_with(FORMULA),
        };
        if begins_formula {
            let safe = safe.get_or_insert_default();
            safe.push_str(before.get(copied..).unwrap_or_default());
            safe.push('\'');
            copied = at;
        }
    }
    match safe {
        None => Cow::Borrowed(text),
        Some(mut safe) => {
            safe.push_str(text.get(copied..).unwrap_or_default());
            Cow::Owned(safe)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_a_formula_wherever_a_line_is_divided_is_told_to_be_text() {
        for (text, expected) in [
            ("", ""),
            ("Ines Marlow", "Ines Marlow"),
            ("Foo; Bar", "Foo; Bar"),
            ("=1+1", "'=1+1"),
            ("＝1", "'＝1"),
            ("Anna \"=Sand\"", "Anna \"=Sand\""),
            ("Foo;=1+1;x", "Foo;'=1+1;x"),
            ("Foo; =1", "Foo;' =1"),
            ("Foo;\"=1\"", "Foo;'\"=1\""),
            ("a\t@b;c;-d", "a\t'@b;c;'-d"),
            ("=a;＋b", "'=a;'＋b"),
            (";=", ";'="),
            // A tab begins a cell of nothing, which hides what comes after it.
            ("\t=1", "'\t'=1"),
        ] {
            assert_eq!(harmless(text), expected, "{text:?}");
        }
    }
}
