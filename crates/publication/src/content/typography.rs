//! The marks that a keyboard lacks: curly quotation marks and apostrophes.

use prompts::Locale;

/// How straight quotation marks are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Typography {
    /// “So” and ‘so’, as in English.
    English,
    /// Left as they are: other languages quote in ways of their own, and an
    /// editor who writes „so“ or « so » has typed it.
    AsWritten,
}

impl Typography {
    /// What suits the language of the content.
    pub(crate) fn of(language: &Locale) -> Self {
        let tag = language.to_string();
        let primary = tag.split('-').next().unwrap_or_default();
        if primary == "en" {
            Self::English
        } else {
            Self::AsWritten
        }
    }

    /// Puts the right marks into lines that aren't Markdown.
    pub(crate) fn polish_all<'a>(self, lines: impl IntoIterator<Item = &'a mut String>) {
        if self == Self::English {
            for line in lines {
                if line.contains(['"', '\'']) {
                    *line = curl(line);
                }
            }
        }
    }
}

/// A mark after a space, an opening bracket or a dash opens; any other closes,
/// which is also what an apostrophe looks like.
fn curl(line: &str) -> String {
    let mut curled = String::with_capacity(line.len() + 8);
    for c in line.chars() {
        let opens = curled
            .chars()
            .next_back()
            .is_none_or(|before| before.is_whitespace() || "([{—–-“‘".contains(before));
        curled.push(match (c, opens) {
            ('"', true) => '“',
            ('"', false) => '”',
            ('\'', true) => '‘',
            ('\'', false) => '’',
            _ => c,
        });
    }
    curled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn straight_marks_curl_by_what_is_before_them() {
        for (straight, curly) in [
            ("\"We can't,\" he said", "“We can’t,” he said"),
            ("the dogs' \"'home'\"", "the dogs’ “‘home’”"),
            ("(\"no\") —\"yes\"", "(“no”) —“yes”"),
            ("already “curly”", "already “curly”"),
        ] {
            let mut line = straight.to_owned();
            Typography::English.polish_all([&mut line]);
            assert_eq!(line, curly);
            let mut line = straight.to_owned();
            Typography::AsWritten.polish_all([&mut line]);
            assert_eq!(line, straight);
        }
    }
}
