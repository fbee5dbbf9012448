//! Finds stories by their words: ranked, with counts by section, topic, author
//! and year, in every script.
//!
//! An [`Index`] is told what there is ([`Index::sync`]) and answers questions
//! ([`Index::search`], [`Index::suggest`]). What a reader typed is understood
//! by [`Query::parse`]; there is no syntax but quotation marks, and a bound on
//! everything that a query can cost.
//!
//! This crate must know nothing of stories' files, pages, readers or rules. It
//! can't keep a secret either: whatever a [`Document`] holds can be found out,
//! a word at a time, by who may ask its index. What only some may read goes
//! into [`Texts`], which name candidates and tell nothing else: who asks them has
//! to check each story before anybody hears of it.

mod answer;
mod document;
mod error;
mod expand;
mod fold;
mod index;
mod language;
mod marks;
mod plan;
mod query;
mod schema;
mod snapshot;
mod suggest;
mod sync;
mod table;
mod tally;
mod texts;
mod token;

pub use answer::{Answer, Count, Filters, Hit, MAX_CHOSEN, MAX_DEPTH, MAX_PAGE, Order, Request};
pub use document::{Document, Facet, Fingerprint, Second};
pub use error::Error;
pub use index::Index;
pub use language::Language;
pub use marks::{Excerpt, Marker, Piece};
pub use plan::Reach;
pub use query::{MAX_QUERY, MAX_WORDS, Query};
pub use suggest::Suggestions;
pub use sync::{Synced, Wanted};
pub use texts::{Candidates, Texts};
