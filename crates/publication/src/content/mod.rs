//! The content model: files become stories, pages, pictures and sections,
//! checked against each other.
//!
//! Everything that a publisher can get wrong is found here, all at once, so
//! that what comes after can't fail on content. Nothing here knows of
//! templates, addresses of pages or locales.

mod catalogue;
mod check;
mod days;
mod derived;
mod draft;
mod drawing;
mod error;
mod fields;
mod files;
mod front;
mod gone;
mod head;
mod holding;
mod index;
mod inspect;
mod kin;
mod loading;
mod markdown;
mod page;
mod paper;
mod people;
mod picture;
mod redirects;
mod series;
mod shelf;
mod slug;
mod sources;
mod story;
mod typography;
mod veil;
mod walk;
mod wire;

pub(crate) use catalogue::{Catalogue, Loading};

pub use error::{ContentError, ContentErrors, Problem};
pub(crate) use fields::Placed;
pub use files::{EmbeddedFiles, MAX_TEXT, Source, largest_picture};
pub use gone::Gone;
pub use holding::Mistakes;
pub(crate) use index::Listing;
pub use inspect::{Masthead, faults, masthead, picture_fault, picture_kind, story_files};
pub use loading::Progress;
#[cfg(test)]
pub(crate) use markdown::Block;
pub(crate) use markdown::{BlockKind, Body, is_unspaced};
pub(crate) use page::Page;
pub(crate) use paper::{Notice, Paper, Section, SlotPlan};
pub(crate) use people::Author;
pub(crate) use picture::{PictureFile, PrintName};
pub(crate) use series::Series;
pub(crate) use shelf::Stories;
pub use slug::{Slug, topic_id};
pub use sources::BodyError;
pub use story::{Commission, Correction, MOST_PREVIEW, Part, Picture, Story};
