//! The meter: what each reader has opened, counted atomically and kept durably.
//!
//! A [`Store`] holds active readers in a bounded, sharded table in memory and all
//! readers in an embedded database. Every change goes through memory; one thread
//! writes what has changed, in groups, each with one fsync. What a reader has
//! counted is a list of (story, meter, time), from which any period and limit is
//! computed when a decision is made; the store itself knows no rules, no
//! calendar, no clock and no randomness.
//!
//! # What is promised
//!
//! - N parallel charges at the limit count exactly one story: the check and the
//!   count happen under one lock ([`Store::charge`]).
//! - With [`Durability::Sync`], what [`Store::durable`] has acknowledged survives
//!   any crash. With [`Durability::Window`], a crash loses at most one window.
//! - Nothing is invented: after a crash a record is one that the reader had.
//! - When the disk refuses or a file is damaged, counting stops with an error and
//!   nothing that was acknowledged is dropped; the caller shows the preview.
//!
//! # Which calls block
//!
//! [`Store::open`], [`Store::warm`], [`Store::merge`], [`Store::sweep`],
//! [`Store::backup`], [`Store::story_id`], [`Store::flush`] and [`Store::close`]
//! wait for the disk and don't belong on an async thread. Everything else is
//! memory under a short lock.

mod backup;
mod budget;
mod codec;
mod config;
mod disk;
mod error;
mod index;
mod manifest;
mod mark;
mod names;
mod open;
mod partial;
mod record;
mod shard;
mod shared;
mod signal;
mod slab;
mod stats;
mod store;
mod sweep;
mod table;
mod upgrade;
mod writer;

pub use backup::{BackedUp, Progress};
pub use budget::{NetworkKey, Spent, Term};
pub use config::{Clock, Config, Durability};
pub use error::{BackupError, OpenError, Unavailable};
pub use stats::Stats;
pub use store::{Charged, Lookup, Store, Ticket};
pub use sweep::Swept;
