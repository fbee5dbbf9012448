//! What these pages ask of the gate: who sends a request, and sessions. The gate
//! and this crate don't know each other; whoever knows both joins them.

use std::future::Future;
use std::pin::Pin;

use access::{AccountKey, SessionId, StoryId};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

/// Something under way.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The gate, as far as these pages need it.
pub trait Gate: Send + Sync + 'static {
    /// Who sends a request with these headers.
    fn sender(&self, headers: &HeaderMap, now: Timestamp) -> Sender;

    /// A session that lasts until then, drawn anew; it is one once the store
    /// has it and the gate [has heard](Gate::has_heard) of that. `None` where
    /// there is no randomness.
    fn new_session(&self, until: Timestamp, now: Timestamp) -> Option<NewSession>;

    /// What takes the session away from a browser.
    fn forget_session(&self, now: Timestamp) -> Option<HeaderValue>;

    /// Adds what the browser had counted to what the account has. An error is
    /// for the log.
    fn take_over<'a>(
        &'a self,
        headers: &'a HeaderMap,
        account: AccountKey,
    ) -> Doing<'a, Result<bool, String>>;

    /// The story at a place of this site, where there is one that may be sold by
    /// itself. A gate that knows of none sells none.
    fn story<'a>(&'a self, _place: &'a str) -> Doing<'a, Option<StoryId>> {
        Box::pin(std::future::ready(None))
    }

    /// What was counted for an account, for its reader to take away. An error is
    /// for the log. A gate that counts nothing has nothing.
    fn counted(&self, _account: AccountKey) -> Doing<'_, Result<Counted, String>> {
        Box::pin(std::future::ready(Ok(Counted::default())))
    }

    /// What there are feeds with whole stories of, everything first. Where stories
    /// come from another site there are none.
    fn feeds(&self) -> Vec<FeedOf> {
        Vec::new()
    }

    /// A feed as an account may read it: whole stories where the account may read
    /// them without their being counted, and excerpts else. Nothing is counted for
    /// it. `None` where there is no such feed. An error is for the log.
    fn feed<'a>(
        &'a self,
        _place: &'a str,
        _account: AccountKey,
        _now: Timestamp,
    ) -> Doing<'a, Result<Option<Feed>, String>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    /// Whether an account is entitled to what is called so; `None` where that can't be
    /// told now. A gate that knows of nobody's entitlements says that nobody is.
    fn holds(&self, _account: AccountKey, _what: &str, _now: Timestamp) -> Option<bool> {
        Some(false)
    }

    /// Which of the stories an account may read whole without their being counted, so
    /// that a copy may be kept. Nothing is counted for it. An error is for the log.
    fn keepable<'a>(
        &'a self,
        _account: AccountKey,
        _stories: &'a [&'a str],
        _now: Timestamp,
    ) -> Doing<'a, Result<Vec<Keepable>, String>> {
        Box::pin(std::future::ready(Ok(Vec::new())))
    }

    /// Searches whole texts, of the stories that the account may read without their
    /// being counted and of no others: nothing of those shows. Nothing is counted
    /// for it. Without words it says only whether the account may search.
    fn search_texts<'a>(
        &'a self,
        _wish: &'a TextWish,
        _account: AccountKey,
        _now: Timestamp,
    ) -> Doing<'a, Result<FoundTexts, NotSearched>> {
        Box::pin(std::future::ready(Err(NotSearched::Elsewhere)))
    }

    /// The language of the publication's name (BCP 47), where that is known.
    fn language(&self) -> Option<String> {
        None
    }

    /// What everybody may know of a story that is out.
    fn headline(&self, _story: &str, _now: Timestamp) -> Option<Headline> {
        None
    }

    /// Waits until the gate acts on the store's feed as far as that number;
    /// `false` where that takes too long.
    fn has_heard(&self, feed: i64) -> Doing<'_, bool>;
}

/// A story that a copy may be kept of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keepable {
    /// Its name in addresses.
    pub id: String,
    /// What of its text everybody may read: it is all that is left when the copy's time
    /// is over.
    pub beginning: String,
    /// Which text it is: another one after each change of the story.
    pub version: String,
}

