//! A story's HTML, compiled once and spliced for every reader.
//!
//! [`compile()`] reads a page and finds the story in it: its facts, its
//! beginning, the part that is locked, and everything else on the page that
//! repeats that part. The [`CompiledPage`] holds two versions of the page,
//! full and preview, as segments that are compressed once and mostly shared.
//! [`CompiledPage::splice`] puts a response together from them and one small
//! [`Slot`] for the reader, without copying or compressing anything.
//!
//! The crate is pure: no I/O, no clock, no randomness. It never decides who
//! may read what. Whatever it can't cut safely it refuses with an error, and
//! never passes through.

mod apart;
pub mod balance;
mod charset;
mod compile;
mod copies;
mod cut;
mod edit;
mod error;
mod esi;
mod excerpt;
mod facts;
pub mod feed;
mod found;
mod html;
mod leak;
mod letters;
mod linked;
mod narrow;
mod options;
pub mod outline;
pub mod pack;
mod page;
mod plan;
mod read;
mod repeated;
mod roll;
mod sieve;
mod values;
mod windows;
mod wire;
mod withhold;
mod words;

pub use compile::{compile, compile_and_plan};
pub use error::CompileError;
pub use excerpt::{Excerpt, plain};
pub use facts::PageFacts;
pub use html::select_parse::SelectorError;
pub use options::{Limits, Options, Origin, Preview, Role, check_selectors};
pub use page::{CompiledPage, Kind};
pub use plan::Plan;
pub use repeated::{Repeated, Withheld, withheld};
pub use wire::{Encoded, Encoding, Slot, Splice};
