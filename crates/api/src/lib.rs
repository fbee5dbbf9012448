//! The programs' interface, below the reserved prefix at `api/v1`: the newspaper, its
//! stories as far as each reader may have them, and readers' own lists, as JSON. And
//! how programs are let in: tokens for what a reader has said yes to.
//!
//! [`Api::answer`] takes a request and says what to answer; whoever receives requests
//! (the gate) keeps them within bounds. The routes are written down once
//! (`routes`), and so are the types that go over the wire ([`wire`]): what is asked,
//! the document that describes it ([`document`]) and the reference that people read
//! ([`reference()`]) come from them.
//!
//! Not here: what a story costs and who may read it, which is the gate's; asking a
//! reader whether a program may come in, which is a page; SQL, clocks and randomness.

mod api;
mod cors;
mod cursor;
mod description;
mod entry;
mod kept;
mod newspaper;
mod newsroom;
mod pace;
mod problem;
mod query;
mod reader;
mod reading;
mod reference;
mod routes;
mod settings;
pub mod wire;

pub use api::{Api, METADATA, Parts};
pub use cursor::AfterStory;
pub use description::document;
pub use newsroom::{Hit, Listed, Listing, Lists, Newsroom, NotSearched, Search};
pub use pace::{Asker, Pace};
pub use reference::reference;
pub use settings::{Accounts, App, Doing, Feed, Random, Settings, World};