/// What everybody may know of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Headline {
    /// Where its page is.
    pub path: String,
    /// Its headline.
    pub title: String,
    /// The sentence or two under that.
    pub standfirst: String,
    /// The language of these (BCP 47).
    pub language: String,
    /// Who commissioned it, if it is sponsored.
    pub sponsor: Option<Sponsor>,
}

/// Who commissioned a sponsored story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sponsor {
    /// Its name.
    pub name: String,
    /// The same as it stands within a sentence of the story's language.
    pub said: String,
}

/// What somebody looks for in whole texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextWish {
    /// The words.
    pub words: String,
    /// A section, a topic, an author and a year that it is narrowed down to.
    pub chosen: [Option<String>; 4],
    /// Whether the newest come first, and not those that fit best.
    pub newest: bool,
    /// How many of those that are found are passed over.
    pub from: usize,
    /// How many are shown at most.
    pub most: usize,
}

/// What was found, all of which the account may read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundTexts {
    /// Those that are shown.
    pub stories: Vec<FoundText>,
    /// How many there are.
    pub count: usize,
    /// By what they can be narrowed down, in the order of [`TextWish::chosen`].
    pub values: [Vec<FoundValue>; 4],
    /// What was looked for instead, where nothing was found as it was typed.
    pub instead: Option<String>,
    /// Whether all texts were looked at.
    pub complete: bool,
}

/// A story that was found, with what was looked for marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundText {
    /// Where its page is.
    pub path: String,
    /// The language that it is written in (BCP 47).
    pub language: String,
    /// Its headline.
    pub title: Vec<Piece>,
    /// The sentence or two under that.
    pub standfirst: Vec<Piece>,
    /// A part of its text; nothing where what was looked for isn't in it.
    pub excerpt: Vec<Piece>,
    /// What it is filed under that was looked for too.
    pub filed: Vec<Vec<Piece>>,
    /// Whether there is more before that.
    pub cut_before: bool,
    /// Whether there is more after it.
    pub cut_after: bool,
    /// Who wrote it.
    pub byline: Vec<String>,
    /// Who commissioned it, if it is sponsored.
    pub sponsor: Option<Sponsor>,
    /// When it appeared.
    pub published: Timestamp,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// Whether it was looked for.
    pub marked: bool,
}

/// By what stories can be narrowed down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundValue {
    /// As addresses have it.
    pub id: String,
    /// As readers know it.
    pub name: String,
    /// How many of the stories have it.
    pub stories: usize,
}

/// Why whole texts aren't searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSearched {
    /// The stories are another site's.
    Elsewhere,
    /// The account is entitled to nothing.
    NotEntitled,
    /// Too many search at once, or accounts are still being loaded.
    Busy,
    /// The account has searched too often, and has to wait so long.
    TooOften(SignedDuration),
    /// An error, for the log.
    Broken(String),
}

/// What was counted for an account: stories, with their times, as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// What it has read.
    pub read: Vec<serde_json::Value>,
    /// What it has given to others.
    pub given: Vec<serde_json::Value>,
}

/// What there are feeds of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedOf {
    /// The name of the section; `None` for everything.
    pub section: Option<String>,
    /// The addresses of its feeds, each below that of all feeds: `feed.xml`,
    /// `sections/city/feed.json`.
    pub places: Vec<FeedPlace>,
}

/// Where a feed is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedPlace {
    /// Its format, by its own name: `RSS`.
    pub format: &'static str,
    /// Its address below that of all feeds.
    pub path: String,
}

/// A feed, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// Its type: `application/rss+xml; charset=utf-8`.
    pub content_type: &'static str,
    /// The whole document.
    pub body: Bytes,
}

/// A session that nobody has been told of yet.
#[derive(Clone, Debug)]
pub struct NewSession {
    /// What is kept of it.
    pub id: SessionId,
    /// What gives it to the browser.
    pub cookie: HeaderValue,
}

/// Who sends a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// A reader with an account.
    SignedIn {
        /// The session they show.
        session: SessionId,
        /// The account.
        account: AccountKey,
    },
    /// Nobody with an account.
    Anonymous,
    /// Whoever shows a session while accounts are still being loaded.
    Unknown,
}
