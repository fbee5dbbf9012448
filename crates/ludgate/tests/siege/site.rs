//! A site as its attackers know it: where it is, and which stories it has.

use std::net::SocketAddr;

use serde::Deserialize;

/// The address that the site believes it has. Nobody looks it up: requests go
/// to the gate's own address, or to the site's.
pub(crate) const HOME: &str = "http://post.example";

/// Its host.
pub(crate) const HOST: &str = "post.example";

/// What the gate proves itself by to the site.
pub(crate) const SECRET: &str = "a word that only the gate and the site know";

/// A story, as it was planted.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Story {
    pub(crate) name: String,
    pub(crate) id: u64,
    pub(crate) path: String,
    /// How many of its canaries everybody may see.
    pub(crate) shown: usize,
    pub(crate) canaries: Vec<String>,
}

impl Story {
    /// The canaries that everybody may see.
    pub(crate) fn beginning(&self) -> &[String] {
        &self.canaries[..self.shown]
    }

    /// The canaries behind them.
    pub(crate) fn rest(&self) -> &[String] {
        &self.canaries[self.shown..]
    }
}

/// A site that is attacked.
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    pub(crate) stories: Vec<Story>,
    /// What its publisher writes below `[origin]`.
    pub(crate) origin: &'static str,
    /// What its publisher writes below `[articles]`.
    pub(crate) articles: &'static str,
}

impl Site {
    /// The story of this name.
    pub(crate) fn story(&self, name: &str) -> &Story {
        let found = self.stories.iter().find(|story| story.name == name);
        found.unwrap_or_else(|| panic!("no story is called {name}"))
    }

    /// Every canary that somebody without a story left must not see.
    pub(crate) fn hidden(&self) -> Vec<String> {
        self.rest_of(|story| story.name != "free")
    }

    /// Every canary that no reader may see.
    pub(crate) fn exclusive(&self) -> Vec<String> {
        let is = |story: &Story| story.name == "locked" || story.shown == 0;
        self.rest_of(|story| is(story) && story.name != "reusable")
    }

    fn rest_of(&self, which: impl Fn(&Story) -> bool) -> Vec<String> {
        let stories = self.stories.iter().filter(|story| which(story));
        stories.flat_map(|story| story.rest().to_vec()).collect()
    }
}
