//! What is told of a story so that it can be found.

use crate::language::Language;

/// A story for the index.
///
/// Everything in it can be found out by who may search the index it goes into:
/// an index that everybody may search gets no more of the text than everybody
/// may read.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its id, such as the story's slug.
    pub id: String,
    /// What changes when anything of it does.
    pub fingerprint: Fingerprint,
    /// The language that it is written in.
    pub language: Language,
    /// The headline.
    pub headline: String,
    /// The sentence or two under the headline.
    pub standfirst: String,
    /// The words of its labels: topics and section, as they are written.
    pub labels: Vec<String>,
    /// Who wrote it, as it is written.
    pub byline: Vec<String>,
    /// The text, or as much of it as may be found.
    pub text: String,
    /// When it appeared, in seconds since 1970.
    pub published: Second,
    /// What it can be narrowed down by, in the order of [`Facet::ALL`].
    pub facets: [Vec<String>; 4],
}

/// A moment, in seconds since the beginning of 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Second(pub i64);

/// Stands for everything of a story that the index may hold: where it is the
/// same, nothing needs to be indexed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint(pub u64);

impl Fingerprint {
    /// The fingerprint of some parts. Nothing runs together: each part's
    /// length goes with it.
    pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(first_eight(&hasher))
    }
}

/// Stands for the id of a story in the index. Of 100,000 stories two share
/// one with a chance of one in three thousand million; the later one would
/// then not be found.
pub(crate) fn key(id: &str) -> u64 {
    first_eight(blake3::Hasher::new().update(id.as_bytes()))
}

fn first_eight(hasher: &blake3::Hasher) -> u64 {
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(hasher.finalize().as_bytes()) {
        *to = *from;
    }
    u64::from_le_bytes(bytes)
}

/// What results can be narrowed down by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    /// The section.
    Section,
    /// A topic.
    Topic,
    /// An author.
    Author,
    /// The year in which it appeared.
    Year,
}

impl Facet {
    /// Every facet, in the order in which documents, filters and counts have
    /// them.
    pub const ALL: [Self; 4] = [Self::Section, Self::Topic, Self::Author, Self::Year];

    /// Its place in [`Self::ALL`].
    pub fn place(self) -> usize {
        match self {
            Self::Section => 0,
            Self::Topic => 1,
            Self::Author => 2,
            Self::Year => 3,
        }
    }

    /// The name of its column in the index.
    pub(crate) fn column(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Topic => "topic",
            Self::Author => "author",
            Self::Year => "year",
        }
    }
}
