//! What goes over the wire: the types that answers and what is sent are made of.
//!
//! They are the contract. A field is never taken away and never changes what it
//! means within a version; new ones may come, so whoever reads answers passes over
//! what they don't know.

mod account;
mod newspaper;
mod oauth;
mod reading;

pub use account::{
    History, HistoryWish, HistoryWritten, Me, MeterState, Meters, Offer, Offers, Rights, Saved,
    SavedStories, Usable,
};
pub use newspaper::{
    Authors, Commission, Correction, Heading, Picture, Publication, Section, Sections, Stories,
    Story, Topics,
};
pub use oauth::{Metadata, Tokens};
pub use reading::{Decision, Found, Prompt, Read, Results};
