//! What is wrong with a folder of stories, and what to write instead.
//!
//! Every error names a file and, where there is one, a line. Nothing here
//! knows how the content is read or shown.

use std::fmt;
use std::str::Utf8Error;

use super::slug::MAX_SLUG;

/// One thing that is wrong with the content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentError {
    /// The file's path inside the content folder.
    pub file: String,
    /// The line, counted from 1; `None` where the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: Problem,
}

impl fmt::Display for ContentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {}", self.problem)
    }
}

impl std::error::Error for ContentError {}

/// The kinds of things that can be wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// The file system refused.
    #[error("it can't be read: {0}")]
    Unreadable(String),
    /// A file that the folder must have.
    #[error("the file is missing; {0}")]
    MissingFile(&'static str),
    /// A file or folder that has no place there.
    #[error("{0}")]
    Misplaced(&'static str),
    /// More bytes than the kind of file may have.
    #[error("it has {size} bytes, more than the {limit} that are read; {advice}")]
    TooLarge {
        /// Bytes found.
        size: u64,
        /// Bytes accepted.
        limit: u64,
        /// What to do.
        advice: &'static str,
    },
    /// More files than are read.
    #[error("the folder holds more than {0} files; split the archive into several publications")]
    TooManyFiles(usize),
    /// More folders than are walked through.
    #[error("there are more than {0} folders; put the stories of a month or a year into one")]
    TooManyFolders(usize),
    /// The bytes are no UTF-8.
    #[error("it is not UTF-8 text; save it as UTF-8")]
    NotUtf8,
    /// No front matter between `+++` lines.
    #[error("{0}")]
    NoFrontMatter(&'static str),
    /// The TOML doesn't parse.
    #[error("{0}")]
    Toml(String),
    /// A key that nothing reads.
    #[error("unknown key `{key}`{}", Suggest(.suggestion, .known))]
    UnknownKey {
        /// The key as written.
        key: String,
        /// The known key that is nearest.
        suggestion: Option<String>,
        /// Every key there is.
        known: Vec<&'static str>,
    },
    /// A key that must be there.
    #[error("`{key}` is missing; write {example}")]
    MissingKey {
        /// The key.
        key: &'static str,
        /// What to write.
        example: &'static str,
    },
    /// A value of the wrong kind.
    #[error("`{key}` must be {expected}, not {found}")]
    WrongKind {
        /// The key.
        key: &'static str,
        /// What it must be, with an example.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// A value that is empty, too long or has line breaks.
    #[error("`{key}` {what}")]
    BadText {
        /// The key.
        key: &'static str,
        /// What is wrong and what to write.
        what: String,
    },
    /// A date or time that doesn't exist.
    #[error("`{key}` is not a time that exists: {reason}; write one such as 2026-11-20T06:00:00Z")]
    BadTime {
        /// The key.
        key: &'static str,
        /// Why.
        reason: String,
    },
    /// A file name or id that can't stand in an address.
    #[error("{}", Address(.0))]
    BadSlug(String),
    /// Two files or entries of one name.
    #[error("\"{slug}\" is already taken by {other}; give one of them another name")]
    Duplicate {
        /// The name.
        slug: String,
        /// Where it was seen first.
        other: String,
    },
    /// A reference to something that isn't there.
    #[error("`{key}` names {what} \"{name}\", which doesn't exist{}", Suggest(.suggestion, &[]))]
    Unknown {
        /// The key that holds the reference.
        key: &'static str,
        /// What is referred to: a story, a section, a picture.
        what: &'static str,
        /// The name as written.
        name: String,
        /// The nearest one there is.
        suggestion: Option<String>,
    },
    /// A story that refers to itself, or twice to the same one.
    #[error("`{key}` names \"{name}\" {how}; take it out")]
    Pointless {
        /// The key that holds the reference.
        key: &'static str,
        /// The name as written.
        name: String,
        /// `twice`, or `itself`.
        how: &'static str,
    },
    /// A rule of the house about values that don't go together.
    #[error("{0}")]
    Contradiction(&'static str),
    /// HTML in Markdown.
    #[error(
        "HTML isn't taken in stories: {0}; write it in Markdown, or put a \\ before the < to show it"
    )]
    RawHtml(String),
    /// A link that could run script or leads nowhere.
    #[error("the link to {target} {why}")]
    BadLink {
        /// As written.
        target: String,
        /// What is wrong and what to write.
        why: String,
    },
    /// Markdown that has no place in a story.
    #[error("{0}")]
    Markdown(&'static str),
    /// A picture that isn't what its name says, or could run script.
    #[error("{0}")]
    BadPicture(String),
    /// Nothing to show.
    #[error("{0}")]
    Empty(&'static str),
    /// The settings given by the program.
    #[error("{0}")]
    Settings(String),
    /// A story whose page the program in front can't serve.
    #[error("{0}")]
    Page(String),
    /// A template of the publisher's that doesn't parse or render.
    #[error("{0}")]
    Template(String),
}

struct Suggest<'a>(&'a Option<String>, &'a [&'static str]);

impl fmt::Display for Suggest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(name) => write!(f, "; did you mean `{name}`?"),
            None if self.1.is_empty() => Ok(()),
            None => write!(f, "; there are {}", self.1.join(", ")),
        }
    }
}

