//! The built-in origin: a folder of Markdown stories becomes a newspaper.
//!
//! A [`Publication`] is loaded once and then answers paths with whole pages.
//! It always returns whole stories: the gate in front of it treats it like any
//! other site and cuts them. This crate must know nothing of meters, readers
//! or HTTP libraries, reads files only while loading, and never a clock.

mod assets;
mod colours;
mod content;
mod desk;
mod feeds;
mod lists;
mod publication;
mod renewing;
mod routes;
mod search;
mod sitemaps;
mod view;
mod xml;

pub use assets::{looks, own_looks};
pub use colours::Colours;
pub use content::{
    BodyError, Commission, ContentError, ContentErrors, Correction, EmbeddedFiles, Gone, MAX_TEXT,
    MOST_PREVIEW, Masthead, Mistakes, Part, Picture, Problem, Progress, Slug, Source, Story,
    faults, largest_picture, masthead, picture_fault, picture_kind, story_files, topic_id,
};
pub use lists::{FoundStory, ListingEntry, Of, SectionEntry, Wish};
pub use publication::{Aids, Feeds, Kind, Publication, Response, Settings};
pub use renewing::Changes;
pub use routes::is_own_address;
pub use search::{Beginning, CANDIDATES, FoundText, PARAMETERS, TextWish, Value};
