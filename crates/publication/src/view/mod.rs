//! What templates are given: typed contexts made of the content.
//!
//! Everything that a page says is decided here; templates only arrange it.
//! Nothing here knows of paths that readers ask for, nor of HTML beyond
//! escaping an address.

mod card;
mod front;
mod furniture;
mod listing;
mod markup;
mod metadata;
mod story;

pub(crate) use card::cards;
pub(crate) use front::FrontPage;
pub(crate) use furniture::{Furniture, Head, View};
pub(crate) use listing::{
    FeedPage, ListPage, Machine, MissingPage, PlainPage, SearchPage, Sitemap, SitemapPlace, Turn,
    last_change,
};
pub(crate) use markup::percent;
pub(crate) use story::StoryPage;
