//! What is wrong with a configuration, where, and what to write instead.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// One thing to put right.
#[derive(Debug)]
pub(crate) struct ConfigError {
    /// Byte range in the file; `None` for the file as a whole.
    pub(crate) span: Option<Range<usize>>,
    /// What is wrong.
    pub(crate) message: String,
    /// What to write instead.
    pub(crate) help: Option<String>,
    /// Whether what is written there isn't to be repeated.
    is_secret: bool,
}

impl ConfigError {
    pub(crate) fn at(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            span: Some(span),
            ..Self::whole(message)
        }
    }

    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self {
            span: None,
            message: message.into(),
            help: None,
            is_secret: false,
        }
    }

    /// The line isn't shown: a secret may be in it.
    pub(crate) fn hidden(mut self) -> Self {
        self.is_secret = true;
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// From the TOML reader, with a suggestion where a key is misspelt.
    pub(crate) fn from_toml(error: &toml::de::Error) -> Self {
        let message = in_words(error.message().trim());
        let help = misspelt(&message);
        Self {
            span: error.span(),
            help,
            ..Self::whole(message)
        }
    }
}

/// Numbers by what may be written, and not by how they are kept.
fn in_words(message: &str) -> String {
    let number = |upto: u64| format!("expected a whole number from 0 to {upto}");
    for (kept, written) in [
        ("expected u16", number(u16::MAX.into())),
        ("expected u32", number(u32::MAX.into())),
        ("expected usize", "expected a whole number".to_owned()),
    ] {
        if let Some(before) = message.strip_suffix(kept) {
            return format!("{before}{written}");
        }
    }
    message.to_owned()
}

/// The message about an unknown field names, between backticks, first what was
/// written and then what could have been.
fn misspelt(message: &str) -> Option<String> {
    let written = message
        .strip_prefix("unknown field `")
        .or_else(|| message.strip_prefix("unknown variant `"))?;
    let mut quoted = written.split('`').step_by(2);
    let written = quoted.next()?;
    nearest(written, quoted.filter(|word| !word.is_empty()))
        .map(|near| format!("did you mean `{near}`?"))
}

/// The candidate most like `written`, if it is like it at all.
pub(crate) fn nearest<'a>(
    written: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(written, candidate), candidate))
        .filter(|(likeness, candidate)| *likeness > 0.75 && is_near(written, candidate))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// Whether so few letters differ that one may have been meant for the other: a
/// third of the longer one. A long beginning in common isn't enough.
fn is_near(written: &str, known: &str) -> bool {
    let longer = written.chars().count().max(known.chars().count());
    strsim::osa_distance(written, known) <= (longer / 3).max(2)
}

/// Everything that is wrong with one file.
#[derive(Debug)]
pub(crate) struct ConfigErrors {
    pub(crate) file: PathBuf,
    pub(crate) text: String,
    pub(crate) errors: Vec<ConfigError>,
}

impl ConfigErrors {
    pub(crate) fn unreadable(file: &Path, message: String) -> Self {
        Self {
            file: file.to_owned(),
            text: String::new(),
            errors: vec![ConfigError::whole(message)],
        }
    }
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.errors.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write_error(f, self, error)?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigErrors {}

fn write_error(f: &mut fmt::Formatter<'_>, all: &ConfigErrors, error: &ConfigError) -> fmt::Result {
    let file = all.file.display();
    let Some(span) = &error.span else {
        write!(f, "{file}: {}", error.message)?;
        return write_help(f, error);
    };
    let place = Place::of(&all.text, span);
    write!(
        f,
        "{file}:{}:{}: {}",
        place.line, place.column, error.message
    )?;
    if error.is_secret {
        return write_help(f, error);
    }
    writeln!(f)?;
    let number = place.line.to_string();
    let margin = " ".repeat(number.len());
    writeln!(f, "{margin} |")?;
    writeln!(f, "{number} | {}", place.text)?;
    let before: String = place
        .text
        .chars()
        .take(place.column - 1)
        .map(|c| if c == '\t' { c } else { ' ' })
        .collect();
    write!(f, "{margin} | {before}{}", "^".repeat(place.width))?;
    write_help(f, error)
}

fn write_help(f: &mut fmt::Formatter<'_>, error: &ConfigError) -> fmt::Result {
    match &error.help {
        Some(help) => write!(f, "\n  help: {help}"),
        None => Ok(()),
    }
}

/// Where a span lies, counted in characters from one.
struct Place<'t> {
    line: usize,
    column: usize,
    width: usize,
    text: &'t str,
}

impl<'t> Place<'t> {
    fn of(text: &'t str, span: &Range<usize>) -> Self {
        let mut start = span.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let head = &text[..start];
        let line_start = head.rfind('\n').map_or(0, |at| at + 1);
        let line = text[line_start..].lines().next().unwrap_or_default();
        let column = text[line_start..start].chars().count() + 1;
        let covered = text.get(span.clone()).unwrap_or_default();
        let width = covered
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .count()
            .max(1);
        Self {
            line: head.matches('\n').count() + 1,
            column,
            width,
            text: line,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_suggested_for_a_slip_and_not_for_a_beginning_in_common() {
        let near = |written, known| nearest(written, [known]).is_some();
        assert!(near("alowance", "allowance"));
        assert!(near("Europe/Lundon", "Europe/London"));
        assert!(near("fre", "free"));
        assert!(!near("prompt-thanks", "prompt-already-registered"));
        assert!(!near("trust", "trusted_proxies"));
    }
}
