//! What can be wrong with a publisher's messages and templates, said so that
//! it can be put right: which file, which line, and what to write instead.

use std::fmt;

use crate::theme::RenderError;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {problem}", At { file, line: *line })]
pub struct LoadError {
    /// The file, as it was found.
    pub file: String,
    /// The line, counted from 1, where one can be named.
    pub line: Option<usize>,
    /// What is wrong with it.
    pub problem: Problem,
}

impl From<RenderError> for LoadError {
    fn from(error: RenderError) -> Self {
        Self {
            file: error.file,
            line: error.line,
            problem: Problem::Template(error.reason),
        }
    }
}

/// Takes note of what went wrong in a rehearsal, each thing once.
pub fn note(errors: &mut Vec<LoadError>, error: RenderError) {
    let error = LoadError::from(error);
    if !errors.contains(&error) {
        errors.push(error);
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The file system refused.
    #[error("it can't be read: {0}")]
    Unreadable(String),
    /// More bytes than a file of words or a template can need.
    #[error("it is larger than {limit} bytes, which no such file needs to be")]
    TooLarge {
        /// The largest size accepted, in bytes.
        limit: u64,
    },
    /// More files or deeper folders than a theme can need.
    #[error("it holds more than {limit} files, or folders too deep")]
    TooMany {
        /// The largest number accepted.
        limit: usize,
    },
    /// The name of a file or folder is no language tag.
    #[error("\"{0}\" is not a language tag; name the file after one, such as en.ftl or pt-BR.ftl")]
    NotALocale(String),
    /// The text doesn't follow the syntax of Fluent.
    #[error("{0}")]
    Syntax(String),
    /// There is no message of that name.
    #[error("there is no message \"{key}\"{}", DidYouMean(.suggestion))]
    UnknownMessage {
        /// The name as written.
        key: String,
        /// The nearest name there is.
        suggestion: Option<String>,
    },
    /// The same message twice in one file.
    #[error("the message \"{key}\" is given twice; keep one of them")]
    Twice {
        /// Its name.
        key: String,
    },
    /// A placeholder that the message isn't given.
    #[error(
        "the message \"{key}\" has no placeholder {name}{}{}",
        DidYouMean(.suggestion), Known(.known)
    )]
    UnknownPlaceholder {
        /// The message.
        key: String,
        /// The placeholder as written.
        name: String,
        /// The nearest one there is.
        suggestion: Option<String>,
        /// All there are.
        known: Vec<String>,
    },
    /// A plural ending glued to a word, in a language that doesn't form
    /// plurals so.
    #[error(
        "{{{{numberArticlesLeft-plural}}}} follows a word directly, but words don't take an ending \
         of their own for each number in \"{0}\"; put it where the whole word belongs, or write the \
         forms out, as {{ $left -> … }} does in Fluent"
    )]
    PluralEnding(String),
    /// A message that can't be put together, such as one that refers to
    /// itself.
    #[error("the message \"{key}\" can't be put together: {reason}")]
    Unresolvable {
        /// Its name.
        key: String,
        /// Why.
        reason: String,
    },
    /// A template that overrides nothing.
    #[error(
        "there is no template \"{name}\" to override{}; the name of a part of your own begins \
         with an underscore",
        DidYouMean(.suggestion)
    )]
    UnknownTemplate {
        /// The name as found.
        name: String,
        /// The nearest name there is.
        suggestion: Option<String>,
    },
    /// A template that doesn't parse, or fails on a sample.
    #[error("{0}")]
    Template(String),
}

/// Everything that is wrong, never nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct LoadErrors(Vec<LoadError>);

impl LoadErrors {
    /// Each thing that is wrong, in the order in which it was found.
    pub fn iter(&self) -> impl Iterator<Item = &LoadError> {
        self.0.iter()
    }

    /// `Ok` where nothing is wrong.
    pub fn check(errors: Vec<LoadError>) -> Result<(), Self> {
        if errors.is_empty() {
            Ok(())
        } else {
            Err(Self(errors))
        }
    }
}

impl fmt::Display for LoadErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl From<LoadError> for LoadErrors {
    fn from(error: LoadError) -> Self {
        Self(vec![error])
    }
}

/// The name among `known` that `written` was probably meant to be.
pub(crate) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    /// Below this likeness a suggestion is a guess; 0.8 catches a letter
    /// left out, doubled or swapped, and a forgotten part of the name.
    const LIKE_ENOUGH: f64 = 0.8;
    known
        .into_iter()
        .map(|name| {
            (
                strsim::jaro_winkler(&written.to_lowercase(), &name.to_lowercase()),
                name,
            )
        })
        .filter(|(likeness, name)| *likeness >= LIKE_ENOUGH && is_near(written, name))
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, name)| name.to_owned())
}

/// Whether so few letters differ that one may have been meant for the other: a
/// third of the longer one. A long beginning in common isn't enough.
fn is_near(written: &str, known: &str) -> bool {
    let longer = written.chars().count().max(known.chars().count());
    strsim::osa_distance(&written.to_lowercase(), &known.to_lowercase()) <= (longer / 3).max(2)
}

/// The line of `source`, counted from 1, that the byte at `offset` is on.
pub(crate) fn line_at(source: &str, offset: usize) -> usize {
    let lines = source.split_inclusive('\n').scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    });
    1 + lines.take_while(|end| *end <= offset).count()
}

/// The column of `source`, in characters counted from 1, that the byte at
/// `offset` is in.
pub(crate) fn column_at(source: &str, offset: usize) -> usize {
    let before = source.get(..offset).unwrap_or(source);
    1 + before.chars().rev().take_while(|c| *c != '\n').count()
}

struct At<'a> {
    file: &'a str,
    line: Option<usize>,
}

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file)?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

struct DidYouMean<'a>(&'a Option<String>);

impl fmt::Display for DidYouMean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => write!(f, "; did you mean {name}?"),
            None => Ok(()),
        }
    }
}

struct Known<'a>(&'a [String]);

impl fmt::Display for Known<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            f.write_str(" (it has none)")
        } else {
            write!(f, " (it has {})", self.0.join(", "))
        }
    }
}
