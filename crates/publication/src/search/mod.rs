//! Finding stories by their words.
//!
//! The index that everybody may search is told only what everybody may read:
//! the headline, the standfirst, the labels, the byline and a part of the
//! beginning. Of the rest of a text it knows nothing, so that no answer, count
//! or suggestion can tell of it, whatever is asked.
//!
//! Whole texts are in another index, which only names candidates. Whoever asks for
//! them checks each of them for one reader.

mod asked;
mod beginning;
mod document;
mod filed;
mod finder;
mod texts;

pub use asked::PARAMETERS;
pub(crate) use asked::{Asked, name as facet_name};
pub use beginning::Beginning;
pub(crate) use document::{Extent, beginning, document, second};
pub(crate) use filed::{filed, marked};
pub(crate) use finder::Finder;
pub use texts::{CANDIDATES, FoundText, TextWish, Value};
