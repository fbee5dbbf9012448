//! What templates are given: typed contexts made of the content.
//!
//! Everything that a page says is decided here; templates only arrange it.
//! Nothing here knows of paths that readers ask for, nor of HTML beyond
//! escaping an address.

mod archive;
mod card;
mod corrections;
mod front;
mod furniture;
mod image;
mod kin;
mod listing;
mod markup;
mod metadata;
mod search;
mod share;
mod story;
mod tongue;
mod turn;

pub(crate) use archive::{ArchivePage, Stretch};
pub(crate) use card::{cards, iso, sponsor};
pub(crate) use corrections::{CorrectionsPage, path as corrections_path};
pub(crate) use front::FrontPage;
pub(crate) use furniture::{Furniture, Head, View, open_graph};
pub(crate) use kin::{alternates, family, parts as parts_of, series_path};
pub(crate) use listing::{
    FeedLink, FeedsPage, GonePage, ListPage, Machine, MissingPage, Person, PlainPage, SeriesPage,
    last_change,
};
pub(crate) use markup::{Markup, escape, percent};
pub(crate) use metadata::{Trail, author as author_data, news_article, site as site_data};
pub(crate) use search::{EXCERPT, SearchPage, SuggestionList, excerpt, facet_value, quotation};
pub(crate) use story::{StoryPage, first_slot};
pub(crate) use tongue::around;
pub(crate) use turn::Turn;
