//! What is asked of the newspaper. Whoever has stories implements it; the gate says
//! who may read them.

use std::sync::Arc;

use gateway::Whom;
use jiff::Timestamp;

use crate::AfterStory;
use crate::settings::Doing;
use crate::wire::{Heading, Section, Story};

/// Where stories are.
pub trait Newsroom: Send + Sync + 'static {
    /// The lists of the publication as it is now; `None` before another content
    /// system, which has its own.
    fn lists(&self) -> Option<Arc<dyn Lists>>;

    /// What the words are found in, whole texts included, of the stories that this
    /// reader may read whole without being counted: the best first. Nothing of any
    /// other shows in it.
    fn find_in_texts<'a>(
        &'a self,
        search: &'a Search<'a>,
        whom: Whom<'a>,
        now: Timestamp,
    ) -> Doing<'a, Result<Vec<Hit>, NotSearched>>;
}

/// Lists of stories, and finding them. Nothing that isn't out at `now` is in any.
pub trait Lists: Send + Sync {
    /// All sections, in the order of the menu.
    fn sections(&self) -> Vec<Section>;

    /// Topics by their ids, those after one of them; at most so many.
    fn topics(&self, after: Option<&str>, most: usize, now: Timestamp) -> Vec<Heading>;

    /// Authors likewise.
    fn authors(&self, after: Option<&str>, most: usize, now: Timestamp) -> Vec<Heading>;

    /// Stories, the latest first.
    fn stories(&self, listing: &Listing<'_>, now: Timestamp) -> Vec<Listed>;

    /// One story.
    fn story(&self, id: &str, now: Timestamp) -> Option<Listed>;

    /// What the words are found in, the best first: in what everybody may read.
    /// It takes milliseconds, on a thread that no other request waits for.
    fn find<'a>(
        &'a self,
        search: &'a Search<'a>,
        now: Timestamp,
    ) -> Doing<'a, Result<Vec<Hit>, NotSearched>>;
}

/// A story in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// What everybody may know of it.
    pub story: Story,
    /// When it appeared.
    pub published: Timestamp,
}

/// Which stories are listed.
#[derive(Clone, Debug, Default)]
pub struct Listing<'a> {
    /// Of that section.
    pub section: Option<&'a str>,
    /// Of that topic.
    pub topic: Option<&'a str>,
    /// By that author, by the name in addresses.
    pub author: Option<&'a str>,
    /// In that language.
    pub language: Option<&'a str>,
    /// Offered in that way.
    pub tier: Option<&'a str>,
    /// That appeared then or later.
    pub from: Option<Timestamp>,
    /// That appeared before then.
    pub until: Option<Timestamp>,
    /// Those that come after this place.
    pub after: Option<AfterStory>,
    /// At most so many.
    pub most: usize,
}

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// The words.
    pub words: &'a str,
    /// In that section.
    pub section: Option<&'a str>,
    /// On that topic.
    pub topic: Option<&'a str>,
    /// By that author.
    pub author: Option<&'a str>,
    /// How many of the best are passed over.
    pub from: usize,
    /// At most so many.
    pub most: usize,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The story.
    pub story: Story,
    /// Where the words stand, in HTML with `<mark>`; out of what was searched.
    pub excerpt: Option<String>,
}

/// Why nothing was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSearched {
    /// The index is being made, or too many search.
    NotYet,
    /// The text can't be searched here.
    NoSuchScope,
    /// Whole texts are searched by who is entitled to something.
    NotEntitled,
    /// They have searched too often: after how many seconds they may again.
    Often(i64),
    /// The token that is shown isn't good, or not any more.
    Token,
}
