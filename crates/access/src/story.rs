//! What the gate knows of a story: the facts that rules can ask about.
//!
//! Nothing here says how a story was found or what its text is.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

/// A short name chosen by a publisher: a section, a tag, an author, a rule.
///
/// Cheap to clone, compared byte for byte.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(Arc<str>);

impl Name {
    /// Takes the name as it stands; folding case or trimming is the reader of
    /// the configuration's business.
    pub fn new(name: impl AsRef<str>) -> Self {
        Self(Arc::from(name.as_ref()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

/// The one canonical id of a story, however its URL is written: the path (and
/// listed query) of its validated canonical link, else its normalised URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StoryId(Arc<str>);

impl StoryId {
    /// Takes an id that has been validated and normalised already.
    pub fn new(id: impl AsRef<str>) -> Self {
        Self(Arc::from(id.as_ref()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The dense number that stands for a [`StoryId`] in the meter's records.
///
/// Handed out by the meter, for good, when a story is first counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StoryNo(pub u32);

/// How a story is offered; the values of the Open Graph property
/// `article:content_tier`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tier {
    /// For everybody.
    Free,
    /// Counted by a meter.
    Metered,
    /// For those entitled.
    Locked,
}

impl Tier {
    /// The word that stands for the tier in pages and configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Metered => "metered",
            Self::Locked => "locked",
        }
    }

    /// Reads the word; anything else is `None`, so that a misspelt tier is
    /// never taken for a free one.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "free" => Some(Self::Free),
            "metered" => Some(Self::Metered),
            "locked" => Some(Self::Locked),
            _ => None,
        }
    }
}

/// Who commissioned a sponsored story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sponsor {
    /// The name that is shown to readers.
    pub name: Name,
}

/// The facts of one story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its canonical id.
    pub id: StoryId,
    /// How it is offered.
    pub tier: Tier,
    /// The section it appeared in; `None` where the page doesn't say.
    pub section: Option<Name>,
    /// Its tags or topics.
    pub tags: Vec<Name>,
    /// Who wrote it.
    pub authors: Vec<Name>,
    /// When it was first published; `None` where the page doesn't say.
    pub published: Option<Timestamp>,
    /// Who commissioned it, if it is sponsored.
    pub sponsor: Option<Sponsor>,
}

impl Story {
    /// A metered story of which nothing but its id is known: what the gate
    /// assumes until the page says otherwise.
    pub fn metered(id: StoryId) -> Self {
        Self {
            id,
            tier: Tier::Metered,
            section: None,
            tags: Vec::new(),
            authors: Vec::new(),
            published: None,
            sponsor: None,
        }
    }
}