/// That a name can't stand in an address, and what to write instead.
struct Address<'a>(&'a str);

impl fmt::Display for Address<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\" can't stand in an address; ", self.0)?;
        let is_long = self.0.len() > MAX_SLUG;
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if is_long && self.0.chars().all(is_plain) {
            let len = self.0.len();
            return write!(
                f,
                "it has {len} letters, more than the {MAX_SLUG} that a name may have; shorten it"
            );
        }
        f.write_str("use small letters a to z, digits and single hyphens, such as night-ferry")?;
        if is_long {
            write!(f, ", and at most {MAX_SLUG} of them")?;
        }
        Ok(())
    }
}

/// How many mistakes are reported. Who has more mends these first: most will
/// have one cause.
const REPORTED: usize = 100;

/// How many are gathered before the rest is only counted. They come by file, so
/// that those that are reported are the first.
const GATHERED: usize = 10_000;

/// What is wrong, sorted by file and line; never nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentErrors {
    errors: Vec<ContentError>,
    more: usize,
}

impl ContentErrors {
    /// One finding about the settings or templates that the program gave.
    pub(crate) fn one(file: &str, problem: Problem) -> Self {
        let error = ContentError {
            file: file.to_owned(),
            line: None,
            problem,
        };
        Self {
            errors: vec![error],
            more: 0,
        }
    }

    /// Each thing that is wrong, the first hundred at most.
    pub fn iter(&self) -> impl Iterator<Item = &ContentError> {
        self.errors.iter()
    }

    /// How many more there are.
    pub fn more(&self) -> usize {
        self.more
    }
}

impl fmt::Display for ContentErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.errors.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        match self.more {
            0 => Ok(()),
            1 => f.write_str("\nand 1 more mistake"),
            more => write!(f, "\nand {more} more mistakes"),
        }
    }
}

impl std::error::Error for ContentErrors {}

/// Where errors are gathered while everything is read, so that a publisher
/// sees all of them at once.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    found: Vec<ContentError>,
    more: usize,
}

impl Findings {
    pub(crate) fn add(&mut self, file: &str, line: Option<usize>, problem: Problem) {
        if self.found.len() < GATHERED {
            self.found.push(ContentError {
                file: file.to_owned(),
                line,
                problem,
            });
        } else {
            self.more += 1;
        }
    }

    /// Adds that a file is no text, with the line on which it ceases to be one.
    pub(crate) fn add_not_utf8(&mut self, file: &str, bytes: &[u8], error: Utf8Error) {
        let text = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = text.split(|byte| *byte == b'\n').count();
        self.add(file, Some(line), Problem::NotUtf8);
    }

    /// Adds what somebody else has found.
    pub(crate) fn join(&mut self, other: Self) {
        self.more += other.more;
        for error in other.found {
            self.add(&error.file, error.line, error.problem);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether all was gathered.
    pub(crate) fn is_whole(&self) -> bool {
        self.more == 0
    }

    /// What was found, in the order of finding, as far as it was gathered.
    pub(crate) fn into_all(self) -> Vec<ContentError> {
        self.found
    }

    /// `item` where nothing was found. Where it is absent and nothing says
    /// why, that `file` is missing is the finding.
    pub(crate) fn check_with<T>(mut self, item: Option<T>, file: &str) -> Result<T, ContentErrors> {
        if self.is_empty() {
            if let Some(item) = item {
                return Ok(item);
            }
            let advice = "write one with `name`, `city` and `[[sections]]`";
            self.add(file, None, Problem::MissingFile(advice));
        }
        Err(self.into_errors())
    }

    /// What was found, where something was.
    pub(crate) fn into_errors(mut self) -> ContentErrors {
        self.found
            .sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        let more = self.more + self.found.len().saturating_sub(REPORTED);
        self.found.truncate(REPORTED);
        ContentErrors {
            errors: self.found,
            more,
        }
    }
}

/// The name among `known` that `written` was probably meant to be.
pub(crate) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    /// Below this likeness a suggestion is a guess; 0.8 catches a letter left
    /// out, doubled or swapped.
    const LIKE_ENOUGH: f64 = 0.8;
    let written = written.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&written, &name.to_lowercase()), name))
        .filter(|(likeness, name)| *likeness >= LIKE_ENOUGH && is_near(&written, name))
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
    1 + source
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
}
