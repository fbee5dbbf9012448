//! Texts from an older meter, pasted as they are.
//!
//! They know two placeholders: `{{numberArticlesLeft}}` is the number of free
//! stories left, and `{{numberArticlesLeft-plural}}` what goes with it: set on
//! its own, the word for a story in the form that the number asks for; set
//! directly after a word, that word's plural ending.

use std::ops::Range;

use crate::load_error::{Problem, line_at, nearest};
use crate::locale::Locale;

const NUMBER: &str = "numberArticlesLeft";
const PLURAL: &str = "numberArticlesLeft-plural";

/// `text` with old placeholders put into Fluent's words, line for line; and
/// what can't be, with its line.
pub(super) fn rewrite(text: &str, locale: &Locale) -> (String, Vec<(usize, Problem)>) {
    let mut out = String::with_capacity(text.len());
    let mut problems = Vec::new();
    let mut done = 0;
    while let Some((place, name)) = next(text, done) {
        out.push_str(&text[done..place.start]);
        match translate(name, &text[..place.start], locale) {
            Ok(fluent) => out.push_str(fluent),
            Err(problem) => {
                problems.push((line_at(text, place.start), problem));
                // Something that parses, so that only the cause is reported.
                out.push_str("{ \"\" }");
            }
        }
        done = place.end;
    }
    out.push_str(&text[done..]);
    (out, problems)
}

fn translate(name: &str, before: &str, locale: &Locale) -> Result<&'static str, Problem> {
    match name {
        NUMBER => Ok("{ $left }"),
        PLURAL if !follows_a_word(before, locale) => Ok("{ prompt-story-noun }"),
        PLURAL => match locale.language() {
            // Words that count things take an "s" in both; which numbers ask
            // for it differs and is the plural rule's business.
            "en" | "fr" => Ok("{ prompt-story-ending }"),
            language => Err(Problem::PluralEnding(language.to_owned())),
        },
        _ => {
            let known = [NUMBER, PLURAL].map(|name| format!("{{{{{name}}}}}"));
            Err(Problem::UnknownPlaceholder {
                key: current_key(before).to_owned(),
                name: format!("{{{{{name}}}}}"),
                suggestion: nearest(name, [NUMBER, PLURAL]).map(|name| format!("{{{{{name}}}}}")),
                known: known.to_vec(),
            })
        }
    }
}

/// Whether the text ends within a word. Japanese writes no spaces, so a word
/// may stand there after any other; it has no endings either.
fn follows_a_word(before: &str, locale: &Locale) -> bool {
    locale.language() != "ja" && before.chars().next_back().is_some_and(char::is_alphabetic)
}

/// The message that the end of the text belongs to.
fn current_key(before: &str) -> &str {
    before
        .lines()
        .rev()
        .find(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .and_then(|line| line.split('=').next())
        .map_or("", str::trim)
}

/// The next old placeholder at or after `from`: two braces around a name.
/// Fluent's own nested placeables hold a `$`, a quote or a function instead;
/// comments are left alone.
fn next(text: &str, from: usize) -> Option<(Range<usize>, &str)> {
    let mut at = from;
    while let Some(offset) = text[at..].find("{{") {
        let start = at + offset;
        let inner = &text[start + 2..];
        let end = inner
            .find(|c: char| !is_part_of_name(c) && c != ' ')
            .unwrap_or(inner.len());
        let name = inner[..end].trim();
        if inner[end..].starts_with("}}")
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(is_part_of_name)
            && !in_comment(&text[..start])
        {
            return Some((start..start + 2 + end + 2, name));
        }
        at = start + 2;
    }
    None
}

fn is_part_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

fn in_comment(before: &str) -> bool {
    before
        .rsplit('\n')
        .next()
        .is_some_and(|line| line.starts_with('#'))
}
